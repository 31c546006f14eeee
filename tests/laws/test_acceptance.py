"""Acceptance at the end, and how closely a step is looked at: what is looked for and seen goes back, and no more."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from sim.outcome import cases_of
from sim.replications import run
from sim.scenario import Scenario
from sim.vocab import Kind
from tests.worlds.drawn import World, finished, law, worlds
from tests.worlds.settled import settled

pytestmark = pytest.mark.compiled  # many cases

SURE = 1e-5
"""Chance of a miss below which what was counted contradicts what was expected."""


def done(world: World) -> Any:
    """Return the cases of a world that are finished in its time."""
    cases = cases_of(finished(world).state)
    return cases[cases["finish"] > 0.0]


@law
@given(worlds())
def test_who_looks_for_everything_and_sees_it_lets_no_defect_out(world: World) -> None:
    """Whatever else happens: with acceptance and detection at 1 no customer who waits to the end gets a defect."""
    flows = {
        name: {field: value for field, value in process.items() if field != "served_by"}
        for name, process in world["processes"].items()
    }
    whole = world | {"processes": flows}
    assert done(settled(whole, acceptance=1.0, detection=1.0))["defective"].sum() == 0


@law
@given(worlds())
def test_who_sees_nothing_finds_nothing(world: World) -> None:
    """At detection 0 acceptance changes no case."""
    with_it, without = (done(settled(world, acceptance=share, detection=0.0)) for share in (1.0, 0.0))
    for name in without.dtype.names:
        np.testing.assert_array_equal(with_it[name], without[name], err_msg=name)


def test_in_worlds_like_these_defects_do_reach_customers() -> None:
    """The law above would fail without acceptance: in the relay below every case would be defective."""
    cases = done(relay(0.0, 1.0))
    assert (cases["defective"] == 1).all()
    assert len(cases) > 500


def relay(acceptance: float, detection: float, inspections: tuple[float, ...] = (0.0, 0.0, 0.0)) -> World:
    """Return three steps of one, two and four hours; each hand-over between them is misread, and nobody ever waits."""
    steps = {
        f"step_{n}": {"R": f"dept_{n}", "work": 2.0**n, "inspection": closely} for n, closely in enumerate(inspections)
    }
    return {
        "name": "relay",
        "departments": {f"dept_{n}": {"staff": 500, "calendar": "always"} for n in range(3)},
        "processes": {"job": {"demand": {"per_week": 400, "during": "always"}, "steps": steps}},
        "relations": {"understanding": 0.0},
        "levers": {
            "preset": "neutral",
            "novelty": 1.0,
            "documents": 0.0,
            "sync_decay": 0.01,
            "rework_share": 0.5,
            "acceptance": acceptance,
            "detection": detection,
        },
        "horizon_weeks": 3.0,
        "warmup_weeks": 0.0,
    }


def agrees(found: Any, chance: float) -> bool:
    """Tell whether so many of those tried agree with a chance."""
    return bool(binomtest(int(found.sum()), found.size, chance).pvalue > SURE)


@pytest.mark.parametrize(("acceptance", "detection"), [(1.0, 0.3), (0.5, 1.0), (0.7, 0.6)])
def test_each_defect_is_found_by_the_product_and_mended_like_any_other(acceptance: float, detection: float) -> None:
    """Two defects a case, each found with acceptance x detection by luck of its own; each costs half of its step."""
    cases = done(relay(acceptance, detection))
    chance = acceptance * detection
    for k, likely in enumerate(((1.0 - chance) ** 2, 2.0 * chance * (1.0 - chance), chance**2)):
        assert agrees(cases["reworks"] == k, likely)
    assert ((cases["defective"] == 0) == (cases["reworks"] == 2)).all()
    lead = cases["finish"] - cases["arrival"]
    np.testing.assert_allclose(lead, 7.0 + cases["reworked"], rtol=1e-9)
    assert set(np.round(cases["reworked"], 9)) == {0.0, 1.0, 2.0, 3.0}


@law
@given(st.sampled_from([0.0, 0.3, 0.7, 1.0, 1.5, 4.0]), st.sampled_from([0.1, 0.4, 0.7, 1.0]))
def test_a_gate_finds_by_how_closely_it_looks(closely: float, detection: float) -> None:
    """At a step whose inspection is k a defect is found with probability min(1, k x detection); at the others never."""
    cases = done(relay(0.0, detection, (0.0, 0.0, closely)) | {"horizon_weeks": 1.0})
    assert agrees(cases["reworks"] == 1, min(1.0, closely * detection))
    assert (cases["reworks"] <= 1).all()  # what the last step itself has misread, nobody looks for


def test_rework_of_acceptance_is_work_like_any_other() -> None:
    """What was found is mended by whoever made it: hours of rework are served there, and nobody else has any."""
    state = finished(relay(1.0, 1.0)).state
    served = state.days["hours"][:, int(Kind.REWORK)]
    by_department = [served[state.days["department"] == d].sum() for d in range(3)]
    assert by_department[0] == 0.0
    assert by_department[2] == pytest.approx(2.0 * by_department[1], rel=0.01)


def test_a_move_that_is_over_is_not_ended_again() -> None:
    """What acceptance sends back was served before, and waited outside since; only the log of what follows is new."""
    world = relay(1.0, 1.0)
    for step in world["processes"]["job"]["steps"].values():
        step["external"] = {"work": 3.0, "calendar": "always"}
    found = run(Scenario.model_validate(world), 1, log=True).moves
    over = found[found["ended"].notna()]
    assert set(over["how"]) == {"served"}
    work, rework = (over[over["kind"] == kind] for kind in ("work", "rework"))
    assert len(rework) > 500
    np.testing.assert_allclose(
        (work["ended"] - work["begun"]).to_numpy(), 2.0 ** work["step"].str[-1].astype(int).to_numpy(), rtol=1e-9
    )
    assert (rework["ended"] - rework["begun"]).max() == pytest.approx(2.0)
