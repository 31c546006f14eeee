"""Warnings: a case that is watched and behind when most of its time is over is urgent from then on."""

import numpy as np

from sim.kernel.calendars import after_now
from sim.kernel.cases import case_of, is_number, release
from sim.kernel.draws import NOBODY, NOWHERE, ZERO, uniform
from sim.kernel.filing import hurry, overtakes
from sim.kernel.flow import ONE
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.opens import Opens
from sim.vocab import CaseCount, Event, Lever, Purpose

OPENS = (Opens(events=1),)  # the look at a case

LOOK = 0.6
"""Share of the customer's time after which a case that is watched is looked at."""


@inline
def watch(s, p, c, time):
    """Let the front department perhaps watch case `c`, if the customer has a date."""
    case = case_of(s, c)
    process = p.processes[case["process"]]
    share = s.departments[process["front"]]["lever"][Lever.WARNING]
    if share <= 0.0 or process["target"] <= 0.0:
        return
    if uniform(case["key"], NOWHERE, Purpose.WATCH, NOBODY, ZERO, ZERO) < share:
        s.cases[c]["refs"] += 1
        look = after_now(s, p, process["target_calendar"], time, LOOK * process["target"])
        plan(s, look, Event.WARNING, c, ZERO)


@inline
def behind(s, p, c, time):
    """Tell whether the next milestone of case `c` is missed: a step that is not done should be by now."""
    case = case_of(s, c)
    process = p.processes[case["process"]]
    done = s.cases[c]["done"]
    missed = False
    for j in range(process["first_step"], process["first_step"] + process["n_steps"]):
        step = p.steps[j]
        due = step["due"] > 0.0 and case["arrival"] + step["due"] <= time
        missed |= due and (done & ONE << np.uint64(step["place"])) == NOWHERE
    return missed


@inline
def urge(s, p, c, time):
    """Let case `c` be urgent from here on: what waits of it comes to the front by what that is worth now."""
    warned = case_of(s, c)["count"]
    r = s.cases[c]["first"]
    while r >= 0:
        warned[CaseCount.WARNED] = 0
        before = overtakes(s, p, r, time)
        warned[CaseCount.WARNED] = 1
        hurry(s, r, overtakes(s, p, r, time) - before)
        r = s.requests[r]["case_next"]


@routine
def on_warning(s, p, c, time):
    """Look at case `c`: if its customer still waits and it is behind, somebody warns of it."""
    if not is_number(case_of(s, c)["served"]) and behind(s, p, c, time):
        urge(s, p, c, time)
    release(s, c)
