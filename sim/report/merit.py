"""The order of alternatives: by what they do to the first headline measure, never by where they stand in a file."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim.spec.measures import MeasureSpec


def ranked(headlines: pd.DataFrame, specs: Mapping[str, MeasureSpec]) -> list[str]:
    """Return the alternatives from the best to the least effective; those that nothing is known of come last.

    Parameters
    ----------
    headlines
        The rows of the headline measures; the first that is defined for any alternative decides.
    specs
        What is known about measures.
    """
    names = list(dict.fromkeys(headlines["alternative"].astype(str)))
    known = headlines[headlines["difference"].notna()]
    if known.empty:
        return names
    measure = str(known["measure"].iloc[0])
    rows = known[known["measure"] == measure].set_index("alternative")["difference"]
    sign = 1.0 if specs[measure].better == "lower" else -1.0
    return sorted(names, key=lambda name: sign * float(rows[name]) if name in rows.index else float("inf"))
