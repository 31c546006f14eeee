"""The sign of a verdict: a shape that a copier keeps, a letter for tables, a color, and the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.report.style import BETTER, INK, SOFT, WORSE
from sim.report.texts import BUT, VERDICTS


@dataclass(frozen=True, slots=True)
class Sign:
    """How a verdict is shown.

    Attributes
    ----------
    verdict
        As in a comparison's table.
    letter
        In a table.
    marker, fill, filled
        Among bars.
    color
        Says it once more.
    """

    verdict: str
    letter: str
    marker: str
    color: str
    filled: bool = True
    fill: Literal["full", "left"] = "full"

    def words(self, lang: str) -> str:
        """Return what it means."""
        return VERDICTS[self.verdict].get(lang) if self.verdict in VERDICTS else ""


SIGNS = {
    sign.verdict: sign
    for sign in (
        Sign("better", "●", "o", BETTER),
        Sign(BUT, "◐", "o", BETTER, fill="left"),
        Sign("worse", "✕", "X", WORSE),
        Sign("changed", "■", "s", INK),
        Sign("cannot be told from zero", "◇", "D", SOFT, filled=False),
        Sign("n/a", "◇", "D", SOFT, filled=False),
    )
}
"""By verdict, in the order of a key."""

_NONE = Sign("", " ", "D", SOFT, filled=False)
"""For what was not tested."""


def sign_of(verdict: str) -> Sign:
    """Return how a verdict is shown."""
    return SIGNS.get(verdict, _NONE)
