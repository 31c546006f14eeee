"""Shared task board."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Evidence, Expectation, MinutesAWeek
from sim.spec.base import Share, number


class SharedBoard(Intervention):
    """All departments work from one task board.

    What people do: requests appear on a board that everybody sees, with their state. What follows: a board shows, it
    does not ring: whoever looks a few times a day sees a request after some hours. Only the visibility is modeled, not
    a limit of the work in progress. Papers belong to shared documents.
    """

    kind: Literal["shared_board"] = "shared_board"
    pickup_hours: Annotated[float, number(0.0, 40.0)] | None = None
    """Open hours until a request is noticed at best; empty = 2 times the pace."""
    reach: Share = 0.5
    """Share of requests that really go over the board when lived."""
    visibility: Share = 0.4
    """Share of what cannot be seen of others' load that it shows when lived."""
    upkeep_minutes: MinutesAWeek = 30.0
    """Minutes a week per person."""

    table: ClassVar[tuple[Row, ...]] = (
        Move("latency", "pickup_hours", share="reach"),
        Move("transparency", 1.0, share="visibility"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("upkeep_minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("unseen", "waiting", "promises")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "before/after", "Sjoberg, Johnsen & Solberg 2012 (one firm)", "lead time about halved with WIP limits"
        ),
        Evidence("assumption", "no number found", "how soon people look at a board, and how much of the load it shows"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down"),)
    at_pace: ClassVar[Mapping[str, float]] = {"pickup_hours": 2.0}
