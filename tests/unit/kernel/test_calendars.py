"""Open hours and calendar hours: one is the inverse of the other, whatever nights and weekends lie between."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.compile.basics import Basics
from sim.scenario.holidays import of_calendar
from sim.spec import Calendar
from sim.spec.calendars import ALWAYS, OFFICE
from sim.vocab import WEEK
from tests.worlds.probe import clocks_of, open_at, opened, openings, params_of, reached, told_by_clock
from tests.worlds.scenarios import calendars, weighted

any_calendar = calendars() | weighted() | st.sampled_from([OFFICE, ALWAYS])
times = st.lists(st.floats(0.0, 60 * WEEK), min_size=1, max_size=30).map(sorted).map(np.array)
close = pytest.approx


def row_of(basics: Basics, calendar: Calendar) -> int:
    """Return the row of a calendar, with what its hours count as."""
    return basics.calendar(of_calendar(calendar), calendar.pieces if calendar.weights else ())


def ask(question, calendar: Calendar, values: np.ndarray, kind: type = float) -> np.ndarray:
    """Return what the kernel says about a calendar at some values."""
    basics = Basics()
    row = row_of(basics, calendar)
    out = np.empty(len(values), kind)
    question(params_of(basics), row, values, out)
    return out


def counted(calendar: Calendar, values: np.ndarray) -> np.ndarray:
    """Return the open hours up to some times, counted afresh."""
    weeks, hours = np.divmod(values, WEEK)
    passed = sum(np.clip(hours - start, 0.0, stop - start) * weight for start, stop, weight in calendar.pieces)
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
    grows = counted(calendar, values + 2e-7) - counted(calendar, values) > 1e-8
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
    for start, stop, weight in calendar.pieces:
        edges = week * WEEK + np.array([start, stop])
        hours = ask(opened, calendar, edges)
        assert hours[1] - hours[0] == close((stop - start) * weight, abs=1e-7)
        assert ask(reached, calendar, hours[1:]) == close(edges[1:], abs=1e-7)
        assert ask(open_at, calendar, edges, bool)[0]


@given(weighted((0.001, 1.0, 100.0)), times)
def test_hours_that_hardly_count_and_such_that_count_most(calendar: Calendar, values: np.ndarray) -> None:
    """What has passed is over at the time at which it has passed, however little or much an hour counts as."""
    hours = values * calendar.hours_per_week / WEEK
    found = ask(reached, calendar, hours)
    assert ask(opened, calendar, found) == close(hours, abs=1e-5)
    assert (found <= ask(reached, calendar, hours + 1.0)).all()


EDGES = [0.0, 1e-10, -1e-10, 1e-12, -1e-12, 0.25, -0.25]
"""How far from the beginning or the end of an opening."""


@st.composite
def moments_of(draw, calendar: Calendar) -> np.ndarray:
    """Times anywhere, most of them at an opening, at a closing or just beside it, in the first weeks."""
    edges = [*(edge for interval in calendar.intervals for edge in interval), 0.0, WEEK]
    beside = st.builds(
        lambda week, edge, off: max(0.0, week * WEEK + edge + off),
        st.integers(0, 4), st.sampled_from(edges), st.sampled_from(EDGES),
    )  # fmt: skip
    return np.array(draw(st.lists(beside | st.floats(0.0, 5 * WEEK), min_size=20, max_size=20)))


@given(st.data(), any_calendar | weighted((0.001, 1.0, 100.0)))
def test_a_clock_says_to_the_last_bit_what_is_looked_up(data, calendar: Calendar) -> None:
    """What the present piece of the week tells at once is what tables tell, at its very edges too."""
    presents, times, moments = (data.draw(moments_of(calendar)) for _ in range(3))
    hours = counted(calendar, moments) + data.draw(st.sampled_from([0.0, 1e-9, 3e-9, -3e-9]))
    hours = np.maximum(hours, 0.0)
    basics = Basics()
    row = row_of(basics, calendar)
    found = np.empty((len(times), 4))
    told_by_clock(clocks_of(basics), params_of(basics), row, presents, times, hours, found)
    assert (found[:, 0] == ask(opened, calendar, presents)).all()
    assert (found[:, 1] == ask(opened, calendar, times)).all()
    assert (found[:, 2] == ask(reached, calendar, hours)).all()
    assert (found[:, 3] == ask(open_at, calendar, times, bool)).all()
