"""The sign of a verdict: a shape that a copier keeps, a letter for tables, a color, and the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from sim.report.marks import SMALL, mark, verdict_of
from sim.report.style import BETTER, INK, SOFT, WORSE
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.words import words

_TEXTS = words("verdicts")


@dataclass(frozen=True, slots=True)
class Sign:
    """How a verdict is shown.

    Attributes
    ----------
    verdict
        As in a comparison's table.
    marker, fill, filled
        Among bars.
    color
        Says it once more.
    """

    verdict: str
    marker: str
    color: str
    filled: bool = True
    fill: Literal["full", "left"] = "full"

    @property
    def letter(self) -> str:
        """What stands before a change in a table; nothing where nothing could be tested."""
        return mark(self.verdict)

    def words(self, lang: str) -> str:
        """Return what it means."""
        return str(_TEXTS.KEY[self.verdict].get(lang)) if self.verdict in _TEXTS.KEY else ""


SIGNS = {
    sign.verdict: sign
    for sign in (
        Sign(verdicts.BETTER, "o", BETTER),
        Sign(verdicts.BUT, "o", BETTER, fill="left"),
        Sign(verdicts.WORSE, "X", WORSE),
        Sign(verdicts.CHANGED, "s", INK),
        Sign(SMALL, ".", SOFT),
        Sign(verdicts.UNCLEAR, "D", SOFT, filled=False),
        Sign(verdicts.UNKNOWN, "D", SOFT, filled=False),
    )
}
"""By verdict, in the order of a key."""

_NONE = Sign("", "D", SOFT, filled=False)
"""For what was not tested."""


def sign_of(row: pd.Series, spec: MeasureSpec) -> Sign:
    """Return how the verdict of a row of effects is shown."""
    return SIGNS.get(verdict_of(row, spec), _NONE)


def signs_in(table: pd.DataFrame, specs: Mapping[str, MeasureSpec]) -> list[Sign]:
    """Return the signs that a table of effects has, in the order of a key."""
    found = {verdict_of(row, specs[row["measure"]]) for _, row in table.iterrows()}
    return [sign for verdict, sign in SIGNS.items() if verdict in found]
