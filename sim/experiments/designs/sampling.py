"""Designs that spread points over all factors at once: Latin hypercubes, Sobol sequences, and those of sensitivity.

They are drawn on shares of ranges. Of a factor with levels each level has an equal part of them, in the order in which
levels stand: with three levels, shares up to 1/3 are the first. Whole numbers likewise.

References: McKay, Beckman & Conover 1979, Technometrics 21: 239; Sobol 1967, USSR Comput. Math. Math. Phys. 7: 86; Owen
2020, arXiv:2008.08051 (why powers of two).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from sim.experiments.axes import Axis
from sim.experiments.decimals import evenly
from sim.experiments.designs.base import MOST_POINTS, BaseDesign, Refusal, library
from sim.experiments.designs.grids import crossed
from sim.experiments.designs.laidout import Columns, DesignPoints, points_of
from sim.spec.base import List, Reference, whole
from sim.spec.findings import mismatch, one_of
from sim.words import words

texts = words("designs")

MOST_OPTIMIZED = 1000
"""Points up to which a Latin hypercube is improved: it takes some seconds."""

MOST_POWER = 2**20
"""The most points of a Sobol sequence."""

PowerOfTwo = Annotated[int, whole(2, MOST_POWER)]


class Drawn(BaseDesign):
    """Points drawn over factors, at each of which other factors may take all their levels."""

    crossed: List[Reference] = ()
    """Factors that are not drawn: each of their levels is run at every drawn point, so that it is compared there."""

    columns: ClassVar[tuple[str, ...]] = ("draw",)

    def _shares(self, factors: int, seed: int) -> NDArray[np.float64]:
        """Return the drawn points of so many factors, as shares of their ranges."""
        raise NotImplementedError

    def _draws(self) -> int:
        """Return how many points are drawn."""
        raise NotImplementedError

    def _refused(self, axes: Sequence[Axis]) -> Iterator[Refusal]:
        yield from self._too_few([axis for axis in axes if axis.name not in self.crossed], 1)
        known = {axis.name: axis for axis in axes}
        for place, name in enumerate(self.crossed):
            if name not in known:
                yield ("crossed", place), mismatch(name, one_of(name, known))
            elif not known[name].levels:
                yield ("crossed", place), texts.CROSSED_RANGE.format(factor=name)
            elif name in self.crossed[:place]:
                yield ("crossed", place), texts.CROSSED_TWICE.format(factor=name)

    def _count(self, axes: Sequence[Axis]) -> int:
        return self._draws() * prod(len(axis.levels) for axis in axes if axis.name in self.crossed)

    def _points(self, axes: Sequence[Axis], seed: int) -> DesignPoints:
        drawn = [axis for axis in axes if axis.name not in self.crossed]
        shares = self._shares(len(drawn), seed)
        others = [axis for axis in axes if axis.name in self.crossed]
        levels = crossed(others, [range(len(axis.levels)) for axis in others])
        each = prod(len(axis.levels) for axis in others)
        cells = {axis.name: np.repeat(axis.spread(shares[:, place]), each) for place, axis in enumerate(drawn)}
        cells |= {name: np.tile(column, len(shares)) for name, column in levels.items()}
        beside = {"draw": np.repeat(np.arange(len(shares)), each)}
        return points_of(axes, cells, each * len(shares), beside)


class LatinHypercube(Drawn):
    """Points drawn so that every factor alone is covered evenly: one in each of as many equal parts of its range."""

    kind: Literal["latin_hypercube"] = "latin_hypercube"
    """Says that points are spread by chance, evenly in every factor."""
    points_: Annotated[int, whole(2, MOST_POINTS), Field(validation_alias="points", serialization_alias="points")]
    """How many."""
    optimized: bool = False
    """Whether points are exchanged until they fill the space more evenly as well (least centered discrepancy)."""

    def _refused(self, axes: Sequence[Axis]) -> Iterator[Refusal]:
        yield from super()._refused(axes)
        if self.optimized and self.points_ > MOST_OPTIMIZED:
            yield ("optimized",), texts.MANY_OPTIMIZED.format(count=self.points_, most=MOST_OPTIMIZED)

    def _draws(self) -> int:
        return self.points_

    def _shares(self, factors: int, seed: int) -> NDArray[np.float64]:
        from scipy.stats import qmc  # takes longer to load than most designs to make

        better = "random-cd" if self.optimized else None
        drawn = qmc.LatinHypercube(factors, rng=np.random.default_rng(seed), optimization=better)
        found: NDArray[np.float64] = drawn.random(self.points_)
        return found


class SobolSequence(Drawn):
    """Points of a scrambled Sobol sequence, which fill the space of all factors more evenly than chance does."""

    kind: Literal["sobol_sequence"] = "sobol_sequence"
    """Says that points fill the space evenly."""
    points_: Annotated[PowerOfTwo, Field(validation_alias="points", serialization_alias="points")]
    """How many; a power of two."""

    def _refused(self, axes: Sequence[Axis]) -> Iterator[Refusal]:
        yield from super()._refused(axes)
        yield from no_power_of_two("points", self.points_)

    def _draws(self) -> int:
        return self.points_

    def _shares(self, factors: int, seed: int) -> NDArray[np.float64]:
        from scipy.stats import qmc  # takes longer to load than most designs to make

        drawn = qmc.Sobol(factors, rng=np.random.default_rng(seed))
        found: NDArray[np.float64] = drawn.random(self.points_)
        return found


class SobolIndices(BaseDesign):
    """Points from which it can be told what share of the variance each factor accounts for (Sobol indices).

    For every sample there are two points that differ in every factor (of matrix A and of B), and for each factor one
    that is A with that factor from B (AB); for pairs also B with that factor from A (BA).

    Saltelli 2002, Comput. Phys. Commun. 145: 280.
    """

    kind: Literal["sobol_indices"] = "sobol_indices"
    """Says that shares of variance are to be told."""
    samples: PowerOfTwo
    """How many samples, each of which is a point for every factor and two more; a power of two."""
    second_order: bool = False
    """Whether the shares of pairs are to be told as well: nearly twice the points."""

    columns: ClassVar[tuple[str, ...]] = ("sample", "matrix", "swapped")
    libraries: ClassVar[tuple[str, ...]] = ("SALib",)

    def _refused(self, axes: Sequence[Axis]) -> Iterator[Refusal]:
        yield from self._missing()
        yield from self._too_few(axes, 2)
        yield from no_power_of_two("samples", self.samples)

    def _count(self, axes: Sequence[Axis]) -> int:
        return self.samples * len(self._within(axes))

    def _points(self, axes: Sequence[Axis], seed: int) -> DesignPoints:
        sampled = library("SALib.sample.sobol").sample(
            problem(axes),
            self.samples,
            calc_second_order=self.second_order,
            seed=np.random.default_rng(seed),
        )
        within = self._within(axes)
        beside = {
            "sample": np.repeat(np.arange(self.samples), len(within)),
            "matrix": repeated([matrix for matrix, _ in within], self.samples),
            "swapped": repeated([swapped for _, swapped in within], self.samples),
        }
        return spread(axes, sampled, beside)

    def _within(self, axes: Sequence[Axis]) -> list[tuple[str, str]]:
        """Return what the points of one sample are: the matrix, and the factor that comes from the other one."""
        swapped = [("AB", axis.name) for axis in axes]
        pairs = [("BA", axis.name) for axis in axes] if self.second_order else []
        return [("A", ""), *swapped, *pairs, ("B", "")]


class Morris(BaseDesign):
    """Trajectories in which one factor after another moves by the same share of its range: what matters at all.

    Morris 1991, Technometrics 33: 161.
    """

    kind: Literal["morris"] = "morris"
    """Says that factors are screened by trajectories."""
    trajectories: Annotated[int, whole(2, 100_000)] = 10
    """How many; each is a point for every factor and one more."""
    levels: Annotated[int, whole(2, 100)] = 4
    """How many values a range takes, an even number; factors with levels keep theirs."""

    columns: ClassVar[tuple[str, ...]] = ("trajectory", "moved", "by")
    libraries: ClassVar[tuple[str, ...]] = ("SALib",)

    def _refused(self, axes: Sequence[Axis]) -> Iterator[Refusal]:
        yield from self._missing()
        yield from self._too_few(axes, 2)
        if self.levels % 2:
            yield (
                ("levels",),
                texts.ODD_LEVELS.format(levels=self.levels, lower=max(2, self.levels - 1), upper=self.levels + 1),
            )
        for axis in axes:
            if len(axis.levels) > self.levels:
                facts = {"factor": axis.name, "count": len(axis.levels), "levels": self.levels}
                yield ("levels",), texts.MORE_LEVELS.format(**facts)

    def _count(self, axes: Sequence[Axis]) -> int:
        return self.trajectories * (len(axes) + 1)

    def _points(self, axes: Sequence[Axis], seed: int) -> DesignPoints:
        generator = np.random.default_rng(seed)
        drawn = library("SALib.sample.morris").sample(
            problem(axes), self.trajectories, num_levels=self.levels, seed=generator
        )
        places = np.rint(drawn * (self.levels - 1)).astype(np.int64)
        cells = {axis.name: self._cells(axis, places[:, place]) for place, axis in enumerate(axes)}
        return points_of(axes, cells, len(places), self._beside(axes, places))

    def _cells(self, axis: Axis, places: NDArray[np.int64]) -> Any:
        """Return the cells at places of the grid, of which each level has an equal part."""
        if axis.levels:
            return places * len(axis.levels) // self.levels
        return np.array(self._grid(axis))[places]

    def _grid(self, axis: Axis) -> list[float]:
        found = evenly(axis.low, axis.high, self.levels)
        return [float(np.floor(one + 0.5)) for one in found] if axis.whole else [float(one) for one in found]

    def _beside(self, axes: Sequence[Axis], places: NDArray[np.int64]) -> Columns:
        """Return trajectory, factor that moved to get to a point, and by what share of its range."""
        moves = np.diff(places, axis=0, prepend=places[:1])
        moves[:: len(axes) + 1] = 0
        moved = np.argmax(moves != 0, axis=1)
        names = np.array([axis.name for axis in axes], object)[moved]
        names[:: len(axes) + 1] = ""
        by = moves[np.arange(len(moves)), moved] / (self.levels - 1)
        return {"trajectory": np.arange(len(places)) // (len(axes) + 1), "moved": names, "by": by}


def spread(axes: Sequence[Axis], shares: NDArray[np.float64], beside: Columns | None = None) -> DesignPoints:
    """Return the points at shares of the ranges of all factors."""
    cells = {axis.name: axis.spread(shares[:, place]) for place, axis in enumerate(axes)}
    return points_of(axes, cells, len(shares), beside)


def problem(axes: Sequence[Axis]) -> dict[str, Any]:
    """Return the factors as SALib wants them: shares from 0 to 1."""
    names = [axis.name for axis in axes]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def no_power_of_two(field: str, count: int) -> Iterator[Refusal]:
    """Yield what is said of a number of points that would leave gaps."""
    lower = 1 << (count.bit_length() - 1)
    if lower != count:
        yield (field,), texts.POWER_OF_TWO.format(count=count, lower=lower, upper=2 * lower)


def repeated(names: Sequence[str], times: int) -> NDArray[Any]:
    """Return names over and over."""
    return np.tile(np.array(names, object), times)
