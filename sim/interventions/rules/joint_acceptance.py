"""Joint acceptance: what is delivered is checked against a standard, together."""

from typing import ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, ShareOfWork
from sim.interventions.grounds import DEFECTS_FELT
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Evidence, Expectation
from sim.spec.base import Share


class JointAcceptance(Intervention):
    """Before a case ends, those who took part check together whether it meets the standard.

    What people do: they agree on a standard for what is delivered, and look at each case with it before the customer
    does. What follows: fewer defects reach customers; those that are found are mended before the case ends, so cases
    may take longer. It takes a share of the work of each case: some minutes of each department for an order, hours
    for a project. It finds what the mechanism of detection finds, and comes too late for customers who have been served
    before the last step.
    """

    kind: Literal["joint_acceptance"] = "joint_acceptance"
    acceptance: Share = 0.7
    """Share of the defects still there that are looked for when it is lived."""
    effort: Share = 0.05
    """Share of the work of a case that checking it takes, of all who take part together."""

    table: ClassVar[tuple[Row, ...]] = (Move("acceptance", 1.0, share="acceptance"),)
    costs: ClassVar[tuple[CostRow, ...]] = (ShareOfWork("effort"),)
    answers: ClassVar[tuple[str, ...]] = ("misread", "same_again")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("survey", "Boehm 1981; Jones 1994, cited by McConnell", "inspections find 60 to 80 % of defects"),
        Evidence(
            "assumption",
            "no study of joint acceptance found",
            "how many of the cases are really looked at, and that it takes a twentieth of the work",
        ),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (
        Expectation("complaints_per_100", "down", DEFECTS_FELT),
        Expectation("lead_time_mean", "up"),
    )
