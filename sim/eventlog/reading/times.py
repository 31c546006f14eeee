"""Texts as times: ISO 8601, as people of many countries write them, days of spreadsheets, and seconds since 1970.

What 3/7/2026 means is decided from all values of a log: where a day above twelve comes first, days come first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

FIRST_YEAR, LAST_YEAR = 1971, 2099
"""Other years stand for unknown times: 1900, 1970 and 9999 are what programs write there."""

NEARLY_CLOCKS = 0.9
"""Share of what a column says from which on it is one of clocks."""

_CLOCK = (
    r"(?:[ T,日\x{00A0}]*(?P<ap1>上午|下午)?\s*(?P<h>\d{1,2})[:时点.h](?P<mi>\d{1,2})"
    r"(?:[:分.](?P<s>\d{1,2}(?:[.,]\d+)?))?[秒分Z]?"
    r"\s*(?P<ap2>[AaPp]\.?[Mm]\.?)?)?\s*(?P<z>Z|UTC|GMT|z|(?:UTC|GMT)?\s*[+-]\d{2}:?\d{2}|[+-]\d{2})?(?:\[[\w/]+\])?"
)
_ISO = r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?$"
_ISO_ZONE = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$"
_YEAR_FIRST = r"^(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})日?" + _CLOCK + r"$"
_OTHER_FIRST = r"^(?P<a>\d{1,2})[-/. ]\s?(?P<b>\d{1,2})[-/. ]\s?(?P<y>\d{4}|\d{2})" + _CLOCK + r"$"
_DAY_NAME = (
    r"^(?:\pL{2,10}\.?,?\s+)?(?P<d>\d{1,2})\.?[ \-/](?:de )?(?P<n>\pL{3,10})\.?[ \-/,]+(?:de )?(?P<y>\d{4}|\d{2})"
    + _CLOCK
    + r"$"
)
_NAME_DAY = r"^(?:\pL{2,10}\.?,?\s+)?(?P<n>\pL{3,10})\.? (?P<d>\d{1,2}),? +(?P<y>\d{4})" + _CLOCK + r"$"
_COMPACT = (
    r"^(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)"
    r"(?:[T ]?(?P<h>[0-2]\d)(?P<mi>[0-5]\d)(?P<s>[0-5]\d)?)?(?P<z>Z)?$"
)
_DAY = r"^(?:\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?|\d{1,2}[-/. ]+(?:\d{1,2}|\pL+)[-/. ]+\d{2,4}|\d{8})$"
"""A day without an hour."""
_CLOCK_ALONE = (
    r"^(?:上午|下午)?\s*(?:[01]?\d|2[0-4])[:时点.h][0-5]\d(?:[:分.][0-5]\d(?:[.,]\d+)?)?[秒分]?"
    r"\s*(?:[AaPp]\.?[Mm]\.?)?$"
)
"""An hour without a day."""
_NUMBER = r"^\d{5,19}(?:[.,]\d+)?$"

_MONTHS = (
    "jan ene janv januari january januar jänner enero janvier gennaio|feb febr februar february februari febrero"
    "|mar mär mrt march märz maart marzo mrz|apr abr april abril|may mai mei mayo|jun june juni junio"
    "|jul july juli julio|aug ago august augustus agosto|sep sept september septiembre set"
    "|oct okt october oktober octubre|nov november noviembre|dec dez dic december dezember diciembre"
)
_MONTH = {name: place + 1 for place, names in enumerate(_MONTHS.split("|")) for name in names.split()}

_AT_ONCE = 100_000
"""Texts that are read together."""

_EPOCH = pd.Timestamp(1899, 12, 30)
"""Day 0 of spreadsheets."""

_UNITS = ((1e8, 5e9, "s"), (1e11, 5e12, "ms"), (1e14, 5e15, "us"), (1e17, 5e18, "ns"))
_SERIAL = (25_569.0, 73_050.0)
"""Days of spreadsheets from 1970 to 2099."""


@dataclass
class Times:
    """Times that were read.

    Attributes
    ----------
    values
        On the clock that was asked for, NaT where nothing is said or it cannot be read.
    bad
        Where something is said that is no time.
    zoned
        In how many a zone is said.
    local
        In how many of them it is another one than UTC.
    ambiguous
        How many could be day or month first.
    offsets
        The least and the most minutes ahead of UTC that are said.
    kinds
        Which kinds of numbers there are: days of spreadsheets, or seconds since 1970.
    """

    values: pd.Series
    bad: np.ndarray
    zoned: int = 0
    local: int = 0
    ambiguous: int = 0
    offsets: tuple[float, float] | None = None
    kinds: set[str] = field(default_factory=set)


def day_comes_first(columns: Iterable[pd.Series]) -> bool | None:
    """Return whether days come before months in all columns, or None where no value tells."""
    before = after = 0
    for values in columns:
        found = _extracted(_alike(values, _OTHER_FIRST), _OTHER_FIRST, ("a", "b"))
        first, second = _whole(found, "a"), _whole(found, "b")
        before += int(((first > 12) & (first <= 31) & (second <= 12)).sum())
        after += int(((second > 12) & (second <= 31) & (first <= 12)).sum())
    return None if before == after else before > after


def without_clock(values: pd.Series) -> bool:
    """Tell whether all that a column says are days without an hour."""
    held = pc.utf8_trim_whitespace(_alike(values, r"\p{Nd}"))
    return bool(len(held)) and bool(pc.all(pc.match_substring_regex(held, _DAY)).as_py())


def are_clocks(values: pd.Series) -> bool:
    """Tell whether nearly all that a column says are hours of a day without the day."""
    held = pc.utf8_trim_whitespace(_alike(values, r"\p{Nd}"))
    share = np.asarray(pc.match_substring_regex(held, _CLOCK_ALONE)).mean() if len(held) else 0.0
    return bool(share >= NEARLY_CLOCKS)


def read_times(values: pd.Series, *, day_first: bool = True, zone: str | None = None) -> Times:
    """Return the times of a column.

    Parameters
    ----------
    values
        Texts, categories or not.
    day_first
        Whether 3/7/2026 is in July.
    zone
        Times that say their own zone are brought to the clock of this one; without it their clock is taken as written.
    """
    coded = isinstance(values.dtype, pd.CategoricalDtype)
    codes = values.cat.codes.to_numpy() if coded else np.arange(len(values))
    said = pd.Series(values.cat.categories) if coded else values
    weights = np.bincount(codes[codes >= 0], minlength=len(said))
    made = Times(values, np.zeros(0, dtype=bool))
    clock, bad = np.full(len(said) + 1, np.datetime64("NaT", "us")), np.zeros(len(said) + 1, dtype=bool)
    for begin in range(0, len(said), _AT_ONCE):
        these = slice(begin, min(begin + _AT_ONCE, len(said)))
        part = _texts(said.iloc[these]).dictionary_encode()
        places = np.asarray(part.indices.fill_null(len(part.dictionary)))
        many = np.bincount(places, weights[these], minlength=len(part.dictionary) + 1)
        read, wrong = _block(part.dictionary, many[:-1], day_first, zone, made)
        clock[these], bad[these] = np.append(read, clock[-1])[places], np.append(wrong, False)[places]
    made.values, made.bad = pd.Series(clock[codes], index=values.index), bad[codes]
    return made


def _block(said: Any, weights: Any, day_first: bool, zone: str | None, made: Times) -> tuple[np.ndarray, np.ndarray]:
    """Return the times of some texts, and which of them are none; what is said of them is noted down."""
    clock = np.full(len(said), np.datetime64("NaT", "us"))
    stripped = pc.utf8_trim_whitespace(said)
    left = np.asarray(pc.not_equal(stripped, ""))
    for pattern, reader in _READERS:
        if not left.any():
            break
        places = np.flatnonzero(np.asarray(pc.match_substring_regex(stripped, pattern)) & left)
        if len(places):
            read, offset = reader(stripped.take(pa.array(places)), day_first, made, weights[places])
            good = ~np.isnat(read)
            places = places[good]
            clock[places] = _brought(made, read[good], offset[good], zone, weights[places])
            left[places] = False
    years = clock.astype("datetime64[Y]").astype(np.int64) + 1970
    strange = ~np.isnat(clock) & ((years < FIRST_YEAR) | (years > LAST_YEAR))
    clock[strange] = np.datetime64("NaT", "us")
    return clock, left | strange


def _brought(made: Times, clock: Any, offset: Any, zone: str | None, weights: Any) -> Any:
    """Return times on the clock of a zone; an offset in minutes is NaN where none is said."""
    has = ~np.isnan(offset)
    if not has.any():
        return clock
    made.zoned += int(weights[has].sum())
    made.local += int(weights[has & (offset != 0)].sum())
    low, high = made.offsets or (np.inf, -np.inf)
    made.offsets = (min(low, float(offset[has].min())), max(high, float(offset[has].max())))
    if zone is not None:
        utc = pd.Series(clock[has] - (offset[has] * 60e6).astype("timedelta64[us]"))
        clock[has] = utc.dt.tz_localize("UTC").dt.tz_convert(zone).dt.tz_localize(None).to_numpy()
    return clock


def _alike(values: pd.Series, pattern: str) -> Any:
    """Return the distinct texts of a column that are alike."""
    said = _texts(values.cat.categories if isinstance(values.dtype, pd.CategoricalDtype) else values)
    return said.filter(pc.match_substring_regex(said, pattern)).unique()


def _texts(values: Any) -> Any:
    texts = values if isinstance(values.dtype, pd.StringDtype) else values.astype(str)
    held = pa.array(texts, type=pa.large_string(), from_pandas=True)
    return held.combine_chunks() if isinstance(held, pa.ChunkedArray) else held


def _extracted(texts: Any, pattern: str, names: Sequence[str]) -> dict[str, Any]:
    found = pc.extract_regex(texts, pattern)
    return {name: pc.struct_field(found, name) for name in names}


def _whole(found: dict[str, Any], name: str, empty: float = np.nan) -> np.ndarray:
    held = found[name]
    held = pc.if_else(pc.equal(held, ""), pa.scalar(None, pa.string()), held)
    held = pc.replace_substring(held, ",", ".")
    numbers = np.asarray(pc.cast(held, pa.float64()).to_numpy(zero_copy_only=False), dtype=float)
    return np.where(np.isnan(numbers), empty, numbers)


def _moment(found: dict[str, Any], year: Any, month: Any, day: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return times on their own clock and offsets in minutes; NaT where there is no such day or hour."""
    hour, minute, second = (_whole(found, one, 0.0) for one in ("h", "mi", "s"))
    if "ap2" in found:
        marks = zip(found["ap1"].to_pylist(), found["ap2"].to_pylist(), strict=True)
        half = np.array([(first or second or "")[:1].casefold() for first, second in marks])
        raw = np.array(found["ap1"].to_pylist())
        after = (half == "p") | (raw == "下午")
        before = (half == "a") | (raw == "上午")
        hour = np.where(after & (hour < 12), hour + 12, np.where(before & (hour == 12), 0, hour))
    good = (
        (hour <= 24)
        & (minute < 60)
        & (second < 61)
        & ~np.isnan(year + month + day)
        & (year >= 1)
        & (hour * 60 + minute <= 1440)
    )
    year, month, day = (np.where(good, one, 1) for one in (year, month, day))
    good &= (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = (np.where(good, year, 2000).astype(np.int64) - 1970) * 12 + np.where(good, month, 1).astype(np.int64) - 1
    days = months.astype("datetime64[M]").astype("datetime64[D]") + (
        np.where(good, day, 1).astype(np.int64) - 1
    ).astype("timedelta64[D]")
    good &= days.astype("datetime64[M]").astype(np.int64) == months
    clock = days.astype("datetime64[us]") + np.round((hour * 3600 + minute * 60 + second) * 1e6).astype(
        "timedelta64[us]"
    )
    clock[~good] = np.datetime64("NaT", "us")
    return clock, np.array([_offset(one) for one in found["z"].to_pylist()], dtype=float)


def _offset(written: str | None) -> float:
    """Return an offset in minutes."""
    if not written:
        return np.nan
    digits = "".join(one for one in written if one.isdigit())
    if not digits:
        return 0.0
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return float(-minutes if "-" in written else minutes)


_GROUPS = ("h", "mi", "s", "ap1", "ap2", "z")


def _iso(texts: Any, *_: Any) -> tuple[np.ndarray, np.ndarray]:
    clock = pd.to_datetime(texts.to_pandas(), format="ISO8601", errors="coerce").to_numpy().astype("datetime64[us]")
    return clock, np.full(len(clock), np.nan)


def _iso_zoned(texts: Any, *_: Any) -> tuple[np.ndarray, np.ndarray]:
    held = texts.to_pandas()
    ends_z = held.str.endswith("Z").to_numpy(dtype=bool)
    clock = pd.to_datetime(held.where(ends_z, held.str[:-6]).str.removesuffix("Z"), format="ISO8601", errors="coerce")
    marks, kinds = pd.factorize(held.str[-6:].where(~ends_z, "Z"))
    return clock.to_numpy().astype("datetime64[us]"), np.array([_offset(one) for one in kinds])[marks]


def _year_first(texts: Any, *_: Any) -> tuple[np.ndarray, np.ndarray]:
    found = _extracted(texts, _YEAR_FIRST, ("y", "m", "d", *_GROUPS))
    return _moment(found, _whole(found, "y"), _whole(found, "m"), _whole(found, "d"))


def _other_first(texts: Any, day_first: bool, made: Times, weights: Any) -> tuple[np.ndarray, np.ndarray]:
    found = _extracted(texts, _OTHER_FIRST, ("a", "b", "y", *_GROUPS))
    first, second = _whole(found, "a"), _whole(found, "b")
    made.ambiguous += int(weights[(first <= 12) & (second <= 12) & (first != second)].sum())
    day, month = (first, second) if day_first else (second, first)
    return _moment(found, _century(_whole(found, "y")), month, day)


def _century(year: np.ndarray) -> np.ndarray:
    return np.where(year < 70, year + 2000, np.where(year < 100, year + 1900, year))


def _named(pattern: str) -> Any:
    def read(texts: Any, *_: Any) -> tuple[np.ndarray, np.ndarray]:
        found = _extracted(texts, pattern, ("n", "d", "y", *_GROUPS))
        names = [(one or "").casefold() for one in found["n"].to_pylist()]
        month = np.array([_MONTH.get(one, _MONTH.get(one[:3], np.nan)) for one in names], dtype=float)
        return _moment(found, _century(_whole(found, "y")), month, _whole(found, "d"))

    return read


def _compact(texts: Any, *_: Any) -> tuple[np.ndarray, np.ndarray]:
    found = _extracted(texts, _COMPACT, ("y", "m", "d", "h", "mi", "s", "z"))
    return _moment(found, _whole(found, "y"), _whole(found, "m"), _whole(found, "d"))


def _number(texts: Any, _: bool, made: Times, weights: Any) -> tuple[np.ndarray, np.ndarray]:
    """Read days of spreadsheets and seconds since 1970, by their size."""
    del weights
    numbers = _whole({"n": texts}, "n")
    clock = np.full(len(numbers), np.datetime64("NaT", "us"), dtype="datetime64[us]")
    offset = np.full(len(numbers), np.nan)
    days = (numbers >= _SERIAL[0]) & (numbers < _SERIAL[1])
    if days.any():
        made.kinds.add("serial")
        seconds = np.round(numbers[days] * 86_400.0)
        clock[days] = np.datetime64(_EPOCH, "us") + np.round(seconds * 1e6).astype("timedelta64[us]")
    for low, high, unit in _UNITS:
        these = (numbers >= low) & (numbers < high)
        if these.any():
            made.kinds.add("epoch")
            scale = {"s": 1e6, "ms": 1e3, "us": 1.0, "ns": 1e-3}[unit]
            clock[these] = np.datetime64(dt.datetime(1970, 1, 1), "us") + np.round(numbers[these] * scale).astype(
                "timedelta64[us]"
            )
            offset[these] = 0.0
    return clock, offset


_READERS = (
    (_ISO_ZONE, _iso_zoned),
    (_ISO, _iso),
    (_YEAR_FIRST, _year_first),
    (_OTHER_FIRST, _other_first),
    (_COMPACT, _compact),
    (_NUMBER, _number),
    (_DAY_NAME, _named(_DAY_NAME)),
    (_NAME_DAY, _named(_NAME_DAY)),
)
