"""Bundles in drawn worlds, and which of the worlds count."""

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pandas as pd

from sim.answers.choice.worlds import drawn_of


@dataclass
class Raci:
    """A bundle, as far as it matters here."""

    code: str = "raci"
    interventions: tuple = ()


def found(values):
    """Return results of four worlds, each with nothing and with a bundle, in two replications."""
    points = pd.DataFrame(
        {
            "scenario": "s",
            "bundle": ["bundle_0", "bundle_1"] * 4,
            "levers.latency": np.repeat([1.0, 2.0, 3.0, 4.0], 2),
            "draw": np.repeat(["0", "1", "2", "3"], 2),
        }
    )
    measures = {name: pd.DataFrame(table, columns=range(8)) for name, table in values.items()}
    return SimpleNamespace(points=points, measures=list(measures), measure=measures.__getitem__)


ON_TIME = [[0.8, 0.9, 0.7, 0.6, np.nan, 0.5, 0.4, 0.5], [0.6, 0.9, 0.7, 0.8, np.nan, 0.5, 0.4, 0.7]]


def test_values_stand_by_world_and_replication():
    """Nothing and the bundle side by side, as they met the same luck."""
    drawn = drawn_of(found({"on_time": ON_TIME}), SimpleNamespace(ranges={}), [Raci()], ["on_time"])
    runs = drawn.runs["on_time"]
    assert runs.columns.tolist() == ["now", "raci"]
    assert runs.loc[(0, 1)].tolist() == [0.6, 0.9]
    assert runs.loc[(3, 1)].tolist() == [0.4, 0.7]
    assert drawn.values["levers.latency"].to_dict() == {0: 1.0, 1: 2.0, 3: 4.0}


def test_worlds_that_cannot_be_or_are_not_like_now_are_left_out():
    """The third is not possible; in the fourth, fewer are on time now than the scenario knows."""
    known = SimpleNamespace(ranges={"on_time": (0.6, 0.8), "levers.latency": (1.0, 4.0)})
    drawn = drawn_of(found({"on_time": ON_TIME}), known, [Raci()], ["on_time"])
    assert drawn.values.index.tolist() == [0, 1]
    assert (drawn.refused, drawn.unlike) == (1, 1)
    assert set(drawn.runs["on_time"].index.get_level_values("world")) == {0, 1}
