"""Questions in SQL: what they can see, and what they cannot do."""

import sys

import pytest

from sim.experiments.querying import QueryError, distinct
from sim.experiments.results import Results
from tests.worlds.storehouse import store, value

duckdb = pytest.importorskip("duckdb")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Return a finished store."""
    return Results(store(tmp_path_factory.mktemp("sql") / "made", tables=("ledger",)))


def test_every_table_can_be_asked(found):
    """Points, runs, both together, errors, long, and those that are kept beside."""
    counts = {
        name: found.query(f"select count(*) as n from {name}")["n"][0]
        for name in ("points", "runs", "data", "errors", "long", "ledger")
    }
    assert counts == {"points": 4, "runs": 12, "data": 12, "errors": 1, "long": 22, "ledger": 11}
    assert found.query("from points order by point").columns.tolist() == ["point", "scenario", "raci", "select"]
    assert found.query("from long").columns.tolist() == ["point", "replication", "measure", "value"]
    assert '"no" 失败' in found.query("from errors")["error"][0]


def test_what_is_not_defined_is_null(found):
    """So that a mean leaves it out; a number of its own kind would swallow the mean."""
    mean = found.query("select avg(lead_time) as mean, sum(point) as whole from data where point = 2")
    assert mean["mean"][0] == pytest.approx((value(2, 0, 1) + value(2, 1, 1)) / 2)
    assert mean["whole"].tolist() == [6.0]


def test_names_that_are_hard_to_tell_apart(tmp_path):
    """Words of SQL, quotes, Chinese, and names that differ in upper and lower case only."""
    columns = {'say "x"': range(4), "采购": "abcd", "A": range(4), "a": range(4, 8), "Trust": range(4)}
    found = Results(store(tmp_path / "it's [1]*?", columns=columns, measures=("trust", 'a "b" c', "指标")))
    asked = found.query('select "select", "say ""x""", 采购, "A", "a_2", "Trust_2", 指标, "a ""b"" c" from data')
    assert asked.columns.tolist() == ["select", 'say "x"', "采购", "A", "a_2", "Trust_2", "指标", 'a "b" c']
    assert len(asked) == 12


def test_columns_of_an_answer_can_be_told_apart(found):
    """Also where two are called the same."""
    assert found.query("select 1 as a, 2 as a, 3 as A").columns.tolist() == ["a", "a_2", "A_3"]
    assert distinct(["x", "X_2", "x"]) == ["x", "X_2", "x_3"]


def test_nothing_is_there_yet(tmp_path):
    """The tables are, with all their columns."""
    found = Results(store(tmp_path / "new", blocks=0, tables=("cases",)))
    assert len(found.query("select raci, trust from data")) == 0
    assert "on_time_target" in found.query("from cases").columns


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('/etc/hostname')",
        "select * from '/etc/hostname'",
        "select * from read_text('{runs}/../../../../../../etc/hostname')",
        "select * from read_csv('https://example.org/a.csv')",
        "from found",
        "attach 'x.db'",
        "install httpfs",
        "set memory_limit = '1GB'",
        "copy runs to 'x.csv'",
        "copy (pivot runs on replication using sum(trust)) to '{runs}/x.csv'",
        "explain analyze copy (select 1) to '{runs}/x.csv'",
        "/* /* */ pivot */ copy (pivot runs on replication using sum(trust)) to '{runs}/x.csv'",
        "create table t as select 1",
        "drop view runs",
        "select 1; select 2",
        "select trus from runs",
        "select",
        "",
        "-- nothing",
    ],
)
def test_what_a_question_cannot_do(found, sql):
    """It is refused in one sentence of both languages, and the store is as it was."""
    before = {path: path.read_bytes() for path in found.folder.rglob("*.*")}
    with pytest.raises(QueryError) as refused:
        found.query(sql.replace("{runs}", str(found.folder / "runs")))
    for lang in ("en", "zh"):
        assert refused.value.said(lang)
        assert "\n" not in refused.value.said(lang)
    assert {path: path.read_bytes() for path in found.folder.rglob("*.*")} == before


@pytest.mark.parametrize(
    "sql",
    [
        "describe data",
        "summarize runs",
        "with a as (from runs) select count(*) from a",
        "pivot runs on replication using avg(trust) group by point",
        "from runs pivot (avg(trust) for replication in (0, 1))",
        "select 1;",
    ],
)
def test_what_selects_is_answered(found, sql):
    """However it begins."""
    assert len(found.query(sql)) > 0


def test_an_answer_comes_in_parts(found):
    """Of which only some rows are held."""
    with found.answer("select * from range(25_000)") as parts:
        assert [part.num_rows for part in parts] == [10_000, 10_000, 5_000]


def test_memory_has_a_limit(found):
    """Of which what it is has to be an amount."""
    assert found.query("select count(*) as n from runs", memory="200MB")["n"][0] == 12
    with pytest.raises(QueryError, match="found 'lots', expected an amount such as 500MB"):
        found.query("select 1", memory="lots")
    with pytest.raises(QueryError, match="needs more memory than it may have"):
        found.query("select list(range) from range(3_000_000)", memory="16MB")


def test_without_the_library(found, monkeypatch):
    """The extra is named that brings it."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(QueryError, match=r"pip install 'deptsim\[experiments\]'"):
        found.query("select 1")
