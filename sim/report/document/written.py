"""A report as files: each format has a module that lays out blocks and knows nothing of what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from sim.report.document.blocks import Document

WRITERS = {"html": "pages", "pdf": "printed", "pptx": "slides", "xlsx": "workbook"}
"""The module that writes each format."""

FORMATS = tuple(WRITERS)


def write_report(document: Document, folder: Path, formats: Sequence[str] = ("html",)) -> list[Path]:
    """Write a report into a folder, which is made if need be, and return the files.

    Parameters
    ----------
    document
        What is written.
    folder
        Where to.
    formats
        Of `FORMATS`, each once.

    Raises
    ------
    ValueError
        If there is no such format.
    OSError
        If a file cannot be written.
    """
    for one in formats:
        if one not in WRITERS:
            raise ValueError(f"formats: found {one!r}, expected one of {', '.join(FORMATS)}")
    folder.mkdir(parents=True, exist_ok=True)
    return [_written(document, folder, one) for one in dict.fromkeys(formats)]


def _written(document: Document, folder: Path, kind: str) -> Path:
    """Write one format; its module is loaded only when it is asked for."""
    writer = import_module(f"sim.report.document.{WRITERS[kind]}")
    path: Path = writer.write(document, folder / f"report.{kind}")
    return path
