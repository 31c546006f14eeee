"""What no office file can hold is taken out before anything is written."""

from dataclasses import replace

import openpyxl
import pptx

from sim.report.document import slides, workbook
from sim.report.document.blocks import Chapter, Chart, Said
from sim.report.document.printable import printable
from tests.worlds.documents import document

BELL = "What rings\x07 is \ud800 not written"


def test_letters_that_are_forbidden_become_blanks_and_charts_of_nothing_are_left_out(tmp_path):
    told = document()
    chart = next(block for chapter in told.chapters for block in chapter.blocks if isinstance(block, Chart))
    nothing = replace(chart, categories=(), series=())
    named = replace(chart, categories=(BELL, "b"), title=BELL)
    chapters = (Chapter("one", BELL, BELL, (nothing, named, Said((BELL,)))), Chapter("two", "", "", (nothing,)))
    told = replace(told, title=BELL, chapters=chapters, facts={"scenario": BELL})
    clean = printable(told)
    assert [len(chapter.blocks) for chapter in clean.chapters] == [2, 0]
    assert clean.title == clean.chapters[0].blocks[0].categories[0] == "What rings  is   not written"
    opened = pptx.Presentation(slides.write(told, tmp_path / "bell.pptx"))
    assert opened.slides[1].shapes.title.text_frame.text == clean.title
    assert clean.title in {
        cell.value for cell in openpyxl.load_workbook(workbook.write(told, tmp_path / "b.xlsx")).active["B"]
    }
