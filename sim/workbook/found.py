"""Which sheet of a workbook is which, and which column: by the names that people give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from sim.spec.findings import listed, shortened
from sim.spec.nearest import did_you_mean
from sim.words import LANGUAGES, Text, series, words
from sim.workbook.cells import folded, letters, plain
from sim.workbook.cells import text as text_of_cell
from sim.workbook.columns import Column, Sheet, called, names_for
from sim.workbook.filled import Head, key_of
from sim.workbook.grid import Grid, Value
from sim.workbook.layout import sheets
from sim.workbook.names import MOST, Names

texts = words("workbook")

LONGEST = 200
"""Letters of a heading; what is longer is a note."""

SEARCHED = 25
"""Rows from above among which the headings are looked for."""


@dataclass(slots=True)
class Found:
    """A sheet of a workbook that is one of ours.

    Attributes
    ----------
    sheet, grid
        Which it is, and what stands in it.
    top
        The row of the headings.
    heads
        Its columns, by their number in the sheet.
    units, titles
        What stands in brackets in their headings, and all that stands there.
    unknown
        Columns with another heading.
    guessed
        Those of them that are taken for what names the rows, as their heading comes close to it.
    lost
        Columns of letters of whom nobody knows.
    lang
        The language of the headings.
    """

    sheet: Sheet
    grid: Grid
    top: int = -1
    heads: dict[int, Head] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    guessed: dict[int, str] = field(default_factory=dict)
    lost: tuple[int, ...] = ()
    lang: str = "en"

    @property
    def rows(self) -> Iterator[tuple[int, dict[str, tuple[int, Value]]]]:
        """The rows below the headings that say something: the column and value of every cell, by its key."""
        for row, held in self.grid.rows:
            if row > self.top:
                said = {self.heads[column].key: (column, held[column]) for column in held if column in self.heads}
                if said:
                    yield row, said


@cache
def names(said: Text) -> Mapping[str, str]:
    """Return every name that stands in words, as it is compared, with its language."""
    return {folded(one): lang for lang in reversed(LANGUAGES) for one in said.get(lang).split("|")}


def sheet_named(name: str) -> Sheet | None:
    """Return the sheet that people call so."""
    said = folded(re.sub(r"^[\d\s.、_-]+|[\d\s]+$", "", plain(name)))
    return next((one for one in sheets() if said in names(names_for(one))), None)


def is_ignored(name: str) -> bool:
    """Tell whether a sheet or column is one that is there for people only."""
    said = (texts.FOR_PEOPLE, texts.README_NAME, texts.LISTS, texts.USUAL, texts.RANGE, texts.UNIT, texts.MEANING)
    return any(folded(name) in names(one) for one in said)


def is_for_people(name: str) -> bool:
    """Tell whether a sheet explains others, by what is in its name."""
    return is_ignored(name) or any(one in folded(name) for one in names(texts.EXPLAINING))


def found_in(grid: Grid, sheet: Sheet) -> Found:
    """Return where the headings of a sheet are, and which column is which."""
    best = Found(sheet, grid)
    for row, held in [one for one in grid.rows if one[0] < SEARCHED]:
        found = Found(sheet, grid, row)
        for column, value in held.items():
            if isinstance(value, str):
                _match(found, column, value)
        if _weight(found) > _weight(best):
            best = found
    best.lang = _language(best)
    for key in ("parent", "name"):
        _guess(best, key)
    return best


def _weight(found: Found) -> tuple[int, int]:
    """Return how much a row looks like headings; where nothing is named, letters R and A may be those of a step."""
    kinds = [head.column.kind for head in found.heads.values()]
    named = any(kind in ("name", "parent", "code") for kind in kinds)
    return sum(1 for kind in kinds if named or kind != "role"), int(named)


def _guess(found: Found, kind: str) -> None:
    """Take a column with another heading for the one that names the rows, where its heading contains its name."""
    column = next((one for one in found.sheet.columns if one.kind == kind), None)
    if column is None or any(head.column.kind in (kind, "code") for head in found.heads.values()):
        return
    known = [one for one in names(names_for(found.sheet, column)) if len(one) > 1]
    for place, heading in found.unknown.items():
        if any(one in folded(_parts(heading)[0]) for one in known) and not _is_letters(found, place):
            found.heads[place] = Head(column)
            found.guessed[place] = heading
            del found.unknown[place]
            return


def _match(found: Found, place: int, value: str) -> None:
    if len(value) > LONGEST:
        found.unknown[place] = shortened(value)
        return
    name, unit = _parts(value)
    number = 0
    column = _column(found.sheet, value) or _column(found.sheet, name)
    if column is None and (match := re.fullmatch(r"(.*?)\s*(\d+)", name)):
        column, number = _column(found.sheet, match[1]), int(match[2]) - 1
        if column is not None and column.times == 1:
            column = None
    taken = {one.key for one in found.heads.values()}
    if column is None or key_of(column, number) in taken or number < 0:
        found.unknown[place] = text_of_cell(value)
    else:
        found.heads[place] = Head(column, number)
        found.units[place] = unit
        found.titles[place] = plain(value)


def _parts(value: str) -> tuple[str, str]:
    """Return a heading without what stands in brackets or below, and that."""
    first, *more = value.split("\n")
    said = plain(first)
    match = re.fullmatch(r"(.*?)\s*[(\[](.*?)[)\]]\s*[*:]*", said)
    name, unit = (match[1], match[2]) if match else (said, "")
    return name.strip(" *:："), unit or plain(" ".join(more)).strip("()[] ")


def _column(sheet: Sheet, name: str) -> Column | None:
    return _columns(sheet.key).get(folded(name))


@cache
def _columns(key: str) -> Mapping[str, Column]:
    """Return the columns of a sheet by all that people call them; the first of those that are called the same."""
    sheet = next(one for one in sheets() if one.key == key)
    columns = [one for one in sheet.columns if one.kind != "raci"]
    return {name: one for one in reversed(columns) for name in names(names_for(sheet, one))}


def _language(found: Found) -> str:
    """Return the language in which most headings are written."""
    said = [names(names_for(found.sheet, head.column)) for head in found.heads.values()]
    chinese = sum(1 for n in found.heads if re.search("[\u4e00-\u9fff]", str(found.grid.cells[found.top, n])))
    return "zh" if said and 2 * chinese >= len(said) else "en"


def with_owners(found: Found, known: Names) -> dict[int, Text]:
    """Take the columns that are headed by departments and approvers as letters; return what is wrong with others.

    A column under another heading in which nothing but letters of RACI stand is meant to be one of them.
    """
    raci = next((one for one in found.sheet.columns if one.kind == "raci"), None)
    wrong: dict[int, Text] = {}
    if raci is None:
        return wrong
    owners = known.table("owner")
    for place, head in list(found.heads.items()):
        codes = owners.found(found.titles.get(place, ""))  # a department may be called like a column of ours
        if len(codes) == 1 and head.column.kind not in ("name", "parent") and _is_letters(found, place):
            found.heads[place] = Head(raci, owner=next(iter(codes)))
            for other in list(found.unknown):  # the column of ours stands further right then
                del found.unknown[other]
                _match(found, other, str(found.grid.cells[found.top, other]))
    for place, name in list(found.unknown.items()):
        codes = owners.found(name) or owners.found(_parts(name)[0])
        if len(codes) == 1:
            found.heads[place] = Head(raci, owner=next(iter(codes)))
            del found.unknown[place]
        elif codes:
            wrong[place] = texts.ONE_OF_SEVERAL_HEADS.format(found=name, codes=listed(sorted(codes)))
        elif _is_letters(found, place):
            wrong[place] = texts.NO_OWNER.format(found=name, known=owners.shown(), hint=owners.hint(name))
    found.lost = tuple(wrong)
    for place in wrong:
        found.unknown.pop(place, None)
    return wrong


def _is_letters(found: Found, place: int) -> bool:
    said = [value for (row, column), value in found.grid.cells.items() if column == place and row > found.top]
    return bool(said) and all(map(_letters, said))


def _letters(value: Value) -> bool:
    try:
        return bool(letters(without_numbers(value)))
    except ValueError:
        return False


def without_numbers(value: Value) -> Value:
    """Return the letters of a cell without the numbers that say in which order they are asked."""
    return re.sub(r"(?<=[RACIraci])\d+", "", plain(value)) if isinstance(value, str) else value


def recognized(grids: Iterable[Grid]) -> tuple[list[Found], list[Grid]]:
    """Return the sheets that are ours, by name or else by their headings, and all others that say something."""
    found: list[Found] = []
    others: list[Grid] = []
    for grid in grids:
        sheet = sheet_named(grid.sheet)
        if sheet is not None and all(sheet is not one.sheet for one in found):
            found.append(found_in(grid, sheet))
        elif grid.cells and not is_for_people(grid.sheet):
            others.append(grid)
    for grid in list(others):
        tried = [
            found_in(grid, one) for one in sheets() if one.key == SEVERAL or all(one is not two.sheet for two in found)
        ]
        best = max(tried, key=lambda one: len(one.heads), default=None)
        more = next((one for one in tried if one.sheet.key == SEVERAL and about(one)), None)
        if best is not None and len(best.heads) >= ENOUGH and 2 * len(best.heads) > len(best.unknown):
            found.append(best)
            others.remove(grid)
        elif more is not None and any(head.column.kind == "name" for head in more.heads.values()):
            found.append(more)
            others.remove(grid)
    return sorted(found, key=lambda one: [sheet.key for sheet in sheets()].index(one.sheet.key)), others


SEVERAL = "steps"
"""The sheet of which there may be several: one for each process."""


def about(found: Found) -> str:
    """Return what else is in the title of a sheet beside its usual name: ``Orders`` of ``RACI - Orders``."""
    title = plain(found.grid.sheet)
    known = [one.strip() for lang in LANGUAGES for one in names_for(found.sheet).get(lang).split("|")]
    for name in sorted(known, key=len, reverse=True):
        if name.casefold() in title.casefold():
            at = title.casefold().index(name.casefold())
            return re.sub(r"^[\W_]+|[\W_]+$", "", title[:at] + title[at + len(name) :])
    return ""


ENOUGH = 3
"""Headings by which a sheet of another name is known."""


def known_sheets() -> Text:
    """Return the names of all sheets."""
    return series(called(names_for(one)) for one in sheets())


def known_columns(sheet: Sheet, taken: Iterable[Head] = ()) -> Text:
    """Return the headings that a sheet may have beside those that it has."""
    there = {head.column.key for head in taken}
    columns = [one for one in sheet.columns if one.kind != "raci" and one.key not in there and one.always]
    return series((called(names_for(sheet, one)) for one in columns), MOST)


def nearest_column(sheet: Sheet, name: str) -> Text:
    """Return a hint at the heading that may be meant."""
    said: Mapping[str, str] = {
        one.strip(): "" for column in sheet.columns if column.kind != "raci" for lang in LANGUAGES
        for one in names_for(sheet, column).get(lang).split("|")
    }  # fmt: skip
    return did_you_mean(name, said)
