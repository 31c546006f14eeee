"""Departments as Mesa agents: the same bits as `sim.run`, and views that cannot go stale."""

import math

import mesa
import pytest

import sim
from sim.agents import Approver, Department
from sim.live import LiveOrganization
from sim.scenario import Scenario, loads
from sim.vocab import DAY
from tests.worlds.workshop import WORKSHOP, same

SURGE = 20 * 24
"""Cases a week that let the tables grow far beyond where they start."""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return loads(WORKSHOP)


def busy(scenario: Scenario) -> Scenario:
    """Return the workshop with twenty times the customers."""
    process = scenario.processes["order"]
    demand = process.demand.model_copy(update={"per_week": float(SURGE)})
    return scenario.model_copy(update={"processes": {"order": process.model_copy(update={"demand": demand})}})


@pytest.mark.parametrize(("seed", "replication", "events"), [(1, 0, False), (7, 3, True)])
def test_day_by_day_is_the_run(scenario: Scenario, seed: int, replication: int, events: bool) -> None:
    """Running through Mesa gives the result of `sim.run`, bit by bit."""
    model = LiveOrganization(scenario, seed=seed, replication=replication, events=events)
    model.run_model()
    assert not model.running
    assert model.steps == 28
    same(model.result(), sim.run(scenario, 1, seed, first=replication, events=events))


@pytest.mark.compiled
def test_the_shipped_scenario_is_the_same_through_mesa() -> None:
    """The demo's organization, in short, gives the same bits either way."""
    scenario = sim.load("order_delivery").model_copy(update={"warmup_weeks": 1.0, "horizon_weeks": 2.0})
    model = LiveOrganization(scenario, seed=2)
    model.run_model()
    same(model.result(), sim.run(scenario, 1, 2))


def test_a_step_is_a_calendar_day(scenario: Scenario) -> None:
    """A step ends at midnight, weekends included; behind the end nothing happens any more."""
    model = LiveOrganization(scenario.model_copy(update={"warmup_weeks": 0.0, "horizon_weeks": 0.5}))
    seen = []
    while model.running:
        model.step()
        seen.append(model.hours)
    assert seen == [*(n * DAY for n in range(1, 11)), 10.5 * DAY]
    handled = model.machine.state.now[0]["handled"]
    model.step()
    assert model.hours == model.end
    assert model.machine.state.now[0]["handled"] == handled


def test_views_follow_tables_that_are_replaced(scenario: Scenario) -> None:
    """An agent taken at the start shows the rows of the moment, however often the tables have grown."""
    model = LiveOrganization(busy(scenario))
    sales = model.owner("sales")
    link = sales.links[0]
    before, requests = link.trust, model.machine.state.requests
    while model.running:
        model.step()
        row = model.machine.state.departments[sales.place]
        assert (sales.queue, sales.busy) == (row["waiting"], row["busy"])
        assert sales.waiting_hours == row["waiting_hours"]
    assert model.machine.state.requests is not requests
    assert sales.queue > 256
    assert link.trust != before
    row = model.machine.links()[int(model.compiled.params.pools[sales.place]["first_link"])]
    assert (link.trust, link.understanding, link.dealings) == (row["trust"], row["understanding"], row["dealings"])
    assert link.synced == row["synced"] > 0.0
    assert row["touched"] == model.machine.time


def test_what_agents_tell(scenario: Scenario) -> None:
    """Names, labels, levers and relations are those of the scenario."""
    model = LiveOrganization(scenario)
    sales, director = model.owner("sales"), model.owner("sales.director")
    assert isinstance(sales, Department)
    assert isinstance(director, Approver)
    assert [one.name for one in model.departments] == ["sales", "workshop", "stores"]
    assert [one.name for one in model.approvers] == ["sales.director"]
    assert sales.label.zh == "销售部"
    assert director.label.en == "Sales director"
    assert (sales.staff, director.staff) == (2, 1)
    assert [kpi.measures for kpi in sales.kpis] == ["own_work", "volume"]
    assert sales.trust_in("workshop") == sales.trust_in(model.owner("workshop")) == 0.5
    assert math.isnan(model.owner("stores").trust_in("sales.director"))
    assert {link.other.name for link in sales.links} == {"workshop", "stores", "sales.director"}
    assert all(link.owner is sales for link in sales.links)
    assert "sales to workshop: trust 0.500" in repr(sales.links)
    assert "Department sales: 0 of 2 busy" in repr(sales)
    model.step()
    assert 0.0 < sales.productivity < 1.0
    assert sales.lever("clarity") > scenario.lever("clarity", "sales")


def test_attainment_ends_at_the_published_measure(scenario: Scenario) -> None:
    """A department's live KPI attainment begins after the warm-up and ends at the measure of the result."""
    model = LiveOrganization(scenario)
    sales = model.owner("sales")
    model.step()
    assert math.isnan(sales.attainment)
    model.run_model()
    assert sales.attainment == model.result().measures["kpi_sales"].iloc[0]


def test_agent_sets_and_data_collector(scenario: Scenario) -> None:
    """Mesa's own ways to ask agents work."""
    model = LiveOrganization(scenario)
    collector = mesa.DataCollector(
        model_reporters={"open": "open_cases", "conflicts": "open_conflicts"},
        agent_reporters={"queue": "queue", "trust": lambda one: one.links[0].trust},
    )
    while model.running:
        model.step()
        collector.collect(model)
    assert len(model.agents) == 4
    assert sum(model.departments.get("queue")) == sum(one.queue for one in model.departments)
    assert {one.name for one in model.departments.select(lambda one: one.staff > 2)} == {"workshop"}
    by_day = collector.get_model_vars_dataframe()
    assert len(by_day) == 28
    assert by_day["open"].iloc[-1] == model.open_cases == model.result().cases["finish"].isna().sum()
    assert by_day["conflicts"].iloc[-1] == model.open_conflicts
    assert collector.get_agent_vars_dataframe()["trust"].between(0.0, 1.0).all()


def test_two_models_share_nothing(scenario: Scenario) -> None:
    """What one organization does is not seen in another, nor in what both were made from."""
    one, other = LiveOrganization(scenario), LiveOrganization(scenario)
    one.run_model()
    assert other.hours == 0.0
    assert other.open_cases == 0
    assert other.owner("sales").trust_in("workshop") == 0.5 != one.owner("sales").trust_in("workshop")
    other.run_model()
    same(one.result(), other.result())


def test_wrong_use_is_told_in_a_sentence(scenario: Scenario) -> None:
    """Misspelled names, numbers below zero and early results are refused."""
    with pytest.raises(ValueError, match="seed: found -1, expected a whole number of at least 0"):
        LiveOrganization(scenario, seed=-1)
    model = LiveOrganization(scenario)
    model.step()
    with pytest.raises(RuntimeError, match=r"the run is at day 1 of 28; call run_model\(\) before result\(\)"):
        model.result()
    with pytest.raises(KeyError, match="no department or approver is called 'sale'; did you mean 'sales'"):
        model.owner("sale")
    with pytest.raises(KeyError, match="no lever is called 'clarety'; did you mean 'clarity'"):
        model.owner("sales").lever("clarety")
