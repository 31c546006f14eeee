"""Factors as designs see them: a name, and the values that it may have."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

Value = bool | int | float | str
"""Where a factor stands at a point."""


@dataclass(frozen=True, slots=True)
class Axis:
    """What is varied, without what it means.

    Attributes
    ----------
    name
        Of the factor.
    levels
        The values it may have, the reference first; empty where it has a range.
    low, high, whole
        The ends of its range, and whether it takes whole numbers only.
    """

    name: str
    levels: tuple[Value, ...] = ()
    low: float = nan
    high: float = nan
    whole: bool = False
