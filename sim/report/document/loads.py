"""Who pays and who gains: hours a week of every department and approver, as things are and with an alternative."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.study.directcost import cost_between
from sim.weekly import KINDS

if TYPE_CHECKING:
    from sim.results import RunResult
    from sim.scenario import Scenario
    from sim.study.comparison import Comparison

DAYS = 7.0

WORK = "work"
PRICED = ("answers", "rework", "disputes")
"""What hours go on, beside what an alternative itself takes, that it makes people pay or spares them."""


@dataclass(frozen=True, slots=True)
class Load:
    """One department or approver.

    Attributes
    ----------
    owner
        Its name.
    busy_now, busy_then
        Share of open hours served, as things are and with the alternative; NaN where there are none.
    given
        Hours a week that the alternative itself takes from it: meetings, upkeep, agreeing.
    moved
        Change in hours a week by what they go on; empty where it was not kept week by week.
    people
        How many people more it has; those that an intervention brings while it lasts are not counted.
    """

    owner: str
    busy_now: float
    busy_then: float
    given: float
    moved: Mapping[str, float]
    people: int

    @property
    def net(self) -> float:
        """What it pays in hours a week, all together; less than nothing where it gains; NaN where not known.

        Work on cases does not count, whichever way it moves: more of it may mean that more gets done, and less that
        less does.
        """
        if not self.moved:
            return math.nan
        return self.given + sum(self.moved[kind] for kind in PRICED)


def loads_of(comparison: Comparison, label: str) -> tuple[Load, ...]:
    """Return what an alternative does to the hours of everybody, in the order of the file.

    Parameters
    ----------
    comparison
        What was found.
    label
        The alternative.
    """
    busy = comparison.tables["utilization"].set_index(["alternative", "department"])["utilization"]
    given = cost_between(comparison.scenario, comparison.runs[label].scenario).departments
    now, then = (_weekly(comparison.runs[one]) for one in (comparison.baseline, label))
    owners = [str(one) for _, one in busy.index[busy.index.get_level_values(0).isin([comparison.baseline, label])]]
    return tuple(
        Load(
            owner,
            float(busy.get((comparison.baseline, owner), math.nan)),
            float(busy.get((label, owner), math.nan)),
            float(given.get(owner, 0.0)),
            _moved(now.get(owner), then.get(owner)) if now and then else {},
            _people(comparison.scenarios[label], owner) - _people(comparison.scenario, owner),
        )
        for owner in dict.fromkeys(owners)
    )


def _people(scenario: Scenario, owner: str) -> int:
    """Return how many people a department has; somebody who approves is one of another."""
    return scenario.departments[owner].staff if owner in scenario.departments else 0


def _moved(now: Mapping[Any, float] | None, then: Mapping[Any, float] | None) -> dict[str, float]:
    """Return the change by what hours go on; somebody who is not there spends none."""
    return {kind: (then or {}).get(kind, 0.0) - (now or {}).get(kind, 0.0) for kind in KINDS}


def _weekly(run: RunResult) -> dict[str, dict[Any, float]]:
    """Return mean hours in a week that counts, by owner and by what they go on; nothing where it was not kept."""
    if "weekly" not in run.tables:
        return {}
    rows = run.tables["weekly"]
    rows = rows[rows["week"] >= 0]
    sums = rows.groupby("department", sort=False)[["days", *KINDS]].sum()
    hours = sums[list(KINDS)].div(sums["days"] / DAYS, axis=0)
    return {str(owner): dict(each) for owner, each in hours.to_dict("index").items()}
