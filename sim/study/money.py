"""What alternatives bring in money: net value a year, and after how many weeks they have paid back.

Replications are paired, and so are weeks: a case counts in the week in which it arrives, which is the same with and
without an alternative. What is spent once counts in full, once; all else is what a week of the horizon brings or costs,
times 52.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.moneyweeks import COLUMNS as PARTS
from sim.results import RunResult
from sim.study.paired import paired_differences
from sim.study.weeks import QUANTILES
from sim.tables import Makers

TABLE = "money"
"""The table of a run that it is made of."""

YEAR = 52.0
"""Weeks of a year."""

LEAST = 1e-9
"""Share of the largest sum of money that is seen below which a sum is taken for rounding."""

Weeks = NDArray[np.float64]
"""Money by replication and week."""


def money_tables(runs: Mapping[str, RunResult]) -> Makers:
    """Return what makes the tables of money, where the weeks of money were kept.

    Parameters
    ----------
    runs : mapping of RunResult
        By label, the baseline first.
    """
    if not all(TABLE in run.tables for run in runs.values()):
        return {}
    return {"money": partial(money_table, runs), "money_weeks": partial(money_weeks_table, runs)}


def money_table(runs: Mapping[str, RunResult]) -> pd.DataFrame:
    """Return what each alternative brings a year against the baseline, and after how many weeks it has paid back.

    Parameters
    ----------
    runs : mapping of RunResult
        By label, the baseline first; all with the table ``money``.

    Returns
    -------
    DataFrame
        Indexed by ``alternative``. ``net_value_year``: mean over paired replications of what it brings more in a first
        year, with its 95 % interval for all alternatives at once (``ci_low``, ``ci_high``) and for it alone
        (``single_low``, ``single_high``). Of what it consists, each against the baseline: ``revenue``, ``delay_cost``,
        ``coordination_cost`` and ``spent`` a year, and ``spent_once``, which is not scaled. ``payback_weeks``: after
        how many weeks of the horizon what was brought has made up for what was spent and does so until its end, median
        over replications, ``payback_low`` … ``payback_high`` between which eight of ten lie; NaN where not within the
        horizon. ``not_paid_back``: the share of replications which do not within ``weeks``, the length of the horizon.
        ``pairs``: how many replications there are of both.

    Examples
    --------
    >>> from sim.study.money import money_table
    >>> short = {"warmup_weeks": 0, "horizon_weeks": 4, "processes.order.worth": 900}
    >>> found = sim.compare(sim.load("order_delivery", short), {"RACI": ["raci"]}, replications=3)
    >>> money_table(found.runs).index.tolist()
    ['RACI']
    """
    now, *others = runs
    before = _Sums(runs[now])
    sums = {label: _Sums(runs[label]) for label in others}
    years = {label: one.years["net"] for label, one in sums.items()}
    table = paired_differences(before.years["net"], years).rename(columns={"difference": "net_value_year"})
    rows = {label: _parts(before, one) | _payback(_changes(before, one)) for label, one in sums.items()}
    more = pd.DataFrame.from_dict(rows, orient="index", columns=[*PARTS, *_PAYBACK])
    ends = table[["net_value_year", "ci_low", "ci_high", "single_low", "single_high"]]
    return ends.join(more).join(table["pairs"])


def money_weeks_table(runs: Mapping[str, RunResult]) -> pd.DataFrame:
    """Return what each alternative has brought against the baseline, week by week.

    Parameters
    ----------
    runs : mapping of RunResult
        By label, the baseline first; all with the table ``money``.

    Returns
    -------
    DataFrame
        A row for each ``alternative`` and ``week`` of the horizon: mean ``difference`` of the week, and of all weeks up
        to its end (``so_far``), with the quantiles ``q10`` and ``q90`` over replications.
    """
    now, *others = runs
    before = _Sums(runs[now])
    parts = []
    for label in others:
        changes = _changes(before, _Sums(runs[label]))
        so_far = changes.cumsum(axis=1)
        ends = {name: _quantile(so_far, share) for name, share in QUANTILES.items()}
        means = {"difference": _mean(changes), "so_far": _mean(so_far)}
        parts.append(pd.DataFrame({"week": np.arange(changes.shape[1]), **means, **ends}).assign(alternative=label))
    columns = ["alternative", "week", "difference", "so_far", *QUANTILES]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def payback_weeks(changes: Weeks) -> NDArray[np.float64]:
    """Return after how many weeks the money so far is no longer below nothing, and is not again; infinity where never.

    Parameters
    ----------
    changes : array, replications × weeks
        What each week brings more than the baseline.
    """
    so_far = changes.cumsum(axis=1)
    largest = np.abs(so_far).max(axis=1, initial=0.0, keepdims=True)
    owing = so_far < -LEAST * largest
    last = np.where(owing.any(axis=1), owing.shape[1] - owing[:, ::-1].argmax(axis=1), 0)
    return np.where(last < owing.shape[1], np.maximum(1, last + 1), np.inf)


class _Sums:
    """The money of a run: week by week, and scaled to a year.

    Parameters
    ----------
    run
        With the table ``money``.
    """

    def __init__(self, run: RunResult) -> None:
        table = run.tables[TABLE]
        by_week = table.set_index(["replication", "week"])[list(PARTS)]
        net = by_week["revenue"] - by_week[list(PARTS[1:])].sum(axis=1)
        self.weeks = net.unstack("week")
        years = by_week.groupby(level="replication").sum() * (YEAR / run.scenario.horizon_weeks)
        years["spent_once"] *= run.scenario.horizon_weeks / YEAR
        self.years = years.assign(net=years["revenue"] - years[list(PARTS[1:])].sum(axis=1))


def _changes(before: _Sums, after: _Sums) -> Weeks:
    """Return what each week brings more, by replication; those that both have, in order."""
    changes = (after.weeks - before.weeks).dropna(how="all").dropna(axis=1)
    return changes.to_numpy(dtype=float)


def _parts(before: _Sums, after: _Sums) -> dict[str, float]:
    changes = (after.years - before.years).dropna().mean()
    return {name: float(changes[name]) for name in PARTS}


_PAYBACK = ("payback_weeks", "payback_low", "payback_high", "not_paid_back", "weeks")


def _payback(changes: Weeks) -> dict[str, float]:
    """Return after how many weeks it has paid back; quantiles are among what replications say."""
    found = payback_weeks(changes)
    if not len(found):
        return dict.fromkeys(_PAYBACK, np.nan) | {"weeks": changes.shape[1]}
    ends = np.quantile(found, [0.5, *QUANTILES.values()], method="inverted_cdf")
    known = [float(one) if np.isfinite(one) else np.nan for one in ends]
    values = (*known, float(np.isinf(found).mean()), changes.shape[1])
    return dict(zip(_PAYBACK, values, strict=True))


def _mean(values: Weeks) -> NDArray[np.float64]:
    return values.mean(axis=0) if len(values) else np.full(values.shape[1], np.nan)


def _quantile(values: Weeks, share: float) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.quantile(values, share, axis=0) if len(values) else _mean(values)
    return found
