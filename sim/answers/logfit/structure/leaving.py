"""Whether a case that has been quiet for some time has left: of a log that goes on nobody says which ones have.

After each kind of event some cases leave, and the others go on after some time. How long that takes is known from those
that went on; of those that did not it is known for how long they have been quiet at least. The product-limit estimate
(Kaplan and Meier) of the time until a case goes on then levels off at the share of those that have left.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

POOLED = 2.0
"""Cases for which what is known of a wider kind counts, beside those of the kind."""


def left(kinds: Sequence[Ints], quiet: Floats, goes_on: Bools) -> Floats:
    """Return the chance that cases have left, of places after which they went on, or may have left.

    Parameters
    ----------
    kinds : sequence of array
        What was the last event at each place, the widest kinds first.
    quiet : array
        Hours until the case went on, or for which it has been quiet.
    goes_on : array
        Whether it went on.

    Returns
    -------
    array
        By place; 0 where the case went on.
    """
    asked = np.flatnonzero(~goes_on)
    found = np.zeros(len(quiet))
    found[asked] = _left(quiet, goes_on, quiet[asked])
    for kind in kinds:
        wider = found.copy()
        order = np.argsort(kind, kind="stable")
        first = np.append(np.flatnonzero(np.append(True, np.diff(kind[order]) != 0)), len(order))
        for begin, end in itertools.pairwise(first if len(order) else []):
            rows = order[begin:end]
            mine = rows[~goes_on[rows]]
            if len(mine):
                own = _left(quiet[rows], goes_on[rows], quiet[mine])
                found[mine] = (len(rows) * own + POOLED * wider[mine]) / (len(rows) + POOLED)
    return found


def _left(quiet: Floats, goes_on: Bools, asked: Floats) -> Floats:
    """Return the share of cases that have left among those that have been quiet for so long."""
    times, events = np.unique(quiet[goes_on], return_counts=True)
    if not len(times):
        return np.ones(len(asked))
    at_risk = len(quiet) - np.searchsorted(np.sort(quiet), times, side="left")
    # that all who could went on does not say that nobody leaves
    still = np.cumsum(np.log(np.maximum(1.0 - events / at_risk, 1e-12)))
    until = np.append(0.0, still)[np.searchsorted(times, asked, side="right")]
    return np.asarray(np.exp(still[-1] - until))
