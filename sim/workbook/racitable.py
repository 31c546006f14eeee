"""Finds a RACI table in a sheet: where names stand, which of them are departments and which tasks, and the letters.

People put titles, notes, legends, numbers and phases around such a table, and departments above it or beside it. The
names above are in the row, and the names beside in the column, between which most letters stand. Which are departments
is told by what they are called, by what stands in the corner, and by the rule of such tables: a task has one A, and
somebody who does it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sim.spec.findings import Finding, TextError
from sim.words import Text, words
from sim.workbook.cells import Letter, duration, folded, letters, number, plain, spellings, text, unit_of
from sim.workbook.grid import Grid
from sim.workbook.opened import formulas_in
from sim.workbook.refused import at

texts = words("racitable")

Cell = tuple[int, int]

SEARCHED_ROWS = 30
SEARCHED_COLUMNS = 12
_MOST_LETTERS = 2_000
"""Letters that are looked at to find the names; there may be more."""

_LONGEST = 40
"""Letters of a cell that can be letters of RACI."""

_BARE = re.compile(r"[RACI]([/,;、+&\s]*[RACI]){0,3}", re.IGNORECASE)
"""Letters and nothing else."""

_TITLE = 60
"""Letters of a title; what is longer is a note."""

_KIND = re.compile(
    r"\bRACI\b\s*(matrix|table|chart|表格?|矩阵表?|责任矩阵)?|RACI\s*(表格?|矩阵表?|责任矩阵)", re.IGNORECASE
)
"""What a title says of the kind of table."""

_ENOUGH_LINES = 200
"""Lines of either kind that tell which are tasks."""

_FEWEST = 2
"""Tasks, departments and letters that make a table."""


@dataclass(frozen=True, slots=True)
class Line:
    """A department or task: its name, and the cell in which it stands."""

    name: str
    cell: Cell


@dataclass(slots=True)
class RaciTable:
    """A table of tasks and departments.

    Attributes
    ----------
    grid
        The sheet.
    departments, tasks
        In their order.
    roles
        Letters by task and department, each by number.
    hours
        Hours of work, by task, where a line says so; with their cells.
    staff
        People, by department, where a line says so; with their cells.
    title
        What stands above the table, or what the sheet is called.
    corner
        The cell above the names beside the letters.
    findings
        What is wrong with cells.
    """

    grid: Grid
    departments: tuple[Line, ...]
    tasks: tuple[Line, ...]
    roles: dict[tuple[int, int], tuple[Letter, ...]] = field(default_factory=dict)
    hours: dict[int, tuple[float, Cell]] = field(default_factory=dict)
    staff: dict[int, tuple[int, Cell]] = field(default_factory=dict)
    title: str = ""
    corner: Cell = (0, 0)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where names stand: the row above the letters and the column beside them."""

    row: int
    column: int
    across: dict[int, str]
    down: dict[int, str]


def table_in(grid: Grid) -> RaciTable | None:
    """Return the RACI table of a sheet, or None where there is none.

    Parameters
    ----------
    grid
        A sheet.
    """
    roles = _letters_of(grid)
    frame = _frame(grid, roles)
    if frame is None or min(len(frame.across), len(frame.down)) < _FEWEST:
        return None
    tasks_down = _tasks_down(grid, frame, roles)
    down = {row: Line(name, (row, frame.column)) for row, name in frame.down.items()}
    across = {column: Line(name, (frame.row, column)) for column, name in frame.across.items()}
    reader = _Reader(grid, frame, tasks_down, down if tasks_down else across, across if tasks_down else down)
    return reader.read()


def _letters_of(grid: Grid) -> dict[Cell, tuple[Letter, ...]]:
    """Return the cells that can be letters of RACI."""
    short = {value for value in grid.cells.values() if isinstance(value, str) and len(value) <= _LONGEST}
    meant = {value: said for value in short if (said := _letters(value))}
    return {cell: meant[value] for cell, value in grid.cells.items() if isinstance(value, str) and value in meant}


def _letters(value: str) -> tuple[Letter, ...]:
    try:
        return letters(value)
    except TextError:
        return ()


def _frame(grid: Grid, roles: Mapping[Cell, tuple[Letter, ...]]) -> _Frame | None:
    """Return the row and column of names between which most letters stand; of equal ones the nearest to them."""
    names = {cell: text(value) for cell, value in grid.cells.items() if isinstance(value, str) and not _bare(value)}
    sample = sorted(roles)[:_MOST_LETTERS]
    rows = sorted({row for row, _ in names if row < SEARCHED_ROWS})
    columns = sorted({column for _, column in names if column < SEARCHED_COLUMNS})
    above = {row: _once(names, (cell for cell in names if cell[0] == row)) for row in rows}
    beside = {column: _once(names, (cell for cell in names if cell[1] == column)) for column in columns}
    best, most = None, (_FEWEST - 1, 0, 0)
    for row in rows:
        heads = {cell[1] for cell in above[row]}
        for column in columns:
            sides = {cell[0] for cell in beside[column]}
            inside = sum(1 for r, c in sample if r > row and c > column and c in heads and r in sides)
            score = (inside, _heading_of(names.get((row, column), "")), row)
            if score > most:
                best, most = (row, column), score
    return None if best is None else _framed(names, roles, best)


def _bare(value: str) -> bool:
    """Say whether a text is letters and nothing else; a word for one may be the name of a task, as Approve."""
    return len(value) <= _LONGEST and _BARE.fullmatch(plain(value)) is not None


def _framed(names: Mapping[Cell, str], roles: Mapping[Cell, tuple[Letter, ...]], corner: Cell) -> _Frame:
    """Return the names above and beside letters, and those of lines with hours or people; legends are no such lines."""
    counted, notes = (texts.LINES["hours"], texts.LINES["staff"]), texts.LINES["notes"]
    row, column = corner
    heads = {c: name for (r, c), name in names.items() if r == row and c > column and not _is(name, notes)}
    inside: dict[int, dict[int, tuple[Letter, ...]]] = {}
    for (r, c), said in roles.items():
        if r > row and c in heads:
            inside.setdefault(r, {})[c] = said
    rows = {r for r, said in inside.items() if not _legend(said, roles.get((r, column), ()))}
    columns = {c for r in rows for c in inside[r]}
    down = {r: name for (r, c), name in names.items() if c == column and r > row}
    return _Frame(
        row,
        column,
        {c: heads[c] for c in sorted(heads) if c in columns or _is(heads[c], *counted)},
        {r: down[r] for r in sorted(down) if r in rows or _is(down[r], *counted)},
    )


def _legend(said: Mapping[int, tuple[Letter, ...]], name: tuple[Letter, ...]) -> bool:
    """Say whether a row tells what a letter means: the word for it, and the letter."""
    return bool(name) and list(said.values()) == [name]


def _once(names: Mapping[Cell, str], cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells whose name stands in no other of them: titles and phases are merged over many."""
    held = list(cells)
    count = Counter(folded(names[cell]) for cell in held)
    return [cell for cell in held if count[folded(names[cell])] == 1]


def _heading_of(name: str) -> int:
    """Say whether a name is the heading of what the table is about."""
    return int(_is(name, texts.LINES["tasks"], texts.LINES["departments"]))


def _is(name: str, *meant: Text) -> bool:
    """Say whether a heading is one of those that are meant; what stands in brackets does not matter."""
    bare = folded(re.sub(r"[(（\[].*", "", name))
    return any(bare in spellings(one) for one in meant)


def _tasks_down(grid: Grid, frame: _Frame, roles: Mapping[Cell, tuple[Letter, ...]]) -> bool:
    """Say whether tasks stand beside the letters and departments above, and not the other way round."""
    across_some, down_some = (list(one)[:_ENOUGH_LINES] for one in (frame.across, frame.down))
    down = [[roles.get((row, column), ()) for column in across_some] for row in down_some]
    across = [list(one) for one in zip(*down, strict=True)]
    points = _like_tasks(down) - _like_tasks(across)
    points += 2.0 * (_like_departments(frame.across.values()) - _like_departments(frame.down.values()))
    points += 0.25 if len(frame.down) >= len(frame.across) else -0.25
    corner = grid.cells.get((frame.row, frame.column))
    if isinstance(corner, str):
        tasks, departments = (_is(corner, texts.LINES[one]) for one in ("tasks", "departments"))
        points += 3.0 * (tasks - departments)
    return points > 0.0


def _like_tasks(lines: Iterable[Iterable[tuple[Letter, ...]]]) -> float:
    """Return in which share of lines somebody does it and one at most approves, as a task has it."""
    fits = []
    for line in lines:
        counts = Counter(letter for cell in line for letter in cell)
        if counts:
            fits.append(counts["A"] <= 1 and counts["R"] + counts["A"] >= 1)
    return sum(fits) / len(fits) if fits else 0.0


def _like_departments(names: Iterable[str]) -> float:
    """Return the share of names that departments have."""
    held = [folded(one) for one in names]
    known, endings = spellings(texts.DEPARTMENTS), tuple(spellings(texts.ENDINGS))
    return sum(one in known or one.endswith(endings) for one in held) / len(held) if held else 0.0


@dataclass(slots=True)
class _Reader:
    """Reads the cells between the names."""

    grid: Grid
    frame: _Frame
    tasks_down: bool
    tasks: Mapping[int, Line]
    departments: Mapping[int, Line]
    findings: list[Finding] = field(default_factory=list)
    used: set[Cell] = field(default_factory=set)

    def read(self) -> RaciTable:
        """Return the table."""
        hours = [place for place, one in self.departments.items() if _is(one.name, texts.LINES["hours"])]
        staff = [place for place, one in self.tasks.items() if _is(one.name, texts.LINES["staff"])]
        departments = {
            place: one for place, one in self.departments.items()
            if place not in hours and not _is(one.name, *(texts.LINES[kind] for kind in ("notes", "tasks", "staff")))
        }  # fmt: skip
        tasks = {place: one for place, one in self.tasks.items() if place not in staff}
        table = RaciTable(self.grid, tuple(departments.values()), tuple(tasks.values()))
        table.title, table.corner = self._title(), (self.frame.row, self.frame.column)
        for task, row in enumerate(tasks):
            for department, column in enumerate(departments):
                said = self._roles(self._cell(row, column))
                if said:
                    table.roles[task, department] = said
            for column in hours[:1]:
                self._hours(table, task, self._cell(row, column), self.departments[column].name)
        for row in staff[:1]:
            for department, column in enumerate(departments):
                self._staff(table, department, self._cell(row, column))
        self.used |= {one.cell for one in (*table.tasks, *table.departments)}
        table.findings = [*formulas_in(self.grid, self.used), *self.findings]
        return table

    def _cell(self, task: int, department: int) -> Cell:
        return (task, department) if self.tasks_down else (department, task)

    def _roles(self, cell: Cell) -> tuple[Letter, ...]:
        value = self.grid.cells.get(cell)
        if value is None or (isinstance(value, str) and folded(value) in spellings(texts.NOTHING)):
            return ()
        self.used.add(cell)
        try:
            return letters(value)
        except TextError as error:
            self.findings.append(at(self.grid, *cell, error.text))
            return ()

    def _hours(self, table: RaciTable, task: int, cell: Cell, heading: str) -> None:
        value = self.grid.cells.get(cell)
        if value is not None:
            self.used.add(cell)
            bracket = re.search(r"[(（\[](.*?)[)）\]]", heading)
            try:
                table.hours[task] = duration(value, bare=unit_of(bracket[1]) if bracket else None, high=10_000.0), cell
            except TextError as error:
                self.findings.append(at(self.grid, *cell, error.text))

    def _staff(self, table: RaciTable, department: int, cell: Cell) -> None:
        value = self.grid.cells.get(cell)
        if value is not None:
            self.used.add(cell)
            try:
                people = text(value).removesuffix("人").removesuffix("名")
                table.staff[department] = int(number(people, low=1, high=100_000, whole=True)), cell
            except TextError as error:
                self.findings.append(at(self.grid, *cell, error.text))

    def _title(self) -> str:
        """Return the first line above the table that stands alone, or the name of the sheet."""
        for row in range(self.frame.row):
            held = {text(value) for (r, _), value in self.grid.cells.items() if r == row and isinstance(value, str)}
            if len(held) == 1 and len(min(held)) <= _TITLE and not _heading_of(min(held)):
                return _KIND.sub("", min(held)).strip(" -–—:：") or self.grid.sheet
        return self.grid.sheet
