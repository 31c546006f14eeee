"""deptsim show --as: what companies write down to coordinate, on the terminal, as CSV and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sim.cli.codes import FAILED, FINE
from sim.cli.errors import UsageError
from sim.cli.outputs import check_outputs
from sim.cli.screen import Screen, screen, warn, write, write_json
from sim.report.lines import lines_of
from sim.scenario import Scenario
from sim.scenario.reshaping import reshaped
from sim.templates.moments import date_of, day_hours, day_of, told_at
from sim.words import Text, either, words
from sim.words.system import why_not

if TYPE_CHECKING:
    import pandas as pd

    from sim.report.sheets import Sheet

texts = words("templates")
terminal = words("terminal")

Template = Literal["raci", "plan", "progress", "minutes"]

MOST = 20
"""Rows of a table that are printed where nobody says how many."""

TIMES = (
    "arrival", "start", "finish", "latest_start", "latest_finish", "milestone", "served", "wanted", "since", "planned",
    "due", "begin", "sent",
)  # fmt: skip
"""Columns in hours of the run, beside which JSON has the date where one is known."""

RUN = ("progress", "minutes")
FITS: Mapping[str, tuple[str, ...]] = {
    "week": ("plan", *RUN),
    "day": ("progress",),
    "seed": RUN,
    "replication": RUN,
    "most": RUN,
    "out": ("raci", "plan", *RUN),
}
"""The options that only some templates have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for beside the template; None where nothing is said."""

    week: float | None = None
    day: str | None = None
    seed: int | None = None
    replication: int | None = None
    most: int | None = None
    out: Path | None = None


def check_asked(template: Template | None, asked: Asked, lang: str) -> None:
    """Refuse options that the template does not have."""
    for name, allowed in FITS.items():
        if getattr(asked, name) is not None and template not in allowed:
            form = texts.WITHOUT if template is None else texts.NOT_FOR
            names = either(allowed)
            raise UsageError(form.format(option=f"--{name}", found=template, allowed=names).get(lang))
    if asked.day is not None and asked.week is not None:
        raise UsageError(texts.DAY_OR_WEEK.get(lang))
    if template in RUN and asked.week is not None and not float(asked.week).is_integer():
        facts = {"found": f"{asked.week:g}", "allowed": template}
        raise UsageError(texts.WHOLE_WEEK.format(**facts).get(lang))


def template_command(name: str, scenario: Scenario, template: Template, asked: Asked, json: bool, lang: str) -> int:
    """Print a template, and write it as CSV where asked."""
    check_outputs(name, out=asked.out, names=NAMES[template], lang=lang)
    tables, sheets, said = _MADE[template](scenario, reshaped(scenario), asked)
    if json:
        write_json(_plain(scenario, template, tables, said))
    else:
        _print(screen(), sheets, asked.most or MOST if template in RUN else None, lang)
    return FINE if asked.out is None else _write(sheets, asked.out, quiet=json, lang=lang)


Made = tuple[dict[str, "pd.DataFrame"], tuple["Sheet", ...], list[Text]]
"""Tables by name, the same as sheets, and hints."""


def _raci(scenario: Scenario, shape: Scenario, asked: Asked) -> Made:
    from sim.report.plansheets import raci_sheets
    from sim.templates.roles import hints, raci

    del scenario, asked
    table = raci(shape)
    return {"raci": table}, raci_sheets(shape, table), hints(shape)


def _plan(scenario: Scenario, shape: Scenario, asked: Asked) -> Made:
    from sim.report.plansheets import plan_sheets
    from sim.templates.planning import plan

    del scenario
    table = plan(shape, asked.week or 0.0)
    return {"plan": table}, plan_sheets(shape, table), []


def _progress(scenario: Scenario, shape: Scenario, asked: Asked) -> Made:
    from sim.report.runsheets import progress_sheets
    from sim.templates.progressing import progress, progress_by_step

    usual = scenario.horizon_weeks // 2.0 if asked.week is None else asked.week
    day = day_of(scenario, 7.0 * usual if asked.day is None else asked.day)
    luck = _luck(asked)
    table = progress(scenario, day, **luck)
    steps = progress_by_step(table)
    facts = luck | {"day": told_at(scenario, day_hours(scenario, day))}
    return {"progress": table, "by_step": steps}, progress_sheets(shape, table, steps, facts), []


def _minutes(scenario: Scenario, shape: Scenario, asked: Asked) -> Made:
    from sim.report.runsheets import minutes_sheets
    from sim.templates.meetings import minutes
    from sim.templates.moments import hour_of_week

    week = int(scenario.horizon_weeks // 2.0 if asked.week is None else asked.week)
    luck = _luck(asked)
    found = minutes(scenario, week, **luck)
    facts = luck | {"week": week, "day": told_at(scenario, hour_of_week(scenario, week))}
    tables = {name: getattr(found, name) for name in ("meetings", "answered", "settled", "open")}
    return tables, minutes_sheets(shape, found, facts), []


_MADE = {"raci": _raci, "plan": _plan, "progress": _progress, "minutes": _minutes}

NAMES: Mapping[str, tuple[str, ...]] = {
    "raci": ("raci",),
    "plan": ("plan", "goals"),
    "progress": ("progress", "progress_by_step"),
    "minutes": ("minutes", "minutes_answered", "minutes_settled", "minutes_open"),
}
"""What files are called."""


def _luck(asked: Asked) -> dict[str, int]:
    return {"seed": 1 if asked.seed is None else asked.seed, "replication": asked.replication or 0}


def _plain(scenario: Scenario, template: str, tables: Mapping[str, pd.DataFrame], said: list[Text]) -> dict[str, Any]:
    """Return tables as plain data; moments are told in hours of the run, and as dates where there are any."""
    from sim.study.plain import plain_data

    found = {name: [_dated(scenario, row) for row in table.to_dict("records")] for name, table in tables.items()}
    hints = {"hints": [one.by_language() for one in said]} if template == "raci" else {}
    whole: dict[str, Any] = plain_data({"template": template, "scenario": scenario.name, **found, **hints})
    return whole


def _dated(scenario: Scenario, row: Mapping[Any, Any]) -> dict[str, Any]:
    if scenario.starts_on is None:
        return dict(row)
    dates = {f"{name}_date": date_of(scenario, row[name]) or None for name in TIMES if name in row}
    return {**row, **dates}


def _print(console: Screen, sheets: tuple[Sheet, ...], most: int | None, lang: str) -> None:
    """Print sheets, the parts of all that are about the same one after another."""
    from sim.report.sheets import printed

    for place in range(max(len(one.parts) for one in sheets)):
        for sheet in sheets:
            for part in sheet.parts[place : place + 1]:
                if part.rows:
                    for table in printed(sheet, part, lang, console.width, most):
                        console.print(table)
                else:
                    console.print(part.title.get(lang), style="bold")
                notes = list(part.notes)
                if most is not None and len(part.rows) > most:
                    notes.append(texts.MORE.format(count=len(part.rows) - most, all=len(part.rows)))
                for note in notes:
                    console.print(lines_of(note.get(lang), console.width, lang))
                console.print()


def _write(sheets: tuple[Sheet, ...], out: Path, quiet: bool, lang: str) -> int:
    """Write every sheet as CSV."""
    from sim.cli.spreadsheets import write_csv
    from sim.report.sheets import in_file

    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for sheet in sheets:
            written.append(out / f"{sheet.name}.csv")
            write_csv(in_file(sheet, lang), written[-1])
    except OSError as error:
        warn(terminal.NOT_WRITTEN.format(folder=out, why=why_not(error)).get(lang))
        return FAILED
    if not quiet:
        write(terminal.WRITTEN.format(files=", ".join(map(str, written))).get(lang))
    return FINE
