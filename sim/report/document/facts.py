"""What a report tells, without words of any language: a comparison, how it was asked for, and what stands out in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sim.report.answer import PRICES
from sim.report.document.asked import Asked
from sim.report.document.inputs import Base, Dose, base_of, doses_of, inputs_of
from sim.report.marks import verdict_of
from sim.report.merit import ranked
from sim.report.reasons import Best, best_of
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.study.differing import Input
from sim.study.stories import Stories

if TYPE_CHECKING:
    import pandas as pd

    from sim.report.document.spoken import Spoken
    from sim.study.comparison import Comparison

TOLD_AGAIN = 20
"""Replications in which cases are followed one by one."""


@dataclass(frozen=True, eq=False)
class Facts:
    """What there is to tell.

    Attributes
    ----------
    comparison
        What was found.
    asked
        How it was asked for; None where a program did.
    base
        What the organization as it is differs from; None where nothing is known that it began as.
    """

    comparison: Comparison
    asked: Asked | None = None
    base: Base | None = None
    _spoken: dict[str, Spoken] = field(default_factory=dict, repr=False)

    @cached_property
    def headlines(self) -> pd.DataFrame:
        """The rows of the few measures of an answer at a glance."""
        return self.comparison.headlines

    @property
    def specs(self) -> Mapping[str, MeasureSpec]:
        """What is known about measures."""
        return self.comparison.specs

    @cached_property
    def order(self) -> list[str]:
        """The alternatives, the best first."""
        return ranked(self.headlines, self.specs)

    @property
    def labels(self) -> list[str]:
        """The organization as it is, then the alternatives, the best first."""
        return [self.comparison.baseline, *self.order]

    @cached_property
    def best(self) -> Best | None:
        """What the deciding measure says; None where it is not defined."""
        return best_of(self.headlines, self.specs)

    @property
    def leading(self) -> str:
        """The alternative that is told of most: the one that is best beyond doubt, or else brings most otherwise."""
        if self.best is None or self.best.sure:
            return self.order[0] if self.best is None else self.best.leading
        gains = {label: len(self.gained(label)) - self._lost(label) for label in self.order}
        most = max(gains, key=lambda label: gains[label])
        return most if gains[most] > 0 else self.best.leading

    def gained(self, label: str) -> list[str]:
        """Return the measures at a glance that an alternative makes better beyond doubt, prices aside."""
        return self._with(label, (verdicts.BETTER, verdicts.BUT))

    def _lost(self, label: str) -> int:
        return len(self._with(label, (verdicts.WORSE,)))

    def _with(self, label: str, wanted: tuple[str, ...]) -> list[str]:
        rows = self.headlines[(self.headlines["alternative"] == label) & ~self.headlines["measure"].isin(PRICES)]
        return [
            str(row["measure"])
            for _, row in rows.iterrows()
            if verdict_of(row, self.specs[str(row["measure"])]) in wanted
        ]

    @cached_property
    def stories(self) -> Stories:
        """Typical cases that the leading alternative saved and cost."""
        return self.comparison.stories(self.leading, replications=TOLD_AGAIN)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Every input of the organization that differs from its base, and every lever that is not as usual."""
        return inputs_of(self.comparison.scenario, self.base)

    @cached_property
    def doses(self) -> tuple[Dose, ...]:
        """What the alternatives introduce, in which doses."""
        return doses_of(self.comparison)

    @property
    def command(self) -> str:
        """The command that gives the same report."""
        told = self.comparison
        if self.asked is None:
            return "deptsim rerun comparison.json"
        return self.asked.command(told.wanted or told.replications, int(told.manifest["seed"]))

    def spoken(self, lang: str) -> Spoken:
        """Return what a chapter needs to speak a language; made once."""
        from sim.report.document.spoken import Spoken  # matplotlib's letters are needed once there is something to say

        if lang not in self._spoken:
            self._spoken[lang] = Spoken(self, lang)
        return self._spoken[lang]


def facts_of(comparison: Comparison, asked: Asked | None = None, base: Base | None = None) -> Facts:
    """Return what there is to tell of a comparison.

    Parameters
    ----------
    comparison
        What was found.
    asked
        How it was asked for on the command line.
    base
        What its scenario differs from; where nothing is said, the shipped scenario of its name, if there is one.
    """
    return Facts(comparison, asked, base or base_of(comparison.scenario))
