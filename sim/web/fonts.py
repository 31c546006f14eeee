"""The fonts of the page: which files a server sends, and for a file the letters that are used, and no others."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from importlib.resources import files
from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

FACES = (
    ("Inter", 400, "web/page/fonts/Inter-Latin-Regular.woff"),
    ("Inter", 600, "web/page/fonts/Inter-Latin-SemiBold.woff"),
    ("Noto Sans SC Page", 400, "report/fonts/NotoSansSC-GB2312-Regular.otf"),
    ("Noto Sans SC Page", 600, "report/fonts/NotoSansSC-GB2312-Bold.otf"),
)
"""Family and weight by which style sheets ask for a font, and where it lies; the Chinese ones are those of pictures."""

OURS = "0123456789+-−±×·–—…'’“”%.,:;()/ ▲▼○■◆→←↑↓"
"""Letters of numbers and signs that the page writes by itself."""


def shipped(name: str) -> bytes | None:
    """Return a font that is asked for by the name of its file; None where there is none of that name."""
    place = next((place for _, _, place in FACES if PurePosixPath(place).name == name), None)
    return None if place is None else _read(place)


def style_sheet(letters: Iterable[str]) -> str:
    """Return a style sheet that holds the fonts themselves, cut to these letters.

    A font that has none of the letters but those that one before it has is left out.
    """
    wanted, rules = {ord(one) for one in (*letters, *OURS)}, []
    for family, weight, place in FACES:
        font = TTFont(io.BytesIO(_read(place)), recalcTimestamp=False)
        found = wanted & font.getBestCmap().keys()
        if family != FACES[0][0]:
            found -= latin_only()
        if found:
            rules.append(_rule(family, weight, _cut(font, found)))
    return "\n".join(rules)


def latin_only() -> set[int]:
    """Return what only the first font is asked for."""
    return set(TTFont(io.BytesIO(_read(FACES[0][2]))).getBestCmap().keys())


def _cut(font: TTFont, found: set[int]) -> TTFont:
    """Leave only some letters."""
    options = subset.Options()
    options.layout_features = ["kern", "ccmp", "tnum"]
    options.name_IDs = [0, 13, 14]
    options.notdef_outline = True
    work = subset.Subsetter(options)
    work.populate(unicodes=found)
    work.subset(font)
    return font


def _rule(family: str, weight: int, font: TTFont) -> str:
    """Return the rule that brings a font; compressed best where there is something to compress it with."""
    font.flavor = "woff2" if find_spec("brotli") else "woff"
    written = io.BytesIO()
    font.save(written)
    held = base64.b64encode(written.getvalue()).decode("ascii")
    source = f"url(data:font/{font.flavor};base64,{held}) format('{font.flavor}')"
    return f"@font-face{{font-family:'{family}';font-weight:{weight};src:{source}}}"


def _read(place: str) -> bytes:
    resource: Any = files("sim")
    return bytes(resource.joinpath(place).read_bytes())
