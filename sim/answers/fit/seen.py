"""Runs as somebody would have seen them who knows their figures as well as the client: what fitting compares.

Shares are compared on the scale on which their luck is about the same everywhere (arc sine of the square root), what
cannot be negative on that of square roots (Bartlett 1947, Biometrics 3: 39).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.answers.fit.prior import Numbers
from sim.answers.fit.targets import Target
from sim.scenario.uncertain import SIGNED
from sim.spec.measures import MeasureSpec


@dataclass(frozen=True)
class Seen:
    """The figures that are known, and how runs are looked at for them.

    Attributes
    ----------
    targets
        What is known.
    scales
        On which scale each is compared.
    """

    targets: tuple[Target, ...]
    scales: tuple[Callable[[Numbers], Numbers], ...]

    @property
    def measures(self) -> tuple[str, ...]:
        """What is looked at."""
        return tuple(one.measure for one in self.targets)

    @property
    def aim(self) -> Numbers:
        """The figures of the client on the scales on which they are compared."""
        return self.scaled(np.array([[one.value for one in self.targets]]))[0]

    @property
    def bounds(self) -> tuple[Numbers, Numbers]:
        """The ends of what is known, on the same scales."""
        low, high = ([[getattr(one, end) for one in self.targets]] for end in ("low", "high"))
        return self.scaled(np.array(low))[0], self.scaled(np.array(high))[0]

    def scaled(self, figures: Numbers) -> Numbers:
        """Return figures, a column for each, on the scales on which they are compared."""
        return np.column_stack([scale(figures[:, k]) for k, scale in enumerate(self.scales)])

    def noted(self, runs: pd.DataFrame, luck: np.random.Generator) -> Numbers:
        """Return what a client would have noted down of runs: their figures, each off by as much as the client may be.

        Where the figure of a client is known to lie between two ends, so would that of the run: it is moved by as much
        as these are from what the client says (Wilkinson 2013, Stat. Appl. Genet. Mol. Biol. 12: 129).
        """
        figures = runs[list(self.measures)].to_numpy(dtype=float)
        low, high = (np.array([getattr(one, end) - one.value for one in self.targets]) for end in ("low", "high"))
        return self.scaled(figures - luck.uniform(low, high, figures.shape))


def seen_by(targets: Sequence[Target], specs: Mapping[str, MeasureSpec]) -> Seen:
    """Return how runs are looked at for some figures."""
    return Seen(tuple(targets), tuple(_scale(specs[one.measure]) for one in targets))


def _scale(spec: MeasureSpec) -> Callable[[Numbers], Numbers]:
    if spec.unit == "share":
        return _arcsine
    return _as_it_is if spec.own or spec.name.partition(".")[0] == SIGNED else _root


def _arcsine(figures: Numbers) -> Numbers:
    """Return shares on their scale, which goes on straight where noting down makes more than all of one."""
    inside = np.clip(figures, 0.0, 1.0)
    beyond: Numbers = figures - inside
    found: Numbers = np.arcsin(np.sqrt(inside)) + beyond
    return found


def _root(figures: Numbers) -> Numbers:
    found: Numbers = np.sqrt(np.maximum(figures, 0.0)) + np.minimum(figures, 0.0)
    return found


def _as_it_is(figures: Numbers) -> Numbers:
    return figures
