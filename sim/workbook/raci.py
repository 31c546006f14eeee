"""A RACI table alone, as a scenario to begin with: who does what is in it, and everything else is assumed and marked.

What nobody said is assumed (`sim.workbook.usual`). Hours and people are round numbers. Cases are computed: there are so
many that the busiest department is as busy as those of the shipped manufacturer, and other work fills the time of the
others up to that. Who knows people, hours or cases says so, in the table or when it is imported, and the rest follows
from that.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from sim.scenario.scenario import Scenario
from sim.scenario.workload import Workload, planned_loads
from sim.scenario.yaml import Document
from sim.spec.base import NAME_LENGTH
from sim.spec.findings import Finding, Path, Place, ScenarioError, TextError, listed, shortened
from sim.spec.nearest import did_you_mean
from sim.words import Text, words
from sim.workbook.cells import duration, folded, number, plain, spellings
from sim.workbook.grid import Grid
from sim.workbook.racitable import Line, RaciTable, table_in
from sim.workbook.refused import at
from sim.workbook.usual import BUSY, HOURS, OTHER_WORK, STAFF, TIMES, work

texts = words("racitable")

_GENERIC = re.compile(r"(sheet|table|工作表|表)\s*\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Given:
    """What is said beside a table.

    Attributes
    ----------
    staff
        People, by the name of a department.
    hours
        Hours of work, by the name of a task.
    all_hours
        Hours of work of every other task.
    cases
        Cases a week.
    """

    staff: Mapping[str, int] = field(default_factory=dict)
    hours: Mapping[str, float] = field(default_factory=dict)
    all_hours: float | None = None
    cases: float | None = None


@dataclass(frozen=True, slots=True)
class FromRaci:
    """A scenario to begin with.

    Attributes
    ----------
    document
        What a scenario file would say, with the cell of every value and everything that is wrong.
    assumed
        What nobody said, by place, and how it was found.
    """

    document: Document
    assumed: Mapping[Path, Text]


def given_from(staff: Iterable[str] = (), hours: Iterable[str] = (), cases: float | None = None) -> Given:
    """Return what options say, such as ``sales=5`` of people and ``check order=2`` of hours, or 2 of all hours.

    Raises
    ------
    TextError
        Where something is said in another form.
    """
    people: dict[str, int] = {}
    each: dict[str, float] = {}
    of_all = None
    for one in staff:
        name, mark, count = one.rpartition("=")
        if not (mark and name.strip()):
            raise TextError(texts.NO_PAIR.format(found=shortened(one), form=texts.STAFF_FORM))
        people[name.strip()] = int(number(count, low=1, high=100_000, whole=True))
    for one in hours:
        name, mark, time = one.rpartition("=")
        if mark and not name.strip():
            raise TextError(texts.NO_PAIR.format(found=shortened(one), form=texts.HOURS_FORM))
        said = duration(time, high=10_000.0)
        each, of_all = ({**each, name.strip(): said}, of_all) if mark else (each, said)
    if cases is not None and not (math.isfinite(cases) and cases > 0.0):
        raise TextError(texts.CASES.format(found=f"{cases:g}"))
    return Given(people, each, of_all, cases)


def tables_in(grids: Iterable[Grid]) -> tuple[RaciTable, ...]:
    """Return the RACI tables of a file."""
    return tuple(table for grid in grids if (table := table_in(grid)) is not None)


def scenario_of(tables: Iterable[RaciTable], file: str, given: Given | None = None) -> FromRaci:
    """Return a scenario to begin with, of RACI tables and nothing else.

    Parameters
    ----------
    tables
        Each is a process; departments of one name are one department.
    file
        What messages call the file, after which the scenario is named.
    given
        What is said beside the tables; everything else is assumed.

    Raises
    ------
    TextError
        Where something is said of a department or a task that there is not.
    """
    making = _Making(file, given or Given())
    for table in tables:
        making.take(table)
    return making.made()


class _Making:
    """A scenario while it is made."""

    def __init__(self, file: str, given: Given) -> None:
        self._file = file
        self._given = given
        self._codes: dict[str, str] = {}
        self.departments: dict[str, dict[str, Any]] = {}
        self.processes: dict[str, dict[str, Any]] = {}
        self.lines: dict[Path, Place] = {}
        self.findings: list[Finding] = []
        self.assumed: dict[Path, Text] = {}

    def take(self, table: RaciTable) -> None:
        """Take a table as a process."""
        self.findings += table.findings
        codes = [self._department(table, place, line) for place, line in enumerate(table.departments)]
        self._twice(table)
        title = FilePath(self._file).stem if _GENERIC.fullmatch(table.title) else table.title
        name = coded(title, self.processes, "process")
        self.lines["processes", name] = (table.grid.file, table.grid.where(*table.corner))
        steps: dict[str, Any] = {}
        for place, line in enumerate(table.tasks):
            self._step(table, codes, place, line, ("processes", name, "steps"), steps)
        if steps:
            self.processes[name] = {**_labelled(title, name), "demand": {}, "steps": steps}

    def _twice(self, table: RaciTable) -> None:
        first: dict[str, Line] = {}
        for line in table.departments:
            known = first.setdefault(folded(line.name), line)
            if known is not line:
                told = texts.TWICE.format(name=shortened(line.name), first=table.grid.where(*known.cell))
                self.findings.append(at(table.grid, *line.cell, told))

    def _department(self, table: RaciTable, number: int, line: Line) -> str:
        code = self._codes.get(folded(line.name))
        if code is None:
            code = coded(line.name, self.departments, "department")
            self._codes[folded(line.name)] = code
            self.departments[code] = _labelled(line.name, code)
            self.lines["departments", code] = self._place(table, line)
        if number in table.staff:
            people, cell = table.staff[number]
            self.departments[code]["staff"] = people
            self.lines["departments", code, "staff"] = (table.grid.file, table.grid.where(*cell))
        return code

    def _place(self, table: RaciTable, line: Line) -> Place:
        return table.grid.file, table.grid.where(*line.cell)

    def _step(
        self, table: RaciTable, codes: list[str], number: int, line: Line, within: Path, steps: dict[str, Any]
    ) -> None:
        holders: dict[str, list[str]] = {letter: [] for letter in "RACI"}
        for place, code in enumerate(codes):
            for letter in table.roles.get((number, place), ()):
                if code not in holders[letter]:
                    holders[letter].append(code)
        if not any(holders.values()):
            return  # the heading of a phase, or a task that is not filled in
        if not holders["R"] and not holders["A"]:
            self.findings.append(at(table.grid, *line.cell, texts.NOBODY.format(task=shortened(line.name))))
            return
        self._warn(table, line, holders)
        doing = (holders["R"] or holders["A"])[0]
        approving = next((one for one in holders["A"] if one != doing), None)
        asked = dict.fromkeys([*holders["R"][1:], *holders["A"], *holders["C"]])
        told = [one for one in holders["I"] if one not in (doing, approving, *asked)]
        said = {"C": [one for one in asked if one not in (doing, approving)], "I": told}
        name = coded(line.name, steps, "step")
        hours = self._hours(table, number, line, (*within, name, "work"))
        steps[name] = {
            **_labelled(line.name, name),
            "R": doing,
            **({"A": approving} if approving else {}),
            **{letter: names for letter, names in said.items() if names},
            "work": work(hours),
        }
        self.lines[(*within, name)] = self._place(table, line)

    def _warn(self, table: RaciTable, line: Line, holders: Mapping[str, list[str]]) -> None:
        """Say what a table leaves open, and how it is taken."""
        if not holders["R"]:
            self._note(table, line, texts.ONLY_A.format(task=shortened(line.name)))
        for letter, told in (("R", texts.SECOND_R), ("A", texts.SECOND_A)):
            if len(holders[letter]) > 1:
                names = listed([shortened(self.departments[one].get("label", one)) for one in holders[letter]])
                self._note(table, line, told.format(task=shortened(line.name), names=names))

    def _note(self, table: RaciTable, line: Line, told: Text) -> None:
        where = table.grid.where(*line.cell)
        self.findings.append(Finding(told, severity="warning", file=table.grid.file, line=where))

    def _hours(self, table: RaciTable, number: int, line: Line, path: Path) -> float:
        by_name = {folded(name): hours for name, hours in self._given.hours.items()}
        if folded(line.name) in by_name:
            return by_name[folded(line.name)]
        if number in table.hours:
            hours, cell = table.hours[number]
            self.lines[path] = (table.grid.file, table.grid.where(*cell))
            return hours
        if self._given.all_hours is not None:
            return self._given.all_hours
        self.assumed[path] = texts.ASSUMED_HOURS
        return HOURS

    def made(self) -> FromRaci:
        """Return the scenario, with what nobody said assumed."""
        self._given_staff()
        data = {"format": 1, "name": coded(FilePath(self._file).stem, (), "organization"), **self._title()}
        data |= {"departments": self.departments, **self._management(), "processes": self.processes}
        self._known_tasks()
        if self.processes:
            self._assume(data)
        document = Document(self._file, data, {(): (self._file, None), **self.lines}, tuple(self.findings))
        return FromRaci(document, self.assumed)

    def _title(self) -> dict[str, str]:
        titles = [str(one.get("label", name)) for name, one in self.processes.items()]
        return {"title": titles[0]} if len(titles) == 1 else {}

    def _management(self) -> dict[str, str]:
        known = spellings(texts.MANAGEMENT)
        found = next((code for name, code in self._codes.items() if name in known), None)
        return {"management": found} if found else {}

    def _given_staff(self) -> None:
        for name, people in self._given.staff.items():
            code = self._codes.get(folded(name), name if name in self.departments else None)
            if code is None:
                names = [str(one.get("label", code)) for code, one in self.departments.items()]
                raise _unknown(name, names, texts.A_DEPARTMENT)
            self.departments[code]["staff"] = people

    def _known_tasks(self) -> None:
        tasks = [str(step.get("label", name)) for one in self.processes.values() for name, step in one["steps"].items()]
        for name in self._given.hours:
            if folded(name) not in map(folded, tasks):
                raise _unknown(name, tasks, texts.A_TASK)

    def _assume(self, data: dict[str, Any]) -> None:
        """Fill in people, cases, other work and dates that nobody said."""
        missing = [code for code, one in self.departments.items() if "staff" not in one]
        for code in missing:
            self.departments[code]["staff"] = 1 if self._is_person(code) else STAFF
            self.assumed["departments", code, "staff"] = texts.ASSUMED_STAFF
        self._put_cases(self._given.cases or 1.0)
        self._put_targets()
        loads = _loads(data)
        if loads is None:
            return  # what is wrong is told when the scenario is checked
        if self._given.cases is None:
            self._put_cases(_cases(loads.values()))
            for name in self.processes:
                path: Path = ("processes", name, "demand", "per_week")
                self.assumed[path] = texts.ASSUMED_CASES.format(load=100.0 * (BUSY - OTHER_WORK))
        else:
            self._staff_for(missing, loads)
        self._other_work(_loads(data) or {})

    def _is_person(self, code: str) -> bool:
        name = folded(str(self.departments[code].get("label", code)))
        return name.endswith(tuple(spellings(texts.PERSONS)))

    def _put_cases(self, cases: float) -> None:
        for one in self.processes.values():
            one["demand"] = {"per_week": cases}

    def _put_targets(self) -> None:
        for name, one in self.processes.items():
            hours = sum(step["work"]["lognormal"]["mean"] for step in one["steps"].values())
            one["target_days"] = max(1, math.ceil(TIMES * hours / 8.0 * 7.0 / 5.0))
            self.assumed["processes", name, "target_days"] = texts.ASSUMED_TARGET.format(times=TIMES)

    def _staff_for(self, missing: Iterable[str], loads: Mapping[str, Workload]) -> None:
        for code in missing:
            busy = (loads[code].work + loads[code].coordination) / loads[code].capacity
            people = min(max(1, math.ceil(self.departments[code]["staff"] * busy / (BUSY - OTHER_WORK))), 100_000)
            self.departments[code]["staff"] = people
            path: Path = ("departments", code, "staff")
            self.assumed[path] = texts.COMPUTED_STAFF.format(load=100.0 * (BUSY - OTHER_WORK))

    def _other_work(self, loads: Mapping[str, Workload]) -> None:
        for code, one in self.departments.items():
            share = round(BUSY - loads[code].utilization, 2) if code in loads else 0.0
            if share > 0.0:
                one["own_work"] = {"share": share}
                self.assumed["departments", code, "own_work", "share"] = texts.ASSUMED_OWN.format(load=100.0 * BUSY)


def _loads(data: Mapping[str, Any]) -> dict[str, Workload] | None:
    try:
        return {one.owner: one for one in planned_loads(Scenario.model_validate(data))}
    except (ValidationError, ScenarioError, KeyError, ZeroDivisionError, OverflowError):
        return None


def _cases(loads: Iterable[Workload]) -> float:
    """Return at how many cases a week the busiest is busy, of two digits that mean something."""
    most = max((one.work + one.coordination) / one.capacity for one in loads)
    cases = (BUSY - OTHER_WORK) / most if most > 0.0 else 1.0
    return float(f"{cases:.2g}")


def _labelled(name: str, code: str) -> dict[str, str]:
    return {} if name == code else {"label": name}


def _unknown(name: str, known: list[str], sought: Text) -> TextError:
    facts = {
        "name": shortened(name),
        "known": listed([*map(shortened, known)]),
        "hint": did_you_mean(name, known),
        "sought": sought,
    }
    return TextError(texts.UNNAMED.format(**facts))


def coded(name: str, taken: Container[str], otherwise: str) -> str:
    """Return what files call something that people call so: letters of any script, digits and underscores.

    Parameters
    ----------
    name
        What people call it.
    taken
        What files call others.
    otherwise
        What it is called where its name has no such letters.
    """
    made = re.sub(r"^[\d_]+", "", re.sub(r"\W+", "_", plain(name).lower()))[: NAME_LENGTH - 5].strip("_")
    made = made if made.isidentifier() else otherwise
    if made not in taken:
        return made
    number = 2
    while f"{made}_{number}" in taken:  # doubling first, as thousands may have one name
        number *= 2
    low, high = number // 2, number
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if f"{made}_{middle}" in taken else (low, middle)
    return f"{made}_{high}"
