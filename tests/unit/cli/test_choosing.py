"""deptsim choose: what cannot be meant is told in one sentence, and what was chosen is printed and written."""

import json

import pytest

import sim.cli.choosing
from sim.cli import main
from sim.cli.codes import FINE, INTERRUPTED, USAGE
from sim.experiments.store.errors import OtherExperimentError
from sim.words import Text
from tests.worlds.chosen import made_up


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--budget", "forty"], USAGE, "budget: found 'forty', expected hours a week from 0 up"),
        (["--budget=-5h"], USAGE, "budget: found '-5h'"),
        (["--budget", "40h", "--money", "much"], USAGE, "money: found 'much'"),
        ([], USAGE, "found no budget, expected hours a week (--budget 40h)"),
        (["--budget", "40h", "--from", "raci,raci"], USAGE, "from: found 'raci' a second time"),
        (["--budget", "40h", "--from", "raci", "--from", "raci"], USAGE, "from: found 'raci' a second time"),
        (["--budget", "40h", "--from", "racy"], USAGE, "unknown intervention 'racy'; did you mean 'raci'?"),
        (["--budget", "40h", "--measure", "on_time"], USAGE, "unknown measure 'on_time'"),
        (["--budget", "40h", "--zone", "0"], USAGE, "--zone"),
        (["--budget", "40h", "--confidence", "1"], USAGE, "expected a number of at least 0.5 and below 1"),
        (
            ["--budget", "40h", "--at-most", "19"],
            USAGE,
            "--at-most: found '19', expected a whole",
        ),
        (["--budget", "40h", "--reach", "900"], USAGE, "reach: found 900, expected a share from 0 to 100 percent"),
        (["--budget", "40h", "--reach", "nan"], USAGE, "reach: found nan"),
        (["--budget", "40h", "--out", __file__], USAGE, "found a file, expected a folder"),
    ],
)
def test_what_cannot_be_meant(options, code, told, capsys):
    """Before anything is run, without a trace."""
    assert main(["choose", "trust_trap", *options]) == code
    printed = capsys.readouterr()
    assert told in printed.err
    assert "Traceback" not in printed.err
    assert printed.out == ""


def test_what_was_chosen_is_printed_and_written(monkeypatch, capsys, tmp_path):
    """As sentences, or as JSON; files stand in a folder either way."""
    asked = []

    def choose(scenario, budget, **options):
        asked.append((scenario.name, budget, options))
        return made_up()

    monkeypatch.setattr(sim.cli.choosing, "choose", choose)
    command = ["choose", "trust_trap", "--budget", "4h,8h", "--from", "raci:clarity=0.7,upkeep_minutes=5,sop"]
    assert main([*command, "--out", str(tmp_path / "best"), "--seed", "3", "--zone", "0.5"]) == FINE
    assert "For at most 4 hours a week: RACI matrix." in capsys.readouterr().out
    ((name, budget, options),) = asked
    assert (name, budget, options["seed"], options["zone"]) == ("trust_trap", ("4h,8h",), 3, 0.5)
    assert options["offer"] == ["raci:clarity=0.7,upkeep_minutes=5", "sop"]
    written = {path.name for path in (tmp_path / "best").rglob("*") if path.is_file()}
    assert {"summary.md", "answer.json", "budgets.csv", "candidates.csv", "effects.csv"} <= written
    assert main([*command, "--out", str(tmp_path / "best"), "--json"]) == FINE
    assert json.loads(capsys.readouterr().out)["tables"]["budgets"][0]["chosen"] == "raci"


def test_interrupted(monkeypatch, capsys, tmp_path):
    """It is said where the runs are, and how to go on; or that there are none."""

    def choose(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(sim.cli.choosing, "choose", choose)
    command = ["choose", "trust_trap", "--budget", "4h", "--out", str(tmp_path / "best")]
    assert main(command) == INTERRUPTED
    assert "before anything was run" in capsys.readouterr().err
    (tmp_path / "best").mkdir()
    assert main(command) == INTERRUPTED
    assert "the same command goes on with it" in capsys.readouterr().err


def test_another_question_gets_a_folder_of_its_own(monkeypatch, capsys, tmp_path):
    """Asked again with another budget, nothing that was found is in the way. A named folder is kept to."""

    def choose(scenario, budget, *, out, **_):
        kept = out / "asked"
        if kept.exists() and kept.read_text() != str(budget):
            raise OtherExperimentError(Text("the store is of another experiment", ""))
        out.mkdir(exist_ok=True)
        kept.write_text(str(budget))
        return made_up()

    monkeypatch.setattr(sim.cli.choosing, "choose", choose)
    monkeypatch.chdir(tmp_path)
    for budget in ("4h", "8h", "4h", "8h", "12h"):
        assert main(["choose", "trust_trap", "--budget", budget, "--json"]) == FINE
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"trust_trap-choice{n}" for n in ("", "-2", "-3")]
    capsys.readouterr()
    assert main(["choose", "trust_trap", "--budget", "5h", "--out", "trust_trap-choice"]) == USAGE
    assert "the store is of another experiment" in capsys.readouterr().err
