"""A report as PDF: its page as WeasyPrint lays it out on A4, with its letters in it."""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim import notices
from sim.files import whole
from sim.report.document.blocks import Document
from sim.report.document.packages import missing
from sim.report.document.pages import html_of
from sim.spec.findings import TextError
from sim.words import words

_TEXTS = words("pages")

LIBRARIES = ("apt install libpango-1.0-0 libpangoft2-1.0-0", "brew install pango")
"""By which the library that sets letters is installed, on Debian and on macOS."""


def write(document: Document, path: Path) -> Path:
    """Write a report as PDF; the same report gives the same bytes.

    Parameters
    ----------
    document
        The report.
    path
        Where it is written.

    Returns
    -------
    Path
        The same.

    Raises
    ------
    TextError
        If WeasyPrint, or a library of the system that it needs, is not installed.
    OSError
        If it cannot be written.
    """
    weasyprint = _weasyprint()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"})  # what is in the page, and nothing else
    page = weasyprint.HTML(string=html_of(document, packed=False), url_fetcher=fetcher)
    with _hearing() as unseen:
        content = page.write_pdf(pdf_identifier=b"deptsim", pdf_tags=True)
    with whole(path) as place:
        place.write_bytes(content)
    if unseen:
        notices.say_once(_TEXTS.NO_LETTERS, letters="".join(unseen))
    return path


def _weasyprint() -> Any:
    try:
        with warnings.catch_warnings(action="ignore"):  # that the system has no fonts: the page brings its own
            import weasyprint  # an extra
    except ImportError:
        raise missing("pdf") from None
    except OSError:  # it is there, but a library of the system is not
        debian, macos = LIBRARIES
        raise TextError(_TEXTS.NEEDS_LIBRARY.format(debian=debian, macos=macos)) from None
    return weasyprint


@contextlib.contextmanager
def _hearing() -> Iterator[dict[str, None]]:
    """Give the letters that WeasyPrint says no font has, in the order in which it met them."""
    found: dict[str, None] = {}

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
                found.update(dict.fromkeys(str(record.args[0]).strip()))

    log, listener = logging.getLogger("weasyprint"), Listener()
    log.addHandler(listener)
    try:
        yield found
    finally:
        log.removeHandler(listener)
