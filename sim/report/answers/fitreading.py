"""What a fit found, ready to be told in one language: names, values with their units, and what may be claimed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.experiments.ranges import ranges_of
from sim.report.numbers import between, joined, scaled, unit_of
from sim.report.robust import valued
from sim.scenario.uncertain import Assumption
from sim.spec.base import text_of
from sim.spec.measures import MeasureSpec
from sim.study.reported import all_specs
from sim.words import LANGUAGES, Text, series, words

if TYPE_CHECKING:
    from sim.answers.fit.fitting import Fit

texts = words("fit")
grammar = words("grammar")

DAY = 24.0
"""Hours from which on two lead times are told in days."""

UNMET = 0.05
"""Share of the runs of what is believed that have to be as far out as the figures are, so that these may be of it."""

APART = 0.25
"""By which part of its range an assumption has to differ between two organizations that fit, to be told."""

LEAST = 0.01
"""By which part of its range an assumption has to be otherwise than in the file, to be told."""

MATTERS = 0.08
"""By how much the figures have to narrow an assumption, for it to be told where alternatives differ."""


class Reading:
    """A fit in one language.

    Parameters
    ----------
    fit
        What was found.
    lang
        ``en`` or ``zh``.
    """

    def __init__(self, fit: Fit, lang: str) -> None:
        self.fit, self.lang = fit, lang
        self.tables: Mapping[str, pd.DataFrame] = fit.tables
        self.about: Mapping[str, Any] = fit.about
        self.title = text_of(fit.scenario.title, fit.scenario.name)

    @cached_property
    def specs(self) -> Mapping[str, MeasureSpec]:
        """What is known about measures."""
        return all_specs([self.fit.scenario])

    @cached_property
    def assumptions(self) -> Mapping[str, Assumption]:
        """What was uncertain, by place."""
        asked = self.tables["survey"]["assumption"] if "survey" in self.tables else ()
        places = dict.fromkeys(str(one) for one in (*self.tables["posterior"]["assumption"], *asked))
        known = ranges_of(self.fit.scenario, ())
        return {place: known.get(place) or ranges_of(self.fit.scenario, (), place)[place] for place in places}

    def say(self, text: Text, **facts: Any) -> str:
        """Return a sentence in this language."""
        said: str = text.format(**facts).get(self.lang)
        return said

    def name(self, place: str) -> str:
        """Return what an assumption is called, as a sentence quotes it."""
        return self.say(texts.QUOTED, name=self.assumptions[place].label)

    def names(self, places: Iterable[str], most: int | None = None) -> str:
        """Return names one after another, so many at most."""
        return series(map(self.name, places), most).get(self.lang)

    def at(self, place: str, value: float) -> str:
        """Write the value of an assumption."""
        return valued(self.assumptions[place], value).get(self.lang)

    def over(self, place: str, low: float, high: float) -> str:
        """Write between which values an assumption lies, the unit once."""
        return over(self.assumptions[place], low, high).get(self.lang)

    def unit(self, measure: str) -> str:
        """Return the unit in which a measure is told: lead times in days."""
        if self._in_days(measure):
            return words("terminal").UNITS["days"].get(self.lang)
        return unit_of(self.specs[measure]).get(self.lang)

    def number(self, measure: str, value: float) -> float:
        """Return a figure in that unit."""
        return value / DAY if self._in_days(measure) else scaled(value, self.specs[measure])

    def figure(self, measure: str, value: float) -> str:
        """Write a figure with its unit."""
        if not math.isfinite(value):
            return words("terminal").NOT_AVAILABLE.get(self.lang)
        return joined(_plainly(self.number(measure, value)), self.unit(measure), self.lang)

    def figures(self, measure: str, low: float, high: float) -> str:
        """Write between which figures a measure lies."""
        first, last = (_plainly(self.number(measure, one)) for one in (low, high))
        return joined(between(first, last, self.lang), self.unit(measure), self.lang)

    def measure(self, name: str) -> Text:
        """Return what a measure is called."""
        return self.specs[name].label

    def _in_days(self, measure: str) -> bool:
        return measure.startswith("lead_time")

    @property
    def identified(self) -> pd.DataFrame:
        """The assumptions that the figures narrow, the most narrowed first."""
        table = self.tables["posterior"]
        return table[table["identified"]].sort_values("contraction", ascending=False, kind="stable")

    @property
    def open(self) -> pd.DataFrame:
        """The others."""
        return self.tables["posterior"][~self.tables["posterior"]["identified"]]

    @property
    def missed(self) -> pd.DataFrame:
        """The figures that the organization that fits best does not have."""
        best = self.tables["best_figures"]
        return best[~best["fits"].astype(bool)]

    @property
    def fits(self) -> bool:
        """Whether an organization within the ranges was found that has all figures."""
        return self.missed.empty

    @property
    def beside(self) -> pd.DataFrame:
        """The figures beside which its mean lies, though not so far that luck could not be why."""
        best = self.tables["best_figures"]
        known = self.tables["targets"].set_index("measure").loc[best["measure"]]
        apart = (best["mean"].to_numpy() < known["target_low"].to_numpy()) | (
            best["mean"].to_numpy() > known["target_high"].to_numpy()
        )
        return best[best["fits"].astype(bool) & apart]

    @property
    def usual(self) -> bool:
        """Whether the figures are no further out than runs of what is believed are."""
        return float(self.about["misfit"]) >= UNMET

    @property
    def moved(self) -> list[tuple[str, float, float]]:
        """What the best organization has otherwise than the file, what moves furthest first, each with both values."""
        table = self.tables["posterior"].set_index("assumption")
        values = self.tables["best"].set_index("assumption")["value"].astype(float)
        apart = (values - table["now"]) / (table["prior_high"] - table["prior_low"])
        told = apart[apart.abs() > LEAST].abs().sort_values(ascending=False, kind="stable").index
        return [(str(one), float(table["now"][one]), float(values[one])) for one in told]

    @cached_property
    def others(self) -> list[int]:
        """The organizations besides the best that have all figures as well."""
        fitting = self.tables["alike_figures"].groupby("fit")["fits"].all()
        return [int(one) for one in fitting.index[fitting] if one != 1]

    def contrasts(self, other: int, most: int = 3) -> list[tuple[str, float, float]]:
        """Return what one of them has otherwise than the best: assumptions that matter, each with both values."""
        shares = self.tables["alike"].pivot(index="assumption", columns="fit", values="share")
        values = self.tables["alike"].pivot(index="assumption", columns="fit", values="value")
        matters = self.tables["posterior"].set_index("assumption")["contraction"].clip(lower=0.0)
        apart = (shares[other] - shares[1]).abs()
        kept = apart[(apart >= APART) & (matters.reindex(apart.index) >= MATTERS)]
        told = (kept * matters.reindex(kept.index)).sort_values(ascending=False, kind="stable").index[:most]
        return [(str(one), float(values[1][one]), float(values[other][one])) for one in told]


def over(one: Assumption, low: float, high: float) -> Text:
    """Return between which values an assumption lies, the unit once."""
    first, last = (f"{end * 100.0 if one.unit == 'share' else end:.3g}" for end in (low, high))
    limits = Text(*(between(first, last, lang) for lang in LANGUAGES))
    if one.unit == "share":
        return Text(*(joined(limits.get(lang), "%", lang) for lang in LANGUAGES))
    told: Text | None = words("robust").VALUES.get(one.unit)
    return limits if told is None else told.format(value=limits)


def _plainly(value: float) -> str:
    """Write a figure with three digits that mean something, and no zeros behind the point."""
    places = 0 if abs(value) >= 99.95 else 1 if abs(value) >= 9.995 else 2
    text = f"{value:,.{places}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")
