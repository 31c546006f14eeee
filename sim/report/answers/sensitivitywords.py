"""What a sensitivity analysis says, piece by piece, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from sim.answers.sensitivity.answer import Sensitivity
from sim.answers.sensitivity.deciding import FIVE, REST
from sim.answers.sensitivity.outcomes import CHANGE, NOW
from sim.report.numbers import changed, limits, measured, span
from sim.report.robust import valued
from sim.spec.base import text_of
from sim.spec.levers import LEVERS
from sim.spec.measures import MeasureSpec
from sim.words import Text, clauses, phrases, series, words
from sim.words.numbers import percentage

texts = words("sensitivity")

ENOUGH = 64
"""Samples from which on the intervals of shares hold."""

CERTAIN = 0.95
"""Share of the draws from which on it is certain that an assumption is among the five."""


class Told:
    """A sensitivity analysis as it is told in one language.

    Parameters
    ----------
    answer
        What was found.
    lang
        ``en`` or ``zh``.
    """

    def __init__(self, answer: Sensitivity, lang: str) -> None:
        self.answer, self.lang = answer, lang
        self.measures: list[str] = list(answer.about["measures"])
        self.sides = [CHANGE, NOW] if answer.tried is not None else [NOW]

    @property
    def scenario(self) -> Text:
        """What people call the organization."""
        return text_of(self.answer.scenario.title, self.answer.scenario.name)

    @property
    def label(self) -> Text:
        """What people call the alternative."""
        return self.answer.tried.name if self.answer.tried is not None else Text("", "")

    def spec(self, measure: str) -> MeasureSpec:
        """Return what is known about a measure."""
        return self.answer.specs[measure]

    def called(self, place: str) -> Text:
        """Return what people call an assumption."""
        if place == REST:
            return texts.REST.format(count=self.rest)
        one = self.answer.assumptions[place]
        return self._at_a_place(place) if one.label.en == place else one.label

    def _at_a_place(self, place: str) -> Text:
        """Return what people call a lever of one step or department; any other number as files write it."""
        *path, name = place.split(".")
        holder: Any = self.answer.scenario
        for part in path:
            holder = holder.get(part) if isinstance(holder, Mapping) else getattr(holder, part, None)
        if name not in LEVERS or not path:
            return Text(place, place)
        where = text_of(getattr(holder, "label", ""), path[-1])
        return texts.OF_ONE.format(assumption=LEVERS[name].label, where=where)

    @property
    def rest(self) -> int:
        """How many assumptions got no index of their own."""
        rows = self.answer.tables["indices"]
        return len(self.answer.assumptions) - rows.loc[rows["assumption"] != REST, "assumption"].nunique()

    def rows(self, table: str, of: str, measure: str) -> pd.DataFrame:
        """Return what a table has of a measure, as it is or as it changes."""
        found = self.answer.tables[table]
        return found[(found["of"] == of) & (found["measure"] == measure)]

    def what(self, of: str, measure: str) -> Text:
        """Return what is driven."""
        template = texts.LEVEL if of == NOW else texts.EFFECT
        return template.format(measure=self.spec(measure).label, label=self.label)

    def heading(self, of: str, measure: str) -> Text:
        """Return the heading of what is driven."""
        template = texts.HEAD_LEVEL if of == NOW else texts.HEAD_EFFECT
        return template.format(measure=self.spec(measure).label, label=self.label)

    def still(self, of: str, measure: str) -> bool:
        """Tell whether there would be indices, but it is not certain that anything varies except by luck."""
        rows = self.rows("indices", of, measure)
        return len(rows) > 0 and bool(rows["total"].isna().all())

    # what decides

    def drives(self, measure: str, of: str) -> Iterator[Text]:
        """Say which assumptions decide a measure."""
        facts = {"measure": self.spec(measure).label, "label": self.label}
        rows = self.rows("deciding", of, measure)
        if self.still(of, measure):
            yield (texts.STILL_NOW if of == NOW else texts.STILL_CHANGE).format(**facts)
        elif rows.empty:
            yield (texts.NONE_NOW if of == NOW else texts.NONE_CHANGE).format(**facts)
        else:
            levers = series(self._sized(row, measure) for _, row in rows.iterrows())
            yield (texts.DRIVES_NOW if of == NOW else texts.DRIVES_CHANGE).format(levers=levers, **facts)
            if len(rows) < FIVE:
                yield texts.FEWER

    def briefly(self, measure: str, of: str) -> Text:
        """Name the assumptions that decide another measure, and what all those account for that got no share."""
        rows = self.rows("deciding", of, measure)
        told = [self._sized(row, measure) for _, row in rows.iterrows()] or [texts.NONE]
        others = self.rows("indices", of, measure)
        for _, row in others[(others["assumption"] == REST) & others["total"].notna()].iterrows():
            numbers = (float(row[name]) for name in ("total", "total_low", "total_high"))
            told.append(texts.SHARE_OF_REST.format(**shares(*numbers)))
        template = texts.OTHER_NOW if of == NOW else texts.OTHER_CHANGE
        return template.format(measure=self.spec(measure).label, levers=phrases(told))

    def _sized(self, row: pd.Series, measure: str) -> Text:
        size, low, high = (float(row[name]) for name in ("size", "size_low", "size_high"))
        name = self.called(row["assumption"])
        if row["by"] == "sobol":
            return texts.SHARE.format(assumption=name, **shares(size, low, high))
        spec = self.spec(measure)
        told = {key: self._text_of(value, spec) for key, value in (("size", size), ("low", low), ("high", high))}
        return texts.SIZE.format(assumption=name, **told)

    def _text_of(self, value: float, spec: MeasureSpec) -> Text:
        """Return the size of a change with its unit, without a sign."""
        return Text(*(changed(value, spec, lang).lstrip("+") for lang in ("en", "zh")))

    def level_and_effect(self, measure: str) -> Text | None:
        """Say which of those that decide do so for the level, the effect or both."""
        if CHANGE not in self.sides:
            return None
        now, change = (list(self.rows("deciding", of, measure)["assumption"]) for of in (NOW, CHANGE))
        if not now or not change:  # of a side of which nothing is known nothing can be told apart
            return None
        groups = (
            (texts.BOTH, [one for one in change if one in now]),
            (texts.ONLY_NOW, [one for one in now if one not in change]),
            (texts.ONLY_CHANGE, [one for one in change if one not in now]),
        )
        told = [text.format(levers=self._named(ones)) for text, ones in groups if ones]
        return texts.LEVEL_AND_EFFECT.format(groups=clauses(told)) if told else None

    def _named(self, places: list[str]) -> Text:
        return series(texts.NAMED.format(assumption=self.called(one)) for one in places)

    # at the ends

    def ends(self, measure: str) -> Iterator[Text]:
        """Say what those that decide do at the ends of their ranges, each alone."""
        spec = self.spec(measure)
        for of in self.sides:
            rows = self.rows("deciding", of, measure)
            if rows.empty:
                continue
            yield self._where_all_is(measure, of, spec)
            template = texts.END_OF_NOW if of == NOW else texts.END_OF_CHANGE
            yield template.format(ends=clauses([self._end(row, spec) for _, row in rows.iterrows()]))

    def _where_all_is(self, measure: str, of: str, spec: MeasureSpec) -> Text:
        now = self.rows("now", of, measure).iloc[0]
        mean, low, high = (float(now[name]) for name in ("mean", "low", "high"))
        if of == NOW:
            facts = {"now": measured(mean, spec, self.lang), "limits": limits(low, high, spec, self.lang)}
            return texts.END_NOW.format(measure=spec.label, **facts)
        facts = {"change": changed(mean, spec, self.lang), "limits": span(low, high, spec, self.lang)}
        return texts.END_CHANGE.format(measure=spec.label, label=self.label, **facts)

    def _end(self, row: pd.Series, spec: MeasureSpec) -> Text:
        one = self.answer.assumptions[row["assumption"]]
        facts = {"low_value": valued(one, one.low), "high_value": valued(one, one.high)}
        return texts.END.format(
            assumption=self.called(one.place),
            at_low=self._at(row, "at_low", spec),
            at_high=self._at(row, "at_high", spec),
            **facts,
        )

    def _at(self, row: pd.Series, end: str, spec: MeasureSpec) -> Text:
        change, low, high = (float(row[name]) for name in (end, f"{end}_low", f"{end}_high"))
        if change == low == high == 0.0:
            return texts.SAME
        return texts.WITHIN.format(change=changed(change, spec, self.lang), limits=span(low, high, spec, self.lang))

    # how sure

    def sure(self, measure: str) -> Iterator[Text]:
        """Say what is left out, what luck does, and what is not certain."""
        luck = self.answer.tables["luck"]
        for of in self.sides:
            yield from self._rest(measure, of)
        for of in self.sides:
            mine = luck[(luck["of"] == of) & (luck["measure"] == measure)]
            for _, row in mine.iterrows():
                if pd.isna(row["luck"]):
                    continue
                text = texts.LUCK_NOW if of == NOW else texts.LUCK_CHANGE
                facts = {"luck": percentage(float(row["luck"])), "apart": percentage(float(row["luck_apart"]))}
                yield text.format(**facts)
        for of in self.sides:
            yield from self._among(measure, of)
        points = self.answer.about["points"]
        if points is not None and points < ENOUGH:
            yield texts.FEW_SAMPLES.format(points=points)
        counted = self.answer.about["experiments"].values()
        if failed := sum(one["failed"] for one in counted):
            yield texts.FAILED.format(failed=failed, runs=sum(one["runs"] for one in counted))
        yield texts.RANGES

    def _rest(self, measure: str, of: str) -> Iterator[Text]:
        rows = self.rows("indices", of, measure)
        for _, row in rows[rows["assumption"] == REST].iterrows():
            if pd.notna(row["total"]):
                text = texts.REST_NOW if of == NOW else texts.REST_CHANGE
                numbers = (float(row[name]) for name in ("total", "total_low", "total_high"))
                yield text.format(count=self.rest, measure=self.spec(measure).label, **shares(*numbers))

    def _among(self, measure: str, of: str) -> Iterator[Text]:
        rows = self.rows("deciding", of, measure)
        unsure = rows[rows["among"].astype(float) < CERTAIN]
        if len(unsure):
            told = series(
                texts.IN_DRAWS.format(assumption=self.called(row["assumption"]), share=percentage(float(row["among"])))
                for _, row in unsure.iterrows()
            )
            yield (texts.AMONG_NOW if of == NOW else texts.AMONG_CHANGE).format(levers=told)

    # how

    def method(self) -> Iterator[Text]:
        """Say what was done."""
        about, count = self.answer.about, len(self.answer.assumptions)
        made: Mapping[str, Mapping[str, int]] = about["experiments"]
        if "screening" in made:
            facts = {"trajectories": about["trajectories"], "points": made["screening"]["points"]}
            yield texts.METHOD_SCREENING.format(count=count, **facts)
        if "indices" in made:
            facts = {"samples": about["points"], "points": made["indices"]["points"]}
            template = texts.METHOD_INDICES if self.rest else texts.METHOD_ALL
            yield template.format(count=count - self.rest, **facts)
        rows = self.answer.tables["tornado"]
        replications = int(rows["replications"].max()) if len(rows) else 0
        ends = {"count": rows["assumption"].nunique(), "points": made["ends"]["points"]}
        yield texts.METHOD_ENDS.format(replications=replications, **ends)
        runs = f"{sum(one['runs'] for one in made.values()):,}"
        yield texts.METHOD_RUNS.format(runs=runs, replications=about["replications"], seed=about["seed"])


def shares(share: float, low: float, high: float) -> dict[str, Text]:
    """Return a share of the variance and its limits as they are told: none is below nothing, or above all."""
    inside = [min(max(one, 0.0), 1.0) for one in (share, low, high)]
    return dict(zip(("share", "low", "high"), map(percentage, inside), strict=True))
