"""What passes after "not ours": how long a hand-over waits to be noticed."""

import numpy as np
import pandas as pd
import pytest

from sim.answers.logfit.bounces import debounced, visits_of
from sim.answers.logfit.noticing import noticed_of
from sim.answers.logfit.structure import Settings, learn
from sim.eventlog.log import EventLog

MEAN, SPREAD = 3.0, 1.4


def passed_on(count, begins=True):
    """Return a log of a firm that never closes, of which every second task is passed on and then waits."""
    luck = np.random.default_rng(3)
    waits = np.exp(SPREAD * luck.standard_normal(count) + np.log(MEAN) - SPREAD**2 / 2.0)
    rows = []
    for case, wait in enumerate(waits):
        come = 5.0 * case
        rows.append((2 * case, "A", come, come + 0.1))
        rows.append((2 * case, "B", come + 0.1 + wait, come + 0.2 + wait))
        rows.append((2 * case + 1, "A", come, come + 0.5))
    table = pd.DataFrame(rows, columns=["case", "group", "start", "end"]).assign(activity="do")
    for end in ("start", "end"):
        table[end] = pd.Timestamp("2024-01-01") + pd.to_timedelta(table[end], unit="h")
    return EventLog.of(table if begins else table.drop(columns="start"))


def noticed(log):
    visits = visits_of(log)
    return noticed_of(learn(debounced(log, visits), settings=Settings(memory=1)), log, visits)


def test_mean_and_spread_are_found_and_more_of_them_tell_more():
    few, many = noticed(passed_on(60)), noticed(passed_on(600))
    for found in (few, many):
        assert found.hours[0] < MEAN < found.hours[2]
        assert found.spread[0] < SPREAD < found.spread[2]
    assert many.hours[2] - many.hours[0] < 0.5 * (few.hours[2] - few.hours[0])
    assert many.hours[1] == pytest.approx(MEAN, rel=0.15)


def test_few_times_tell_nothing():
    assert noticed(passed_on(20)) is None


def test_ends_alone_tell_it_less_well():
    """By so much as the work may have been that ends there."""
    known, ends = noticed(passed_on(300)), noticed(passed_on(300, begins=False))
    assert ends.hours[0] < MEAN < ends.hours[2]
    assert ends.hours[2] - ends.hours[0] > known.hours[2] - known.hours[0]
