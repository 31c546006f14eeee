"""P16: a large department talks too much within one team, and too much between many."""

from __future__ import annotations

from collections.abc import Iterator

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import shipped
from sim.patterns.pattern import Pattern, Setting
from sim.scenario import Scenario

PEOPLE = 24
"""People in production."""

PAIR_LOAD = 0.003
"""Share of the working time that talking to each further member of a team takes there."""

SIZES = (4, 6, 8, 12, 16, 24)
"""The largest teams; with 24 people, or more, production is one team."""

LEAD = "lead_time_mean.order"


def grown() -> Scenario:
    """Return the firm of order_delivery grown with its orders until production has that many people."""
    scenario = shipped("order_delivery")
    growth = PEOPLE / scenario.departments["production"].staff
    changes: dict[str, float] = {}
    for name, process in scenario.processes.items():
        changes[f"processes.{name}.demand.per_week"] = (process.demand.per_week or 0.0) * growth
    for name, one in scenario.departments.items():
        changes[f"departments.{name}.staff"] = round(one.staff * growth)
        for pool, person in one.pools.items():
            changes[f"departments.{name}.pools.{pool}.hours_per_week"] = person.hours_per_week * growth
    return scenario.changed(changes)


class SmallTeams(Pattern):
    """Production of 24 people as one team, and as teams of 4 to 16."""

    key = "P16"
    quantities = (LEAD,)
    replications = 12

    def settings(self) -> dict[str, Setting]:
        """Return the grown firm with ever larger teams in production."""
        firm = grown()
        place = "departments.production.levers"
        return {
            f"size_{size}": Setting(firm.changed({place: {"pair_load": PAIR_LOAD, "team_size": size}}), size)
            for size in SIZES
        }

    def claims(self, found: Found) -> Iterator[Claim]:
        """Teams of eight beat those half and those twice as large, and one team of all."""
        for key, size in (("small", 4), ("double", 16), ("all", 24)):
            yield claim(key, found.change(LEAD, "size_8", f"size_{size}"), above=0.0)
