"""The cases that count, and what is measured of them: of all, and of each process.

Counted is who arrives within the horizon; the run goes on after it for the tail, with further arrivals that do not
count. A lead time is observed for as long as the tail and no longer: whoever is not served then, or was only later,
counts as that long. So no process loses more of its cases than another, a longer horizon only makes the same numbers
surer, and nothing looks quicker because it never ends.

The customer is served when the case ends, or at the step `served_by` of its process. Dates and lead times are the
customer's; what is unfinished and the throughput are of whole cases.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy import count_nonzero as count

from sim.money import money_of_cases, value_of
from sim.outcome import Columns, Outcome, made_once, share
from sim.released import caught
from sim.spec.measures import MEASURES, of_process
from sim.vocab import DAY, WEEK

ROUNDING = 1e-6
"""Hours by which weeks times their hours may miss a whole number."""


def asked(outcome: Outcome) -> Any:
    """Return which cases arrived within the horizon: all who asked, lost ones included; not who was prevented."""
    return made_once(outcome.shared, "asked", _asked, outcome)


def accepted(outcome: Outcome) -> Any:
    """Return which cases count for lead times and dates: who asked and was not lost."""
    return made_once(outcome.shared, "accepted", _accepted, outcome)


def served(outcome: Outcome) -> Any:
    """Return which of the accepted customers were served within the tail of their arrival."""
    return made_once(outcome.shared, "served", _served, outcome)


def _asked(outcome: Outcome) -> Any:
    begin, end = outcome.window
    arrival = outcome.columns["arrival"]
    return (arrival >= begin) & (arrival < end) & (outcome.columns["prevented"] == 0)


def _accepted(outcome: Outcome) -> Any:
    return asked(outcome) & (outcome.columns["lost"] == 0)


def _served(outcome: Outcome) -> Any:
    lead = outcome.columns["served"] - outcome.columns["arrival"]
    return accepted(outcome) & (lead <= outcome.tail + ROUNDING)


def case_measures(outcome: Outcome) -> dict[str, float]:
    """Return the measures of cases: by name, and of each process by name and process where there are several."""
    who = asked(outcome)
    found = _measured(outcome, outcome.columns, np.flatnonzero(who), slice(None))
    if len(outcome.compiled.processes) > 1:
        for k, process, rows in _by_process(outcome):
            of_it = _measured(outcome, Columns(outcome.columns, rows), rows[who[rows]], [k])
            found |= {of_process(name, process): value for name, value in of_it.items()}
    return found


def _by_process(outcome: Outcome) -> Iterator[tuple[int, str, Any]]:
    """Yield each process by row and name, with the rows of its cases."""
    process = outcome.columns["process"]
    for k, name in enumerate(outcome.compiled.processes):
        yield k, name, np.flatnonzero(process == k)


def _measured(outcome: Outcome, cases: Columns, these: Any, flows: Any) -> dict[str, float]:
    """Return measures of the cases of `flows`, those in the rows `these` of whom are the ones that asked."""
    counted, done = Columns(outcome.columns, these), served(outcome)[these]
    kept = counted["lost"] == 0
    return (
        _dates(counted, done, kept)
        | _lead_times(counted, done, kept, outcome.tail)
        | {"throughput": _throughput(cases["finish"], outcome.window)}
        | {"value_delivered": _value(counted["scope"][done])}
        | {"prevented_share": _prevented(cases, outcome.window, len(these))}
        | _rates(counted, len(these))
        | {"release_caught": caught(outcome, counted, kept)}
        | {"milestones_kept": share(counted["milestones_kept"].sum(), counted["milestones"].sum())}
        | money_of_cases(outcome, counted, done, kept, flows)
    )


def _dates(cases: Columns, done: Any, kept: Any) -> dict[str, float]:
    """Return on-time rates and what could flatter them; who is not served within the tail is late, whatever date."""
    dated, promised = ~np.isnan(cases["target"]), ~np.isnan(cases["promise"])
    met = done & (cases["served"] <= cases["target"])
    lengths = (cases["promise"] - cases["arrival"])[promised]  # of lost customers, too, who were promised too long
    return {
        "on_time_target": share(count(met), count(kept & dated)),
        "on_time_promise": share(count(done & (cases["served"] <= cases["promise"])), count(kept & promised)),
        "promise_mean": float(lengths.mean() / DAY) if len(lengths) else np.nan,
        "on_time_of_all_asked": share(count(met), count(dated)),
        "lost_share": share(count(~kept), len(kept)),
    }


def _lead_times(cases: Columns, done: Any, kept: Any, tail: float) -> dict[str, float]:
    """Return lead times of accepted customers, at most the tail, and which cases are open when it is over."""
    lead = np.where(done, cases["served"] - cases["arrival"], tail)[kept]
    ended = cases["finish"] - cases["arrival"] <= tail + ROUNDING
    return {
        "lead_time_mean": float(lead.mean()) if len(lead) else np.nan,
        "lead_time_p90": float(np.quantile(lead, 0.9)) if len(lead) else np.nan,
        "unfinished_share": share(count(kept & ~ended), count(kept)),
    }


def _throughput(finish: Any, window: tuple[float, float]) -> float:
    """Return how many cases a week were finished within the horizon, whenever they arrived."""
    begin, end = window
    return float(count((finish >= begin) & (finish < end)) / ((end - begin) / WEEK))


def _value(scopes: Any) -> float:
    """Return what customers were served is worth on average, against the full scope."""
    return float(value_of(scopes).mean()) if len(scopes) else np.nan


def _prevented(cases: Columns, window: tuple[float, float], came: int) -> float:
    """Return the share of the cases within the horizon that did not come, because their cause was removed."""
    begin, end = window
    spared = count((cases["arrival"] >= begin) & (cases["arrival"] < end) & (cases["prevented"] > 0))
    return share(spared, spared + came)


_COUNTED = [(name, spec.counts.column, spec.each) for name, spec in MEASURES.items() if spec.counts is not None]
"""The measures that only count what is noted of cases: name, column, and how many of it make one."""


def _rates(cases: Columns, n: int) -> dict[str, float]:
    """Return rates per case asked: as many as there were customers, whatever became of them."""
    rates = {name: share(each * cases[column].sum(), n) for name, column, each in _COUNTED}
    return rates | {"rework_share": share(cases["reworked"].sum(), cases["worked"].sum())}
