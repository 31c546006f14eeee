"""One replication as rows: how much room there is from the start, columns copied when asked for, links followed."""

import math
from typing import Any

import numpy as np
import pytest

from sim import outcome
from sim.compile import Compiled, compile_scenario
from sim.kernel.layout import LINE, N_SPENT
from sim.outcome import Columns, expected_cases, expected_lines, share, simulate, spent_of, start
from sim.scenario import loads

TEXT = """
departments:
  a: {staff: 4, own_work: {share: 0.25, size: 2}}
  b: {staff: 2}
  c: {staff: 1, calendar: always, own_work: {share: 0.5, size: {exponential: 5}}}
processes:
  p: {demand: {per_week: 20}, steps: {s: {R: a, C: [b], work: 1}, t: {R: c, work: 1}}}
  q: {demand: {per_week: 5}, steps: {s: {R: b, work: 1}}}
warmup_weeks: 1
horizon_weeks: %s
tail_weeks: 1
"""


def compiled(horizon: float = 2.0) -> Compiled:
    """Return three departments, two of which have own work, and 25 customers a week."""
    return compile_scenario(loads(TEXT % horizon))


def test_more_cases_than_expected_are_rare() -> None:
    """A hundred in four weeks, five times the standard deviation of so many, and some more."""
    assert expected_cases(compiled()) == 100 + 50 + 64
    assert expected_cases(compiled(14.0)) == 400 + 100 + 64


def test_a_log_has_room_for_cases_and_own_work() -> None:
    """Twenty and 16.8 pieces a week; a run of centuries has no more room than there is at most."""
    assert expected_lines(compiled()) == 160 * 214 + int(5 * (20.0 + 16.8) * 4)
    assert expected_lines(compiled(2000.0)) == outcome.MOST_LINES < 160 * expected_cases(compiled(2000.0))


def test_a_run_begins_with_room_for_all_of_it() -> None:
    """For every day and every case, and for what is logged where everything is; a log that is longer stays so."""
    long = compiled(14.0)
    state = start(long, 1, 0).state
    assert (len(state.days), len(state.history), len(state.log)) == (3 * (16 * 7 + 1), 564, 1)
    assert len(start(long, 1, 0, daily=False).state.days) == 1
    logging = start(long, 1, 0, log=True).state
    assert len(logging.log) == logging.now[0]["room_log"] == expected_lines(long)
    few = start(compiled(0.01), 1, 0, events=True).state
    assert 1 < len(few.log) == few.now[0]["room_log"]


@pytest.mark.parametrize("lines", [0, 1])
def test_little_room_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch, lines: int) -> None:
    """A log is made longer, never shorter."""
    monkeypatch.setattr(outcome, "MOST_LINES", lines)
    one = compiled()
    assert len(start(one, 1, 0, log=True).state.log) == len(start(one, 1, 0, events=True).state.log)


def test_the_kernel_is_there_before_threads_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is called once, for no time at all."""
    asked: list[float] = []
    monkeypatch.setattr(outcome.Machine, "advance", lambda self, until: asked.append(until))
    outcome.warm_up(compiled())
    assert asked == [0.0]


def test_columns_are_copied_when_they_are_first_asked_for() -> None:
    """All rows or some of them, one after the other in memory; what becomes of the table later is no matter."""
    table = np.array([(1, 0.5), (2, 1.5), (3, 2.5)], [("n", "i8"), ("x", "f8")])
    every, some = Columns(table), Columns(table, np.array([2, 0]))
    assert (every["x"].tolist(), some["x"].tolist(), list(some)) == ([0.5, 1.5, 2.5], [2.5, 0.5], ["x"])
    table["x"], table["n"] = 9.0, 7
    assert (every["x"].tolist(), some["x"].tolist(), some["n"].tolist()) == ([0.5, 1.5, 2.5], [2.5, 0.5], [7, 7])
    assert every["x"].flags["C_CONTIGUOUS"]


def test_lines_of_the_ledger_make_a_table() -> None:
    """A row a case, a column a cell, zero where there is no line."""
    lines = np.array([(2, 0, 1.5), (0, 3, 2.0), (2, N_SPENT - 1, 0.5)], LINE)
    table = spent_of(lines, 4)
    assert table.shape == (4, N_SPENT)
    assert {place: table[place] for place in zip(*map(list, np.nonzero(table)), strict=True)} == {
        (0, 3): 2.0,
        (2, 0): 1.5,
        (2, N_SPENT - 1): 0.5,
    }


@pytest.mark.parametrize(("part", "whole", "expected"), [(1, 4, 0.25), (0, 3, 0.0), (0, 0, math.nan), (2, 0, math.nan)])
def test_a_share_of_nothing_is_no_number(part: float, whole: float, expected: float) -> None:
    """Neither zero nor an error."""
    assert share(part, whole) == pytest.approx(expected, nan_ok=True)


def links_at(one: Compiled, time: float) -> Any:
    """Return trust and understanding of every link at a time."""
    machine = start(one, 4, 2)
    machine.advance(time)
    links = machine.links()[: len(one.link_ends)]
    return np.array([links["trust"], links["understanding"]])


def test_links_are_followed_from_midnight_to_midnight() -> None:
    """As they stand just before each, to the last of the run; where nobody asks, they are not."""
    one = compiled(0.5)
    found = simulate(one, 4, 2, follow=True)
    assert found.followed.shape == (17, 2, len(one.link_ends))
    for day in (0, 3, 16):
        expected = links_at(one, math.nextafter((day + 1) * 24.0, 0.0))
        np.testing.assert_array_equal(found.followed[day], expected)
    plain = simulate(one, 4, 2)
    assert plain.followed is None
    assert plain.events == found.events
    np.testing.assert_array_equal(plain.cases["finish"], found.cases["finish"])
