"""The best bundle within a budget, in sentences that claim no more than their intervals do."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.experiments.selection import UNKNOWN
from sim.report.answers.choicetold import ChoiceTold, name_of
from sim.report.answers.page import Section
from sim.report.numbers import changed, measured, span
from sim.words import Text, phrases, series, words
from sim.words.numbers import few

if TYPE_CHECKING:
    from sim.answers.choice.choice import Choice

texts = words("choice")

HOURS = "coordination_hours"
"""The measure that tells what a bundle takes in the end."""

SHOWN = 4
"""Bundles that are named where several are left, and reasons why bundles are left out."""


def best_sections(answer: Choice, lang: str) -> list[Section]:
    """Return what is best for each budget, what more of it buys, how sure that is, and what was compared."""
    page = BestBundle(answer, lang)
    return [
        (texts.QUESTION.format(title=Text(**answer.about["title"])), list(page.best())),
        (texts.MORE, list(page.steps())),
        (texts.SURE, list(page.sure())),
        (texts.COMPARED, list(page.compared())),
    ]


class BestBundle(ChoiceTold):
    """What is told of a choice first: what is best, and how sure that is."""

    def best(self) -> Iterator[str]:
        """Yield a sentence or two for each budget."""
        for row in self.rows("budgets"):
            facts = {"budget": budget_told(row), "bundles": row["bundles"]}
            if row["bundles"] == 1:
                yield self.say(texts.NOTHING_FITS, **facts)
            elif not row["left"]:
                yield self.say(texts.NOTHING_KNOWN, measure=self.main.label, **facts)
            elif not row["settled"]:
                yield self._undecided(row, facts)
            elif row["chosen"] == self.about["now"]:
                yield self.say(texts.NOTHING_BETTER, measure=self.main.label, **facts)
            else:
                yield self.say(texts.BEST, name=self.names[row["chosen"]], **facts, **self._effect(row))
                yield self.say(texts.TAKES, **self._cost(row))
                yield from self._cheaper(row)

    def _undecided(self, row: Mapping[str, Any], facts: dict[str, Any]) -> str:
        effects = self.tables["effects"]
        mine = effects[(effects["budget"] == row["budget"]) & (effects["measure"] == self.main.name)]
        names = series([self.names[code] for code in mine["bundle"]], SHOWN)
        told = span(mine["difference"].min(), mine["difference"].max(), self.main, self.lang)
        return self.say(
            texts.UNDECIDED,
            left=row["left"],
            names=names,
            replications=row["replications"],
            measure=self.main.label,
            between=told,
            count=len(mine),
            **facts,
        )

    def _effect(self, row: Mapping[str, Any]) -> dict[str, Any]:
        one = self._found("effects", self.main.name, budget=row["budget"], bundle=row["chosen"])
        return {
            "measure": self.main.label,
            "now": measured(one["before"], self.main, self.lang),
            "then": measured(one["after"], self.main, self.lang),
            "change": changed(one["difference"], self.main, self.lang),
            "limits": span(one["low"], one["high"], self.main, self.lang),
        }

    def _cost(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a bundle takes directly, and what it takes in the end."""
        taken = taken_told(row["takes_hours"], row["takes_money"])
        one, spec = self._found("effects", HOURS, budget=row["budget"], bundle=row["chosen"]), self.specs[HOURS]
        net = changed(one["difference"], spec, self.lang)
        return {"taken": taken, "net": net, "limits": span(one["low"], one["high"], spec, self.lang)}

    def _cheaper(self, budget: Mapping[str, Any]) -> Iterator[str]:
        """Yield what takes less than the bundle of a budget and does about as well."""
        for row in self.rows("cheaper"):
            if (row["budget"], row["measure"]) == (budget["budget"], self.main.name):
                facts = {"name": self.names[row["bundle"]], "taken": taken_told(row["hours"], row["money"])}
                text = texts.CHEAPER if self._as_good(row) else texts.MAYBE_CHEAPER
                said = self.say(text, **facts, **self._change(row))
                yield said[:1].upper() + said[1:]

    def steps(self) -> Iterator[str]:
        """Yield what a larger budget brings beyond a smaller one."""
        for row in self.rows("steps"):
            if row["measure"] != self.main.name:
                continue
            facts = {"lower": budget_told(self._budget(row["from"])), "higher": budget_told(self._budget(row["to"]))}
            if row["bundle_from"] == row["bundle_to"]:
                yield self.say(texts.SAME_BUNDLE, **facts)
                continue
            low, high = sorted(self._sign * row[end] for end in ("low", "high"))
            said = texts.NO_MORE if high < self._zone else texts.MORE_BY if low > 0.0 else texts.MORE_UNSURE
            yield self.say(said, **facts, **self._change(row))

    def _change(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "measure": self.main.label,
            "change": changed(row["difference"], self.main, self.lang),
            "limits": span(row["low"], row["high"], self.main, self.lang),
            "zone": changed(self._zone, self.main, self.lang).lstrip("+"),
        }

    def _as_good(self, row: Mapping[str, Any]) -> bool:
        """Tell whether a bundle is surely not worse by more than the zone."""
        return min(self._sign * row[end] for end in ("low", "high")) > -self._zone

    @property
    def _sign(self) -> float:
        return -1.0 if self.main.better == "lower" else 1.0

    @property
    def _zone(self) -> float:
        """The zone, in the unit of tables."""
        return float(self.about["zone"]) / (100.0 if self.main.unit == "share" else 1.0)

    def sure(self) -> Iterator[str]:
        """Yield what is guaranteed, and what is told from which runs."""
        about = self.about
        zone = changed(self._zone, self.main, self.lang).lstrip("+")
        confidence = f"{100.0 * about['confidence']:.12g}"
        if about["runs"]:
            facts = {"zone": zone, "measure": self.main.label, "source": texts.SOURCE}
            facts["best"] = texts.BEST_FINALIST if about["search"] else texts.THE_BEST
            yield self.say(texts.GUARANTEE, confidence=confidence, **facts)
            yield self.say(texts.WITHIN, zone=zone)
        if search := about["search"]:
            yield self.say(texts.AMONG, finalists=search["finalists"])
        yield self.say(texts.FRESH, replications=about["fresh"])
        if about["runs"]:
            rows = self.tables["selection"].drop_duplicates("bundle")
            most = int(rows["replications"].max())
            facts = {"runs": about["runs"], "most": most, "equal": most * len(rows), "seed": about["seed"]}
            once = facts["runs"] == facts["equal"]
            yield self.say(texts.RUNS_ONCE if once else texts.RUNS, **facts)

    def compared(self) -> Iterator[str]:
        """Yield what was compared, and what could not be."""
        names = [name_of(row) for row in self.rows("offered")]
        if search := self.about["search"]:
            yield self.say(texts.SEARCHED, **search, names=series(names))
            yield self.say(texts.SEARCH_METHOD, **search)
        elif names:
            facts = {"bundles": len(self.names), "parts": len(names), "names": series(names)}
            yield self.say(texts.BUNDLES, **facts)
        if beyond := self.about["beyond"]:
            yield self.say(texts.BEYOND, count=beyond)
        unknown = {row["bundle"] for row in self.rows("selection") if row["stands"] == UNKNOWN}
        if unknown:
            unjudged = series((self.names[code] for code in sorted(unknown)), SHOWN)
            yield self.say(texts.NOT_JUDGED, names=unjudged, measure=self.main.label)
        if refused := self.rows("left_out"):
            why = phrases(list(dict.fromkeys(Text(row["why_en"], row["why_zh"]) for row in refused))[:SHOWN])
            yield self.say(texts.LEFT_OUT, count=len(refused), why=why)
        yield self.say(texts.BINDS)

    def _budget(self, code: str) -> Mapping[str, Any]:
        return next(row for row in self.rows("budgets") if row["budget"] == code)

    def _found(self, table: str, measure: str, **about: str) -> Mapping[str, Any]:
        """Return the row of a table about a measure."""
        asked = {"measure": measure, **about}
        return next(row for row in self.rows(table) if all(row[name] == value for name, value in asked.items()))


def budget_told(row: Mapping[str, Any]) -> Text:
    """Return a budget in words."""
    return _both(row["hours"], row["money"], texts.AT_MOST_BOTH, texts.AT_MOST_HOURS, texts.AT_MOST_MONEY)


def taken_told(hours: float, money: float) -> Text:
    """Return what a bundle takes directly in words."""
    spent = money if pd.notna(money) and money > 0.0 else math.nan
    return _both(hours, spent, texts.TAKEN_BOTH, texts.TAKEN_HOURS, texts.TAKEN_HOURS)


def _both(hours: float, money: float, both: Text, alone: Text, bought: Text) -> Text:
    facts = {"hours": few(hours), "money": f"{money:,.0f}"}
    said = bought if math.isnan(hours) else alone if math.isnan(money) else both
    return said.format(**facts)
