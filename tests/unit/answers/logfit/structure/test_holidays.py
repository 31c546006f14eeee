import datetime as dt

import numpy as np
import pytest

from sim.answers.logfit.structure import learn
from sim.answers.logfit.structure.building import PROCESS
from sim.answers.logfit.structure.holidays import closed_again, closures
from tests.worlds.learnable import MONDAY, table

OFF = (dt.date(2024, 4, 1), dt.date(2024, 5, 1), dt.date(2024, 12, 24), dt.date(2024, 12, 25))
"""Easter Monday, a fixed date, and two in a row."""


@pytest.fixture(scope="module")
def log():
    """A year from Monday to Friday, twelve cases a day, but for days off."""
    days = [day for day in range(371) if day % 7 < 5 and (MONDAY + np.timedelta64(day, "D")).date() not in OFF]
    rows = [(f"{day}/{n}", "do", "desk", day * 24.0 + 9.0 + n / 2) for day in days for n in range(12)]
    return table(rows)


@pytest.fixture(scope="module")
def learned(log):
    return learn(log)


def test_days_off_come_again_on_their_date_or_with_easter(log, learned):
    begins = dt.date(2025, 3, 31)
    days = closed_again(log, learned.parts.clocks.closed, begins, range(365))
    again = [(begins + dt.timedelta(days=one)).isoformat() for one in days]
    assert again == ["2025-04-21", "2025-05-01", "2025-12-24", "2025-12-25"]
    assert closures(days, begins)[-1] == {"label": "2025-12-24", "from": days[-2], "to": days[-1]}


def test_no_day_on_which_people_worked_in_another_year_is_one(log):
    """Of the first days of January one lies in the log once more, as a day of work."""
    assert closed_again(log, (2,), dt.date(2026, 1, 1), range(31)) == []
    assert closed_again(log, (121,), dt.date(2025, 5, 1), range(1)) == [0]


def test_the_scenario_has_them_and_nobody_comes_then(learned):
    scenario = learned.scenario
    assert [str(one.label) for one in scenario.closures] == ["2025-04-21", "2025-05-01"]
    assert [one.from_ for one in scenario.processes[PROCESS].demand.peaks] == [one.from_ for one in scenario.closures]
    assert "4 days of the log" in learned.notes[-1].en
    later = learned.beginning(dt.date(2025, 12, 1))
    assert [one.days for one in later.closures if str(one.label) == "2025-12-24"] == [(23, 25)]
