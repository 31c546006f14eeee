"""Workbooks that mean harm, or are damaged: each with what is said of it; and a mutator of workbooks, by seed."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"

ROWS = (
    ("订单流程 RACI",),
    ("任务", "销售部", "生产部", "仓储部", "工时（小时）"),
    ("签单", "R/A", "C", "I", 2),
    ("生产", "I", "R", "C", "1.5 天"),
    ("发货", "Ｉ", "C", "负责", "30 分钟"),
)


ORGANIZATION = {
    "部门": [
        ["部门", "人数", "日常工作占比"],
        ["销售部", 4, "３０％"],
        ["生产部", "1,200", 0.1],
        [],
        ["管理层", 2, None],
    ],
    "流程": [["流程名称", "每周单量", "期限（天）"], ["订单", 10, "2 周"]],
    "RACI矩阵": [
        ["职责"],
        ["流程", "任务", "销售部", "生产部", "管理层", "耗时（分钟）", "波动", "争议部门"],
        ["订单", "签单", "R/A", "C", None, 90, 0.5, None],
        [None, "制造", "I", "Ｒ", "A", "2 天", "指数", "销售部、管理层"],
    ],
    "总体": [["管理层", "管理层"], ["信任度", "40％"]],
}
"""As a client has it: titles, blank rows, wide digits, units, cells that say nothing because the one above does."""


@cache
def plain() -> bytes:
    """Return a small workbook with a RACI table, percentages, dates, a formula, merged cells and a hidden sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("RACI")
        for row, values in enumerate(ROWS):
            sheet.write_row(row, 0, values)
        sheet.merge_range(0, 0, 0, 4, ROWS[0][0])
        sheet.write(6, 0, 0.8, book.add_format({"num_format": "0%"}))
        sheet.write(6, 1, 46_391, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write(6, 2, 30, book.add_format({"num_format": '0" min"'}))
        sheet.write_formula(6, 3, "=1+1", None, 2)
        hidden = book.add_worksheet("lists")
        hidden.write(0, 0, "R")
        hidden.hide()
    return stream.getvalue()


def changed(raw: bytes, parts: Mapping[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """Return a workbook with some parts put in or written otherwise."""
    source = zipfile.ZipFile(io.BytesIO(raw))
    held = {name: source.read(name) for name in source.namelist()}
    for name, part in parts.items():
        held[name] = part(held[name]) if callable(part) else part
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in held.items():
            target.writestr(name, data)
    return stream.getvalue()


def with_rows(rows: str, after: str = "") -> bytes:
    """Return a workbook whose sheet has these rows, in XML."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return changed(plain(), {SHEET: sheet.encode()})


def cell(address: str, text: str = "x") -> str:
    """Return a cell with a text, in XML."""
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def open_document(body: str, kind: str = "spreadsheet", more: Mapping[str, bytes] | None = None) -> bytes:
    """Return a workbook of LibreOffice with this content."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = f"<office:document-content {spaces}><office:body>{body}</office:body></office:document-content>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        target.writestr("content.xml", content)
        for name, data in (more or {}).items():
            target.writestr(name, data)
    return stream.getvalue()


def table(rows: str) -> str:
    """Return a sheet of LibreOffice."""
    return f'<office:spreadsheet><table:table table:name="T">{rows}</table:table></office:spreadsheet>'


def _lying(raw: bytes) -> bytes:
    """Return a zip file whose directory says of every part that it is small."""
    place, made = 0, bytearray(raw)
    while (place := raw.find(b"PK\x01\x02", place)) >= 0:
        made[place + 24 : place + 28] = (100).to_bytes(4, "little")
        place += 4
    return bytes(made)


def _encrypted(raw: bytes) -> bytes:
    """Return a zip file whose parts say that they are encrypted."""
    made = bytearray(raw)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = 0
        while (place := raw.find(mark, place)) >= 0:
            made[place + offset] |= 1
            place += 4
    return bytes(made)


def _hex(letters: int) -> str:
    return random.Random(1).randbytes(letters // 2).hex()


BOMB = b" " * 40_000_000
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FAR = f'<row r="1">{cell("A1")}</row><row>{cell("XFD1048576")}</row>'
_WIDE = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
_OVERLAPPING = "<mergeCells>" + '<mergeCell ref="A1:IV200"/>' * 9000 + "</mergeCells>"
_NO_RELATION = {"_rels/.rels": b"<x/>", BOOK: b""}
_OTHER_PART = {"xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"sheet1", b"s")}
_NO_SHEET = {BOOK: lambda xml: re.sub(b"<sheet .*?/>", b"", xml)}


def _book(parts: Mapping[str, bytes | Callable[[bytes], bytes]]) -> Callable[[], bytes]:
    return lambda: changed(plain(), parts)


def _rows(rows: str, after: str = "") -> Callable[[], bytes]:
    return lambda: with_rows(rows, after)


def _open(rows: str, more: Mapping[str, bytes] | None = None) -> Callable[[], bytes]:
    return lambda: open_document(table(rows), more=more)


def _alike(rows: int, columns: int) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:formula="x"'
        f' table:number-columns-repeated="{columns}"/></table:table-row>'
    )


HARMFUL: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a zip bomb": ("a.xlsx", _book({SHEET: BOMB}), "unpacks to far more than it seems"),
    "a bomb nobody reads": ("a.xlsx", _book({"xl/media/1.png": BOMB}), "unpacks to far more"),
    "a bomb that hides": ("a.xlsx", lambda: _lying(changed(plain(), {SHEET: BOMB})), "found a damaged workbook"),
    "many parts": ("a.xlsx", _book({f"x/{n}": b"" for n in range(2100)}), "found more than 2,000 parts"),
    "entities": ("a.xlsx", _book({SHEET: LAUGHS}), "found XML with declarations of its own"),
    "deep XML": ("a.xlsx", _book({SHEET: b"<a>" * 100_000}), "that is damaged"),
    "a far cell": ("a.xlsx", _rows(_FAR), "found something below row 10,000 of the sheet 'RACI'"),
    "a far column": ("a.xlsx", _rows(f"<row>{cell('XFD1')}</row>"), "right of column 500 of the sheet 'RACI'"),
    "a wide merge": (
        "a.xlsx",
        _rows(f"<row>{cell('A1')}{cell('SF1')}</row><row>{cell('A10000')}</row>", _WIDE),
        "found more than 30,000 filled cells",
    ),
    "overlapping merges": (
        "a.xlsx",
        _rows(f"<row>{cell('A1')}{cell('IV1')}</row><row>{cell('A200')}</row>", _OVERLAPPING),
        "found more than 30,000 filled cells",
    ),
    "macros": ("a.xlsm", _book({"xl/vbaProject.bin": b"x"}), "found macros in the workbook"),
    "links": ("a.xlsx", _book({"xl/externalLinks/externalLink1.xml": b"<x/>"}), "found links to other files"),
    "a password": ("a.xlsx", lambda: _OLE + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
    "encrypted parts": ("a.xlsx", lambda: _encrypted(plain()), "found a workbook that is encrypted"),
    "an old workbook": ("a.xls", lambda: _OLE, "found a workbook of an old kind (.xls)"),
    "an old workbook, renamed": ("a.xlsx", lambda: _OLE, "found a workbook of an old kind"),
    "a picture": ("a.xlsx", lambda: b"\x89PNG\r\n\x1a\n", "found no workbook inside"),
    "a picture as text": ("a.csv", lambda: b"\x89PNG\r\n\x1a\n\0\0", "found text in no encoding that is known"),
    "another ending": ("a.docx", plain, "found a file of another kind, expected one that ends in .xlsx"),
    "a workbook as text": ("a.csv", plain, "found a workbook under the name of a table in text"),
    "a document": ("a.xlsx", _book({BOOK: b"<document/>"}), "found no workbook inside"),
    "a zip file": ("a.xlsx", _book(_NO_RELATION), "found no workbook inside"),
    "nothing": ("a.xlsx", lambda: b"", "found an empty file"),
    "nothing but blanks": ("a.csv", lambda: b" \r\n\r\n", "found an empty file"),
    "half a file": ("a.xlsx", lambda: plain()[: len(plain()) // 2], "found a damaged workbook"),
    "no sheet": ("a.xlsx", _book(_NO_SHEET), "found no filled cell"),
    "no cells": (
        "a.xlsx",
        _rows(""),
        "found filled cells on no sheet that is shown, expected the hidden ones shown (lists)",
    ),
    "a missing sheet": ("a.xlsx", _book(_OTHER_PART), "found no part named 'xl/worksheets/s.xml'"),
    "a lot of text": (
        "a.xlsx",
        _rows(f"<row>{cell('A1', _hex(2_100_000))}</row>"),
        "found more than 2,000,000 letters",
    ),
    "a long text table": ("a.csv", lambda: b"a,b\n" * 10_001, "found something below row 10,000"),
    "a broken text table": ("a.csv", lambda: b'a,"' + b"x" * 200_000, "found a row that cannot be read"),
    "an open document": ("a.ods", lambda: open_document("<office:text/>", "text"), "found no workbook inside"),
    "columns without end": ("a.ods", _open(_alike(1, 10**9)), "right of column 500"),
    "rows without end": ("a.ods", _open(_alike(10**9, 1)), "below row 10,000"),
    "cells without end": ("a.ods", _open(_alike(10_000, 500)), "found more than 30,000 filled cells"),
    "other files": ("a.ods", _open("<table:table-source/>"), "found links to other files"),
    "a password, open": ("a.ods", _open("", {"META-INF/manifest.xml": b"<encryption-data/>"}), "encrypted"),
    "macros, open": ("a.ods", _open("", {"Basic/Standard/script.xml": b"x"}), "found macros"),
}
"""Hostile files: what each is, its name, what it holds, and what is said."""

HOSTILE = (
    "1e308", "nan", "-inf", "=cmd|' /C calc'!A0", "@SUM(1)", "🙂" * 50, "\u202egnp.exe", "\x07\x1b[31m", "_x0000_",
    "_xD800_", "R" * 5000, "R/A/C/I/R/A", "9" * 400, "1,2,3,4", "部" * 300, "<&>", "' OR 1=1", "../../etc/passwd",
    "{0}", "%s", "\u0661\u0662",
)  # fmt: skip
"""What cells may hold that is no department, task, number or letter."""


def _hostile(rng: random.Random) -> bytes:
    text = rng.choice(HOSTILE).replace("&", "&amp;").replace("<", "&lt;")
    return text.encode("utf-8", "replace")


def _flipped(data: bytes, rng: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(rng.randint(1, 20)):
        made[rng.randrange(len(made))] = rng.randrange(256)
    return bytes(made)


def _cut(data: bytes, rng: random.Random) -> bytes:
    one, other = sorted((rng.randrange(len(data)), rng.randrange(len(data))))
    return rng.choice((data[:one], data[:one] + data[other:], data[:other] + data[one:]))


def _swapped(data: bytes, rng: random.Random) -> bytes:
    """Return XML in which some attributes, texts or elements are others."""
    made = data
    for _ in range(rng.randint(1, 6)):
        pattern = rng.choice((rb'"[^"<>]*"', rb">[^<>]+<", rb"<[a-zA-Z/][^<>]*>", rb"[0-9]+"))
        found = list(re.finditer(pattern, made))
        if found:
            one = rng.choice(found)
            numbers = (
                b"-1",
                b"0",
                b"99999999999999999999",
                b"1e999",
                b"",
                b"A1:XFD1048576",
                b"inlineStr",
                b"s",
                b"hidden",
            )
            new = rng.choice((_hostile(rng), rng.choice(numbers)))
            first, last = one[0][:1], one[0][-1:]
            new = new if first.isdigit() else b"" if first == b"<" and rng.random() < 0.5 else first + new + last
            made = made[: one.start()] + new + made[one.end() :]
    return made


def _said(data: bytes, rng: random.Random) -> bytes:
    """Return XML that is sound, but says something else in some cells."""
    made = data
    for _ in range(rng.randint(1, 8)):
        found = list(re.finditer(rb"(?<=>)[^<>]+(?=</(?:v|t|text:p)>)", made))
        if found:
            one = rng.choice(found)
            new = rng.choice((_hostile(rng), rng.choice(found)[0], b"1e308", b"-5", b"0", b"46391"))
            new = re.sub(rb"[\x00-\x08\x0b-\x1f]", b"", new)
            made = made[: one.start()] + new + made[one.end() :]
    return made


def mutant(seed: int, originals: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return the name and content of a file that is one of `originals`, damaged or made hostile in a way of its own."""
    rng = random.Random(seed)
    name = rng.choice(sorted(originals))
    raw = originals[name]
    if name.endswith((".csv", ".tsv")):
        way = rng.choice((_flipped, _cut, lambda data, rng: _replaced_in_text(data, rng)))
        return name, way(raw, rng)
    way = rng.choice((_flipped, _cut, *[_in_part] * 6))
    return name, way(raw, rng)


def _replaced_in_text(data: bytes, rng: random.Random) -> bytes:
    cells = re.split(b"([,;\t\n])", data)
    for _ in range(rng.randint(1, 5)):
        cells[rng.randrange(len(cells))] = rng.choice(HOSTILE).encode("utf-8", "replace")
    return b"".join(cells)


def _in_part(raw: bytes, rng: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as source:
        parts = [one for one in source.namelist() if one.endswith((".xml", ".rels"))]
    likely = [one for one in parts if re.search("sheet|shared|styles|workbook|content", one)]
    part = rng.choice(likely if rng.random() < 0.8 else parts)
    way = rng.choice((_flipped, _cut, *[_swapped] * 4, *[_said] * 6))
    return changed(raw, {part: lambda data: way(data, rng)})
