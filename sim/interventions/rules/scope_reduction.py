"""Scope reduction: the core first, the rest next time."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, PerCase
from sim.interventions.grounds import SCALABLE
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Evidence, Expectation
from sim.spec.base import number


class ScopeReduction(Intervention):
    """Of what is asked for the core is delivered first, and the rest is left to the next time.

    What people do: whoever takes a case in agrees with the customer what is core, and only that is promised and done.
    What follows: steps whose work can be cut take less time, so queues are shorter for everybody. Customers get less:
    what is worth least is left out first, so a case of three quarters of the work has fifteen sixteenths of the value.
    The rest does not come back as a case of its own, and it is always done, not only when a case is in danger.
    """

    kind: Literal["scope_reduction"] = "scope_reduction"
    scope: Annotated[float, number(0.1, 1.0)] = 0.75
    """Share of the work that is done, at steps whose work can be cut."""
    sorting_minutes: Annotated[float, number(0.0, 480.0)] = 10.0
    """Minutes for every case, of whoever takes it in, to agree on what is core."""

    table: ClassVar[tuple[Row, ...]] = (Move("scope", "scope"),)
    costs: ClassVar[tuple[CostRow, ...]] = (PerCase("sorting_minutes", who="front"),)
    answers: ClassVar[tuple[str, ...]] = ("promises", "late_changes", "scarce_people")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("claim", "practitioners", "the core first, the rest in the next iteration: dates are kept"),
        Evidence("assumption", "no number found", "how much of the work is core, and what the rest is worth"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (
        Expectation("lead_time_mean", "down", SCALABLE),
        Expectation("on_time_target", "up", SCALABLE),
        Expectation("value_delivered", "down", SCALABLE),
    )
