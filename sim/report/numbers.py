"""How numbers are written: shares as percentages, few digits, a sign where a change is meant, never a bare NaN."""

from __future__ import annotations

import math

from sim.spec.measures import MeasureSpec
from sim.words import words

texts = words("terminal")

MINUS = "−"
"""The sign, as long as a plus; a hyphen is no number's sign."""

BETWEEN = {"en": " … ", "zh": " 至 "}
"""What stands between two limits."""


def scaled(value: float, spec: MeasureSpec) -> float:
    """Return a value in the unit it is shown in: shares become percentages."""
    return value * 100.0 if spec.unit == "share" else value


def digits(value: float) -> str:
    """Write a number with about three digits that mean something."""
    size = abs(value)
    places = 0 if size >= 999.5 else 1 if size >= 9.95 else 2
    return f"{value:,.{places}f}".replace("-", MINUS)


def measured(value: float, spec: MeasureSpec, lang: str = "en", unit: bool = True) -> str:
    """Write the value of a measure, with its unit unless a heading already says it."""
    if not math.isfinite(value):
        return texts.NOT_AVAILABLE.get(lang)
    number = digits(scaled(value, spec))
    return joined(number, texts.UNITS[spec.unit].get(lang), lang) if unit else number


def changed(value: float, spec: MeasureSpec, lang: str = "en", unit: bool = True) -> str:
    """Write a difference of a measure with its sign."""
    if not math.isfinite(value):
        return texts.NOT_AVAILABLE.get(lang)
    number = signed(scaled(value, spec))
    return joined(number, texts.DIFFERENCE_UNITS[spec.unit].get(lang), lang) if unit else number


def joined(number: str, unit: str, lang: str = "en") -> str:
    """Write a number with its unit; Chinese has no blank before a percent sign."""
    return f"{number}{unit}" if lang == "zh" and unit.startswith("%") else f"{number} {unit}"


def signed(value: float) -> str:
    """Write a number with its sign; what rounds to zero has none."""
    text = digits(value)
    if not any(digit in text for digit in "123456789"):
        return text.lstrip(MINUS)
    return text if value < 0 else f"+{text}"


def span(low: float, high: float, spec: MeasureSpec, lang: str = "en") -> str:
    """Write the limits of a difference."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return texts.NOT_AVAILABLE.get(lang)
    return between(signed(scaled(low, spec)), signed(scaled(high, spec)), lang)


def between(low: str, high: str, lang: str = "en") -> str:
    """Write two limits as a range."""
    return f"{low}{BETWEEN[lang]}{high}"


def percentage(share: float, lang: str = "en") -> str:
    """Write a share without decimals."""
    return joined(f"{share * 100:.0f}", "%", lang) if math.isfinite(share) else texts.NOT_AVAILABLE.get(lang)


def p_value(p: float, lang: str = "en") -> str:
    """Write a p-value the way journals of the language do: in English without the zero."""
    if math.isnan(p):
        return texts.NOT_AVAILABLE.get(lang)
    number = "< 0.001" if p < 0.001 else f"{p:.3f}" if p < 0.9995 else "1"
    return number.replace("0.", ".") if lang == "en" else number
