"""What is introduced everywhere is introduced among people: money meets nobody, learns nothing and keeps its hours."""

import pytest

import sim
from sim.interventions import INTERVENTIONS
from sim.study.directcost import direct_cost

pytestmark = pytest.mark.compiled

WORLD = sim.load(
    "order_delivery",
    {"warmup_weeks": 0, "horizon_weeks": 6, "departments.budget": {"staff": 3, "purse": True, "cost_per_hour": 40}},
)
OWN = ("custom", "budget_pool")
"""Custom ones say themselves where; a pool of budgets is for purses."""


@pytest.mark.parametrize("kind", [kind for kind in INTERVENTIONS if kind not in OWN])
def test_a_purse_keeps_its_hours_and_costs_no_pay(kind: str) -> None:
    """Whatever is introduced; where it is named, it is introduced there too."""
    daily = sim.run(WORLD.with_interventions([kind]), keep="daily").daily
    assert (daily.loc[daily["department"] == "budget", "productivity"] == 1.0).all()
    assert direct_cost(WORLD, kind).departments.get("budget", 0.0) == 0.0


def test_a_purse_that_is_named_takes_part() -> None:
    """Somebody may want it."""
    named = {"kind": "daily_standup", "departments": ["budget", "sales"]}
    daily = sim.run(WORLD.with_interventions([named]), keep="daily").daily
    assert (daily.loc[daily["department"] == "budget", "productivity"] < 1.0).any()


def test_who_is_not_paid_takes_part_as_others_do() -> None:
    """Volunteers are people."""
    free = WORLD.changed({"departments.sales.cost_per_hour": 0})
    daily = sim.run(free.with_interventions(["daily_standup"]), keep="daily").daily
    assert (daily.loc[daily["department"] == "sales", "productivity"] < 1.0).any()
