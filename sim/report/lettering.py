"""Which letters the installed fonts have, so that a label in another script is words on paper and not boxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from matplotlib import rc_context
from matplotlib.font_manager import findfont, fontManager, get_font

from sim.words import Text

LATIN = "DejaVu Sans"
"""Comes with matplotlib, so that figures look alike everywhere."""

CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Arial Unicode MS",
)
"""Fonts with Chinese letters that systems come with; the first that is installed is used."""


class Lettering:
    """The fonts of one set of figures.

    Parameters
    ----------
    families
        Font families, the first for every letter it has; None means DejaVu Sans and, where one is installed, a font
        with Chinese letters.
    """

    def __init__(self, families: Iterable[str] | None = None) -> None:
        self.families = list(families) if families is not None else _installed()
        self._letters = {letter for family in self.families for letter in get_font(findfont(family)).get_charmap()}

    def has(self, text: str) -> bool:
        """Return whether every letter of a text can be drawn."""
        return all(ord(letter) in self._letters for letter in text if not letter.isspace())

    def distinct(self, labels: Mapping[str, Iterable[str]], noun: Text) -> dict[str, str]:
        """Return for each key the first candidate that can be drawn, else `noun` and a number; no two are alike."""
        found: dict[str, str] = {}
        taken: set[str] = set()
        for number, (key, candidates) in enumerate(labels.items(), 1):
            text = next((one for one in candidates if one and self.has(one)), f"{noun.en} {number}")
            found[key] = text if text not in taken else f"{text} ({number})"
            taken.add(found[key])
        return found

    @contextmanager
    def used(self) -> Iterator[None]:
        """Draw with these fonts, and take every sign for itself: dollars and underscores make no formula."""
        with rc_context({"font.family": self.families, "text.parse_math": False, "text.usetex": False}):
            yield


def _installed() -> list[str]:
    names = {font.name for font in fontManager.ttflist}
    return [LATIN, *[name for name in CHINESE if name in names][:1]]
