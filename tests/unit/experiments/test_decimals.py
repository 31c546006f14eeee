"""Steps from one number to another are the decimals that people write."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiments.decimals import evenly, steps
from sim.spec.findings import TextError

DIGITS = st.integers(0, 6)


def test_three_points_are_three_points():
    """A sum of floats would end at 0.30000000000000004, and a test for "at most 0.3" would lose it."""
    assert steps(0.1, 0.3, 0.1) == (0.1, 0.2, 0.3)
    assert steps(-0.3, 0.3, 0.1) == (-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3)
    assert steps(1e-7, 3e-7, 1e-7) == (1e-7, 2e-7, 3e-7)


def test_whole_numbers_stay_whole():
    """Of whole numbers come whole ones; one that has a point makes all of them numbers with one."""
    assert [type(one) for one in steps(0, 30, 15)] == [int, int, int]
    assert [type(one) for one in steps(0, 30, 15.0)] == [float, float, float]
    assert steps(5, 5, 1) == (5,)


@given(st.integers(-10_000, 10_000), st.integers(1, 300), st.integers(0, 60), DIGITS)
def test_every_step_is_the_decimal_that_is_written(low, step, count, digits):
    """As many as there are, and each the float of its decimal: written down, it has no more digits than were given."""
    unit = Decimal(1).scaleb(-digits)
    wanted = [float((low + place * step) * unit) for place in range(count + 1)]
    found = steps(float(low * unit), float((low + count * step) * unit), float(step * unit))
    assert list(found) == wanted
    assert all(abs(Decimal(repr(one)).normalize().as_tuple().exponent) <= 12 for one in found)


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6), st.integers(2, 50))
def test_equal_distances(low, width, count):
    """The ends are the ends, and what lies between rises."""
    found = evenly(low, low + width, count)
    assert (found[0], found[-1]) == (low, low + width)
    assert list(found) == sorted(found)


def test_whole_numbers_at_equal_distances():
    """The nearest whole ones, each once: there are no seven numbers from 1 to 3."""
    assert evenly(1, 3, 7, whole=True) == (1, 2, 3)
    assert evenly(0, 10, 3, whole=True) == (0, 5, 10)
    assert evenly(0.1, 0.3, 3) == (0.1, 0.2, 0.3)


@pytest.mark.parametrize(
    ("low", "high", "step", "said"),
    [
        (0, 1, 0, "step of 0"),
        (0, 1, -0.1, "above 0"),
        (1, 0, 0.1, "not below the beginning"),
        (0, 1, 0.3, "such as 0.9 or 1.2"),
        (0, 1, 1e-9, "1,000,000,001 values"),
        (0, float("inf"), 1, "finite"),
        (float("nan"), 1, 1, "finite"),
    ],
)
def test_what_is_no_way_is_refused(low, high, step, said):
    """In a sentence, without counting to a billion."""
    with pytest.raises(TextError, match=said):
        steps(low, high, step)
