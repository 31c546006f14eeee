"""What is kept of one replication: a few numbers, so that millions of cases need no room.

Most experiments keep what is published. Those that need millions of cases keep only the means that their checks read,
because the published measures would take longer than the simulation.
"""

import heapq

import numpy as np
import pandas as pd

from sim.counted import ROUNDING, accepted
from sim.frames import cases_rows
from sim.kernel.layout import N_STATES
from sim.measures import ledger_of, measures_of
from sim.outcome import Outcome
from sim.tables import put_together
from sim.vocab import LEDGER_PARTS, Activity, Context

CASES = "cases"
"""How many cases the means of a replication are taken over."""

_TOUCH = Context.NORMAL * N_STATES + Activity.TOUCH
_QUEUE = Context.NORMAL * N_STATES + Activity.QUEUE


def published(outcome: Outcome) -> dict[str, float]:
    """Return the published measures and, with the prefix ``ledger_``, the mean hours in each part of the ledger."""
    ledger = {f"ledger_{part}": hours for part, hours in ledger_of(outcome).items()}
    return measures_of(outcome) | ledger | {CASES: float(accepted(outcome).sum())}


def times(outcome: Outcome) -> dict[str, float]:
    """Return the mean time in the system, in queues and in work, named as what is published."""
    cases, counted = outcome.cases, accepted(outcome)
    spent = outcome.spent
    return {
        CASES: float(counted.sum()),
        "lead_time_mean": float((cases["finish"] - cases["arrival"])[counted].mean()),
        "ledger_queue": float(spent[:, _QUEUE][counted].mean()),
        "ledger_touch": float(spent[:, _TOUCH][counted].mean()),
    }


def class_waits(outcome: Outcome) -> dict[str, float]:
    """Return the sum of waits and the number of urgent cases, of the others, and of all."""
    counted, urgent = accepted(outcome), outcome.cases["urgent"] == 1
    waits = outcome.spent[:, _QUEUE]
    classes = {"first": counted & urgent, "second": counted & ~urgent, "all": counted}
    sums = {f"waits_{name}": float(waits[those].sum()) for name, those in classes.items()}
    return sums | {f"cases_{name}": float(those.sum()) for name, those in classes.items()}


def weighted_waits(outcome: Outcome) -> dict[str, float]:
    """Return the sums of waits and of cases, each case counted by the mean work of its process."""
    counted, flows = accepted(outcome), outcome.compiled.scenario.processes.values()
    means = np.array([step.work.mean for flow in flows for step in flow.steps.values()])
    weights = means[outcome.cases["process"]][counted]
    waits = outcome.spent[:, _QUEUE][counted]
    return {"weighted_waits": float(weights @ waits), "weighted_cases": float(weights.sum())}


def in_order_of_due_dates(outcome: Outcome) -> dict[str, float]:
    """Return the share of services of one person that begin with the earliest due date of all that wait."""
    flows, finished = outcome.compiled.scenario.processes.values(), np.isfinite(outcome.cases["finish"])
    cases = outcome.cases[finished]
    limits = np.array([step.response_hours for flow in flows for step in flow.steps.values()])
    begun = cases["finish"] - outcome.spent[finished, _TOUCH]
    due = cases["arrival"] + limits[cases["process"]]
    waiting: list[float] = []
    first, at = 0, 0
    for case in np.argsort(begun):
        while at < len(cases) and cases["arrival"][at] <= begun[case] + ROUNDING:
            heapq.heappush(waiting, float(due[at]))
            at += 1
        first += heapq.heappop(waiting) == due[case]
    return {"in_order": first / len(cases)}


def complaints_about_orders(outcome: Outcome) -> dict[str, float]:
    """Return the orders, and the complaints that they have caused."""
    orders = accepted(outcome) & (outcome.cases["caused"] == 0)
    return {"orders": float(orders.sum()), "complaints": float(outcome.cases["complaints"][orders].sum())}


def trust_of_the_desk(outcome: Outcome) -> dict[str, float]:
    """Return the mean trust at the end of the department ``desk`` in those it deals with."""
    asked = [outcome.compiled.pools[one] == "desk" for one, _ in outcome.compiled.link_ends]
    return {"trust": float(outcome.links["trust"][asked].mean())}


def lead_time(outcome: Outcome) -> dict[str, float]:
    """Return the mean time from arrival to finish of all cases; no number where one is unfinished."""
    return {"lead_time": float((outcome.cases["finish"] - outcome.cases["arrival"]).mean())}


def best_team(outcome: Outcome) -> dict[str, float]:
    """Return the size of teams in which the only piece of work of a department is finished first."""
    lead = outcome.cases["finish"] - outcome.cases["arrival"]
    process = outcome.compiled.processes[outcome.cases["process"][lead.argmin()]]
    front = outcome.compiled.scenario.processes[process].front
    return {"size": outcome.compiled.scenario.lever("team_size", front)}


def little(outcome: Outcome) -> dict[str, float]:
    """Return the time-integral of cases in the system over the sum of the times in their ledgers."""
    cases = put_together("cases", [cases_rows(outcome)], [outcome.replication]).dropna(subset="finish")
    spent = cases[[f"ledger_{part}" for part in LEDGER_PARTS]].to_numpy().sum()
    return {"ratio": _integral(cases) / float(spent)}


def _integral(cases: pd.DataFrame) -> float:
    """Return the integral of the number of cases between their arrival and their finish."""
    moments = np.concatenate([cases["arrival"], cases["finish"]])
    steps = np.concatenate([np.ones(len(cases)), -np.ones(len(cases))])
    order = np.argsort(moments, kind="stable")
    return float((np.cumsum(steps[order])[:-1] * np.diff(moments[order])).sum())
