"""deptsim template, deptsim import"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.codes import FAILED, FINE, INVALID
from sim.cli.errors import UsageError
from sim.cli.outputs import check_target
from sim.cli.screen import warn, write
from sim.cli.starting import suggest
from sim.files import whole
from sim.words import Text, clauses, series, words

if TYPE_CHECKING:
    from sim.workbook.imported import Imported

texts = words("workbook")
terminal = words("terminal")
starting = words("starting")


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said beside a plain RACI table."""

    staff: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    cases: float | None = None


MOST = 12
"""Cells that are told of one assumption; the rest is counted."""

INSTALL = "pip install 'deptsim[workbook]'"

SHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv"})
"""What the names of a client's files end with; a scenario is never written over one of them."""


def template_command(path: Path, like: str | None, lang: str) -> int:
    """Write a workbook to fill in, and say what to do with it, and what it cannot say of its example."""
    if path.suffix.lower() != ".xlsx":
        raise UsageError(texts.NOT_A_WORKBOOK_NAME.format(file=path).get(lang))
    if path.exists():
        warn(starting.OCCUPIED.format(file=path).get(lang))
        return FAILED
    from sim.workbook.example import example
    from sim.workbook.template import write_template
    from sim.workbook.unsaid import counted, meaning_at

    said = example(like, lang)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with whole(path) as place:
            made = write_template(said, place, lang)
    except ModuleNotFoundError:
        warn(texts.NO_XLSXWRITER.format(install=INSTALL).get(lang))
        return FAILED
    write(texts.TEMPLATE_STARTED.format(file=path).get(lang))
    suggest(f"import {shlex.quote(str(path))}", lang)
    if made.unsaid:
        write(texts.UNSAID_OF.format(name=like).get(lang))
        for where, count in counted(made.unsaid).items():
            write("  " + texts.UNSAID_AT.format(place=where, count=count, meaning=meaning_at(where)).get(lang))
    return FINE


def import_command(paths: tuple[Path, ...], beside: Beside, out: Path | None, lang: str) -> int:
    """Read sheets, say what was taken, assumed and found wrong, and write the scenario file."""
    from sim.workbook.imported import imported
    from sim.workbook.raci import given_from

    if not paths:
        raise UsageError(texts.NO_WORKBOOK_NAMED.get(lang))
    if len({one.resolve() for one in paths}) < len(paths):
        raise UsageError(texts.NAMED_TWICE.format(files=series(one.name for one in paths)).get(lang))
    if out is not None:
        check_target("-o", out, paths, lang)
        if out.suffix.lower() in SHEETS:
            raise UsageError(texts.NOT_A_SCENARIO_NAME.format(file=out).get(lang))
    found = imported(paths, given_from(beside.staff, beside.hours, beside.cases))
    took = texts.TOOK if any(found.taken.counts.values()) else texts.TOOK_NOTHING
    write(took.format(file=", ".join(one.name for one in paths), counts=_counts(found)).get(lang))
    for one in found.findings:
        write(terminal.FINDING.format(severity=terminal.SEVERITIES[one.severity], said=one.said(lang)).get(lang))
    _tell_assumptions(found, lang)
    if found.scenario is None:
        write(texts.NOT_WRITTEN.get(lang))
        return INVALID
    place = out or paths[0].with_suffix(".yaml")
    if out is None and place.exists():
        warn(texts.OCCUPIED_BY.format(file=place).get(lang))
        return FAILED
    place.parent.mkdir(parents=True, exist_ok=True)
    with whole(place) as aside:
        aside.write_text(found.text(lang), encoding="utf-8", newline="\n")
    write(texts.STARTED.format(file=place).get(lang))
    for command in ("check", "show", "compare"):
        tried = "" if command != "compare" or found.scenario.compare else " --with raci"
        suggest(f"{command} {shlex.quote(str(place))}{tried}", lang)
    return FINE


def _counts(found: Imported) -> Text:
    from sim.workbook.columns import called, names_for
    from sim.workbook.layout import sheet

    taken = found.taken.counts
    return clauses(
        texts.COUNT.format(sheet=called(names_for(sheet(key))), count=taken[key]) for key in taken if taken[key]
    )


def _tell_assumptions(found: Imported, lang: str) -> None:
    """Say what was assumed; the same assumption once, with the cells of all the rows in which it would be stated."""
    places: dict[Text, list[str]] = {}
    for place, text in found.assumptions():
        places.setdefault(text, []).append(place)
    if places:
        write(texts.ASSUMED.get(lang))
    for text, some in places.items():
        told = series(some, MOST)
        write("  " + texts.ASSUMED_AT.format(place=told, text=text).get(lang))
