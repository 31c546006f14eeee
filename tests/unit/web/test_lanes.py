"""Processes in small: a step stands in the lane of who does it, right of what comes before, on a place of its own."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario import load, shipped
from sim.spec.process import Process
from sim.web.lanes import BOX, MOST_ROWS, drawn, lanes_of

SHIPPED = [(name, *one) for name in shipped() for one in load(name).processes.items()]


def process(steps):
    """Return a process of steps."""
    return Process.model_validate({"demand": {"per_week": 1}, "steps": steps})


def has_room(plan, one):
    """See that steps stand apart, each in its lane."""
    assert len(set(plan.places.values())) == len(plan.places) == len(one.steps)
    for name, (_, lane, row) in plan.places.items():
        assert plan.lanes[lane] == one.steps[name].R.partition(".")[0]
        assert 0 <= row < plan.rows[lane] <= MOST_ROWS
    for before, after in plan.on:
        assert plan.places[before].column < plan.places[after].column, (before, after)


@pytest.mark.parametrize(("scenario", "name", "one"), SHIPPED, ids=lambda one: one if isinstance(one, str) else "")
def test_every_shipped_process_has_room(scenario, name, one):
    """And is drawn with a number for each step."""
    plan = lanes_of(one)
    has_room(plan, one)
    text = drawn(one, {lane: lane for lane in plan.lanes})
    assert re.findall(r'y="[^"]*">(\d+)<', text) == [str(n + 1) for n in range(len(one.steps))], (scenario, name)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sets(st.integers(0, 9))), min_size=1, max_size=10))
def test_any_order_of_steps_has_room(found):
    """Branches beside each other in one department as well."""
    steps = {
        f"s{k}": {"R": who, "work": 1.0, "needs": [f"s{one}" for one in before if one < k]}
        for k, (who, before) in enumerate(found)
    }
    one = process(steps)
    has_room(lanes_of(one), one)


def test_what_need_not_wait_for_each_other_stands_above_one_another():
    """Also in one department; too many take the next column, and boxes touch no others."""
    branch = {"R": "a", "work": 1.0, "needs": ["begin"]}
    steps = {"begin": {"R": "a", "work": 1.0}, **{f"b{k}": branch for k in range(MOST_ROWS + 1)}}
    one = process({**steps, "on": {**branch, "needs": ["b1"]}, "join": {"R": "c", "work": 1.0, "needs": ["b0", "b1"]}})
    plan = lanes_of(one)
    has_room(plan, one)
    assert plan.rows == (MOST_ROWS, 1)
    assert [plan.places[f"b{k}"][::2] for k in range(MOST_ROWS + 1)] == [*((1, k) for k in range(MOST_ROWS)), (2, 0)]
    assert plan.places["on"] == (2, 0, 1)  # it goes on in its row
    tops = sorted({float(y) for y in re.findall(r'<rect[^>]* y="([^"]*)"', drawn(one, {"a": "A", "c": "C"}))})
    assert len(tops) == MOST_ROWS + 1
    assert all(low + BOX < high for low, high in pairwise(tops))


def test_what_is_sent_back_goes_back():
    """Whether a step sends back or chance decides; what leads to itself is no way."""
    make, test = {"R": "a", "work": 1.0}, {"R": "b", "work": 1.0}
    tested = process({"make": make, "test": {**test, "needs": ["make"], "sends_back": {"to": "make", "share": 0.3}}})
    assert lanes_of(tested).back == (("test", "make"),)
    ways = {"make": {**make, "next": {"test": 0.9, "make": 0.1}}, "test": {**test, "next": {"make": 0.3}}}
    by_chance = lanes_of(process(ways))
    assert (by_chance.on, by_chance.back) == ((("make", "test"),), (("test", "make"),))
    assert drawn(tested, {"a": "A", "b": "B"}).count('class="back"') == 1


def test_who_is_asked_has_a_ring():
    """In their lane, where nothing else stands; a department of which a director approves has none."""
    sign = {"R": "a", "A": "a.director", "C": ["b", "c"], "work": 1.0}
    plan = lanes_of(process({"sign": sign, "check": {"R": "b", "work": 1.0}}))
    assert (plan.lanes, plan.asked) == (("a", "b", "c"), (("sign", 1), ("sign", 2)))
    check, close = {"R": "b", "work": 1.0}, {"R": "a", "work": 1.0, "needs": ["sign", "check"]}
    beside = process({"sign": sign, "check": check, "close": close})
    assert lanes_of(beside).asked == (("sign", 2),)
    assert drawn(beside, dict.fromkeys("abc", "")).count("<circle") == 1


def test_names_are_text_and_have_room():
    """A long one is cut."""
    text = drawn(process({"make": {"R": "a", "work": 1.0}}), {"a": "<b>" + "long " * 9})
    assert "<b>" not in text
    assert "long…" in text
