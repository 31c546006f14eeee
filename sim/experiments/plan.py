"""An experiment that is to be made: its organizations, its points, and its runs in blocks cut by count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice
from typing import Any

from sim.experiments.axes import Axis, Value
from sim.experiments.designs import DesignPoints
from sim.experiments.experiment import Experiment
from sim.experiments.factors import items_at
from sim.scenario import Scenario, load
from sim.spec.measures import MeasureSpec
from sim.study.alternatives import alternatives_of
from sim.study.reported import all_specs

POINT = "point"


@dataclass(frozen=True, slots=True)
class Point:
    """One setting of all factors in one of the organizations."""

    number: int
    scenario: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Plan:
    """What is to be run.

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
    def axes(self) -> tuple[Axis, ...]:
        """What is varied, as designs see it."""
        return tuple(factor.axis(name) for name, factor in self.experiment.factors.items())

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
    def specs(self) -> Mapping[str, MeasureSpec]:
        """What is known about every measure that is stored, in the order of the columns."""
        return all_specs(self.scenarios.values())

    def scenario(self, point: Point) -> Scenario:
        """Return what is run at a point.

        Raises
        ------
        ScenarioError, AlternativeError
            Where it cannot be: a dose out of its bounds, values that do not go together.
        """
        base = self.scenarios[point.scenario]
        items = items_at(self.experiment.factors, point.values)
        if not items:
            return base
        (alternative,) = alternatives_of(base, {POINT: items})
        return alternative.applied(base)

    def runs(self) -> Iterator[tuple[int, int]]:
        """Yield point and replication of every run, point by point."""
        for point in range(self.total):
            for replication in range(self.experiment.replications):
                yield point, replication

    def spans(self) -> Iterator[tuple[tuple[int, range], ...]]:
        """Yield blocks of so many runs as the experiment says: points, and their replications in a row."""
        runs = self.runs()
        while block := tuple(islice(runs, self.experiment.block)):
            yield tuple(_span(point, [n for _, n in ones]) for point, ones in groupby(block, key=lambda run: run[0]))


def _span(point: int, numbers: list[int]) -> tuple[int, range]:
    return point, range(numbers[0], numbers[-1] + 1)


def planned(experiment: Experiment) -> Plan:
    """Return an experiment with the organizations that it names."""
    found: dict[str, Any] = {name: load(name) for name in experiment.scenarios}
    return Plan(experiment, found)
