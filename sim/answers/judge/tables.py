"""From what was measured to tables: means, what differs beyond chance from replay, and who is nearer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.answers.judge.baselines import FLOOR, RANDOM, REPLAY
from sim.answers.judge.deptsim import DEPTSIM
from sim.answers.judge.distances import DISTANCES
from sim.answers.judge.judged import FIGURES, TEST

METHODS = (DEPTSIM, REPLAY, RANDOM, FLOOR)
LEVEL = 0.95

DISTANCE_COLUMNS = ("protocol", "measure", "method", "mean", "sd", "to_replay", "difference", "low", "high", "sure")
FIGURE_COLUMNS = ("protocol", "measure", "method", "mean", "sd", "error", "difference", "low", "high", "sure")

Floats = NDArray[np.float64]


def distance_table(measured: pd.DataFrame) -> pd.DataFrame:
    """Return distances: mean and standard deviation over repeats, and what differs from replay.

    ``difference`` is that from replay's, with an interval that holds two kinds of luck: that of repeats (other seeds,
    other cuts), and that of which cases the test happens to have (a jackknife that leaves out parts of it in turn).
    """
    rows: list[dict[str, Any]] = []
    for protocol, mine in _by(measured, "protocol"):
        for measure in DISTANCES:
            means = _means(mine[mine["measure"] == measure], "repeat")
            parts = _means(mine[(mine["measure"] == measure) & (mine["method"] != FLOOR)], "without")
            for method in (one for one in METHODS if one in means):
                found = _against(means, parts, method) if method in (DEPTSIM, RANDOM) else {}
                ratio = means[method].mean() / means[REPLAY].mean() if means[REPLAY].mean() > 0 else np.nan
                rows.append({"protocol": protocol, "measure": measure, "method": method, "mean": means[method].mean(),
                             "sd": means[method].std(ddof=1), "to_replay": ratio, **found})  # fmt: skip
    return pd.DataFrame(rows, columns=list(DISTANCE_COLUMNS)).astype({"sure": "boolean"})


def figure_table(measured: pd.DataFrame) -> pd.DataFrame:
    """Return figures: means over repeats, and how far they are from what came (``error``: the mean size over repeats).

    ``difference`` is that of the size from replay's, over repeats.
    """
    rows: list[dict[str, Any]] = []
    for protocol, mine in _by(measured, "protocol"):
        for measure in FIGURES:
            means = _means(mine[mine["measure"] == measure], "repeat")
            if TEST not in means or means[TEST].isna().all():
                continue
            errors = means.sub(means[TEST], axis=0).abs()
            for method in (one for one in (TEST, *METHODS) if one in means):
                found = {} if method in (TEST, REPLAY) else _over_repeats(errors[method] - errors[REPLAY])
                error = np.nan if method == TEST else errors[method].mean()
                rows.append({"protocol": protocol, "measure": measure, "method": method, "mean": means[method].mean(),
                             "sd": means[method].std(ddof=1), "error": error, **found})  # fmt: skip
    return pd.DataFrame(rows, columns=list(FIGURE_COLUMNS)).astype({"sure": "boolean"})


def _by(table: pd.DataFrame, name: str) -> Any:
    return table.groupby(name, sort=False)


def _means(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return means by repeat, all of the test, or by what was left out of it and repeat; a column a method."""
    if by == "repeat":
        return rows[rows["without"] < 0].pivot_table("value", "repeat", "method", "mean", dropna=False)
    left = rows[rows["without"] >= 0]
    return left.pivot_table("value", ["repeat", "without"], "method", "mean", dropna=False)


def _against(means: pd.DataFrame, parts: pd.DataFrame, method: str) -> dict[str, Any]:
    """Return the difference from replay with both kinds of luck."""
    from scipy.stats import t

    apart = (means[method] - means[REPLAY]).dropna().to_numpy()
    if not len(apart):
        return {}
    luck = [_of_repeats(apart), _of_parts((parts[method] - parts[REPLAY]).dropna())]
    return _interval(float(apart.mean()), luck, t)


def _over_repeats(apart: pd.Series) -> dict[str, Any]:
    from scipy.stats import t

    values = apart.dropna().to_numpy()
    return _interval(float(values.mean()), [_of_repeats(values)], t) if len(values) else {}


def _interval(mean: float, luck: list[tuple[float, int]], t: Any) -> dict[str, Any]:
    variance = sum(one for one, _ in luck)
    if luck[0][1] < 1:
        return {"difference": mean, "low": np.nan, "high": np.nan, "sure": pd.NA}
    parts = sum(one**2 / freedom for one, freedom in luck if freedom > 0)
    half = float(t.ppf((1 + LEVEL) / 2, variance**2 / parts) * np.sqrt(variance)) if variance > 0 else 0.0
    return {"difference": mean, "low": mean - half, "high": mean + half, "sure": abs(mean) > half}


def _of_repeats(apart: Floats) -> tuple[float, int]:
    """Return the variance of a mean of repeats, and its degrees of freedom."""
    return (float(apart.var(ddof=1) / len(apart)), len(apart) - 1) if len(apart) > 1 else (0.0, 0)


def _of_parts(apart: pd.Series) -> tuple[float, int]:
    """Return the variance by the luck of the test: of a jackknife in each repeat, their mean, as tests overlap."""
    found = []
    for _, mine in apart.groupby(level="repeat"):
        values = mine.to_numpy()
        if len(values) > 1:
            found.append(float((len(values) - 1) / len(values) * ((values - values.mean()) ** 2).sum()))
    return (float(np.mean(found)), len(values) - 1) if found else (0.0, 0)


def tables_of(measured: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    """Return what was measured as tables."""
    return {"distances": distance_table(measured), "figures": figure_table(measured)}
