"""One who is connected: what was asked under which number, and what is still to be sent."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple

from sim.web.agenda import MOST_ASKED, Subject
from sim.web.said import as_json

KINDS = ("answer", "week", "sure", "busy", "refused", "near")
"""What a client may be told of a question."""

MOST_NUMBERS = MOST_ASKED
"""Questions that are answered at the same time; beyond, the oldest is forgotten that has all, else the oldest."""

RATE = 20.0
"""Messages a second that are read of one client, in the long run."""

AT_ONCE = 60
"""Messages that are read at once of a client who was silent for a while."""

Number = int | str | None
"""By what a client tells its questions apart."""


class Question(NamedTuple):
    """What was asked: about what, in which words, and whether how sure it is was asked as well."""

    subject: Subject
    items: tuple[str, ...]
    sure: bool = False


class Client:
    """One who is connected.

    Of every question it is known what is still to be told of it for good: its answer, and its week or how sure it is.

    What is to be sent waits in one place for every question and kind, where the newer replaces the older: whoever reads
    slowly gets fewer answers, and holds nobody up.

    Parameters
    ----------
    clock : callable
        Tells the time in seconds.
    role, person : str
        As whom somebody came into a workshop, and by what they are told apart from others.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, role: str | None = None, person: str = "") -> None:
        self.role, self.person = role, person
        self.questions: OrderedDict[Number, Question] = OrderedDict()
        self.lacking: dict[Number, set[str]] = {}
        self.told: set[Subject] = set()
        self._waiting: OrderedDict[tuple[str, Number], bytes] = OrderedDict()
        self._something = asyncio.Event()
        self._clock, self._seen, self._allowed = clock, clock(), float(AT_ONCE)

    def ask(self, number: Number, question: Question) -> None:
        """Remember a question; one of the same number is replaced, and what waits to be sent for it."""
        self.drop(number)
        self.questions[number] = question
        self.lacking[number] = {"answer", "sure" if question.sure else "week"}
        if len(self.questions) > MOST_NUMBERS:
            self.drop(next((one for one, lacks in self.lacking.items() if not lacks), next(iter(self.questions))))

    def got(self, number: Number, kind: str) -> None:
        """Note that of a question something was told that does not change any more."""
        self.lacking.get(number, set()).discard(kind)

    def drop(self, number: Number) -> Question | None:
        """Forget a question, and what waits to be sent for it."""
        for kind in KINDS:
            self._waiting.pop((kind, number), None)
        self.lacking.pop(number, None)
        return self.questions.pop(number, None)

    def put(self, kind: str, number: Number, more: dict[str, Any] | bytes) -> None:
        """Let something be sent: fields of a message, or the end of one as JSON."""
        head = {"type": kind} if number is None else {"type": kind, "id": number}
        text = as_json(head | more) if isinstance(more, dict) else as_json(head)[:-1] + b"," + more
        place = (kind, number)
        self._waiting[place] = text
        while len(self._waiting) > len(KINDS) * MOST_NUMBERS + 1:
            self._waiting.popitem(last=False)
        self._something.set()

    async def next(self) -> str:
        """Return the next message, as soon as there is one."""
        while not self._waiting:
            self._something.clear()
            await self._something.wait()
        return self._waiting.popitem(last=False)[1].decode()

    def pause(self) -> float:
        """Return how many seconds to wait before the next message of this client is read."""
        now = self._clock()
        self._allowed = min(self._allowed + (now - self._seen) * RATE, float(AT_ONCE)) - 1.0
        self._seen = now
        return max(-self._allowed / RATE, 0.0)
