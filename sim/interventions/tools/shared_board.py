"""Shared task board."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation, MinutesAWeek
from sim.interventions.shapes import SOFTWARE
from sim.spec.base import Share, number


class SharedBoard(Intervention):
    """All departments work from one task board.

    What people do: requests appear on a board that everybody sees, with their state and their dates. What follows: a
    board shows, it does not ring: whoever looks a few times a day sees a request after some hours. That a part is done
    is news as soon as its card is moved, dates of steps count where steps have any, and who promises sees what is under
    way. In the preset `tracker` the board is a table of a project's progress that is filled in and looked at, while
    requests still come by other ways. Only the visibility is modeled, not a limit of the work in progress. Papers
    belong to shared documents.
    """

    kind: Literal["shared_board"] = "shared_board"
    pickup_hours: Annotated[float, number(0.0, 40.0)] | None = None
    """Open hours until a request is noticed at best; empty = 2 times the pace."""
    reach: Share = 0.5
    """Share of requests that really go over the board when lived."""
    visibility: Share = 0.4
    """Share of what cannot be seen of others' load that it shows when lived."""
    news: Share = 0.5
    """Share of the time for which news is withheld that it saves when lived."""
    milestones: Share = 0.4
    """Share of the steps with a date of their own of which the date then counts in the order of work."""
    upkeep_minutes: MinutesAWeek = 30.0
    """Minutes a week per person."""
    adoption: Adoption = SOFTWARE

    table: ClassVar[tuple[Row, ...]] = (
        Move("latency", "pickup_hours", share="reach"),
        Move("transparency", 1.0, share="visibility"),
        Move("withholding", 0.0, share="news"),
        Move("milestones", 1.0, share="milestones"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("upkeep_minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("unseen", "waiting", "promises", "late_news")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "before/after", "Sjoberg, Johnsen & Solberg 2012 (one firm)", "lead time about halved with WIP limits"
        ),
        Evidence(
            "log",
            "Sjoberg 2018, five teams, 8,000 items",
            "less work in progress went with shorter lead times, but with lower productivity too",
        ),
        Evidence("assumption", "no number found", "how soon people look at a board, and how much of the load it shows"),
        Evidence("assumption", "no number found", "how much sooner news is told, and how far dates of steps count"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down"),)
    at_pace: ClassVar[Mapping[str, float]] = {"pickup_hours": 2.0}
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "tracker": {"reach": 0.2, "visibility": 0.3, "news": 0.6, "milestones": 0.6, "upkeep_minutes": 15.0}
    }
