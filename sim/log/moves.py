"""Moves: every request that is sent, from one desk to another or to one's own, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sim.frames import KINDS, Rows, names_of, places_of
from sim.log.window import touching
from sim.outcome import Outcome
from sim.vocab import Kind, Note

ENDINGS: Mapping[Note, str] = {
    Note.SERVED: "served",
    Note.ANSWERED: "in_meeting",
    Note.DISPUTED: "disputed",
    Note.SENT_BACK: "sent_back",
}
OPEN = "open"
HOW = (*ENDINGS.values(), OPEN)
"""How moves end: worked on, answered in a meeting, disputed by whoever was asked, sent back because of a defect of
somebody else; or not at all."""

REASONS = ("answers", "conflict")
"""What work is set aside for: until questions are answered, or until the conflict that freezes its case is settled."""


@dataclass(frozen=True, eq=False)
class Moves:
    """The lines of a log that are about requests, and to which move each belongs.

    Requests are told apart by the rows they stand in, which are used again; so a move is what happens in a row from one
    sending to the next. Moves are numbered in the order in which they are sent.
    """

    lines: Any

    @classmethod
    def of(cls, outcome: Outcome) -> Moves:
        """Return the moves of a replication."""
        return cls(outcome.log[outcome.log["note"] < Note.OUTSIDE])

    @cached_property
    def is_sent(self) -> Any:
        """Which lines begin a move."""
        return self.lines["note"] == Note.SENT

    @cached_property
    def sent(self) -> Any:
        """The lines that begin moves: their place is the number of the move."""
        return self.lines[self.is_sent]

    def last_sent(self, rows: Any, before: Any, among: Any) -> Any:
        """Return the numbers of the last of some moves sent in rows before lines; -1 where there is none."""
        size = len(self.lines) + 1
        keys = self.sent["row"][among].astype(np.int64) * size + np.flatnonzero(self.is_sent)[among]
        order = among[np.argsort(keys)]
        found = np.searchsorted(np.sort(keys), rows.astype(np.int64) * size + before) - 1
        number = np.append(order, -1)[found]  # behind the first is none: the last
        number = np.where(found < 0, -1, number)
        return np.where((number >= 0) & (np.append(self.sent["row"], -1)[number] == rows), number, -1)

    @cached_property
    def numbers(self) -> Any:
        """The number of the move to which each line belongs."""
        return self.last_sent(self.lines["row"], np.arange(len(self.lines)) + 1, np.arange(len(self.sent)))

    @cached_property
    def parents(self) -> Any:
        """The number of the work that waits for each, whatever was asked about it in between; -1 where none does."""
        work = np.flatnonzero(self.sent["kind"] == Kind.WORK)
        return self.last_sent(self.sent["more"], np.flatnonzero(self.is_sent), work)

    def when(self, note: Note) -> Any:
        """Return when something happened to each move; NaN where it did not."""
        found = np.full(len(self.sent), np.nan)
        here = self.lines["note"] == note
        found[self.numbers[here]] = self.lines["end"][here]
        return found

    @cached_property
    def endings(self) -> tuple[Any, Any]:
        """When each move ended, NaN while it is open, and how: its place in `HOW`."""
        ended, how = np.full(len(self.sent), np.nan), np.full(len(self.sent), HOW.index(OPEN))
        for note, name in ENDINGS.items():
            here = self.lines["note"] == note
            ended[self.numbers[here]] = self.lines["end"][here]
            how[self.numbers[here]] = HOW.index(name)
        return ended, how


def moves_rows(outcome: Outcome) -> Rows:
    """Return every request that was sent: from whom to whom, when, and what became of it."""
    moves = Moves.of(outcome)
    sent, (ended, how) = moves.sent, moves.endings
    received = moves.when(Note.RECEIVED)
    in_meeting = np.isnan(received) & (how == HOW.index("in_meeting"))  # there it was heard of
    received[in_meeting] = ended[in_meeting]
    rows = {
        "move": np.arange(len(sent)),
        "from": names_of(outcome.compiled.pools, sent["other"]),
        "to": names_of(outcome.compiled.pools, sent["department"]),
        "kind": names_of(KINDS, sent["kind"]),
        "case": sent["case"].astype(np.int64),
        **places_of(outcome, sent["step"]),
        "sent": sent["end"],
        "received": received,
        "begun": moves.when(Note.BEGUN),
        "ended": ended,
        "how": names_of(HOW, how),
        "parent": moves.parents,
    }
    return _only(rows, touching(outcome, sent["end"], ended))


def _only(rows: Rows, these: Any) -> Rows:
    return {name: column[these] for name, column in rows.items()}


def parked_rows(outcome: Outcome) -> Rows:
    """Return when work was set aside: one row for each department whose answer it waited for, one for a conflict."""
    moves = Moves.of(outcome)
    begun, end = _pauses(moves)
    lines, number = moves.lines[begun], moves.numbers[begun]
    pause, question = _awaited(moves, lines, number)
    held = np.flatnonzero(lines["note"] == Note.HELD)
    pause = np.concatenate([pause, held])
    asked = np.concatenate([moves.sent["department"][question], np.full(len(held), -1)])
    answered = np.concatenate([moves.when(Note.REPLIED)[question], np.full(len(held), np.nan)])
    found = lines[pause]
    rows = {
        "move": number[pause],
        "begin": found["end"],
        "awaited": names_of(outcome.compiled.pools, asked),
        "case": found["case"].astype(np.int64),
        "department": names_of(outcome.compiled.pools, found["department"]),
        **places_of(outcome, found["step"]),
        "reason": names_of(REASONS, found["note"] == Note.HELD),
        "end": end[pause],
        "answered": answered,
    }
    order = np.lexsort((asked, rows["move"], rows["begin"]))
    return _only(rows, order[touching(outcome, rows["begin"], rows["end"])[order]])


def _pauses(moves: Moves) -> tuple[Any, Any]:
    """Return the lines in which something is set aside, and until when; NaN where it still is."""
    at = np.flatnonzero(np.isin(moves.lines["note"], (Note.PARKED, Note.HELD, Note.QUEUED)))
    at = at[np.argsort(moves.numbers[at], kind="stable")]
    note, number = moves.lines["note"][at], moves.numbers[at]
    begins = np.flatnonzero(note != Note.QUEUED)
    after = np.minimum(begins + 1, len(at) - 1)
    over = (note[after] == Note.QUEUED) & (number[after] == number[begins])
    return at[begins], np.where(over, moves.lines["end"][at[after]], np.nan)


def _awaited(moves: Moves, lines: Any, number: Any) -> tuple[Any, Any]:
    """Return pairs of pauses and the questions that were waited for in them; a move asks once."""
    parked = np.flatnonzero(lines["note"] == Note.PARKED)
    pause_of = np.full(len(moves.sent) + 1, -1)
    pause_of[number[parked]] = parked
    questions = np.flatnonzero((moves.sent["kind"] == Kind.CONSULT) & (moves.parents >= 0))
    pauses = pause_of[moves.parents[questions]]
    return pauses[pauses >= 0], questions[pauses >= 0]
