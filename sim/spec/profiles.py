"""How demand is spread over the hours of a week and over a year: weights, against what is usual on average."""

import datetime as dt
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema, model_validator

from sim.spec.base import FrozenMap, Label, Model, number, refuse
from sim.spec.calendars import DAYS, minutes_of_span, named
from sim.spec.closures import Days
from sim.vocab import DAY
from sim.words import Text, words

texts = words("findings")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKS = tuple(f"w{n}" for n in range(1, 54))
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of the months of a year that is no leap year."""

ALL_WEEKS = (1,) * 52
"""Weeks of a year over which weights are evened out; the 53rd, which some years have, is not among them."""

MOST = 1000.0
_WEIGHT = number(0.0, MOST)
_MINUTES = 24 * 60

Piece = tuple[float, float, float]
"""Begin and end in hours of the week, and a weight."""


def _weighed(value: Any, names: Sequence[str], form: Text) -> dict[str, Any]:
    """Return the weights that are written, each of the names only once."""
    if not isinstance(value, Mapping) or not value:
        raise refuse(form)
    seen: set[int] = set()
    found = {}
    for key, weight in value.items():
        meant = tuple(named(key, names, form))
        if seen.intersection(meant):
            raise refuse(form)
        seen.update(meant)
        found["-".join(names[place] for place in dict.fromkeys((meant[0], meant[-1])))] = weight
    return found


def _by_name(names: Sequence[str], form: Text) -> Any:
    def read(value: Any) -> FrozenMap[str, float]:
        found = _weighed(value, names, form)
        if not all(map(_WEIGHT.allows, found.values())):
            raise refuse(form)
        return FrozenMap({key: float(weight) for key, weight in found.items()})

    return read


def _week(value: Any) -> FrozenMap[str, Any]:
    found: dict[str, Any] = {}
    for key, weight in _weighed(value, DAYS, texts.WEEK_WEIGHTS).items():
        if isinstance(weight, Mapping):
            found[key] = FrozenMap({_written(span): float(one) for span, one in weight.items() if _hours(span, one)})
            _disjoint([minutes_of_span(span) for span in found[key]])
        elif _WEIGHT.allows(weight):
            found[key] = float(weight)
        else:
            raise refuse(texts.WEEK_WEIGHTS)
    return FrozenMap(found)


def _hours(span: Any, weight: Any) -> bool:
    if minutes_of_span(span)[1] > _MINUTES or not _WEIGHT.allows(weight):
        raise refuse(texts.WEEK_WEIGHTS)
    return True


def _written(span: str) -> str:
    """Return a span of hours as it is usually written."""
    return "-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in minutes_of_span(span))


def _disjoint(spans: Sequence[tuple[int, int]]) -> None:
    ordered = sorted(spans)
    if any(one[1] > other[0] for one, other in itertools.pairwise(ordered)):
        raise refuse(texts.NO_OVERLAP)


def _schema(names: Sequence[str], weight: Mapping[str, Any]) -> WithJsonSchema:
    name = f"({'|'.join(names)})"
    table = {"patternProperties": {f"^{name}(-{name})?$": weight}, "additionalProperties": False, "minProperties": 1}
    return WithJsonSchema({"type": "object", **table})


_NUMBER = {"type": "number", "minimum": 0, "maximum": MOST}
_SPANS = {"type": "object", "additionalProperties": _NUMBER, "minProperties": 1}

WeekWeights = Annotated[Mapping[str, Any], PlainValidator(_week), _schema(DAYS, {"anyOf": [_NUMBER, _SPANS]})]
MonthWeights = Annotated[
    Mapping[str, float], PlainValidator(_by_name(MONTHS, texts.MONTH_WEIGHTS)), _schema(MONTHS, _NUMBER)
]
YearWeights = Annotated[
    Mapping[str, float], PlainValidator(_by_name(WEEKS, texts.YEAR_WEIGHTS)), _schema(WEEKS, _NUMBER)
]


class Profile(Model):
    """How demand is spread over the hours of a week and over a year; on average it is what `per_week` says."""

    label: Label = ""
    """What people call it."""
    week: WeekWeights | None = None
    """Weights by day, or by day and hour; what is not named has weight 1."""
    months: MonthWeights | None = None
    """Weights by month (jan to dec); what is not named has weight 1."""
    weeks: YearWeights | None = None
    """Weights by week of the year instead (w1 to w53, as ISO counts them); what is not named has weight 1."""

    @model_validator(mode="after")
    def _something(self) -> "Profile":
        if self.week is None and self.months is None and self.weeks is None:
            raise refuse(texts.EMPTY_PROFILE)
        if self.months is not None and self.weeks is not None:
            raise refuse(texts.MONTHS_OR_WEEKS)
        return self

    @property
    def by_date(self) -> bool:
        """Whether it needs to know which date it is."""
        return self.months is not None or self.weeks is not None

    @property
    def rests(self) -> bool:
        """Whether no day of a year has any weight."""
        by_name = self.months or self.weeks or {}
        names = MONTHS if self.months is not None else WEEKS[:52]
        return self.by_date and not any(_each(by_name, names if self.months is not None else WEEKS)[: len(names)])

    def weights_of_week(self) -> tuple[Piece, ...]:
        """Return the weights of all hours of the week, piece by piece."""
        pieces: list[Piece] = []
        said = self.week or {}
        by_day = {day: weight for key, weight in said.items() for day in named(key, DAYS, texts.WEEK_WEIGHTS)}
        for day in range(7):
            pieces += ((day * DAY + start, day * DAY + stop, one) for start, stop, one in _of_day(by_day.get(day, 1.0)))
        return tuple(pieces)

    def weight_of(self, date: dt.date) -> float:
        """Return the weight of a day of the year, against the mean of a year."""
        if self.months is not None:
            return _against_mean(_each(self.months, MONTHS), LENGTHS, date.month - 1)
        if self.weeks is not None:
            return _against_mean(_each(self.weeks, WEEKS), ALL_WEEKS, date.isocalendar().week - 1)
        return 1.0


def _against_mean(weights: Sequence[float], lengths: Sequence[int], place: int) -> float:
    """Return a weight over the mean of all; exactly 1 where all are alike."""
    if len(set(weights)) == 1:
        return 1.0
    parts = zip(weights, lengths, strict=False)
    return weights[place] * sum(lengths) / math.fsum(weight * length for weight, length in parts)


def _each(weights: Mapping[str, float], names: Sequence[str]) -> list[float]:
    """Return the weight of every name, 1 where none is said."""
    found = [1.0] * len(names)
    for key, weight in weights.items():
        for place in named(key, names, texts.WEEK_WEIGHTS):
            found[place] = weight
    return found


def _of_day(said: Any) -> Iterator[Piece]:
    if not isinstance(said, Mapping):
        yield 0.0, DAY, said
        return
    last = 0.0
    for (start, stop), weight in sorted((minutes_of_span(span), weight) for span, weight in said.items()):
        if last < start / 60.0:
            yield last, start / 60.0, 1.0
        yield start / 60.0, stop / 60.0, weight
        last = stop / 60.0
    if last < DAY:
        yield last, DAY, 1.0


class Peak(Days):
    """Days on which demand is so many times what it would be; these cases come on top."""

    factor: Annotated[float, number(0.0, 100.0)]
    """Demand against what it would be otherwise; peaks that overlap multiply."""
