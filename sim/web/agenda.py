"""What is computed next: of all that was asked, and may be asked soon, the most urgent small piece.

Numbers and weeks are two lanes, since a week takes long and nobody should wait for numbers because of it. In each, what
somebody looks at now comes first, then the baseline, then what the same people asked before, then what is one switch
away, then the rest of the switches on the screen. Everything is done in pieces of a few replications, so that whatever
is asked meanwhile waits for one of them at most.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Literal, NamedTuple

STEPS = (4, 8, 20, 50, 100, 200)
"""Replications after which an answer is told."""

WANTED = STEPS[-1]
"""Replications of an answer that is not refined any further."""

PIECE = min(max(os.cpu_count() or 1, 2), 8)
"""Replications that are made in one go after the first estimate, so that all cores have some and none has many."""

MOST_HELD = 16
"""Alternatives whose replications are held while they grow."""

MOST_OPEN = 3
"""Scenarios that are held ready."""

MOST_ASKED = 32
"""What is worked on for one client; beyond, the oldest is forgotten that is known by then, else the oldest."""

_REMEMBERED = 10_000


class Subject(NamedTuple):
    """What an answer is about: a scenario, and the key of what is asked of it."""

    scenario: str
    key: str

    @property
    def baseline(self) -> Subject:
        """The same scenario as it is."""
        return Subject(self.scenario, "")


class Unit(NamedTuple):
    """A piece of work.

    Attributes
    ----------
    do
        Make the frame, grow the replications, play the week, go a step through the assumptions, or make the report.
    subject
        Of what.
    replications
        To how many replications in all it grows.
    tell
        Whether answers are wanted on the way.
    wanted
        Replications of an answer that is not refined any further.
    played
        The number of the replication that is played.
    close
        Scenarios that are not held any longer.
    lang, name
        The language of a report, and what the scenario is called by whoever makes it again.
    """

    do: Literal["frame", "grow", "week", "sure", "report"]
    subject: Subject
    replications: int = 0
    tell: bool = False
    wanted: int = WANTED
    played: int | None = None
    close: tuple[str, ...] = ()
    lang: str = "en"
    name: str = ""


Kept = Callable[[str, Subject], bool]
Near = Callable[[Subject], Iterable[Subject]]


class Agenda:
    """Everything that is to be done, by urgency.

    Parameters
    ----------
    kept
        Tells whether something (``"answer"``, ``"week"``, ``"frame"``, ``"sure"``) is known for good.
    one_away
        Returns what is one switch away from something.
    rest
        Returns all combinations of the switches that are worth knowing beforehand.
    first
        The scenario that the page opens with.
    wanted
        Replications of an answer that is not refined any further.
    """

    def __init__(self, kept: Kept, one_away: Near, rest: Near, first: str, wanted: int = WANTED) -> None:
        self._kept, self._one_away, self._rest = kept, one_away, rest
        self._first, self.wanted = first, wanted
        self._steps = (*(step for step in STEPS if step < wanted), wanted)
        self._asked: dict[Hashable, OrderedDict[Subject, int]] = {}
        self._sure: dict[Subject, int] = {}
        self._frames: OrderedDict[str, None] = OrderedDict()
        self._refused: dict[tuple[str, Subject], None] = {}
        self._once: OrderedDict[tuple[str, Subject], None] = OrderedDict()
        self._held: dict[Subject, int] = {}
        self._open: OrderedDict[str, None] = OrderedDict()
        self._played: dict[str, int] = {}
        self._counter = 0

    # what people want

    def ask(self, client: Hashable, subject: Subject) -> None:
        """Let a client look at something from now on."""
        asked = self._asked.setdefault(client, OrderedDict())
        asked.pop(subject, None)
        asked[subject] = self._count()
        if len(asked) > MOST_ASKED:
            asked.pop(next((one for one in asked if self._is_done(one)), next(iter(asked))))
        for kind in ("answer", "week"):
            self._refused.pop((kind, subject), None)
            self._once.pop((kind, subject), None)

    def ask_sure(self, subject: Subject) -> None:
        """Let it be found out how sure something is."""
        self._sure[subject] = self._count()
        self._refused.pop(("sure", subject), None)

    def ask_frame(self, scenario: str) -> None:
        """Let a frame be made."""
        self._frames[scenario] = None
        self._refused.pop(("frame", Subject(scenario, "")), None)

    def drop(self, client: Hashable, subject: Subject) -> None:
        """Let a client look at something no longer."""
        self._asked.get(client, OrderedDict()).pop(subject, None)

    def leave(self, client: Hashable) -> None:
        """Forget a client."""
        self._asked.pop(client, None)

    def forget_sure(self, subject: Subject) -> None:
        """Let it not be found out any more how sure something is."""
        self._sure.pop(subject, None)

    # what has been done

    def done(self, unit: Unit, replications: int = 0) -> None:
        """Note that a piece is done, and how many replications there are now."""
        subject = unit.subject
        if unit.do == "frame":
            self._frames.pop(subject.scenario, None)
        elif unit.do == "sure":
            self._sure.pop(subject, None)
            self._remember("sure", subject)
        elif unit.do == "week":
            self._remember("week", subject)
        else:
            self._held.pop(subject, None)
            self._held[subject] = replications
            self._remember("first", subject)
            if replications >= self.wanted:
                self._remember("answer", subject)

    def refused(self, unit: Unit) -> None:
        """Note that a piece cannot be done; it is not tried again before somebody asks again."""
        kind = {"grow": "answer"}.get(unit.do, unit.do)
        self._refused[kind, unit.subject] = None
        self._frames.pop(unit.subject.scenario if unit.do == "frame" else "", None)
        if unit.do == "sure":
            self._sure.pop(unit.subject, None)

    def lost(self) -> None:
        """Note that the replications held so far are gone."""
        self._held.clear()
        self._open.clear()

    def play(self, scenario: str, number: int) -> None:
        """Note which replication of a scenario is played."""
        self._played[scenario] = number

    # what is next

    def numbers(self) -> Unit | None:
        """Return the next piece of the lane of frames and numbers."""
        estimate = self._first_of(self._growth, self._unanswered())
        if estimate is None and self._frames:
            return self._tidied(Unit("frame", Subject(next(iter(self._frames)), "")))
        urgent = estimate or self._first_of(self._growth, self._asked_numbers())
        if urgent is not None or self._first_of(self._week, self._asked_weeks()) is not None:
            return self._tidied(urgent)
        if self._sure:  # somebody waits for it, and it takes long enough
            return None
        return self._tidied(self._first_of(self._growth, self._soon()))

    def weeks(self) -> Unit | None:
        """Return the next piece of the lane of weeks and of how sure things are.

        Nothing while somebody has no first estimate: that has the machine to itself.
        """
        if self._first_of(self._growth, self._unanswered()) is not None:
            return None
        urgent = self._first_of(self._week, self._asked_weeks())
        if urgent is not None:
            return urgent
        for subject in sorted(self._sure, key=self._sure.__getitem__, reverse=True):
            if not self._kept("sure", subject):
                return Unit("sure", subject)
        if self._first_of(self._growth, self._asked_numbers()) is not None:
            return None
        return self._first_of(self._week, self._soon())

    def _first_of(self, piece: Callable[[Subject], Unit | None], subjects: Iterable[Subject]) -> Unit | None:
        return next((unit for unit in map(piece, subjects) if unit is not None), None)

    def _unanswered(self) -> list[Subject]:
        """Return what clients look at and have no first estimate of."""
        return [one for one in self._newest() if ("first", one) not in self._once]

    def _asked_numbers(self) -> Iterator[Subject]:
        newest = self._newest()
        yield from sorted(newest, key=lambda one: (one not in self._held, self._next_step(self._held.get(one, 0))))
        for scenario in self._looked_at(newest):
            yield Subject(scenario, "")
        yield from self._older()

    def _asked_weeks(self) -> Iterator[Subject]:
        for one in self._newest():
            yield one.baseline
            yield one

    def _soon(self) -> Iterator[Subject]:
        """Yield what nobody asked yet."""
        newest = self._newest()
        looked_at = self._looked_at(newest)
        yield from (Subject(scenario, "") for scenario in looked_at)
        yield from self._older()
        for one in newest:
            yield from self._one_away(one)
        for scenario in looked_at:
            yield from self._rest(Subject(scenario, ""))

    def _newest(self) -> list[Subject]:
        """Return what clients look at now, latest first."""
        last = [next(reversed(asked.items())) for asked in self._asked.values() if asked]
        return list(dict.fromkeys(one for one, _ in sorted(last, key=lambda pair: pair[1], reverse=True)))

    def _older(self) -> list[Subject]:
        """Return everything that clients asked and did not drop, latest first."""
        every = [pair for asked in self._asked.values() for pair in asked.items()]
        return list(dict.fromkeys(one for one, _ in sorted(every, key=lambda pair: pair[1], reverse=True)))

    def _looked_at(self, newest: Iterable[Subject]) -> list[str]:
        """Return the scenarios that somebody looks at, or will; no more than are held ready."""
        return list(dict.fromkeys([*(one.scenario for one in newest), self._first]))[:MOST_OPEN]

    def _growth(self, subject: Subject) -> Unit | None:
        """Return how the replications of something go on; the baseline is never behind."""
        if ("answer", subject) in self._refused:
            return None
        known, held = self._known("answer", subject), self._held.get(subject, 0)
        if known and (subject.key or held >= self.wanted):
            return None
        to = min(max(held + PIECE, STEPS[0]), self._next_step(held))
        if subject.key and self._held.get(subject.baseline, 0) < to:
            return self._growth(subject.baseline)
        return Unit("grow", subject, to, tell=not known, wanted=self.wanted)

    def _week(self, subject: Subject) -> Unit | None:
        """Return a week to be played; of which replication is known from the frame."""
        played = self._played.get(subject.scenario)
        if played is None or ("week", subject) in self._refused or self._known("week", subject):
            return None
        return Unit("week", subject, played=played)

    def _next_step(self, held: int) -> int:
        return next((step for step in self._steps if step > held), self.wanted)

    def _is_done(self, subject: Subject) -> bool:
        return all((kind, subject) in self._refused or self._known(kind, subject) for kind in ("answer", "week"))

    def _known(self, kind: str, subject: Subject) -> bool:
        """Tell whether something is known, or was made since it was asked last; it is then not made again."""
        return (kind, subject) in self._once or self._kept(kind, subject)

    def _tidied(self, unit: Unit | None) -> Unit | None:
        """Return a piece with what is to be forgotten before it."""
        if unit is None:
            return None
        scenario = unit.subject.scenario
        self._open[scenario] = None
        self._open.move_to_end(scenario)
        close = tuple(self._open)[: max(len(self._open) - MOST_OPEN, 0)]
        for name in close:
            del self._open[name]
        for one in [one for one in self._held if one.scenario in close]:
            del self._held[one]
        self._hold_few(unit.subject)
        return unit._replace(close=close)

    def _hold_few(self, subject: Subject) -> None:
        """Count no longer on alternatives that are finished, and on the oldest of too many."""
        growing = [one for one in self._held if one.key and one != subject]
        finished = [one for one in growing if self._held[one] >= self.wanted]
        many = [one for one in growing if one not in finished]
        for one in (*finished, *many[: max(len(many) - MOST_HELD + 1, 0)]):
            del self._held[one]

    def _remember(self, kind: str, subject: Subject) -> None:
        self._once[kind, subject] = None
        if len(self._once) > _REMEMBERED:
            self._once.popitem(last=False)

    def _count(self) -> int:
        self._counter += 1
        return self._counter
