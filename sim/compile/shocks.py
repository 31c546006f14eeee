"""Shocks as rows: who leaves and when, and how a surge warps the clock of arrivals."""

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

import numpy as np

from sim.kernel import layout
from sim.scenario import Scenario
from sim.scenario.holidays import openings
from sim.spec.shocks import Leaver, ShortStaffed, SupplierFailure, Surge, hour, open_between, spans
from sim.vocab import Shock

Piece = tuple[float, float, float]


def shock_table(scenario: Scenario, rows: Mapping[str, int]) -> Any:
    """Return every dated change, in an order that the order of the file cannot change."""
    found: list[tuple[float, int, int, int, float]] = []
    for shock in scenario.shocks:
        if isinstance(shock, Leaver):
            here, there, begin = rows[shock.from_], rows[shock.to], hour(shock.week, scenario.warmup_weeks)
            found.append((begin, Shock.PARTING, here, there, shock.share))
        if isinstance(shock, Leaver | ShortStaffed) and shock.people > 0:
            here = rows[shock.from_ if isinstance(shock, Leaver) else shock.department]
            begin, filled = (hour(week, scenario.warmup_weeks) for week in (shock.week, shock.replaced))
            found.append((begin, Shock.STAFF, here, -1, -float(shock.people)))
            found.append((filled, Shock.STAFF, here, -1, float(shock.people)))
    table = np.zeros(len(found), layout.SHOCK)
    for i, (time, kind, dept, other, amount) in enumerate(sorted(found)):
        table[i] = (kind, dept, other, time, amount)
    return table


def surges_of(scenario: Scenario, process: str) -> list[Piece]:
    """Return how the clock of a process's arrivals is warped, piece by piece.

    Each piece begins after so many usual open hours of demand, at so many open hours, and runs so many times faster
    than usual. Where demand rests altogether there is no piece: no customer falls into that time.
    """
    surges = [one for one in scenario.shocks if isinstance(one, Surge) and one.process == process]
    calendar = openings(scenario, scenario.processes[process].demand.during)
    found = spans(surges, scenario.warmup_weeks)
    usual = accumulate((factor * open_between(calendar, begin, end) for begin, end, factor in found[:-1]), initial=0.0)
    return [
        (passed, calendar.open_hours(begin), factor)
        for passed, (begin, _, factor) in zip(usual, found, strict=True)
        if factor > 0.0 and len(found) > 1
    ]


def failures_of(scenario: Scenario, process: str, step: str) -> list[Piece]:
    """Return when those outside take longer at a step: begin, end, and how many times as long."""
    found = [one for one in scenario.shocks if isinstance(one, SupplierFailure) and one.process == process]
    here = [one for one in found if one.step is None or one.step == step]
    return [piece for piece in spans(here, scenario.warmup_weeks) if piece[2] != 1.0]
