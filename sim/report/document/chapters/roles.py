"""Who does what and by when: the RACI table, the plan of a case, and the goals that follow from it."""

from __future__ import annotations

from sim.report.document.blocks import Cell, Chapter, Column, Said, Table
from sim.report.document.facts import Facts
from sim.report.document.spoken import Spoken
from sim.report.plansheets import plan_sheets, raci_sheets
from sim.report.sheets import Cell as SheetCell
from sim.report.sheets import Part, Sheet
from sim.templates import plan, raci
from sim.words import words

texts = words("document")
differing = words("differing")
templates = words("templates")
templates = words("templates")


def chapter(facts: Facts, lang: str) -> Chapter:
    """Return the tables that people hang on the wall."""
    told = facts.spoken(lang)
    scenario = told.gathered
    steps = [step for process in scenario.processes.values() for step in process.steps.values()]
    without = sum(step.A is None for step in steps)
    key = "every" if not without else "none" if without == len(steps) else "title"
    title = told.say(texts.ROLES[key], without=without, count=len(steps))
    sheets = (*raci_sheets(scenario, raci(scenario)), *plan_sheets(scenario, plan(scenario)))
    blocks = [block for sheet in sheets for block in (_table(told, sheet), _notes(told, sheet)) if block is not None]
    return Chapter("roles", told.say(texts.ROLES["subject"]), title, tuple(blocks), slide=False)


def _notes(told: Spoken, sheet: Sheet) -> Said | None:
    """Return what is said below a sheet; what is about one process of several names it."""
    about_all = (templates.ROLES, templates.ASSUMED)
    named = sheet.name != "raci" and len(sheet.parts) > 1
    said = [
        told.say(differing.OF, whose=part.label, what=note) if named and note not in about_all else told.say(note)
        for part in sheet.parts
        for note in part.notes
    ]
    return Said(tuple(dict.fromkeys(said)), listed=True) if said else None


def _table(told: Spoken, sheet: Sheet) -> Table:
    """Return a sheet as one table; what its parts are about is a column where there are several."""
    parts, lang = sheet.parts, told.lang
    several = sheet.about is not None and len(parts) > 1
    shown = [k for k, one in enumerate(sheet.columns) if one.only != "print" and _filled(parts, k)]
    rows = tuple(
        (*((part.label.get(lang),) if several else ()), *(_cell(row[k], lang) for k in shown))
        for part in parts
        for row in part.rows
    )
    columns = [Column("about", sheet.about.get(lang))] if several and sheet.about is not None else []
    for k in shown:
        one = sheet.columns[k]
        columns.append(Column(f"column_{k}", one.label.get(lang), "", "number" if one.number else "text", 2))
    title = told.say(texts.ROLES[sheet.name])
    return Table(sheet.name, title, tuple(columns), rows, brief=False)


def _filled(parts: tuple[Part, ...], place: int) -> bool:
    """Tell whether anything stands in a column."""
    return any(str(row[place] or "") for part in parts for row in part.rows)


def _cell(cell: SheetCell, lang: str) -> Cell:
    return cell if cell is None or isinstance(cell, str | int | float) else cell.get(lang)
