"""How robust a comparison is, in words: over which range effects lie, who is best how often, and what decides."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.report.answer import Answer
from sim.report.numbers import changed, joined, measured, span, unit_of
from sim.scenario.uncertain import Assumption
from sim.study.comparison import Comparison
from sim.study.robust import DECIDED
from sim.words import Text, series, words

texts = words("robust")
terms = words("terminal")

ENOUGH = 60
"""Points from which on it is worth saying what decides."""

FEWEST = 10
"""Points from which on it is worth counting them."""


class Robust:
    """What a comparison says over the ranges of its assumptions, in one language, about the measure that decides.

    Parameters
    ----------
    comparison
        One that was surveyed.
    lang
        ``en`` or ``zh``.
    labels
        What to call the alternatives, by label, where that is not what the comparison calls them.
    """

    def __init__(self, comparison: Comparison, lang: str, labels: Mapping[str, str] | None = None) -> None:
        self.comparison, self.lang = comparison, lang
        self.labels = labels or {name: one.get(lang) for name, one in comparison.names.items()}
        self.answer = Answer(comparison, lang)
        self.measure = self.answer.measures[0] if self.answer.measures else ""
        rows = comparison.tables["robustness"]
        self._rows = rows[rows["measure"] == self.measure].set_index("alternative")
        self.spec = comparison.specs.get(self.measure)

    @property
    def order(self) -> list[str]:
        """The alternatives, the one that is best at most points first."""
        known = self._rows.dropna(subset=["middle"])
        shares = known[["best_in", "better_in"]].fillna(0.0)
        return sorted(map(str, known.index), key=lambda label: tuple(-shares.loc[label]))

    def called(self, label: str) -> str:
        """Return what people call an alternative."""
        return self.labels[label]

    def row(self, label: str) -> pd.Series:
        """Return what is known of an alternative over the ranges."""
        return pd.Series(self._rows.loc[label])

    @cached_property
    def points(self) -> int:
        """At how many points there is something to tell."""
        return int(self._rows["points"].max()) if len(self._rows) else 0

    def count(self, label: str, share: str) -> int:
        """Return at how many points an alternative is ``better_in`` or ``best_in``; 0 where neither way is better."""
        found = float(self.row(label)[share])
        return 0 if math.isnan(found) else round(found * int(self.row(label)["points"]))

    def counted(self, label: str, share: str) -> str:
        """Write at how many points that is, of how many; n/a where neither way is better."""
        if math.isnan(float(self.row(label)[share])):
            return terms.NOT_AVAILABLE.get(self.lang)
        return texts.OF.format(count=self.count(label, share), points=self.points).get(self.lang)

    @property
    def judged(self) -> bool:
        """Whether one way of the measure is the better one."""
        return self.spec is not None and self.spec.better != "neither"

    def change(self, value: float) -> str:
        """Write a change of the measure with its unit."""
        return changed(value, self.spec, self.lang) if self.spec is not None else ""

    def range_of(self, label: str) -> str:
        """Write between which changes nine of ten points lie."""
        row = self.row(label)
        return span(float(row["low"]), float(row["high"]), self.spec, self.lang) if self.spec is not None else ""

    def ranged(self, label: str) -> str:
        """Write that range with its unit."""
        unit = "" if self.spec is None else unit_of(self.spec, difference=True).get(self.lang)
        return joined(self.range_of(label), unit, self.lang)

    @property
    def sentences(self) -> list[str]:
        """What leads, what decides the sign of the others, and how far all this goes."""
        if not self.order:
            return []
        counted = self.judged and self.points >= FEWEST
        judged = (*self._leading(), *self._signs()) if counted else (texts.FEW.format(points=self.points),)
        return [one.get(self.lang) for one in (*judged, *self._limits())]

    @property
    def title(self) -> str:
        """What was found in one line, to stand above a picture; nothing where there is nothing to tell."""
        if not self.order:
            return ""
        first = self.order[0]
        facts: dict[str, Any] = {"label": self.called(first), "range": self.ranged(first), **self._counts(first)}
        if not self.judged:
            text = texts.TITLE_OPEN.format(measure="" if self.spec is None else self.spec.label, **facts)
        elif not facts["best"]:
            text = texts.TITLE_NONE
        else:
            text = (texts.TITLE_SURE if facts["better"] == self.points else texts.TITLE_BEST).format(**facts)
        return str(text.get(self.lang))

    @property
    def care(self) -> str:
        """The widest honest sentence about the alternative that is called best; nothing where none is better."""
        best = self.answer.order[0]
        if best not in self.order or self.spec is None or not self.judged:
            return ""
        facts = {"range": self.ranged(best), **self._counts(best)}
        said: Text = texts.CARE.format(label=self.called(best), measure=self.spec.label, count=self._varied, **facts)
        return said.get(self.lang)

    @property
    def _varied(self) -> int:
        return len(self.comparison.assumptions)

    def _counts(self, label: str) -> dict[str, int]:
        found = {share: self.count(label, f"{share}_in") for share in ("better", "best")}
        return {**found, "points": self.points}

    def _leading(self) -> Iterator[Text]:
        first = self.order[0]
        if not self.count(first, "best_in"):
            return
        facts = {"label": self.called(first), **self._counts(first)}
        always = facts["better"] == self.points
        yield (texts.LEADS_ALWAYS if always else texts.LEADS).format(**facts)
        if self.points >= ENOUGH and self._sign(first) and (said := self._moved(first, texts.MOVES)):
            yield said

    def _sign(self, label: str) -> int | None:
        """Return 1 where it is better at nearly all points, -1 where worse, 0 where neither, None if still."""
        better, worse = (float(self.row(label)[name]) for name in ("better_in", "worse_in"))
        if better + worse <= 1.0 - DECIDED:
            return None
        return 1 if better >= DECIDED else -1 if worse >= DECIDED else 0

    def _signs(self) -> Iterator[Text]:
        """Yield where the others help, and what decides it where they do only sometimes."""
        for sign, text in ((1, texts.ALWAYS), (-1, texts.NEVER), (None, texts.STILL)):
            labels = [self.called(one) for one in self.order if self._sign(one) == sign]
            labels = [one for one in labels if sign != 1 or one != self.called(self.order[0])]
            if labels:
                yield text.format(labels=series(labels))
        if self.points < ENOUGH:
            yield texts.FEW.format(points=self.points)
            return
        for label in (one for one in self.order if self._sign(one) == 0):
            row, counted = self.row(label), {"label": self.called(label), **self._counts(label)}
            if row["turns_on"]:
                one = self.comparison.assumptions[row["turns_on"]]
                right = round(float(row["right_in"]) * int(row["points"]))
                side, value = texts.SIDES[row["helps"]], valued(one, float(row["turns_at"]))
                yield texts.HELPS.format(assumption=one.label, side=side, value=value, right=right, **counted)
            else:
                yield self._moved(label, texts.DEPENDS) or texts.UNDECIDED.format(**counted)

    def _moved(self, label: str, text: Text) -> Text | None:
        """Say what an effect depends on most beyond doubt, if anything."""
        rows = self.comparison.tables["influences"]
        mine = rows[(rows["alternative"] == label) & (rows["measure"] == self.measure) & rows["sure"]]
        if mine.empty:
            return None
        row = mine.iloc[0]
        one = self.comparison.assumptions[row["assumption"]]
        facts = {
            "low": self.change(float(row["at_low"])),
            "high": self.change(float(row["at_high"])),
            "low_value": valued(one, one.low),
            "high_value": valued(one, one.high),
        }
        return text.format(label=self.called(label), assumption=one.label, **facts, **self._counts(label))

    def _limits(self) -> Iterator[Text]:
        """Yield what is to be known about the points themselves."""
        told = self.comparison.manifest["robustness"]
        for key, text in (("refused", texts.REFUSED), ("unlike", texts.UNLIKE), ("rejected", texts.REJECTED)):
            if told.get(key):
                yield text.format(count=told[key], points=told["points"] + told["refused"] + told["unlike"])
        if told["points"] < FEWEST:
            yield texts.SAYS_LITTLE.format(points=told["points"], fewest=FEWEST)
        if self.spec is not None:
            ends = (float(self.row(self.order[0])[name]) for name in ("now_low", "now_high"))
            low, high = (measured(end, self.spec, self.lang) for end in ends)
            yield texts.NOW.format(low=low, high=high)


def valued(one: Assumption, value: float) -> Text:
    """Write a value of an assumption with its unit."""
    shown = f"{value * 100.0 if one.unit == 'share' else value:.3g}"
    text: Text | None = texts.VALUES.get(one.unit)
    return Text(shown, shown) if text is None else text.format(value=shown)


def robust_table(robust: Robust) -> Table:
    """Return the table of a terminal: by alternative the ranges of luck and of assumptions, and how often it leads."""
    lang = robust.lang
    measure = robust.spec.label if robust.spec is not None else ""
    title = texts.HEADING.format(measure=measure, count=len(robust.comparison.assumptions)).get(lang)
    table = Table(box=SIMPLE_HEAD, header_style="bold", padding=(0, 1, 0, 0), title=title, title_justify="left")
    table.add_column("", overflow="fold", min_width=9, max_width=24)
    for heading in (texts.WRITTEN, texts.MIDDLE, texts.RANGE, texts.BETTER, texts.BEST):
        table.add_column(heading.get(lang), justify="right", no_wrap=True)
    for label in robust.order:
        row, spec = robust.answer.row(label, robust.measure)
        counts = (robust.counted(label, share) for share in ("better_in", "best_in"))
        table.add_row(
            robust.called(label),
            span(float(row["ci_low"]), float(row["ci_high"]), spec, lang),
            changed(float(robust.row(label)["middle"]), spec, lang, unit=False),
            robust.range_of(label),
            *counts,
        )
    return table
