"""What figures and sentences about an experiment are made of: facts in tables by name, and words in one language."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from sim.experiments.axes import Axis
from sim.experiments.cells import number_of
from sim.report.marks import SMALL, says_something
from sim.report.numbers import between, changed, joined, measured, scaled, span, unit_of
from sim.report.signs import SIGNS, Sign
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.study.statistics import ALPHA
from sim.words import words
from sim.words.numbers import MINUS, digits

texts = words("effects")

EFFECTS = (
    "scenario",
    "measure",
    "term",
    "order",
    "mean",
    "low",
    "high",
    "p",
    "replications",
    "least",
    "mixed",
    "values",
)
"""What is known of each effect."""

SPREAD = ("latin_hypercube", "sobol_sequence", "sobol_indices")
"""Designs whose points are spread over the ranges of factors."""

OFF = "off"
"""The level of a dose at which nothing is introduced."""

Term = tuple[tuple[str, Any], ...]
"""An effect: a factor and the level that is compared with its reference; two of them where both do more, or less."""


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
    names
        What people call levels that files call by a name, where anything else is known.
    """

    label: str
    levels: tuple[Any, ...] = ()
    tried: bool = False
    unit: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def switch(self) -> bool:
        """Whether it is there or not."""
        return bool(self.levels) and all(isinstance(one, bool) for one in self.levels)

    @property
    def numeric(self) -> bool:
        """Whether it stands at numbers, or at numbers and nowhere."""
        words = [one for one in self.levels if math.isnan(number_of(one))]
        return not words or (len(words) == 1 < len(self.levels) and words[0] == OFF)


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
    factors, axes
        What they call the factors, and these as designs see them.
    specs
        What is known about measures.
    measures
        Those that the answer is about, the first before all.
    design
        The kind of the design.
    replications, seed, luck
        Of every point, and the luck.
    points, runs
        As the experiment has them.
    effects
        A row for each organization, measure and effect: scenario, measure, term, order, mean, low, high, p (corrected),
        replications, least (the size from which on it matters), mixed (what else the estimate has in it), and values by
        replication.
    crossed
        The factor whose levels every drawn point meets, where a design crosses one; empty otherwise.
    less_done
        Organization and term of the effects that leave more unfinished, or get less done, beyond doubt.
    said
        What was left out of the effects, or taken for nothing.
    selected
        Which points were selected as the best, where the experiment looks for them.
    """

    lang: str
    heading: str
    scenarios: Mapping[str, str]
    factors: Mapping[str, FactorWords]
    axes: Sequence[Axis]
    specs: Mapping[str, MeasureSpec]
    measures: tuple[str, ...]
    points: pd.DataFrame
    runs: pd.DataFrame
    effects: pd.DataFrame
    design: str = ""
    replications: int = 0
    seed: int = 1
    luck: str = "shared"
    question: str = ""
    answer: str = ""
    crossed: str = ""
    less_done: frozenset[tuple[str, Term]] = frozenset()
    said: Sequence[str] = ()
    selected: Sequence[str] = ()

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
        )

    def apart(self) -> Iterator[tuple[str, Reading]]:
        """Yield each organization with what there is to read of it."""
        for name in self.scenarios:
            yield name, self.of(name)

    @property
    def spread(self) -> bool:
        """Whether points are spread over ranges, so that no level is met again and again."""
        return self.design in SPREAD

    @property
    def known(self) -> list[str]:
        """The measures that are known anywhere."""
        return [name for name in self.measures if name in self.runs and self.runs[name].notna().any()]

    def moved(self, measure: str) -> bool:
        """Tell whether anything changes a measure at all."""
        mine = self.effects[self.effects["measure"] == measure]["mean"]
        return bool((mine.abs() > 0.0).any())

    # Words

    def term(self, term: Term) -> str:
        """Return what an effect is called: by its factors, and their levels where there are several."""
        return self.say(texts.TIMES).join(self.part(*one) for one in term)

    def part(self, name: str, level: Any) -> str:
        """Return what a factor at a level is called; what is there or not needs no level."""
        told = self.factors[name]
        return told.label if told.switch else self.leveled(name, level)

    def leveled(self, name: str, level: Any) -> str:
        """Return a factor with its level."""
        return self.say(texts.LEVEL, factor=self.factors[name].label, level=self.level(name, level))

    def level(self, factor: str, value: Any) -> str:
        """Return how a level of a factor is written."""
        told = self.factors[factor]
        if isinstance(value, bool):
            return self.say(texts.ON if value else texts.OFF)
        if (name := told.names.get(str(value))) is not None:
            return name
        if value == OFF and (told.numeric or told.tried):
            return self.say(texts.NO_DOSE)
        number = number_of(value)
        if not told.numeric or math.isnan(number):
            return str(value).replace("_", " ")
        written = f"{number:.6g}".replace("-", MINUS)
        return joined(written, told.unit, self.lang) if told.unit else written

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

    def sized_alone(self, size: float, measure: str) -> str:
        """Write the size of a change whatever its direction."""
        spec = self.specs[measure]
        return joined(digits(scaled(size, spec)), unit_of(spec, difference=True).get(self.lang), self.lang)

    def told(self, row: pd.Series) -> str:
        """Write an effect with its interval, where it has one."""
        return self.within(float(row["mean"]), float(row["low"]), float(row["high"]), str(row["measure"]))

    def within(self, mean: float, low: float, high: float, measure: str) -> str:
        """Write a change with its interval, where it has one."""
        change = self.change(mean, measure)
        if math.isnan(low):
            return self.say(texts.NO_INTERVAL, change=change)
        return self.say(texts.WITHIN, change=change, limits=self.limits(low, high, measure))

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
        return found[[self.verdict(row) in SURE for _, row in found.iterrows()]]

    def verdict(self, row: pd.Series) -> str:
        """Return what is said of an effect: better or worse, cannot be told, certain but small, or not tested.

        What is better beside more that is never finished, or less that gets done, has a remark.
        """
        spec, mean = self.specs[str(row["measure"])], float(row["mean"])
        low, high = float(row["low"]), float(row["high"])
        if math.isnan(low) or math.isnan(high):
            return verdicts.UNKNOWN
        if low <= 0.0 <= high or not float(row["p"]) < ALPHA:
            return verdicts.UNCLEAR
        if abs(mean) < float(row["least"]) or not says_something(mean, spec):
            return SMALL
        if spec.better == "neither":
            return verdicts.CHANGED
        if (mean > 0.0) != (spec.better == "higher"):
            return verdicts.WORSE
        return verdicts.BUT if (row["scenario"], row["term"]) in self.less_done else verdicts.BETTER

    def sign(self, row: pd.Series) -> Sign:
        """Return how an effect is shown."""
        return SIGNS[self.verdict(row)]

    @property
    def decides(self) -> str:
        """The first measure that is known at all; empty where none is."""
        return next(iter(self.known), "")


def _of(table: pd.DataFrame, scenario: str) -> pd.DataFrame:
    return table[table["scenario"] == scenario] if len(table) else table


SURE = (verdicts.BETTER, verdicts.BUT, verdicts.WORSE, verdicts.CHANGED)
"""What is said of an effect that is certain and not small."""
