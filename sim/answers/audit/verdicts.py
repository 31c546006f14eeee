"""The rule by which a claim is judged, and by which it is compared with what independent research says."""

from __future__ import annotations

from typing import Literal

from sim.answers.audit.claims import Anchor, Scale

Verdict = Literal["plausible", "edge", "beyond", "open"]
"""Plausible; at the edge of the evidence; beyond it; cannot be judged."""

VERDICTS: tuple[Verdict, ...] = ("plausible", "edge", "beyond", "open")

OFTEN = 0.05
"""Share of the worlds from which on a claim is plausible: it lies within what nine of ten of them do, or below."""

FEWEST = 20
"""Worlds like the one that a claim tells of, below which their share says nothing."""

Reason = Literal["stated", "undefined", "few_worlds", "in_worlds", "inside", "some_worlds", "outside", "nowhere"]
"""Why a verdict is what it is."""

Agreement = Literal["within", "smaller", "larger", "same_way", "other_way", "no_effect", "an_effect", "open", "apart"]
"""How a simulated effect stands to what research says: within its range, smaller, larger; the same way, the other way;
none where none is said, one where none is said; not certain; on another scale."""


def judged(judgeable: bool, worlds: int, reached: int, inside: bool, outside: bool) -> tuple[Verdict, Reason]:
    """Return the verdict on a claim, and why.

    Parameters
    ----------
    judgeable
        Whether its measure is defined on both sides at typical parameters.
    worlds
        How many drawn worlds are like the one that it tells of.
    reached
        In how many of these the effect is at least as large as claimed.
    inside, outside
        Whether a search found a place within the ranges of all assumptions, or beyond them, where it is.
    """
    if not judgeable:
        return "open", "undefined"
    if worlds < FEWEST:
        return ("edge", "inside") if inside else ("open", "few_worlds")
    if reached >= OFTEN * worlds:
        return "plausible", "in_worlds"
    if inside:
        return "edge", "inside"
    if reached:
        return "edge", "some_worlds"
    return "beyond", "outside" if outside else "nowhere"


def agreement(anchor: Anchor, scale: Scale, low: float, high: float) -> Agreement:
    """Return how a simulated effect stands to what research says.

    Parameters
    ----------
    anchor
        What research says.
    scale
        On which scale the effect is told.
    low, high
        Its 95 % interval at typical parameters.
    """
    span = anchor.percent if scale == "percent" else anchor.points
    if span is not None:
        return _beside((span[0] / 100.0, span[1] / 100.0), low, high)
    if anchor.direction is None:
        return "apart"
    if low <= 0.0 <= high:
        return "no_effect" if anchor.direction == "none" else "open"
    if anchor.direction == "none":
        return "an_effect"
    return "same_way" if (low > 0.0) == (anchor.direction == "up") else "other_way"


def _beside(span: tuple[float, float], low: float, high: float) -> Agreement:
    """Compare an interval with a range: they meet, or the interval lies nearer to nothing, or further from it."""
    if low <= span[1] and high >= span[0]:
        return "within"
    middle, there = (low + high) / 2.0, (span[0] + span[1]) / 2.0
    if middle * there < 0.0:
        return "other_way"
    return "smaller" if abs(middle) < abs(there) else "larger"
