"""A filled workbook as a file: drop-down lists, units, comments, and a sheet that says how it is filled in.

The same scenario in the same language gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.interventions import INTERVENTIONS
from sim.scenario.bundled import PREFIX
from sim.scenario.bundles import every_bundle
from sim.spec.levers import LEVERS
from sim.spec.measures import MEASURES
from sim.words import Text, words
from sim.workbook.columns import CHOICES, Column, Sheet, called, heading, names_for
from sim.workbook.filled import Filled, Head, Row, filled_from
from sim.workbook.hours import percent
from sim.workbook.layout import sheets
from sim.workbook.telling import allowed, comment, meaning_of, needed
from sim.workbook.unsaid import counted, unsayable

texts = words("workbook")
levers = words("levers")

CREATED = dt.datetime(2000, 1, 1)
"""When every workbook says that it was made: the same inputs give the same bytes."""

FONTS = {"en": "Calibri", "zh": "Microsoft YaHei"}
MORE_ROWS = 200
"""Rows for which lists drop down, beyond those that are filled in."""

INK, SOFT, RULE, DARK, PALE = "#222222", "#5F6670", "#CFCBC4", "#1F4E5F", "#5B8594"
LINE = 15.0
"""Height of a line of text, in points."""


def write_template(said: Mapping[str, Any], path: Path, lang: str) -> Filled:
    """Write a workbook with an example, as a scenario file would say it without defaults; return what is in it."""
    # a library of its own, which only these commands need
    import xlsxwriter

    made = filled_from(said, lang)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        with xlsxwriter.Workbook(str(path), {**options, "default_date_format": "yyyy-mm-dd"}) as book:
            book.set_properties({"created": CREATED, "author": "deptsim"})
            _Writing(book, made, lang).whole(counted(made.unsaid))
    except xlsxwriter.exceptions.FileCreateError as error:  # of a kind of its own, with what went wrong inside
        raise error.args[0] from None
    return made


class _Writing:
    """A workbook while it is written."""

    def __init__(self, book: Any, made: Filled, lang: str) -> None:
        self._book = book
        self._made = made
        self._lang = lang
        self._sheets = [one for one in sheets() if one.always or made.rows[one.key]]
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._lists: dict[str, str] = {}

    def whole(self, unsaid_here: Mapping[str, int]) -> None:
        """Write all sheets."""
        read_me = self._book.add_worksheet(texts.README_NAME.get(self._lang))
        pages = [self._book.add_worksheet(self._called(one)) for one in self._sheets]
        self._hidden_lists(self._book.add_worksheet(texts.LISTS.get(self._lang)))
        self._read_me(read_me, unsaid_here)
        for sheet, page in zip(self._sheets, pages, strict=True):
            page.hide_gridlines(1)
            page.set_landscape()
            page.fit_to_pages(1, 0)
            page.set_paper(9)
            page.repeat_rows(0)
            (self._settings if sheet.form == "settings" else self._table)(sheet, page)

    def _called(self, sheet: Sheet) -> str:
        return called(names_for(sheet)).get(self._lang)

    def _format(self, **looks: Any) -> Any:
        key = tuple(sorted(looks.items()))
        if key not in self._formats:
            base = {"font_name": FONTS[self._lang], "font_size": 10, "font_color": INK, "valign": "top"}
            self._formats[key] = self._book.add_format({**base, **looks})
        return self._formats[key]

    def _head(self, dark: bool) -> Any:
        looks = {"bold": True, "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter", "align": "center"}
        return self._format(**looks, bg_color=DARK if dark else PALE, border=1, border_color=RULE)

    # read me

    def _read_me(self, page: Any, unsaid_here: Mapping[str, int]) -> None:
        page.hide_gridlines(2)
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 96)
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        soft, plain = self._format(font_color=SOFT, text_wrap=True), self._format(text_wrap=True)
        bold = self._format(bold=True, font_size=11, font_color=DARK)
        page.write_string(
            0, 0, texts.README_TITLE.get(self._lang), self._format(bold=True, font_size=16, font_color=DARK)
        )
        page.set_row(0, 26)
        row = 2
        for line in texts.README.values():
            said = line.get(self._lang)
            page.merge_range(row, 0, row, 1, said, plain)
            page.set_row(row, LINE * _lines(said, 118))
            row += 1
        others = [one for one in sheets() if one not in self._sheets]
        columns = [(sheet, self._spare(sheet)) for sheet in self._sheets if self._spare(sheet)]
        cannot = [(place, meaning.get(self._lang)) for place, meaning in unsayable()]
        parts: list[tuple[Text, list[tuple[str, str]]]] = [
            (texts.README_SHEETS, [(self._called(one), self._about(one)) for one in self._sheets]),
            (texts.README_OTHERS, [(self._called(one), self._about(one, columns=True)) for one in others]),
            (texts.README_COLUMNS, [(self._called(one), said) for one, said in columns]),
            (texts.README_UNSAID, cannot),
            (texts.README_UNSAID_HERE, [(place, f"× {count}") for place, count in unsaid_here.items()]),
        ]
        for title, lines in parts:
            if lines:
                page.write_string(row + 1, 0, title.get(self._lang), bold)
                row += 2
            for name, said in lines:
                page.write_string(row, 0, name, plain)
                page.write_string(row, 1, said, soft)
                page.set_row(row, LINE * max(_lines(said, 96), _lines(name, 23)))
                row += 1

    def _about(self, sheet: Sheet, columns: bool = False) -> str:
        said = texts.ABOUT[sheet.key].get(self._lang)
        heads = [head for head in self._made.heads(sheet) if head.column.always]
        names = "; ".join(self._made.heading(sheet, one).get(self._lang) for one in heads)
        return f"{said}: {names}" if columns and self._lang == "en" else f"{said}：{names}" if columns else said

    def _spare(self, sheet: Sheet) -> str:
        """Return the columns that a sheet may have and does not."""
        shown = {head.column.key for head in self._made.heads(sheet)}
        if sheet.form == "settings":
            shown = {column.key for column in self._lines(sheet)}
        more = [one for one in sheet.columns if one.key not in shown and one.kind != "role"]
        return "; ".join(heading(sheet, one).get(self._lang) for one in more)

    # settings

    def _lines(self, sheet: Sheet) -> list[Column]:
        (row,) = self._made.rows[sheet.key]
        return [one for one in sheet.columns if one.always or one.key in row]

    def _settings(self, sheet: Sheet, page: Any) -> None:
        (row,) = self._made.rows[sheet.key]
        for at, (name, width) in enumerate(
            ((texts.SETTING, 30), (texts.VALUE, 44), (texts.ALLOWED, 44), (texts.MEANING, 64))
        ):
            page.set_column(at, at, width)
            page.write_string(0, at, name.get(self._lang), self._head(at < 2))
        page.freeze_panes(1, 1)
        soft = self._format(font_color=SOFT, text_wrap=True)
        for place, column in enumerate(self._lines(sheet), 1):
            page.write_string(place, 0, heading(sheet, column).get(self._lang), self._format(bold=True, text_wrap=True))
            self._cell(page, place, 1, column, row.get(column.key))
            self._drop_down(page, place, place, 1, column)
            told, meaning = allowed(column), meaning_of(column)
            may, means = (one.get(self._lang) if one is not None else "" for one in (told, meaning))
            page.write_string(place, 2, may, soft)
            page.write_string(place, 3, means, soft)
            said = str(row.get(column.key, ""))
            page.set_row(place, LINE * max(_lines(said, 44), _lines(may, 44), _lines(means, 64)))

    # tables

    def _table(self, sheet: Sheet, page: Any) -> None:
        heads = self._made.heads(sheet)
        rows = self._rows(sheet)
        last = len(rows) + MORE_ROWS
        for at, head in enumerate(heads):
            self._column(sheet, page, at, head, rows, last)
        named = [at for at, head in enumerate(heads) if head.column.kind in ("name", "parent")]
        page.freeze_panes(1, 1 + max(named, default=0) if len(heads) > 4 else 0)
        page.set_row(0, 48)
        for place, row in enumerate(rows, 1):
            self._height(page, place, [(row.get(head.key), head.column.width) for head in heads])
        if sheet.form == "levers":
            self._lever_facts(page, len(heads))

    def _height(self, page: Any, row: int, said: Sequence[tuple[Any, int]]) -> None:
        """Let a row be as high as its texts need: not every program sees to it when it opens a workbook."""
        most = max((_lines(one, width) for one, width in said if isinstance(one, str)), default=1)
        page.set_row(row, LINE * most)

    def _column(self, sheet: Sheet, page: Any, at: int, head: Head, rows: Sequence[Row], last: int) -> None:
        column = head.column
        said = self._heading(sheet, head)
        page.set_column(at, at, max(column.width, 1.25 * max(map(len, said.split())) + 1.5))
        page.write_string(0, at, said, self._head(needed(column)))
        said = comment(column, self._made.names).get(self._lang)
        if said:
            size = {"x_scale": 2.2, "y_scale": max(0.5, 0.27 * _lines(said, 44)), "font_size": 9}
            page.write_comment(0, at, said, {**size, "author": "deptsim", "font_name": FONTS[self._lang]})
        for place, row in enumerate(rows, 1):
            self._cell(page, place, at, column, row.get(head.key), center=bool(head.owner))
        self._drop_down(page, 1, last, at, column)

    def _heading(self, sheet: Sheet, head: Head) -> str:
        """Return what stands above a column, its unit on a line of its own."""
        said = self._made.heading(sheet, head).get(self._lang)
        unit = texts.UNITS[head.column.unit].get(self._lang) if head.column.unit else ""
        in_brackets = next((one for one in (f"（{unit}）", f" ({unit})") if unit and said.endswith(one)), "")
        return f"{said.removesuffix(in_brackets)}\n{in_brackets.strip()}" if in_brackets else said

    def _rows(self, sheet: Sheet) -> list[Row]:
        """Return the rows of a sheet; all levers are listed, with a value where they have one of their own."""
        rows = self._made.rows[sheet.key]
        if sheet.form != "levers":
            return rows
        names = self._made.names
        stated = {str(row["lever"]): [one for one in rows if one["lever"] == row["lever"]] for row in rows}
        every = [names.told("lever", code, self._lang) for code in LEVERS]
        return [one for name in every for one in stated.get(name, [{"lever": name}])]

    def _lever_facts(self, page: Any, first: int) -> None:
        """Say beside every lever what it means, and where it usually stands."""
        titles = ((texts.USUAL, 10), (texts.RANGE, 14), (texts.UNIT, 12), (texts.MEANING, 90))
        for at, (title, width) in enumerate(titles, first):
            page.set_column(at, at, width)
            page.write_string(0, at, title.get(self._lang), self._head(False))
        soft = self._format(font_color=SOFT, text_wrap=True)
        codes = {self._made.names.told("lever", code, self._lang): spec for code, spec in LEVERS.items()}
        for place, row in enumerate(self._rows(next(one for one in self._sheets if one.form == "levers")), 1):
            spec = codes[str(row["lever"])]
            page.write_number(place, first, spec.typical, soft)
            page.write_string(place, first + 1, f"{spec.low:g} … {spec.high:g}", soft)
            page.write_string(place, first + 2, levers.UNITS[spec.unit].get(self._lang), soft)
            meaning = spec.meaning.get(self._lang)
            page.write_string(place, first + 3, meaning, soft)
            self._height(page, place, [(meaning, 90)])

    # cells

    def _cell(self, page: Any, row: int, at: int, column: Column, value: Any, center: bool = False) -> None:
        looks: dict[str, Any] = {"border": 1, "border_color": RULE, "text_wrap": True}
        if column.share or column.kind == "spread" or (column.kind == "kpi_target" and _is_share(value)):
            looks["num_format"] = "0%" if value is None or _whole_percent(value) else "0.0#%"
            looks["align"] = "right"
        if isinstance(value, dt.date):
            page.write_datetime(
                row, at, dt.datetime.combine(value, dt.time()), self._format(**looks, num_format="yyyy-mm-dd")
            )
        elif isinstance(value, bool | int | float):
            page.write_number(row, at, value, self._format(**looks))
        elif value is None:
            page.write_blank(row, at, None, self._format(**looks))
        else:
            looks = {**looks, "align": "center"} if center else {**looks, "align": "left", "indent": 1}
            page.write_string(row, at, str(value), self._format(**looks))

    def _drop_down(self, page: Any, first: int, last: int, at: int, column: Column) -> None:
        """Let a column be chosen from a list, or warn where a number is out of bounds."""
        source = self._source(column)
        if source is not None:
            strict = column.kind in ("yes", "choice", "kpi")
            how = {"validate": "list", "source": source, "error_type": "stop" if strict else "information"}
            page.data_validation(first, at, last, at, how)
        elif column.kind in ("number", "count") and column.bounds is not None:
            bounds = column.bounds
            kind = "integer" if bounds.whole else "decimal"
            limits = {"minimum": bounds.low, "maximum": bounds.high}
            told = bounds.phrase.get(self._lang)
            how = {"validate": kind, "criteria": "between", **limits, "error_type": "information"}
            page.data_validation(first, at, last, at, {**how, "error_message": told[:250]})

    def _source(self, column: Column) -> Any:
        """Return where the list of a column stands; None where it has none."""
        if column.kind in ("name_of", "parent") and column.of in _LISTED_BY:
            sheet = next((one for one in self._sheets if one.names == column.of), None)
            return None if sheet is None else self._range(sheet)
        what = {"choice": column.of, "kpi": column.of, "yes": "yes", "raci": "raci", "spread": "spread"}.get(
            column.kind
        )
        if column.kind == "name_of" and column.of in ("lever", "measure"):
            what = column.of
        return self._lists.get("intervention" if column.kind == "item" else what or "")

    def _range(self, sheet: Sheet) -> str:
        heads = self._made.heads(sheet)
        at = next(place for place, head in enumerate(heads) if head.column.kind == "name")
        letter = chr(ord("A") + at)
        return f"='{self._called(sheet)}'!${letter}$2:${letter}${len(self._made.rows[sheet.key]) + MORE_ROWS}"

    def _hidden_lists(self, page: Any) -> None:
        """Write what is chosen from into a sheet that nobody sees."""
        page.hide()
        names = self._made.names
        lists: dict[str, Iterable[str]] = {
            "yes": (texts.YES.get(self._lang), texts.NO.get(self._lang)),
            "raci": ("R", "A", "C", "I", "R/A", "A/C", "A/I", "C/I"),
            "spread": (
                *(percent(one, self._lang) for one in (0.0, 0.3, 0.6, 1.0)),
                texts.FAMILIES["exponential"].get(self._lang),
            ),
            "lever": (names.told("lever", one, self._lang) for one in LEVERS),
            "measure": (names.told("measure", one, self._lang) for one in MEASURES),
            "intervention": (
                *(names.told("intervention", one, self._lang) for one in INTERVENTIONS if one != "custom"),
                *(names.told("intervention", f"{PREFIX}{one}", self._lang) for one in every_bundle()),
            ),
            **{of: (one.get(self._lang) for one in said.values()) for of, said in CHOICES.items()},
        }
        for at, (of, some) in enumerate(lists.items()):
            letter, held = chr(ord("A") + at), list(some)
            for row, one in enumerate(held):
                page.write_string(row, at, one)
            self._lists[of] = f"='{texts.LISTS.get(self._lang)}'!${letter}$1:${letter}${len(held)}"


_LISTED_BY = ("department", "process", "calendar", "profile")
"""What has a sheet of its own, from which it is chosen."""


def _is_share(value: Any) -> bool:
    return isinstance(value, float) and 0.0 < value <= 1.0


def _whole_percent(value: Any) -> bool:
    return isinstance(value, float) and round(value * 100, 6).is_integer()


def _lines(said: str, width: int) -> int:
    """Return how many lines a text takes; Chinese letters are twice as wide as others."""
    wide = (sum(2 if ord(letter) > 0x2E7F else 1 for letter in line) for line in said.split("\n"))
    return sum(max(1, -(-one // width)) for one in wide)
