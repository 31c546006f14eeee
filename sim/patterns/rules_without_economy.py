"""P2: a procedure helps up to a few pages; a long one is on paper only, and still costs."""

from __future__ import annotations

from collections.abc import Iterator

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import changed
from sim.patterns.pattern import Pattern, Setting

PAGES = (0, 1, 2, 3, 4, 5, 7, 10)
SHORT, LONG = "pages_2", "pages_10"
"""What is usual, and ten pages with three forms and two signatures."""

TOLERANCE = 0.5
"""Hours of forms and signatures a hand-over at which half of the procedures is gone round; the middle of its range."""


class RulesWithoutEconomy(Pattern):
    """A standard process of more and more pages, in a firm whose people go round what is too heavy."""

    key = "P2"
    quantities = ("on_time_target", "bounces_per_100", "bypassed")
    replications = 30

    def settings(self) -> dict[str, Setting]:
        """Return the organization with so many pages."""
        firm = changed("order_delivery", {"levers.tolerance": TOLERANCE})
        written = {pages: firm.with_interventions([{"kind": "sop", "pages": pages}]) for pages in PAGES if pages}
        return {f"pages_{pages}": Setting(written.get(pages, firm), float(pages)) for pages in PAGES}

    def claims(self, found: Found) -> Iterator[Claim]:
        """Two pages are better than none and than ten, of which little is lived."""
        short, long = (found.change("on_time_target", "pages_0", one) for one in (SHORT, LONG))
        yield claim("short_helps", short, above=0.0)
        yield claim("long_is_worse", long - short, below=0.0)
        kept_away = (found.change("bounces_per_100", one, "pages_0") for one in (SHORT, LONG))
        most, left = kept_away
        yield claim("little_is_left", left - most / 3.0, below=0.0)
        yield claim("on_paper", found(LONG, "bypassed"), above=80.0)
