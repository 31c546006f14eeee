"""The floor: who is in the workshop, what they say, and that everybody is told of it.

Whatever happens becomes an event: it is written into the log, the workshop takes it, and everybody who is connected
hears of it a moment later, so that sixty bets at once are not sixty times sixty messages.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from sim.scenario import ScenarioError
from sim.spec.base import text_of
from sim.spec.findings import TextError
from sim.web.agenda import Subject
from sim.web.client import Client, Number
from sim.web.reading import Message, NotUnderstoodError
from sim.web.room import Room
from sim.web.said import as_json, sentence_of
from sim.web.workshop.events import Event, Found, Line, Named, Noted, Placed, Posed, Question, Turned
from sim.web.workshop.journal import Journal, now
from sim.web.workshop.outcome import result_of, tried
from sim.web.workshop.posing import question_of, wish_in
from sim.web.workshop.qr import rows_of
from sim.web.workshop.told import for_guests, for_host, own_part
from sim.web.workshop.workshop import Round, Workshop
from sim.words import Text, words

texts = words("workshop")

PAUSE = 0.05
"""Seconds for which news are gathered before everybody is told."""

MOST_ASKERS = 4
"""Questions for whose answers the model works at the same time, the newest."""


class Address(NamedTuple):
    """Where guests find the room: the whole address, and what is read out."""

    url: str
    short: str


class Asker(Client):
    """Asks the model what a question is about, as somebody who looks at it would.

    Parameters
    ----------
    heard : callable
        Told of every answer, with the choice that it belongs to.
    refused : callable
        Told in a sentence why there will be none.
    """

    def __init__(
        self, heard: Callable[[str, dict[str, Any]], None], refused: Callable[[Mapping[str, str]], None]
    ) -> None:
        super().__init__()
        self._heard, self._refused = heard, refused

    def put(self, kind: str, number: Number, more: dict[str, Any] | bytes) -> None:
        """Take answers, and that there is none; whatever else is told is nobody's business."""
        if kind == "answer" and isinstance(more, dict):
            self._heard(str(number), more["answer"])
        elif kind == "refused" and isinstance(more, dict):
            self._refused(more["sentence"])


class Floor:
    """Everybody in a workshop.

    Parameters
    ----------
    room : Room
        Who is connected, and what works for them.
    workshop : Workshop
        As it stands.
    journal : Journal
        Where it is written down.
    addresses : sequence of Address
        Where guests find it.
    """

    def __init__(self, room: Room, workshop: Workshop, journal: Journal, addresses: Sequence[Address] = ()) -> None:
        self.workshop, self.journal = workshop, journal
        self._room = room
        self._addresses = [{**one._asdict(), "qr": rows_of(one.url)} for one in addresses]
        self._in: dict[Client, None] = {}
        self._askers: dict[str, Asker] = {}
        self._answers: dict[str, dict[str, Any]] = {}
        self._telling: asyncio.TimerHandle | None = None
        self._led = ""
        self.does: Mapping[str, Callable[[Client, dict[str, Any]], None]] = {
            "room": self._come_in,
            "bet": self._bet,
            "name": self._name,
            "pose": self._pose,
            "note": self._note,
            **dict.fromkeys(("close", "reopen", "reveal", "withdraw"), self._turn),
        }
        room.beside = self

    def begin(self) -> None:
        """Ask the model again what was not answered when the server ended."""
        unanswered = [one for one in self.workshop.rounds.values() if _is_unanswered(one)]
        for one in unanswered[-MOST_ASKERS:]:
            self._ask_model(one.question)

    # where they are

    @property
    def led(self) -> str:
        """The scenario that the host looks at; before, that of the newest question, else the first."""
        asked = self.workshop.current
        found = self._led or ("" if asked is None else asked.question.scenario)
        return found if found in self._room.scenarios else next(iter(self._room.scenarios))

    @property
    def title(self) -> dict[str, str]:
        """What its organization is called, by language."""
        return text_of(self._room.scenarios[self.led].title, self.led).by_language()

    def lead(self, scenario: str) -> None:
        """Take everybody along to another scenario."""
        if scenario != self._led:
            self._led = scenario
            self._soon()

    # hearing

    def hear(self, client: Client, said: dict[str, Any], number: Number) -> None:
        """Do what somebody says, or raise what says why not."""
        try:
            self.does[said["do"]](client, said)
        except ValidationError:
            raise NotUnderstoodError(texts.NOT_A_BET, number) from None
        except (TextError, ScenarioError) as error:
            raise NotUnderstoodError(sentence_of(error), number) from None

    def left(self, client: Client) -> None:
        """Forget somebody who is gone."""
        if client in self._in:
            del self._in[client]
            self._soon()

    def kept_from(self, client: Client, subject: Subject) -> Text | None:
        """Return why somebody may not see an answer: whoever is still to bet on it would know it before."""
        if client.role != "guest" or not subject.key or self.workshop.open is None:
            return None
        return None if subject in self._revealed() else texts.BET_FIRST

    def _revealed(self) -> set[Subject]:
        shown = [one.question for one in self.workshop.rounds.values() if one.state == "revealed"]
        return {Subject(one.scenario, "+".join(items)) for one in shown for items in tried(one).values()}

    # what people do

    def _come_in(self, client: Client, _said: dict[str, Any]) -> None:
        if client.role is None:
            raise NotNowError(texts.NOT_IN)
        self._in[client] = None
        self._tell(client)
        self._soon()

    def _bet(self, client: Client, said: dict[str, Any]) -> None:
        facts = {name: said[name] for name in ("choice", "value", "why") if said.get(name) is not None}
        self._happen(Placed(question=str(said.get("question"))[:60], person=_person(client), **facts))
        self._tell(client)

    def _name(self, client: Client, said: dict[str, Any]) -> None:
        self._happen(Named(person=_person(client), name=said.get("name", "")))
        self._tell(client)

    # what a host does

    def _pose(self, client: Client, said: dict[str, Any]) -> None:
        _host_only(client)
        wish = wish_in(said.get("question"))
        scenario = self._room.scenarios.get(wish.scenario)
        if scenario is None:
            raise NotNowError(texts.NO_SCENARIO)
        if wish.page and self.workshop.of_page(wish.scenario, wish.page):
            return
        frame = self._room.known.get("frame", Subject(wish.scenario, ""))
        if frame is None:
            raise NotNowError(texts.NOT_KNOWN_YET)
        here = self._room.known.answer(Subject(wish.scenario, "")) or {"measures": {}}
        number = len(self.workshop.rounds) + 1
        question = question_of(wish, number, scenario, json.loads(frame)["measures"], here["measures"])
        self._happen(Posed(question=question))
        if wish.hypothesis:
            self._happen(Noted(question=question.id, field="hypothesis", text=wish.hypothesis))
        self._ask_model(question)

    def _turn(self, client: Client, said: dict[str, Any]) -> None:
        _host_only(client)
        name = str(said.get("question"))[:60]
        self._happen(Turned(do=said["do"], question=name))
        if said["do"] != "reveal":
            return
        if name in self._answers:
            self._find(self.workshop.rounds[name])
        else:  # it failed, or newer questions came between
            self._ask_model(self.workshop.rounds[name].question)

    def _note(self, client: Client, said: dict[str, Any]) -> None:
        _host_only(client)
        facts = {name: said.get(name, "") for name in ("question", "field", "text")}
        self._happen(Noted(**facts))

    def _happen(self, event: Event) -> None:
        """Let something happen, unless it cannot."""
        why = self.workshop.refused(event)
        if why is not None:
            raise NotNowError(why)
        self.workshop.take(self.journal.add(event))
        self._soon()

    # what the model says

    def _ask_model(self, question: Question) -> None:
        wanted = tried(question)
        if not wanted:
            return
        self._forget(question.id)
        asker = Asker(
            lambda choice, answer: self._answered(question.id, choice, answer),
            lambda sentence: self._failed(question.id, sentence),
        )
        self._askers[question.id], self._answers[question.id] = asker, {}
        self.workshop.rounds[question.id].failure = None
        self._room.take_in(asker)
        try:
            for choice, items in wanted.items():
                self._room.ask(asker, Message("ask", choice, question.scenario, items))
        except NotUnderstoodError as error:  # a log may tell of what is not offered any more
            self._failed(question.id, error.sentence.by_language())
        while len(self._askers) > MOST_ASKERS:
            self._forget(next(iter(self._askers)))

    def _forget(self, name: str) -> None:
        if name in self._askers:
            self._room.leave(self._askers.pop(name))
        self._answers.pop(name, None)

    def _failed(self, name: str, sentence: Mapping[str, str]) -> None:
        """Say why there is no answer; when the question is revealed, the model is asked once more."""
        self._answers.pop(name, None)
        self.workshop.rounds[name].failure = sentence
        self._soon()

    def _answered(self, name: str, choice: str, answer: dict[str, Any]) -> None:
        if name in self._answers and name in self.workshop.rounds:
            self._answers[name][choice] = answer
            self._find(self.workshop.rounds[name])

    def _find(self, found: Round) -> None:
        """Take over what the model says by now; what does not change any more goes into the log."""
        result = result_of(found.question, self._answers[found.question.id])
        if found.state != "revealed" or result is None or result == found.result:
            return
        event = Found(question=found.question.id, result=result)
        first = found.result is None
        final = result.state == "final"
        self.workshop.take(self.journal.add(event) if first or final else Line(at=now(), event=event))
        self._soon()

    # telling

    def _soon(self) -> None:
        if self._telling is None:
            self._telling = asyncio.get_running_loop().call_later(PAUSE, self._tell_all)

    def _tell_all(self) -> None:
        self._telling = None
        shared = {role: self._shared(role) for role in {one.role for one in self._in}}
        for client in self._in:
            self._send(client, shared[client.role])

    def _tell(self, client: Client) -> None:
        if client in self._in:
            self._send(client, self._shared(client.role))

    def _send(self, client: Client, shared: bytes) -> None:
        own = as_json(own_part(self.workshop, client.person) if client.role == "guest" else {})
        parts = b"," + own[1:] if client.role == "guest" else b"}"
        client.put("room", None, b'"room":' + shared[:-1] + parts + b"}")

    def _shared(self, role: str | None) -> bytes:
        people = len({one.person for one in self._in if one.role == "guest"})
        told: dict[str, Any] = {"role": role, "people": people, "title": self.title}
        if role != "host":
            return as_json({**told, **for_guests(self.workshop)})
        here = dict.fromkeys(self.workshop.names.get(one.person, "") for one in self._in if one.role == "guest")
        log = None if self.journal.path is None else str(self.journal.path)
        more = {
            "code": self.workshop.began.code,
            "addresses": self._addresses,
            "names": sorted(filter(None, here)),
            "log": None if self.journal.failure or self.journal.full else log,
        }
        return as_json({**told, **more, **for_host(self.workshop)})


class NotNowError(TextError):
    """Something cannot be done now."""


def _host_only(client: Client) -> None:
    if client.role != "host":
        raise NotNowError(texts.HOST_ONLY)


def _person(client: Client) -> str:
    if client.role != "guest" or not client.person:
        raise NotNowError(texts.GUEST_ONLY)
    return client.person


def _is_unanswered(found: Round) -> bool:
    if found.state == "revealed":
        return found.result is None or found.result.state != "final"
    return found.state in ("open", "closed")
