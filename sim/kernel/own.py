"""A department's own work: it arrives by itself, competes for the same people, and is nobody else's business.

It has no case, no clock and no stages; more than half of all requests of an ordinary organization are of this kind. So
it goes straight from arrival to the desk or into the queue, and is closed by whoever completes it.
"""

import numpy as np

from sim.kernel.calendars import is_open, open_hours_since, reached
from sim.kernel.draws import NOBODY, NOWHERE, ZERO, exponential, hours, stream, uniform
from sim.kernel.filing import key_of
from sim.kernel.heap import plan
from sim.kernel.jit import inline
from sim.kernel.log import RECEIVED, logged, note, sent
from sim.kernel.opens import Opens
from sim.kernel.queues import insert
from sim.kernel.requests import close_request, mark, open_own
from sim.kernel.service import begin
from sim.kernel.shifts import at_work
from sim.vocab import Event, Purpose, Tally

OPENS = (Opens(requests=1, events=1),)  # this piece, and the arrival of the next


OWN = np.uint64(0x0A11CE5EED0F0A7E)
"""Identity of the streams of own work; a department adds its own identity."""

ITSELF = np.int64(-1)
"""Who sends it."""


@inline
def plan_own(s, p, d):
    """Plan the next piece of own work of department `d`, on the clock of its open hours."""
    dept = s.departments[d]
    key = stream(s.now[0]["base"], OWN + np.uint64(p.pools[d]["who"]), dept["own_ordinal"])
    dept["own_key"] = key
    u = uniform(key, NOWHERE, Purpose.OWN_ARRIVAL, NOBODY, ZERO, ZERO)
    dept["own_clock"] += exponential(u) / p.pools[d]["own_rate"]
    plan(s, reached(s, p, p.pools[d]["calendar"], dept["own_clock"]), Event.OWN_ARRIVAL, d, ZERO)


@inline
def on_own_arrival(s, p, d, time):
    """Own work of a department arrives: whoever is free begins at once, else it waits."""
    dept = s.departments[d]
    u = uniform(dept["own_key"], NOWHERE, Purpose.OWN_WORK, NOBODY, ZERO, ZERO)
    dept["own_ordinal"] += 1
    plan_own(s, p, d)
    r = open_own(s, d, hours(p, p.pools[d]["own_work"], u), time)
    if logged(s):
        sent(s, r, ITSELF)
        note(s, RECEIVED, r)
    free = dept["busy"] < at_work(s, p, d, time) and is_open(s, p, p.pools[d]["calendar"], time)
    if free and dept["waiting"] == 0:
        begin(s, p, r, d, time)
        return
    s.requests[r]["q_key"] = key_of(s, p, r, time)
    insert(s, d, r)
    if free or s.now[0]["helping"]:
        mark(s, d)


@inline
def own_done(s, p, r, time):
    """A piece of a department's own work is done."""
    row = s.requests[r]
    d = row["dept"]
    today = s.departments[d]["today"]
    today[Tally.OWN_DONE] += 1
    today[Tally.OWN_IN_TIME] += open_hours_since(s, p, d, row["sent"], time) <= p.pools[d]["own_target"]
    close_request(s, r)
