"""How measures are written: values and changes with their units, ranges, p-values."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sim.spec.measures import MeasureSpec
from sim.words import Text, words
from sim.words.numbers import digits, percent, signed

texts = words("terminal")
grammar = words("grammar")


def scaled(value: float, spec: MeasureSpec) -> float:
    """Return a value in the unit it is shown in: shares become percentages."""
    return value * 100.0 if spec.unit == "share" else value


def unit_of(spec: MeasureSpec, difference: bool = False) -> Text:
    """Return how the unit of a measure is written, or of its differences; one of somebody's own as it was given."""
    known: Mapping[str, Text] = texts.DIFFERENCE_UNITS if difference else texts.UNITS
    return known[spec.unit] if spec.own_unit is None else known.get(spec.unit, spec.own_unit)


def measured(value: float, spec: MeasureSpec, lang: str = "en", unit: bool = True) -> str:
    """Write the value of a measure, with its unit unless a heading already says it."""
    if not math.isfinite(value):
        return texts.NOT_AVAILABLE.get(lang)
    number = digits(scaled(value, spec))
    return joined(number, unit_of(spec).get(lang), lang) if unit else number


def changed(value: float, spec: MeasureSpec, lang: str = "en", unit: bool = True) -> str:
    """Write a difference of a measure with its sign."""
    if not math.isfinite(value):
        return texts.NOT_AVAILABLE.get(lang)
    number = signed(scaled(value, spec))
    return joined(number, unit_of(spec, difference=True).get(lang), lang) if unit else number


def joined(number: str, unit: str, lang: str = "en") -> str:
    """Write a number with its unit."""
    return percent(number).get(lang) if unit == "%" else f"{number} {unit}"


def band(low: float, high: float, spec: MeasureSpec, lang: str = "en") -> str:
    """Write between what a measure is said to lie, with its unit once and no more digits than somebody stated."""
    limits = between(_stated(scaled(low, spec)), _stated(scaled(high, spec)), lang)
    return joined(limits, unit_of(spec).get(lang), lang)


def _stated(value: float) -> str:
    number = digits(value)
    return number.rstrip("0").rstrip(".") if "." in number else number


def limits(low: float, high: float, spec: MeasureSpec, lang: str = "en") -> str:
    """Write the limits of a measure itself, behind a number that has its unit."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return texts.NOT_AVAILABLE.get(lang)
    return between(digits(scaled(low, spec)), digits(scaled(high, spec)), lang)


def span(low: float, high: float, spec: MeasureSpec, lang: str = "en") -> str:
    """Write the limits of a difference."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return texts.NOT_AVAILABLE.get(lang)
    return between(signed(scaled(low, spec)), signed(scaled(high, spec)), lang)


def between(low: str, high: str, lang: str = "en") -> str:
    """Write two limits as a range."""
    return grammar.RANGE.format(low=low, high=high).get(lang)


def p_value(p: float, lang: str = "en") -> str:
    """Write a p-value the way journals of the language do: in English without the zero."""
    if math.isnan(p):
        return texts.NOT_AVAILABLE.get(lang)
    number = "< 0.001" if p < 0.001 else f"{p:.3f}" if p < 0.9995 else "1"
    return number.replace("0.", ".") if lang == "en" else number
