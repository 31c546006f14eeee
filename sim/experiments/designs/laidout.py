"""The points of a design once it is made: columns of places and numbers, so that a million of them fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from sim.experiments.axes import Axis, Cells, Value

Columns = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Rows(Sequence[Mapping[str, Value]]):
    """The points as mappings of factors to values, each made when it is asked for."""

    axes: tuple[Axis, ...]
    cells: Mapping[str, Cells]
    size: int

    def __len__(self) -> int:
        """Return how many points there are."""
        return self.size

    @overload
    def __getitem__(self, point: int) -> Mapping[str, Value]: ...
    @overload
    def __getitem__(self, point: slice) -> Sequence[Mapping[str, Value]]: ...
    def __getitem__(self, point: int | slice) -> Mapping[str, Value] | Sequence[Mapping[str, Value]]:
        """Return where every factor stands in a point."""
        if isinstance(point, slice):
            return [self[one] for one in range(*point.indices(self.size))]
        if not -self.size <= point < self.size:
            raise IndexError(point)
        return {axis.name: axis.value(self.cells[axis.name][point]) for axis in self.axes}


@dataclass(frozen=True, eq=False)
class DesignPoints:
    """The points of a design in a fixed order.

    Attributes
    ----------
    rows
        Where every factor stands, point by point.
    beside
        What has to be known to read what was found there, such as the trajectory of a point, by column.
    """

    rows: Rows
    beside: Columns = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many points there are."""
        return len(self.rows)

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return where every factor stands in all points, by name."""
        return {axis.name: axis.column(self.rows.cells[axis.name]) for axis in self.rows.axes}


def points_of(axes: Sequence[Axis], cells: Mapping[str, Any], size: int, beside: Columns | None = None) -> DesignPoints:
    """Return points in which some factors have these cells, and all others stand at their reference."""
    whole = {
        one.name: np.asarray(cells[one.name], one.type_of_cells)
        if one.name in cells
        else np.full(size, one.off, one.type_of_cells)
        for one in axes
    }
    return DesignPoints(Rows(tuple(axes), whole, size), beside or {})
