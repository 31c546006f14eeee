"""By when cases are to be done, and how many are urgent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.answers.logfit.structure.material import Material
from sim.eventlog.log import EventLog
from sim.vocab import DAY
from sim.words import LANGUAGES, Text, words

texts = words("logstructure")

FEWEST = 5
"""Cases with a date from which on a usual one is told."""

SPREAD = 1.5
"""How many times as long the upper quartile is as the lower, from which on there is not one usual date."""

LONGEST = 10_000.0
"""Days that a scenario allows at most."""


@dataclass(frozen=True)
class Promises:
    """By when cases are to be done, and how many are urgent.

    Attributes
    ----------
    target_days
        Calendar days from arrival; None where the log has no dates.
    urgent_share
        Share of cases of the highest priority; 0 where none is known to be.
    notes
        What is to be said of them.
    """

    target_days: float | None
    urgent_share: float
    notes: tuple[Text, ...] = ()


def promises_of(log: EventLog, material: Material) -> Promises:
    """Return by when cases are to be done, and how many are urgent."""
    notes: list[Text] = []
    days = (log.cases["due"].to_numpy(dtype=np.float64) - material.arrival) / DAY
    known = days[np.isfinite(days) & (days > 0.0) & (days <= LONGEST)]
    target = None
    if len(known) >= FEWEST:
        target = round(float(np.median(known)), 2)
        low, high = np.quantile(known, [0.25, 0.75])
        if high > SPREAD * low:
            notes.append(texts.SEVERAL_TARGETS.format(days=target, low=float(low), high=float(high)))
    share, top = _urgent(log)
    if top is not None:
        notes.append(texts.URGENT.format(name=top, share=100.0 * share))
    return Promises(target or None, share, tuple(notes))


def _urgent(log: EventLog) -> tuple[float, str | None]:
    """Return the share of cases of the class that is called the most urgent, and what it is called."""
    classes = log.cases["priority"].dropna().astype(str)
    if not len(classes) or classes.nunique() < 2:
        return 0.0, None
    names = {one.strip().lower(): one for one in classes.unique()}
    ranked = [name for language in LANGUAGES for name in texts.MOST_URGENT.get(language).split()]
    for wanted in ranked:
        found = [name for said, name in names.items() if said == wanted]
        if found:
            share = float((classes == found[0]).mean())
            return (round(share, 4), found[0]) if share <= 0.5 else (0.0, None)
    return 0.0, None
