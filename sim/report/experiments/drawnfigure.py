"""What the levels of a factor change at every drawn point, over the drawn factors that decide most of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from sim.experiments.cells import levels_of
from sim.experiments.drawn import changes_at
from sim.experiments.explained import explained, point_means
from sim.report.experiments.finding import FEW
from sim.report.experiments.reading import Reading
from sim.report.experiments.scatterfigure import draw_over
from sim.study.statistics import ALPHA
from sim.words import series, words

texts = words("effects")

NINE_OF_TEN = (0.05, 0.95)


def draw_drawn(found: Reading) -> Iterator[tuple[str, Figure]]:
    """Yield the level and the figure of each level but the reference; none where nothing is crossed."""
    for level, mine in contrasts(found):
        measure = mine.decides
        reference = found.level(found.crossed, found.factors[found.crossed].levels[0])
        title, what = drawn_title(found, mine, level, measure), found.say(texts.DRAWN, reference=reference)
        figure = draw_over(mine, title, what, changes=True)
        if figure is not None:
            yield str(level), figure


def contrasts(found: Reading) -> Iterator[tuple[Any, Reading]]:
    """Yield each level of the crossed factor with what there is to read of what it changes at the drawn points."""
    if not found.crossed:
        return
    first = found.factors[found.crossed].levels[0]
    drawn = [name for name in found.factors if name != found.crossed]
    for level in levels_of(found.points, found.crossed):
        if level != first:
            points, runs = changes_at(found.points, found.runs, found.crossed, level, first, drawn, found.known)
            factors = {name: found.factors[name] for name in drawn}
            yield level, replace(found, points=points, runs=runs, factors=factors, crossed="")


def drawn_title(found: Reading, changes: Reading, level: Any, measure: str) -> str:
    """Return at how many drawn points a level is better than the reference, by how much, and what decides that."""
    spec = found.specs[measure]
    values = point_means(changes.points, changes.runs, measure).dropna().to_numpy(dtype=float)
    low, high = (found.change(float(one), measure) for one in np.quantile(values, NINE_OF_TEN))
    better = int((values > 0.0).sum() if spec.better == "higher" else (values < 0.0).sum())
    told = found.factors[found.crossed]
    facts = {
        "level": found.part(found.crossed, level),
        "reference": found.level(found.crossed, told.levels[0]),
        "measure": spec.label,
        "better": better,
        "all": values.size,
        "low": low,
        "high": high,
    }
    said = found.say(texts.DRAWN_OPEN if spec.better == "neither" else texts.DRAWN_TITLE, **facts)
    shares = explained(changes.points, changes.runs, list(changes.factors), measure)
    sure = shares[shares["p"] < ALPHA]
    if sure.empty:
        return said
    names = series((changes.factors[str(name)].label for name in sure["factor"]), FEW)
    return found.say(texts.DRAWN_BY, said=said, factors=names)
