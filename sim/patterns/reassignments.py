"""P6: every dispute about whose it is makes a case later, as in the logs of real firms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import shipped
from sim.patterns.pattern import Pattern, Setting
from sim.patterns.reading import arrived
from sim.results import RunResult

PROCESSES = {"complaint": "complaint_handling", "incident": "incident_response"}
"""Whose cases are looked at, and in which scenario."""

DISPUTES = ("on_time_0", "on_time_1", "on_time_2", "on_time_3")
"""On time after so many disputes; the last of them with those of more."""

HANDED_ON = (39.0, 60.0)
"""Percent of cases handed on at least once: 44 in one public log, 51 in another."""

BACK = (7.0, 28.0)
"""Percent of cases that go from one team to another and back: 16.5 in one of them."""


class Reassignments(Pattern):
    """Complaints and incidents by how often it was disputed whose they are."""

    key = "P6"
    quantities = (*DISPUTES, "handed_over", "ping_pong")
    tables = ("measures", "cases")
    replications = 20

    def settings(self) -> dict[str, Setting]:
        """Return both organizations as they are."""
        return {process: Setting(shipped(name)) for process, name in PROCESSES.items()}

    def read(self, result: RunResult) -> Mapping[str, float]:
        """Return the share on time by disputes, in percent, and how many cases are handed on, and back."""
        (process,) = set(result.scenario.processes) & set(PROCESSES)
        cases = arrived(result, process).dropna(subset="on_time_target")
        disputes = cases["bounces"].clip(upper=len(DISPUTES) - 1)
        on_time = 100.0 * cases["on_time_target"].astype(float).groupby(disputes).mean()
        row = result.measures.iloc[0]
        return {name: float(on_time.get(n, float("nan"))) for n, name in enumerate(DISPUTES)} | {
            name: float(row[f"{name}.{process}" if f"{name}.{process}" in row else name])
            for name in ("handed_over", "ping_pong")
        }

    def claims(self, found: Found) -> Iterator[Claim]:
        """On time falls at every dispute; as many are handed on, and come back, as in logs."""
        for process in PROCESSES:
            for n, (before, after) in enumerate(pairwise(DISPUTES), 1):
                yield claim(f"{process}_{n}", found(process, after) - found(process, before), below=0.0)
            for name, (low, high) in (("handed_over", HANDED_ON), ("ping_pong", BACK)):
                yield claim(f"{process}_{name}", found(process, name), above=low, below=high)
