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
from sim.report.fit import letters_of
from sim.report.lettering import ELSEWHERE, SHIPPED, SIGNS

_FAMILIES = re.compile(r"font-family: [^;\"]+")
_ELSEWHERE = "font-family: " + ", ".join(name if name == "sans-serif" else f"'{name}'" for name in ELSEWHERE)
_STYLE = '<style type="text/css">'
BROUGHT_SIGNS = "Signs of this page"
"""What signs are asked for by that are brought: no machine has a font of this name, with more letters in it."""

_HOW_LETTERS_MEET = ("GDEF", "GPOS", "GSUB")
"""Tables of a font that signs need not, and that take long to read."""

_WEIGHTS = {400: "normal", 700: "bold"}


def bring_letters(files: Sequence[Path]) -> None:
    """Put the letters that some SVG files have into each of them, and say what to draw them with."""
    said = {path: path.read_text(encoding="utf-8") for path in files}
    brought = faces({letter for text in said.values() for letter in text})
    for path, text in said.items():
        words = read_elsewhere(text).replace(_STYLE, _STYLE + brought, 1)
        with whole(path) as place:
            place.write_text(words, encoding="utf-8", newline="\n")


def read_elsewhere(text: str) -> str:
    """Return an SVG that says with what fonts to draw it where those it was laid out with may be missing."""
    return _FAMILIES.sub(_ELSEWHERE, text)


def read_within(text: str) -> str:
    """Return an SVG that is drawn with the letters and signs that the page around it brings."""
    return read_elsewhere(text).replace(f"'{SHIPPED}', ", f"'{SHIPPED}', '{BROUGHT_SIGNS}', ")


def faces(letters: Iterable[str], family: str = SHIPPED, packed: bool = True, called: str = "") -> str:
    """Return rules that bring some letters of a font, as far as it has them.

    Parameters
    ----------
    letters
        In any order.
    family
        By the name under which matplotlib finds it.
    packed
        Whether they are compressed.
    called
        By what name they are asked for; by default that of the font.
    """
    found = frozenset(letters)
    return "".join(_face(found, family, weight, packed, called or family) for weight in _WEIGHTS)


def faces_with_signs(letters: Iterable[str], packed: bool = True) -> str:
    """Return rules that bring some letters of the shipped font, and from another the signs that it has not.

    The blank comes with the signs, too: what sets the page may take one after a sign from the font of the sign.
    """
    found = frozenset(letters)
    lacked = {one for one in found if ord(one) not in letters_of(findfont(SHIPPED))}
    signs = {one for one in lacked if ord(one) in letters_of(findfont(SIGNS))}
    return faces(found, SHIPPED, packed) + (faces({*signs, " "}, SIGNS, packed, BROUGHT_SIGNS) if signs else "")


def _face(letters: Iterable[str], family: str, weight: int, packed: bool, called: str) -> str:
    font = TTFont(
        findfont(FontProperties(family=family, weight=_WEIGHTS[weight])), recalcTimestamp=False, recalcBBoxes=False
    )
    options = Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.notdef_outline = True
    options.drop_tables += ["FFTM"]
    for table in () if family == SHIPPED else _HOW_LETTERS_MEET:
        del font[table]
    work = Subsetter(options)
    work.populate(text="".join(sorted(letters)))
    work.subset(font)
    font.flavor = "woff" if packed else None
    made = BytesIO()
    font.save(made)
    source = f"url(data:font/{font.flavor or 'sfnt'};base64,{b64encode(made.getvalue()).decode('ascii')})"
    return f"@font-face{{font-family:'{called}';font-weight:{weight};src:{source}}}\n"
