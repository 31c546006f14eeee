"""Factors as designs see them: a name, and levels or a range; nothing of what a value does to an organization."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Value: TypeAlias = bool | int | float | str
"""What a factor can be set to."""

Cells: TypeAlias = NDArray[Any]
"""A factor in every point: the places among its levels, or numbers within its range."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A factor as designs see it.

    Attributes
    ----------
    name
        What it is called.
    levels
        The values it can have; the first is the reference: off, or as things are.
    low, high
        The ends of its range, where there are no levels.
    whole
        Whether a range holds whole numbers only.
    now
        Where in its range things are; its lower end where nobody says.
    """

    name: str
    levels: tuple[Value, ...] = ()
    low: float = math.nan
    high: float = math.nan
    whole: bool = False
    now: float = math.nan

    @property
    def reference(self) -> Value:
        """What it stands at where a design leaves it alone."""
        return self.levels[0] if self.levels else self.number(self.low if math.isnan(self.now) else self.now)

    @property
    def off(self) -> int | float:
        """The reference as a cell."""
        return 0 if self.levels else float(self.reference)

    @property
    def type_of_cells(self) -> type[np.generic]:
        """The type of its cells, the smallest that holds the places of its levels."""
        return np.min_scalar_type(max(len(self.levels) - 1, 0)).type if self.levels else np.float64

    def number(self, cell: float) -> int | float:
        """Return a number of its range as Python's own."""
        return int(cell) if self.whole else float(cell)

    def value(self, cell: Any) -> Value:
        """Return what it is set to in a cell."""
        return self.levels[int(cell)] if self.levels else self.number(cell)

    def cell(self, value: Value) -> int | float | None:
        """Return the cell of a value; None where it cannot have that value."""
        if self.levels:
            return next((place for place, level in enumerate(self.levels) if _same(level, value)), None)
        if isinstance(value, bool | str) or not self.low <= value <= self.high:
            return None
        return None if self.whole and value != int(value) else float(value)

    def spread(self, shares: NDArray[np.float64]) -> Cells:
        """Return the cells at shares of the range, from 0 up to 1; levels and whole numbers have equal parts of it."""
        if self.levels:
            return np.minimum(shares * len(self.levels), len(self.levels) - 1).astype(self.type_of_cells)
        if self.whole:
            return np.minimum(np.floor(self.low + shares * (self.high - self.low + 1.0)), self.high)
        return np.clip(self.low + shares * (self.high - self.low), self.low, self.high)

    def column(self, cells: Cells) -> NDArray[Any]:
        """Return what it is set to in many cells: of one type, where all levels are of one."""
        if not self.levels:
            return cells.astype(np.int64) if self.whole else cells
        kinds = {type(level) for level in self.levels}
        known = np.array(self.levels) if len(kinds) == 1 and str not in kinds else np.empty(len(self.levels), object)
        known[:] = self.levels
        return known[cells]


def _same(one: Value, other: Value) -> bool:
    """Tell whether two values are the same; yes and no are no numbers, though Python takes them for 1 and 0."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)
