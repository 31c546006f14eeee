"""A team takes on the cases of the departments that bring them, and costs those who are in it."""

import pytest

import sim
from sim.interventions import Team
from sim.scenario import Scenario, ScenarioError


@pytest.fixture(scope="module")
def firm() -> Scenario:
    """Return the manufacturer, whose orders come to sales and whose complaints come to service."""
    return sim.load("order_delivery")


def where(one: Team, firm: Scenario, lever: str) -> tuple[str, ...] | None:
    """Return in which departments it moves a lever; nothing where it does not."""
    (edit,) = (edit for edit in one.edits(firm) if edit.lever == lever)
    return edit.where if edit.strength > 0.0 else None


def test_it_is_for_all_cases_or_for_those_of_one_process(firm: Scenario) -> None:
    """Who brings the cases, and who has something to do for them."""
    assert where(Team(), firm, "teamwork") == ("sales", "service")
    one = Team(process="complaint")
    assert where(one, firm, "teamwork") == ("service",)
    assert where(one, firm, "overhead") == ("production", "service", "product")


def test_without_those_who_bring_cases_there_is_no_team(firm: Scenario) -> None:
    """Nothing is moved, rather than everything; nor where a process keeps teams out."""
    assert where(Team(departments=("production", "warehouse")), firm, "teamwork") is None
    closed = firm.changed({"processes.order.teams": False})
    assert where(Team(), closed, "teamwork") == ("service",)
    assert where(Team(process="order"), closed, "teamwork") is None
    assert where(Team(process="order"), closed, "overhead") is None


def test_a_process_that_does_not_exist_is_refused(firm: Scenario) -> None:
    """At its field, with the nearest name."""
    with pytest.raises(ScenarioError) as caught:
        firm.with_interventions([{"kind": "team", "process": "ordr"}])
    assert str(caught.value).startswith("interventions[0].process: found 'ordr', expected a process")
    assert "did you mean 'order'?" in str(caught.value)


def test_a_manager_is_paid_while_there_is_a_team(firm: Scenario) -> None:
    """Every week, or for a project in advance: 41 people cost 2,015 an hour, so an hour of one costs 49.15."""
    hour = 2015.0 / 41.0
    good, project = Team().spends(firm), Team(weeks=10.0, managers=2.0).spends(firm)
    assert (good.once, good.weekly) == pytest.approx((0.0, 40.0 * hour))
    assert (project.once, project.weekly) == pytest.approx((2.0 * 10.0 * 40.0 * hour, 0.0))
