"""What regular meetings have in common."""

from typing import Annotated, ClassVar

from sim.interventions.base import Intervention
from sim.interventions.parts import Day, Evidence, Meeting
from sim.spec.base import Share, number
from sim.spec.organization import Organization

OVERRUN = Evidence(
    "survey",
    "Stray, Lindsjorn & Sjoberg 2013, observed meetings",
    "22 minutes for a planned 15, and the interruption on top: half as much again",
)
SETTLED = Evidence("assumption", "no number found", "that one meeting in ten settles a quarrel between those present")


class Regular(Intervention):
    """A meeting that is held again and again; what else it brings is for each kind to say."""

    minutes: Annotated[float, number(0.0, 480.0)] = 15.0
    """Length of the meeting."""
    at: Annotated[float, number(0.0, 24.0, below=True)] = 9.0
    """Hour of the day."""
    staff_share: Annotated[float, number(0.01, 1.0)] = 0.3
    """Share of each department's staff that takes part."""
    item_minutes: Annotated[float, number(0.1, 240.0)] = 2.0
    """Minutes that a waiting question takes."""
    settles: Share = 0.1
    """Chance that an open conflict between participants is settled, each time."""

    days: ClassVar[tuple[Day, ...]] = ("mon", "tue", "wed", "thu", "fri")

    def meetings(self, organization: Organization) -> tuple[Meeting, ...]:
        """Return one meeting on its days."""
        return (
            Meeting(
                at=self.at,
                days=self.days,
                minutes=self.minutes,
                staff_share=self.staff_share,
                item_minutes=self.item_minutes,
                settles=self.settles,
                every_weeks=self.weeks_between,
            ),
        )

    @property
    def weeks_between(self) -> int:
        """Weeks from one to the next."""
        return 1
