"""Common budget pool."""

from typing import ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.grounds import PURSES
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation, MinutesAWeek
from sim.interventions.shapes import RULE
from sim.spec.base import Share
from sim.spec.organization import Organization


class BudgetPool(Intervention):
    """Budgets that are not used where they lie pay for what waits elsewhere.

    What people do: departments put their budgets together, or agree that whoever has money left lends it by rule. A
    purse is a department whose hours are units of money (`purse: true`), and what is spent its work. All purses lend,
    or those that are named under `departments`; people are lent only where somebody names their department. What
    follows: a purse that has nothing to pay takes over what waits for another one, however little its owner thinks of
    it. It helps most where needs come at different times. Money that is not spent is not kept for later, and nobody
    asks for more than he needs because it is there.
    """

    kind: Literal["budget_pool"] = "budget_pool"
    pooled: Share = 1.0
    """Share of each purse that may be lent."""
    minutes: MinutesAWeek = 5.0
    """Minutes a week per person to keep the accounts; in a purse that is named, that much of its money."""
    adoption: Adoption = RULE

    table: ClassVar[tuple[Row, ...]] = (
        Move("cross_training", 1.0, share="pooled", where="purses"),
        Move("help_rule", 1.0, share=1.0, where="purses"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("scarce_people", "waiting")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "assumption",
            "queueing theory",
            "two that are busy four fifths of the time take 2.8 instead of 5 times the work when they share it",
        ),
        Evidence("assumption", "no study found", "that budgets are lent by rule as far as other rules are kept"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down", PURSES),)

    def purses(self, organization: Organization) -> tuple[str, ...]:
        """Return the departments that are purses."""
        return self.departments or tuple(name for name, team in organization.departments.items() if team.purse)
