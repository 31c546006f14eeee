"""When people work on a day, as they write it."""

from __future__ import annotations

import re

from sim.spec.calendars import minutes_of_span
from sim.words import words
from sim.workbook.cells import folded, plain, spellings, text, wrong
from sim.workbook.grid import Value

texts = words("workbook")
findings = words("findings")

_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*(?:[-‐‑–—~至到]|to)\s*(\d{1,2})(?::(\d{2}))?")


def openings(value: Value) -> list[str]:
    """Return the hours of a day in which people work, as files write them; none where they do not.

    ``8:00-12:00, 13:00-17:00``, ``8-12``, ``8点至17点``; ``closed``, ``休息``.
    """
    said = plain(text(value)).replace("点", ":00")
    if folded(said) in spellings(texts.CLOSED):
        return []
    spans = []
    for part in filter(None, map(str.strip, re.split(r"[,;、\n]", said))):
        match = _SPAN.fullmatch(part)
        if match is None:
            raise wrong(value, findings.OPENING)
        first, last = (f"{match[n]:0>2}:{match[n + 1] or '00'}" for n in (1, 3))
        spans.append(f"{first}-{last}")
    try:
        for one in spans:
            minutes_of_span(one)
    except ValueError:
        raise wrong(value, findings.OPENING_IN_DAY) from None
    return spans
