"""What the figures and sentences about an experiment are made of: facts in tables by name, and words in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from sim.report.marks import SMALL, says_something
from sim.report.numbers import between, changed, joined, measured, scaled, span, unit_of
from sim.report.signs import SIGNS, Sign
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.study.statistics import ALPHA
from sim.words import Text, words
from sim.words.numbers import MINUS, digits

texts = words("effects")

Term = tuple[str, ...]
"""The factors of an effect: one, or the two of an interaction."""


@dataclass(frozen=True)
class FactorWords:
    """What a factor is called, and its levels.

    Attributes
    ----------
    label
        As people call it.
    levels
        Its levels, the reference first; empty where it has a range.
    tried
        Whether it is something that is introduced, with a dose or without, and not a condition.
    unit
        Of its numbers, as people write it behind them; empty where there is none to name.
    """

    label: str
    levels: tuple[Any, ...] = ()
    tried: bool = False
    unit: str = ""

    @property
    def switch(self) -> bool:
        """Whether it is there or not."""
        return bool(self.levels) and all(isinstance(one, bool) for one in self.levels)

    @property
    def worded(self) -> bool:
        """Whether any of its levels is a word."""
        return any(isinstance(one, str) for one in self.levels)

    @property
    def numeric(self) -> bool:
        """Whether it stands at numbers."""
        return not self.switch and not self.worded


@dataclass(frozen=True, eq=False)
class Reading:
    """An experiment as it is read, in one language.

    Attributes
    ----------
    lang
        ``en`` or ``zh``.
    heading, question, answer
        What the experiment is called, what it asks, and what its file says was found.
    scenarios
        What people call the organizations, by name.
    factors
        What they call the factors.
    specs
        What is known about measures.
    measures
        Those that the answer is about, the first before all.
    design
        The kind of the design.
    replications, seed
        Of every point, and the luck.
    points, runs
        As the experiment has them.
    effects
        scenario, measure, term, order, mean, low, high, p, matters.
    curves
        scenario, measure, factor, line, level, mean, low, high, difference, difference_low, difference_high.
    confounded
        Effects that the design cannot tell apart: groups of terms.
    """

    lang: str
    heading: str
    scenarios: Mapping[str, str]
    factors: Mapping[str, FactorWords]
    specs: Mapping[str, MeasureSpec]
    measures: tuple[str, ...]
    points: pd.DataFrame
    runs: pd.DataFrame
    effects: pd.DataFrame
    curves: pd.DataFrame
    design: str = ""
    replications: int = 0
    seed: int = 1
    question: str = ""
    answer: str = ""
    confounded: Sequence[Sequence[Term]] = field(default=())

    def say(self, text: Any, **facts: Any) -> str:
        """Return a text in the language, with its facts."""
        return str(text.format(**facts).get(self.lang))

    def of(self, scenario: str) -> Reading:
        """Return what there is to read of one organization."""
        points = self.points[self.points["scenario"] == scenario]
        return replace(
            self,
            scenarios={scenario: self.scenarios[scenario]},
            points=points,
            runs=self.runs[self.runs["point"].isin(points.index)],
            effects=_of(self.effects, scenario),
            curves=_of(self.curves, scenario),
        )

    def apart(self) -> Iterator[tuple[str, Reading]]:
        """Yield each organization with what there is to read of it."""
        for name in self.scenarios:
            yield name, self.of(name)

    # Words

    def term(self, term: Term) -> str:
        """Return what an effect is called: by its factors."""
        return self.say(texts.TIMES).join(self.factors[name].label for name in term)

    def level(self, factor: str, value: Any) -> str:
        """Return how a level of a factor is written."""
        if isinstance(value, str):
            return value
        told = self.factors[factor]
        if told.switch:
            return self.say(texts.ON if value else texts.OFF)
        number = f"{float(value):g}".replace("-", MINUS)
        return joined(number, told.unit, self.lang) if told.unit else number

    def label(self, measure: str) -> str:
        """Return what a measure is called."""
        return self.specs[measure].label.get(self.lang)

    def labeled(self, measure: str) -> str:
        """Return what a measure is called, with its unit."""
        spec = self.specs[measure]
        return self.say(texts.OF_UNIT, measure=spec.label, unit=unit_of(spec))

    def value(self, value: float, measure: str) -> str:
        """Write a value of a measure."""
        return measured(value, self.specs[measure], self.lang)

    def change(self, value: float, measure: str) -> str:
        """Write a change of a measure with its unit."""
        return changed(value, self.specs[measure], self.lang)

    def limits(self, low: float, high: float, measure: str) -> str:
        """Write between what a change lies."""
        return span(low, high, self.specs[measure], self.lang)

    def sized(self, size: float, least: float, most: float, measure: str) -> str:
        """Write the size of a change whose direction words say, with its interval."""
        spec = self.specs[measure]
        number, *ends = (digits(scaled(one, spec)) for one in (size, least, most))
        change = joined(number, unit_of(spec, difference=True).get(self.lang), self.lang)
        return self.say(texts.WITHIN, change=change, limits=between(ends[0], ends[1], self.lang))

    def told(self, row: pd.Series) -> str:
        """Write an effect with its interval, where it has one."""
        measure, change = row["measure"], self.change(float(row["mean"]), row["measure"])
        if pd.isna(row["low"]):
            return self.say(texts.NO_INTERVAL, change=change)
        return self.say(texts.WITHIN, change=change, limits=self.limits(row["low"], row["high"], measure))

    # Facts

    def rows(self, measure: str, scenario: str | None = None) -> pd.DataFrame:
        """Return the effects on a measure that are known, the largest first."""
        found = self.effects[(self.effects["measure"] == measure) & self.effects["mean"].notna()]
        if scenario is not None:
            found = found[found["scenario"] == scenario]
        return found.loc[found["mean"].abs().sort_values(ascending=False, kind="stable").index]

    def certain(self, measure: str, order: int | None = None) -> pd.DataFrame:
        """Return the effects that are certain and matter, the largest first; all, or those of one order."""
        found = self.rows(measure)
        if order is not None:
            found = found[found["order"] == order]
        return found[[verdict_of(row, self.specs[measure]) in SURE for _, row in found.iterrows()]]

    @property
    def decides(self) -> str:
        """The first measure that is known at all; empty where none is."""
        known = [name for name in self.measures if name in self.runs and self.runs[name].notna().any()]
        return known[0] if known else ""


def _of(table: pd.DataFrame, scenario: str) -> pd.DataFrame:
    return table[table["scenario"] == scenario] if len(table) else table


SURE = (verdicts.BETTER, verdicts.WORSE, verdicts.CHANGED)
"""What is said of an effect that is certain and not small."""


def verdict_of(row: pd.Series, spec: MeasureSpec) -> str:
    """Return what is said of an effect: better or worse, cannot be told, certain but small, or not tested."""
    mean, low, high = (float(row[name]) for name in ("mean", "low", "high"))
    if pd.isna(low) or pd.isna(high):
        return verdicts.UNKNOWN
    if low <= 0.0 <= high or not float(row["p"]) < ALPHA:
        return verdicts.UNCLEAR
    if not row["matters"] or not says_something(mean, spec):
        return SMALL
    if spec.better == "neither":
        return verdicts.CHANGED
    return verdicts.BETTER if (mean > 0.0) == (spec.better == "higher") else verdicts.WORSE


def sign_of(row: pd.Series, spec: MeasureSpec) -> Sign:
    """Return how an effect is shown."""
    return SIGNS[verdict_of(row, spec)]


def text_in(text: Text, lang: str) -> str:
    """Return a text in a language, else in the other."""
    return text.get(lang) or text.en or text.zh
