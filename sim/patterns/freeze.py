"""P13: a freeze makes versions punctual and refuses wishes; too long a freeze refuses more than it saves."""

from __future__ import annotations

from collections.abc import Iterator

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import changed
from sim.patterns.pattern import Pattern, Setting

DAYS = (0, 10, 20, 30)
"""Days before the customer's date from which on nothing new is taken on."""


class Freeze(Pattern):
    """Versions with ever earlier freezes of what is wanted."""

    key = "P13"
    quantities = ("releases_on_time", "changes_refused", "net_value")
    beside = ("on_time_target",)

    def settings(self) -> dict[str, Setting]:
        """Return version_iteration with freezes of ever more days."""
        return {f"days_{n}": Setting(changed("version_iteration", {"levers.freeze_days": n}), n) for n in DAYS}

    def claims(self, found: Found) -> Iterator[Claim]:
        """More versions are punctual and more wishes refused; in money the best is between none and all the time."""
        yield claim("punctual", found.change("releases_on_time", "days_0", "days_20"), above=0.0)
        yield claim("refused", found.change("changes_refused", "days_0", "days_20"), above=0.0)
        yield claim("pays", found.change("net_value", "days_0", "days_10"), above=0.0)
        yield claim("long", found.change("net_value", "days_10", "days_30"), below=0.0)
