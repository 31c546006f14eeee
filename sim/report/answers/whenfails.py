"""The Pareto front of a choice, its regret and when it fails, in sentences that claim no more than intervals do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.report.answers.choicetold import ChoiceTold
from sim.report.answers.page import Section
from sim.report.numbers import changed, limits, measured, span
from sim.report.robust import valued
from sim.scenario.uncertain import Assumption
from sim.spec.measures import MEASURES
from sim.words import Text, phrases, series, words
from sim.words.numbers import few, percentage

if TYPE_CHECKING:
    from sim.answers.choice.choice import Choice

texts = words("whenfails")

MOSTLY = 0.5
"""Share of the worlds within limits from which on a bundle is said to fail there, not only to fail more often."""

SHOWN = 6
"""Bundles of the front that are told one by one."""


def further_sections(answer: Choice, lang: str) -> list[Section]:
    """Return what is traded for what, what a choice costs where assumptions are otherwise, and when it fails."""
    page = Further(answer, lang)
    return [
        (texts.FRONT, list(page.front())),
        (texts.FAILS, list(page.failing())),
        (texts.REGRET, list(page.regret())),
    ]


class Further(ChoiceTold):
    """What is told of a choice beside the best bundle."""

    # the Pareto front

    def front(self) -> Iterator[str]:
        """Yield what is on the Pareto front, and how sure that is."""
        table = self.tables["front"]
        on = table[table["on_front"].astype(bool)]
        if len(table) < 2:
            return
        objectives = series([self.objective(name) for name in self.about["objectives"]])
        said = texts.ALL_ON_FRONT if len(on) == len(table) else texts.ON_FRONT
        yield self.say(said, count=len(on), bundles=len(table), objectives=objectives)
        if self.about["search"]:
            yield self.say(texts.OF_FINALISTS)
        told = on[on["bundle"] != self.about["now"]].sort_values("probability", ascending=False, kind="stable")
        for row in told.head(SHOWN).to_dict("records"):
            facts = {"probability": percentage(row["probability"]), "name": self.names[row["bundle"]]}
            yield self.say(texts.POINT, changes=self.changes(row), **facts)
        if len(told) > SHOWN:
            yield self.say(texts.MORE_ON_FRONT, count=len(told) - SHOWN)
        facts = {"replications": self.about["front"], "first": self.about["first"]}
        likely = percentage(self.about["likely"])
        yield self.say(texts.FRONT_METHOD, fresh=int(table["fresh"].sum()), likely=likely, **facts)

    def objective(self, name: str) -> Text:
        """Return what people call an objective."""
        found: Text = texts.OBJECTIVES[name] if name in texts.OBJECTIVES else self.specs[name].label
        return found

    def changes(self, row: Mapping[str, Any]) -> Text:
        """Return the objectives of a bundle, one after another."""
        *names, _ = self.about["objectives"]
        told: list[Text | str] = []
        for name in names:
            spec = self.specs[name]
            within = span(row[f"{name}_low"], row[f"{name}_high"], spec, self.lang)
            facts = {"measure": spec.label, "change": changed(row[name], spec, self.lang), "limits": within}
            told.append(texts.CHANGE_WITHIN.format(**facts))
        return phrases([*told, self.taken(row)])

    def taken(self, row: Mapping[str, Any]) -> Text:
        """Return what a bundle takes directly, of what the front is about."""
        cost = self.about["objectives"][-1]
        said: Text = texts.TAKES_HOURS if cost == "hours" else texts.TAKES_MONEY
        return said.format(value=few(row[cost]) if cost == "hours" else f"{row[cost]:,.0f}")

    # regret

    def regret(self) -> Iterator[str]:
        """Yield the regret of each bundle, and how often it is good enough."""
        table = self.tables["regret"]
        if not len(table):
            return
        facts = {"assumptions": len(self.tables["assumptions"]), "worlds": int(table["worlds"].max())}
        yield self.say(texts.REGRETS["WORLDS"], **facts)
        for row in self.rows("regret"):
            yield self.say(texts.REGRETS["ONE"], **self.regretted(row))
        yield self._enough(texts.REGRETS["ENOUGH_GAIN"], texts.REGRETS["ENOUGH_TARGET"])
        if (least := self.least_regret) is not None:
            high = self.amount(least["high"])
            yield self.say(texts.REGRETS["LEAST"], name=self.named(least["bundle"]), high=high)
        yield from self._luck(table)
        yield from self._left_out()

    def regretted(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is told of a bundle's regret."""
        good = self.share(row["good_low"], row["good_high"])
        found: dict[str, Any] = {
            "name": self.named(row["bundle"]),
            "good": percentage(row["good"]),
            "good_limits": good,
        }
        for name in ("median", "high"):
            found[name] = self.amount(row[name])
            found[f"{name}_limits"] = limits(row[f"{name}_low"], row[f"{name}_high"], self.main, self.lang)
        return found

    @cached_property
    def least_regret(self) -> Mapping[str, Any] | None:
        """The bundle whose high regret lies below all others, intervals included; None where there is none."""
        rows = sorted(self.rows("regret"), key=lambda row: row["high"])
        return rows[0] if len(rows) > 1 and rows[0]["high_high"] < min(row["high_low"] for row in rows[1:]) else None

    def _luck(self, table: pd.DataFrame) -> Iterator[str]:
        chosen = self.tables["failing"]["bundle"]
        for row in table[table["bundle"].isin(chosen)].tail(1).to_dict("records"):
            facts = {"mean": self.amount(row["mean"]), "checked": self.amount(row["mean_checked"])}
            yield self.say(
                texts.REGRETS["LUCK"], name=self.named(row["bundle"]), each=self.about["each_world"], **facts
            )

    def _left_out(self) -> Iterator[str]:
        table = self.tables["left_out_worlds"]
        refused, unlike = int(table["refused"].sum()), int(table["unlike"].sum())
        if refused + unlike:
            yield self.say(texts.REGRETS["LEFT_OUT"], count=refused + unlike, refused=refused, unlike=unlike)

    def _enough(self, gain: Text, target: Text) -> str:
        """Return what is good enough, or what failing means."""
        per = 100.0 if self.main.unit == "share" else 1.0
        if self.about["reach"] is not None:
            return self.say(
                target, measure=self.main.label, target=measured(self.about["reach"] / per, self.main, self.lang)
            )
        return self.say(gain, measure=self.main.label, gain=self.amount(self.about["zone"] / per))

    # when it fails

    def failing(self) -> Iterator[str]:
        """Yield when the chosen bundles fail."""
        rows = self.rows("failing")
        if not rows:
            return
        yield from (self.fails(row) for row in rows)
        yield self._enough(texts.WHEN["MEANS_GAIN"], texts.WHEN["MEANS_TARGET"])
        table = self.tables["left_out_worlds"].set_index("experiment")["worlds"]
        facts = {"looked": int(table.iloc[0]), "anew": int(table.iloc[-1]), "each": self.about["each_world"]}
        yield self.say(texts.WHEN["METHOD"], **facts)

    def fails(self, row: Mapping[str, Any]) -> str:
        """Return when a bundle fails, or that this cannot be told."""
        facts: dict[str, Any] = {"name": self.named(row["bundle"]), "limits": self.limits_of(row["bundle"])}
        for name in ("share", "density", "coverage"):
            facts |= {
                name: percentage(row[name]),
                f"{name}_limits": self.share(row[f"{name}_low"], row[f"{name}_high"]),
            }
        facts |= {"high": percentage(row["share_high"]), "p": f"{row['p']:.2f}"}
        key = str(row["outcome"]).upper()
        if key == "TOLD":
            often = "FAILS_WHEN" if row["density"] >= MOSTLY else "FAILS_MORE"
            key = often if row["kind"] == "fails" else "HOLDS_WHEN"
        elif key == "FEW":
            key = f"FEW_{str(row['kind']).upper()}"
        return self.say(texts.WHEN[key], **facts)

    def limits_of(self, bundle: str) -> Text:
        """Return the limits within which a bundle fails, or holds."""
        told = [self._limit(row) for row in self.rows("limits") if row["bundle"] == bundle]
        both: Text = texts.WHEN["AND"]
        return reduce(lambda first, one: both.format(first=first, next=one), told) if told else Text("", "")

    def _limit(self, row: Mapping[str, Any]) -> Text:
        one = self.assumption(row["assumption"])
        said: Text = texts.WHEN["LIMIT_ABOVE" if row["side"] == "above" else "LIMIT_BELOW"]
        return said.format(assumption=one.label, value=valued(one, row["value"]))

    def assumption(self, place: str) -> Assumption:
        """Return what is known of an assumption."""
        row = next(one for one in self.rows("assumptions") if one["assumption"] == place)
        label = Text(row["label_en"], row["label_zh"])
        return Assumption(place, row["low"], row["high"], row["here"], label, row["unit"], bool(row["stated"]))

    # what all have in common

    def named(self, bundle: str) -> Text:
        """Return what people call a bundle."""
        return self.names[bundle]

    def amount(self, value: float) -> str:
        """Write how much of the measure, as a difference without a sign."""
        return changed(value, self.main, self.lang).lstrip("+")

    def share(self, low: float, high: float) -> str:
        """Write the limits of a share."""
        return limits(low, high, MEASURES["on_time_target"], self.lang)
