"""A kick-off is held once for all and fades, or for every case and stays."""

import pytest

import sim
from sim.interventions import Adoption, Kickoff
from sim.interventions.shapes import GLOW, HABIT
from sim.scenario import dump, loads


def minutes_of(one: Kickoff) -> dict[str, float]:
    """Return the minutes a week that it takes of all people of each department together, in its first weeks."""
    scenario = sim.load("order_delivery")
    taken = dict.fromkeys(scenario.departments, 0.0)
    for edit in one.edits(scenario):
        if edit.lever == "overhead":
            for name in edit.where or tuple(taken):
                taken[name] += edit.strength * 60.0 * 40.0 * scenario.departments[name].staff
    return taken


def test_once_it_takes_everybody_and_fades() -> None:
    """Two hours and half as much again of each of five in sales, spread over four weeks."""
    assert minutes_of(Kickoff())["sales"] == pytest.approx(5 * 120 * 1.5 / 4)
    assert Kickoff().adoption == GLOW


def test_for_every_case_it_takes_one_of_each_department_and_stays() -> None:
    """24 orders a week for one of five in sales; finance has nothing to do in either process."""
    each = minutes_of(Kickoff(each_case=True))
    assert each["sales"] == pytest.approx(24 * 120 * 1.5)
    assert each["finance"] == 0.0
    assert Kickoff(each_case=True).adoption == HABIT


def test_what_is_said_of_how_it_takes_hold_counts() -> None:
    """All of it, or one figure, whether or not every case begins with one; read again it is the same."""
    slow = Adoption(fidelity=0.3, ramp_weeks=9.0)
    assert Kickoff(each_case=True, adoption=slow).adoption == slow
    for one in (
        Kickoff(each_case=True, adoption={"fidelity": 0.5}),
        Kickoff(preset="project", adoption={"fidelity": 0.5}),
    ):
        assert one.adoption == HABIT.model_copy(update={"fidelity": 0.5})
        scenario = sim.load("order_delivery").with_interventions([one])
        assert loads(dump(scenario)).interventions[-1].adoption == one.adoption
    assert Kickoff(adoption={"fidelity": 0.5}).adoption == GLOW.model_copy(update={"fidelity": 0.5})
