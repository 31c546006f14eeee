"""Rework comes on top of a step's own work, and waits outside come again with it."""

import numpy as np
import pytest

from sim.compile import compile_scenario
from sim.outcome import Outcome, simulate
from sim.scenario import loads
from sim.vocab import Activity, Context, Kind

pytestmark = pytest.mark.compiled  # many cases

STORY = """
name: relay
horizon_weeks: 30
warmup_weeks: 0
departments:
  drawing: {{staff: 3}}
  building: {{staff: 3}}
processes:
  job:
    demand: {{per_week: 8}}
    steps:
      draw: {{R: drawing, C: [building], work: {{exponential: 3}}, commitment: true, external: {{work: 8}}}}
      build: {{R: building, work: {{exponential: 5}}, novelty: 0}}
      hand_in: {{R: drawing, work: 1, novelty: 0}}
relations: {{understanding: 0}}
levers: {{preset: neutral, skip_risk: {skip}, novelty: 1, documents: 0, detection: 1, infeasible: {infeasible},
  infeasible_loss: 1, rework_share: 0.5}}
"""


def _run(skip: float, infeasible: float) -> Outcome:
    return simulate(compile_scenario(loads(STORY.format(skip=skip, infeasible=infeasible))), 1, 0)


@pytest.mark.parametrize(("skip", "infeasible"), [(1.0, 0.0), (0.0, 1.0), (0.5, 0.5)])
def test_rework_leaves_the_steps_own_work_alone(skip: float, infeasible: float) -> None:
    """Every finished case gets the same work with and without defects, and the rework is counted beside it."""
    plain, flawed = _run(0.0, 0.0), _run(skip, infeasible)
    both = ~np.isnan(plain.cases["finish"]) & ~np.isnan(flawed.cases["finish"])
    a, b = plain.cases[both], flawed.cases[both]
    assert a["reworks"].sum() == 0
    assert b["reworks"].sum() > 0.4 * len(b)
    np.testing.assert_allclose(b["worked"] - b["reworked"], a["worked"], rtol=1e-12)
    touched = flawed.spent[both][:, Context.NORMAL * 6 + Activity.TOUCH]
    np.testing.assert_allclose(touched, a["worked"], rtol=1e-9)


def test_what_only_the_skipped_department_knew_is_found_by_it_and_costs_a_share_of_all_since() -> None:
    """An infeasible commitment is found when the department not asked takes the case up."""
    flawed = _run(0.0, 1.0)
    over = ~np.isnan(flawed.cases["finish"])
    done = flawed.cases[over]
    assert (done["reworks"] == 1).all()
    assert (done["defective"] == 0).all()
    waited_again = flawed.spent[over][:, Context.REWORK * 6 + Activity.EXTERNAL]
    np.testing.assert_allclose(waited_again, 8.0, rtol=1e-9)


def test_a_misunderstanding_found_costs_its_share() -> None:
    """With a certain misunderstanding at the first step, half of its work and wait comes again."""
    flawed = _run(1.0, 0.0)
    over = ~np.isnan(flawed.cases["finish"])
    again = flawed.spent[over][:, Context.REWORK * 6 + Activity.EXTERNAL]
    np.testing.assert_allclose(again, 4.0, rtol=1e-9)
    assert flawed.days["hours"][:, Kind.REWORK].sum() == pytest.approx(flawed.cases["reworked"].sum(), rel=0.05)
