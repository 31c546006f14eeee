"""What Jira exports: issues with their changelog as JSON, and tables of one row an issue."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.eventlog.reading.known import NAMES
from sim.eventlog.reading.limits import MAX_JSON
from sim.eventlog.reading.source import Held as Rows
from sim.eventlog.reading.source import Source, filled
from sim.eventlog.reading.streams import Held
from sim.eventlog.reading.times import read_times
from sim.eventlog.states import folded
from sim.words import Text, words
from sim.workbook.delimited import decoded
from sim.workbook.refused import refused

texts = words("logread")

_COLUMNS = ("Issue key", "Status", "Assignee", "Team", "Start", "End", "Due date", "Priority", "State")
_FOLLOWED = ("Status", "Assignee", "Team")
_DONE = "done"
_CREATED = "Created"


@dataclass
class _Counted:
    bad: int = 0
    cut: int = 0
    without: int = 0
    open: int = 0


def issues_of(held: Held) -> list[Any]:
    """Return the issues in JSON: of one answer of Jira, of several in a list, or issues in a list."""
    text = decoded(held.whole(MAX_JSON))
    try:
        data = json.loads(text or "")
    except (ValueError, RecursionError):
        raise refused(held.name, texts.NO_JSON) from None
    pages = data if isinstance(data, list) else [data]
    found: list[Any] = []
    for page in pages:
        if not isinstance(page, Mapping):
            continue
        issues = page.get("issues", page.get("values"))
        names = page.get("names")
        one = issues if isinstance(issues, list) else [page] if "fields" in page else []
        found.extend(({**issue, "names": names} if names else issue) for issue in one if isinstance(issue, Mapping))
    if not found:
        raise refused(held.name, texts.NO_ISSUES)
    return found


def changelog(held: Held) -> Rows:
    """Return an event for each stay of an issue in a status, with an assignee and, where it is said, a team."""
    issues = issues_of(held)
    counted = _Counted()
    rows: list[tuple[str, ...]] = []
    of: list[str] = []
    for issue in issues:
        for row in _stays(issue, counted):
            rows.append(row)
            of.append(row[0])
    if counted.without == len(issues):
        raise refused(held.name, texts.NO_CHANGELOG)
    notes: list[Text] = [texts.JIRA.format(count=len(rows), issues=len(issues))]
    for count, text in ((counted.bad, texts.JIRA_BAD), (counted.cut, texts.JIRA_CUT), (counted.open, texts.JIRA_OPEN)):
        if count:
            notes.append(text.format(count=count))
    frame = pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object)
    return Rows(held.name, _said(frame), lambda row, name: f"{of[row]}: {name}", notes)


def _said(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that say anything."""
    return frame[[name for name in frame if filled(frame[name]).any()]] if len(frame) else frame


def _stays(issue: Mapping[str, Any], counted: _Counted) -> Iterator[tuple[str, ...]]:
    fields, log = _mapping(issue.get("fields")), _mapping(issue.get("changelog"))
    key, created = _name(issue.get("key")), _name(fields.get("created"))
    if not key or not created:
        counted.bad += 1
        return
    histories = log.get("histories", log.get("values"))
    if not isinstance(histories, list):
        counted.without += 1
        return
    histories = [one for one in histories if isinstance(one, Mapping) and isinstance(one.get("created"), str)]
    total = log.get("total")
    counted.cut += isinstance(total, int) and total > len(histories)
    changes = _changes(histories)
    now = {
        "Status": _name(fields.get("status")),
        "Assignee": _name(fields.get("assignee")),
        "Team": _team(issue, fields),
    }
    for what in _FOLLOWED:
        first = next((change[what][0] for _, change in changes if what in change), None)
        now[what] = now[what] if first is None else first
    category = _mapping(_mapping(fields.get("status")).get("statusCategory"))
    resolved = _name(fields.get("resolutiondate"))
    state = "done" if category.get("key") == _DONE or resolved else "open"
    about = (_name(fields.get("duedate")), _name(fields.get("priority")), state)
    since = created
    for when, change in changes:
        if when != since:
            yield (key, now["Status"], now["Assignee"], now["Team"], since, when, *about)
        now |= {what: after for what, (_, after) in change.items()}
        since = when
    if state == "open":
        counted.open += 1
    elif resolved and not changes:
        yield (key, now["Status"], now["Assignee"], now["Team"], since, resolved, *about)


def _changes(histories: list[Any]) -> list[tuple[str, dict[str, tuple[str, str]]]]:
    """Return what changed of what is followed, before and after, in the order in which it happened."""
    found = []
    for one in histories:
        items = one.get("items")
        change = {}
        for item in items if isinstance(items, list) else ():
            what = _followed(_mapping(item).get("field"))
            if what is not None:
                change[what] = (_name(item.get("fromString")), _name(item.get("toString")))
        if change:
            found.append((one["created"], change))
    times = read_times(pd.Series([when for when, _ in found], dtype=object), zone="UTC").values
    return [found[place] for place in times.argsort(kind="stable")]


def _followed(field: Any) -> str | None:
    name = folded(field) if isinstance(field, str) else ""
    if name in ("status", "assignee"):
        return name.capitalize()
    return "Team" if name in NAMES["group"] else None


def _team(issue: Mapping[str, Any], fields: Mapping[str, Any]) -> str:
    names = _mapping(issue.get("names"))
    for key, value in fields.items():
        if folded(str(names.get(key, key))) in NAMES["group"] and value:
            return _name(value[0] if isinstance(value, list) else value)
    return ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _name(value: Any) -> str:
    """Return what something is called: a text, or what its name, value or identity says."""
    if isinstance(value, Mapping):
        value = next((value[one] for one in ("displayName", "name", "value", "title", "key") if value.get(one)), "")
    return str(value) if isinstance(value, str | int | float) else ""


def is_table(source: Source) -> bool:
    """Tell whether a table is what Jira exports of issues: one row each."""
    names = {folded(one) for one in source.names}
    return {"issuekey", "created", "status"} <= names and bool({"resolved", "updated", "issueid"} & names)


def of_table(source: Source) -> Rows:
    """Return the events of a table of issues: their creation, and their resolution where they are resolved."""
    column: dict[str, str] = {}
    for name in source.names:
        column.setdefault(folded(name), name)
    wanted = ("issuekey", "status", "created", "resolved", "assignee", "reporter", "creator", "duedate", "priority")
    table = source.load([column[one] for one in wanted if one in column])
    nothing = pd.Series("", index=table.index)
    get = {one: table[column[one]].astype(str) if one in column else nothing for one in wanted}
    by = get["reporter"] if "reporter" in column else get["creator"]
    resolved = filled(get["resolved"])
    state = pd.Series(resolved, index=table.index).map({True: "done", False: "open"})
    parts = []
    for kept, activity, who, end in (
        (slice(None), pd.Series(_CREATED, index=table.index), by, get["created"]),
        (resolved, get["status"], get["assignee"], get["resolved"]),
    ):
        held = (get["issuekey"], activity, who, end, get["duedate"], get["priority"], state)
        names = ("Issue key", "Status", "Assignee", "End", "Due date", "Priority", "State")
        parts.append(pd.DataFrame({name: one[kept] for name, one in zip(names, held, strict=True)}))
    frame = pd.concat(parts)
    rows = frame.index.to_numpy()
    names_of = {"Issue key": column["issuekey"], "End": column["created"], "Status": column["status"]}
    notes = [*source.notes, texts.JIRA_TABLE]
    return Rows(
        source.file, _said(frame.reset_index(drop=True).astype(object)),
        lambda row, name: source.place(int(rows[row]), names_of.get(name, name)), notes,
    )  # fmt: skip
