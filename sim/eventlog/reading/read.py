"""The one door for event logs in files: what kind of file it is, which column is what, and the log made of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sim.eventlog.log import EventLog
from sim.eventlog.reading import jira
from sim.eventlog.reading.asked import Asked, check_zone, is_zone
from sim.eventlog.reading.built import built
from sim.eventlog.reading.cases import PARTS as OF_CASES
from sim.eventlog.reading.cases import with_cases
from sim.eventlog.reading.columns import columns_of, said
from sim.eventlog.reading.delimited import Delimited
from sim.eventlog.reading.grouping import groups_of
from sim.eventlog.reading.joining import joined
from sim.eventlog.reading.sheets import sheet_rows
from sim.eventlog.reading.source import Source
from sim.eventlog.reading.streams import Held, held
from sim.eventlog.reading.xes import xes
from sim.words import words
from sim.workbook.refused import refused

texts = words("logread")

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ENDINGS = (
    ".gz", ".csv", ".tsv", ".txt", ".xes", ".json", ".xlsx", ".xlsm", ".ods", ".events", ".event", ".eventlog", ".log",
)  # fmt: skip
"""Of names of files, from behind."""
_PACKED = (b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"PAR1", b"%PDF", b"\x89PNG", b"\x28\xb5\x2f\xfd")


def read_log(
    path: str | os.PathLike[str],
    *,
    case: str | None = None,
    activity: str | None = None,
    end: str | None = None,
    start: str | None = None,
    group: str | None = None,
    resource: str | None = None,
    due: str | None = None,
    priority: str | None = None,
    groups: str | os.PathLike[str] | Mapping[str, str] | None = None,
    cases: str | os.PathLike[str] | None = None,
    zone: str | None = None,
    day_first: bool | None = None,
    sheet: str | None = None,
) -> EventLog:
    """Return the event log in a file.

    Parameters
    ----------
    path : path
        A table in text (CSV with commas, semicolons, tabs or pipes), XES, what Jira exports as JSON (with its
        changelog) or CSV, or a workbook (.xlsx, .xlsm, .ods); text and XES may be packed with gzip.
    case, activity, end, start, group, resource, due, priority : str, optional
        Columns by name; times may be in two, as in ``date+time``. Those that are not named are guessed by what they are
        called and what they hold; `notes` of the log say which was taken for what.
    groups : path or mapping, optional
        The group of each resource: a CSV file of two columns, a YAML file, or a mapping.
    cases : path, optional
        A second table with one row a case, where due dates and priorities are not in the log itself; then `due` and
        `priority` name columns of that.
    zone : str, optional
        The time zone on whose clock people work. Times that say their zone are brought to it; without it every clock is
        taken as written.
    day_first : bool, optional
        Whether 3/7/2026 is in July, where the dates of the log leave it open.
    sheet : str, optional
        The sheet of a workbook.

    Returns
    -------
    EventLog
        With what was guessed, changed or left out as its `notes`.

    Raises
    ------
    ScenarioError, TextError
        Where the file cannot be read, in a sentence with line or cell, in every language.

    Examples
    --------
    >>> scenario = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> written = sim.write_log(sim.simulated(sim.run(scenario, events=True)), "tickets.csv")
    >>> log = sim.read_log("tickets.csv", zone="Europe/Amsterdam")
    >>> sorted(log.known), len(log.notes) > 0
    (['due', 'group', 'priority', 'start'], True)
    """
    if zone is not None:
        check_zone(zone)
    parts = {
        "case": case, "activity": activity, "end": end, "start": start, "group": group, "resource": resource,
        "due": due, "priority": priority,
    }  # fmt: skip
    mapping = groups if groups is None or isinstance(groups, Mapping) else groups_of(Path(groups))
    asked = Asked({part: name for part, name in parts.items() if name is not None}, mapping, zone, day_first, sheet)
    second = asked
    if cases is not None:
        asked = replace(asked, columns={part: name for part, name in asked.columns.items() if part not in OF_CASES})
    file = held(Path(path))
    source = source_of(file, asked)
    if zone is None and is_zone(source.about.get("zone", "")):
        asked = replace(asked, zone=source.about["zone"])
    source, asked = joined(source, asked)
    columns = columns_of(source, asked.columns)
    source.notes.insert(0, said(source, columns, asked.columns))
    log = built(source, columns, asked, _called(file.name))
    if cases is None:
        return log
    theirs = {part: name for part, name in second.columns.items() if part in OF_CASES}
    second = replace(second, columns=theirs, zone=asked.zone)
    return with_cases(log, *joined(source_of(held(Path(cases)), replace(second, sheet=None)), second))


def source_of(file: Held, asked: Asked) -> Source:
    """Return the rows of a file, by what it begins with."""
    head = file.head
    for mark in _MARKS:
        head = head.removeprefix(mark)
    if head.startswith(_PACKED):
        raise refused(file.name, texts.OTHER_KIND)
    if head.startswith((_ZIP, _OLE)) and not file.packed:
        return sheet_rows(file, asked.sheet)
    if asked.sheet is not None:
        raise refused(file.name, texts.NO_SHEETS)
    head = head.replace(b"\0", b"").lstrip()
    if head.startswith(b"<"):
        return xes(file)
    if head.startswith((b"{", b"[")):
        return jira.changelog(file)
    table = Delimited(file)
    named = asked.columns.keys() & {"case", "activity", "end", "start"}
    return jira.of_table(table) if not named and jira.is_table(table) else table


def _called(name: str) -> str:
    """Return what a log is called: its file without endings, nor that it holds events."""
    stem = name
    for ending in _ENDINGS:
        stem = stem[: -len(ending)] if stem.lower().endswith(ending) and len(stem) > len(ending) else stem
    return stem
