"""Colors of rows and series in office files: those of the pictures, never two alike in one chart."""

from __future__ import annotations

from sim.report.document.blocks import Chart, Tone
from sim.report.style import BETTER, FAINT, INK, SERIES_COLORS, SOFT, WORSE

TONES: dict[Tone, str] = {"now": SOFT, "better": BETTER, "worse": WORSE, "unclear": FAINT, "plain": INK}
"""Of rows, which have a word besides."""

MORE = (*SERIES_COLORS[1:], "#CC79A7", "#56B4E9", "#E69F00", "#A79A86", "#4D4D4D")
"""Of series that say nothing about the organization, one after the other."""


def colors_of(chart: Chart) -> list[str]:
    """Return the color of each series of a chart: its own, else that of its tone, else the next that is free."""
    taken: list[str] = [series.color.upper() for series in chart.series if series.color]
    found: list[str] = []
    for series in chart.series:
        wanted = series.color or ("" if series.tone == "plain" else TONES[series.tone])
        if not wanted or (not series.color and wanted.upper() in taken):
            wanted = next((one for one in MORE if one.upper() not in taken), MORE[len(found) % len(MORE)])
        taken.append(wanted.upper())
        found.append(wanted)
    return found


def dark(color: str) -> bool:
    """Tell whether white letters are read on a color better than black ones."""
    red, green, blue = (int(color[place : place + 2], 16) / 255.0 for place in (1, 3, 5))
    light = 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)
    return light < 0.3


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
