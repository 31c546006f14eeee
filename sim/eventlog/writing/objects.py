"""A log as OCEL 2.0 in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

import numpy as np

from sim.eventlog.log import EventLog
from sim.eventlog.writing.model import CASE, LAST, NAME, QUALIFIERS, START, Model, case_ids, event_id, model_of
from sim.eventlog.writing.parts import Clock, Kind, parts, values_of

KINDS: dict[Kind, str] = {
    "text": "string", "time": "time", "whole": "integer", "number": "float", "yes or no": "boolean",
}  # fmt: skip
"""Kinds of values as the format calls them."""

ALWAYS = "1970-01-01T00:00:00.000Z"
"""Since when an object is what it is where nothing says so."""


def write_objects(log: EventLog, file: IO[str]) -> None:
    """Write a log as OCEL 2.0 in JSON, object by object and event by event."""
    model, clock = model_of(log), Clock(log, "utc")
    types = (
        ("objectTypes", [_type(name, said) for name, said in model.of_objects().items()]),
        ("eventTypes", [_type(name, model.of_events()) for name in model.activities]),
    )
    file.write("{")
    for name, ones in types:
        _write(file, name, map(_json, ones))
        file.write(",")
    _write(file, "objects", _objects(log, model, clock))
    file.write(",")
    _write(file, "events", _events(log, model, clock))
    file.write("}\n")


def _write(file: IO[str], name: str, ones: Iterable[str]) -> None:
    """Write a list, an item a line."""
    file.write(f"\n{_json(name)}: [")
    for number, one in enumerate(ones):
        file.write(f"{',' if number else ''}\n{one}")
    file.write("]")


def _type(name: str, said: dict[str, Kind]) -> dict[str, Any]:
    return {"name": name, "attributes": [{"name": one, "type": KINDS[kind]} for one, kind in said.items()]}


def _objects(log: EventLog, model: Model, clock: Clock) -> Iterator[str]:
    for owner in model.owners:
        for known_by, name in zip(owner.ids(), owner.names, strict=True):
            yield _object(known_by, owner.kind, [_said(NAME, name, ALWAYS)])
    (taken,) = clock.texts(np.array([log.until]))
    ids, names = case_ids(log), log.cases["case"].astype(str).tolist()
    for part in parts(log):
        told = [(one, values_of(one, part, clock)) for one in model.about]
        for place, row in enumerate(range(part.first, part.last)):
            said = [
                _said(one.name, values[place], taken if one.name == LAST else ALWAYS)
                for one, values in told
                if values[place] is not None
            ]
            yield _object(ids[row], CASE, [_said(NAME, names[row], ALWAYS), *said])


def _object(known_by: str, kind: str, attributes: list[dict[str, Any]]) -> str:
    return _json({"id": known_by, "type": kind, "attributes": attributes, "relationships": []})


def _said(name: str, value: Any, since: str | None) -> dict[str, Any]:
    return {"name": name, "value": value, "time": since}


def _events(log: EventLog, model: Model, clock: Clock) -> Iterator[str]:
    """Yield events, put together of pieces that are texts already: there are many of them."""
    types = [_json(name) for name in model.activities]
    cases = [_related(one, CASE) for one in case_ids(log)]
    owners = [(one.column, [*(f", {_related(each, one.kind)}" for each in one.ids()), ""]) for one in model.owners]
    for part in parts(log):
        codes = {"group": part.group, "resource": part.resource}
        related = [[texts[code] for code in codes[column].tolist()] for column, texts in owners]
        others = ["".join(ones) for ones in zip(*related, strict=True)] if related else [""] * len(part.case)
        begun = clock.texts(part.start) if model.starts else [None] * len(part.case)
        rows = zip(part.activity.tolist(), part.case.tolist(), others, begun, clock.texts(part.end), strict=True)
        for number, (kind, case, more, start, end) in enumerate(rows, part.event):
            said = f'{{"name": "{START}", "value": "{start}"}}' if start is not None else ""
            yield (
                f'{{"id": "{event_id(number)}", "type": {types[kind]}, "time": "{end}", '
                f'"attributes": [{said}], "relationships": [{cases[case]}{more}]}}'
            )


def _related(known_by: str, kind: str) -> str:
    return _json({"objectId": known_by, "qualifier": QUALIFIERS[kind]})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
