"""The figures that are compared before and after: counted in the same way of a log and of a run."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd

from sim.eventlog.counted import case_table
from sim.eventlog.log import EventLog
from sim.eventlog.simulated import simulated
from sim.ownmeasures import Measure
from sim.results import RunResult
from sim.words import Text, words

texts = words("beforeafter")

Scale = Literal["points", "percent"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of cases: the mean of a column.

    Attributes
    ----------
    name
        What it is called.
    column
        The column of the table of cases.
    unit
        In which it is told.
    better
        Which direction is an improvement.
    """

    name: str
    column: str
    unit: str
    better: Literal["higher", "lower"]

    @property
    def label(self) -> Text:
        """What people call it."""
        return texts.FIGURES[self.name]

    @property
    def scale(self) -> Scale:
        """On which scale its changes are told."""
        return "points" if self.unit == "share" else "percent"

    def of(self, table: pd.DataFrame) -> pd.Series:
        """Return its value for each case; NaN where it is unknown."""
        found = table[self.column]
        if self.name == "on_time":
            found = 1.0 - found.astype("Float64")
        return found.astype("Float64").astype(float)


FIGURES: Mapping[str, Figure] = {
    one.name: one
    for one in (
        Figure("handoffs", "handoffs", "per case", "lower"),
        Figure("ping_pong", "ping_pong", "per case", "lower"),
        Figure("returns", "returns", "per case", "lower"),
        Figure("boundary", "boundary_hours", "hours", "lower"),
        Figure("cycle", "cycle_hours", "hours", "lower"),
        Figure("on_time", "late", "share", "higher"),
    )
}
"""All figures, by name, in the order in which they are told."""


OF_GROUPS = ("handoffs", "ping_pong", "returns", "boundary")
"""Those that a log without groups does not know."""


def measure_of(figure: Figure, starts: bool) -> Measure:
    """Return the measure of runs that is counted as the figure is of a log.

    Parameters
    ----------
    figure
        Which.
    starts
        Whether the log knows when work began.
    """
    name = f"log_{figure.name}" if starts else f"log_{figure.name}_by_ends"
    label = {"en": figure.label.en, "zh": figure.label.zh}
    meaning = {"en": texts.MEANINGS[figure.name].en, "zh": texts.MEANINGS[figure.name].zh}
    unit = {"en": texts.PER_CASE.en, "zh": texts.PER_CASE.zh} if figure.unit == "per case" else figure.unit
    counted = partial(counted_of, name=figure.name, starts=starts)
    return Measure(name, counted, unit, figure.better, label=label, meaning=meaning, events=True)


def counted_of(result: RunResult, name: str, starts: bool) -> float:
    """Return a figure of one replication: of the cases that arrived while it counted and were finished."""
    return _figures(result, starts)[name]


def cases_of(log: EventLog, open_cases: object = None) -> pd.DataFrame:
    """Return the table of cases of a log."""
    return case_table(log, open_cases)


def without_starts(log: EventLog) -> EventLog:
    """Return a log that does not know when work began."""
    return replace(log, events=log.events.assign(start=np.nan), known=log.known - {"start"})


_seen: weakref.WeakKeyDictionary[RunResult, dict[bool, dict[str, float]]] = weakref.WeakKeyDictionary()
"""The figures of results that are looked at: all figures are counted in one go."""


def _figures(result: RunResult, starts: bool) -> dict[str, float]:
    known = _seen.setdefault(result, {})
    if starts not in known:
        number = int(result.manifest["first_replication"])
        log = simulated(result, number, warmup=False)
        table = cases_of(log if starts else without_starts(log), (log.cases["state"] == "open").to_numpy())
        begin, end = result.scenario.window
        counted = table[~table["open"] & (table["arrival"] >= begin) & (table["arrival"] < end)]
        known[starts] = {one.name: float(one.of(counted).mean()) for one in FIGURES.values()}
    return known[starts]
