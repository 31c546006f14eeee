"""P17: people who can stand in for others keep damage away; where they trust them, more of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import shipped
from sim.patterns.pattern import Pattern, Setting
from sim.patterns.reading import lead
from sim.results import RunResult
from sim.scenario import Scenario

SHORT: dict[str, Any] = {"kind": "short_staffed", "department": "warehouse", "week": 8, "people": 2, "weeks": 6}
"""Two of five people in the warehouse are away for six weeks."""

LOOKED_AT = (4, 24)
"""Weeks whose orders are looked at."""

TRUST = {"low": 0.2, "high": 0.8}
"""Trust of all others in the warehouse, which stays."""

TRAINED = 0.2
"""Share of the people who can work for others."""


class Helping(Pattern):
    """Two people of the warehouse are away; with and without people trained to help, who trust it little or much."""

    key = "P17"
    quantities = ("lead_shock", "lent_gap")
    tables = ("cases", "daily")
    replications = 24
    refused = frozenset({"half"})

    def settings(self) -> dict[str, Setting]:
        """Return the firm calm and hit, without and with people trained, at low and at high trust."""
        found = {}
        for trust, held in TRUST.items():
            for trained, share in (("alone", 0.0), ("trained", TRAINED)):
                calm = _firm(held, share)
                found[f"{trust}_{trained}_calm"] = Setting(calm)
                found[f"{trust}_{trained}_hit"] = Setting(calm.changed({"shocks": [SHORT]}))
        return found

    def read(self, result: RunResult) -> Mapping[str, float]:
        """Return the mean lead time of orders that come around the gap, and the hours a week that people lend in it."""
        week = result.daily["day"] / 7 - result.scenario.warmup_weeks
        gap = (week >= SHORT["week"]) & (week < SHORT["week"] + SHORT["weeks"])
        lent = float(result.daily.loc[gap, "lent"].sum()) / SHORT["weeks"]
        return {"lead_shock": lead(result, "order", *LOOKED_AT), "lent_gap": lent}

    def claims(self, found: Found) -> Iterator[Claim]:
        """Nobody helps who cannot; who can, helps; and of the damage less is left where trust is high."""
        yield claim("nothing", found("high_alone_hit", "lent_gap"), above=-0.001, below=0.001)
        yield claim("helps", _damage(found, "low", "trained") - _damage(found, "low", "alone"), below=0.0)
        yield claim("trust", _left(found, "high") - _left(found, "low"), below=0.0)
        more = found("high_trained_hit", "lent_gap") - 1.5 * found("low_trained_hit", "lent_gap")
        yield claim("half", more, above=0.0)


def _firm(trust: float, trained: float) -> Scenario:
    scenario = shipped("order_delivery")
    pairs = [{"from": one, "to": "warehouse", "trust": trust} for one in scenario.departments if one != "warehouse"]
    levers = {"trust_gain": 0.0, "trust_loss": 0.0, "trust_drift": 0.0, "cross_training": trained, "cross_skill": 0.7}
    told = {f"levers.{name}": value for name, value in levers.items()}
    return scenario.changed(told | {"relations.pairs": pairs, "horizon_weeks": 30})


def _damage(found: Found, trust: str, trained: str) -> pd.Series:
    """Return by how much longer orders take because people are away."""
    return found.change("lead_shock", f"{trust}_{trained}_calm", f"{trust}_{trained}_hit")


def _left(found: Found, trust: str) -> pd.Series:
    """Return the damage that is left in spite of help, in percent of the mean damage without."""
    return 100.0 * _damage(found, trust, "trained") / _damage(found, trust, "alone").mean()
