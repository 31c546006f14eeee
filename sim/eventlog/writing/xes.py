"""A log as XES, as IEEE 1849-2016 has it, with the extensions for names, times, lifecycles and organizations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO
from xml.sax.saxutils import quoteattr

import numpy as np

from sim.eventlog.log import EventLog
from sim.eventlog.writing.parts import Attribute, Clock, Kind, Part, Value, attributes_of, parts, values_of

EXTENSIONS = {"concept": "Concept", "time": "Time", "lifecycle": "Lifecycle", "org": "Organizational"}
"""The standard's extensions, by prefix."""

TAGS: dict[Kind, str] = {"text": "string", "time": "date", "whole": "int", "number": "float", "yes or no": "boolean"}
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold."""

UNKNOWN = "UNKNOWN"
NEVER = "1970-01-01T00:00:00.000+00:00"
"""What global attributes have where an event has none, as the standard asks for."""


def write_xes(log: EventLog, file: IO[str]) -> None:
    """Write a log as XES."""
    clock = Clock(log, "offset")
    about = attributes_of(log)
    file.write("\n".join(_head(log, clock)) + "\n")
    names = log.cases["case"].astype(str).tolist()
    called = _Called(log)
    for part in parts(log):
        file.write("".join(_traces(part, names, about, called, clock)))
    file.write("</log>\n")


def _head(log: EventLog, clock: Clock) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">'
    for prefix, name in EXTENSIONS.items():
        yield f'<extension name="{name}" prefix="{prefix}" uri="http://www.xes-standard.org/{prefix}.xesext"/>'
    yield f'<global scope="trace">{_attribute("text", "concept:name", UNKNOWN)}</global>'
    every = (("text", "concept:name", UNKNOWN), ("date", "time:timestamp", NEVER))
    inside = "".join(_attribute("time" if kind == "date" else "text", key, value) for kind, key, value in every)
    yield f'<global scope="event">{inside}{_attribute("text", "lifecycle:transition", "complete")}</global>'
    yield '<classifier name="Activity" scope="event" keys="concept:name"/>'
    if "group" in log.known:
        yield '<classifier name="Group" scope="event" keys="org:group"/>'
    yield _attribute("text", "concept:name", log.name)
    yield _attribute("text", "lifecycle:model", "standard")
    yield _attribute("text", "zone", log.zone)
    (taken,) = clock.texts(np.array([log.until]))
    yield _attribute("time", "until", taken)


class _Called:
    """What every activity, group and resource is in XML; nothing where it is unknown."""

    def __init__(self, log: EventLog) -> None:
        keys = {"activity": "concept:name", "group": "org:group", "resource": "org:resource"}
        self._texts = {
            part: [*(_attribute("text", key, str(one)) for one in log.events[part].cat.categories), ""]
            for part, key in keys.items()
        }
        if "group" not in log.known:
            self._texts["group"] = [""] * len(self._texts["group"])

    def __call__(self, part: Part) -> list[str]:
        """Return what there is to say of each event beside its times."""
        columns = (("activity", part.activity), ("group", part.group), ("resource", part.resource))
        several = [[self._texts[name][code] for code in codes.tolist()] for name, codes in columns]
        return ["".join(ones) for ones in zip(*several, strict=True)]


def _traces(part: Part, names: list[str], about: list[Attribute], called: _Called, clock: Clock) -> Iterator[str]:
    """Yield the cases of a part, whose events begin and end in the order of time."""
    told = [(one, values_of(one, part, clock)) for one in about]
    events = called(part)
    row, hour, begins = _moments(part)
    moments = clock.texts(hour)
    case = part.case[row]
    first = np.searchsorted(case, np.arange(part.first, part.last + 1)).tolist()
    rows = row.tolist()
    lines = [
        f'<event>{events[n]}<date key="time:timestamp" value="{moment}"/>'
        f'<string key="lifecycle:transition" value="{"start" if start else "complete"}"/>'
        f'<string key="concept:instance" value="{part.event + n}"/></event>\n'
        for n, moment, start in zip(rows, moments, begins.tolist(), strict=True)
    ]
    for place in range(part.last - part.first):
        yield f"<trace>{_attribute('text', 'concept:name', names[part.first + place])}"
        yield from (_attribute(one.kind, one.name, values[place]) for one, values in told)
        yield "\n"
        yield from lines[first[place] : first[place + 1]]
        yield "</trace>\n"


def _moments(part: Part) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return events twice where their begin is known: their row, the hour, and whether it is the begin, in order.

    What ends comes before what begins at the same moment, unless it is the same piece of work.
    """
    known = np.flatnonzero(~np.isnan(part.start))
    row = np.concatenate([known, np.arange(len(part.end))])
    hour = np.concatenate([part.start[known], part.end])
    begins = np.arange(len(row)) < len(known)
    at_once = np.concatenate([part.start[known] >= part.end[known], part.start >= part.end])
    rank = np.where(begins, np.where(at_once, 2, 1), np.where(at_once, 3, 0))
    order = np.lexsort((row, rank, hour, part.case[row]))
    return row[order], hour[order], begins[order]


def _attribute(kind: Kind, key: str, value: Value) -> str:
    """Return an attribute as XML; nothing where it is unknown."""
    if value is None:
        return ""
    said = str(value).lower() if kind == "yes or no" else str(value)
    return f"<{TAGS[kind]} key={_quoted(key)} value={_quoted(said)}/>"


def _quoted(text: str) -> str:
    r"""Return a text as the value of an attribute; what no XML can hold is written out, as in ``\x1b``."""
    return quoteattr(_NO_XML.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text))
