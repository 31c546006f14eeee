"""Which cases an alternative changed, through which part of their ledger, and which of them are worth telling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sim.results import RunResult
from sim.scenario import Scenario
from sim.study.changed import changed_between
from sim.vocab import UNFINISHED

STORIES = 3
"""Cases told in words for each alternative."""

TABLES = ("cases", "events")
"""What has to be kept of runs that are to be explained."""


@dataclass(frozen=True, eq=False)
class Explanation:
    """What one alternative changed, case by case.

    Attributes
    ----------
    label
        The alternative.
    scenario
        The organization as it is.
    changed
        The cases whose outcome changed, as `Comparison.changed_cases` returns them.
    counted, replications
        How many cases counted on both sides, in how many replications.
    before, after
        The runs.
    """

    label: str
    scenario: Scenario
    changed: pd.DataFrame
    counted: int
    replications: int
    before: RunResult
    after: RunResult

    @property
    def gained(self) -> int:
        """Cases that became on time."""
        return int(self.changed["on_time_after"].sum())

    @property
    def lost(self) -> int:
        """Cases that became late."""
        return len(self.changed) - self.gained

    @property
    def parts(self) -> pd.DataFrame:
        """By part of the ledger, the most frequent first: cases gained and lost through it, and how far it moved.

        Columns part, gained, lost, hours (mean change; undefined for cases that have no ledger on one side).
        """
        grouped = self.changed.groupby("part")
        found = pd.DataFrame(
            {
                "gained": grouped["on_time_after"].sum().astype(int),
                "lost": (grouped.size() - grouped["on_time_after"].sum()).astype(int),
                "hours": grouped["part_hours"].mean(),
            }
        )
        order = grouped.size().sort_values(ascending=False, kind="stable").index
        return found.loc[order].rename_axis("part").reset_index()

    @property
    def typical(self) -> pd.DataFrame:
        """A few cases worth telling: those that moved most among the gains, and one that got worse, if any."""
        told = self.changed[self.changed["part"] != UNFINISHED]
        ordered = told.loc[told["part_hours"].abs().sort_values(ascending=False, kind="stable").index]
        gains, losses = ordered[ordered["on_time_after"]], ordered[~ordered["on_time_after"]]
        return pd.concat([gains.head(STORIES - min(1, len(losses))), losses.head(1)])

    def events_of(self, row: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the event log of a changed case, before and after."""
        return _events(self.before, row), _events(self.after, row)


def _events(result: RunResult, row: pd.Series) -> pd.DataFrame:
    events = result.events
    found: pd.DataFrame = events[(events["replication"] == row["replication"]) & (events["case"] == row["case"])]
    return found


def explained(runs: Mapping[str, RunResult]) -> list[Explanation]:
    """Return what each alternative changed, from runs by label that kept `TABLES`, the baseline first."""
    (_, before), *others = runs.items()
    found = []
    for label, after in others:
        changed = changed_between(before, after)
        facts = (changed.attrs["counted"], int(before.manifest["replications"]))
        found.append(Explanation(label, before.scenario, changed, *facts, before, after))
    return found
