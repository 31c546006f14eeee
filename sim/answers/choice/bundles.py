"""The bundles among which is chosen: all that can be made of some parts, with what each takes directly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from sim.answers.choice.budgets import Budget
from sim.answers.choice.parts import Part
from sim.interventions import INTERVENTIONS, Intervention
from sim.scenario import Scenario, ScenarioError
from sim.scenario.uncertain import settled
from sim.study.directcost import DirectCost, cost_between
from sim.words import Text, series, words

texts = words("choice")

NOW = "now"
"""The code of the bundle in which there is nothing."""

WEEKS = 52.0
"""Weeks of a year."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What may be introduced together.

    Attributes
    ----------
    parts
        What is in it.
    cost
        What it takes directly.
    """

    parts: tuple[Part, ...]
    cost: DirectCost

    @property
    def code(self) -> str:
        """As one writes it after ``--with``; `NOW` where nothing is in it."""
        return "+".join(one.code for one in self.parts) or NOW

    @property
    def name(self) -> Text:
        """What people call it."""
        names = [one.name for one in self.parts]
        return Text(*(" + ".join(one.get(lang) for one in names) for lang in ("en", "zh"))) if names else texts.NOTHING

    @property
    def interventions(self) -> tuple[Intervention, ...]:
        """What it adds, in the order of the catalog."""
        return in_order(one for part in self.parts for one in part.interventions)

    @property
    def hours(self) -> float:
        """Hours of people that it takes a week."""
        return self.cost.hours

    @property
    def money(self) -> float:
        """Money that it takes in the first year beside people's time: week by week, and once."""
        return self.cost.spent * WEEKS + self.cost.once


@dataclass(frozen=True)
class Offer:
    """The bundles among which is chosen.

    Attributes
    ----------
    bundles
        Those that the largest budget allows, the cheapest first; the first has nothing in it. Their places are the
        numbers of points in experiments.
    budgets
        What may be spent.
    refused
        Bundles that the organization cannot have, with the reason.
    beyond
        How many it can have and no budget allows.
    """

    bundles: tuple[Bundle, ...]
    budgets: tuple[Budget, ...]
    refused: tuple[tuple[tuple[Part, ...], Text], ...]
    beyond: int

    @property
    def groups(self) -> dict[str, list[int]]:
        """The places of bundles that each budget allows."""
        return {
            f"budget_{number}": [place for place, one in enumerate(self.bundles) if budget.allows(one.hours, one.money)]
            for number, budget in enumerate(self.budgets, 1)
        }

    @property
    def table(self) -> pd.DataFrame:
        """A row for each bundle: code, names, how many parts it has, and what it takes directly."""
        rows = [
            {
                "bundle": one.code,
                "name_en": one.name.en,
                "name_zh": one.name.zh,
                "parts": len(one.parts),
                "hours": one.hours,
                "most_hours": one.cost.most_hours,
                "meeting_hours": one.cost.meeting_hours,
                "money": one.money,
                "spent": one.cost.spent,
                "once": one.cost.once,
                "budget": next(budget.code for budget in self.budgets if budget.allows(one.hours, one.money)),
            }
            for one in self.bundles
        ]
        return pd.DataFrame(rows)

    @property
    def contents(self) -> pd.DataFrame:
        """A row for each bundle and part of it."""
        rows = [(one.code, part.code, part.name.en, part.name.zh) for one in self.bundles for part in one.parts]
        return pd.DataFrame(rows, columns=["bundle", "part", "name_en", "name_zh"])

    @property
    def left_out(self) -> pd.DataFrame:
        """A row for each bundle that the organization cannot have."""
        rows = [("+".join(one.code for one in parts), why.en, why.zh) for parts, why in self.refused]
        return pd.DataFrame(rows, columns=["bundle", "why_en", "why_zh"])


def offer_of(scenario: Scenario, several: Iterable[tuple[Part, ...]], budgets: Sequence[Budget]) -> Offer:
    """Return given bundles as far as the organization can have them and a budget allows them."""
    bare = settled(scenario)
    found: list[Bundle] = []
    refused: list[tuple[tuple[Part, ...], Text]] = []
    beyond = 0
    for parts in several:
        made = bundle_of(scenario, bare, parts)
        if isinstance(made, Text):
            refused.append((parts, made))
        elif not parts or any(budget.allows(made.hours, made.money) for budget in budgets):
            found.append(made)
        else:
            beyond += 1
    found.sort(key=lambda one: (bool(one.parts), one.hours, one.money, len(one.parts), one.code))
    return Offer(tuple(found), tuple(budgets), tuple(refused), beyond)


def bundle_of(scenario: Scenario, bare: Scenario, parts: tuple[Part, ...]) -> Bundle | Text:
    """Return a bundle with what it takes, or why the organization cannot have it.

    Parameters
    ----------
    scenario, bare
        The organization, and the same without what is uncertain.
    parts
        What is in it.
    """
    if same := _doubled(parts):
        return texts.SAME_KIND.format(kinds=series(same))
    added = in_order(one for part in parts for one in part.interventions)
    try:
        return Bundle(parts, cost_between(scenario, bare.with_interventions(added)))
    except ScenarioError as error:
        return error.findings[0].text


def in_order(interventions: Iterable[Intervention]) -> tuple[Intervention, ...]:
    """Return interventions in the order of the catalog."""
    catalog = {kind: place for place, kind in enumerate(INTERVENTIONS)}
    return tuple(sorted(interventions, key=lambda one: (catalog.get(one.kind, len(catalog)), repr(one))))


def _doubled(parts: Sequence[Part]) -> list[str]:
    """Return the kinds of interventions that more than one part has."""
    kinds = [kind for part in parts for kind in sorted(part.kinds - {"custom"})]
    return sorted({kind for kind in kinds if kinds.count(kind) > 1})
