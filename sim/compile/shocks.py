"""Shocks as rows: who leaves or comes and when, and when those outside fail."""

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.compile.basics import identity
from sim.kernel import layout
from sim.scenario import Scenario
from sim.spec.shocks import (
    Leaver,
    ShortStaffed,
    SupplierFailure,
    UrgentOrder,
    WrongUpdate,
    hour,
    spans,
)
from sim.vocab import Shock

Piece = tuple[float, float, float]


def shock_table(scenario: Scenario, rows: Mapping[str, int]) -> Any:
    """Return every dated change, in an order that the order of the file cannot change."""
    found: list[tuple[float, int, int, int, float, int, int]] = []
    flows = list(scenario.processes)
    orders: Counter[tuple[str, float]] = Counter()
    for shock in scenario.shocks:
        if isinstance(shock, UrgentOrder):
            begin = hour(shock.week, scenario.warmup_weeks)
            for _ in range(shock.cases):
                orders[shock.process, begin] += 1
                key = identity("urgent_order", shock.process, repr(begin), str(orders[shock.process, begin]))
                found.append((begin, Shock.ORDER, flows.index(shock.process), -1, 0.0, key, -1))
        if isinstance(shock, Leaver):
            here, there, begin = rows[shock.from_], rows[shock.to], hour(shock.week, scenario.warmup_weeks)
            found.append((begin, Shock.PARTING, here, there, shock.share, 0, -1))
        if isinstance(shock, Leaver | ShortStaffed) and shock.people > 0:
            here = rows[shock.from_ if isinstance(shock, Leaver) else shock.department]
            begin, filled = (hour(week, scenario.warmup_weeks) for week in (shock.week, shock.replaced))
            found.append((begin, Shock.STAFF, here, -1, -float(shock.people), 0, -1))
            found.append((filled, Shock.STAFF, here, -1, float(shock.people), 0, -1))
    for switch, one in enumerate(scenario.interventions):
        for hire in one.recruits(scenario):
            many, here = float(hire.number(one.strength)), rows[hire.department]
            begin, end = hire.there(one.span(scenario.warmup_weeks))
            if many and begin < end:
                found.append((begin, Shock.STAFF, here, -1, many, 0, switch))
            if many and begin < end < math.inf:
                found.append((end, Shock.STAFF, here, -1, -many, 0, switch))
    table = np.zeros(len(found), layout.SHOCK)
    for i, (time, kind, about, other, amount, key, switch) in enumerate(sorted(found)):
        table[i] = (kind, about, other, time, amount, key, switch)
    return table


def failures_of(scenario: Scenario, process: str, step: str) -> list[Piece]:
    """Return when those outside take longer at a step: begin, end, and how many times as long."""
    found = [one for one in scenario.shocks if isinstance(one, SupplierFailure) and one.process == process]
    here = [one for one in found if one.step is None or one.step == step]
    return [piece for piece in spans(here, scenario.warmup_weeks) if piece[2] != 1.0]


def wrong_of(scenario: Scenario, process: str, step: str) -> list[tuple[float, float]]:
    """Return when what is told about the goods of a step is wrong: begin and end, in the order of time."""
    found = [one for one in scenario.shocks if isinstance(one, WrongUpdate)]
    here = [one for one in found if (one.process, one.step) == (process, step)]
    warmup = scenario.warmup_weeks
    return sorted((hour(one.week, warmup), hour(one.over, warmup)) for one in here)
