"""Factors whose levels are all met at every point that a design draws over the others: they are compared there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import Any

import numpy as np

from sim.experiments.axes import Axis
from sim.experiments.designs.base import BaseDesign, Refusal
from sim.experiments.designs.grids import crossed
from sim.experiments.designs.laidout import Columns, DesignPoints, points_of
from sim.spec.base import List, Reference
from sim.spec.findings import mismatch, one_of
from sim.words import words

texts = words("designs")


class Crossing(BaseDesign):
    """Points drawn over factors, at each of which other factors may take all their levels."""

    crossed: List[Reference] = ()
    """Factors that are not drawn: each of their levels is run at every drawn point, so that it is compared there."""

    def drawn(self, axes: Sequence[Axis]) -> list[Axis]:
        """Return the factors that are drawn."""
        return [axis for axis in axes if axis.name not in self.crossed]

    def met(self, axes: Sequence[Axis]) -> int:
        """Return how many points there are of each drawn one: every combination of levels of the crossed factors."""
        return prod(len(axis.levels) for axis in axes if axis.name in self.crossed)

    def _refused_crossed(self, axes: Sequence[Axis]) -> Iterator[Refusal]:
        known = {axis.name: axis for axis in axes}
        for place, name in enumerate(self.crossed):
            if name not in known:
                yield ("crossed", place), mismatch(name, one_of(name, known))
            elif not known[name].levels:
                yield ("crossed", place), texts.CROSSED_RANGE.format(factor=name)
            elif name in self.crossed[:place]:
                yield ("crossed", place), texts.CROSSED_TWICE.format(factor=name)

    def _everywhere(self, axes: Sequence[Axis], cells: Columns, size: int, beside: Columns) -> DesignPoints:
        """Return drawn points, each of them once for every combination of levels of the crossed factors."""
        others = [axis for axis in axes if axis.name in self.crossed]
        each = self.met(axes)
        levels = crossed(others, [range(len(axis.levels)) for axis in others])
        spread: dict[str, Any] = {name: np.repeat(column, each) for name, column in cells.items()}
        spread |= {name: np.tile(column, size) for name, column in levels.items()}
        return points_of(axes, spread, each * size, {name: np.repeat(one, each) for name, one in beside.items()})
