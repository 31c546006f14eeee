"""The answer of a sensitivity analysis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sim.answers.answer import Answer
from sim.scenario import Scenario
from sim.scenario.uncertain import Assumption
from sim.spec.measures import MeasureSpec
from sim.study.alternatives import Alternative


@dataclass(frozen=True, eq=False)
class Sensitivity(Answer):
    """What drives how an organization does, and what an alternative changes there.

    In all tables ``of`` says what a row is about: ``now``, a measure as things are, or ``change``, what the alternative
    changes of it at the same point under the same luck.

    Attributes
    ----------
    found
        The facts by name, as `tables` tells them.
    asked
        What was asked, and the points and runs that it took.
    specs
        What is known about measures.
    assumptions
        What was varied, by place.
    scenario, tried
        The organization, and the alternative; None where there is none.

    Examples
    --------
    >>> scenario = sim.load("trust_trap", {"horizon_weeks": 2, "warmup_weeks": 0})
    >>> over = ["relations.trust", "levers.latency", "levers.clarity"]
    >>> found = sim.sensitivity(scenario, over=over, measures="trust", method="morris", trajectories=4, replications=2)
    >>> found.tables["deciding"]["assumption"].iloc[0], found.assumptions["relations.trust"].high
    ('relations.trust', 0.25)
    """

    kind = "sensitivity"

    found: Mapping[str, pd.DataFrame] = field(repr=False)
    asked: Mapping[str, Any] = field(repr=False)
    specs: Mapping[str, MeasureSpec] = field(repr=False)
    assumptions: Mapping[str, Assumption] = field(repr=False)
    scenario: Scenario = field(repr=False)
    tried: Alternative | None = field(repr=False)

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The facts by name.

        ``deciding`` (the five that decide, by rank, with what the measure is at the ends of their ranges),
        ``screening`` (elementary effects), ``indices`` (Sobol), ``tornado`` (each alone at both ends), ``luck`` (its
        share of the variance), ``now`` (where everything is as the scenario says), ``assumptions`` (what was varied).
        """
        return self.found

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked, and the points and runs that it took."""
        return self.asked
