"""Ways into compiled functions of the kernel that Python cannot call; with compilation off they are plain Python.

Whoever needs many numbers gets them from one call, because every call from outside is compiled anew.
"""

from types import FunctionType

import numba
import numpy as np

from sim.compile.basics import Basics
from sim.kernel import calendars, draws, heap, queues
from sim.kernel.layout import CLOCK, Params, State

MANY = 20_000 if not numba.config.DISABLE_JIT else 2_000
"""How many numbers statistics are taken of."""


def plain(function):
    """Return a function of the kernel as Python knows it, with those that it calls as Python knows them."""
    own = getattr(function, "py_func", function)
    known = {name: own.__globals__.get(name) for name in own.__code__.co_names}
    compiled = {name: plain(one) for name, one in known.items() if hasattr(one, "py_func")}
    return FunctionType(own.__code__, own.__globals__ | compiled, own.__name__) if compiled else own


def params_of(basics: Basics) -> Params:
    """Return parameters that have calendars and work distributions only."""
    nothing = {name: np.zeros(1) for name in Params._fields}
    return Params(**nothing | basics.tables(np.zeros(0)))


def state_of(**tables: np.ndarray) -> State:
    """Return a state that has some tables only."""
    nothing = {name: np.zeros(1) for name in State._fields}
    return State(**nothing | tables)


def clocks_of(basics: Basics) -> State:
    """Return a state that has clocks only, none of which has been looked at."""
    return state_of(clocks=np.zeros(len(basics.tables(np.zeros(0))["calendars"]), CLOCK))


WRAPPING = np.errstate(over="ignore")
"""Bits are mixed in numbers that begin again at zero; plain Python says so each time."""


@WRAPPING
@numba.njit
def streamed(base, identities, ordinals, out):
    """Fill in the keys of entities."""
    for n in range(len(out)):
        out[n] = draws.stream(base, identities[n], ordinals[n])


@WRAPPING
@numba.njit
def uniforms(keys, places, purposes, whom, visits, agains, out):
    """Fill in the answers to questions."""
    for n in range(len(out)):
        out[n] = draws.uniform(keys[n], places[n], purposes[n], whom[n], visits[n], agains[n])


@numba.njit
def quantiles(p, row, u, out):
    """Fill in the hours of a work distribution."""
    for n in range(len(out)):
        out[n] = draws.hours(p, row, u[n])


@numba.njit
def lognormals(u, mean, spread, out):
    """Fill in the quantiles of a lognormal distribution."""
    for n in range(len(out)):
        out[n] = draws.lognormal(u[n], mean, spread)


@numba.njit
def opened(p, calendar, times, out):
    """Fill in the open hours up to times."""
    for n in range(len(out)):
        out[n] = calendars.to_open(p, calendar, times[n])


@numba.njit
def reached(p, calendar, hours, out):
    """Fill in the times at which open hours are over."""
    for n in range(len(out)):
        out[n] = calendars.from_open(p, calendar, hours[n])


@numba.njit
def open_at(p, calendar, times, out):
    """Fill in whether people are at work."""
    for n in range(len(out)):
        out[n] = p.calendars[calendar]["always"] or calendars._in_hours(p, calendar, times[n])


@numba.njit
def told_by_clock(s, p, calendar, presents, times, hours, out):
    """Fill in what the clock of a calendar says at each present: now, at another time, when hours are over, if open."""
    for n in range(len(out)):
        out[n, 0] = calendars.opened(s, p, calendar, presents[n])
        out[n, 1] = calendars.opened_by(s, p, calendar, times[n])
        out[n, 2] = calendars.reached(s, p, calendar, hours[n])
        out[n, 3] = calendars.is_open(s, p, calendar, times[n])


@numba.njit
def openings(p, calendar, times, out):
    """Fill in the first openings after times."""
    for n in range(len(out)):
        out[n] = calendars.next_opening(p, calendar, times[n])


PLAN, TAKE = 0, 1


@numba.njit
def event_story(s, what, times, kinds, out):
    """Plan events and take the first, as told; fill in which plan each event taken was made by."""
    now = s.now[0]
    taken = 0
    for n in range(len(what)):
        if what[n] == PLAN:
            heap.plan(s, times[n], kinds[n], n, 0)
        else:
            heap.close_hole(s)
            if now["n_events"] > 0:
                top = s.events[0]
                out[taken] = top["who"]
                now["time"] = top["time"]
                now["hole"] = 1
                taken += 1
    heap.close_hole(s)
    return taken


FILE, POP, WITHDRAW = 0, 1, 2


@numba.njit
def queue_story(s, what, rows, out):
    """File requests, serve the first, or withdraw some, as told; fill in who was served."""
    served = 0
    for n in range(len(what)):
        if what[n] == FILE:
            queues.insert(s, 0, rows[n])
        elif what[n] == WITHDRAW:
            queues.withdraw(s, 0, rows[n])
        else:
            out[served] = queues.pop(s, 0)
            served += 1
    return served


@numba.njit
def walked(s, out):
    """Fill in a walk through a queue."""
    n = 0
    r = queues.some(s, 0)
    while r >= 0:
        out[n] = r
        n += 1
        r = queues.following(s, 0, r)
    return n
