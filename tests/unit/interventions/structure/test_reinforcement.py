"""Who is sent to help comes where it is said, or where steps fill most of the time, and costs more than the others."""

import numpy as np
import pytest

import sim
from sim.interventions import Reinforcement
from sim.interventions.structure.reinforcement import busiest
from sim.money import spendings
from sim.scenario import Scenario


@pytest.fixture(scope="module")
def firm() -> Scenario:
    """Return the manufacturer."""
    return sim.load("order_delivery")


def test_where_is_what_is_said_or_the_busiest(firm: Scenario) -> None:
    """So many in each; the busiest is another one where more people share the work."""
    said = Reinforcement(departments=("sales", "finance"), people=3).recruits(firm)
    assert [(one.department, one.people, one.weeks) for one in said] == [("sales", 3, 8.0), ("finance", 3, 8.0)]
    assert [one.department for one in Reinforcement().recruits(firm)] == ["production"]
    assert busiest(firm.changed({"departments.production.staff": 20})) == "sales"
    assert busiest(firm.changed({"processes.order.steps.produce.probability": 0.5})) == "sales"


def test_they_cost_their_pay_and_what_an_agency_takes(firm: Scenario) -> None:
    """Two for eight weeks of 40 hours at 45, and three tenths on top."""
    changed = firm.with_interventions([Reinforcement()])
    begin = changed.window[0]
    ((once, weekly),) = spendings(changed, [changed.interventions[-1]], np.array([begin, begin + 20 * 168.0]))
    pay = 2 * 8 * 40 * 45
    assert (once.sum(), weekly.sum()) == pytest.approx((0.3 * pay, pay))


def test_whoever_is_there_shows_them_around_for_a_week(firm: Scenario) -> None:
    """Eight hours for each of two, of thirteen people; nobody elsewhere."""
    (edit,) = Reinforcement().edits(firm)
    assert (edit.where, edit.weeks) == (("production",), 1.0)
    assert edit.strength == pytest.approx(16.0 / 40.0 / 13.0)
