"""The catalogue of tables: what it says is what results hold, and every column has words and a unit."""

import pandas as pd
import pytest

import sim
from sim.spec.measures import MEASURES
from sim.study.digest import digests_of
from sim.study.effects import COLUMNS
from sim.tables import EVERYTHING, SUMMARY, TABLES, WhenAsked, put_together
from sim.words import LANGUAGES
from tests.worlds.fakes import small_scenario

DTYPES = {"whole": "iu", "number": "f", "yes or no": "b", "name": "O"}


@pytest.fixture(scope="module")
def result() -> sim.RunResult:
    """A run that keeps every table there is."""
    return sim.run(small_scenario(warmup_weeks=1.0, horizon_weeks=4.0), 2, keep=TABLES)


@pytest.mark.parametrize("name", list(TABLES))
def test_tables_hold_what_the_catalogue_says(result: sim.RunResult, name: str) -> None:
    """Keys first, the other columns in order, each of its kind; shares lie between 0 and 1, hours are not negative."""
    table, frame = TABLES[name], result.tables[name]
    assert (frame.index.name == "replication") == (not table.keys)
    plain = frame.reset_index() if frame.index.name else frame
    if table.by_name:
        assert set(MEASURES) <= set(plain.columns)
        return
    assert list(plain.columns) == [one.name for one in table.every]
    for column in table.every:
        values = plain[column.name]
        assert values.dtype.kind in DTYPES[column.dtype], column
        if column.dtype == "number":
            assert not (values < 0.0).any()
        if column.unit == "share":
            assert not (values > 1.0 + 1e-9).any()


@pytest.mark.parametrize("name", list(TABLES))
def test_keys_tell_rows_apart(result: sim.RunResult, name: str) -> None:
    """No two rows of a table have the same keys; the event log may have several a case."""
    frame = result.tables[name]
    plain = frame.reset_index() if frame.index.name else frame
    if name != "events":
        assert not plain.duplicated(["replication", *(one.name for one in TABLES[name].keys)]).any()


def test_every_table_and_column_has_words() -> None:
    """In both languages; no two columns of one table are called the same."""
    for table in TABLES.values():
        for lang in LANGUAGES:
            called = [one.label.get(lang) for one in table.every]
            assert table.meaning.get(lang)
            assert len(set(called)) == len(called), table.name
    assert all(one.label.get(lang) for one in COLUMNS for lang in LANGUAGES)


def test_tables_are_attributes_too(result: sim.RunResult) -> None:
    """By name; what there is not is told with what there is."""
    assert result.cases is result.tables["cases"]
    with pytest.raises(AttributeError, match=r"no 'case' \(tables: measures, "):
        _ = result.case
    assert tuple(result.tables) == tuple(TABLES)
    assert repr(result) == f"RunResult(small, 2 replications: {', '.join(result.tables)})"


def test_a_comparison_has_the_means(result: sim.RunResult) -> None:
    """Every table that has a mean, by alternative, computed once more by pandas."""
    found = WhenAsked(digests_of({"Now": result, "Same": result}))
    assert set(found) == {name for name in SUMMARY if name != "measures"}
    for name, frame in found.items():
        table, source = TABLES[name], result.tables[name]
        if table.over == "bands":
            expected = source.groupby("week")["backlog"].mean()
            mine = frame[(frame["alternative"] == "Same") & (frame["series"] == "backlog")].set_index("week")["mean"]
            pd.testing.assert_series_equal(mine, expected, check_names=False)
        elif table.keys:
            last = table.columns[-1].name
            expected = source.groupby([one.name for one in table.keys], observed=True)[last].mean()
            mine = frame[frame["alternative"] == "Same"].set_index([one.name for one in table.keys])[last]
            assert mine.to_dict() == pytest.approx(expected.to_dict())
        else:
            pd.testing.assert_series_equal(frame.loc["Same"], source.mean(), check_names=False)


def test_no_replication_is_no_row() -> None:
    """Where everything failed, tables have their columns and nothing in them."""
    for name in EVERYTHING:
        frame = put_together(name, [], [])
        assert frame.empty
        assert (
            list(frame.columns)[: len(TABLES[name].keys)]
            == (["replication", *(one.name for one in TABLES[name].keys)][: len(TABLES[name].keys)])
        )
