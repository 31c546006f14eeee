"""Tables about an organization as it is: how busy everybody is beside the plan, and where the time of cases goes."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd
from rich.cells import cell_len
from rich.table import Table

from sim.report.diagnosis import beyond_plan
from sim.report.numbers import between
from sim.report.plaintable import new_table
from sim.report.shown import parts_called, shown_parts
from sim.scenario.outline import called
from sim.spec.base import text_of
from sim.study.facts import Busy, Diagnosis, ProcessFacts
from sim.study.statistics import Interval
from sim.words import words
from sim.words.numbers import MISSING, digits, few, in_percent

texts = words("diagnosis")
terminal = words("terminal")

MOST_PROCESSES = 4
"""Processes of which a table has room for a column each; with more there is one of all together."""

NARROWEST = 78
"""Columns that a table takes for the sake of its title."""

FULL = 0.85
"""Busy share from which on a row stands out: in a queue of one server waits are nearly six times those at a half."""


def busy_table(diagnosis: Diagnosis, lang: str = "en") -> Table:
    """Return how busy departments and approvers are, what was planned, what is most beyond it, and what waits.

    Parameters
    ----------
    diagnosis : Diagnosis
        What was found.
    lang : str
        ``en`` or ``zh``.
    """
    headings = (texts.WHO, texts.BUSY, texts.PLANNED, texts.BEYOND, texts.QUEUE)
    table = new_table(texts.BUSY_TITLE.get(lang), *(one.get(lang) for one in headings), numbers=(1, 2, 4))
    for owner, one in diagnosis.busy.items():
        style = "yellow" if one.share.mean >= FULL else None
        table.add_row(called(diagnosis.scenario, owner).get(lang), *_busy(one, lang), style=style)
    return table


def _busy(one: Busy, lang: str) -> tuple[str, ...]:
    beyond = [f"{texts.KINDS[kind].get(lang)} +{in_percent(share)}" for kind, share in beyond_plan(one.beyond, 1)]
    queue = f"{few(one.queue.begin)} → {few(one.queue.end)}" if math.isfinite(one.queue.end) else ""
    return in_percent(one.share.mean) + _limits(one.share, lang), in_percent(one.planned), "".join(beyond), queue


def _limits(one: Interval, lang: str) -> str:
    if not math.isfinite(one.low):
        return ""
    return f" ({between(in_percent(one.low), in_percent(one.high), lang)})"


def process_table(diagnosis: Diagnosis, lang: str = "en") -> Table:
    """Return hours per case by part, a column for all cases and, where there are several, each process.

    Parameters
    ----------
    diagnosis : Diagnosis
        What was found.
    lang : str
        ``en`` or ``zh``.
    """
    shown = _columns(diagnosis, lang)
    ledger = pd.DataFrame([one.ledger for one in shown.values()])
    title = texts.LEDGER_TITLE.get(lang)
    table = new_table(title, terminal.PART.get(lang), *shown, numbers=tuple(range(1, 9)))
    table.min_width = min(cell_len(title), NARROWEST)
    called = parts_called(diagnosis.scenario)
    for part in [one for one in shown_parts(ledger) if ledger[one].any()]:
        table.add_row(called[part].get(lang), *(_hours(hours) for hours in ledger[part]))
    table.add_section()
    table.add_row(
        terminal.TOTAL.get(lang), *(_hours(hours) for hours in ledger.sum(axis=1, skipna=False)), style="bold"
    )
    on_time = [in_percent(one.on_time.mean) for one in shown.values()]
    table.add_row(texts.ON_TIME.get(lang), *on_time, style="bold")
    return table


def _columns(diagnosis: Diagnosis, lang: str) -> Mapping[str, ProcessFacts]:
    """Return what has a column, by its heading."""
    each = {
        text_of(diagnosis.scenario.processes[name].label, name).get(lang): one
        for name, one in diagnosis.processes.items()
        if one.ledger
    }
    return {texts.ALL.get(lang): diagnosis.overall} | (each if len(each) <= MOST_PROCESSES else {})


def _hours(hours: float) -> str:
    return digits(hours) if math.isfinite(hours) else MISSING
