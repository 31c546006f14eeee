"""Designs that spread points over all factors at once: Latin hypercubes, Sobol sequences, and those of sensitivity.

They are drawn on shares of ranges. Of a factor with levels each level has an equal part of them, in the order in which
levels stand: with three levels, shares up to 1/3 are the first. Whole numbers likewise.

References: McKay, Beckman & Conover 1979, Technometrics 21: 239; Sobol 1967, USSR Comput. Math. Math. Phys. 7: 86; Owen
2020, arXiv:2008.08051 (why powers of two).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from sim.experiments.axes import Axis
from sim.experiments.decimals import evenly
from sim.experiments.designs.base import MOST_POINTS, Refusal, library
from sim.experiments.designs.crossing import Crossing
from sim.experiments.designs.laidout import Columns, DesignPoints
from sim.spec.base import List, Reference, whole
from sim.spec.findings import mismatch, one_of
from sim.words import words

texts = words("designs")

MOST_OPTIMIZED = 1000
"""Points up to which a Latin hypercube is improved: it takes some seconds."""

MOST_EVEN = 30
"""Factors up to which the points of Sobol indices are those of a Sobol sequence."""

MOST_POWER = 2**20
"""The most points of a Sobol sequence."""

TOGETHER = "*"
"""What is said to be exchanged where factors are that go together."""

PowerOfTwo = Annotated[int, whole(2, MOST_POWER)]


class Drawn(Crossing):
    """Points drawn over factors, at each of which other factors may take all their levels."""

    columns: ClassVar[tuple[str, ...]] = ("draw",)

    def _shares(self, factors: int, seed: int) -> NDArray[np.float64]:
        """Return the drawn points of so many factors, as shares of their ranges."""
        raise NotImplementedError

    def _draws(self) -> int:
        """Return how many points are drawn."""
        raise NotImplementedError

    def _refused(self, axes: Sequence[Axis]) -> Iterator[Refusal]:
        yield from self._too_few(self.drawn(axes), 1)
        yield from self._refused_crossed(axes)

    def _count(self, axes: Sequence[Axis]) -> int:
        return self._draws() * self.met(axes)

    def _points(self, axes: Sequence[Axis], seed: int) -> DesignPoints:
        drawn = self.drawn(axes)
        shares = self._shares(len(drawn), seed)
        cells = {axis.name: axis.spread(shares[:, place]) for place, axis in enumerate(drawn)}
        return self._everywhere(axes, cells, len(shares), {"draw": np.arange(len(shares))})


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


class SobolIndices(Crossing):
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
    together: List[Reference] = ()
    """Factors that are exchanged all together, as if they were one: what they account for is told of them all."""

    columns: ClassVar[tuple[str, ...]] = ("sample", "matrix", "swapped")
    libraries: ClassVar[tuple[str, ...]] = ("SALib",)

    def _refused(self, axes: Sequence[Axis]) -> Iterator[Refusal]:
        yield from self._missing()
        drawn = self.drawn(axes)
        yield from self._too_few(self._exchanged(drawn), 2)
        yield from no_power_of_two("samples", self.samples)
        yield from self._refused_crossed(axes)
        names = [axis.name for axis in drawn]
        for place, name in enumerate(self.together):
            if name not in names:
                yield ("together", place), mismatch(name, one_of(name, names))

    def _count(self, axes: Sequence[Axis]) -> int:
        return self.samples * len(self._within(self.drawn(axes))) * self.met(axes)

    def _points(self, axes: Sequence[Axis], seed: int) -> DesignPoints:
        drawn = self.drawn(axes)
        within = self._within(drawn)
        first, second = self._matrices(drawn, seed)
        goes = {name: [name] for _, name in within} | {TOGETHER: list(self.together)}
        names = np.array([axis.name for axis in drawn])
        sampled = np.empty((self.samples, len(within), len(drawn)))
        for place, (matrix, swapped) in enumerate(within):
            own, other = (first, second) if matrix in ("A", "AB") else (second, first)
            sampled[:, place] = np.where(np.isin(names, goes[swapped]), other, own)
        flat = sampled.reshape(-1, len(drawn))
        beside = {
            "sample": np.repeat(np.arange(self.samples), len(within)),
            "matrix": repeated([matrix for matrix, _ in within], self.samples),
            "swapped": repeated([swapped for _, swapped in within], self.samples),
        }
        cells = {axis.name: axis.spread(flat[:, place]) for place, axis in enumerate(drawn)}
        return self._everywhere(axes, cells, len(flat), beside)

    def _matrices(self, drawn: Sequence[Axis], seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return shares of ranges in both matrices, samples × factors.

        They are those of a Sobol sequence, as SALib draws them. In many dimensions, pairs of them are far from even at
        such numbers of points: half the mean square of the difference of A and B, which is to be the variance, is found
        between a quarter and nearly twice of it for single ones of 60 factors at 128 points, whichever the seed. Where
        factors are many, or go together, these are two halves of a Latin hypercube instead.
        """
        alone = [axis for axis in drawn if axis.name not in self.together]
        even = alone if len(alone) <= MOST_EVEN else []
        generator = np.random.default_rng(seed)
        found = np.empty((2, self.samples, len(drawn)))
        is_even = np.array([axis in even for axis in drawn])
        if even:
            sampler = library("SALib.sample.sobol")
            rows = sampler.sample(problem(even), self.samples, calc_second_order=False, seed=generator)
            found[:, :, is_even] = rows[:: len(even) + 2], rows[len(even) + 1 :: len(even) + 2]
        if len(even) < len(drawn):
            from scipy.stats import qmc  # takes longer to load than most designs to make

            rest = len(drawn) - len(even)
            cube = qmc.LatinHypercube(2 * rest, rng=generator).random(self.samples)
            found[:, :, ~is_even] = cube[:, :rest], cube[:, rest:]
        return found[0], found[1]

    def _exchanged(self, drawn: Sequence[Axis]) -> list[Axis]:
        """Return the factors one of which is exchanged at a time; of those that go together the first is for all."""
        first = next((axis.name for axis in drawn if axis.name in self.together), "")
        return [axis for axis in drawn if axis.name not in self.together or axis.name == first]

    def _within(self, drawn: Sequence[Axis]) -> list[tuple[str, str]]:
        """Return what the points of one sample are: the matrix, and the factor that comes from the other one."""
        names = [TOGETHER if axis.name in self.together else axis.name for axis in self._exchanged(drawn)]
        pairs = [("BA", name) for name in names] if self.second_order else []
        return [("A", ""), *(("AB", name) for name in names), *pairs, ("B", "")]


class Morris(Crossing):
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
        drawn = self.drawn(axes)
        yield from self._too_few(drawn, 2)
        yield from self._refused_crossed(axes)
        if self.levels % 2:
            yield (
                ("levels",),
                texts.ODD_LEVELS.format(levels=self.levels, lower=max(2, self.levels - 1), upper=self.levels + 1),
            )
        for axis in drawn:
            if len(axis.levels) > self.levels:
                facts = {"factor": axis.name, "count": len(axis.levels), "levels": self.levels}
                yield ("levels",), texts.MORE_LEVELS.format(**facts)

    def _count(self, axes: Sequence[Axis]) -> int:
        return self.trajectories * (len(self.drawn(axes)) + 1) * self.met(axes)

    def _points(self, axes: Sequence[Axis], seed: int) -> DesignPoints:
        generator, drawn = np.random.default_rng(seed), self.drawn(axes)
        shares = library("SALib.sample.morris").sample(
            problem(drawn), self.trajectories, num_levels=self.levels, seed=generator
        )
        places = np.rint(shares * (self.levels - 1)).astype(np.int64)
        cells = {axis.name: self._cells(axis, places[:, place]) for place, axis in enumerate(drawn)}
        return self._everywhere(axes, cells, len(places), self._beside(drawn, places))

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
