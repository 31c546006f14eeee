"""Frozen cases: between whom, over what, from when to when, and how it was settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.frames import Rows, names_of, places_of
from sim.log.window import touching
from sim.outcome import Outcome
from sim.vocab import Friction, Kind, Note, Settled

CAUSES = tuple(one.name.lower() for one in Friction)
HOW = (*(one.name.lower() for one in Settled), "open")


@dataclass(frozen=True, eq=False)
class Conflicts:
    """The conflicts of a replication, in the order in which they broke out.

    Attributes
    ----------
    begun
        The lines that say so.
    over
        Those that say how each was settled; where it was not, the line behind the last, which says nothing.
    open
        Which were not.
    """

    begun: Any
    over: Any
    open: Any

    @classmethod
    def of(cls, outcome: Outcome) -> Conflicts:
        """Return the conflicts of a replication."""
        lines = outcome.log[np.isin(outcome.log["note"], (Note.FROZEN, Note.SETTLED))]
        lines = lines[np.argsort(lines["case"], kind="stable")]
        at = np.flatnonzero(lines["note"] == Note.FROZEN)
        at = at[np.argsort(lines["end"][at], kind="stable")]
        nothing = np.zeros(1, lines.dtype)
        after = np.concatenate([lines, nothing])[at + 1]
        unsettled = (after["note"] != Note.SETTLED) | (after["case"] != lines["case"][at])
        return cls(lines[at], after, unsettled)


def frozen_rows(outcome: Outcome) -> Rows:
    """Return every conflict: which case it froze, who raised it against whom, over what, and how it ended."""
    found = Conflicts.of(outcome)
    begun, pools = found.begun, outcome.compiled.pools
    end = np.where(found.open, np.nan, found.over["end"])
    tier = found.over["more"].astype(np.int64)
    tier[found.open] = _tiers(outcome, begun[found.open])
    rows = {
        "case": begun["case"].astype(np.int64),
        "begin": begun["end"],
        "end": end,
        "raised_by": names_of(pools, begun["department"]),
        "against": names_of(pools, begun["other"]),
        **places_of(outcome, begun["step"]),
        "cause": names_of(CAUSES, begun["more"]),
        "tier": tier,
        "settled": names_of(HOW, np.where(found.open, len(HOW) - 1, found.over["other"])),
    }
    these = touching(outcome, rows["begin"], end)
    return {name: column[these] for name, column in rows.items()}


def _tiers(outcome: Outcome, begun: Any) -> Any:
    """Return the tier that open conflicts had reached: one more for each time that management was called in."""
    log = outcome.log
    called = log[(log["note"] == Note.SENT) & (log["kind"] == Kind.MEDIATE) & (log["more"] < 0)]
    return 1 + ((called["case"] == begun["case"][:, None]) & (called["end"] >= begun["end"][:, None])).sum(axis=1)
