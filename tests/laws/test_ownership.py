"""First-contact ownership: a disputed request comes back to whoever was asked first, and is disputed no more."""

import pytest

from sim.outcome import cases_of
from tests.laws.worlds import World, finished


def disputed_by_all(after: float) -> World:
    """Return a shop in which everybody disputes everything, and whoever was asked first has to own it."""
    asked = {"R": "dept_b", "contested_by": ["dept_c"], "ambiguity": 1.0, "work": 0.5, "needs": ["greet"]}
    levers = {"ambiguity": 1.0, "misrouting": 1.0, "clarity": 0.0, "ownership": 1.0, "ownership_bounces": after}
    return {
        "name": "shop",
        "departments": {name: {"staff": 1, "calendar": "always"} for name in ("dept_a", "dept_b", "dept_c")},
        "processes": {
            "visit": {
                "demand": {"per_week": 20},
                "steps": {"greet": {"R": "dept_a", "work": 0.1}, "serve": asked},
            }
        },
        "levers": {"preset": "neutral", **levers},
        "horizon_weeks": 2.0,
        "warmup_weeks": 0.0,
    }


@pytest.mark.parametrize(("after", "leaves"), [(1.0, False), (2.0, True)])
def test_a_case_that_stays_where_it_was_asked_for_is_not_handed_over(after: float, leaves: bool) -> None:
    """Owned after the first dispute the case never leaves the planned route; after the second it has gone A, B, A."""
    cases = cases_of(finished(disputed_by_all(after)).state)
    done = cases[cases["finish"] > 0.0]
    assert len(done) > 10
    assert (done["bounces"] == after).all()
    assert (done["handed_over"] == leaves).all()
    assert (done["ping_pong"] == leaves).all()
