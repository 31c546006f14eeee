"""A fit as it might have come out, made up of tables: two assumptions that figures narrow, two that they do not."""

from __future__ import annotations

import numpy as np
import pandas as pd

import sim
from sim.answers.fit.fitting import Fit
from sim.answers.fit.targets import Target
from sim.scenario import Scenario

PLACES = ("levers.latency", "levers.ambiguity", "levers.boost", "relations.trust")
_RANGES = {
    "levers.latency": (2.0, 7.0, 4.0, "hours"),
    "levers.ambiguity": (0.5, 1.0, 0.7, "share"),
    "levers.boost": (4.0, 24.0, 8.0, "hours"),
    "relations.trust": (0.11, 0.41, 0.26, "share"),
}
_SHARES = {1: (0.7, 0.8, 0.4, 0.2), 2: (0.9, 0.3, 0.5, 0.9), 3: (0.68, 0.82, 0.9, 0.2)}
_TARGETS = (Target("on_time_target", 0.6, 0.57, 0.63), Target("lead_time_mean", 816.0, 734.4, 897.6))


def made_up(
    scenario: Scenario | None = None,
    fits: bool = True,
    identified: bool = True,
    misfit: float = 0.6,
    near: bool = False,
) -> Fit:
    """Return a fit whose best organization has the figures, or has not; assumptions are narrowed, or none is."""
    scenario = scenario or sim.load("order_delivery")
    facts = {
        "targets": _targets(fits),
        "posterior": _posterior(identified),
        "correlation": pd.DataFrame(
            [("levers.latency", "levers.ambiguity", -0.6, 0.35)] if identified else [],
            columns=["one", "other", "correlation", "together"],
        ),
        "draws": _draws(),
        "alike": _alike((1, 2, 3)),
        "alike_figures": pd.concat([_figures(True).assign(fit=1), _figures(fits).assign(fit=2)]),
        "best": _alike((1,)).drop(columns="fit"),
        "best_figures": _figures(fits),
        "held_out": pd.DataFrame(
            [("on_time_target", 0.6, 0.5, 0.7, True), ("lead_time_mean", 816.0, 400.0, 600.0, False)],
            columns=["measure", "target", "low", "high", "inside"],
        ),
        "others": pd.DataFrame(
            [("trust", 0.3, 0.6, 0.4, 0.5, 0.66)],
            columns=["measure", "prior_low", "prior_high", "predicted_low", "predicted_high", "narrower"],
        ),
        "next": pd.DataFrame(
            [("rework_share", "levers.boost", 0.6, 0.2)] if identified else [],
            columns=["measure", "assumption", "correlation", "narrower"],
        ),
    }
    about = {"runs": 6500, "rounds": 3, "points": 2000, "worth": 400.0, "seed": 1, "misfit": misfit, "failed": 0}
    about["near"] = near
    return Fit(scenario, _TARGETS, facts, about)


def _targets(fits: bool) -> pd.DataFrame:
    rows = []
    for one, times in zip(_TARGETS, (1.0, 0.8), strict=True):
        row = {"measure": one.measure, "target": one.value, "target_low": one.low, "target_high": one.high}
        for part, middle in (("now", 1.2), ("prior", 1.1), ("predicted", 1.0 if fits else 1.3)):
            here = one.value * middle * times
            row |= {f"{part}_low": here * 0.9, part: here, f"{part}_high": here * 1.1}
        rows.append(row | {"met": fits, "narrows": "levers.latency", "narrows_by": 0.3, "adds": one is _TARGETS[0]})
    return pd.DataFrame(rows)


def _posterior(identified: bool) -> pd.DataFrame:
    ends = {"levers.latency": (0.55, 0.7, 0.9), "levers.ambiguity": (0.4, 0.8, 0.95)}
    rows = []
    for place, (low, high, now, unit) in _RANGES.items():
        at = ends.get(place, (0.05, 0.5, 0.95)) if identified else (0.05, 0.5, 0.95)
        values = dict(zip(("low", "median", "high"), (low + one * (high - low) for one in at), strict=True))
        told = {"assumption": place, "unit": unit, "prior_low": low, "prior_high": high, "now": now}
        contraction = 1.0 - (at[2] - at[0]) / 0.9
        rows.append(told | values | {"contraction": contraction, "identified": identified and place in ends})
    return pd.DataFrame(rows)


def _alike(fits: tuple[int, ...]) -> pd.DataFrame:
    rows = [
        (fit, place, low + share * (high - low), share)
        for fit in fits
        for share, (place, (low, high, *_)) in zip(_SHARES[fit], _RANGES.items(), strict=True)
    ]
    return pd.DataFrame(rows, columns=["fit", "assumption", "value", "share"])


def _figures(fits: bool) -> pd.DataFrame:
    times = 1.0 if fits else 0.7
    rows = [("on_time_target", 0.6, 0.58, 0.62, 0.6, True)]
    rows.append(("lead_time_mean", 816.0 * times, 800.0 * times, 830.0 * times, 816.0, fits))
    return pd.DataFrame(rows, columns=["measure", "mean", "low", "high", "target", "fits"])


def _draws() -> pd.DataFrame:
    luck = np.random.default_rng(1)
    columns = {place: luck.uniform(low, high, 200) for place, (low, high, *_) in _RANGES.items()}
    return pd.DataFrame({"weight": np.full(200, 1.0 / 200.0), **columns})
