"""XES, event by event: no declarations, bounded depth and lengths, memory only for what events say."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

import numpy as np
import pandas as pd

from sim.eventlog.reading.limits import MAX_COLUMNS, MAX_EVENTS
from sim.eventlog.reading.source import Held as Rows
from sim.eventlog.reading.streams import Held
from sim.spec.findings import Finding, ScenarioError
from sim.words import Text, words
from sim.workbook.refused import refused
from sim.workbook.xmlparts import MAX_DEPTH, without_declarations

texts = words("logread")

_TYPED = frozenset(("string", "date", "int", "float", "boolean", "id"))
_LONGEST = 1_000_000
"""Letters of an attribute."""
_SILENT = 20_000_000
"""Bytes without an element."""
_OF_LOG = 2
"""How deep attributes of the log as a whole stand."""
_NAME = "concept:name"
_CASE = "case:"


class _Reader:
    """Takes elements as they come."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.parser = without_declarations(file, texts.ENTITIES)
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.depth = self.trace_depth = self.event_depth = 0
        self.about: dict[str, str] = {}
        self.trace: dict[str, str] = {}
        self.event: dict[str, str] = {}
        self.begins = 0
        self.events: dict[str, list[str]] = {}
        self.traces: dict[str, list[str]] = {}
        self.of: list[int] = []
        self.lines: list[int] = []
        self.known: dict[str, str] = {}
        self.many = 0
        self.elements = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH:
            raise self.wrong(texts.DEEP)
        name = name.rpartition(" ")[2]
        if name in _TYPED and not self.trace_depth and self.depth == _OF_LOG:
            if attributes.get("key") in ("zone", "until"):
                self.about[attributes["key"]] = attributes.get("value", "")[:100]
        elif name in _TYPED:
            held = self.event if self.event_depth else self.trace
            if self.depth == (self.event_depth or self.trace_depth) + 1 and self.trace_depth:
                key, value = attributes.get("key", ""), attributes.get("value", "")
                if len(value) > _LONGEST or len(key) > _LONGEST:
                    raise self.wrong(texts.LONG_TEXT.format(most=_LONGEST))
                held[key] = self.known.setdefault(value, value) if len(value) < 64 else value
        elif name == "event" and self.trace_depth and not self.event_depth:
            self.event_depth, self.event, self.begins = self.depth, {}, self.parser.CurrentLineNumber
        elif name == "trace" and not self.trace_depth:
            self.trace_depth, self.trace = self.depth, {}

    def end(self, _: str) -> None:
        """Take the end of an element."""
        if self.depth == self.event_depth:
            self.event_depth = 0
            _append(self.events, len(self.of), self.event)
            self.of.append(self.many)
            self.lines.append(self.begins)
            self.bounded(self.events, len(self.of))
            if len(self.known) > MAX_EVENTS // 10:
                self.known.clear()
        elif self.depth == self.trace_depth:
            self.trace_depth = 0
            _append(self.traces, self.many, self.trace)
            self.many += 1
            self.bounded(self.traces, self.many)
        self.depth -= 1

    def bounded(self, columns: dict[str, list[str]], rows: int) -> None:
        """Refuse what is more than any log."""
        if len(columns) > MAX_COLUMNS:
            raise refused(self.file, texts.MANY_COLUMNS.format(most=MAX_COLUMNS))
        if rows > MAX_EVENTS:
            raise refused(self.file, texts.MANY_EVENTS.format(most=MAX_EVENTS))

    def wrong(self, text: Text) -> ScenarioError:
        """Return the error about the line that is being read."""
        return ScenarioError([Finding(text, file=self.file, line=self.parser.CurrentLineNumber)])


def _append(columns: dict[str, list[str]], row: int, held: dict[str, str]) -> None:
    for key, value in held.items():
        column = columns.get(key)
        if column is None:
            column = columns[key] = []
        if len(column) < row:
            column.extend([""] * (row - len(column)))
        column.append(value)


def xes(held: Held) -> Rows:
    """Return the events of a log in XES, with the attributes of their traces as columns that begin with ``case:``."""
    reader = _Reader(held.name)
    before, silent = 0, 0
    try:
        for part in held.parts():
            reader.parser.Parse(part, False)
            silent = silent + len(part) if reader.elements == before else 0
            before = reader.elements
            if silent > _SILENT:
                raise refused(held.name, texts.NO_XES)
        reader.parser.Parse(b"", True)
    except ScenarioError:
        raise
    except (expat.ExpatError, LookupError, ValueError):
        raise reader.wrong(texts.NO_XES) from None
    if not reader.many:
        raise refused(held.name, texts.NO_TRACES)
    notes: list[Text] = []
    frame = pd.DataFrame(_columns(reader, notes))
    lines = np.asarray(reader.lines)
    return Rows(held.name, frame, lambda row, _: int(lines[row]), notes, reader.about)


def _columns(reader: _Reader, notes: list[Text]) -> dict[str, Any]:
    rows, of = len(reader.of), np.asarray(reader.of, dtype=np.int64)
    found: dict[str, Any] = {_CASE + _NAME: pd.Categorical.from_codes(of, categories=pd.Index(_names(reader, notes)))}
    for key, values in reader.events.items():
        values.extend([""] * (rows - len(values)))
        found[key] = pd.Series(values, dtype="category")
        values.clear()
    for key, values in reader.traces.items():
        if key != _NAME:
            values.extend([""] * (reader.many - len(values)))
            codes, distinct = pd.factorize(np.asarray(values, dtype=object))
            found[_CASE + key] = pd.Categorical.from_codes(codes[of], categories=pd.Index(distinct, dtype=object))
    return found


def _names(reader: _Reader, notes: list[Text]) -> list[str]:
    """Return what traces are called, each otherwise."""
    said = reader.traces.get(_NAME, [])
    said = said + [""] * (reader.many - len(said))
    without, again = sum(not one for one in said), 0
    seen: dict[str, int] = {}
    names = []
    for place, one in enumerate(said):
        name = one or str(place + 1)
        times = seen[name] = seen.get(name, 0) + 1
        while times > 1 and f"{name} ({times})" in seen:
            times += 1
        again += times > 1
        names.append(name if times == 1 else f"{name} ({times})")
        seen.setdefault(names[-1], 1)
    if without:
        notes.append(texts.XES_CASES.format(count=without))
    if again:
        notes.append(texts.XES_SAME.format(count=again))
    return names
