"""What the sheets of a workbook cannot say: of one scenario, and of any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from sim.scenario.scenario import Scenario
from sim.spec.base import Model
from sim.spec.calendars import Calendar
from sim.spec.distributions import Work
from sim.spec.findings import Path
from sim.spec.meanings import meaning_of
from sim.words import Text
from sim.workbook.columns import Sheet
from sim.workbook.filled import filled
from sim.workbook.layout import sheets

ANY = "*"
"""Stands for any name or number in a place."""

_TABLES = ("departments", "pools", "processes", "steps", "calendars", "profiles", "releases", "measures", "ranges")
_OWN_FORMS: Mapping[str, tuple[Path, ...]] = {
    "dates": (("processes", ANY, "demand", "at"),),
    "profiles": tuple(("profiles", ANY, kind) for kind in ("week", "months", "weeks")),
    "levers": (("levers",), ("departments", ANY, "levers")),
    "ranges": (("ranges",),),
    "figures": (("expected", "measures", ANY, "band"),),
}
"""Where the values of sheets with a form of their own stand."""

_ATOMS = (Work, Calendar)
"""Models that are one value."""


def unsaid(scenario: Scenario) -> dict[str, int]:
    """Return what the sheets cannot say of a scenario: places, with ``*`` for names, and how often there is one."""
    return counted(filled(scenario, "en").unsaid)


def counted(paths: Iterable[Path]) -> dict[str, int]:
    """Return places with ``*`` for names, and how often there is one."""
    found: dict[str, int] = {}
    for path in paths:
        place = ".".join(map(str, _pattern(path)))
        found[place] = found.get(place, 0) + 1
    return found


def _pattern(path: Path) -> Path:
    """Return a place with what people name left open."""
    made: list[str | int] = []
    for place, part in enumerate(path):
        before = path[place - 1] if place else ""
        made.append(ANY if isinstance(part, int) or before in _TABLES else part)
    return tuple(made)


def meaning_at(place: str) -> Text:
    """Return what the field at a place is for, or the part around it that no sheet has."""
    parts = place.split(".")
    known = dict(unsayable())
    tops = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((known[one] for one in tops if one in known), Text(place, place))


def unsayable() -> tuple[tuple[str, Text], ...]:
    """Return all fields of a scenario file that no sheet has, by place, with what they are for."""
    said = {pattern for sheet in sheets() for pattern in _patterns(sheet)}
    return tuple((".".join(map(str, path)), meaning) for path, meaning in _missing(Scenario, (), said))


def _patterns(sheet: Sheet) -> Iterator[Path]:
    base = tuple(ANY if str(part).startswith("{") else part for part in sheet.base)
    row: Path = () if sheet.form == "settings" else (*base, ANY)
    for column in sheet.columns:
        if column.kind in ("kpi", "kpi_target"):
            yield (*row, *column.place, ANY, column.field)
        elif column.kind == "raci":
            yield from ((*row, role) for role in ("R", "A", "C", "I"))
        elif column.place:
            yield (*row, *column.place)
        elif sheet.names == "calendar":
            yield row
    yield from _OWN_FORMS.get(sheet.form, ())


def _missing(model: type[BaseModel], path: Path, said: Iterable[Path]) -> Iterator[tuple[Path, Text]]:
    for name, info in model.model_fields.items():
        field = str(info.validation_alias or name)
        here = (*path, field)
        if here == ("format",) or here in said or (*here, ANY) in said:
            continue
        meaning = meaning_of(model.__name__, field)
        inner = next((one for one in _models(info.annotation)), None)
        within = [one for one in said if one[: len(here)] == here]
        if not within or inner is None:
            yield here, meaning or Text("", "")
        else:
            yield from _missing(inner, (*here, ANY) if _many(info.annotation) else here, said)


def _models(annotation: Any) -> Iterator[type[Model]]:
    for one in get_args(annotation) or (annotation,):
        if isinstance(one, type) and issubclass(one, Model):
            if one not in _ATOMS:
                yield one
        elif get_args(one):
            yield from _models(one)


def _many(annotation: Any) -> bool:
    """Tell whether a field holds several by name or number."""
    kinds = [get_origin(annotation), *(get_origin(one) for one in get_args(annotation))]
    return any(isinstance(one, type) and issubclass(one, Mapping | tuple) for one in kinds)
