"""Monthly retrospective."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.costs import CostRow, Minutes
from sim.interventions.meetings.regular import OVERRUN, SETTLED, Regular
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Day, Evidence, Expectation, MinutesAWeek
from sim.spec.base import Share, number, whole

LOOK_BACK = 90.0
"""Minutes of a look back that finds all that those present can mend."""
LOOK_EVERY = 4.0
"""Weeks between two of them."""


class MonthlyRetrospective(Regular):
    """Departments look back once a month and put right what went wrong.

    What people do: a few of each department meet for an hour and a half on a Thursday every four weeks, answer what
    waits, clear up quarrels, and agree on small improvements, which somebody then carries out. What follows: looking
    back acts only on what those present can act on, which is who does what, what is written down, their own forms, and
    in a part the signatures that are asked of them, not on targets, staff or suppliers; and it mends as much as people
    follow through.
    """

    kind: Literal["monthly_retrospective"] = "monthly_retrospective"
    minutes: Annotated[float, number(0.0, 480.0)] = 90.0
    """Length of the meeting."""
    at: Annotated[float, number(0.0, 24.0, below=True)] = 14.0
    """Hour of Thursday."""
    every_weeks: Annotated[int, whole(1, 52)] = 4
    """Weeks from one to the next."""
    staff_share: Annotated[float, number(0.01, 1.0)] = 0.15
    """Share of each department's staff that takes part."""
    item_minutes: Annotated[float, number(0.1, 240.0)] = 3.0
    """Minutes that a waiting question takes."""
    improvement: Share = 0.25
    """Share of what is unclear, unwritten or too much to fill in that is mended, at 90 minutes every 4 weeks."""
    signing: Share = 0.1
    """Share of the further signatures that those present can do without, as with the improvements; assumption."""
    action_minutes: MinutesAWeek = 10.0
    """Minutes a week per person to carry out what was agreed."""
    adoption: Adoption = Adoption(ramp_weeks=26.0)

    table: ClassVar[tuple[Row, ...]] = (
        Move("clarity", 1.0, share="mended", followed=True),
        Move("documents", 1.0, share="mended", followed=True),
        Move("form_hours", 0.0, share="mended", followed=True),
        Move("signatures", 0.0, share="signed_less", followed=True),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("action_minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("same_again", "does_not_last", "heavy_procedures")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("meta-analysis", "Tannenbaum & Cerasoli 2013", "debriefs d = 0.67, many in training settings"),
        Evidence("meta-analysis", "Keiser & Arthur 2021", "after-action reviews d = 0.79, many in training settings"),
        OVERRUN,
        SETTLED,
        Evidence("assumption", "no number found", "how much of roles, papers, forms and signatures looking back mends"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("bounces_per_100", "down"),)
    days: ClassVar[tuple[Day, ...]] = ("thu",)

    @property
    def mended(self) -> float:
        """The share that is mended in time: as much as there is time to look back."""
        return self.improvement * self._time

    @property
    def signed_less(self) -> float:
        """The share of signatures that is dropped in time."""
        return self.signing * self._time

    @property
    def _time(self) -> float:
        """How much of the time there is that finds all that those present can mend."""
        return min(1.0, self.minutes / LOOK_BACK * LOOK_EVERY / self.every_weeks)

    @property
    def weeks_between(self) -> int:
        """Weeks from one to the next."""
        return self.every_weeks
