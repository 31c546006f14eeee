"""What a replication holds as columns: an outcome written by hand, in names, hours, and answers that may be missing."""

import math
from typing import Any

import numpy as np
import pytest

from sim.compile import compile_scenario
from sim.frames import (
    CELLS,
    Answered,
    case_ledger_rows,
    cases_rows,
    daily_rows,
    events_rows,
    names_of,
    places_of,
)
from sim.kernel.layout import CASE_BY_NAME, DAY_BY_NAME, LINE, LOG, N_STATES
from sim.outcome import Outcome
from sim.scenario import loads
from sim.vocab import LEDGER_PARTS, Activity, CaseCount, CaseHours, Context, Kind, Note, Tally

NAN = math.nan
TEXT = """
departments: {a: {staff: 2}, b: {staff: 1}}
processes:
  p: {demand: {per_week: 1}, steps: {s: {R: a, work: 1}, t: {R: b, work: 1}}}
  q: {demand: {per_week: 1}, steps: {t: {R: b, work: 1}}}
warmup_weeks: 0
horizon_weeks: 2
tail_weeks: 1
"""
END = 504.0

CASES = {
    "process": [0, 1, 0, 0, 0],
    "arrival": [10.0, 20.0, 30.0, 40.0, 50.0],
    "promise": [100.0, NAN, 90.0, END + 1, 60.0],
    "target": [70.0, NAN, 80.0, END, NAN],
    "served": [70.0, 95.0, NAN, NAN, NAN],
    "finish": [75.0, NAN, NAN, NAN, NAN],
    "lost": [0, 0, 0, 0, 1],
    "bounces": [3, 0, 0, 1, 0],
    "complexity": [1.0, 1.5, 0.5, 1.0, 1.0],
    "scope": [1.0, 0.5, 1.0, 0.25, 1.0],
}
LINES = [
    (0, Activity.TOUCH, 10.0),
    (0, Activity.CLOSED, 40.0),
    (0, Context.REWORK * N_STATES + Activity.QUEUE, 10.0),
    (1, Activity.HANDOVER, 75.0),
]


def columns(rows: dict[str, Any], name: str) -> list[Any]:
    """Return a column as a list."""
    return list(rows[name])


@pytest.fixture
def outcome() -> Outcome:
    """Five cases: finished in time, without dates, open, open with a date after the end, and lost."""
    cases = np.zeros(5, CASE_BY_NAME)
    for name, values in CASES.items():
        cases[name] = values
    cases[CaseHours(0).column] = [1.0, 2.0, 3.0, 4.0, 5.0]
    days = np.zeros(2, DAY_BY_NAME)
    days["day"], days["department"], days["queue"] = (0, 1), (1, 0), (4, 7)
    days[Tally(0).column], days["hours"][:, Kind.CONSULT], days["trust"] = (2.0, 3.0), (0.5, 0.25), (0.4, NAN)
    log = np.zeros(5, LOG)
    log["note"] = [
        Note.SERVED,
        Note.OUTSIDE,
        Note.SERVED,
        Note.SERVED,
        next(n for n in Note if n not in (Note.SERVED, Note.OUTSIDE)),
    ]
    log["case"], log["step"] = (0, 0, -1, 1, 0), (1, 0, -1, 2, 0)
    log["department"], log["kind"] = (1, -1, 0, 1, 0), (Kind.WORK, len(Kind), Kind.OWN, Kind.REWORK, 0)
    log["start"], log["end"] = (5.0, 1.0, 0.0, 5.0, 2.0), (9.0, 4.0, 1.0, 6.0, 3.0)
    links = np.zeros(0)
    return Outcome(
        compile_scenario(loads(TEXT)), 0, cases, days, links, np.zeros((3, 1)), np.array(LINES, LINE), log, 0
    )


def test_names_are_stored_as_numbers() -> None:
    """None where there is no row; chosen rows keep their names."""
    found = names_of(["x", "y"], [1, -1, 0])
    assert (list(found), len(found), found.codes.dtype) == (["y", None, "x"], 3, np.int16)
    assert list(found[np.array([True, False, True])]) == ["y", "x"]
    assert names_of([str(k) for k in range(2**15)], [2**15 - 1]).codes.tolist() == [2**15 - 1]


def test_answers_may_be_missing() -> None:
    """Chosen rows keep what is missing."""
    found = Answered(np.array([True, False]), np.array([False, True]))
    assert len(found) == 2
    assert (found[1:].yes.tolist(), found[1:].missing.tolist()) == ([False], [True])


def test_steps_have_a_process_and_a_name(outcome: Outcome) -> None:
    """Two processes may call a step alike; of no step there is neither."""
    found = places_of(outcome, np.array([2, 0, -1, 1]))
    assert columns(found, "process") == ["q", "p", None, "p"]
    assert columns(found, "step") == ["t", "s", None, "t"]
    assert [found[name].codes[2] for name in found] == [-1, -1]


def test_cases_say_what_became_of_them(outcome: Outcome) -> None:
    """Dates and hours as they are; yes or no where a thing is counted that is or is not."""
    rows = cases_rows(outcome)
    assert columns(rows, "case") == [0, 1, 2, 3, 4]
    assert columns(rows, "process") == ["p", "q", "p", "p", "p"]
    for name in ("arrival", "promise", "target", "served", "finish", "complexity", "scope"):
        np.testing.assert_array_equal(rows[name], CASES[name])
    assert columns(rows, "bounces") == CASES["bounces"]
    assert columns(rows, "lost") == [False, False, False, False, True]
    assert columns(rows, CaseHours(0).column) == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert {one.column for one in CaseCount} | {one.column for one in CaseHours} <= rows.keys()
    assert len({len(column) for column in rows.values()}) == 1


def test_dates_are_met_missed_or_not_decided(outcome: Outcome) -> None:
    """At the minute is met; open at the end is missed, unless the date is still to come; the lost have none to meet."""
    rows = cases_rows(outcome)
    promise, target = rows["on_time_promise"], rows["on_time_target"]
    assert promise.missing.tolist() == [False, True, False, True, True]  # promised an hour after the end
    assert target.missing.tolist() == [False, True, False, False, True]  # a date at the end
    assert (promise.yes[~promise.missing].tolist(), target.yes[~target.missing].tolist()) == (
        [True, False],
        [True, False, False],
    )


def test_a_ledger_sums_to_the_lead_time(outcome: Outcome) -> None:
    """Nothing is said of cases that are not finished."""
    rows = cases_rows(outcome)
    parts = {part: columns(rows, f"ledger_{part}") for part in LEDGER_PARTS}
    assert {part: hours[0] for part, hours in parts.items() if hours[0]} == {
        "touch": 10.0,
        "closed": 40.0,
        "rework": 10.0,
    }
    assert {part: hours[1] for part, hours in parts.items() if hours[1]} == {"handover": 75.0}
    assert np.isnan([hours[2:] for hours in parts.values()]).all()
    totals = np.sum([hours[:2] for hours in parts.values()], axis=0)
    assert totals.tolist() == [70.0 - 10.0, 95.0 - 20.0]


def test_cells_are_of_finished_cases(outcome: Outcome) -> None:
    """A column for what happened in which context."""
    rows = case_ledger_rows(outcome)
    assert columns(rows, "case") == [0, 1]
    assert list(rows) == ["case", *CELLS]
    told = {name: column.tolist() for name, column in rows.items() if name != "case" and column.any()}
    assert told == {
        "normal_touch": [10.0, 0.0],
        "normal_closed": [40.0, 0.0],
        "rework_queue": [10.0, 0.0],
        "normal_handover": [0.0, 75.0],
    }


def test_days_are_of_departments(outcome: Outcome) -> None:
    """Every tally and every kind of hours has its column."""
    rows = daily_rows(outcome)
    assert (columns(rows, "day"), columns(rows, "department"), columns(rows, "queue")) == ([0, 1], ["b", "a"], [4, 7])
    assert columns(rows, Tally(0).column) == [2.0, 3.0]
    assert columns(rows, "hours_consult") == [0.5, 0.25]
    np.testing.assert_array_equal(rows["trust"], [0.4, NAN])
    assert {one.column for one in Tally} | {f"hours_{kind.name.lower()}" for kind in Kind} <= rows.keys()
    assert not any(np.any(rows[one.column]) for one in Tally if one != Tally(0))


def test_the_event_log_is_of_work_on_cases_in_order(outcome: Outcome) -> None:
    """By start, then by end; own work and other notes are left out, and outside is no department."""
    rows = events_rows(outcome)
    assert {name: columns(rows, name) for name in rows} == {
        "case": [0, 1, 0],
        "activity": ["p/s", "q/t", "p/t"],
        "department": [None, "b", "b"],
        "kind": ["external", "rework", "work"],
        "start": [1.0, 5.0, 5.0],
        "end": [4.0, 6.0, 9.0],
    }
