"""Which few matter: of a screening those that are looked at further, and in the end the five that decide.

Of points drawn all over the ranges, as those of `sim.robust`, `sim.study.influence` tells the same by ranks.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from sim.experiments.designs.sampling import TOGETHER

REST = TOGETHER
"""What stands for all assumptions together that were not looked at one by one."""

FIVE = 5
"""How many are said to decide at most."""

LEAST = 0.01
"""Share of the variance, or of the sum of squared sizes, below which an assumption decides nothing."""

KEYS = ["of", "measure"]
"""What a row is about: ``now`` or ``change``, and a measure."""

COLUMNS = (
    *KEYS, "rank", "assumption", "by", "size", "size_low", "size_high", "among",
    "at_low", "at_low_low", "at_low_high", "at_high", "at_high_low", "at_high_high",
)  # fmt: skip
"""What the table of those that decide holds."""


def most_influential(screening: pd.DataFrame, k: int, measures: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return the few assumptions that matter most, by the mean size of their elementary effects.

    Where several measures count, each in its turn names its next one, so that every measure has those that matter most
    to it; a measure that is listed first names first.

    Parameters
    ----------
    screening : DataFrame
        The table ``screening`` of a sensitivity analysis: columns ``of``, ``measure``, ``assumption``, ``mu_star``.
    k : int
        How many; fewer where there are no more that do anything.
    measures : sequence of str, optional
        Those that count; all of the table where nothing is said.

    Returns
    -------
    tuple of str
        Places of assumptions, in the order in which they were named.
    """
    wanted = list(measures) if measures is not None else list(screening["measure"].unique())
    rows = screening[screening["measure"].isin(wanted) & (screening["mu_star"] > 0.0)]
    ranked = rows.sort_values("mu_star", ascending=False, kind="stable")
    ranks = ranked.groupby(KEYS, sort=False).cumcount()
    order = ranked["measure"].map({name: place for place, name in enumerate(wanted)})
    turns = ranked.assign(turn=ranks, order=order).sort_values(["turn", "order"], kind="stable")
    return tuple(dict.fromkeys(turns["assumption"]))[:k]


def deciding(screening: pd.DataFrame, indices: pd.DataFrame, tornado: pd.DataFrame, five: int = FIVE) -> pd.DataFrame:
    """Return the five that decide, fewer where fewer are sure, of each measure as it is now and as it changes.

    By their total index where there are any, or else by the mean size of elementary effects; beside it stands what the
    measure is at the ends of their ranges.

    Parameters
    ----------
    screening, indices, tornado
        The tables of these names; the first two may be empty.
    five
        How many at most.
    """
    if len(indices):
        sized = indices[indices["assumption"] != REST].rename(
            columns={"total": "size", "total_low": "size_low", "total_high": "size_high"}
        )
        sized = sized.assign(by="sobol", share=sized["size"])
    else:
        sized = screening.rename(columns={"mu_star": "size", "low": "size_low", "high": "size_high"})
        squares = sized["size"].astype(float) ** 2
        share = squares / squares.groupby([sized[key] for key in KEYS]).transform("sum")
        sized = sized.assign(by="morris", among=float("nan"), share=share)
    counts = sized["sure"].astype(bool) & (sized["share"] >= LEAST)
    sure = sized[counts].sort_values("size", ascending=False, kind="stable")
    place = sure.groupby(KEYS, sort=False).cumcount()
    chosen = sure.assign(rank=place + 1)[place < five]
    ends = [name for name in COLUMNS if name.startswith("at_")]
    found = chosen.merge(tornado[[*KEYS, "assumption", *ends]], how="left", on=[*KEYS, "assumption"])
    order = sized[KEYS].drop_duplicates()
    return order.merge(found[list(COLUMNS)], on=KEYS).reset_index(drop=True)
