"""The file of a survey: a row for each answer, as spreadsheets and survey tools write it.

UTF-8 with or without its mark, UTF-16 as spreadsheets write "Unicode text", or else GB18030, which Chinese spreadsheets
write; columns apart by comma, semicolon or tab. Columns are named in English or Chinese. What is wrong is told with row
and column, as a spreadsheet numbers them: the row of names is the first.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.scenario import Scenario
from sim.scenario.uncertain import assumptions_of
from sim.scenario.yaml import MAX_BYTES
from sim.spec.findings import TextError, listed, shortened
from sim.spec.levers import LEVERS
from sim.spec.nearest import did_you_mean, nearest
from sim.spec.sites import called_at
from sim.words import LANGUAGES, Text, words
from sim.words.system import why_not
from sim.workbook.delimited import decoded

texts = words("fitsurvey")

RATED = ("trust", "understanding")
"""What people answer on a scale, of one department about another."""

_SIDES = ("from", "to")
_SCALE = re.compile(r"(.*?)\s*[(（]?\s*(\d+)\s*(?:-|–|−|—|~|至|到|\bto\b)\s*(\d+)\s*[)）]?")
_USUAL = (1, 5)
_DELIMITERS = ",;\t，；"
_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_MOST_OF_A_SCALE = 100
_COMMA = re.compile(r"^(\s*-?\d+),(\d+\s*)$")
"""A number with a comma for its point, which can be told apart where no comma divides columns."""

_PLAIN = re.compile(r"-?(\d{1,12}(\.\d{1,12})?|\.\d{1,12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds.

    Attributes
    ----------
    place
        Which one, from 0.
    heading
        As it is written.
    item
        ``from``, ``to``, ``trust``, ``understanding``, or the place of an assumption.
    scale
        The lowest and the highest answer, of what is rated.
    """

    place: int
    heading: str
    item: str
    scale: tuple[int, int] = _USUAL


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to one question.

    Attributes
    ----------
    item
        As in `Column`.
    value
        A share of the scale, or a number in the unit of the assumption.
    step
        The least by which two answers can differ.
    pair
        Who answers about whom, where it is rated.
    """

    item: str
    value: float
    step: float
    pair: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class SurveyFile:
    """What a file says.

    Attributes
    ----------
    answers
        All of them.
    left_out
        Columns that are about something else.
    """

    answers: tuple[Answered, ...]
    left_out: tuple[str, ...]


def read_survey(file: str | os.PathLike[str], scenario: Scenario) -> SurveyFile:
    """Return what a survey says of an organization.

    Parameters
    ----------
    file
        A CSV file with the columns ``from`` and ``to`` (departments, by name or label), ``trust`` and
        ``understanding`` (answers on a scale, from 1 to 5 unless the heading says another, as in ``trust (1-7)``), and
        any assumption of the scenario (``levers.answer_latency``), in its unit. Empty cells are no answers.
    scenario
        The organization.

    Raises
    ------
    TextError
        Where anything is wrong; row and column are named.
    """
    path = Path(file)
    rows = _rows(path)
    _, headings = next(rows, (1, []))
    if not any(one.strip() for one in headings):
        raise TextError(texts.EMPTY.format(file=path.name))
    columns, left_out = _columns(path.name, headings, scenario)
    departments = _departments(scenario)
    answers = [
        one
        for line, cells in rows
        if any(cell.strip() for cell in cells)
        for one in _Row(path.name, line, cells, departments).answers(columns)
    ]
    if not answers:
        raise TextError(texts.NO_ANSWERS.format(file=path.name))
    return SurveyFile(tuple(answers), tuple(left_out))


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with their numbers."""
    text = _text(path)
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=lambda one: (first.count(one), -_DELIMITERS.index(one)))
    number = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            yield number, row if delimiter in ",，" else [_COMMA.sub(r"\1.\2", cell) for cell in row]
    except csv.Error:
        raise TextError(texts.NO_CSV.format(file=path.name, line=number + 1)) from None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise TextError(texts.UNREADABLE.format(file=path, why=why_not(error))) from None
    except ValueError:
        raise TextError(texts.UNREADABLE.format(file=shortened(str(path)), why=words("files").NO_PATH)) from None
    if len(raw) > MAX_BYTES:
        raise TextError(texts.TOO_LARGE.format(file=path.name, most=MAX_BYTES))
    text = decoded(raw)
    if text is None:
        raise TextError(texts.NO_ENCODING.format(file=path.name))
    return text


def _columns(file: str, headings: Iterable[str], scenario: Scenario) -> tuple[list[Column], list[str]]:
    """Return the columns that say something, and the headings of those that are about something else."""
    places = _places(scenario)
    found: dict[str, Column] = {}
    left_out: list[str] = []
    for place, heading in enumerate(headings):
        column = _column(file, place, heading, places)
        if column is None:
            left_out += [shortened(heading)] if heading.strip() else []
        elif column.item in found:
            raise TextError(texts.COLUMN_TWICE.format(file=file, column=place + 1, heading=shortened(heading)))
        else:
            found[column.item] = column
    items = [name for name in found if name not in _SIDES]
    if not items:
        raise TextError(texts.NO_COLUMNS.format(file=file, found=listed([*map(shortened, headings)], 8)))
    missing = [side for side in _SIDES if side not in found]
    if missing and any(name in RATED for name in items):
        rated = next(name for name in items if name in RATED)
        raise TextError(
            texts.NO_SIDES.format(file=file, heading=shortened(found[rated].heading), missing=texts.COLUMNS[missing[0]])
        )
    return list(found.values()), left_out


def _column(file: str, place: int, heading: str, places: Mapping[str, str]) -> Column | None:
    text = " ".join(heading.split())
    match = _SCALE.fullmatch(text)
    scaled = (match[1], (int(match[2]), int(match[3]))) if match else (text, _USUAL)
    named = {one.casefold(): item for item in (*_SIDES, *RATED) for one in texts.COLUMNS[item].by_language().values()}
    item = named.get(scaled[0].casefold())
    if item is not None:
        low, high = scaled[1]
        if not low < high <= _MOST_OF_A_SCALE:
            raise TextError(texts.NO_SCALE.format(file=file, column=place + 1, heading=shortened(heading)))
        return Column(place, heading, item, (low, high))
    if text.casefold() in places:
        return Column(place, heading, places[text.casefold()])
    if near := nearest(scaled[0], [*named, *places]):
        facts = {"column": place + 1, "heading": shortened(heading), "near": near}
        raise TextError(texts.NEARLY.format(file=file, **facts))
    return None


def _places(scenario: Scenario) -> dict[str, str]:
    """Return the assumptions that a column may be about, by what its heading may say."""
    found = {}
    for one in assumptions_of(scenario):
        head, _, name = one.place.partition(".")
        names = [one.place, *one.label.by_language().values(), *([name] if head == "levers" and name in LEVERS else [])]
        found.update({each.casefold(): one.place for each in names})
    return found


def _departments(scenario: Scenario) -> dict[str, str]:
    """Return departments by what people may call them."""
    found: dict[str, str] = {}
    for name, one in scenario.departments.items():
        for called in (name, *(called_at(one, name).get(lang) for lang in LANGUAGES)):
            found.setdefault(called.casefold(), name)
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    file: str
    line: int
    cells: list[str]
    departments: Mapping[str, str]

    def answers(self, columns: Iterable[Column]) -> Iterator[Answered]:
        """Yield the answers of a row."""
        by_item = {one.item: one for one in columns}
        rated = [item for item in RATED if item in by_item and self._cell(by_item[item])]
        pair = self._pair(by_item) if rated else None
        for item, column in by_item.items():
            if item in _SIDES or not self._cell(column):
                continue
            if item in RATED:
                low, high = column.scale
                value = self._number(column, low, high)
                yield Answered(item, (value - low) / (high - low), 1.0 / (high - low), pair)
            else:
                yield Answered(item, self._number(column), 10.0 ** -_decimals(self._cell(column)))

    def _pair(self, by_item: Mapping[str, Column]) -> tuple[str, str]:
        one, other = (self._department(by_item[side]) for side in _SIDES)
        if one == other:
            raise self._wrong(by_item["to"], texts.ITSELF)
        return one, other

    def _department(self, column: Column) -> str:
        cell = self._cell(column)
        known = self.departments.get(cell.casefold())
        if known is None:
            names = dict.fromkeys(self.departments.values())
            raise self._wrong(column, texts.DEPARTMENT.format(known=listed(names), hint=self._hint(cell)))
        return known

    def _hint(self, cell: str) -> Text:
        return did_you_mean(cell, self.departments)

    def _number(self, column: Column, low: float = 0.0, high: float | None = None) -> float:
        cell = self._cell(column).translate(_WIDE)
        value = float(cell) if _PLAIN.fullmatch(cell) else None
        if value is None or value < low or (high is not None and value > high):
            expected = texts.AT_LEAST if high is None else texts.ON_SCALE
            name = column.heading.split("(")[0].split("（")[0].strip()
            raise self._wrong(column, expected.format(low=low, high=high, name=shortened(name)))
        return value

    def _cell(self, column: Column) -> str:
        return self.cells[column.place].strip() if column.place < len(self.cells) else ""

    def _wrong(self, column: Column, expected: Text) -> TextError:
        cell = self._cell(column)
        found = texts.FOUND.format(found=shortened(cell)) if cell else texts.NOTHING
        facts = {"line": self.line, "heading": shortened(column.heading.strip()), "found": found}
        return TextError(texts.CELL.format(file=self.file, expected=expected, **facts))


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])
