"""Elementary effects: what one assumption does, all else staying as it is, from many places of the whole space.

References: Morris 1991, Technometrics 33: 161 (the method); Campolongo, Cariboni & Saltelli 2007, Environmental
Modelling & Software 22: 1509 (mu*, the mean size, which effects of either sign cannot cancel).

SALib's own analysis takes one number for a point and none that is missing. Here a point has several replications, which
all points share, and some may be undefined; so the arithmetic is done here. Without luck it is SALib's.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.statistics import LEVEL, holm

Numbers = NDArray[np.float64]

RESAMPLES = 1000
"""Draws of a bootstrap."""

COLUMNS = ("assumption", "mu", "mu_star", "low", "high", "sigma", "luck", "p", "sure", "trajectories")
"""What is told of each assumption."""


def elementary_effects(points: pd.DataFrame, names: Sequence[str], values: Numbers) -> Numbers:
    """Return the elementary effects of a design of Morris, per whole range.

    Parameters
    ----------
    points
        Columns ``trajectory``, ``moved`` and ``by`` of the design, in its order.
    names
        The factors.
    values : array, points × replications
        What was measured; NaN where it is not defined.

    Returns
    -------
    array, trajectories × factors × replications
        NaN where either point of a step is not known.
    """
    moved, by = points["moved"].to_numpy(), points["by"].to_numpy(dtype=float)
    steps = np.flatnonzero(moved != "")
    place = {name: k for k, name in enumerate(names)}
    factor = np.array([place[name] for name in moved[steps]])
    trajectory = points["trajectory"].to_numpy()[steps]
    found = np.full((int(trajectory.max()) + 1, len(names), values.shape[1]), np.nan)
    found[trajectory, factor] = (values[steps] - values[steps - 1]) / by[steps, None]
    return found


def screening(names: Sequence[str], effects: Numbers, seed: int) -> pd.DataFrame:
    """Return how large effects are, and how much of that may be luck.

    Parameters
    ----------
    names
        The factors.
    effects : array, trajectories × factors × replications
        As `elementary_effects` returns them.
    seed
        Of the bootstrap.

    Returns
    -------
    DataFrame
        A row for each factor: ``mu`` and ``mu_star``, the mean effect and the mean size of one over trajectories;
        ``low`` and ``high``, the 95 % bootstrap interval of ``mu_star`` over trajectories; ``sigma``, their standard
        deviation, which interactions and bends make; ``luck``, how large ``mu_star`` would be by luck alone of a factor
        that does nothing; ``p``, corrected for all factors (Holm), that it is no larger than that; and ``sure``.
    """
    generator = np.random.default_rng(seed)
    rows = [_row(name, effects[:, k], generator) for k, name in enumerate(names)]
    found = pd.DataFrame(rows, columns=[one for one in COLUMNS if one != "sure"])
    found["p"] = holm(found["p"])
    found.insert(COLUMNS.index("sure"), "sure", found["p"] < 1.0 - LEVEL)
    return found


def _row(name: str, effects: Numbers, generator: np.random.Generator) -> tuple[object, ...]:
    """Return what is told of one factor, whose effects are trajectories × replications."""
    count = (~np.isnan(effects)).sum(axis=1)
    effects = effects[count > 0]
    if len(effects) < 2:
        return (name, *[np.nan] * 7, len(effects))
    means = np.nanmean(effects, axis=1)
    sizes = np.abs(means)
    resampled = sizes[generator.integers(len(sizes), size=(RESAMPLES, len(sizes)))].mean(axis=1)
    low, high = np.quantile(resampled, [(1.0 - LEVEL) / 2, (1.0 + LEVEL) / 2])
    luck = _luck(effects)
    p = _p_above(sizes, luck)
    return name, means.mean(), sizes.mean(), low, high, means.std(ddof=1), luck, p, len(means)


def _luck(effects: Numbers) -> float:
    """Return the mean size that effects would have if luck alone made them: that of normal numbers of their spread."""
    count = (~np.isnan(effects)).sum(axis=1)
    several = effects[count > 1]
    if not len(several):
        return float("nan")
    errors = np.nanstd(several, axis=1, ddof=1) / np.sqrt(count[count > 1])
    return float(np.sqrt(2.0 / np.pi) * np.sqrt(np.mean(errors**2)))


def _p_above(sizes: Numbers, luck: float) -> float:
    """Return how often sizes whose mean is no larger than that of luck would lie so far above it (Student's t)."""
    from scipy.special import stdtr

    error = sizes.std(ddof=1) / np.sqrt(len(sizes))
    above = sizes.mean() - luck
    if error == 0.0 or np.isnan(luck):
        return float(not above > 0.0) if error == 0.0 else float("nan")
    return float(stdtr(len(sizes) - 1, -above / error))
