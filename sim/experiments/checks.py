"""What has to hold between an experiment and its organizations: everything that is named is there and can be done.

Every factor is tried alone at each of its levels on each organization, or at both ends of its range. Points, at which
several come together, are too many for that: what cannot be there is told as the error of its runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations
from typing import Any

from sim.experiments.applied import Base
from sim.experiments.axes import Axis, Value
from sim.experiments.designs import RESERVED as OF_DESIGNS
from sim.experiments.experiment import Experiment, SelectionRule
from sim.experiments.factors import Factor
from sim.experiments.measured import wrong_measures
from sim.experiments.races import wrong_groups
from sim.experiments.tried import added_by, all_understood
from sim.experiments.varied import Dosed, Known, Placed, Scaled, Varied, together
from sim.interventions import Intervention
from sim.scenario import Scenario, ScenarioError, examined, load, shipped
from sim.scenario.changes import path_of
from sim.spec.findings import Finding, Path, TextError, shown
from sim.study.reported import all_specs
from sim.words import Text, words

texts = words("experimentfile")

RESERVED = {"point", "scenario", "replication", "error", *OF_DESIGNS}
"""Columns of the tables of an experiment beside those of factors and measures."""

MOST_TRIED = 40
"""Levels of a factor that are tried before anything is run; of more, so many from end to end."""


MOST_ALIKE = 3
"""Findings about one place of a design that are told one by one."""


@dataclass
class Examined:
    """An experiment beside its organizations.

    Attributes
    ----------
    experiment
        What the file says.
    scenarios
        The organizations, by name, as far as they are to be had.
    findings
        Everything that is wrong.
    whole
        Whether this is all of the file, so that the design can be looked at too.
    """

    experiment: Experiment
    whole: bool = True
    scenarios: dict[str, Scenario] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look at everything."""
        self._load()
        self._names()
        if len(self.scenarios) < len(self.experiment.scenarios):
            return  # whether a place or measure is there is not known then
        found, wrong = all_understood(self.experiment, self.scenarios)
        self.findings += wrong
        self.findings += clashes(found)
        for name, several in found.items():
            for varied in several:
                self.findings += self._tried(name, varied)
        self.findings += wrong_measures(self.experiment, self.scenarios.values(), {*RESERVED, *self.experiment.factors})
        if not wrong and self.whole:
            self._design([one.axis for several in found.values() for one in several])

    def _load(self) -> None:
        for index, said in enumerate(self.experiment.scenarios):
            path: Path = ("scenarios", index) if len(self.experiment.scenarios) > 1 else ("scenarios",)
            try:
                scenario = organization(said, self.experiment)
            except ScenarioError as error:
                self.findings.append(_about(error, path))
                continue
            if scenario.name in self.scenarios:
                self.findings.append(Finding(texts.SCENARIO_TWICE.format(name=scenario.name), path))
            self.scenarios[scenario.name] = scenario

    def _names(self) -> None:
        """Note names of columns that are taken; capital letters make no other column of them, as in SQL."""
        reserved = {name.casefold() for name in RESERVED}
        measures = {name.casefold() for name in all_specs(self.scenarios.values())}
        before: set[str] = set()
        for name in self.experiment.factors:
            folded = name.casefold()
            if folded in reserved:
                self.findings.append(Finding(texts.RESERVED.format(name=name), ("factors", name)))
            elif folded in measures:
                self.findings.append(Finding(texts.MEASURE_NAME.format(name=name), ("factors", name)))
            elif folded in before:
                self.findings.append(Finding(texts.NAMES_ALIKE.format(name=name), ("factors", name)))
            before.add(folded)

    def _design(self, axes: Sequence[Axis]) -> None:
        """Note what the design cannot be; of what is wrong in the same way with many factors, the first."""
        found: dict[Path, list[Text]] = {}
        for path, text in self.experiment.design.refused(axes):
            found.setdefault(path, []).append(text)
        for path, several in found.items():
            few = several if len(several) <= MOST_ALIKE else several[:1]
            count = len(several) - len(few)
            told = [texts.AND_MORE.format(finding=one, count=count) if count else one for one in few]
            self.findings += [Finding(one, ("design", *path)) for one in told]
        rule = self.experiment.replications
        if not found and isinstance(rule, SelectionRule):
            self.findings += wrong_groups(rule, self.experiment.design.count(axes))

    def _tried(self, name: str, varied: Varied) -> Iterator[Finding]:
        """Yield what cannot be at the levels of a factor, on the first organization that refuses it."""
        factor = self.experiment.factors[name]
        told: set[str] = set()
        bases = {one: Base(scenario) for one, scenario in self.scenarios.items()}
        for index, value in levels_tried(varied):
            for scenario, base in bases.items():
                found = refusal(base, varied, value)
                if found is None or found.text.en in told:
                    continue
                told.add(found.text.en)
                text = texts.IN_SCENARIO.format(scenario=scenario, finding=found.text) if len(bases) > 1 else found.text
                if value is not True:
                    text = texts.AT_LEVEL.format(value=shown(value), finding=text)
                yield Finding(text, ("factors", name, *(found.path or place_of(factor, varied, index))))


def organization(said: str | Scenario, experiment: Experiment) -> Scenario:
    """Return an organization with the values that hold at every point.

    Raises
    ------
    ScenarioError
        Where it is not to be had.
    """
    if isinstance(said, Scenario):
        return said.changed(dict(experiment.set_)) if experiment.set_ else examined(said)
    if said in shipped() and not any(isinstance(one, Mapping | list | tuple) for one in experiment.set_.values()):
        values = tuple(experiment.set_.items())
        return _shipped(said, values, repr(values))
    beside = experiment.folder / said if experiment.folder is not None else None
    return load(said if beside is None or not beside.is_file() else str(beside), dict(experiment.set_))


@lru_cache(64)
def _shipped(name: str, changes: tuple[tuple[str, Any], ...], said: str) -> Scenario:
    """Return a scenario whose file does not change while a program runs; what is `said` tells 1 from true."""
    del said
    return load(name, dict(changes))


def levels_tried(varied: Varied) -> list[tuple[int, Value]]:
    """Return the values at which a factor is tried, with their places."""
    axis = varied.axis
    if not axis.levels:
        return list(enumerate((axis.number(axis.low), axis.number(axis.high))))
    several = list(enumerate(axis.levels))
    if len(several) <= MOST_TRIED:
        return several
    last = len(several) - 1
    return [several[place * last // (MOST_TRIED - 1)] for place in range(MOST_TRIED)]


def refusal(base: Base, varied: Varied, value: Value) -> Finding | None:
    """Return why a factor cannot stand at a value on an organization, where in a shock if it is one; None if it can."""
    try:
        base.made(together([varied.at(value, base.scenario)]))
    except ScenarioError as error:
        first = replace(error.findings[0], file="", line=None)
        if first.path[:1] == ("shocks",) and len(first.path) > 1 and int(first.path[1]) >= len(base.scenario.shocks):
            return replace(first, path=("shock", *first.path[2:]))
        return Finding(first.as_text)
    except TextError as error:
        return Finding(error.text)
    return None


def place_of(factor: Factor, varied: Varied, index: int) -> Path:
    """Return where in a factor one of its levels is said."""
    if factor.levels is not None:
        return "levels", str(varied.axis.levels[index])
    for name in ("values", "times"):
        if getattr(factor, name):
            return name, index
    if factor.range_ is not None:
        return ("range",) if isinstance(factor.range_, str) else ("range", index)
    if factor.from_ is not None:
        return ("from",) if index == 0 else ("to",)
    return ({"with": "with", "shock": "shock", "department": "department"}.get(factor.kinds[0], "assumptions"),)


def clashes(found: Mapping[str, Sequence[Varied]]) -> Iterator[Finding]:
    """Yield factors that set the same place, or bring the same intervention: what would count is unclear."""
    several = [(name, _places(ones), _kinds(ones)) for name, ones in found.items()]
    for (first, places, kinds), (second, others, more) in combinations(several, 2):
        if both := sorted(f"{one}" for one in places for other in others if _within(one, other)):
            yield Finding(texts.SAME_PLACE.format(first=first, place=both[0]), ("factors", second))
        if same := sorted(kinds & more):
            yield Finding(texts.SAME_INTERVENTION.format(first=first, kind=same[0]), ("factors", second))


def _places(several: Sequence[Varied]) -> set[str]:
    found: set[str] = set()
    for one in several:
        if isinstance(one, Placed):
            found |= {*one.places}
        elif isinstance(one, Scaled):
            found |= {place for values in one.here.values() for place in values}
        elif isinstance(one, Known):
            found.add(one.place)
        items = one.beside if isinstance(one, Dosed) else [item for added in added_by(one) for item in added.items]
        found |= {place for item in items if isinstance(item, Mapping) for place in item}
    return found


def _kinds(several: Sequence[Varied]) -> set[str]:
    """Return the interventions that factors name themselves; what stands beside a bundle takes the place of its own."""
    found: set[str] = set()
    for one in several:
        items = (
            one.interventions if isinstance(one, Dosed) else [item for added in added_by(one) for item in added.items]
        )
        found |= {item.kind for item in items if isinstance(item, Intervention) and item.kind != "custom"}
    return found


def _within(one: str, other: str) -> bool:
    """Tell whether one of two places leads into the other."""
    try:
        first, second = path_of(one), path_of(other)
    except ScenarioError:
        return False
    shared = min(len(first), len(second))
    return first[:shared] == second[:shared]


def _about(error: ScenarioError, path: Path) -> Finding:
    """Return what is wrong with an organization, as told about the experiment that names it."""
    first = error.findings[0]
    if first.file == "changes":
        return Finding(replace(first, file="").text, ("set", *_said_place(first)))
    if not first.file:
        return replace(first, path=path)
    return Finding(
        texts.SCENARIO_UNUSABLE.format(file=first.file, why=replace(first, file="", line=None).as_text), path
    )


def _said_place(finding: Finding) -> Path:
    return (finding.field,) if finding.field else ()
