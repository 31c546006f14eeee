"""RACI matrix: who is responsible, accountable, consulted and informed."""

from typing import Annotated, Any, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes, OnceHours
from sim.interventions.moves import Move, Row
from sim.interventions.parts import LIVED, Evidence, Expectation, MinutesAWeek
from sim.spec.base import Share, number


class Raci(Intervention):
    """The written RACI roles are made known and lived.

    What people do: they agree who is responsible, accountable, consulted and informed, and act accordingly; where they
    add response times (`response_hours`), those who are asked also answer within these hours. What follows: fewer
    disputes, and whoever is accountable is listened to sooner when two departments quarrel; and more consultations,
    approvals and notices really happen, which prevents misunderstandings and takes time: that is the price. Without
    response times more questions may mean more waiting. In the preset `responsibility_map` only lead and support
    departments are written down, for more cases than roles of steps foresee.
    """

    kind: Literal["raci"] = "raci"
    clarity: Share = 0.6
    """Share of the missing clarity that it brings when lived."""
    adherence: Share = 0.6
    """Share of the skipped roles that are then observed."""
    authority: Share = 0.2
    """Share of what superiors lack in authority that it gives them."""
    exceptions: Share = 0.0
    """Share of the cases that no rule foresaw for which it says who leads."""
    response_hours: Annotated[float, number(0.0, 400.0, above=True)] | None = None
    """Open hours of those asked within which they answer; empty = nothing is agreed."""
    interruption_minutes: MinutesAWeek = 15.0
    """Minutes a week per person, where response times are agreed."""
    agreeing_hours: Annotated[float, number(0.0, 100.0)] = 4.0
    """Hours of everybody to agree on it, once."""
    upkeep_minutes: MinutesAWeek = 10.0
    """Minutes a week per person."""

    table: ClassVar[tuple[Row, ...]] = (
        Move("clarity", 1.0, share="clarity"),
        Move("adherence", 1.0, share="adherence"),
        Move("authority", 1.0, share="authority"),
        Move("exceptions", 0.0, share="exceptions"),
        Move("agreement", 1.0, share=LIVED, given="response_hours"),
        Move("agreement_hours", "response_hours", given="response_hours"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (
        OnceHours("agreeing_hours"),
        Minutes("upkeep_minutes"),
        Minutes("interruptions"),
    )
    answers: ClassVar[tuple[str, ...]] = ("nobody_responsible", "misread")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("meta-analysis", "Tubre & Collins 2000", "role ambiguity and performance rho = -0.21"),
        Evidence("claim", "practitioners", "buck-passing down 90 %, customer complaints down 60 %"),
        Evidence("claim", "practitioners", "response times for consulted roles cut stuck requests by 60 %"),
        Evidence(
            "assumption",
            "no trial found",
            "how much clearer roles become, how many are then observed, and how much more superiors are listened to",
        ),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (
        Expectation("bounces_per_100", "down"),
        Expectation("conflicts_per_100", "down"),
    )
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "responsibility_map": {"clarity": 0.4, "exceptions": 0.2, "adherence": 0.0, "authority": 0.0},
    }

    @property
    def interruptions(self) -> float:
        """Minutes a week per person that answering in time takes."""
        return 0.0 if self.response_hours is None else self.interruption_minutes
