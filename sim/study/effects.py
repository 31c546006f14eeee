"""What each alternative changes in each measure, pair by pair, and what may be said about it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sim.results import RunResult
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.study.family import Numbers, family_of
from sim.study.statistics import (
    LEVEL,
    Interval,
    PairedDifference,
    Scale,
    paired_difference,
    share_better,
    variance_reduction,
)
from sim.tables import Column

MATTERS = 1.0
"""Points of a share from which on a change matters; of other measures, twice as many percent of what is now."""

OF_NOW = 2.0
"""Percent of what is now that are worth as much as a point of a share."""

COLUMNS = (
    Column("alternative", "name"),
    Column("measure", "name"),
    Column("now", "number"),
    Column("mean", "number"),
    Column("difference", "number"),
    Column("ci_low", "number"),
    Column("ci_high", "number"),
    Column("single_low", "number"),
    Column("single_high", "number"),
    Column("p", "number"),
    Column("better_in", "number", "share"),
    Column("better_low", "number", "share"),
    Column("better_high", "number", "share"),
    Column("variance_reduction", "number"),
    Column("matters", "yes or no"),
    Column("verdict", "name"),
)
"""What the table of effects holds; `ci_low` and `ci_high` hold for all rows at once, `single_` ones for one alone."""


def effects_table(
    runs: Mapping[str, RunResult],
    names: Sequence[str],
    specs: Mapping[str, MeasureSpec],
    matters: float = MATTERS,
    at_once: bool = True,
) -> pd.DataFrame:
    """Return a row for each alternative and measure, its intervals holding for all rows at once.

    Parameters
    ----------
    runs
        The replications by label, the baseline first.
    names, specs
        The measures, and what is known about each.
    matters
        Points of a share from which on a change matters; of other measures, twice as many percent of what is now.
    at_once
        Whether they do; otherwise every row is for itself.
    """
    (_, now), *others = runs.items()
    baseline = now.measures
    before = _columns(baseline, names, baseline.index)
    sides = {label: _columns(run.measures, names, baseline.index) for label, run in others}
    pairs = {(label, name): (before[k], after[k]) for label, after in sides.items() for k, name in enumerate(names)}
    family = family_of([changed - first for first, changed in pairs.values()] if at_once else [])
    rows = [
        {"alternative": label, "measure": name, **_row(*pair, specs[name], 1.0 - family.alpha, matters)}
        for (label, name), pair in pairs.items()
    ]
    table = pd.DataFrame(rows, columns=[one.name for one in COLUMNS])
    if at_once:
        table["p"] = family.corrected(table["p"].to_list())
    return table


def tests_in(table: pd.DataFrame) -> int:
    """Return how many tests the intervals of a table are corrected for: what does not vary is none."""
    return int(table["variance_reduction"].notna().sum())


def column_pair(before: pd.DataFrame, after: pd.DataFrame, name: str) -> tuple[pd.Series, pd.Series]:
    """Return one measure of the replications that both sides have; a measure that a run does not know is undefined."""
    both = before.index.intersection(after.index)
    undefined = pd.Series(np.nan, index=both)
    return before.get(name, undefined).loc[both], after.get(name, undefined).loc[both]


def _columns(measures: pd.DataFrame, names: Sequence[str], replications: pd.Index) -> Numbers:
    """Return some measures in some replications, a row each; NaN where a run does not know a measure or failed."""
    found: Numbers = measures.reindex(index=replications, columns=list(names)).to_numpy(dtype=float)
    return found.T.copy()


def _row(
    before: Numbers, after: Numbers, spec: MeasureSpec, level: float, matters: float
) -> dict[str, float | str | bool]:
    alone = paired_difference(before, after, LEVEL)
    single = _possible(alone, alone.difference, scale_of(spec))
    at_once = _possible(alone, paired_difference(before, after, level).difference, scale_of(spec))
    better = share_better(before, after, spec.better)
    return {
        "now": alone.baseline,
        "mean": alone.alternative,
        "difference": alone.difference.mean,
        "ci_low": at_once.low,
        "ci_high": at_once.high,
        "single_low": single.low,
        "single_high": single.high,
        "p": alone.p,
        "better_in": better.mean,
        "better_low": better.low,
        "better_high": better.high,
        "variance_reduction": variance_reduction(before, after),
        "matters": abs(alone.difference.mean) >= least(spec, alone.baseline, matters),
        "verdict": _verdict(at_once, spec.better),
    }


def scale_of(spec: MeasureSpec) -> Scale:
    """Return what numbers a measure can take."""
    return "share" if spec.unit == "share" else "any" if spec.own else "positive"


def least(spec: MeasureSpec, now: float, matters: float = MATTERS) -> float:
    """Return the change from which on it matters."""
    return matters / 100.0 if spec.unit == "share" else OF_NOW * matters / 100.0 * abs(now)


def _possible(found: PairedDifference, interval: Interval, scale: Scale) -> Interval:
    """Return an interval cut at what a measure can change by, from where it is now."""
    if scale == "any":
        return interval
    upper = 1.0 - found.baseline if scale == "share" else math.inf
    low, high = np.clip([interval.low, interval.high], -found.baseline, upper)
    return Interval(interval.mean, float(low), float(high))


def _verdict(interval: Interval, better: str) -> str:
    if math.isnan(interval.low):
        return verdicts.UNKNOWN
    if interval.low <= 0.0 <= interval.high:
        return verdicts.UNCLEAR
    if better == "neither":
        return verdicts.CHANGED
    return verdicts.BETTER if (interval.mean > 0) == (better == "higher") else verdicts.WORSE


def headlines(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return the rows of some measures, in their order."""
    place = {name: k for k, name in enumerate(names)}
    shown = table[table["measure"].isin(names)]
    return shown.sort_values("measure", key=lambda found: found.map(place), kind="stable").reset_index(drop=True)
