"""Tables as text: UTF-8 with or without its mark, UTF-16 as spreadsheets write it, or GB18030 as Chinese ones do.

Columns are apart by comma, semicolon or tab, in wide letters too.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence

from sim.words import words
from sim.workbook.limits import Budget, Sheet
from sim.workbook.refused import refused
from sim.workbook.tidy import tidy

texts = words("opened")

DELIMITERS = ",;\t，；"
STATED = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
"""How spreadsheets state it themselves, in a first line of its own."""

_LOOKED_AT = 20
"""Lines from above that tell what columns are apart by; titles may stand above a table."""


def decoded(raw: bytes) -> str | None:
    """Return text in whichever encoding spreadsheets write it, or None where it is in none of them."""
    encoding = encoding_of(lambda: [raw])
    return None if encoding is None else raw.decode(encoding)


def encoding_of(parts: Callable[[], Iterable[bytes]]) -> str | None:
    """Return the encoding in which spreadsheets wrote a text, or None where it is in none of them.

    Parameters
    ----------
    parts
        Gives the text from its beginning, in parts of any length.
    """
    first: bytes = next(iter(parts()), b"")
    marked = first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            for part in parts():
                decoder.decode(part)
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def unusual(raw: bytes) -> str:
    """Return letters of a text that was taken for GB18030 which hardly any such text has, none where there are none.

    Text of Western or older Chinese encodings can often be read so, and then says something else.
    """
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "" if marked else decoded(raw) or ""
        return "".join(dict.fromkeys(one for one in text if one.isalpha() and not one.encode("gb2312", "ignore")))
    return ""


def delimiter_of(lines: Sequence[str], marks: str = DELIMITERS) -> str:
    """Return by which of some marks columns are apart: what is in most lines, for notes have commas, or most often."""
    found = {mark: [count for line in lines if (count := line.count(mark))] for mark in marks}
    return max(marks, key=lambda one: (len(found[one]), max(found[one], default=0), -marks.index(one)))


def sheet_of(raw: bytes, file: str, name: str) -> Sheet:
    """Return a table in text as a sheet."""
    text = decoded(raw)
    if text is None or "\0" in text:
        raise refused(file, texts.NO_TEXT)
    stated = STATED.match(text)
    head = [line for _, line in zip(range(_LOOKED_AT), io.StringIO(text), strict=False)]
    sheet = Sheet(name, Budget(file))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=stated[1] if stated else delimiter_of(head))
    number = 0
    try:
        for number, row in enumerate(reader):
            if number or not stated:
                _fill(sheet, number, row)
    except csv.Error:
        raise refused(file, texts.NO_TABLE.format(line=number + 1)) from None
    return sheet


def _fill(sheet: Sheet, number: int, row: Iterable[str]) -> None:
    for column, cell in enumerate(row):
        value = _harmless(tidy(cell))
        if value:
            sheet.put(number, column, value)
        if value.startswith("="):
            sheet.formula(number, column)


def _harmless(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@＝＋－＠") else cell
