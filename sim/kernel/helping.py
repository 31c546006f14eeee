"""Helping out: people who have nothing to do take up work of departments whose queue is long.

It stays what the other department has to do: its dates, its KPIs, its mistakes and its quarrels. Only the hours are
those of whoever helps. Money does nobody's work, and people pay nobody's bills.
"""

from sim.kernel.calendars import is_open
from sim.kernel.cases import case_of
from sim.kernel.draws import NOBODY, ZERO, uniform
from sim.kernel.goodwill import will_help
from sim.kernel.jit import inline, routine
from sim.kernel.layout import HELPING
from sim.kernel.mechanisms.helping import help_chance, lendable, worth_helping
from sim.kernel.queues import before, beyond, first_listed_work, hours_ahead
from sim.kernel.requests import mark
from sim.kernel.shifts import at_work
from sim.kernel.teams import in_team
from sim.vocab import Kind, Lever, Purpose


@inline
def can_lend(s, p, d, time):
    """Tell whether somebody of department `d` has nothing to do and may work for others; who only approves may not."""
    dept = s.departments[d]
    if not dept["active"] & HELPING or dept["waiting"] > 0 or dept["busy"] >= at_work(s, p, d, time):
        return False
    if p.pools[d]["approver"] or dept["lent"] >= lendable(dept["lever"][Lever.CROSS_TRAINING], dept["staff"]):
        return False
    return is_open(s, p, p.pools[d]["calendar"], time)


@inline
def _may_be_taken(s, r):
    """Tell whether request `r` is work that no conflict holds."""
    row = s.requests[r]
    return row["kind"] == Kind.WORK and not case_of(s, row["case"])["frozen"]


@inline
def _first_work(s, d):
    """Return the first work in the queue of department `d` that no conflict holds, or -1.

    The list is in order, and of the heap whatever hangs on a request comes after it: mostly one look is enough.
    """
    q = s.requests
    best = first_listed_work(s, d)
    while best >= 0 and not _may_be_taken(s, best):
        best = q[best]["q_next"]
    r = s.departments[d]["root"] if s.departments[d]["works"] > 0 else NOBODY
    while r >= 0:
        earlier = best < 0 or before(q, r, best)
        if earlier and _may_be_taken(s, r):
            best = r
            earlier = False
        child = q[r]["q_child"]
        r = child if earlier and child >= 0 else beyond(s, r)
    return best


@inline
def _would_help(s, p, d, r, rule):
    """Decide whether department `d` helps out with request `r`: it does or it does not, however often one looks."""
    row = s.requests[r]
    will = 1.0 if in_team(s, row) else will_help(s, p, d, row["dept"])
    place = p.steps[row["step"]]["id"]
    key = case_of(s, row["case"])["key"]
    return uniform(key, place, Purpose.HELP, p.pools[d]["who"], row["visit"], ZERO) < help_chance(will, rule)


@routine
def whom_to_help(s, p, d, time):
    """Return the work of another department that `d` takes up now, or -1: that where most hours a head wait."""
    best = NOBODY
    if not can_lend(s, p, d, time):
        return best
    rule = s.departments[d]["lever"][Lever.HELP_RULE]
    most = worth_helping(p.world[0]["help_from"], rule)
    first = p.pools[d]["first_link"]
    for k in range(first, first + p.pools[d]["n_links"]):
        other = s.links[k]["other"]
        if s.departments[other]["waiting"] > 0 and p.pools[other]["purse"] == p.pools[d]["purse"]:
            ahead = hours_ahead(s, other)
            if ahead > most:
                r = _first_work(s, other)
                if r >= 0 and _would_help(s, p, d, r, rule):
                    best = r
                    most = ahead
    return best


@routine
def call_for_help(s, p, d, time):
    """Let those look at the queue of department `d` who deal with it and have somebody free."""
    first = p.pools[d]["first_link"]
    for k in range(first, first + p.pools[d]["n_links"]):
        other = s.links[k]["other"]
        if can_lend(s, p, other, time):
            mark(s, other)
