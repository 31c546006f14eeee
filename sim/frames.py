"""What one replication holds, as columns by name, with names instead of numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.kernel.layout import N_LEDGER, N_STATES
from sim.outcome import Outcome, ledger_parts
from sim.vocab import LEDGER_PARTS, Activity, CaseCount, CaseHours, Context, Kind, Note, Tally

DAY_FIELDS = (
    "queue",
    "busy",
    "staff",
    "vacant",
    "waiting_hours",
    "productivity",
    *(one.column for one in Tally),
    "trust",
    "trust_in_approvers",
    "understanding",
)
KINDS = (*(kind.name.lower() for kind in Kind), "external")
"""Kinds of work as the log has them: what departments ask of each other, and waits for somebody outside."""
CELLS = tuple(
    f"{context.name.lower()}_{activity.name.lower()}"
    for context in Context
    for activity in Activity
    if activity < N_STATES
)
"""What a case did or waited for, in which context: the cells of its ledger."""


Rows = dict[str, Any]
"""Columns by name, all of one length."""


@dataclass(frozen=True, slots=True)
class Named:
    """A column of names stored as numbers, -1 where there is none; a categorical one once it is in a frame."""

    codes: Any
    names: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many rows it has."""
        return len(self.codes)

    def __getitem__(self, rows: Any) -> "Named":
        """Return some of its rows."""
        return Named(self.codes[rows], self.names)

    def __iter__(self) -> Iterator[str | None]:
        """Yield the names."""
        return (self.names[code] if code >= 0 else None for code in self.codes)


@dataclass(frozen=True, slots=True)
class Answered:
    """A column of yes and no of which some are missing."""

    yes: Any
    missing: Any

    def __len__(self) -> int:
        """Return how many rows it has."""
        return len(self.yes)

    def __getitem__(self, rows: Any) -> "Answered":
        """Return some of its rows."""
        return Answered(self.yes[rows], self.missing[rows])


def names_of(names: Sequence[str], rows: Any) -> Named:
    """Return names instead of rows, stored as numbers."""
    return Named(np.asarray(rows).astype(np.int16 if len(names) < 2**15 else np.int64), tuple(names))


def places_of(outcome: Outcome, steps: Any) -> Rows:
    """Return process and step by the rows of steps; nothing where there is none."""
    pairs = outcome.compiled.steps
    flows, names = outcome.compiled.processes, tuple(dict.fromkeys(step for _, step in pairs))
    flow = np.array([*(flows.index(process) for process, _ in pairs), -1])[steps]  # of no step the last: nothing
    name = np.array([*(names.index(step) for _, step in pairs), -1])[steps]
    return {"process": names_of(flows, flow), "step": names_of(names, name)}


def _met(outcome: Outcome, date: Any) -> Answered:
    """Return whether dates were met; missing without one, for the lost and prevented, and where the end came first."""
    served = outcome.cases["served"]
    undecided = np.isnan(served) & (date > outcome.window[1] + outcome.tail)
    away = (outcome.cases["lost"] > 0) | (outcome.cases["prevented"] > 0)
    return Answered(served <= date, np.isnan(date) | undecided | away)


def cases_rows(outcome: Outcome) -> Rows:
    """Return the cases of one replication; the ledger parts sum to served − arrival."""
    cases = outcome.cases
    waiting = np.isnan(cases["served"])
    frame = {
        "case": np.arange(len(cases)),
        "process": names_of(outcome.compiled.processes, cases["process"]),
        "arrival": cases["arrival"],
        "promise": cases["promise"],
        "target": cases["target"],
        "served": cases["served"],
        "finish": cases["finish"],
        "on_time_promise": _met(outcome, cases["promise"]),
        "on_time_target": _met(outcome, cases["target"]),
    }
    counts = {one: cases[one.column] for one in CaseCount}
    frame |= {one.column: count > 0 if one.dtype == "yes or no" else count for one, count in counts.items()}
    parts = ledger_parts(outcome.spent)
    frame |= {f"ledger_{part}": np.where(waiting, np.nan, parts[part]) for part in LEDGER_PARTS}
    frame |= {one.column: cases[one.column] for one in CaseHours}
    return frame | {name: cases[name] for name in ("complexity", "scope")}


def case_ledger_rows(outcome: Outcome) -> Rows:
    """Return context × activity per case whose customer was served, in hours: a column a cell."""
    served = np.flatnonzero(~np.isnan(outcome.cases["served"]))
    cells = outcome.spent[served][:, :N_LEDGER]
    return {"case": served} | {name: cells[:, place] for place, name in enumerate(CELLS)}


def daily_rows(outcome: Outcome) -> Rows:
    """Return one row per day and department."""
    days = outcome.days
    frame = {
        "day": days["day"],
        "department": names_of(outcome.compiled.pools, days["department"]),
    }
    frame |= {field: days[field] for field in DAY_FIELDS}
    return frame | {f"hours_{kind.name.lower()}": days["hours"][:, kind] for kind in Kind}


def events_rows(outcome: Outcome) -> Rows:
    """Return the event log: who worked on which step of which case, when, and what kind of work it was."""
    log, compiled = outcome.log, outcome.compiled
    log = log[np.isin(log["note"], (Note.SERVED, Note.OUTSIDE)) & (log["case"] >= 0)]
    order = np.lexsort((log["end"], log["start"]))
    log = log[order]
    return {
        "case": log["case"].astype(np.int64),
        "activity": names_of([f"{process}/{step}" for process, step in compiled.steps], log["step"]),
        "department": names_of(compiled.pools, log["department"]),
        "kind": names_of(KINDS, log["kind"]),
        "start": log["start"],
        "end": log["end"],
    }
