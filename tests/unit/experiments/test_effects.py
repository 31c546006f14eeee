"""Effects: published tables to the digit, least squares where something is missing, and what cannot be told."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.experiments.axes import Axis
from sim.experiments.designs import (
    FractionalFactorial,
    FullFactorial,
    LatinHypercube,
    OneAtATime,
    PlackettBurman,
    Points,
)
from sim.experiments.effects import effects
from sim.spec.findings import TextError
from sim.study.statistics import holm

SWITCHES = [Axis(name, (False, True)) for name in "abcdefg"]


def tables(design, axes, numbers, scenario=None):
    """Return the points of a design, and runs with a measure y: points × replications."""
    points = pd.DataFrame(design.points(axes, 1).columns()).rename_axis("point")
    if scenario is not None:
        points.insert(0, "scenario", scenario)
    wide = pd.DataFrame(np.atleast_2d(numbers)).rename_axis("point").rename_axis("replication", axis=1)
    return points, wide.stack().rename("y").reset_index() if wide.notna().all(axis=None) else melted(wide)


def melted(wide):
    """Return a row for each run, also of those that failed."""
    return wide.reset_index().melt("point", var_name="replication", value_name="y").astype({"replication": int})


def means(found):
    """Return the effects by name."""
    return dict(zip(found.table["effect"], found.table["mean"].round(9), strict=True))


PILOT = np.array([[59, 61], [74, 70], [50, 58], [69, 67], [50, 54], [81, 85], [46, 44], [79, 81]], dtype=float)
"""Yield of a pilot plant, twice at each of eight settings; temperature changes first, catalyst last.

Box, Hunter & Hunter 2005, Statistics for Experimenters, chapter 5.
"""


def test_the_pilot_plant_comes_out_as_published():
    """T 23, C −5, K 1.5; T × C, T × K and C × K are 1.5, 10 and 0 there, where halves of differences are told."""
    axes = [Axis("K", ("A", "B")), Axis("C", (20, 40)), Axis("T", (160, 180))]
    found = effects(*tables(FullFactorial(), axes, PILOT), axes, ["y"])
    assert means(found) == {
        "K=B": 1.5, "C=40": -5.0, "T=180": 23.0, "K=B × C=40": 0.0, "K=B × T=180": 20.0, "C=40 × T=180": 3.0
    }  # fmt: skip
    assert found.said == ()
    assert found.main["factor"].tolist() == ["K", "C", "T"]
    assert found.interactions["other"].tolist() == ["C", "T", "T"]


def test_the_interval_is_that_of_the_mean_over_replications():
    """T is 24.5 and 21.5 in the two: 23 ± 12.706 × 1.5; p-values are corrected for all six rows."""
    axes = [Axis("K", ("A", "B")), Axis("C", (20, 40)), Axis("T", (160, 180))]
    found = effects(*tables(FullFactorial(), axes, PILOT), axes, ["y"])
    row = found.table.set_index("effect").loc["T=180"]
    one, two = (PILOT[1::2].mean(axis=0) - PILOT[::2].mean(axis=0)).tolist()
    half = 12.706204736 * abs(one - two) / 2
    assert (row["low"], row["high"]) == pytest.approx((23.0 - half, 23.0 + half))
    assert found.values.iloc[2].tolist() == pytest.approx([one, two])
    assert found.table["p"].tolist() == pytest.approx(holm(found.table["p_alone"]).tolist())


BICYCLE = [69, 52, 60, 83, 71, 50, 59, 88]
"""Seconds up a hill at eight settings of a bicycle: Box, Hunter & Hunter 1978, chapter 12."""


def test_the_bicycle_comes_out_as_published():
    """Seat 3.5, dynamo 12, handlebars 1, gear 22.5, raincoat 0.5, breakfast 1, tires 2.5; three pairs in each."""
    names = ["handlebars", "dynamo", "seat", "gear", "raincoat", "breakfast", "tires"]
    axes = [Axis(name, (False, True)) for name in names]
    found = effects(*tables(FractionalFactorial(generator="a b c bc ac ab abc"), axes, np.c_[BICYCLE]), axes, ["y"])
    assert means(found) == {
        "handlebars": 1.0, "dynamo": 12.0, "seat": 3.5, "gear": 22.5, "raincoat": 0.5, "breakfast": 1.0, "tires": 2.5
    }  # fmt: skip
    mixed = dict(zip(found.table["effect"], found.table["mixed"], strict=True))
    assert mixed["gear"] == "handlebars × tires, dynamo × seat, raincoat × breakfast"
    assert len(found.table) == 7


def test_pairs_that_are_one_are_told_once_with_their_sign():
    """d = −abc: a and b together are what c and d take away together."""
    axes = SWITCHES[:4]
    design = FractionalFactorial(generator="a b c -abc")
    signs = design.signs(4).astype(float)
    numbers = np.outer(signs[:, 0] * signs[:, 1], [1.0, 2.0])
    found = effects(*tables(design, axes, numbers), axes, ["y"])
    told = found.table.set_index("effect").loc["a × b"]
    assert (told["mean"], told["mixed"]) == (6.0, "−c × d")
    assert found.interactions["effect"].tolist() == ["a × b", "a × c", "a × d"]


def model(codes, sizes):
    """Return the cell means of a model with chosen effects: what each level and each pair of levels adds."""
    rng = np.random.default_rng(sum(sizes))
    mains = [np.r_[0.0, rng.integers(-9, 9, size - 1)] for size in sizes]
    y = sum(main[codes[:, k]] for k, main in enumerate(mains))
    both = np.zeros((sizes[0], sizes[1]))
    both[1:, 1:] = rng.integers(-9, 9, (sizes[0] - 1, sizes[1] - 1))
    return y + both[codes[:, 0], codes[:, 1]], mains, both


@settings(max_examples=40)
@given(st.lists(st.integers(2, 4), min_size=2, max_size=4), st.integers(0, 5))
def test_every_level_is_told_against_the_reference(sizes, missing):
    """Averaged over the rest; also where points are missing, as long as nothing beyond pairs is at work."""
    axes = [Axis(f"f{k}", tuple(range(size))) for k, size in enumerate(sizes)]
    points = pd.DataFrame(FullFactorial().points(axes, 1).columns()).rename_axis("point")
    numbers, mains, both = model(points.to_numpy(), sizes)
    gone = np.random.default_rng(missing).permutation(len(points))[:missing]
    runs = pd.DataFrame({"point": points.index, "replication": 0, "y": numbers})
    runs.loc[runs["point"].isin(gone), "y"] = np.nan
    found = effects(points, runs, axes, ["y"])
    table = found.table.set_index("effect")
    if table["other"].eq("").all():
        assert missing
        return
    for level in range(1, sizes[0]):
        wanted = mains[0][level] + (both[level] - both[0]).mean()
        assert table.loc[f"f0={level}", "mean"] == pytest.approx(wanted, abs=1e-9)
        for other in range(1, sizes[1]):
            assert table.loc[f"f0={level} × f1={other}", "mean"] == pytest.approx(both[level, other], abs=1e-9)
    assert bool(found.said) == bool(missing)


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_least_squares_say_the_same(seed):
    """Of any points that tell pairs apart: the coefficients of a fit on −1 and 1, twice, and four times of pairs."""
    rng = np.random.default_rng(seed)
    axes = SWITCHES[:3]
    chosen = sorted(rng.permutation(8)[: rng.integers(7, 9)])
    grid = FullFactorial().points(axes, 1).rows
    design = Points(points=[grid[k] for k in chosen])
    numbers = rng.normal(size=(len(chosen), 3))
    found = effects(*tables(design, axes, numbers), axes, ["y"])
    signs = np.array([[1.0 if grid[k][axis.name] else -1.0 for axis in axes] for k in chosen])
    pairs = [signs[:, i] * signs[:, j] for i, j in ((0, 1), (0, 2), (1, 2))]
    fitted = np.linalg.lstsq(np.column_stack([np.ones(len(chosen)), signs, *pairs]), numbers, rcond=None)[0]
    assert found.values.to_numpy() == pytest.approx(fitted[1:] * np.array([[2, 2, 2, 4, 4, 4]]).T, abs=1e-9)


def test_one_at_a_time_is_a_difference_to_the_reference():
    """And nothing can be told of pairs, which is said."""
    axes = [Axis("a", (False, True)), Axis("minutes", (0, 15, 30))]
    found = effects(*tables(OneAtATime(), axes, [[10.0], [13.0], [11.0], [8.0]]), axes, ["y"])
    assert means(found) == {"a": 3.0, "minutes=15": 1.0, "minutes=30": -2.0}
    assert [text.en for text in found.said] == [
        "these points cannot tell what two factors do together, which is taken for nothing beyond the sum of both"
    ]


def test_a_screening_tells_factors_and_takes_pairs_for_nothing():
    """Eleven factors in twelve points; with three factors there, pairs are told too, though nothing is balanced."""
    axes = [Axis(f"f{k}", (False, True)) for k in range(11)]
    signs = PlackettBurman().signs(11).astype(float)
    found = effects(*tables(PlackettBurman(), axes, signs @ np.c_[np.arange(11.0)]), axes, ["y"])
    assert found.table["mean"].tolist() == pytest.approx([2.0 * k for k in range(11)])
    few = pd.DataFrame({f"f{k}": signs[:, k] > 0 for k in range(3)}).rename_axis("point")
    runs = pd.DataFrame({"point": few.index, "replication": 0, "y": signs[:, 0] * signs[:, 1] + signs[:, 2]})
    found = effects(few, runs, axes[:3], ["y"])
    assert means(found) == {"f0": 0.0, "f1": 0.0, "f2": 2.0, "f0 × f1": 4.0, "f0 × f2": 0.0, "f1 × f2": 0.0}


def test_a_failed_run_costs_its_replication_and_a_point_that_never_runs_itself():
    """As little as can be: balance is kept where most replications are whole."""
    axes = SWITCHES[:2]
    numbers = np.arange(20.0).reshape(4, 5) ** 2
    one = numbers.copy()
    one[2, 3] = np.nan
    found = effects(*tables(FullFactorial(), axes, one), axes, ["y"])
    whole = effects(*tables(FullFactorial(), axes, np.delete(numbers, 3, axis=1)), axes, ["y"])
    assert means(found) == means(whole)
    assert found.table["replications"].tolist() == [4, 4, 4]
    assert [text.en for text in found.said] == [
        "y: 1 replications are left out, as it is not known in all of their points"
    ]
    never = numbers.copy()
    never[3] = np.nan
    found = effects(*tables(FullFactorial(), axes, never), axes, ["y"])
    assert found.table["replications"].tolist() == [5, 5]
    assert means(found)["a"] == pytest.approx((numbers[2] - numbers[0]).mean())
    assert found.said[0].en == "y: 1 points are left out, as it is not known there in every replication"
    odd = numbers.copy()
    odd[3, ::2] = np.nan
    found = effects(*tables(FullFactorial(), axes, odd), axes, ["y"])
    assert found.table["replications"].tolist() == [5, 5]


def test_nothing_known_is_no_effect_and_no_error():
    """A measure that is never defined has no rows; one replication has no interval."""
    axes = SWITCHES[:2]
    assert effects(*tables(FullFactorial(), axes, np.full((4, 3), np.nan)), axes, ["y"]).table.empty
    found = effects(*tables(FullFactorial(), axes, np.c_[[1.0, 2.0, 3.0, 5.0]]), axes, ["y"])
    assert found.table["mean"].tolist() == [2.5, 1.5, 1.0]
    assert found.table[["low", "high", "p"]].isna().all(axis=None)


def test_what_makes_no_difference_is_exactly_zero():
    """Rounding of sums must not look like an effect that is the same in every replication."""
    axes = SWITCHES[:5]
    numbers = np.tile(np.random.default_rng(1).normal(size=8) * 1e6 + 0.1, (32, 1))
    found = effects(*tables(FullFactorial(), axes, numbers), axes, ["y"])
    assert found.table["mean"].tolist() == [0.0] * 15
    assert found.table["p"].tolist() == [1.0] * 15


def test_organizations_are_looked_at_for_themselves():
    """A row each, by name; a factor that stands still in one is said."""
    axes = SWITCHES[:2]
    points, runs = tables(FullFactorial(), axes, np.arange(8.0).reshape(4, 2) ** 2)
    both = pd.concat([points.assign(scenario="one"), points.assign(scenario="two")], ignore_index=True).rename_axis(
        "point"
    )
    more = runs.assign(point=runs["point"] + 4, y=-runs["y"])
    found = effects(both, pd.concat([runs, more], ignore_index=True), axes, ["y"])
    assert found.table.groupby("scenario")["mean"].sum().sum() == 0.0
    assert found.table["scenario"].tolist() == ["one"] * 3 + ["two"] * 3
    half = effects(both.iloc[:2], runs, axes, ["y"])
    assert half.table["effect"].tolist() == ["b"]
    assert "factor 'a' has no effect to tell" in half.said[0].en


def test_draws_from_a_range_are_no_levels():
    """Twenty values of a load cannot be compared two by two."""
    axes = [Axis("load", low=0.7, high=0.95)]
    points, runs = tables(LatinHypercube(points=20), axes, np.ones((20, 2)))
    with pytest.raises(TextError, match="found 20 values of factor 'load'"):
        effects(points, runs, axes, ["y"])


def test_few_draws_of_many_ranges_are_no_levels_either():
    """Twelve draws of sixty assumptions are no levels: their pairs took more memory than any machine has."""
    ranges = [Axis(f"assumption_{number}", low=0.0, high=1.0) for number in range(60)]
    points, runs = tables(LatinHypercube(points=12), ranges, np.ones((12, 2)))
    with pytest.raises(TextError, match="factor 'assumption_0' stands elsewhere at every draw"):
        effects(points, runs, ranges, ["y"])
    axes = [SWITCHES[0], *ranges, Axis("people", low=1, high=3, whole=True)]
    points = pd.DataFrame(LatinHypercube(points=12, crossed=["a"]).points(axes, 1).columns()).rename_axis("point")
    runs = pd.DataFrame({"point": points.index, "replication": 0, "y": points["a"] * (1.0 + points["people"])})
    found = effects(points, runs, axes, ["y"])
    assert means(found) == {"a": pytest.approx(1.0 + points["people"].mean())}


def test_many_factors_of_many_levels_are_told_without_their_pairs():
    """One at a time, seventy ranges at five values each: pairs of their levels would be forty thousand columns."""
    axes = [Axis(f"assumption_{number}", low=0.0, high=1.0, now=0.5) for number in range(70)]
    design = OneAtATime(steps=5)
    numbers = np.random.default_rng(1).normal(size=(len(design.points(axes, 1)), 2))
    points, runs = tables(design, axes, numbers)
    found = effects(points, runs, axes, ["y"])
    assert len(found.interactions) == 0
    assert found.table["mean"].to_numpy() == pytest.approx((numbers[1:] - numbers[0]).mean(axis=1))
    assert "these points cannot tell what two factors do together" in found.said[0].en


def test_points_that_ended_early_stay_where_they_can_be_compared():
    """Under a stopping rule the reference and most points have few replications, and one has many."""
    axes = SWITCHES[:2]
    numbers = np.random.default_rng(1).normal(size=(4, 20))
    points, runs = tables(FullFactorial(), axes, numbers)
    ended = runs[(runs["replication"] < 4) | (runs["point"] == 3)]
    found = effects(points, ended, axes, ["y"])
    few = numbers[:, :4].mean(axis=1)
    assert means(found)["a"] == pytest.approx((few[2] + few[3] - few[0] - few[1]) / 2)
    assert found.table["replications"].unique().tolist() == [4]
    assert [text.en.split(" are")[0] for text in found.said] == ["y: 16 replications"]


def test_the_ends_of_a_range_are_levels():
    """The lower one is the reference."""
    axes = [SWITCHES[0], Axis("load", low=0.7, high=0.9)]
    points, runs = tables(FullFactorial(steps=2), axes, np.c_[[1.0, 3.0, 1.0, 3.0]])
    assert means(effects(points, runs, axes, ["y"])) == {"a": 0.0, "load=0.9": 2.0, "a × load=0.9": 0.0}


def test_levels_are_compared_at_every_draw_of_a_range():
    """Averaged over the draws; where one level is missing at a draw, the whole draw is left out."""
    axes = [Axis("way", ("now", "one", "two")), Axis("load", low=0.0, high=1.0)]
    points = pd.DataFrame(LatinHypercube(points=20, crossed=["way"]).points(axes, 1).columns()).rename_axis("point")
    adds = points["way"].map({"now": 0.0, "one": 1.0, "two": 3.0}) * (1.0 + points["load"]) + 100.0 * points["load"]
    runs = pd.DataFrame({"point": points.index, "replication": 0, "y": adds})
    found = effects(points, runs, axes, ["y"])
    mean = 1.0 + points["load"].mean()
    assert means(found) == {"way=one": pytest.approx(mean), "way=two": pytest.approx(3.0 * mean)}
    assert [text.en.partition(";")[0] for text in found.said] == ["load: drawn from a range"]
    runs.loc[4, "y"] = np.nan
    found = effects(points, runs, axes, ["y"])
    mean = 1.0 + points["load"].drop([3, 4, 5]).mean()
    assert means(found) == {"way=one": pytest.approx(mean), "way=two": pytest.approx(3.0 * mean)}
    assert "3 points are left out" in found.said[0].en


def test_a_switch_that_is_drawn_as_well_is_not_compared():
    """It meets other draws when it is on than when it is off, which no interval over replications would tell."""
    axes = [SWITCHES[0], Axis("load", low=0.0, high=1.0)]
    points, runs = tables(LatinHypercube(points=20), axes, np.ones((20, 2)))
    with pytest.raises(TextError, match="found 20 values of factor 'load'"):
        effects(points, runs, axes, ["y"])


def test_what_points_cannot_tell_is_undefined():
    """Here c is on wherever a or b is: a against b could be told, none of the three against its reference."""
    axes = SWITCHES[:3]
    design = Points(points=[{}, {"a": True, "c": True}, {"b": True, "c": True}])
    found = effects(*tables(design, axes, [[1.0, 2.0], [4.0, 5.0], [8.0, 9.0]]), axes, ["y"])
    assert found.main["effect"].tolist() == ["a", "b", "c"]
    assert found.table[["mean", "low", "high", "p"]].isna().all(axis=None)


def test_a_point_that_never_runs_costs_no_replication():
    """And a run that failed beside it costs no other point."""
    axes = [SWITCHES[0], Axis("minutes", (0, 15, 30))]
    numbers = np.arange(30.0).reshape(6, 5) ** 2
    numbers[5], numbers[0, 2] = np.nan, np.nan
    found = effects(*tables(FullFactorial(), axes, numbers), axes, ["y"])
    assert found.table["replications"].unique().tolist() == [4]
    assert found.values.columns.tolist() == [0, 1, 3, 4]
    assert [text.en.split(" are")[0] for text in found.said[:2]] == ["y: 1 points", "y: 1 replications"]
