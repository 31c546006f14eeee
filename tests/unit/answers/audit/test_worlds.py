"""Drawn worlds: a Latin hypercube whose columns do not depend on each other."""

import numpy as np
import pytest

from sim.answers.audit.worlds import departures, drawn, shares_of, world_at
from sim.scenario.uncertain import Assumption
from sim.words import Text


def assumption(place, low=0.0, high=1.0, here=0.5, whole=False):
    """Return one that is made up."""
    return Assumption(place, low, high, here, Text(place, place), whole=whole)


def test_every_part_of_a_range_is_met_once():
    """In an order of its own for every place and every seed."""
    found = shares_of("levers.latency", 50, 1)
    assert sorted((found * 50).astype(int).tolist()) == list(range(50))
    assert not np.array_equal(found, shares_of("levers.clarity", 50, 1))
    assert not np.array_equal(found, shares_of("levers.latency", 50, 2))
    assert abs(np.corrcoef(found, shares_of("levers.clarity", 50, 1))[0, 1]) < 0.4


def test_a_world_does_not_depend_on_what_else_is_uncertain():
    """So claims about one organization share its worlds."""
    alone = drawn([assumption("a", 2.0, 4.0)], 5, 1)
    beside = drawn([assumption("b"), assumption("a", 2.0, 4.0)], 5, 1)
    assert [world["a"] for world in beside] == [world["a"] for world in alone]


def test_departures_are_in_widths_of_ranges_and_lead_back():
    """What has not moved is left out of a world; whole numbers stay whole."""
    ones = [assumption("a", 2.0, 4.0, 3.0), assumption("b"), assumption("n", 0, 10, 5, whole=True)]
    moved = departures(ones, [{"a": 4.0, "n": 8}, {}])
    assert moved.tolist() == [pytest.approx([0.5, 0.0, 0.3]), [0.0, 0.0, 0.0]]
    assert world_at(ones, moved[0], 2.0) == {"a": 4.0, "n": 8}
    assert world_at(ones, [0.7, 0.0, 0.0], 0.0) == {"a": 4.0}


def test_rounding_leads_no_share_out_of_its_bounds():
    """A departure of so many digits may lie a little beyond them."""
    (one,) = [assumption("levers.clarity", 0.1, 0.5, 0.3)]
    assert world_at([one], [1.75001], 2.0) == {"levers.clarity": 1.0}
