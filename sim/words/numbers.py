"""How numbers are written: few digits, a sign where a change is meant, shares as percentages, never a bare NaN."""

from __future__ import annotations

import math
import re

from sim.words import Text, words

MINUS = "−"
"""The sign, as long as a plus; a hyphen is no number's sign."""

MISSING = "–"
"""What stands in a table of plain numbers where there is none."""

WHOLE = re.compile(r"[+-]?[0-9]+(_[0-9]+)*")
"""What is written as a whole number, and not only can be made one."""


def digits(value: float) -> str:
    """Write a number with about three digits that mean something."""
    if not math.isfinite(value):
        return MISSING
    size = abs(value)
    places = 0 if size >= 999.5 else 1 if size >= 9.95 else 2
    return f"{value:,.{places}f}".replace("-", MINUS)


def signed(value: float) -> str:
    """Write a number with its sign; what rounds to zero has none."""
    text = digits(value)
    if not any(digit in text for digit in "123456789"):
        return text.lstrip(MINUS)
    return text if value < 0 else f"+{text}"


def few(value: float) -> str:
    """Write a number in a sentence: whole from ten on, and below where it is."""
    if not math.isfinite(value):
        return MISSING
    return f"{value:,.0f}" if abs(value) >= 9.95 else f"{value:.1f}".removesuffix(".0")


def in_percent(share: float) -> str:
    """Write a share in whole percent where a heading has the sign."""
    return f"{share * 100:.0f}" if math.isfinite(share) else MISSING


def percentage(share: float) -> Text:
    """Return a share as a percentage, with a decimal where it would else seem to be all or nothing."""
    if not math.isfinite(share):
        missing: Text = words("terminal").NOT_AVAILABLE
        return missing
    value = share * 100.0
    number = f"{value:.0f}"
    if number in ("0", "100") and 0.0 < value < 100.0:
        number = f"{min(max(value, 0.1), 99.9):.1f}"
    return percent(number)


def percent(number: str) -> Text:
    """Return a number with a percent sign, before which Chinese has no blank."""
    return Text(f"{number} %", f"{number}%")
