"""Shared documents."""

from typing import ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Evidence, Expectation, MinutesAWeek
from sim.spec.base import Share


class SharedDocuments(Intervention):
    """Everybody works on the same documents instead of sending copies.

    What people do: requirements, specifications and agreements are written in one place, where whoever goes on with
    them finds the latest version. What follows: less is misread, and less is done again. Whether the papers are any
    good is not modeled, nor the time saved on looking for the right version.
    """

    kind: Literal["shared_documents"] = "shared_documents"
    written: Share = 0.3
    """Share of the misreadings left that what is written prevents when lived."""
    upkeep_minutes: MinutesAWeek = 10.0
    """Minutes a week per person."""

    table: ClassVar[tuple[Row, ...]] = (Move("documents", 1.0, share="written"),)
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("upkeep_minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("misread",)
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("claim", "practitioners", "nobody works from an old version any more"),
        Evidence("assumption", "no number found", "how many misreadings a document in one place prevents"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("rework_share", "down"),)
