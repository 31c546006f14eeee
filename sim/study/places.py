"""What people call a place of a scenario: whose it is and what stands there, beside how files write it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel

from sim.interventions import Custom
from sim.scenario import Scenario
from sim.scenario.changes import path_of
from sim.scenario.uncertain import SCALED, SHIFTED
from sim.spec.base import text_of
from sim.spec.findings import Finding
from sim.spec.levers import LEVERS
from sim.spec.meanings import meaning_of
from sim.spec.organization import Department, Kpi, Pair
from sim.spec.shocks import Shock
from sim.spec.sites import called_at
from sim.words import LANGUAGES, Text, phrases, words

texts = words("differing")
assumed = words("uncertain")
pictures = words("pictures")

Place = tuple[str | int, ...]
"""A place in parts."""

_LEVERS = "levers"

SHOCKS = get_args(Shock)
"""Every class of shocks."""


def written(path: Place) -> str:
    """Return a place as files and options write it."""
    return Finding(Text("", ""), path).field


def place_called(scenarios: Sequence[Scenario], path: Place) -> Text:
    """Return what people call a place.

    Parameters
    ----------
    scenarios
        Those in which it may be, the one that is told of first.
    path
        The place in parts.
    """
    known = assumed.PLACES.get(written(path)) if written(path) in (*SHIFTED, *SCALED) else None
    if known is not None:
        told: Text = known
        return told
    if path[0] == "ranges" and len(path) > 1:
        place: Text = texts.RANGE_OF.format(what=place_called(scenarios, path_of(written(path[1:]))))
        return place
    found = max((tuple(_parts(one, path)) for one in scenarios), key=len)
    if not found:
        return Text(written(path), written(path))
    *owners, what = found
    if not owners:
        return what
    said: Text = texts.OF.format(what=what, whose=phrases(owners))
    return said


def _parts(scenario: Scenario, path: Place) -> Iterator[Text]:
    """Yield whose it is, from the outside inwards, and last what it is."""
    holder: Any = scenario
    if _field(scenario, str(path[0])) is None:
        return
    model, last = type(scenario).__name__, len(path) - 1
    for place, part in enumerate(path):
        if isinstance(holder, BaseModel):
            model = type(holder).__name__
            inner = _field(holder, str(part))
            if place == last and (meaning := meaning_of(model, str(part))) is not None:
                yield _shortly(meaning)
            holder = inner
        else:
            inner = _inside(holder, part)
            if part in LEVERS and path[place - 1] == _LEVERS:
                yield LEVERS[str(part)].label
            else:
                yield _pair(scenario, inner) if isinstance(inner, Pair) else _named(inner, str(part))
            holder = inner


def _shortly(meaning: Text) -> Text:
    """Return what a field is for, without what is said behind a semicolon."""
    return Text(*(re.split("[;；]", meaning.get(lang))[0].strip() for lang in LANGUAGES))


def _field(model: BaseModel, name: str) -> Any:
    """Return a field by what files call it."""
    for field, spec in type(model).model_fields.items():
        if name in (field, spec.serialization_alias):
            return getattr(model, field)
    return None


def _inside(holder: Any, part: str | int) -> Any:
    if isinstance(holder, Mapping):
        return holder.get(part)
    if isinstance(holder, list | tuple) and isinstance(part, int) and part < len(holder):
        return holder[part]
    return None


def _pair(scenario: Scenario, pair: Pair) -> Text:
    """Return whose attitude it is, and to whom."""
    whose, whom = (called_at(scenario.departments[one], one) for one in (pair.from_, pair.to))
    told: Text = texts.PAIR.format(whose=whose, whom=whom)
    return told


def _named(one: Any, name: str) -> Text:
    """Return what somebody or something with a name of its own is called."""
    if isinstance(one, Department):
        return called_at(one, name)
    if isinstance(one, Custom):
        return text_of(one.name)
    if isinstance(one, Kpi):
        return texts.KPIS[one.measures]
    if isinstance(one, SHOCKS):
        return pictures.SHOCKS[one.kind]
    return text_of(getattr(one, "label", ""), name)
