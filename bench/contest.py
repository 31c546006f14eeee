"""Contestants take turns in one run, so that what the machine does besides hits all of them alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from bench.network import Means, Network, Played, theory

TOLERANCE = Means(number=0.18, sojourn=0.16, wait=0.32)
"""Four standard deviations of one run of the yardstick, as shares of the exact mean; n runs are off by 1/√n of that."""


class Spread(NamedTuple):
    """A median, and how far values lie apart."""

    median: float
    low: float  # lower quartile
    high: float  # upper quartile
    least: float
    most: float
    n: int


def spread(values: Sequence[float]) -> Spread:
    """Summarize measured values."""
    low, high = np.quantile(values, [0.25, 0.75])
    return Spread(statistics.median(values), float(low), float(high), min(values), max(values), len(values))


def over(values: Sequence[float], others: Sequence[float]) -> Spread:
    """Summarize the ratios of values that were measured in the same rounds."""
    return spread([one / other for one, other in zip(values, others, strict=True)])


@dataclass(frozen=True)
class Contestant:
    """Somebody who can simulate the network.

    Attributes
    ----------
    name : str
        What the table calls it.
    play : callable
        From network and seed to whatever it produces; this is timed.
    read : callable
        From network and product to completions and means; this is not timed.
    runs : int
        Runs in one turn, so that turns of quick contestants are long enough to be timed.
    exact : bool
        Whether it claims to meet theory.
    missing : str
        Why it cannot take part; empty if it can.
    """

    name: str
    play: Callable[[Network, int], Any]
    read: Callable[[Network, Any], Played]
    runs: int = 1
    exact: bool = True
    missing: str = ""


@dataclass
class Score:
    """What a contestant did, round by round."""

    contestant: Contestant
    micros: list[float] = field(default_factory=list)  # processor time per completion, one a round
    means: list[Means] = field(default_factory=list)  # one a run

    @property
    def mean(self) -> Means:
        """Means over all runs."""
        return Means(*np.mean(self.means, axis=0).tolist())


def turn(score: Score, network: Network, seed: int) -> None:
    """Let one contestant run; time that, but not the reading of what it produced."""
    one, seconds, completions = score.contestant, 0.0, 0.0
    gc.collect()
    for run in range(one.runs):
        begun = time.process_time()
        product = one.play(network, seed + run)
        seconds += time.process_time() - begun
        result = one.read(network, product)
        del product  # or the next run would have to find memory of its own
        completions += result.completions
        score.means.append(result.means)
    score.micros.append(1e6 * seconds / completions)


def contest(contestants: Sequence[Contestant], network: Network, rounds: int) -> list[Score]:
    """Let everybody who can take part play `rounds` rounds, after one short run to warm up."""
    scores = [Score(one) for one in contestants]
    able = [score for score in scores if not score.contestant.missing]
    for score in able:
        score.contestant.play(network._replace(hours=network.warmup + 100.0), 0)
    for number in range(rounds):
        for score in able:
            turn(score, network, 1000 * (number + 1))
    return scores


def deviations(score: Score, network: Network) -> Means:
    """Return by which share of the exact value each mean is off."""
    return Means(*(mean / exact - 1.0 for mean, exact in zip(score.mean, theory(network), strict=True)))


def agrees(score: Score, network: Network) -> bool:
    """Tell whether the means are as near to theory as luck explains."""
    scale = len(score.means) ** 0.5 * (network.hours / 5000.0) ** 0.5
    pairs = zip(deviations(score, network), TOLERANCE, strict=True)
    return all(abs(off) <= tolerance / scale for off, tolerance in pairs)
