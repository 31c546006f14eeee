"""The published measures of one replication; `sim.spec.measures` says what each means.

Every measure is taken over cases that arrive after the warm-up. On-time rates count cases whose date lies before the
end (open ones are late). Lead times and rates per case count cases that arrive early enough to be finished: up to four
times their target before the end.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.outcome import Outcome, inherited_parts, ledger_parts, open_parts, share
from sim.spec.measures import TARGETS_BEFORE_END
from sim.spec.organization import Department, Kpi
from sim.vocab import DAY, WEEK, Kind

COORDINATION = (
    Kind.CONSULT,
    Kind.APPROVE,
    Kind.INFORM,
    Kind.TRIAGE,
    Kind.NEGOTIATE,
    Kind.MEDIATE,
    Kind.FOLLOW_UP,
)
"""Kinds of requests whose service counts as coordination."""


def followed(outcome: Outcome) -> Any:
    """Return which cases count for lead times: accepted, after the warm-up, early enough to be finished."""
    begin, end = outcome.window
    cases = outcome.cases
    target = np.nan_to_num(cases["target"] - cases["arrival"], nan=0.0)
    early = cases["arrival"] < end - TARGETS_BEFORE_END * target
    return (cases["arrival"] >= begin) & early & (cases["lost"] == 0)


def _on_time(outcome: Outcome) -> dict[str, float]:
    begin, end = outcome.window
    cases = outcome.cases
    counted = cases["arrival"] >= begin
    accepted = counted & (cases["lost"] == 0)
    due = accepted & (cases["target"] <= end)
    promised = accepted & (cases["promise"] <= end)
    met = cases["finish"] <= cases["target"]
    asked = counted & (cases["target"] <= end)
    lengths = (cases["promise"] - cases["arrival"])[accepted & ~np.isnan(cases["promise"])]
    return {
        "on_time_target": share((met & due).sum(), due.sum()),
        "on_time_promise": share((cases["finish"] <= cases["promise"])[promised].sum(), promised.sum()),
        "promise_mean": float(lengths.mean() / DAY) if len(lengths) else np.nan,
        "on_time_of_all_asked": share((met & due).sum(), asked.sum()),
        "lost_share": share((counted & (cases["lost"] == 1)).sum(), counted.sum()),
    }


def _lead_times(outcome: Outcome) -> dict[str, float]:
    begin, end = outcome.window
    cases = outcome.cases
    counted = followed(outcome)
    finished = counted & ~np.isnan(cases["finish"])
    lead = (cases["finish"] - cases["arrival"])[finished]
    through = (cases["finish"] >= begin) & (cases["finish"] <= end)
    return {
        "lead_time_mean": float(lead.mean()) if len(lead) else np.nan,
        "lead_time_p90": float(np.quantile(lead, 0.9)) if len(lead) else np.nan,
        "throughput": float(through.sum() / ((end - begin) / WEEK)),
        "unfinished_share": share(counted.sum() - finished.sum(), counted.sum()),
    }


def _hand_offs(outcome: Outcome) -> dict[str, float]:
    counted = followed(outcome)
    n = counted.sum()
    total = {
        field: outcome.cases[field][counted].sum()
        for field in ("conflicts", "bounces", "handed_over", "ping_pong", "reworked", "worked")
    }
    return {
        "conflicts_per_100": share(100.0 * total["conflicts"], n),
        "bounces_per_100": share(100.0 * total["bounces"], n),
        "handed_over": share(total["handed_over"], n),
        "ping_pong": share(total["ping_pong"], n),
        "rework_share": share(total["reworked"], total["worked"]),
    }


def _counted_days(outcome: Outcome) -> tuple[Any, float]:
    """Return the daily rows after the warm-up as an array of days × departments, and the weeks they cover."""
    begin, _ = outcome.window
    days = outcome.days.reshape(-1, len(outcome.compiled.pools))
    kept = days[int(begin // DAY) :]  # day n ends at (n + 1) · 24, and every day is there
    return kept, len(kept) / 7.0


def _coordination(outcome: Outcome, days: Any, weeks: float) -> dict[str, float]:
    """Return hours and cost of coordination a week: what was served, double-checks and forms, and overhead."""
    scenario, pools = outcome.compiled.scenario, outcome.compiled.pools
    served = days["hours"][:, :, list(COORDINATION)].sum(axis=2) * days["productivity"] + days["extra"]
    open_hours = outcome.compiled.params.calendars["hours"][outcome.compiled.params.pools["calendar"]]
    paid = np.array(["." not in name for name in pools])
    overhead = (1.0 - days["productivity"]) * days["staff"] * (open_hours / 7.0) * paid
    hours = (served + overhead).sum(axis=0) / weeks
    rates = np.array([_rate(scenario.departments, scenario.management, name) for name in pools])
    return {"coordination_hours": float(hours.sum()), "coordination_cost": float(hours @ rates)}


def _trust(trust: Any) -> float:
    """Return mean trust over days and departments; those that deal with nobody have none."""
    known = trust[~np.isnan(trust)]
    return float(known.mean()) if len(known) else np.nan


def _rate(departments: Mapping[str, Department], management: str | None, pool: str) -> float:
    name = pool if "." not in pool else management or pool.split(".", maxsplit=1)[0]
    return departments[name].cost_per_hour


def _kpi(kpi: Kpi, totals: Any, weeks: float) -> float:
    """Return how far one local KPI is met, at most 1."""
    value = {
        "volume": lambda: float(totals["done"]) / weeks,
        "response": lambda: share(totals["in_time"], totals["responses"]),
        "own_work": lambda: share(totals["own_in_time"], totals["own_done"]),
        "quality": lambda: 1.0 - share(totals["blamed"], totals["done"]),
    }[kpi.measures]()
    return min(1.0, value / kpi.target) if not np.isnan(value) else np.nan


def attainments_of(outcome: Outcome) -> dict[str, float]:
    """Return how far each department meets its own KPIs, as measures; nothing during the warm-up."""
    days, weeks = _counted_days(outcome)
    found: dict[str, float] = {}
    if weeks == 0:
        return found
    for d, (name, department) in enumerate(outcome.compiled.scenario.departments.items()):
        fields = ("done", "in_time", "responses", "own_done", "own_in_time", "blamed")
        totals = {field: days[field][:, d].sum() for field in fields}
        met = [(kpi.weight, _kpi(kpi, totals, weeks)) for kpi in department.kpis]
        weight = sum(w for w, value in met if not np.isnan(value))
        found[f"kpi_{name}"] = share(sum(w * value for w, value in met if not np.isnan(value)), weight)
    return found


def measures_of(outcome: Outcome) -> dict[str, float]:
    """Return every measure of one replication by name."""
    found = _on_time(outcome) | _lead_times(outcome) | _hand_offs(outcome)
    days, weeks = _counted_days(outcome)
    if weeks > 0:
        waits, urgent = days["urgent_wait"].sum(), days["urgent_n"].sum()
        found["urgent_response"] = share(waits, urgent)
        found["trust"] = _trust(days["trust"][:, : len(outcome.compiled.scenario.departments)])
        found |= _coordination(outcome, days, weeks) | attainments_of(outcome)
    return found


def ledger_of(outcome: Outcome) -> dict[str, dict[str, float]]:
    """Return mean hours per finished case: of all parts, with closed hours inherited, and of open hours only."""
    mean = outcome.mean_spent(followed(outcome) & ~np.isnan(outcome.cases["finish"]))
    splits = {"ledger": ledger_parts, "ledger_inherited": inherited_parts, "ledger_open": open_parts}
    return {name: {part: float(hours[0]) for part, hours in split(mean).items()} for name, split in splits.items()}


def places_of(outcome: Outcome) -> Any:
    """Return where cases spend their time: hours per finished case as an array of steps × published parts.

    Time waiting for answers counts once at the step they hold up, however many there are; parallel branches count each
    for itself, so that the hours of a process with branches sum to more than its lead time. NaN where none finished.
    """
    cases, params = outcome.cases, outcome.compiled.params
    finished = cases["process"][followed(outcome) & ~np.isnan(cases["finish"])]
    n = np.bincount(finished, minlength=len(params.processes))[params.steps["process"]][:, np.newaxis]
    return np.divide(outcome.places, n, out=np.full(outcome.places.shape, np.nan), where=n > 0)


RELATION = ("trust_start", "trust", "understanding_start", "understanding", "dealings")
"""What is kept of a pair that may deal with each other: at the start, at the end, and how often they did."""


def relations_of(outcome: Outcome) -> Any:
    """Return every pair's trust, understanding and dealings as an array of `RELATION` × links."""
    n = len(outcome.compiled.link_ends)
    start, end = outcome.compiled.links[:n], outcome.links[:n]
    return np.array(
        [start["trust"], end["trust"], start["understanding"], end["understanding"], end["dealings"]], dtype=float
    )


def loads_of(outcome: Outcome) -> Any:
    """Return hours served over hours open, after the warm-up, of everybody who has a queue; NaN without such days."""
    days, _ = _counted_days(outcome)
    params = outcome.compiled.params
    open_hours = days["staff"].sum(axis=0) * params.calendars["hours"][params.pools["calendar"]] / 7.0
    served = days["hours"].sum(axis=(0, 2))
    return np.divide(served, open_hours, out=np.full(len(open_hours), np.nan), where=open_hours > 0)


def _weekly_trust(outcome: Outcome, weeks: int) -> Any:
    """Return mean trust over the days of each week and departments; NaN where no day of a week is recorded."""
    trust = outcome.days["trust"].reshape(-1, len(outcome.compiled.pools))
    trust = trust[:, : len(outcome.compiled.scenario.departments)]
    known = ~np.isnan(trust)
    week = np.arange(len(trust)) // 7
    sums = np.bincount(week, np.where(known, trust, 0.0).sum(axis=1), minlength=weeks)
    counts = np.bincount(week, known.sum(axis=1), minlength=weeks)
    return np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0)


def timeline_of(outcome: Outcome) -> list[dict[str, float]]:
    """Return, week by week, the on-time rate of the cases due then, the cases open at its end, and conflicts."""
    cases = outcome.cases[outcome.cases["lost"] == 0]
    met = cases["finish"] <= cases["target"]
    weeks = int(np.ceil(outcome.window[1] / WEEK))
    edges = np.arange(weeks + 1) * WEEK
    due = np.histogram(cases["target"], edges)[0]
    in_time = np.histogram(cases["target"][met], edges)[0]
    arrived = np.searchsorted(np.sort(cases["arrival"]), edges[1:], side="right")
    left = np.searchsorted(np.sort(cases["finish"]), edges[1:], side="right")
    conflicts = np.histogram(cases["arrival"], edges, weights=cases["conflicts"])[0]
    trust = _weekly_trust(outcome, weeks)
    return [
        {
            "replication": outcome.replication,
            "week": week,
            "on_time_target": share(in_time[week], due[week]),
            "backlog": float(arrived[week] - left[week]),
            "conflicts": float(conflicts[week]),
            "trust": float(trust[week]),
        }
        for week in range(weeks)
    ]
