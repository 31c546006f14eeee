"""The cases that count, and what is measured of them: of all, and of each process.

Counted is who arrives within the horizon; the run goes on after it for the tail, with further arrivals that do not
count. A lead time is observed for as long as the tail and no longer: a case that is open then, or was finished only
later, counts as that long. So no process loses more of its cases than another, a longer horizon only makes the same
numbers surer, and nothing looks quicker because it never ends.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.outcome import Outcome, share
from sim.spec.measures import MEASURES, of_process
from sim.vocab import DAY, WEEK

ROUNDING = 1e-6
"""Hours by which weeks times their hours may miss a whole number."""


def asked(outcome: Outcome) -> Any:
    """Return which cases arrived within the horizon: all who asked, lost ones included."""
    begin, end = outcome.window
    return (outcome.cases["arrival"] >= begin) & (outcome.cases["arrival"] < end)


def accepted(outcome: Outcome) -> Any:
    """Return which cases count for lead times and dates: who asked and was not lost."""
    return asked(outcome) & (outcome.cases["lost"] == 0)


def finished(outcome: Outcome) -> Any:
    """Return which of the accepted cases were finished within the tail of their arrival."""
    lead = outcome.cases["finish"] - outcome.cases["arrival"]
    return accepted(outcome) & (lead <= outcome.tail + ROUNDING)


def case_measures(outcome: Outcome) -> dict[str, float]:
    """Return the measures of cases: by name, and of each process by name and process where there are several."""
    who, done = asked(outcome), finished(outcome)
    found = _measured(outcome, outcome.cases, who, done)
    if len(outcome.compiled.processes) > 1:
        for process, rows in _by_process(outcome):
            of_it = _measured(outcome, outcome.cases[rows], who[rows], done[rows])
            found |= {of_process(name, process): value for name, value in of_it.items()}
    return found


def _by_process(outcome: Outcome) -> Iterator[tuple[str, Any]]:
    """Yield each process with the rows of its cases."""
    order = np.argsort(outcome.cases["process"], kind="stable")
    names = outcome.compiled.processes
    edges = np.searchsorted(outcome.cases["process"][order], np.arange(len(names) + 1))
    for k, name in enumerate(names):
        yield name, order[edges[k] : edges[k + 1]]


def _measured(outcome: Outcome, cases: Any, who: Any, done: Any) -> dict[str, float]:
    """Return the measures of some cases: those of them `who` asked, and those that were `done` in time to count."""
    counted, done = cases[who], done[who]
    return (
        _dates(counted, done)
        | _lead_times(counted, done, outcome.tail)
        | {"throughput": _throughput(cases["finish"], outcome.window)}
        | _rates(counted)
    )


def _dates(cases: Any, done: Any) -> dict[str, float]:
    """Return on-time rates and what could flatter them; who is not finished within the tail is late, whatever date."""
    kept = cases["lost"] == 0
    dated, promised = ~np.isnan(cases["target"]), ~np.isnan(cases["promise"])
    met = done & (cases["finish"] <= cases["target"])
    lengths = (cases["promise"] - cases["arrival"])[promised]  # of lost customers, too, who were promised too long
    return {
        "on_time_target": share(met.sum(), (kept & dated).sum()),
        "on_time_promise": share((done & (cases["finish"] <= cases["promise"])).sum(), (kept & promised).sum()),
        "promise_mean": float(lengths.mean() / DAY) if len(lengths) else np.nan,
        "on_time_of_all_asked": share(met.sum(), dated.sum()),
        "lost_share": share((~kept).sum(), len(cases)),
    }


def _lead_times(cases: Any, done: Any, tail: float) -> dict[str, float]:
    """Return lead times of accepted cases, the unfinished as long as the tail."""
    kept = cases["lost"] == 0
    lead = np.where(done, cases["finish"] - cases["arrival"], tail)[kept]
    return {
        "lead_time_mean": float(lead.mean()) if len(lead) else np.nan,
        "lead_time_p90": float(np.quantile(lead, 0.9)) if len(lead) else np.nan,
        "unfinished_share": share((kept & ~done).sum(), kept.sum()),
    }


def _throughput(finish: Any, window: tuple[float, float]) -> float:
    """Return how many cases a week were finished within the horizon, whenever they arrived."""
    begin, end = window
    return float(((finish >= begin) & (finish < end)).sum() / ((end - begin) / WEEK))


def _rates(cases: Any) -> dict[str, float]:
    """Return rates per case asked: as many as there were customers, whatever became of them."""
    counted = [(name, spec.counts, spec.each) for name, spec in MEASURES.items() if spec.counts is not None]
    rates = {name: share(each * cases[one.column].sum(), len(cases)) for name, one, each in counted}
    return rates | {"rework_share": share(cases["reworked"].sum(), cases["worked"].sum())}
