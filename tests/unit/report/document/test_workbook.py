"""Workbooks: numbers are numbers, text stays text, and charts are fed from the cells."""

import math
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from sim.report.document import packages, workbook
from sim.report.document.blocks import Chapter, Chart, Column, Table
from sim.report.document.cells import written
from sim.report.document.sheetcharts import data_of
from sim.spec.findings import TextError
from tests.worlds.documents import FORMULA, HOSTILE, document

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module", params=["en", "zh"])
def made(request, tmp_path_factory):
    told = document(request.param)
    path = workbook.write(told, tmp_path_factory.mktemp("workbook") / "report.xlsx")
    return told, path, openpyxl.load_workbook(path)


def table_of(made, name):
    """Return the rows of cells of the table that office programs know by a name, its sheet, and whether it filters."""
    for sheet in made[2]:
        for table in sheet.tables.values():
            if table.name == f"t_{name}":
                return list(sheet[table.ref]), sheet, table.autoFilter is not None
    raise AssertionError(name)


def blocks(told, kind):
    return [block for chapter in told.chapters for block in chapter.blocks if isinstance(block, kind)]


def known(cell):
    return None if cell is None or (isinstance(cell, float) and not math.isfinite(cell)) else cell


def test_tables_have_the_cells_of_the_document(made):
    told, _, _ = made
    for table in blocks(told, Table):
        rows, _, filters = table_of(made, table.name)
        assert filters
        assert len(rows) == len(table.rows) + 1
        for shown, row in zip(rows[1:], table.rows, strict=True):
            for found, cell, column in zip(shown, row, table.columns, strict=True):
                wanted = written(cell, column, told.lang) if isinstance(cell, bool) else known(cell)
                assert found.value == (pytest.approx(wanted) if isinstance(wanted, int | float) else wanted or None)
                assert wanted in (None, "") or found.data_type == ("s" if isinstance(wanted, str) else "n")


def test_shares_are_in_percent_and_changes_have_their_sign(made):
    rows, _, _ = table_of(made, "effects")
    _, on_time, change, lead, cases = (cell.number_format for cell in rows[2][:5])
    assert on_time == '#,##0.0%;"−"#,##0.0%;#,##0.0%'
    assert change == '+#,##0.0;"−"#,##0.0;#,##0.0'
    assert lead == '#,##0.00;"−"#,##0.00;#,##0.00'
    assert cases == '#,##0;"−"#,##0;#,##0'


def test_nothing_is_a_formula_or_a_link_to_elsewhere(made):
    _, path, opened = made
    cells = [cell for sheet in opened for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {FORMULA, "@SUM(A1)", "+1", HOSTILE} <= {cell.value for cell in cells}
    with zipfile.ZipFile(path) as parts:
        assert len(parts.namelist()) == len(set(parts.namelist()))
        text = b"".join(parts.read(name) for name in parts.namelist() if name.endswith((".xml", ".rels")))
    assert b"<f>" not in text
    assert b'TargetMode="External"' not in text


def test_long_tables_stand_alone_below_headings_that_stay(made):
    rows, sheet, _ = table_of(made, "inputs")
    assert len(sheet.tables) == 1
    assert sheet.freeze_panes == f"B{rows[1][0].row}"
    assert sheet.print_title_rows == f"${rows[0][0].row}:${rows[0][0].row}"


def test_charts_are_fed_from_cells_with_the_numbers_of_the_document(made):
    told, path, opened = made
    charts = {}
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if name.startswith("xl/charts/chart"):
                text = parts.read(name).decode()
                charts[re.search(r"<c:title>.*?<a:t>(.*?)</a:t>", text).group(1)] = text
    assert len(charts) == len(blocks(told, Chart)) == 4
    for chart in blocks(told, Chart):
        references = re.findall(r"<c:val><c:numRef><c:f>(.*?)</c:f>", charts[chart.title])
        assert [cells_at(opened, one) for one in references] == [
            [known(value) for value in one.values] for one in chart.series
        ]
        assert charts[chart.title].count("<a:latin ") == charts[chart.title].count("<a:ea ")
        names = re.findall(r"<c:tx><c:strRef><c:f>(.*?)</c:f>", charts[chart.title])
        assert [cells_at(opened, one) for one in names] == [[one.name] for one in chart.series]
        for arm in ("plus", "minus"):
            lengths = re.findall(rf"<c:{arm}><c:numRef><c:f>(.*?)</c:f>", charts[chart.title])
            assert len(lengths) == sum(bool(one.low) for one in chart.series)
            assert all(any(cells_at(opened, one)) for one in lengths)


def cells_at(opened, reference):
    sheet, _, cells = reference.replace("$", "").rpartition("!")
    found = opened[sheet.strip("'")][cells]
    return [row[0].value for row in found] if isinstance(found, tuple) else [found.value]


def test_intervals_of_series_that_share_no_row_stand_in_the_same_columns():
    told = blocks(document(), Chart)[0]
    (one,) = told.series
    nan = math.nan
    first = replace(one, name="better", values=(7.8, nan), low=(5.9, nan), high=(9.7, nan))
    second = replace(one, name="unclear", values=(nan, -1.5), low=(nan, -3.0), high=(nan, 0.5))
    table = data_of(replace(told, series=(first, second)), "en")
    assert [column.heading for column in table.columns][1:] == [
        "better",
        "unclear",
        "from",
        "to",
        "length below",
        "length above",
    ]
    assert [row[3:5] for row in table.rows] == [(5.9, 9.7), (-3.0, 0.5)]


def test_the_first_sheet_has_the_contents_and_the_facts(made):
    told, _, opened = made
    first = opened.worksheets[0]
    cells = [cell.value for row in first.iter_rows() for cell in row if cell.value is not None]
    assert {told.title, told.subtitle, *told.facts.values()} <= set(cells)
    assert {chapter.title for chapter in told.chapters} <= set(cells)
    linked = [cell.hyperlink for row in first.iter_rows() for cell in row if cell.hyperlink]
    links = {link.location.rpartition("!")[0].strip("'") for link in linked}
    assert links == set(opened.sheetnames[1:])


def test_names_of_sheets_are_allowed_whatever_chapters_are_called(tmp_path):
    table = Table("one", "A: [title] of 'something' that goes on and on / and on", (Column("x", "X"),), (("a",),))
    subjects = ("Time: [a/b]?", "TIME  a b", "'x'", "结论" * 20, "")
    chapters = tuple(
        Chapter(
            f"c{place}",
            subject,
            subject,
            (replace(table, name=f"a{place}"), replace(table, name=f"b{place}", brief=False)),
        )
        for place, subject in enumerate(subjects)
    )
    path = workbook.write(replace(document(), chapters=chapters), tmp_path / "names.xlsx")
    names = openpyxl.load_workbook(path).sheetnames
    assert len(names) == len({name.casefold() for name in names}) == 11
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_without_the_library_one_sentence_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setattr(packages, "find_spec", lambda name: None)
    with pytest.raises(TextError, match=r"XlsxWriter.*pip install 'deptsim\[report\]'") as found:
        workbook.write(document(), tmp_path / "none.xlsx")
    assert "XlsxWriter" in found.value.said("zh")
    assert not list(tmp_path.iterdir())
