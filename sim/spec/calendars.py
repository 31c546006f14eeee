"""When people work: weekly calendars."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from pydantic import GetJsonSchemaHandler, model_serializer, model_validator
from pydantic_core import core_schema

from sim.spec.base import Model, number, refuse
from sim.spec.findings import listed
from sim.spec.nearest import did_you_mean
from sim.vocab import DAY, WEEK
from sim.words import Text, words

texts = words("findings")

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ROUND_THE_CLOCK = "round_the_clock"
_MINUTES = 7 * 24 * 60
_SPAN = re.compile(r"\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*", re.ASCII)
_FORM = texts.OPENINGS.format()

Interval = tuple[float, float]

Piece = tuple[float, float, float]
"""Begin and end in hours of the week, and what an hour in between counts as."""

_Span = tuple[int, int, float]
LEAST, MOST = 1e-3, 100.0
"""What an hour counts as at least, and at most."""

_COUNTS = number(LEAST, MOST)
_HOUR = number(0.0, WEEK)


def _days(key: object) -> list[int]:
    """Return the days that ``mon``, ``mon-fri`` or ``sat-mon`` names."""
    return named(key, DAYS, None)


def named(key: object, names: Sequence[str], form: Text | None) -> list[int]:
    """Return the places of names that one, or a range as ``sat-mon``, stands for; else say what is expected."""
    first, dash, last = str(key).strip().lower().partition("-")
    ends = [first.strip(), last.strip() if dash else first.strip()]
    for end in ends:
        if end not in names:
            raise refuse(form or texts.DAYS.format(days=listed(names), hint=did_you_mean(end, names)))
    start, stop = (names.index(end) for end in ends)
    return [(start + step) % len(names) for step in range((stop - start) % len(names) + 1)]


def minutes_of_span(value: object) -> tuple[int, int]:
    """Return the minutes of the day of ``08:00-12:00``; a span that ends before it starts runs past midnight."""
    match = _SPAN.fullmatch(value) if isinstance(value, str) else None
    hours = [int(part) for part in match.groups()] if match else []
    if not hours or max(hours[0], hours[2]) > 24 or max(hours[1], hours[3]) > 59:
        raise refuse(texts.OPENING)
    start, stop = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if max(start, stop) > 24 * 60 or start == stop:
        raise refuse(texts.OPENING_IN_DAY)
    return start, stop if stop > start else stop + 24 * 60


def _minutes_of(days: Mapping[Any, Any]) -> list[_Span]:
    """Return the written openings in minutes of the week, with what an hour of each counts as."""
    spans: list[_Span] = []
    seen: set[int] = set()
    for key, written in days.items():
        named = _days(key)
        if seen & set(named):
            raise refuse(texts.DAY_ONCE)
        seen |= set(named)
        for one, weight in _listed(written):
            start, stop = minutes_of_span(one)
            spans += [(day * 24 * 60 + start, day * 24 * 60 + stop, weight) for day in named]
    return spans


def _listed(written: object) -> Iterable[tuple[object, float]]:
    """Return the openings of a day and what an hour of each counts as."""
    if isinstance(written, Mapping):
        if not all(map(_COUNTS.allows, written.values())):
            raise refuse(texts.OPENING_WEIGHTS)
        return ((span, float(weight)) for span, weight in written.items())
    if written is not None and not isinstance(written, str | list | tuple):
        raise refuse(_FORM)
    every = [written] if isinstance(written, str) else written or ()
    return ((span, 1.0) for span in every)


def _merged(spans: Iterable[_Span]) -> list[_Span]:
    """Sort, carry what runs past Sunday into Monday, join what touches; openings that overlap are refused."""
    wrapped: list[_Span] = []
    for start, stop, weight in spans:
        whole = stop <= _MINUTES
        wrapped += [(start, stop, weight)] if whole else [(start, _MINUTES, weight), (0, stop - _MINUTES, weight)]
    merged: list[_Span] = []
    for start, stop, weight in sorted(wrapped):
        if merged and start < merged[-1][1]:
            raise refuse(texts.NO_OVERLAP)
        if merged and start == merged[-1][1] and weight == merged[-1][2]:
            merged[-1] = (merged[-1][0], stop, weight)
        else:
            merged.append((start, stop, weight))
    if not merged:
        raise refuse(texts.ONE_OPENING.format(form=_FORM))
    return merged


def _to_minutes(intervals: Any, weights: Any) -> list[_Span]:
    """Return intervals in hours of the week as minutes; calendars are kept to the minute."""
    if not isinstance(intervals, list | tuple) or not all(map(_is_interval, intervals)):
        raise refuse(texts.INTERVALS)
    if weights is not None and not isinstance(weights, list | tuple):
        raise refuse(texts.OPENING_WEIGHTS)
    if weights and (len(weights) != len(intervals) or not all(map(_COUNTS.allows, weights))):
        raise refuse(texts.OPENING_WEIGHTS)
    each = [float(one) for one in weights or [1.0] * len(intervals)]
    return [(round(start * 60), round(stop * 60), one) for (start, stop), one in zip(intervals, each, strict=True)]


def _is_interval(value: Any) -> bool:
    if not isinstance(value, list | tuple) or len(value) != 2 or not all(map(_HOUR.allows, value)):
        return False
    start, stop = (round(hour * 60) for hour in value)
    return bool(start < stop)


class Calendar(Model):
    """Weekly opening hours: ``round_the_clock`` or ``{mon-fri: ["08:00-12:00", "13:00-17:00"], sat: [...]}``.

    Hours in which those outside do less than usual may count as less, and as more where they do more:
    ``{mon-fri: {"08:00-12:00": 1.0, "12:00-20:00": 0.2}}``.

    Examples
    --------
    >>> from sim.spec.calendars import Calendar
    >>> Calendar.model_validate({"mon-fri": ["08:00-12:00", "13:00-17:00"]}).hours_per_week
    40.0
    """

    intervals: tuple[Interval, ...]
    """Openings in hours from Monday 00:00, sorted and disjoint."""
    weights: tuple[float, ...] = ()
    """What an hour of each opening counts as; none = all count in full."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if value == ROUND_THE_CLOCK:
            return {"intervals": ((0.0, WEEK),)}
        if not isinstance(value, Mapping):
            raise refuse(_FORM)
        told = "intervals" in value and set(value) <= {"intervals", "weights"}
        spans = _merged(_to_minutes(value["intervals"], value.get("weights")) if told else _minutes_of(value))
        weights = tuple(weight for *_, weight in spans)
        return {
            "intervals": tuple((start / 60.0, stop / 60.0) for start, stop, _ in spans),
            "weights": weights if set(weights) != {1.0} else (),
        }

    @model_serializer(mode="plain")
    def _write(self) -> Any:
        if self.always:
            return ROUND_THE_CLOCK
        days = [self._spans(day) for day in range(7)]
        written: dict[str, list[str] | dict[str, float]] = {}
        first = 0
        while first < 7:
            last = max(day for day in range(first, 7) if days[first : day + 1] == [days[first]] * (day + 1 - first))
            if days[first]:
                written[DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"] = days[first]
            first = last + 1
        return written

    def _spans(self, day: int) -> list[str] | dict[str, float]:
        spans = {}
        for start, stop, weight in self.pieces:
            low, high = max(start - day * DAY, 0.0), min(stop - day * DAY, DAY)
            if low < high:
                spans[f"{_clock(low)}-{_clock(high)}"] = weight
        return spans if self.weights else list(spans)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe the written form, not the fields."""
        del schema, handler
        time = r"\s*([01]?\d:[0-5]\d|2[0-3]:[0-5]\d|24:00)\s*"
        span = {"type": "string", "pattern": f"^{time}-{time}$"}
        day = f"({'|'.join(DAYS)})"
        weight = {"type": "number", "minimum": LEAST, "maximum": MOST}
        weighted = {"type": "object", "patternProperties": {span["pattern"]: weight}, "additionalProperties": False}
        openings = {"anyOf": [span, {"type": "array", "items": span}, weighted]}
        names = {f"^{day}(-{day})?$": openings}
        days = {"type": "object", "patternProperties": names, "additionalProperties": False, "minProperties": 1}
        return {"anyOf": [{"const": ROUND_THE_CLOCK}, days], "description": "weekly opening hours"}

    @property
    def hours_per_week(self) -> float:
        """Open hours in a week, as they count."""
        return _passed(self.pieces, WEEK)

    def open_hours(self, time: float) -> float:
        """Return the open hours between Monday 00:00 of the first week and `time`, both in calendar hours."""
        weeks, rest = divmod(time, WEEK)
        return float(weeks * self.hours_per_week + _passed(self.pieces, rest))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its openings, each with what an hour of it counts as."""
        weights = self.weights or (1.0,) * len(self.intervals)
        return tuple((start, stop, weight) for (start, stop), weight in zip(self.intervals, weights, strict=True))

    @property
    def always(self) -> bool:
        """Whether it never closes."""
        return self.intervals == ((0.0, WEEK),) and not self.weights


@lru_cache(maxsize=4096)
def _passed(pieces: tuple[Piece, ...], time: float) -> float:
    """Return the open hours from Monday 00:00 to a time of the week; checks ask for the same ones over and over."""
    return math.fsum((min(time, stop) - start) * weight for start, stop, weight in pieces if start < time)


def _clock(hour: float) -> str:
    minutes = round(hour * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


ALWAYS = Calendar.model_validate(ROUND_THE_CLOCK)
OFFICE = Calendar.model_validate({"mon-fri": ["08:00-12:00", "13:00-17:00"]})

PREDEFINED: Mapping[str, Calendar] = {"always": ALWAYS, "office": OFFICE}
"""Calendars every scenario knows; it may redefine them."""


def in_full(calendars: Mapping[str, Calendar]) -> dict[str, Calendar]:
    """Return the calendars of a scenario, predefined ones too, whose hours all count in full: people work by these."""
    return {name: one for name, one in {**PREDEFINED, **calendars}.items() if not one.weights}
