"""What is left of working time, day by day, before anything is run."""

from typing import Literal

import numpy as np

from sim.compile.taxes import Left, left_of
from sim.interventions import Custom, Edit, Intervention, Meeting
from sim.interventions.custom import CustomEdit
from sim.scenario import loads
from sim.spec import Organization
from sim.vocab import LEAST_PRODUCTIVITY

WORLD = loads("""
departments: {a: {staff: 4, levers: {overhead: 0.2}}, b: {staff: 4}}
processes: {p: {demand: {per_week: 1}, steps: {s: {R: a, I: [b], work: 1}}}}
levers: {overhead: 0.1}
warmup_weeks: 1
horizon_weeks: 4
""")


def charging(**more: object) -> Custom:
    """Return an intervention that takes a quarter of working time for a week, a week after it begins."""
    charge = CustomEdit(lever="overhead", toward=1, strength=0.25, paid=True, worsens=True, after_weeks=1.0, weeks=1.0)
    other = CustomEdit(lever="clarity", toward=1, paid=True, worsens=True)
    return Custom.model_validate({"moves": [charge, other], "cost_minutes": 0.0, **more})


def test_what_is_charged_is_taken_from_what_is_left() -> None:
    """From the day on which it begins to that on which it ends, in as much as the intervention is carried out."""
    found = Left.of(WORLD, (charging(start_week=0, strength=0.5),))
    assert found.overhead.shape == (28, 2)
    weeks = found.overhead.reshape(4, 7, 2)
    expected = np.array([[0.2, 0.1], [1 - 0.8 * 0.875, 1 - 0.9 * 0.875], [0.2, 0.1], [0.2, 0.1]])
    np.testing.assert_allclose(weeks, np.repeat(expected[:, np.newaxis], 7, axis=1), rtol=1e-12)
    assert not found.meetings.any()


def test_charges_are_where_they_are_made() -> None:
    """And end with their intervention; before it has begun there are none."""
    found = Left.of(WORLD, (charging(start_week=1, end_week=2 + 3 / 7, departments=("b",)),))
    changed = np.abs(found.overhead - (0.2, 0.1)) > 1e-12
    assert np.flatnonzero(changed[:, 1]).tolist() == [14, 15, 16]
    assert not changed[:, 0].any()


class Fading(Intervention):
    """A cost of a half that halves every week."""

    kind: Literal["fading"] = "fading"

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Return the cost."""
        return (Edit("overhead", 1.0, 0.5, paid=True, worsens=True, fades_weeks=1.0),)


def test_what_fades_is_charged_less_day_by_day() -> None:
    """By half in its half-life."""
    overhead = Left.of(WORLD, (Fading(start_week=0),)).overhead[:, 1]
    days = np.arange(28)
    np.testing.assert_allclose(overhead, 1 - 0.9 * (1 - 0.5 * 0.5 ** (days / 7)), rtol=1e-12)


def test_of_meetings_that_overlap_the_longest_counts() -> None:
    """Those that do not each take their share of what is left, from the first week to the last."""

    def held(at: float, minutes: float) -> Meeting:
        return Meeting(at=at, days=("mon",), minutes=minutes, staff_share=1.0, overrun=1.0)

    def meeting(*several: Meeting, **more: object) -> Custom:
        return Custom.model_validate({"meets": several, "cost_minutes": 0.0, **more})

    found = Left.of(WORLD, (meeting(held(9.0, 120.0), held(10.0, 60.0)), meeting(held(14.0, 60.0), start_week=2)))
    weeks = found.meetings.reshape(4, 7, 2)
    np.testing.assert_allclose(weeks[:2], 2 / 40, rtol=1e-12)
    np.testing.assert_allclose(weeks[2:], 1 - (1 - 2 / 40) * (1 - 1 / 40), rtol=1e-12)
    np.testing.assert_allclose(found.productivity[0], (0.8 * 0.95, 0.9 * 0.95), rtol=1e-12)


def test_people_always_do_something() -> None:
    """However much is taken."""
    assert left_of(np.array([0.99, 0.5]), np.array([0.5, 0.5])).tolist() == [LEAST_PRODUCTIVITY, 0.25]
