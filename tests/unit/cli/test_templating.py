"""`deptsim show --as`: templates on the terminal, as CSV and as JSON, in both languages; what cannot be is refused."""

import csv
import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from sim.cli import main
from tests import ROOT

SHOP = str(ROOT / "tests" / "laws" / "online_shop.yaml")
STAND_UP = ["--with", "daily_standup"]
TEMPLATES = {"raci": [], "plan": [], "progress": ["--day", "40"], "minutes": [*STAND_UP, "--week", "4"]}
SHORT = ["--set", "warmup_weeks=1", "--weeks", "8"]

Captured = pytest.CaptureFixture[str]


def told(capsys: Captured, *arguments: str) -> str:
    """Return what a command prints that works."""
    assert main(["show", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.compiled
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_templates_fit_and_break_no_word(
    template: str, lang: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 100 columns, every name of a department whole somewhere."""
    monkeypatch.setenv("COLUMNS", "100")
    printed = told(capsys, "order_delivery", "--as", template, *TEMPLATES[template], *SHORT, "--lang", lang)
    assert max(map(cell_len, printed.splitlines())) <= 100
    assert ("Warehouse" if lang == "en" else "仓储部") in printed
    assert "nan" not in printed.lower().split()


def test_a_table_that_is_too_wide_goes_on_below(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part begins with the steps, and no letter is lost."""
    letters = {}
    for width in ("60", "200"):
        monkeypatch.setenv("COLUMNS", width)
        printed = told(capsys, "order_delivery", "--as", "raci")
        assert max(map(cell_len, printed.splitlines())) <= int(width)
        letters[width] = sorted(re.findall(r"(?<= )[RACI](?= |$)", printed.split("RACI of Complaint")[0], re.MULTILINE))
    assert letters["60"] == letters["200"] == sorted("R" * 4 + "A" * 3 + "C" * 3 + "I" * 8)


@pytest.mark.compiled
@pytest.mark.parametrize("template", TEMPLATES)
def test_files_have_every_row_and_headings_in_the_language(template: str, tmp_path: Path, capsys: Captured) -> None:
    """Also where fewer are printed; one heading for each column, and as many rows in both languages."""
    rows = {}
    for lang in ("en", "zh"):
        folder = tmp_path / lang
        arguments = [*TEMPLATES[template], *SHORT, "--out", str(folder), "--lang", lang]
        printed = told(capsys, "order_delivery", "--as", template, *arguments)
        assert str(folder) in printed
        tables = {}
        for path in sorted(folder.iterdir()):
            with path.open(encoding="utf-8-sig", newline="") as file:
                tables[path.name] = list(csv.reader(file))
        assert all(len(row) == len(table[0]) for table in tables.values() for row in table)
        rows[lang] = {name: len(table) for name, table in tables.items()}
    assert rows["en"] == rows["zh"]
    assert f"{template}.csv" in rows["en"]
    assert rows["en"][f"{template}.csv"] > 1


@pytest.mark.compiled
def test_json_has_the_whole_tables_by_code(capsys: Captured) -> None:
    """With dates where there are any; what is missing is null."""
    found = {name: json.loads(told(capsys, SHOP, "--as", name, *TEMPLATES[name], "--json")) for name in TEMPLATES}
    assert {one["scenario"] for one in found.values()} == {"online_shop"}
    assert found["raci"]["raci"][0]["service"] == "R"
    assert all(set(one) == {"en", "zh"} for one in found["raci"]["hints"])
    step = next(row for row in found["plan"]["plan"] if row["step"] == "agree")
    assert step["needs"] == "look, source"
    assert step["wanted_date"] == "2027-04-14 09:00"
    assert step["milestone"] is None is step["milestone_date"]
    open_cases = found["progress"]["progress"]
    assert len(open_cases) == sum(row["cases"] for row in found["progress"]["by_step"])
    assert {row["state"] for row in open_cases} >= {"release"}
    assert len(found["minutes"]["meetings"]) == 5


@pytest.mark.compiled
def test_few_rows_are_printed_and_the_rest_is_counted(capsys: Captured) -> None:
    """The first are the most urgent."""
    few, all_ = (told(capsys, "order_delivery", "--as", "progress", *SHORT, "--most", n) for n in ("3", "1000"))
    assert re.search(r"\.\.\. and \d+ more; --most \d+ shows all\.", few)
    assert "more; --most" not in all_
    first = next(line for line in few.splitlines() if re.match(r" +\d+ ", line))
    assert first.split()[0] in all_


REFUSED = {
    ("--as", "bogus"): "--as: found 'bogus', expected raci or plan or progress or minutes",
    (
        "--as",
        "minutes",
    ): "minutes: no intervention of this scenario holds meetings; add one, such as --with daily_standup",
    ("--as", "progress", "--day", "9999"): "day: found '9999', expected a day of the run, from -70 to 434",
    ("--as", "progress", "--day", "nan"): "day: found 'nan', expected a day of the run",
    ("--as", "progress", "--day", "2027-01-05"): "day: found '2027-01-05', expected a day of the run",
    ("--as", "progress", "--day", "3", "--week", "2"): "--day: found with --week, expected one of the two",
    ("--as", "plan", "--week", "99"): "week: found 99, expected a week of the run, from -10 to 61",
    ("--as", "plan", "--day", "3"): "--day: found with --as plan, expected with --as progress",
    ("--as", "minutes", "--week", "1.5", *STAND_UP): "--week: found 1.5, expected a whole week with --as minutes",
    ("--day", "3"): "--day: found without --as, expected with --as progress",
    ("--out", "x"): "--out: found without --as, expected with --as raci or plan or progress or minutes",
    ("--as", "raci", "--out", "x.csv"): "--out x.csv: found the name of a file, expected a folder",
    ("--as", "progress", "--most", "0"): "--most: found '0'",
}


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_what_cannot_be_is_refused_in_a_sentence(arguments: tuple[str, ...], capsys: Captured) -> None:
    """In both languages, and without a trace."""
    assert main(["show", "order_delivery", *arguments]) not in (0, None)
    captured = capsys.readouterr()
    assert REFUSED[arguments] in captured.err
    assert captured.out == ""
    assert main(["show", "order_delivery", *arguments, "--lang", "zh"]) != 0
    said = capsys.readouterr().err
    assert re.search("[\u4e00-\u9fff]", said)
    assert len(said.strip().splitlines()) == 1


def test_show_tells_what_is_beside_the_steps(capsys: Captured, tmp_path: Path) -> None:
    """Money, ways back, releases, weights of profiles; whom an intervention brings, and what is paid."""
    printed = " ".join(told(capsys, SHOP).split())
    assert "a case is worth 180, each day after the customer's date costs 6, 10 is due once where it is late" in printed
    assert "release Campaign: takes along Something for the campaign on 2027-01-04, 2027-03-22," in printed
    assert "accepted until 14 days before, waits until all that was accepted is done, for 7 days at most" in printed
    assert "profile evenings (Evenings and winter): weights mon-fri: 00:00-08:00 0.1, 08:00-18:00 0.8" in printed
    assert "120 of money a week, 15,000 of money once" in printed
    chinese = "".join(told(capsys, SHOP, "--lang", "zh").split())
    assert "发布“营销活动”" in chinese
    assert "每件价值180" in chinese
    data = json.loads(told(capsys, SHOP, "--json"))
    assert data["releases"][0]["cut_off_days"] == 14
    assert data["profiles"][0]["months"]["jan"] == 1.2
    path = tmp_path / "back.yaml"
    path.write_text(
        """
departments: {a: {staff: 2, cost_per_hour: 50}, b: {staff: 1}}
processes:
  p:
    demand: {per_week: 1}
    steps: {x: {R: a, work: 1}, y: {R: b, work: 1, sends_back: {to: x, share: 0.25, at_most: 2}}}
releases: {train: {items: [p], every_days: 7}}
interventions:
  - {kind: custom, name: Helpers, hires: [{department: a, people: 2, after_weeks: 3, weeks: 4}, {department: b}]}
""",
        encoding="utf-8",
    )
    printed = " ".join(told(capsys, str(path)).split())
    assert "25 % of what is done at y goes back to x, at most 2 times" in printed
    assert "release train: takes along p every 7 days, goes on its date with what is done" in printed
    assert "Helpers (+2 a w3-7, +1 b) (0.50 h of people's time a week, 2,000 of money a week)" in printed
