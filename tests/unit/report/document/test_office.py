"""Slides and workbooks as office programs have them: the same bytes for the same report, and every word to be seen."""

import os
import re
import shutil
import subprocess
import sys
import zipfile

import pytest

from sim.report.document import slides, workbook
from sim.report.document.fixedzip import rewrite
from tests import ROOT
from tests.worlds.documents import document

OFFICE = shutil.which("soffice")

WRITE = """
import sys
from pathlib import Path
from sim.report.document import slides, workbook
from tests.worlds.documents import document
folder = Path(sys.argv[1])
slides.write(document("zh"), folder / "report.pptx")
workbook.write(document("zh"), folder / "report.xlsx")
"""


def test_the_same_report_gives_the_same_files(tmp_path):
    """In processes that order sets differently, at another time."""
    other = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    environment = {**os.environ, "PYTHONHASHSEED": other}
    running = subprocess.Popen([sys.executable, "-c", WRITE, tmp_path], cwd=ROOT, env=environment)
    (tmp_path / "here").mkdir()
    first = slides.write(document("zh"), tmp_path / "here" / "report.pptx")
    second = workbook.write(document("zh"), tmp_path / "here" / "report.xlsx")
    assert running.wait(60) == 0
    assert first.read_bytes() == (tmp_path / "report.pptx").read_bytes()
    assert second.read_bytes() == (tmp_path / "report.xlsx").read_bytes()
    for path in (first, second):
        with zipfile.ZipFile(path) as parts:
            assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_no_part_of_a_file_is_there_twice(tmp_path):
    with zipfile.ZipFile(tmp_path / "twice.zip", "w") as parts:
        for _ in range(2):
            parts.writestr("a.xml", "<a/>")
    with (tmp_path / "twice.zip").open("rb") as source, pytest.raises(ValueError, match=r"twice: a\.xml"):
        rewrite(source, tmp_path / "once.zip")


@pytest.mark.office
@pytest.mark.skipif(
    OFFICE is None or shutil.which("pdftotext") is None, reason="LibreOffice or Poppler is not installed"
)
def test_an_office_program_opens_both_and_no_word_is_lost(tmp_path):
    """Titles, sentences, and cells; one slide is one page."""
    told = document("zh")
    slides.write(told, tmp_path / "slides.pptx")
    workbook.write(told, tmp_path / "book.xlsx")
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [OFFICE, home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run(
        [*command, tmp_path / "slides.pptx", tmp_path / "book.xlsx"], check=True, capture_output=True, timeout=120
    )
    pages = text_of(tmp_path / "slides.pdf").rstrip("\f").split("\f")
    shown = [chapter for chapter in told.chapters if chapter.slide]
    assert len(pages) == 1 + len(shown)
    for page, chapter in zip(pages[1:], shown, strict=True):
        for text in (chapter.title, chapter.subject, told.foot):
            assert packed(text) in packed(page)
    (said,) = [block for block in told.chapters[1].blocks if hasattr(block, "sentences")]
    assert all(packed(one) in packed(pages[2]) for one in said.sentences)
    cells = packed(text_of(tmp_path / "book.pdf"))
    assert "###" not in cells
    for table in (block for chapter in told.chapters for block in chapter.blocks if hasattr(block, "rows")):
        words = [
            table.title,
            table.note,
            *(column.heading for column in table.columns),
            *(row[0] for row in table.rows),
        ]
        assert not [one for one in words if packed(one) not in cells]


def text_of(path):
    return subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True).stdout.decode()


def packed(text):
    """Return the letters of a text without what is between them: lines break anywhere."""
    return re.sub(r"\s+", "", text)
