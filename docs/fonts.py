"""Cut the fonts of the pictures out of Noto Sans CJK, the letters of GB 2312 and the signs that pictures use.

``python docs/fonts.py NotoSansCJK-Regular.ttc NotoSansCJK-Bold.ttc`` writes one small font for each file given into
`sim/report/fonts`. The files are those of Debian's package fonts-noto-cjk; the same files give the same bytes.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FOLDER = Path(__file__).resolve().parent.parent / "sim" / "report" / "fonts"
SOURCE = "Noto Sans CJK SC"
"""The member of the collection with the shapes of letters that are usual in mainland China."""

FAMILY = "Noto Sans SC GB2312"
"""A name of its own, so that nobody takes the cut font for the whole one where both are installed."""

_ENCODING = "gb2312"
_ROWS = range(0xA1, 0xF8)
_CELLS = range(0xA1, 0xFF)

_RANGES = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x017F),  # Latin of western and central Europe
    (0x2010, 0x203B),  # punctuation
    (0x20AC, 0x20AC),  # euro
    (0x2190, 0x2193),  # arrows
    (0x2200, 0x22FF),  # mathematical signs
    (0x2460, 0x2473),  # numbers in circles
    (0x25A0, 0x25FF),  # shapes
    (0x2776, 0x277F),  # white numbers in black circles
    (0x3000, 0x303F),  # Chinese punctuation
    (0xFF01, 0xFF5E),  # full-width Latin and punctuation
    (0xFFE0, 0xFFE5),  # full-width currencies
)

_LEFT_OUT = {0x2026, 0x00B7}
"""An ellipsis stands in the middle of the line in China, and a middle dot takes the room of a whole letter: pictures in
two languages take both from another font."""

_NAMES = (0, 3, 5, 7, 8, 9, 10, 11, 12, 13, 14)
"""Records of the name table that are kept: copyright, version, trademark, makers, license."""

_UNUSED = ("BASE", "VORG", "vhea", "vmtx")
"""Tables for setting text from top to bottom."""


def main() -> None:
    """Write a cut font for each collection that is named."""
    for name in sys.argv[1:]:
        font = member(Path(name))
        cut(font)
        written = FOLDER / f"NotoSansSC-GB2312-{renamed(font)}.otf"
        font.save(written)
        print(f"{written.name}: {written.stat().st_size / 1e6:.2f} MB")  # noqa: T201


def member(path: Path) -> TTFont:
    """Return the font of the collection that has the wanted name."""
    fonts = TTCollection(path).fonts
    found = next((font for font in fonts if font["name"].getDebugName(16 if _typographic(font) else 1) == SOURCE), None)
    if found is None:
        raise SystemExit(f"{path}: no font of this collection is called '{SOURCE}'")
    found.recalcTimestamp = False
    return found


def cut(font: TTFont) -> None:
    """Leave out letters, hints and features that no picture needs."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.notdef_outline = True
    options.drop_tables += _UNUSED
    options.name_IDs = list(range(26))
    work = subset.Subsetter(options)
    work.populate(unicodes=letters())
    work.subset(font)


def letters() -> set[int]:
    """Return the code points that are kept where the font has them."""
    signs = {code for low, high in _RANGES for code in range(low, high + 1)}
    return ({ord(letter) for letter in gb2312()} | signs) - _LEFT_OUT


def gb2312() -> Iterator[str]:
    """Yield every letter and sign of GB 2312."""
    for pair in (bytes([row, cell]) for row in _ROWS for cell in _CELLS):
        try:
            yield pair.decode(_ENCODING)
        except UnicodeDecodeError:  # a cell that the standard leaves empty
            continue


def renamed(font: TTFont) -> str:
    """Give the font the name of the cut family and return its weight."""
    table = font["name"]
    weight = "Bold" if font["OS/2"].usWeightClass >= 600 else "Regular"
    table.names = [record for record in table.names if record.nameID in _NAMES and record.platformID == 3]
    postscript = f"{FAMILY.replace(' ', '')}-{weight}"
    for number, text in ((1, FAMILY), (2, weight), (4, f"{FAMILY} {weight}"), (6, postscript)):
        table.setName(text, number, 3, 1, 0x409)
    outlines = font["CFF "].cff
    outlines.fontNames = [postscript]
    outlines[0].FullName, outlines[0].FamilyName = f"{FAMILY} {weight}", FAMILY
    return weight


def _typographic(font: TTFont) -> bool:
    return font["name"].getDebugName(16) is not None


if __name__ == "__main__":
    main()
