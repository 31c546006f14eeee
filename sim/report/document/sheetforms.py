"""How cells of a workbook look and how wide they have to be; a format that is asked for twice is made once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sim.report.document.canvas import TONES
from sim.report.document.slidemaster import EAST_ASIAN, LATIN
from sim.report.fit import broken, width
from sim.report.style import INK, RULE, SERIES_COLORS, SOFT

SIZE = 10
"""Of letters in cells."""

DEFAULT_ROW = 16.0
"""Points; charts lie over rows that are so high."""

_LINES = {"en": 13.5, "zh": 17.0}
"""Points from one line of a cell to the next."""

_DIGIT = 7.0 / 96.0
"""Inches of the unit in which office programs count widths."""

_SPARE = 1.15
"""Letters may be those of another font, which is wider."""

HEAD_FILL = "#F1EFEB"


def units(text: str, bold: bool = False) -> float:
    """Return the width that a line needs in a cell, in the units of office programs; Chinese letters count two."""
    return width(text, SIZE, bold) * _SPARE / _DIGIT + 1.5


def lines(text: str, wide: float, bold: bool = False) -> int:
    """Return how many lines a text takes in a cell of some width."""
    return broken(text, max(0.3, (wide - 1.0) * _DIGIT), SIZE, bold).count("\n") + 1


@dataclass
class Forms:
    """The formats of a workbook.

    Attributes
    ----------
    book
        Whose they are.
    lang
        ``en`` or ``zh``: decides on the font.
    """

    book: Any
    lang: str
    _made: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    @property
    def font(self) -> str:
        """Name the font."""
        return EAST_ASIAN if self.lang == "zh" else LATIN

    def height(self, count: int) -> float:
        """Return how high a row of so many lines is, in points."""
        return max(DEFAULT_ROW, count * _LINES[self.lang] + 3.0)

    def of(self, **wanted: Any) -> Any:
        """Return the format with some properties besides the font."""
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            base = {"font_name": self.font, "font_size": SIZE, "font_color": INK}
            self._made[key] = self.book.add_format(base | wanted)
        return self._made[key]

    @property
    def title(self) -> Any:
        """Return how the finding of a sheet is written."""
        return self.of(bold=True, font_size=14)

    @property
    def heading(self) -> Any:
        """Return how the title of a table or chart is written."""
        return self.of(bold=True, font_size=11)

    @property
    def soft(self) -> Any:
        """Return how notes are written."""
        return self.of(font_color=SOFT, text_wrap=True, valign="top")

    @property
    def chapter(self) -> Any:
        """Return how the names of chapters are written among the contents."""
        return self.of(bold=True, valign="vcenter", bottom=1, bottom_color=RULE)

    @property
    def fact(self) -> Any:
        """Return how whole numbers are written that stand among words."""
        return self.of(align="left", valign="vcenter", bottom=1, bottom_color=RULE)

    @property
    def link(self) -> Any:
        """Return how links are written."""
        return self.of(font_color=SERIES_COLORS[1], underline=1, valign="vcenter")

    def head(self, right: bool, first: bool = False) -> Any:
        """Return how the headings of columns are written; beside those of numbers there is room for the filter."""
        place = {"align": "right", "indent": 2} if right else {"align": "left", "indent": int(not first)}
        return self.of(bold=True, text_wrap=True, valign="bottom", bg_color=HEAD_FILL, bottom=1, **place)

    def text(self, tone: str = "plain", first: bool = True) -> Any:
        """Return how words in a row are written; numbers before them do not touch them."""
        color = {} if tone == "plain" else {"font_color": TONES[tone], "bold": True}
        return self.of(text_wrap=True, valign="vcenter", bottom=1, bottom_color=RULE, indent=int(not first), **color)

    def number(self, code: str) -> Any:
        """Return how numbers are written, by their code."""
        return self.of(num_format=code, align="right", indent=1, valign="vcenter", bottom=1, bottom_color=RULE)
