"""What can be asked of a sensitivity analysis, and what is said of the rest."""

import pytest

import sim
from sim.answers.sensitivity.asked import asked, items_of, ranges_of
from sim.experiments.reading import plan_of
from sim.spec.findings import TextError
from sim.study.alternatives import parse_alternative

FIRM = sim.load("trust_trap")
TWO = ("levers.latency", "relations.trust")


def test_all_assumptions_vary_where_nobody_says_which():
    """Those of the organization, and doses of what is tried, which nobody states."""
    alone, tried = asked(FIRM, None, None, (), 1), asked(FIRM, "raci", None, (), 1)
    assert len(alone.places) > 50
    assert set(tried.places) - set(alone.places) == {"raci.adoption.fidelity"}
    assert (alone.sides, tried.sides) == (1, 2)


def test_a_range_that_is_given_holds():
    """For an assumption and for any other number of the file; whoever gives none has the one that is known."""
    staff = "departments.production.staff"
    found = asked(FIRM, None, ["levers.latency=1..9", f"{staff}=9..14", "relations.trust"], (), 1)
    limits = [(one.place, one.low, one.high, one.whole) for one in found.assumptions]
    assert limits == [("levers.latency", 1, 9, False), (staff, 9, 14, True), ("relations.trust", 0.0, 0.25, False)]
    assert asked(FIRM, None, {"levers.latency": (1, 9), "relations.trust": None}, (), 1).assumptions[0].high == 9


def test_every_point_meets_both_sides():
    """In each of the three experiments, one after the other; what is not looked at alone goes together."""
    question = asked(FIRM, "raci+levers.clarity=0.5", [*TWO, "levers.trust_loss"], ("trust",), 1)
    for made, drawn in (
        (question.screening(3, 2), 3 * 4),
        (question.indices(TWO, 4, 2), 4 * 5),
        (question.ends(TWO, 2), 5),
    ):
        plan = plan_of(made)
        rows = plan.design.rows
        assert len(rows) == 2 * drawn
        assert [row["change"] for row in rows[:4]] == [False, True, False, True]
        assert all(even.items() ^ odd.items() == {("change", False), ("change", True)}
                   for even, odd in zip(rows[::2], rows[1::2], strict=True))  # fmt: skip
        assert len(plan.scenario(plan.point(1)).interventions) == 1
    assert question.exchanged(TWO) == [*TWO, "*"]


def test_an_alternative_is_what_a_comparison_takes_for_it():
    """Interventions with their doses, and values by place."""
    found = items_of(parse_alternative("Roles=raci:clarity=0.7+departments.production.staff=15"))
    assert found[0].clarity == 0.7
    assert found[1:] == [{"departments.production.staff": 15}]


WRONG = [
    ("levers.latncy", "did you mean 'levers.latency'"),
    ("departments.production.staff", "any number varies"),
    ("levers.latency=9..2", "the lower number first"),
    ("levers.latency=4", "PLACE=LOW..HIGH"),
    ("levers.latency=a..b", "PLACE=LOW..HIGH"),
    ("relations.trust=0.1..7", "at most 1"),
]


@pytest.mark.parametrize(("over", "sentence"), WRONG)
def test_what_cannot_vary_is_told_in_a_sentence(over, sentence):
    """With what is allowed instead."""
    with pytest.raises((TextError, sim.scenario.ScenarioError), match=sentence) as refused:
        asked(FIRM, None, [over, "levers.clarity"], (), 1)
    assert "\n" not in str(refused.value)


def test_one_assumption_is_not_enough_and_a_whole_scenario_is_too_much():
    """Since nothing is compared with anything then."""
    with pytest.raises(TextError, match="at least 2"):
        asked(FIRM, None, ["levers.latency"], (), 1)
    with pytest.raises(TextError, match="whole scenario 'order_delivery'"):
        asked(FIRM, sim.load("order_delivery"), None, (), 1)


def test_texts_and_mappings_say_the_same_of_ranges():
    """And nothing is nothing."""
    assert ranges_of(["a.b=1..2", "c.d"]) == ranges_of({"a.b": (1.0, 2.0), "c.d": None})
    assert ranges_of(None) == {}
