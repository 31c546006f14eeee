"""What is uncertain: which ranges there are, what a scenario may say about them, and how values are put to work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.interventions import INTERVENTIONS, Raci
from sim.scenario import ScenarioError, load
from sim.scenario.uncertain import Assumption, assumptions_of, changes_at, dosed
from sim.spec.levers import LEVERS
from sim.words import Text
from tests.worlds.fakes import small_scenario

NOTHING = Text("", "")


def by_place(scenario, tried=()):
    """Return the assumptions by place."""
    return {one.place: one for one in assumptions_of(scenario, tried)}


@pytest.mark.parametrize("name", ["order_delivery", "trust_trap"])
def test_every_range_holds_what_is_said_and_is_allowed(name):
    """No range leaves out the scenario itself, or leads beyond what a file may say."""
    scenario = load(name)
    for one in assumptions_of(scenario, [cls() for kind, cls in INTERVENTIONS.items() if kind != "custom"]):
        assert one.low <= one.here <= one.high
        for end in (one.low, one.high):
            scenario.changed(changes_at(scenario, {one.place: end}))
        assert one.label.en
        assert one.label.zh


def test_documented_ranges_are_those_of_the_catalogue():
    """Where a scenario says nothing else, a lever may be where its plausible range says."""
    found = by_place(small_scenario())
    for name in ("latency", "severity", "trust_loss"):
        one = found[f"levers.{name}"]
        assert (one.low, one.high) == LEVERS[name].plausible


def test_a_range_is_stretched_to_what_the_scenario_says():
    """Somebody who sets a lever beyond its plausible range has a reason."""
    assert by_place(small_scenario(levers={"latency": 30.0}))["levers.latency"].high == 30.0


def test_ranges_follow_the_pace():
    """At a counter, latencies are short, and so are their ranges."""
    low, high = LEVERS["latency"].plausible
    one = by_place(small_scenario(pace=0.125))["levers.latency"]
    assert (one.low, one.high) == (low / 8, high / 8)


def test_what_is_left_out_stays_out():
    """Mechanisms that are off, figures of rules that nobody follows, and everything in a neutral network."""
    assert assumptions_of(small_scenario(levers={"preset": "neutral"})) == ()
    found = by_place(small_scenario())
    assert not {"levers.overhead", "levers.escalation", "levers.tier1_hours", "levers.agreement_hours"} & set(found)
    assert "levers.tier1_hours" in by_place(small_scenario(levers={"escalation": 0.5}))
    assert "levers.follow_through" not in found
    assert "levers.follow_through" in by_place(small_scenario(levers={"follow_through": 0.8}))


def test_a_scenario_narrows_ranges_and_names_others():
    """What the client knows counts, of levers, staff, doses and measures."""
    known = {
        "levers.latency": [3, 5],
        "departments.sales.staff": [1, 3],
        "raci.clarity": [0.4, 0.7],
        "trust": [0.2, 0.4],
    }
    found = by_place(small_scenario(ranges=known), [Raci()])
    assert (found["levers.latency"].low, found["levers.latency"].high) == (3.0, 5.0)
    assert found["departments.sales.staff"].whole
    assert found["departments.sales.staff"].here == 2
    assert found["raci.clarity"].stated
    assert "trust" not in found
    assert "raci.clarity" not in by_place(small_scenario(ranges=known))


@pytest.mark.parametrize(
    ("ranges", "said"),
    [
        ({"levers.latncy": [1, 2]}, "levers.latency"),
        ({"departments.sales.calendar": [1, 2]}, "no number stands there"),
        ({"nonsense": [1, 2]}, "no number stands there"),
        ({"a b": [1, 2]}, "no number stands there"),
        ({"levers.clarity": [0.1, 2]}, "from 0 to 1"),
        ({"raci.clarity": [0.1, 2]}, "at most 1"),
        ({"departments.sales.staff": [0, 3]}, "at least 1"),
        ({"departments.sales.stuff": [1, 3]}, "departments.sales.staff"),
        ({"raci.claritee": [0.1, 0.2]}, "raci.clarity"),
        ({"on_time_taget": [0.1, 0.2]}, "on_time_target"),
        ({"on_time_target": [75, 85]}, "the measure is a share"),
        ({"kpi_sales": [75, 85]}, "the measure is a share"),
        ({"horizon_weeks": [5, 9]}, "no number stands there"),
        ({"levers.clarity": [0.5, 0.1]}, "lowest and the highest"),
        ({"levers.clarity": [0.5]}, "lowest and the highest"),
        ({"levers.clarity": "all"}, "lowest and the highest"),
    ],
)
def test_ranges_that_mean_nothing_are_refused_in_a_sentence(ranges, said):
    """With the place, and what would have been right."""
    with pytest.raises(ScenarioError, match=said) as refused:
        load("order_delivery", changes={"ranges": ranges})
    assert next(iter(ranges)) in str(refused.value)


def test_a_range_that_leaves_out_the_scenario_is_warned_of():
    """It is allowed, and looks wrong."""
    from sim.scenario import findings_in

    found = findings_in(small_scenario(ranges={"levers.latency": [5, 6]}))
    assert [one.severity for one in found if "levers.latency" in map(str, one.path)] == ["warning"]


def test_departments_with_a_value_of_their_own_go_along():
    """By the same factor in hours, by as much in shares, and never beyond what is allowed."""
    scenario = small_scenario(
        departments={
            "sales": {"staff": 2, "levers": {"latency": 8.0, "clarity": 0.9}},
            "production": {"staff": 4},
        }
    )
    found = changes_at(scenario, {"levers.latency": 2.0, "levers.clarity": 0.5})
    assert found["departments.sales.levers.latency"] == 4.0
    assert found["departments.sales.levers.clarity"] == 1.0
    assert scenario.changed(found).lever("latency", "sales") == 4.0


def test_doses_that_are_stated_stay():
    """Half-hearted is what was asked for."""
    values = {"raci.adoption.fidelity": 0.6, "raci.clarity": 0.4}
    assert dosed(Raci(), values).adoption.fidelity == 0.6
    assert dosed(Raci(), values).clarity == 0.4
    stated = dosed(Raci(adoption={"fidelity": 0.3}), values)
    assert (stated.adoption.fidelity, stated.clarity) == (0.3, 0.4)
    assert "raci.adoption.fidelity" not in by_place(small_scenario(), [Raci(adoption={"fidelity": 0.3})])


@given(st.floats(0, 1), st.integers(-5, 5), st.integers(0, 9))
def test_values_lie_in_their_range(share, low, size):
    """Whole numbers are whole, and both ends can be met."""
    whole = Assumption("x", low, low + size, low, NOTHING, whole=True)
    assert isinstance(whole.at(share), int)
    assert low <= whole.at(share) <= low + size
    assert low <= Assumption("x", low, low + size, low, NOTHING).at(share) <= low + size
    assert {whole.at(0.0), whole.at(1.0)} == {low, low + size}
