"""Experience-sharing session."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.meetings.regular import OVERRUN, Regular
from sim.interventions.moves import Contact, Move, Row
from sim.interventions.parts import Adoption, Day, Evidence, Expectation
from sim.interventions.shapes import HABIT
from sim.spec.base import Share, number, whole


class SharingSession(Regular):
    """Departments tell each other once a month what they have learned.

    What people do: for an hour on a Wednesday every four weeks, somebody of one department shows how they work, what
    goes wrong and what helped, and a third of the staff listens. What follows: the others understand it a little
    better, and get to know each other; what waits is answered in passing, and quarrels are not settled there. What is
    told is forgotten like everything else that nobody writes down.
    """

    kind: Literal["sharing_session"] = "sharing_session"
    minutes: Annotated[float, number(0.0, 480.0)] = 60.0
    """Length of the meeting."""
    at: Annotated[float, number(0.0, 24.0, below=True)] = 15.0
    """Hour of Wednesday."""
    every_weeks: Annotated[int, whole(1, 52)] = 4
    """Weeks from one to the next."""
    settles: Share = 0.0
    """Chance that an open conflict between participants is settled, each time."""
    dealings: Annotated[float, number(0.0, 10.0)] = 0.02
    """Good dealings a day, at a pace of 1, that the acquaintance is worth."""
    explained: Share = 0.001
    """Share of what is not understood of the others that is explained, for a day."""
    adoption: Adoption = HABIT

    table: ClassVar[tuple[Row, ...]] = (Contact("dealings"), Move("teaching", 1.0, share="explained"))
    answers: ClassVar[tuple[str, ...]] = ("misread", "unseen", "worst_expected")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "assumption", "no study found", "how much an hour a month explains, and what the acquaintance is worth"
        ),
        OVERRUN,
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("trust", "up"),)
    days: ClassVar[tuple[Day, ...]] = ("wed",)

    @property
    def weeks_between(self) -> int:
        """Weeks from one to the next."""
        return self.every_weeks
