"""In which order an experiment is run: rounds of replications, cut into blocks by count, numbered through.

A fixed number of replications is run in rounds of `ROUND`, so that it can be raised later: what is there stays, and the
blocks are those that the larger number would have had from the start. Under a stopping rule every round has the points
that are still open; which these are is decided when a round is complete, from what is stored of all rounds so far. The
decision is the same whoever makes it, however often the work was interrupted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Protocol

import numpy as np

from sim.experiments.experiment import SelectionRule, StoppingRule
from sim.experiments.races import races_of
from sim.study.statistics import mean_interval

if TYPE_CHECKING:
    from sim.experiments.plan import Plan

ROUND = 50
"""Replications of a round where nobody says when to stop."""

AT_LEAST, AT_MOST = "at_least", "at_most"

Span = tuple[int, range]
"""A point and replications of it, one after another."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some runs that are given to a worker, and written, at a time.

    Attributes
    ----------
    number
        Of the block, through all rounds.
    spans
        Its points, with their replications.
    """

    number: int
    spans: tuple[Span, ...]

    @property
    def runs(self) -> int:
        """How many there are."""
        return sum(len(numbers) for _, numbers in self.spans)


@dataclass(frozen=True, slots=True)
class Round:
    """The same replications of some points.

    Attributes
    ----------
    first
        The number of its first block.
    points
        The points, in order.
    replications
        Their numbers.
    size
        Runs that a block may have.
    """

    first: int
    points: Sequence[int]
    replications: range
    size: int

    @property
    def runs(self) -> int:
        """How many there are."""
        return len(self.points) * len(self.replications)

    @property
    def stop(self) -> int:
        """The number of the block after its last."""
        return self.first + (
            -(-len(self.points) // self._points_in_block)
            if self._whole
            else len(self.points) * -(-len(self.replications) // self.size)
        )

    @property
    def _whole(self) -> bool:
        """Whether a block has room for all that the round has of a point: then no point is cut."""
        return len(self.replications) <= self.size

    @property
    def _points_in_block(self) -> int:
        return self.size // len(self.replications)

    def blocks(self) -> Iterator[Block]:
        """Yield its blocks: as many whole points as there is room for, or parts of one."""
        for number, spans in enumerate(self._cut(), self.first):
            yield Block(number, spans)

    def _cut(self) -> Iterator[tuple[Span, ...]]:
        numbers = self.replications
        if self._whole:
            step = self._points_in_block
            for begin in range(0, len(self.points), step):
                yield tuple((point, numbers) for point in self.points[begin : begin + step])
            return
        for point in self.points:
            for start in range(numbers.start, numbers.stop, self.size):
                yield ((point, range(start, min(start + self.size, numbers.stop))),)


Values = Callable[[Round, str], Iterator[tuple[int, int, float, bool]]]
"""Gives what is stored of a round: point, replication, value of a measure, and whether the run failed."""


class Schedule:
    """The rounds of an experiment, one after another.

    Parameters
    ----------
    plan
        The experiment.
    """

    def __init__(self, plan: Plan) -> None:
        asked = plan.experiment.replications
        self._decisions: _Deciding | None = None
        if isinstance(asked, int):
            self._first, self._step, self._most = ROUND, ROUND, asked
        else:
            self._first, self._step, self._most = asked.at_least, asked.round, asked.at_most
            self._decisions = _Decisions(plan, asked) if isinstance(asked, StoppingRule) else _Selecting(plan, asked)
        self._size = plan.experiment.block
        self._points: Sequence[int] = range(plan.total)

    @property
    def decides(self) -> bool:
        """Whether it depends on a round what comes after it."""
        return self._decisions is not None

    @property
    def most(self) -> int:
        """How many runs there are if no point ends early."""
        return len(self._points) * self._most

    @property
    def least(self) -> int:
        """How many runs there are if every point ends as early as it may."""
        return len(self._points) * min(self._first, self._most) if self.decides else self.most

    @property
    def blocks(self) -> int:
        """How many blocks there are if no point ends early."""
        first = 0
        for replications in self._replications():
            first = Round(first, self._points, replications, self._size).stop
        return first

    def rounds(self, values: Values) -> Iterator[tuple[Round, int]]:
        """Yield every round, with how many runs may come after it.

        Parameters
        ----------
        values
            Is asked for what a round found, once it is complete, before the next one is yielded.
        """
        points, first = self._points, 0
        for replications in self._replications():
            one = Round(first, points, replications, self._size)
            yield one, len(points) * (self._most - replications.stop)
            first = one.stop
            if self._decisions is not None:
                points = self._decisions.open_after(one, values)
                if not points:
                    return

    def _replications(self) -> Iterator[range]:
        """Yield the replications of every round."""
        start, stop = 0, self._first
        while start < self._most:
            yield range(start, min(stop, self._most))
            start, stop = stop, stop + self._step


def goes_on(then: object, now: object) -> bool:
    """Tell whether runs that were made for some replications are the first of those for others, block by block.

    Parameters
    ----------
    then, now
        What was asked and is asked: a number, or the fields of a stopping rule.
    """
    if then == now:
        return True
    if isinstance(then, int) and isinstance(now, int):
        return then <= now and then % ROUND == 0
    if not (isinstance(then, Mapping) and isinstance(now, Mapping) and {**then, AT_MOST: now.get(AT_MOST)} == now):
        return False
    more = then[AT_MOST] - then[AT_LEAST]
    return bool(now[AT_MOST] > then[AT_MOST] and more >= 0 and more % then["round"] == 0)


class _Deciding(Protocol):
    """Says which points are run on."""

    def open_after(self, done: Round, values: Values) -> list[int]:
        """Return the points that have another round."""


class _Selecting:
    """Which points are open while the best are looked for."""

    def __init__(self, plan: Plan, rule: SelectionRule) -> None:
        self._measure = rule.measure
        self._races = races_of(rule, plan.specs[rule.measure], len(plan.scenarios), len(plan.design.rows))
        self._found: dict[int, list[float]] = {}

    def open_after(self, done: Round, values: Values) -> list[int]:
        """Return the points that are in the running for anything that is not decided."""
        for point, _, value, _ in values(done, self._measure):
            self._found.setdefault(point, []).append(value)
        return self._races.after(self._found)


class _Decisions:
    """Which points are open, by a stopping rule."""

    def __init__(self, plan: Plan, rule: StoppingRule) -> None:
        self._rule = rule
        self._scale = 100.0 if plan.specs[rule.measure].unit == "share" else 1.0
        self._apart = plan.total // max(1, len(plan.scenarios))
        self._found: dict[int, list[float]] = {}
        self._fine: set[int] = set()

    def open_after(self, done: Round, values: Values) -> list[int]:
        """Return the points whose number is not known well enough, and those that they are compared with."""
        for point, _, value, failed in values(done, self._rule.measure):
            self._found.setdefault(point, []).append(value)
            if not failed:
                self._fine.add(point)
        still = {point for point in done.points if point in self._fine and not self._known(point)}
        if self._rule.of == "difference":
            still |= {self._reference(point) for point in still}
        return [point for point in done.points if point in still]

    def _reference(self, point: int) -> int:
        """Return the first point of the same organization."""
        return point - point % self._apart

    def _known(self, point: int) -> bool:
        values = np.array(self._found[point])
        if self._rule.of == "difference":
            reference = self._reference(point)
            if reference == point:  # it goes on for as long as any other does
                return True
            values = values - np.array(self._found[reference])[: len(values)]
        interval = mean_interval(values)
        half = self._scale * (interval.high - interval.low) / 2.0
        return not isnan(half) and half <= self._rule.half_width
