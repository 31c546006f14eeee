"""The progress of open cases and the minutes of meetings as sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.interventions import Custom, Intervention
from sim.report.plansheets import Row, number, step_called
from sim.report.sheets import Cell, Column, Part, Sheet
from sim.scenario import Scenario
from sim.scenario.outline import called
from sim.spec.base import text_of
from sim.templates.moments import told_at
from sim.words import Text, series, words

if TYPE_CHECKING:
    import pandas as pd

    from sim.templates.meetings import Minutes

texts = words("templates")


def progress_sheets(
    scenario: Scenario, table: pd.DataFrame, steps: pd.DataFrame, facts: Mapping[str, Any]
) -> tuple[Sheet, ...]:
    """Return where open cases stand, and how many are at each step; `facts` are day, seed and replication."""
    columns = (
        Column(texts.CASE, number=True),
        Column(texts.PROCESS, only="file"),
        Column(texts.STEP, only="file"),
        Column(texts.STEP, only="print"),
        Column(texts.STATE, only="print"),
        Column(texts.STATE, only="file"),
        Column(texts.WITH),
        Column(texts.AWAITED, only="file"),
        Column(texts.SINCE),
        Column(texts.ARRIVAL, only="file"),
        Column(texts.PLANNED, only="file"),
        Column(texts.DUE),
        Column(texts.WANTED, only="file"),
        Column(texts.DAYS_LEFT, number=True),
        Column(texts.LATE),
    )
    counts = {"cases": table["case"].nunique(), "places": len(table), "late": int(table["late"].sum())}
    title = texts.PROGRESS.format(**facts, **counts)
    rows = tuple(_standing(scenario, row) for row in table.to_dict("records"))
    notes = (*(() if rows else (texts.NONE_OPEN,)), texts.ONE_RUN.format(**facts))
    return Sheet("progress", columns, (Part(title, rows, notes),)), _by_step(scenario, steps)


def _standing(scenario: Scenario, row: Row) -> tuple[Cell, ...]:
    since, arrival, planned, due, wanted = (
        told_at(scenario, row[name]) for name in ("since", "arrival", "planned", "due", "wanted")
    )
    state, awaited = texts.STATES[row["state"]], series(called(scenario, one) for one in names(row["awaited"]))
    process, step = _process(scenario, row), _step(scenario, row)
    return (
        row["case"],
        process,
        step,
        place_called(scenario, row),
        texts.KIND.format(kind=state, who=awaited) if awaited else state,
        state,
        called(scenario, row["with"]),
        awaited,
        since,
        arrival,
        planned,
        due,
        wanted,
        number(row["days_left"]),
        texts.YES if row["late"] else None,
    )


def _by_step(scenario: Scenario, steps: pd.DataFrame) -> Sheet:
    columns = (
        Column(texts.PROCESS),
        Column(texts.STEP),
        Column(texts.CASES, number=True),
        Column(texts.LATE, number=True),
        Column(texts.DOING),
    )
    rows = tuple(
        (_process(scenario, row), _step(scenario, row), row["cases"], row["late"], _doing(row["states"]))
        for row in steps.to_dict("records")
    )
    return Sheet("progress_by_step", columns, (Part(texts.BY_STEP, rows),) if rows else ())


def _doing(states: Mapping[str, int]) -> Text:
    return series(texts.COUNTED.format(what=texts.STATES[name], count=count) for name, count in states.items())


def names(listed: str) -> list[str]:
    """Return names that stand in a cell of a table one after another."""
    return [one for one in listed.split(", ") if one]


def _process(scenario: Scenario, row: Row) -> Text:
    return text_of(scenario.processes[row["process"]].label, row["process"])


def _step(scenario: Scenario, row: Row) -> Text:
    return step_called(scenario.processes[row["process"]], row["step"]) if row["step"] else Text("", "")


def place_called(scenario: Scenario, row: Row) -> Text:
    """Return what people call a step with its process, or the process alone where it is at none."""
    process, step = _process(scenario, row), _step(scenario, row)
    found: Text = texts.WITHIN.format(process=process, step=step) if step else process
    return found


def minutes_sheets(scenario: Scenario, found: Minutes, facts: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """Return the minutes of a week: meetings, answers, settlements and open actions; `facts` as for progress."""
    begins = {row["meeting"]: told_at(scenario, row["begin"]) for row in found.meetings.to_dict("records")}
    if not begins:
        columns = (Column(texts.MEETING),)
        return (Sheet("minutes", columns, (_part_held(facts, ()),)),)
    return (
        _held(scenario, found, begins, facts),
        _answered(scenario, found, begins),
        _settled(scenario, found, begins),
        _open(scenario, found, begins),
    )


def _one_part(name: str, columns: tuple[Column, ...], title: Text, rows: Any, none: Text) -> Sheet:
    cells = tuple(rows)
    return Sheet(name, columns, (Part(title, cells, () if cells else (none,)),))


def _held(scenario: Scenario, found: Minutes, begins: Mapping[int, Text], facts: Mapping[str, Any]) -> Sheet:
    labels = {one.kind: _called(one) for one in reversed(scenario.interventions)}
    headings = (texts.MEETING, texts.HELD_BY, texts.MINUTES, texts.PRESENT, texts.ANSWERED, texts.SETTLED)
    columns = tuple(Column(one, number=place in (2, 4, 5)) for place, one in enumerate(headings))
    rows = (
        (
            begins[row["meeting"]],
            labels[row["intervention"]],
            row["minutes"],
            series(called(scenario, one) for one in names(row["present"])),
            row["answered"],
            row["settled"],
        )
        for row in found.meetings.to_dict("records")
    )
    return Sheet("minutes", columns, (_part_held(facts, tuple(rows)),))


def _part_held(facts: Mapping[str, Any], rows: tuple[tuple[Cell, ...], ...]) -> Part:
    none = () if rows else (texts.NONE_HELD.format(**facts),)
    return Part(texts.HELD.format(**facts), rows, (*none, texts.ONE_RUN.format(**facts)))


def _called(intervention: Intervention) -> Text:
    """Return what people call an intervention."""
    return text_of(intervention.name) if isinstance(intervention, Custom) else intervention.label


def _answered(scenario: Scenario, found: Minutes, begins: Mapping[int, Text]) -> Sheet:
    headings = (texts.MEETING, texts.ASKED, texts.CASE, texts.STEP, texts.ASKED_BY, texts.ANSWERED_BY, texts.SINCE)
    columns = tuple(Column(one, number=one is texts.CASE) for one in headings)
    rows = (
        (
            begins[row["meeting"]],
            texts.KINDS[row["kind"]],
            row["case"],
            place_called(scenario, row),
            called(scenario, row["asked_by"]),
            called(scenario, row["answered_by"]),
            told_at(scenario, row["sent"]),
        )
        for row in found.answered.to_dict("records")
    )
    return _one_part("minutes_answered", columns, texts.ANSWERED_THERE, rows, texts.NONE_ANSWERED)


def _settled(scenario: Scenario, found: Minutes, begins: Mapping[int, Text]) -> Sheet:
    headings = (texts.MEETING, texts.CASE, texts.STEP, texts.RAISED_BY, texts.AGAINST, texts.OVER, texts.SINCE)
    columns = tuple(Column(one, number=one is texts.CASE) for one in headings)
    rows = (
        (
            begins[row["meeting"]],
            row["case"],
            place_called(scenario, row),
            called(scenario, row["raised_by"]),
            called(scenario, row["against"]),
            texts.CAUSES[row["cause"]],
            told_at(scenario, row["begin"]),
        )
        for row in found.settled.to_dict("records")
    )
    return _one_part("minutes_settled", columns, texts.SETTLED_THERE, rows, texts.NONE_SETTLED)


def _open(scenario: Scenario, found: Minutes, begins: Mapping[int, Text]) -> Sheet:
    headings = (texts.MEETING, texts.ACTION, texts.CASE, texts.STEP, texts.OWNER, texts.ASKED_BY, texts.SINCE)
    columns = tuple(Column(one, number=one is texts.CASE) for one in headings)
    rows = (
        (
            begins[row["meeting"]],
            texts.KINDS[row["kind"]],
            row["case"],
            place_called(scenario, row),
            series(called(scenario, one) for one in names(row["owner"])),
            called(scenario, row["asked_by"]),
            told_at(scenario, row["since"]),
        )
        for row in found.open.to_dict("records")
    )
    return _one_part("minutes_open", columns, texts.OPEN_ACTIONS, rows, texts.NONE_WAITING)
