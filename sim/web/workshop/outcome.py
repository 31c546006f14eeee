"""What came out, and who was right: the model's answer beside everybody's bets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any

from sim.web.workshop.events import Question, Result
from sim.web.workshop.workshop import Bet, Round

MOST_REASONS = 40
"""Reasons that are shown, the newest of them."""

NEAR = 2
"""Within how many steps of the scale a size counts as right."""

_SAID = {"better": "better", "but": "better", "worse": "worse", "small": "same", "unclear": "same"}
"""Which direction a verdict is."""

Answers = Mapping[str, Mapping[str, Any]]
"""The model's answers to what is asked, by what is tried: items joined by plus signs."""


def tried(question: Question) -> dict[str, tuple[str, ...]]:
    """Return what the model is asked for, by the choice it belongs to; nothing for a poll.

    Parameters
    ----------
    question : Question
        Put to the room.
    """
    if question.kind == "which":
        return {one.id: one.items for one in question.choices}
    return {"": question.items} if question.measure else {}


def result_of(question: Question, answers: Answers) -> Result | None:
    """Return what the model says; None until it has said something about everything that is tried.

    Parameters
    ----------
    question : Question
        Put to the room.
    answers : mapping
        The model's answers, by the choice they belong to.
    """
    wanted = tried(question)
    if not wanted or question.measure is None or not set(wanted) <= set(answers):
        return None
    told = [answers[name] for name in wanted]
    least = min(told, key=lambda one: one["n"])
    far = {"n": least["n"], "wanted": least["wanted"], "state": least["state"]}
    found = {name: answers[name]["measures"].get(question.measure.id, {}) for name in wanted}
    if question.kind == "which":
        of = {name: one.get("then") for name, one in found.items()}
        return Result(**far, of=of, right=_best(found, question.measure.better))
    one = found[""]
    numbers = {name: one.get(name) for name in ("now", "then", "diff", "low", "high", "verdict")}
    within = NEAR * question.scale.step if question.scale else None
    right = () if question.kind == "size" else _direction(numbers)
    return Result(**far, **numbers, within=within, right=right)


def _direction(found: Mapping[str, Any]) -> tuple[str, ...]:
    verdict, difference = found["verdict"], found["diff"]
    if verdict == "changed" and difference is not None:
        return ("more",) if difference > 0.0 else ("less",)
    told = _SAID.get(verdict)
    return () if told is None else (told,)


def _best(found: Mapping[str, Mapping[str, Any]], better: str) -> tuple[str, ...]:
    """Return which does most, and what cannot be told from it: whose interval reaches as far as its difference."""
    sign = -1.0 if better == "lower" else 1.0
    known = {name: sign * one["diff"] for name, one in found.items() if one.get("diff") is not None}
    if not known:
        return ()
    best = max(known.values())
    reach = {name: _reach(found[name], sign, known[name]) for name in known}
    return tuple(name for name in known if reach[name] >= best)


def _reach(one: Mapping[str, Any], sign: float, known: float) -> float:
    ends = [sign * one[end] for end in ("low", "high") if one.get(end) is not None]
    return max([known, *ends])


def shown_of(found: Round, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what is shown of a question once it is revealed, as plain data.

    Parameters
    ----------
    found : Round
        The question and its bets.
    names : mapping
        What people are called, as far as they told.
    """
    question, bets = found.question, found.bets.values()
    values = sorted(Counter(one.value for one in bets if one.value is not None).items())
    return {
        "counts": counted(question, bets),
        "values": [list(one) for one in values],
        "median": median([one.value for one in bets if one.value is not None]) if values else None,
        "reasons": [reason for person, one in found.bets.items() if (reason := _reason(one, names.get(person, "")))][
            -MOST_REASONS:
        ],
        "result": None if found.result is None else found.result.model_dump(),
        "failure": found.failure,
        "hits": hits(found),
    }


def counted(question: Question, bets: Iterable[Bet]) -> dict[str, int]:
    """Return how many bet on each choice.

    Parameters
    ----------
    question : Question
        Put to the room.
    bets : iterable of Bet
        Everybody's.
    """
    found = Counter(one.choice for one in bets)
    return {one.id: found[one.id] for one in question.choices}


def hits(found: Round) -> int | None:
    """Return how many were right; None where nobody can be.

    Parameters
    ----------
    found : Round
        The question and its bets.
    """
    if found.result is None or (found.question.kind != "size" and not found.result.right):
        return None
    return sum(is_right(one, found.result) for one in found.bets.values())


def is_right(bet: Bet, result: Result) -> bool:
    """Tell whether a bet came out, or came near enough.

    Parameters
    ----------
    bet : Bet
        Somebody's.
    result : Result
        What came out.
    """
    if bet.value is None:
        return bet.choice in result.right
    if result.then is None or result.within is None:
        return False
    return abs(bet.value - result.then) <= result.within + 1e-9


def _reason(bet: Bet, name: str) -> dict[str, Any] | None:
    return {"name": name, "choice": bet.choice, "value": bet.value, "why": bet.why} if bet.why else None
