"""The answer: how well a fitted organization forecasts the rest of a log, against doing nothing clever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sim.answers.answer import Answer


@dataclass(frozen=True, eq=False)
class Judgment(Answer):
    """How well a log's past forecasts the rest of it.

    In all tables ``protocol`` is how the log was split: ``published`` or ``forecast``.

    Attributes
    ----------
    found
        The facts by name, as `tables` tells them.
    asked
        What was asked.

    Examples
    --------
    >>> scenario = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 8})
    >>> log = sim.simulated(sim.run(scenario, events=True))
    >>> found = sim.judge(log, protocol="published", repeats=1, logs=1)
    >>> sorted(found.tables["distances"]["method"].unique())
    ['deptsim', 'floor', 'random', 'replay']
    """

    kind = "judge"

    found: Mapping[str, pd.DataFrame] = field(repr=False)
    asked: Mapping[str, Any] = field(repr=False)

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The facts by name.

        ``distances`` (to what came, by measure and method: mean and standard deviation over repeats, the ratio to
        replay's, the difference from it with its interval, and whether that is beyond chance), ``figures`` (hand-offs,
        ping-pong, returns, lateness, times: as they were forecast, and how far off), ``published`` (of other
        simulators, where the log was named), ``splits`` (how each repeat split the log), ``traps`` (what makes a
        comparison weak here), ``times`` (seconds that learning and simulating took), ``errors`` (what could not learn,
        and why), ``measured`` (every number).
        """
        return self.found

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked, and of what log."""
        return self.asked
