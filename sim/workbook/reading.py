"""Sheets to what a scenario file would say, with the cell of every value and everything that is wrong in one go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from sim.scenario.yaml import Document
from sim.spec.findings import Path, Place
from sim.words import Text, words
from sim.workbook import cells
from sim.workbook.columns import called, names_for
from sim.workbook.filled import code_for
from sim.workbook.found import (
    SEVERAL,
    Found,
    about,
    is_ignored,
    known_columns,
    known_sheets,
    names,
    nearest_column,
    recognized,
    with_owners,
)
from sim.workbook.grid import Grid, Value
from sim.workbook.kinds import About
from sim.workbook.opened import formulas_in
from sim.workbook.rows import Rows
from sim.workbook.said import Cells, one_line

texts = words("workbook")


@dataclass(slots=True)
class Taken:
    """What was read from sheets.

    Attributes
    ----------
    document
        What a scenario file would say, with the cell of every value.
    assumed
        What nobody says and was assumed, by place.
    counts
        How many rows were taken from which sheet.
    """

    document: Document
    assumed: dict[Path, Text] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def taken_from(grids: Iterable[Grid], file: str) -> Taken:
    """Return what sheets say; `file` is what messages call where they are."""
    reading = _Reading(file)
    reading.all(grids)
    name = code_for(FilePath(file).stem) or "organization"
    data = {"format": 1, "name": name, **reading.data}
    return Taken(Document(file, data, reading.lines, tuple(reading.findings)), reading.assumed, reading.counts)


class _Reading(Rows):
    """Sheets while they are read."""

    def all(self, grids: Iterable[Grid]) -> None:
        """Read all sheets: first what there is, then what is said of it."""
        found, others = recognized(grids)
        self._no_processes = all(one.sheet.key != "processes" for one in found)
        for grid in others:
            row, column = min(grid.cells)
            text = texts.OTHER_SHEET.format(sheet=grid.sheet, known=known_sheets())
            self.note(text, grid, row, column, "warning")
        for one in found:
            if one.sheet.form == "settings":
                self._settings(one)
            else:
                self._name_rows(one)
        for one in found:
            if one.sheet.form != "settings":
                self._heads(one)
                self._sheet(one)
        for one in found:
            self._later(one)
        self.tidy_calendars()

    def _name_rows(self, found: Found) -> None:
        """Find out where the rows of a sheet stand in the scenario, and what they are called."""
        sheet = found.sheet
        rows: list[tuple[int, Cells, Path]] = []
        parents: dict[str, str] = {}
        used: dict[Path, int] = {}
        for place, name in found.guessed.items():
            text = texts.TAKEN_FOR.format(found=name, heading=called(names_for(sheet, found.heads[place].column)))
            self.note(text, found.grid, found.top, place, "warning")
        if self._nameless(found):
            return
        for row, said in found.rows:
            if sheet.names == "calendar" and "name" not in said:
                continue
            base = self._base(found, row, said, parents)
            if base is None:
                continue
            if sheet.form == "list":
                count = used.get(base, 0)
                used[base] = count + 1
                rows.append((row, said, (*base, count)))
            elif sheet.names:
                code = self._code(found, row, said, base)
                if code is not None:
                    rows.append((row, said, (*base, code)))
            else:
                rows.append((row, said, base))
        self.rows[found.grid.where(0, 0)] = rows
        self.counts[sheet.key] = self.counts.get(sheet.key, 0) + sum(
            1 for _, said, _ in rows if sheet.form != "levers" or "value" in said
        )

    def _nameless(self, found: Found) -> bool:
        """Say once of a sheet that nothing in it has a name; what refers to it is not told as wrong then."""
        sheet, kinds = found.sheet, {head.column.kind for head in found.heads.values()}
        if not sheet.names or not found.heads or kinds & {"name", "code"} or not any(found.rows):
            return False
        text = texts.NO_NAMES.format(heading=called(names_for(sheet, sheet.column("name"))))
        self.note(text, found.grid, found.top, min(found.heads))
        self.blind |= {sheet.names, "owner"} if sheet.names in ("department", "approver") else {sheet.names}
        self.rows[found.grid.where(0, 0)] = []
        self.counts.setdefault(sheet.key, 0)
        return True

    def _new_process(self, name: str, place: Place) -> None:
        """Let there be a process that only the sheet of the steps speaks of."""
        code = code_for(name) or "process"
        if code not in self.names.table("process").labels:
            self.names.add("process", code, name)
            self.held(("processes", code)).update({} if name == code else {"label": name})
            self.lines["processes", code] = place

    def _by_title(self, found: Found, row: int, said: Cells, parents: dict[str, str]) -> None:
        """Let a sheet of steps without a column for the process be about the one in its title."""
        title = about(found) if found.sheet.key == SEVERAL and "process" not in {*said, *parents} else ""
        if not title:
            return
        if self._no_processes:
            self._new_process(title, self.place_of(found, row, min(at for at, _ in said.values())))
        table = self.names.table("process")
        named = [code for code, label in table.labels.items() if cells.folded(label.zh) in cells.folded(title)]
        codes = table.found(title) or set(named)
        if len(codes) == 1:
            parents["process"] = next(iter(codes))

    def _base(self, found: Found, row: int, said: Cells, parents: dict[str, str]) -> Path | None:
        """Return where a row stands; what an empty cell says which it is within is what the row above says."""
        made: list[str | int] = []
        self._by_title(found, row, said, parents)
        for part in found.sheet.base:
            if not str(part).startswith("{"):
                made.append(part)
                continue
            what = str(part).strip("{}")
            column = found.sheet.column(what)
            only = self.names.table(what).labels
            if what == "process" and self._no_processes:
                at, value = said.get(what, (min(at for at, _ in said.values()), ""))
                if value or not (only or parents):
                    name = one_line(value) or texts.A_PROCESS.get(found.lang)
                    self._new_process(name, self.place_of(found, row, at))
            if what in said:
                at, value = said[what]
                code = self.value_of(found, row, at, column, value, About(self.names))
                if code is None:
                    return None
                parents[what] = code
            elif what not in parents and len(only) == 1:
                parents[what] = next(iter(only))
            elif what not in parents:
                first = min(at for at, _ in said.values())
                text = texts.MISSING.format(heading=called(names_for(found.sheet, column)))
                self.note(text, found.grid, row, first)
                return None
            made.append(parents[what])
        return tuple(made)

    def _code(self, found: Found, row: int, said: Cells, base: Path) -> str | None:
        """Return under which name a row is kept, and note what people call it."""
        sheet = found.sheet
        if "name" not in said and "code" not in said:
            first = min(at for at, _ in said.values())
            text = texts.MISSING.format(heading=called(names_for(sheet, sheet.column("name"))))
            self.note(text, found.grid, row, first)
            return None
        at, value = said.get("name", said.get("code", (0, "")))
        name = one_line(value)
        if sheet.names == "calendar":
            known = self.names.table("calendar").found(name)
            code = next(iter(known)) if len(known) == 1 else code_for(name)
        else:
            code = cells.text(said["code"][1]) if "code" in said else code_for(name)
        code = code or f"{sheet.names}_{row + 1}"
        label = self.label_in(said, name, code)
        within = str(base[1]) if len(base) > 1 else ""
        if sheet.names == "department" and (*base, code) in self.lines and "site" in said:
            code = code_for(f"{code}_{cells.text(said['site'][1])}")
        path = (*base, code)
        if path in self.lines and sheet.form == "table":
            self.note(texts.TWICE.format(name=name, first=self.lines[path][1]), found.grid, row, at)
            return None
        self.lines.setdefault(path, self.place_of(found, row, at))
        self.names.add(sheet.names, f"{within}.{code}" if sheet.names == "approver" else code, label or code, within)
        held = self.held(path)
        if label and "label" not in held and sheet.names != "calendar":
            held["label"] = label
            self.lines[*path, "label"] = self.place_of(found, row, at)
        return code

    def _settings(self, found: Found) -> None:
        """Read a sheet with a heading and a value in each row."""
        sheet, labels = found.sheet, dict[str, tuple[int, int, Value]]()
        known = {name: column for column in sheet.columns for name in names(names_for(sheet, column))}
        for row, held in found.grid.rows:
            filled = [(at, value) for at, value in held.items() if at <= VALUE_COLUMN]
            name = cells.folded(re.sub(r"[(（].*", "", cells.text(filled[0][1]))) if filled else ""
            column = known.get(name.rstrip(":："))
            if column is None:
                if len(filled) > 1 and not is_ignored(name) and row > found.top:
                    text = texts.OTHER_SETTING.format(found=cells.text(filled[0][1]), known=known_columns(sheet))
                    text += nearest_column(sheet, cells.text(filled[0][1]))
                    self.note(text, found.grid, row, filled[0][0], "warning")
                continue
            if len(filled) > 1:
                labels[column.key] = (row, *filled[1])
        self.counts[sheet.key] = len(labels)
        self._formulas(found.grid, {(row, at) for row, at, _ in labels.values()})
        self.rows[found.grid.where(0, 0)] = []
        for key, (row, at, value) in labels.items():
            self.rows[found.grid.where(0, 0)].append((row, {key: (at, value)}, ()))

    def _later(self, found: Found) -> None:
        """Read settings, which may refer to whatever the other sheets describe."""
        if found.sheet.form != "settings":
            return
        rows = {key: (row, *said[key]) for row, said, _ in self.rows[found.grid.where(0, 0)] for key in said}
        for key, (row, at, value) in rows.items():
            column = found.sheet.column(key)
            if column.kind == "label":
                continue
            about = About(self.names, unit=_unit_in(str(found.grid.cells.get((row, at - 1), ""))))
            others = [one for one in found.sheet.columns if one.kind == "label" and one.place == column.place]
            other = next((one for one in others if one.key in rows), None)
            if column.kind == "work":
                self.work(found, row, {key: (at, value)}, column, column.place, about)
            elif other is not None:
                lang = "zh" if other.of == "en" else "en"
                both = {other.of: str(rows[other.key][2]), lang: str(value)}
                self.put(column.place, both, self.place_of(found, row, at))
            else:
                self.take(found, row, at, column, value, column.place, about)

    def _heads(self, found: Found) -> None:
        """Note the columns of a sheet that are none of ours, and cells whose formula gave nothing."""
        for column, text in with_owners(found, self.names).items():
            self.note(text, found.grid, found.top, column)
        rows = [row for row, _ in found.grid.rows if row > found.top]
        for column, name in found.unknown.items():
            if not is_ignored(name) and any((row, column) in found.grid.cells for row in rows):
                facts = {"found": name, "known": known_columns(found.sheet, found.heads.values())}
                hint = nearest_column(found.sheet, name)
                text = (
                    texts.OTHER_COLUMN_HINT.format(found=name, hint=hint)
                    if hint
                    else texts.OTHER_COLUMN.format(**facts)
                )
                self.note(text, found.grid, found.top, column, "warning")
        self._formulas(found.grid, {(row, column) for row in rows for column in found.heads})
        if not found.heads:
            row, column = min(found.grid.cells, default=(0, 0))
            self.note(texts.NO_HEADINGS.format(known=known_columns(found.sheet)), found.grid, row, column)

    def _formulas(self, grid: Grid, read_: set[tuple[int, int]]) -> None:
        """Refuse formulas in the cells that are read: what they gave may be old, and nobody sees where it came from."""
        self.findings += formulas_in(grid, read_)

    def _sheet(self, found: Found) -> None:
        forms = {
            "dates": self.date,
            "profiles": self.weight,
            "levers": self.lever,
            "ranges": self.range_,
            "figures": self.figure,
        }
        # the columns of departments are known only now
        said_by_row = dict(found.rows)
        for row, _, path in self.rows[found.grid.where(0, 0)]:
            said = said_by_row.get(row, {})
            form = self.openings if found.sheet.names == "calendar" else forms.get(found.sheet.form, self.row)
            form(found, row, said, path)


VALUE_COLUMN = 1
"""The column of a sheet of settings in which values stand; further right it says what they mean."""


def _unit_in(name: str) -> str:
    match = re.search(r"[(（](.*?)[)）]", name)
    return match[1] if match else ""
