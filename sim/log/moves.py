"""Moves: every request that is sent, from one desk to another or to one's own, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
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

ASIDE: Mapping[Note, str] = {Note.PARKED: "answers", Note.HELD: "conflict", Note.LACKING: "goods"}
REASONS = tuple(ASIDE.values())
"""What work is set aside for: until questions are answered, until the conflict that freezes its case is settled, or
until goods are there that were missing."""


FEW_ROWS = 1 << 16
"""Rows up to which numbers of two bytes tell them apart, which are sorted by counting."""


class Moves:
    """The lines of a log that are about requests, and to which move each belongs.

    Requests are told apart by the rows they stand in, which are used again; so a move is what happens in a row from one
    sending to the next. Moves are numbered in the order in which they are sent.

    Parameters
    ----------
    log
        The lines; of their fields, those that are looked at often are laid side by side first.
    """

    def __init__(self, log: Any) -> None:
        note = np.ascontiguousarray(log["note"])
        self._at = np.flatnonzero(note < Note.OUTSIDE)
        self._log, self.note, self.end = log, note[self._at], log["end"][self._at]

    @classmethod
    def of(cls, outcome: Outcome) -> Moves:
        """Return the moves of a replication."""
        if "moves" not in outcome.shared:
            outcome.shared["moves"] = cls(outcome.log)
        found: Moves = outcome.shared["moves"]
        return found

    def at(self, places: Any) -> Any:
        """Return some of the lines, by their places among those about requests."""
        return self._log[self._at[places]]

    @cached_property
    def _sent_at(self) -> Any:
        """Where the lines are that begin moves: their place in this is the number of the move."""
        return np.flatnonzero(self.note == Note.SENT)

    @cached_property
    def sent(self) -> Any:
        """The lines that begin moves, by the number of the move."""
        return self.at(self._sent_at)

    @cached_property
    def numbers(self) -> Any:
        """The number of the move to which each line belongs; -1 where none was sent before."""
        row = self._log["row"][self._at]
        few = row.size == 0 or (row.min() >= 0 and row.max() < FEW_ROWS)
        order = np.argsort(row.astype(np.uint16) if few else row, kind="stable")
        number = np.full(len(row), -1)
        number[self._sent_at] = np.arange(len(self._sent_at))
        last = np.maximum.accumulate(np.where(number[order] >= 0, np.arange(len(row)), 0))
        of_row = order[last]
        found = np.empty(len(row), dtype=np.int64)
        found[order] = np.where(row[of_row] == row[order], number[of_row], -1)
        return found

    @cached_property
    def parents(self) -> Any:
        """The number of the work that waits for each, whatever was asked about it in between; -1 where none does."""
        found = np.full(len(self.sent), -1)
        work, row = np.flatnonzero(self.sent["kind"] == Kind.WORK), self.sent["row"].astype(np.int64)
        asks = np.flatnonzero(self.sent["more"] >= 0)
        if len(work) and len(asks):
            size = len(self.sent) + 1
            keys = np.sort(row[work] * size + work)
            before = keys[np.searchsorted(keys, self.sent["more"][asks] * size + asks) - 1]
            found[asks] = np.where(before // size == self.sent["more"][asks], before % size, -1)
        return found

    def when(self, note: Note) -> Any:
        """Return when something happened to each move; NaN where it did not."""
        found = np.full(len(self._sent_at), np.nan)
        here = np.flatnonzero(self.note == note)
        found[self.numbers[here]] = self.end[here]
        return found

    @cached_property
    def endings(self) -> tuple[Any, Any]:
        """When each move ended, NaN while it is open, and how: its place in `HOW`."""
        ended, how = np.full(len(self._sent_at), np.nan), np.full(len(self._sent_at), HOW.index(OPEN))
        for note, name in ENDINGS.items():
            here = np.flatnonzero(self.note == note)
            ended[self.numbers[here]] = self.end[here]
            how[self.numbers[here]] = HOW.index(name)
        return ended, how

    @cached_property
    def begun(self) -> Any:
        """When work on each move was begun; NaN where it was not."""
        return self.when(Note.BEGUN)

    @cached_property
    def worked_by(self) -> Any:
        """The department whose people work on each move, where somebody helps out not that asked; -1 before."""
        found = np.full(len(self._sent_at), -1)
        here = np.flatnonzero(self.note == Note.BEGUN)
        found[self.numbers[here]] = self.at(here)["department"]
        return found


def moves_rows(outcome: Outcome) -> Rows:
    """Return every request that was sent: from whom to whom, when, and what became of it."""
    moves = Moves.of(outcome)
    ended, how = moves.endings
    these = np.flatnonzero(touching(outcome, moves.sent["end"], ended))
    sent, ended, how, received = moves.sent[these], ended[these], how[these], moves.when(Note.RECEIVED)[these]
    in_meeting = np.isnan(received) & (how == HOW.index("in_meeting"))  # there it was heard of
    received[in_meeting] = ended[in_meeting]
    return {
        "move": these,
        "from": names_of(outcome.compiled.pools, sent["other"]),
        "to": names_of(outcome.compiled.pools, sent["department"]),
        "kind": names_of(KINDS, sent["kind"]),
        "case": sent["case"].astype(np.int64),
        **places_of(outcome, sent["step"]),
        "sent": sent["end"].copy(),
        "received": received,
        "begun": moves.begun[these],
        "worked_by": names_of(outcome.compiled.pools, moves.worked_by[these]),
        "ended": ended,
        "how": names_of(HOW, how),
        "parent": moves.parents[these],
    }


def parked_rows(outcome: Outcome) -> Rows:
    """Return when work was set aside: one row for each department whose answer it waited for, one for anything else."""
    moves = Moves.of(outcome)
    begun, end = _pauses(moves)
    lines, number = moves.at(begun), moves.numbers[begun]
    pause, question = _awaited(moves, lines, number)
    silent = np.flatnonzero(lines["note"] != Note.PARKED)  # no answer is waited for
    pause = np.concatenate([pause, silent])
    asked = np.concatenate([moves.sent["department"][question], np.full(len(silent), -1)])
    answered = np.concatenate([moves.when(Note.REPLIED)[question], np.full(len(silent), np.nan)])
    order = np.lexsort((asked, number[pause], lines["end"][pause]))
    order = order[touching(outcome, lines["end"][pause], end[pause])[order]]
    pause, found = pause[order], lines[pause[order]]
    return {
        "move": number[pause],
        "begin": found["end"].copy(),
        "awaited": names_of(outcome.compiled.pools, asked[order]),
        "case": found["case"].astype(np.int64),
        "department": names_of(outcome.compiled.pools, found["department"]),
        **places_of(outcome, found["step"]),
        "reason": names_of(REASONS, np.searchsorted(list(ASIDE), found["note"])),
        "end": end[pause],
        "answered": answered[order],
    }


def _pauses(moves: Moves) -> tuple[Any, Any]:
    """Return the lines in which something is set aside, and until when; NaN where it still is."""
    at = np.flatnonzero(np.isin(moves.note, (*ASIDE, Note.QUEUED)))
    at = at[np.argsort(moves.numbers[at], kind="stable")]
    note, number = moves.note[at], moves.numbers[at]
    begins = np.flatnonzero(note != Note.QUEUED)
    after = np.minimum(begins + 1, len(at) - 1)
    over = (note[after] == Note.QUEUED) & (number[after] == number[begins])
    return at[begins], np.where(over, moves.end[at[after]], np.nan)


def _awaited(moves: Moves, lines: Any, number: Any) -> tuple[Any, Any]:
    """Return pairs of pauses and the questions that were waited for in them; a move asks once."""
    parked = np.flatnonzero(lines["note"] == Note.PARKED)
    pause_of = np.full(len(moves.sent) + 1, -1)
    pause_of[number[parked]] = parked
    questions = np.flatnonzero((moves.sent["kind"] == Kind.CONSULT) & (moves.parents >= 0))
    pauses = pause_of[moves.parents[questions]]
    return pauses[pauses >= 0], questions[pauses >= 0]
