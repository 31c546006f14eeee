"""How long work takes by what is done where, and how long cases wait between one event and the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.answers.logfit.structure.choosing import Chosen
from sim.answers.logfit.structure.clocks import Clocks, OpenHours
from sim.answers.logfit.structure.durations import Pooled
from sim.answers.logfit.structure.material import Material
from sim.eventlog.counted import codes_of
from sim.eventlog.log import EventLog

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SITTING = 1.0
"""Hours between two ends of one person up to which both belong to one sitting."""

FEWEST = 10
"""Of these that tell how long a kind of work takes."""

NIGHT = 12.0
"""Hours from one working day to the next."""

ASSUMED = 0.1
"""Hours of work where nothing at all tells."""

QUICK = 0.1
"""Share of events of a kind that come sooner after the one before than its work takes: it is no more than that."""


@dataclass(frozen=True, eq=False)
class Sojourns:
    """Hours of work and of waiting of the events of a log.

    Attributes
    ----------
    work
        Of each event, in open hours of its department.
    wait
        Before each event, in hours in which somebody works, or hours as they count for whoever waits long; 0 before the
        first of a case.
    work_weight, wait_weight
        What each of them counts.
    slow
        Of each kind, whether who waits after it usually waits for long.
    known
        Whether work was seen; else it is estimated.
    at_most
        Hours of work of each kind at most: as they were seen, or where that is not known, as one person takes from one
        end to the next in one sitting.
    """

    work: Floats
    wait: Floats
    work_weight: Floats
    wait_weight: Floats
    slow: Bools
    known: bool
    at_most: Floats


def sojourns_of(log: EventLog, material: Material, clocks: Clocks, half_life: float) -> Sojourns:
    """Return the hours of work and of waiting of the events of a log.

    Where an event went on when the next one of its case had begun, it counts as work up to then: steps of a case come
    one after another, and it is to take as long as it did.
    """
    usual = OpenHours(clocks.everybody, clocks.closed, material.until)
    end = material.cut_end
    before = np.append(0.0, end[:-1])
    before[material.first] = material.begin[material.first]
    lively = OpenHours(clocks.lively, clocks.closed, material.until)
    slow = _slow(material, before)
    after = slow[np.append(0, material.token[:-1])]
    gap = np.where(after, lively.between(before, material.begin), usual.between(before, material.begin))
    weight = material.weight(material.end, material.case, material.until, half_life)
    if material.started:
        work = np.zeros(len(material.case))
        for department, calendar in enumerate(clocks.departments):
            rows = np.flatnonzero(material.department == department)
            hours = OpenHours(calendar, clocks.closed, material.until)
            work[rows] = hours.between(material.begin[rows], end[rows])
        total = np.bincount(material.token, weight * work, len(material.kinds))
        mean = total / np.maximum(np.bincount(material.token, weight, len(material.kinds)), 1e-12)
        return Sojourns(work, gap, weight, np.where(material.first, 0.0, weight), slow, True, mean)
    at_most = _sittings(log, material)
    work = _estimated(material, gap, at_most)
    wait = np.maximum(gap - work, 0.0)
    return Sojourns(work, wait, weight, np.where(material.first, 0.0, weight), slow, False, at_most)


def _slow(material: Material, before: Floats) -> Bools:
    """Return for each kind whether half of those who wait after it, whoever has done it, wait for a night and more."""
    activity = material.kinds[material.token, 0]
    then = np.flatnonzero(~material.first)
    hours = pd.Series((material.begin - before)[then]).groupby(activity[then - 1]).median()
    return np.asarray(hours.reindex(material.kinds[:, 0], fill_value=0.0).to_numpy() >= NIGHT)


def _sittings(log: EventLog, material: Material) -> Floats:
    """Return the usual hours by kind from one end to the next of what one person ends in one sitting."""
    kinds = len(material.kinds)
    found = np.full(kinds, ASSUMED)
    if "resource" not in log.known:
        return found
    # events of the log are those of the material, where it is not known when they began
    resource = codes_of(log.events["resource"])
    order = np.lexsort((material.end, resource))
    same = (resource[order][1:] == resource[order][:-1]) & (resource[order][1:] >= 0)
    between = np.diff(material.end[order])
    sitting = same & (between <= SITTING) & (between > 0)
    token, hours = material.token[order][1:][sitting], between[sitting]
    everything = float(np.median(hours)) if len(hours) else ASSUMED
    for kind in range(kinds):
        own = hours[token == kind]
        found[kind] = float(np.median(own)) if len(own) >= FEWEST else everything
    return found


def _estimated(material: Material, gap: Floats, at_most: Floats) -> Floats:
    """Return the hours of work of each event: no more than in which nearly all of its kind were done."""
    found = at_most.copy()
    every = float(np.quantile(gap[~material.first], QUICK)) if not material.first.all() else np.inf
    for kind in range(len(found)):
        waits = gap[(material.token == kind) & ~material.first]
        found[kind] = min(found[kind], float(np.quantile(waits, QUICK)) if len(waits) else every)
    return found[material.token]


def works_by_kind(material: Material, sojourns: Sojourns) -> Pooled:
    """Return the hours of work by token, these by activity."""
    activity = material.kinds[material.token, 0]
    return Pooled(sojourns.work, sojourns.work_weight, [material.token, activity])


def pair_key(first: Ints | int, second: Ints | int, several: int) -> Ints | int:
    """Return one number for two."""
    return first * several + second


def waits_by_pair(material: Material, chosen: Chosen, sojourns: Sojourns) -> Pooled:
    """Return the hours of waiting by states, these by tokens, these by activities, these by where it goes."""
    places = np.flatnonzero((chosen.histories.event >= 0) & (chosen.histories.follows > 0))
    events = chosen.histories.event[places + 1]
    states = len(chosen.memory.offsets) and int(chosen.memory.offsets[-1]) + 1
    before = chosen.histories.event[places]
    tokens, activities = len(material.kinds), len(material.activities)
    token, activity = material.token, material.kinds[material.token, 0]
    return Pooled(
        sojourns.wait[events],
        sojourns.wait_weight[events],
        [
            np.asarray(pair_key(chosen.state[places], chosen.state[places + 1], states)),
            np.asarray(pair_key(token[before], token[events], tokens)),
            np.asarray(pair_key(activity[before], activity[events], activities)),
            token[events],
        ],
    )
