"""An edit never moves a lever away from its better end, unless it says that it makes things worse."""

import numpy as np
import pytest

from sim.compile import compile_scenario
from sim.interventions import Adoption, Custom
from sim.interventions.custom import CustomEdit
from sim.outcome import simulate, start
from sim.scenario import Scenario, findings_in, loads
from sim.spec.levers import LEVERS
from sim.vocab import WEEK
from tests.contract.test_standing_still import FIRM
from tests.worlds.anatomy import bits

WORSE = {name: spec.low if spec.better == "high" else spec.high for name, spec in LEVERS.items()}
"""The worse end of every lever."""
DIRECTED = tuple(name for name, spec in LEVERS.items() if spec.better != "either")


@pytest.fixture(scope="module")
def firm() -> Scenario:
    """Return a small organization in which mechanisms are at work, every rule is followed, and no lever is worst."""
    middle = {name: 0.9 * LEVERS[name].typical + 0.1 * _better(name) for name in DIRECTED}
    told = loads(FIRM)
    return told.model_copy(update={"levers": {**middle, **told.levers}})


def _better(name: str) -> float:
    spec = LEVERS[name]
    return spec.high if WORSE[name] == spec.low else spec.low


def toward_worse(*levers: str, **fields: object) -> Custom:
    """Return an intervention that moves levers towards their worse end, in part and in full, and costs nothing."""
    moves = tuple(
        CustomEdit(lever=lever, toward=WORSE[lever], strength=strength, paid=paid, **fields)
        for lever in levers
        for strength, paid in ((0.4, False), (0.3, True), (1.0, True))
    )
    return Custom(moves=moves, cost_minutes=0.0, adoption=Adoption(fidelity=1.0, ramp_weeks=0.0))


def left_by(scenario: Scenario) -> dict[str, dict[str, bytes]]:
    """Return the tables of one replication as bits."""
    outcome = simulate(compile_scenario(scenario), 5, 0)
    return {table: bits(getattr(outcome, table)) for table in ("cases", "days", "links")}


def levers_of(scenario: Scenario, weeks: float = 0.0) -> np.ndarray:
    """Return the levers of every department and approver after some weeks."""
    machine = start(compile_scenario(scenario), 1, 0)
    machine.advance(weeks * WEEK)
    return machine.state.departments["lever"].copy()


def test_an_edit_towards_a_worse_value_is_no_edit(firm: Scenario) -> None:
    """For all levers that have a better end at once, and to the bit."""
    changed = firm.with_interventions([toward_worse(*DIRECTED)])
    assert left_by(changed) == left_by(firm)
    assert (levers_of(changed, 2.0) == levers_of(firm, 2.0)).all()


@pytest.mark.compiled  # many runs
@pytest.mark.parametrize("lever", DIRECTED)
def test_one_that_says_so_makes_things_worse(firm: Scenario, lever: str) -> None:
    """Of the same edits each lever moves to its worse end everywhere."""
    changed = firm.with_interventions([toward_worse(lever, worsens=True)])
    place = LEVERS[lever].lever
    assert (levers_of(changed, 2.0)[:, place] == WORSE[lever]).all()
    assert (levers_of(firm, 2.0)[:, place] != WORSE[lever]).all()


def test_what_counts_is_where_a_lever_stands_by_then(firm: Scenario) -> None:
    """A move to a middle value works until another has gone beyond it."""
    middle = CustomEdit(lever="transparency", toward=0.5, strength=0.5)
    most = CustomEdit(lever="transparency", toward=0.6, paid=True, after_weeks=1.0)
    less = CustomEdit(lever="transparency", toward=0.4, strength=0.5, paid=True)
    at_once = Adoption(fidelity=1.0, ramp_weeks=0.0)
    some = [Custom(moves=(one,), cost_minutes=0.0, adoption=at_once, start_week=-1.0) for one in (middle, most, less)]
    changed = firm.with_interventions(some)
    base, place = firm.lever("transparency"), LEVERS["transparency"].lever
    half = base + (0.5 - base) * 0.5
    assert levers_of(changed, 0.5)[:, place] == pytest.approx(half + (0.4 - half) * 0.5)
    assert levers_of(changed, 1.5)[:, place] == pytest.approx(0.6)
    assert levers_of(firm.with_interventions(some[:2]), 1.5)[:, place] == pytest.approx(0.6)


def test_a_dip_is_no_aim(firm: Scenario) -> None:
    """New software takes something away at first, although its aim is better."""
    move = CustomEdit(lever="documents", toward=1.0)
    tool = Custom(moves=(move,), cost_minutes=0.0, adoption=Adoption(ramp_weeks=50.0, dip=0.3))
    place = LEVERS["documents"].lever
    assert (levers_of(firm.with_interventions([tool]), 2.0)[:, place] < levers_of(firm, 2.0)[:, place]).all()


def warnings(scenario: Scenario) -> list[str]:
    """Return what is said about moves."""
    return [str(one) for one in findings_in(scenario) if "moves" in one.field]


def test_a_check_says_that_a_move_changes_nothing(firm: Scenario) -> None:
    """With the field, both numbers, and how to mean it; not where it acts in one department, or says so."""
    edit = {"lever": "latency", "toward": 5, "strength": 0.5}

    def checked(**fields: object) -> list[str]:
        custom = {"kind": "custom", "departments": ["front", "back"], **fields}
        return warnings(firm.with_interventions([custom]))

    told = firm.lever("latency", "back")
    assert checked(moves=[edit]) == [
        f"interventions[1].moves[0].toward: found 5 for latency, which is worse than where it stands (3 to {told:g}) "
        "and changes nothing; expected a better figure, or 'worsens: true'"
    ]
    assert checked(moves=[edit | {"worsens": True}]) == []
    assert checked(moves=[edit], departments=["front", "top"]) == []
    assert checked(moves=[edit | {"lever": "boost", "toward": 900}]) == []
