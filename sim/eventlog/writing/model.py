"""A log as OCEL 2.0 sees it: events of types, objects of types, and what the ones have to do with the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.eventlog.log import EventLog
from sim.eventlog.writing.parts import Attribute, Kind, attributes_of

CASE, DEPARTMENT, RESOURCE = "case", "department", "resource"
"""The types of objects; the last two are there where the log knows them."""

QUALIFIERS = {CASE: "case", DEPARTMENT: "done by", RESOURCE: "performed by"}
"""What an object has to do with an event."""

NAME, START = "name", "start"
LAST = "state"
"""What is only known of a case as it is when the log is taken: what became of it."""


@dataclass(frozen=True, slots=True)
class Owners:
    """Departments, or resources: the type of objects, the column of events, and what each is called.

    Attributes
    ----------
    kind
        The type.
    column
        The column of events.
    names
        What they are called, in the order of the codes.
    """

    kind: str
    column: str
    names: list[str]

    def ids(self) -> list[str]:
        """Return what each is known by, apart from all other objects."""
        return [f"{self.kind}:{name}" for name in self.names]


@dataclass(frozen=True, slots=True)
class Model:
    """What types there are, and what is said of them.

    Attributes
    ----------
    activities
        The types of events.
    owners
        Departments and resources, as far as they are known.
    about
        What is said of cases.
    starts
        Whether it is known when events began.
    """

    activities: list[str]
    owners: list[Owners]
    about: list[Attribute]
    starts: bool

    def of_events(self) -> dict[str, Kind]:
        """Return what is said of events, beside when they ended."""
        return {START: "time"} if self.starts else {}

    def of_objects(self) -> dict[str, dict[str, Kind]]:
        """Return what is said of objects, by type."""
        cases: dict[str, Kind] = {NAME: "text", **{one.name: one.kind for one in self.about}}
        return {CASE: cases, **{one.kind: {NAME: "text"} for one in self.owners}}


def model_of(log: EventLog) -> Model:
    """Return a log's model."""
    columns = (("group", DEPARTMENT), ("resource", RESOURCE))
    owners = [Owners(kind, name, _names(log, name)) for name, kind in columns if name in log.known]
    about = [one for one in attributes_of(log) if one.name != NAME]
    return Model(_names(log, "activity"), owners, about, "start" in log.known)


def case_ids(log: EventLog) -> list[str]:
    """Return what cases are known by, apart from all other objects."""
    return [f"{CASE}:{name}" for name in log.cases["case"].astype(str)]


def event_id(number: int) -> str:
    """Return what an event is known by."""
    return f"event:{number}"


def _names(log: EventLog, column: str) -> list[str]:
    names: Any = log.events[column].cat.categories
    return [str(one) for one in names]
