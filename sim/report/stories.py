"""A case told in words: when it came, when it was due, how it went with and without, and what made the difference."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from sim.report.numbers import signed
from sim.scenario.outline import called
from sim.spec.base import text_of
from sim.study.explained import Explanation
from sim.vocab import DAY, WEEK
from sim.words import Text, words

texts = words("terminal")

_MOST = 6
"""Events named on either side of a story."""


def moment(hours: float, lang: str, warmup: float = 0.0) -> str:
    """Return a time of the run as people say it: week (0 begins after the hours of the warm-up), day, clock."""
    if not math.isfinite(hours):
        return texts.NEVER.get(lang)
    week = math.floor((hours - warmup) / WEEK)
    rest = hours % WEEK
    day, hour = divmod(rest, DAY)
    minutes = math.floor(hour * 60)
    clock = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return texts.MOMENT.format(week=week, day=texts.DAYS[int(day)], clock=clock).get(lang)


def story_of(found: Explanation, row: pd.Series, label: str, lang: str) -> str:
    """Return the story of one changed case, with what happened to it on one side only."""
    scenario, process = found.scenario, str(row["process"])
    name = text_of(scenario.processes[process].label, process).get(lang)
    told = tell(row, name, label, lang, scenario.window[0])
    more = extras(*found.events_of(row), label, partial(called, scenario, lang=lang), lang)
    return (" " if lang == "en" else "").join([told, *more])


def tell(row: pd.Series, process: str, label: str, lang: str, warmup: float = 0.0) -> str:
    """Return the story of one row of the changed cases, in the words people use for process and alternative."""
    words: dict[str, Any] = {
        "case": int(row["case"]),
        "process": process,
        "replication": int(row["replication"]),
        "label": label,
        "arrival": moment(row["arrival"], lang, warmup),
        "target": moment(row["target"], lang, warmup),
        "before": moment(row["finish_before"], lang, warmup),
        "after": moment(row["finish_after"], lang, warmup),
        "verdict_before": _verdict(bool(row["on_time_before"]), lang),
        "verdict_after": _verdict(bool(row["on_time_after"]), lang),
        "part": part_called(str(row["part"]), lang),
        "hours": f"{signed(float(row['part_hours']))} {texts.UNITS['hours'].get(lang)}",
    }
    return texts.STORY.format(**words).get(lang)


def part_called(part: str, lang: str) -> str:
    """Return what people call a part of the ledger, or a case that has none."""
    return texts.PARTS.get(part, texts.UNFINISHED).get(lang)


def extras(before: pd.DataFrame, after: pd.DataFrame, label: str, called: Callable[[str], str], lang: str) -> list[str]:
    """Return what happened to a case on one side only, as one sentence for each side on which something did.

    Parameters
    ----------
    before, after
        The event log of the case on both sides.
    label
        What people call the alternative.
    called
        Says what people call a department.
    lang
        Language.
    """
    left, right = _counts(before), _counts(after)
    sentences = []
    only_now, only_then = left.sub(right, fill_value=0), right.sub(left, fill_value=0)
    for counts, sentence in ((only_now, texts.EXTRA_NOW), (only_then, texts.EXTRA_THEN)):
        extra = counts[counts > 0].sort_values(ascending=False, kind="stable").head(_MOST)
        if not extra.empty:
            listed = zip(extra.index.to_frame().itertuples(index=False), extra, strict=True)
            events = [_event(str(kind), called(str(who)), int(often)) for (kind, who), often in listed]
            told = texts.BETWEEN_EVENTS.get(lang).join(event.get(lang) for event in events)
            sentences.append(sentence.format(label=label, events=told).get(lang))
    return sentences


def _counts(events: pd.DataFrame) -> pd.Series:
    return events.groupby([events["kind"].astype(str), events["department"].astype(str)]).size()


def _event(kind: str, department: str, often: int) -> Text:
    told = texts.EVENT.format(kind=texts.KINDS.get(kind, kind), department=department)
    return told + f" ×{often}" if often > 1 else told


def _verdict(on_time: bool, lang: str) -> str:
    return (texts.ON_TIME if on_time else texts.LATE).get(lang)
