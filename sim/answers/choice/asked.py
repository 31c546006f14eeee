"""What is asked when the best bundle is looked for, and the experiments that answer it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Any

from sim.answers.choice.bundles import Bundle, Offer
from sim.answers.room import Room
from sim.ownmeasures import Measure
from sim.scenario import Scenario
from sim.spec.findings import TextError, listed
from sim.spec.measures import MeasureSpec
from sim.spec.nearest import did_you_mean
from sim.study.effects import MATTERS, OF_NOW
from sim.study.reported import MeasureError, all_specs, headline_measures
from sim.words import words

texts = words("choice")
unknown = words("alternatives")

FACTOR = "bundle"
"""The factor of all experiments of a choice: a level for each bundle."""

USUAL = "on_time_target"

HOURS = "coordination_hours"
"""The measure that tells what a bundle takes in the end, with all that it saves."""

PILOT = 20
"""Replications from which it is found what is worth finding, where that depends on how things are."""

FIRST, ROUND = 20, 10
"""Replications of the first stage of the selection, and of every further round."""


class RuleError(TextError):
    """A sentence about how sure a selection cannot be meant to be."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How sure the selection is to be.

    Attributes
    ----------
    zone
        The smallest difference that is worth finding: points of a share, otherwise in the unit of the measure.
    confidence
        How sure it is to be, of all budgets together.
    at_most
        Replications of a bundle after which it ends in any case.
    fresh
        Replications, of other luck, from which it is told what the chosen bundles do.
    worlds
        Worlds, in which every assumption is somewhere in its range, in which it is seen when they fail; 0 for none.
    reach
        What the measure has to reach there to be good enough: of a share in percent, otherwise in its unit; where
        there is none, a bundle has to improve it by the zone.
    """

    zone: float | None = None
    confidence: float = 0.95
    at_most: int = 1000
    fresh: int = 200
    worlds: int = 0
    reach: float | None = None


@dataclass(frozen=True)
class Asked:
    """What is asked.

    Attributes
    ----------
    scenario
        The organization.
    offer
        The bundles and budgets.
    spec
        The measure by which bundles are compared.
    measures
        Those that are told, that one first; one that is written in Python is itself.
    rule
        How sure it is to be.
    seed
        Chooses the luck of the selection.
    """

    scenario: Scenario
    offer: Offer
    spec: MeasureSpec
    measures: tuple[str | Measure, ...]
    rule: Rule
    seed: int

    @property
    def fresh_seed(self) -> int:
        """Chooses the luck from which it is told what chosen bundles do."""
        return (self.seed + 1) % 2**63

    @property
    def pilot_seed(self) -> int:
        """Chooses the luck of the pilot that says what is worth finding."""
        return (self.seed + 2) % 2**63

    @property
    def search_seed(self) -> int:
        """Chooses the luck in which a search tries bundles, and what it tries."""
        return (self.seed + 3) % 2**63

    def experiment(self, bundles: Iterable[Bundle], replications: Any, seed: int) -> dict[str, Any]:
        """Return an experiment in which each of some bundles is a point, in their order."""
        numbers = {one.code: place for place, one in enumerate(self.offer.bundles)}
        return self.trying({f"b{numbers[one.code]}": one for one in bundles}, replications, seed)

    def trying(self, bundles: Mapping[str, Bundle], replications: Any, seed: int) -> dict[str, Any]:
        """Return an experiment in which each of some bundles is a point, by the name of its level."""
        levels = {name: list(one.interventions) for name, one in bundles.items()}
        factors: Mapping[str, Any] = {FACTOR: {"levels": levels}} if len(levels) > 1 else {}
        return {
            "name": "choice",
            "scenarios": [self.scenario],
            "factors": factors,
            "replications": replications,
            "measures": list(self.measures),
            "seed": seed,
        }

    def selection(self, zone: float) -> dict[str, Any]:
        """Return the experiment that selects: a point for each bundle, a group for each budget."""
        rule = {
            "select": "best",
            "measure": self.spec.name,
            "zone": zone,
            "confidence": self.rule.confidence,
            "at_least": FIRST,
            "at_most": self.rule.at_most,
            "round": ROUND,
            "groups": self.offer.groups,
        }
        return self.experiment(self.offer.bundles, rule, self.seed)


def measure_asked(scenario: Scenario, said: str | Measure | None) -> tuple[MeasureSpec, tuple[str | Measure, ...]]:
    """Return the measure by which bundles are compared, and those that are told of the chosen ones.

    Raises
    ------
    MeasureError
        If there is no such measure, or neither more nor less of it is better.
    """
    own = (said,) if isinstance(said, Measure) else ()
    specs = all_specs([scenario], own)
    usual = headline_measures(scenario)
    name = said.name if isinstance(said, Measure) else said or (USUAL if USUAL in usual else usual[0])
    if name not in specs:
        facts = {"name": name, "hint": did_you_mean(name, specs), "known": listed(specs)}
        raise MeasureError(unknown.UNKNOWN_MEASURE.format(**facts))
    if specs[name].better == "neither":
        raise MeasureError(texts.NEITHER_BETTER.format(name=name))
    told = dict.fromkeys(one for one in (*usual, HOURS) if one in specs and one != name)
    return specs[name], (said if isinstance(said, Measure) else name, *told)


def check_rule(rule: Rule, spec: MeasureSpec) -> None:
    """Refuse a selection that would end before its first stage, and a target that nothing can reach or all do.

    Raises
    ------
    RuleError
        With what was found, and what is allowed.
    """
    if rule.at_most < FIRST:
        raise RuleError(texts.TOO_FEW.format(found=rule.at_most, first=FIRST))
    if rule.reach is None:
        return
    share = spec.unit == "share"
    if not isfinite(rule.reach) or (share and not 0.0 <= rule.reach <= 100.0):
        found = texts.NO_SHARE if share else texts.NO_REACH
        raise RuleError(found.format(found=rule.reach, measure=spec.label))


def zone_of(asked: Asked, room: Room) -> float:
    """Return the smallest difference that is worth finding: as somebody says, or as `compare` takes what matters.

    That is a point of a share, and otherwise 2 % of what is now, to two digits. What is now is found by a pilot of
    other luck than the selection has, so that the selection keeps its guarantee.

    Raises
    ------
    TextError
        If what is now is nothing, or not defined, so that nothing can be said of it.
    """
    if asked.rule.zone is not None:
        return asked.rule.zone
    if asked.spec.unit == "share":
        return MATTERS
    pilot = room.ran("pilot", asked.experiment(asked.offer.bundles[:1], PILOT, asked.pilot_seed))
    now = abs(float(pilot.runs[asked.spec.name].mean()))
    if not now > 0.0:
        raise TextError(texts.NO_ZONE.format(measure=asked.spec.name))
    zone = now * OF_NOW / 100.0
    return float(round(zone, 1 - floor(log10(zone))))


def budget_name(place: int) -> str:
    """Return the group of the budget at a place, as `Offer.groups` has it."""
    return f"budget_{place + 1}"
