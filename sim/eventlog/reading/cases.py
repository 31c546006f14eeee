"""A second table with one row a case: when it is due, and how urgent it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from sim.eventlog.log import EventLog
from sim.eventlog.reading.asked import Asked
from sim.eventlog.reading.columns import by_name, named
from sim.eventlog.reading.source import Source, filled
from sim.eventlog.reading.times import day_comes_first, read_times, without_clock
from sim.eventlog.states import folded
from sim.spec.findings import listed, shortened
from sim.words import Text, phrases, words
from sim.workbook.refused import refused

texts = words("logread")

PARTS = ("due", "priority", "state")
"""What is said of cases."""

_KNOWN = 0.5
"""Share of its values that have to be cases of the log, so that a column is taken for theirs."""


def with_cases(log: EventLog, source: Source, asked: Asked) -> EventLog:
    """Return a log with what a second table says of its cases.

    Parameters
    ----------
    log
        The log.
    source
        The rows of that table.
    asked
        Its columns that are named, for ``due`` and ``priority``; the clock.

    Raises
    ------
    ScenarioError
        Where no column has the cases of the log, or none says anything of them.
    """
    case = _case_column(log, source)
    columns = {part: named(source, part, asked.columns[part]) for part in PARTS if part in asked.columns}
    for part in PARTS:
        free = [one for one in source.names if one not in (case, *columns.values())]
        found = None if part in columns else by_name(source.sample, part, free)
        if found is not None:
            columns[part] = found
    if not columns:
        raise refused(source.file, texts.NOTHING_OF_CASES.format(columns=_names(source)))
    frame = source.load([case, *columns.values()])
    rows = pd.Series(np.arange(len(frame)), index=frame[case].astype(str).str.strip())
    place = rows[~rows.index.duplicated()].reindex(log.cases["case"]).to_numpy()
    there = ~np.isnan(place)
    at = place[there].astype(int)
    notes = [
        *source.notes,
        _said(source, case, columns),
        texts.CASES_KNOWN.format(known=int(there.sum()), cases=len(log.cases)),
    ]
    cases, known = log.cases.copy(), set(log.known)
    for part, column in columns.items():
        values = frame[column].iloc[at]
        if part == "due":
            cases.loc[there, part] = _hours(log, values, asked, notes)
        else:
            classes = np.full(len(cases), None, dtype=object)
            classes[there] = np.where(filled(values), values.astype(str).str.strip(), None)
            cases[part] = pd.Categorical(classes)
        if part != "state" and cases[part].notna().any():
            known.add(part)
    return replace(log, cases=cases, known=frozenset(known), notes=(*log.notes, *notes))


def _case_column(log: EventLog, source: Source) -> str:
    """Return the column that has most cases of the log."""
    sample = source.sample
    if sample.empty:
        raise refused(source.file, texts.NO_ROWS_OF_CASES)
    known = set(log.cases["case"].astype(str))
    shares = {name: sample[name].astype(str).str.strip().isin(known).mean() for name in source.names}
    best = max(shares, key=lambda name: (shares[name], folded(name) == "caseid"))
    if shares[best] < _KNOWN:
        raise refused(source.file, texts.OTHER_CASES.format(columns=_names(source)))
    return best


def _names(source: Source) -> Text:
    return listed([shortened(one, 40) for one in source.names], 20)


def _said(source: Source, case: str, columns: dict[str, str]) -> Text:
    taken = [
        texts.TAKEN.format(part=texts.PARTS[part], column=shortened(name))
        for part, name in {"case": case, **columns}.items()
    ]
    return texts.CASES_FROM.format(file=source.file, columns=phrases(taken))


def _hours(log: EventLog, values: pd.Series, asked: Asked, notes: list[Text]) -> Any:
    """Return dates on the clock of the log, in its hours."""
    first = asked.day_first if asked.day_first is not None else day_comes_first([values])
    read = read_times(values, day_first=first is not False, zone=asked.zone)
    times = read.values + pd.Timedelta(days=1) if without_clock(values) else read.values
    if without_clock(values):
        notes.append(texts.DUE_DAYS)
    if strange := int((read.bad & filled(values)).sum()):
        notes.append(texts.BAD_DUE.format(count=strange))
    return ((times - pd.Timestamp(log.origin)) / pd.Timedelta(hours=1)).to_numpy(dtype=np.float64)
