"""The numbers of an answer: they add up, say what studies say, grow to the same bits, and are few."""

import json
import math

import numpy as np
import pytest

import sim
from sim.scenario import ScenarioError
from sim.spec.measured import measure_specs
from sim.study.compare import planned
from sim.study.digest import digests_of
from sim.study.directcost import direct_cost
from sim.study.oneverdict import verdicts_alone
from sim.study.reported import headline_measures
from sim.study.weeks import weeks_table
from sim.tables import WhenAsked
from sim.vocab import LEDGER_PARTS
from sim.web.agenda import STEPS, WANTED
from sim.web.answer import MOST_REASONS, SAID
from sim.web.frame import frame_of
from sim.web.shown import BIG, PARTS, SERIES, measures_shown, neat, plain
from sim.web.studies import Studies
from sim.words import LANGUAGES
from tests.worlds.fakes import FakeEngine, small_scenario

ITEMS = (["shared_kpi"], ["raci", "shared_kpi"], ["daily_standup"], ["raci:clarity=0.7", "departments.sales.staff=3"])


def bytes_of(told) -> bytes:
    """Return plain data as text, always the same way, without what JSON does not know."""
    return json.dumps(told, sort_keys=True, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode()


@pytest.fixture
def studies():
    """Return studies of a small organization whose runs are made up."""
    return Studies(small_scenario(), engine=FakeEngine())


def answered(studies, items, n=20):
    """Return an answer after so many replications."""
    asked = studies.asked(items)
    studies.grow(asked, n)
    return studies.answer(asked, items)


@pytest.mark.parametrize("items", ITEMS, ids=str)
@pytest.mark.parametrize("n", STEPS[:4])
def test_now_and_the_difference_make_then(studies, items, n):
    """To the last digit that is told; intervals are around the difference, and ranges around the means."""
    told = answered(studies, items, n)
    assert (told["n"], told["wanted"], told["asked"]) == (n, WANTED, items)
    for name, row in told["measures"].items():
        assert row["then"] == neat(row["now"] + row["diff"], 6), name
        assert row["low"] <= row["diff"] <= row["high"]
        for side in ("now", "then"):
            low, high = row[f"{side}_range"]
            assert low <= high
        wins, of = row["better"]
        assert 0 <= wins <= of == n
        assert row["verdict"] in SAID.values()


def test_a_verdict_is_that_of_the_measures_on_screen(studies):
    """One family: these measures of this alternative, whatever else was asked before."""
    answered(studies, ["shared_kpi"])
    told = answered(studies, ["raci", "shared_kpi"])
    plan = planned(studies.scenario, {"Both": ["shared_kpi", "raci"]}, 20)
    plan.run(FakeEngine())
    runs = plan.study.results()
    table = verdicts_alone(runs, measures_shown(studies.scenario), measure_specs(studies.scenario))
    for name, row in told["measures"].items():
        times = {"on_time_target": 100.0, "lead_time_mean": 1.0 / 24.0}.get(name, 1.0)
        assert row["low"] == pytest.approx(table["ci_low"][name] * times, abs=0.01)
        assert row["high"] == pytest.approx(table["ci_high"][name] * times, abs=0.01)
        assert row["better"][0] == round(table["better_in"][name] * 20)


def test_the_baseline_has_no_other_side(studies):
    """Nothing is different from itself; whatever has two sides has one."""
    told = answered(studies, [])
    assert told["key"] == ""
    for row in told["measures"].values():
        assert row["now"] is not None
        assert {row[name] for name in ("then", "diff", "low", "high", "verdict", "then_range")} == {None}
        assert row["better"] is None
    assert told["ledger"]["then"] is told["load"]["then"] is None
    assert (told["why"], told["cost"]["hours"]) == ([], 0)
    assert all(row[4] is None for row in told["trust"])


@pytest.mark.parametrize("items", ITEMS, ids=str)
def test_what_moved_are_parts_of_the_ledger(studies, items):
    """At most five, the largest first, by as much as the two ledgers differ."""
    told = answered(studies, items)
    moved = [hours for _, hours in told["why"]]
    assert [abs(one) for one in moved] == sorted(map(abs, moved), reverse=True)
    assert len(moved) <= MOST_REASONS
    for part, hours in told["why"]:
        place = PARTS.index(part)
        assert abs(hours) >= 0.5
        assert told["ledger"]["then"][place] - told["ledger"]["now"][place] == pytest.approx(hours, abs=0.11)


def test_where_minutes_count_the_hours_of_a_case_are_told_to_the_minute():
    """Where half an hour is worth naming, to tenths."""
    for pace, digits in (("15 min", 3), ("8 h", 1)):
        studies = Studies(small_scenario(pace=pace), engine=FakeEngine())
        told = answered(studies, ["shared_kpi"])
        means = studies._result("").tables["ledger_open"].iloc[:20].mean()
        expected = [plain(means.get(part, 0.0), digits) for part in PARTS]
        assert told["ledger"]["now"] == expected
        assert any(round(one, 1) != one for one in expected) == (digits == 3)


def test_lists_stand_in_the_order_of_the_frame(studies):
    """Departments, parts, series and weeks: whoever draws counts places."""
    told, frame = answered(studies, ["raci"]), frame_of(studies.scenario, 0, 1)
    owners = [one["id"] for one in frame["departments"]]
    assert len(told["load"]["now"]) == len(told["load"]["then"]) == len(told["cost"]["departments"]) == len(owners)
    assert len(told["ledger"]["now"]) == len(frame["parts"])
    assert list(told["measures"]) == [one["id"] for one in frame["measures"]]
    assert list(told["weeks"]["series"]) == [one["id"] for one in frame["series"]]
    assert all(0 <= i < j < len(owners) for i, j, *_ in told["trust"])
    for series in told["weeks"]["series"].values():
        for side in series.values():
            assert len(side) == 3
            assert all(low <= mean <= high for mean, low, high in zip(*side, strict=True) if mean is not None)


@pytest.mark.parametrize("items", ITEMS[:2], ids=str)
def test_means_are_those_of_studies(studies, items):
    """Weeks with their quantiles, busy shares, trust and the ledger: faster, and the same."""
    told, asked = answered(studies, items, 8), studies.asked(items)
    runs = dict(zip(("now", "then"), studies._runs(8, asked.key).values(), strict=True))
    weeks, means, owners = weeks_table(runs), WhenAsked(digests_of(runs)), studies.scenario.pools()
    for side in runs:
        for one in SERIES:
            of_series = weeks[(weeks["alternative"] == side) & (weeks["series"] == one.name)]
            shown = told["weeks"]["series"][one.name][side]
            times, least = (100.0, 1.0) if one.unit == "share" else (1.0, 0.1)
            for line, column in zip(shown, ("mean", "q10", "q90"), strict=True):
                assert line == pytest.approx((of_series[column] * times).tolist(), abs=0.51 * least)
        load, pairs, ledger = (of_side(means[name], side) for name in ("utilization", "relations", "ledger_open"))
        busy = load.groupby("department")["utilization"].mean()
        assert told["load"][side] == pytest.approx([busy[name] * 100.0 for name in owners], abs=0.51)
        hours = [ledger[part].item() if part in ledger else 0.0 for part in PARTS]
        assert told["ledger"][side] == pytest.approx(hours, abs=0.051)
        for i, j, start, *ends in told["trust"]:
            both = pairs[pairs["from"].isin([owners[i], owners[j]]) & pairs["to"].isin([owners[i], owners[j]])]
            assert len(both) == 2
            assert ends[list(runs).index(side)] == pytest.approx(both["trust"].mean() * 100.0, abs=0.51)
            assert side == "then" or start == pytest.approx(both["trust_start"].mean() * 100.0, abs=0.51)


def test_ranges_are_those_of_their_side(studies):
    """Eight of ten replications lie within, of now and of then each; who is as good as now is not better."""
    told, asked = answered(studies, ["raci", "shared_kpi"]), studies.asked(["raci", "shared_kpi"])
    runs = dict(zip(("now", "then"), studies._runs(20, asked.key).values(), strict=True))
    for name, row in told["measures"].items():
        times = {"on_time_target": 100.0, "lead_time_mean": 1.0 / 24.0}.get(name, 1.0)
        for side, run in runs.items():
            expected = (run.tables["measures"][name].quantile([0.1, 0.9]) * times).tolist()
            assert row[f"{side}_range"] == pytest.approx(expected, abs=0.0051)
    same = answered(studies, ["departments.sales.staff=3"])
    assert [row["better"] for row in same["measures"].values()] == [[0, 20]] * len(same["measures"])


def of_side(table, side):
    """Return the rows of one side of a table of a comparison."""
    return table.loc[[side]] if table.index.name == "alternative" else table[table["alternative"] == side]


def test_the_cost_is_the_direct_one(studies):
    """As studies work it out before anything is run, department by department."""
    told, found = answered(studies, ["daily_standup"]), direct_cost(studies.scenario, "daily_standup")
    assert told["cost"]["hours"] == plain(found.hours, 1)
    assert told["cost"]["money"] == plain(found.money, 0)
    assert sum(told["cost"]["departments"]) == pytest.approx(found.hours, abs=0.2)
    assert told["cost"]["once"] == 0
    bought, found = answered(studies, ["erp"]), direct_cost(studies.scenario, "erp")
    assert bought["cost"]["once"] == plain(found.once, 0) > 0


def test_who_grows_in_steps_gets_the_same_bytes(studies):
    """As whoever asks for all at once, also beside a baseline that is further on."""
    asked = studies.asked(["raci"])
    studies.grow(studies.asked([]), 50)
    for n in (4, 8, 20):
        assert studies.grow(asked, n) == studies.done(asked.key) == n
        other = Studies(studies.scenario, engine=FakeEngine())
        assert bytes_of(studies.answer(asked)) == bytes_of(answered(other, ["raci"], n) | {"asked": ["raci"]})


def test_only_what_is_missing_is_run():
    """The baseline once for all, and an alternative once however often it is asked for."""
    ran = []

    class Counted(FakeEngine):
        def results(self, blocks):
            ran.extend(
                (tuple(one.kind for one in block.compiled.scenario.interventions), *block.replications)
                for block in blocks
            )
            yield from super().results(blocks)

    studies = Studies(small_scenario(), engine=Counted())
    for items in (["raci"], ["shared_kpi"], ["raci"]):
        studies.grow(studies.asked(items), 8)
    assert len(ran) == len(set(ran)) == 3 * 8


def test_it_stops_where_somebody_else_is_to_come_first(studies):
    """After a few replications, and goes on later."""
    asked = studies.asked(["raci"])
    assert studies.grow(asked, 20, stop=lambda: True) == 4
    assert studies.answer(asked)["state"] == "first"
    assert studies.grow(asked, 20) == 20
    assert studies.answer(asked)["state"] == "growing"
    assert studies.answer(asked, wanted=20)["state"] == "final"


def test_old_alternatives_are_forgotten_and_the_baseline_is_not():
    """Those that were not asked for longest go first."""
    studies = Studies(small_scenario(), engine=FakeEngine(), remembered=2)
    for items in (["raci"], ["shared_kpi"], ["daily_standup"]):
        studies.grow(studies.asked(items), 4)
    assert [studies.done(key) for key in ("", "raci", "shared_kpi", "daily_standup")] == [4, 0, 4, 4]


def test_what_an_organization_cannot_have_is_refused_when_it_is_to_be_run(studies):
    """And leaves nothing behind."""
    asked = studies.asked(["escalation_path"])
    with pytest.raises(ScenarioError):
        studies.grow(asked, 4)
    assert studies.done(asked.key) == 0


def test_a_replication_that_failed_is_left_out():
    """The others are told."""
    studies = Studies(small_scenario(), engine=FakeEngine(failing={3: "somebody pulled the plug"}))
    told = answered(studies, ["raci"], 8)
    assert all(row["better"][1] == 7 for row in told["measures"].values())
    assert bytes_of(told)


def test_four_measures_are_shown_whatever_an_organization_has():
    """The usual ones; without dates, or with measures of its own choice, the next of its headlines."""
    assert measures_shown(sim.load("order_delivery")) == BIG
    for scenario in (sim.load("trust_trap"), small_scenario(), _undated(small_scenario())):
        shown = measures_shown(scenario)
        assert len(shown) == len(set(shown)) == len(BIG)
        assert set(shown) <= set(measure_specs(scenario))
    assert "on_time_target" not in measures_shown(_undated(small_scenario()))


@pytest.mark.parametrize("name", sim.shipped())
def test_what_is_shown_first_is_what_the_file_names_first(name):
    """As on the slide and the start page; without the same of all processes beside that of one."""
    scenario = sim.load(name)
    shown = measures_shown(scenario)
    assert shown[0] == headline_measures(scenario)[0]
    assert len(shown) == len(set(shown)) == len(BIG)
    assert shown[0].partition(".")[0] not in shown[1:]


@pytest.mark.compiled
@pytest.mark.parametrize("name", ["double11", "version_iteration", "budget_round"])
def test_an_organization_of_several_processes_is_answered(name):
    """Also where complaints are caused, whose number is no throughput that one wants."""
    studies = Studies(sim.load(name))
    told = answered(studies, ["shared_kpi"], 2)
    assert tuple(told["measures"]) == measures_shown(studies.scenario)
    assert all(row["verdict"] in SAID.values() for row in told["measures"].values())


def _undated(scenario):
    process = next(iter(scenario.processes))
    return scenario.changed({f"processes.{process}.target_days": None})


def test_numbers_are_plain():
    """Whole where they are whole, nothing where they are not defined."""
    assert [plain(one, 1) for one in (1.0, 2.25, math.nan, math.inf, None, np.float64(0.04))] == [
        1,
        2.2,
        None,
        None,
        None,
        0,
    ]
    assert PARTS[: len(LEDGER_PARTS)] == LEDGER_PARTS
    assert len(SERIES) == 4


@pytest.mark.compiled
def test_real_answers_are_small_and_the_same_every_time():
    """At most 3 KB without its weeks, in both languages; the same bytes from two studies."""
    scenario = sim.load("order_delivery")
    items = ["shared_kpi", "raci", "daily_standup", "job_rotation", "response_agreement"]
    one, other = (answered(Studies(scenario), items, 4) for _ in range(2))
    assert bytes_of(one) == bytes_of(other)
    assert len(bytes_of({name: told for name, told in one.items() if name != "weeks"})) <= 3_000
    assert all(one["label"][lang] for lang in LANGUAGES)
    shares = [sum(side) for side in one["ledger"].values()]
    assert shares[1] < shares[0]


def test_more_replications_than_wanted_are_left_out(studies):
    """An answer of so many is the same whoever went further."""
    asked = studies.asked(["raci"])
    studies.grow(asked, 20)
    other = Studies(studies.scenario, engine=FakeEngine())
    other.grow(asked, 8)
    assert bytes_of(studies.answer(asked, wanted=8)) == bytes_of(other.answer(asked, wanted=8))


@pytest.mark.compiled
def test_money_is_told_where_the_scenario_speaks_of_it():
    """As a comparison tells it, rounded; of an organization that does not, nothing is kept or told."""
    order = {"processes.order.worth": 3000, "processes.order.delay_cost": 60, "warmup_weeks": 1, "horizon_weeks": 3}
    studies = Studies(sim.load("order_delivery", order))
    told = answered(studies, ["raci:money_once=900"], 3)["money"]
    row = sim.compare(studies.scenario, {"RACI": ["raci:money_once=900"]}, 3).money.loc["RACI"]
    assert told["net_value_year"] == round(row["net_value_year"])
    assert told["ci_low"] < told["net_value_year"] < told["ci_high"]
    assert (told["weeks"], told["not_paid_back"]) == (3, round(row["not_paid_back"], 2))
    assert "money" not in answered(studies, [], 3)
    assert "money" not in answered(Studies(small_scenario(), engine=FakeEngine()), ["raci"], 3)
