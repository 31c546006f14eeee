"""deptsim experiment and sweep: what is run, printed and written, and what they end with."""

import json

import pytest

from sim.cli import experimenting, main
from sim.experiments.running import run_plan
from tests.worlds.experiments import SHORT
from tests.worlds.storehouse import store


@pytest.fixture
def file(tmp_path, monkeypatch):
    """An experiment file in the folder in which commands are given."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "short.yaml"
    path.write_text(SHORT, encoding="utf-8")
    return path


@pytest.mark.compiled  # runs
def test_an_experiment_is_run_read_and_gone_on_with(file, capsys):
    """Sentences and pictures; a second time nothing is left to run; the folder by itself is read again."""
    assert main(["experiment", "short.yaml"]) == 0
    folder = file.parent / "short-results"
    first = capsys.readouterr().out
    assert "runs are stored in short-results" in first
    assert 'deptsim query short-results "select * from data limit 5"' in first
    assert list((folder / "figures").iterdir())
    files = {one.name: one.stat().st_mtime_ns for one in folder.rglob("*.parquet")}
    (folder / "runs" / "00000001.parquet").unlink()
    assert main(["experiment", "short.yaml"]) == 0
    assert capsys.readouterr().out == first
    again = {one.name: one.stat().st_mtime_ns for one in folder.rglob("*.parquet")}
    assert [name for name in files if files[name] != again[name]] == ["00000001.parquet"]
    assert main(["experiment", "short-results"]) == 0
    assert capsys.readouterr().out == first
    assert main(["experiment", "short-results", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["name"], told["points"], told["runs"], told["wanted"], told["complete"]) == ("short", 2, 6, 6, True)
    assert [one["raci"] for one in told["means"]] == [False, True]


@pytest.mark.compiled  # runs
def test_what_somebody_says_counts_instead_of_the_file(file, capsys):
    """Replications, seed and values."""
    options = ["-n", "2", "--seed", "7", "--set", "levers.latency=2", "--set", "horizon_weeks=5"]
    assert main(["experiment", "short.yaml", *options, "--out", "other", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["runs"], told["seed"], told["folder"]) == (4, 7, "other")
    asked = json.loads((file.parent / "other" / "manifest.json").read_text(encoding="utf-8"))["experiment"]
    assert asked["set"] == {"horizon_weeks": 5, "warmup_weeks": 0, "levers.latency": 2}
    assert main(["experiment", "short.yaml", "--out", "other"]) == 2
    assert "other" in capsys.readouterr().err


@pytest.mark.compiled  # a few runs are tried
def test_a_draft_writes_nothing(file, capsys):
    """It says how many runs there are, and how long they take here."""
    assert main(["experiment", "short.yaml", "--dry-run"]) == 0
    printed = capsys.readouterr().out
    assert "2 points × 3 replications = 6 runs" in printed
    assert "Nothing was written" in printed
    assert main(["experiment", "short.yaml", "--dry-run", "--json", "--workers", "2"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["points"], told["runs"], told["done"], told["workers"]) == (2, 6, 0, 2)
    assert [one.name for one in file.parent.iterdir()] == ["short.yaml"]


def test_failed_runs_are_told(file, capsys):
    """Exit code 4, and why the first failed."""
    made = store(file.parent / "made", tables=("ledger",))
    assert main(["experiment", str(made), "--json"]) == 4
    told = capsys.readouterr()
    assert json.loads(told.out)["failed"] == 1
    assert told.err.startswith('deptsim: runs that failed and are left out: 1; the first: point 1: "no" 失败')


@pytest.mark.compiled  # runs
def test_ctrl_c_says_how_far_it_is(file, monkeypatch, capsys):
    """What is stored, and that the same command goes on; exit code 130."""

    def interrupted(plan, folder, engine, progress):
        def until_two(standing):
            progress(standing)
            if standing.done >= 2:
                raise KeyboardInterrupt

        run_plan(plan, folder, engine, until_two)

    monkeypatch.setattr(experimenting, "run_plan", interrupted)
    assert main(["experiment", "short.yaml", "--workers", "1"]) == 130
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == ("deptsim: interrupted; 2 of 6 runs are stored in short-results; the same command goes on\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["experiment", "shrot.yaml"], 3, "shrot.yaml"),
        (["experiment", "four_root"], 3, "did you mean 'four_roots'?"),
        (["experiment", "short.yaml", "--workers", "0"], 2, "at least 1"),
        (["experiment", "short.yaml", "--engine", "dusk"], 2, "did you mean 'dask'?"),
        (["experiment", "made", "--out", "other"], 2, "only read"),
        (["experiment", "made", "-n", "5"], 2, "only read"),
        (["experiment", "short.yaml", "--out", "made"], 2, "made"),
        (["experiment", "short.yaml", "--out", "short.yaml"], 2, "short.yaml"),
        (["sweep", "order_delivery"], 2, "nothing to vary"),
        (["sweep", "order_delivery", "--vary", "rcai"], 3, "did you mean 'raci'?"),
        (
            ["sweep", "order_delivery", "--vary", "raci", "--design", "latin_hyper"],
            2,
            "did you mean 'latin_hypercube'?",
        ),
        (["sweep", "order_delivery", "--vary", "raci", "--design", "morris:levels"], 2, "expected parameter=value"),
        (["sweep", "order_delivery", "--vary", "raci", "--design", "latin_hypercube"], 3, "design.points"),
        (["sweep", "order_delivery", "--vary", "raci", "--measures", "on_tme"], 3, "on_tme"),
    ],
)
def test_what_cannot_be(file, capsys, arguments, code, said):
    """One sentence, and its exit code; nothing is written."""
    store(file.parent / "made", blocks=1)
    before = sorted(file.parent.rglob("*"))
    assert main(arguments) == code
    told = capsys.readouterr()
    assert (told.out, len(told.err.splitlines())) == ("", 1)
    assert said in told.err
    assert sorted(file.parent.rglob("*")) == before


@pytest.mark.compiled  # runs
def test_a_sweep_is_an_experiment(file, capsys):
    """Its folder is called after it, unless somebody says otherwise."""
    assert main(["sweep", "trust_trap", "--vary", "levers.latency=1,2", "-n", "2", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["folder"], told["points"], told["runs"]) == ("sweep-results", 2, 4)
    assert [one["latency"] for one in told["means"]] == [1, 2]


@pytest.mark.parametrize("like", [[], ["--like", "four_roots"]])
def test_a_new_file_passes_its_check(file, capsys, like):
    """With the schema beside it, which editors find by its first line; an answer is not taken over."""
    assert main(["new", "mine.yaml", "--experiment", "--schema", *like]) == 0
    assert "deptsim experiment mine.yaml --dry-run" in capsys.readouterr().out
    text = (file.parent / "mine.yaml").read_text(encoding="utf-8")
    beside = text.splitlines()[0].rpartition("./")[2]
    assert "factors" in json.loads((file.parent / beside).read_text(encoding="utf-8"))["properties"]
    assert "\nanswer:" not in text
    assert main(["check", "mine.yaml"]) == 0
    capsys.readouterr()
    assert main(["schema", "--experiment"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads((file.parent / beside).read_text(encoding="utf-8"))


def test_every_finding_is_told(file, capsys):
    """By line and field, without anything being run."""
    file.write_text(SHORT.replace("with: raci", "with: rcai").replace("replications: 3", "replications: 0"), "utf-8")
    assert main(["check", "short.yaml", "--json"]) == 3
    found = json.loads(capsys.readouterr().out)
    assert {(one["field"].split(".")[0], one["line"]) for one in found} == {("factors", 5), ("replications", 6)}


def test_shipped_experiments_are_listed(capsys):
    """Each with its question and what was found."""
    assert main(["list", "experiments", "--json"]) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert "four_roots" in found
    assert all(one["question"]["zh"] and one["answer"]["en"] for one in found.values())
