"""Long tables of measures, and paired statistics for numbers of one's own: they agree with what a comparison says."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import ttest_rel

import sim
from tests.worlds.fakes import FakeEngine, small_scenario

ALTERNATIVES = {"RACI": ["raci"], "Stand-up": ["daily_standup"], "Goals": ["shared_kpi"]}


@pytest.fixture
def comparison(monkeypatch: pytest.MonkeyPatch) -> sim.Comparison:
    """Eight replications of a made-up world; one of them fails with RACI."""
    FakeEngine(failing={("raci", 3): "no luck"}).used(monkeypatch)
    return sim.compare(small_scenario(), ALTERNATIVES, 8)


def test_a_comparison_in_long_form(comparison: sim.Comparison) -> None:
    """A row for each alternative, replication and reported measure, the baseline first."""
    rows = comparison.tidy()
    assert list(rows) == ["alternative", "replication", "measure", "value"]
    assert list(rows["alternative"].unique()) == ["Now", *ALTERNATIVES]
    assert not rows.duplicated(["alternative", "replication", "measure"]).any()
    for label, run in comparison.runs.items():
        mine = rows[rows["alternative"] == label].pivot(index="replication", columns="measure", values="value")
        expected = run.measures.reindex(columns=list(comparison.specs))
        pd.testing.assert_frame_equal(mine[list(expected)], expected, check_names=False, check_exact=True)
    assert len(rows) == (4 * 8 - 1) * len(comparison.specs)


def test_a_run_in_long_form() -> None:
    """All measures, or some; one that the run does not know is not defined."""
    result = sim.run(small_scenario(warmup_weeks=1.0, horizon_weeks=2.0), 3, first=2)
    rows = result.tidy()
    wide = rows.pivot(index="replication", columns="measure", values="value")
    expected = result.measures.astype(float)
    pd.testing.assert_frame_equal(wide[list(expected)], expected, check_names=False, check_exact=True)
    some = result.tidy(["trust", "elsewhere"])
    assert some["measure"].tolist() == ["trust", "elsewhere"] * 3
    assert some.loc[some["measure"] == "elsewhere", "value"].isna().all()


def test_measures_of_any_name_are_told() -> None:
    """Also one that is called like a column of the long table."""
    own = sim.Measure("value", lambda one: float(len(one.cases)), "cases", "higher")
    rows = sim.run(small_scenario(warmup_weeks=1.0, horizon_weeks=2.0), 2, measures=own).tidy(["value"])
    assert rows["measure"].tolist() == ["value", "value"]
    assert (rows["value"] > 0).all()


def test_many_differences_are_those_of_the_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    """One measure, three alternatives: the same means, intervals and p-values, where nothing is cut at its bounds."""
    FakeEngine().used(monkeypatch)
    comparison = sim.compare(small_scenario(), ALTERNATIVES, 8, measures="lead_time_mean")
    table = comparison.table[comparison.table["measure"] == "lead_time_mean"].set_index("alternative")
    rows = comparison.tidy()
    times = rows[rows["measure"] == "lead_time_mean"].pivot(index="replication", columns="alternative", values="value")
    found = sim.paired_differences(times["Now"], times[list(ALTERNATIVES)])
    columns = ["difference", "mean", "single_low", "single_high", "ci_low", "ci_high", "p"]
    assert len(comparison.table) == len(found)
    pd.testing.assert_frame_equal(found[columns], table[columns], rtol=1e-9)


def test_series_are_paired_by_their_index(comparison: sim.Comparison) -> None:
    """A replication that one of them has not is no pair; the order does not matter."""
    before, after = (comparison.runs[label].measures["on_time_target"] for label in ("Now", "RACI"))
    assert len(before) == 8
    assert len(after) == 7
    found = sim.paired_difference(before, after)
    assert found == sim.paired_difference(before, after.iloc[::-1])
    assert found == sim.paired_difference(before.drop(3).to_numpy(), after.to_numpy())
    assert found.pairs == 7
    many = sim.paired_differences(
        before, {"RACI": after.iloc[::-1], "Goals": comparison.runs["Goals"].measures["trust"]}
    )
    assert many["pairs"].to_dict() == {"RACI": 7, "Goals": 8}
    assert many.loc["RACI", "single_low"] == found.difference.low


@given(
    arrays(float, st.just((12, 3)), elements=st.floats(-100.0, 100.0).map(lambda x: round(x, 3))),
    st.integers(0, 2**32 - 1),
)
def test_differences_are_those_of_the_textbook(shifts: np.ndarray, seed: int) -> None:
    """Each row alone is Student's paired test; all at once are never narrower, and corrected p-values never smaller."""
    luck = np.random.default_rng(seed).normal(size=(12, 4))
    before = luck[:, 0]
    after = {str(k): before + luck[:, k + 1] + shifts[:, k] for k in range(3)}
    found = sim.paired_differences(before, after)
    for label, values in after.items():
        told = ttest_rel(values, before)
        low, high = told.confidence_interval(0.95)
        row = found.loc[label]
        assert [row["single_low"], row["single_high"]] == pytest.approx([low, high])
        assert row["p"] >= told.pvalue * (1.0 - 1e-9)
        assert row["ci_low"] <= row["single_low"] <= row["difference"] <= row["single_high"] <= row["ci_high"]


@pytest.mark.parametrize("other", [[1.0], [[1.0, 2.0]], 3.0])
def test_what_is_not_as_many_is_refused(other: object) -> None:
    """Numbers without an index cannot be paired otherwise than by place."""
    for attempt in (
        lambda: sim.paired_difference([1.0, 2.0], other),
        lambda: sim.paired_differences([1.0, 2.0], {"A": other}),
    ):
        with pytest.raises(ValueError, match=r"^pairs: found \(2,\) and .* numbers, expected one row each"):
            attempt()


def test_no_alternative_is_an_empty_table() -> None:
    """With its columns."""
    found = sim.paired_differences([1.0, 2.0], {})
    assert found.empty
    assert "ci_low" in found
