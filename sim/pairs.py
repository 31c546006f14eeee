"""How every pair that may deal with each other stands: at the start, at the end, and over time where it is followed."""

from typing import Any

import numpy as np

from sim.frames import Rows, names_of
from sim.outcome import Outcome
from sim.vocab import DAY
from sim.weekly import week_of

RELATION = ("trust_start", "trust", "understanding_start", "understanding", "dealings", "planned")
"""What is kept of a pair that may deal with each other: at the start, at the end, how often they did, and how often a
week two departments are planned to."""


def relations_rows(outcome: Outcome) -> Rows:
    """Return trust, understanding and dealings of every pair that may deal with each other."""
    compiled, n = outcome.compiled, len(outcome.compiled.link_ends)
    start, end = compiled.links[:n], outcome.links[:n]
    values = (
        start["trust"],
        end["trust"],
        start["understanding"],
        end["understanding"],
        end["dealings"],
        start["weight"],
    )
    return _pairs(outcome) | dict(zip(RELATION, values, strict=True))


def _pairs(outcome: Outcome, times: int = 1) -> Rows:
    """Return who stands to whom, pair by pair, so many times."""
    ends = np.array(outcome.compiled.link_ends, dtype=np.int64).reshape(-1, 2)
    ends = np.tile(ends, (times, 1))
    return {end: names_of(outcome.compiled.pools, ends[:, k]) for k, end in enumerate(("from", "to"))}


def daily_relations_rows(outcome: Outcome) -> Rows:
    """Return how every pair stands as each day ends, when the kernel writes the day down as well."""
    return _over_time("day", np.arange(len(outcome.followed)), outcome, outcome.followed)


def weekly_relations_rows(outcome: Outcome) -> Rows:
    """Return how every pair stands in each week of warm-up and horizon: the mean over the ends of its days."""
    days = np.arange(len(outcome.followed))
    days = days[days * DAY < outcome.window[1]]
    numbers = week_of(days, outcome.window[0])
    first = np.flatnonzero(np.diff(numbers, prepend=np.nan))
    lengths = np.diff(np.append(first, len(days)))[:, np.newaxis, np.newaxis]
    seen = outcome.followed[: len(days)]
    means = np.add.reduceat(seen, first, axis=0) / lengths if len(first) else seen
    return _over_time("week", numbers[first].astype(int), outcome, means)


def _over_time(name: str, times: Any, outcome: Outcome, values: Any) -> Rows:
    """Return rows by time and pair from times × 2 × pairs."""
    trust, understanding = (values[:, k].reshape(-1) for k in range(2))
    keys = {name: np.repeat(times, values.shape[2])} | _pairs(outcome, len(times))
    return keys | {"trust": trust, "understanding": understanding}
