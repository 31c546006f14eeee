"""Files that people hand over: what is read of them, and what is refused, in a sentence and at once."""

import os
import tracemalloc
from datetime import date, datetime

import openpyxl
import pytest

from sim.spec.findings import ScenarioError
from sim.workbook.imported import imported
from sim.workbook.opened import book_of, formulas_in, grids_of
from tests.worlds.workbooks import HARMFUL, ROWS, cell, changed, open_document, plain, table, with_rows

HEAVY = ("a zip bomb", "a bomb nobody reads", "a bomb that hides", "a lot of text", "a far cell", "cells without end")
"""What asks for much memory; counting it takes long."""
BYTES = 120_000_000


def put(folder, name, raw):
    """Return the path of a file with this content."""
    path = folder / name
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("what", HARMFUL)
def test_what_means_harm_is_refused(tmp_path, what):
    """In one sentence that names the file, within little memory, in both languages."""
    name, made, told = HARMFUL[what]
    path = put(tmp_path, name, made())
    if what in HEAVY:
        tracemalloc.start()
    with pytest.raises(ScenarioError) as caught:
        grids_of(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    (finding,) = caught.value.findings
    assert told in str(finding)
    for language in ("en", "zh"):
        assert finding.said(language).startswith(name)
        assert "\n" not in finding.said(language)
    assert most < BYTES


def test_what_is_no_file(tmp_path):
    """A folder, nothing, a name that is none, a file that must not be read."""
    closed = put(tmp_path, "closed.xlsx", plain())
    closed.chmod(0)
    told = {
        tmp_path: "found a folder",
        tmp_path / "no.xlsx": "found no such file",
        tmp_path / "a\0.xlsx": "found no such file",
    }
    if os.geteuid():
        told[closed] = "cannot be read"
    for path, said in told.items():
        with pytest.raises(ScenarioError, match=said):
            grids_of(path)


def test_a_workbook(tmp_path):
    """Numbers come as they are seen, merged cells are filled, blank rows keep their place; hidden sheets are left."""
    book = book_of(put(tmp_path, "org.xlsx", plain()))
    (grid,) = book.grids
    assert (grid.file, grid.sheet, book.hidden) == ("org.xlsx", "RACI", ("lists",))
    rows = dict(grid.rows)
    assert list(rows) == [0, 1, 2, 3, 4, 6]
    assert rows[0] == dict.fromkeys(range(5), ROWS[0][0])
    assert rows[4] == {0: "发货", 1: "Ｉ", 2: "C", 3: "负责", 4: "30 分钟"}
    assert rows[6] == {0: "80%", 1: date(2027, 1, 4), 2: "30 min", 3: 2.0}
    (formula,) = formulas_in(grid)
    assert formula.said("zh").startswith("org.xlsx，RACI!D7：单元格里是公式")


def test_other_ways_to_write_the_same(tmp_path):
    """Rows and cells without address, inline texts with readings above, marks of direction, truth, errors."""
    rows = (
        '<row><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>x</f><v>y</v></c></row>'
        '<row r="3"><c t="inlineStr"><is><t>a</t><rPh><t>no</t></rPh><r><t>b_x0041_</t></r></is></c>'
        '<c r="D3"><v>1.5</v></c>'
        + cell("E3", "\u202e\u200b ‏ ") + cell("F3", "&lt;b&gt;&amp;") + '<c t="s"><v>99</v></c></row>'
    )  # fmt: skip
    raw = changed(
        with_rows(rows), {"xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b'"worksheets', b'"/xl\\worksheets')}
    )
    (grid,) = grids_of(put(tmp_path, "a.xlsx", raw))
    assert dict(grid.rows) == {
        0: {0: True, 1: "#N/A", 2: "y"},
        2: {0: "abA", 3: 1.5, 5: "<b>&"},
    }
    assert grid.formulas == {(0, 2)}


def test_an_open_document(tmp_path):
    """Cells that stand for several, merged and covered ones, notes, dates, times, percentages, formulas."""
    rows = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>a<text:s text:c="2"/>b</text:p>'
        "<office:annotation><text:p>note</text:p></office:annotation><text:p>c</text:p></table:table-cell>"
        '<table:covered-table-cell/><table:table-cell table:number-columns-repeated="2" office:value-type="percentage"'
        ' office:value="0.8"/><table:table-cell office:value-type="float" office:value="30"><text:p>30 分钟</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="2027-01-04"/>'
        '<table:table-cell office:value-type="time" office:time-value="PT36H30M" table:formula="x"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    )
    (grid,) = grids_of(put(tmp_path, "a.ods", open_document(table(rows))))
    assert dict(grid.rows) == {
        2: {0: "a  b\nc", 1: "a  b\nc", 2: "80%", 3: "80%", 4: "30 分钟", 5: date(2027, 1, 4), 6: "36:30"},
    }
    assert grid.formulas == {(2, 6)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_tables_in_text(tmp_path, encoding, mark):
    """In any encoding and with any mark; titles above have none; what a spreadsheet would compute is a formula."""
    text = "部门表\r\n\r\n部门,人数\r\n销售部, ５ \r\n'-甲,=1+1\r\n".replace(",", mark)
    (grid,) = grids_of(put(tmp_path, "部门.csv", text.encode(encoding)))
    assert grid.sheet == "部门"
    assert dict(grid.rows) == {
        0: {0: "部门表"},
        2: {0: "部门", 1: "人数"},
        3: {0: "销售部", 1: "５"},
        4: {0: "-甲", 1: "=1+1"},
    }
    assert grid.formulas == {(4, 1)}


@pytest.mark.parametrize("head", ["sep=;\n", "注，意，事，项，如，下\n"])
def test_what_columns_are_apart_by(tmp_path, head):
    """It may be stated; commas in a note or in numbers do not count."""
    (grid,) = grids_of(put(tmp_path, "a.csv", f"{head}部门;人数\n销售部;1,5\n生产部;2\n".encode()))
    assert [row for number, row in grid.rows if number] == [
        {0: "部门", 1: "人数"},
        {0: "销售部", 1: "1,5"},
        {0: "生产部", 1: "2"},
    ]


def test_another_writer_and_reader_agree(tmp_path):
    """What openpyxl writes and reads is read as it reads it."""
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [
        ["部门", 1.5, True, None, date(2027, 1, 4)],
        [None, " a ", datetime(2027, 1, 4, 8, 30), 10**9, "1"],
        [0, -2],
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("B3:D4")
    sheet["A6"] = "=SUM(B1:B3)"
    book.create_sheet("empty")
    book.save(tmp_path / "a.xlsx")
    grid, empty = grids_of(tmp_path / "a.xlsx")
    held = {
        (row.row - 1, row.column - 1): row.value
        for line in openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows()
        for row in line
        if row.value is not None and row.data_type != "f"
    }
    merged = dict.fromkeys([(2, 1), (2, 2), (2, 3)], -2)
    held |= merged | {(0, 4): date(2027, 1, 4), (1, 1): "a"}
    assert grid.cells == held
    assert grid.formulas == {(5, 0)}
    assert not empty.cells


def test_a_hidden_sheet_of_ours_is_told(tmp_path):
    """Lists that drop-downs need are hidden too, and nobody misses them."""
    book = openpyxl.Workbook()
    for name, state in (("Departments", "visible"), ("Steps", "hidden"), ("lists", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.append(["Department", "People"])
        sheet.append(["Sales", 3])
        sheet.sheet_state = state
    book.save(tmp_path / "org.xlsx")
    told = [str(one) for one in imported([tmp_path / "org.xlsx"]).findings if one.severity == "warning"]
    assert told == ["org.xlsx: the sheet 'Steps' is hidden and is not read; show it to have it read"]


@pytest.mark.parametrize(
    ("encoding", "word", "doubted"),
    [
        ("latin-1", "Ausführung", True),
        ("big5", "業務", True),
        ("gb18030", "业务部", False),
        ("utf-8", "業務 Ausführung", False),
        ("utf-16", "業務", False),
    ],
)
def test_text_that_is_probably_encoded_otherwise(tmp_path, encoding, word, doubted):
    """It is read as it can be, and it is said that it may be wrong."""
    path = put(tmp_path, "raci.csv", f"Task,Sales,{word}\nOffer,R,C\nOrder,A,R\n".encode(encoding))
    assert bool(book_of(path).unusual) == doubted
    assert any("save it as UTF-8" in str(one) for one in imported([path]).findings) == doubted
