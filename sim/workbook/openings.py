"""When people work on a day, as they write it."""

from __future__ import annotations

import re

from sim.spec.calendars import LEAST, MOST, minutes_of_span
from sim.words import words
from sim.workbook.cells import folded, plain, spellings, text, wrong
from sim.workbook.grid import Value

texts = words("workbook")
findings = words("findings")

_SPAN = re.compile(
    r"(\d{1,2})(?::(\d{2}))?\s*(?:[-‐‑–—~至到]|to)\s*(\d{1,2})(?::(\d{2}))?"
    r"(?:\s*[×xX*]\s*(\d+(?:\.\d+)?))?"  # what an hour counts as
)


def openings(value: Value) -> list[str] | dict[str, float]:
    """Return the hours of a day in which people work, as files write them; none where they do not.

    ``8:00-12:00, 13:00-17:00``, ``8-12``, ``8点至17点``; ``closed``, ``休息``; where an hour counts as less or more,
    ``8-12, 12-18 ×0.5``.
    """
    said = plain(text(value)).replace("点", ":00")
    if folded(said) in spellings(texts.CLOSED):
        return []
    spans: dict[str, float] = {}
    for part in filter(None, map(str.strip, re.split(r"[,;、\n]", said))):
        match = _SPAN.fullmatch(part)
        if match is None:
            raise wrong(value, findings.OPENING)
        first, last = (f"{match[n]:0>2}:{match[n + 1] or '00'}" for n in (1, 3))
        spans[f"{first}-{last}"] = float(match[5] or 1.0)
    try:
        for one in spans:
            minutes_of_span(one)
    except ValueError:
        raise wrong(value, findings.OPENING_IN_DAY) from None
    if not all(LEAST <= one <= MOST for one in spans.values()):
        raise wrong(value, findings.OPENING_WEIGHTS)
    return spans if set(spans.values()) - {1.0} else list(spans)
