"""Loads whatever a driver needs, for processes that are forked from the one in which this was loaded."""

from sim.compile import compile_scenario
from sim.outcome import warm_up
from tests.worlds.stores import plan_of

PLAN = plan_of()
SPECS = PLAN.specs
warm_up(compile_scenario(PLAN.scenario(PLAN.point(7))))
