"""A report as files: each format has a module that lays out blocks and knows nothing of what they are about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sim.files import whole
from sim.report.document.blocks import Document
from sim.report.document.inputs import Base
from sim.report.document.packages import check_package
from sim.scenario import Scenario
from sim.spec.findings import TextError, one_of
from sim.words import words

if TYPE_CHECKING:
    from sim.study.comparison import Comparison

texts = words("document")

WRITERS = {"html": "pages", "pdf": "printed", "pptx": "slides", "xlsx": "workbook"}
"""The module that writes each format."""

MANIFEST = "comparison.json"
"""The file of which the same comparison is made again."""


def check_formats(formats: Sequence[str]) -> None:
    """Refuse formats that there are not, or whose package is not installed.

    Parameters
    ----------
    formats
        As somebody asked for them.

    Raises
    ------
    TextError
        Which says so.
    """
    for one in formats:
        if one not in WRITERS:
            raise TextError(texts.FORMAT.format(found=one, expected=one_of(one, WRITERS)))
        check_package(one)


def write_report(document: Document, folder: Path, formats: Sequence[str] = ("html",)) -> list[Path]:
    """Write a report into a folder, which is made if need be, and return the files.

    Parameters
    ----------
    document
        What is written.
    folder
        Where to.
    formats
        Of `WRITERS`; each is written once.

    Raises
    ------
    TextError
        If there is no such format, or what it needs is not installed.
    OSError
        If a file cannot be written.
    """
    check_formats(formats)
    folder.mkdir(parents=True, exist_ok=True)
    return [_written(document, folder, one) for one in dict.fromkeys(formats)]


def _written(document: Document, folder: Path, kind: str) -> Path:
    """Write one format; its module is loaded only when it is asked for."""
    writer = import_module(f"sim.report.document.{WRITERS[kind]}")
    path: Path = writer.write(document, folder / f"report.{kind}")
    return path


def write_manifest(comparison: Comparison, folder: Path) -> Path:
    """Write what is needed to get the same comparison again, and return the file."""
    path = folder / MANIFEST
    with whole(path) as place:
        told = json.dumps(comparison.to_json(), ensure_ascii=False, indent=2, allow_nan=False)
        place.write_text(f"{told}\n", encoding="utf-8")
    return path


def report_on(
    comparison: Comparison, folder: Path, formats: str | Sequence[str], lang: str, base: Scenario | None = None
) -> list[Path]:
    """Write the report of a comparison and what is needed to get it again; parameters are those of its method."""
    from sim.report.document.made import document_of  # chapters are told once it is known that they can be written

    asked = (formats,) if isinstance(formats, str) else tuple(formats)
    check_formats(asked)
    document = document_of(comparison, lang, base=None if base is None else Base(base, "parent"))
    return [*write_report(document, folder, asked), write_manifest(comparison, folder)]
