"""Levers and working time in an organization where nothing else happens, for tests of what interventions move."""

from functools import lru_cache

import numpy as np

import sim
from sim.compile import compile_scenario
from sim.interventions import Intervention
from sim.outcome import start
from sim.scenario import Scenario
from sim.spec.levers import LEVERS
from sim.spec.process import Demand
from sim.vocab import WEEK

NEVER = 9e6
"""Hours after which no run is still on."""


TROUBLES = {
    "departments.reserve": {"staff": 2, "purse": True},
    "departments.travel": {"staff": 2, "purse": True},
    "levers.pair_load": 0.003,
    "levers.quit_rate": 0.2,
    "levers.shortages": 1,
    "processes.order.steps.produce.short": 0.1,
    "processes.order.steps.produce.short_wait": 24,
}
"""What the manufacturer does not have as it is: people who talk a lot or leave, missing goods, purses."""


def manufacturer(*, troubled: bool = False) -> Scenario:
    """Return the manufacturer's order process, watched for ten weeks; with troubles that it does not have as it is."""
    scenario = sim.load("order_delivery", TROUBLES if troubled else {})
    return scenario.model_copy(update={"horizon_weeks": 8.0, "warmup_weeks": 2.0, "tail_weeks": 5.0})


def without_work(scenario: Scenario) -> Scenario:
    """Return the same departments with as many cases planned for a week, of which none ever comes."""
    flows = {
        name: flow.model_copy(update={"demand": Demand(at=_later(flow.demand.weekly))})
        for name, flow in scenario.processes.items()
    }
    teams = {name: team.model_copy(update={"own_work": None}) for name, team in scenario.departments.items()}
    return scenario.model_copy(update={"processes": flows, "departments": teams})


def _later(weekly: float) -> tuple[float, ...]:
    many = max(1, round(weekly))
    return tuple(NEVER + WEEK * n / many for n in range(many))


def levers_of(scenario: Scenario, *, weeks: float = 0.0) -> np.ndarray:
    """Return the levers of every department some weeks after counting began."""
    return _looked_at(scenario, (weeks,))[0][0]


def moved(scenario: Scenario, one: Intervention, *, weeks: tuple[float, ...] = (0.0,)) -> set[str]:
    """Return the names of the levers that differ from the baseline anywhere in one of these weeks, which go up."""
    plain = _looked_at(scenario, weeks)
    changed = _looked_at(scenario.with_interventions([one]), weeks)
    differ = [here != there for (here, _), (there, _) in zip(changed, plain, strict=True)]
    return {spec.name for spec in LEVERS.values() if any(one[:, spec.lever].any() for one in differ)}


def productivity(scenario: Scenario, weeks: float = 0.0) -> np.ndarray:
    """Return what taxes leave of working time, by department."""
    return _looked_at(scenario, (weeks,))[0][1]


@lru_cache(maxsize=8)
def _looked_at(scenario: Scenario, weeks: tuple[float, ...]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return levers and working time by department, at several times of one run; the last few are kept."""
    machine, seen = start(compile_scenario(scenario), 1, 0), []
    for week in weeks:
        machine.advance(scenario.window[0] + week * WEEK)
        here = machine.state.departments
        seen.append((here["lever"].copy(), here["productivity"].copy()[: len(scenario.departments)]))
    return seen
