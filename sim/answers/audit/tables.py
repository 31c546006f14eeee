"""The tables of an audit: facts by name, a row for each claim and more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.answers.audit.changes import Change, lead_time_needed, reached
from sim.answers.audit.facts import Facts, Tried
from sim.answers.audit.verdicts import agreement
from sim.spec.base import text_of
from sim.study.statistics import wilson

LOW, HIGH = 0.05, 0.95
"""The range that is told holds what happens in nine of ten worlds."""

CLAIMS = (
    "claim", "scenario", "measure", "unit", "scale", "complement", "before", "after", "claimed",
    "lead_time_needed", "lead_time_simulated", "baseline", "simulated", "low", "high", "verdict", "reason",
)  # fmt: skip
SIMULATED = (
    "claim", "where", "worlds", "baseline", "after", "change", "low", "high", "luck", "reached", "reached_in",
    "reached_low", "reached_high",
)  # fmt: skip
WORLDS = ("claim", "world", "baseline", "after", "change", "luck", "alike", "reached")
NEEDED = (
    "claim",
    "where",
    "place",
    "label",
    "label_zh",
    "unit",
    "typical",
    "needed",
    "low",
    "high",
    "departure",
    "inside",
)
SEARCHED = ("claim", "where", "holds", "baseline", "after", "change", "low", "high", "levers", "departure", "largest")
ANCHORS = ("claim", "anchor", "grade", "reference", "says", "says_zh", "low", "high", "agreement")

TOLD = (
    "claim", "title", "title_zh", "text", "text_zh", "source", "source_zh", "why", "why_zh", "cannot", "cannot_zh",
    "label", "label_zh",
)  # fmt: skip


def tables_of(found: Sequence[Facts]) -> dict[str, pd.DataFrame]:
    """Return everything that was found, by name of the table."""
    rows = {
        "claims": (CLAIMS, [_claim(one) for one in found]),
        "simulated": (SIMULATED, [row for one in found for row in _simulated(one)]),
        "needed": (NEEDED, [row for one in found for row in _needed(one)]),
        "searched": (SEARCHED, [_searched(one, tried) for one in found for tried in one.tried]),
        "anchors": (ANCHORS, [row for one in found for row in _anchors(one)]),
        "told": (TOLD, [_told(one) for one in found]),
        "worlds": (WORLDS, [row for one in found for row in _worlds(one)]),
    }
    return {name: pd.DataFrame(several, columns=list(columns)) for name, (columns, several) in rows.items()}


def _claim(one: Facts) -> dict[str, Any]:
    claim, typical = one.claim, one.typical
    verdict, reason = one.verdict()
    needed = np.nan
    if one.unit == "share" and not claim.complement and claim.before is not None and claim.after is not None:
        needed = lead_time_needed(claim.before, claim.after)
    return {
        "claim": one.name,
        "scenario": claim.scenario or "",
        "measure": "" if one.spec is None else one.spec.name,
        "unit": one.unit,
        "scale": one.scale if claim.judged else "",
        "complement": claim.complement,
        "before": _number(claim.before),
        "after": _number(claim.after),
        "claimed": one.claimed,
        "lead_time_needed": needed,
        "lead_time_simulated": one.lead_time,
        "baseline": np.nan if typical is None else typical.before,
        "simulated": np.nan if typical is None else typical.change,
        "low": np.nan if typical is None else typical.low,
        "high": np.nan if typical is None else typical.high,
        "verdict": verdict,
        "reason": reason,
    }


def _told(one: Facts) -> dict[str, str]:
    """Return what the file says in words, and what its measure is called, in both languages."""
    fields = ("title", "text", "source", "why", "cannot")
    words = {name: text_of(getattr(one.claim, name)) for name in fields}
    if one.spec is not None:
        words["label"] = one.spec.label
    found = {name: text.en for name, text in words.items()} | {f"{name}_zh": text.zh for name, text in words.items()}
    return {"claim": one.name, **found}


def _simulated(one: Facts) -> Iterator[dict[str, Any]]:
    """Yield what changes at typical parameters, over all worlds, and over those like the one that is told of."""
    if one.typical is None:
        return
    nothing = {"reached": np.nan, "reached_in": np.nan, "reached_low": np.nan, "reached_high": np.nan}
    yield {"claim": one.name, "where": "typical", "worlds": 1, **_change(one.typical), **nothing}
    known = [each for each in one.worlds if np.isfinite(each.change)]
    alike = [each for each, mine in zip(one.worlds, one.alike, strict=True) if mine]
    for where, several in (("worlds", known), ("alike", alike)):
        yield {"claim": one.name, "where": where, "worlds": len(several), **_range(several, one.claimed)}


def _change(change: Change) -> dict[str, float]:
    told = {"baseline": change.before, "after": change.after, "change": change.change}
    return {**told, "low": change.low, "high": change.high, "luck": change.error}


def _range(several: Sequence[Change], claimed: float) -> dict[str, float]:
    """Return median and range over worlds, and in how many as much as claimed is reached, with Wilson's interval."""
    if not several:
        return {}
    changes = np.array([one.change for one in several])
    there = int(reached(changes, claimed).sum())
    share = wilson(float(there), len(several))
    return {
        "baseline": float(np.median([one.before for one in several])),
        "after": float(np.median([one.after for one in several])),
        "change": float(np.median(changes)),
        "low": float(np.quantile(changes, LOW)),
        "high": float(np.quantile(changes, HIGH)),
        "luck": float(np.sqrt(np.mean([one.error**2 for one in several]))),
        "reached": there,
        "reached_in": share.mean,
        "reached_low": share.low,
        "reached_high": share.high,
    }


def _worlds(one: Facts) -> Iterator[dict[str, Any]]:
    for world, (change, alike) in enumerate(zip(one.worlds, one.alike, strict=True)):
        there = bool(reached(change.change, one.claimed))
        told = {"baseline": change.before, "after": change.after, "change": change.change, "luck": change.error}
        yield {"claim": one.name, "world": world, **told, "alike": bool(alike), "reached": there}


def _searched(one: Facts, tried: Tried) -> dict[str, Any]:
    """Return a place that was looked at again."""
    moved = np.abs(np.array(tried.departures))
    return {
        "claim": one.name,
        "where": "inside" if tried.inside else "outside",
        "holds": tried.holds,
        **{name: value for name, value in _change(tried.change).items() if name != "luck"},
        "levers": int((moved > 0.0).sum()),
        "departure": tried.total,
        "largest": float(moved.max(initial=0.0)),
    }


def _needed(one: Facts) -> Iterator[dict[str, Any]]:
    """Yield which levers stand where at the smallest departure at which the claim holds, the furthest first."""
    tried = one.found
    if tried is None:
        return
    pairs = [each for each in zip(one.assumptions, tried.departures, strict=True) if each[1] != 0.0]
    for assumption, departure in sorted(pairs, key=lambda each: -abs(each[1])):
        value = tried.world[assumption.place]
        yield {
            "claim": one.name,
            "where": "inside" if tried.inside else "outside",
            "place": assumption.place,
            "label": assumption.label.en,
            "label_zh": assumption.label.zh,
            "unit": assumption.unit,
            "typical": float(assumption.here),
            "needed": float(value),
            "low": float(assumption.low),
            "high": float(assumption.high),
            "departure": float(departure),
            "inside": bool(assumption.low - 1e-6 <= value <= assumption.high + 1e-6),
        }


def _anchors(one: Facts) -> Iterator[dict[str, Any]]:
    for place, anchor in enumerate(one.claim.anchors):
        says, reference = text_of(anchor.says), text_of(anchor.reference)
        span = (anchor.percent if one.scale == "percent" else anchor.points) if one.claim.judged else None
        low, high = (np.nan, np.nan) if span is None else (span[0] / 100.0, span[1] / 100.0)
        typical = one.typical
        known = typical is not None and np.isfinite(typical.low)
        yield {
            "claim": one.name,
            "anchor": place,
            "grade": anchor.grade,
            "reference": reference.en,
            "says": says.en,
            "says_zh": says.zh,
            "low": low,
            "high": high,
            "agreement": agreement(anchor, one.scale, typical.low, typical.high) if typical and known else "",
        }


def _number(value: float | None) -> float:
    return np.nan if value is None else value
