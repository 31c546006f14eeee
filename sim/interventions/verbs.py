"""How an intervention says what it does: short ways to write down edits of levers, and what people spend."""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from sim.interventions.parts import FULL_WEEK, Edit
from sim.spec.levers import LEVERS
from sim.spec.manning import share_at_work
from sim.spec.organization import Organization
from sim.spec.process import Process
from sim.spec.traffic import leaving, visits


class Verbs:
    """What the edits of an intervention are made with."""

    if TYPE_CHECKING:
        departments: tuple[str, ...]
        at_pace: ClassVar[Mapping[str, float]]

    def move(self, lever: str, toward: float, strength: float) -> Edit:
        """Return an edit in this intervention's departments that grows with adoption.

        Parameters
        ----------
        lever : str
            A lever (``deptsim list levers``).
        toward : float
            Where to, in the unit of the lever.
        strength : float
            How far of the way, from 0 to 1.

        Returns
        -------
        Edit
            Without strength and adoption of the intervention, which are applied to it.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> Raci().move("latency", toward=2.0, strength=0.5).toward
        2.0
        """
        return Edit(lever, toward, strength, self.departments)

    def meet(
        self, organization: Organization, dealings: float, weeks: float = math.inf, after_weeks: float = 0.0
    ) -> Edit:
        """Return an edit by which departments deal with each other more often for some weeks.

        They do so many times a day at a pace of 1, and more often where life is faster.

        Parameters
        ----------
        organization : Organization
            The scenario that it is for.
        dealings : float
            Dealings of each pair a day, at a pace of 1.
        weeks, after_weeks : float
            For how many weeks, and from how many weeks after the start on.

        Returns
        -------
        Edit
            Of the lever ``contact``.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> Raci().meet(sim.load("order_delivery"), dealings=2.0, weeks=1).weeks
        1
        """
        most = LEVERS["contact"].high
        share = organization.usual("contact", dealings) / most
        return Edit("contact", most, share, self.departments, weeks=weeks, after_weeks=after_weeks)

    def paced(self, name: str, organization: Organization, lever: str) -> float:
        """Return a figure in hours as it is stated, else the usual one at the organization's pace.

        Parameters
        ----------
        name : str
            A field of the intervention that is named in its `at_pace`.
        organization : Organization
            The scenario that it is for.
        lever : str
            The lever whose range it has to keep to.

        Returns
        -------
        float
            Hours.

        Examples
        --------
        >>> from sim.interventions import INTERVENTIONS
        >>> INTERVENTIONS["response_agreement"](hours=6).paced("hours", sim.load("order_delivery"), "agreement_hours")
        6.0
        """
        stated: float | None = getattr(self, name)
        return organization.usual(lever, self.at_pace[name]) if stated is None else stated

    def set_to(self, lever: str, toward: float) -> Edit:
        """Return an edit that sets an agreed figure, independent of adoption.

        Parameters
        ----------
        lever : str
            A lever.
        toward : float
            The figure, in the unit of the lever.

        Returns
        -------
        Edit
            That counts in full.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> Raci().set_to("tier1_hours", 8.0).agreed
        True
        """
        return Edit(lever, toward, 1.0, self.departments, paid=True)

    def cost(
        self,
        minutes_per_week: float,
        weeks: float = math.inf,
        after_weeks: float = 0.0,
        fades_weeks: float = math.inf,
    ) -> Edit:
        """Return the time everybody concerned spends, as a share of a 40-hour week, independent of adoption.

        A post that is manned for longer is shared by so many more people, and loses the same share. What is spent may
        become half as much every so many weeks.

        Parameters
        ----------
        minutes_per_week : float
            Of every person.
        weeks, after_weeks : float
            For how many weeks, and from how many weeks after the start on.
        fades_weeks : float
            Weeks in which it becomes half as much.

        Returns
        -------
        Edit
            Of the lever ``overhead``.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> Raci().cost(30.0).strength
        0.0125
        """
        share = minutes_per_week / 60.0 / FULL_WEEK
        return Edit(
            "overhead",
            1.0,
            share,
            self.departments,
            paid=True,
            worsens=True,
            weeks=weeks,
            after_weeks=after_weeks,
            fades_weeks=fades_weeks,
        )

    def cost_on_top(self, lever: str, more: float) -> Edit:
        """Return an edit that adds so much to a lever that says what something takes, independent of adoption.

        Parameters
        ----------
        lever : str
            ``form_hours`` or ``signatures``.
        more : float
            How much, in the unit of the lever; what stands there already counts as well, and nothing goes beyond the
            end of its range.

        Returns
        -------
        Edit
            Towards the upper end.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> Raci().cost_on_top("signatures", 2.0).strength
        0.1
        """
        most = LEVERS[lever].high
        return Edit(lever, most, min(1.0, more / most), self.departments, paid=True, worsens=True)

    def cost_of_one(
        self, organization: Organization, hours: float, where: Collection[str] | None = None
    ) -> tuple[Edit, ...]:
        """Return the time that one person of each department spends: it weighs most in small ones.

        It is the same time where people work other hours than 40 a week, unlike what everybody spends (`cost`).

        Parameters
        ----------
        organization : Organization
            The scenario that it is for.
        hours : float
            Hours a week.
        where : collection of str, optional
            In which departments; without it, in all that are concerned.

        Returns
        -------
        tuple of Edit
            One for each department, of the lever ``overhead``.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> Raci(departments=("sales",)).cost_of_one(sim.load("order_delivery"), hours=4.0)[0].strength
        0.02
        """
        places = self._concerned(organization) if where is None else where
        return self._charged(organization, dict.fromkeys(places, hours))

    def cost_of_leaders(self, organization: Organization, hours: float) -> tuple[Edit, ...]:
        """Return the time that every leader spends: all of management, or where it takes no part one of a department.

        Parameters
        ----------
        organization : Organization
            The scenario that it is for.
        hours : float
            Hours a week.

        Returns
        -------
        tuple of Edit
            Of the lever ``overhead``.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> [edit.where for edit in Raci().cost_of_leaders(sim.load("order_delivery"), hours=4.0)]
        [('management',)]
        """
        leads = organization.management
        if leads not in self._concerned(organization):
            return self.cost_of_one(organization, hours)
        return (Edit("overhead", 1.0, hours / FULL_WEEK, (leads,), paid=True, worsens=True),)

    def cost_per_case(self, organization: Organization, minutes: float, who: str = "all") -> tuple[Edit, ...]:
        """Return the time that one person of each department spends on each case, at the planned numbers of cases.

        Parameters
        ----------
        organization : Organization
            The scenario that it is for.
        minutes : float
            For a case, of one person of each department.
        who : str
            ``all`` that are responsible for a step of the process or consulted in it; ``consulted``: only those who are
            consulted, or where nobody is, all; ``front``: who takes cases in; ``supplied``: who is responsible for a
            step at which goods may be missing, whenever a case comes to one.

        Returns
        -------
        tuple of Edit
            One for each department, of the lever ``overhead``.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> edits = Raci().cost_per_case(sim.load("order_delivery"), minutes=60.0, who="front")
        >>> {edit.where[0]: round(40 * 5 * edit.strength) for edit in edits}  # both have five people
        {'sales': 24, 'service': 8}
        """
        flows = organization.processes.values()
        return self._charged_per_case(organization, who, [minutes / 60.0] * len(flows))

    def cost_of_work(self, organization: Organization, share: float, who: str = "all") -> tuple[Edit, ...]:
        """Return the time that takes a share of the planned work of each case, at the planned numbers of cases.

        Parameters
        ----------
        organization : Organization
            The scenario that it is for.
        share : float
            Of the hours of all steps of a case, as often as it usually comes to each, in all.
        who : str
            As in `cost_per_case`; each of these departments has the same part in it.

        Returns
        -------
        tuple of Edit
            One for each department, of the lever ``overhead``.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> edits = Raci().cost_of_work(sim.load("order_delivery"), share=0.05, who="consulted")
        >>> {edit.where[0]: round(40 * 4 * edit.strength, 1) for edit in edits if edit.where[0] == "product"}
        {'product': 1.6}
        """
        flows = organization.processes.values()
        works = [
            math.fsum(often * flow.steps[name].work.mean for name, often in _planned(flow).items()) for flow in flows
        ]
        hours = [share * work / len(taking_part(flow, who)) for flow, work in zip(flows, works, strict=True)]
        return self._charged_per_case(organization, who, hours)

    def _charged_per_case(self, organization: Organization, who: str, each: Sequence[float]) -> tuple[Edit, ...]:
        """Return so many hours of those who take part, for a case of each process, at the planned numbers of cases."""
        hours: dict[str, float] = {}
        concerned = self._concerned(organization)
        for process, taken in zip(organization.processes.values(), each, strict=True):
            for name, often in taking_part(process, who).items():
                if name in concerned:
                    hours[name] = hours.get(name, 0.0) + process.demand.weekly * often * taken
        return self._charged(organization, hours)

    def cost_per_newcomer(self, organization: Organization, hours: float) -> tuple[Edit, ...]:
        """Return the time that colleagues spend on those who come for people who left by themselves.

        Planned are as many newcomers as `quit_rate` says; those who come for people whom conflict and load drove out
        are not counted.

        Parameters
        ----------
        organization : Organization
            The scenario that it is for.
        hours : float
            For each newcomer, in all.

        Returns
        -------
        tuple of Edit
            One for each department, of the lever ``overhead``.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> lossy = sim.load("order_delivery", {"levers.quit_rate": 0.52})
        >>> edits = Raci().cost_per_newcomer(lossy, hours=40.0)
        >>> {round(edit.strength, 4) for edit in edits}  # of 100 people one is new every week
        {0.01}
        """
        teams = organization.departments
        newcomers = {
            name: teams[name].staff * organization.lever("quit_rate", name) / 52
            for name in self._concerned(organization)
        }
        return self._charged(organization, {name: hours * many for name, many in newcomers.items()})

    def fronts(self, organization: Organization) -> tuple[str, ...]:
        """Return the departments concerned that take cases in.

        Parameters
        ----------
        organization : Organization
            The scenario that it is for.

        Returns
        -------
        tuple of str
            Names of departments, each once.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> Raci().fronts(sim.load("order_delivery"))
        ('sales', 'service')
        """
        found = dict.fromkeys(process.front for process in organization.processes.values())
        return tuple(name for name in found if name in self._concerned(organization))

    def pay_per_hour(self, organization: Organization, per: str = "head") -> float:
        """Return the pay for an hour of everybody concerned, or of one of them on average.

        Everybody is as many as it takes to man the posts at 40 hours a week each.

        Parameters
        ----------
        organization : Organization
            The scenario that it is for.
        per : str
            ``head``: of all people together; ``total``: of one of them.

        Returns
        -------
        float
            Money.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> Raci(departments=("sales",)).pay_per_hour(sim.load("order_delivery"))  # five people at 55
        275.0
        """
        people = {name: _people(organization, name) for name in self._concerned(organization)}
        paid = math.fsum(each * organization.departments[name].pay for name, each in people.items())
        return paid if per == "head" or not paid else paid / math.fsum(people.values())

    def _concerned(self, organization: Organization) -> tuple[str, ...]:
        """Return the departments in which it is introduced."""
        return self.departments or organization.staffed

    def _charged(self, organization: Organization, hours: Mapping[str, float]) -> tuple[Edit, ...]:
        """Return so many hours a week of each department as shares of the time of its people."""
        people = {name: _people(organization, name) for name in hours}
        shares = {name: min(1.0, each / FULL_WEEK / people[name]) for name, each in hours.items() if people[name]}
        return tuple(Edit("overhead", 1.0, share, (name,), paid=True, worsens=True) for name, share in shares.items())


def _people(organization: Organization, name: str) -> float:
    """Return how many people of 40 hours a week a department has: a post that is manned for longer takes more."""
    at_work = organization.departments[name].staff * share_at_work(organization, name)
    return at_work * organization.hours_per_week(name) / FULL_WEEK


def _planned(process: Process) -> dict[str, float]:
    """Return how often a case comes to each step; once where it could never leave, which is refused elsewhere."""
    trapped = process.markov and not set(process.steps) <= leaving(process)
    return dict.fromkeys(process.steps, 1.0) if trapped else visits(process)


def taking_part(process: Process, who: str) -> dict[str, float]:
    """Return the departments that take part in a process, each with how often for a case.

    The front, who is consulted, or all do so once; who needs goods does so whenever a case comes to such a step.
    """
    if who == "front":
        return {process.front: 1.0}
    if who == "supplied":
        found: dict[str, float] = {}
        for name, often in _planned(process).items():
            if process.steps[name].short > 0.0:
                found[process.steps[name].R] = found.get(process.steps[name].R, 0.0) + often
        return found
    consulted = dict.fromkeys((name for step in process.steps.values() for name in step.C), 1.0)
    if who == "consulted" and consulted:
        return consulted
    return {**dict.fromkeys((step.R for step in process.steps.values()), 1.0), **consulted}
