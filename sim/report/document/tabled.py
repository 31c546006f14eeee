"""Numbers for tables and charts: in the unit in which they are read, with as many decimals as they need."""

from __future__ import annotations

import math
from collections.abc import Iterable

from sim.report.document.blocks import Cell, Column, Tone
from sim.report.numbers import scaled, unit_of
from sim.spec.measures import MeasureSpec

MOST_ROWS = 12
"""Rows of a table that a slide has room for."""

MOST_DIGITS = 3


def number(value: float) -> float | None:
    """Return a number, or nothing where there is none."""
    return float(value) if math.isfinite(value) else None


def of_measure(value: float, spec: MeasureSpec) -> float | None:
    """Return the value of a measure in the unit that is written beside it: shares in percent."""
    return number(scaled(float(value), spec))


def digits_of(values: Iterable[Cell]) -> int:
    """Return how many decimals numbers need so that each but the least tells something: as few as will do."""
    sizes = [abs(one) for one in values if isinstance(one, int | float) and one]
    if not sizes or min(sizes) >= 100.0:
        return 0
    return 1 if sorted(sizes)[len(sizes) // 4] >= 1.0 else 2


def level_column(name: str, spec: MeasureSpec, lang: str, values: Iterable[Cell]) -> Column:
    """Return the column of a measure; `values` say how many decimals it needs."""
    kind = "share" if spec.unit == "share" else "number"
    unit = "%" if kind == "share" else unit_of(spec).get(lang)
    heading = spec.label.get(lang)
    return Column(name, heading, unit, kind, 1 if kind == "share" else digits_of(values))  # type: ignore[arg-type]


def brief(rows: Iterable[object], most: int = MOST_ROWS) -> bool:
    """Tell whether a slide has room for some rows."""
    return len(tuple(rows)) <= most


def same(tone: Tone, count: int) -> tuple[Tone, ...]:
    """Return the same tone for some rows."""
    return (tone,) * count
