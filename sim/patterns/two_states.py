"""P5: one organization has two states, and which it is in depends on where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.interventions import Intervention
from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import changed
from sim.patterns.pattern import Pattern, Setting
from sim.results import RunResult
from sim.scenario import Scenario
from sim.scenario.bundles import load_bundle

LOW, HIGH = 0.1, 0.9
"""Trust at the start."""

WEEKS = 240
"""How long one watches."""

UNTIL = 80.0
"""The week in which what stands for a while is given up; three years later one looks."""

ONCE = "job_rotation"
"""What is over by itself."""


def for_a_while() -> list[Intervention]:
    """Return the bundle `manufacturing`, given up after a while."""
    bundle = load_bundle("manufacturing").with_
    return [one if one.kind == ONCE else one.model_copy(update={"end_week": UNTIL}) for one in bundle]


def begun(trust: float, **levers: float) -> Scenario:
    """Return the firm that is caught in distrust, begun with so much trust."""
    places: dict[str, Any] = {f"levers.{name}": value for name, value in levers.items()}
    return changed("trust_trap", places | {"relations.trust": trust, "horizon_weeks": WEEKS})


class TwoStates(Pattern):
    """The same firm begun without and with trust; with trust that nobody acts upon; and with a bundle for a while."""

    key = "P5"
    quantities = ("trust_at_the_end", "on_time_at_the_end")
    replications = 10
    tables = ("timeline",)

    def settings(self) -> dict[str, Setting]:
        """Return both starts, with and without what couples behavior to trust, and ways out."""
        agreement = [{"kind": "response_agreement", "end_week": UNTIL}]
        return {
            "low": Setting(begun(LOW)),
            "high": Setting(begun(HIGH)),
            "low_uncoupled": Setting(begun(LOW, trust_coupling=0.0)),
            "high_uncoupled": Setting(begun(HIGH, trust_coupling=0.0)),
            "low_agreement": Setting(begun(LOW).with_interventions(agreement)),
            "low_bundle": Setting(begun(LOW).with_interventions(for_a_while())),
        }

    def read(self, result: RunResult) -> Mapping[str, float]:
        """Return trust and the on-time rate, percent, of the last weeks of which it is known."""
        weeks = result.timeline
        last = weeks[weeks["week"].between(WEEKS - 20, WEEKS - 1)]
        known = weeks[weeks["week"].between(WEEKS - 50, WEEKS - 15)]
        rate = 100.0 * float(known["on_time_target"].mean())
        return {"trust_at_the_end": float(last["trust"].mean()), "on_time_at_the_end": rate}

    def claims(self, found: Found) -> Iterator[Claim]:
        """Two states with the coupling and one without; a bundle tips the firm, an agreement does not."""
        yield claim("apart", found.change("trust_at_the_end", "low", "high"), above=0.5)
        yield claim("late", found.change("on_time_at_the_end", "low", "high"), above=5.0)
        alike = found.change("on_time_at_the_end", "low_uncoupled", "high_uncoupled")
        yield claim("uncoupled", alike, above=-0.5, below=0.5)
        yield claim("tipped", found.change("trust_at_the_end", "low", "low_bundle"), above=0.3)
        yield claim("agreed", found.change("trust_at_the_end", "low", "low_agreement"), below=0.1)
