"""Rows of replications as data frames, with names instead of numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.kernel.layout import N_LEDGER, N_STATES
from sim.outcome import Outcome, ledger_parts
from sim.vocab import LEDGER_PARTS, Activity, Context, Kind

DAY_FIELDS = (
    "queue",
    "busy",
    "staff",
    "waiting_hours",
    "productivity",
    "done",
    "responses",
    "in_time",
    "own_done",
    "own_in_time",
    "blamed",
    "urgent_n",
    "urgent_wait",
    "taxed",
    "coordinated",
    "extra",
    "trust",
    "trust_in_approvers",
    "understanding",
)
CASE_FLAGS = ("urgent", "bounces", "conflicts", "reworks", "handed_over", "ping_pong", "defective")


def _names(names: Sequence[str], rows: Any) -> Any:
    """Return names instead of rows, stored as numbers."""
    categories: Any = np.array(names, dtype=object)
    return pd.Categorical.from_codes(np.asarray(rows, dtype=np.int64), categories=categories)


def _met(outcome: Outcome, date: Any) -> Any:
    """Return whether dates were met; missing without a date, for lost customers, and where the end came before both."""
    finish = outcome.cases["finish"]
    undecided = np.isnan(finish) & (date > outcome.window[1] + outcome.tail)
    return pd.arrays.BooleanArray(finish <= date, np.isnan(date) | undecided | (outcome.cases["lost"] > 0))


def cases_frame(outcome: Outcome) -> pd.DataFrame:
    """Return the cases of one replication; the ledger parts sum to finish − arrival."""
    cases = outcome.cases
    open_or_lost = np.isnan(cases["finish"])
    frame = {
        "replication": outcome.replication,
        "case": np.arange(len(cases)),
        "process": _names(outcome.compiled.processes, cases["process"]),
        "arrival": cases["arrival"],
        "promise": cases["promise"],
        "target": cases["target"],
        "finish": cases["finish"],
        "lost": cases["lost"] > 0,
        "on_time_promise": _met(outcome, cases["promise"]),
        "on_time_target": _met(outcome, cases["target"]),
    }
    frame |= {flag: cases[flag] for flag in CASE_FLAGS}
    parts = ledger_parts(outcome.spent)
    frame |= {f"ledger_{part}": np.where(open_or_lost, np.nan, parts[part]) for part in LEDGER_PARTS}
    frame |= {name: cases[name] for name in ("frozen_hours", "complexity", "worked", "reworked")}
    result = pd.DataFrame(frame)
    for flag in ("urgent", "handed_over", "ping_pong", "defective"):
        result[flag] = result[flag] > 0
    return result


def ledger_frame(outcome: Outcome) -> pd.DataFrame:
    """Return context × activity per finished case, in hours: columns are pairs, rows (replication, case)."""
    finished = np.flatnonzero(~np.isnan(outcome.cases["finish"]))
    columns = pd.MultiIndex.from_product(
        [[c.name.lower() for c in Context], [a.name.lower() for a in Activity if a < N_STATES]],
        names=["context", "activity"],
    )
    index = pd.MultiIndex.from_arrays(
        [np.full(len(finished), outcome.replication), finished], names=["replication", "case"]
    )
    return pd.DataFrame(outcome.spent[finished][:, :N_LEDGER], index=index, columns=columns)


def daily_frame(outcome: Outcome) -> pd.DataFrame:
    """Return one row per day and department."""
    days = outcome.days
    frame = {
        "replication": outcome.replication,
        "day": days["day"],
        "department": _names(outcome.compiled.pools, days["department"]),
    }
    frame |= {field: days[field] for field in DAY_FIELDS}
    frame |= {f"hours_{kind.name.lower()}": days["hours"][:, kind] for kind in Kind}
    return pd.DataFrame(frame)


def links_frame(outcome: Outcome) -> pd.DataFrame:
    """Return trust and understanding of every pair that deals with each other, at the start and at the end."""
    compiled, n = outcome.compiled, len(outcome.compiled.link_ends)
    ends = np.array(compiled.link_ends, dtype=np.int64).reshape(-1, 2)
    return pd.DataFrame(
        {
            "replication": outcome.replication,
            "from": _names(compiled.pools, ends[:, 0]),
            "to": _names(compiled.pools, ends[:, 1]),
            "trust_start": compiled.links["trust"][:n],
            "trust": outcome.links["trust"][:n],
            "understanding_start": compiled.links["understanding"][:n],
            "understanding": outcome.links["understanding"][:n],
            "dealings": outcome.links["dealings"][:n],
        }
    )


def events_frame(outcome: Outcome) -> pd.DataFrame:
    """Return the event log: who worked on which step of which case, when, and what kind of work it was."""
    log, compiled = outcome.log, outcome.compiled
    order = np.lexsort((log["end"], log["start"]))
    log = log[order]
    return pd.DataFrame(
        {
            "replication": outcome.replication,
            "case": log["case"],
            "activity": _names([f"{process}/{step}" for process, step in compiled.steps], log["step"]),
            "department": _names(compiled.pools, log["department"]),
            "kind": _names([*(kind.name.lower() for kind in Kind), "external"], log["kind"]),
            "start": log["start"],
            "end": log["end"],
        }
    )


def stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the frames of several replications as one."""
    return pd.concat(frames, ignore_index=not isinstance(frames[0].index, pd.MultiIndex)) if frames else pd.DataFrame()
