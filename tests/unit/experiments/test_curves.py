"""Dose and response: bands, differences in the same luck, and from where on more no longer helps, or harms."""

import numpy as np
import pandas as pd
import pytest

from sim.experiments.axes import Axis
from sim.experiments.curves import dose_response
from sim.experiments.designs import DoseResponse
from sim.spec.findings import TextError
from sim.study.statistics import mean_interval, paired_difference

DOSE = Axis("minutes", (15, 0, 30, 60))
"""Fifteen is how things are."""

OTHER = Axis("raci", (False, True))


def measured(points, response, replications=12, spread=1.0, own=0.05):
    """Return runs of a measure: what a point does, the luck that all share, and a little of its own."""
    rng = np.random.default_rng(3)
    luck = rng.normal(scale=spread, size=replications)
    values = np.array(response, dtype=float)[:, None] + luck + rng.normal(scale=own, size=(len(response), replications))
    wide = pd.DataFrame(values, index=points.index).rename_axis("replication", axis=1)
    return wide.rename_axis("point").reset_index().melt("point", var_name="replication", value_name="y")


def points_of(axes, design):
    """Return the points of a design."""
    return pd.DataFrame(design.points(axes, 1).columns()).rename_axis("point")


def curve(response, better="higher", **luck):
    """Return the one curve of four doses, the reference being the second lowest; and the runs."""
    points = points_of([DOSE], DoseResponse(factor="minutes"))
    runs = measured(points, [response[k] for k in (1, 0, 2, 3)], **luck)
    (found,) = dose_response(points, runs, [DOSE], "y", "minutes", better=better)
    return found, runs


def test_bands_and_differences_are_those_of_a_comparison():
    """The lowest level first; the mean alone is as unsure as luck makes it, the difference far less."""
    found, runs = curve([10.0, 11.0, 12.0, 12.0])
    table = found.table.set_index("level")
    assert table.index.tolist() == [0, 15, 30, 60]
    y = runs.pivot(index="point", columns="replication", values="y").to_numpy()
    assert table.loc[30, ["mean", "low", "high"]].tolist() == pytest.approx(list(vars_of(mean_interval(y[2]))))
    pair = paired_difference(y[0], y[2])
    assert table.loc[30, ["difference", "difference_low", "difference_high", "p"]].tolist() == pytest.approx(
        [*vars_of(pair.difference), pair.p]
    )
    assert table.loc[15, ["difference", "difference_low", "difference_high", "p"]].tolist() == [0.0, 0.0, 0.0, 1.0]
    wide, narrow = (
        table.loc[30, "high"] - table.loc[30, "low"],
        np.ptp(table.loc[30, ["difference_low", "difference_high"]]),
    )
    assert narrow < wide / 5
    assert found.replications == 12


def vars_of(interval):
    """Return mean and limits."""
    return interval.mean, interval.low, interval.high


@pytest.mark.parametrize(
    ("response", "better", "helps_from", "enough", "harms_from"),
    [
        ([10.0, 11.0, 12.0, 12.0], "higher", 30, 30, None),
        ([10.0, 11.0, 12.0, 11.0], "higher", 30, 30, 60),
        ([10.0, 11.0, 12.0, 13.0], "higher", 30, 60, None),
        ([13.0, 12.0, 11.0, 10.0], "higher", 0, 0, 15),
        ([13.0, 12.0, 11.0, 10.0], "lower", 30, 60, None),
        ([10.0, 10.0, 10.0, 10.0], "higher", None, 0, None),
        ([10.0, 11.0, 12.0, 13.0], "neither", None, None, None),
        ([10.0, 11.0, 9.0, 12.0], "higher", 60, 60, None),
    ],
)
def test_a_curve_turns_where_intervals_say_so(response, better, helps_from, enough, harms_from):
    """Up to a plateau, over a top, all the way, downhill, flat, and down before it goes up again."""
    found, _ = curve(response, better)
    assert (found.turn.helps_from, found.turn.enough, found.turn.harms_from) == (helps_from, enough, harms_from)


def test_noise_is_no_turn():
    """Where every point has luck of its own, nothing is certain, and the interval says what more could still bring."""
    found, _ = curve([10.0, 10.2, 10.4, 10.3], own=2.0)
    assert (found.turn.helps_from, found.turn.harms_from) == (None, None)
    assert found.turn.enough == 0
    assert found.turn.more.low < 0.0 < 0.4 < found.turn.more.high


def test_the_best_of_many_pairs_is_no_turn():
    """One level is better than three that are alike, p = 0.04 each: of six pairs, that happens by chance."""
    points = points_of([DOSE], DoseResponse(factor="minutes"))
    runs = measured(points, [0.0] * 4, own=0.0)
    gains = np.array([1.0, -1.0] * 6) + 0.687
    runs.loc[runs["point"] == 2, "y"] += gains
    (found,) = dose_response(points, runs, [DOSE], "y", "minutes", better="higher")
    assert found.table["p"].iloc[2] == pytest.approx(0.042, abs=0.005)
    assert (found.turn.helps_from, found.turn.enough, found.turn.harms_from) == (None, 0, None)


def test_what_more_could_bring_holds_for_all_levels_above():
    """It is wider than the interval of one difference, and signed so that above zero is better."""
    found, runs = curve([13.0, 12.0, 11.0, 11.0], "lower")
    y = runs.pivot(index="point", columns="replication", values="y").to_numpy()
    assert found.turn.enough == 30
    assert vars_of(found.turn.more) == pytest.approx(vars_of(mean_interval(y[2] - y[3])))
    found, runs = curve([13.0, 13.0, 13.0, 13.0], "lower")
    y = runs.pivot(index="point", columns="replication", values="y").to_numpy()
    gains = [mean_interval(y[1] - y[k], 1 - 0.05 / 3) for k in (0, 2, 3)]
    assert vars_of(found.turn.more) == pytest.approx(vars_of(max(gains, key=lambda one: one.mean)))


def test_each_level_of_another_factor_and_each_organization_has_its_curve():
    """What helps here may harm there."""
    axes = [DOSE, OTHER]
    points = points_of(axes, DoseResponse(factor="minutes", at="raci"))
    both = pd.concat([points.assign(scenario="one"), points.assign(scenario="two")], ignore_index=True)
    both = both.rename_axis("point")
    sign = np.where(both["raci"], 1.0, -1.0) * np.where(both["scenario"] == "one", 1.0, 2.0)
    runs = measured(both, sign * both["minutes"])
    found = dose_response(both, runs, axes, "y", "minutes", at="raci", better="higher")
    assert [(one.scenario, one.at) for one in found] == [("one", False), ("one", True), ("two", False), ("two", True)]
    assert [round(one.table["difference"].iloc[-1]) for one in found] == [-45, 45, -90, 90]
    assert [one.turn.harms_from for one in found] == [15, None, 15, None]
    merged = dose_response(both, runs, axes, "y", "minutes")
    assert [round(one.table["difference"].iloc[-1], 1) for one in merged] == [0.0, 0.0]


def test_shares_keep_their_bands_within_bounds():
    """A share of almost all is not above one."""
    points = points_of([DOSE], DoseResponse(factor="minutes"))
    runs = measured(points, [0.99, 0.98, 0.99, 0.99], spread=0.004, own=0.001)
    (found,) = dose_response(points, runs, [DOSE], "y", "minutes", scale="share")
    assert found.table["high"].max() <= 1.0
    assert (found.table["high"] - found.table["mean"] < found.table["mean"] - found.table["low"]).all()


def test_a_reference_that_never_ran_leaves_means():
    """And no differences; the point that is missing is said."""
    points = points_of([DOSE], DoseResponse(factor="minutes"))
    runs = measured(points, [11.0, 10.0, 12.0, 12.0])
    runs.loc[runs["point"] == 0, "y"] = np.nan
    (found,) = dose_response(points, runs, [DOSE], "y", "minutes", better="higher")
    assert found.table["level"].tolist() == [0, 30, 60]
    assert found.table["difference"].isna().all()
    assert found.table["mean"].notna().all()
    assert (found.turn.helps_from, found.turn.enough) == (None, 30)
    assert "1 points are left out" in found.said[0].en
    assert dose_response(points, runs.assign(y=np.nan), [DOSE], "y", "minutes") == ()


def test_an_unknown_factor_is_refused():
    """With the nearest name."""
    with pytest.raises(TextError, match="did you mean 'minutes'"):
        dose_response(pd.DataFrame(), pd.DataFrame(), [DOSE], "y", "minuts")
