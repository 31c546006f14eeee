"""What each alternative changes in each measure, pair by pair, and what may be said about it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sim.results import Replications
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.study.alternatives import BASELINE
from sim.study.statistics import ALPHA, holm, paired_difference, share_better, variance_reduction

HEADLINES = ("on_time_target", "lead_time_mean", "conflicts_per_100", "coordination_hours", "coordination_cost")
"""What a summary tells: the aim, how it comes about, and the price."""


def effects_table(
    runs: Mapping[str, Replications], names: Sequence[str], specs: Mapping[str, MeasureSpec]
) -> pd.DataFrame:
    """Return a row for each alternative and measure, p-values corrected over all of them.

    Parameters
    ----------
    runs
        The replications by label, the baseline among them.
    names, specs
        The measures, and what is known about each.
    """
    baseline = runs[BASELINE.en].measures
    rows = [
        {"alternative": label, "measure": name} | _row(*_column_pair(baseline, run.measures, name), specs[name])
        for label, run in runs.items()
        if label != BASELINE.en
        for name in names
    ]
    table = pd.DataFrame(rows)
    table["p_holm"] = holm(table["p"])
    table["verdict"] = [
        _verdict(p, difference, specs[name].better)
        for p, difference, name in zip(table["p_holm"], table["difference"], table["measure"], strict=True)
    ]
    return table[[*COLUMNS]]


COLUMNS = (
    "alternative",
    "measure",
    "baseline",
    "mean",
    "difference",
    "ci_low",
    "ci_high",
    "p_holm",
    "better_in",
    "better_low",
    "better_high",
    "variance_reduction",
    "verdict",
)


def _column_pair(before: pd.DataFrame, after: pd.DataFrame, name: str) -> tuple[pd.Series, pd.Series]:
    """Return one measure of the replications that both sides have; a measure that a run does not know is undefined."""
    both = before.index.intersection(after.index)
    undefined = pd.Series(np.nan, index=both)
    return before.get(name, undefined).loc[both], after.get(name, undefined).loc[both]


def _row(before: pd.Series, after: pd.Series, spec: MeasureSpec) -> dict[str, float]:
    found = paired_difference(before, after)
    better = share_better(before, after, spec.better)
    return {
        "baseline": found.baseline,
        "mean": found.alternative,
        "difference": found.difference.mean,
        "ci_low": found.difference.low,
        "ci_high": found.difference.high,
        "p": found.p,
        "better_in": better.mean,
        "better_low": better.low,
        "better_high": better.high,
        "variance_reduction": variance_reduction(before, after),
    }


def _verdict(p: float, difference: float, better: str) -> str:
    if math.isnan(p):
        return verdicts.UNKNOWN
    if p >= ALPHA:
        return verdicts.UNCLEAR
    if better == "neither":
        return verdicts.CHANGED
    return verdicts.BETTER if (difference > 0) == (better == "higher") else verdicts.WORSE


def headlines(table: pd.DataFrame, runs: Mapping[str, Replications], specs: Mapping[str, MeasureSpec]) -> pd.DataFrame:
    """Return the rows of the headline measures: those of `table`, and, without a verdict, those it leaves out."""
    missing = [name for name in HEADLINES if name not in set(table["measure"])]
    shown = table[table["measure"].isin(HEADLINES)]
    if missing:
        shown = pd.concat([shown, effects_table(runs, missing, specs).assign(p_holm=np.nan, verdict="")])
    place = {name: k for k, name in enumerate(HEADLINES)}
    return shown.sort_values("measure", key=lambda names: names.map(place), kind="stable").reset_index(drop=True)
