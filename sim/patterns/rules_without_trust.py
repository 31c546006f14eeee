"""P3: everything is defined, but what the rules did not foresee finds nobody willing where there is no trust."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import changed
from sim.patterns.pattern import Pattern, Setting

RULES = ("bundle:rules_only",)

TRUST = ("job_rotation", "leadership_example", "recognition")

UNFORESEEN = 0.3
"""Share of requests that no rule foresaw, the upper end of its range."""

HELD: dict[str, Any] = {"levers.trust_gain": 0.0, "levers.trust_loss": 0.0, "levers.trust_drift": 0.0}
"""Trust stays where it begins, so that one sees what it does to rules and not also what these do to it."""


def held(trust: float, exceptions: float) -> Setting:
    """Return the firm with its rules, with trust held there and so much that they do not foresee."""
    places = HELD | {"relations.trust": trust, "levers.exceptions": exceptions}
    return Setting(changed("order_delivery", places).with_interventions(RULES))


class RulesWithoutTrust(Pattern):
    """Rules with and without what brings trust; and what they did not foresee, where trust is held low and high."""

    key = "P3"
    quantities = ("bounces_per_100", "lead_time_mean")
    replications = 40
    refused = frozenset({"disputes_add", "lead_adds"})

    def settings(self) -> dict[str, Setting]:
        """Return all combinations of rules and trust, and of trust and what is not foreseen."""
        firm = changed("order_delivery", {"levers.exceptions": UNFORESEEN})
        tried = {"nothing": (), "rules": RULES, "trust": TRUST, "both": RULES + TRUST}
        crossed = {name: Setting(firm.with_interventions(kinds)) for name, kinds in tried.items()}
        return crossed | {
            "low_foreseen": held(0.1, 0.0),
            "low_unforeseen": held(0.1, UNFORESEEN),
            "high_foreseen": held(0.9, 0.0),
            "high_unforeseen": held(0.9, UNFORESEEN),
        }

    def claims(self, found: Found) -> Iterator[Claim]:
        """The unforeseen is disputed more without trust; rules keep a larger share, and more, away with it."""
        low, high = (found.change("bounces_per_100", f"{t}_foreseen", f"{t}_unforeseen") for t in ("low", "high"))
        yield claim("nobody_willing", low - high, above=0.0)
        without, with_trust = (
            100.0 * found(ruled, "bounces_per_100") / found(bare, "bounces_per_100")
            for bare, ruled in (("nothing", "rules"), ("trust", "both"))
        )
        yield claim("share_kept_away", without - with_trust, above=0.0)
        for key, quantity in (("disputes_add", "bounces_per_100"), ("lead_adds", "lead_time_mean")):
            both = found.change(quantity, "both", "trust")  # what rules take away where there is trust
            alone = found.change(quantity, "rules", "nothing")
            yield claim(key, both - alone, above=0.0)
