"""Designs that go from level to level: every one with every other, one factor at a time, or one factor's doses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import Annotated, ClassVar, Literal

import numpy as np

from sim.experiments.axes import Axis, Cells
from sim.experiments.decimals import evenly
from sim.experiments.designs.base import BaseDesign, Refusal
from sim.experiments.designs.laidout import DesignPoints, points_of
from sim.spec.base import Reference, whole
from sim.spec.findings import mismatch, one_of
from sim.words import words

texts = words("designs")

Steps = Annotated[int, whole(2, 1000)]
"""How many values a range takes."""


class FullFactorial(BaseDesign):
    """Every level of every factor with every level of all others; the last factor changes first."""

    kind: Literal["full_factorial"] = "full_factorial"
    """Says that every level meets every other."""
    steps: Steps | None = None
    """How many values every range takes, its ends included, at equal distances; levels stay as they are."""

    def _refused(self, axes: Sequence[Axis]) -> Iterator[Refusal]:
        yield from _without_levels(axes, self.steps)

    def _count(self, axes: Sequence[Axis]) -> int:
        return prod(_size(axis, self.steps) for axis in axes)

    def _points(self, axes: Sequence[Axis], seed: int) -> DesignPoints:
        size = self._count(axes)
        return points_of(axes, crossed(axes, [_cells(axis, self.steps) for axis in axes]), size)


class OneAtATime(BaseDesign):
    """The reference, and every other level of each factor while all others stand at theirs."""

    kind: Literal["one_at_a_time"] = "one_at_a_time"
    """Says that one factor changes at a time."""
    steps: Steps | None = None
    """How many values every range takes, its ends included, at equal distances; empty = its ends."""

    columns: ClassVar[tuple[str, ...]] = ("changed",)

    def _count(self, axes: Sequence[Axis]) -> int:
        return 1 + sum(len(_others(axis, self.steps)) for axis in axes)

    def _points(self, axes: Sequence[Axis], seed: int) -> DesignPoints:
        size = self._count(axes)
        cells, changed, place = {}, np.full(size, "", object), 1
        for axis in axes:
            moved = _others(axis, self.steps)
            column = np.full(size, axis.off, axis.type_of_cells)
            column[place : place + len(moved)] = moved
            changed[place : place + len(moved)] = axis.name
            cells[axis.name] = column
            place += len(moved)
        return points_of(axes, cells, size, {"changed": changed})


class DoseResponse(BaseDesign):
    """How much of one factor does how much: each of its levels, alone or at each level of another one."""

    kind: Literal["dose_response"] = "dose_response"
    """Says that the doses of one factor are compared."""
    factor: Reference
    """The factor whose levels are doses; its reference is always among them."""
    at: Reference | None = None
    """Another factor, at each level of which all doses are tried; empty = none."""
    steps: Steps | None = None
    """How many values a range takes, its ends included, at equal distances."""

    def _refused(self, axes: Sequence[Axis]) -> Iterator[Refusal]:
        names = [axis.name for axis in axes]
        for field, name in (("factor", self.factor), ("at", self.at)):
            if name is not None and name not in names:
                yield (field,), mismatch(name, one_of(name, names))
        if self.at == self.factor:
            yield ("at",), texts.AT_ITSELF.format(factor=self.factor)
        for name in names:
            if name not in (self.factor, self.at):
                yield ("at",), texts.IDLE_FACTOR.format(factor=name)
        yield from _without_levels([axis for axis in axes if axis.name in (self.factor, self.at)], self.steps)

    def _count(self, axes: Sequence[Axis]) -> int:
        return prod(len(self._doses(axis)) for axis in axes)

    def _points(self, axes: Sequence[Axis], seed: int) -> DesignPoints:
        last = sorted(axes, key=lambda axis: axis.name == self.factor)  # doses follow each other
        return points_of(axes, crossed(last, [self._doses(axis) for axis in last]), self._count(axes))

    def _doses(self, axis: Axis) -> Sequence[int | float]:
        """Return the cells of an axis, where things are among them."""
        cells = _cells(axis, self.steps)
        return cells if axis.levels else sorted({*cells, axis.off})


def _without_levels(axes: Sequence[Axis], steps: int | None) -> Iterator[Refusal]:
    """Yield what is said of ranges where nobody says how many values they take."""
    for axis in axes:
        if not axis.levels and steps is None:
            yield ("steps",), texts.NO_LEVELS.format(factor=axis.name)


def _cells(axis: Axis, steps: int | None) -> Sequence[int | float]:
    """Return the cells that a grid has on an axis; of a range its ends where nobody says how many."""
    return range(len(axis.levels)) if axis.levels else evenly(axis.low, axis.high, steps or 2, axis.whole)


def _size(axis: Axis, steps: int | None) -> int:
    return len(_cells(axis, steps))


def _others(axis: Axis, steps: int | None) -> list[int | float]:
    """Return the cells on an axis that are not the reference."""
    return [cell for cell in _cells(axis, steps) if cell != axis.off]


def crossed(axes: Sequence[Axis], cells: Sequence[Sequence[int | float]]) -> dict[str, Cells]:
    """Return every cell of each axis with every one of all others, the last changing first."""
    sizes = [len(one) for one in cells]
    found = {}
    for place, (axis, one) in enumerate(zip(axes, cells, strict=True)):
        inner, outer = prod(sizes[place + 1 :]), prod(sizes[:place])
        column = np.repeat(np.asarray(one, axis.type_of_cells), inner)
        found[axis.name] = np.tile(column, outer)
    return found
