"""News: who has done his part may sit on what he knows before those hear of it who go on."""

from sim.kernel.calendars import after_now
from sim.kernel.cases import case_of
from sim.kernel.draws import ZERO, exponential, uniform
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.ledger import turn
from sim.kernel.opens import Opens
from sim.kernel.requests import SEND, post
from sim.vocab import Activity, Event, Lever, Purpose

OPENS = (Opens(events=1),)  # the end of the silence


@routine
def withhold(s, p, r, time):
    """Let the department that carried the case so far keep to itself for a while that the step of `r` is due."""
    row = s.requests[r]
    i = row["home"]
    row["dept"] = i  # it is with them, and their hours count
    turn(s, p, r, time, Activity.HANDOVER)
    key = case_of(s, row["case"])["key"]
    u = uniform(key, p.steps[row["step"]]["id"], Purpose.WITHHOLD, p.pools[i]["who"], row["visit"], ZERO)
    silent = s.departments[i]["lever"][Lever.WITHHOLDING] * exponential(u)
    plan(s, after_now(s, p, p.pools[i]["clock"], time, silent), Event.NEWS, r, ZERO)


@inline
def on_news(s, p, r, time):
    """A department lets go of what it knows: whoever is responsible for the step of `r` is asked."""
    row = s.requests[r]
    turn(s, p, r, time, Activity.QUEUE)
    row["dept"] = p.steps[row["step"]]["dept"]
    post(s, r, SEND)
