"""What counts as a visit for nothing, and what is counted of a log."""

import numpy as np
import pandas as pd
import pytest

from sim.answers.logfit.bounces import debounced, visits_of
from sim.answers.logfit.counting import figures_by_case, targets_of_log
from sim.eventlog.log import EventLog

BASE = pd.Timestamp("2024-01-01 08:00")


def log_of(*cases):
    """Return a log: of each case, groups and activities as in ``A:look B:look``, an hour each, a case a day."""
    rows = [
        {
            "case": n,
            "group": one.split(":")[0],
            "activity": one.split(":")[1],
            "end": BASE + pd.Timedelta(hours=24 * n + k),
        }
        for n, case in enumerate(cases)
        for k, one in enumerate(case.split())
    ]
    return EventLog.of(pd.DataFrame(rows))


@pytest.mark.parametrize(
    ("case", "bounces"),
    [
        ("A:do B:do", 1),  # passed on: B does the same
        ("A:queue B:queue B:do", 1),  # A only had it in its queue
        ("A:do B:check C:pay", 0),  # roles with activities of their own
        ("A:ask B:reject A:ask B:approve", 0),  # sent back for more work
        ("A:do A:check B:do", 0),  # A did something that nobody does again
        ("A:do B:do A:do", 2),  # back to A
        ("A:do A:do A:pay", 0),  # it stays where it is
    ],
)
def test_what_looks_like_not_ours(case, bounces):
    assert visits_of(log_of(case)).bounce.sum() == bounces


def test_a_first_line_passes_on_nearly_all_that_it_gets():
    assert visits_of(log_of(*["A:do B:do"] * 30)).bounce.sum() == 0
    assert visits_of(log_of(*["A:do B:do"] * 20, *["A:do"] * 10)).bounce.sum() == 20


def test_a_log_without_visits_for_nothing_has_whose_each_task_is():
    """Who was asked first, where whoever has it hands the case on; who did it, where cases stay with them."""
    roles = debounced(log_of("A:do B:do C:pay", "A:do C:pay"))
    assert roles.events["group"].tolist() == ["A", "C", "A", "C"]
    stays = debounced(log_of("A:queue B:queue B:do", "A:queue A:do"))
    assert stays.events["group"].tolist() == ["B", "B", "A", "A"]
    assert not any(visits_of(log).bounce.any() for log in (roles, stays))


def test_who_did_the_task_of_another_group_is_none_of_its_people():
    passed = [(1, "A", "do", "ann", 1), (1, "B", "do", "bob", 2), (1, "C", "pay", "cem", 3)]
    rows = [*passed, (2, "A", "do", "ann", 4), (2, "C", "pay", "cem", 5)]
    table = pd.DataFrame(rows, columns=["case", "group", "activity", "resource", "hour"])
    found = debounced(EventLog.of(table.assign(end=BASE + pd.to_timedelta(table.pop("hour"), unit="h")))).events
    assert found["group"].tolist() == ["A", "C", "A", "C"]
    assert found["resource"].isna().tolist() == [True, False, False, False]


def test_what_is_counted_by_case():
    log = log_of("A:do B:do A:do", "A:do B:do C:do", "A:do B:pay")
    found = figures_by_case(log, visits_of(log))
    assert {name: list(values) for name, values in found.items()} == {
        "bounces_per_100": [200.0, 200.0, 0.0],
        "handed_over": [1.0, 1.0, 0.0],
        "ping_pong": [1.0, 0.0, 0.0],
    }


def test_figures_are_known_as_well_as_weeks_of_cases_tell_them():
    luck = np.random.default_rng(1)
    cases = ["A:do B:do" if luck.random() < 0.3 else "A:do" for _ in range(420)]
    few, many = (
        {one.measure: one for one in targets_of_log(log, visits_of(log), seed=1)}["handed_over"]
        for log in (log_of(*cases[:42]), log_of(*cases))
    )
    assert few.high - few.low > 1.5 * (many.high - many.low)
    assert many.low < 0.3 < many.high


def test_where_nothing_is_passed_on_no_figure_is_known():
    log = log_of("A:do B:pay")
    assert targets_of_log(log, visits_of(log), seed=1) == ()
