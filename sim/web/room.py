"""The room: who is connected, what each asked, and who is told what was found out."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from sim.scenario import Scenario, ScenarioError
from sim.spec.findings import TextError
from sim.web.agenda import WANTED, Agenda, Subject, Unit
from sim.web.around import Around
from sim.web.client import Client, Number, Question
from sim.web.known import Known
from sim.web.reading import Message, NotUnderstoodError, opened, read
from sim.web.said import sentence_of
from sim.web.worker import DiedError, Far, Grown, RefusedError, Result
from sim.words import Text, words

texts = words("web")

_REMEMBERED = 1000

_TRIES = 2
"""How often a piece of work is begun in which a process ends."""


_CONCERNED = {"grow": (True, False), "week": (False,), "sure": (True,), "frame": ()}
"""Whether it concerns those who asked how sure something is, and those who did not, that a piece of work failed."""


class Doer(Protocol):
    """What does pieces of work."""

    async def do(self, unit: Unit) -> Result:
        """Do one."""

    def close(self) -> None:
        """End it."""


class Beside(Protocol):
    """What else people do here than ask."""

    does: Mapping[str, Any]

    def hear(self, client: Client, said: dict[str, Any], number: Number) -> None:
        """Do what somebody says, or raise what says why not."""

    def left(self, client: Client) -> None:
        """Forget somebody who is gone."""

    def kept_from(self, client: Client, subject: Subject) -> Text | None:
        """Return why somebody may not see an answer yet."""


class Room:
    """Everybody who is connected to one server.

    Parameters
    ----------
    scenarios : mapping of Scenario
        What can be asked about, by name; the page opens with the first.
    known : Known
        What is known already.
    numbers, weeks : Doer
        What computes frames and numbers, and what computes weeks and how sure things are.
    wanted : int
        Replications of an answer that is not refined any further.
    """

    def __init__(
        self, scenarios: Mapping[str, Scenario], known: Known, numbers: Doer, weeks: Doer, wanted: int = WANTED
    ) -> None:
        self.scenarios, self.known = scenarios, known
        self.beside: Beside | None = None
        self._doers = {"numbers": numbers, "weeks": weeks}
        self.around = Around(scenarios)
        self.agenda = Agenda(known.has, self.around.one_away, self.around.combined, next(iter(scenarios)), wanted)
        self._clients: set[Client] = set()
        self._frames: dict[str, list[asyncio.Future[bytes]]] = {}
        self._news = {lane: asyncio.Event() for lane in self._doers}
        self._died: Counter[tuple[str, Subject]] = Counter()
        self._tasks: list[asyncio.Task[None]] = []

    # working

    def start(self) -> None:
        """Begin to work."""
        lanes = {"numbers": self.agenda.numbers, "weeks": self.agenda.weeks}
        self._look_at(next(iter(self.scenarios)))
        self._tasks = [asyncio.create_task(self._work(lane, following)) for lane, following in lanes.items()]

    async def close(self) -> None:
        """End all work."""
        for task in self._tasks:
            task.cancel()
        for doer in self._doers.values():
            await asyncio.to_thread(doer.close)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self, lane: str, following: Callable[[], Unit | None]) -> None:
        while True:
            self._news[lane].clear()
            unit = following()
            self._tell_found()  # after it: what is passed over since it is known by now is told
            if unit is None:
                await self._news[lane].wait()
            else:
                await self._do(lane, unit)

    async def _do(self, lane: str, unit: Unit) -> None:
        try:
            result = await self._doers[lane].do(unit)
        except RefusedError as refused:
            self._refuse(unit, refused.sentence)
        except DiedError:
            if lane == "numbers":
                self.agenda.lost()
            self._died[unit.do, unit.subject] += 1
            if self._died[unit.do, unit.subject] >= _TRIES:
                del self._died[unit.do, unit.subject]
                self._refuse(unit, texts.DIED)
        else:
            self._died.pop((unit.do, unit.subject), None)
            self._take(unit, result)
        self._wake()

    def _wake(self) -> None:
        for event in self._news.values():
            event.set()

    def _take(self, unit: Unit, result: Result) -> None:
        """Learn what came of a piece of work, and tell everybody who asked."""
        subject = unit.subject
        if isinstance(result, Far):
            if unit.do == "sure":
                self._tell_all("sure", subject, result._asdict())
            return
        if isinstance(result, Grown):
            self._take_answer(subject, result)
            self.agenda.done(unit, result.replications)
            self._tell_all("busy", subject, {"done": result.replications, "total": self.agenda.wanted})
            return
        self.known.put(unit.do, subject, result)
        self.agenda.done(unit)
        if unit.do == "frame":
            self._learn(subject.scenario, json.loads(result))
            self._settle(subject.scenario, lambda future: future.set_result(result))
        elif unit.do == "week":
            self._tell_all("week", subject, result)
        else:
            self._tell_answer(subject)

    def _take_answer(self, subject: Subject, grown: Grown) -> None:
        if grown.answer is None:
            return
        if grown.replications >= self.agenda.wanted:
            self.known.put("answer", subject, grown.answer)
        else:
            self.known.grow(subject, grown.answer)
        self._tell_answer(subject)

    def _refuse(self, unit: Unit, sentence: Text) -> None:
        self.agenda.refused(unit)
        if unit.do == "frame":
            self._settle(unit.subject.scenario, lambda future: future.set_exception(RefusedError(sentence)))
        for client in self._clients:
            for number, question in tuple(client.questions.items()):
                if question.subject == unit.subject and question.sure in _CONCERNED[unit.do]:
                    client.drop(number)
                    client.put("refused", number, {"sentence": sentence.by_language()})

    # frames

    async def frame(self, scenario: str) -> dict[str, Any]:
        """Return the frame of a scenario, made where it is not known.

        Raises
        ------
        RefusedError
            If it cannot be made.
        """
        found = self.known.get("frame", Subject(scenario, ""))
        if found is None:
            future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
            self._frames.setdefault(scenario, []).append(future)
            self.agenda.ask_frame(scenario)
            self._wake()
            found = await future
        told: dict[str, Any] = json.loads(found)
        self._learn(scenario, told)
        return told

    def _settle(self, scenario: str, how: Callable[[asyncio.Future[bytes]], None]) -> None:
        for future in self._frames.pop(scenario, []):
            if not future.done():
                how(future)

    # people

    def join(self, role: str | None = None, person: str = "") -> Client:
        """Return a new client."""
        client = Client(role=role, person=person)
        self.take_in(client)
        return client

    def take_in(self, client: Client) -> None:
        """Tell a client from now on what it asks for."""
        self._clients.add(client)

    def leave(self, client: Client) -> None:
        """Forget a client."""
        self._clients.discard(client)
        self.agenda.leave(client)
        if self.beside is not None:
            self.beside.left(client)

    def hear(self, client: Client, text: str | bytes) -> None:
        """Do what a client wants, or say in a sentence why not."""
        others = {} if self.beside is None else self.beside.does
        try:
            said, number = opened(text)
            if self.beside is not None and isinstance(said.get("do"), str) and said["do"] in others:
                self.beside.hear(client, said, number)
                return
            message = read(said, number, self.scenarios, others)
            if message.do == "drop":
                self._drop(client, message.number)
            else:
                self.ask(client, message)
        except NotUnderstoodError as error:
            client.put("refused", error.number, {"sentence": error.sentence.by_language()})

    def _kept_from(self, client: Client, subject: Subject) -> Text | None:
        return None if self.beside is None else self.beside.kept_from(client, subject)

    def ask(self, client: Client, message: Message) -> None:
        """Tell a client from now on what is known of what it asks, or how sure that is.

        Parameters
        ----------
        client : Client
            Who asks.
        message : Message
            What is asked.

        Raises
        ------
        NotUnderstoodError
            If it cannot be asked.
        """
        try:
            subject = self.around.subject(message.scenario, message.items)
        except (ScenarioError, TextError) as error:
            raise NotUnderstoodError(sentence_of(error), message.number) from None
        if (why := self._kept_from(client, subject)) is not None:
            raise NotUnderstoodError(why, message.number)
        if message.do == "sure" and not subject.key:
            raise NotUnderstoodError(texts.NOTHING_SURE, message.number)
        question = Question(subject, message.items, sure=message.do == "sure")
        client.ask(message.number, question)
        self.agenda.ask(client, subject)
        self._look_at(message.scenario)
        if question.sure and self.known.get("sure", subject) is None:
            self.agenda.ask_sure(subject)
        self._tell_what_is_known(client, message.number, question)
        if not question.sure:
            self._tell_near(client, message.number, subject)
        self._wake()

    def _look_at(self, scenario: str) -> None:
        """See to it that the frame is known of what somebody asks about."""
        if self.around.knows(scenario):
            return
        found = self.known.get("frame", Subject(scenario, ""))
        if found is None:
            self.agenda.ask_frame(scenario)
        else:
            self._learn(scenario, json.loads(found))

    def _drop(self, client: Client, number: Number) -> None:
        question = client.drop(number)
        if question is None:
            return
        if question.subject not in {one.subject for one in client.questions.values()}:
            self.agenda.drop(client, question.subject)
        if not any(one.subject == question.subject for one in self._sure_questions()):
            self.agenda.forget_sure(question.subject)

    def _sure_questions(self) -> Iterator[Question]:
        return (one for client in self._clients for one in client.questions.values() if one.sure)

    # telling

    def _tell_what_is_known(self, client: Client, number: Number, question: Question) -> None:
        answer = self.known.answer(question.subject)
        if answer is not None:
            _tell(client, number, question, answer)
        if not question.sure and (week := self.known.get("week", question.subject)) is not None:
            client.put("week", number, _week(question, week))
            client.got(number, "week")

    def _tell_found(self) -> None:
        """Tell what is asked and known for good by now, whoever found it out: what a server beside this one has kept
        is not made here again.
        """
        every = ((client, number, one.subject) for client in self._clients for number, one in client.questions.items())
        lacked = {(kind, subject) for client, number, subject in every for kind in client.lacking[number]}
        for kind, subject in sorted(one for one in lacked if self.known.has(*one)):
            found = self.known.get(kind, subject)
            if found is None:
                self._wake()  # it is damaged, and thrown away by now: it is made here
            elif kind == "week":
                self._tell_all("week", subject, found)
            else:
                self._tell_answer(subject)
            if found is not None and kind == "sure":
                self.agenda.forget_sure(subject)

    def _tell_near(self, client: Client, number: Number, subject: Subject) -> None:
        """Send along once what is one switch away, where it is known for good: so the next switch need not ask."""
        if len(client.told) >= _REMEMBERED:
            client.told.clear()
        client.told.add(subject)
        new = [one for one in self.around.one_away(subject) if one not in client.told and self.known.has("answer", one)]
        near = [one for one in new if self._kept_from(client, one) is None]
        if near:
            client.told.update(near)
            client.put("near", number, {"answers": [self._plain_answer(one) for one in near]})

    def _plain_answer(self, subject: Subject) -> dict[str, Any]:
        return {**(self.known.answer(subject) or {}), "asked": list(self.around.items(subject))}

    def _tell_answer(self, subject: Subject) -> None:
        answer = self.known.answer(subject)
        for client, number, question in self._asking(subject):
            if answer is not None:
                _tell(client, number, question, answer)

    def _tell_all(self, kind: str, subject: Subject, more: dict[str, Any] | bytes) -> None:
        for client, number, question in self._asking(subject):
            if question.sure == (kind == "sure"):
                client.put(kind, number, _week(question, more) if isinstance(more, bytes) else more)
                if kind == "week":
                    client.got(number, kind)

    def _asking(self, subject: Subject) -> list[tuple[Client, Number, Question]]:
        return [
            (client, number, question)
            for client in self._clients
            for number, question in client.questions.items()
            if question.subject == subject
        ]

    # what may be asked soon

    def _learn(self, scenario: str, frame: Mapping[str, Any]) -> None:
        """Learn from a frame what is worked on beforehand, and which replication is played."""
        if not self.around.knows(scenario):
            self.around.learn(scenario, frame["switches"])
            self.agenda.play(scenario, frame["played"]["number"])
            self._wake()


def _tell(client: Client, number: Number, question: Question, answer: Mapping[str, Any]) -> None:
    client.put("answer", number, {"answer": {**answer, "asked": list(question.items)}})
    if answer["state"] == "final":
        client.got(number, "answer")
    if answer.get("sure") is not None:
        client.got(number, "sure")


def _week(question: Question, week: bytes) -> bytes:
    """Return the end of a message with a week: what was asked goes in before it, without reading the rest."""
    asked = json.dumps(list(question.items), ensure_ascii=False).encode()
    return b'"week":{"asked":' + asked + b"," + week[1:] + b"}"
