"""A workshop: what may happen in it, who was right, what people are told, and that its log makes it once more."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.characters import steering
from sim.web.workshop.doors import new_keys
from sim.web.workshop.events import MOST_LETTERS, Named, Noted, Placed, Posed, Turned, cleaned, line_of, written
from sim.web.workshop.journal import (
    RESUMED,
    Journal,
    JournalError,
    new_place,
    place_of_lately,
    port_of,
    read,
)
from sim.web.workshop.outcome import hits, result_of, shown_of, tried
from sim.web.workshop.told import for_guests, for_host, own_part
from sim.web.workshop.workshop import MOST_CHANGES, MOST_PEOPLE, MOST_QUESTIONS, Workshop
from tests.worlds.betting import CHOICES, a_workshop, at, bet, events, question, result


def state_of(workshop):
    """Return everything that a workshop knows."""
    rounds = {
        name: (one.question, one.at, one.state, one.bets, one.notes, one.result)
        for name, one in workshop.rounds.items()
    }
    return rounds, workshop.names, workshop.began


@given(st.lists(events(), max_size=40))
def test_a_log_makes_the_same_workshop_once_more(happened):
    """Line by line, whatever happened; what could not happen leaves everything as it was."""
    made = a_workshop()
    lines = [at(made.began)]
    for event in happened:
        before = json.dumps(for_host(made)), dict(made.names)
        if made.take(at(event)):
            lines.append(at(event))
        else:
            assert (json.dumps(for_host(made)), dict(made.names)) == before
    first, *rest = [line_of(written(one)) for one in lines]
    again = Workshop(first.event, first.at)
    assert all(map(again.take, rest))
    assert state_of(again) == state_of(made)


@given(st.lists(events(), max_size=40))
def test_one_question_at_a_time_is_open_and_bets_are_counted_once(happened):
    """Whatever people do: every shown distribution sums to those who bet, and each of them counts once."""
    made = a_workshop()
    for event in happened:
        made.take(at(event))
        assert sum(one.state == "open" for one in made.rounds.values()) <= 1
        for one in made.rounds.values():
            shown = shown_of(one, made.names)
            counted = sum(shown["counts"].values()) + sum(count for _, count in shown["values"])
            assert counted == len(one.bets)
            assert shown["hits"] is None or 0 <= shown["hits"] <= len(one.bets)


@given(st.lists(events(), max_size=40))
def test_guests_are_told_nothing_before_it_is_revealed(happened):
    """Neither what comes out nor how the others bet, nor what the host noted down; nor what would be tried."""
    made = a_workshop()
    for event in happened:
        made.take(at(event))
    told = for_guests(made)
    for one in (told["question"], *told["past"]):
        if one is not None and one["state"] != "revealed":
            assert one["shown"] is None
            assert not any(one["notes"].values())
            assert one["items"] == [] == [item for choice in one["choices"] for item in choice["items"]]
    assert all(one["state"] == "revealed" for one in told["past"])
    assert "hypothesis" not in (told["question"] or {"notes": {}})["notes"]


def test_what_is_past_does_not_make_news_long():
    """Every bet is told to everybody: however much was said before, that takes a few thousand letters."""
    made = a_workshop()
    for number in range(1, 30):
        made.take(at(Posed(question=question(number=number))))
        for person in range(40):
            said = Placed(question=f"q{number}", person=f"p{person}", choice="better", why="so " * 60)
            assert made.take(at(said))
        if number < 29:
            made.take(at(Turned(do="reveal", question=f"q{number}")))
    assert len(json.dumps(for_guests(made))) < 10_000


def test_a_bet_is_for_the_question_that_is_open():
    """And can be changed until it is closed; what is none of its answers is no bet."""
    made = a_workshop(Posed(question=question()), bet(), bet(choice="worse"))
    assert made.rounds["q1"].bets["ann"].choice == "worse"
    for wrong in (bet(choice="a"), bet(choice=None, value=3.0), bet(choice=None), bet(number=2)):
        assert made.refused(wrong)
    assert made.take(at(Turned(do="close", question="q1")))
    assert made.refused(bet())
    assert made.take(at(Turned(do="reopen", question="q1")))
    assert not made.refused(bet())


@pytest.mark.parametrize("value", [-0.1, 100.1, None])
def test_a_size_is_on_its_scale(value):
    """Nothing else is one."""
    made = a_workshop(Posed(question=question("size")))
    assert made.refused(bet(choice=None, value=value))
    assert not made.refused(bet(choice=None, value=100.0))


def test_the_next_question_closes_the_one_before():
    """It can still be revealed later, and the newest that was not taken back is the current one."""
    made = a_workshop(Posed(question=question()), Posed(question=question("poll", 2)))
    assert (made.rounds["q1"].state, made.current.question.id) == ("closed", "q2")
    assert made.take(at(Turned(do="withdraw", question="q2")))
    assert made.current.question.id == "q1"
    assert made.take(at(Turned(do="reveal", question="q1")))
    assert made.refused(Turned(do="reopen", question="q1"))


def test_nobody_fills_the_memory():
    """People, changes and questions have a limit that is told."""
    made = a_workshop(Posed(question=question()), *(bet() for _ in range(MOST_CHANGES)))
    assert made.refused(bet())
    for n in range(MOST_PEOPLE - 1):
        assert made.take(at(Named(person=f"p{n}", name="x")))
    assert made.refused(Named(person="another", name="x"))
    assert made.refused(bet(person="another"))
    assert not made.refused(Named(person="p1", name="y"))
    for n in range(2, MOST_QUESTIONS + 1):
        assert made.take(at(Posed(question=question(number=n))))
    assert made.refused(Posed(question=question(number=MOST_QUESTIONS + 1)))


@pytest.mark.parametrize(
    ("verdict", "diff", "right"),
    [
        ("better", 3.0, ("better",)),
        ("but", 3.0, ("better",)),
        ("worse", -3.0, ("worse",)),
        ("small", 0.2, ("same",)),
        ("unclear", 0.1, ("same",)),
        ("unknown", 3.0, ()),
        ("changed", 3.0, ("more",)),
        ("changed", -3.0, ("less",)),
    ],
)
def test_a_direction_is_right_by_the_verdict(verdict, diff, right):
    """What cannot be told is about the same; where nothing was tested nobody is right."""
    answer = {
        "n": 20,
        "wanted": 200,
        "state": "growing",
        "measures": {"on_time_target": {"verdict": verdict, "diff": diff}},
    }
    assert result_of(question(), {"": answer}).right == right


def test_a_size_is_right_within_two_steps():
    """To the digit, both ends included."""
    made = a_workshop(Posed(question=question("size")))
    for n, value in enumerate((83.9, 84.0, 86.0, 88.0, 88.1)):
        assert made.take(at(bet(f"p{n}", choice=None, value=value)))
    made.rounds["q1"].result = result(right=())
    assert hits(made.rounds["q1"]) == 3
    assert shown_of(made.rounds["q1"], {})["median"] == 86.0


@pytest.mark.parametrize(("better", "right"), [("higher", ("b", "c")), ("lower", ("a",))])
def test_which_does_most_and_what_cannot_be_told_from_it(better, right):
    """An alternative whose interval reaches as far as the best one's difference is right as well."""
    one = question("which")
    one = one.model_copy(update={"measure": one.measure.model_copy(update={"better": better})})
    numbers = {"a": (1.0, 0.5, 1.5), "b": (5.0, 4.0, 6.0), "c": (4.5, 3.5, 5.5)}
    answers = {
        name: {
            "n": 8,
            "wanted": 200,
            "state": "growing",
            "measures": {"on_time_target": {"then": 80 + diff, "diff": diff, "low": low, "high": high}},
        }
        for name, (diff, low, high) in numbers.items()
    }
    assert result_of(one, {"a": answers["a"]}) is None
    assert result_of(one, answers).right == right
    assert result_of(one, answers).of == {"a": 81.0, "b": 85.0, "c": 84.5}


@pytest.mark.parametrize("kind", list(CHOICES))
def test_what_the_model_is_asked(kind):
    """One thing or one for each choice; a poll nothing."""
    asked = tried(question(kind))
    assert list(asked) == {"which": ["a", "b", "c"], "poll": []}.get(kind, [""])


def test_everybody_is_told_their_own():
    """And nobody else's."""
    made = a_workshop(Posed(question=question()), bet(why="because"), Named(person="ann", name="Ann"))
    assert own_part(made, "ann") == {"mine": {"choice": "better", "value": None, "why": "because"}, "name": "Ann"}
    assert own_part(made, "bob") == {"mine": None, "name": ""}
    assert "because" not in json.dumps(for_guests(made))


@given(st.text(max_size=60), st.booleans())
def test_texts_of_people_steer_nothing(text, lines):
    """Whatever they hold; breaks stay only where several lines are wanted, and cleaning twice is cleaning once."""
    plain = cleaned(text, 200, lines)
    assert steering(plain) is None
    assert lines or "\n" not in plain
    assert cleaned(plain, 200, lines) == plain


@pytest.mark.parametrize("wrong", [None, 3, ["x"], "x" * (MOST_LETTERS["name"] + 1)])
def test_what_is_no_text_or_too_long_is_refused(wrong):
    """By the length that the field has."""
    with pytest.raises(ValueError):
        Named(person="ann", name=wrong)


def test_a_log_on_disk_is_gone_on_with(tmp_path):
    """Also when its last line was cut off, or one in the middle damaged; only its owner may read it."""
    path = tmp_path / "rooms" / "log.jsonl"
    made = a_workshop(Posed(question=question()), bet())
    journal = Journal(path)
    for event in (made.began, Posed(question=question()), bet(), Noted(question="q1", field="finding", text="a\nb")):
        journal.add(event)
    journal.close()
    assert path.stat().st_mode & 0o077 == 0
    content = path.read_bytes()
    again, damaged = read(path)
    assert (damaged, again.rounds["q1"].notes["finding"], len(again.rounds["q1"].bets)) == (0, "a\nb", 1)
    path.write_bytes(content[:-20])
    again, damaged = read(path)
    assert (damaged, again.rounds["q1"].notes["finding"]) == (1, "")
    journal = Journal(path)
    journal.add(bet(person="bob"))
    journal.close()
    again, damaged = read(path)
    assert (damaged, len(again.rounds["q1"].bets)) == (1, 2)


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00\xff", b"[" * 100_000, b'{"at":"","event":{"do":"name"}}\n'])
def test_what_is_no_log_is_told_in_one_sentence(tmp_path, content):
    """And left alone."""
    path = tmp_path / "log.jsonl"
    path.write_bytes(content)
    with pytest.raises(JournalError) as refused:
        read(path)
    assert str(path) in refused.value.said("en")
    assert "\n" not in refused.value.said("zh")
    assert path.read_bytes() == content


def test_where_nothing_can_be_written_it_goes_on(tmp_path):
    """And says why."""
    (tmp_path / "file").write_text("x")
    journal = Journal(tmp_path / "file" / "log.jsonl")
    assert journal.add(bet()).event == bet()
    assert journal.failure


def test_the_log_of_lately_is_found_again(tmp_path):
    """Of the same scenario, with the port at which it was; nothing of long ago, and no rehearsal of the morning."""
    assert place_of_lately("small", tmp_path) is None
    first = new_place("small", tmp_path)
    journal = Journal(first)
    journal.add(new_keys("1.0", 8765))
    journal.close()
    assert place_of_lately("small", tmp_path) == first
    assert port_of(first) == 8765
    assert place_of_lately("other", tmp_path) is None
    assert new_place("small", tmp_path) != first
    assert new_place("../small", tmp_path).parent == tmp_path
    long_ago = first.stat().st_mtime - RESUMED - 60
    os.utime(first, (long_ago, long_ago))
    assert place_of_lately("small", tmp_path) is None
    first.write_bytes(b"nonsense")
    assert port_of(first) is None
    assert port_of(tmp_path / "nothing") is None
