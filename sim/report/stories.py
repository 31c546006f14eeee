"""A case told in words: when it came, when it was due, how it went with and without, and what made the difference."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.report.shown import parts_called
from sim.scenario import Scenario
from sim.scenario.dates import date_from
from sim.scenario.outline import called
from sim.spec.base import text_of
from sim.study.explained import Explanation
from sim.study.stories import Stories
from sim.vocab import DAY, WEEK
from sim.words import Text, clauses, sentences, words
from sim.words.numbers import signed

texts = words("terminal")

_MOST = 6
"""Events named on either side of a story."""


def moment(hours: float, warmup: float = 0.0, starts_on: str | None = None) -> Text:
    """Return a time of the run as people say it: week (0 begins after the hours of the warm-up), day, date, clock."""
    if not math.isfinite(hours):
        never: Text = texts.NEVER
        return never
    week = math.floor((hours - warmup) / WEEK)
    rest = hours % WEEK
    day, hour = divmod(rest, DAY)
    minutes = math.floor(hour * 60)
    clock = f"{minutes // 60:02d}:{minutes % 60:02d}"
    date = date_from(starts_on, (hours - warmup) / WEEK)
    form = texts.MOMENT if date is None else texts.MOMENT_ON
    told: Text = form.format(week=week, day=texts.DAYS[int(day)], clock=clock, date=date)
    return told


def counts_told(found: Explanation | Stories) -> Text:
    """Say how many cases became on time, and late."""
    facts = {name: getattr(found, name) for name in ("replications", "gained", "lost", "counted")}
    told: Text = texts.CHANGED_SUMMARY.format(**facts)
    return told


def story_told(found: Explanation, row: pd.Series, label: Text | str) -> Text:
    """Return the story of one changed case, with what happened to it on one side only."""
    scenario, process = found.scenario, str(row["process"])
    name = text_of(scenario.processes[process].label, process)
    told = tell(row, name, label, scenario.window[0], scenario.starts_on, parts_called(scenario))
    more = extras(*found.events_of(row), label, scenario)
    return sentences([told, *more])


def tell(
    row: pd.Series,
    process: Text,
    label: Text | str,
    warmup: float = 0.0,
    starts_on: str | None = None,
    parts: Mapping[str, Text] | None = None,
) -> Text:
    """Return the story of one row of the changed cases, in the words people use for process, alternative and parts."""
    moved = f"{signed(float(row['part_hours']))} "
    facts: dict[str, Any] = {
        "case": int(row["case"]),
        "process": process,
        "replication": int(row["replication"]),
        "label": label,
        "arrival": moment(row["arrival"], warmup, starts_on),
        "target": moment(row["target"], warmup, starts_on),
        "before": moment(row["finish_before"], warmup, starts_on),
        "after": moment(row["finish_after"], warmup, starts_on),
        "verdict_before": _verdict(bool(row["on_time_before"])),
        "verdict_after": _verdict(bool(row["on_time_after"])),
        "part": part_called(str(row["part"]), parts),
        "hours": Text(moved, moved) + texts.UNITS["hours"],
    }
    story: Text = texts.STORY.format(**facts)
    return story


def part_called(part: str, parts: Mapping[str, Text] | None = None) -> Text:
    """Return what people call a part of the ledger, or a case that has none."""
    name: Text = (parts or texts.PARTS).get(part, texts.UNFINISHED)
    return name


def extras(before: pd.DataFrame, after: pd.DataFrame, label: Text | str, scenario: Scenario) -> list[Text]:
    """Return what happened to a case on one side only, as one sentence for each side on which something did.

    Parameters
    ----------
    before, after
        The event log of the case on both sides.
    label
        What people call the alternative.
    scenario
        Knows what people call a department.
    """
    left, right = _counts(before), _counts(after)
    said: list[Text] = []
    only_now, only_then = left.sub(right, fill_value=0), right.sub(left, fill_value=0)
    for counts, sentence in ((only_now, texts.EXTRA_NOW), (only_then, texts.EXTRA_THEN)):
        extra = counts[counts > 0].sort_values(ascending=False, kind="stable").head(_MOST)
        if not extra.empty:
            listed = zip(extra.index.to_frame().itertuples(index=False), extra, strict=True)
            events = [_event(str(kind), called(scenario, str(who)), int(often)) for (kind, who), often in listed]
            said.append(sentence.format(label=label, events=clauses(events)))
    return said


def _counts(events: pd.DataFrame) -> pd.Series:
    return events.groupby([events["kind"].astype(str), events["department"].astype(str)]).size()


def _event(kind: str, department: Text, often: int) -> Text:
    told: Text = texts.EVENT.format(kind=texts.KINDS.get(kind, kind), department=department)
    return texts.EVENT_OFTEN.format(event=told, count=often) if often > 1 else told


def _verdict(on_time: bool) -> Text:
    verdict: Text = texts.ON_TIME if on_time else texts.LATE
    return verdict
