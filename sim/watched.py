"""An organization while it runs, to be looked at: where it is in time, who is in it, and how it fares so far."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.agents import Department, Owner
from sim.compile import Compiled
from sim.kernel.machine import Machine
from sim.measures import attainments_of, measures_of
from sim.outcome import cases_of, harvest, share
from sim.quietmesa import mesa
from sim.settings import Settings
from sim.spec.calendars import DAYS
from sim.spec.nearest import did_you_mean
from sim.vocab import DAY, WEEK


class Watched(mesa.Model):  # type: ignore[misc]
    """What can be seen of an organization at any time; `LiveOrganization` is one that goes on."""

    compiled: Compiled
    machine: Machine
    replication: int
    settings: Settings
    owners: tuple[Owner, ...]
    departments: Any

    def __init__(self, *, rng: list[int]) -> None:
        super().__init__(rng=rng)
        self._conflicts = [0]
        self._attained: tuple[int, dict[str, float]] = (-1, {})
        self._measures: dict[str, float] = {}

    @property
    def hours(self) -> float:
        """Calendar hours since Monday 00:00 of the first week."""
        return self.machine.time

    @property
    def day(self) -> int:
        """The present day; the first is 0, a Monday. After n steps day n begins; hooks are called while a day ends."""
        return int(self.hours // DAY)

    @property
    def week(self) -> int:
        """The present week as files count them: 0 is the first that counts, those of the warm-up are negative."""
        return math.floor((self.day * DAY - self.compiled.scenario.window[0]) / WEEK)

    @property
    def weekday(self) -> str:
        """The day of the week as scenario files have it: ``mon`` to ``sun``."""
        return DAYS[self.day % 7]

    @property
    def is_working_day(self) -> bool:
        """Whether any department opens today."""
        return any(one.is_working_day for one in self.departments)

    @property
    def end(self) -> float:
        """Calendar hours at which the run ends: after warm-up, horizon and tail."""
        return self.compiled.end

    @property
    def open_cases(self) -> int:
        """Cases that have arrived, were accepted and are not finished."""
        cases = cases_of(self.machine.state)
        return int((np.isnan(cases["finish"]) & (cases["lost"] == 0) & (cases["prevented"] == 0)).sum())

    @property
    def open_conflicts(self) -> int:
        """Cases that a conflict freezes."""
        return int(cases_of(self.machine.state)["frozen"].sum())

    def conflicts(self, days: int | None = None) -> int:
        """Return how many conflicts broke out since the start, or in the last so many days, today included.

        Parameters
        ----------
        days : int, optional
            How many days to look back; None means since the start of the run.

        Returns
        -------
        int
            Conflicts.

        Examples
        --------
        >>> model = sim.LiveOrganization(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2}))
        >>> model.run_model()
        >>> model.conflicts() >= model.conflicts(days=7) >= 0
        True
        """
        so_far = int(self.machine.state.now[0]["conflicts"])
        if days is None:
            return so_far
        before = math.ceil(self.hours / DAY) - days
        return so_far - self._conflicts[min(max(before, 0), len(self._conflicts) - 1)]

    def on_time(self, days: float | None = None) -> float:
        """Return the measure `on_time_target` so far, or of the cases that were due in the last so many days.

        Parameters
        ----------
        days : float, optional
            How many days to look back; None means since counting began.

        Returns
        -------
        float
            Share from 0 to 1; NaN while nothing was due.

        Examples
        --------
        >>> model = sim.LiveOrganization(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2}))
        >>> model.run_model()
        >>> 0 <= model.on_time() <= 1
        True
        """
        cases = cases_of(self.machine.state)
        begin, end = self.compiled.scenario.window
        counted = (cases["arrival"] >= begin) & (cases["arrival"] < end)
        if days is not None:
            counted = cases["target"] > self.hours - days * DAY
        due = counted & (cases["lost"] == 0) & (cases["prevented"] == 0) & (cases["target"] <= self.hours)
        return share((due & (cases["served"] <= cases["target"])).sum(), due.sum())

    @property
    def attainments(self) -> dict[str, float]:
        """KPI attainment of every department from the end of the warm-up until now, by the name of its measure."""
        handled = int(self.machine.state.now[0]["handled"])
        if self._attained[0] != handled:
            self._attained = (
                handled,
                attainments_of(harvest(self.compiled, self.machine, self.replication, turned=self.settings.turned)),
            )
        return dict(self._attained[1])

    def measure(self, name: str) -> float:
        """Return a measure of the whole run by its name; NaN while the run goes on.

        Parameters
        ----------
        name : str
            A column of ``sim.run(...).measures``.

        Returns
        -------
        float
            The measure, in its unit (``deptsim list measures``).

        Raises
        ------
        KeyError
            If there is no such measure.

        Examples
        --------
        >>> model = sim.LiveOrganization(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2}))
        >>> model.measure("lead_time_mean")
        nan
        >>> model.run_model()
        >>> model.measure("lead_time_mean") > 0
        True
        """
        if self.hours < self.end:
            return math.nan
        if not self._measures:
            self._measures = measures_of(
                harvest(self.compiled, self.machine, self.replication, turned=self.settings.turned)
            )
        if name not in self._measures:
            raise KeyError(f"no measure is called '{name}'{did_you_mean(name, self._measures)}")
        return self._measures[name]

    def owner(self, name: str) -> Owner:
        """Return a department or approver by its name in the scenario file.

        Parameters
        ----------
        name : str
            A department, or ``department.pool`` such as ``sales.director``.

        Returns
        -------
        Owner
            A `Department`, or an `Approver`.

        Raises
        ------
        KeyError
            If nobody is called that.

        Examples
        --------
        >>> model = sim.LiveOrganization(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2}))
        >>> model.owner("sales.director").staff
        1
        """
        if name not in self.compiled.pools:
            raise KeyError(f"no department or approver is called '{name}'{did_you_mean(name, self.compiled.pools)}")
        return self.owners[self.compiled.pools.index(name)]

    def department(self, name: str) -> Department:
        """Return a department by its name in the scenario file.

        Parameters
        ----------
        name : str
            The department.

        Returns
        -------
        Department
            An object of the class that was given to the model.

        Raises
        ------
        KeyError
            If no department is called that.

        Examples
        --------
        >>> model = sim.LiveOrganization(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2}))
        >>> model.department("production").staff
        13
        """
        names = self.compiled.scenario.departments
        if name not in names:
            raise KeyError(f"no department is called '{name}'{did_you_mean(name, names)}")
        found = self.owner(name)
        assert isinstance(found, Department)
        return found
