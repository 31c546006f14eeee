"""A log made of rows: what cannot be read is left out and said, or refused where it is too much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from sim.eventlog.log import EventLog
from sim.eventlog.reading.asked import Asked
from sim.eventlog.reading.grouping import grouped
from sim.eventlog.reading.lifecycle import paired
from sim.eventlog.reading.limits import bearable
from sim.eventlog.reading.source import Source, filled
from sim.eventlog.reading.times import Times, day_comes_first, read_times, without_clock
from sim.spec.findings import Finding, ScenarioError, shortened
from sim.words import Text, words
from sim.workbook.refused import refused

texts = words("logread")

_NEARLY = 0.9
"""Share of events with one time for both that is said."""

_MANY_BACKWARDS = 0.2
"""Share of events that end before they begin from which on columns are taken to be mixed up."""

_SUMMER = 60.0
"""Minutes by which the clock of one place changes in a year."""

_NEEDED = ("case", "activity", "end")
_TIMES = ("end", "start", "due")


def built(source: Source, columns: Mapping[str, str], asked: Asked, name: str) -> EventLog:
    """Return the log of the rows of a file.

    Parameters
    ----------
    source
        The rows.
    columns
        The column of each part.
    asked
        Clock, groups, and what is not to be guessed.
    name
        What the log is called.
    """
    frame = source.load(list(columns.values()))
    frame.columns = list(columns)
    notes: list[Text] = []
    times = _times(source, columns, frame, asked, notes)
    events = pd.DataFrame({part: _plain(frame[part]) for part in frame if part not in _TIMES})
    for part, read in times.items():
        events[part] = read.values
    events["row"] = np.arange(len(events))
    events = _readable(source, columns, frame, events, times, notes)
    del frame
    events = _once(source, columns, events, notes)
    due, priority, state = _of_cases(events, times, notes)
    if "transition" in events:
        events = paired(events, notes)
    if "start" in events:
        events = _starts(source, events, notes)
    if asked.groups is not None:
        events = grouped(source.file, events, asked.groups, notes)
    utc = any(note in (texts.MANY_ZONES, texts.CLOCK_OF_UTC) for note in notes)
    zone = asked.zone or ("UTC" if utc else None)
    until = _until(source, asked.zone, events)
    kept = [part for part in ("case", "activity", "end", "start", "group", "resource") if part in events]
    log = EventLog.of(
        events[kept].reset_index(drop=True),
        name,
        zone=zone,
        due=due,
        priority=priority,
        state=state,
        until=until,
        notes=(*source.notes, *notes),
    )
    return log if asked.groups is None else replace(log, listed=Counter(asked.groups.values()))


def _until(source: Source, zone: str | None, events: pd.DataFrame) -> pd.Timestamp | None:
    """Return when the log was taken, where the file says it and nothing happened since."""
    said = read_times(pd.Series([source.about.get("until", "")]), zone=zone).values[0]
    return None if pd.isna(said) or said < events["end"].max() else said


def _plain(values: pd.Series) -> pd.Series:
    """Return texts as categories, without blanks around them; none where nothing is said."""
    held = values if isinstance(values.dtype, pd.CategoricalDtype) else values.astype(str).astype("category")
    has = filled(held)
    names = held.cat.categories.astype(str).str.strip()
    codes, distinct = pd.factorize(names)
    made = np.append(codes, -1)[held.cat.codes]
    categories = pd.Categorical.from_codes(np.where(has, made, -1), categories=pd.Index(distinct, dtype=object))
    return pd.Series(categories).cat.remove_unused_categories()


def _times(
    source: Source, columns: Mapping[str, str], frame: pd.DataFrame, asked: Asked, notes: list[Text]
) -> dict[str, Times]:
    """Return the columns of times, read alike."""
    parts = [part for part in _TIMES if part in frame]
    found = day_comes_first(frame[part] for part in parts)
    if found is None:
        found = day_comes_first(source.sample[one] for one in source.names if one not in columns.values())
    first = asked.day_first if asked.day_first is not None else found if found is not None else True
    read = {part: _read(frame[part], first, asked.zone) for part in parts}
    if asked.zone is None and _far_apart(read):
        read = {part: _read(frame[part], first, "UTC") for part in parts}
        notes.append(texts.MANY_ZONES)
    if "due" in read and without_clock(frame["due"]):
        read["due"].values += pd.Timedelta(days=1)
        notes.append(texts.DUE_DAYS)
    ambiguous = sum(one.ambiguous for one in read.values())
    if ambiguous and asked.day_first is None:
        text = texts.AMBIGUOUS if found is None else texts.DAY_FIRST if found else texts.MONTH_FIRST
        notes.append(text.format(count=ambiguous))
    for part in parts:
        if "serial" in read[part].kinds:
            notes.append(texts.SERIAL.format(column=shortened(columns[part])))
        if "epoch" in read[part].kinds:
            notes.append(texts.EPOCH.format(column=shortened(columns[part])))
    _say_zone(read["end"], asked.zone, notes)
    return read


def _read(values: pd.Series, day_first: bool, zone: str | None) -> Times:
    has = filled(values)
    read = read_times(values, day_first=day_first, zone=zone)
    read.bad &= has
    return read


def _far_apart(read: Mapping[str, Times]) -> bool:
    """Tell whether times are of zones that summer time does not explain."""
    said = [one.offsets for one in read.values() if one.offsets is not None]
    return bool(said) and max(high for _, high in said) - min(low for low, _ in said) > _SUMMER


def _say_zone(read: Times, zone: str | None, notes: list[Text]) -> None:
    rows = int(read.values.notna().sum())
    if not read.zoned:
        if zone is None:
            notes.append(texts.NO_ZONE_SAID)
    elif read.zoned < rows:
        notes.append(texts.MIXED_ZONES.format(count=read.zoned, rows=rows))
    elif zone is None:
        notes.append(texts.CLOCK_AS_WRITTEN if read.local else texts.CLOCK_OF_UTC)


def _readable(
    source: Source,
    columns: Mapping[str, str],
    frame: pd.DataFrame,
    events: pd.DataFrame,
    times: Mapping[str, Times],
    notes: list[Text],
) -> pd.DataFrame:
    """Leave out the few rows that say no case, activity or time; refuse a file with many."""
    if not len(events):
        raise refused(source.file, texts.NO_EVENTS)
    began_only = events["end"].isna() & ~times["end"].bad
    unfinished = np.zeros(len(events), dtype=bool)
    if "start" in events:
        unfinished = (began_only & events["start"].notna()).to_numpy()
    wrong = [(events[part].isna().to_numpy() & ~unfinished, part) for part in _NEEDED]
    bad = np.logical_or.reduce([one for one, _ in wrong])
    count = int(bad.sum())
    if count:
        finding = _first_of(source, columns, frame, bad, wrong)
        if count > bearable(len(events)):
            raise ScenarioError([Finding(texts.MANY_ROWS.format(count=count, rows=len(events), first=finding.text),
                                         file=finding.file, line=finding.line)])  # fmt: skip
        notes.append(texts.ROWS_LEFT_OUT.format(count=count, first=finding.as_text))
    if unfinished.any():
        notes.append(texts.UNFINISHED.format(count=int(unfinished.sum())))
    if (bad | unfinished).all():
        raise refused(source.file, texts.NO_EVENTS)
    if "start" in times and (strange := int(times["start"].bad.sum())):
        notes.append(texts.BAD_STARTS.format(count=strange))
    return events[~(bad | unfinished)]


def _first_of(source: Source, columns: Mapping[str, str], frame: pd.DataFrame, bad: Any, wrong: Any) -> Finding:
    row = int(np.flatnonzero(bad)[0])
    part = next(one for where, one in wrong if where[row])
    facts = {
        "column": shortened(columns[part]),
        "part": texts.PARTS[part],
        "found": shortened(str(frame[part].iloc[row])),
    }
    text = texts.NO_TIME if part == "end" and filled(frame[part].iloc[[row]])[0] else texts.NOTHING_SAID
    return Finding(text.format(**facts), file=source.file, line=source.place(row, columns[part]))


def _once(source: Source, columns: Mapping[str, str], events: pd.DataFrame, notes: list[Text]) -> pd.DataFrame:
    """Leave out rows that stand there twice, with all that they say."""
    parts = [one for one in events if one != "row"]
    again = events.duplicated(parts).to_numpy()
    if not again.any():
        return events
    others = [one for one in source.names if one not in columns.values()]
    if others:
        alike = events[events.duplicated(parts, keep=False)]
        whole = source.load(others, alike["row"].tolist())
        keys = pd.DataFrame({part: alike[part].to_numpy() for part in parts})
        for place, one in enumerate(others):
            keys[place] = whole[one].astype(str).to_numpy()
        again = events["row"].isin(alike["row"].to_numpy()[keys.duplicated().to_numpy()]).to_numpy()
    if again.any():
        notes.append(texts.TWICE.format(count=int(again.sum())))
    return events[~again]


def _of_cases(events: pd.DataFrame, times: Mapping[str, Times], notes: list[Text]) -> list[Any]:
    """Return due dates, priorities and states by case: the first that a row says."""
    found: list[Any] = []
    for part in ("due", "priority", "state"):
        found.append(None)
        if part in events:
            said = events[events[part].notna()].drop_duplicates("case")
            if len(said):
                values = said[part] if part == "due" else said[part].astype(object)
                found[-1] = pd.Series(values.to_numpy(), index=said["case"].astype(str).to_numpy())
    if "due" in times and (count := int(times["due"].bad.sum())):
        notes.append(texts.BAD_DUE.format(count=count))
    return found


def _starts(source: Source, events: pd.DataFrame, notes: list[Text]) -> pd.DataFrame:
    """Take starts for what they are: none where they are the ends again, none where they lie behind them."""
    known = events["start"].notna()
    backwards = (known & (events["start"] > events["end"])).to_numpy()
    count = int(backwards.sum())
    if count:
        if count > _MANY_BACKWARDS * known.sum():
            raise refused(source.file, texts.BACKWARDS.format(count=count, rows=int(known.sum())))
        notes.append(texts.SOME_BACKWARDS.format(count=count))
        events = events.assign(start=events["start"].mask(backwards))
        known &= ~backwards
    same = int((events["start"] == events["end"]).sum())
    if same and same == known.sum():
        notes.append(texts.NO_STARTS)
        return events.drop(columns="start")
    if same > _NEARLY * known.sum():
        notes.append(texts.NEARLY_NO_STARTS.format(count=same, rows=int(known.sum())))
    return events
