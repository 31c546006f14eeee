"""Budgets: hours of people a week, and money a year, of which a bundle may take so much directly."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any, TypeAlias

from sim.spec.base import number
from sim.spec.findings import TextError
from sim.words import words

texts = words("choice")

Said: TypeAlias = "str | float | Sequence[str | float]"
"""Budgets as somebody says them: ``40``, ``"40h"``, ``"20h,40h"``, or several of these."""

_AMOUNT = number(0.0, 1e12)
_HOURS = re.compile(r"h(ours)?$", re.IGNORECASE)
_DUST = 1e-9


class BudgetError(TextError):
    """A sentence about a budget that cannot be meant."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent.

    Attributes
    ----------
    hours
        Hours of people a week, on average over the weeks that count; None where they do not bind.
    money
        What is bought, in the first year; None where it does not bind.
    """

    hours: float | None = None
    money: float | None = None

    @property
    def code(self) -> str:
        """What tables call it, as in ``40h`` or ``40h, 200000``."""
        told = [] if self.hours is None else [f"{self.hours:.12g}h"]
        return ", ".join([*told, *([] if self.money is None else [f"{self.money:.12g}"])])

    def allows(self, hours: float, money: float) -> bool:
        """Tell whether so much may be spent."""
        return _within(hours, self.hours) and _within(money, self.money)

    def taken(self, hours: float, money: float) -> float:
        """Return how much is taken of what binds first: hours, or else money."""
        return money if self.hours is None else hours


def budgets_of(hours: Said | None = None, money: str | float | None = None) -> tuple[Budget, ...]:
    """Return the budgets, the smallest first.

    Parameters
    ----------
    hours
        Hours a week: one number or several, also as text with an ``h``.
    money
        Money of the first year, which binds beside each of them.

    Raises
    ------
    BudgetError
        If there is none, one is no amount, or one is there twice.
    """
    if hours is None and money is None:
        raise BudgetError(texts.NO_BUDGET)
    bought = None if money is None else _amount(money, "money")
    if hours is None:
        return (Budget(None, bought),)
    told = [one for said in _several(hours) for one in (said.split(",") if isinstance(said, str) else (said,))]
    found = [_amount(_HOURS.sub("", one.strip()) if isinstance(one, str) else one, "budget", one) for one in told]
    if not found:
        raise BudgetError(texts.NO_BUDGET)
    if twice := [one for place, one in enumerate(found) if one in found[:place]]:
        raise BudgetError(texts.BUDGET_TWICE.format(found=f"{twice[0]:g}h"))
    return tuple(Budget(one, bought) for one in sorted(found))


def _several(said: Said) -> Iterable[str | float]:
    return said if isinstance(said, Iterable) and not isinstance(said, str) else (said,)


def _amount(said: Any, name: str, told: Any = None) -> float:
    """Return an amount, be it written as text or not."""
    number_like = isinstance(said, str | Real) and said is not True and said is not False
    try:
        found = float(said) if number_like else math.nan
    except ValueError:
        found = math.nan
    if not _AMOUNT.allows(found):
        facts = {"found": f"{said if told is None else told!s:.100}", "expected": texts.EXPECTED[name]}
        raise BudgetError(texts.NO_AMOUNT.format(name=name, **facts))
    return found


def _within(taken: float, most: float | None) -> bool:
    """Tell whether something is within a limit, but for what rounding adds."""
    return most is None or taken <= most + _DUST * max(1.0, most)
