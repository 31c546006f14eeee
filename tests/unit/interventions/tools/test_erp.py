"""A system for everything makes things worse before it makes them better, and costs money in hours of pay."""

import numpy as np
import pytest

import sim
from sim.compile import compile_scenario
from sim.interventions import Erp
from sim.outcome import start
from sim.scenario import Scenario
from sim.spec.levers import LEVERS
from sim.study.directcost import direct_cost
from sim.vocab import WEEK


@pytest.fixture(scope="module")
def firm() -> Scenario:
    """Return the manufacturer, who fills in a form for a quarter of an hour at every hand-over."""
    return sim.load("order_delivery", {"levers.form_hours": 0.25, "warmup_weeks": 0, "horizon_weeks": 60})


def standing(scenario: Scenario, lever: str, weeks: float) -> float:
    """Return where a lever stands in sales after some weeks."""
    machine = start(compile_scenario(scenario), 1, 0)
    machine.advance(weeks * WEEK)
    return float(machine.state.departments["lever"][0, LEVERS[lever].lever])


@pytest.mark.compiled
@pytest.mark.parametrize(("lever", "toward", "share"), [("latency", 0.1, 0.8), ("form_hours", 0.0, 0.8)])
def test_levers_are_worse_at_first_and_better_after_half_a_year(firm: Scenario, lever, toward, share) -> None:
    """First they move three tenths of their share the wrong way, from the 26th week on seven tenths the right one."""
    base, changed = firm.lever(lever, "sales"), firm.with_interventions(["erp"])
    gap = (toward - base) * share
    assert standing(changed, lever, 0.5) == pytest.approx(base - 0.3 * gap, rel=0.03)
    assert standing(changed, lever, 27.0) == pytest.approx(base + 0.7 * gap)
    assert standing(changed, lever, 6.0) > base > standing(changed, lever, 9.0)


def test_it_costs_training_and_money_but_no_upkeep(firm: Scenario) -> None:
    """A day of three hours a week for eight weeks, and 160 hours of everybody's pay."""
    people = sum(team.staff for team in firm.departments.values())
    paid = sum(team.staff * team.cost_per_hour for team in firm.departments.values())
    cost = direct_cost(firm, "erp")
    assert cost.hours * 60 == pytest.approx(24.0 * people)
    assert cost.most_hours == pytest.approx(3.0 * people)
    assert Erp().spends(firm).once == pytest.approx(160.0 * paid)
    assert cost.spent == pytest.approx(0.5 * paid)


@pytest.mark.compiled
def test_on_time_dips_and_then_rises() -> None:
    """Orders of the first eight weeks are late more often than without it, those of the last ten less often."""
    found = sim.compare(sim.load("order_delivery"), {"ERP": ["erp"]}, replications=12, seed=3)
    weeks = found.weeks.query("alternative == 'ERP' and series == 'on_time_target'").set_index("week")["difference"]
    assert weeks.loc[0:7].mean() < -0.02
    assert weeks.loc[40:49].mean() > 0.02
    assert np.isfinite(weeks.loc[0:49]).all()
