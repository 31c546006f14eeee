"""Documents as office files can hold them: without letters that their format forbids, and without charts of nothing."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from sim.report.document.blocks import Chart, Document

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML has no way to say."""


def printable(document: Document) -> Document:
    """Return a document in which a blank stands for each letter that XML forbids, and whose charts have something."""
    clean = cast(Document, _clean(document))
    chapters = (
        replace(one, blocks=tuple(block for block in one.blocks if not isinstance(block, Chart) or _drawn(block)))
        for one in clean.chapters
    )
    return replace(clean, chapters=tuple(chapters))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _FORBIDDEN.sub(" ", value)
    if isinstance(value, tuple):
        return tuple(_clean(one) for one in value)
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _clean(getattr(value, one.name)) for one in fields(value)})
    return value


def _drawn(chart: Chart) -> bool:
    """Tell whether there is anything to draw."""
    return bool(chart.categories) and bool(chart.series)
