"""When people work, as a log shows it."""

import pandas as pd
import pytest

from sim.eventlog.clock import clock_of
from sim.eventlog.log import EventLog

MONDAY = pd.Timestamp("2024-01-01")
OFFICE = [day * 24 + hour for day in range(5) for hour in (8, 9, 10, 11, 13, 14, 15, 16)]
NIGHT = [day * 24 + hour for day in range(5) for hour in (22, 23, 24, 25, 26, 27, 28, 29)]


def rows_of(group, resource, hours, weeks=12, minutes=(10, 40)):
    """Return an event in each of several hours of the week, in each of several weeks."""
    return [
        (f"{group}{resource}{week}-{hour}-{minute}", "work", group, resource, week * 168 + hour + minute / 60)
        for week in range(weeks)
        for hour in hours
        for minute in minutes
    ]


def log_of(rows):
    """Return a log of rows (case, activity, group, resource, hour at which it ended)."""
    table = pd.DataFrame(rows, columns=["case", "activity", "group", "resource", "end"])
    table["end"] = MONDAY + pd.to_timedelta(table["end"], unit="h")
    return EventLog.of(table)


@pytest.fixture(scope="module")
def found():
    rows = rows_of("office", "ann", OFFICE, minutes=(5, 20, 35, 50))
    rows += rows_of("office", "bob", OFFICE)
    rows = [row for row in rows if not 5 * 168 + 48 < row[-1] < 5 * 168 + 72]  # nobody came on one Wednesday
    rows += rows_of("office", "ann", [26], weeks=4)  # now and then at night
    rows += [
        (f"batch{week}-{k}", "close", "office", "robot", week * 168 + 147.5) for week in range(12) for k in range(60)
    ]
    rows += rows_of("ward", "cat", range(168), weeks=4)
    rows += rows_of("guard", "dan", NIGHT)
    rows += rows_of("small", "eve", [57, 58], weeks=1)
    return clock_of(log_of(rows))


def test_hours_are_those_in_which_people_are_usually_seen(found):
    office = found.groups["office"]
    assert office.written == {"mon-fri": ["08:00-17:00"]}
    assert office.own
    assert office.inside == pytest.approx((12 * 40 - 8) * 6 / ((12 * 40 - 8) * 6 + 8))


def test_what_a_machine_books_is_told_and_left_out(found):
    assert found.machines.to_dict("records") == [{"who": "robot", "activity": "close", "events": 720}]
    assert found.presence["office"][147] == 0.0


def test_a_shift_over_midnight_belongs_to_the_day_it_begins(found):
    written = found.groups["guard"].written
    assert written["mon"] == ["22:00-24:00"]
    assert written["tue-fri"] == ["00:00-06:00", "22:00-24:00"]
    assert written["sat"] == ["00:00-06:00"]


def test_where_somebody_is_seen_at_any_hour_it_is_round_the_clock(found):
    assert found.groups["ward"].written == "round_the_clock"


def test_a_group_that_is_hardly_seen_has_the_hours_of_all(found):
    assert not found.groups["small"].own
    assert found.groups["small"].intervals == found.everybody.intervals


def test_a_day_on_which_nothing_happened_is_closed():
    log = log_of([row for row in rows_of("office", "ann", OFFICE) if not 5 * 168 + 48 < row[-1] < 5 * 168 + 72])
    closed = clock_of(log).closed
    assert closed["date"].tolist() == ["2024-02-07"]
    assert closed[["cases", "usual"]].to_numpy().tolist() == [[0, 16.0]]


def test_dates_without_a_time_say_days_but_no_hours():
    rows = [(f"c{day}", "work", "office", "ann", 24.0 * day) for day in range(140) if day % 7 < 5]
    clock = clock_of(log_of(rows))
    assert clock.dates_only == 1.0
    assert not clock.everybody.timed
    assert clock.everybody.written == {"mon-fri": ["00:00-24:00"]}
