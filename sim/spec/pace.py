"""Pace: one common scale for all usual figures in hours, from a counter at which minutes count to a design office.

Typical values are those of an organization in which an answer within a working day is prompt. Where prompt is half an
hour, latencies, stand-offs, agreements and the work of coordinating are shorter by the same factor, and what happens so
often a day happens more often. The pace scales what is left at its usual value, never what somebody states.
"""

import re
from collections.abc import Iterable
from typing import Annotated, Any, TypeVar

from pydantic import PlainValidator, WithJsonSchema

from sim.spec.base import Model, number, refuse
from sim.spec.checked import unstated
from sim.spec.distributions import FAMILIES, Work
from sim.spec.levers.base import LeverSpec
from sim.words import words

texts = words("findings")

PROMPT = 8.0
"""Hours, a working day, within which an answer is prompt at a pace of 1."""

_BOUNDS = number(0.001, 40.0)
_HOURS = {"min": 1.0 / 60.0, "minute": 1.0 / 60.0, "h": 1.0, "hour": 1.0, "day": PROMPT}
_PATTERN = r"\s*(\d+(?:\.\d+)?)\s*(min|minute|h|hour|day)s?\s*"
_TIME = re.compile(_PATTERN, re.ASCII)

LONGER = ("hours", "weeks")
"""Units of which figures are multiplied by the pace,"""
RARER = ("per day", "dealings per day", "per week")
"""and those of which they are divided by it."""


def _pace(value: Any) -> float:
    """Return a pace that is written as a number, or as the time in which an answer is prompt."""
    time = _TIME.fullmatch(value) if isinstance(value, str) else None
    pace = float(time[1]) * _HOURS[time[2]] / PROMPT if time else value
    if not _BOUNDS.allows(pace):
        raise refuse(texts.PACE.format(bounds=_BOUNDS.phrase, hours=PROMPT))
    return float(pace)


Pace = Annotated[
    float,
    PlainValidator(_pace),
    WithJsonSchema({"anyOf": [_BOUNDS.json_schema, {"type": "string", "pattern": f"^{_PATTERN}$"}]}),
]
"""The time in which an answer is prompt over a working day of 8 hours; written as a number or as that time."""


def usual_figure(spec: LeverSpec, value: float, pace: float) -> float:
    """Return where a lever usually stands that stands at `value` at a pace of 1."""
    scaled = value * pace if spec.unit in LONGER else value / pace if spec.unit in RARER else value
    return min(spec.high, max(spec.low, scaled))


AnyModel = TypeVar("AnyModel", bound=Model)


def at_pace(model: AnyModel, names: Iterable[str], pace: float) -> AnyModel:
    """Return a model of which some fields, where nobody states them, stand at their defaults times the pace."""
    fields = type(model).model_fields
    usual = {name: _times(fields[name].default, pace) for name in names if name not in model.model_fields_set}
    moved = any(getattr(model, name) != value for name, value in usual.items())
    return unstated(model, usual) if moved else model


def _times(usual: Work | float, pace: float) -> Work | float:
    if not isinstance(usual, Work):
        return usual * pace
    scaled = (
        value if name == "cv" else value * pace
        for name, value in zip(FAMILIES[usual.family], usual.parameters, strict=True)
    )
    return Work(family=usual.family, parameters=tuple(scaled))
