"""Why an alternative helps or does not, in sentences made from the ledger."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sim.report.numbers import changed, measured, signed, span
from sim.spec.measures import MeasureSpec
from sim.vocab import UNFINISHED
from sim.words import words

captions = words("pictures")

texts = words("terminal")

WORTH = 0.5
"""Hours below which no part of the ledger is worth naming."""

_LETTERS = 40


def reasons(
    headlines: pd.DataFrame,
    ledger: pd.DataFrame,
    specs: Mapping[str, MeasureSpec],
    labels: Sequence[str],
    named: int = 2,
) -> list[str]:
    """Return one sentence about the best alternative, and for each what it saves and adds most.

    Parameters
    ----------
    headlines
        The rows of the headline measures; the first that is defined decides what is best.
    ledger
        Hours per case that counts, the first row as things are.
    specs
        What is known about measures.
    labels
        The alternatives to speak of.
    named
        How many parts a sentence names at most.
    """
    lead = headlines[headlines["measure"] == "lead_time_mean"].set_index("alternative")["verdict"]
    doubtful = set(lead.index[lead == "cannot be told from zero"])
    best = _best(headlines[headlines["alternative"].isin(labels)], specs)
    return [*best, *(_why(ledger, one, one in doubtful, named) for one in labels)]


def _best(headlines: pd.DataFrame, specs: Mapping[str, MeasureSpec]) -> list[str]:
    known = headlines[headlines["difference"].notna()]
    if known.empty:
        return []
    name = str(known["measure"].iloc[0])
    spec, rows = specs[name], known[known["measure"] == name]
    now = measured(float(rows["baseline"].iloc[0]), spec)
    better = rows[rows["verdict"] == "better"]
    if better.empty:
        return [captions.BEST_NONE.en.format(measure=spec.label.en, now=now)]
    best = better.sort_values("difference", ascending=spec.better != "higher", kind="stable").iloc[0]
    return [
        captions.BEST.en.format(
            measure=spec.label.en,
            label=_short(str(best["alternative"])),
            mean=measured(float(best["mean"]), spec),
            now=now,
            change=changed(float(best["difference"]), spec),
            span=span(float(best["ci_low"]), float(best["ci_high"]), spec),
        )
    ]


def _why(ledger: pd.DataFrame, label: str, doubtful: bool, named: int) -> str:
    hours: dict[Any, dict[Any, Any]] = ledger.to_dict("index")
    before, after = hours[ledger.index[0]], hours.get(label, {})
    moved = {part: float(after.get(part, math.nan)) - float(before[part]) for part in before}
    lead = sum(moved.values())
    if not math.isfinite(lead):
        return captions.WHY_UNKNOWN.en.format(label=_short(label))
    less = {part: moved[part] for part in sorted(moved, key=moved.__getitem__) if moved[part] <= -WORTH}
    saved = _named(less, named)
    added = _named(
        {part: moved[part] for part in sorted(moved, key=lambda one: -moved[one]) if moved[part] >= WORTH}, named
    )
    return captions.WHY.en.format(
        label=_short(label),
        lead=signed(lead),
        doubt=captions.WHY_DOUBT.en if doubtful else "",
        saved=_saved(saved, moved.get(UNFINISHED, 0.0) >= -sum(less.values()) / 2.0),
        added=captions.WHY_ADDED.en.format(parts=added) if added else captions.WHY_NOT_ADDED.en,
    )


def _saved(parts: str, left_undone: bool) -> str:
    """Say what is saved; hours that only fall away because cases are never finished are no savings."""
    if parts and left_undone:
        return captions.WHY_LEFT_UNDONE.en
    return captions.WHY_SAVED.en.format(parts=parts) if parts else captions.WHY_NOT_SAVED.en


def _named(moved: Mapping[str, float], most: int) -> str:
    return ", ".join(f"{texts.PARTS[part].en} {signed(hours)} h" for part, hours in list(moved.items())[:most])


def _short(label: str) -> str:
    return label if len(label) <= _LETTERS else f"{label[: _LETTERS - 1]}…"
