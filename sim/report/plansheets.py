"""The RACI table, the plan and its goals as sheets."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.report.sheets import Cell, Column, Part, Sheet
from sim.scenario import Scenario
from sim.scenario.outline import called, kpi_called
from sim.spec.base import text_of
from sim.spec.process import Process
from sim.templates.moments import told_at
from sim.templates.roles import hints, owners
from sim.vocab import DAY
from sim.words import Text, sentences, series, words
from sim.words.numbers import digits

if TYPE_CHECKING:
    import pandas as pd

texts = words("templates")

Row = Mapping[Any, Any]
"""A row of a table, by column."""


def raci_sheets(scenario: Scenario, table: pd.DataFrame) -> tuple[Sheet, ...]:
    """Return the RACI table as people hang it on the wall, with hints below the last process."""
    people = owners(scenario)
    columns = (
        Column(texts.STEP),
        *(Column(called(scenario, one), optional=True) for one in people),
        Column(texts.CONTESTED, optional=True),
    )
    found = hints(scenario)
    parts = []
    for place, (name, process) in enumerate(scenario.processes.items(), 1):
        label = text_of(process.label, name)
        rows = tuple(
            (
                step_called(process, row["step"]),
                *(row[one] for one in people),
                _people(scenario, process.steps[row["step"]].contested_by),
            )
            for row in of_process(table, name)
        )
        notes = (texts.ROLES, *found) if place == len(scenario.processes) else ()
        parts.append(Part(texts.RACI.format(process=label), rows, notes, label))
    return (Sheet("raci", columns, tuple(parts), texts.PROCESS),)


def plan_sheets(scenario: Scenario, table: pd.DataFrame) -> tuple[Sheet, ...]:
    """Return the plan, and the goals that follow from it."""
    return _plan(scenario, table), _goals(scenario, table)


def of_process(table: pd.DataFrame, name: str) -> Sequence[Row]:
    """Return the rows of a process."""
    rows: Sequence[Row] = table[table["process"] == name].to_dict("records")
    return rows


def step_called(process: Process, name: str) -> Text:
    """Return what people call a step."""
    return text_of(process.steps[name].label, name)


def number(value: float) -> float | None:
    """Return a number, or nothing where there is none."""
    return None if math.isnan(value) else float(value)


def _people(scenario: Scenario, who: Any) -> Text:
    return series(called(scenario, one) for one in who)


def _plan(scenario: Scenario, table: pd.DataFrame) -> Sheet:
    columns = (
        Column(texts.STEP),
        Column(texts.RESPONSIBLE),
        Column(texts.ACCOUNTABLE, only="file"),
        Column(texts.NEEDS, optional=True),
        Column(texts.SHARE, number=True, only="file"),
        Column(texts.WORK, number=True),
        Column(texts.OUTSIDE, number=True, optional=True),
        Column(texts.ARRIVAL, only="file"),
        Column(texts.START),
        Column(texts.FINISH),
        Column(texts.LATEST_START, only="file"),
        Column(texts.LATEST, optional=True),
        Column(texts.SLACK, number=True, optional=True),
        Column(texts.CRITICAL, optional=True),
        Column(texts.MILESTONE, optional=True),
        Column(texts.RESPONSE, number=True, only="file"),
        Column(texts.WANTED, only="file"),
    )
    parts = []
    for place, (name, process) in enumerate(scenario.processes.items(), 1):
        rows = of_process(table, name)
        label = text_of(process.label, name)
        title = texts.PLAN.format(process=label, arrival=told_at(scenario, rows[0]["arrival"]))
        notes = [_outlook(scenario, rows[0])]
        if process.markov:
            notes.append(texts.LIKELIEST)
        if place == len(scenario.processes):
            notes.append(texts.ASSUMED)
        parts.append(Part(title, tuple(_planned(scenario, process, row) for row in rows), tuple(notes), label))
    return Sheet("plan", columns, tuple(parts), texts.PROCESS)


def _planned(scenario: Scenario, process: Process, row: Row) -> tuple[Cell, ...]:
    needs = [step_called(process, one) for one in row["needs"].split(", ") if one]
    start, finish, first, last, milestone, wanted, arrival = (
        told_at(scenario, row[name])
        for name in ("start", "finish", "latest_start", "latest_finish", "milestone", "wanted", "arrival")
    )
    return (
        step_called(process, row["step"]),
        called(scenario, row["responsible"]),
        called(scenario, row["accountable"]) if row["accountable"] else None,
        series(needs),
        row["share"],
        row["work_hours"],
        row["outside_hours"] or None,
        arrival,
        start,
        finish,
        first,
        last,
        number(row["slack_days"]),
        texts.YES if row["critical"] else None,
        milestone,
        number(row["response_hours"]),
        wanted,
    )


def _outlook(scenario: Scenario, row: Row) -> Text:
    """Say when the customer wants it, and when it is served at the earliest."""
    served, wanted = told_at(scenario, row["served"]), row["wanted"]
    if math.isnan(wanted):
        said: Text = texts.NO_DATE.format(served=served)
    else:
        days = (wanted - row["served"]) / DAY
        form = texts.IN_TIME if days >= 0.0 else texts.TOO_LATE
        said = form.format(wanted=told_at(scenario, wanted), served=served, days=digits(abs(days)))
    if not row["release"]:
        return said
    release = text_of(scenario.releases[row["release"]].label, row["release"])
    return sentences([said, texts.GOES_WITH.format(release=release)])


def _goals(scenario: Scenario, table: pd.DataFrame) -> Sheet:
    columns = (
        Column(texts.GOAL),
        Column(texts.BY),
        Column(texts.PLANNED),
        Column(texts.ANSWERS),
        Column(texts.MEASURED),
    )
    parts = []
    for name, process in scenario.processes.items():
        rows, label = of_process(table, name), text_of(process.label, name)
        cells = (_goal(scenario, process, rows[0], label), *(_sub_goal(scenario, process, row) for row in rows))
        title = texts.GOALS.format(process=label)
        parts.append(Part(title, cells, tuple(_blind(scenario, process)), label))
    return Sheet("goals", columns, tuple(parts), texts.PROCESS)


def _goal(scenario: Scenario, process: Process, row: Row, label: Text) -> tuple[Cell, ...]:
    by = row["served"] if math.isnan(row["wanted"]) else row["wanted"]
    return (
        texts.SERVED.format(process=label),
        told_at(scenario, by),
        told_at(scenario, row["served"]),
        called(scenario, process.front),
        _measured(scenario, process.front),
    )


def _sub_goal(scenario: Scenario, process: Process, row: Row) -> tuple[Cell, ...]:
    by = next((row[one] for one in ("milestone", "latest_finish") if not math.isnan(row[one])), row["finish"])
    return (
        step_called(process, row["step"]),
        told_at(scenario, by),
        told_at(scenario, row["finish"]),
        called(scenario, row["accountable"] or row["responsible"]),
        _measured(scenario, row["responsible"]),
    )


def _measured(scenario: Scenario, department: str) -> Text:
    """Return what a department is measured by."""
    return series(map(kpi_called, scenario.departments[department].kpis))


def _blind(scenario: Scenario, process: Process) -> Iterator[Text]:
    """Yield who does steps of a process and is measured by nothing that says by when."""
    found = [
        called(scenario, one)
        for one in dict.fromkeys(step.R for step in process.steps.values())
        if not any(kpi.measures == "response" for kpi in scenario.departments[one].kpis)
    ]
    if found:
        yield texts.NO_TIME_KPI.format(who=series(found))
