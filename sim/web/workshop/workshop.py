"""A workshop as it stands: its questions with everybody's bets, what was shown of them, and what was written down.

It is what its events make of it, and nothing else: a server that begins again reads them and goes on where it was.
Whether something may happen is asked in one place, of what happens now as of what stands in a log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sim.web.workshop.events import (
    NOTES,
    Began,
    Event,
    Found,
    Line,
    Named,
    Noted,
    Placed,
    Posed,
    Question,
    Result,
    Turned,
)
from sim.words import Text, words

texts = words("workshop")

MOST_PEOPLE = 300
MOST_QUESTIONS = 200

MOST_CHANGES = 100
"""How often somebody may change one bet; a reason changes it as it is typed."""

MOST_NOTES = 1_000
"""How often the host may change what is written about one question."""

State = Literal["open", "closed", "revealed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Bet:
    """What somebody expects: a choice or a size, and why."""

    choice: str | None
    value: float | None
    why: str = ""


@dataclass(slots=True)
class Round:
    """A question and what became of it.

    Attributes
    ----------
    question
        What was asked.
    at
        When.
    state
        Whether bets are taken, or the result is shown.
    bets
        By person; each counts once.
    notes
        What the host wrote down.
    result
        What the model answered, as far as it is known.
    failure
        Why it cannot answer, by language; in no log, since a server that begins again asks again.
    """

    question: Question
    at: str
    state: State = "open"
    bets: dict[str, Bet] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=lambda: dict.fromkeys(NOTES, ""))
    result: Result | None = None
    failure: Mapping[str, str] | None = None
    changes: dict[str, int] = field(default_factory=dict)


_TURNS: Mapping[str, tuple[tuple[State, ...], State]] = {
    "close": (("open",), "closed"),
    "reopen": (("closed",), "open"),
    "reveal": (("open", "closed"), "revealed"),
    "withdraw": (("open", "closed", "revealed"), "withdrawn"),
}
"""From which states a question can be turned, and into which."""


class Workshop:
    """A workshop in the making.

    Parameters
    ----------
    began : Began
        Which one it is.
    at : str
        When it began.
    """

    def __init__(self, began: Began, at: str = "") -> None:
        self.began, self.at = began, at
        self.rounds: dict[str, Round] = {}
        self.names: dict[str, str] = {}
        self._people: set[str] = set()

    @property
    def current(self) -> Round | None:
        """The newest question that was not taken back."""
        return next((one for one in reversed(self.rounds.values()) if one.state != "withdrawn"), None)

    @property
    def open(self) -> Round | None:
        """The question that can be bet on now."""
        found = self.current
        return found if found is not None and found.state == "open" else None

    def of_page(self, scenario: str, page: str) -> Round | None:
        """Return the question that a page of a story put, unless it was taken back."""
        own = (scenario, page)
        every = [one for one in self.rounds.values() if (one.question.scenario, one.question.page) == own]
        return next((one for one in reversed(every) if one.state != "withdrawn"), None)

    def refused(self, event: Event) -> Text | None:
        """Return why something cannot happen; None where it can."""
        return _RULES[type(event)](self, event)

    def take(self, line: Line) -> bool:
        """Let something happen, and tell whether it could."""
        event = line.event
        if isinstance(event, Began) or self.refused(event) is not None:
            return False
        if isinstance(event, Posed):
            self._close()
            self.rounds[event.question.id] = Round(event.question, line.at)
        elif isinstance(event, Named):
            self._people.add(event.person)
            self.names[event.person] = event.name
        else:
            self._turn(self.rounds[event.question], event)
        return True

    def _close(self) -> None:
        """Take no more bets on what was asked before: one question at a time."""
        if (before := self.open) is not None:
            before.state = "closed"

    def _turn(self, found: Round, event: Placed | Turned | Noted | Found) -> None:
        if isinstance(event, Placed):
            self._people.add(event.person)
            found.bets[event.person] = Bet(event.choice, event.value, event.why)
            found.changes[event.person] = found.changes.get(event.person, 0) + 1
        elif isinstance(event, Turned):
            if event.do == "reopen":
                self._close()
            found.state = _TURNS[event.do][1]
        elif isinstance(event, Noted):
            found.notes[event.field] = event.text
            found.changes[""] = found.changes.get("", 0) + 1
        else:
            found.result = event.result

    # what may happen

    def _may_pose(self, event: Posed) -> Text | None:
        if event.question.id in self.rounds:
            return texts.ASKED_ALREADY
        return texts.TOO_MANY_QUESTIONS.format(most=MOST_QUESTIONS) if len(self.rounds) >= MOST_QUESTIONS else None

    def _may_bet(self, event: Placed) -> Text | None:
        found = self.rounds.get(event.question)
        if found is None or found.state == "withdrawn":
            return texts.NO_QUESTION
        if found.state != "open":
            return texts.BETS_CLOSED
        if found.changes.get(event.person, 0) >= MOST_CHANGES:
            return texts.TOO_MANY_CHANGES.format(most=MOST_CHANGES)
        return self._full(event.person) or _not_to_bet(found.question, event)

    def _may_name(self, event: Named) -> Text | None:
        return self._full(event.person)

    def _full(self, person: str) -> Text | None:
        full = person not in self._people and len(self._people) >= MOST_PEOPLE
        return texts.TOO_MANY_PEOPLE.format(most=MOST_PEOPLE) if full else None

    def _may_turn(self, event: Turned) -> Text | None:
        found = self.rounds.get(event.question)
        if found is None:
            return texts.NO_QUESTION
        return None if found.state in _TURNS[event.do][0] else texts.NOT_NOW.format(state=texts.STATES[found.state])

    def _may_note(self, event: Noted) -> Text | None:
        found = self.rounds.get(event.question)
        if found is None:
            return texts.NO_QUESTION
        return texts.TOO_MANY_CHANGES.format(most=MOST_NOTES) if found.changes.get("", 0) >= MOST_NOTES else None

    def _may_find(self, event: Found) -> Text | None:
        return None if event.question in self.rounds else texts.NO_QUESTION


def _not_to_bet(question: Question, event: Placed) -> Text | None:
    """Return why something is no bet on a question."""
    if question.scale is not None:
        value, scale = event.value, question.scale
        if event.choice is not None or value is None or not scale.low <= value <= scale.high:
            return texts.NOT_ON_SCALE.format(low=f"{scale.low:g}", high=f"{scale.high:g}")
        return None
    known = [one.id for one in question.choices]
    return None if event.value is None and event.choice in known else texts.NO_CHOICE


_RULES: Mapping[type, Callable[[Workshop, Any], Text | None]] = {
    Posed: Workshop._may_pose,
    Placed: Workshop._may_bet,
    Named: Workshop._may_name,
    Turned: Workshop._may_turn,
    Noted: Workshop._may_note,
    Found: Workshop._may_find,
}
