"""Late changes: customers want something else while their case is under way, and what was done for it is redone."""

import numpy as np

from sim.kernel.cases import case_of, is_number, release
from sim.kernel.defects import note_change
from sim.kernel.draws import NOBODY, NOWHERE, ZERO, bits, exponential, uniform
from sim.kernel.flow import ONE, skipped
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.mechanisms.changes import frozen, until_next
from sim.kernel.opens import Opens
from sim.vocab import DAY, CaseCount, Event, Lever, Purpose

OPENS = (Opens(events=1, defects=1),)  # the next wish, and what it makes wrong


@routine
def plan_change(s, p, c, n, time):
    """Plan the `n`-th change of case `c` after `time`: a Poisson stream from its arrival to its date."""
    case = case_of(s, c)
    rate = s.departments[p.processes[case["process"]]["front"]]["lever"][Lever.CHANGES]
    if rate <= 0.0 or not is_number(case["target"]):
        return
    u = uniform(case["key"], NOWHERE, Purpose.CHANGE, NOBODY, n, ZERO)
    wish = time + until_next(exponential(u), rate, case["target"] - case["arrival"])
    if wish < case["target"]:
        s.cases[c]["refs"] += 1
        plan(s, wish, Event.CHANGE, c, n)


@inline
def last_changeable(s, p, c):
    """Return the last step of case `c` that is done and can be changed, -1 where none is."""
    case = case_of(s, c)
    process = p.processes[case["process"]]
    done = s.cases[c]["done"]
    last = NOBODY
    for j in range(process["first_step"], process["first_step"] + process["n_steps"]):
        step = p.steps[j]
        is_done = (done & ONE << np.uint64(step["place"])) != NOWHERE
        if step["changeable"] and is_done and not skipped(case["key"], step):
            last = np.int64(j)
    return last


@routine
def on_change(s, p, c, n, time):
    """The customer of case `c` wants something else, unless it has been served: it is refused, or has to be redone."""
    case = case_of(s, c)
    if not is_number(case["served"]):
        lever = s.departments[p.processes[case["process"]]["front"]]["lever"]
        u = uniform(case["key"], NOWHERE, Purpose.CORE_CHANGE, NOBODY, n, ZERO)
        if s.cases[c]["ready"] or frozen(case["target"] - time, lever[Lever.FREEZE_DAYS] * DAY, u):
            case["count"][CaseCount.CHANGES_REFUSED] += 1
        else:
            case["count"][CaseCount.CHANGES_ACCEPTED] += 1
            j = last_changeable(s, p, c)
            if j >= 0:
                step = p.steps[j]
                note_change(s, c, bits(case["key"], step["id"], Purpose.CHANGED_WORK, NOBODY, n, ZERO), j, step["dept"])
        plan_change(s, p, c, n + 1, time)
    release(s, c)
