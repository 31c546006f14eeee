"""What being passed on goes with: slower, later, or neither."""

import numpy as np
import pandas as pd
import pytest

from sim.answers.logfit.bounces import visits_of
from sim.answers.logfit.social import passed_on_figures
from sim.eventlog.log import EventLog


def log_of(lost, count=400):
    """Return a log in which every third case is passed on, which costs so many hours; all are due after a day."""
    luck, rows = np.random.default_rng(5), []
    for case in range(count):
        come, hours = 12.0 * case, float(luck.exponential(20.0))
        rows.append((case, "D", come))
        if case % 3 == 0:
            rows.append((case, "A", come + 1.0))
            hours += 1.0 + lost
        rows += [(case, "B" if case % 3 == 0 else "A", come + hours), (case, "C", come + hours + 1.0)]
    table = pd.DataFrame(rows, columns=["case", "group", "end"])
    table["activity"] = table["group"].map({"D": "note", "A": "do", "B": "do", "C": "pay"})
    base = pd.Timestamp("2024-01-01")
    due = pd.Series(base + pd.to_timedelta(12.0 * np.arange(count) + 24.0, unit="h"), index=np.arange(count))
    table["end"] = base + pd.to_timedelta(table["end"], unit="h")
    return EventLog.of(table, due=due)


@pytest.mark.parametrize(("lost", "seen"), [(0.0, False), (24.0, True)])
def test_what_it_costs_is_seen_where_it_costs_something(lost, seen):
    """In a log in which nothing is lost, the interval holds nothing: the negative control."""
    log = log_of(lost)
    found = passed_on_figures(log, visits_of(log))
    assert set(found) == {"slow_passed_on", "late_passed_on"}
    for drawn in found.values():
        low, high = np.quantile(drawn[1:], (0.05, 0.95))
        assert low <= drawn[0] <= high
        assert (low > 0.1) == seen


def test_hardly_any_case_tells_nothing():
    log = log_of(24.0, count=30)
    assert passed_on_figures(log, visits_of(log)) == {}
