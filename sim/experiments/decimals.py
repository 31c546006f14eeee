"""Numbers between two others, as a person would write them: from 0.1 to 0.3 by 0.1 there are 0.1, 0.2 and 0.3.

Sums of binary fractions drift (0.1 + 0.1 + 0.1 is not 0.3). Here a number is what is written down, and arithmetic is
that of fractions; what comes out is the float nearest to the decimal.
"""

from __future__ import annotations

import math
from fractions import Fraction

from sim.spec.findings import TextError
from sim.words import words

texts = words("designs")

MOST_STEPS = 10_000
"""Values that may lie on the way from one number to another."""


def steps(low: float, high: float, step: float) -> tuple[int | float, ...]:
    """Return the numbers from `low` to `high`, both included, that are a `step` apart.

    Parameters
    ----------
    low, high : float
        The first and the last.
    step : float
        What each is more than the one before.

    Returns
    -------
    tuple of numbers
        Whole ones where all three are; otherwise the floats that people write as decimals.

    Raises
    ------
    TextError
        If a number is not finite, the step is not above zero, `high` is below `low` or not a whole number of steps
        away from it, or there would be too many.

    Examples
    --------
    >>> from sim.experiments.decimals import steps
    >>> steps(0.1, 0.3, 0.1), steps(0, 30, 15)
    ((0.1, 0.2, 0.3), (0, 15, 30))
    """
    if not all(map(math.isfinite, (low, high, step))):
        raise TextError(texts.NOT_FINITE.format(low=low, high=high, step=step))
    if step <= 0:
        raise TextError(texts.STEP_ABOVE_ZERO.format(step=step))
    if high < low:
        raise TextError(texts.BACKWARDS.format(low=low, high=high))
    first, last, by = map(written, (low, high, step))
    count = (last - first) / by
    if count > MOST_STEPS - 1:
        raise TextError(texts.MANY_STEPS.format(count=math.floor(count) + 1, most=MOST_STEPS))
    if count.denominator != 1:
        below = first + math.floor(count) * by
        raise TextError(
            texts.NOT_REACHED.format(low=low, high=high, step=step, below=_told(below), above=_told(below + by))
        )
    whole = all(isinstance(one, int) for one in (low, high, step))
    return tuple(_number(first + place * by, whole) for place in range(int(count) + 1))


def evenly(low: float, high: float, count: int, whole: bool = False) -> tuple[int | float, ...]:
    """Return `count` numbers from `low` to `high` at equal distances; of `whole` ones the nearest, each once."""
    first, last = written(low), written(high)
    if count == 1 or first == last:
        return (_number(first, whole),)
    found = [first + place * (last - first) / (count - 1) for place in range(count)]
    if not whole:
        return tuple(map(float, found))
    return tuple(dict.fromkeys(math.floor(one + Fraction(1, 2)) for one in found))


def written(number: float) -> Fraction:
    """Return a number exactly as it is written: 0.1 is one tenth."""
    return Fraction(repr(number + 0)) if isinstance(number, float) else Fraction(number)


def _number(exact: Fraction, whole: bool) -> int | float:
    return int(exact) if whole else float(exact)


def _told(exact: Fraction) -> str:
    return f"{float(exact):g}"
