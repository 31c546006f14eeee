"""What chosen bundles do when they meet luck that had no part in choosing them.

Who is best of many was also lucky, so that the runs that chose it promise too much (the winner's curse). Effects are
therefore told from replications of other luck, which were fixed before anything was chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from sim.answers.choice.asked import Asked
from sim.answers.choice.bundles import NOW
from sim.answers.choice.chosen import Chosen
from sim.answers.room import Room
from sim.experiments.results import Results
from sim.spec.measures import MeasureSpec
from sim.study.effects import scale_of
from sim.study.statistics import LEVEL, mean_interval, paired_difference
from sim.words import Text


def fresh_tables(asked: Asked, chosen: Chosen, room: Room) -> dict[str, pd.DataFrame]:
    """Return what chosen bundles do, by table: ``effects``, ``steps``, ``cheaper`` and ``measures``.

    Parameters
    ----------
    asked
        What is asked.
    chosen
        What the selection found.
    room
        Where it is run.
    """
    bundles = [asked.offer.bundles[0], *(one for one in chosen.told if one.code != NOW)]
    found = room.ran("fresh", asked.experiment(bundles, asked.rule.fresh, asked.fresh_seed))
    values = {name: _by_code(found, name, [one.code for one in bundles]) for name in found.recalled.measures}
    level = 1.0 - (1.0 - LEVEL) / max(1, len(bundles) - 1)
    specs = {**found.recalled.specs, asked.spec.name: asked.spec}
    return {
        "effects": pd.DataFrame(_effects(values, chosen, level)),
        "steps": pd.DataFrame(_steps(values, chosen), columns=_STEPS),
        "cheaper": pd.DataFrame(_cheaper(values, chosen), columns=_CHEAPER),
        "measures": pd.DataFrame([_measure(specs[name], one[NOW]) for name, one in values.items()]),
    }


Values = Mapping[str, pd.DataFrame]
"""Of every measure its values: a row for each replication, a column for each bundle."""

_NUMBERS = ["before", "after", "difference", "low", "high", "replications"]
_STEPS = ["from", "to", "bundle_from", "bundle_to", "measure", *_NUMBERS]


_CHEAPER = ["budget", "bundle", "name_en", "name_zh", "hours", "money", "chosen", "measure", *_NUMBERS]


def _by_code(found: Results, name: str, codes: list[str]) -> pd.DataFrame:
    values = found.measure(name)
    return values.rename(columns=dict(enumerate(codes)))


def _effects(values: Values, chosen: Chosen, level: float) -> Iterator[dict[str, Any]]:
    """Yield what bundles change; intervals hold for all bundles at once, of each measure by itself (Bonferroni)."""
    for name, mine in values.items():
        for budget, ones in chosen.bundles.items():
            for place, one in enumerate(ones):
                about = {"budget": budget, "bundle": one.code, "measure": name, "chosen": place == 0}
                yield about | _difference(mine[NOW], mine[one.code], level)


def _steps(values: Values, chosen: Chosen) -> Iterator[dict[str, Any]]:
    """Yield what a larger budget brings beyond the next smaller one."""
    firsts = [(budget, ones[0].code) for budget, ones in chosen.bundles.items()]
    for name, mine in values.items():
        for (lower, one), (higher, other) in pairwise(firsts):
            about = {"from": lower, "to": higher, "bundle_from": one, "bundle_to": other, "measure": name}
            yield about | _difference(mine[one], mine[other], LEVEL)


def _cheaper(values: Values, chosen: Chosen) -> Iterator[dict[str, Any]]:
    """Yield how far a bundle that takes less is from the chosen one."""
    for name, mine in values.items():
        for budget, one in chosen.cheaper.items():
            best = chosen.bundles[budget][0].code
            named = {"name_en": one.name.en, "name_zh": one.name.zh, "hours": one.hours, "money": one.money}
            about = {"budget": budget, "bundle": one.code, **named, "chosen": best, "measure": name}
            yield about | _difference(mine[best], mine[one.code], LEVEL)


def _measure(spec: MeasureSpec, now: pd.Series) -> dict[str, Any]:
    interval = mean_interval(now, scale=scale_of(spec))
    about = {"measure": spec.name, "label_en": spec.label.en, "label_zh": spec.label.zh, "unit": spec.unit}
    own = spec.own_unit or Text("", "")
    about |= {"own_unit_en": own.en, "own_unit_zh": own.zh}
    told = {"now": interval.mean, "now_low": interval.low, "now_high": interval.high}
    return {**about, "better": spec.better, **told}


def _difference(before: pd.Series, after: pd.Series, level: float) -> dict[str, Any]:
    told = paired_difference(before, after, level)
    interval = told.difference
    numbers = (told.baseline, told.alternative, interval.mean, interval.low, interval.high, told.pairs)
    return dict(zip(_NUMBERS, numbers, strict=True))
