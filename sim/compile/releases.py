"""Releases as rows: whose cases they take along, and the moments of each."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.compile.basics import Basics, fill, identity
from sim.kernel import layout
from sim.scenario import Scenario
from sim.spec.releases import Release
from sim.vocab import WEEK


def numbered(releases: Mapping[str, Release]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the row of the release that each process goes out with, and of that whose own work it is."""
    rows = list(enumerate(releases.values()))
    return {name: k for k, one in rows for name in one.items}, {one.work: k for k, one in rows if one.work is not None}


def release_table(scenario: Scenario, basics: Basics) -> Any:
    """Return every release; its moments, three a date, go into the numbers."""
    table = np.zeros(len(scenario.releases), layout.RELEASE)
    end, first = scenario.weeks * WEEK, 0
    names = list(scenario.processes)
    for row, (name, one) in zip(table, scenario.releases.items(), strict=True):
        moments = one.moments(scenario.window[0], end)
        fill(
            row,
            id=identity("release", name),
            dates=len(basics.numbers),
            n_dates=len(moments),
            first=first,
            slips=one.at_date == "slip",
            work=-1 if one.work is None else names.index(one.work),
        )
        basics.numbers.extend(time for moment in moments for time in moment)
        first += len(moments)
    return table
