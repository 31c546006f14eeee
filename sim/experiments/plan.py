"""An experiment that is to be made: its organizations, and its points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from sim.engine.sent import loads, sendable
from sim.experiments.applied import Base, Made
from sim.experiments.axes import Axis, Value
from sim.experiments.checks import Examined
from sim.experiments.designs import DesignPoints
from sim.experiments.experiment import Experiment
from sim.experiments.identity import hash_of, parts_of
from sim.experiments.measured import headlines, own_measures
from sim.experiments.tried import added_by, interventions_of, varied_of
from sim.experiments.varied import Varied, together
from sim.hooks import acting
from sim.ownmeasures import Measure
from sim.scenario import Scenario, ScenarioError
from sim.spec.findings import errors
from sim.spec.measures import MeasureSpec
from sim.study.reported import all_specs


@dataclass(frozen=True, slots=True)
class Point:
    """One setting of all factors in one of the organizations."""

    number: int
    scenario: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Plan:
    """What is to be run.

    It is sent to workers in a few kilobytes, and read once by each: what is made of it is shared by all its tasks.

    Attributes
    ----------
    experiment
        What the file says.
    scenarios
        The organizations as they are, by name.
    """

    experiment: Experiment
    scenarios: Mapping[str, Scenario]

    @cached_property
    def varied(self) -> Mapping[str, Varied]:
        """What is varied, by name, as it is understood."""
        return {one.axis.name: one for one in varied_of(self.experiment, self.scenarios)}

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """What is varied, as designs see it."""
        return tuple(one.axis for one in self.varied.values())

    @cached_property
    def design(self) -> DesignPoints:
        """The points of the design, which every organization goes through."""
        return self.experiment.design.points(self.axes, self.experiment.seed)

    @property
    def total(self) -> int:
        """How many points there are."""
        return len(self.scenarios) * len(self.design.rows)

    def point(self, number: int) -> Point:
        """Return a point: all of the first organization come first."""
        place, row = divmod(number, len(self.design.rows))
        return Point(number, tuple(self.scenarios)[place], self.design.rows[row])

    @cached_property
    def own(self) -> tuple[Measure, ...]:
        """The measures that are written in Python."""
        return own_measures(self.experiment)

    @cached_property
    def specs(self) -> Mapping[str, MeasureSpec]:
        """What is known about every measure that is stored, in the order of the columns."""
        return all_specs(self.scenarios.values(), self.own)

    @cached_property
    def headlines(self) -> tuple[str, ...]:
        """The measures that the answer is about, the first before all."""
        return headlines(self.experiment, self.scenarios.values())

    @cached_property
    def _bases(self) -> Mapping[str, Base]:
        return {name: Base(scenario) for name, scenario in self.scenarios.items()}

    def made(self, point: Point) -> Made:
        """Return what is run at a point.

        Raises
        ------
        ScenarioError, AlternativeError
            Where it cannot be: a dose out of its bounds, values that do not go together.
        """
        base = self._bases[point.scenario]
        added = [self.varied[name].at(value, base.scenario) for name, value in point.values.items()]
        return base.made(together(added))

    def scenario(self, point: Point) -> Scenario:
        """Return the organization at a point, as `made` does."""
        return self.made(point).scenario

    @cached_property
    def asks(self) -> bool:
        """Whether code of somebody's own is called all along, which only one run at a time can do in a process."""
        introduced = [one for varied in self.varied.values() for one in interventions_of(varied)]
        there = [one for scenario in self.scenarios.values() for one in scenario.interventions]
        classes = [added.departments for varied in self.varied.values() for added in added_by(varied)]
        return acting([*there, *introduced]) or any(one is not None for one in classes)

    @cached_property
    def parts(self) -> Mapping[str, str]:
        """What a store has to agree on, by part: a short digest of each."""
        return parts_of(self.experiment, self.scenarios, self.varied.values(), self.own)

    @property
    def hash(self) -> str:
        """SHA-256 of all that rows depend on: no words for people, no engine, and not how runs are cut into blocks."""
        return hash_of(self.parts)

    @cached_property
    def _sent(self) -> bytes:
        folder = self.experiment.folder  # seen from wherever it is read
        experiment = self.experiment if folder is None else self.experiment.found_in(folder.resolve())
        return sendable((experiment, dict(self.scenarios)))

    def __reduce__(self) -> tuple[Any, tuple[bytes]]:
        """Send what was said, and nothing that is made of it."""
        return _received, (self._sent,)


@lru_cache(4)
def _received(sent: bytes) -> Plan:
    """Return a plan that was sent; all tasks of a worker share it, with what it has made already."""
    return Plan(*loads(sent))


def planned(experiment: Experiment) -> Plan:
    """Return an experiment with the organizations that it names.

    Raises
    ------
    ScenarioError
        Where anything is wrong with it.
    """
    examined = Examined(experiment)
    if wrong := errors(examined.findings):
        raise ScenarioError(wrong)
    return Plan(experiment, examined.scenarios)
