"""What nobody waits for: notices to those who are to be informed, and seeing to it that a matter is closed."""

from sim.kernel.cases import case_of
from sim.kernel.draws import NOBODY, ZERO, hours, uniform
from sim.kernel.jit import inline, routine
from sim.kernel.opens import Opens
from sim.kernel.requests import SEND, open_beside, post
from sim.vocab import Kind, Lever, Purpose

OPENS = (Opens(requests=1, times="told"), Opens(requests=1))  # notices, and the closing of a matter


@inline
def follow_up(s, p, r):
    """Let the first contact of a matter see to it that it is closed; nobody waits for that."""
    done = s.requests[r]
    case = case_of(s, done["case"])
    front = p.processes[case["process"]]["front"]
    b = open_beside(s, r, Kind.FOLLOW_UP, front, front)
    row = s.requests[b]
    u = uniform(case["key"], p.steps[row["step"]]["id"], Purpose.FOLLOW_UP, NOBODY, done["visit"], ZERO)
    row["work"] = hours(p, p.world[0]["inform"], u)
    post(s, b, SEND)


@routine
def inform(s, p, r):
    """Send notices, as far as the process is observed; nobody waits for them."""
    parent = s.requests[r]
    step = p.steps[parent["step"]]
    d = parent["dept"]
    case = case_of(s, parent["case"])
    adherence = s.departments[d]["lever"][Lever.ADHERENCE]
    for k in range(step["n_informs"]):
        told = p.lists[step["informs"] + k]
        who = p.pools[told]["who"]
        u = uniform(case["key"], step["id"], Purpose.INFORM, who, parent["visit"], ZERO)
        if told != d and u < adherence:
            b = open_beside(s, r, Kind.INFORM, d, told)
            row = s.requests[b]
            v = uniform(case["key"], step["id"], Purpose.NOTICE, who, parent["visit"], ZERO)
            row["work"] = hours(p, p.world[0]["inform"], v)
            row["visit"] = parent["visit"]
            post(s, b, SEND)
