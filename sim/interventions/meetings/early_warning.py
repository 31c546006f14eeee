"""Early warning of cases that are about to be late."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, HoursOf
from sim.interventions.grounds import PROJECTS
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Evidence, Expectation
from sim.spec.base import Share, number


class EarlyWarning(Intervention):
    """Whoever takes cases in watches them, and says in time which will be late.

    What people do: when three fifths of a case's time are over, somebody of the front department looks whether a step
    has missed its date, and has such a case treated as urgent from then on. What follows: what is behind overtakes what
    is not, which waits the longer: no hour of work is gained. It needs steps with dates (`due_days`) and a target, and
    urgency that counts in the queues; it neither finds the cause of a delay nor removes it.
    """

    kind: Literal["early_warning"] = "early_warning"
    watched: Share = 0.8
    """Share of cases not watched so far that are, when lived."""
    hours: Annotated[float, number(0.0, 40.0)] = 2.0
    """Hours a week of one person of each department that takes cases in."""

    table: ClassVar[tuple[Row, ...]] = (Move("warning", 1.0, share="watched"),)
    costs: ClassVar[tuple[CostRow, ...]] = (HoursOf("hours", "front"),)
    answers: ClassVar[tuple[str, ...]] = ("late_news", "unseen")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("claim", "practitioners", "a risk that is named early can still be met"),
        Evidence(
            "assumption",
            "conservation of work",
            "who overtakes makes others wait: over all cases the load times the wait stays what it is",
        ),
        Evidence("assumption", "no number found", "which share of cases is really watched"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("warned", "up", PROJECTS),)
