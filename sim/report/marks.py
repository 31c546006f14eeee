"""How a verdict is shown: the mark before a change, and what is certain but too small to be called anything."""

from __future__ import annotations

import pandas as pd

from sim.report.numbers import scaled
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.words import Text, clauses, words
from sim.words.numbers import signed

texts = words("verdicts")

SMALL = "small"
"""What a certain change is called that does not matter, or that would be printed as zero."""

MARKS = {
    verdicts.BETTER: "●",
    verdicts.BUT: "◐",
    verdicts.WORSE: "✕",
    verdicts.CHANGED: "■",
    verdicts.UNCLEAR: "◇",
    SMALL: "≈",
}
"""What stands before a change; nothing where nothing could be tested."""

STYLES = {
    verdicts.BETTER: "bold green",
    verdicts.BUT: "bold yellow",
    verdicts.WORSE: "bold red",
    verdicts.CHANGED: "bold",
    verdicts.UNCLEAR: "dim",
    verdicts.UNKNOWN: "dim",
    SMALL: "dim",
}
"""How a terminal shows it."""

_CERTAIN = (verdicts.BETTER, verdicts.BUT, verdicts.WORSE, verdicts.CHANGED)


def verdict_of(row: pd.Series, spec: MeasureSpec) -> str:
    """Return what is said of a row of effects: its verdict, or that a certain change is too small to matter."""
    verdict = str(row["verdict"])
    tiny = not row["matters"] or not says_something(float(row["difference"]), spec)
    return SMALL if verdict in _CERTAIN and tiny else verdict


def says_something(difference: float, spec: MeasureSpec) -> bool:
    """Tell whether a difference is printed as anything but zero."""
    return any(digit in signed(scaled(difference, spec)) for digit in "123456789")


def mark(verdict: str) -> str:
    """Return the mark of a verdict."""
    return MARKS.get(verdict, "")


def told(row: pd.Series, spec: MeasureSpec) -> Text:
    """Return the verdict of a row in words; of a small change also its direction."""
    verdict, small = str(row["verdict"]), verdict_of(row, spec) == SMALL
    words_of: Text = texts.WORDS[verdict]
    return texts.SMALL.format(verdict=words_of) if small and verdict != verdicts.BUT else words_of


def key_of(found: list[str], lang: str) -> str:
    """Return what the marks mean of the verdicts that were found."""
    used = [one for one in MARKS if one in found]
    return clauses(Text(f"{MARKS[one]} ", f"{MARKS[one]} ") + texts.KEY[one] for one in used).get(lang)
