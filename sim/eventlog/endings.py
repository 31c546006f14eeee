"""Which cases of a log are finished, as far as it can be known, and which had begun before it did.

A log rarely says that a case is finished; where it does (`sim.eventlog.states`), that holds. Else it is taken to be

* finished, when its last activity is one after which hardly anything ever came;
* finished, when its last activity is a usual last one and it has been quiet for longer than most gaps are;
* finished, when it has been quiet for longer than the longest gap of nearly all cases;
* open otherwise.

An activity is a usual last one when it is the last of at least so many cases among those that have been quiet for long:
what is the last only because the log ends there does not count. Gaps run from end to end of events, as an event is
known when it has ended; where no case has two events, nothing is known of gaps, and the first of these rules alone is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.eventlog.log import EventLog
from sim.eventlog.states import open_by_state

USUAL = 0.02
"""Share of cases that an activity begins or ends from which on it is a usual first or last one."""

CERTAIN = 0.95
"""Share of its events that are the last, from which on an activity finishes a case at once."""

MOST_GAPS, NEARLY_ALL = 0.95, 0.99
"""Which gaps between events, and which longest gaps of cases, a quiet time is held against."""

FEWEST = 20
"""Cases that have to be quiet for long, before usual last activities are read off them alone; from so many on, what
only one case begins or ends with is not usual."""

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Endings:
    """Which cases are open, and on what that stands.

    Attributes
    ----------
    open
        Which cases are not known to be finished.
    unsure
        Which of them may as well be: their last activity is a usual one, but recent; or it is unusual, but long ago.
    cut
        Which had probably begun before the log: their first activity is no usual one, near its begin.
    first, last
        The usual first and last activities.
    quiet
        Hours for which a case has to be quiet after a usual last activity.
    long_quiet
        Hours after which it is taken to be finished whatever was the last.
    said
        Of how many cases the log says it itself.
    """

    open: Bools
    unsure: Bools
    cut: Bools
    first: frozenset[str]
    last: frozenset[str]
    quiet: float
    long_quiet: float
    said: int = 0


def endings(log: EventLog) -> Endings:
    """Return which cases of a log are finished, as far as it can be known."""
    if log.events.empty:
        nothing = np.zeros(len(log.cases), dtype=bool)
        return Endings(nothing, nothing, nothing, frozenset(), frozenset(), 0.0, 0.0)
    begins = log.first_of_case
    ends = np.append(begins[1:], True)
    end = log.events["end"].to_numpy(dtype=np.float64)
    gaps = np.append(0.0, np.maximum(np.diff(end), 0.0))
    gaps[begins] = 0.0
    case = log.events["case"].to_numpy(dtype=np.int64)
    longest = np.zeros(len(log.cases))
    np.maximum.at(longest, case, gaps)
    quiet = float(np.quantile(gaps[~begins], MOST_GAPS)) if not begins.all() else 0.0
    long_quiet = max(float(np.quantile(longest, NEARLY_ALL)), quiet)
    since = log.until - end[ends]
    code, found = pd.factorize(log.events["activity"])
    names = [str(one) for one in found]
    calm = since > long_quiet
    calm = calm if calm.sum() >= FEWEST else np.ones(len(calm), dtype=bool)
    usual_last = _usual(code[ends][calm], len(names))
    certain = usual_last & (_counts(code[ends], len(names)) >= CERTAIN * _counts(code, len(names)))
    last = code[ends]
    finished = certain[last]
    if not begins.all():
        finished = finished | (usual_last[last] & (since > quiet)) | (since > long_quiet)
    opened, said = open_by_state(log.cases)
    finished = np.where(said, ~opened, finished)
    near = log.arrivals - log.begins.min() <= long_quiet
    far = code[begins][~near] if (~near).sum() >= FEWEST else code[begins]
    usual_first = _usual(far, len(names))
    return Endings(
        open=~finished,
        unsure=~finished & ~said & (usual_last[last] | (since > quiet)),
        cut=near & ~usual_first[code[begins]],
        first=frozenset(names[one] for one in np.flatnonzero(usual_first)),
        last=frozenset(names[one] for one in np.flatnonzero(usual_last)),
        quiet=quiet,
        long_quiet=long_quiet,
        said=int(said.sum()),
    )


def _usual(code: NDArray[np.int64], several: int) -> Bools:
    found = _counts(code, several)
    least = max(USUAL * found.sum(), 2.0 if found.sum() >= FEWEST else 1.0)
    return found >= least


def _counts(code: NDArray[np.int64], several: int) -> Floats:
    return np.bincount(code, minlength=several).astype(np.float64)
