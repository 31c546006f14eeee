"""A slide (16:9) to show to others: one finding, the answer at a glance, where the time goes now and then, how sure."""

from __future__ import annotations

import math
from collections.abc import Mapping

from matplotlib.figure import Figure

from sim.report.bars import keys, keys_height, stack
from sim.report.fit import balanced, broken, cut, widest, width
from sim.report.glance import Look, draw_glance, key_of, second_line
from sim.report.ledger import hours_of, part_names
from sim.report.material import Material
from sim.report.page import Page, block_height, line_height
from sim.report.reasons import best_of
from sim.report.style import INK, SOFT
from sim.words import words
from sim.words.numbers import digits

_TEXTS = words("pictures")

SLIDE = (13.333, 7.5)
"""In inches, as slides are."""

_LEFT, _RIGHT = 0.65, 12.68
_TITLE, _BODY, _META = 26.0, 15.0, 11.0
_MOST = 5
"""Alternatives that a slide has room for: the best."""

_HEADING = 13.0
_BAR = 0.46

_NAMES = 2.6
"""Inches for a name beside a bar."""

_SMALLEST = 0.012
"""A part of the time that is less of the longest bar is not drawn by itself."""

OTHER = "closed"
"""The fill that stands for what is too little to be drawn by itself."""


def draw_slide(found: Material) -> Figure:
    """Draw the slide."""
    page = Page(*SLIDE)
    names = found.alternatives[:_MOST]
    title, size = _title(found.finding())
    y = page.block(_LEFT, 0.42, title, size, bold=True)
    y = page.block(_LEFT, y + 0.02, cut(found.heading, _RIGHT - _LEFT, _BODY), _BODY, color=SOFT)
    foot = broken(_foot(found, len(found.alternatives) - len(names)), _RIGHT - _LEFT, _META, most=3)
    bottom = SLIDE[1] - 0.35 - block_height(foot, _META)
    bars = _Bars(found)
    head = 0.95 + second_line(found, names, Look(_BODY, _META, 0.5, 2.6), _RIGHT - _LEFT)
    row = min(0.66, (bottom - bars.height - y - head) / (len(names) + 1))
    look = Look(_BODY + 2, _META + 1, row, 2.6, below=True) if row > 0.58 else Look(_BODY, _META, row, 2.6)
    y = draw_glance(page, found, names, (_LEFT, y + 0.22, _RIGHT), look)
    page.line(_RIGHT, y + 0.12, key_of(found), _META - 1, color=SOFT, side="right")
    bars.draw(page, max(y + 0.35, bottom - bars.height))
    page.block(_LEFT, bottom, foot, _META, color=SOFT)
    return page.figure


def _title(finding: str) -> tuple[str, float]:
    """Return the finding in one line, with somewhat smaller letters if need be, else in two, and their size."""
    room = _RIGHT - _LEFT
    size = next((one for one in (_TITLE, _TITLE - 2, _TITLE - 4) if width(finding, one, bold=True) <= room), _TITLE)
    return balanced(finding, room, size, bold=True, most=2), size


def _foot(found: Material, more: int) -> str:
    """Say in one breath how often it was tried, what that does and does not say, and who is left out."""
    facts = found.facts
    text = _TEXTS.SLIDE["facts"] if facts["replications"] > 1 else _TEXTS.SLIDE["facts_one"]
    said = found.say(text, replications=facts["replications"], weeks=facts["horizon_weeks"], tests=facts["tests"])
    left_out = [found.say(_TEXTS.LEAST_LEFT_OUT, count=more)] if more > 0 else []
    wide = "" if found.robust is None else found.robust.care
    return found.sentences([found.bought, wide, said, *left_out])


class _Bars:
    """Where the time of a case goes, now and with the alternative of which the title speaks."""

    def __init__(self, found: Material) -> None:
        best = best_of(found.headlines, found.specs)
        shown = [found.now, found.alternatives[0] if best is None else best.leading]
        self._found = found
        self._labels = [found.labels[name] for name in shown]
        self._hours = [hours_of(found.ledger, name) for name in shown]
        self._totals = [sum(one.values()) if one else math.nan for one in self._hours]
        self._longest = max((total for total in self._totals if math.isfinite(total)), default=0.0)
        names = part_names(found, found.ledger, nights=True)
        self._kept = [part for part in names if _shows(part, self._hours, self._longest)]
        rest = self._longest > 0.0 and any(self._rest(one) > 0.0 for one in self._hours)
        self._key = {part: name for part, name in names.items() if part in self._kept}
        self._key |= {OTHER: found.say(_TEXTS.SLIDE["rest"])} if rest else {}

    def _rest(self, hours: Mapping[str, float]) -> float:
        """Return the hours of the parts that are too small to be drawn by themselves."""
        return sum(value for part, value in hours.items() if part not in self._kept)

    @property
    def height(self) -> float:
        """Inches from the heading to the end of the key."""
        bars = line_height(_HEADING) + 0.1 + len(self._labels) * _BAR
        return bars + 0.05 + keys_height(self._key.values(), _RIGHT - _LEFT, _META) + 0.1

    def draw(self, page: Page, y: float) -> None:
        """Draw them from there on."""
        found = self._found
        page.line(_LEFT, y + line_height(_HEADING) / 2, found.say(_TEXTS.LEDGER_INHERITED), _HEADING, bold=True)
        left = _LEFT + min(_NAMES, max(1.0, widest(self._labels, _BODY, bold=True))) + 0.2
        scale = (_RIGHT - left - 1.15) / self._longest if self._longest > 0.0 else 0.0
        y += line_height(_HEADING) + 0.1
        for label, one, total in zip(self._labels, self._hours, self._totals, strict=True):
            _name(page, y + 0.2, label, bold=label != found.labels[found.now])
            if math.isfinite(total):
                parts = {part: one[part] for part in self._kept} | {OTHER: self._rest(one)}
                end = stack(page, left, y + 0.2, 0.34, parts, scale, _META)
                said = f"{digits(total)} {found.say(_TEXTS.HOURS_UNIT)}"
                page.line(end + 0.1, y + 0.2, said, _BODY, bold=True, color=INK)
            y += _BAR
        keys(page, _LEFT, y + 0.05, self._key, _RIGHT - _LEFT, _META)


def _name(page: Page, middle: float, label: str, bold: bool) -> None:
    """Write a name beside a bar, in two lines of smaller letters where there is no room for it in one."""
    size = _BODY if width(label, _BODY, bold) <= _NAMES else _META
    lines = balanced(label, _NAMES, size, bold, most=2)
    page.block(_LEFT, middle - block_height(lines, size) / 2, lines, size, bold)


def _shows(part: str, hours: list[dict[str, float]], longest: float) -> bool:
    return any(one.get(part, 0.0) >= _SMALLEST * longest > 0.0 for one in hours)
