"""Numbers as people see them in a sheet: dates, times, percentages, and numbers with a unit behind them.

A cell that shows ``80%`` holds 0.8, and one that shows ``30 分钟`` may hold 30; what is seen is what was meant.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from sim.workbook.grid import Value

BUILT_IN = {
    "9": "0%", "10": "0.00%",
    **dict.fromkeys(map(str, (14, 15, 16, 17, *range(27, 32), 34, 35, 36, *range(50, 59))), "y-m-d"),
    **dict.fromkeys(["18", "19", "20", "21", "32", "33"], "h:mm"),
    "22": "y-m-d h:mm", "45": "mm:ss", "46": "[h]:mm:ss", "47": "mm:ss",
}  # fmt: skip
"""Formats that files name by number only, those of East Asian Excel included: only their kind matters."""

_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]|[_*].")
_LAST_DAY = 2_958_466.0
"""The first of January of the year 10000, as a number."""


@lru_cache(500)
def _kind(form: str) -> tuple[str, str]:
    """Return what a format makes of a number, and the unit that it writes behind it."""
    first = form[:500].split(";")[0]
    bare = _BRACKETS.sub("", _QUOTED.sub("", _ELAPSED.sub("", first))).lower().replace("general", "")
    if _ELAPSED.search(_QUOTED.sub("", first)):
        return "elapsed", ""
    if re.search(r"[ymdhs]|年|月|日", bare) and not re.search(r"e[+-]", bare):
        return ("date" if re.search(r"[yd]|年|日|月", bare) else "time"), ""
    if "%" in bare:
        return "percent", ""
    return "number", "".join(one[0] or one[1] for one in _QUOTED.findall(first[_last_digit(first) :])).strip()


def _last_digit(form: str) -> int:
    return max((place + 1 for place, letter in enumerate(form) if letter in "0#?"), default=0)


def as_seen(written: str, form: str, since_1904: bool = False) -> Value | None:
    """Return what a number is for who looks at the sheet; what is no number stays text."""
    try:
        value = float(written)
    except ValueError:
        return written or None
    if not math.isfinite(value) or "_" in written:
        return written
    kind, unit = _kind(form) if form else ("number", "")
    if kind == "percent":
        return f"{_rounded(value * 100.0)}%"
    if kind in ("date", "time") and 0.0 <= value < _LAST_DAY - 1500.0 * since_1904:
        return _moment(value, since_1904) if kind == "date" or value >= 1.0 else _clock(value)
    if kind == "elapsed" and 0.0 <= value < _LAST_DAY:
        minutes = round(value * 1440.0)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return f"{_rounded(value)} {unit}" if unit and any(map(str.isalpha, unit)) else value


def _rounded(value: float) -> str:
    return f"{value:.12g}"


def _clock(value: float) -> time:
    seconds = min(round(value * 86_400.0), 86_399)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def _moment(value: float, since_1904: bool) -> date | time:
    """Return a day; the calendar of Excel has a 29 February 1900, which never was."""
    in_1900 = datetime(1899, 12, 30) if value >= 60.0 else datetime(1899, 12, 31)
    start = datetime(1904, 1, 1) if since_1904 else in_1900
    return _whole(start + timedelta(seconds=round(value * 86_400.0)))


def moment_of(written: str) -> date | None:
    """Return a day that is written as ``2027-01-04T08:00:00``, or None where it is none."""
    try:
        return _whole(datetime.fromisoformat(written).replace(tzinfo=None))
    except ValueError:
        return None


def _whole(moment: datetime) -> date:
    return moment.date() if moment.time() == time() else moment
