"""A file to start from is sound, says what every field is for, and is never written over another."""

import os
import re
import shlex
from pathlib import Path

import pytest

import sim
from sim.cli import main
from sim.scenario import ScenarioError, check, load, loads, shipped
from sim.scenario.schema import COMMENT, FILE, SCHEMA_FILE
from sim.scenario.starting import start, text_to_start_from
from sim.words import words

LANGUAGES = ["en", "zh"]
HINT = words("starting").EXPECTED.en
"""What stands in the place of what is known of a shipped scenario."""
TOLD = [
    *("staff", "cost_per_hour", "own_work", "kpis", "hours_per_week", "management", "per_week", "target_days"),
    *("urgent_share", "complexity", "steps", "R", "C", "A", "I", "work", "commitment", "contested_by", "ambiguity"),
    *("response_hours", "external", "relations", "warmup_weeks", "horizon_weeks", "levers", "pace", "compare"),
]
"""What the template has to explain."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_template_is_sound(tmp_path: Path, lang: str) -> None:
    """Nothing to complain about, several alternatives, and the first line for editors."""
    file = start(tmp_path / "mine.yaml", lang=lang)
    assert check(file) == []
    assert len(load(file).compare) >= 3
    assert file.read_text(encoding="utf-8").startswith(f"{COMMENT}./{FILE}\n")


@pytest.mark.compiled
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_template_shows_is_worth_comparing(lang: str) -> None:
    """Some cases are late and most are not, so that there is something to gain and to lose."""
    scenario = loads(text_to_start_from(lang=lang)).model_copy(update={"horizon_weeks": 30.0})
    result = sim.run(scenario, replications=10, seed=3)
    assert 0.6 < result.measures["on_time_target"].mean() < 0.9


def without_names(lang: str) -> str:
    """Return what a template says without labels, every name of its author replaced by its place among them."""
    scenario = loads(text_to_start_from(lang=lang))
    steps = [name for process in scenario.processes.values() for name in process.steps]
    names = [*scenario.pools(), *scenario.processes, *steps]
    said = scenario.model_dump_json(exclude={"title"}, exclude_defaults=True).replace('"management":"', '"above":"')
    for place, name in sorted(enumerate(names), key=lambda one: -len(one[1])):
        said = said.replace(f'"{name}"', f'"{place}"')
    return re.sub(r'"label":"[^"]*",?|"head":|"负责人":', "", said)


def test_both_languages_tell_of_the_same_organization() -> None:
    """Only names, labels and comments differ."""
    assert without_names("en") == without_names("zh")


@pytest.mark.parametrize("field", TOLD)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_of_the_template_is_explained(lang: str, field: str) -> None:
    """The line that uses a field for the first time with a value, or the one above it, says what it is for."""
    lines = text_to_start_from(lang=lang).splitlines()
    places = [place for place, line in enumerate(lines) if re.search(rf"(?<!\w){field}:", line)]
    first = next(place for place in places if not lines[place].endswith(f"  {field}:"))
    assert any(
        re.search(r"# .*\w", lines[place].partition(f"{field}:")[2] or lines[place]) for place in (first, first - 1)
    )


def test_the_ending_is_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name without one gets .yaml, one with .yml keeps it; folders are made."""
    monkeypatch.chdir(tmp_path)
    assert start("mine") == Path("mine.yaml")
    assert start("a/b/mine.yml") == Path("a/b/mine.yml")
    assert Path("a/b/mine.yml").is_file()


@pytest.mark.parametrize("what", ["file", "folder", "link"])
def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str) -> None:
    """What is there stays as it is, and nothing is left beside it."""
    place = tmp_path / "mine.yaml"
    if what == "file":
        place.write_text("precious", encoding="utf-8")
    elif what == "folder":
        place.mkdir()
    else:
        place.symlink_to(tmp_path / "nowhere.yaml")
    assert main(["new", str(place)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"deptsim: {place} is there already and stays as it is; choose another name\n"
    assert os.listdir(tmp_path) == ["mine.yaml"]
    assert what != "file" or place.read_text(encoding="utf-8") == "precious"


def test_a_disk_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file cannot be in two places it is written in one go, still over nothing."""

    def refuse(*places: Path) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    file = start(tmp_path / "mine.yaml")
    assert file.read_text(encoding="utf-8") == text_to_start_from()
    with pytest.raises(FileExistsError):
        start(tmp_path / "mine.yaml")
    assert os.listdir(tmp_path) == ["mine.yaml"]


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_scenario_is_copied_with_its_comments(tmp_path: Path, name: str) -> None:
    """It says the same from any folder, under the name of the new file, and every comment is there."""
    file = start(tmp_path / "mine.yaml", like=name)
    assert load(file).hash == load(name).hash
    assert load(file).name == "mine"
    assert check(file) == check(name)
    original = (Path(sim.__file__).parents[1] / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
    kept = [line for line in original.splitlines()[1:] if line != f"name: {name}"]
    lines = file.read_text(encoding="utf-8").splitlines()[1:]
    place = lines.index(HINT)
    before, after = lines[:place], lines[place + 1 :]
    assert before == kept[:place]
    assert after == kept[len(kept) - len(after) :]
    left_out = kept[place : len(kept) - len(after)]
    assert all(line.startswith((" ", "#", "expected:")) for line in left_out)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_known_of_a_shipped_scenario_is_left_to_it(tmp_path: Path, lang: str) -> None:
    """With the comment on top of it; the line in its place can be put to work and says what for."""
    file = start(tmp_path / "mine.yaml", like="trust_trap", lang=lang)
    text = file.read_text(encoding="utf-8")
    assert load(file).expected is None
    assert text.count("expected:") == 1
    file.write_text(re.sub(r"^# (?=expected:)", "", text, flags=re.MULTILINE), encoding="utf-8")
    known = load(file).expected
    assert known is not None
    assert list(known.measures) == ["on_time_target"]


def test_an_unknown_one_is_answered_with_those_there_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest name is told, and nothing is written."""
    assert main(["new", str(tmp_path / "mine"), "--like", "order_delivry"]) == 3
    assert "did you mean 'order_delivery'?" in capsys.readouterr().err
    assert os.listdir(tmp_path) == []
    with pytest.raises(ScenarioError, match=f"expected one of {', '.join(shipped())}"):
        text_to_start_from("departments")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["mine.yaml", "my firm.yaml", "我的公司.yaml"])
def test_what_to_do_next_can_be_typed_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str, name: str
) -> None:
    """The commands are for the file that was written, also where its name has to be quoted."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", name, "--lang", lang]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    commands = [shlex.split(line) for line in lines if line.startswith("deptsim ")]
    assert [command[1:3] for command in commands] == [["check", name], ["compare", name]]
    assert main(commands[0][1:]) == 0


def test_the_schema_may_be_written_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --schema, or by the command that is told; an older schema is replaced, anything else is not."""
    assert main(["new", str(tmp_path / "mine"), "--schema"]) == 0
    beside = tmp_path / FILE
    assert beside.read_text(encoding="utf-8") == SCHEMA_FILE.text()
    beside.write_text(SCHEMA_FILE.text().replace("0", "1"), encoding="utf-8")
    assert main(["schema", "--out", str(beside)]) == 0
    assert beside.read_text(encoding="utf-8") == SCHEMA_FILE.text()
    capsys.readouterr()
    assert main(["schema", "--out", str(tmp_path / "mine.yaml")]) == 1
    assert "is no schema" in capsys.readouterr().err
    assert not SCHEMA_FILE.is_in(tmp_path / "mine.yaml")


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing but the schema on standard output; the line for editors beside it."""
    assert main(["schema"]) == 0
    printed = capsys.readouterr()
    assert printed.out == SCHEMA_FILE.text()
    assert f"{COMMENT}./{FILE}" in printed.err


@pytest.mark.parametrize("path", ["", ".", "..", "/", "folder"])
def test_a_folder_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """It is told in a sentence, and nothing is written beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(ScenarioError, match="expected the name of a file"):
        start(path)
    assert [one.name for one in tmp_path.iterdir()] == ["folder"]
