"""Routes of a Markov process: which of them chance takes, and who is waited for on the way."""

import numpy as np

from sim.kernel.draws import NOBODY, ZERO, uniform
from sim.kernel.jit import inline
from sim.vocab import Purpose

FEW = 8
"""Routes among which the next step is counted out."""


@inline
def route(p, first, n, u):
    """Return the row of the route that `u` falls on among cumulative ones, or -1 behind the last."""
    low = first
    high = first + n
    if n <= FEW:  # counted rather than searched, where a processor would guess wrongly at every other turn
        for k in range(first, high):
            low += np.int64(u >= p.routes[k]["upto"])
        return low if low < high else -1
    while low < high:
        middle = (low + high) >> 1
        if u < p.routes[middle]["upto"]:
            high = middle
        else:
            low = middle + 1
    return low if low < first + n else -1


@inline
def choose(p, first, n, u):
    """Return the step that `u` falls on in cumulative routes, or -1 behind the last."""
    k = route(p, first, n, u)
    return p.routes[k]["step"] if k >= 0 else -1


@inline
def taken(p, key, step, visit):
    """Return the row of the route that a case takes after a visit to a step, or -1 where it leaves."""
    return route(p, step["routes"], step["n_routes"], uniform(key, step["id"], Purpose.ROUTE, NOBODY, visit, ZERO))


@inline
def outside(p, key, step, visit):
    """Return the row of works of somebody outside where it depends on where the case goes next."""
    k = taken(p, key, step, visit)
    return p.routes[k]["wait"] if k >= 0 else step["external_last"]
