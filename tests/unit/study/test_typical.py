"""The typical replication: nearest the mean, by a rule that anybody can follow."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.study.compare import compare
from sim.study.typical import typical_replication
from tests.worlds.fakes import FakeEngine, small_scenario

NAMES = ["lead_time_mean", "trust"]
TABLES = arrays(float, (7, 2), elements=st.integers(-(10**6), 10**6).map(lambda whole: whole / 1000))


def runs(*tables: np.ndarray, first: int = 0) -> dict[str, SimpleNamespace]:
    """Return runs with these measures."""
    index = range(first, first + len(tables[0]))
    frames = (pd.DataFrame(one, index=index, columns=NAMES) for one in tables)
    return {str(k): SimpleNamespace(measures=one, scenario=None) for k, one in enumerate(frames)}


def test_it_is_the_one_in_the_middle() -> None:
    """Of numbers that rise evenly."""
    rising = np.column_stack([np.arange(7.0), np.arange(7.0)[::-1] / 100])
    assert typical_replication(runs(rising, first=10), NAMES) == 13


def test_changes_count_as_much_as_what_is_now() -> None:
    """Two are equally near as things are; the one that changes as most do is typical, however many alternatives."""
    now = np.column_stack([[1.0, -1.0, 3.0, -3.0], np.zeros(4)])
    then = now + np.column_stack([[9.0, 5.0, 4.0, 6.0], np.zeros(4)])
    assert typical_replication(runs(now), NAMES) == 0
    for alternatives in (1, 3):
        assert typical_replication(runs(now, *[then] * alternatives), NAMES) == 1


@given(TABLES, TABLES, st.floats(0.01, 100.0), st.floats(-50.0, 50.0))
def test_units_do_not_matter(now: np.ndarray, then: np.ndarray, scale: float, shift: float) -> None:
    """Hours or days, shares or percent: the chosen one is no farther away than any other, in either unit."""
    chosen = typical_replication(runs(now, then), NAMES)
    other = typical_replication(runs(now * scale + shift, then * scale + shift), NAMES)
    found = distances(now, then)
    assert found[chosen] == pytest.approx(found.min(), abs=1e-6)
    assert found[other] == pytest.approx(found.min(), rel=1e-3, abs=1e-3)


def distances(now: np.ndarray, then: np.ndarray) -> np.ndarray:
    """Return how far each replication is from the mean, worked out one by one."""
    total = np.zeros(len(now))
    for table in (now, then - now):
        varying = [k for k in range(2) if np.var(table[:, k]) > 1e-24 * np.abs(table[:, k]).max() ** 2]
        for k in varying:
            total += (table[:, k] - table[:, k].mean()) ** 2 / table[:, k].var() / len(varying)
    return total / 2


def test_what_is_not_defined_is_taken_last() -> None:
    """Only where every replication lacks something is one of them typical."""
    table = np.array([[5.0, np.nan], [1.0, 2.0], [9.0, 3.0], [np.nan, 2.5]])
    assert typical_replication(runs(table), NAMES) in (1, 2)
    table[1:3, 1] = np.nan
    assert typical_replication(runs(table), NAMES) == 0


def test_only_replications_that_all_have(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that failed on any side cannot be shown."""
    table = np.column_stack([np.arange(5.0), np.arange(5.0)])
    both = runs(table, table)
    both["1"].measures = both["1"].measures.drop(index=2)
    assert typical_replication(both, NAMES) in (1, 3)
    both["1"].measures = both["1"].measures.iloc[:0]
    with pytest.raises(ValueError, match="found none that every run has"):
        typical_replication(both, NAMES)


def test_a_comparison_knows_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """For all alternatives together, or for one."""
    FakeEngine().used(monkeypatch)
    comparison = compare(small_scenario(), {"Roles": ["raci"], "KPIs": ["shared_kpi"]}, 12)
    names = list(dict.fromkeys(comparison.headlines["measure"]))
    assert comparison.typical_replication() == typical_replication(comparison.runs, names)
    alone = {label: comparison.runs[label] for label in ("Now", "KPIs")}
    assert comparison.typical_replication("KPIs") == typical_replication(alone, names)
    with pytest.raises(KeyError, match="no alternative is called 'Now'"):
        comparison.typical_replication("Now")
