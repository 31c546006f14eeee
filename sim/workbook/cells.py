"""One cell as the field means it: numbers, shares, times, yes and no, dates, names and the letters of RACI.

People write ``８０％``, ``1,200``, ``1,5 小时``, ``30 min``, ``2 天``, ``√`` and ``R/A``; all of that is read. A comma
before three digits divides thousands, before others it is a decimal point. What cannot be read is refused with what was
found and what is allowed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Literal, TypeVar

from sim.spec.findings import TextError, listed, shortened
from sim.spec.nearest import did_you_mean
from sim.words import LANGUAGES, Text, words
from sim.workbook.grid import Value

texts = words("cells")

Unit = Literal["minutes", "hours", "days", "weeks"]
Letter = Literal["R", "A", "C", "I"]

WORKING_DAY = 8.0
"""Hours of a day at work; of the calendar it has 24."""

_WIDE = {0x3000: " ", 0xFFE5: "¥", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
"""Letters, digits and signs as wide as Chinese letters, and what they are elsewhere."""

_BRACKETS = "（）［］＿－／＆＋"

_LONG_DAY = 12.0
"""Hours above which a day is one of the calendar."""

_MOST_NAMES = 500
"""Names in a cell, one after another,"""
_LONGEST_LIST = 40_000
"""and their letters."""

_LONGEST = 400
"""Letters of a cell that is to hold a single value."""

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)*|[.,]\d+)(e[+-]?\d{1,3})?", re.IGNORECASE | re.ASCII)
_MEASURED = re.compile(
    r"(?:about|ca\.?|约|大约|~|≈)?\s*([+-]?[\d.,' ]*\d(?:[eE][+-]?\d{1,3})?)\s*(.*)", re.DOTALL | re.ASCII
)
_CLOCK = re.compile(r"(\d{1,5}):([0-5]\d)(?::[0-5]\d)?", re.ASCII)
_SPLIT = re.compile(r"[,;、/|+&\n]+")

_MONEY = re.compile(r"^(¥|\$|€|£|rmb|cny|eur|usd)\s*|\s*(元|块|€|\$|rmb|cny|eur|usd)$", re.IGNORECASE)

AnyValue = TypeVar("AnyValue")


class CellError(TextError):
    """What a cell holds cannot be read; `text` says what was found and what is allowed."""


def plain(text: str) -> str:
    """Return a text with letters, digits and signs of usual width, and single blanks."""
    return " ".join(text.translate(_WIDE).split())


def folded(text: str) -> str:
    """Return a text as it is compared: without case, blanks, hyphens and underscores."""
    return re.sub(r"[\s_\-‐‑–—]+", "", plain(text)).casefold()


def wrong(value: Value | None, expected: Text) -> CellError:
    """Return the error that says what was found and what is allowed."""
    return CellError(texts.FOUND.format(found=_told(value), expected=expected))


def number(value: Value, *, low: float = -math.inf, high: float = math.inf, whole: bool = False) -> float:
    """Return a number.

    Parameters
    ----------
    value
        What stands in the cell.
    low, high
        What is allowed, both included.
    whole
        Whether parts of one are refused.
    """
    found = _number(value)
    expected = _numbers(low, high, whole)
    if found is None or not low <= found <= high or (whole and found != int(found)):
        raise wrong(value, expected)
    return found


def share(value: Value, *, percent: bool = False) -> float:
    """Return a share from 0 to 1; ``80%`` is 0.8, and so is 80 where the heading says `percent`."""
    written = plain(value) if isinstance(value, str) else ""
    for mark in ("%", "percent", "per cent", "pct"):
        if written.casefold().endswith(mark):
            found = _number(written[: -len(mark)].strip())
            return _between(value, found, 100.0)
    if written.startswith("百分之"):
        return _between(value, _number(written.removeprefix("百分之")), 100.0)
    found = _number(value)
    return _between(value, found, 100.0 if percent else 1.0)


def _between(value: Value, found: float | None, all_of_it: float) -> float:
    if found is None or not 0.0 <= found <= all_of_it:
        raise wrong(value, texts.SHARE)
    return found / all_of_it


def duration(
    value: Value,
    unit: Unit = "hours",
    *,
    day: float = WORKING_DAY,
    bare: Unit | None = None,
    low: float = 0.0,
    high: float = math.inf,
) -> float:
    """Return a time in the unit of its field.

    Parameters
    ----------
    value
        What stands in the cell: a number, or one with a unit, such as ``30 min``, ``1.5h``, ``2 天`` or ``1:30``.
    unit
        What the field counts in.
    day
        Hours of a day: 8 at work, 24 of the calendar; a week has 5 of the first and 7 of the second.
    bare
        What a number without a unit counts, where the heading says; by default what the field counts.
    low, high
        What is allowed, in the unit of the field, both included.
    """
    expected = texts.DURATION.format(unit=texts.UNIT[unit], bounds=_bounds(low, high))
    hours = _hours(value, bare or unit, day)
    if hours is None:
        raise wrong(value, expected)
    found = hours / _in_hours(unit, day)
    if not low <= found <= high:
        raise wrong(value, expected)
    return found


def _in_hours(unit: Unit, day: float) -> float:
    week = 7.0 if day > _LONG_DAY else 5.0
    return {"minutes": 1.0 / 60.0, "hours": 1.0, "days": day, "weeks": week * day}[unit]


def _hours(value: Value, bare: Unit, day: float) -> float | None:
    if isinstance(value, time):
        return value.hour + value.minute / 60.0 + value.second / 3600.0
    if not isinstance(value, str):
        found = _number(value)
        return None if found is None else found * _in_hours(bare, day)
    written = plain(value)
    if clock := _CLOCK.fullmatch(written):
        return int(clock[1]) + int(clock[2]) / 60.0
    measured = _MEASURED.fullmatch(written) if len(written) <= _LONGEST else None
    found = _number(measured[1]) if measured else None
    said = measured[2] if measured else ""
    unit = unit_of(said) if said else bare
    if day > _LONG_DAY and folded(said) in spellings(texts.AT_WORK):
        return None  # five days at work are seven of the calendar, or not
    return None if found is None or unit is None else found * _in_hours(unit, day)


def unit_of(text: str) -> Unit | None:
    """Return the unit of time that a word stands for (``min``, ``小时``), or None where it stands for none."""
    return _units().get(folded(text).rstrip("."))


@cache
def _units() -> Mapping[str, Unit]:
    return {name: unit for unit in ("minutes", "hours", "days", "weeks") for name in spellings(texts.UNITS[unit])}


def yes(value: Value) -> bool:
    """Return whether a cell says yes: ``yes``, ``是``, ``√``, ``x`` in a list to tick, 1, or their opposites."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float) and value in (0.0, 1.0):
        return value == 1.0
    if isinstance(value, str):
        said = folded(value)
        for answer, said_so in ((True, texts.YES), (False, texts.NO)):
            if said in spellings(said_so):
                return answer
    raise wrong(value, texts.YES_OR_NO)


def letters(value: Value) -> tuple[Letter, ...]:
    """Return the letters of RACI in a cell, in the order R, A, C, I: ``R/A``, ``RA``, ``Ｒ``, ``负责``, ``c``."""
    written = plain(value) if isinstance(value, str) and len(value) <= _LONGEST else ""
    found: set[Letter] = set()
    for part in filter(None, map(str.strip, _SPLIT.split(written))):
        found |= _letters(part, value)
    if not found:
        raise wrong(value, texts.LETTERS)
    return tuple(one for one in ("R", "A", "C", "I") if one in found)


def _letters(part: str, value: Value) -> set[Letter]:
    bare = re.sub(r"[()\[\]*.]", "", folded(part))
    for letter in ("R", "A", "C", "I"):
        if bare in spellings(texts.ROLES[letter]):
            return {letter}
    if bare and len(bare) <= 4 and set(bare) <= set("raci"):
        return {letter for letter in ("R", "A", "C", "I") if letter.lower() in bare}
    pieces = re.match(r"([raci]{1,4})\((.*)\)$", folded(part))
    if pieces and _letters(pieces[2], value) <= _letters(pieces[1], value):
        return _letters(pieces[1], value)
    raise wrong(value, texts.LETTERS)


def text(value: Value) -> str:
    """Return a text on one line, its letters, digits and brackets of usual width; a number as it is written."""
    if isinstance(value, str):
        return _of_usual_width(" ".join(value.split()))
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.12g}" if isinstance(value, float) else value.isoformat()


def _of_usual_width(written: str) -> str:
    """Return wide letters, digits, brackets and blanks at their usual width; Chinese punctuation stays."""
    return "".join(one.translate(_WIDE) if one.isalnum() or one in _BRACKETS else one for one in written)


def names(value: Value) -> tuple[str, ...]:
    """Return what a cell lists, apart by commas, semicolons, ``、``, slashes or lines."""
    written = value if isinstance(value, str) else text(value)
    found = tuple(filter(None, map(text, re.split(r"[,;，；、/／\n]+", written[:_LONGEST_LIST]))))
    if len(found) > _MOST_NAMES or len(written) > _LONGEST_LIST:
        raise wrong(value, texts.NAMES.format(most=_MOST_NAMES))
    return found


def day(value: Value) -> date:
    """Return a date: a date of the sheet, ``2027-01-04``, ``2027/1/4`` or ``2027年1月4日``."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", plain(value))
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                pass
    raise wrong(value, texts.DATE)


def chosen(value: Value, known: Mapping[str, AnyValue]) -> AnyValue:
    """Return what a cell chooses among what is `known` by its names, whatever their case, width and blanks."""
    by_name = {folded(name): one for name, one in known.items()}
    said = folded(text(value))
    if said not in by_name:
        near = did_you_mean(text(value), known)
        raise wrong(value, texts.ONE_OF.format(known=listed(list(known)), hint=near))
    return by_name[said]


def _number(value: Value | None) -> float | None:
    """Return the number that is written, or None; what could be two numbers (``1,234`` is not) is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else None
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    written = _without_money(plain(value).replace("−", "-").replace("–", "-").replace("、", ","))
    written = re.sub(r"(?<=\d)[ '](?=\d{3}(\D|$))", "", written)
    if not _NUMBER.fullmatch(written):
        return None
    plainly = _with_point(written)
    if plainly is None:
        return None
    found = float(plainly)
    return found if math.isfinite(found) else None


def _without_money(written: str) -> str:
    return _MONEY.sub("", written)


def _with_point(written: str) -> str | None:
    """Return a number with a point for its decimals and thousands undivided, or None where it has no such form."""
    decimal = max(".,", key=written.rfind)
    other = "," if decimal == "." else "."
    if written.count(decimal) == 1 and other not in written:
        thousands = decimal == "," and _grouped(written, ",")
        return written.replace(",", "" if thousands else ".")
    whole, _, rest = written.rpartition(decimal)
    if other in whole and decimal not in whole:
        return f"{whole.replace(other, '')}.{rest}" if _grouped(whole, other) else None
    if written.count(decimal) > 1:
        return written.replace(decimal, "") if _grouped(written, decimal) else None
    return written


def _grouped(written: str, mark: str) -> bool:
    """Say whether a number is divided into thousands by a mark; a number that begins with 0 is not."""
    return re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}({re.escape(mark)}\d{{3}})*", written) is not None


def _told(value: Value | None) -> Text:
    if value is None:
        return words("findings").NOTHING
    return texts.QUOTED.format(text=shortened(value if isinstance(value, str) else text(value)))


def _numbers(low: float, high: float, whole: bool) -> Text:
    kind = texts.WHOLE if whole else texts.NUMBER
    return texts.KIND.format(kind=kind, bounds=_bounds(low, high))


def _bounds(low: float, high: float) -> Text:
    if math.isinf(high):
        return Text("", "") if math.isinf(low) else texts.FROM.format(low=low)
    return texts.UP_TO.format(high=high) if math.isinf(low) else texts.FROM_TO.format(low=low, high=high)


@cache
def spellings(said: Text) -> frozenset[str]:
    """Return the words that stand in a text apart by ``|``, of every language, as they are compared."""
    return frozenset(folded(one) for language in LANGUAGES for one in said.get(language).split("|"))
