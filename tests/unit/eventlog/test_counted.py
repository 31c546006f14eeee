"""What is counted of a log, on logs small enough to count by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.eventlog.counted import case_table, figures
from sim.eventlog.log import EventLog

MONDAY = pd.Timestamp("2024-01-01")


def log_of(rows, **known):
    """Return a log of rows (case, activity, group, begin or None, end), in hours since a Monday."""
    table = pd.DataFrame(rows, columns=["case", "activity", "group", "start", "end"])
    table["end"] = MONDAY + pd.to_timedelta(table["end"], unit="h")
    if table["start"].isna().all():
        table = table.drop(columns="start")
    else:
        table["start"] = MONDAY + pd.to_timedelta(table["start"].astype(float), unit="h")
    return EventLog.of(table, **known)


ROWS = [
    ("a", "ask", "X", 0, 1),
    ("a", "work", "Y", 3, 4),
    ("a", "ask", "X", 4, 6),
    ("a", "work", "X", 7, 9),
    ("a", "close", "Z", 19, 20),
    ("b", "ask", "X", 10, 11),
    ("b", "close", "X", 12, 13),
    ("c", "ask", "X", 20, 22),
    ("c", "work", "Y", 30, 31),
    ("c", "check", "Z", 30, 33),
    ("c", "ask", "X", 34, 35),
    ("c", "close", "Y", 40, 45),
]


@pytest.fixture(scope="module")
def log():
    due = {"a": MONDAY + pd.Timedelta(hours=19.5), "b": MONDAY + pd.Timedelta(hours=14)}
    return log_of(ROWS, due=due, priority={"a": "high"})


def test_each_case_is_counted(log):
    table = case_table(log).set_index("case")
    counted = table[["events", "handoffs", "ping_pong", "returns", "repeats", "groups"]]
    assert counted.loc["a"].tolist() == [5, 3, 1, 1, 2, 3]
    assert counted.loc["b"].tolist() == [2, 0, 0, 0, 0, 1]
    assert counted.loc["c"].tolist() == [5, 4, 0, 2, 1, 3]  # X Y Z X Y: back to X and to Y, never at once
    hours = table[["arrival", "finish", "cycle_hours", "boundary_hours", "within_hours", "work_hours"]]
    assert hours.loc["a"].tolist() == [0, 20, 20, 2 + 0 + 10, 1, 7]
    assert hours.loc["c"].tolist() == [20, 45, 25, 8 + 0 + 1 + 5, 0, 12]  # Y and Z work at the same time


def test_late_is_known_where_there_is_a_date_and_the_case_is_finished(log):
    late = case_table(log)["late"]
    assert late[0]
    assert not late[1]
    assert late.isna()[2]
    assert case_table(log, [True, False, False])["late"].isna().tolist() == [True, False, True]


def test_the_figures_are_means_over_what_is_finished(log):
    found = figures(log, [False, False, False])
    assert found["handoffs"] == pytest.approx(7 / 3)
    assert found["handed_on"] == pytest.approx(2 / 3)
    assert found["ping_pong_share"] == pytest.approx(1 / 3)
    assert found["back_after_two"] == pytest.approx(1 / 5)
    assert found["boundary_share"] == pytest.approx(26 / 48)
    assert found["on_time"] == 0.5
    assert found["on_time_0"] == 1.0
    assert found["on_time_3"] == 0.0
    assert np.isnan(found["on_time_1"])
    assert found["cycle_q50"] == 20.0
    assert found["wip"] == pytest.approx(48 / 45)
    assert found["arrivals_per_week"] == pytest.approx(3 * 168 / 45)
    open_c = figures(log, [False, False, True])
    assert open_c["handoffs"] == 1.5
    assert open_c["cases"] == 2
    assert open_c["open_share"] == pytest.approx(1 / 3)


def test_without_begins_time_runs_from_end_to_end_and_work_is_not_known():
    ends_only = log_of([(*row[:3], None, row[4]) for row in ROWS])
    table = case_table(ends_only).set_index("case")
    assert table.loc["a", ["boundary_hours", "within_hours"]].tolist() == [3 + 2 + 11, 3]
    assert table["work_hours"].isna().all()


def _many(last="close", extra=()):
    """Return forty cases that end as they should, a day apart, and further rows."""
    rows = [(f"n{k}", what, "X", None, 24.0 * k + at) for k in range(40) for what, at in (("open", 0), (last, 9))]
    return log_of([*rows, *extra])


def test_a_case_whose_last_activity_is_no_usual_last_one_is_open_until_it_has_been_quiet_for_long():
    now = 24.0 * 39 + 9
    log = _many(extra=[("recent", "open", "X", None, now - 3), ("old", "open", "X", None, 5.0)])
    table = case_table(log).set_index("case")
    assert table.index[table["open"]].tolist() == ["recent"]
    assert not table["unsure"].any()


def test_what_may_yet_go_on_after_a_usual_last_activity_is_open_and_in_doubt():
    rows = [(f"n{k}", "work", "X", None, 24.0 * k + 2 * j) for k in range(40) for j in range(4)]
    table = case_table(log_of(rows)).set_index("case")
    assert table.index[table["open"]].tolist() == ["n39"]
    assert table.loc["n39", "unsure"]


def test_a_case_that_begins_in_the_middle_when_the_log_begins_had_begun_before():
    log = _many(extra=[("early", "middle", "X", None, 1.0), ("early", "close", "X", None, 2.0)])
    table = case_table(log).set_index("case")
    assert table.index[table["cut"]].tolist() == ["early"]


def test_a_case_whose_next_event_may_be_under_way_is_open_though_no_case_ever_waits():
    rows = [(f"n{k}", "abc"[j], "X", 24.0 * k + 8.0 * j, 24.0 * k + 8.0 * (j + 1)) for k in range(40) for j in range(3)]
    rows = [*rows, ("recent", "a", "X", 24.0 * 40 - 9, 24.0 * 40 - 6)]
    table = case_table(log_of(rows)).set_index("case")
    assert table.index[table["open"]].tolist() == ["recent"]


def test_where_no_case_has_two_events_only_usual_ones_finish_a_case():
    rows = [(f"n{k}", "usual", "X", None, 5.0 * k) for k in range(99)] + [("odd", "never again", "X", None, 7.0)]
    table = case_table(log_of(rows)).set_index("case")
    assert table.index[table["open"]].tolist() == ["odd"]


EVENTS = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from("pqr"), st.sampled_from("ABCD"), st.integers(0, 500)),
    min_size=1,
    max_size=40,
    unique_by=lambda row: (row[0], row[3]),
)


@settings(max_examples=40, deadline=None)
@given(EVENTS, st.permutations("ABCD"), st.randoms())
def test_counts_hang_together_and_know_neither_names_nor_the_order_of_rows(rows, names, random):
    events = [(case, what, group, None, at) for case, what, group, at in rows]
    table = case_table(log_of(events))
    assert (table["ping_pong"] <= table["returns"]).all()
    assert (table["returns"] <= table["handoffs"]).all()
    assert (table["handoffs"] == table["returns"] + table["groups"] - 1).all()
    assert (table["repeats"] < table["events"]).all()
    assert np.allclose(table["boundary_hours"] + table["within_hours"], table["cycle_hours"])
    renamed = [(*row[:2], dict(zip("ABCD", names, strict=True))[row[2]], *row[3:]) for row in events]
    random.shuffle(renamed)
    found, again = figures(log_of(events)), figures(log_of(renamed))
    assert found == pytest.approx(again, nan_ok=True)
