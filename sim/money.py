"""What cases bring and cost in money, how satisfied their customers are, and what interventions cost beside time.

Counted are the cases of all other measures: who arrives within the horizon, waited for as long as the tail. What the
scenario says nothing about is not defined.
"""

from typing import Any

import numpy as np

from sim.outcome import Columns, Outcome, share
from sim.vocab import DAY, WEEK

REFUSED = 0.05
"""Share of its value that a case loses with every change that is refused (assumption)."""


def value_of(scope: Any) -> Any:
    """Return the share of its full value that a case has with so much of its scope.

    What is worth least is left out first, and worth in proportion to how late it would be left out.
    """
    return 1.0 - (1.0 - scope) ** 2


def money_of_cases(outcome: Outcome, cases: Columns, done: Any, kept: Any, flows: Any) -> dict[str, float]:
    """Return satisfaction, complaints, revenue and cost of delay, each as far as the scenario speaks of it.

    Parameters
    ----------
    outcome
        Of one replication.
    cases
        The cases that count, of the processes in the rows `flows`.
    done, kept
        Which customers were served in time to count, and which were accepted.
    """
    process = cases["process"]
    worth, per_day = _stated(outcome, "worth"), _stated(outcome, "delay_cost")
    until = np.where(done, cases["served"], cases["arrival"] + outcome.tail)
    days = np.fmax(0.0, until - cases["target"]) / DAY  # none where there is no date
    pleased = _satisfaction(outcome, cases, done)[kept]
    pleased = pleased[~np.isnan(pleased)]
    complain = ~np.isnan(_stated(outcome, "complains", "late"))[process]
    return {
        "satisfaction": float(pleased.mean()) if len(pleased) else np.nan,
        "complaints_per_100": share(100.0 * cases["complaints"][complain].sum(), complain.sum()),
        "revenue": _a_week(outcome, (worth[process] * _value(cases))[done & kept], worth[flows]),
        "delay_cost": _a_week(outcome, (per_day[process] * days)[kept], per_day[flows]),
    }


def _value(cases: Columns) -> Any:
    """Return the share of its full value that each case has: less scope is worth less, and so is a wish refused."""
    return value_of(cases["scope"]) * (1.0 - REFUSED) ** cases["changes_refused"]


def total(outcome: Outcome, coordination: float, delay: float, revenue: float) -> dict[str, float]:
    """Return what everything costs a week and what is left of what cases bring, from the parts of which it consists."""
    cost = coordination + np.nan_to_num(delay) + money_of_interventions(outcome)
    return {"total_cost": float(cost), "net_value": float(revenue - cost)}


def money_of_interventions(outcome: Outcome) -> float:
    """Return what interventions take beside people's time, in money a week of the horizon.

    What is spent once counts where the intervention begins within the horizon; one that was there when the run began
    has been paid. It is what was planned, also where somebody switches them while the run goes on.
    """
    begin, end = outcome.window
    scenario = outcome.compiled.stated
    spent = 0.0
    for one in scenario.interventions:
        starts, ends = one.span(scenario.warmup_weeks)
        weeks = max(0.0, min(ends, end) - max(starts, begin)) / WEEK
        once = one.money_once if one.start_week is not None and begin <= starts < end else 0.0
        spent += one.strength * (once + one.money_per_week * weeks)
    return spent / ((end - begin) / WEEK)


def _satisfaction(outcome: Outcome, cases: Columns, done: Any) -> Any:
    """Return how satisfied each customer is, NaN where the scenario does not say."""
    late = ~done | (cases["served"] > cases["target"])
    faulty = done & (cases["defective"] != 0)
    lost = {part: _stated(outcome, "satisfaction", part)[cases["process"]] for part in ("late", "defective")}
    return (1.0 - lost["late"] * late) * (1.0 - lost["defective"] * faulty)


def _a_week(outcome: Outcome, money: Any, stated: Any) -> float:
    """Return money a week of the horizon; NaN where no process says anything about it."""
    begin, end = outcome.window
    return float(np.nansum(money) / ((end - begin) / WEEK)) if not np.isnan(stated).all() else np.nan


def _stated(outcome: Outcome, field: str, part: str = "") -> Any:
    """Return what each process says in a field, or in a part of it; NaN where it says nothing."""
    processes = outcome.compiled.scenario.processes
    found = [getattr(processes[name], field) for name in outcome.compiled.processes]
    return np.array([np.nan if one is None else getattr(one, part) if part else one for one in found], float)
