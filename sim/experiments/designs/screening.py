"""Designs of two levels that need few points: fractions of a factorial, and those of Plackett and Burman.

What they save they pay for by effects that cannot be told apart: `aliases` says which.

References: Box, Hunter & Hunter 2005, Statistics for Experimenters, chapters 6 and 7; Plackett & Burman 1946,
Biometrika 33: 305.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from sim.experiments.axes import Axis
from sim.experiments.designs.aliases import Alias, aliases_of
from sim.experiments.designs.base import BaseDesign, Refusal, library
from sim.experiments.designs.laidout import DesignPoints, points_of
from sim.spec.base import whole
from sim.words import words

texts = words("designs")

Signs = NDArray[np.int8]
"""Points × factors: −1 where one stands at its first level or the lower end of its range, 1 at the other."""

MOST_FACTORS = 64
"""Factors of a design in which effects are to be told apart; more would take long to look for."""


HIGHEST = 5
"""The highest resolution that can be asked for: with it, effects of two factors are told apart."""

USUAL = 4
"""The resolution where nobody asks for another: what one factor does is free of what two do together."""


_SIXTEEN = ("a", "b", "c", "d", "abc", "bcd", "acd", "abd", "abcd", "ab", "ac", "ad", "bc", "bd", "cd")

PUBLISHED: Mapping[tuple[int, int], str] = {
    **{(factors, 16): " ".join(_SIXTEEN[:factors]) for factors in range(9, 16)},
    (6, 32): "a b c d e abcde",
    (7, 64): "a b c d e f abcdef",
    (9, 32): "a b c d e bcde acde abde abce",
    (10, 32): "a b c d e abcd abce abde acde bcde",
    (9, 128): "a b c d e f g acdfg bcefg",
}
"""Generators of minimum aberration by factors and points, where the library has others: NIST/SEMATECH e-Handbook of
Statistical Methods, section 5.3.3.4.7; Chen, Sun & Wu 1993, International Statistical Review 61: 131."""

MOST_FREE = 13
"""Letters of a generator that vary freely: with all pairs of factors, more points would not fit."""


class TwoLevels(BaseDesign):
    """A design in which every factor stands at one of two levels, or at one end of its range."""

    libraries: ClassVar[tuple[str, ...]] = ("pydoe",)

    def signs(self, factors: int) -> Signs:
        """Return which level each of so many factors stands at, point by point."""
        raise NotImplementedError

    def aliases(self, axes: Sequence[Axis]) -> tuple[Alias, ...]:
        """Return of every effect, of one factor or of two, with which others it is mixed, and how much of them."""
        return aliases_of(self.signs(len(axes)), [axis.name for axis in axes])

    def _refused(self, axes: Sequence[Axis]) -> Iterator[Refusal]:
        yield from self._missing()
        yield from self._too_few(axes, 2)
        if len(axes) > MOST_FACTORS:
            yield ("kind",), texts.MANY_FACTORS.format(count=len(axes), most=MOST_FACTORS)
        for axis in axes:
            if axis.levels and len(axis.levels) != 2:
                yield ("kind",), texts.NOT_TWO_LEVELS.format(factor=axis.name, count=len(axis.levels))

    def _count(self, axes: Sequence[Axis]) -> int:
        return len(self.signs(len(axes)))

    def _points(self, axes: Sequence[Axis], seed: int) -> DesignPoints:
        signs = self.signs(len(axes))
        cells = {axis.name: _at_ends(axis, signs[:, place] > 0) for place, axis in enumerate(axes)}
        return points_of(axes, cells, len(signs))


class FractionalFactorial(TwoLevels):
    """A fraction of the full factorial of two levels, in which some effects cannot be told apart.

    The smallest fraction of a resolution is taken, and of those as small one of the highest. Up to ten factors, and up
    to fifteen in sixteen points, it is also the published one that mixes up the fewest effects (of minimum aberration);
    of more, another one may mix up fewer: whoever wants it states its `generator`.
    """

    kind: Literal["fractional_factorial"] = "fractional_factorial"
    """Says that a fraction of all points is run."""
    resolution: Annotated[int, whole(3, HIGHEST)] | None = None
    """What can be told apart: 3 = factors from each other, 4 (empty) = also from pairs, 5 = pairs as well."""
    generator: str | None = None
    """Instead, how each factor is made, as in `a b c ab -bc`: single letters vary freely, the others are products."""

    def signs(self, factors: int) -> Signs:
        """Return which level each of so many factors stands at, point by point."""
        return _fraction(factors, self.resolution or USUAL, self.generator)

    def _refused(self, axes: Sequence[Axis]) -> Iterator[Refusal]:
        found = list(super()._refused(axes))
        yield from found
        if self.generator is None or found:
            return
        if self.resolution is not None:
            yield ("generator",), texts.ONE_OF_BOTH
        yield from ((("generator",), text) for text in _wrong(self.generator, len(axes)))


class PlackettBurman(TwoLevels):
    """As few points as there are factors, and some more: each factor against the others, pairs taken for nothing."""

    kind: Literal["plackett_burman"] = "plackett_burman"
    """Says that factors are screened."""
    folded: bool = False
    """Whether every point is run with all levels exchanged as well: twice the points, and factors free of pairs."""

    def signs(self, factors: int) -> Signs:
        """Return which level each of so many factors stands at, point by point."""
        return _screen(factors, self.folded)


def _at_ends(axis: Axis, high: NDArray[np.bool_]) -> NDArray[Any]:
    return high if axis.levels else np.where(high, axis.high, axis.low)


@lru_cache(16)
def _fraction(factors: int, resolution: int, generator: str | None) -> Signs:
    """Return a fraction; it is asked for several times while one is made."""
    pydoe = library("pydoe")
    if generator is not None:
        return _frozen(pydoe.fracfact(_plain(generator)))
    made = pydoe.fracfact_by_res(factors, resolution)
    if published := PUBLISHED.get((factors, len(made))):
        return _frozen(pydoe.fracfact(published))
    higher = [pydoe.fracfact_by_res(factors, one) for one in range(resolution + 1, HIGHEST + 1)]
    return _frozen([made, *(one for one in higher if len(one) == len(made))][-1])


@lru_cache(16)
def _screen(factors: int, folded: bool) -> Signs:
    """Return the smallest of these designs that the library knows and that has room for the factors.

    Not every multiple of four is there (28, 36, 44 and 52 are not); the next larger one serves.
    """
    pydoe = library("pydoe")
    for room in range(factors, 2 * factors + 4):
        try:
            made = pydoe.pbdesign(room)[:, :factors]
        except ValueError:
            continue
        return _frozen(np.vstack([made, -made]) if folded else made)
    raise AssertionError(f"no power of two between {factors} and its double")


def _frozen(made: NDArray[np.float64]) -> Signs:
    signs = np.rint(made).astype(np.int8)
    signs.flags.writeable = False
    return signs


def _plain(generator: str) -> str:
    return " ".join(generator.lower().split())


def _wrong(generator: str, factors: int) -> Iterator[Any]:
    """Yield what is wrong with a generator: its words, then what it cannot tell apart."""
    words = _plain(generator).split()
    if len(words) != factors:
        yield texts.WRONG_COUNT.format(found=len(words), expected=factors)
        return
    free = "".join(word for word in words if len(word) == 1)
    if sorted(free) != [chr(ord("a") + place) for place in range(len(free))] or not free:
        yield texts.WRONG_LETTERS.format(found=" ".join(free) or "''")
        return
    if len(free) > MOST_FREE:
        yield texts.MANY_FREE.format(count=len(free), most=MOST_FREE)
        return
    for word in words:
        if not re.fullmatch(rf"[+-]?[{free}]+", word) or len(set(word)) != len(word):
            yield texts.WRONG_WORD.format(word=word, letters=" ".join(sorted(free)))
            return
    if len({frozenset(word.strip("+-")) for word in words}) < len(words):
        yield texts.SAME_FACTORS
