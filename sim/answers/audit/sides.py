"""The two sides of a claim: an organization before, and the same one with what is introduced."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.answers.audit.claims import Claim
from sim.experiments.factors import Items
from sim.experiments.items import made_of, opened_up
from sim.interventions import INTERVENTIONS, Intervention
from sim.scenario import Scenario, load
from sim.scenario.uncertain import Assumption, assumptions_of
from sim.spec.findings import Finding
from sim.spec.findings import Path as Place
from sim.words import Text

LETTERS = 8
"""Of the digest that tells two sides apart."""


@dataclass(frozen=True)
class Side:
    """An organization with something in it.

    Attributes
    ----------
    scenario
        The organization, with the values that the claim sets and with its ranges.
    introduced
        What is in it.
    assumptions
        What is uncertain about both.
    """

    scenario: Scenario
    introduced: tuple[Any, ...]
    assumptions: tuple[Assumption, ...]

    @property
    def key(self) -> str:
        """What files of it are called: the same for all claims that share it."""
        told = [self.scenario.hash, [repr(one) for one in self.introduced]]
        ranges = [[one.place, one.low, one.high] for one in self.assumptions]
        digest = hashlib.sha256(json.dumps([*told, ranges]).encode()).hexdigest()
        return f"{self.scenario.name}-{digest[:LETTERS]}"


def sides_of(claim: Claim, folder: Path | None) -> tuple[Side, Side]:
    """Return what a claim compares: before and after.

    Raises
    ------
    ScenarioError, TextError
        Where the organization is not to be had, or something cannot be introduced.
    """
    scenario = _organization(claim, folder)
    already = _made(claim.already, ("already",), folder)
    introduced = _made(claim.with_, ("with",), folder)
    kept = [one for one in already if _kind(one) not in {_kind(other) for other in introduced}]
    return _side(scenario, claim, already), _side(scenario, claim, [*kept, *introduced])


def _organization(claim: Claim, folder: Path | None) -> Scenario:
    said = claim.scenario or ""
    beside = folder / said if folder is not None else None
    return load(said if beside is None or not beside.is_file() else str(beside), dict(claim.set_))


def _made(items: Items, path: Place, folder: Path | None) -> list[Any]:
    """Return interventions one by one, those of bundles among them, and values by place."""
    opened = opened_up(made_of(items, path, folder))
    values = {Finding(Text("", ""), one.path).field: one.value for one in opened.changes}
    return [*opened.interventions, *([values] if values else [])]


def _kind(item: Any) -> str:
    return item.kind if isinstance(item, Intervention) else ""


def _side(scenario: Scenario, claim: Claim, items: Sequence[Any]) -> Side:
    tried = [one for one in items if isinstance(one, Intervention)]
    kinds = {one.kind for one in tried}
    ranges: Mapping[str, Any] = {
        place: list(limits)
        for place, limits in claim.ranges.items()
        if place.partition(".")[0] in kinds or place.partition(".")[0] not in INTERVENTIONS
    }
    known = {place: list(limits) for place, limits in scenario.ranges.items()}
    ranged = scenario.changed({"ranges": {**known, **ranges}}) if ranges else scenario
    if tried:
        ranged.with_interventions(tried)  # refused here rather than in every run
    return Side(ranged, tuple(items), assumptions_of(ranged, tried))
