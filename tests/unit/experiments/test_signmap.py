"""The map of a grid: changes against the reference at the same place, with intervals that hold at once."""

import numpy as np
import pandas as pd
import pytest

from sim.experiments.signmap import sign_map


def test_changes_are_told_place_by_place():
    """Help at little load, harm at much, and nothing between that luck could not bring."""
    points = pd.DataFrame([{"load": load, "dose": dose} for load in (1, 2, 3) for dose in ("off", "10")]).rename_axis(
        "point"
    )
    gain = {1: 2.0, 2: 0.0, 3: -2.0}
    random = np.random.default_rng(4)
    rows = [
        {"point": point, "replication": n, "m": shared + random.normal(0.0, 0.3) + (gain[load] if dose == "10" else 0)}
        for n, shared in enumerate(random.normal(0.0, 5.0, 8))
        for point, (load, dose) in points.iterrows()
    ]
    found = sign_map(points, pd.DataFrame(rows), "load", "dose", "m", "off").set_index("load")
    assert list(found["dose"]) == ["10"] * 3
    assert found["difference"].to_dict() == pytest.approx(gain, abs=0.5)
    assert found.loc[1, "low"] > 0.0 > found.loc[3, "high"]
    assert found.loc[2, "low"] < 0.0 < found.loc[2, "high"]
