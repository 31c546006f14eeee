"""People who help out for some weeks."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes, Pay
from sim.interventions.moves import Row
from sim.interventions.parts import FULL_WEEK, Adoption, Evidence, Expectation, Hire
from sim.interventions.shapes import ONCE
from sim.spec.base import number, whole
from sim.spec.organization import Organization


class Reinforcement(Intervention):
    """More people for some weeks, where there is most to do.

    What people do: people from outside, who know the trade, work in a department for some weeks, and somebody there
    shows them around. It says where (`departments`: so many people in each); where nothing is said, it is the department
    with steps to do that is planned to be the busiest. What follows: queues there shrink while they are there, and come
    back when they leave if the load is what it was; and the next department gets its work sooner, which helps nobody
    if that is where it then waits. At strengths below 1 it is a whole number of people, and it may be none.
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
        Evidence("assumption", "queueing theory", "where much of the time is taken, a little more of it saves long waits"),
        Evidence("assumption", "no number found", "what an agency takes, and what showing people around costs"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down"),)
