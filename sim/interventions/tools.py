"""Interventions that are tools."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.parts import Edit, Evidence, Expectation
from sim.spec.base import Share, number
from sim.spec.organization import Organization

__all__ = ["SharedBoard"]


class SharedBoard(Intervention):
    """All departments work from one task board.

    What people do: requests appear on a board that everybody sees, with their state. A board shows, it does not ring:
    whoever looks a few times a day sees a request after some hours. Papers belong to shared documents.
    Levers: latency towards two hours, transparency towards 1. Direction: lead time down. Evidence: boards with
    work-in-progress limits about halved lead time in one firm [before/after]; only the visibility is modelled, not the
    limit. Cost: minutes a week to keep it up to date.
    """

    kind: Literal["shared_board"] = "shared_board"
    pickup_hours: Annotated[float, number(0.0, 40.0)] | None = None
    """Open hours until a request is noticed at best; empty = 2 times the pace."""
    reach: Share = 0.5
    """Share of requests that really go over the board when lived."""
    visibility: Share = 0.4
    """Share of what cannot be seen of others' load that it shows when lived."""
    upkeep_minutes: Annotated[float, number(0.0, 600.0)] = 30.0
    """Minutes a week per person."""

    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "before/after", "Sjoberg, Johnsen & Solberg 2012 (one firm)", "lead time about halved with WIP limits"
        ),
        Evidence("assumption", "no number found", "how soon people look at a board, and how much of the load it shows"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down"),)
    levers: ClassVar[tuple[str, ...]] = ("latency", "transparency", "overhead")
    at_pace: ClassVar[Mapping[str, float]] = {"pickup_hours": 2.0}

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Shorten the latency, show the load, charge the upkeep."""
        return (
            self.move("latency", self.paced("pickup_hours", organization, "latency"), self.reach),
            self.move("transparency", 1.0, self.visibility),
            self.cost(self.upkeep_minutes),
        )
