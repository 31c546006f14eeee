"""Shared KPIs: a part of the bonus depends on what departments only reach together."""

from typing import Any, ClassVar, Literal

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

    What people do: a part of the bonus depends on a result that the departments only reach together; name those that
    do reach it together. It is split equally, or by what each contributed. What follows: urgency inflation, optimistic
    promises and reluctance go down with alignment. A bonus shared by many is worth less to each, so the effect is
    diluted with the number of sharers, half as much where it is split by contribution. Quarrels over who contributed
    what are not modeled. The bonus is a part of the pay that there is; what is paid on top is said as money.
    """

    kind: Literal["shared_kpi"] = "shared_kpi"
    bonus_share: Share = 0.2
    """Share of variable pay that hangs on the common result."""
    split: Literal["equal", "contribution"] = "equal"
    """How the bonus is split: equally, or by contribution."""
    meeting_minutes: MinutesAMonth = 30.0
    """Minutes a month per person to agree and review."""

    table: ClassVar[tuple[Row, ...]] = (Move("alignment", 1.0, share="pull"),)
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("minutes_a_week"),)
    answers: ClassVar[tuple[str, ...]] = ("own_numbers", "promises", "all_urgent")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("trial", "Friebel et al. 2017, 193 shops", "a bonus for the team: sales and customers +3 %"),
        Evidence("meta-analysis", "Kleingeld, van Mierlo & Arends 2011", "group goals d = 0.56, mostly laboratory"),
        Evidence(
            "meta-analysis",
            "Garbers & Konradt 2014, 30 studies",
            "rewards of teams g = 0.45, more where they are split by contribution",
        ),
        Evidence("claim", "practitioners", "on-time delivery of a manufacturer from 80 % to 96 %"),
        Evidence("assumption", "no number found", "how the pull of a bonus grows with it and falls with its sharers"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("on_time_target", "up"),)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "chain": {"bonus_share": 0.2, "split": "contribution"},
        "release": {"bonus_share": 0.15, "split": "equal"},
        "service": {"bonus_share": 0.1, "split": "equal"},
    }

    def pull(self, organization: Organization) -> float:
        """Return the share of the gap: bonus/(bonus + 0.15), diluted by the fourth root of pairs of sharers."""
        sharers = len(self.departments or organization.staffed)
        kept: float = min(1.0, (2.0 / max(1, sharers)) ** (1.0 / ROOT))
        if self.split == "contribution":
            kept = (1.0 + kept) / 2.0
        return self.bonus_share / (self.bonus_share + HALF_WAY) * kept

    @property
    def minutes_a_week(self) -> float:
        """The minutes a month, by the week."""
        return self.meeting_minutes * 12 / 52
