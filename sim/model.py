"""An organization as a Mesa model, on the same kernel and with the same bits as `sim.run`."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np
import pandas as pd
from mesa.agent import AgentSet

from sim import frames
from sim.agents import Approver, Department, Owner
from sim.compile import compile_scenario
from sim.measures import attainments_of, measures_of
from sim.outcome import harvest, start
from sim.replications import RunResult, manifest_of, warm_up
from sim.scenario import Scenario
from sim.spec.nearest import did_you_mean
from sim.vocab import DAY, WEEK


class Organization(mesa.Model):  # type: ignore[misc]
    """One replication of a scenario that advances day by day.

    A step is one calendar day of 24 hours, from midnight to midnight: seven steps are a week, weekends included, and
    after a step the end of that day (adoption, drift of trust, daily record) has been handled. The events inside a day
    happen at their own times; a step only says how far to go. Cutting a run into days changes no bit of it.

    The luck of the organization is addressed by `seed` and `replication` as in `sim.run`; Mesa's own generators
    (`model.random`, `model.rng`), seeded with `seed` too, only serve what is done with the agents from outside.

    Parameters
    ----------
    scenario : Scenario
        What to run.
    seed, replication : int
        The same two numbers give the same run everywhere.
    events : bool
        Whether to keep the event log.

    Attributes
    ----------
    departments, approvers : AgentSet
        The departments, and the people of management who approve for them.
    owners : tuple of Owner
        All owners of a queue, in the order of the file.
    machine : Machine
        The kernel's state; to be read, not written.

    Examples
    --------
    >>> model = Organization(load("order_delivery"), seed=1)             # doctest: +SKIP
    >>> model.step()                                                     # doctest: +SKIP
    >>> max(model.departments, key=lambda one: one.waiting_hours).name   # doctest: +SKIP
    """

    def __init__(self, scenario: Scenario, seed: int = 1, replication: int = 0, events: bool = False) -> None:
        for name, number in (("seed", seed), ("replication", replication)):
            if number < 0:
                raise ValueError(f"{name}: found {number}, expected a whole number of at least 0")
        super().__init__(rng=seed)
        self.compiled = compile_scenario(scenario)
        self.seed, self.replication, self.events = seed, replication, events
        warm_up(self.compiled)
        self.machine = start(self.compiled, seed, replication, events=events)
        n = len(scenario.departments)
        self.owners: tuple[Owner, ...] = tuple(
            Department(self, place) if place < n else Approver(self, place) for place in range(len(self.compiled.pools))
        )
        self.departments = AgentSet(self.owners[:n], random=self.random)
        self.approvers = AgentSet(self.owners[n:], random=self.random)
        self._attained: tuple[int, dict[str, float]] = (-1, {})

    @property
    def hours(self) -> float:
        """Calendar hours since Monday 00:00 of the first week."""
        return self.machine.time

    @property
    def end(self) -> float:
        """Calendar hours at which the run ends, warm-up included."""
        return float(self.compiled.scenario.weeks * WEEK)

    @property
    def open_cases(self) -> int:
        """Cases that have arrived, were accepted and are not finished."""
        cases = self._cases
        return int((np.isnan(cases["finish"]) & (cases["lost"] == 0)).sum())

    @property
    def open_conflicts(self) -> int:
        """Cases that a conflict freezes."""
        return int(self._cases["frozen"].sum())

    @property
    def attainments(self) -> dict[str, float]:
        """KPI attainment of every department from the end of the warm-up until now, by the name of its measure."""
        handled = int(self.machine.state.now[0]["handled"])
        if self._attained[0] != handled:
            self._attained = (handled, attainments_of(harvest(self.compiled, self.machine, self.replication)))
        return dict(self._attained[1])

    @property
    def _cases(self) -> Any:
        cases = self.machine.state.cases
        return cases[cases["number"] >= 0]

    def owner(self, name: str) -> Owner:
        """Return a department or approver by its name in the scenario file."""
        if name not in self.compiled.pools:
            raise KeyError(f"no department or approver is called '{name}'{did_you_mean(name, self.compiled.pools)}")
        return self.owners[self.compiled.pools.index(name)]

    def step(self) -> None:
        """Advance to the next midnight, or to the end of the run if that comes first; past the end do nothing."""
        self.machine.advance(min((self.hours // DAY + 1.0) * DAY, self.end))
        self.running = self.hours < self.end

    def result(self) -> RunResult:
        """Return what ``sim.run(scenario, 1, seed, first=replication)`` returns, to the bit."""
        if self.hours < self.end:
            day, days = self.hours / DAY, self.end / DAY
            raise RuntimeError(f"the run is at day {day:g} of {days:g}; call run_model() before result()")
        outcome = harvest(self.compiled, self.machine, self.replication)
        index = pd.Index([self.replication], name="replication")
        return RunResult(
            scenario=self.compiled.scenario,
            cases=frames.stacked([frames.cases_frame(outcome)]),
            ledger=frames.stacked([frames.ledger_frame(outcome)]),
            daily=frames.stacked([frames.daily_frame(outcome)]),
            links=frames.stacked([frames.links_frame(outcome)]),
            measures=pd.DataFrame([measures_of(outcome)], index=index),
            events=frames.stacked([frames.events_frame(outcome)]) if self.events else None,
            manifest=manifest_of(self.compiled.scenario, self.seed, 1, self.replication),
            errors=(),
        )
