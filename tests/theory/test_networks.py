"""The builders of neutral networks return ordinary scenarios."""

import pytest

from sim.scenario import Scenario
from sim.spec.levers import LEVERS
from sim.verify import networks
from sim.verify.experiments import experiments
from sim.verify.networks import Window

WINDOW = Window(168.0, 1680.0)


def _moved(scenario: Scenario) -> set[str]:
    return {name for name, spec in LEVERS.items() if scenario.lever(name) != spec.neutral}


def test_a_station_is_neutral() -> None:
    """One department, nothing but its queue."""
    scenario = networks.station(0.8, WINDOW)
    assert _moved(scenario) == set()
    assert scenario.calendar(scenario.departments["desk"].calendar).always
    assert scenario.processes["case"].demand.per_week == pytest.approx(134.4)
    assert (scenario.warmup_weeks, scenario.horizon_weeks) == pytest.approx((1.0, 10.0))


@pytest.mark.parametrize(
    ("experiment", "levers"),
    [
        ("mm3", set()),
        ("priority", set()),
        ("network", set()),
        ("project", set()),
        ("taxed", {"overhead"}),
        ("pickup", {"pickup_period"}),
        ("latency", {"latency"}),
        ("consultation", {"adherence"}),
        ("contested", {"ambiguity", "misrouting", "clarity"}),
        ("trust", {"adherence", "trust_gain", "trust_loss"}),
    ],
)
def test_a_check_turns_on_what_it_is_about_and_nothing_else(experiment: str, levers: set[str]) -> None:
    """Levers beside those of the mechanism stay neutral."""
    assert _moved(experiments()[experiment].scenario) == levers


def test_the_routing_of_a_row_with_returns() -> None:
    """Every department but the first sends some cases one step back."""
    steps = networks.tandem(0.6, 0.1, WINDOW, stations=3).processes["case"].steps
    assert dict(steps["s0"].next or {}) == {"s1": 1.0}
    assert dict(steps["s1"].next or {}) == {"s0": 0.1, "s2": 0.9}
    assert dict(steps["s2"].next or {}) == {"s1": 0.1}


def test_urgent_cases_are_the_first_class() -> None:
    """A quarter of the cases are urgent where one in four arrivals is of the first class."""
    process = networks.priority_station((0.2, 0.6), WINDOW).processes["case"]
    assert process.urgent_share == pytest.approx(0.25)
    assert process.demand.per_week == pytest.approx(0.8 * 168)


def test_every_experiment_survives_being_written_down() -> None:
    """The scenarios are what files say: data in, the same scenario out."""
    for experiment in experiments().values():
        data = experiment.scenario.model_dump(mode="json", by_alias=True)
        assert Scenario.model_validate(data).hash == experiment.scenario.hash
