"""What a text takes for granted, as conditions on figures, and where an answer says otherwise.

``on_time_target: better`` (or a list of verdicts), ``hours.answer.now: above 10``,
``cost.hours: below {all_four:cost.hours}``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.web.answer import SAID
from sim.web.story.figures import Figure, figure_of

VERDICTS = tuple(SAID.values())
"""The verdicts, as the page names them."""

_THAN = re.compile(r"(above|below) +(?:\{([^{}]*)\}|(\S+))")


@dataclass(frozen=True, slots=True)
class Expectation:
    """A condition on a figure.

    Attributes
    ----------
    figure
        What it is about.
    verdicts
        Which verdicts are as expected; empty where the figure is compared.
    than
        What it is compared with: a number or another figure.
    above
        Whether it is to be above that, rather than below.
    """

    figure: Figure
    verdicts: tuple[str, ...] = ()
    than: float | Figure | None = None
    above: bool = False

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures that it takes to tell whether it is so."""
        return (self.figure, self.than) if isinstance(self.than, Figure) else (self.figure,)

    def told(self) -> dict[str, Any]:
        """Return it as the page is told it."""
        if self.verdicts:
            return {"figure": self.figure.whole, "is": list(self.verdicts)}
        than = self.than.whole if isinstance(self.than, Figure) else self.than
        return {"figure": self.figure.whole, "above" if self.above else "below": than}

    def holds(self, value: Any, than: Any = None) -> bool | None:
        """Tell whether it is so; None where it is not known.

        Parameters
        ----------
        value : str or float
            What the figure says.
        than : float, optional
            What the figure says that it is compared with, where it is one.
        """
        limit = than if isinstance(self.than, Figure) else self.than
        if value is None or (not self.verdicts and limit is None):
            return None
        if self.verdicts:
            return value in self.verdicts
        return bool(value > limit if self.above else value < limit)


def expectation_of(key: str, told: tuple[str, ...]) -> Expectation | None:
    """Return what a line of `expects` says; None where it is not understood.

    Parameters
    ----------
    key : str
        A measure, or a figure.
    told : tuple of str
        Verdicts, or what the figure is above or below.

    Examples
    --------
    >>> from sim.web.story.expecting import expectation_of
    >>> expectation_of("on_time_target", ("better", "small")).told()
    {'figure': 'on_time_target.verdict', 'is': ['better', 'small']}
    """
    figure = figure_of(key)
    if told and all(one in VERDICTS for one in told):
        named = figure.name if figure.name.endswith(".verdict") else f"{figure.name}.verdict"
        return Expectation(Figure(named, figure.page), told)
    found = _THAN.fullmatch(told[0].strip()) if len(told) == 1 else None
    than = None if found is None else _than(found)
    return None if found is None or than is None else Expectation(figure, (), than, found[1] == "above")


def _than(found: re.Match[str]) -> float | Figure | None:
    if found[2] is not None:
        return figure_of(found[2])
    try:
        number = float(found[3])
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def expectations_of(lines: Mapping[str, tuple[str, ...]]) -> dict[str, Expectation]:
    """Return all that is expected by its line, once it is known that it can be understood.

    Parameters
    ----------
    lines : mapping
        As the file has them.
    """
    found = {key: expectation_of(key, told) for key, told in lines.items()}
    return {key: one for key, one in found.items() if one is not None}
