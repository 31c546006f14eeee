"""What a level changes at drawn points: the same point with and without, whatever else differs between points."""

import numpy as np
import pandas as pd
import pytest

from sim.experiments.drawn import changes_at


def test_a_change_is_told_at_the_same_point():
    """Points are matched by what was drawn, in whichever order they stand; a failed run leaves nothing known."""
    rows = [(x, way) for x in (0.1, 0.7, 0.4) for way in ("off", "raci", "four")]
    points = pd.DataFrame(rows, columns=["x", "way"]).assign(scenario="firm").rename_axis("point").iloc[::-1]
    gain = {"off": 0.0, "raci": 1.0, "four": 2.0}
    runs = pd.DataFrame(
        [
            {"point": point, "replication": n, "error": None, "m": 100.0 * x + n + gain[way] * x}
            for n in range(2)
            for point, (x, way) in enumerate(rows)
        ]
    )
    runs.loc[(runs["point"] == 0) & (runs["replication"] == 1), "m"] = np.nan
    at, found = changes_at(points, runs, "way", "four", "off", ["x"], ["m"])
    told = found.assign(x=found["point"].map(at["x"])).set_index(["x", "replication"])["m"]
    assert sorted(at["x"]) == [0.1, 0.4, 0.7]
    assert told[0.7].tolist() == pytest.approx([1.4, 1.4])
    assert told[0.1, 0] == pytest.approx(0.2)
    assert np.isnan(told[0.1, 1])
