"""Departments as Mesa agents: live views on the kernel's rows, never copies, and what a researcher may change.

An agent holds its model and its place in the tables, nothing else. Every property reads the row of this moment through
`model.machine.state`, because tables are replaced by larger ones when they are full. Views hand out numbers, never
rows; the only ways to change anything are `Department.set_staff` and `Department.set_lever`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any

from sim.quietmesa import mesa
from sim.scenario.holidays import openings
from sim.settings import lever_called
from sim.spec.base import text_of
from sim.spec.manning import share_at_work
from sim.spec.nearest import did_you_mean
from sim.spec.sites import called_at
from sim.views import Host, Link, Today
from sim.vocab import DAY, WEEK
from sim.words import Text

if TYPE_CHECKING:
    from sim.spec.calendars import Calendar
    from sim.spec.organization import Kpi


class Owner(mesa.Agent):  # type: ignore[misc]
    """Whoever owns a queue: a department, or a person of management who approves for one.

    Parameters
    ----------
    model : LiveOrganization
        The organization it belongs to.
    place : int
        Its row in the kernel's table of departments.
    """

    model: Host

    def __init__(self, model: Host, place: int) -> None:
        super().__init__(model)
        self.place = place

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}: {self.busy} of {self.staff} busy, {self.queue} waiting>"

    @property
    def _row(self) -> Any:
        return self.model.machine.state.departments[self.place]

    @property
    def name(self) -> str:
        """The name in the scenario file."""
        return self.model.compiled.pools[self.place]

    @property
    def staff(self) -> int:
        """Number of people."""
        return int(self._row["staff"])

    @property
    def busy(self) -> int:
        """People who have work in hand (outside opening hours it rests in their hands)."""
        return int(self._row["busy"])

    @property
    def queue(self) -> int:
        """Requests that wait."""
        return int(self._row["waiting"])

    @property
    def waiting_hours(self) -> float:
        """Hours of work, double-checks and forms that wait, for people of skill 1."""
        return float(self._row["waiting_hours"])

    @property
    def productivity(self) -> float:
        """What meetings and overhead leave of working time today."""
        return float(self._row["productivity"])

    @property
    def today(self) -> Today:
        """What it has done since midnight."""
        return Today(self)

    @property
    def links(self) -> tuple[Link, ...]:
        """Everybody it deals with."""
        pool = self.model.compiled.params.pools[self.place]
        first = int(pool["first_link"])
        return tuple(Link(self.model, row) for row in range(first, first + int(pool["n_links"])))

    def trust_in(self, other: Owner | str) -> float:
        """Return the trust in another owner of a queue; NaN where the two never deal with each other.

        Parameters
        ----------
        other : Owner or str
            The other, or its name.

        Returns
        -------
        float
            Trust from 0 to 1.

        Examples
        --------
        >>> model = sim.LiveOrganization(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2}))
        >>> model.department("sales").trust_in("production")
        0.26
        """
        link = self._link_to(other)
        return math.nan if link is None else link.trust

    def understanding_of(self, other: Owner | str) -> float:
        """Return how well another owner of a queue is understood; NaN where the two never deal with each other.

        Parameters
        ----------
        other : Owner or str
            The other, or its name.

        Returns
        -------
        float
            Understanding from 0 to 1.

        Examples
        --------
        >>> model = sim.LiveOrganization(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2}))
        >>> model.department("sales").understanding_of("production")
        0.65
        """
        link = self._link_to(other)
        return math.nan if link is None else link.understanding

    def _link_to(self, other: Owner | str) -> Link | None:
        place = self.model.owner(other).place if isinstance(other, str) else other.place
        return next((link for link in self.links if link.other.place == place), None)

    def lever(self, name: str) -> float:
        """Return where a lever stands here today.

        Parameters
        ----------
        name : str
            A lever (``deptsim list levers``).

        Returns
        -------
        float
            In the unit of the lever, interventions included.

        Raises
        ------
        KeyError
            If there is no such lever.

        Examples
        --------
        >>> model = sim.LiveOrganization(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2}))
        >>> model.department("sales").lever("latency") > 0
        True
        """
        return float(self._row["lever"][lever_called(name).lever])


class Department(Owner):
    """A department of the scenario; a subclass with `on_day` decides for itself.

    There is one instance for each department and replication: what it remembers is its own. It sees everything, and may
    set its staff and its levers; that counts from the next day on, and interventions act on top of it.

    Parameters
    ----------
    model : LiveOrganization
        The organization it belongs to, which makes it.
    place : int
        Its row in the kernel's table of departments.

    Examples
    --------
    >>> class Attentive(sim.Department):
    ...     def on_day(self):
    ...         self.set_lever("alignment", 1.0 if self.queue > 2 * self.staff else 0.3)
    >>> short = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2})
    >>> sim.run(short, department={"production": Attentive}).manifest["department"]
    {'production': '__main__.Attentive@...'}
    """

    def on_day(self) -> None:
        """Decide at the end of a day, weekends included, what counts from the next day on; nothing by default.

        Examples
        --------
        >>> class Growing(sim.Department):
        ...     def on_day(self):
        ...         if self.queue > 30:
        ...             self.set_staff(self.staff + 1)
        >>> short = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2})
        >>> result = sim.run(short, department={"sales": Growing})
        >>> int(result.daily.query("department == 'sales'").staff.max()) >= 5
        True
        """

    def set_staff(self, number: int) -> None:
        """Have so many people from the next day on; whoever is at work finishes what is in hand.

        Parameters
        ----------
        number : int
            How many people.

        Raises
        ------
        ValueError
            If there cannot be so many.

        Examples
        --------
        >>> model = sim.LiveOrganization(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2}))
        >>> model.department("sales").set_staff(7)
        >>> model.step()
        >>> model.department("sales").staff
        7
        """
        self.model.settings.staff(self.place, number)

    def set_lever(self, name: str, value: float) -> None:
        """Put a lever somewhere from the next day on; interventions close gaps from there.

        Parameters
        ----------
        name : str
            A lever (``deptsim list levers``).
        value : float
            Where to, within the range of the lever.

        Raises
        ------
        KeyError, ValueError
            If there is no such lever, or the value is out of its range.

        Examples
        --------
        >>> model = sim.LiveOrganization(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2}))
        >>> model.department("sales").set_lever("alignment", 0.9)
        >>> model.step()
        >>> model.department("sales").lever("alignment")
        0.9
        """
        self.model.settings.lever(self.place, name, value)

    @property
    def label(self) -> Text:
        """What people call it, in both languages."""
        return called_at(self.model.compiled.scenario.departments[self.name], self.name)

    @property
    def open_hours(self) -> float:
        """Hours for which the department is open today."""
        opened = openings(self.model.compiled.scenario, self.model.compiled.scenario.departments[self.name].calendar)
        day = self.model.day if opened.cycle != WEEK else self.model.day % 7
        begin, end = DAY * day, DAY * (day + 1)
        return math.fsum(max(0.0, min(end, stop) - max(begin, start)) for start, stop in opened.intervals)

    @property
    def is_working_day(self) -> bool:
        """Whether the department opens today."""
        return self.open_hours > 0.0

    @property
    def capacity(self) -> float:
        """Hours of work that its people can do in a week, at today's productivity."""
        skill = self.model.compiled.scenario.departments[self.name].skill
        share = share_at_work(self.model.compiled.scenario, self.name)
        return self.staff * share * self._calendar.hours_per_week * self.productivity * skill

    @property
    def _calendar(self) -> Calendar:
        scenario = self.model.compiled.scenario
        return scenario.calendar(scenario.departments[self.name].calendar)

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """What the department is measured by, with targets and weights."""
        return tuple(self.model.compiled.scenario.departments[self.name].kpis)

    @property
    def attainment(self) -> float:
        """How far it meets its own KPIs, from the end of the warm-up until now; NaN during the warm-up."""
        return self.model.attainments.get(f"kpi_{self.name}", math.nan)


class Approver(Owner):
    """A person of management who approves for a department, such as ``sales.director``."""

    @property
    def label(self) -> Text:
        """What people call the person, in both languages."""
        department, _, pool = self.name.partition(".")
        return text_of(self.model.compiled.scenario.departments[department].pools[pool].label, self.name)


Departments = type[Department] | Mapping[str, type[Department]]
"""A class for all departments, or classes for some of them by name."""


def class_for(name: str, given: Departments | None) -> type[Department]:
    """Return the class of one department."""
    if isinstance(given, Mapping):
        return given.get(name, Department)
    return given or Department


def check_classes(given: object, names: Collection[str]) -> None:
    """Refuse whatever does not say of which class departments are, in a sentence.

    Raises
    ------
    TypeError
        For anything but a subclass of `Department`, or a mapping of names to such classes.
    KeyError
        For the name of a department that the scenario does not have.
    """
    if not isinstance(given, Mapping):
        _check_class(given, "department")
        return
    for name, cls in given.items():
        if name not in names:
            raise KeyError(f"department: no department is called '{name}'{did_you_mean(name, names)}")
        _check_class(cls, f"department['{name}']")


def _check_class(cls: object, where: str) -> None:
    if isinstance(cls, type) and issubclass(cls, Department):
        if iscoroutinefunction(cls.on_day):
            raise TypeError(f"{where}: found 'async def on_day' in {cls.__name__}, expected 'def on_day'")
        return
    found = f"the class {cls.__name__}" if isinstance(cls, type) else f"{cls!r}"
    hint = f"; hand over the class itself: {type(cls).__name__}" if isinstance(cls, Department) else ""
    raise TypeError(f"{where}: found {found}, expected a subclass of sim.Department{hint}")
