"""How wide words are, and how they are broken or cut to fit: by the letters of the font, Chinese as Chinese is set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from unicodedata import east_asian_width

from matplotlib import rcParams
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

ELLIPSIS = "…"

_UNIT = 100.0
_POINTS = 72.0
"""In an inch."""

_WIDE, _OTHER = 1.0, 0.65
"""Widths of letters that no font has: of Chinese ones, and of all others."""

_SPARE = 1.04
"""Letters may stand a little further apart than their widths say, or be those of another font."""

_NOT_FIRST = "、，。；：！？）」』”’】》〉％%…·,.;:!?)]}"
"""What never begins a line."""

_NOT_LAST = "（「『“‘【《〈([{"
"""What never ends one."""

_CHINESE = "⺀-鿿豈-﫿！-｠"
_PIECES = re.compile(
    rf"\(?(?:[\d.,+−]+ (?:→|…|至) )?[+−]?\d[\d.,]*(?: ?[%h])?[,.;:)]*(?=\s|$|[{_CHINESE}])"
    rf"|\s+|[{_CHINESE}]|[^\s{_CHINESE}]+"
)
"""Numbers with their units, blanks, Chinese letters and signs one by one, and words of other scripts."""

_JOINTS = re.compile(r"(?<=[_+/&\-–.·:])(?=\w)")
"""Where a word that is longer than a line may be broken first."""


def width(text: str, size: float, bold: bool = False) -> float:
    """Return how many inches a line takes, in the fonts that are in use."""
    families = tuple(rcParams["font.family"])
    return _SPARE * sum(_advance(letter, families, bold) for letter in text) * size / _POINTS


def widest(texts: Sequence[str], size: float, bold: bool = False) -> float:
    """Return how many inches the longest line of some texts takes; 0 where there are none."""
    return max((width(line, size, bold) for text in texts for line in text.split("\n")), default=0.0)


@cache
def _advance(letter: str, families: tuple[str, ...], bold: bool) -> float:
    """Return the width of a letter in sizes of the font; of one that no font has, about as wide as its likes are."""
    weight = "bold" if bold else "normal"
    files = [findfont(FontProperties(family=family, weight=weight)) for family in families]
    file = next((one for one in files if ord(letter) in letters_of(one)), None)
    if file is None:
        return _WIDE if east_asian_width(letter) in "WF" else _OTHER
    font = get_font(file)
    font.set_size(_UNIT, _POINTS)
    return float(font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536.0 / _UNIT)


@cache
def letters_of(file: str) -> frozenset[int]:
    """Return the code points of the letters that a font has."""
    return frozenset(get_font(file).get_charmap())


def cut(text: str, inches: float, size: float, bold: bool = False) -> str:
    """Cut a line that is too long, and show that it was."""
    if width(text, size, bold) <= inches:
        return text
    kept = text
    while len(kept) > 1 and width(kept.rstrip() + ELLIPSIS, size, bold) > inches:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def cut_apart(texts: Sequence[str], inches: float, size: float, bold: bool = False) -> list[str]:
    """Cut lines that are too long, in the middle where they would look alike otherwise."""
    short = [cut(text, inches, size, bold) for text in texts]
    alike = {text for text in short if short.count(text) > 1}
    return [
        _cut_in_the_middle(text, inches, size, bold) if found in alike and found != text else found
        for text, found in zip(texts, short, strict=True)
    ]


def _cut_in_the_middle(text: str, inches: float, size: float, bold: bool) -> str:
    for kept in range(len(text) - 1, 1, -1):
        head, tail = text[: kept - kept // 2].rstrip(), text[len(text) - kept // 2 :].lstrip()
        if width(found := f"{head}{ELLIPSIS}{tail}", size, bold) <= inches:
            return found
    return cut(text, inches, size, bold)


def broken(text: str, inches: float, size: float, bold: bool = False, most: int | None = None) -> str:
    """Break a text into lines; words of letters stay whole unless one alone is too long.

    Parameters
    ----------
    text
        Breaks in it are kept.
    inches, size, bold
        The room, and how the text is written.
    most
        Lines there is room for; the last is cut where there would be more.
    """
    lines = [line for part in text.split("\n") for line in _lines(part, inches, size, bold)]
    if most is not None and len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        lines = [*lines[: most - 1], cut(rest + ELLIPSIS, inches, size, bold)]
    return "\n".join(lines)


def balanced(text: str, inches: float, size: float, bold: bool = False, most: int | None = None) -> str:
    """Break a text into as few lines as there is room for, and as long ones each; titles end with no single word."""
    found = broken(text, inches, size, bold, most)
    least = inches / (found.count("\n") + 1)
    for tried in (least + step * (inches - least) / 12 for step in range(12)):
        other = broken(text, tried, size, bold, most)
        if other.count("\n") == found.count("\n") and not other.endswith(ELLIPSIS):
            return other
    return found


def _lines(text: str, inches: float, size: float, bold: bool) -> list[str]:
    lines, line = [], ""
    for piece in _pieces(text, inches, size, bold):
        if line and width((line + piece).rstrip(), size, bold) > inches:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str, inches: float, size: float, bold: bool) -> list[str]:
    """Return what is kept together: words, and Chinese letters with the signs that belong to them."""
    found: list[str] = []
    for piece in _PIECES.findall(text):
        glued = bool(found) and (piece[0] in _NOT_FIRST or found[-1][-1] in _NOT_LAST) and not piece.isspace()
        if glued and not found[-1].isspace():
            found[-1] += piece
        else:
            found.append(piece)
    return [part for piece in found for part in _parted(piece, inches, size, bold)]


def _parted(piece: str, inches: float, size: float, bold: bool) -> list[str]:
    """Break a word that is longer than a line: at its joints, else anywhere."""
    if width(piece, size, bold) <= inches:
        return [piece]
    found: list[str] = []
    for part in _JOINTS.split(piece):
        while part and width(part, size, bold) > inches and len(part) > 1:
            room = max(1, sum(width(part[: k + 1], size, bold) <= inches for k in range(len(part))))
            found.append(part[:room])
            part = part[room:]
        found += [part] if part else []
    return found
