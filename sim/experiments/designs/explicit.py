"""Points that somebody writes down one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from sim.experiments.axes import Axis, Value
from sim.experiments.designs.base import BaseDesign, Refusal
from sim.experiments.designs.laidout import DesignPoints, points_of
from sim.spec.base import List, Reference, Table, number, whole
from sim.spec.findings import mismatch, one_of
from sim.words import Text, words

texts = words("designs")


class Points(BaseDesign):
    """Points that are written down one by one; a factor that one leaves out stands at its reference there."""

    kind: Literal["points"] = "points"
    """Says that points are written down."""
    points_: Annotated[
        List[Table[Reference, bool | int | float | str]], Field(validation_alias="points", serialization_alias="points")
    ]
    """Where factors stand, point by point; what is left out stands at its reference."""

    def _refused(self, axes: Sequence[Axis]) -> Iterator[Refusal]:
        if not self.points_:
            yield ("points",), texts.NO_POINTS
        known = {axis.name: axis for axis in axes}
        first: dict[tuple[Any, ...], int] = {}
        for place, point in enumerate(self.points_):
            wrong = list(_wrong(point, known))
            yield from ((("points", place, *path), text) for path, text in wrong)
            cells = tuple(_cell(axis, point) for axis in axes)
            if not wrong and first.setdefault(cells, place) != place:
                yield ("points", place), texts.POINT_TWICE.format(first=first[cells])

    def _count(self, axes: Sequence[Axis]) -> int:
        return len(self.points_)

    def _points(self, axes: Sequence[Axis], seed: int) -> DesignPoints:
        cells = {axis.name: [_cell(axis, point) for point in self.points_] for axis in axes}
        return points_of(axes, cells, len(self.points_))


def _cell(axis: Axis, point: Mapping[str, Value]) -> int | float | None:
    return axis.cell(point[axis.name]) if axis.name in point else axis.off


def _wrong(point: Mapping[str, Value], known: Mapping[str, Axis]) -> Iterator[Refusal]:
    for name, value in point.items():
        if name not in known:
            yield (name,), mismatch(name, one_of(name, known))
        elif known[name].cell(value) is None:
            yield (name,), mismatch(value, _allowed(known[name], value))


def _allowed(axis: Axis, value: Value) -> Text:
    if axis.levels:
        return one_of(value, [str(one).lower() if isinstance(one, bool) else one for one in axis.levels])
    return whole(int(axis.low), int(axis.high)).phrase if axis.whole else number(axis.low, axis.high).phrase
