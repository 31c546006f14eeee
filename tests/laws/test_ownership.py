"""First-contact ownership: the department that received the matter finds out whose it is, and sees to it."""

import numpy as np
import pytest

from sim.compile import compile_scenario
from sim.outcome import cases_of, simulate
from sim.scenario import Scenario
from sim.spec.organization import CoordinationWork
from sim.vocab import Kind
from tests.worlds.drawn import World, finished

pytestmark = pytest.mark.compiled  # many cases


def disputed_by_all(after: float, **levers: float) -> World:
    """Return a shop in which everybody disputes everything, and the first contact says whose it is."""
    asked = {"R": "dept_b", "contested_by": ["dept_c"], "ambiguity": 1.0, "work": 0.5, "needs": ["greet"]}
    lived = {"ambiguity": 1.0, "misrouting": 1.0, "clarity": 0.0, "ownership": 1.0, "ownership_bounces": after}
    return {
        "name": "shop",
        "departments": {name: {"staff": 1, "calendar": "always"} for name in ("dept_a", "dept_b", "dept_c")},
        "processes": {
            "visit": {
                "demand": {"per_week": 20},
                "steps": {"greet": {"R": "dept_a", "work": 0.1}, "serve": asked},
            }
        },
        "levers": {"preset": "neutral", **lived, **levers},
        "horizon_weeks": 2.0,
        "warmup_weeks": 0.0,
    }


@pytest.mark.parametrize(("after", "back"), [(1.0, True), (2.0, False)])
def test_the_first_contact_is_asked_after_so_many_disputes(after: float, back: bool) -> None:
    """Whom it names does it; a case that went from A to B and back to A has gone A, B, A."""
    cases = cases_of(finished(disputed_by_all(after)).state)
    done = cases[cases["finish"] > 0.0]
    assert len(done) > 10
    assert (done["bounces"] == after).all()
    assert (done["handed_over"] == 1).all()
    assert (done["ping_pong"] == back).all()


def test_the_first_contact_pays_for_finding_out_and_for_closing() -> None:
    """Of every case it says once whose it is (a triage), and follows up once it is done (a notice)."""
    outcome = simulate(compile_scenario(Scenario.model_validate(disputed_by_all(1.0))), 1, 0)
    done = np.isfinite(outcome.cases["finish"]).sum()
    front = outcome.days["hours"][outcome.days["department"] == 0].sum(axis=0)
    work = CoordinationWork()
    assert front[Kind.MEDIATE] == pytest.approx(done * work.triage.mean, rel=0.1)
    assert front[Kind.FOLLOW_UP] == pytest.approx(done * work.inform.mean, rel=0.1)


def test_whom_the_first_contact_names_may_refuse_once() -> None:
    """Without any goodwill the doer refuses, and does it when the first contact insists."""
    outcome = simulate(compile_scenario(Scenario.model_validate(disputed_by_all(1.0, **UNWILLING) | STRANGERS)), 1, 0)
    done = outcome.cases[np.isfinite(outcome.cases["finish"])]
    assert len(done) > 10
    assert (done["bounces"] == 2).all()


UNWILLING = {"alignment": 0.0, "trust_coupling": 1.0}
STRANGERS = {"relations": {"trust": 0.0}}
