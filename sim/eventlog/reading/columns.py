"""Which column of a table is what: by what is asked, by what columns are called, and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from sim.eventlog.reading.known import NAMES, PARTS
from sim.eventlog.reading.source import Source, filled
from sim.eventlog.reading.times import read_times
from sim.eventlog.states import folded, is_state
from sim.spec.findings import listed, shortened
from sim.spec.nearest import did_you_mean
from sim.words import Text, phrases, sentences, series, words
from sim.workbook.refused import refused

texts = words("logread")

_TIMES = ("end", "start")
_ARE_TIMES = 0.8
"""Share of what a column holds that must be times, where its name says so."""
_SURELY = 0.98
"""The same where nothing but what it holds says so."""
_CHANGE = 0.05
"""Share of cases with several rows in which a column of events changes."""
_SOME_DATE = re.compile(r"\d[^\d]+\d|\d{8}")
"""What there is of a date in every notation of one."""
MOST_NAMED = 12
"""Columns that are not used and yet named; the others are counted."""
_NEEDED = ("case", "activity", "end")


def columns_of(source: Source, asked: Mapping[str, str]) -> dict[str, str]:
    """Return the column of each part that there is.

    Parameters
    ----------
    source
        The rows.
    asked
        Columns that are named, by part.
    """
    found = {part: named(source, part, name) for part, name in asked.items()}
    _check_once(source, found)
    sample = source.sample
    if sample.empty:
        raise refused(source.file, texts.NO_EVENTS)
    for part in PARTS:
        if part not in found:
            free = [one for one in source.names if one not in found.values()]
            if part in ("end", "start") and "case" in found:
                free = _changing(sample, found["case"], free) or (free if part == "end" else [])
            elif part == "activity" and "case" in found:  # what never changes in a case is what became of it
                changing = _changing(sample, found["case"], free)
                free = changing if by_name(sample, part, changing) is not None else free
            elif part == "state":
                free = _of_cases(sample, found["case"], free) if "case" in found else []
            name = by_name(sample, part, free)
            if name is not None:
                found[part] = name
    if "start" in found and "end" not in found and "end" not in asked:
        found["end"] = found.pop("start")
    _by_content(source, sample, found)
    if "end" not in found:
        ends = [one for one in source.names if folded(one) in NAMES["end"] and one not in found.values()]
        found |= {"end": ends[0]} if ends else {}
    missing = [part for part in _NEEDED if part not in found]
    if missing:
        part = missing[0]
        facts = {"part": texts.PARTS[part], "option": f"--{part}", "columns": listed(_short(source), 20)}
        raise refused(source.file, texts.NO_COLUMN.format(**facts))
    return found


def said(source: Source, columns: Mapping[str, str], asked: Mapping[str, str]) -> Text:
    """Return which column was taken for what, and which were not used."""
    taken = [
        texts.TAKEN_AS_ASKED.format(part=texts.PARTS[part], column=shortened(name))
        if part in asked
        else texts.TAKEN.format(part=texts.PARTS[part], column=shortened(name))
        for part, name in ((part, columns[part]) for part in PARTS if part in columns)
    ]
    others = [texts.NAMED.format(column=shortened(one, 40)) for one in source.names if one not in columns.values()]
    used: Text = texts.COLUMNS.format(columns=phrases(taken))
    if not others:
        return used
    return sentences((used, texts.UNUSED.format(count=len(others), names=series(others, MOST_NAMED))))


def _short(source: Source) -> list[str]:
    return [shortened(one, 40) for one in source.names]


def named(source: Source, part: str, name: str) -> str:
    """Return the column that is named for a part; however it is written, where only one can be meant."""
    if name in source.names:
        return name
    alike = [one for one in source.names if folded(one) == folded(name)]
    if len(alike) == 1:
        return alike[0]
    facts = {"option": f"--{part}", "found": shortened(name), "columns": listed(_short(source), 20)}
    raise refused(source.file, texts.NO_SUCH_COLUMN.format(hint=did_you_mean(name, source.names), **facts))


def _check_once(source: Source, found: Mapping[str, str]) -> None:
    for part, name in found.items():
        other = next((one for one, column in found.items() if column == name and one != part), None)
        if other is not None:
            facts = {"column": shortened(name), "one": f"--{part}", "other": f"--{other}"}
            raise refused(source.file, texts.COLUMN_TWICE.format(**facts))


def by_name(sample: pd.DataFrame, part: str, free: list[str]) -> str | None:
    """Return the column that is called what a part is often called, and holds such things."""
    known = NAMES[part]
    called = sorted((known[folded(name)], place, name) for place, name in enumerate(free) if folded(name) in known)
    for _, _, name in called:
        values = sample[name]
        has = filled(values)
        if part == "end" and not _timelike(values, _ARE_TIMES):
            continue
        if part in ("start", "due") and has.any() and not _timelike(values, _ARE_TIMES):
            continue
        if part in ("start", "group", "resource", "due", "priority") and len(sample) and not has.any():
            continue
        if part == "state" and not is_state(values[has]):
            continue
        return name
    return None


def _changing(sample: pd.DataFrame, case: str, free: list[str]) -> list[str]:
    """Return columns that are not of the case as a whole: the same in all of its rows."""
    rows = sample.groupby(case, observed=True)[free].agg("nunique")
    several = sample[case].value_counts().reindex(rows.index).to_numpy() > 1
    if not several.any():
        return free
    return [one for one in free if (rows[one].to_numpy()[several] > 1).mean() > _CHANGE]


def _of_cases(sample: pd.DataFrame, case: str, free: list[str]) -> list[str]:
    """Return columns of the case as a whole: never another in one of its rows than in the others."""
    rows = sample.groupby(case, observed=True)[free].agg("nunique")
    return [one for one in free if (rows[one] <= 1).all()]


def _timelike(values: pd.Series, share: float) -> bool:
    has = filled(values)
    if not has.any() or (share == _SURELY and not _SOME_DATE.search(str(values[has].iloc[0]))):
        return False
    read = read_times(values[has])
    return bool(read.values.notna().mean() >= share)


def _by_content(source: Source, sample: pd.DataFrame, found: dict[str, str]) -> None:
    """Find what no name tells: a column of times, one that repeats over rows, and one with what happens again."""
    free = [one for one in source.names if one not in found.values()]
    if "end" not in found:
        times = list(_times(sample, free))
        if times:
            found["end"] = times[-1]
            if len(times) == 2 and "start" not in found:
                first, last = (read_times(sample[one]).values for one in times)
                swapped = bool((first > last).mean() > 0.5)
                found["start"], found["end"] = (times[1], times[0]) if swapped else (times[0], times[1])
    free = [one for one in free if one not in found.values() and not _timelike(sample[one], _SURELY)]
    distinct = {one: sample[one].nunique() for one in free if filled(sample[one]).mean() > 0.9}
    rows = len(sample)
    if "case" not in found:
        repeats = {one: many for one, many in distinct.items() if 1 < many <= rows * 0.7}
        if repeats:
            found["case"] = max(repeats, key=lambda one: repeats[one])
    if "activity" not in found and "case" in found:
        again = {one: many for one, many in distinct.items() if one != found["case"] and 1 < many <= rows * 0.5}
        if again:
            changes = {one: sample.groupby(found["case"])[one].nunique().mean() for one in again}
            found["activity"] = max(changes, key=lambda one: changes[one])


def _times(sample: pd.DataFrame, free: list[str]) -> Iterator[str]:
    for name in free:
        values = sample[name]
        numbers = values.astype(str).str.fullmatch(r"[\d.,]*").mean() > 0.5
        if not numbers and _timelike(values, _SURELY) and values.nunique() > 1:
            yield name
