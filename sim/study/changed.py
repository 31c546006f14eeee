"""Which cases changed their outcome, and which part of their ledger moved most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from sim.engine import Threads
from sim.replications import Study
from sim.results import RunResult
from sim.scenario import Scenario
from sim.vocab import LEDGER_PARTS, UNFINISHED

if TYPE_CHECKING:
    from sim.agents import Departments

KEYS = ["replication", "process", "case"]
"""What tells cases apart in one run."""

SAME = ["replication", "process", "customer"]
"""What makes a case the same case with and without an intervention."""

_KEPT = ["case", "arrival", "target", "served", "lost", "on_time_target"]
_LEDGER = [f"ledger_{part}" for part in LEDGER_PARTS]


def changed_cases(
    baseline: Scenario,
    alternative: Scenario,
    replications: int,
    seed: int,
    threads: int | None = None,
    departments: tuple[Departments | None, Departments | None] = (None, None),
) -> pd.DataFrame:
    """Run both, with departments of their classes, under the same luck; return the cases that became on time or late.

    Returns
    -------
    pandas.DataFrame
        One row per changed case: what identifies it, arrival and target, when the customer was served (`finish`) and
        outcome before and after, and the
        ledger part, closed hours aside, that did most for the change (`part`, `part_hours`). ``attrs["counted"]`` is
        the number of cases counted on both sides.
    """
    scenarios = {"before": baseline, "after": alternative}
    classes = dict(zip(scenarios, departments, strict=True))
    return changed_between(*run_again(scenarios, classes, range(replications), seed, ("cases",), threads))


def run_again(
    scenarios: Mapping[str, Scenario],
    departments: Mapping[str, Departments | None],
    numbers: Sequence[int],
    seed: int,
    tables: tuple[str, ...],
    threads: int | None = None,
) -> tuple[RunResult, RunResult]:
    """Run two scenarios in replications that follow each other, and return both results with some tables."""
    study = Study(
        scenarios,
        replications=len(numbers),
        seed=seed,
        first=numbers[0],
        tables=tables,
        departments=departments,
    )
    study.run(Threads(threads))
    before, after = (study.result(side) for side in scenarios)
    return before, after


def changed_between(before: RunResult, after: RunResult) -> pd.DataFrame:
    """Return the cases that count on both sides and whose on-time outcome differs between two runs of the same luck."""
    both = _counted(before).merge(_counted(after), on=SAME, suffixes=("_before", "_after"), validate="one_to_one")
    changed = both[both["on_time_target_before"] != both["on_time_target_after"]]
    result = _described(changed.reset_index(drop=True))
    result.attrs["counted"] = len(both)
    return result


def _counted(result: RunResult) -> pd.DataFrame:
    """Return the cases behind the headline: accepted, arrived within the horizon, and with a target.

    Customers are numbered as they come by themselves, which is the same in both runs. A complaint that another case has
    caused is not compared: it comes at another time, or not at all.
    """
    cases, (begin, end) = result.cases, result.scenario.window
    own = ~cases["caused"].astype(bool)
    cases = cases.assign(customer=own.groupby(cases["replication"]).cumsum())[own]
    counts = (cases["arrival"] >= begin) & (cases["arrival"] < end) & ~cases["lost"] & cases["on_time_target"].notna()
    return cases.loc[counts, SAME + _KEPT + _LEDGER].astype({"on_time_target": bool})


def _described(changed: pd.DataFrame) -> pd.DataFrame:
    moved = pd.DataFrame(
        {part: changed[f"ledger_{part}_after"] - changed[f"ledger_{part}_before"] for part in LEDGER_PARTS}
    )
    result = changed[["replication", "process"]].assign(case=changed["case_before"], case_after=changed["case_after"])
    result["arrival"] = changed["arrival_before"]
    result["target"] = changed["target_before"]
    for side in ("before", "after"):
        result[f"finish_{side}"] = changed[f"served_{side}"]
        result[f"on_time_{side}"] = changed[f"on_time_target_{side}"]
    part, hours = _decisive(moved, changed["on_time_target_after"])
    result["part"], result["part_hours"] = part, hours
    return result


def _decisive(moved: pd.DataFrame, on_time: pd.Series) -> tuple[list[str], list[float]]:
    """Return the part that did most for the outcome in each row, and by how many hours it moved.

    That is the part that shrank most where a case became on time, and the one that grew most where it became late.
    Closed hours come with whatever is waited for, so they are never named. A case that did not finish on one side has
    no ledger there: what is known of it is only that it was still open.
    """
    parts, hours = [], []
    for (_, row), better in zip(moved.drop(columns="closed").iterrows(), on_time, strict=True):
        part = UNFINISHED
        if row.notna().all():
            part = str(row.idxmin() if better else row.idxmax())
        parts.append(part)
        hours.append(float(row.get(part, float("nan"))))
    return parts, hours
