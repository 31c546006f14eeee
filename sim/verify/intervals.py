"""Experiments, checks, and the verdict: does the theoretical value lie inside the interval of the simulation?"""

import math
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import t as student

from sim.compile import compile_scenario
from sim.engine import Failure
from sim.outcome import Outcome
from sim.replications import Progress, outcomes
from sim.scenario import Scenario
from sim.verify.kept import CASES, published
from sim.words import Text

Sample = NDArray[np.float64]
"""One number per replication, independent of each other."""

Frames = Mapping[str, pd.DataFrame]
"""What the experiments gave: by name, one row per replication."""

ERROR_RATE = 0.001
"""Chance that a correct kernel fails the whole self-test."""

WIDEST = 0.05
"""Widest interval that still says something, as a share of the expected value."""

LUCKS = 2**20
"""So many independent lucks belong to one seed."""

ROUNDING = 1e-9
"""Relative distance that counts as equal where nothing is left to chance."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """A scenario, how often it is run, and which numbers are kept of each run.

    Attributes
    ----------
    scenario : Scenario
        What is run.
    replications : int
        How often.
    keep : callable, optional
        Turns one replication into numbers by name; by default the published measures and the delay ledger.
    luck : str
        Experiments of the same name meet the same luck, others an independent one, so that verdicts are independent.
    """

    scenario: Scenario
    replications: int
    keep: Callable[[Outcome], Mapping[str, float]] = published
    luck: str = ""

    def frame(self, seed: int, threads: int | None = None, progress: Progress | None = None) -> pd.DataFrame:
        """Run the scenario and return one row per replication; one that failed has no numbers."""
        rows = outcomes(
            compile_scenario(self.scenario),
            self.keep,
            replications=self.replications,
            seed=seed * LUCKS + zlib.crc32(self.luck.encode()) % LUCKS,
            threads=threads,
            progress=progress,
        )
        return pd.DataFrame([{} if isinstance(row, Failure) else row for row in rows])

    def with_replications(self, replications: int) -> "Experiment":
        """Return the same experiment with fewer or more replications."""
        return replace(self, replications=replications)

    @property
    def cost(self) -> int:
        """Simulated weeks, the unit of the progress bar."""
        return math.ceil(self.replications * self.scenario.weeks)


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a number comes from: the experiments it needs, and how to read it off them."""

    experiments: tuple[str, ...]
    read: Callable[[Frames], Sample]


@dataclass(frozen=True, slots=True)
class Check:
    """One theoretical value and how to read its counterpart off the experiments.

    An `exact` check leaves nothing to chance: it passes when every replication agrees to rounding.
    """

    name: Text
    expected: float
    value: Reading
    exact: bool = False


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The verdict on one check."""

    name: Text
    expected: float
    simulated: float
    ci_low: float
    ci_high: float
    passed: bool

    @property
    def width(self) -> float:
        """Full width of the interval as a share of the expected value."""
        return (self.ci_high - self.ci_low) / abs(self.expected)


def numbers(frames: Frames, experiment: str, name: str) -> Sample:
    """Return one column of one experiment."""
    return np.asarray(frames[experiment][name], dtype=np.float64)


def column(experiment: str, name: str) -> Reading:
    """Return the reading of one number per replication."""
    return Reading((experiment,), lambda frames: numbers(frames, experiment, name))


def per_case(experiment: str, *names: str) -> Reading:
    """Return the reading of a mean over cases (a sum of several, where several are named).

    A replication counts by its number of cases: the mean of its means would be off by chance whenever many cases
    arrive and each waits long for that very reason.
    """

    def read(frames: Frames) -> Sample:
        cases = numbers(frames, experiment, CASES)
        return _ratio(sum(numbers(frames, experiment, name) for name in names) * cases, cases)

    return Reading((experiment,), read)


def quotient(experiment: str, above: str, below: str) -> Reading:
    """Return the reading of one sum over another, such as waits over cases."""
    return Reading(
        (experiment,), lambda frames: _ratio(numbers(frames, experiment, above), numbers(frames, experiment, below))
    )


def ratio(above: tuple[str, str], below: tuple[str, str]) -> Reading:
    """Return the reading of a ratio of two means over cases; common luck of the replications narrows its interval."""

    def read(frames: Frames) -> Sample:
        sums = [numbers(frames, *place) * numbers(frames, place[0], CASES) for place in (above, below)]
        return _ratio(*sums)

    return Reading((above[0], below[0]), read)


def _ratio(above: Sample, below: Sample) -> Sample:
    """Return pseudo-values of the delta method: their mean is the ratio of the means, their spread is its spread."""
    middle = above.mean() / below.mean()
    return np.asarray(middle + (above - middle * below) / below.mean())


def judge(check: Check, frames: Frames, checks: int) -> CheckResult:
    """Return the verdict on `check` where `checks` are judged together at `ERROR_RATE`."""
    sample = check.value.read(frames)
    middle = float(sample.mean())
    if check.exact:
        low, high = float(sample.min()), float(sample.max())
        reach = ROUNDING * max(1.0, abs(check.expected))
        passed = check.expected - reach <= low and high <= check.expected + reach
        return CheckResult(check.name, check.expected, middle, low, high, passed)
    low, high = interval(sample, 1.0 - ERROR_RATE / checks)
    return CheckResult(check.name, check.expected, middle, low, high, low <= check.expected <= high)


def interval(sample: Sample, level: float) -> tuple[float, float]:
    """Return Student's interval of the mean of independent numbers."""
    middle = float(sample.mean())
    error = float(sample.std(ddof=1)) / math.sqrt(len(sample))
    reach = float(student.ppf(0.5 + level / 2.0, len(sample) - 1)) * error
    return middle - reach, middle + reach
