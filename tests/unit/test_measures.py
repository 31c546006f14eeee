"""Every published measure to the digit, on an outcome made by hand."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.interventions import Custom
from sim.kernel.layout import DAY_BY_NAME
from sim.measures import (
    SPLITS,
    attainments_of,
    ledger_of,
    measures_of,
    places_rows,
    rates_of,
    timeline_rows,
    utilization_rows,
    weights_of,
)
from sim.moneyweeks import COLUMNS, money_rows
from sim.outcome import Outcome
from sim.pairs import RELATION, relations_rows
from sim.spec.measures import MEASURES, PER_PROCESS
from sim.vocab import LEDGER_PARTS
from tests.worlds.by_hand import (
    CASES,
    LINKS,
    NAN,
    OF_CASES,
    OF_ORDERS,
    OF_QUERIES,
    outcome_by_hand,
    with_cases,
    with_processes,
)


@pytest.fixture
def outcome() -> Outcome:
    """Return what was written by hand."""
    return outcome_by_hand()


def test_measures_of_cases(outcome: Outcome) -> None:
    """One window for all; the unfinished count as the tail; rates are per case asked."""
    found = measures_of(outcome)
    assert {name: found[name] for name in OF_CASES} == pytest.approx(OF_CASES)
    for process, expected in (("order", OF_ORDERS), ("query", OF_QUERIES)):
        assert {name: found[f"{name}.{process}"] for name in expected} == pytest.approx(expected, nan_ok=True)
    assert set(OF_CASES) | {"release_caught"} == set(PER_PROCESS)


def test_dates_and_lead_times_are_those_of_customers_and_the_rest_of_cases(outcome: Outcome) -> None:
    """Who is served earlier, or only, has waited less; what is unfinished, and the throughput, stay what they were."""
    served = outcome.cases["finish"].copy()
    served[1] = 250.0  # 82 h: on time and as promised
    served[3] = 350.0  # 50 h: now as promised
    served[4] = 420.0  # 20 h: open, but served
    found = measures_of(with_cases(outcome, served=served))
    changed = {
        "on_time_target": 4 / 4,
        "on_time_promise": 4 / 4,
        "on_time_of_all_asked": 4 / 5,
        "lead_time_mean": (82 + 50 + 50 + 20 + 168 + 10 + 168) / 7,
        "value_delivered": (1 + 0.75 + 1 + 1 + 1 + 1) / 6,
        "satisfaction": (0.4 + 0.4 + 1.0 + 1.0 + 1.75) / 7,
        "revenue": (1 + 0.75 * 0.95**2 + 1 + 1) * 1000 / 2,
        "delay_cost": 0.0,
    }
    assert {name: found[name] for name in OF_CASES} == pytest.approx(OF_CASES | changed)


def test_measures_of_days(outcome: Outcome) -> None:
    """Two weeks count; approvers are paid at management's rate and cost no overhead of their own."""
    found = measures_of(outcome)
    desk = (2.0 * 0.9 + 0.1 * 2 * 40 / 7) * 7
    yard = (1.0 * 1.0 + 0.25) * 7
    board = 0.25 * 1 * 8 / 7 * 7
    head = 0.5 * 0.5 * 7
    assert found["coordination_hours"] == pytest.approx(desk + yard + board + head)
    assert found["coordination_cost"] == pytest.approx(50 * desk + 30 * yard + 100 * board + 100 * head)
    assert found["total_cost"] == pytest.approx(found["coordination_cost"] + 60)
    assert found["net_value"] == pytest.approx(500 * (0.75 * 0.95**2 + 1) - found["total_cost"])
    assert found["bypassed"] == pytest.approx(0.25)
    assert found["line_hours_lost"] == pytest.approx(0.5 * 7)
    assert found["hours_lent"] == pytest.approx((0.25 + 0.5) * 7)
    assert found["quits"] == pytest.approx((2 + 1) * 365 / 14)
    assert found["vacant_share"] == pytest.approx(7 * 2 / (7 * 2 + 14 * (2 + 3 + 1)))
    assert found["urgent_response"] == pytest.approx((7.0 + 5.0) / (2 + 1))
    assert found["trust"] == pytest.approx((3 * 0.5 + 4 * 0.8 + 1 * 0.1) / 8)
    assert found["trust_in_approvers"] == pytest.approx(0.9)
    assert found["kpi_desk"] == pytest.approx((3 * 0.7 + 1 * 0.5 / 0.8) / 4)
    assert found["kpi_yard"] == pytest.approx((1 * 0.25 / 0.5 + 4 * 0.5 / 0.9) / 5)
    assert math.isnan(found["kpi_board"])
    assert attainments_of(outcome) == pytest.approx({k: v for k, v in found.items() if "kpi" in k}, nan_ok=True)


@pytest.mark.parametrize(
    ("told", "spent"),
    [
        ({"start_week": 0, "money_once": 500, "money_per_week": 7}, 500 / 2 + 7),
        ({"start_week": 1.5, "money_once": 500, "money_per_week": 7}, (500 + 0.5 * 7) / 2),
        ({"start_week": -0.5, "end_week": 0.5, "money_once": 500, "money_per_week": 7}, 0.5 * 7 / 2),
        ({"money_once": 500, "money_per_week": 7}, 7.0),  # it was there before
        ({"start_week": 0, "end_week": 1, "money_once": 500, "money_per_week": 8, "strength": 0.5}, (250 + 4) / 2),
        ({"start_week": 0}, 0.0),
    ],
)
def test_money_of_interventions(outcome: Outcome, told: dict[str, Any], spent: float) -> None:
    """What is spent once counts where it is spent within the horizon, the rest while it lasts; strength scales both."""
    usual = measures_of(outcome)
    bought = {"kind": "custom", "cost_minutes": 0} | told
    stated = outcome.compiled.stated.model_copy(update={"interventions": (Custom.model_validate(bought),)})
    found = measures_of(replace(outcome, compiled=replace(outcome.compiled, stated=stated)))
    assert found["total_cost"] - usual["total_cost"] == pytest.approx(spent)
    assert found["net_value"] - usual["net_value"] == pytest.approx(-spent)


def test_a_penalty_is_due_once(outcome: Outcome) -> None:
    """Beside what each day costs, or alone; who is not late owes nothing, nor who has no date."""
    for per_day, expected in ((30.0, (48 + 48) / 24 * 30 + 2 * 700), (None, 2 * 700)):
        told = with_processes(outcome, {"delay_cost": per_day, "late_penalty": 700.0}, {})
        assert measures_of(told)["delay_cost"] == pytest.approx(expected / 2)
    on_time = with_cases(outcome, target=336.0 + 232.0)  # the end of the longest tail
    assert measures_of(with_processes(on_time, {"late_penalty": 700.0}, {}))["delay_cost"] == 0.0


def test_money_week_by_week(outcome: Outcome) -> None:
    """A case counts in the week in which it arrives; the weeks sum to what the measures say."""
    told = with_processes(outcome, {"late_penalty": 700.0}, {})
    bought = {"kind": "custom", "cost_minutes": 0, "start_week": 1.5, "money_once": 500, "money_per_week": 8}
    stated = told.compiled.stated.model_copy(update={"interventions": (Custom.model_validate(bought),)})
    told = replace(told, compiled=replace(told.compiled, stated=stated))
    found, weeks = measures_of(told), money_rows(told)
    assert weeks["week"].tolist() == [0, 1]
    assert weeks["revenue"] == pytest.approx([(0.75 * 0.95**2 + 1) * 1000, 0.0])
    assert weeks["delay_cost"] == pytest.approx([60 + 700.0, 60 + 700.0])
    assert weeks["spent"] == pytest.approx([0.0, 4.0])
    assert weeks["spent_once"] == pytest.approx([0.0, 500.0])
    assert weeks["coordination_cost"].sum() == pytest.approx(2 * found["coordination_cost"])
    costs = sum(weeks[name].sum() for name in COLUMNS[1:])
    assert weeks["revenue"].sum() - costs == pytest.approx(2 * found["net_value"])


@pytest.mark.parametrize(
    ("turns", "spent", "once"),
    [
        ([], [7.0, 7.0], [500.0, 0.0]),
        ([(0.0, False)], [0.0, 0.0], [0.0, 0.0]),  # switched off before it begins
        ([(168.0 + 84.0, False)], [3.5, 0.0], [500.0, 0.0]),
        ([(168.0 + 84.0, False), (336.0 + 84.0, True)], [3.5, 3.5], [500.0, 0.0]),  # what was bought is there
        ([(100.0, False), (336.0, True)], [0.0, 7.0], [0.0, 500.0]),
    ],
)
def test_what_is_switched_off_costs_no_more(outcome: Outcome, turns: Any, spent: Any, once: Any) -> None:
    """It takes money while it is on, and once when it first begins."""
    bought = {"kind": "custom", "cost_minutes": 0, "start_week": 0, "money_once": 500, "money_per_week": 7}
    stated = outcome.compiled.stated.model_copy(update={"interventions": (Custom.model_validate(bought),)})
    turned = tuple((time, 0, on) for time, on in turns)
    told = replace(outcome, compiled=replace(outcome.compiled, stated=stated), turned=turned)
    weeks = money_rows(told)
    assert (weeks["spent"].tolist(), weeks["spent_once"].tolist()) == (spent, once)
    more = measures_of(told)["total_cost"] - measures_of(outcome)["total_cost"]
    assert more == pytest.approx((sum(spent) + sum(once)) / 2)


def test_money_that_nobody_speaks_of(outcome: Outcome) -> None:
    """Without worth there is no revenue and no net value, without a cost of delay none; coordination is left."""
    quiet = {"worth": None, "delay_cost": None, "satisfaction": None}
    scenario = outcome.compiled.scenario
    flows = {name: one.model_copy(update=quiet) for name, one in scenario.processes.items()}
    compiled = replace(outcome.compiled, scenario=scenario.model_copy(update={"processes": flows}))
    found = measures_of(replace(outcome, compiled=compiled))
    assert all(math.isnan(found[name]) for name in ("satisfaction", "revenue", "delay_cost", "net_value"))
    assert found["total_cost"] == found["coordination_cost"]


def test_replications_share_what_the_scenario_alone_says(outcome: Outcome) -> None:
    """It is worked out with the first of them, and never for another scenario."""
    first, again = measures_of(outcome), replace(outcome, replication=1)
    known = dict(outcome.compiled.shared)
    assert rates_of(again) is rates_of(outcome)
    assert weights_of(again, "weight") is weights_of(outcome, "weight")
    assert repr(measures_of(again)) == repr(first)
    assert all(outcome.compiled.shared[name] is made for name, made in known.items())
    dearer = with_processes(outcome, {"worth": 2.0}, {"worth": 3.0})
    assert not dearer.compiled.shared
    assert measures_of(dearer)["revenue"] != first["revenue"]


def test_every_measure_is_tested_to_the_digit(outcome: Outcome) -> None:
    """What is published is what the two tests above look at, and nothing is published that the catalogue lacks."""
    of_days = {
        "bypassed",
        "line_hours_lost",
        "hours_lent",
        "quits",
        "vacant_share",
        "coordination_hours",
        "coordination_cost",
        "total_cost",
        "net_value",
        "urgent_response",
        "trust",
        "trust_in_approvers",
    }
    of_releases = {"releases_on_time", "release_slip_days", "items_per_release", "release_caught"}  # in tests/laws
    assert {*OF_CASES, *of_days, *of_releases} == set(MEASURES)
    per_process = {f"{name}.{process}" for name in PER_PROCESS for process in ("order", "query")}
    assert set(measures_of(outcome)) == {*MEASURES, *per_process, "kpi_desk", "kpi_yard", "kpi_board"}


def test_a_kpi_is_met_at_most_in_full(outcome: Outcome) -> None:
    """Twice the volume is no better than the target."""
    outcome.days["done"] = 40.0
    assert attainments_of(outcome)["kpi_desk"] == pytest.approx((3 * 1.0 + 1 * 1.0) / 4)


def test_a_ledger_sums_to_the_lead_time(outcome: Outcome) -> None:
    """Four cases are finished in time; the other three are in one part with the tail that they were waited for."""
    ledgers = {name: ledger_of(outcome, name) for name in SPLITS}
    zero = dict.fromkeys(LEDGER_PARTS, 0.0)
    hours = {"touch": 192 / 7, "external": 6 / 7, "closed": 30 / 7, "rework": 60 / 7, "conflict": 40 / 7}
    assert ledgers["ledger"] == pytest.approx(zero | hours | {"unfinished": 3 * 168 / 7})
    assert sum(ledgers["ledger"].values()) == pytest.approx(OF_CASES["lead_time_mean"])
    del zero["closed"], hours["closed"]
    inherited = zero | hours | {"queue": 30 / 7, "unfinished": 3 * 168 / 7}
    assert ledgers["ledger_inherited"] == pytest.approx(inherited)
    # at the desk and in the yard people work forty hours a week, and on Saturday somebody approves for eight
    open_hours = zero | hours | {"conflict": 0.0, "unfinished": 3 * 48 / 7}
    assert ledgers["ledger_open"] == pytest.approx(open_hours)


def test_ledgers_where_nothing_is_finished_or_nobody_comes(outcome: Outcome) -> None:
    """All the time is unfinished; without cases there is no number."""
    unfinished = with_cases(outcome, finish=NAN, served=NAN)
    assert ledger_of(unfinished) == pytest.approx(dict.fromkeys(LEDGER_PARTS, 0.0) | {"unfinished": 168.0})
    nobody = with_cases(outcome, finish=NAN, served=NAN, arrival=0.0)
    assert all(math.isnan(hours) for hours in ledger_of(nobody).values())
    nothing, sums = measures_of(nobody), ("throughput", "revenue", "delay_cost")
    assert all(math.isnan(nothing[name]) for name in OF_CASES if name not in sums)


def test_places_are_per_case_that_counts(outcome: Outcome) -> None:
    """Four orders and three queries count; where no case of a process does, there is no number."""
    hours = outcome.places.copy()
    assert places(outcome) == pytest.approx(hours / np.array([[4], [4], [3]]))
    assert np.isnan(places(with_cases(outcome, process=0))[2]).all()


def places(outcome: Outcome) -> np.ndarray:
    """Return the hours of every step and part."""
    rows = places_rows(outcome)
    assert list(zip(rows["process"], rows["step"], strict=True)) == list(outcome.compiled.steps)
    return np.array([rows[part] for part in LEDGER_PARTS]).T


def test_relations_at_start_and_end(outcome: Outcome) -> None:
    """Rows: trust at start and end, understanding at start and end, dealings, those planned; a column for each pair."""
    planned = [between for between, _ in LINKS.values()]
    expected = [[0.5] * 6, [0.75] * 6, [0.25] * 6, [0.25] * 6, [6.0] * 6, planned]
    rows = relations_rows(outcome)
    assert [rows[name].tolist() for name in RELATION] == expected
    pools = outcome.compiled.pools
    assert list(zip(rows["from"], rows["to"], strict=True)) == [
        (pools[i], pools[j]) for i, j in outcome.compiled.link_ends
    ]


def test_loads_are_over_the_days_that_count(outcome: Outcome) -> None:
    """Hours served over people times open hours of fourteen days."""
    found = dict(zip(*utilization_rows(outcome).values(), strict=True))
    assert found == pytest.approx({"desk": 7 / (2 * 40 / 7), "yard": 17 / (3 * 40 / 7), "board": 0.0,
                                   "desk.head": 0.5 / (4 / 7)})  # fmt: skip


def test_nobody_is_busy_where_nobody_is(outcome: Outcome) -> None:
    """A department without people has no load."""
    outcome.days["staff"][outcome.days["department"] == 1] = 0
    desk, yard, *_ = utilization_rows(outcome)["utilization"]
    assert math.isnan(yard)
    assert desk == pytest.approx(7 / (2 * 40 / 7))


def test_one_week_and_one_case_are_enough(outcome: Outcome) -> None:
    """Measures of days need a day, places a case."""
    short = outcome.compiled.scenario.model_copy(update={"horizon_weeks": 1.0})
    week = replace(outcome, compiled=replace(outcome.compiled, scenario=short))
    assert measures_of(week)["kpi_desk"] == measures_of(outcome)["kpi_desk"]
    assert measures_of(week)["urgent_response"] == pytest.approx(4.0)
    one = with_cases(outcome, process=np.arange(len(CASES)) == 2)
    assert places(one)[2] == pytest.approx(outcome.places[2])


def test_weeks_are_counted_as_in_files(outcome: Outcome) -> None:
    """The warm-up is week -1, and the tail is no week at all."""
    weeks = pd.DataFrame(timeline_rows(outcome)).set_index("week")
    assert weeks.index.to_list() == [-1, 0, 1]
    assert weeks["on_time_target"].to_list() == pytest.approx([NAN, 2 / 3, 1.0], nan_ok=True)
    assert weeks["backlog"].to_list() == [1, 3, 3]
    assert weeks["conflicts"].to_list() == [9, 3, 1]
    usual, first = ((3 * desk + 4 * 0.8 + 1 * 0.1) / 8 for desk in (0.4, 0.6))
    assert weeks["trust"].to_list() == pytest.approx([1000.0, first, usual])


@pytest.mark.parametrize(("warmup", "days"), [(17 / 7, 17), (0.1, 0), (34 / 7, 34)])
def test_a_warm_up_of_any_length_is_followed_by_whole_weeks(outcome: Outcome, warmup: float, days: int) -> None:
    """Rounding makes no week of no length, and no day of the warm-up one that counts."""
    scenario = outcome.compiled.scenario.model_copy(update={"warmup_weeks": warmup, "horizon_weeks": 3.0})
    other = replace(outcome, compiled=replace(outcome.compiled, scenario=scenario), days=np.zeros(240, DAY_BY_NAME))
    weeks = pd.DataFrame(timeline_rows(other))["week"].to_list()
    assert weeks == list(range(-math.ceil(warmup), 3))
    other.days.reshape(-1, 4)["urgent_n"][days : days + 21] = 1.0
    other.days["urgent_wait"] = other.days["urgent_n"]
    other.days["urgent_wait"].reshape(-1, 4)[:days] = 1000.0
    other.days["urgent_wait"].reshape(-1, 4)[days + 21 :] = 1000.0
    assert measures_of(other)["urgent_response"] == 1.0
