"""P12: who misses its own goals looks after itself, and a crisis lasts longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sim.patterns.found import Claim, Found, claim
from sim.patterns.grounds import changed
from sim.patterns.pattern import Pattern, Setting
from sim.patterns.reading import lead
from sim.results import RunResult

SURGE = {"kind": "surge", "process": "complaint", "week": 5, "weeks": 3, "factor": 3.0}
"""Three weeks with three times the complaints."""

AFTER = (8, 26)
"""Weeks after it in which cases are looked at."""

DISPLACED = 0.5
"""Displacement where it is looked for."""

GOALS: dict[str, dict[str, float]] = {"own": {}, "shared": {"levers.alignment": 0.6}}
"""How far goals are shared: as the scenario has it, and more than usual."""


class DisplacedGoals(Pattern):
    """A surge of complaints, without and with goal displacement, where goals are hardly shared and where they are."""

    key = "P12"
    quantities = ("lead_after",)
    tables = ("measures", "cases")
    replications = 12

    def settings(self) -> dict[str, Setting]:
        """Return complaint_handling with and without a surge, with and without displacement, twice."""
        found = {}
        for goals, told in GOALS.items():
            for turns, displacement in (("loyal", 0.0), ("displaced", DISPLACED)):
                levers = {**told, "levers.displacement": displacement}
                calm = changed("complaint_handling", levers | {"horizon_weeks": AFTER[1]})
                found[f"{goals}_{turns}_calm"] = Setting(calm)
                found[f"{goals}_{turns}_surge"] = Setting(calm.changed({"shocks": [SURGE]}))
        return found

    def read(self, result: RunResult) -> Mapping[str, float]:
        """Return the mean lead time of complaints that come when the surge is over."""
        return {"lead_after": lead(result, "complaint", *AFTER)}

    def claims(self, found: Found) -> Iterator[Claim]:
        """With displacement the surge leaves more delay behind; the more so, the more there is to lose."""
        own, shared = _longer(found, "own"), _longer(found, "shared")
        yield claim("longer", own, above=0.0)
        yield claim("longer_shared", shared, above=0.0)
        yield claim("more", shared - own, above=0.0)


def _longer(found: Found, goals: str) -> pd.Series:
    """Return by how much longer cases take after the surge because of displacement."""
    loyal, displaced = (
        found.change("lead_after", f"{goals}_{turns}_calm", f"{goals}_{turns}_surge")
        for turns in ("loyal", "displaced")
    )
    return displaced - loyal
