"""Factorial designs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Literal

from sim.experiments.axes import Axis, Value
from sim.spec.base import Model


@dataclass(frozen=True, slots=True)
class DesignPoints:
    """The points of a design: where every factor stands, and what has to be known to read what was found there."""

    rows: Sequence[Mapping[str, Value]]
    beside: Mapping[str, Sequence[Value]] = field(default_factory=dict)


class FullFactorial(Model):
    """Every level of every factor with every level of all others."""

    kind: Literal["full_factorial"] = "full_factorial"

    def count(self, axes: Sequence[Axis]) -> int:
        """Return how many points there are."""
        return prod(len(one.levels) for one in axes)

    def points(self, axes: Sequence[Axis], seed: int) -> DesignPoints:
        """Return the points; the last factor changes first."""
        del seed  # nothing is drawn
        return DesignPoints(tuple(self._rows(axes)))

    def _rows(self, axes: Sequence[Axis]) -> Iterator[Mapping[str, Value]]:
        for values in product(*(one.levels for one in axes)):
            yield {one.name: value for one, value in zip(axes, values, strict=True)}


Design = FullFactorial
