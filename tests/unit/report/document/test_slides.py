"""Slides: what is on them is what the document says, and office programs can edit all of it."""

import io
import math
import zipfile
from dataclasses import replace

import openpyxl
import pptx
import pytest

from sim.report.document import packages, slides
from sim.report.document.blocks import Chapter, Chart, Picture, Said, Table
from sim.report.document.cells import written
from sim.report.document.tabled import MOST_ROWS
from sim.report.page import Page
from sim.spec.findings import TextError
from tests.worlds.documents import document

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
LONG = "Nobody knows beforehand which department is going to be the one that everybody else has to wait for; "


def spread(lang):
    """Return the document with a chapter for each of its exhibits."""
    found = document(lang)
    chapters = []
    for chapter in found.chapters:
        said = tuple(block for block in chapter.blocks if isinstance(block, Said))
        shown = [block for block in chapter.blocks if not isinstance(block, Said)]
        chapters += [Chapter(one.name, chapter.subject, f"{chapter.title} {one.name}", (one, *said)) for one in shown]
    return replace(found, chapters=tuple(chapters))


@pytest.fixture(scope="module", params=["en", "zh"])
def made(request, tmp_path_factory):
    told = spread(request.param)
    path = slides.write(told, tmp_path_factory.mktemp("slides") / "report.pptx")
    return told, path, pptx.Presentation(path)


def by_name(made):
    told, _, opened = made
    return dict(zip([one.key for one in told.chapters], list(opened.slides)[1:], strict=True))


def texts_of(slide):
    cells = [cell for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    found = [read(shape) for shape in slide.shapes if shape.has_text_frame]
    return "\n".join([*found, *(read(cell) for cell in cells)])


def read(shape):
    """Return a text as the document has it: with blanks at which lines may end."""
    return shape.text_frame.text.replace("\u00a0", " ")


def blocks(told, kind):
    return [block for chapter in told.chapters for block in chapter.blocks if isinstance(block, kind)]


def test_a_slide_for_each_chapter_whose_title_is_its_finding(made):
    told, _, opened = made
    titles = [read(slide.shapes.title) for slide in opened.slides]
    assert titles == [told.title, *(chapter.title for chapter in told.chapters)]
    assert (opened.slide_width, opened.slide_height) == (12192000, 6858000)
    for number, slide in enumerate(opened.slides, 1):
        text = texts_of(slide)
        assert told.foot in text
        assert number == 1 or str(number) in [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_charts_are_native_and_have_the_numbers_of_the_document(made):
    told, _, _ = made
    found = by_name(made)
    charts = blocks(told, Chart)
    assert {one.kind for one in charts} == {"bars", "stacked", "lines", "intervals"}
    for chart in charts:
        drawn = next(shape.chart for shape in found[chart.name].shapes if shape.has_chart)
        assert list(drawn.plots[0].categories) == list(chart.categories)
        known = [[value if math.isfinite(value) else None for value in one.values] for one in chart.series]
        assert [list(one.values) for one in drawn.plots[0].series] == known
        assert [one.name for one in drawn.plots[0].series] == [one.name for one in chart.series]
        sheet = openpyxl.load_workbook(io.BytesIO(drawn.part.chart_workbook.xlsx_part.blob)).active
        inside = list(zip(*sheet.iter_rows(min_row=2, max_col=1 + len(known), values_only=True), strict=True))
        assert inside == [chart.categories, *(tuple(one) for one in known)]
        for series, one in zip(chart.series, drawn.plots[0].series, strict=True):
            for arm, ends in zip(arms_of(one._element, sheet), (series.low, series.high), strict=True):
                assert arm == pytest.approx(ends, nan_ok=True)


def arms_of(series, sheet):
    """Return where the intervals of a drawn series begin and end, by the cells that they refer to."""
    bars = series.find(f"{C}errBars")
    if bars is None:
        return (), ()
    values, below, above = (
        cells_of(one, sheet) for one in (series.find(f"{C}val"), *map(bars.find, (f"{C}minus", f"{C}plus")))
    )
    return [one - arm for one, arm in zip(values, below, strict=True)], [
        one + arm for one, arm in zip(values, above, strict=True)
    ]


def cells_of(part, sheet):
    found = sheet[part.find(f".//{C}f").text.partition("!")[2].replace("$", "")]
    return [math.nan if cell.value is None else cell.value for (cell,) in found]


def test_tables_are_native_with_numbers_at_the_right(made):
    told, _, _ = made
    found = by_name(made)
    for table in blocks(told, Table):
        slide = found[table.name]
        drawn = next((shape.table for shape in slide.shapes if shape.has_table), None)
        rows = [[read(cell) for cell in row.cells] for row in drawn.rows]
        assert len(rows) <= MOST_ROWS + 1
        for shown, row in zip(rows[1:], table.rows, strict=False):
            for text, cell, column in zip(shown, row, table.columns, strict=True):
                whole = written(cell, column, told.lang)
                assert text == whole or (text.endswith("…") and whole.startswith(text[:-1]))
        for place, column in enumerate(table.columns):
            right = {drawn.cell(row, place).text_frame.paragraphs[0]._p.pPr.get("algn") for row in range(len(rows))}
            assert right == {"l" if column.kind == "text" else "r"}


def test_what_a_slide_has_no_room_for_is_in_its_notes(made):
    told, _, _ = made
    found = by_name(made)
    for chapter in told.chapters:
        slide = found[chapter.key]
        notes = slide.notes_slide.notes_text_frame.text.replace("\u00a0", " ") if slide.has_notes_slide else ""
        for said in blocks(replace(told, chapters=(chapter,)), Said):
            assert all(one in texts_of(slide) or one in notes for one in said.sentences)
        for table in blocks(replace(told, chapters=(chapter,)), Table):
            assert table.note in texts_of(slide) + notes


def test_nothing_is_left_of_the_template(made):
    _, path, opened = made
    for slide in opened.slides:
        assert all(shape.text_frame.text.strip() for shape in slide.placeholders if shape.has_text_frame)
    with zipfile.ZipFile(path) as parts:
        names = parts.namelist()
        assert len(names) == len(set(names))
        assert not [name for name in names if "thumbnail" in name or "printerSettings" in name]
        assert len([name for name in names if name.startswith("ppt/slideLayouts/slideLayout")]) == 2
        layouts = b"".join(parts.read(name) for name in names if name.endswith(".xml"))
    assert b"Click to" not in layouts


def test_both_fonts_and_the_language_are_set(made):
    told, path, opened = made
    with zipfile.ZipFile(path) as parts:
        themes = [parts.read(name).decode() for name in parts.namelist() if "/theme/" in name]
    for theme in themes:
        assert theme.count('<a:latin typeface="Arial"/><a:ea typeface="Microsoft YaHei"/>') == 2
    wanted = {"en": "en-US", "zh": "zh-CN"}[told.lang]
    for slide in opened.slides:
        assert {run.get("lang") for run in slide._element.iter(f"{A}rPr")} == {wanted}
        for shape in slide.shapes:
            if shape.has_chart:
                letters = shape.chart._chartSpace.txPr.find(f".//{A}defRPr")
                assert letters.get("lang") == wanted
                assert {one.get("typeface") for one in letters if one.get("typeface")} == {"Arial", "Microsoft YaHei"}


def test_exhibits_say_what_they_show_to_those_who_cannot_see_them(made):
    told, _, _ = made
    found = by_name(made)
    for block in blocks(told, Chart | Table | Picture):
        said = found[block.name]._element.xpath(f".//p:cNvPr[@name='{block.name}']/@descr")
        assert len(said) == 1
        assert block.title in said[0]


def test_a_title_that_is_too_long_is_cut_after_a_word_and_stands_in_the_notes(tmp_path):
    title = LONG * 6
    told = replace(document(), chapters=(Chapter("one", "One", title.strip(), (Said(("Yes.",)),)),))
    slide = pptx.Presentation(slides.write(told, tmp_path / "long.pptx")).slides[1]
    shown = slide.shapes.title.text_frame.text
    assert shown.endswith("…")
    assert title.startswith(shown[:-1])
    assert not title[len(shown) - 1].isalnum()
    assert slide.notes_slide.notes_text_frame.text == title.strip()


def test_without_the_library_one_sentence_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setattr(packages, "find_spec", lambda name: None)
    with pytest.raises(TextError, match=r"python-pptx.*pip install 'deptsim\[report\]'") as found:
        slides.write(document(), tmp_path / "none.pptx")
    assert "python-pptx" in found.value.said("zh")
    assert not list(tmp_path.iterdir())


def test_nothing_lies_on_anything_else_or_beyond_the_edges(made):
    _, _, opened = made
    for slide in opened.slides:
        boxes = [(shape.left, shape.top, shape.left + shape.width, shape.top + shape.height) for shape in slide.shapes]
        assert all(left >= 0 and top >= 0 and right <= 12192000 and low <= 6858000 for left, top, right, low in boxes)
        for place, (left, top, right, low) in enumerate(boxes):
            others = boxes[place + 1 :]
            assert not [one for one in others if one[0] < right and left < one[2] and one[1] < low and top < one[3]]


def test_a_picture_that_would_be_too_small_gives_way_to_a_table(tmp_path):
    chapter = next(one for one in document().chapters if isinstance(one.blocks[0], Picture))
    picture, table = chapter.blocks
    high = replace(picture, draw=lambda: Page(6.0, 12.0).figure)
    for shown, wanted in ((picture, "map"), (high, "raci")):
        told = replace(document(), chapters=(replace(chapter, blocks=(shown, table)),))
        slide = pptx.Presentation(slides.write(told, tmp_path / "map.pptx")).slides[1]
        assert wanted in {shape.name for shape in slide.shapes}
        assert (picture.said in slide.notes_slide.notes_text_frame.text) == (wanted == "raci")
