"""P4: where nobody has slack, a stand-up with little to answer makes every lead time worse."""

from __future__ import annotations

from collections.abc import Iterator

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import changed, loaded
from sim.patterns.pattern import Pattern, Setting

FULL, USUAL = 0.92, 0.70
"""Planned load of every department without slack, and with some."""

ASKING = 0.7
"""Share of the roles that are observed where there is something to answer."""


class MeetingsWithoutSlack(Pattern):
    """The same stand-up in a full organization where nobody asks, and in one with slack where people ask."""

    key = "P4"
    quantities = ("lead_time_mean", "on_time_target")

    def settings(self) -> dict[str, Setting]:
        """Return both organizations, each without and with a daily stand-up."""
        full = loaded(changed("order_delivery", {"levers.adherence": 0.0}), FULL)
        slack = loaded(changed("order_delivery", {"levers.adherence": ASKING}), USUAL)
        return {
            "full": Setting(full),
            "full_standup": Setting(full.with_interventions(["daily_standup"])),
            "slack": Setting(slack),
            "slack_standup": Setting(slack.with_interventions(["daily_standup"])),
        }

    def claims(self, found: Found) -> Iterator[Claim]:
        """Without slack lead times grow, with slack they shrink."""
        yield claim("longer", found.change("lead_time_mean", "full", "full_standup"), above=0.0)
        yield claim("shorter", found.change("lead_time_mean", "slack", "slack_standup"), below=0.0)
