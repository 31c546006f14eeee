"""Counts as people write them: with a word for what is counted, and over the period over which they know them."""

from __future__ import annotations

import re

from sim.spec.process import YEAR
from sim.words import words
from sim.workbook.cells import CellError, folded, number, plain, spellings, wrong
from sim.workbook.grid import Value

texts = words("workbook")

WEEKS_OF = {"week": 1.0, "month": YEAR / 12.0 / 7.0, "year": YEAR / 7.0}
"""Weeks of a period over which people count cases."""

_COUNTED = re.compile(r"(.*\d)\s*([^\d\s.,%]{1,8})")


def counted(value: Value) -> Value:
    """Return what is written without the word for what is counted: 4 of ``4 people`` and ``4 人``."""
    match = _COUNTED.fullmatch(plain(value)) if isinstance(value, str) else None
    return match[1] if match and folded(match[2]) in spellings(texts.COUNTED) else value


def a_week(value: Value, heading: str = "") -> float:
    """Return how many there are in a week; people count over months and years too, and say so in a cell or above it.

    What is counted a day is refused: a week may have five of them, or seven.
    """
    said = plain(value) if isinstance(value, str) else ""
    own = _period(said)
    period = own or _period(heading) or "week"
    if period == "day":
        raise wrong(value if own else heading, texts.RATE)
    try:
        found = number(re.sub(r"^[^\d+-]+|[^\d]+$", "", said) if own else counted(value))
    except CellError:
        raise wrong(value, texts.RATE) from None
    if period != "week":
        found = float(f"{found / WEEKS_OF[period]:.4g}")
    return int(found) if found.is_integer() and abs(found) < 1e15 else found


def _period(said: str) -> str | None:
    """Return over which period something is counted, as far as a text says it."""
    mentioned = folded(said)
    for name, told in texts.PERIODS.items():
        if any(one in mentioned for one in spellings(told)):
            return str(name)
    return None
