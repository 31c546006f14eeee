"""The sign of a verdict: a shape that a copier keeps, a letter for tables, a color, and the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.report.style import BETTER, INK, SOFT, WORSE
from sim.study import verdicts
from sim.words import words

_TERMS = words("terminal")


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
        return str(_TERMS.VERDICTS[self.verdict].get(lang)) if self.verdict in _TERMS.VERDICTS else ""


SIGNS = {
    sign.verdict: sign
    for sign in (
        Sign(verdicts.BETTER, "●", "o", BETTER),
        Sign(verdicts.BUT, "◐", "o", BETTER, fill="left"),
        Sign(verdicts.WORSE, "✕", "X", WORSE),
        Sign(verdicts.CHANGED, "■", "s", INK),
        Sign(verdicts.UNCLEAR, "◇", "D", SOFT, filled=False),
        Sign(verdicts.UNKNOWN, "◇", "D", SOFT, filled=False),
    )
}
"""By verdict, in the order of a key."""

_NONE = Sign("", " ", "D", SOFT, filled=False)
"""For what was not tested."""


def sign_of(verdict: str) -> Sign:
    """Return how a verdict is shown."""
    return SIGNS.get(verdict, _NONE)
