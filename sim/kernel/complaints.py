"""Complaints that cases cause: of a date that passes, or of a defect that reaches the customer.

Who would complain is decided by the luck of the case; what comes of it is an event of its own, since it opens a case.
"""

import numpy as np

from sim.kernel.cases import case_of
from sim.kernel.draws import NOBODY, NOWHERE, ZERO, uniform
from sim.kernel.heap import plan
from sim.kernel.jit import routine
from sim.kernel.opens import Opens
from sim.vocab import Event, Purpose

OPENS = (Opens(events=1),)  # the complaint to come

LATE, FAULTY = np.int64(0), np.int64(1)
"""What a complaint is about."""


@routine
def expect(s, p, c):
    """Let the customer of case `c` complain when its date is over, if it is one that would and has not been served."""
    case = case_of(s, c)
    process = p.processes[case["process"]]
    if process["target"] <= 0.0:
        return
    if uniform(case["key"], NOWHERE, Purpose.COMPLAIN_LATE, NOBODY, ZERO, ZERO) < process["complains_late"]:
        s.cases[c]["refs"] += 1
        plan(s, case["target"], Event.COMPLAINT, c, LATE)


@routine
def find_fault(s, p, c, time):
    """Case `c` has reached the customer with a defect: let it complain, if it is one that would."""
    case = case_of(s, c)
    process = p.processes[case["process"]]
    if uniform(case["key"], NOWHERE, Purpose.COMPLAIN_FAULTY, NOBODY, ZERO, ZERO) < process["complains_faulty"]:
        s.cases[c]["refs"] += 1
        plan(s, time, Event.COMPLAINT, c, FAULTY)
