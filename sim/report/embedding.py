"""Words in an SVG stay words: the letters they need travel with the file, and other programs are told what is alike."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties, findfont

from sim.files import whole
from sim.report.lettering import ELSEWHERE, SHIPPED

_FAMILIES = re.compile(r"font-family: [^;\"]+")
_ELSEWHERE = "font-family: " + ", ".join(name if name == "sans-serif" else f"'{name}'" for name in ELSEWHERE)
_STYLE = '<style type="text/css">'
_WEIGHTS = {400: "normal", 700: "bold"}


def bring_letters(files: Sequence[Path]) -> None:
    """Put the letters that some SVG files have into each of them, and say what to draw them with."""
    said = {path: path.read_text(encoding="utf-8") for path in files}
    letters = {letter for text in said.values() for letter in text}
    faces = "".join(_face(letters, weight) for weight in _WEIGHTS)
    for path, text in said.items():
        words = _FAMILIES.sub(_ELSEWHERE, text).replace(_STYLE, _STYLE + faces, 1)
        with whole(path) as place:
            place.write_text(words, encoding="utf-8", newline="\n")


def _face(letters: Iterable[str], weight: int) -> str:
    """Return a rule that brings some letters of the shipped font."""
    font = TTFont(
        findfont(FontProperties(family=SHIPPED, weight=_WEIGHTS[weight])), recalcTimestamp=False, recalcBBoxes=False
    )
    options = Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.notdef_outline = True
    work = Subsetter(options)
    work.populate(text="".join(sorted(letters)))
    work.subset(font)
    font.flavor = "woff"
    made = BytesIO()
    font.save(made)
    source = f"url(data:font/woff;base64,{b64encode(made.getvalue()).decode('ascii')})"
    return f"@font-face{{font-family:'{SHIPPED}';font-weight:{weight};src:{source}}}\n"
