"""The floor of a workshop: who may do what, who is told what, and that nobody sees an answer before the bets are in."""

import asyncio
import json

import pytest

from sim.web.workshop.doors import new_keys
from sim.web.workshop.events import Turned
from sim.web.workshop.floor import MOST_ASKERS, Address, Floor
from sim.web.workshop.journal import Journal, read
from sim.web.workshop.workshop import Workshop
from tests.worlds.page import DIES, a_room

ADDRESS = Address("http://192.168.1.5:8765/r/K7M2QX", "192.168.1.5:8765")
QUESTION = {"kind": "direction", "scenario": "small", "measure": "on_time_target", "items": ["shared_kpi"]}


class Play:
    """A room in which a workshop goes on, with what people say and hear."""

    def __init__(self, room, floor):
        self.room, self.floor = room, floor

    def join(self, role, person=""):
        """Let somebody come in."""
        client = self.room.join(role, person)
        self.say(client, do="room")
        return client

    def say(self, client, **message):
        """Let a client say something."""
        self.room.hear(client, json.dumps({"scenario": "small", **message}))

    async def until(self, client, right):
        """Return the first message that is right."""
        while True:
            message = json.loads(await asyncio.wait_for(client.next(), 20))
            if right(message):
                return message

    async def told(self, client, right=lambda room: True):
        """Return what a client is told of the workshop, once it is right."""
        return (await self.until(client, lambda one: one["type"] == "room" and right(one["room"])))["room"]

    async def refused(self, client, **message):
        """Return the sentence with which something is refused."""
        self.say(client, **message)
        return (await self.until(client, lambda one: one["type"] == "refused"))["sentence"]["en"]

    async def pose(self, host, **more):
        """Put a question, once it is known how things are."""
        await self.room.frame("small")
        self.say(host, do="pose", question={**QUESTION, **more})
        return (await self.told(host, lambda room: room["question"]))["question"]


def playing(tmp_path, story, workshop=None):
    """Play something."""

    async def play():
        room = a_room(tmp_path / "cache")
        log = tmp_path / "log.jsonl"
        journal = Journal(log)
        made = workshop
        if made is None:
            began = new_keys("1.0")
            made = Workshop(began, journal.add(began).at)
        floor = Floor(room, made, journal, [ADDRESS])
        room.start()
        floor.begin()
        try:
            await story(Play(room, floor))
        finally:
            await room.close()
            journal.close()
        return read(log)[0]

    return asyncio.run(play())


def test_a_question_from_being_put_to_being_revealed(tmp_path):
    """Guests bet, the host sees how many, and both see what came out of it; a restart knows it all."""

    async def story(play):
        host, ann, bob = play.join("host"), play.join("guest", "ann"), play.join("guest", "bob")
        question = await play.pose(host, hypothesis="it helps")
        assert question["text"]["en"] == "Shared KPIs: what happens to label?"
        seen = (await play.told(ann, lambda room: room["question"]))["question"]
        assert [one["id"] for one in seen["choices"]] == ["better", "same", "worse"]
        play.say(ann, do="bet", question="q1", choice="better", why="one goal")
        assert (await play.told(ann, lambda room: room["mine"]))["mine"]["choice"] == "better"
        play.say(bob, do="bet", question="q1", choice="worse")
        play.say(bob, do="name", name="Bob")
        told = await play.told(host, lambda room: room["question"]["bets"] == 2)
        assert (told["people"], told["question"]["notes"]["hypothesis"]) == (2, "it helps")
        play.say(host, do="reveal", question="q1")
        shown = (await play.told(bob, lambda room: _result(room, "final")))["question"]["shown"]
        assert (shown["counts"], shown["hits"]) == ({"better": 1, "same": 0, "worse": 1}, 1)
        assert (shown["result"]["then"], shown["result"]["right"]) == (86.0, ["better"])
        assert shown["reasons"] == [{"name": "", "choice": "better", "value": None, "why": "one goal"}]
        play.say(host, do="note", question="q1", field="decision", text="do it")
        assert (await play.told(ann, lambda room: _notes(room)))["question"]["notes"] == {
            "finding": "",
            "decision": "do it",
        }
        log = await play.told(host, lambda room: _notes(room))
        assert (log["names"], log["addresses"][0]["url"], log["code"]) == (
            ["Bob"],
            ADDRESS.url,
            play.floor.workshop.began.code,
        )

    again = playing(tmp_path, story)
    found = again.rounds["q1"]
    assert (found.state, found.result.then, found.notes["decision"], len(found.bets)) == ("revealed", 86.0, "do it", 2)
    assert again.names == {"bob": "Bob"}


def _result(room, state):
    question = room["question"]
    return (
        question and question["shown"] and question["shown"]["result"] and question["shown"]["result"]["state"] == state
    )


def _shown(room):
    return (room["question"] or {}).get("shown") or {"failure": None}


async def until(right):
    """Wait until something is so."""
    async with asyncio.timeout(20):
        while not right():
            await asyncio.sleep(0)


def _notes(room):
    return room["question"] and room["question"]["notes"]["decision"]


def test_who_bets_sees_no_answer_before(tmp_path):
    """Not by asking, and not by what comes along; the host does, and everybody once it is revealed."""

    async def story(play):
        host, ann = play.join("host"), play.join("guest", "ann")
        for items in ([], ["shared_kpi"], ["raci"]):
            play.say(host, do="ask", id=1, items=items)
            await play.until(host, lambda one: one["type"] == "answer" and one["answer"]["state"] == "final")
        await play.pose(host)
        for message in ({"do": "ask", "items": ["raci"]}, {"do": "sure", "items": ["shared_kpi"]}):
            assert "bet" in await play.refused(ann, id=2, **message)
        play.say(ann, do="ask", id=3, items=[])
        heard = [await play.until(ann, lambda one: True) for _ in range(2)]
        assert {one["type"] for one in heard} <= {"answer", "room", "week"}
        play.say(host, do="ask", id=4, items=["raci"])
        await play.until(host, lambda one: one["type"] == "answer" and one["id"] == 4)
        play.say(host, do="reveal", question="q1")
        play.say(ann, do="ask", id=5, items=["shared_kpi"])
        await play.until(ann, lambda one: one["type"] == "answer" and one["id"] == 5)
        play.say(ann, do="ask", id=6, items=["raci"])
        await play.until(ann, lambda one: one["type"] == "answer" and one["id"] == 6)

    playing(tmp_path, story)


def test_who_may_not_is_told_so(tmp_path):
    """Guests lead nothing, hosts do not bet, and who came in by no door takes no part."""

    async def story(play):
        host, ann = play.join("host"), play.join("guest", "ann")
        await play.pose(host)
        for do in ("close", "reopen", "reveal", "withdraw", "pose", "note"):
            assert "host" in await play.refused(ann, do=do, question="q1")
        assert "guests" in await play.refused(host, do="bet", question="q1", choice="better")
        stranger = play.room.join()
        assert "address" in await play.refused(stranger, do="room")
        assert "guests" in await play.refused(stranger, do="bet", question="q1", choice="better")
        assert play.floor.workshop.rounds["q1"].bets == {}

    playing(tmp_path, story)


def test_what_is_no_question_is_told_in_one_sentence(tmp_path):
    """With what is allowed; nothing of it is put."""
    wrong = [
        (None, "question"),
        ({}, "kind"),
        ({**QUESTION, "kind": "guess"}, "kind"),
        ({**QUESTION, "measure": "profit"}, "on_time_target"),
        ({**QUESTION, "items": []}, "Switch something on"),
        ({**QUESTION, "items": ["nothing_known"]}, "nothing_known"),
        ({**QUESTION, "scenario": "elsewhere"}, "organization"),
        ({**QUESTION, "kind": "which"}, "two alternatives"),
        ({**QUESTION, "kind": "which", "choices": [{"items": ["raci"]}, {"items": []}]}, "Switch something on"),
        ({**QUESTION, "kind": "poll"}, "poll"),
        ({**QUESTION, "kind": "poll", "text": "Why?", "choices": [{"items": []}, {"items": []}]}, "poll"),
        ({**QUESTION, "text": "x" * 301}, "300"),
        ({**QUESTION, "hypothesis": ["x"]}, "hypothesis"),
        ({**QUESTION, "unknown": 1}, "unknown"),
    ]

    async def story(play):
        host = play.join("host")
        await play.room.frame("small")
        for question, part in wrong:
            said = await play.refused(host, do="pose", id=1, question=question)
            assert part in said
            assert "\n" not in said
        assert play.floor.workshop.rounds == {}

    playing(tmp_path, story)


def test_what_is_no_bet_is_told(tmp_path):
    """Whatever stands in it."""

    async def story(play):
        host, ann = play.join("host"), play.join("guest", "ann")
        await play.pose(host)
        for more in (
            {},
            {"question": 3},
            {"question": "q1", "choice": ["x"]},
            {"question": "q1", "value": "high"},
            {"question": "q1", "choice": "better", "why": "x" * 201},
            {"question": "q9", "choice": "better"},
            {"question": "q1", "value": 1e400},
        ):
            assert await play.refused(ann, do="bet", **more)
        assert await play.refused(ann, do="name", name="x" * 31)
        assert await play.refused(ann, do="name", name=None)
        assert play.floor.workshop.rounds["q1"].bets == {}

    playing(tmp_path, story)


def test_a_page_of_a_story_puts_its_question_once(tmp_path):
    """Unless it was taken back; going back and forth in a story asks nobody twice."""

    async def story(play):
        host = play.join("host")
        await play.pose(host, page="roles")
        play.say(host, do="pose", question={**QUESTION, "page": "roles"})
        assert len(play.floor.workshop.rounds) == 1
        play.say(host, do="withdraw", question="q1")
        play.say(host, do="pose", question={**QUESTION, "page": "roles"})
        assert list(play.floor.workshop.rounds) == ["q1", "q2"]

    playing(tmp_path, story)


def test_sizes_and_alternatives_and_polls(tmp_path):
    """Each has what can be bet on, and its result."""

    async def story(play):
        host, ann = play.join("host"), play.join("guest", "ann")
        play.say(host, do="ask", id=1, items=[])
        await play.until(host, lambda one: one["type"] == "answer")
        size = await play.pose(host, kind="size")
        assert (size["scale"], size["now"]) == ({"low": 0, "high": 100, "step": 1}, 80.0)
        play.say(ann, do="bet", question="q1", value=85)
        play.say(host, do="reveal", question="q1")
        told = await play.told(ann, lambda room: _result(room, "final"))
        assert (told["question"]["shown"]["hits"], told["question"]["shown"]["values"]) == (1, [[85.0, 1]])
        play.say(
            host,
            do="pose",
            question={
                **QUESTION,
                "kind": "which",
                "choices": [{"items": [one]} for one in ("raci", "shared_kpi", "daily_standup")],
            },
        )
        play.say(host, do="reveal", question="q2")
        told = await play.told(ann, lambda room: room["question"]["id"] == "q2" and _result(room, "final"))
        assert told["question"]["shown"]["result"]["right"] == ["b"]
        poll = {
            "kind": "poll",
            "scenario": "small",
            "text": {"en": "Why?", "zh": "为什么？"},
            "choices": [{"label": "goals"}, {"label": {"en": "trust", "zh": "信任"}}],
        }
        play.say(host, do="pose", question=poll)
        play.say(ann, do="bet", question="q3", choice="b")
        play.say(host, do="reveal", question="q3")
        told = await play.told(ann, lambda room: room["question"]["id"] == "q3" and room["question"]["shown"])
        assert told["question"]["shown"]["counts"] == {"a": 0, "b": 1}
        assert told["question"]["shown"]["result"] is None
        assert [one["id"] for one in told["past"]] == ["q1", "q2"]

    playing(tmp_path, story)


def test_after_a_restart_the_model_is_asked_again(tmp_path):
    """What was revealed without an answer gets one."""

    async def first(play):
        host = play.join("host")
        await play.pose(host)
        play.floor._forget("q1")  # as if the server ended before the model answered
        play.floor._happen(Turned(do="reveal", question="q1"))

    async def second(play):
        host = play.join("host")
        assert (await play.told(host, lambda room: _result(room, "final")))["question"]["shown"]["result"][
            "then"
        ] == 86.0

    workshop = playing(tmp_path, first)
    assert workshop.rounds["q1"].result is None
    playing(tmp_path, second, workshop)


@pytest.mark.parametrize("kind", ["direction", "which"])
def test_why_the_model_has_no_answer_is_told_and_it_is_asked_again(tmp_path, kind):
    """Nobody waits for what will not come; once it is revealed, the model is asked once more."""
    choices = {"choices": [{"items": ["raci"]}, {"items": [DIES]}]} if kind == "which" else {"items": [DIES]}

    async def story(play):
        host, ann = play.join("host"), play.join("guest", "ann")
        await play.pose(host, kind=kind, **choices)
        asker = play.floor._askers["q1"]
        await until(lambda: play.floor.workshop.rounds["q1"].failure)
        play.say(host, do="reveal", question="q1")
        assert play.floor._askers["q1"] is not asker
        for client in (host, ann):
            told = await play.told(client, lambda room: _shown(room)["failure"])
            assert "ended twice" in _shown(told)["failure"]["en"]
            assert _shown(told)["result"] is None

    playing(tmp_path, story)


def test_a_question_that_newer_ones_came_after_is_answered_once_it_is_revealed(tmp_path):
    """The model works at few of them at a time."""

    async def story(play):
        host = play.join("host")
        for _ in range(MOST_ASKERS + 1):
            await play.pose(host)
        play.say(host, do="reveal", question="q1")
        await until(lambda: play.floor.workshop.rounds["q1"].result)
        assert play.floor.workshop.rounds["q1"].result.then == 86.0
        assert len(play.floor._askers) == MOST_ASKERS

    playing(tmp_path, story)


def test_sixty_bets_at_once_are_few_messages(tmp_path):
    """Nobody is forgotten, everybody knows their own, and all see the same in the end."""

    async def story(play):
        host = play.join("host")
        guests = [play.join("guest", f"p{n}") for n in range(60)]
        await play.pose(host)
        for n, guest in enumerate(guests):
            play.say(guest, do="bet", question="q1", choice=("better", "same", "worse")[n % 3])
        play.say(host, do="reveal", question="q1")
        for n, guest in enumerate(guests):
            told = await play.told(guest, lambda room: _result(room, "final"))
            assert told["question"]["shown"]["counts"] == {"better": 20, "same": 20, "worse": 20}
            assert told["mine"]["choice"] == ("better", "same", "worse")[n % 3]
            assert len(guest._waiting) <= 1
        for guest in guests[:10]:
            play.room.leave(guest)
        assert (await play.told(host, lambda room: room["people"] == 50))["question"]["bets"] == 60

    playing(tmp_path, story)
