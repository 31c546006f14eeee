"""The command line: what it prints where, and with which exit code it ends."""

import errno
import json
import os
import subprocess
import sys
from typing import get_args

import pytest

from sim.cli import main
from sim.cli.options import Catalog
from sim.cli.screen import Bar
from sim.engine import Threads
from sim.spec.measures import MEASURES
from sim.tables import EVERYTHING, SUMMARY
from tests import ROOT
from tests.worlds.fakes import SMALL, FakeEngine


@pytest.fixture
def small(tmp_path):
    """A scenario file."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return str(path)


@pytest.fixture
def replicate(monkeypatch):
    """Made-up runs in place of simulated ones."""
    return FakeEngine().used(monkeypatch)


def deptsim(*arguments, **options):
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "sim", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, **options)


def test_help_names_every_command():
    """What makes it quick, that it loads little, is asked for in `test_loading`."""
    answer = deptsim("--help")
    assert answer.returncode == 0
    for command in ("compare", "run", "list", "show", "check", "explain", "rerun", "verify"):
        assert f" {command} " in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["compare"], "no NAME"),
        (["compare", "SMALL", "--foo"], "--foo"),
        (["compare", "SMALL", "--with", "rcai"], "did you mean 'raci'?"),
        (["compare", "SMALL", "--with", "raci:clarty=1"], "did you mean 'clarity'?"),
        (["compare", "SMALL", "--with", "A=raci", "--with", "A=raci"], "occurs twice"),
        (["compare", "SMALL", "--with", "Now=raci"], "what happens now"),
        (["compare", "SMALL", "--replications", "0"], "0"),
        (["compare", "SMALL", "--replications", "many"], "many"),
        (["compare", "SMALL", "--seed", "-1"], "-1"),
        (["compare", "SMALL", "--lang", "fr"], "fr"),
        (["compare", "SMALL", "--measures", "on_tme"], "unknown measure 'on_tme'"),
        (["list", "towns"], "towns"),
        (["compair", "SMALL"], "compare"),
        (["explain", "SMALL", "--with", "raci:departments=salse"], "did you mean 'sales'?"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(small, capsys, arguments, words):
    """Nothing on standard output, one line on standard error, the nearest valid name where there is one."""
    code = main([small if one == "SMALL" else one for one in arguments])
    printed = capsys.readouterr()
    assert (code, printed.out) == (2, "")
    assert words in printed.err
    assert len(printed.err.strip().splitlines()) == 1


@pytest.mark.parametrize("command", ["compare", "run", "show", "explain", "check"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SMALL.replace("staff: 2", "staff: two"), "staff"),
        (SMALL.replace("R: sales", "R: salse"), "did you mean 'sales'?"),
        ("- 1\n- 2\n", ""),
        ("a: [", ""),
        (None, "no such file"),
    ],
)
def test_invalid_files_end_with_exit_code_3(tmp_path, capsys, command, content, words):
    """Every command says what is wrong with the file, without a traceback."""
    path = tmp_path / "bad.yaml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert main([command, str(path)]) == 3
    printed = capsys.readouterr()
    assert words in printed.out + printed.err
    assert "Traceback" not in printed.err


def test_an_unknown_scenario_is_an_invalid_input(capsys):
    """A misspelled name is answered with those there are."""
    assert main(["compare", "no_such_scenario"]) == 3
    assert "no_such_scenario" in capsys.readouterr().err


def test_compare_prints_tables_and_how_to_read_them(small, replicate, capsys):
    """The suggested comparison, with verdicts and the ledger."""
    assert main(["compare", small, "--replications", "20"]) == 0
    text = capsys.readouterr().out
    for words in ("Comparison for Small orders", "Roles", "cannot be told from zero", "lead time", "20 replications"):
        assert words in text


def test_compare_speaks_chinese(small, replicate, capsys):
    """Titles, measures, labels, verdicts and notes."""
    assert main(["compare", small, "--replications", "20", "--lang", "zh"]) == 0
    text = capsys.readouterr().out
    for words in ("小订单", "职责", "准时率", "差异不显著", "仿真 20 次"):
        assert words in text


def test_compare_json_is_all_there_is_on_standard_output(small, replicate, capsys, tmp_path):
    """Even when files are written."""
    arguments = ["compare", small, "--with", "A=raci", "--with", "raci+shared_kpi", "--replications", "3", "--json"]
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 0
    data = json.loads(capsys.readouterr().out)
    assert list(data["alternatives"]) == ["A", "raci+shared_kpi"]
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"effects.png", "trust.svg", "summary.png", "table.csv", "places.csv", "comparison.json"} <= names


def full(*_):
    """Fail as a disk does that was not full before."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_cannot_be_written_loses_nothing(small, replicate, capsys, tmp_path, monkeypatch):
    """The table is printed, one sentence says what is wrong, and the exit code is 1."""
    monkeypatch.setattr("sim.cli.comparing.write_csv", full)
    assert main(["compare", small, "--replications", "3", "--out", str(tmp_path / "out")]) == 1
    printed = capsys.readouterr()
    assert "cannot be told from zero" in printed.out
    assert "cannot be written" in printed.err
    assert len(printed.err.strip().splitlines()) == 1


def test_failed_runs_are_reported_with_exit_code_4(small, replicate, capsys):
    """The rest is printed."""
    replicate.failing = {1: "no room"}
    assert main(["compare", small, "--replications", "5"]) == 4
    printed = capsys.readouterr()
    assert "no room" in printed.err
    assert "on time" in printed.out


def test_an_interruption_ends_with_130(small, monkeypatch, capsys):
    """Ctrl-C is no error and leaves no traceback."""

    def interrupted(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.engine.Threads.results", interrupted)
    assert main(["compare", small]) == 130
    assert capsys.readouterr().err == "deptsim: interrupted\n"


@pytest.mark.parametrize("command", ["compare", "run", "explain"])
def test_an_interruption_keeps_what_is_done(small, command, monkeypatch, capsys):
    """Replications that every alternative has been through are reported, and the end is 130 all the same."""
    fake, cut = FakeEngine(), 3 if command == "run" else 7

    def until(_, blocks):
        for n, result in enumerate(fake.results(blocks)):
            if n == cut:
                raise KeyboardInterrupt
            yield result

    real = Threads.results
    monkeypatch.setattr("sim.engine.Threads.results", until if command == "compare" else _cut_short(real, cut))
    assert main([command, small, "--replications", "50", "--lang", "en"]) == 130
    printed = capsys.readouterr()
    assert "interrupted after 3 of 50 replications" in printed.err
    assert printed.out.strip()


def _cut_short(results, cut):
    def some(self, blocks):
        for n, result in enumerate(results(self, blocks)):
            if n == cut:
                raise KeyboardInterrupt
            yield result

    return some


def test_a_reader_who_leaves_early_is_no_error():
    """`deptsim list | head -1` is silent."""
    line = f"'{sys.executable}' -m sim list levers --json | head -n 1"
    answer = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (answer.returncode, answer.stderr) == (0, "")


CATALOGS = get_args(Catalog)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("what", CATALOGS)
def test_catalogues_are_listed_in_both_languages_and_as_json(capsys, what, lang):
    """The table names what the JSON names."""
    assert main(["list", what, "--json"]) == 0
    entries = json.loads(capsys.readouterr().out)
    assert main(["list", what, "--lang", lang]) == 0
    text = capsys.readouterr().out
    assert all(entry["name"] in text for entry in entries)


def test_list_without_a_word_lists_everything(capsys):
    """All catalogues, in the order in which somebody asks for them."""
    assert main(["list", "--json"]) == 0
    assert tuple(json.loads(capsys.readouterr().out)) == CATALOGS


@pytest.mark.parametrize(("lang", "words"), [("en", "Sales"), ("zh", "销售")])
def test_show_tells_who_does_what_and_how_busy_everybody_is(small, capsys, lang, words):
    """Roles, pools, loads and KPIs."""
    assert main(["show", small, "--lang", lang]) == 0
    text = capsys.readouterr().out
    for word in (words, "sales.director", "production", "raci", "%"):
        assert word in text


@pytest.mark.parametrize(("pace", "words"), [("10 min", "within 10 min is"), ("2 days", "within 16 h is")])
def test_show_tells_the_pace(small, tmp_path, capsys, pace, words):
    """Where it is not the usual one."""
    child = tmp_path / "child.yaml"
    child.write_text(f"parent: {small}\npace: {pace}\n", encoding="utf-8")
    assert main(["show", str(child)]) == 0
    assert words in capsys.readouterr().out
    assert main(["show", small]) == 0
    assert "prompt here" not in capsys.readouterr().out


def test_check_of_a_good_file(small, capsys):
    """Says so, and as JSON an empty list or warnings only."""
    assert main(["check", small]) == 0
    capsys.readouterr()
    assert main(["check", small, "--json"]) == 0
    assert all(one["severity"] == "warning" for one in json.loads(capsys.readouterr().out))


@pytest.mark.parametrize(("more", "told"), [((), False), (("--set", "levers.teamwork=0.9"), True)])
def test_what_is_off_has_no_row(more, told, small, capsys):
    """A measure of a mechanism that is off tells nothing."""
    assert main(["run", small, "--replications", "2", *more]) == 0
    assert (MEASURES["team_share"].label.en in capsys.readouterr().out) == told


def test_run_prints_measures_and_writes_what_was_asked_for(small, capsys, tmp_path):
    """The table, the log as CSV, the tables as Parquet."""
    events, out = tmp_path / "events.csv", tmp_path / "out"
    assert main(["run", small, "--replications", "2", "--events", str(events), "--out", str(out)]) == 0
    text = capsys.readouterr().out
    assert "lead time" in text
    assert "KPI of Sales" in text
    header = events.read_text(encoding="utf-8-sig").splitlines()[0]
    assert header == "case,activity,group,start,end,due,priority,state,replication"
    tables = {f"{name}.{kind}" for name in (*EVERYTHING, "events") for kind in ("csv", "parquet")}
    assert {path.name for path in out.iterdir()} == {"manifest.json", *tables}


def test_run_holds_no_more_than_it_needs(small, capsys, tmp_path):
    """Single cases and days only where they are written, so that many replications fit into memory."""
    run = ["run", small, "--replications", "2", "--json"]
    for further, tables in (
        ([], SUMMARY),
        (["--events", str(tmp_path / "events.csv")], (*SUMMARY, "cases", "events")),
        (["--out", str(tmp_path / "out")], EVERYTHING),
    ):
        assert main([*run, *further]) == 0
        assert json.loads(capsys.readouterr().out)["manifest"]["tables"] == list(tables)


def test_run_json_has_manifest_and_measures(small, capsys):
    """Numbers that are not defined are null."""
    assert main(["run", small, "--replications", "2", "--seed", "5", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["manifest"]["seed"] == 5
    assert list(data["measures"]["lead_time_mean"]) == ["mean", "ci_low", "ci_high"]
    assert data["measures"]["on_time_promise"]["mean"] is None


def test_run_says_what_it_could_not_write(small, capsys, tmp_path, monkeypatch):
    """The measures are printed all the same, the sentence names the file, and the tables are written nevertheless."""
    nowhere, out = tmp_path / "events.csv", tmp_path / "out"
    monkeypatch.setattr("sim.eventlog.writing.table.write_table", full)
    assert main(["run", small, "--replications", "1", "--events", str(nowhere), "--out", str(out)]) == 1
    printed = capsys.readouterr()
    assert "lead time" in printed.out
    assert f"{nowhere} cannot be written" in printed.err.replace("\n", "")
    assert (out / "cases.parquet").exists()


@pytest.mark.parametrize(("lang", "words"), [("en", "expected one that ends with"), ("zh", "应以")])
def test_the_log_has_an_ending_that_says_how_it_is_written(small, capsys, tmp_path, lang, words):
    """Anything else is refused before the run, in one sentence with what is allowed."""
    assert main(["run", small, "--events", str(tmp_path / "log.xlsx"), "--lang", lang]) == 2
    told = capsys.readouterr().err.strip()
    assert "\n" not in told
    assert all(one in told for one in ("--events", ".xlsx", ".xes.gz", ".sqlite", words))


@pytest.mark.parametrize(("lang", "words"), [("en", "What moved most"), ("zh", "变化最大的部分")])
def test_explain_tells_stories(small, capsys, lang, words):
    """Which cases changed, through what, and how it went."""
    every = "Everything=raci+shared_kpi+shared_board+daily_standup+response_agreement"
    assert main(["explain", small, "--with", every, "--replications", "2", "--lang", lang]) == 0
    text = capsys.readouterr().out
    assert "Everything" in text
    assert words in text


def test_explain_of_nothing_says_that_nothing_changed(small, capsys):
    """An intervention of strength zero changes no case."""
    assert main(["explain", small, "--with", "Nothing=raci:strength=0", "--replications", "2"]) == 0
    assert "no case changed" in capsys.readouterr().out


@pytest.mark.compiled
def test_a_comparison_from_file_to_verdict(small, capsys):
    """No stand-in anywhere: messages that ring shorten the wait for pick-up beyond doubt."""
    arguments = ["compare", small, "--with", "Messages=instant_messaging", "--replications", "8", "--json"]
    assert main(arguments) == 0
    first = capsys.readouterr().out
    ledger = json.loads(first)["ledger"]
    assert ledger["Messages"]["handover"] < ledger["Now"]["handover"]
    assert main([*arguments, "--threads", "1"]) == 0
    assert capsys.readouterr().out == first


def test_progress_is_for_people_only(capsys, monkeypatch):
    """Nothing is drawn into a pipe, and nothing before a second has passed."""
    with Bar("comparing") as bar:
        bar(1, 10)
        assert bar._progress is None
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sim.cli.screen.PATIENCE", 0.0)
    with Bar("comparing") as bar:
        bar(1, 10)
        assert bar._progress is not None


def test_utf8_is_printed_where_the_terminal_cannot_say_it(small):
    """An old terminal shows question marks rather than a traceback."""
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    answer = deptsim("show", small, "--lang", "zh", env=environment)
    assert (answer.returncode, "Traceback" in answer.stderr) == (0, False)
