"""Sheets to what a scenario file would say, with the cell of every value and everything that is wrong in one go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any

from sim.scenario.yaml import Document
from sim.spec.calendars import PREDEFINED, Calendar
from sim.spec.findings import Finding, Path, Place
from sim.words import Text, words
from sim.workbook import cells
from sim.workbook.cells import CellError, wrong
from sim.workbook.filled import code_for, key_of
from sim.workbook.found import (
    Found,
    is_ignored,
    known_columns,
    known_sheets,
    nearest_column,
    recognized,
    with_owners,
    without_numbers,
)
from sim.workbook.grid import Grid, Value
from sim.workbook.hours import read_work
from sim.workbook.kinds import About, read
from sim.workbook.layout import LABELS, Column, called, heading, names_for
from sim.workbook.names import Names

texts = words("workbook")

Cells = Mapping[str, tuple[int, Value]]
"""What stands in a row: the column and value of every cell, by its key."""


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


class _Reading:
    """Sheets while they are read."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._names = Names()
        self._rows: dict[str, list[tuple[int, Cells, Path]]] = {}
        self.data: dict[str, Any] = {}
        self.lines: dict[Path, Place] = {}
        self.findings: list[Finding] = []
        self.assumed: dict[Path, Text] = {}
        self.counts: dict[str, int] = {}

    def all(self, grids: Iterable[Grid]) -> None:
        """Read all sheets: first what there is, then what is said of it."""
        found, others = recognized(grids)
        for grid in others:
            row, column = min(grid.cells)
            text = texts.OTHER_SHEET.format(sheet=grid.sheet, known=known_sheets())
            self._note(text, grid, row, column, "warning")
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
        self._tidy_calendars()

    def _note(self, text: Text, grid: Grid, row: int, column: int, severity: Any = "error") -> None:
        self.findings.append(Finding(text, (), severity, self._file_of(grid), grid.where(row, column)))

    def _file_of(self, grid: Grid) -> str:
        return grid.file or self._file

    def _place(self, found: Found, row: int, column: int) -> Place:
        return self._file_of(found.grid), found.grid.where(row, column)

    # what there is

    def _name_rows(self, found: Found) -> None:
        """Find out where the rows of a sheet stand in the scenario, and what they are called."""
        sheet, rows = found.sheet, []
        parents: dict[str, str] = {}
        used: dict[Path, int] = {}
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
        self._rows[sheet.key] = rows
        self.counts[sheet.key] = len(rows)

    def _base(self, found: Found, row: int, said: Cells, parents: dict[str, str]) -> Path | None:
        """Return where a row stands; what an empty cell says which it is within is what the row above says."""
        made: list[str | int] = []
        for part in found.sheet.base:
            if not str(part).startswith("{"):
                made.append(part)
                continue
            what = str(part).strip("{}")
            column = found.sheet.column(what)
            if what in said:
                at, value = said[what]
                code = self._value(found, row, at, column, value, About(self._names))
                if code is None:
                    return None
                parents[what] = code
            elif what not in parents:
                first = min(at for at, _ in said.values())
                text = texts.MISSING.format(heading=called(names_for(found.sheet, column)))
                self._note(text, found.grid, row, first)
                return None
            made.append(parents[what])
        return tuple(made)

    def _code(self, found: Found, row: int, said: Cells, base: Path) -> str | None:
        """Return under which name a row is kept, and note what people call it."""
        sheet = found.sheet
        if "name" not in said and "code" not in said:
            first = min(at for at, _ in said.values())
            text = texts.MISSING.format(heading=called(names_for(sheet, sheet.column("name"))))
            self._note(text, found.grid, row, first)
            return None
        at, value = said.get("name", said.get("code", (0, "")))
        name = _one_line(value)
        if sheet.names == "calendar":
            known = self._names.table("calendar").found(name)
            code = next(iter(known)) if len(known) == 1 else code_for(name)
        else:
            code = cells.text(said["code"][1]) if "code" in said else code_for(name)
        code = code or f"{sheet.names}_{row + 1}"
        label = self._label(found, said, name, code)
        within = str(base[1]) if len(base) > 1 else ""
        if sheet.names == "department" and (*base, code) in self.lines and "site" in said:
            code = code_for(f"{code}_{cells.text(said['site'][1])}")
        path = (*base, code)
        if path in self.lines and sheet.form == "table":
            self._note(texts.TWICE.format(name=name, first=self.lines[path][1]), found.grid, row, at)
            return None
        self.lines.setdefault(path, self._place(found, row, at))
        self._names.add(sheet.names, f"{within}.{code}" if sheet.names == "approver" else code, label or code, within)
        held = self._held(path)
        if label and "label" not in held and sheet.names != "calendar":
            held["label"] = label
            self.lines[*path, "label"] = self._place(found, row, at)
        return code

    def _label(self, found: Found, said: Cells, name: str, code: str) -> Any:
        """Return the words for people of a row, where its name alone does not say them."""
        for lang, key in LABELS.items():
            if key in said:
                other = "zh" if lang == "en" else "en"
                return {lang: _one_line(said[key][1]), other: name}
        return "" if name == code else name

    def _held(self, path: Path) -> dict[str, Any]:
        """Return what is said at a place, where more can be said."""
        here: Any = self.data
        for part, after in pairwise((*path, "")):
            new: Any = [] if isinstance(after, int) else {}
            if isinstance(part, int):
                here += [{} for _ in range(part + 1 - len(here))]
                here = here[part]
            else:
                here = here.setdefault(part, new)
        found: dict[str, Any] = here
        return found

    # what is said of it

    def _put(self, path: Path, value: Any, place: Place) -> None:
        self._held(path[:-1])[str(path[-1])] = value
        for length in range(len(path), 0, -1):
            self.lines.setdefault(path[:length], place)

    def _value(self, found: Found, row: int, at: int, column: Column, value: Value, about: About) -> Any:
        """Return what a cell means; None where it means nothing, which is noted."""
        try:
            return read(column, value, about)
        except CellError as error:
            self._note(error.text, found.grid, row, at)
            return None

    def _take(self, found: Found, row: int, at: int, column: Column, value: Value, path: Path, about: About) -> None:
        meant = self._value(found, row, at, column, value, about)
        place = self._place(found, row, at)
        if meant is None:
            self.lines.setdefault(path, place)
        else:
            self._put(path, meant, place)

    def _settings(self, found: Found) -> None:
        """Read a sheet with a heading and a value in each row."""
        sheet, labels = found.sheet, dict[str, tuple[int, int, Value]]()
        known = {name: column for column in sheet.columns for name in _names(found, column)}
        for row, held in found.grid.rows:
            filled = [(at, value) for at, value in held.items() if at <= VALUE_COLUMN]
            name = cells.folded(re.sub(r"[(（].*", "", cells.text(filled[0][1]))) if filled else ""
            column = known.get(name.rstrip(":："))
            if column is None:
                if len(filled) > 1 and not is_ignored(name) and row > found.top:
                    text = texts.OTHER_SETTING.format(found=cells.text(filled[0][1]), known=known_columns(sheet))
                    text += nearest_column(sheet, cells.text(filled[0][1]))
                    self._note(text, found.grid, row, filled[0][0], "warning")
                continue
            if len(filled) > 1:
                labels[column.key] = (row, *filled[1])
        self.counts[sheet.key] = len(labels)
        self._rows[sheet.key] = []
        for key, (row, at, value) in labels.items():
            self._rows[sheet.key].append((row, {key: (at, value)}, ()))

    def _later(self, found: Found) -> None:
        """Read settings, which may refer to whatever the other sheets describe."""
        if found.sheet.form != "settings":
            return
        rows = {key: (row, *said[key]) for row, said, _ in self._rows[found.sheet.key] for key in said}
        for key, (row, at, value) in rows.items():
            column = found.sheet.column(key)
            if column.kind == "label":
                continue
            about = About(self._names, unit=_unit_in(str(found.grid.cells.get((row, at - 1), ""))))
            others = [one for one in found.sheet.columns if one.kind == "label" and one.place == column.place]
            other = next((one for one in others if one.key in rows), None)
            if column.kind == "work":
                self._work(found, row, {key: (at, value)}, column, column.place, about)
            elif other is not None:
                lang = "zh" if other.of == "en" else "en"
                both = {other.of: str(rows[other.key][2]), lang: str(value)}
                self._put(column.place, both, self._place(found, row, at))
            else:
                self._take(found, row, at, column, value, column.place, about)

    def _heads(self, found: Found) -> None:
        """Note the columns of a sheet that are none of ours, and cells whose formula gave nothing."""
        for column, text in with_owners(found, self._names).items():
            self._note(text, found.grid, found.top, column)
        rows = [row for row, _ in found.grid.rows if row > found.top]
        for column, name in found.unknown.items():
            if not is_ignored(name) and any((row, column) in found.grid.cells for row in rows):
                facts = {"found": name, "known": known_columns(found.sheet)}
                text = texts.OTHER_COLUMN.format(**facts) + nearest_column(found.sheet, name)
                self._note(text, found.grid, found.top, column, "warning")
        for row, column in sorted(found.grid.formulas):
            if row > found.top and column in found.heads and (row, column) not in found.grid.cells:
                self._note(texts.NO_RESULT, found.grid, row, column)
        if not found.heads:
            row, column = min(found.grid.cells, default=(0, 0))
            self._note(texts.NO_HEADINGS.format(known=known_columns(found.sheet)), found.grid, row, column)

    def _sheet(self, found: Found) -> None:
        forms = {
            "dates": self._date,
            "profiles": self._weight,
            "levers": self._lever,
            "ranges": self._range,
            "figures": self._figure,
        }
        # the columns of departments are known only now
        said_by_row = dict(found.rows)
        for row, _, path in self._rows[found.sheet.key]:
            said = said_by_row.get(row, {})
            form = self._openings if found.sheet.names == "calendar" else forms.get(found.sheet.form, self._row)
            form(found, row, said, path)

    def _about(self, found: Found, at: int, path: Path) -> About:
        process = str(path[1]) if len(path) > 1 and path[0] == "processes" else ""
        return About(self._names, process, found.units.get(at, ""), found.lang)

    def _row(self, found: Found, row: int, said: Cells, path: Path) -> None:
        held = self._held(path)
        first = min((at for at, _ in said.values()), default=0)
        self.lines.setdefault(path, self._place(found, row, first))
        self._letters(found, row, said, path)
        self._kpis(found, row, said, path)
        tried = []
        for at, head in found.heads.items():
            if head.key not in said or head.column.kind in ("raci", "kpi", "kpi_target", "parent", "spread", "label"):
                continue
            value, column, about = said[head.key][1], head.column, self._about(found, at, path)
            if column.kind == "name":
                if found.sheet.form == "list":
                    held["label"] = self._label(found, said, _one_line(value), "")
                    self.lines[*path, "label"] = self._place(found, row, at)
            elif column.kind == "work":
                self._work(found, row, said, column, (*path, *column.place), about)
            elif column.kind == "role":
                self._role(found, row, at, column, value, path)
            elif column.kind == "item":
                tried.append((head.number, at, value, column, about))
            elif column.place:
                self._take(found, row, at, column, value, (*path, *column.place), about)
        if found.sheet.key == "compare":
            self._tried(found, row, tried, path)

    def _work(self, found: Found, row: int, said: Cells, column: Column, path: Path, about: About) -> None:
        at, value = said[column.key]
        beside = said.get(f"{column.key}_spread")
        try:
            unit = cells.unit_of(about.unit)
            work, assumed = read_work(value, beside[1] if beside else None, column.usual, unit)
        except CellError as error:
            self._note(error.text, found.grid, row, at)
            self.lines.setdefault(path, self._place(found, row, at))
            return
        self._put(path, work, self._place(found, row, at))
        if assumed and column.usual not in ("0 %", "exponential"):
            self.assumed[path] = texts.ASSUMED_SPREAD.format(usual=_told_usual(column.usual))

    def _role(self, found: Found, row: int, at: int, column: Column, value: Value, path: Path) -> None:
        owners = self._value(found, row, at, column, value, self._about(found, at, path))
        role = column.field
        if owners and role in ("R", "A") and len(owners) > 1:
            self._note(wrong(value, texts.ONE_ROLE.format(role=role)).text, found.grid, row, at)
        elif owners:
            self._put((*path, role), owners[0] if role in ("R", "A") else owners, self._place(found, row, at))

    def _letters(self, found: Found, row: int, said: Cells, path: Path) -> None:
        """Read the letters of a step: who plays which role, in the order of the numbers behind them, or of columns."""
        roles: dict[str, list[tuple[float, int, str]]] = {}
        for at, head in sorted(found.heads.items()):
            if not head.owner or head.key not in said:
                continue
            value = said[head.key][1]
            try:
                letters = cells.letters(without_numbers(value))
            except CellError as error:
                self._note(error.text, found.grid, row, at)
                continue
            numbers = {letter.upper(): float(n) for letter, n in re.findall(r"([RACIraci])(\d+)", str(value))}
            for letter in letters:
                roles.setdefault(letter, []).append((numbers.get(letter, 0.0), at, head.owner))
        for role, some in roles.items():
            some.sort()
            place = self._place(found, row, some[0][1])
            if role in ("C", "I"):
                self._put((*path, role), [owner for _, _, owner in some], place)
                for number, (_, at, _owner) in enumerate(some):
                    self.lines[*path, role, number] = self._place(found, row, at)
                continue
            self._put((*path, role), some[0][2], place)
            for _, at, _owner in some[1:]:
                text = texts.SECOND_ROLE.format(role=role, first=found.grid.where(row, some[0][1]))
                self._note(text, found.grid, row, at)

    def _kpis(self, found: Found, row: int, said: Cells, path: Path) -> None:
        """Read what a department is measured by: pairs of what, and what counts as met."""
        numbers = sorted({head.number for head in found.heads.values() if head.column.kind in ("kpi", "kpi_target")})
        kpis: list[dict[str, Any]] = []
        for number in numbers:
            column, target = found.sheet.column("kpi"), found.sheet.column("kpi_target")
            one, other = said.get(key_of(column, number)), said.get(key_of(target, number))
            if one is None and other is None:
                continue
            if one is None or other is None:
                at = (one or other or (0, ""))[0]
                missing = heading(found.sheet, column if one is None else target, number)
                self._note(texts.MISSING_BESIDE.format(heading=missing), found.grid, row, at)
                continue
            measures = self._value(found, row, one[0], column, one[1], About(self._names))
            if measures is None:
                continue
            place = (*path, "kpis", len(kpis))
            kpis.append({"measures": measures})
            for key, at in (("measures", one[0]), ("target", other[0])):
                self.lines[*place, key] = self._place(found, row, at)
            try:
                kpis[-1]["target"] = (cells.number if measures == "volume" else cells.share)(other[1])
            except CellError as error:
                self._note(error.text, found.grid, row, other[0])
                kpis.pop()
        if kpis:
            self._held(path)["kpis"] = kpis
            self.lines.setdefault((*path, "kpis"), self._place(found, row, 0))

    def _tried(self, found: Found, row: int, tried: list[Any], path: Path) -> None:
        items: list[Any] = []
        for _, at, value, column, about in sorted(tried, key=lambda one: one[0]):
            meant = self._value(found, row, at, column, value, about)
            if meant is not None:
                self.lines[*path, "with", len(items)] = self._place(found, row, at)
                items.append(meant)
        self._held(path)["with"] = items

    def _openings(self, found: Found, row: int, said: Cells, path: Path) -> None:
        days = {}
        for at, head in found.heads.items():
            if head.column.kind == "openings" and head.key in said:
                value = self._value(found, row, at, head.column, said[head.key][1], About(self._names))
                self.lines[*path, head.column.key] = self._place(found, row, at)
                if value:
                    days[head.column.key] = value
        self._held(path[:-1])[str(path[-1])] = days

    def _tidy_calendars(self) -> None:
        """Write calendars as files do, and leave out those that every scenario has."""
        calendars = self.data.get("calendars", {})
        for code, said in list(calendars.items()):
            try:
                calendar = Calendar.model_validate(said)
            except ValueError:  # what is wrong with it is found once more when the scenario is checked
                continue
            calendars[code] = calendar.model_dump()
            if PREDEFINED.get(code) == calendar:
                del calendars[code]
        if not calendars:
            self.data.pop("calendars", None)

    def _parts(self, found: Found, row: int, said: Cells, *keys: str, needed: tuple[str, ...]) -> dict[str, Any] | None:
        """Return what some cells of a row mean, or None where one that is needed says nothing."""
        made: dict[str, Any] = {}
        for key in keys:
            if key in said:
                at, value = said[key]
                meant = self._value(found, row, at, found.sheet.column(key), value, self._about(found, at, ()))
                if meant is None:
                    return None
                made[key] = meant
        for key in needed:
            if key not in made:
                text = texts.MISSING.format(heading=called(names_for(found.sheet, found.sheet.column(key))))
                self._note(text, found.grid, row, min(at for at, _ in said.values()))
                return None
        return made

    def _date(self, found: Found, row: int, said: Cells, path: Path) -> None:
        del path
        one = self._parts(found, row, said, "process", "when", "cases", needed=("process", "when"))
        if one is not None:
            path = ("processes", one["process"], "demand", "at")
            at = self._held(path[:-1]).setdefault("at", [])
            self.lines.setdefault(path, self._place(found, row, said["when"][0]))
            for _ in range(int(one.get("cases", 1))):
                self.lines[*path, len(at)] = self._place(found, row, said["when"][0])
                at.append(one["when"])

    def _weight(self, found: Found, row: int, said: Cells, path: Path) -> None:
        one = self._parts(found, row, said, "when", "hours", "weight", needed=("when", "weight"))
        if one is None:
            return
        when = cells.plain(one["when"]).lower()
        kind = "weeks" if re.match(r"w\d", when) else "week" if when[:3] in _DAYS else "months"
        place = self._place(found, row, said["weight"][0])
        if "hours" in one:
            by_hour = self._held((*path, kind)).setdefault(when, {})
            if isinstance(by_hour, dict):
                by_hour[one["hours"]] = one["weight"]
        else:
            self._held((*path, kind))[when] = one["weight"]
        self.lines.setdefault((*path, kind), place)

    def _lever(self, found: Found, row: int, said: Cells, path: Path) -> None:
        del path
        if "value" not in said:
            return
        one = self._parts(found, row, said, "lever", "department", "value", needed=("lever",))
        if one is not None:
            home = ("departments", one["department"]) if "department" in one else ()
            self._put((*home, "levers", one["lever"]), one["value"], self._place(found, row, said["value"][0]))

    def _range(self, found: Found, row: int, said: Cells, path: Path) -> None:
        del path
        one = self._parts(found, row, said, "place", "low", "high", needed=("place", "low", "high"))
        if one is not None:
            self._put(("ranges", one["place"]), [one["low"], one["high"]], self._place(found, row, said["low"][0]))

    def _figure(self, found: Found, row: int, said: Cells, path: Path) -> None:
        del path
        if "low" not in said and "high" not in said:
            return
        one = self._parts(found, row, said, "measure", "process", "low", "high", needed=("measure", "low", "high"))
        if one is not None:
            name = f"{one['measure']}.{one['process']}" if "process" in one else one["measure"]
            path = ("expected", "measures", name, "band")
            self._put(path, [one["low"], one["high"]], self._place(found, row, said["low"][0]))


VALUE_COLUMN = 1
"""The column of a sheet of settings in which values stand; further right it says what they mean."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _names(found: Found, column: Column) -> set[str]:
    from sim.workbook.found import names

    return set(names(names_for(found.sheet, column)))


def _one_line(value: Value) -> str:
    """Return words for people as they are written, on one line."""
    return " ".join(value.split()) if isinstance(value, str) else cells.text(value)


def _unit_in(name: str) -> str:
    match = re.search(r"[(（](.*?)[)）]", name)
    return match[1] if match else ""


def _told_usual(usual: str) -> Text:
    share, _, family = usual.partition(" % ")
    return texts.FAMILIES[family].__add__(f" {share} %")
