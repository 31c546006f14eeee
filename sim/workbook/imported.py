"""Workbooks and tables to scenarios: what was taken, what was assumed, and everything that is wrong, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Any

from sim.scenario.reading import examined_document
from sim.scenario.scenario import Scenario
from sim.scenario.writing import in_order_of_fields, written
from sim.spec.findings import Finding, Path, ScenarioError, TextError, errors
from sim.words import series, words
from sim.workbook.assumed import with_assumptions
from sim.workbook.columns import called, names_for
from sim.workbook.found import known_sheets, sheet_named
from sim.workbook.grid import Grid
from sim.workbook.layout import sheet
from sim.workbook.opened import book_of
from sim.workbook.raci import Given, scenario_of, tables_in
from sim.workbook.racitable import RaciTable
from sim.workbook.reading import Taken, taken_from

texts = words("workbook")


@dataclass(frozen=True, slots=True)
class Imported:
    """An organization out of sheets.

    Attributes
    ----------
    scenario
        What they describe; None where something is wrong with it.
    findings
        What is wrong, and what looks wrong, in the order of the sheets, errors first.
    taken
        What was read and what was assumed.
    """

    scenario: Scenario | None
    findings: tuple[Finding, ...]
    taken: Taken

    def text(self, lang: str = "en") -> str:
        """Return the scenario as YAML, which is named after its file; assumptions are marked by comments."""
        remarks = {path: one.get(lang) for path, one in self.taken.assumed.items()}
        document = self.taken.document
        said = {key: one for key, one in document.data.items() if key != "name" or ("name",) in document.lines}
        return written(in_order_of_fields(said), remarks)

    def assumptions(self) -> list[tuple[str, Any]]:
        """Return what was assumed, with the cell of the row in which it would be stated."""
        return [(self._near(path), text) for path, text in self.taken.assumed.items()]

    def _near(self, path: Path) -> str:
        for length in range(len(path), 0, -1):
            place = self.taken.document.lines.get(path[:length])
            if place is not None:
                return str(place[1])
        return ".".join(map(str, path))


def imported(paths: Sequence[FilePath], given: Given | None = None) -> Imported:
    """Return the organization that a workbook describes, or several tables in text.

    Parameters
    ----------
    paths
        A workbook, or tables in text that are named after their sheets.
    given
        What is said beside a plain RACI table.

    Raises
    ------
    ScenarioError
        Where a file cannot be read at all.
    TextError
        Where something is said beside sheets that say it themselves, or of what they do not have.
    """
    books = [book_of(path) for path in paths]
    found = imported_from([grid for book in books for grid in book.grids], paths[0].name, given)
    hidden = [_hidden(path.name, name) for path, book in zip(paths, books, strict=True) for name in book.hidden]
    doubted = [_doubted(path.name, book.unusual) for path, book in zip(paths, books, strict=True) if book.unusual]
    return replace(found, findings=(*found.findings, *filter(None, hidden), *doubted))


def _doubted(file: str, letters: str) -> Finding:
    """Return what is said of a table in text that may be encoded otherwise than it was read."""
    told = series(letters, most=3)
    return Finding(texts.ENCODING.format(letters=told), severity="warning", file=file)


def _hidden(file: str, name: str) -> Finding | None:
    """Return what is said of a sheet that is hidden, where it would be read otherwise."""
    if sheet_named(name) is None:
        return None
    return Finding(texts.HIDDEN_SHEET.format(sheet=name), severity="warning", file=file)


def imported_from(grids: Sequence[Grid], file: str, given: Given | None = None) -> Imported:
    """Return the organization that sheets describe; `file` is what messages call where they are."""
    taken = taken_from(grids, file)
    tables = () if taken.document.data.get("departments") else tables_in(grids)
    if tables:
        taken = _of_raci(tables, taken, given)
    elif given is not None and given != Given():
        raise TextError(texts.ONLY_BESIDE_RACI)
    elif not taken.counts:
        raise ScenarioError([Finding(texts.NOTHING_OF_OURS.format(known=known_sheets()), file=file)])
    else:
        taken = with_assumptions(_with_missing_sheets(taken))
    scenario, findings = examined_document(taken.document)
    if errors(taken.document.findings):  # what is missing altogether may be missing for what was refused
        findings = [one for one in findings if isinstance(one.line, str) or one in taken.document.findings]
    told = _once(findings, grids)
    return Imported(None if errors(told) else scenario, told, taken)


def _with_missing_sheets(taken: Taken) -> Taken:
    """Return what was read, with a finding for each sheet without which there is no organization."""
    if errors(taken.document.findings):
        return taken
    lost = [one for one in ("departments", "processes") if not (taken.counts.get(one) or taken.document.data.get(one))]
    said = {one: texts.NO_ROW if one in taken.counts else texts.NO_SHEET for one in lost}
    more = [
        Finding(text.format(sheet=called(names_for(sheet(one)))), file=taken.document.file)
        for one, text in said.items()
    ]
    document = taken.document
    return replace(taken, document=replace(document, findings=(*document.findings, *more)))


def _of_raci(tables: Sequence[RaciTable], other: Taken, given: Given | None) -> Taken:
    """Return what plain RACI tables say, with everything else assumed; other sheets cannot be used beside them."""
    found = scenario_of(tables, other.document.file, given)
    data = found.document.data
    steps = sum(len(one["steps"]) for one in data["processes"].values())
    unused = [called(names_for(sheet(key))) for key, count in other.counts.items() if count and key != "steps"]
    text = texts.UNUSED.format(sheets=series(unused), sheet=called(names_for(sheet("departments"))))
    notes = [Finding(text, severity="warning", file=other.document.file)] if unused else []
    document = replace(found.document, findings=(*found.document.findings, *notes))
    return Taken(document, dict(found.assumed), {"departments": len(data["departments"]), "steps": steps})


def _once(findings: Iterable[Finding], grids: Sequence[Grid]) -> tuple[Finding, ...]:
    """Return findings in the order of sheets and cells, one error for each cell: the first that was found there."""
    order = {grid.sheet: place for place, grid in enumerate(grids)}
    kept: dict[tuple[str, Any, str], Finding] = {}
    for number, one in enumerate(findings):
        cell = one.line if isinstance(one.line, str) else f"{one.field}#{number}"
        kept.setdefault((one.file, cell, one.severity), replace(one, path=()) if isinstance(one.line, str) else one)
    return tuple(sorted(kept.values(), key=lambda one: (one.severity == "warning", *_placed(one.line, order))))


def _placed(line: int | str | None, order: dict[str, int]) -> tuple[int, int, str]:
    sheet, _, cell = str(line or "").rpartition("!") if "!" in str(line) else (str(line), "", "")
    row = int(re.sub(r"\D", "", cell) or 0)
    return order.get(sheet, len(order)), row, re.sub(r"\d", "", cell).rjust(3)
