"""A report as PDF, and what is said where there can be none."""

import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from sim.report.document import printed
from sim.spec.findings import TextError
from tests import ROOT
from tests.worlds.documents import document

WRITE = """
import sys
from pathlib import Path
from sim.report.document import printed
from tests.unit.report.document.test_printed import small
printed.write(small(), Path(sys.argv[1]))
"""


NOWHERE = "\U000f1234"
"""A letter that no font has."""


def small(title="订单交付"):
    """Return a report of one chapter."""
    report = document("zh")
    return replace(report, title=title, chapters=report.chapters[2:3])


def can_print():
    try:
        printed._weasyprint()
    except TextError:
        return False
    return True


@pytest.mark.skipif(not can_print(), reason="WeasyPrint is not installed, or the library Pango")
def test_the_same_report_gives_the_same_pdf(tmp_path):
    """In a process that orders sets differently, and without a word of when it was made."""
    first, second = printed.write(small(), tmp_path / "1.pdf"), tmp_path / "2.pdf"
    other = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    environment = {**os.environ, "PYTHONHASHSEED": other}
    subprocess.run([sys.executable, "-c", WRITE, second], cwd=ROOT, env=environment, check=True)
    made = first.read_bytes()
    assert made == second.read_bytes()
    assert made.startswith(b"%PDF")
    assert not re.search(rb"CreationDate|ModDate", made)


@pytest.mark.skipif(not can_print(), reason="WeasyPrint is not installed, or the library Pango")
def test_letters_that_no_font_has_are_said(tmp_path, capsys):
    """Beside the file, which is written all the same; of what the product ships there is nothing to say."""
    printed.write(small(), tmp_path / "report.pdf")
    assert not capsys.readouterr().err
    report = replace(small(f"A{NOWHERE}"), chapters=())
    assert printed.write(report, tmp_path / "report.pdf").stat().st_size > 1_000
    assert NOWHERE in capsys.readouterr().err


@pytest.mark.parametrize(("why", "said"), [(ImportError, "deptsim[report]"), (OSError, "libpango-1.0-0")])
def test_what_is_missing_is_said(monkeypatch, tmp_path, why, said):
    """Without WeasyPrint, or without the library that it needs, a sentence says what to install; nothing is written."""

    class Finder:
        def find_spec(self, name, *_):
            if name == "weasyprint":
                raise why

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    with pytest.raises(TextError) as error:
        printed.write(document(), tmp_path / "report.pdf")
    assert said in error.value.said("en")
    assert said in error.value.said("zh")
    assert not list(tmp_path.iterdir())
