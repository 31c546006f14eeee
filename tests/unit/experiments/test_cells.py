"""Means of cells: over all that the other factors do, and nothing where a part of the cell is missing."""

import math

import numpy as np
import pandas as pd
import pytest

from sim.experiments.cells import by_cell, cells, levels_of, number_of


def grid(values, replications=4):
    """Return the points of two factors and runs in which a measure is what `values` says, with luck that all share."""
    points = pd.DataFrame([{"a": a, "b": b} for a, b in values]).rename_axis("point")
    luck = np.array([0.0, 1.0, -1.0, 0.5])[:replications]
    rows = [
        {"point": point, "replication": n, "error": None, "m": float(value) + luck[n]}
        for point, value in enumerate(values.values())
        for n in range(replications)
    ]
    return points, pd.DataFrame(rows)


VALUES = {(False, 1): 1.0, (False, 2): 2.0, (True, 1): 3.0, (True, 2): 6.0}


def test_cells_are_averaged_over_other_factors():
    """Of one factor, or of two; luck that all cells share does not blur their differences."""
    points, runs = grid(VALUES)
    found = cells(points, runs, ("a",), "m").set_index("a")
    assert found["mean"].to_dict() == pytest.approx({False: 1.625, True: 4.625})
    assert (found["high"] - found["low"]).min() > 1.0
    assert (found["apart_high"] - found["apart_low"]).max() == pytest.approx(0.0, abs=1e-9)
    assert list(by_cell(points, runs, ("a", "b"), "m").columns) == list(VALUES)


def test_of_a_cell_with_a_missing_point_nothing_is_known():
    """The rest would be another mix; other cells stay."""
    points, runs = grid(VALUES)
    runs.loc[runs["point"] == 3, "m"] = np.nan
    found = cells(points, runs, ("a",), "m").set_index("a")["mean"]
    assert math.isnan(found[True])
    assert found[False] == pytest.approx(1.625)


def test_intervals_stay_within_what_is_possible():
    """Shares lie between nothing and all, whatever luck does."""
    points, runs = grid({(False, 1): 0.02, (True, 1): 0.99}, 3)
    runs["m"] = runs["m"].clip(0.0, 1.0)
    found = cells(points, runs, ("a",), "m", "share")
    assert found[["low", "apart_low"]].min(axis=None) >= 0.0
    assert found[["high", "apart_high"]].max(axis=None) <= 1.0


def test_levels_come_in_an_order_that_reads():
    """Off before on, numbers from small to large, nothing before all doses, words as designed."""
    frame = pd.DataFrame({"on": [True, False], "n": [9, 3], "dose": ["10", "off"], "way": ["zero", "all"]})
    assert [levels_of(frame, name) for name in frame] == [[False, True], [3, 9], ["off", "10"], ["zero", "all"]]
    assert [number_of(one) for one in ("10", 3, 0.5)] == [10.0, 3.0, 0.5]
    assert all(math.isnan(number_of(one)) for one in (True, "off", None))
