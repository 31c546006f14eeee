"""Openings from hours open to moments and back: against counting hour by hour, and against each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.spec.calendars import ALWAYS, OFFICE, Calendar
from sim.spec.closures import Openings, unrolled
from sim.vocab import WEEK

CLOSE = 1e-6


@st.composite
def openings(draw: st.DrawFn) -> Openings:
    """Whole hours of a week, perhaps with some days off of three weeks."""
    cuts = sorted(draw(st.lists(st.integers(0, 168), min_size=2, max_size=12, unique=True)))
    pairs = list(zip(cuts[0::2], cuts[1::2], strict=False))
    week = Calendar.model_validate({"intervals": [list(pair) for pair in pairs]}).intervals
    first = draw(st.integers(0, 20))
    closed = draw(st.sampled_from([(), ((first * 24.0, (first + draw(st.integers(1, 3))) * 24.0),)]))
    made = unrolled(week, closed, 3)
    return made if made.intervals else unrolled(week, (), 3)


def is_open(one: Openings, hour: int) -> bool:
    """Say whether an hour of the run is open, by its place in the cycle."""
    rest = hour % one.cycle
    return any(start <= rest < stop for start, stop in one.intervals)


@given(openings(), st.integers(0, 900), st.integers(1, 60))
def test_hours_pass_as_they_are_counted(one: Openings, begin: int, hours: int) -> None:
    """Forward to the end of the last open hour, backward to the begin of the first."""
    forward, passed = begin, 0
    while passed < hours:
        passed += is_open(one, forward)
        forward += 1
    assert one.after(begin, hours) == pytest.approx(forward, abs=CLOSE)
    backward, left = begin + 3000, 0
    while left < hours:
        backward -= 1
        left += is_open(one, backward)
    assert one.before(begin + 3000, hours) == pytest.approx(backward, abs=CLOSE)


@given(openings(), st.floats(0.0, 900.0), st.floats(0.01, 60.0))
def test_the_latest_begin_is_in_time_and_no_later_one_is(one: Openings, end: float, hours: float) -> None:
    """Whatever lies between, and to a moment."""
    begin = one.before(end, hours)
    assert one.after(begin, hours) <= end + CLOSE
    assert one.after(begin + 0.001, hours) > min(end, one.after(begin, hours)) - CLOSE
    assert one.after(one.opens(begin) + 0.01, hours) >= one.after(begin, hours)


@given(openings(), st.integers(0, 900))
def test_it_opens_when_the_next_open_hour_begins(one: Openings, begin: int) -> None:
    """At once where it is open; no hours take no time, and what has to be handed over while open must be by closing."""
    hour = begin
    while not is_open(one, hour):
        hour += 1
    assert one.opens(begin) == pytest.approx(hour, abs=CLOSE)
    assert one.after(begin, 0.0) == begin
    assert one.is_open(begin) == is_open(one, begin)
    last = one.before(begin, 0.0)
    assert last <= begin
    assert one.open_hours(last) == pytest.approx(one.open_hours(begin), abs=CLOSE)


def test_the_clock_of_all_hours_is_the_clock() -> None:
    """Nothing is open longer, and nothing is rounded."""
    always, office = (unrolled(one.intervals, (), 1) for one in (ALWAYS, OFFICE))
    for time in np.arange(0.0, 3 * WEEK, 13.7):
        assert always.after(time, 5.5) == pytest.approx(time + 5.5)
        assert always.opens(time) == pytest.approx(time)
    assert office.after(16.0, 1.0) == 17.0  # ends at the closing, not at the next opening
    assert office.before(17.0 + 15.0, 4.0) == 13.0
