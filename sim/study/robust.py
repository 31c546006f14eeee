"""How sure a comparison is when its assumptions are not: ranges over many points, and what decides the sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.engine import Engine, Threads
from sim.interventions import INTERVENTIONS
from sim.replications import Progress, check_numbers
from sim.scenario import Scenario
from sim.scenario.uncertain import Assumption
from sim.spec.counts import count_of
from sim.study.alternatives import Alternative, Items, Words
from sim.study.compare import planned
from sim.study.comparison import Comparison
from sim.study.effects import MATTERS
from sim.study.influence import Influence, influences
from sim.study.reported import Asked
from sim.study.survey import Survey, survey_of

if TYPE_CHECKING:
    from sim.agents import Departments

POINTS = 60
"""Points by default; each takes a second or two."""

EACH = 4
"""Replications at a point: few, since their luck is the same at every point and there are many points."""

LOW, HIGH = 0.05, 0.95
"""The range that is told holds what happened at nine of ten points."""

DECIDED = 0.9
"""Share of the points from which on a sign is decided."""

HALVED = 0.5
"""Share of the errors about the sign that a figure may leave which are made without it (1 - Goodman & Kruskal's λ)."""


def robust(
    scenario: Scenario,
    alternatives: Mapping[str, Items] | Sequence[Alternative] | None = None,
    points: int = POINTS,
    each: int = EACH,
    replications: int = 50,
    seed: int = 1,
    measures: Asked = None,
    threads: int | None = None,
    progress: Progress | None = None,
    department: Departments | None = None,
    matters: float = MATTERS,
    engine: Engine | None = None,
    baseline: Words | None = None,
) -> Comparison:
    """Compare alternatives with what happens now, as a scenario is written and at many points of what is uncertain.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is. Its `ranges` say what is known of uncertain numbers, and of measures as they are now;
        levers have documented ranges.
    points, each : int
        At how many points of the ranges to compare (from 60 on it can be told which assumptions decide), and how many
        replications at each, at least two.
    replications, seed : int
        Replications of the comparison as the scenario is written; luck, and which points.
    progress : callable, optional
        Told how many points are done, and how many there are.
    alternatives, measures, threads, department, matters, engine, baseline
        As in `compare`.

    Returns
    -------
    Comparison
        What `compare` returns, with these tables besides: ``robustness`` (a row for each alternative and measure:
        `middle`, the median over points, `low` and `high`, between which nine of ten points lie, `better_in` and
        `best_in`, the shares of points at which it is better than now and best of all, and what decides the sign),
        ``influences`` (effects at both ends of the ranges of the assumptions that move them most), ``assumptions``
        (what was varied), ``points`` (differences at each point) and ``values`` (where assumptions were there).

    Raises
    ------
    AlternativeError, MeasureError, ValueError, HookError
        As in `compare`.

    Examples
    --------
    >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> found = sim.robust(scenario, {"RACI": ["raci"]}, points=5, each=2, replications=3)
    >>> rows = found.robustness.set_index("measure")
    >>> bool(rows.low["trust"] <= rows.middle["trust"] <= rows.high["trust"])
    True
    >>> found.assumptions["levers.latency"].low, found.assumptions["levers.latency"].high
    (2.0, 7.0)
    """
    _, _, threads, _ = check_numbers(replications=replications, seed=seed, threads=threads)
    points, each = count_of("points", points, 1), count_of("each", each, 2)
    plan = planned(scenario, alternatives, replications, seed, measures, department, matters, baseline=baseline)
    survey = survey_of(plan, points, each)
    working = engine or Threads(threads)
    plan.run(working)
    survey.run(working, progress)
    return surveyed(plan.comparison(), survey)


def surveyed(comparison: Comparison, survey: Survey) -> Comparison:
    """Return a comparison with what was found at the points that are done."""
    done, found = survey.like_now, survey.points
    found = found[found["point"].isin(done)]
    moved = _influences(survey, found, done)
    tables = {
        "robustness": _robustness(survey, found, done, moved),
        "influences": _influence_rows(survey.assumptions, moved),
        "assumptions": _assumption_rows(survey.assumptions),
        "points": found,
        "values": pd.DataFrame(
            [(point, place, value) for point in done for place, value in survey.values(point).items()],
            columns=["point", "assumption", "value"],
        ),
    }
    told = {
        "points": len(done),
        "refused": len(survey.refused),
        "rejected": survey.rejected,
        "unlike": survey.done - len(survey.refused) - len(done),
        "replications": survey.replications,
        "ranges": {one.place: [one.low, one.high] for one in survey.assumptions},
    }
    return replace(
        comparison,
        tables={**comparison.tables, **tables},
        manifest={**comparison.manifest, "robustness": told},
        assumptions={one.place: one for one in survey.assumptions},
    )


Moved = Mapping[tuple[str, str], tuple[Influence, ...]]
"""What moves an effect, by alternative and measure."""


def _influences(survey: Survey, found: pd.DataFrame, done: Sequence[int]) -> Moved:
    """Return the assumptions that move each effect; doses of what an alternative does not do cannot."""
    found_of = {}
    for one in survey.plan.chosen:
        idle = {*INTERVENTIONS} - {each.kind for each in one.interventions}
        shares = survey.shares[done]
        shares[:, [place.place.partition(".")[0] in idle for place in survey.assumptions]] = 0.0
        rows = found[found["alternative"] == one.label]
        for name, effects in rows.groupby("measure", sort=False)["difference"]:
            found_of[one.label, str(name)] = influences(shares, effects.to_numpy())
    return found_of


def _robustness(survey: Survey, found: pd.DataFrame, done: Sequence[int], moved: Moved) -> pd.DataFrame:
    signs = {"higher": 1.0, "lower": -1.0, "neither": np.nan}
    gain = found["difference"] * [signs[survey.plan.specs[name].better] for name in found["measure"]]
    best = gain.groupby([found["point"], found["measure"]]).transform("max")
    found = found.assign(gain=gain, best=(gain == best) & (gain > 0.0))
    rows = []
    for (label, name), one in found.groupby(["alternative", "measure"], sort=False):
        known = one["difference"].dropna()
        counted = one["gain"].dropna()
        rows.append(
            {
                "alternative": label,
                "measure": name,
                "middle": known.median(),
                "low": known.quantile(LOW),
                "high": known.quantile(HIGH),
                "now_low": one["now"].quantile(LOW),
                "now_high": one["now"].quantile(HIGH),
                "better_in": (counted > 0.0).mean() if len(counted) else np.nan,
                "worse_in": (counted < 0.0).mean() if len(counted) else np.nan,
                "best_in": one["best"][counted.index].mean() if len(counted) else np.nan,
                "points": len(known),
                "luck": float(np.sqrt((one["luck"] ** 2).mean())),
                **_turn(survey.assumptions, survey.shares[done], one["gain"].to_numpy(), moved[str(label), str(name)]),
            }
        )
    return pd.DataFrame(rows)


def _turn(assumptions: Sequence[Assumption], shares: Any, gain: Any, moved: Sequence[Influence]) -> dict[str, Any]:
    """Return which assumption decides the sign of an effect, where it turns, on which side it helps, and how often.

    It is the one at whose turn the points divide best, among those that move the effect beyond doubt, if that is wrong
    about half as many points at most as to call all of them better, or none.
    """
    nothing = {"turns_on": "", "turns_at": np.nan, "helps": "", "right_in": np.nan}
    known = np.isfinite(gain)
    better = gain[known] > 0.0
    usual = max(better.mean(), 1.0 - better.mean()) if known.any() else 1.0
    if usual >= DECIDED:
        return nothing
    found = []
    for place, at in ((one.place, one.turns_at) for one in moved if one.sure and one.turns_at is not None):
        right = float((better == (shares[known, place] > at)).mean())
        found.append((max(right, 1.0 - right), "above" if right >= 0.5 else "below", place, at))
    right, helps, place, at = max(found, default=(0.0, "", 0, 0.0))
    if 1.0 - right > HALVED * (1.0 - usual):
        return nothing
    one = assumptions[place]
    return {"turns_on": one.place, "turns_at": one.low + at * (one.high - one.low), "helps": helps, "right_in": right}


def _influence_rows(assumptions: Sequence[Assumption], moved: Moved) -> pd.DataFrame:
    rows = [
        (label, name, assumptions[one.place].place, one.at_low, one.at_high, one.explained, one.sure)
        for (label, name), each in moved.items()
        for one in each
    ]
    return pd.DataFrame(
        rows, columns=["alternative", "measure", "assumption", "at_low", "at_high", "explained", "sure"]
    )


def _assumption_rows(assumptions: Sequence[Assumption]) -> pd.DataFrame:
    rows = [(one.place, one.low, one.high, one.here, one.unit, one.stated) for one in assumptions]
    return pd.DataFrame(rows, columns=["assumption", "low", "high", "here", "unit", "stated"])
