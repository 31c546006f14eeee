"""Which cases an alternative changed, through which part of their ledger, and which of them are worth telling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sim.results import RunResult
from sim.scenario import Scenario
from sim.study.changed import KEYS, changed_between
from sim.vocab import UNFINISHED

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
        """The cases worth telling: the one in the middle of those gained, and of those lost, if any."""
        rows = [row.name for row in (self.middle_gain, self.middle_loss) if row is not None]
        return self.changed.loc[rows]

    @property
    def middle_gain(self) -> pd.Series | None:
        """Of the cases that became on time the one in the middle, by the hours by which it is finished earlier."""
        return self._middle(self.changed["on_time_after"])

    @property
    def middle_loss(self) -> pd.Series | None:
        """Of the cases that became late the one in the middle, by the hours by which it is finished later."""
        return self._middle(~self.changed["on_time_after"])

    def _middle(self, chosen: pd.Series) -> pd.Series | None:
        """Return the median case, the first of two; none where none was finished on both sides."""
        told = self.changed[chosen.astype(bool) & (self.changed["part"] != UNFINISHED)]
        if told.empty:
            return None
        moved = (told["finish_after"] - told["finish_before"]).abs()
        ordered = told.assign(moved=moved).sort_values(["moved", *KEYS], kind="stable")
        row: pd.Series = told.loc[ordered.index[(len(ordered) - 1) // 2]]
        return row

    def events_of(self, row: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the event log of a changed case, before and after."""
        return _events(self.before, row, "case"), _events(self.after, row, "case_after")


def _events(result: RunResult, row: pd.Series, number: str) -> pd.DataFrame:
    events = result.events
    found: pd.DataFrame = events[(events["replication"] == row["replication"]) & (events["case"] == row[number])]
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
