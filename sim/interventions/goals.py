"""Interventions on goals."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.parts import Edit, Evidence, Expectation
from sim.spec.base import Share, number
from sim.spec.organization import Organization

__all__ = ["SharedKpi"]

HALF_WAY = 0.15
"""Share of variable pay that closes half of what alignment lacks."""
ROOT = 4.0
"""With more than two sharers the effect is divided by this root of pairs of sharers."""


class SharedKpi(Intervention):
    """Departments share KPIs and a common bonus.

    What people do: a part of the bonus depends on a result that the departments only reach together.
    Levers: alignment towards 1 (urgency inflation, optimistic promises and reluctance follow from it); a bonus shared
    by many is worth less to each, so the effect is diluted with the number of sharers. Direction: on time up. Evidence:
    Kleingeld, van Mierlo & Arends 2011 [meta-analysis]: group goals d = 0.56. Cost: a monthly meeting per person.
    """

    kind: Literal["shared_kpi"] = "shared_kpi"
    bonus_share: Share = 0.2
    """Share of variable pay that hangs on the common result."""
    meeting_minutes: Annotated[float, number(0.0, 600.0)] = 30.0
    """Minutes a month per person to agree and review."""

    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("meta-analysis", "Kleingeld, van Mierlo & Arends 2011", "group goals d = 0.56, mostly laboratory"),
        Evidence("claim", "practitioners", "on-time delivery of a manufacturer from 80 % to 96 %"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("on_time_target", "up"),)
    levers: ClassVar[tuple[str, ...]] = ("alignment", "overhead")

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Close the alignment gap by bonus/(bonus + 0.15), diluted by the fourth root of pairs of sharers."""
        sharers = len(self.departments or organization.departments)
        dilution = min(1.0, (2.0 / max(1, sharers)) ** (1.0 / ROOT))
        pull = self.bonus_share / (self.bonus_share + HALF_WAY)
        return (self.move("alignment", 1.0, pull * dilution), self.cost(self.meeting_minutes * 12 / 52))
