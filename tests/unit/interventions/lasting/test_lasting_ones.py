"""Interventions that give staying power, by hand: what fades, what is paid, and what is followed through."""

import pytest

from sim.compile import compile_scenario
from sim.interventions import Adoption, CollaborationScore, ProcessTuning, Recognition
from sim.outcome import start
from sim.scenario import Scenario, loads
from sim.spec.levers import LEVERS
from sim.vocab import WEEK

FIRM = """
departments:
  a: {staff: 3, cost_per_hour: 40}
  b: {staff: 1, cost_per_hour: 80}
processes: {p: {demand: {at: [9000]}, steps: {s: {R: a, C: [b], work: 1}}}}
levers: {preset: typical, form_hours: 0.4, signatures: 2, distance: 0.5, follow_through: 0.5}
horizon_weeks: 60
warmup_weeks: 0
"""


@pytest.fixture(scope="module")
def firm() -> Scenario:
    """Return two departments to whom nothing happens, with forms, signatures and distance."""
    return loads(FIRM)


def lever(scenario: Scenario, name: str, weeks: float) -> float:
    """Return where a lever of the first department stands after some weeks."""
    machine = start(compile_scenario(scenario), 1, 0)
    machine.advance(weeks * WEEK + 1.0)
    return float(machine.state.departments["lever"][0, LEVERS[name].lever])


def test_half_of_a_score_is_gone_in_a_year(firm) -> None:
    """From what half of the people mean after two weeks, and with a third of the credit for 15 % of the appraisal."""
    scored = firm.with_interventions([CollaborationScore(start_week=0.0)])
    early, late = (lever(scored, "credit", weeks) for weeks in (3.0, 55.0))
    assert early == pytest.approx(0.5 / 3.0 * 0.5 ** (3.0 / 52.0), rel=0.01)
    assert late == pytest.approx(early / 2.0, rel=0.01)


@pytest.mark.parametrize(
    ("preset", "weekly", "distance"), [("award", 100.0, 0.5), ("wall", 0.0, 0.5), ("culture", 50.0, 0.4)]
)
def test_thanks_cost_what_is_given_away(firm, preset: str, weekly: float, distance: float) -> None:
    """Hours of average pay, which is 50 here; only a culture brings departments closer, and all fades."""
    one = Recognition(preset=preset, start_week=0.0)
    assert one.spends(firm).weekly == pytest.approx(weekly)
    thanked = firm.with_interventions([one])
    assert lever(thanked, "distance", 0.0) == pytest.approx(distance)
    assert lever(thanked, "routine_weight", 0.0) == pytest.approx(0.5 + 0.3 * 0.5)
    assert lever(thanked, "routine_weight", 10.0) == pytest.approx(0.5 + 0.3 * 0.25, rel=0.01)


@pytest.mark.parametrize(("preset", "share"), [("monthly", 0.5), ("survey", 0.25), ("suggestions", 0.17)])
def test_forms_are_dropped_as_far_as_people_follow_through(firm, preset: str, share: float) -> None:
    """Half of what is meant, where half is carried out."""
    one = ProcessTuning(preset=preset, start_week=0.0, adoption=Adoption(fidelity=1.0, ramp_weeks=0.0))
    tuned = firm.with_interventions([one])
    assert lever(tuned, "form_hours", 0.0) == pytest.approx(0.4 * (1.0 - share / 2.0))
    assert lever(tuned, "signatures", 0.0) == pytest.approx(2.0 * (1.0 - share / 2.0))
