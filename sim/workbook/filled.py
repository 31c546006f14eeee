"""A scenario as the cells of a workbook, and what of it no cell says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sim.scenario.dates import Dating
from sim.scenario.scenario import Scenario
from sim.scenario.writing import content
from sim.spec.calendars import DAYS, PREDEFINED, ROUND_THE_CLOCK, Calendar, named
from sim.spec.distributions import EMPIRICAL
from sim.spec.findings import Path
from sim.spec.measures import MEASURES
from sim.words import Text
from sim.workbook.columns import LABELS, Column, Sheet, heading
from sim.workbook.grid import Value
from sim.workbook.hours import percent, written_work
from sim.workbook.kinds import About, write
from sim.workbook.layout import sheets
from sim.workbook.left import MISSING, Left, plain
from sim.workbook.names import Names, names_in
from sim.workbook.raci import coded

Row = dict[str, Value]
"""What stands in a row, by the keys of its columns."""


@dataclass(frozen=True, slots=True)
class Head:
    """One column as it stands in a workbook: with its number where it is repeated, or whose letters it holds."""

    column: Column
    number: int = 0
    owner: str = ""

    @property
    def key(self) -> str:
        """Its key in rows."""
        return key_of(self.column, self.number, self.owner)


def key_of(column: Column, number: int = 0, owner: str = "") -> str:
    """Return the key of a column in rows."""
    return f"{column.key}@{owner}" if owner else f"{column.key}#{number}" if number else column.key


@dataclass(frozen=True, slots=True)
class Filled:
    """A workbook without its looks.

    Attributes
    ----------
    rows
        The rows of every sheet; settings are one row.
    names
        What is called how.
    unsaid
        What the sheets cannot say, by place.
    """

    names: Names
    lang: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    unsaid: dict[Path, Any] = field(default_factory=dict)

    def heads(self, sheet: Sheet) -> list[Head]:
        """Return the columns that a sheet has: those it always has, and those that say something."""
        rows = self.rows.get(sheet.key, [])
        used = {key for row in rows for key in row}
        found: list[Head] = []
        for column in sheet.columns:
            if column.kind == "raci":
                found += [Head(column, owner=owner) for owner in self.names.table("owner").labels]
                continue
            times = column.times
            while key_of(column, times) in used:
                times += 1
            numbers = range(times if column.times > 1 else 1)
            found += [Head(column, n) for n in numbers if column.always or key_of(column, n) in used]
        return _paired(found)

    def heading(self, sheet: Sheet, head: Head) -> Text:
        """Return what stands above a column."""
        if head.owner:
            return Text(*(self.names.told("owner", head.owner, lang) for lang in ("en", "zh")))
        return heading(sheet, head.column, head.number)


def _paired(heads: list[Head]) -> list[Head]:
    """Return columns with those side by side that are repeated together."""
    made: list[Head] = []
    for _, group in groupby(heads, key=lambda one: one.column.times > 1):
        some = list(group)
        made += sorted(some, key=lambda one: one.number) if some[0].column.times > 1 else some
    return made


def filled(scenario: Scenario, lang: str) -> Filled:
    """Return a scenario as the cells of a workbook in a language."""
    return filled_from(content(scenario), lang)


def filled_from(said: Mapping[str, Any], lang: str) -> Filled:
    """Return what a scenario file says, without defaults, as the cells of a workbook."""
    made = _Filling(said, lang)
    return made.whole()


class _Filling:
    """A workbook while it is filled."""

    def __init__(self, said: Mapping[str, Any], lang: str) -> None:
        self._left = Left(said)
        self._names = names_in(said)
        self._lang = lang
        self._dating = Dating(said)
        self._whole: dict[Path, Any] = {}
        self._processes = tuple(said.get("processes", {}))

    def whole(self) -> Filled:
        """Return all sheets."""
        self._left.take(("format",))
        forms: Mapping[str, Callable[[Sheet], Iterator[Row]]] = {
            "settings": self._settings,
            "table": self._table,
            "list": self._list,
            "dates": self._dates,
            "profiles": self._profiles,
            "levers": lambda _: self._levers(),
            "ranges": lambda _: self._ranges(),
            "figures": lambda _: self._figures(),
        }
        made = Filled(self._names, self._lang)
        for sheet in sheets():
            form = self._calendars if sheet.names == "calendar" else forms[sheet.form]
            made.rows[sheet.key] = list(form(sheet))
        made.unsaid.update(self._whole | self._left.rest())
        return made

    def _about(self, process: str = "") -> About:
        return About(self._names, process, lang=self._lang, dating=self._dating)

    def _settings(self, sheet: Sheet) -> Iterator[Row]:
        row: Row = {}
        for key in ("title", "description"):
            row |= self._labels((key,), key)
        for column in sheet.columns:
            if column.key not in row and column.kind != "label":
                row |= self._cells(column, column.place, self._about())
        yield row

    def _bases(self, base: Path, before: Path = ()) -> Iterator[tuple[Path, Row]]:
        """Yield the places at which rows stand, with the cells that say which they are."""
        if not base:
            yield before, {}
            return
        part = str(base[0])
        if not part.startswith("{"):
            yield from self._bases(base[1:], (*before, part))
            return
        what = part.strip("{}")
        for name in self._left.keys(before):
            told = self._names.told(what, name, self._lang)
            for place, row in self._bases(base[1:], (*before, name)):
                yield place, {what: told, **row}

    def _table(self, sheet: Sheet) -> Iterator[Row]:
        for base, parents in self._bases(sheet.base):
            process = str(base[1]) if base[0] == "processes" and len(base) > 1 else ""
            for code in self._left.keys(base):
                row = {**parents, **self._named((*base, code))}
                about = self._about(process or (code if sheet.key == "processes" else ""))
                yield row | self._said(sheet, (*base, code), about)

    def _list(self, sheet: Sheet) -> Iterator[Row]:
        for base, parents in self._bases(sheet.base):
            for number in self._left.keys(base):
                place = (*base, number)
                if sheet.key == "compare" and not self._tellable(sheet, place):
                    self._whole[place] = plain(self._left.peek(place))
                    self._left.take(place)
                    continue
                labels = self._labels((*place, "label"), "name")
                yield {**parents, **labels, **self._said(sheet, place, self._about())}

    def _said(self, sheet: Sheet, place: Path, about: About) -> Row:
        row: Row = {}
        for column in sheet.columns:
            if column.kind == "raci":
                row |= self._raci(column, place)
            elif column.kind == "kpi":
                row |= self._kpis(sheet, place)
            elif column.kind == "item":
                row |= self._tried(column, place)
            elif column.kind not in ("name", "label", "spread", "kpi_target", "role", "parent") and column.place:
                row |= self._cells(column, (*place, *column.place), about)
        return row

    def _cells(self, column: Column, path: Path, about: About) -> Row:
        """Return the cell, or two, that say what stands at a place; nothing where no cell can."""
        said = self._left.peek(path)
        if said is MISSING and len(column.place) > 1 and self._left.peek(path[:-1]) == {} and column.info is not None:
            # a part that is there with all its defaults, as `satisfaction: {}`, is there where one of them is written
            said, path = column.info.default, path[:-1]
        if said is MISSING or (column.kind == "work" and isinstance(said, Mapping) and EMPIRICAL in said):
            return {}  # nothing there, or a list of numbers that no cell holds
        if column.kind == "work":
            row = self._hours(column, plain(said))
        else:
            cell = write(column, plain(said), about)
            row = {} if cell is None else {column.key: cell}
        if row:
            self._left.take(path)
        return row

    def _hours(self, column: Column, said: Any) -> Row:
        hours, spread = written_work(said, column.usual, self._lang)
        if column.usual != "0 %":
            return {column.key: hours} | ({} if spread is None else {f"{column.key}_spread": spread})
        if spread in (None, 0.0):
            return {column.key: hours}
        told = percent(spread, self._lang) if isinstance(spread, float) else spread
        return {column.key: f"{hours:.12g}; {told}"}

    def _labels(self, path: Path, key: str) -> Row:
        """Return the cells of a label: in the language of the workbook, and in the other one."""
        label = self._left.peek(path)
        if label is MISSING:
            return {}
        self._left.take(path)
        if isinstance(label, str):
            return {key: label}
        stem = "label" if key == "name" else key
        return {key: label[self._lang]} | {f"{stem}_{lang}": label[lang] for lang in LABELS if lang != self._lang}

    def _named(self, path: Path) -> Row:
        """Return the cells of a name: what people call it, and its code where that does not follow."""
        code = str(path[-1])
        if self._left.peek((*path, "label")) == code:
            return {"name": code}
        row = self._labels((*path, "label"), "name") or {"name": code}
        return row if code_for(str(row["name"])) == code else row | {"code": code}

    def _raci(self, column: Column, place: Path) -> Row:
        """Return the letters of a step; a number behind them where the order is not that of the columns."""
        row: Row = {}
        owners = list(self._names.table("owner").labels)
        doing = self._left.peek((*place, "R"))
        for role in ("R", "A", "C", "I"):
            said = self._left.peek((*place, role))
            if said is MISSING:
                continue
            some = [said] if isinstance(said, str) else list(said)
            if not set(some) <= set(owners):
                continue
            if role == "A" and said == doing:  # both letters in one cell would say that nobody else has to approve
                self._left.take((*place, "A"))
                row["A"] = self._names.told("owner", said, self._lang)
                continue
            self._left.take((*place, role))
            in_order = some == sorted(some, key=owners.index)
            for number, owner in enumerate(some, 1):
                key = key_of(column, owner=owner)
                letter = role if in_order else f"{role}{number}"
                row[key] = f"{row[key]}/{letter}" if key in row else letter
        return row

    def _kpis(self, sheet: Sheet, place: Path) -> Row:
        row: Row = {}
        measure, target = sheet.column("kpi"), sheet.column("kpi_target")
        for number in self._left.keys((*place, "kpis")):
            one = self._left.peek((*place, "kpis", number))
            row[key_of(measure, number)] = write(measure, one["measures"], self._about()) or one["measures"]
            row[key_of(target, number)] = float(one["target"])
            for name in ("measures", "target"):
                self._left.take((*place, "kpis", number, name))
        return row

    def _tellable(self, sheet: Sheet, place: Path) -> bool:
        """Tell whether everything that an alternative consists of fits into cells."""
        parts = [(sheet.column("measure"), one) for one in plain(self._left.peek((*place, "with")))]
        said = self._left.peek((*place, "set"))
        parts += [] if said is MISSING else [(sheet.column("set"), said)]
        return all(write(column, one, self._about()) is not None for column, one in parts)

    def _tried(self, column: Column, place: Path) -> Row:
        row: Row = {}
        for number, one in enumerate(plain(self._left.peek((*place, "with")))):
            row[key_of(column, number)] = write(column, one, self._about()) or ""
        self._left.take((*place, "with"))
        return row

    def _calendars(self, sheet: Sheet) -> Iterator[Row]:
        """Yield the calendars of the scenario, and those that every scenario has."""
        own = self._left.keys(sheet.base)
        for code in (*(one for one in PREDEFINED if one not in own), *own):
            said = self._left.peek((*sheet.base, code))
            calendar = PREDEFINED[code] if said is MISSING else Calendar.model_validate(plain(said))
            yield {"name": self._names.told("calendar", code, self._lang), **_openings(calendar)}
            self._left.take((*sheet.base, code))

    def _dates(self, sheet: Sheet) -> Iterator[Row]:
        for process in self._processes:
            path: Path = ("processes", process, "demand", "at")
            said = self._left.peek(path)
            for when, some in groupby([] if said is MISSING else said):
                told = write(sheet.column("when"), when, self._about())
                cases = float(len(list(some)))
                yield {
                    "process": self._names.told("process", process, self._lang),
                    "when": told or when,
                    "cases": cases,
                }
            self._left.take(path)

    def _profiles(self, sheet: Sheet) -> Iterator[Row]:
        for code in self._left.keys(sheet.base):
            path = (*sheet.base, code)
            row = self._named(path)
            for kind in ("week", "months", "weeks"):
                for when in self._left.keys((*path, kind)):
                    weight = self._left.peek((*path, kind, when))
                    by_hour = weight if isinstance(weight, Mapping) else {"": weight}
                    for hours, one in by_hour.items():
                        yield {**row, "when": when, **({"hours": hours} if hours else {}), "weight": float(one)}
                        row = {"name": row["name"]} | ({"code": row["code"]} if "code" in row else {})
                self._left.take((*path, kind))

    def _levers(self) -> Iterator[Row]:
        everywhere = [((), name) for name in self._left.keys(("levers",))]
        homes: list[tuple[Path, str]] = [
            (("departments", department), name)
            for department in self._left.keys(("departments",))
            for name in self._left.keys(("departments", department, "levers"))
        ]
        for home, name in (*everywhere, *homes):
            path = (*home, "levers", name)
            where = {"department": self._names.told("department", str(home[1]), self._lang)} if home else {}
            yield {"lever": self._names.told("lever", name, self._lang), **where, "value": float(self._left.peek(path))}
            self._left.take(path)

    def _ranges(self) -> Iterator[Row]:
        for place in self._left.keys(("ranges",)):
            low, high = self._left.peek(("ranges", place))
            self._left.take(("ranges", place))
            yield {"place": place, "low": float(low), "high": float(high)}

    def _figures(self) -> Iterator[Row]:
        for name in self._left.keys(("expected", "measures")):
            measure, _, process = name.partition(".")
            if measure not in MEASURES or process not in ("", *self._processes):
                continue
            path: Path = ("expected", "measures", name, "band")
            low, high = self._left.peek(path)
            self._left.take(path)
            where = {"process": self._names.told("process", process, self._lang)} if process else {}
            told = self._names.told("measure", measure, self._lang)
            yield {"measure": told, **where, "low": float(low), "high": float(high)}


def _openings(calendar: Calendar) -> Row:
    said: Any = calendar.model_dump()
    by_days = {f"{DAYS[0]}-{DAYS[-1]}": ["00:00-24:00"]} if said == ROUND_THE_CLOCK else said
    told = {key: ", ".join(_weighed(spans)) for key, spans in by_days.items()}
    return {DAYS[day]: cell for key, cell in told.items() for day in named(key, DAYS, None)}


def _weighed(spans: Any) -> list[str]:
    """Return the openings of a day, each with what an hour of it counts as where that is not one."""
    if isinstance(spans, list):
        return spans
    return [span if weight == 1.0 else f"{span} ×{weight:g}" for span, weight in spans.items()]


def code_for(name: str) -> str:
    """Return what files call what people call so: letters, digits and underscores; empty if there are none."""
    return coded(name, (), "")
