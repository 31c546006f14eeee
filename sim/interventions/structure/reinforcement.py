"""People who help out for some weeks."""

import math
from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, HoursOf, Pay
from sim.interventions.grounds import PEOPLE_AWAY
from sim.interventions.moves import Row
from sim.interventions.parts import Adoption, Evidence, Expectation, Hire
from sim.interventions.shapes import ONCE
from sim.spec.base import number, whole
from sim.spec.organization import Organization


class Reinforcement(Intervention):
    """More people for some weeks, where the queue is.

    What people do: people from outside, who know the trade, work in a department for some weeks, and somebody there
    shows them around. `departments` say where, so many people in each; where nothing is said, it is the department
    whose time the steps of processes are planned to fill most. What follows: queues there shrink while they are there,
    and come back when they leave if the load is what it was. Where no work waits they help nobody: when customers rush
    in, it may be orders that wait to be taken, whoever has most of the work. At strengths below 1 it is a whole number
    of people, and it may be none.
    """

    kind: Literal["reinforcement"] = "reinforcement"
    people: Annotated[int, whole(1, 1000)] = 2
    """How many in each department, at full strength."""
    weeks: Annotated[float, number(0.0, 520.0, above=True)] = 8.0
    """How long they stay."""
    premium: Annotated[float, number(0.0, 10.0)] = 0.3
    """What an agency takes on top of their pay, as a share of it."""
    briefing_hours: Annotated[float, number(0.0, 400.0)] = 8.0
    """Hours of those who are there to show one newcomer around, in the first week."""
    adoption: Adoption = ONCE

    table: ClassVar[tuple[Row, ...]] = ()
    costs: ClassVar[tuple[CostRow, ...]] = (
        HoursOf("briefing", weeks=1.0, where="places"),
        Pay(once="agency", per="total"),
    )
    answers: ClassVar[tuple[str, ...]] = ("scarce_people", "waiting")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("assumption", "queueing theory", "where most time is taken, a little more of it saves long waits"),
        Evidence("assumption", "no number found", "what an agency takes, and what showing people around costs"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down", PEOPLE_AWAY),)

    def places(self, organization: Organization) -> tuple[str, ...]:
        """Return the departments to which they come: those that it names, or else the busiest by plan."""
        return self.departments or (busiest(organization),)

    def recruits(self, organization: Organization) -> tuple[Hire, ...]:
        """Return so many people for each place."""
        return tuple(Hire(department=one, people=self.people, weeks=self.weeks) for one in self.places(organization))

    @property
    def briefing(self) -> float:
        """Hours of the first week in which people are shown around."""
        return self.briefing_hours * self.people

    def agency(self, organization: Organization) -> float:
        """Hours of average pay that an agency takes for all of them, on top of what they are paid there."""
        weekly = math.fsum(
            organization.departments[name].pay * organization.hours_per_week(name) for name in self.places(organization)
        )
        usual = self.pay_per_hour(organization, "total")
        return self.premium * self.people * self.weeks * weekly / usual if usual > 0.0 else 0.0


def busiest(organization: Organization) -> str:
    """Return the department whose time the steps of processes are planned to fill most; of equals the first.

    Parameters
    ----------
    organization : Organization
        Its steps are counted as often as cases come, with the probability of each; own work is left out.

    Examples
    --------
    >>> import sim
    >>> from sim.interventions.structure.reinforcement import busiest
    >>> busiest(sim.load("order_delivery"))
    'production'
    """
    steps = [(process, step) for process in organization.processes.values() for step in process.steps.values()]
    hours = {step.R: 0.0 for _, step in steps if not organization.departments[step.R].purse}
    for process, step in steps:
        if step.R in hours:
            hours[step.R] += process.demand.weekly * step.probability * step.work.mean
    teams = organization.departments
    there = {name: teams[name].staff * teams[name].skill * organization.hours_per_week(name) for name in hours}
    return max(hours, key=lambda name: hours[name] / there[name])
