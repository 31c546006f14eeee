"""What a dose-response curve finds, in a sentence: from where on more of something does harm, or what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from sim.experiments.axes import Value
from sim.experiments.cells import by_cell, levels_of
from sim.experiments.curves import Curve
from sim.report.experiments.reading import Reading
from sim.study.statistics import ALPHA, paired_difference
from sim.words import clauses, phrases, words

texts = words("effects")

LEVELS = 3
"""Levels from which on a factor has a curve."""


def curved(found: Reading) -> list[str]:
    """Return the factors that have a curve: those that stand at three numbers or more.

    Where something is introduced at several doses, the question is about that, and conditions are its lines.
    """
    names = [
        name
        for name, told in found.factors.items()
        if told.numeric and not found.spread and len(levels_of(found.points, name)) >= LEVELS
    ]
    return [name for name in names if found.factors[name].tried] or names


def curves_title(found: Reading, curves: Sequence[Curve]) -> str:
    """Return where one of some curves turns, or what it finds."""
    return curve_sentence(found, told_of(found, curves), several=len(curves) > 1)


def turned(found: Reading, curves: Sequence[Curve]) -> list[Curve]:
    """Return the curves of something that is introduced along which more of it does harm."""
    return [one for one in curves if one.turn.harms_from is not None and found.factors[one.factor].tried]


def told_of(found: Reading, curves: Sequence[Curve]) -> Curve:
    """Return the curve that stands for several: one that turns if any does, and of these where things are usually."""
    several = turned(found, curves) or list(curves)
    other = other_of(found, several[0].factor)
    usual = found.factors[other].levels[:1] if other is not None else ()
    return next((one for one in several if one.at in usual), several[0])


def curve_sentence(found: Reading, curve: Curve, several: bool = False) -> str:
    """Return from where on more of a factor does harm, or what its last level does against the first."""
    factor, measure = curve.factor, curve.measure
    facts: dict[str, Any] = {"factor": found.factors[factor].label, "measure": found.specs[measure].label}
    facts["where"] = _where(found, curve) if several else ""
    harms = curve.turn.harms_from if found.factors[factor].tried else None
    if harms is not None:
        best = best_below(curve, found.specs[measure].better)
        ends = {"best": found.leveled(factor, best), "worse": found.level(factor, harms)}
        return found.say(texts.TURNS, told=_apart(found, curve, best, harms), **ends, **facts)
    row = _furthest(curve)
    if row is None:
        return found.say(texts.LEVEL_CURVE, **facts)
    mean, low, high = (float(row[name]) for name in ("difference", "difference_low", "difference_high"))
    told = found.within(mean, low, high, measure)
    ends = {"low": found.level(factor, reference_of(curve)), "high": found.leveled(factor, row["level"])}
    return found.say(texts.RISES, told=told, **ends, **facts)


def dose_sentence(found: Reading, curve: Curve) -> str:
    """Return from where on a dose helps, above where nothing more is gained, and from where on it does harm."""
    factor, turn = curve.factor, curve.turn
    reference = found.level(factor, reference_of(curve))
    more = _more(found, curve)
    said = []
    if turn.helps_from is not None:
        said.append(texts.HELPS_FROM.format(level=found.level(factor, turn.helps_from), reference=reference))
    elif more and turn.enough == reference_of(curve):
        said.append(texts.HELPS_NOT_BUT.format(reference=reference, told=more))
        more = ""
    else:
        said.append(texts.HELPS_NOT.format(reference=reference))
    if more:
        said.append(texts.ENOUGH.format(level=found.level(factor, turn.enough), told=more))
    if turn.harms_from is not None:
        best = best_below(curve, found.specs[curve.measure].better)
        ends = {"level": found.level(factor, turn.harms_from), "best": found.level(factor, best)}
        said.append(texts.HARMS_FROM.format(told=_apart(found, curve, best, turn.harms_from), **ends))
    facts = {"measure": found.specs[curve.measure].label, "factor": found.factors[factor].label}
    return found.say(texts.DOSE_LINE, where=_where(found, curve), said=clauses(said), **facts)


def _more(found: Reading, curve: Curve) -> str:
    """Write what the best level above that which is enough would change; empty where there is none above."""
    turn, better = curve.turn, found.specs[curve.measure].better
    if turn.more is None or turn.enough is None:
        return ""
    sign = 1.0 if better == "higher" else -1.0
    low, high = sorted((sign * turn.more.low, sign * turn.more.high))
    return found.within(sign * turn.more.mean, low, high, curve.measure)


def _apart(found: Reading, curve: Curve, best: Value, worse: Value) -> str:
    """Write by how much a level is worse than another, with its interval."""
    other = other_of(found, curve.factor)
    points = found.of(curve.scenario).points
    points = points if other is None else points[points[other] == curve.at]
    table = by_cell(points, found.runs, (curve.factor,), curve.measure)
    change = paired_difference(table[best], table[worse]).difference
    low, high = sorted((abs(change.low), abs(change.high)))
    return found.sized(abs(change.mean), low, high, curve.measure)


def _where(found: Reading, curve: Curve) -> str:
    """Return in which organization of several, and at which level of the other factor, a curve is, in brackets."""
    other = other_of(found, curve.factor)
    places = [found.scenarios[curve.scenario]] if len(found.scenarios) > 1 else []
    places += [] if other is None else [found.leveled(other, curve.at)]
    return found.say(texts.WHERE, line=phrases(places)) if places else ""


def other_of(found: Reading, factor: str) -> str | None:
    """Return the factor at each level of which there is a curve: the other one, where two are varied."""
    moving = [name for name in found.factors if len(levels_of(found.points, name)) > 1]
    return next(name for name in moving if name != factor) if len(moving) == 2 and factor in moving else None


def best_below(curve: Curve, better: str) -> Value:
    """Return the level with the best mean below that from which on more does harm."""
    levels = list(curve.table["level"])
    below = curve.table.iloc[: levels.index(curve.turn.harms_from)]
    means = below["mean"].to_numpy(dtype=float)
    best: Value = below["level"].iloc[int(means.argmax() if better == "higher" else means.argmin())]
    return best


def reference_of(curve: Curve) -> Value:
    """Return the level that the others are compared with."""
    still = curve.table[curve.table["difference"] == 0.0]
    found: Value = (still if len(still) else curve.table)["level"].iloc[0]
    return found


def _furthest(curve: Curve) -> pd.Series | None:
    """Return the row of the level that changes most beyond doubt, p-values times their number (Bonferroni)."""
    others = curve.table[curve.table["difference"] != 0.0]
    sure = others[others["p"] * max(len(others), 1) < ALPHA]
    return None if sure.empty else sure.iloc[int(sure["difference"].abs().to_numpy().argmax())]
