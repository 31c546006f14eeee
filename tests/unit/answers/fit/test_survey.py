"""What answers say of assumptions: means with their errors, and pairs that differ by more than answers scatter."""

import numpy as np
import pytest

import sim
from sim.answers.fit.survey import drawn_together, survey_of
from sim.scenario.scenario import findings_in
from sim.scenario.uncertain import assumptions_of, changes_at

ORDERS = sim.load("order_delivery")
HEAD = "from,to,trust,levers.answer_latency\n"


def surveyed(folder, rows):
    """Return what a survey of these rows says."""
    file = folder / "survey.csv"
    file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return survey_of(file, ORDERS)


def test_a_mean_has_the_interval_of_its_answers(tmp_path):
    """Ten estimates, by Student's t as any textbook has it."""
    hours = [2.0, 2.5, 3.0, 3.5, 2.0, 2.5, 3.0, 3.5, 2.5, 3.0]
    (one,) = surveyed(tmp_path, [f",,,{hour}" for hour in hours]).narrowed
    half = 2.262157 * np.std(hours, ddof=1) / np.sqrt(10)
    assert (one.place, one.answers, one.before) == ("levers.answer_latency", 10, (1.0, 6.0))
    assert one.value == 2.75
    assert (one.low, one.high) == pytest.approx((2.75 - half, 2.75 + half), rel=1e-3)


@pytest.mark.parametrize("hours", [["3"], ["1", "6"]])
def test_few_answers_leave_the_range_as_it_was(tmp_path, hours):
    """One tells nothing of its error, and two that differ by all of the range hardly more."""
    (one,) = surveyed(tmp_path, [f",,,{hour}" for hour in hours]).narrowed
    assert (one.low, one.high) == (1.0, 6.0)


def test_people_who_all_say_the_same_are_no_more_exact_than_what_they_can_say(tmp_path):
    """Whole hours are between half an hour less and half an hour more."""
    (one,) = surveyed(tmp_path, [",,,3"] * 4).narrowed
    assert one.low == pytest.approx(3.0 - 3.182446 * np.sqrt(1.0 / 12.0 / 4.0), rel=1e-3)


def test_where_nobody_may_stand_no_range_goes(tmp_path):
    """What is known counts more than what is documented, but a lever keeps its bounds."""
    (one,) = surveyed(tmp_path, [f",,,{hour}" for hour in (9, 10, 11, 10, 9, 11)]).narrowed
    assert one.low > 6.0
    assert one.before == (1.0, 6.0)


def test_trust_is_narrowed_around_the_mean_of_pairs(tmp_path):
    """Pairs count alike, however many people answer; pairs that differ are written down, and all go along."""
    rows = ["sales,production,1,"] * 6 + ["sales,purchasing,4,"] * 2 + ["production,sales,3,"] * 2
    survey = surveyed(tmp_path, rows)
    (trust,) = survey.narrowed
    assert trust.value == pytest.approx((0.0 + 0.75 + 0.5) / 3.0, abs=1e-3)
    made = survey.applied(ORDERS)
    assert made.relations.trust == trust.value
    told = {(one.from_, one.to): one.trust for one in made.relations.pairs}
    assert told == dict(trust.pairs)
    assert 0.0 < told["sales", "production"] < told["production", "sales"] < told["sales", "purchasing"] < 0.75
    assert list(findings_in(made)) == []
    known = {one.place: one for one in assumptions_of(made)}
    assert (known["relations.trust"].low, known["relations.trust"].high) == (trust.low, trust.high)
    moved = changes_at(made, {"relations.trust": trust.value + 0.1})
    assert moved["relations.pairs[1].trust"] == pytest.approx(told["sales", "purchasing"] + 0.1)


def test_pairs_that_differ_no_more_than_answers_are_one():
    """The same two answers everywhere tell of no difference; with one answer each nothing tells at all."""
    assert drawn_together({("a", "b"): [0.25, 0.75], ("b", "a"): [0.75, 0.25]}, 0.0) == {}
    assert drawn_together({("a", "b"): [0.25], ("b", "a"): [0.75]}, 0.0) == {}


def test_pairs_are_drawn_together_by_as_much_as_their_answers_scatter():
    """By the components of variance, worked out by hand: within 0.02, between means 0.16 with two answers each."""
    answers = {("a", "b"): [0.0, 0.2], ("b", "a"): [0.4, 0.6], ("a", "c"): [0.8, 1.0]}
    apart = (2 * 0.16 - 0.02) / 2.0
    kept = apart / (apart + 0.02 / 2.0)
    found = drawn_together(answers, 0.0)
    assert found["a", "b"] == pytest.approx(0.5 - 0.4 * kept, abs=1e-3)
    assert found["b", "a"] == 0.5
