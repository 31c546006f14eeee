"""What a fit says beyond the figures it was made with: those left out in turn, those nobody gave, and what to ask next.

A figure that is left out is foretold by all others (cross-validation): where it lies far from that, the figures do not
agree with each other, or the model has not what makes them. What nobody gave is foretold by runs of what is believed.
What is worth asking next is the measure that goes most closely with an assumption among these runs: once it is known,
what is left of the range is as much narrower as a straight fit on it takes of the scatter.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.special import ndtri

from sim.answers.fit.checked import Checked, prior_draws
from sim.answers.fit.identified import ALPHA, LEVELS, ranked
from sim.answers.fit.posterior import posterior_of, weighted_quantiles
from sim.answers.fit.prior import Numbers
from sim.answers.fit.rounds import RESAMPLED, Found, Organization
from sim.answers.fit.targets import slack_of
from sim.spec.measures import MeasureSpec

LEAST = 0.05
"""By which part of what is left of a range a measure has to narrow it, to be worth asking for."""

_HELD, _ASKED = 2, 3
"""Streams of luck, beside those of the runs."""


def beyond(
    organization: Organization, rounds: Found, made: Checked, specs: Mapping[str, MeasureSpec]
) -> dict[str, pd.DataFrame]:
    """Return the tables ``held_out``, ``others`` and ``next``."""
    return {
        "held_out": held_out_table(organization, rounds),
        "others": others_table(organization, rounds, made, specs),
        "next": next_table(organization, made, specs),
    }


def held_out_table(organization: Organization, rounds: Found) -> pd.DataFrame:
    """Return a row for each figure: between what nine of ten runs lie that have all others, and whether it does."""
    seen, aim = organization.seen, organization.seen.aim
    luck, rows = organization.luck(RESAMPLED, _HELD), []
    for k, one in enumerate(seen.targets if len(aim) > 1 else ()):
        rest = [other for other in range(len(aim)) if other != k]
        scatter = rounds.picture.scatter[rest][:, rest]
        told = posterior_of(rounds.shares, rounds.noted[:, rest], rounds.counted, aim[rest], scatter)
        figures = rounds.runs[one.measure].to_numpy(dtype=float)[told.rows]
        figures = figures - luck.uniform(one.low - one.value, one.high - one.value, len(figures))
        apart = rounds.noted[told.rows][:, rest] - aim[rest]
        low, high = _middle_of(_met(figures, apart, told.weights), told.weights)
        rows.append((one.measure, one.value, low, high, bool(low <= one.value <= high)))
    return pd.DataFrame(rows, columns=["measure", "target", "low", "high", "inside"])


def _met(figures: Numbers, apart: Numbers, weights: Numbers) -> Numbers:
    """Return figures where they would be if the runs had met all others."""
    known = np.isfinite(figures)
    root = np.sqrt(weights[known])[:, None]
    design = np.column_stack([np.ones(known.sum()), apart[known]])
    slopes = np.linalg.lstsq(design * root, figures[known] * root[:, 0], rcond=None)[0][1:]
    found: Numbers = figures - apart @ slopes
    return found


def _middle_of(values: Numbers, weights: Numbers) -> tuple[float, float]:
    known = np.isfinite(values)
    if not known.any():
        return np.nan, np.nan
    low, high = weighted_quantiles(values[known], weights[known], (LEVELS[0], LEVELS[2]))
    return float(low), float(high)


def others_table(
    organization: Organization, rounds: Found, made: Checked, specs: Mapping[str, MeasureSpec]
) -> pd.DataFrame:
    """Return a row for each measure that nobody gave and that tells anything: nine of ten runs, before and after."""
    before = prior_draws(rounds)
    rows = []
    for measure in _not_given(organization, specs):
        prior = rounds.runs[measure].to_numpy(dtype=float)[: len(before.weights)]
        then = made.predicted[measure].to_numpy(dtype=float)
        ends = (*_middle_of(prior, before.weights), *_middle_of(then, made.weights))
        wide = ends[1] - ends[0]
        if np.isfinite(ends).all() and wide > 0.0:
            rows.append((measure, *ends, 1.0 - (ends[3] - ends[2]) / wide))
    columns = ["measure", "prior_low", "prior_high", "predicted_low", "predicted_high", "narrower"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values("narrower", ascending=False, kind="stable").reset_index(drop=True)


def next_table(organization: Organization, made: Checked, specs: Mapping[str, MeasureSpec]) -> pd.DataFrame:
    """Return the measures that would narrow an assumption beyond doubt (Fisher's z, Bonferroni), the best first.

    They are taken to be known as any figure is that is given without a range.
    """
    luck = organization.luck(RESAMPLED, _ASKED)
    places, weights = organization.prior.places, made.weights / made.weights.sum()
    asked = _not_given(organization, specs)
    least = np.tanh(-ndtri(ALPHA / (2.0 * max(1, len(asked) * len(places)))) / np.sqrt(max(_worth(weights) - 3.0, 1.0)))
    rows = []
    for measure in asked:
        figures = made.predicted[measure].to_numpy(dtype=float)
        known = np.isfinite(figures)
        if not known.all() or np.ptp(figures) == 0.0:
            continue
        noted = figures + luck.uniform(-1.0, 1.0, len(figures)) * slack_of(specs[measure], figures)
        related = related_to(made.drawn, noted, weights)
        best = int(np.argmax(np.abs(related)))
        narrower = 1.0 - np.sqrt(1.0 - related[best] ** 2)
        if abs(related[best]) > least and narrower >= LEAST:
            rows.append((measure, places[best], float(related[best]), float(narrower)))
    table = pd.DataFrame(rows, columns=["measure", "assumption", "correlation", "narrower"])
    return table.sort_values("narrower", ascending=False, kind="stable").reset_index(drop=True)


def related_to(shares: Numbers, values: Numbers, weights: Numbers) -> Numbers:
    """Return the rank correlation of each assumption with a measure, over weighted draws."""
    y = ranked(values, weights)
    y = (y - weights @ y) / np.sqrt(weights @ (y - weights @ y) ** 2)
    found = []
    for column in shares.T:
        x = ranked(column, weights)
        left = x - weights @ x
        found.append(float(weights @ (left * y)) / max(float(np.sqrt(weights @ left**2)), 1e-12))
    return np.clip(np.array(found), -1.0, 1.0)


def _worth(weights: Numbers) -> float:
    return float(1.0 / (weights**2).sum())


def _not_given(organization: Organization, specs: Mapping[str, MeasureSpec]) -> list[str]:
    """Return the measures that are looked at and that nobody gave, those aside whose mechanism is off."""
    return [name for name in organization.looked_at if name not in organization.seen.measures and name in specs]
