"""The theory self-test: with every mechanism neutral, the kernel must obey queueing theory."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.replications import Progress
from sim.spec.counts import count_of
from sim.verify.checks import CHECKS
from sim.verify.experiments import experiments
from sim.verify.intervals import Check, CheckResult, Experiment, judge

__all__ = ["Check", "CheckResult", "Experiment", "VerifyResult", "verify"]


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """The verdicts of the self-test."""

    checks: tuple[CheckResult, ...]

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)

    def to_json(self) -> dict[str, Any]:
        """Return the verdicts as plain data, names in English."""
        return {"checks": [_plain(check) for check in self.checks], "passed": self.passed}


def verify(seed: int = 1, threads: int | None = None, progress: Progress | None = None) -> VerifyResult:
    """Run the theory self-test.

    Parameters
    ----------
    seed : int
        Seed of all experiments.
    threads : int, optional
        Worker threads; by default as many as there are processors. The result does not depend on it.
    progress : callable, optional
        Called with what is done and what there is to do.

    Returns
    -------
    VerifyResult
        One verdict per check. Together they fail a correct kernel for fewer than one seed in a thousand.
    """
    frames = run_experiments(experiments(), count_of("seed", seed, 0), threads, progress)
    return VerifyResult(tuple(judge(check, frames, len(CHECKS)) for check in CHECKS))


def run_experiments(
    planned: Mapping[str, Experiment], seed: int, threads: int | None = None, progress: Progress | None = None
) -> dict[str, pd.DataFrame]:
    """Run every experiment and return its row per replication."""
    total = sum(experiment.cost for experiment in planned.values())
    done = 0
    frames = {}
    for name, experiment in planned.items():
        frames[name] = experiment.frame(seed, threads, _within(progress, done, experiment, total))
        done += experiment.cost
        if progress is not None:
            progress(done, total)
    return frames


def _within(progress: Progress | None, before: int, experiment: Experiment, total: int) -> Progress | None:
    """Turn the progress of one experiment into that of them all."""
    if progress is None:
        return None
    return lambda done, of: progress(before + experiment.cost * done // max(1, of), total)


def _plain(check: CheckResult) -> dict[str, Any]:
    return {
        "name": check.name.en,
        "expected": check.expected,
        "simulated": _number(check.simulated),
        "ci_low": _number(check.ci_low),
        "ci_high": _number(check.ci_high),
        "passed": check.passed,
    }


def _number(value: float) -> float | None:
    """Return nothing instead of what JSON has no number for."""
    return value if math.isfinite(value) else None
