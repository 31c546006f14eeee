"""What changed between two periods of a log: which cases count, and how sure the change is."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sim.answers.beforeafter.observed import ARRIVALS, block_length, observed
from sim.answers.beforeafter.periods import PeriodError, periods_of, split
from sim.eventlog.log import EventLog
from sim.vocab import WEEK

MONDAY = pd.Timestamp("2024-01-01")


def log_of(arrivals, hours, groups=None, name="log"):
    """Return a log of cases with two events each: the first at an hour, the last so many hours later."""
    count = len(arrivals)
    start = np.repeat(arrivals, 2) + np.tile([0.0, 1.0], count) * np.repeat(hours, 2)
    moments = MONDAY + pd.to_timedelta(start, unit="h")
    owners = np.tile(["a", "b"], count) if groups is None else np.repeat(groups, 2)
    table = {"case": np.repeat(np.arange(count), 2), "activity": np.tile(["x", "y"], count), "end": moments}
    return EventLog.of(pd.DataFrame({**table, "start": moments, "group": owners}), name)


@pytest.fixture(scope="module")
def steady():
    """Forty weeks in which a case comes every four hours and takes a day or so."""
    generator = np.random.default_rng(1)
    arrivals = np.arange(0.0, 40 * WEEK, 4.0)
    return log_of(arrivals, generator.exponential(24.0, len(arrivals)) + 1.0)


def test_cases_count_that_are_seen_to_their_end(steady):
    """Those that arrived after the change, and before it so early that it met none of them."""
    before, after, starts = periods_of(*split(steady, "2024-05-20"))
    assert starts
    assert before.begin == MONDAY
    assert pd.Timestamp("2024-05-13") < before.end < pd.Timestamp("2024-05-20")
    assert after.begin == pd.Timestamp("2024-05-20")
    assert after.end < MONDAY + pd.Timedelta(weeks=40)
    assert (before.per_week, after.per_week) == pytest.approx((42.0, 42.0), rel=0.01)
    assert 0.95 * before.arrived < before.counted <= before.arrived == before.arrivals.sum()
    assert before.mean("handoffs") == 1.0
    assert np.isnan(before.mean("on_time"))


def test_a_change_is_found_with_its_interval(steady):
    """Where cases take half as long; what is the same on both sides is not certain, what nobody knows is not told."""
    generator = np.random.default_rng(2)
    arrivals = np.arange(0.0, 30 * WEEK, 3.0)
    later = log_of(arrivals, generator.exponential(12.0, len(arrivals)) + 0.5)
    found = {one.name: one for one in observed(*periods_of(steady, later)[:2], seed=1)}
    cycle, arrived = found["cycle"], found[ARRIVALS]
    assert cycle.certain
    assert cycle.low < -0.5 < cycle.high < -0.4
    assert cycle.least == cycle.high
    assert arrived.low < 1.0 / 3.0 < arrived.high
    assert not found["handoffs"].certain
    assert not found["on_time"].known
    assert not found["ping_pong"].known


def test_of_a_log_without_groups_nobody_knows_hand_offs(steady):
    """They are not none."""
    bare = replace(steady, known=steady.known - {"group"})
    before, after, _ = periods_of(*split(bare, "2024-05-20"))
    assert np.isnan([before.mean("handoffs"), after.mean("boundary")]).all()
    assert before.mean("cycle") > 0.0


def test_weeks_that_are_alike_make_the_interval_wider():
    """The same cases week by week say more where good and bad weeks alternate than where they come in a row."""
    generator = np.random.default_rng(3)
    arrivals = np.arange(0.0, 64 * WEEK, 6.0)
    luck = generator.exponential(8.0, len(arrivals))
    week = (arrivals // WEEK).astype(int)
    widths = []
    for slow in (week % 2 == 0, week % 16 < 8):
        log = log_of(arrivals, luck + np.where(slow, 40.0, 4.0))
        found = {one.name: one for one in observed(*periods_of(log, log)[:2], seed=1)}
        widths.append(found["cycle"].high - found["cycle"].low)
    assert block_length(64) == 4
    assert widths[1] > 1.5 * widths[0]


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("spring", "--since: found 'spring', expected a date"),
        ("2031-01-01", "expected a date within the log, between 2024-01-01 and 2024-10-"),
        ("2024-01-20", "weeks before in which arriving cases can be counted"),
    ],
)
def test_dates_that_make_no_two_periods_are_refused(steady, since, said):
    """In one sentence."""
    with pytest.raises(PeriodError) as caught:
        periods_of(*split(steady, since))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("since", "sentence"),
    [("10/02/2024", "could come first"), ("nonsense", "expected a date"), ("2031-01-01", "within the log")],
)
def test_a_date_is_read_as_logs_are(since: str, sentence: str) -> None:
    """One that may be read in two ways is refused; 31.12. and 2001年12月31日 may not."""
    log = log_of(24.0 * np.arange(100), np.full(100, 5.0))
    with pytest.raises(PeriodError, match=sentence):
        split(log, since)
    assert split(log, "13.02.2024")[2] == split(log, "2024年2月13日")[2] == split(log, "2024-02-13")[2]
