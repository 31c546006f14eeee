"""How the cases of a log were chosen."""

from __future__ import annotations

import numpy as np
import pytest

from sim.eventlog.counted import case_table
from sim.eventlog.flow import by_week
from sim.eventlog.selected import only_finished, selected
from tests.worlds.learnable import table


@pytest.fixture(scope="module")
def whole():
    """A log of 20 weeks, half of whose cases take four weeks, as everything had happened by then."""
    luck = np.random.default_rng(3)
    rows = []
    for case, begin in enumerate(np.sort(luck.random(1200)) * 20 * 168.0):
        rows += [(case, "open", "a", begin), (case, "close", "a", begin + float(luck.choice([1.0, 600.0])))]
    return table(rows).happened(-np.inf, 20 * 168.0)


def test_a_log_of_finished_cases_only_is_told_from_a_whole_one(whole):
    finished = whole.only(np.bincount(whole.events["case"]) == 2)
    assert not only_finished(whole)
    assert only_finished(finished)
    assert selected(finished, case_table(finished), by_week(finished, case_table(finished))).only_finished


def test_fewer_arrivals_for_a_week_are_not_taken_for_missing_cases(whole):
    """A holiday at the end leaves short cases out as well as long ones."""
    fewer = whole.only((whole.arrivals < 18 * 168.0) | (np.arange(len(whole.cases)) % 4 == 0))
    assert not only_finished(fewer)
