"""The tables of before and after: what was seen, what is simulated, and how both stand to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.answers.audit.changes import Change, reached
from sim.answers.beforeafter.figures import FIGURES
from sim.answers.beforeafter.observed import ARRIVALS, Observed, block_length
from sim.answers.beforeafter.periods import Period

if TYPE_CHECKING:
    from sim.answers.audit.audit import Audit

UNCHANGED, ARRIVED, AS_WRITTEN, IDLE = "unchanged", "arrivals", "as_written", "idle"
"""The reasons of a figure that has not changed for certain, of one that arrivals alone would have changed as much, of
one that changes as much in the organization as it is written, and of all where the measure has nothing to act on."""

NOTHING = 5e-4
"""A change below which the measure does nothing."""

COLUMNS = (
    "figure", "unit", "scale", "before", "after", "change", "low", "high", "certain", "simulated", "simulated_low",
    "simulated_high", "worlds_low", "worlds_high", "arrivals_alone", "verdict", "reason", "agreement",
)  # fmt: skip


def tables_of(
    periods: Sequence[Period], seen: Sequence[Observed], audited: Audit, alone: Mapping[str, Change]
) -> dict[str, pd.DataFrame]:
    """Return the facts, by name of the table; what was audited comes after what was seen."""
    of_figures = [_figure(one, audited, alone) for one in seen if one.name != ARRIVALS]
    arrivals = next(one for one in seen if one.name == ARRIVALS)
    if idle(of_figures):
        of_figures = [{**one, "verdict": "open", "reason": IDLE} if one["certain"] else one for one in of_figures]
    return {
        "figures": pd.DataFrame(of_figures, columns=list(COLUMNS)),
        "periods": pd.DataFrame([_period(one, arrivals) for one in periods]),
        **audited.tables,
    }


def agreement(one: Observed, low: float, high: float) -> str:
    """Return how what was seen stands to what worlds do, where nine of ten lie between `low` and `high`.

    ``within`` where all of the interval lies in that range; ``untold`` where it meets the range and goes beyond it;
    ``more`` and ``less`` where it is apart from it, the same way and more or less; ``other_way`` where it is the other
    way; nothing where either is unknown.
    """
    if not one.known or not np.isfinite([low, high]).all():
        return ""
    if low <= one.low and one.high <= high:
        return "within"
    if one.low <= high and one.high >= low:
        return "untold"
    expected = (low + high) / 2.0
    if one.change * expected < 0.0:
        return "other_way" if one.certain else "less"
    return "more" if abs(one.change) > abs(expected) else "less"


def idle(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether the measure moves no figure: neither as the organization is written nor in nine of ten worlds."""
    names = ("simulated", "worlds_low", "worlds_high")
    known = [one for one in rows if np.isfinite([one[name] for name in names]).all()]
    alone = [one["arrivals_alone"] for one in known if np.isfinite(one["arrivals_alone"])]
    if alone:  # worlds have arrivals of their own
        return all(abs(one["simulated"] - one["arrivals_alone"]) < NOTHING for one in known)
    return bool(known) and all(abs(one[name]) < NOTHING for one in known for name in names)


def _figure(one: Observed, audited: Audit, alone: Mapping[str, Change]) -> dict[str, Any]:
    claims = audited.tables["claims"]
    claim = claims[claims["claim"] == one.name].iloc[0]
    simulated = audited.tables["simulated"]
    worlds = simulated[(simulated["claim"] == one.name) & (simulated["where"] == "worlds")]
    low, high = (float(worlds[end].iloc[0]) if len(worlds) else np.nan for end in ("low", "high"))
    verdict, reason = judged(
        one, str(claim["verdict"]), str(claim["reason"]), _holds(one, audited), alone.get(one.name)
    )
    return {
        "figure": one.name,
        "unit": FIGURES[one.name].unit,
        "scale": one.scale,
        "before": one.before,
        "after": one.after,
        "change": one.change,
        "low": one.low,
        "high": one.high,
        "certain": one.certain,
        "simulated": claim["simulated"],
        "simulated_low": claim["low"],
        "simulated_high": claim["high"],
        "worlds_low": low,
        "worlds_high": high,
        "arrivals_alone": alone[one.name].change if one.name in alone else np.nan,
        "verdict": verdict,
        "reason": reason,
        "agreement": agreement(one, low, high),
    }


def judged(one: Observed, verdict: str, reason: str, as_written: bool, alone: Change | None) -> tuple[str, str]:
    """Return the verdict and why: that of the audit, unless more is known here.

    Parameters
    ----------
    one
        What was seen.
    verdict, reason
        Of the audit.
    as_written
        Whether it holds in the organization as it is written. A claim may be about any, so that an audit asks the
        worlds; here it is this one.
    alone
        What arrivals alone change, where they changed.
    """
    if one.known and not one.certain:
        return "open", UNCHANGED
    if alone is not None and bool(reached(alone.change, one.least)):
        return "open", ARRIVED
    return ("plausible", AS_WRITTEN) if as_written and verdict == "edge" else (verdict, reason)


def _holds(one: Observed, audited: Audit) -> bool:
    """Tell whether a change holds in the organization as it is written."""
    searched = audited.tables["searched"]
    return bool(((searched["claim"] == one.name) & searched["holds"] & (searched["levers"] == 0)).any())


def _period(one: Period, arrivals: Observed) -> dict[str, Any]:
    return {
        "period": one.name,
        "begin": f"{one.begin:%Y-%m-%d}",
        "end": f"{one.end:%Y-%m-%d}",
        "weeks": one.weeks,
        "block_weeks": block_length(one.weeks),
        "arrived": one.arrived,
        "counted": one.counted,
        "arrivals_per_week": one.per_week,
        "arrivals_changed": arrivals.change,
        "arrivals_low": arrivals.low,
        "arrivals_high": arrivals.high,
    }
