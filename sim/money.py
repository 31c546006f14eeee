"""What cases bring and cost in money, how satisfied their customers are, and what interventions cost beside time.

Counted are the cases of all other measures: who arrives within the horizon, waited for as long as the tail. What the
scenario says nothing about is not defined.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import isnan
from typing import Any

import numpy as np

from sim.compile import Compiled
from sim.interventions import Intervention
from sim.outcome import Columns, Outcome, Turn, Window, made_once, share
from sim.scenario import Scenario
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
    worth, late = _stated(outcome, "worth"), _lateness(outcome)
    pleased = _satisfaction(outcome, cases, done)[kept]
    pleased = pleased[~np.isnan(pleased)]
    complain = ~np.isnan(_stated(outcome, "complains", "late"))[process]
    return {
        "satisfaction": float(pleased.mean()) if len(pleased) else np.nan,
        "complaints_per_100": share(100.0 * cases["complaints"][complain].sum(), np.count_nonzero(complain)),
        "revenue": _a_week(outcome, brought(outcome, cases)[done & kept], worth[flows]),
        "delay_cost": _a_week(outcome, delayed(outcome, cases, done)[kept], late[flows]),
    }


def speaks_of_money(scenarios: Iterable[Scenario]) -> bool:
    """Say whether a scenario tells what cases bring, or what it costs that they are late."""
    flows = (process for one in scenarios for process in one.processes.values())
    return any(said is not None for one in flows for said in (one.worth, one.delay_cost, one.late_penalty))


def brought(outcome: Outcome, cases: Columns) -> Any:
    """Return what each case brings once its customer is served; nothing where nobody says what it is worth."""
    return _stated(outcome, "worth", nothing=0.0)[cases["process"]] * _value(cases)


def delayed(outcome: Outcome, cases: Columns, done: Any) -> Any:
    """Return what it costs that each case is late: by the day, up to the end of its tail, and once."""
    per_day, once = (_stated(outcome, name, nothing=0.0)[cases["process"]] for name in LATENESS)
    until = np.where(done, cases["served"], cases["arrival"] + outcome.tail)
    late = np.fmax(0.0, until - cases["target"])  # none where there is no date
    return per_day * late / DAY + once * (late > 0.0)


LATENESS = ("delay_cost", "late_penalty")
"""What processes say of the cost of being late: by the day, and once."""


def _lateness(outcome: Outcome) -> Any:
    """Return what each process says of the cost of being late, NaN where it says nothing."""
    return np.fmax(*(_stated(outcome, name) for name in LATENESS))


def _value(cases: Columns) -> Any:
    """Return the share of its full value that each case has: less scope is worth less, and so is a wish refused."""
    return value_of(cases["scope"]) * (1.0 - REFUSED) ** cases["changes_refused"]


def total(outcome: Outcome, coordination: float, delay: float, revenue: float) -> dict[str, float]:
    """Return what everything costs a week and what is left of what cases bring, from the parts of which it consists."""
    cost = coordination + (0.0 if isnan(delay) else delay) + money_of_interventions(outcome)
    return {"total_cost": float(cost), "net_value": float(revenue - cost)}


def money_of_interventions(outcome: Outcome) -> float:
    """Return what interventions take beside people's time, in money a week of the horizon."""
    spent: float = made_once(outcome.compiled.shared, f"spent where {outcome.turned}", _spent, outcome)
    return spent


def _spent(outcome: Outcome) -> float:
    begin, end = outcome.window
    spent = 0.0
    for once, weekly in spent_in(outcome, np.array([begin, end])):
        spent += float(once.sum() + weekly.sum())
    return spent / ((end - begin) / WEEK)


def spent_in(outcome: Outcome, edges: Any) -> Iterator[tuple[Any, Any]]:
    """Yield what each intervention took in money in a replication between each two times, as `spendings` does."""
    compiled = outcome.compiled
    return spendings(compiled.scenario, compiled.stated.interventions, edges, outcome.turned)


def spendings(
    organization: Scenario, interventions: Sequence[Intervention], edges: Any, turned: Sequence[Turn] = ()
) -> Iterator[tuple[Any, Any]]:
    """Yield what each intervention takes in money between each two times: what is spent once, and week by week.

    It costs while it is on. What is spent once is spent when it first begins; one that was on when the run began has
    been paid. Strength scales both. The people whom it brings are paid for the hours of their week.
    """
    for place, one in enumerate(interventions):
        turns = [(time, on) for time, which, on in turned if which == place]
        planned = one.span(organization.warmup_weeks)
        spans = spans_on(one.starts_on, turns, planned)
        price = one.spends(organization)
        taken = one.strength * price.weekly * _weeks_on(spans, edges)
        for hire in one.recruits(organization):
            paid = organization.departments[hire.department].pay
            wage = hire.number(one.strength) * paid * organization.hours_per_week(hire.department)
            taken = taken + wage * _weeks_on(spans_on(one.starts_on, turns, hire.there(planned)), edges)
        bought = [begin for begin, _ in spans[:1] if begin > 0.0 or one.start_week is not None]
        once = np.histogram([time for time in bought if time < edges[-1]], edges)[0]
        yield one.strength * price.once * once, taken


def _weeks_on(spans: Sequence[Window], edges: Any) -> Any:
    """Return for how many weeks something is on between each two times."""
    return sum((np.diff(np.clip(edges, *span)) for span in spans), np.zeros(len(edges) - 1)) / WEEK


def spans_on(starts_on: bool, turns: Sequence[tuple[float, bool]], planned: tuple[float, float]) -> list[Window]:
    """Return from when to when an intervention is on: when it was planned to be, and switched on.

    Parameters
    ----------
    starts_on
        Whether it is switched on when the run begins.
    turns
        When it was switched, and whether on or off.
    planned
        When it begins and is given up.
    """
    found: list[Window] = []
    since = -np.inf if starts_on else None
    for time, on in (*turns, (np.inf, False)):
        if since is not None and not on:
            span = max(since, planned[0]), min(time, planned[1])
            found += [span] if span[0] < span[1] else []
        since = (time if since is None else since) if on else None
    return found


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


def _stated(outcome: Outcome, field: str, part: str = "", nothing: float = np.nan) -> Any:
    """Return what each process says in a field, or in a part of it, and `nothing` where it says none."""
    compiled = outcome.compiled
    return made_once(compiled.shared, f"stated {field}.{part} {nothing}", _said, compiled, field, part, nothing)


def _said(compiled: Compiled, field: str, part: str, nothing: float) -> Any:
    found = [getattr(compiled.scenario.processes[name], field) for name in compiled.processes]
    return np.array([nothing if one is None else getattr(one, part) if part else one for one in found], float)
