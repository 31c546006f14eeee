"""Bundles in drawn worlds: every assumption anywhere in its range, all bundles in each world with the same luck.

Worlds in which a measure is now outside what the scenario says it is (`ranges`) are not this organization, and are left
out, as are those in which no organization is possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from sim.answers.choice.regret import NOW, REPLICATION, WORLD
from sim.experiments.results import Results
from sim.interventions import Intervention
from sim.scenario import Scenario

_BUNDLE = "bundle"
_DRAWN = "world"
_BESIDE = ("scenario", _BUNDLE, "draw")


class Tried(Protocol):
    """A bundle, as far as it matters here."""

    @property
    def code(self) -> str:
        """What tables call it."""

    @property
    def interventions(self) -> tuple[Intervention, ...]:
        """What it adds."""


@dataclass(frozen=True)
class Drawn:
    """What bundles came to in drawn worlds.

    Attributes
    ----------
    values
        A row for each world that counts, a column for each assumption.
    runs
        By measure: index world and replication, a column for each bundle by code, `NOW` first.
    refused, unlike
        How many worlds are left out: no organization is possible there; it is not like this one.
    """

    values: pd.DataFrame
    runs: Mapping[str, pd.DataFrame]
    refused: int
    unlike: int


def worlds_experiment(
    scenario: Scenario, bundles: Sequence[Tried], worlds: int, each: int, measures: Sequence[Any], seed: int
) -> dict[str, Any]:
    """Return the experiment in which bundles, and doing nothing, go through drawn worlds.

    Parameters
    ----------
    scenario
        The organization.
    bundles
        What is tried, without the one in which there is nothing.
    worlds, each
        How many worlds, and replications of every bundle in each.
    measures
        Those that are looked at; one that is written in Python is itself.
    seed
        Of worlds and of luck.
    """
    levels = {_level(0): [], **{_level(place): list(one.interventions) for place, one in enumerate(bundles, 1)}}
    return {
        "name": "worlds",
        "scenarios": [scenario],
        "factors": {_BUNDLE: {"levels": levels}, _DRAWN: {"assumptions": "all"}},
        "design": {"kind": "latin_hypercube", "points": worlds, "crossed": [_BUNDLE]},
        "replications": each,
        "measures": list(measures),
        "seed": seed,
    }


def _level(place: int) -> str:
    return f"bundle_{place}"


def drawn_of(found: Results, scenario: Scenario, bundles: Sequence[Tried], measures: Sequence[str]) -> Drawn:
    """Return what an experiment of drawn worlds found.

    Parameters
    ----------
    found
        Its results.
    scenario, bundles, measures
        As in `worlds_experiment`.
    """
    known = [name for name in scenario.ranges if name in found.measures]
    codes = {_level(0): NOW, **{_level(place): one.code for place, one in enumerate(bundles, 1)}}
    runs = {name: _wide(found, name, codes) for name in dict.fromkeys([*measures, *known])}
    possible = _possible(runs, measures)
    like = [world for world in possible if _like(runs, scenario, known, world)]
    first = found.points[found.points[_BUNDLE] == _level(0)]
    values = first.drop(columns=list(_BESIDE)).set_axis(_worlds(first), axis=0).rename_axis(WORLD)
    return Drawn(
        values.loc[like].astype(float),
        {name: runs[name][runs[name].index.get_level_values(WORLD).isin(like)] for name in measures},
        len(values) - len(possible),
        len(possible) - len(like),
    )


def _worlds(points: pd.DataFrame) -> Any:
    return points["draw"].astype(int).to_numpy()


def _wide(found: Results, measure: str, codes: Mapping[str, str]) -> pd.DataFrame:
    """Return a measure by world and replication, bundles side by side."""
    wide = found.measure(measure)
    points = found.points.loc[wide.columns]
    sides = {}
    for level, code in codes.items():
        mine = wide.loc[:, points[_BUNDLE] == level]
        places = [_worlds(points.loc[mine.columns]), mine.index]
        sides[code] = pd.Series(
            mine.to_numpy().T.ravel(), pd.MultiIndex.from_product(places, names=[WORLD, REPLICATION])
        )
    return pd.DataFrame(sides).sort_index()


def _possible(runs: Mapping[str, pd.DataFrame], measures: Sequence[str]) -> list[int]:
    """Return the worlds in which some replication is known of all bundles."""
    whole = pd.concat([runs[name] for name in measures], axis=1).dropna()
    return sorted({int(world) for world in whole.index.get_level_values(WORLD)})


def _like(runs: Mapping[str, pd.DataFrame], scenario: Scenario, known: Sequence[str], world: int) -> bool:
    """Tell whether measures are now what the scenario knows of them."""
    now = {name: runs[name].xs(world, level=WORLD)[NOW].mean() for name in known}
    return all(scenario.ranges[name][0] <= mean <= scenario.ranges[name][1] for name, mean in now.items())
