"""Shared KPIs: a part of the bonus depends on what departments only reach together."""

from typing import ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Evidence, Expectation, MinutesAMonth
from sim.spec.base import Share
from sim.spec.organization import Organization

HALF_WAY = 0.15
"""Share of variable pay that closes half of what alignment lacks."""
ROOT = 4.0
"""With more than two sharers the effect is divided by this root of pairs of sharers."""


class SharedKpi(Intervention):
    """Departments share KPIs and a common bonus.

    What people do: a part of the bonus depends on a result that the departments only reach together. What follows:
    urgency inflation, optimistic promises and reluctance go down with alignment. A bonus shared by many is worth less
    to each, so the effect is diluted with the number of sharers.
    """

    kind: Literal["shared_kpi"] = "shared_kpi"
    bonus_share: Share = 0.2
    """Share of variable pay that hangs on the common result."""
    meeting_minutes: MinutesAMonth = 30.0
    """Minutes a month per person to agree and review."""

    table: ClassVar[tuple[Row, ...]] = (Move("alignment", 1.0, share="pull"),)
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("minutes_a_week"),)
    answers: ClassVar[tuple[str, ...]] = ("own_numbers", "promises", "all_urgent")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("meta-analysis", "Kleingeld, van Mierlo & Arends 2011", "group goals d = 0.56, mostly laboratory"),
        Evidence("claim", "practitioners", "on-time delivery of a manufacturer from 80 % to 96 %"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("on_time_target", "up"),)

    def pull(self, organization: Organization) -> float:
        """Return the share of the gap: bonus/(bonus + 0.15), diluted by the fourth root of pairs of sharers."""
        sharers = len(self.departments or organization.departments)
        dilution: float = min(1.0, (2.0 / max(1, sharers)) ** (1.0 / ROOT))
        return self.bonus_share / (self.bonus_share + HALF_WAY) * dilution

    @property
    def minutes_a_week(self) -> float:
        """The minutes a month, by the week."""
        return self.meeting_minutes * 12 / 52
