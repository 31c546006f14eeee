"""Bundles that are searched for: what a search tries, what that came to, and which bundles go on as finalists.

A search proposes. That a bundle is the best is told from other luck, of the finalists alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.answers.choice.asked import Asked
from sim.answers.choice.bundles import Bundle, Offer, bundle_of, offer_of
from sim.answers.choice.families import Family, bundles_of, grouped
from sim.answers.choice.finalists import objectives_asked
from sim.answers.choice.front import nondominated
from sim.answers.choice.parts import Part
from sim.answers.choice.search import GENERATIONS, POPULATION, Candidate, Losses, Question, searched
from sim.answers.room import Room
from sim.scenario.uncertain import settled
from sim.spec.measures import MEASURES
from sim.words import Text

REPLICATIONS = 10
"""How often each candidate is run, all under the same luck."""

FINALISTS = 40
"""Bundles that go on at most, nothing beside them."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Searched:
    """What a search has found.

    Attributes
    ----------
    offer
        The finalists, among which is chosen.
    tried
        A row for each bundle that was tried: in which generation, what it takes, its objectives as changes against
        now, whether another that was tried dominates it (``on_front``), and whether it is a finalist.
    about
        How many bundles could be made, how many were tried, in how many runs, and how the search was made.
    """

    offer: Offer
    tried: pd.DataFrame
    about: Mapping[str, Any]


@dataclass
class Makings:
    """Bundles of a search, made and paid once each.

    Attributes
    ----------
    asked
        What is asked, with no bundles yet.
    genes
        What bundles are made of.
    """

    asked: Asked
    genes: Sequence[Family]
    _known: dict[Candidate, Bundle | Text] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._bare = settled(self.asked.scenario)

    def made(self, candidate: Candidate) -> Bundle | Text:
        """Return the bundle of a candidate, or why the organization cannot have it."""
        if candidate not in self._known:
            self._known[candidate] = bundle_of(self.asked.scenario, self._bare, self.parts(candidate))
        return self._known[candidate]

    def parts(self, candidate: Candidate) -> tuple[Part, ...]:
        """Return the parts of a candidate."""
        return tuple(self.genes[gene].at(doses) for gene, doses in candidate)

    def possible(self, candidate: Candidate) -> Candidate:
        """Return a candidate that can be had and fits the largest budget, or a part of it that does.

        Its parts are taken in an order that is drawn for each candidate, as long as what they take alone adds up to no
        more than the budget; the last ones go again where together they cannot be had.
        """
        if self._fits(candidate):
            return candidate
        order = np.random.default_rng([self.asked.search_seed, crc32(repr(candidate).encode())])
        kept: list[tuple[int, tuple[int, ...]]] = []
        hours = money = 0.0
        for place in order.permutation(len(candidate)):
            alone = self.made((candidate[place],))
            if isinstance(alone, Text) or not self._allows(hours + alone.hours, money + alone.money):
                continue
            kept.append(candidate[place])
            hours, money = hours + alone.hours, money + alone.money
        while not self._fits(tuple(sorted(kept))):
            kept.pop()
        return tuple(sorted(kept))

    @property
    def refused(self) -> tuple[tuple[tuple[Part, ...], Text], ...]:
        """The parts that the organization cannot have by themselves, with the reason; each at its first dose."""
        alone = [((gene, (0,) * len(one.sizes)),) for gene, one in enumerate(self.genes)]
        found = [(self.parts(one), self.made(one)) for one in alone]
        return tuple((parts, why) for parts, why in found if isinstance(why, Text))

    def _fits(self, candidate: Candidate) -> bool:
        made = self.made(candidate)
        return not candidate or (not isinstance(made, Text) and self._allows(made.hours, made.money))

    def _allows(self, hours: float, money: float) -> bool:
        return any(budget.allows(hours, money) for budget in self.asked.offer.budgets)


def searched_offer(asked: Asked, families: Sequence[Family], room: Room) -> Searched:
    """Search for good bundles, and return the finalists.

    Parameters
    ----------
    asked
        What is asked; of its offer only the budgets are looked at.
    families
        What bundles are made of.
    room
        Where each generation is run, in a store of its own.

    Raises
    ------
    SearchError
        If Optuna is not installed.
    """
    makings = Makings(asked, grouped(families))
    born: dict[Candidate, int] = {}

    def tried(number: int, candidates: Sequence[Candidate]) -> list[Losses]:
        born.update(dict.fromkeys(candidates, number))
        return _losses(makings, number, candidates, room)

    question = Question([one.sizes for one in makings.genes], makings.possible, tried)
    known = searched(question, asked.search_seed, GENERATIONS, POPULATION)
    table = _table(makings, known, born)
    parts = [makings.parts(one) for one, on in zip(known, table["finalist"], strict=True) if on]
    offer = replace(offer_of(asked.scenario, [(), *parts], asked.offer.budgets), refused=makings.refused)
    about = {
        "parts": len(families),
        "possible": bundles_of(families),
        "tried": len(known) - 1,
        "replications": REPLICATIONS,
        "runs": REPLICATIONS * (len(known) - 1 + len({*born.values()} - {0})),
        "generations": GENERATIONS,
        "population": POPULATION,
        "finalists": len(parts),
        "seed": asked.search_seed,
    }
    return Searched(offer, table, about)


def _losses(makings: Makings, number: int, candidates: Sequence[Candidate], room: Room) -> list[Losses]:
    """Run a generation beside nothing, under the luck of all, and return what it came to against that."""
    asked = makings.asked
    made: list[Any] = [makings.made(one) for one in candidates]
    *measures, cost = objectives_asked(asked)
    if number == 0:
        return [(*(0.0 for _ in measures), getattr(made[0], cost))]
    levels = {f"b{place}": one for place, one in enumerate([makings.made(()), *made])}
    found = room.ran(f"search-{number:02}", asked.trying(levels, REPLICATIONS, asked.search_seed))
    columns = [_changes(found.measure(name), signs_of(asked)[name]) for name in measures]
    taken = np.array([getattr(one, cost) for one in made])
    return [tuple(map(float, row)) for row in np.column_stack([*columns, taken])]


def signs_of(asked: Asked) -> dict[str, float]:
    """Return by measure what makes of its change a loss."""
    *measures, _ = objectives_asked(asked)
    better = {name: asked.spec.better if name == asked.spec.name else MEASURES[name].better for name in measures}
    return {name: -1.0 if one == "higher" else 1.0 for name, one in better.items()}


def _changes(values: pd.DataFrame, sign: float) -> Numbers:
    """Return mean changes against the first point as losses; NaN where fewer than half of the pairs are defined."""
    changes = values.iloc[:, 1:].sub(values.iloc[:, 0], axis=0)
    enough = 2 * changes.notna().sum(axis=0) >= REPLICATIONS
    return np.asarray(changes.mean(axis=0).where(enough) * sign, dtype=float)


def _table(makings: Makings, known: Mapping[Candidate, Losses], born: Mapping[Candidate, int]) -> pd.DataFrame:
    """Return a row for each bundle that was tried, doing nothing first."""
    asked = makings.asked
    losses = np.array(list(known.values()), dtype=float)
    bundles: list[Any] = [makings.made(one) for one in known]
    rows = pd.DataFrame(
        {
            "bundle": [one.code for one in bundles],
            "name_en": [one.name.en for one in bundles],
            "name_zh": [one.name.zh for one in bundles],
            "generation": [born[one] for one in known],
            "hours": [one.hours for one in bundles],
            "money": [one.money for one in bundles],
        }
    )
    for place, (name, sign) in enumerate(signs_of(asked).items()):
        rows[name] = losses[:, place] * sign + 0.0
    allowed = [[budget.allows(one.hours, one.money) for one in bundles] for budget in asked.offer.budgets]
    rows["on_front"] = nondominated(losses)
    rows["finalist"] = finalists(losses, np.array(allowed))
    return rows


def finalists(losses: Numbers, allowed: NDArray[np.bool_], most: int = FINALISTS) -> NDArray[np.bool_]:
    """Tell which of the candidates go on.

    Half of the places are for the best by the first objective within each budget, as many for each. The rest are for
    those on the Pareto front, then for those that are on it once these are gone, and so on, in each the better first.

    Parameters
    ----------
    losses : array, candidates × objectives
        The first is nothing, which is always there and takes no place.
    allowed : array, budgets × candidates
        What each budget allows.
    most
        How many go on at most.
    """
    known: NDArray[np.bool_] = np.asarray(~np.isnan(losses).any(axis=1), dtype=bool)
    known[0] = False
    order = np.argsort(losses[:, 0], kind="stable")
    share = max(1, most // 2 // len(allowed))
    within = [[place for place in order if known[place] and budget[place]][:share] for budget in allowed]
    places = list(dict.fromkeys([*(place for ones in zip_longest(*within) for place in ones if place is not None)]))
    left = known.copy()
    left[0] = True
    while len(places) < most and left.any():
        front = np.flatnonzero(left)[nondominated(losses[left])]
        places += [place for place in order if place in front and known[place] and place not in places]
        left[front] = False
    found = np.zeros(len(losses), dtype=bool)
    found[places[:most]] = True
    return found
