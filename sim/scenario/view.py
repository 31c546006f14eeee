"""How a scenario looks in a notebook: who does what, and how busy everybody should be."""

from collections.abc import Iterable, Sequence
from html import escape

from sim.characters import visible
from sim.scenario.outline import arrivals, called, kpi_called
from sim.scenario.scenario import Scenario
from sim.scenario.workload import planned_loads
from sim.spec.base import text_of
from sim.spec.process import Process
from sim.words import Text, series, words
from sim.words.numbers import percentage

texts = words("terminal")
told = words("outline")

_LEFT = ' style="text-align: left"'
"""Of captions, and of columns of words; notebooks set everything to the right, which is for numbers."""

_MOST = 30
"""So many rows of a table are shown; a notebook is no place for thousands."""


def html_of(scenario: Scenario, lang: str) -> str:
    """Return a scenario as HTML: what it is called, the roles of every step, the load of every department."""
    facts = {"departments": len(scenario.departments), "processes": len(scenario.processes)}
    weeks = {"weeks": scenario.horizon_weeks, "warmup": scenario.warmup_weeks}
    line = told.ORGANIZATION.format(**facts, **weeks).get(lang)
    heading = f"<h4>{safe(text_of(scenario.title, scenario.name).get(lang))}</h4><p>{safe(line)}</p>"
    processes = (_process(scenario, name, one, lang) for name, one in scenario.processes.items())
    return f"<div>{heading}{''.join(processes)}{_loads(scenario, lang)}</div>"


def table_html(title: str, headings: Sequence[str], rows: Sequence[Iterable[str]], lang: str) -> str:
    """Return a table as HTML; nothing in its words is taken for markup, and of a long one the beginning is shown."""
    shown = [list(map(safe, row)) for row in rows[:_MOST]]
    if len(rows) > _MOST:
        shown.append([safe(told.MORE.format(count=len(rows) - _MOST).get(lang)), *[""] * (len(headings) - 1)])
    columns = zip(*shown, strict=True) if shown else [()] * len(headings)
    styles = [_LEFT if not place or not _numbers(column) else "" for place, column in enumerate(columns)]
    head = "".join(f"<th{style}>{safe(one)}</th>" for one, style in zip(headings, styles, strict=True))
    rows_of = (zip(row, styles, strict=True) for row in shown)
    body = "".join(f"<tr>{''.join(f'<td{style}>{cell}</td>' for cell, style in row)}</tr>" for row in rows_of)
    caption = f"<caption{_LEFT}>{safe(title)}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _numbers(column: Iterable[str]) -> bool:
    """Tell whether a column holds numbers, perhaps with marks and units, rather than sentences with numbers in them."""
    return any(sum(map(str.isdigit, cell)) > sum(map(str.isalpha, cell)) for cell in column)


def safe(text: str) -> str:
    """Return words as HTML shows them as they are."""
    return escape(visible(text))


def _process(scenario: Scenario, name: str, process: Process, lang: str) -> str:
    headings = (texts.STEP, texts.RESPONSIBLE, texts.ACCOUNTABLE, texts.CONSULTED, texts.INFORMED, texts.WORK)
    title = told.PROCESS.format(process=text_of(process.label, name), arrivals=arrivals(process)).get(lang)
    rows = []
    for key, step in process.steps.items():
        people = ((step.R,), (step.A,) if step.A else (), step.C, step.I)
        cells = (series(called(scenario, one) for one in group).get(lang) for group in people)
        rows.append([text_of(step.label, key).get(lang), *cells, f"{step.work.mean:.3g}"])
    return table_html(title, [one.get(lang) for one in headings], rows, lang)


def _loads(scenario: Scenario, lang: str) -> str:
    headings = (told.WHO, told.AVAILABLE, texts.OWN, texts.CASES, texts.COORDINATION, texts.LOAD, told.MEASURED)
    rows = [
        [
            called(scenario, one.owner).get(lang),
            *(f"{hours:.1f}" for hours in (one.capacity, one.own, one.work, one.coordination)),
            percentage(one.utilization).get(lang),
            _measured_by(scenario, one.owner).get(lang),
        ]
        for one in planned_loads(scenario)
    ]
    return table_html(told.LOADS.get(lang), [one.get(lang) for one in headings], rows, lang)


def _measured_by(scenario: Scenario, owner: str) -> Text:
    """Return what a department is judged by; nothing for somebody who approves."""
    department = scenario.departments.get(owner)
    return series(() if department is None else map(kpi_called, department.kpis))
