"""Factors as designs see them: cells and values."""

import numpy as np
import pytest

from sim.experiments.axes import Axis

SWITCH = Axis("raci", (False, True))
DOSE = Axis("minutes", (0, 15, 30))
RANGE = Axis("load", low=0.7, high=0.95, now=0.8)
PEOPLE = Axis("staff", low=3, high=6, whole=True)


@pytest.mark.parametrize(
    ("axis", "value", "cell"),
    [
        (SWITCH, True, 1),
        (SWITCH, 1, None),
        (SWITCH, "true", None),
        (DOSE, 15, 1),
        (DOSE, 15.0, 1),
        (DOSE, True, None),
        (DOSE, 16, None),
        (RANGE, 0.95, 0.95),
        (RANGE, 0.951, None),
        (RANGE, "0.8", None),
        (PEOPLE, 4, 4.0),
        (PEOPLE, 4.5, None),
        (PEOPLE, True, None),
    ],
)
def test_only_what_a_factor_can_be_has_a_cell(axis, value, cell):
    """Yes is not 1, a text no number, and whole is whole."""
    assert axis.cell(value) == cell


def test_where_things_are():
    """The first level; of a range what is said, or its lower end."""
    assert [one.reference for one in (SWITCH, DOSE, RANGE, PEOPLE)] == [False, 0, 0.8, 3]
    assert isinstance(PEOPLE.reference, int)


def test_levels_and_whole_numbers_have_equal_parts_of_a_range():
    """Sixty shares from 0 up to 1: twenty for each of three levels, fifteen for each of four numbers."""
    shares = (np.arange(60) + 0.5) / 60
    assert np.bincount(DOSE.spread(shares)).tolist() == [20, 20, 20]
    assert np.bincount(PEOPLE.spread(shares).astype(int)).tolist() == [0, 0, 0, 15, 15, 15, 15]
    assert DOSE.spread(np.array([0.0, 1.0])).tolist() == [0, 2]


def test_columns_have_the_type_of_their_levels():
    """A column of yes and no, of whole numbers, of numbers, of texts; what is mixed stays what it is."""
    text, mixed = Axis("way", ("now", "all")), Axis("dose", (False, 0.5))
    both = np.array([0, 1])
    assert [one.column(both).dtype.kind for one in (SWITCH, DOSE, text, mixed)] == ["b", "i", "O", "O"]
    assert [type(one) for one in mixed.column(both)] == [bool, float]
    assert (RANGE.column(np.array([0.7])).dtype.kind, PEOPLE.column(np.array([3.0])).dtype.kind) == ("f", "i")
