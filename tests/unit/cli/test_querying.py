"""deptsim query and deptsim results: what is printed, what is written, and what they end with."""

import json

import pandas as pd
import pytest

from sim.cli import main, querying
from tests.worlds.storehouse import store

pytest.importorskip("duckdb")


@pytest.fixture
def folder(tmp_path):
    """Return a finished store."""
    return store(tmp_path / "made", tables=("ledger",))


def test_an_answer_is_printed(folder, capsys):
    """Whole numbers as they are, others with six digits, a dash for what is not defined; more rows are counted."""
    sql = "select raci, count(*) as n, -avg(trust) as m, null as x from data group by raci"
    assert main(["query", str(folder), sql]) == 0
    printed = capsys.readouterr().out.split()
    assert printed[:4] == ["raci", "n", "m", "x"]
    assert printed[printed.index("true") : printed.index("true") + 2] == ["true", "6"]
    assert "−1.01" in printed
    assert printed.count("–") == 2
    assert main(["query", str(folder), "from range(1_000)"]) == 0
    assert f"The first {querying.SHOWN} of 1,000 rows" in capsys.readouterr().out


def test_an_answer_as_json(folder, capsys):
    """A list of rows; what is not finite is null, and a date a text."""
    sql = "select point, lead_time, date '2026-01-02' as day from runs where point = 0 order by replication"
    assert main(["query", str(folder), sql, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["lead_time"] for one in found] == [10.0, 10.01, None]
    assert found[0]["day"] == "2026-01-02"


@pytest.mark.parametrize("suffix", ["csv", "parquet", "json"])
def test_an_answer_goes_into_a_file(folder, tmp_path, capsys, suffix):
    """All rows, also where there are none."""
    read = {"csv": pd.read_csv, "parquet": pd.read_parquet, "json": pd.read_json}[suffix]
    path = tmp_path / f"answer.{suffix}"
    assert main(["query", str(folder), "select range as n from range(12_345)", "--out", str(path)]) == 0
    assert str(path) in capsys.readouterr().out
    assert read(path)["n"].tolist() == list(range(12_345))
    assert main(["query", str(folder), "select range as n from range(0)", "--out", str(path)]) == 0
    assert len(read(path)) == 0


@pytest.mark.parametrize(
    ("sql", "options", "code", "said"),
    [
        ("select x from runs", [], 2, 'Referenced column "x" not found'),
        ("drop view runs", [], 2, "nothing can be changed here"),
        ("select 1", ["--out", "answer.pdf"], 2, "ends with .csv or .parquet or .json"),
        ("select 1", ["--out", "made/points.parquet"], 2, "lies among the results"),
        ("select 1", ["--out", "nowhere/answer.csv"], 1, "nowhere"),
        ("select 1", ["--memory", "much"], 2, "expected an amount"),
    ],
)
def test_what_cannot_be_asked(folder, monkeypatch, capsys, sql, options, code, said):
    """One sentence, and its exit code."""
    monkeypatch.chdir(folder.parent)
    assert main(["query", "made", sql, *options]) == code
    told = capsys.readouterr()
    assert said in told.err
    assert (told.out, told.err.count("\n")) == ("", 1)


def test_how_far_it_is(folder, tmp_path, capsys):
    """In sentences or as JSON."""
    assert main(["results", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert "finished" in printed
    assert "Runs that failed: 1" in printed
    assert "ledger" in printed
    begun = store(tmp_path / "begun", blocks=2)
    assert main(["results", str(begun)]) == 0
    assert "6 of 12 runs" in capsys.readouterr().out
    assert main(["results", str(begun), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["runs"], told["wanted"], told["failed"], told["complete"]) == (6, 12, 1, False)


def test_damage_is_told(folder, capsys):
    """On standard error, a line each, and by the exit code."""
    path = folder / "runs" / "00000001.parquet"
    path.write_bytes(path.read_bytes()[:-9])
    assert main(["results", str(folder)]) == 1
    told = capsys.readouterr()
    assert told.err.count("\n") == 1
    assert "00000001.parquet: cut off" in told.err
    assert main(["query", str(folder), "select count(*) as n from runs", "--lang", "zh"]) == 0
    assert "未计入" in capsys.readouterr().err


def test_tables_for_others(folder, tmp_path, capsys):
    """A file for each table, as spreadsheets open it; and one for the EMA workbench."""
    csv, ema = tmp_path / "csv", tmp_path / "ema.tar.gz"
    assert main(["results", str(folder), "--csv", str(csv), "--ema", str(ema), "--compact"]) == 0
    assert sorted(path.name for path in csv.iterdir()) == ["ledger.csv", "points.csv", "runs.csv"]
    assert (csv / "runs.csv").read_bytes().startswith(b"\xef\xbb\xbfpoint,replication,error,trust")
    assert len(pd.read_csv(csv / "runs.csv")) == 12
    assert ema.read_bytes()[:2] == b"\x1f\x8b"
    assert [path.name for path in (folder / "runs").iterdir()] == ["00000000-00000003.parquet"]
    assert "8 files before, 2 now" in capsys.readouterr().err
    assert main(["results", str(folder), "--csv", str(folder / "csv")]) == 2
