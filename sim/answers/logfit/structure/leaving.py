"""Whether a case that has been quiet for some time has left: of a log that goes on nobody says which ones have.

After each kind of event some cases leave, and the others go on after some time. How long that takes is known from those
that went on; of those that did not it is known for how long they have been quiet at least. The product-limit estimate
(Kaplan and Meier) of the time until a case goes on then levels off at the share of those that have left.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

POOLED = 2.0
"""Cases for which what is known of all kinds of events together counts, beside those of the kind."""


def left(kind: Ints, quiet: Floats, goes_on: Bools, finished: Bools) -> Floats:
    """Return the chance that each case has left, of places after which it went on, has left, or may have.

    Parameters
    ----------
    kind
        What was the last event at each place.
    quiet
        Hours until the case went on, or for which it has been quiet.
    goes_on
        Whether it went on.
    finished
        Where it did not: whether it is known to have left.

    Returns
    -------
    array
        By place; 0 where the case went on, 1 where it is known to have left.
    """
    waits = np.where(finished & ~goes_on, np.inf, np.maximum(quiet, 0.0))
    found = np.where(goes_on, 0.0, 1.0)
    asked = ~goes_on & ~finished
    if not asked.any():
        return found
    every = _left(waits, goes_on, waits[asked])
    number = np.flatnonzero(asked)
    order = np.argsort(kind, kind="stable")
    first = np.append(np.flatnonzero(np.append(True, np.diff(kind[order]) != 0)), len(order))
    for begin, end in itertools.pairwise(first):
        rows = order[begin:end]
        mine = rows[asked[rows]]
        if len(mine):
            own = _left(waits[rows], goes_on[rows], waits[mine])
            pooled = every[np.searchsorted(number, mine)]
            found[mine] = (len(rows) * own + POOLED * pooled) / (len(rows) + POOLED)
    return found


def _left(waits: Floats, goes_on: Bools, asked: Floats) -> Floats:
    """Return the share of cases that have left among those that have been quiet for so long."""
    times, events = np.unique(waits[goes_on], return_counts=True)
    if not len(times):
        return np.ones(len(asked))
    at_risk = len(waits) - np.searchsorted(np.sort(waits), times, side="left")
    # that none of many went on does not say that all others would
    stay = np.cumsum(np.log(np.maximum(1.0 - events / np.maximum(at_risk, 1), 1e-12)))
    still = np.append(0.0, stay)[np.searchsorted(times, asked, side="right")]
    return np.asarray(np.exp(stay[-1] - still))
