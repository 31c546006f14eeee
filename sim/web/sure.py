"""How sure one answer is when its assumptions are not: it is tried at many points of their ranges, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pandas as pd

from sim.engine import Engine, Threads
from sim.report.robust import Robust, valued
from sim.scenario import Scenario
from sim.study.alternatives import Alternative
from sim.study.compare import Plan, planned
from sim.study.comparison import Comparison
from sim.study.robust import EACH, POINTS, surveyed
from sim.study.survey import Survey, survey_of
from sim.web.asked import Asked
from sim.web.said import L
from sim.web.shown import factor, measures_shown, plain, units
from sim.words import LANGUAGES

MOST_DECIDERS = 6


class Sure:
    """One answer at many points of what is uncertain; done point by point, so that others may come in between.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.
    asked : Asked
        What was asked.
    seed : int
        Chooses the luck, and the points.
    engine : Engine, optional
        What works on replications.
    points, each : int
        How many points, and replications at each.

    Examples
    --------
    >>> from sim.web.asked import asked_of
    >>> from sim.web.sure import Sure
    >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> sure = Sure(scenario, asked_of(scenario, ["raci"]), points=2, each=2)
    >>> sure.go_on()
    >>> sure.done, sure.total
    (1, 2)
    """

    def __init__(
        self,
        scenario: Scenario,
        asked: Asked,
        seed: int = 1,
        engine: Engine | None = None,
        points: int = POINTS,
        each: int = EACH,
    ) -> None:
        self._engine = engine or Threads()
        self._scenario, self._alternative, self._seed = scenario, asked.alternative, seed
        self._points, self._each = points, each

    @property
    def total(self) -> int:
        """How many points there are."""
        return self._survey.total

    @property
    def done(self) -> int:
        """How many of them have been looked at."""
        return self._survey.done

    def go_on(self, points: int = 1) -> None:
        """Look at some more points.

        Parameters
        ----------
        points : int
            How many.
        """
        self._survey.run(self._engine, most=points)

    def told(self) -> dict[str, Any]:
        """Return what the points say that are done, as plain data."""
        self._plan.run(self._engine)
        comparison = surveyed(self._plan.comparison(), self._survey)
        rows = comparison.tables["robustness"].set_index("measure")
        names = [name for name in measures_shown(self._scenario) if name in rows.index]
        return {
            "points": int(comparison.manifest["robustness"]["points"]),
            "measures": {name: _range(pd.Series(rows.loc[name]), comparison, name, self._scenario) for name in names},
            "sentences": list(_sentences(comparison)),
            "deciders": list(_deciders(comparison, rows, names, self._scenario)),
        }

    @cached_property
    def _plan(self) -> Plan:
        names = list(measures_shown(self._scenario))
        alternatives: list[Alternative] = [self._alternative]
        return planned(self._scenario, alternatives, self._each, self._seed, names)

    @cached_property
    def _survey(self) -> Survey:
        return survey_of(self._plan, self._points, self._each)


def _range(row: pd.Series, comparison: Comparison, name: str, scenario: Scenario) -> dict[str, Any]:
    """Return between which changes nine of ten points lie, and at how many points it is better and worse."""
    spec = comparison.specs[name]
    times, digits, points = factor(spec, scenario), units(spec, scenario)[2] + 2, int(row["points"])
    ends = {key: plain(float(row[key]) * times, digits) for key in ("low", "middle", "high")}
    counts = {key: plain(float(row[key]) * points, 0) for key in ("better_in", "worse_in")}
    return {**ends, **counts}


def _sentences(comparison: Comparison) -> Iterator[L]:
    """Yield what may be said, in every language."""
    said = [Robust(comparison, lang).sentences for lang in LANGUAGES]
    for each in zip(*said, strict=True):
        yield dict(zip(LANGUAGES, each, strict=True))


def _deciders(
    comparison: Comparison, rows: pd.DataFrame, names: list[str], scenario: Scenario
) -> Iterator[dict[str, Any]]:
    """Yield the assumptions that move an effect beyond doubt, those first that move it most."""
    found = comparison.tables["influences"]
    found = found[found["sure"] & found["measure"].isin(names)]
    for _, one in found.sort_values("explained", ascending=False, kind="stable").head(MOST_DECIDERS).iterrows():
        name, assumption = str(one["measure"]), comparison.assumptions[one["assumption"]]
        spec, row = comparison.specs[name], pd.Series(rows.loc[name])
        times, digits = factor(spec, scenario), units(spec, scenario)[2] + 2
        turns = row["turns_on"] == assumption.place
        yield {
            "label": assumption.label.by_language(),
            "measure": name,
            "at_low": plain(float(one["at_low"]) * times, digits),
            "at_high": plain(float(one["at_high"]) * times, digits),
            "turn": valued(assumption, float(row["turns_at"])).by_language() if turns else None,
        }
