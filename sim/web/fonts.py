"""The fonts of the page: which files a server sends, and for a file the letters that are used, and no others."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from functools import cache, lru_cache
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

    A letter is taken from the first family that has it; a font of which nothing is wanted is left out.

    Parameters
    ----------
    letters
        All that are used; those of numbers and signs that the page writes by itself come along.
    """
    wanted, first = {ord(one) for one in (*letters, *OURS)}, _letters_of(FACES[0][2])
    found = {face: _letters_of(face[2]) & wanted - (set() if face[0] == FACES[0][0] else first) for face in FACES}
    return "\n".join(_rule(*face, frozenset(some)) for face, some in found.items() if some)


@cache
def _letters_of(place: str) -> frozenset[int]:
    return frozenset(_opened(place).getBestCmap())


def _opened(place: str) -> TTFont:
    return TTFont(io.BytesIO(_read(place)), recalcTimestamp=False)


@lru_cache(8)
def _rule(family: str, weight: int, place: str, letters: frozenset[int]) -> str:
    """Return the rule that brings a font, cut to some letters and compressed with the best that there is."""
    font = _opened(place)
    _cut(font, letters)
    font.flavor = "woff2" if find_spec("brotli") else "woff"
    written = io.BytesIO()
    font.save(written)
    held = base64.b64encode(written.getvalue()).decode("ascii")
    source = f"url(data:font/{font.flavor};base64,{held}) format('{font.flavor}')"
    return f"@font-face{{font-family:'{family}';font-weight:{weight};src:{source}}}"


def _cut(font: TTFont, letters: frozenset[int]) -> None:
    """Leave only some letters, and say whose font it is and under which license."""
    options = subset.Options()
    options.layout_features = ["kern", "ccmp", "tnum"]
    options.name_IDs = [0, 13, 14]
    options.notdef_outline = True
    work = subset.Subsetter(options)
    work.populate(unicodes=letters)
    work.subset(font)


def _read(place: str) -> bytes:
    resource: Any = files("sim")
    return bytes(resource.joinpath(place).read_bytes())
