"""A log as OCEL 2.0 in a database of SQLite: a table for every type of events and objects, and what relates them."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from sim.eventlog.log import EventLog
from sim.eventlog.writing.model import CASE, LAST, QUALIFIERS, Model, case_ids, event_id, model_of
from sim.eventlog.writing.parts import Clock, Kind, parts, values_of

KINDS: dict[Kind, str] = {
    "text": "TEXT", "time": "TIMESTAMP", "whole": "INTEGER", "number": "REAL", "yes or no": "BOOLEAN",
}  # fmt: skip
"""Kinds of values as the format calls them."""

ALWAYS = "1970-01-01T00:00:00.000Z"

FIXED = """
CREATE TABLE "event_map_type" ("ocel_type" TEXT PRIMARY KEY, "ocel_type_map" TEXT NOT NULL UNIQUE);
CREATE TABLE "object_map_type" ("ocel_type" TEXT PRIMARY KEY, "ocel_type_map" TEXT NOT NULL UNIQUE);
CREATE TABLE "event" ("ocel_id" TEXT PRIMARY KEY, "ocel_type" TEXT NOT NULL REFERENCES "event_map_type");
CREATE TABLE "object" ("ocel_id" TEXT PRIMARY KEY, "ocel_type" TEXT NOT NULL REFERENCES "object_map_type");
CREATE TABLE "event_object" (
  "ocel_event_id" TEXT REFERENCES "event", "ocel_object_id" TEXT REFERENCES "object", "ocel_qualifier" TEXT,
  PRIMARY KEY ("ocel_event_id", "ocel_object_id", "ocel_qualifier"));
CREATE TABLE "object_object" (
  "ocel_source_id" TEXT REFERENCES "object", "ocel_target_id" TEXT REFERENCES "object", "ocel_qualifier" TEXT,
  PRIMARY KEY ("ocel_source_id", "ocel_target_id", "ocel_qualifier"));
"""
"""The tables that every log has."""

TAKEN = ("map_type", "object", "event")
"""What no table of a type can be called, since others are."""


def write_sqlite(log: EventLog, path: Path) -> None:
    """Write a log into a new database.

    Raises
    ------
    OSError
        Where it cannot be written.
    """
    try:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = OFF")  # what fails is thrown away
            database.execute("PRAGMA synchronous = OFF")
            database.execute("BEGIN")
            _fill(database, log)
            database.execute("COMMIT")
    except sqlite3.Error as error:
        raise OSError(None, str(error), str(path)) from None


def _fill(database: sqlite3.Connection, log: EventLog) -> None:
    model, clock = model_of(log), Clock(log, "utc")
    for statement in FIXED.strip().split(";\n"):
        database.execute(statement)
    events = _tables(database, "event", dict.fromkeys(model.activities, model.of_events()))
    objects = _tables(database, "object", model.of_objects())
    for owner in model.owners:
        _insert(database, "object", ([one, owner.kind] for one in owner.ids()))
        rows = zip(owner.ids(), owner.names, strict=True)
        _insert(database, objects[owner.kind], ([one, ALWAYS, None, name] for one, name in rows))
    ids = case_ids(log)
    (taken,) = clock.texts(np.array([log.until]))
    names = log.cases["case"].astype(str).tolist()
    for part in parts(log):
        told = {one.name: values_of(one, part, clock) for one in model.about}
        rows_of_cases = range(part.first, part.last)
        _insert(database, "object", ([ids[row], CASE] for row in rows_of_cases))
        first = [[ids[row], ALWAYS, None, names[row]] for row in rows_of_cases]
        _insert(database, objects[CASE], _told(first, told, taken))
        _add_events(database, part, model, ids, events, clock)


def _told(first: list[list[Any]], told: dict[str, list[Any]], taken: str | None) -> Iterator[list[Any]]:
    """Yield what is said of cases from the start, and after that what is only known in the end."""
    early = [name for name in told if name != LAST]
    for place, row in enumerate(first):
        yield [*row, *(None if name == LAST else told[name][place] for name in told)]
    if len(early) < len(told):
        for place, row in enumerate(first):
            if told[LAST][place] is not None:
                yield [row[0], taken, LAST, None, *(told[name][place] if name == LAST else None for name in told)]


def _add_events(
    database: sqlite3.Connection, part: Any, model: Model, ids: list[str], tables: dict[str, str], clock: Clock
) -> None:
    """Add events, and the objects of each."""
    numbers = [event_id(number) for number in range(part.event, part.event + len(part.case))]
    kinds = part.activity.tolist()
    _insert(database, "event", zip(numbers, (model.activities[kind] for kind in kinds), strict=True))
    columns: list[Any] = [numbers, clock.texts(part.end), *([clock.texts(part.start)] if model.starts else [])]
    for kind in np.unique(part.activity).tolist():
        these = np.flatnonzero(part.activity == kind).tolist()
        _insert(database, tables[model.activities[kind]], ([one[n] for one in columns] for n in these))
    cases = (ids[row] for row in part.case.tolist())
    _insert(database, "event_object", ([one, case, QUALIFIERS[CASE]] for one, case in zip(numbers, cases, strict=True)))
    for owner in model.owners:
        codes = (part.group if owner.column == "group" else part.resource).tolist()
        known, named = QUALIFIERS[owner.kind], owner.ids()
        pairs = ([one, named[code], known] for one, code in zip(numbers, codes, strict=True) if code >= 0)
        _insert(database, "event_object", pairs)


def _tables(database: sqlite3.Connection, what: str, types: dict[str, dict[str, Kind]]) -> dict[str, str]:
    """Make a table for every type, and return what it is called, by type."""
    found = dict(zip(types, _short(types), strict=True))
    _insert(database, f"{what}_map_type", ([name, short] for name, short in found.items()))
    changed = ', "ocel_changed_field" TEXT' if what == "object" else ""
    for name, short in found.items():
        key = '"ocel_id" TEXT PRIMARY KEY' if what == "event" else '"ocel_id" TEXT'
        said = "".join(f", {_name(one)} {KINDS[kind]}" for one, kind in types[name].items())
        reference = f', FOREIGN KEY ("ocel_id") REFERENCES "{what}"'
        database.execute(
            f'CREATE TABLE {_name(f"{what}_{short}")} ({key}, "ocel_time" TIMESTAMP{changed}{said}{reference})'
        )
    return {name: f"{what}_{short}" for name, short in found.items()}


def _short(types: Iterable[str]) -> list[str]:
    """Return names for tables: letters and digits of the types, no two alike to a database."""
    taken = {one.casefold() for one in TAKEN}
    found = []
    for name in types:
        plain = "".join(one for one in name if one.isalnum()) or "Type"
        short, number = plain, 1
        while short.casefold() in taken:
            number += 1
            short = f"{plain}{number}"
        taken.add(short.casefold())
        found.append(short)
    return found


def _name(name: str) -> str:
    return '"' + name.replace('"', '""').replace("\x00", "") + '"'


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[Any]) -> None:
    width = len(database.execute(f"SELECT * FROM {_name(table)} LIMIT 0").description)
    database.executemany(f"INSERT INTO {_name(table)} VALUES ({', '.join('?' * width)})", rows)
