import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.answers.logfit.structure import Settings, learn
from sim.answers.logfit.structure.building import OPEN, PROCESS
from sim.scenario import Scenario
from sim.spec.process import END
from tests.worlds.learnable import desks, office, table


@pytest.fixture(scope="module")
def learned():
    return learn(desks())


def ways(scenario, step):
    """Return where cases go after a step, by activity."""
    steps = scenario.processes[PROCESS].steps
    return {(END if one == END else str(steps[one].label)): share for one, share in steps[step].next.items()}


def test_what_follows_depends_on_where_a_case_came_from(learned):
    steps = learned.scenario.processes[PROCESS].steps
    [first] = learned.scenario.processes[PROCESS].start
    [to_b] = [one for one in steps[first].next if one != END]
    [to_c] = [one for one in steps[to_b].next if str(steps[one].label) == "work c"]
    [back_in_b] = [one for one in steps[to_c].next if one != END]
    assert back_in_b != to_b
    # three standard errors of what about so many cases show
    assert ways(learned.scenario, first)["work b"] == pytest.approx(0.6, abs=0.06)
    assert ways(learned.scenario, to_b)["work a"] == pytest.approx(0.8, abs=0.06)
    assert ways(learned.scenario, back_in_b)[END] == pytest.approx(0.9, abs=0.13)


def test_first_order_would_take_one_b_for_the_other(learned):
    plain = learn(learned.parts.log, settings=Settings(memory=1))
    assert [str(one.label) for one in plain.scenario.processes[PROCESS].steps.values()].count("work b") == 1
    assert len(learned.parts.steps) > len(plain.parts.steps)


def test_work_and_waits_are_those_of_the_log(learned):
    steps = learned.scenario.processes[PROCESS].steps
    assert {one.work.mean for one in steps.values()} == {0.5}
    waits = learned.tables["waits"]
    assert np.average(waits["hours"], weights=waits["seen"]) == pytest.approx(1.0, abs=0.12)


def test_arrivals_are_those_of_the_log(learned):
    assert learned.scenario.processes[PROCESS].demand.per_week == pytest.approx(600 * 168 / 2000, rel=0.2)


def test_no_more_steps_than_are_allowed():
    assert len(learn(desks(300), settings=Settings(steps=4)).parts.steps) <= 4


def test_calendars_and_waits_in_open_hours():
    found = learn(office())
    scenario, calendars = found.scenario, found.scenario.calendars
    hours = tuple((9.0 + 24 * d, 17.0 + 24 * d) for d in range(5))
    assert {calendars[one.calendar].intervals for one in scenario.departments.values()} == {hours}
    [waiting] = {one.external.calendar for one in scenario.processes[PROCESS].steps.values() if one.external}
    assert all(9.0 <= a % 24 < b % 24 <= 17.0 and a < 120.0 for a, b in calendars[waiting].intervals)
    [wait] = [one.external for one in scenario.processes[PROCESS].steps.values() if one.external]
    hours = found.tables["waits"]["hours"].item() + found.tables["states"]["hours_of_work"].iloc[1]
    queue = float(found.parts.load.queue.max())
    assert 0.0 < queue <= 2.0
    assert hours + queue == pytest.approx(4.0, abs=0.25)
    assert wait.calendar in calendars
    assert {one.calendar for one in scenario.departments.values()} == set(calendars)


def test_groups_come_back_as_departments(learned):
    assert set(learned.grouped(learned.parts.log).events["group"].cat.categories) == {"a", "b", "c"}
    assert {str(one.label) for one in learned.scenario.departments.values()} == {"a", "b", "c"}


def test_what_is_social_is_taken_out_of_the_waits_between_departments(learned):
    social = learned.with_social({"b": 0.3}, {"severity": 0.1})
    assert social.departments["b"].levers["latency"] == 0.3
    assert social.lever("severity") == 0.1
    [first] = learned.scenario.processes[PROCESS].start
    [to_b] = [one for one in learned.scenario.processes[PROCESS].steps[first].next if one != END]
    plain, less = (
        one.processes[PROCESS].steps[first].external.by_next[to_b].mean for one in (learned.scenario, social)
    )
    assert less + 0.3 == pytest.approx(plain, abs=1e-3)
    back = next(iter(learned.scenario.processes[PROCESS].steps[to_b].next))
    assert (
        social.processes[PROCESS].steps[to_b].external.by_next[back]
        == learned.scenario.processes[PROCESS].steps[to_b].external.by_next[back]
    )


def test_open_cases_come_to_their_next_step_after_the_hour():
    log, hour = desks(hours=100.0), 62.0
    scenario = learn(log).starting_at(log, hour)
    opened = scenario.processes[OPEN]
    assert all(date + 48.0 >= hour for date in opened.demand.at)
    running = int(((log.arrivals + 0.5 < hour) & (log.finishes >= hour)).sum())
    assert abs(len(opened.demand.at) - running) <= 3 * math.sqrt(running)
    assert scenario.starts_on == "2024-01-03"
    assert scenario.warmup_weeks * 7 == pytest.approx(2)


def test_due_dates_and_priorities():
    rows = [(case, step, "desk", 24.0 * case + 5.0 * n) for case in range(20) for n, step in enumerate("ab")]
    hour = np.timedelta64(1, "h")
    due = {str(case): np.datetime64("2024-01-01") + hour * (24 * case + 48) for case in range(20)}
    found = learn(table(rows, due=due, priority={str(case): "low" if case % 4 else "High" for case in range(20)}))
    process = found.scenario.processes[PROCESS]
    assert process.target_days == 2.0
    assert process.urgent_share == 0.25


def test_a_log_of_finished_cases_only_is_filled_up():
    luck = np.random.default_rng(3)
    rows = []
    for case, begin in enumerate(np.sort(luck.random(1200)) * 20 * 168.0):
        length = float(luck.choice([1.0, 600.0]))
        if begin + length <= 20 * 168.0:
            rows += [(case, "open", "a", begin), (case, "short" if length < 2 else "long", "a", begin + length)]
    found = learn(table(rows), settings=Settings(half_life=0.0))
    assert found.parts.material.only_finished
    assert found.scenario.processes[PROCESS].demand.per_week == pytest.approx(60.0, rel=0.12)
    ends = ways(found.scenario, next(iter(found.scenario.processes[PROCESS].start)))
    assert ends["long"] == pytest.approx(0.5, abs=0.06)


ODD = {
    "one case": [(0, "a", "x", 1.0)],
    "one activity": [(case, "a", "x", 3.0 * case) for case in range(30)],
    "the same second": [(n // 3, "abc"[n % 3], "xy"[n % 2], 5.0) for n in range(30)],
    "a hundred groups": [(n // 5, "abcde"[n % 5], f"g{n}", float(n)) for n in range(100)],
    "round and round": [(n // 40, "ab"[n % 2], "xy"[n % 2], float(n)) for n in range(200)],
    "very long": [(n // 2, "ab"[n % 2], "xy"[n % 2], n + 9e4 * (n % 2)) for n in range(40)],
    "odd names": [(n // 3, ("end", "  ", "1.2 / §")[n % 3], ("", "end", "\0x")[n % 3], 2.0 * n) for n in range(30)],
    "Chinese": [
        (n // 3, ("受理", "审批", "归档")[n % 3], ("客服部", "财务部", "客服部")[n % 3], 2.0 * n) for n in range(30)
    ],
}


@pytest.mark.parametrize("name", ODD)
def test_odd_logs_give_scenarios(name):
    log = table(ODD[name])
    found = learn(log)
    assert isinstance(found.scenario, Scenario)
    assert isinstance(found.starting_at(log, log.until / 2), Scenario)
    assert len(found.scenario.departments) <= 12


@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_small_log_gives_a_scenario(data):
    count = data.draw(st.integers(1, 25))
    some = st.integers(0, 5)
    hours = st.one_of(st.floats(0.0, 2000.0), st.integers(0, 50).map(float))
    rows = [(data.draw(some), f"a{data.draw(some)}", f"g{data.draw(some)}", data.draw(hours)) for _ in range(count)]
    log = table(rows)
    found = learn(log)
    assert isinstance(found.with_social(dict.fromkeys(found.parts.owners, 1.0)), Scenario)
    assert isinstance(found.starting_at(log, log.until / 2), Scenario)


def test_an_empty_log_is_refused():
    log = table([(0, "a", "x", 1.0)])
    with pytest.raises(ValueError, match="found no event"):
        learn(log.happened(5.0, 6.0))
