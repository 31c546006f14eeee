"""The options of commands that read an event log, and the log that they ask for.

A command takes them all as one parameter, ``columns: LogColumns = ANY_COLUMNS``, and reads with `log_of`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from sim.eventlog.log import EventLog

LogFile = Annotated[Path, Parameter(name="LOG")]


@dataclass(frozen=True)
class LogColumns:
    """Which column of a log is what, where that is not to be guessed; help has a text for each field of its name."""

    case_column: Annotated[str | None, Parameter(name="--case")] = None
    activity_column: Annotated[str | None, Parameter(name="--activity")] = None
    end_column: Annotated[str | None, Parameter(name="--end")] = None
    start_column: Annotated[str | None, Parameter(name="--start")] = None
    group_column: Annotated[str | None, Parameter(name="--group")] = None
    resource_column: Annotated[str | None, Parameter(name="--resource")] = None
    due_column: Annotated[str | None, Parameter(name="--due")] = None
    priority_column: Annotated[str | None, Parameter(name="--priority")] = None
    groups_file: Annotated[Path | None, Parameter(name="--groups")] = None
    cases_file: Annotated[Path | None, Parameter(name="--cases")] = None
    time_zone: Annotated[str | None, Parameter(name="--zone")] = None
    day_first: Annotated[bool | None, Parameter(name="--day-first", negative="--month-first")] = None
    sheet_name: Annotated[str | None, Parameter(name="--sheet")] = None


ANY_COLUMNS = LogColumns()
"""Every column as it is guessed."""


def log_of(file: Path, columns: LogColumns = ANY_COLUMNS) -> EventLog:
    """Return the log in a file, read as the options say."""
    from sim.eventlog.reading import read_log

    return read_log(
        file,
        case=columns.case_column,
        activity=columns.activity_column,
        end=columns.end_column,
        start=columns.start_column,
        group=columns.group_column,
        resource=columns.resource_column,
        due=columns.due_column,
        priority=columns.priority_column,
        groups=columns.groups_file,
        cases=columns.cases_file,
        zone=columns.time_zone,
        day_first=columns.day_first,
        sheet=columns.sheet_name,
    )
