"""The room: who asked what, who is told what, and that nobody can hold up or fill the others' memory."""

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.web.agenda import Subject
from sim.web.client import AT_ONCE, KINDS, MOST_NUMBERS, RATE, Client, Question
from sim.web.reading import MOST_BYTES, NotUnderstoodError, opened, read
from tests.worlds.fakes import small_scenario
from tests.worlds.page import DIES, FAILS, NO_SURE, NO_WEEK, SWITCHES, Here, a_room

RACI = Subject("small", "raci")


def say(room, client, **message):
    """Let a client say something."""
    room.hear(client, json.dumps({"scenario": "small", **message}))


async def heard(client, until, most=200):
    """Return everything a client is told until something is."""
    found = []
    while not (found and until(found[-1])):
        found.append(json.loads(await asyncio.wait_for(client.next(), 20)))
        assert len(found) < most
    return found


def is_final(message):
    """Tell whether it is an answer that does not change any more."""
    return message["type"] == "answer" and message["answer"]["state"] == "final"


def is_(kind):
    """Return what tells messages of a kind."""
    return lambda message: message["type"] == kind


def working(tmp_path, story, **options):
    """Play something in a room that works."""

    async def play():
        room = a_room(tmp_path, **options)
        room.start()
        try:
            await story(room)
        finally:
            await room.close()
        return room

    return asyncio.run(play())


def test_an_answer_grows_and_the_week_follows(tmp_path):
    """With the number of the question and the words in which it was asked; the key is the same for all of them."""

    async def story(room):
        ann = room.join()
        say(room, ann, do="ask", items=["raci", "shared_kpi"], id=7)
        told = await heard(ann, is_("week"))
        told += [] if any(map(is_final, told)) else await heard(ann, is_final)
        assert {message["id"] for message in told} == {7}
        answers = [message["answer"] for message in told if message["type"] == "answer"]
        assert [answer["n"] for answer in answers] == sorted({answer["n"] for answer in answers})
        assert answers[-1]["n"] == 20
        busy = [message for message in told if message["type"] == "busy"]
        assert all(message["done"] <= message["total"] == 20 for message in busy)
        weeks = [message["week"] for message in told if message["type"] == "week"]
        assert len(weeks) == 1
        assert weeks[0]["number"] == 7
        for one in (*answers, *weeks):
            assert (one["asked"], one["key"]) == (["raci", "shared_kpi"], "shared_kpi+raci")

    working(tmp_path, story)


def test_what_is_known_is_told_at_once(tmp_path):
    """To whoever asks the same in other words, from memory; and by the next server from disk."""

    async def first(room):
        ann = room.join()
        say(room, ann, do="ask", items=["raci", "shared_kpi"], id=1)
        await heard(ann, is_("week"))
        while not room.known.has("answer", Subject("small", "shared_kpi+raci")):
            await asyncio.sleep(0)
        at_once(room)

    def at_once(room):
        bob = room.join()
        say(room, bob, do="ask", items=["shared_kpi", "raci"], id="b")
        found = [json.loads(text) for text in bob._waiting.values()]
        assert [(one["type"], one["id"]) for one in found[:2]] == [("answer", "b"), ("week", "b")]
        assert {one["type"] for one in found[2:]} <= {"near"}
        assert found[0]["answer"]["asked"] == found[1]["week"]["asked"] == ["shared_kpi", "raci"]
        assert is_final(found[0])

    async def second(room):
        at_once(room)

    working(tmp_path, first)
    room = working(tmp_path, second)
    asked = {unit.subject.key for doer in room._doers.values() for unit in doer.units if unit.do != "frame"}
    assert "shared_kpi+raci" not in asked


FOUND = {
    "answer": {"key": "raci", "n": 20, "state": "final", "by": "another"},
    "week": {"key": "raci", "number": 7, "by": "another"},
    "sure": {"points": 3, "by": "another"},
}


@pytest.mark.parametrize("do", ["ask", "sure"])
@pytest.mark.parametrize("replications", [0, 8], ids=["before it is begun", "while it grows"])
def test_what_another_server_finds_out_meanwhile_is_told(tmp_path, do, replications):
    """Two servers share what is kept on disk: what one was asked and the other made is no work any more, but news."""
    beside = a_room(tmp_path).known

    def keep():
        for kind, found in FOUND.items():
            beside.put(kind, RACI, json.dumps(found).encode())

    def meanwhile(work):
        async def done(unit):
            result = await work(unit)
            if (unit.subject, unit.replications) == (RACI, replications):
                keep()
            return result

        return done

    async def story(room):
        ann, numbers = room.join(), room._doers["numbers"]
        numbers.do = meanwhile(numbers.do)
        say(room, ann, do=do, items=["raci"], id=1)
        if replications == 0:
            keep()
        answer = (await heard(ann, is_final))[-1]["answer"]
        assert answer["by"] == "another"
        assert do == "ask" or answer["sure"]["by"] == "another" or replications
        assert ann.lacking == {1: set()}
        grown = [unit.replications for unit in numbers.units if unit.subject == RACI]
        assert max(grown, default=0) == replications

    working(tmp_path, story)


@pytest.mark.parametrize("kind", ["answer", "week", "sure"])
def test_what_turns_out_to_be_damaged_is_made_again(tmp_path, kind):
    """Also where it was whole, or not there, when somebody asked, and cannot be thrown away."""

    async def story(room):
        ann = room.join()
        say(room, ann, do="sure" if kind == "sure" else "ask", items=["raci"], id=1)
        place = tmp_path / room.known._cache._name(kind, *RACI)
        (place / "of somebody else").mkdir(parents=True)
        while ann.lacking[1]:
            await asyncio.wait_for(ann.next(), 20)

    working(tmp_path, story)


def test_what_is_one_switch_away_comes_along_once(tmp_path):
    """Answers that are known for good, in the words of their keys; the next time they are there already."""

    async def story(room):
        first, then = room.join(), room.join()
        for number, items in enumerate([[], *([one] for one in SWITCHES)]):
            say(room, first, do="ask", id=number, items=items)
            await heard(first, is_final)
        say(room, then, do="ask", id=1, items=[])
        (*_, near) = await heard(then, is_("near"))
        assert [one["asked"] for one in near["answers"]] == [[one] for one in SWITCHES]
        assert all(one["state"] == "final" for one in near["answers"])
        say(room, then, do="ask", id=2, items=["raci"])
        say(room, then, do="ask", id=3, items=["nothing_of_the_kind"])
        told = await heard(then, is_("refused"))
        assert not [one for one in told if one["type"] == "near" and ["raci"] in [a["asked"] for a in one["answers"]]]

    working(tmp_path, story)


def test_thirty_ask_at_once_and_all_are_told(tmp_path):
    """Each what it asked, and nothing that others did; what several ask is computed once."""
    wishes = [SWITCHES[: n % 4] for n in range(30)]

    async def story(room):
        clients = [room.join() for _ in wishes]
        for number, (client, items) in enumerate(zip(clients, wishes, strict=True)):
            say(room, client, do="ask", items=items, id=number)
        for number, (client, items) in enumerate(zip(clients, wishes, strict=True)):
            told = await heard(client, is_final)
            assert {message["id"] for message in told} == {number}
            assert told[-1]["answer"]["asked"] == list(items)

    room = working(tmp_path, story)
    units = [unit for unit in room._doers["numbers"].units if unit.do == "grow"]
    assert len({(unit.subject, unit.replications) for unit in units}) == len(units)


def test_a_newer_question_replaces_the_older(tmp_path):
    """Under the same number nothing of the older is told any more."""

    async def story(room):
        ann = room.join()
        say(room, ann, do="ask", items=["raci"], id=1)
        say(room, ann, do="ask", items=["shared_kpi"], id=1)
        told = [message.get("answer") or message.get("week") for message in await heard(ann, is_final)]
        assert {one["key"] for one in told if one} == {"shared_kpi"}

    working(tmp_path, story)


def test_how_sure_is_told_step_by_step_and_then_in_the_answer(tmp_path):
    """From then on every answer about the same says it."""

    async def story(room):
        ann = room.join()
        say(room, ann, do="sure", items=["raci"], id=1)
        told = await heard(ann, lambda message: message["type"] == "answer" and message["answer"]["sure"])
        steps = [(message["done"], message["total"]) for message in told if message["type"] == "sure"]
        assert steps == sorted(steps)
        assert told[-1]["answer"]["sure"] == {"points": 3, "of": "raci"}
        say(room, ann, do="ask", items=["raci"], id=2)
        again = await heard(ann, is_("answer"))
        assert again[-1]["answer"]["sure"]["points"] == 3

    working(tmp_path, story)


@pytest.mark.parametrize(
    ("do", "item", "words"),
    [
        ("ask", FAILS, "no luck"),
        ("ask", DIES, "ended twice"),
        ("ask", NO_WEEK, "memory"),
        ("sure", NO_SURE, "no luck"),
        ("ask", "rcai", "did you mean 'raci'"),
        ("ask", "departments.production.staff=1e9", "departments.production.staff"),
        ("ask", "name=/etc/passwd", "name"),
        ("ask", "../../etc/passwd", "passwd"),
        ("ask", "<script>alert(1)</script>", "script"),
    ],
)
def test_what_cannot_be_had_is_one_sentence_and_the_rest_goes_on(tmp_path, do, item, words):
    """In both languages, to whoever asked."""

    async def story(room):
        ann, bob = room.join(), room.join()
        say(room, ann, do=do, items=[item], id=5)
        say(room, bob, do="ask", items=["raci"], id=5)
        refused = (await heard(ann, is_("refused")))[-1]
        assert refused["id"] == 5
        assert words in refused["sentence"]["en"]
        assert len(refused["sentence"]["zh"].splitlines()) == 1
        assert all(message["type"] != "refused" for message in await heard(bob, is_final))

    working(tmp_path, story)


def test_how_sure_the_baseline_is_is_no_question(tmp_path):
    """There is nothing to be sure of."""

    async def story(room):
        ann = room.join()
        say(room, ann, do="sure", items=[], id=1)
        assert (await heard(ann, is_("refused")))[-1]["id"] == 1

    working(tmp_path, story)


def test_everything_on_the_screen_is_computed_ahead(tmp_path):
    """Once somebody has opened the page: all combinations of the switches, and their weeks."""

    async def story(room):
        assert (await room.frame("small"))["switches"] == list(SWITCHES)
        while not all(room.known.has(kind, one) for kind in ("answer", "week") for one in every(room)):
            await asyncio.sleep(0)

    def every(room):
        return [Subject("small", ""), *room.around.combined(Subject("small", ""))]

    room = working(tmp_path, story)
    assert len(every(room)) == 2 ** len(SWITCHES)


def test_a_frame_that_fails_is_told(tmp_path):
    """To everybody who waits for it."""
    room = a_room(tmp_path)

    class Broken(Here):
        async def do(self, unit):
            """Fail."""
            return await super().do(unit._replace(do="grow", subject=Subject("small", FAILS)))

    async def play():
        room._doers["numbers"] = Broken({"small": small_scenario()})
        room.start()
        found = await asyncio.gather(*(room.frame("small") for _ in range(3)), return_exceptions=True)
        await room.close()
        return found

    assert ["no luck" in str(one) for one in asyncio.run(play())] == [True] * 3


def test_whoever_leaves_or_drops_is_forgotten(tmp_path):
    """Nothing is held for those who are gone."""
    room = a_room(tmp_path)
    ann = room.join()
    say(room, ann, do="ask", items=["raci"], id=1)
    say(room, ann, do="sure", items=["raci"], id=2)
    say(room, ann, do="drop", id=2)
    assert RACI in room.agenda._asked[ann]
    assert not room.agenda._sure
    say(room, ann, do="drop", id=1)
    say(room, ann, do="drop", id=99)
    assert not room.agenda._asked[ann]
    room.leave(ann)
    assert not room._clients
    assert not room.agenda._asked


WRONG = {
    "nothing": "",
    "no JSON": "{",
    "a list": "[]",
    "a number": "7",
    "deep": "[" * 20_000,
    "no do": "{}",
    "a strange do": '{"do":{"a":1}}',
    "unknown": '{"do":"ask","scenario":"../../etc/passwd","items":[]}',
    "no scenario": '{"do":"ask","items":[]}',
    "a path": '{"do":"ask","scenario":"small","items":"raci"}',
    "numbers": '{"do":"ask","scenario":"small","items":[1]}',
    "half a letter": '{"do":"ask","scenario":"small","items":["\\ud800"]}',
    "a strange number": '{"do":"ask","scenario":"small","items":[],"id":[1]}',
    "a long number": json.dumps({"do": "ask", "scenario": "small", "items": [], "id": "x" * 1000}),
    "not a number": '{"do":"ask","scenario":"small","items":[],"id":NaN}',
    "too long": json.dumps({"do": "ask", "scenario": "small", "items": ["x" * MOST_BYTES]}),
    "many items": json.dumps({"do": "ask", "scenario": "small", "items": ["raci"] * 500}),
    "binary": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_is_not_understood_is_one_sentence(tmp_path, text):
    """And nothing else happens."""
    room = a_room(tmp_path)
    ann = room.join()
    room.hear(ann, text)
    (told,) = map(json.loads, ann._waiting.values())
    assert told["type"] == "refused"
    for sentence in told["sentence"].values():
        assert 0 < len(sentence) < 400
        assert len(sentence.splitlines()) == 1
    assert not ann.questions


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda one: st.lists(one) | st.dictionaries(st.text(), one)
    )
)
def test_any_json_is_understood_or_refused(said):
    """Nothing else can come of it."""
    with pytest.raises(NotUnderstoodError):
        read(*opened(json.dumps(said)), {"small"})


@given(
    st.fixed_dictionaries(
        {"do": st.sampled_from(["ask", "sure"]), "scenario": st.just("small"), "items": st.lists(st.text())}
    )
)
def test_any_items_are_texts(said):
    """Whatever letters they have."""
    try:
        assert read(*opened(json.dumps(said)), {"small"}).items == tuple(said["items"])
    except NotUnderstoodError:
        assert any("\ud800" <= letter <= "\udfff" for item in said["items"] for letter in item)


def test_a_slow_reader_gets_the_newest(tmp_path):
    """However much is told, little waits; the newer replaces the older of its kind."""
    client = Client()
    for number in range(50):
        client.ask(number, Question(RACI, ("raci",)))
        for n in range(20):
            client.put("answer", number, {"answer": {"n": n}})
        client.put("week", number, b'"week":{}}')
    waiting = [json.loads(text) for text in client._waiting.values()]
    assert len(waiting) <= len(KINDS) * MOST_NUMBERS
    assert {message["answer"]["n"] for message in waiting if message["type"] == "answer"} == {19}
    assert len(client.questions) == len(client.lacking) == MOST_NUMBERS


def test_what_has_been_answered_is_forgotten_before_what_waits():
    """However many questions come after it."""
    client = Client()
    client.ask("waits", Question(RACI, ("raci",)))
    for number in range(2 * MOST_NUMBERS):
        client.ask(number, Question(RACI, ("raci",)))
        for kind in ("answer", "week"):
            client.got(number, kind)
    assert client.lacking["waits"] == {"answer", "week"}
    assert len(client.questions) == MOST_NUMBERS


def test_what_comes_too_fast_waits():
    """Some messages at once are fine; then so many a second."""
    now = [0.0]
    client = Client(lambda: now[0])
    assert [client.pause() for _ in range(AT_ONCE)] == [0.0] * AT_ONCE
    assert client.pause() == pytest.approx(1 / RATE)
    now[0] += 3600
    assert [client.pause() for _ in range(AT_ONCE + 1)].count(0.0) == AT_ONCE
