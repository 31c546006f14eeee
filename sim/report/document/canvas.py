"""Drawings as SVG that stands within a page: boxes, lines and words, in colors that a dark page may change.

Every part has its color as it is on paper; a style sheet changes it on a dark screen by the name of the color. Programs
that know no style sheets for drawings, as those that make PDF, take what is on paper.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from sim.report.embedding import BROUGHT_SIGNS
from sim.report.fit import width
from sim.report.lettering import ELSEWHERE, SHIPPED
from sim.report.style import BETTER, INK, PART_FILLS, RULE, SERIES_COLORS, SOFT, WORSE, Fill

SIZE, SMALL = 13.0, 12.0
"""Sizes of letters, in pixels."""

FAMILY = ",".join(f"'{name}'" for name in (SHIPPED, BROUGHT_SIGNS, *ELSEWHERE[1:-1])) + ",sans-serif"

PAPER, BLACK, WHITE = "#FFFFFF", "#000000", "#FFFFFF"
NOW = "#746E64"

TONES = {"now": NOW, "better": BETTER, "worse": WORSE, "unclear": "#8A8F97"}
"""What a series says about the organization, as a color."""

MORE_COLORS = ("#CC79A7", "#E69F00", "#56B4E9", "#7A5C3E", "#6A4C93", "#9A9A2E")
"""For series beyond those that `sim.report.style` has colors for."""

NAMED = {INK: "ink", SOFT: "soft", RULE: "rule", NOW: "now", BETTER: "better", WORSE: "worse", PAPER: "paper"}
"""Colors that a dark page changes."""

_HATCHES = {
    "x": "M0 0L6 6M6 0L0 6",
    "/": "M-1.5 1.5L1.5 -1.5M0 6L6 0M4.5 7.5L7.5 4.5",
    "\\": "M-1.5 4.5L1.5 7.5M0 0L6 6M4.5 -1.5L7.5 1.5",
    "|": "M3 0V6",
    "-": "M0 3H6",
    ".": "M2.2 3A.8 .8 0 1 0 3.8 3A.8 .8 0 1 0 2.2 3",
}
"""What hatches look like that matplotlib writes with letters."""


class Canvas:
    """A drawing that grows downward.

    Parameters
    ----------
    across
        How wide it is, in pixels.
    name
        Begins the identifiers of its parts; no other drawing of the page has the same.
    """

    def __init__(self, across: float, name: str) -> None:
        self.across, self.name = across, name
        self._parts: list[str] = []
        self._hatched: dict[str, str] = {}

    def box(self, x: float, y: float, wide: float, high: float, fill: Fill) -> None:
        """Draw a box; where its fill has a hatch, this lies on it."""
        place = f'x="{_n(x)}" y="{_n(y)}" width="{_n(max(wide, 0.0))}" height="{_n(high)}"'
        self._parts.append(f"<rect {place}{painted(fill.color)}/>")
        if fill.hatch:
            self._parts.append(f'<rect {place} fill="url(#{self._hatch(fill)})"/>')

    def _hatch(self, fill: Fill) -> str:
        name = f"{self.name}-hatch-{fill.color.lstrip('#')}"
        stroke = f'fill="none" stroke="{fill.edge}" stroke-width="0.9"'
        self._hatched[name] = (
            f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
            f'<path d="{_HATCHES[fill.hatch[0]]}" {stroke}/></pattern>'
        )
        return name

    def line(self, points: Sequence[tuple[float, float]], color: str, wide: float = 1.0, dash: str = "") -> None:
        """Draw a line through some points."""
        path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<path d="{path}" fill="none"{painted(color, "stroke")} stroke-width="{_n(wide)}"{dashes}/>'
        )

    def area(self, points: Sequence[tuple[float, float]], color: str) -> None:
        """Draw a pale area within some points."""
        path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + "Z"
        self._parts.append(f'<path d="{path}"{painted(color)} fill-opacity="0.16"/>')

    def dot(self, x: float, y: float, radius: float, color: str) -> None:
        """Draw a dot."""
        self._parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"{painted(color)}/>')

    def word(
        self,
        x: float,
        foot: float,
        text: str,
        size: float = SIZE,
        color: str = INK,
        side: str = "start",
        bold: bool = False,
    ) -> None:
        """Write a line, its foot at a height."""
        how = f' text-anchor="{side}"' if side != "start" else ""
        how += ' font-weight="700"' if bold else ""
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(foot)}" font-size="{_n(size)}"{how}{painted(color)}>{escaped(text)}</text>'
        )

    def svg(self, high: float, told: str, kind: str) -> str:
        """Return the drawing, with what is said of it to those who cannot see it."""
        defined = f"<defs>{''.join(self._hatched.values())}</defs>" if self._hatched else ""
        return (
            f'<svg class="chart {kind}" role="img" aria-label="{escaped(told)}" width="{_n(self.across)}" '
            f'height="{_n(high)}" viewBox="0 0 {_n(self.across)} {_n(high)}" font-family="{escaped(FAMILY)}">'
            f"{defined}{''.join(self._parts)}</svg>"
        )


def escaped(text: str) -> str:
    """Return a text as it stands in HTML, within elements and between quotation marks."""
    return html.escape(text)


def painted(color: str, what: str = "fill") -> str:
    """Return the attributes that give a color to a part, by its name where it has one."""
    named = f' class="{what}-{NAMED[color]}"' if color in NAMED else ' class="pale"' if _dim(color) else ""
    return f' {what}="{escaped(color)}"{named}'


def fills_of(colors: Iterable[tuple[str, str]]) -> list[Fill]:
    """Return how series are filled, from the color and the tone of each: no two alike as long as there are colors."""
    found: list[Fill] = []
    hatched = {fill.color: fill for fill in PART_FILLS.values()}
    for color, tone in colors:
        wanted = color or TONES.get(tone, "")
        taken = {fill.color for fill in found}
        spare = [one for one in (*SERIES_COLORS, *MORE_COLORS) if one not in taken]
        if not wanted or (not color and wanted in taken):
            wanted = spare[0] if spare else SERIES_COLORS[0]
        found.append(hatched.get(color.upper()) or Fill(wanted, ""))
    return found


def long(text: str, size: float = SIZE, bold: bool = False) -> float:
    """Return how long a line is, in pixels."""
    return width(text, size, bold) * 72.0


def on(color: str) -> str:
    """Return whether black or white can be read better on a color."""
    return BLACK if contrast(color, BLACK) >= contrast(color, WHITE) else WHITE


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, from 1 to 21, as the Web Content Accessibility Guidelines define it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = (int(color[place : place + 2], 16) / 255.0 for place in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _dim(color: str) -> bool:
    """Tell whether a color is hardly seen on a dark page."""
    return contrast(color, "#0F1318") < 3.0


def _n(value: float) -> str:
    """Write a length, with a decimal where it has one."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
