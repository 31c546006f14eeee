"""Many paired differences at once, for whoever has numbers of their own by replication."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from numpy.typing import ArrayLike

from sim.study.family import family_of
from sim.study.statistics import PairedDifference, paired_difference, side_by_side


def paired_differences(baseline: ArrayLike, alternatives: Mapping[str, ArrayLike] | pd.DataFrame) -> pd.DataFrame:
    """Return how several alternatives differ from a baseline, with intervals that hold for all of them at once.

    It does for any numbers what `sim.compare` does for measures: 95 of 100 such tables are right in every row (max-t).

    Parameters
    ----------
    baseline : array_like
        A number for each replication; NaN where it is not defined.
    alternatives : mapping of array_like, or DataFrame
        The same of each alternative, by label, or a column each. Series are paired by their index, all else by place.

    Returns
    -------
    DataFrame
        Indexed by ``alternative``: ``pairs`` (replications in which both are defined), ``baseline`` and ``mean`` over
        these, ``difference``, its 95 % interval for all rows at once (``ci_low``, ``ci_high``) and for this row alone
        (``single_low``, ``single_high``), and ``p``, corrected for all rows.

    Raises
    ------
    ValueError
        If numbers without an index are not as many.

    Examples
    --------
    >>> short = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> more = {f"{n} people": short.changed({"departments.production.staff": n}) for n in (14, 15)}
    >>> tidy = sim.compare(short, more, 5).tidy()
    >>> times = tidy[tidy["measure"] == "lead_time_mean"].pivot(
    ...     index="replication", columns="alternative", values="value"
    ... )
    >>> found = sim.paired_differences(times["Now"], times.drop(columns="Now"))
    >>> found["pairs"].to_dict()
    {'14 people': 5, '15 people': 5}
    >>> bool((found["ci_low"] <= found["single_low"]).all())
    True
    """
    pairs = {str(label): side_by_side(baseline, values) for label, values in alternatives.items()}
    family = family_of([after - before for before, after in pairs.values()])
    at_once = 1.0 - family.alpha
    rows = [_row(paired_difference(*one), paired_difference(*one, at_once)) for one in pairs.values()]
    columns = ["pairs", "baseline", "mean", "difference", "ci_low", "ci_high", "single_low", "single_high", "p"]
    table = pd.DataFrame(rows, columns=columns, index=pd.Index(list(pairs), name="alternative"))
    table["p"] = family.corrected(table["p"].to_list())
    return table


def _row(alone: PairedDifference, at_once: PairedDifference) -> dict[str, float]:
    return {
        "pairs": alone.pairs,
        "baseline": alone.baseline,
        "mean": alone.alternative,
        "difference": alone.difference.mean,
        "ci_low": at_once.difference.low,
        "ci_high": at_once.difference.high,
        "single_low": alone.difference.low,
        "single_high": alone.difference.high,
        "p": alone.p,
    }
