"""Cut the fonts of pictures and of the page: the letters of GB 2312 out of Noto Sans CJK, those of Europe out of Inter.

``python docs/fonts.py NotoSansCJK-Regular.ttc NotoSansCJK-Bold.ttc`` writes one small font for each file given into
`sim/report/fonts`; ``python docs/fonts.py Inter-Regular.otf Inter-SemiBold.otf`` into `sim/web/page/fonts`. The files
are those of Debian's packages fonts-noto-cjk and fonts-inter; the same files give the same bytes.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

PACKAGE = Path(__file__).resolve().parent.parent / "sim"
SOURCE = "Noto Sans CJK SC"
"""The member of the collection with the shapes of letters that are usual in mainland China."""

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

_CHINESE = range(0x3000, 0x10000)
"""Where Inter, which has Latin, Greek and Cyrillic, is not asked for letters."""

_LEFT_OUT = {0x2026, 0x00B7}
"""An ellipsis stands in the middle of the line in China, and a middle dot takes the room of a whole letter: pictures in
two languages take both from another font."""

_NAMES = (0, 3, 5, 7, 8, 9, 10, 11, 12, 13, 14)
"""Records of the name table that are kept: copyright, version, trademark, makers, license."""

_UNUSED = ("BASE", "VORG", "vhea", "vmtx")
"""Tables for setting text from top to bottom."""


@dataclass(frozen=True, slots=True)
class Cut:
    """How a font is cut.

    Attributes
    ----------
    family
        A name of its own, so that nobody takes the cut font for the whole one where both are installed.
    stem, ending
        What its files are called, around their weight; the ending says how they are compressed.
    folder
        Where they are put, within the package.
    features
        Which features of setting type are kept.
    """

    family: str
    stem: str
    ending: str
    folder: str
    features: tuple[str, ...]


NOTO = Cut("Noto Sans SC GB2312", "NotoSansSC-GB2312", "otf", "report/fonts", ("kern",))
INTER = Cut("Inter Latin", "Inter-Latin", "woff", "web/page/fonts", ("kern", "ccmp", "tnum"))
"""Its figures can be set in columns."""


def main() -> None:
    """Write a cut font for each file that is named."""
    for name in sys.argv[1:]:
        path = Path(name)
        how, font = (NOTO, member(path)) if path.suffix == ".ttc" else (INTER, single(path))
        cut(font, how)
        written = PACKAGE / how.folder / f"{how.stem}-{renamed(font, how)}.{how.ending}"
        font.flavor = how.ending if how.ending.startswith("woff") else None
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


def single(path: Path) -> TTFont:
    """Return the only font of a file."""
    return TTFont(path, recalcTimestamp=False)


def cut(font: TTFont, how: Cut) -> None:
    """Leave out letters, hints and features that nothing needs."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = list(how.features)
    options.notdef_outline = True
    options.drop_tables += _UNUSED
    options.name_IDs = list(range(26))
    work = subset.Subsetter(options)
    work.populate(unicodes=letters() if how is NOTO else latin())
    work.subset(font)


def letters() -> set[int]:
    """Return the code points that are kept where the font has them."""
    return ({ord(letter) for letter in gb2312()} | _signs()) - _LEFT_OUT


def latin() -> set[int]:
    """Return the code points that are kept of a font without Chinese."""
    return _signs() - set(_CHINESE)


def _signs() -> set[int]:
    return {code for low, high in _RANGES for code in range(low, high + 1)}


def gb2312() -> Iterator[str]:
    """Yield every letter and sign of GB 2312."""
    for pair in (bytes([row, cell]) for row in _ROWS for cell in _CELLS):
        try:
            yield pair.decode(_ENCODING)
        except UnicodeDecodeError:  # a cell that the standard leaves empty
            continue


def renamed(font: TTFont, how: Cut) -> str:
    """Give the font the name of the cut family and return its weight."""
    table, heavy = font["name"], font["OS/2"].usWeightClass
    weight = "Regular" if heavy < 600 else "SemiBold" if heavy < 700 else "Bold"
    table.names = [record for record in table.names if record.nameID in _NAMES and record.platformID == 3]
    postscript = f"{how.family.replace(' ', '')}-{weight}"
    for number, text in ((1, how.family), (2, weight), (4, f"{how.family} {weight}"), (6, postscript)):
        table.setName(text, number, 3, 1, 0x409)
    outlines = font["CFF "].cff
    outlines.fontNames = [postscript]
    outlines[0].FullName, outlines[0].FamilyName = f"{how.family} {weight}", how.family
    return weight


def _typographic(font: TTFont) -> bool:
    return font["name"].getDebugName(16) is not None


if __name__ == "__main__":
    main()
