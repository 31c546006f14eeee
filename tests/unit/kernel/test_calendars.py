"""Open hours and calendar hours: one is the inverse of the other, whatever nights and weekends lie between."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.compile.basics import Basics
from sim.spec import Calendar
from sim.spec.calendars import ALWAYS, OFFICE
from sim.vocab import WEEK
from tests.worlds.probe import open_at, opened, openings, params_of, reached
from tests.worlds.scenarios import calendars

any_calendar = calendars() | st.sampled_from([OFFICE, ALWAYS])
times = st.lists(st.floats(0.0, 60 * WEEK), min_size=1, max_size=30).map(sorted).map(np.array)
close = pytest.approx


def ask(question, calendar: Calendar, values: np.ndarray, kind: type = float) -> np.ndarray:
    """Return what the kernel says about a calendar at some values."""
    basics = Basics()
    row = basics.calendar(calendar)
    out = np.empty(len(values), kind)
    question(params_of(basics), row, values, out)
    return out


def counted(calendar: Calendar, values: np.ndarray) -> np.ndarray:
    """Return the open hours up to some times, counted afresh."""
    weeks, hours = np.divmod(values, WEEK)
    passed = sum(np.clip(hours - start, 0.0, stop - start) for start, stop in calendar.intervals)
    return weeks * calendar.hours_per_week + passed


@given(any_calendar, times)
def test_open_hours_are_counted(calendar: Calendar, values: np.ndarray) -> None:
    """Open hours are those of whole weeks and of the openings begun since, and never fall."""
    found = ask(opened, calendar, values)
    assert found == close(counted(calendar, values), abs=1e-7)
    assert (np.diff(found) >= -1e-9).all()


@given(any_calendar, times)
def test_from_open_is_the_inverse(calendar: Calendar, values: np.ndarray) -> None:
    """The time at which so many open hours are over has just so many behind it, and none has them earlier."""
    hours = values * calendar.hours_per_week / WEEK
    found = ask(reached, calendar, hours)
    assert ask(opened, calendar, found) == close(hours, abs=1e-6)
    assert (np.diff(found) >= -1e-7).all()
    earlier = np.maximum(found - 1e-3, 0.0)
    late = hours > 1e-2
    assert (ask(opened, calendar, earlier)[late] < hours[late] - 1e-4).all()


@given(any_calendar, times)
def test_to_open_and_back_is_the_present_or_the_last_closing(calendar: Calendar, values: np.ndarray) -> None:
    """In open hours one comes back to the same time, in closed hours to the closing before, if there was one."""
    back = ask(reached, calendar, ask(opened, calendar, values))
    assert (back <= values + 1e-6)[counted(calendar, values) > 1e-6].all()
    inside = ask(open_at, calendar, values - 1e-6, bool) & ask(open_at, calendar, values + 1e-6, bool)
    assert back[inside] == close(values[inside], abs=1e-6)


@given(any_calendar, times)
def test_open_is_where_open_hours_pass(calendar: Calendar, values: np.ndarray) -> None:
    """People are at work exactly where the count of open hours grows."""
    grows = counted(calendar, values + 2e-7) - counted(calendar, values) > 1e-7
    hour = values % WEEK
    near = np.array([any(abs(hour - edge).min() < 1e-6 for edge in np.array(calendar.intervals).T) for hour in hour])
    assert (ask(open_at, calendar, values, bool) == grows)[~near].all()


@given(any_calendar, times)
def test_the_next_opening_is_the_first_after_now(calendar: Calendar, values: np.ndarray) -> None:
    """The next opening lies ahead, is the start of an opening, and there is none between."""
    found = ask(openings, calendar, values)
    starts = np.array([start for start, _ in calendar.intervals])
    candidates = (np.floor(values / WEEK)[:, None, None] + np.arange(3)[:, None]) * WEEK + starts
    ahead = np.where(candidates > values[:, None, None] + 1e-6, candidates, np.inf).min(axis=(1, 2))
    clear = np.abs(candidates - values[:, None, None]).min(axis=(1, 2)) > 1e-5
    assert found[clear] == close(ahead[clear], abs=1e-6)


@settings(max_examples=20)
@given(any_calendar, st.integers(0, 300))
def test_every_week_is_like_the_first(calendar: Calendar, week: int) -> None:
    """Openings and closings are exact to the last digit but rounding, however late in a run."""
    for start, stop in calendar.intervals:
        edges = week * WEEK + np.array([start, stop])
        hours = ask(opened, calendar, edges)
        assert hours[1] - hours[0] == close(stop - start, abs=1e-7)
        assert ask(reached, calendar, hours[1:]) == close(edges[1:], abs=1e-7)
        assert ask(open_at, calendar, edges, bool)[0]
