"""What all designs share: they say what they cannot be, how many points they have, and which these are."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, TypeAlias

from sim.experiments.axes import Axis
from sim.experiments.designs.laidout import DesignPoints
from sim.spec.base import Model
from sim.spec.findings import Path, TextError
from sim.words import Text, words

texts = words("designs")

Refusal: TypeAlias = tuple[Path, Text]
"""Where in a design something is wrong, and the sentence about it."""

MOST_POINTS = 2_000_000
"""Points of one design: more are no design, but a mistake."""

INSTALL = "pip install 'deptsim[experiments]'"


class BaseDesign(Model):
    """Which points of an experiment are run.

    Who writes another kind gives it a `kind`, and the three methods that begin with an underscore.
    """

    columns: ClassVar[tuple[str, ...]] = ()
    """What its points have beside the factors, so that the result can be read later."""

    libraries: ClassVar[tuple[str, ...]] = ()
    """What has to be installed to make it."""

    def refused(self, axes: Sequence[Axis]) -> Iterator[Refusal]:
        """Yield what cannot be: the place in the design, and a sentence. Nothing is made for that.

        Parameters
        ----------
        axes
            The factors.
        """
        found = list(self._refused(axes))
        yield from found
        if found:
            return
        count = self._count(axes)
        if count > MOST_POINTS:
            yield ("kind",), texts.TOO_MANY.format(count=count, most=MOST_POINTS)

    def count(self, axes: Sequence[Axis]) -> int:
        """Return how many points there are, without making them, be they ever so many.

        Raises
        ------
        TextError
            If the design cannot be, for another reason than that.
        """
        _raise_first(self._refused(axes))
        return self._count(axes)

    def points(self, axes: Sequence[Axis], seed: int) -> DesignPoints:
        """Return the points in a fixed order.

        Parameters
        ----------
        axes
            The factors.
        seed
            What a design draws depends on it alone.

        Raises
        ------
        TextError
            If the design cannot be, or a library is missing.
        """
        _raise_first(self.refused(axes))
        return self._points(axes, seed)

    def _refused(self, axes: Sequence[Axis]) -> Iterator[Refusal]:
        """Yield what cannot be, but for the number of points."""
        yield from (self._missing() or ())

    def _count(self, axes: Sequence[Axis]) -> int:
        raise NotImplementedError

    def _points(self, axes: Sequence[Axis], seed: int) -> DesignPoints:
        raise NotImplementedError

    def _missing(self) -> list[Refusal]:
        """Return what is said where a library is not installed."""
        kind = getattr(self, "kind", "")
        missing = [name for name in self.libraries if not _installed(name)]
        told = [texts.NEEDS_LIBRARY.format(kind=kind, library=name, command=INSTALL) for name in missing]
        return [(("kind",), one) for one in told]

    def _too_few(self, axes: Sequence[Axis], least: int) -> Iterator[Refusal]:
        """Yield what is said where there are fewer factors than the design needs."""
        if len(axes) < least:
            facts = {"kind": getattr(self, "kind", ""), "count": len(axes), "least": least}
            yield ("kind",), texts.FEW_FACTORS.format(**facts)


def library(name: str) -> Any:
    """Return a library that only some designs need; it is known to be there."""
    return importlib.import_module(name)


def _installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _raise_first(refusals: Iterable[Refusal]) -> None:
    for _, text in refusals:
        raise TextError(text)
