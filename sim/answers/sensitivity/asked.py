"""What a sensitivity analysis is asked: the organization with its ranges, what is varied, and what is tried beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.answers.sensitivity.deciding import REST
from sim.answers.sensitivity.ends import end_points
from sim.ownmeasures import Measure
from sim.scenario import Scenario, load
from sim.scenario.changes import Change, path_of
from sim.scenario.uncertain import Assumption, assumptions_of
from sim.spec.findings import Finding, TextError
from sim.spec.nearest import did_you_mean
from sim.study.alternatives import Alternative, Items, alternative_of, parse_alternative
from sim.words import Text, words

texts = words("sensitivity")

ASSUMED, TRIED = "assumptions", "change"
"""The factors of the experiments."""

SCREENING, INDICES, ENDS = "screening", "indices", "ends"
"""The experiments."""

Over = Mapping[str, tuple[float, float] | None] | Iterable[str]
"""Places, with the ends of their ranges where others than those that are known are meant."""


@dataclass(frozen=True)
class Asked:
    """What is asked.

    Attributes
    ----------
    scenario
        The organization, with the ranges that hold.
    assumptions
        What is varied.
    tried
        The alternative whose effect is looked at as well; None where there is none.
    measures
        What is looked at; empty where the usual ones are.
    seed
        Chooses luck and points.
    """

    scenario: Scenario
    assumptions: tuple[Assumption, ...]
    tried: Alternative | None
    measures: tuple[str | Measure, ...]
    seed: int

    @property
    def places(self) -> list[str]:
        """The places of what is varied."""
        return [one.place for one in self.assumptions]

    @property
    def sides(self) -> int:
        """How many organizations each point has: as it is, and with the alternative."""
        return 2 if self.tried is not None else 1

    def experiment(self, name: str, design: Mapping[str, Any], replications: int) -> dict[str, Any]:
        """Return an experiment over everything that is varied."""
        factors: dict[str, Any] = {ASSUMED: {"assumptions": self.places}}
        if self.tried is not None:
            factors[TRIED] = {"with": items_of(self.tried)}
        return {
            "name": name,
            "scenarios": [self.scenario],
            "factors": factors,
            "design": dict(design),
            "replications": replications,
            "measures": list(self.measures),
            "seed": self.seed,
        }

    def screening(self, trajectories: int, replications: int) -> dict[str, Any]:
        """Return the experiment of elementary effects."""
        return self.experiment(SCREENING, {**self._crossed("morris"), "trajectories": trajectories}, replications)

    def indices(self, alone: Sequence[str], points: int, replications: int) -> dict[str, Any]:
        """Return the experiment of Sobol indices: some assumptions one by one, all others together as one."""
        together = [place for place in self.places if place not in alone]
        design = {**self._crossed("sobol_indices"), "samples": points, "together": together}
        return self.experiment(INDICES, design, replications)

    def exchanged(self, alone: Sequence[str]) -> list[str]:
        """Return what the experiment of Sobol indices exchanges, in its order."""
        return list(dict.fromkeys(place if place in alone else REST for place in self.places))

    def ends(self, places: Sequence[str], replications: int) -> dict[str, Any]:
        """Return the experiment of the tornado: some assumptions, each alone at both ends of its range."""
        points = end_points([one for one in self.assumptions if one.place in places])
        if self.tried is not None:
            points = [{**one, **side} for one in points for side in ({}, {TRIED: True})]
        return self.experiment(ENDS, {"kind": "points", "points": points}, replications)

    def _crossed(self, kind: str) -> dict[str, Any]:
        return {"kind": kind, **({"crossed": [TRIED]} if self.tried is not None else {})}


def asked(
    scenario: Scenario | str,
    tried: Items | Alternative | None,
    over: Over | None,
    measures: Sequence[str | Measure],
    seed: int,
) -> Asked:
    """Return what is asked, once it is known to be possible.

    Raises
    ------
    ScenarioError, AlternativeError, TextError
        If anything of it cannot be meant.
    """
    loaded = load(scenario) if isinstance(scenario, str) else scenario
    ranges = ranges_of(over)
    stated = [Change(("ranges", place), list(ends), "over") for place, ends in ranges.items() if ends is not None]
    here = loaded.changed(stated) if stated else loaded
    alternative = _alternative(tried)
    known = {one.place: one for one in assumptions_of(here, alternative.interventions if alternative else ())}
    for place in ranges:
        if place not in known:
            facts = {"place": place, "scenario": here.name, "hint": did_you_mean(place, known)}
            raise TextError(texts.NO_ASSUMPTION.format(**facts))
        if not known[place].low < known[place].high:
            raise TextError(texts.NO_WIDTH.format(place=place, here=known[place].here))
    chosen = [known[place] for place in ranges] if over is not None else list(known.values())
    varied = tuple(one for one in chosen if one.low < one.high)
    if len(varied) < 2:
        raise TextError(texts.TOO_FEW.format(count=len(varied)))
    return Asked(here, varied, alternative, tuple(measures), seed)


def ranges_of(over: Over | None) -> dict[str, tuple[float, float] | None]:
    """Return places and the ends of their ranges, which texts write ``levers.latency=2..8``."""
    if over is None:
        return {}
    if isinstance(over, Mapping):
        return dict(over)
    several = [over] if isinstance(over, str) else list(over)
    return dict(_range(text) for text in several)


def _range(text: str) -> tuple[str, tuple[float, float] | None]:
    place, equals, ends = text.partition("=")
    path_of(place.strip(), f"--over {text}")
    if not equals:
        return place.strip(), None
    low, dots, high = ends.partition("..")
    try:
        found = float(low), float(high if dots else low)
    except ValueError:
        raise TextError(texts.WRONG_RANGE.format(found=text)) from None
    if not dots or not found[0] < found[1]:
        raise TextError(texts.WRONG_RANGE.format(found=text))
    return place.strip(), found


def _alternative(tried: Items | Alternative | None) -> Alternative | None:
    if tried is None:
        return None
    found = tried if isinstance(tried, Alternative) else _read(tried)
    if found.scenario is not None:
        raise TextError(texts.WHOLE_SCENARIO.format(scenario=found.scenario.name))
    return found


def _read(tried: Items) -> Alternative:
    if isinstance(tried, str):
        return parse_alternative(tried)
    return alternative_of(TRIED, texts.THE_CHANGE, tried)


def items_of(alternative: Alternative) -> list[Any]:
    """Return what an alternative introduces as a factor writes it."""
    values = {Finding(Text("", ""), one.path).field: one.value for one in alternative.changes}
    classes = [] if alternative.department is None else [alternative.department]
    return [*alternative.interventions, *([values] if values else []), *classes]
