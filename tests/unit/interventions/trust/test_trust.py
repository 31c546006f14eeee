"""Interventions on trust, by hand: what rotation explains and leaves behind, and what newcomers cost."""

import pytest

import sim
from sim.interventions import DutyTraining, JobRotation, Mentors, SharingSession
from sim.scenario import Scenario
from sim.spec.organization import Organization


@pytest.fixture(scope="module")
def firm() -> Scenario:
    """Return the manufacturer, whom a quarter of the people leave in a year."""
    return sim.load("order_delivery", {"levers.quit_rate": 0.25})


def share_of(one: JobRotation | DutyTraining | SharingSession, lever: str, organization: Organization) -> float:
    """Return the share of the gap by which it moves a lever."""
    (found,) = (edit.strength for edit in one.edits(organization) if edit.lever == lever)
    return found


@pytest.mark.parametrize(
    ("preset", "learned"),
    [("week", 0.2 * (1 - 2**-0.2)), ("half_year", 0.1 * (1 - 2**-5.2)), ("front_help", 0.3 * (1 - 2**-2))],
)
def test_who_changed_places_can_stand_in_as_far_as_he_has_learned(firm, preset: str, learned: float) -> None:
    """The loss that has faded by the end is what they have learned; nobody stands in before he is back."""
    rotation = JobRotation(preset=preset)
    assert share_of(rotation, "cross_training", firm) == pytest.approx(learned)
    begins = {edit.after_weeks for edit in rotation.edits(firm) if edit.lever in ("cross_training", "cross_skill")}
    assert begins == {rotation.weeks}


def test_where_the_loss_stays_nobody_has_learned_anything(firm) -> None:
    """Without a half-life."""
    assert share_of(JobRotation(learning_weeks=None), "cross_training", firm) == 0.0


def test_rotation_among_few_explains_less_of_all(firm) -> None:
    """Among two of eight departments, one of the seven others is explained; and among one none."""
    whole = share_of(JobRotation(), "teaching", firm)
    assert whole == pytest.approx(0.1 * 0.05)
    assert share_of(JobRotation(departments=("sales", "production")), "teaching", firm) == pytest.approx(whole / 7)
    assert share_of(JobRotation(departments=("sales",)), "teaching", firm) == 0.0


def test_a_mentor_is_paid_for_by_the_newcomers_that_are_planned(firm) -> None:
    """Of eight people two leave in a year, and each who comes takes 32 hours of somebody: 64 hours in 52 weeks."""
    edits = Mentors(preparing_hours=0.0).edits(firm)
    spent = {edit.where[0]: edit.strength for edit in edits if edit.lever == "overhead"}
    assert spent["production"] * 13 * 40 == pytest.approx(13 * 0.25 * 32 / 52)
    assert set(spent) == set(firm.departments)


def test_courses_are_spread_over_their_weeks(firm) -> None:
    """Sixteen hours in eight weeks are two hours a week, and then nothing."""
    (cost,) = (edit for edit in DutyTraining().edits(firm) if edit.lever == "overhead")
    assert (cost.strength, cost.weeks) == (pytest.approx(2.0 / 40.0), 8.0)


def test_a_sharing_session_settles_nothing_and_is_held_every_four_weeks(firm) -> None:
    """An hour on a Wednesday."""
    (meeting,) = SharingSession().meetings(firm)
    assert (meeting.days, meeting.minutes, meeting.every_weeks, meeting.settles) == (("wed",), 60.0, 4, 0.0)
