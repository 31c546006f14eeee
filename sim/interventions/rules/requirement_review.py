"""Requirement review: those concerned read requirements together before work begins."""

from typing import ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, ShareOfWork
from sim.interventions.grounds import LATE_CHANGES
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Evidence, Expectation
from sim.spec.base import Share


class RequirementReview(Intervention):
    """Departments go through the requirements of a case together before work on it begins.

    What people do: those who are consulted in a process read what is asked for, together, and say what is unclear and
    what cannot be done. What follows: fewer hand-overs are misread, fewer promises cannot be kept, and customers change
    their minds less often later. It takes a share of the work of each case: half an hour or so for an order, hours for
    a project. That work waits for the review is not modeled.
    """

    kind: Literal["requirement_review"] = "requirement_review"
    fewer: Share = 0.3
    """Share of the late changes that it brings up before work begins."""
    documents: Share = 0.4
    """Share of the misreadings that papers do not prevent yet that it prevents."""
    feasible: Share = 0.4
    """Share of the commitments that cannot be kept that it finds in time."""
    effort: Share = 0.05
    """Share of the work of a case that the review takes, of all who are consulted together."""

    table: ClassVar[tuple[Row, ...]] = (
        Move("changes", 0.0, share="fewer"),
        Move("documents", 1.0, share="documents"),
        Move("infeasible", 0.0, share="feasible"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (ShareOfWork("effort", who="consulted"),)
    answers: ClassVar[tuple[str, ...]] = ("misread", "late_changes", "promises")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("survey", "Boehm 1981; Jones 1994, cited by McConnell", "inspections find 60 to 80 % of defects"),
        Evidence(
            "survey",
            "Ferreira et al. 2011, over 300 people in software projects",
            "with some ways of gathering and reviewing requirements they change less, with some prototypes more",
        ),
        Evidence(
            "assumption",
            "no number found",
            "how many changes and impossible promises a review brings up, and that it takes a twentieth of the work",
        ),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (
        Expectation("rework_share", "down"),
        Expectation("changes_accepted", "down", LATE_CHANGES),
    )
