"""Figures that a story asks for, what it expects of them, and what it becomes for the page."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.web.asked import asked_of
from sim.web.frame import frame_of
from sim.web.shown import PARTS, measures_shown
from sim.web.story.expecting import VERDICTS, expectation_of
from sim.web.story.figures import Figure, figure_of, figures_in, known_figures, stray_in, value_of
from sim.web.story.reading import load_story
from sim.web.story.told import Checked, items_of, story_told
from sim.web.workshop.posing import question_of, wish_in
from tests.worlds.tales import GOOD, changed

SCENARIO = sim.load("order_delivery")
KNOWN = known_figures(SCENARIO)
FRAME = {"people": 41, "weeks": {"horizon": 50}}
PLAIN = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=12)
FIGURES = st.builds(Figure, st.sampled_from(KNOWN), st.sampled_from(["", "roles", "all_four"]))


def an_answer(items=(), verdict="better", hours=10.0):
    """Return an answer in which every part of the ledger takes as long."""
    on = bool(items)
    one = {"now": 80.0, **dict.fromkeys(("then", "diff", "low", "high"), 3.0 if on else None)}
    one |= {"verdict": verdict if on else None, "better": [3, 4] if on else None}
    ledger = {"now": [hours] * len(PARTS), "then": [hours - 1] * len(PARTS) if on else None}
    measures = dict.fromkeys(measures_shown(SCENARIO), one)
    trust = [[0, 1, 30, 26, 37 if on else None], [0, 2, 30, 28, 39 if on else None]]
    return {"n": 200, "trust": trust, "cost": {"hours": 4.0, "money": 5}, "measures": measures, "ledger": ledger}


def story(tmp_path, text=GOOD):
    """Return a story."""
    (tmp_path / "story.yaml").write_text(text, encoding="utf-8")
    return load_story(tmp_path / "story.yaml")


@given(st.lists(st.tuples(PLAIN, FIGURES), max_size=5), PLAIN)
def test_figures_are_found_in_whatever_stands_around_them(pieces, rest):
    """In their order; no brace is left over, and a stray one is told."""
    text = "".join(f"{plain}{{{figure.whole}}}" for plain, figure in pieces) + rest
    assert list(figures_in(text)) == [figure for _, figure in pieces]
    assert stray_in(text) == ""
    assert stray_in(f"{text}{{") == "{"
    assert stray_in(f"}}{text}") == "}"


@pytest.mark.parametrize("name", KNOWN)
def test_every_known_figure_is_in_an_answer(name):
    """Where nothing is on only those that need no change, and all of them otherwise."""
    figure = figure_of(name)
    assert value_of(figure, an_answer(["raci"]), FRAME) is not None
    if not figure.needs_change:
        assert value_of(figure, an_answer(), FRAME) is not None


def test_hours_are_those_of_a_part_or_of_all():
    """Their change is what comes after without what was before."""
    answer = an_answer(["raci"])
    assert value_of(figure_of("hours.answer.now"), answer, FRAME) == 10.0
    assert value_of(figure_of("hours.now"), answer, FRAME) == 10.0 * len(PARTS)
    assert value_of(figure_of("hours.diff"), answer, FRAME) == -len(PARTS)
    assert value_of(figure_of("hours.answer.diff.number"), answer, FRAME) == -1.0


@given(st.floats(allow_nan=False), st.floats(allow_nan=False, allow_infinity=False))
def test_above_and_below_are_never_both_so(value, limit):
    """And neither is where both are the same, or where nothing is known."""
    above, below = (expectation_of("hours.now", (f"{word} {limit!r}",)) for word in ("above", "below"))
    assert above.holds(value) is (value > limit)
    assert below.holds(value) is (value < limit)
    assert above.holds(None) is None


@given(st.lists(st.sampled_from(VERDICTS), min_size=1, max_size=3), st.sampled_from(VERDICTS))
def test_a_verdict_is_one_of_those_expected(wanted, found):
    """Whatever their order."""
    assert expectation_of("lead_time_mean", tuple(wanted)).holds(found) is (found in wanted)


@given(st.text(max_size=12))
def test_what_is_not_understood_is_no_expectation(text):
    """Whatever is neither a verdict nor a comparison."""
    found = expectation_of("hours.now", (text,))
    assert found is None or text in VERDICTS or text.strip().startswith(("above ", "below "))


def test_a_story_is_told_as_plain_data(tmp_path):
    """Items are written in the one way that stands for all; texts are in both languages."""
    told = story_told(story(tmp_path), SCENARIO, opens=True)
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    roles, which = told["pages"][1:]
    assert roles["items"] == list(asked_of(SCENARIO, ["shared_kpi", "raci"]).items)
    assert (roles["id"], roles["at"], roles["show"]) == ("roles", 35.0, ["on_time_target"])
    assert roles["expects"][1] == {"figure": "cost.hours", "above": 3.0}
    assert [one["id"] for one in which["bet"]["choices"]] == ["a", "b"]
    assert which["title"] == {"en": "Which?", "zh": "Which?"}
    assert items_of(story(tmp_path), SCENARIO) == ["shared_kpi", "raci", "daily_standup", "raci:clarity=0.7"]


@pytest.mark.parametrize("measure", measures_shown(SCENARIO))
def test_wall_and_phones_offer_the_same_directions(tmp_path, measure):
    """The same words in the same order under the same ids, from up to down, whatever is better."""
    text = changed("measure: on_time_target", f"measure: {measure}")
    offered = story_told(story(tmp_path, text), SCENARIO)["pages"][1]["bet"]["choices"]
    wish = wish_in({"kind": "direction", "scenario": SCENARIO.name, "measure": measure, "items": ["raci"]})
    posed = question_of(wish, 1, SCENARIO, frame_of(SCENARIO, 6, 1)["measures"], {})
    assert offered == [one.model_dump(mode="json") for one in posed.choices]
    assert [one["label"]["en"] for one in offered] == ["higher", "about the same", "lower"]


def checked(tmp_path, text=GOOD, **more):
    """Return a story beside made-up answers."""
    return Checked(story(tmp_path, text), SCENARIO, lambda key: an_answer(key.split("+") if key else (), **more), FRAME)


def test_what_is_expected_and_not_so_is_told(tmp_path):
    """With what was found instead; what is so is not."""
    assert checked(tmp_path).contradicted() == []
    (found,) = checked(tmp_path, verdict="worse").contradicted()
    assert (found.page, found.value, found.expectation.verdicts) == ("roles", "worse", ("better", "small"))
    (dear,) = checked(tmp_path, changed("above 3", "above {roles:hours.now}")).contradicted()
    assert (dear.page, dear.value) == ("roles", 4.0)


def test_every_figure_of_a_story_is_there(tmp_path):
    """Where answers say something about it."""
    assert checked(tmp_path).unfilled() == []
    nothing = Checked(story(tmp_path), SCENARIO, lambda _key: an_answer(), FRAME)
    assert ("roles", "on_time_target.then.number") in nothing.unfilled()
