"""The report as a workbook: its contents, then a sheet for each chapter with numbers, and one for each long table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sim.files import whole
from sim.report.document.blocks import Chart, Document, Table
from sim.report.document.fixedzip import MADE, rewrite
from sim.report.document.packages import check_package
from sim.report.document.printable import printable
from sim.report.document.sheetcharts import data_of, high, put_chart
from sim.report.document.sheetforms import DEFAULT_ROW, Forms, lines
from sim.report.document.sheettables import put_table, widths_of
from sim.report.document.slidemaster import EAST_ASIAN
from sim.report.lettering import Lettering
from sim.words import words

_TEXTS = words("slides")
_PAGES = words("pages")

LONGEST_NAME = 31
"""Letters of the name of a sheet, as office programs allow."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_PIXELS_A_POINT = 4.0 / 3.0
_NOTE_WIDTH = 100.0
"""Width over which notes are broken into lines, at most."""

_MOST_LETTERS = 255
"""Of what the properties of a file say."""

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
"""Text stays text, whatever it begins with."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet before it is written.

    Attributes
    ----------
    name
        Unique in the workbook.
    title
        What it finds.
    blocks
        The charts and tables on it.
    """

    name: str
    title: str
    blocks: tuple[Chart | Table, ...]


def write(document: Document, path: Path) -> Path:
    """Write the numbers of a report as a workbook.

    Parameters
    ----------
    document
        What is told.
    path
        Where the file goes.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    TextError
        Where the library that writes workbooks is not installed.
    OSError
        Where the file cannot be written.
    """
    check_package("xlsx")
    from xlsxwriter import Workbook

    document = printable(document)
    held = BytesIO()
    with Lettering().used():
        book = Workbook(held, _OPTIONS)
        _Writer(book, document).write()
        book.close()
    with whole(path) as place:
        rewrite(held, place, _with_both_fonts)
    return path


def _with_both_fonts(name: str, part: bytes) -> bytes:
    """Name a font for Chinese letters, too, where a chart names one: the library knows only the other."""
    if not name.startswith("xl/charts/"):
        return part
    return re.sub(rb"<a:latin [^>]*/>", lambda found: found[0] + _EAST_ASIAN, part)


_EAST_ASIAN = f'<a:ea typeface="{EAST_ASIAN}"/>'.encode()


def sheets_of(document: Document) -> list[list[Sheet]]:
    """Return the sheets of each chapter: one for what is short, and one for each long table."""
    contents = _PAGES.CONTENTS.get(document.lang)
    taken = {contents.casefold()}
    found: list[list[Sheet]] = []
    for number, chapter in enumerate(document.chapters, 1):
        blocks = [block for block in chapter.blocks if isinstance(block, Chart | Table)]
        short = tuple(block for block in blocks if isinstance(block, Chart) or block.brief)
        long = [block for block in blocks if isinstance(block, Table) and not block.brief]
        mine = [Sheet(_free(f"{number} {chapter.subject}", taken), chapter.title, short)] if short else []
        for place, block in enumerate(long, 1):
            mine.append(Sheet(_free(f"{number}.{place} {block.title}", taken), block.title, (block,)))
        found.append(mine)
    return found


def _free(wanted: str, taken: set[str]) -> str:
    """Return a name for a sheet that is allowed and not taken yet, and take it."""
    clean = " ".join(_FORBIDDEN.sub(" ", wanted.replace("'", "’")).split())
    name, count = _short(clean, ""), 1
    while name.casefold() in taken:
        count += 1
        name = _short(clean, f" ({count})")
    taken.add(name.casefold())
    return name


def _short(text: str, end: str) -> str:
    """Cut a name after a whole word where there are words."""
    room = LONGEST_NAME - len(end)
    if len(text) <= room:
        return text + end
    kept = text[: room - 1]
    if kept.isascii() and text[room - 1] != " " and " " in kept[room // 2 :]:
        kept = kept.rsplit(" ", 1)[0]
    return kept.rstrip(" ,;:，；：、·") + "…" + end


class _Writer:
    """Writes the sheets of a document into a workbook."""

    def __init__(self, book: Any, document: Document) -> None:
        self._book, self._document, self._lang = book, document, document.lang
        self._forms = Forms(book, document.lang)
        self._sheets = sheets_of(document)
        self._contents = _PAGES.CONTENTS.get(document.lang)

    def write(self) -> None:
        """Write everything."""
        document = self._document
        self._book.set_properties(
            {
                "title": document.title[:_MOST_LETTERS],
                "subject": document.subtitle[:_MOST_LETTERS],
                "author": "deptsim",
                "comments": document.foot[:_MOST_LETTERS],
                "created": MADE,
            }
        )
        first = self._sheet(self._contents)
        for mine in self._sheets:
            for sheet in mine:
                self._chapter(sheet)
        self._first(first)
        first.activate()

    def _sheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.set_default_row(DEFAULT_ROW)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        foot = self._document.foot.replace("&", "&&")[:200]
        sheet.set_footer(f"&L&8{_apart(foot)}&R&8&P / &N")
        return sheet

    def _line(self, sheet: Any, row: int, text: str, form: Any, height: float | None = None) -> None:
        sheet.write_string(row, 0, text, form)
        if height is not None:
            sheet.set_row(row, height)

    def _first(self, sheet: Any) -> None:
        """Write the contents, with what each chapter finds and a link to its sheets, and the facts."""
        forms, widths = self._forms, (26.0, 88.0, 40.0)
        for place, wide in enumerate(widths):
            sheet.set_column(place, place, wide)
        self._line(sheet, 0, self._document.title, forms.title, 24.0)
        self._line(sheet, 1, self._document.subtitle, forms.of(font_size=11))
        row = 3
        for place, key in enumerate((_TEXTS.CHAPTER, _TEXTS.FINDING, _TEXTS.SHEET)):
            sheet.write_string(row, place, key.get(self._lang), forms.head(False, first=True))
        for subject, finding, target in self._entries():
            row += 1
            sheet.write_string(row, 0, subject, forms.chapter)
            sheet.write_string(row, 1, finding, forms.text())
            if target:
                sheet.write_url(row, 2, f"internal:'{target}'!A1", forms.link, target)
            sheet.set_row(row, forms.height(lines(finding, widths[1])))
        row += 2
        self._line(sheet, row, _TEXTS.FACTS.get(self._lang), forms.heading)
        for key, value in self._document.facts.items():
            row += 1
            called = _TEXTS.FACT[key].get(self._lang) if key in _TEXTS.FACT else key
            sheet.write_string(row, 0, called, forms.text())
            if isinstance(value, int):
                sheet.write_number(row, 1, value, forms.fact)
            else:
                sheet.write_string(row, 1, value, forms.text())
                sheet.set_row(row, forms.height(lines(value, widths[1])))

    def _entries(self) -> Iterator[tuple[str, str, str]]:
        """Yield the lines of the contents: the chapter, what it finds, and the sheet."""
        for chapter, mine in zip(self._document.chapters, self._sheets, strict=True):
            main = mine[0] if mine and mine[0].title == chapter.title else None
            yield chapter.subject, chapter.title, "" if main is None else main.name
            for sheet in mine:
                if sheet is not main:
                    yield "", sheet.title, sheet.name

    def _chapter(self, told: Sheet) -> None:
        """Write a sheet with its charts and tables, one below another."""
        forms = self._forms
        sheet = self._sheet(told.name)
        tables = [data_of(block, self._lang) if isinstance(block, Chart) else block for block in told.blocks]
        widths = [max(one) for one in zip_longest(*(widths_of(table, self._lang) for table in tables), fillvalue=0.0)]
        for place, wide in enumerate(widths):
            sheet.set_column(place, place, wide)
        self._line(sheet, 0, told.title, forms.title, 24.0)
        sheet.write_url(1, 0, f"internal:'{self._contents}'!A1", forms.link, _TEXTS.BACK.get(self._lang))
        row = 3
        alone = len(told.blocks) == 1
        for block, table in zip(told.blocks, tables, strict=True):
            if isinstance(block, Table) and not (alone and block.title == told.title):
                self._line(sheet, row, block.title, forms.heading)
                row += 1
            if isinstance(block, Chart):
                down = int(high(block) / (DEFAULT_ROW * _PIXELS_A_POINT)) + 2
                put_chart(self._book, sheet, (row, 0), block, row + down, forms)
                row += down
            elif alone:
                sheet.freeze_panes(row + 1, 1)
                sheet.repeat_rows(row)
            row = put_table(sheet, row, table, forms, widths)
            row = self._note(sheet, row, block.note, widths) + 1

    def _note(self, sheet: Any, row: int, note: str, widths: list[float]) -> int:
        """Write how a table is to be read below it, over as many columns as that needs, and return the row after it."""
        if not note:
            return row
        last, wide = 0, widths[0]
        while wide < _NOTE_WIDTH and last + 1 < len(widths):
            last += 1
            wide += widths[last]
        if last:
            sheet.merge_range(row, 0, row, last, "", self._forms.soft)
        sheet.write_string(row, 0, note, self._forms.soft)
        sheet.set_row(row, self._forms.height(lines(note, wide)))
        return row + 1


def _apart(foot: str) -> str:
    """Keep a number at the beginning of the foot from being read as the size of its letters."""
    return f" {foot}" if foot[:1].isdigit() else foot
