"""What each picture finds, in one line to stand above it: of hours, weeks, trust, departments and steps.

Where a picture has nothing of its own to say, the finding of the whole comparison stands above it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from sim.report.dealings import start_and_end
from sim.report.material import Material
from sim.report.processpanels import Panel, worst_places
from sim.report.reasons import best_of, moved_by
from sim.study import verdicts
from sim.words import words
from sim.words.numbers import digits, percentage, signed

_TEXTS = words("titles")

LAST_WEEKS = 10
"""Weeks at the end over which something is told that happened in the course of time."""

_MOVED = 0.05
"""A relation has grown stronger or weaker where trust moved at least so much."""

_LEAST = 0.01
"""Trust that moves by less has not moved."""


def ledger_title(found: Material) -> str:
    """Return what the best alternative saves in a case and where most of that is, or where hours go as things are."""
    best = best_of(found.headlines, found.specs)
    now = _hours(found, found.now)
    if best is None or not now:
        return found.finding()
    moved = moved_by(found.ledger, best.leading, worth=found.worth)
    certain = _verdict(found, best.leading, "lead_time_mean") in (verdicts.BETTER, verdicts.BUT)
    if certain and moved.saved and not moved.left_undone:
        part, hours = moved.saved[0]
        facts = {"lead": digits(-moved.lead), "part": _part(found, part), "hours": signed(hours)}
        return found.say(_TEXTS.LEDGER_SAVES, label=found.labels[best.leading], **facts)
    part = max(now, key=now.__getitem__)
    return found.say(
        _TEXTS.LEDGER_NOW, part=_part(found, part), hours=digits(now[part]), total=digits(sum(now.values()))
    )


def timeline_title(found: Material) -> str:
    """Return where the best alternative ends up in the last weeks that count, beside now."""
    best = best_of(found.headlines, found.specs)
    if best is None or best.measure != "on_time_target" or "series" not in found.timeline:
        return found.finding()
    now, then = (_last(found, name, best.measure) for name in (found.now, best.leading))
    if not best.sure or not math.isfinite(now + then):
        return found.finding()
    facts = {"now": percentage(now), "then": percentage(then), "weeks": LAST_WEEKS}
    return found.say(_TEXTS.TIMELINE, label=found.labels[best.leading], **facts)


def trust_title(found: Material) -> str:
    """Return what becomes of trust as things are, and with the alternative that moves it most."""
    ends = {name: start_and_end(found, name)[1] for name in found.labels}
    now = ends.pop(found.now)
    known = {name: end for name, end in ends.items() if math.isfinite(end)}
    if not math.isfinite(now) or not known:
        return found.finding()
    most = max(known, key=lambda name: abs(known[name] - now))
    said = percentage(now)
    if abs(known[most] - now) < _LEAST:
        return found.say(_TEXTS.TRUST_SAME, now=said)
    return found.say(_TEXTS.TRUST, now=said, label=found.labels[most], end=percentage(known[most]))


def network_title(found: Material, ties: pd.DataFrame, busy: pd.Series) -> str:
    """Return who is busiest, and which alternative makes most relations stronger or weaker.

    Parameters
    ----------
    found
        What is drawn.
    ties
        Trust of every two departments, a column for each alternative.
    busy
        How busy everybody is, by alternative and department.
    """
    loads = {name: float(busy.get((found.now, name), math.nan)) for name in found.departments}
    known = {name: load for name, load in loads.items() if math.isfinite(load)}
    if not known:
        return found.finding()
    busiest = max(known, key=known.__getitem__)
    facts: dict[str, Any] = {"department": found.departments[busiest], "load": percentage(known[busiest])}
    moved = {
        name: ((ties[name] - ties[found.now]).dropna() if {name, found.now} <= set(ties.columns) else pd.Series())
        for name in found.alternatives
    }
    counts = {name: ((one >= _MOVED).sum(), (one <= -_MOVED).sum()) for name, one in moved.items()}
    most = max(counts, key=lambda name: max(counts[name]), default=None)
    if most is None or not max(counts[most]):
        return found.say(_TEXTS.NETWORK_STILL, **facts)
    up, down = counts[most]
    text = _TEXTS.NETWORK_STRONGER if up >= down else _TEXTS.NETWORK_WEAKER
    facts |= {"label": found.labels[most], "count": int(max(up, down)), "all": len(ties)}
    return found.say(text, **facts)


def process_title(found: Material, panels: Sequence[Panel]) -> str:
    """Return at which step most hours are lost, and what the best alternative does there."""
    ranks = worst_places(panels, found.sheet.rates)
    best = best_of(found.headlines, found.specs)
    if not ranks or best is None:
        return found.finding()
    process, step = min(ranks, key=ranks.__getitem__)
    where = {"step": found.sheet.steps[process][step], "process": found.sheet.titles[process]}
    moved = next(panel for panel in panels if panel.name == process).changes.get(best.leading, {}).get(step, math.nan)
    if not math.isfinite(moved) or abs(moved) < found.worth:
        return found.say(_TEXTS.PROCESS_NOW, **where)
    text = _TEXTS.PROCESS_SAVES if moved < 0.0 else _TEXTS.PROCESS_ADDS
    return found.say(text, label=found.labels[best.leading], hours=digits(abs(moved)), **where)


def _hours(found: Material, name: str) -> dict[str, float]:
    rows: dict[Any, dict[Any, Any]] = found.ledger.to_dict("index")
    hours = {str(part): float(value) for part, value in rows.get(name, {}).items()}
    return hours if hours and math.isfinite(sum(hours.values())) else {}


def _part(found: Material, part: str) -> str:
    return found.parts[part].get(found.lang)


def _verdict(found: Material, name: str, measure: str) -> str:
    rows = found.headlines[(found.headlines["alternative"] == name) & (found.headlines["measure"] == measure)]
    return str(rows["verdict"].iloc[0]) if len(rows) else ""


def _last(found: Material, name: str, series: str) -> float:
    """Return the mean of a series over the last weeks that count."""
    weeks = found.timeline
    mine = weeks[(weeks["alternative"] == name) & (weeks["series"] == series)].sort_values("week")["mean"]
    return float(mine.dropna().iloc[-LAST_WEEKS:].mean()) if mine.notna().any() else math.nan
