"""The published measures of one replication; `sim.spec.measures` says what each means.

What is counted case by case stands in `sim.counted`; here is what is counted day by day, over the days of the horizon,
and what is kept of a replication besides measures.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import compress, pairwise
from typing import Any

import numpy as np

from sim.capacity import hours_by_day, open_hours
from sim.compile import Compiled
from sim.counted import ROUNDING, accepted, case_measures, served
from sim.frames import Named, Rows, names_of
from sim.kernel.layout import N_SPENT
from sim.kernel.mechanisms.attainment import met
from sim.kernel.mechanisms.people import YEAR
from sim.money import total
from sim.outcome import Columns, Outcome, inherited_parts, ledger_parts, made_once, open_parts, share
from sim.released import release_measures
from sim.vocab import DAY, LEDGER_PARTS, UNFINISHED, WEEK, Kind
from sim.weekly import WHOLE

_MET = getattr(met, "py_func", met)
"""The kernel's own, so that departments reflect on what is published."""


def counted_days(outcome: Outcome) -> tuple[Any, float]:
    """Return the daily rows of the horizon as an array of days × departments, and the weeks they cover."""
    begin, end = outcome.window
    days = outcome.days.reshape(-1, len(outcome.compiled.pools))
    kept = days[int(begin // DAY) : int(end // DAY)]  # day n ends at (n + 1) · 24, and every day is there
    return kept, len(kept) / 7.0


def numbers_of(outcome: Outcome, days: Any) -> Any:
    """Return the numbers of the days that count."""
    return int(outcome.window[0] // DAY) + np.arange(len(days))


def _coordination(outcome: Outcome, days: Any, weeks: float) -> dict[str, float]:
    """Return hours and cost of coordination a week."""
    hours = coordinated(outcome, days).sum(axis=0) / weeks
    return {"coordination_hours": float(hours.sum()), "coordination_cost": float(hours @ rates_of(outcome))}


def coordinated(outcome: Outcome, days: Any) -> Any:
    """Return the hours of coordination of each day and owner: served, double-checks and forms, and overhead."""
    pools = outcome.compiled.pools
    served = days["coordinated"] + days["extra"]
    params, numbers = outcome.compiled.params, numbers_of(outcome, days)
    day_hours = made_once(outcome.compiled.shared, f"hours of {len(days)} days", hours_by_day, params, numbers)
    paid = np.array(["." not in name for name in pools])
    share = params.pools["manned"]
    overhead = (1.0 - days["productivity"]) * days["staff"] * share * day_hours * paid
    return served + overhead


def rates_of(outcome: Outcome) -> Any:
    """Return what an hour of each owner of a queue costs."""
    return made_once(outcome.compiled.shared, "rates", _rates, outcome.compiled)


def _rates(compiled: Compiled) -> Any:
    scenario = compiled.scenario
    return np.array([scenario.departments[scenario.home(name)].pay for name in compiled.pools])


def _line_hours(days: Any, weeks: float) -> float:
    """Return for how many hours a week people stood still because goods were missing, tax on working time included."""
    return float(days["hours"][..., int(Kind.STANDSTILL)].sum() / weeks)


def weights_of(outcome: Outcome, kind: str) -> Any:
    """Return how often a week each department is planned to deal with others (`weight`), or to ask for `approvals`."""
    return made_once(outcome.compiled.shared, f"weights of {kind}", _weights, outcome.compiled, kind)


def _weights(compiled: Compiled, kind: str) -> Any:
    n = len(compiled.link_ends)
    owners = np.array([i for i, _ in compiled.link_ends], dtype=int)
    weights = np.bincount(owners, compiled.links[kind][:n], minlength=len(compiled.pools))
    return weights[: len(compiled.scenario.departments)]


def _trust(trust: Any, weights: Any) -> Any:
    """Return trust by how often departments deal with each other, mean over days; NaN where nobody deals.

    Departments are on the last axis, days on the one before it.
    """
    known = weights > 0.0
    if not known.any() or not trust.shape[-2]:
        return np.full(trust.shape[:-2], np.nan)
    return (trust[..., known] @ weights[known]).mean(axis=-1) / weights[known].sum()


def _attainment(outcome: Outcome, d: int, totals: Mapping[str, Any], weeks: float) -> float:
    """Return how far one department meets its own KPIs, added up in the order in which the kernel does."""
    params = outcome.compiled.params
    first, n = int(params.pools["kpis"][d]), int(params.pools["n_kpis"][d])
    total = weight = 0.0
    for judged, target, weighs in params.numbers[first : first + 3 * n].reshape(n, 3).tolist():
        value = _MET(int(judged), target, weeks, **totals)
        if not math.isnan(value):
            total += weighs * value
            weight += weighs
    return share(total, weight)


def attainments_of(outcome: Outcome) -> dict[str, float]:
    """Return how far each department meets its own KPIs, as measures; nothing during the warm-up."""
    days, weeks = counted_days(outcome)
    found: dict[str, float] = {}
    if weeks == 0:
        return found
    fields = ("done", "in_time", "responses", "own_done", "own_in_time", "blamed")
    sums = {field: days[field].sum(axis=0) for field in fields}  # of whole numbers, so that no order rounds otherwise
    for d, name in enumerate(outcome.compiled.scenario.departments):
        totals = {field: float(counts[d]) for field, counts in sums.items()}
        found[f"kpi_{name}"] = _attainment(outcome, d, totals, weeks)
    return found


def measures_of(outcome: Outcome) -> dict[str, float]:
    """Return every measure of one replication by name."""
    found = case_measures(outcome) | release_measures(outcome)
    days, weeks = counted_days(outcome)
    if weeks > 0:
        departments = days[:, : len(outcome.compiled.scenario.departments)]
        found["bypassed"] = share(days["bypassed"].sum(), days["done"].sum())
        found["hours_lent"] = float(days["lent"].sum() / weeks)
        found["quits"] = float(departments["quits"].sum()) * YEAR / len(days)
        posts = departments["staff"].sum() + departments["vacant"].sum()
        found["vacant_share"] = share(departments["vacant"].sum(), posts)
        found["urgent_response"] = share(days["urgent_wait"].sum(), days["urgent_n"].sum())
        found["line_hours_lost"] = _line_hours(days, weeks)
        found["trust"] = float(_trust(departments["trust"], weights_of(outcome, "weight")))
        found["trust_in_approvers"] = float(_trust(departments["trust_in_approvers"], weights_of(outcome, "approvals")))
        found |= _coordination(outcome, days, weeks) | attainments_of(outcome)
        found |= total(outcome, found["coordination_cost"], found["delay_cost"], found["revenue"])
    return found


SPLITS = {"ledger": ledger_parts, "ledger_inherited": inherited_parts, "ledger_open": open_parts}
"""The ways to tell where time goes: closed hours apart, given to what was waited for, or left out."""


def ledger_of(outcome: Outcome, name: str = "ledger") -> dict[str, float]:
    """Return mean hours per case that counts, by part, in one of the `SPLITS`.

    A customer who is not served within the tail has all its time in the part `unfinished`, so that the parts of the
    first two sum to the published lead time. In open hours the tail is counted while anybody is at work.
    """
    return {part: float(hours[0]) for part, hours in _ledgers(outcome, name, 1).items()}


def process_ledger_rows(outcome: Outcome, name: str = "ledger") -> Rows:
    """Return the mean ledger of the cases of every process, in one of the `SPLITS`."""
    processes = outcome.compiled.processes
    parts = _ledgers(outcome, name, len(processes))
    return {"process": _sorted_names(processes, np.arange(len(processes)))} | parts


def _ledgers(outcome: Outcome, name: str, n: int) -> Rows:
    """Return the mean ledgers of the `n` processes, or of all cases as one."""
    spent, in_time = made_once(outcome.shared, f"ledgers of {n}", _spent, outcome, n)
    waited = outcome.tail * (1.0 - in_time)
    unfinished = waited * (_working_hours(outcome) / WEEK if name == "ledger_open" else 1.0)
    return SPLITS[name](spent) | {UNFINISHED: unfinished}


def _spent(outcome: Outcome, n: int) -> tuple[Any, Any]:
    """Return the hours in each cell of the ledger per case that counts, by process where `n` is more than one.

    Beside it stands the share of their customers served in time to count. One pass over the lines of the ledger
    serves all ways to split it.
    """
    done, lines = served(outcome), outcome.lines
    counts = np.flatnonzero(done[lines["case"]])
    cells, process = lines["cell"][counts], outcome.columns["process"]
    if n > 1:
        cells = cells + process[lines["case"][counts]] * N_SPENT
    spent = np.bincount(cells, lines["hours"][counts], minlength=n * N_SPENT).reshape(n, N_SPENT)
    ended, came = (
        np.bincount(process[one], minlength=n) if n > 1 else np.array([one.sum()]) for one in (done, accepted(outcome))
    )
    in_time = np.divide(ended, came, out=np.full(n, np.nan), where=came > 0)
    mean = np.divide(spent, ended[:, np.newaxis], out=np.zeros(spent.shape), where=ended[:, np.newaxis] > 0)
    return mean * in_time[:, np.newaxis], in_time


def _sorted_names(names: Sequence[str], rows: Any) -> Named:
    """Return names instead of rows, stored as numbers in the order of the alphabet."""
    known = sorted(set(names))
    places = {name: place for place, name in enumerate(known)}
    return names_of(known, np.array([places[name] for name in names], dtype=np.int64)[rows])


def _working_hours(outcome: Outcome) -> float:
    """Return the hours of a week in which anybody is at work."""
    params = outcome.compiled.params
    return float(params.calendars["hours"][params.world["clock"][0]])


def places_rows(outcome: Outcome) -> Rows:
    """Return where cases spend their time: hours per case of the process that counts, by step and published part.

    Open cases count with what they had spent when they last moved on. Time waiting for answers counts once at the step
    they hold up, however many there are; parallel branches count each for itself, so that the hours of a process with
    branches sum to more than its lead time. NaN where no case of the process counts.
    """
    params = outcome.compiled.params
    counted = outcome.columns["process"][accepted(outcome)]
    n = np.bincount(counted, minlength=len(params.processes))[params.steps["process"]][:, np.newaxis]
    hours = np.divide(outcome.places, n, out=np.full(outcome.places.shape, np.nan), where=n > 0)
    process, step = (_sorted_names(names, np.arange(len(names))) for names in zip(*outcome.compiled.steps, strict=True))
    return {"process": process, "step": step} | {part: hours[:, k] for k, part in enumerate(LEDGER_PARTS)}


def utilization_rows(outcome: Outcome) -> Rows:
    """Return hours served over hours open, after the warm-up, of everybody who has a queue; NaN without such days."""
    days, _ = counted_days(outcome)
    params = outcome.compiled.params
    served = days["hours"].sum(axis=(0, 2))
    there = open_hours(params, days["staff"], numbers_of(outcome, days), [0])[0] if len(days) else np.zeros(len(served))
    busy = np.divide(served, there, out=np.full(len(there), np.nan), where=there > 0)
    return {"department": names_of(outcome.compiled.pools, np.arange(len(busy))), "utilization": busy}


def timeline_rows(outcome: Outcome) -> Rows:
    """Return, week by week, the on-time rate of the cases due then, the cases open at its end, conflicts and trust.

    Weeks are counted as in files: 0 is the first of the horizon, those of the warm-up are negative; there is none of
    the tail.
    """
    came = (outcome.columns["lost"] == 0) & (outcome.columns["prevented"] == 0)
    cases = Columns(outcome.columns, np.flatnonzero(came))
    weeks, edges = weeks_of(outcome)
    arrived, left, due = (np.searchsorted(edges, cases[name], side="right") for name in ("arrival", "finish", "target"))
    all_due = _by_week(due, weeks)
    in_time = _by_week(due[cases["served"] <= cases["target"]], weeks)
    backlog = _up_to(arrived, weeks) - _up_to(left, weeks)
    conflicts = np.bincount(arrived, cases["conflicts"], minlength=len(weeks) + 2)[1:-1]
    return {
        "week": weeks.astype(int),
        "on_time_target": np.divide(in_time, all_due, out=np.full(len(weeks), np.nan), where=all_due > 0),
        "backlog": backlog.astype(float),
        "conflicts": conflicts,
        "trust": _weekly_trust(outcome, edges),
    }


def weeks_of(outcome: Outcome) -> tuple[Any, Any]:
    """Return the numbers of the weeks of warm-up and horizon, and the hours of the run between which they lie."""
    begin, end = outcome.window
    weeks = np.arange(-np.ceil((begin - ROUNDING) / WEEK), np.ceil((end - begin - ROUNDING) / WEEK))
    return weeks, np.append(np.maximum(0.0, begin + weeks * WEEK), end)


def _by_week(places: Any, weeks: Any) -> Any:
    """Return how many fall into each week, by their places among the edges; what falls on an end is of the next."""
    return np.bincount(places, minlength=len(weeks) + 2)[1:-1]


def _up_to(places: Any, weeks: Any) -> Any:
    """Return how many fall before the end of each week, or before all of them."""
    return np.bincount(places, minlength=len(weeks) + 2).cumsum()[1:-1]


def _weekly_trust(outcome: Outcome, edges: Any) -> Any:
    """Return trust by how often departments deal with each other, mean over the days of each week; NaN without any.

    All whole weeks are worked out at once.
    """
    weights = weights_of(outcome, "weight")
    days = outcome.days["trust"].reshape(-1, len(outcome.compiled.pools))[:, : len(weights)]
    starts = np.searchsorted(np.arange(len(days)) * DAY, edges)
    whole = np.diff(starts) == WHOLE
    found = np.empty(len(whole))
    found[whole] = _trust(days[starts[:-1][whole][:, np.newaxis] + np.arange(WHOLE)], weights)
    found[~whole] = [_trust(days[begin:end], weights) for begin, end in compress(pairwise(starts), ~whole)]
    return found
