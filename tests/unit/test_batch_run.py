"""Mesa's batch_run: every replication is other luck, shared by all values of the parameters, and what sim.run does."""

import inspect
import math
from typing import ClassVar

import mesa
import pandas as pd
import pytest
from mesa.batchrunner import batch_run

import sim
from sim.scenario import loads
from tests.worlds.workshop import WORKSHOP

pytestmark = pytest.mark.compiled  # many runs, which take long where nothing is compiled

RNG = "rng" in inspect.signature(batch_run).parameters
"""Whether this Mesa hands seeds over by itself (3.5) instead of repeating the same parameters (3.3)."""


class Measured(sim.LiveOrganization):
    """Mesa notes two measures of the whole run, and the queues."""

    model_reporters: ClassVar = {
        "lead_time_mean": lambda model: model.measure("lead_time_mean"),
        "trust": lambda model: model.measure("trust"),
    }
    agent_reporters: ClassVar = {"queue": "queue"}


class Collecting(sim.LiveOrganization):
    """The way of Mesa's own examples: a collector of one's own, and a step that uses it."""

    def __init__(self, scenario, seed=None, replication=None):
        super().__init__(scenario, seed, replication)
        self.datacollector = mesa.DataCollector({"open": "open_cases"})

    def step(self):
        """Advance, then note."""
        super().step()
        self.datacollector.collect(self)


@pytest.fixture(scope="module")
def workshop():
    return loads(WORKSHOP, "workshop.yaml")


def rows_of(cls, parameters, **named):
    """Return what batch_run says."""
    return pd.DataFrame(batch_run(cls, parameters, display_progress=False, **named))


def test_replications_are_those_of_run(workshop):
    """A row for each, with other luck, and its measures at the end to the bit."""
    found = rows_of(Measured, {"scenario": workshop, "replication": range(3)})
    found = found.drop_duplicates("replication").set_index("replication")
    expected = sim.run(workshop, 3).measures
    for name in ("lead_time_mean", "trust"):
        assert found[name].tolist() == expected[name].tolist()
    assert found["lead_time_mean"].nunique() == 3


def test_luck_is_shared_by_what_is_varied(workshop):
    """A scenario is one value and several are several; each replication is the same luck in all of them."""
    better = workshop.with_interventions(["team_building"])
    found = rows_of(sim.LiveOrganization, {"scenario": [workshop, workshop, better], "replication": range(2)})
    assert len(found) == 6
    assert (found["seed"] == 1).all()
    on_time = found["on_time"].tolist()
    assert on_time[:2] == on_time[2:4]
    assert set(found["scenario"]) == {workshop, better}


def test_without_a_seed_luck_is_new_and_told(workshop):
    """As Mesa's users know it; the seed that is told repeats the run."""
    given = {"rng": [None] * 3} if RNG else {"iterations": 3}
    found = rows_of(Measured, {"scenario": workshop} | ({} if RNG else {"seed": None}), **given)
    assert found.groupby("iteration")["lead_time_mean"].first().nunique() == 3
    found = rows_of(sim.LiveOrganization, {"scenario": workshop} | ({} if RNG else {"seed": None}), **given)
    for row in found.to_dict("records"):
        model = sim.LiveOrganization(workshop, row["seed"], row["replication"])
        model.run_model()
        assert model.on_time() == row["on_time"]


def test_seeds_are_a_parameter(workshop):
    """Or what Mesa hands over by itself."""
    given = {"rng": [4, 5]} if RNG else {}
    found = rows_of(sim.LiveOrganization, {"scenario": workshop} | ({} if RNG else {"seed": [4, 5]}), **given)
    assert found["seed"].tolist() == [4, 5]


def test_every_day_can_be_had(workshop):
    """With a period of one, in the order of days; the last row is the end."""
    found = rows_of(Measured, {"scenario": workshop, "replication": [0]}, data_collection_period=1)
    steps = found.drop_duplicates("Step")
    assert len(steps) == 28
    assert steps["trust"].notna().tolist() == [False] * 27 + [True]
    assert found["queue"].max() > 0


def test_a_collector_of_ones_own_is_left_alone(workshop):
    """It notes once for every step, as its owner does."""
    found = rows_of(Collecting, {"scenario": workshop, "replication": [0]}, data_collection_period=1)
    model = sim.LiveOrganization(workshop)
    expected = []
    while model.running:
        model.step()
        expected.append(model.open_cases)
    assert found["open"].tolist() == expected
    assert model.datacollector.get_model_vars_dataframe()["open_cases"].tolist() == expected


def test_measures_are_there_at_the_end(workshop):
    """Before it they are not defined, and one that does not exist is refused with the nearest name."""
    model = sim.LiveOrganization(workshop)
    model.step()
    assert math.isnan(model.measure("trust"))
    model.run_model()
    steps = len(model.datacollector.get_model_vars_dataframe())
    model.step()
    assert len(model.datacollector.get_model_vars_dataframe()) == steps
    assert model.measure("trust") == sim.run(workshop).measures["trust"].iloc[0]
    with pytest.raises(KeyError, match=r"no measure is called 'trusst'.*trust"):
        model.measure("trusst")


def test_a_scenario_is_one_thing(workshop):
    """Nobody takes it for a list of its fields."""
    with pytest.raises(TypeError, match="not iterable"):
        iter(workshop)
