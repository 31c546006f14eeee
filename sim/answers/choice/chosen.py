"""Which bundles are chosen, and what these do when they meet luck that has not chosen them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.answers.choice.asked import Asked, budget_name
from sim.answers.choice.bundles import NOW, Bundle
from sim.answers.room import Room
from sim.experiments.races import replayed
from sim.experiments.results import Results
from sim.experiments.selection import Race

MOST_TOLD = 6
"""Bundles that are told of a budget where the selection has left several."""

CHOSEN, LEFT, ALONE = "chosen", "left", "alone"
"""How a bundle stands: it was chosen; it was left beside others when the selection ended; there was no other."""


@dataclass(frozen=True)
class Chosen:
    """What the selection found.

    Attributes
    ----------
    bundles
        The bundles to be told, by budget: the chosen one first, then those that were left beside it.
    cheaper
        By budget a bundle that takes less than the chosen one and did about as well while it was chosen.
    budgets, selection
        The tables of these names.
    runs
        How many it took.
    """

    bundles: Mapping[str, tuple[Bundle, ...]]
    cheaper: Mapping[str, Bundle]
    budgets: pd.DataFrame
    selection: pd.DataFrame
    runs: int

    @property
    def told(self) -> list[Bundle]:
        """All bundles that are to be told, each once, the cheapest first."""
        several = {one.code: one for ones in (*self.bundles.values(), self.cheaper.values()) for one in ones}
        return sorted(several.values(), key=lambda one: (one.hours, one.code))


def selected(asked: Asked, zone: float, room: Room) -> Chosen:
    """Select the best bundle for each budget."""
    bundles = asked.offer.bundles
    if len(bundles) == 1:
        return _alone(asked)
    found = room.ran("selection", asked.selection(zone))
    rule: Any = found.experiment.replications
    races = replayed(rule, asked.spec, found.runs, 1, len(bundles)).by_group
    means = found.measure(asked.spec.name).mean()
    told, cheaper, budgets, rows = {}, {}, [], []
    for place, budget in enumerate(asked.offer.budgets):
        race = races[0, budget_name(place)]
        left = _best_first(race, means)
        told[budget.code] = tuple(bundles[point] for point in left[:MOST_TOLD])
        if race.settled and (other := _cheaper(asked, place, left[0], race, found)) is not None:
            cheaper[budget.code] = bundles[other]
        budgets.append(_budget_row(asked, place, race, left, found))
        rows += list(_rows(asked, budget.code, race, found))
    return Chosen(told, cheaper, pd.DataFrame(budgets), pd.DataFrame(rows), len(found.runs))


def _alone(asked: Asked) -> Chosen:
    """Return what is chosen where nothing else can be."""
    (only,) = asked.offer.bundles
    several = [budget.code for budget in asked.offer.budgets]
    budgets = [_row(asked, place, NOW, 1, 1, True, 0) for place in range(len(several))]
    rows = [{"budget": code, "bundle": NOW, "stands": ALONE, "after": 0, "by": "", "why": ""} for code in several]
    columns = {"mean": float("nan"), "difference": float("nan"), "replications": 0}
    return Chosen(dict.fromkeys(several, (only,)), {}, pd.DataFrame(budgets), pd.DataFrame(rows).assign(**columns), 0)


def _best_first(race: Race, means: pd.Series) -> list[int]:
    """Return the points that are left, the best by its mean first; of none that is known, nothing is the best."""
    return sorted(race.left, key=lambda point: (-race.sign * means[point], point)) or [race.points[0]]


def _cheaper(asked: Asked, place: int, chosen: int, race: Race, found: Results) -> int | None:
    """Return the cheapest point that takes less than the chosen one and was behind by half of the zone at most."""
    values, bundles = found.measure(asked.spec.name), asked.offer.bundles
    budget, best = asked.offer.budgets[place], bundles[chosen]
    for point in sorted(race.points, key=lambda one: budget.taken(bundles[one].hours, bundles[one].money)):
        one = bundles[point]
        if budget.taken(one.hours, one.money) >= budget.taken(best.hours, best.money) or one.money > best.money:
            continue
        if race.sign * (values[chosen] - values[point]).mean() <= race.zone / 2.0:
            return point
    return None


def _budget_row(asked: Asked, place: int, race: Race, left: list[int], found: Results) -> dict[str, Any]:
    codes = [one.code for one in asked.offer.bundles]
    runs = found.runs[found.runs["point"].isin(race.points)]
    most = int(runs.groupby("point").size().max())
    return _row(asked, place, codes[left[0]], len(race.points), len(race.left), race.settled and bool(race.left), most)


def _row(asked: Asked, place: int, chosen: str, bundles: int, left: int, settled: bool, most: int) -> dict[str, Any]:
    budget = asked.offer.budgets[place]
    (bundle,) = (one for one in asked.offer.bundles if one.code == chosen)
    return {
        "budget": budget.code,
        "hours": float("nan") if budget.hours is None else budget.hours,
        "money": float("nan") if budget.money is None else budget.money,
        "bundles": bundles,
        "chosen": chosen,
        "name_en": bundle.name.en,
        "name_zh": bundle.name.zh,
        "takes_hours": bundle.hours,
        "takes_money": bundle.money,
        "settled": settled,
        "left": left,
        "replications": most,
    }


def _rows(asked: Asked, budget: str, race: Race, found: Results) -> Iterator[dict[str, Any]]:
    """Yield how every bundle of a budget fared."""
    codes = [one.code for one in asked.offer.bundles]
    values = found.measure(asked.spec.name)
    often = found.runs.groupby("point").size()
    for point in race.points:
        out = race.out.get(point)
        stands = (CHOSEN if race.settled else LEFT) if out is None else out.why
        yield {
            "budget": budget,
            "bundle": codes[point],
            "stands": stands,
            "after": int(often[point]) if out is None else out.after,
            "by": "" if out is None else codes[out.by],
            "mean": values[point].mean(),
            "difference": (values[point] - values[race.points[0]]).mean(),
            "replications": int(often[point]),
        }
