"""Rows of sheets to what a scenario file would say, form by form."""

from __future__ import annotations

import re
from typing import Any

from sim.spec.calendars import DAYS, PREDEFINED, Calendar
from sim.spec.findings import Path
from sim.words import LANGUAGES, Text, words
from sim.workbook import cells
from sim.workbook.cells import CellError, Unit, unit_of, wrong
from sim.workbook.columns import Column, called, heading, names_for
from sim.workbook.filled import key_of
from sim.workbook.found import Found, without_numbers
from sim.workbook.grid import Value
from sim.workbook.hours import percent, read_work
from sim.workbook.kinds import About
from sim.workbook.said import Cells, Said, one_line

texts = words("workbook")


class Rows(Said):
    """Sheets of which the rows are read."""

    def row(self, found: Found, row: int, said: Cells, path: Path) -> None:
        """Read a row that describes one thing, column by column."""
        held = self.held(path)
        first = min((at for at, _ in said.values()), default=0)
        self.lines.setdefault(path, self.place_of(found, row, first))
        self._letters(found, row, said, path)
        self._kpis(found, row, said, path)
        tried = []
        for at, head in found.heads.items():
            if head.key not in said or head.column.kind in ("raci", "kpi", "kpi_target", "parent", "spread", "label"):
                continue
            value, column, about = said[head.key][1], head.column, self.about(found, at, path)
            if column.kind == "name":
                if found.sheet.form == "list":
                    held["label"] = self.label_in(said, one_line(value), "")
                    self.lines[*path, "label"] = self.place_of(found, row, at)
            elif column.kind == "work":
                self.work(found, row, said, column, (*path, *column.place), about)
            elif column.kind == "role":
                self._role(found, row, at, column, value, path)
            elif column.kind == "item":
                tried.append((head.number, at, value, column, about))
            elif column.place:
                self.take(found, row, at, column, value, (*path, *column.place), about)
        if found.sheet.key == "compare":
            self._tried(found, row, tried, path)

    def work(self, found: Found, row: int, said: Cells, column: Column, path: Path, about: About) -> None:
        """Read hours of work, and how they vary."""
        at, value = said[column.key]
        beside = said.get(f"{column.key}_spread")
        try:
            work, assumed = read_work(value, beside[1] if beside else None, column.usual, unit_of(about.unit))
        except CellError as error:
            wrong_at = beside[0] if beside and _is_hours(value, column, unit_of(about.unit)) else at
            self.note(error.text, found.grid, row, wrong_at)
            at = wrong_at
            self.stands(path, self.place_of(found, row, at))
            return
        self.put(path, work, self.place_of(found, row, at))
        if assumed and column.usual not in ("0 %", "exponential"):
            self.assumed[path] = texts.ASSUMED_SPREAD.format(usual=_told_usual(column.usual))

    def _role(self, found: Found, row: int, at: int, column: Column, value: Value, path: Path) -> None:
        owners = self.value_of(found, row, at, column, value, self.about(found, at, path))
        role = column.field
        self.stands((*path, role), self.place_of(found, row, at))
        if owners and role in ("R", "A") and len(owners) > 1:
            self.note(wrong(value, texts.ONE_ROLE.format(role=role)).text, found.grid, row, at)
        elif owners:
            self.put((*path, role), owners[0] if role in ("R", "A") else owners, self.place_of(found, row, at))

    def _letters(self, found: Found, row: int, said: Cells, path: Path) -> None:
        """Read the letters of a step: who plays which role, in the order of the numbers behind them, or of columns."""
        roles: dict[str, list[tuple[float, int, str]]] = {}
        for at in found.lost:
            if "R" in cells.plain(str(found.grid.cells.get((row, at), ""))).upper():
                self.stands((*path, "R"), self.place_of(found, found.top, at))
        for at, head in sorted(found.heads.items()):
            if not head.owner or head.key not in said:
                continue
            value = said[head.key][1]
            try:
                letters = cells.letters(without_numbers(value))
            except CellError as error:
                self.note(error.text, found.grid, row, at)
                self.stands((*path, "R"), self.place_of(found, row, at))
                continue
            numbers = {letter.upper(): float(n) for letter, n in re.findall(r"([RACIraci])(\d+)", str(value))}
            for letter in letters:
                if letter == "A" and "R" in letters:
                    continue  # who does it answers for it, and nobody else has to approve
                roles.setdefault(letter, []).append((numbers.get(letter, 0.0), at, head.owner))
        for role, some in roles.items():
            some.sort()
            place = self.place_of(found, row, some[0][1])
            if role in ("C", "I"):
                self.put((*path, role), [owner for _, _, owner in some], place)
                for number, (_, at, _owner) in enumerate(some):
                    self.lines[*path, role, number] = self.place_of(found, row, at)
                continue
            self.put((*path, role), some[0][2], place)
            for _, at, _owner in some[1:]:
                text = texts.SECOND_ROLE.format(role=role, first=found.grid.where(row, some[0][1]))
                self.note(text, found.grid, row, at)

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
                self.note(texts.MISSING_BESIDE.format(heading=missing), found.grid, row, at)
                continue
            measures = self.value_of(found, row, one[0], column, one[1], About(self.names))
            if measures is None:
                continue
            place = (*path, "kpis", len(kpis))
            kpis.append({"measures": measures})
            for key, at in (("measures", one[0]), ("target", other[0])):
                self.lines[*place, key] = self.place_of(found, row, at)
            try:
                kpis[-1]["target"] = (cells.number if measures == "volume" else cells.share)(other[1])
            except CellError as error:
                self.note(error.text, found.grid, row, other[0])
                kpis.pop()
        if kpis:
            self.held(path)["kpis"] = kpis
            self.lines.setdefault((*path, "kpis"), self.place_of(found, row, 0))

    def _tried(self, found: Found, row: int, tried: list[Any], path: Path) -> None:
        items: list[Any] = []
        for _, at, value, column, about in sorted(tried, key=lambda one: one[0]):
            meant = self.value_of(found, row, at, column, value, about)
            if meant is not None:
                self.lines[*path, "with", len(items)] = self.place_of(found, row, at)
                items.append(meant)
        self.held(path)["with"] = items

    def openings(self, found: Found, row: int, said: Cells, path: Path) -> None:
        """Read when people work, day by day."""
        days = {}
        for at, head in found.heads.items():
            if head.column.kind == "openings" and head.key in said:
                value = self.value_of(found, row, at, head.column, said[head.key][1], About(self.names))
                self.lines[*path, head.column.key] = self.place_of(found, row, at)
                if value:
                    days[head.column.key] = value
        self.held(path[:-1])[str(path[-1])] = days

    def tidy_calendars(self) -> None:
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

    def parts(self, found: Found, row: int, said: Cells, *keys: str, needed: tuple[str, ...]) -> dict[str, Any] | None:
        """Return what some cells of a row mean, or None where one that is needed says nothing."""
        made: dict[str, Any] = {}
        for key in keys:
            if key in said:
                at, value = said[key]
                meant = self.value_of(found, row, at, found.sheet.column(key), value, self.about(found, at, ()))
                if meant is None:
                    return None
                made[key] = meant
        for key in needed:
            if key not in made:
                text = texts.MISSING.format(heading=called(names_for(found.sheet, found.sheet.column(key))))
                self.note(text, found.grid, row, min(at for at, _ in said.values()))
                return None
        return made

    def date(self, found: Found, row: int, said: Cells, path: Path) -> None:
        """Read cases that come on a date."""
        del path
        one = self.parts(found, row, said, "process", "when", "cases", needed=("process", "when"))
        if one is not None:
            path = ("processes", one["process"], "demand", "at")
            at = self.held(path[:-1]).setdefault("at", [])
            self.lines.setdefault(path, self.place_of(found, row, said["when"][0]))
            for _ in range(int(one.get("cases", 1))):
                self.lines[*path, len(at)] = self.place_of(found, row, said["when"][0])
                at.append(one["when"])

    def weight(self, found: Found, row: int, said: Cells, path: Path) -> None:
        """Read how much comes on some days or in some hours."""
        one = self.parts(found, row, said, "when", "hours", "weight", needed=("when", "weight"))
        if one is None:
            return
        when = cells.plain(one["when"]).lower()
        kind = "weeks" if re.match(r"w\d", when) else "week" if when[:3] in DAYS else "months"
        place = self.place_of(found, row, said["weight"][0])
        if "hours" in one:
            by_hour = self.held((*path, kind)).setdefault(when, {})
            if isinstance(by_hour, dict):
                by_hour[one["hours"]] = one["weight"]
        else:
            self.held((*path, kind))[when] = one["weight"]
        self.lines.setdefault((*path, kind), place)

    def lever(self, found: Found, row: int, said: Cells, path: Path) -> None:
        """Read where a lever stands, everywhere or in a department."""
        del path
        if "value" not in said:
            return
        one = self.parts(found, row, said, "lever", "department", "value", needed=("lever",))
        if one is not None:
            home = ("departments", one["department"]) if "department" in one else ()
            self.put((*home, "levers", one["lever"]), one["value"], self.place_of(found, row, said["value"][0]))

    def range_(self, found: Found, row: int, said: Cells, path: Path) -> None:
        """Read between which values a number lies."""
        del path
        one = self.parts(found, row, said, "place", "low", "high", needed=("place", "low", "high"))
        if one is not None:
            self.put(("ranges", one["place"]), [one["low"], one["high"]], self.place_of(found, row, said["low"][0]))

    def figure(self, found: Found, row: int, said: Cells, path: Path) -> None:
        """Read between which values a measure is known to be."""
        del path
        if "low" not in said and "high" not in said:
            return
        one = self.parts(found, row, said, "measure", "process", "low", "high", needed=("measure", "low", "high"))
        if one is not None:
            name = f"{one['measure']}.{one['process']}" if "process" in one else one["measure"]
            path = ("expected", "measures", name, "band")
            self.put(path, [one["low"], one["high"]], self.place_of(found, row, said["low"][0]))


def _is_hours(value: Value, column: Column, unit: Unit | None) -> bool:
    """Tell whether a cell can be read as hours, whatever stands beside it."""
    try:
        read_work(value, None, column.usual, unit)
    except CellError:
        return False
    return True


def _told_usual(usual: str) -> Text:
    share, _, family = usual.partition(" % ")
    told: Text = texts.FAMILIES[family]
    return told + Text(*(f" {percent(float(share) / 100.0, lang)}" for lang in LANGUAGES))
