"""P14: goods that are not there on the day of the campaign; a check and a reserve each keep some away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import changed
from sim.patterns.pattern import Pattern, Setting

WRONG = {"kind": "wrong_update", "process": "order", "step": "pick", "week": "2027-03-08", "days": 1}
"""On the first day of a sale the stock in the system is not in the warehouse."""

WEEKS = 12
"""Weeks that are watched, in which the sale is."""

CHECK = {"kind": "double_check", "start_week": 4}
RESERVE = {"kind": "backup_supplier", "start_week": 4}

SHORT = "goods_short.order"


class WrongUpdate(Pattern):
    """A sale with and without the wrong update, and with what can be done about it."""

    key = "P14"
    quantities = (SHORT, "on_time_target.order")
    replications = 10

    def settings(self) -> dict[str, Setting]:
        """Return the online shop before and in its March sale."""
        usual = changed("double11", {"horizon_weeks": WEEKS, "shocks": []})
        wrong = usual.changed({"shocks": [WRONG]})
        taken: dict[str, list[dict[str, Any]]] = {
            "wrong": [],
            "check": [CHECK],
            "reserve": [RESERVE],
            "both": [CHECK, RESERVE],
        }
        hit = {name: Setting(wrong.with_interventions(added)) for name, added in taken.items()}
        return {"usual": Setting(usual), **hit}

    def claims(self, found: Found) -> Iterator[Claim]:
        """The wrong update is felt; either keeps some of the shortages away, both more, but less than the sum."""
        yield claim("felt", found.change(SHORT, "usual", "wrong"), above=0.0)
        check, reserve, both = (found.change(SHORT, "wrong", one) for one in ("check", "reserve", "both"))
        yield claim("check_helps", check, below=0.0)
        yield claim("reserve_helps", reserve, below=0.0)
        yield claim("both_helps", both - reserve, below=0.0)
        yield claim("less", both - check - reserve, above=0.0)
