"""The letters of pictures: which fonts draw them, and what can be written with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from matplotlib import rc_context
from matplotlib.font_manager import findfont, fontManager

from sim.report.fit import letters_of
from sim.words import Text

SHIPPED = "Noto Sans SC GB2312"
"""Comes with this package, so that pictures look alike everywhere: Latin, and Chinese as far as GB 2312 has it."""

SIGNS = "DejaVu Sans"
"""Comes with matplotlib; has the few signs, and the many alphabets, that the other lacks."""

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
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "SimHei",
    "SimSun",
    "Songti SC",
    "AR PL UMing CN",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)
"""Fonts with Chinese letters that systems come with; the first that is installed draws rare ones."""

ELSEWHERE = (
    SHIPPED,
    "Source Sans 3",
    "Source Sans Pro",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Calibri",
    "Carlito",
    "PingFang SC",
    "Microsoft YaHei",
    "Helvetica Neue",
    "Arial",
    "sans-serif",
)
"""What a program that opens an SVG looks for, one after the other: letters that are no wider come first."""


class Lettering:
    """The fonts of one set of figures.

    Parameters
    ----------
    families
        Font families, the first for every letter it has; None means the shipped one, DejaVu Sans for signs and, where
        one is installed, a font with further Chinese letters.

    Attributes
    ----------
    missed
        Letters that were asked for and that no font has, in the order in which they were met.
    """

    def __init__(self, families: Iterable[str] | None = None) -> None:
        self.families = list(families) if families is not None else _installed()
        self._letters = frozenset().union(*(letters_of(findfont(family)) for family in self.families))
        self.missed: dict[str, None] = {}

    def has(self, text: str) -> bool:
        """Return whether every letter of a text can be drawn; those that cannot are remembered."""
        missed = [one for one in text if not one.isspace() and ord(one) not in self._letters]
        self.missed.update(dict.fromkeys(missed))
        return not missed

    def distinct(self, labels: Mapping[str, Iterable[str]], noun: Text, lang: str = "en") -> dict[str, str]:
        """Return for each key the first candidate that can be drawn, else `noun` and a number; no two are alike."""
        found: dict[str, str] = {}
        taken: set[str] = set()
        for number, (key, candidates) in enumerate(labels.items(), 1):
            text = next((one for one in candidates if one and self.has(one)), f"{noun.get(lang)} {number}")
            found[key] = text if text not in taken else f"{text} ({number})"
            taken.add(found[key])
        return found

    @contextmanager
    def used(self) -> Iterator[None]:
        """Draw with these fonts, and take every sign for itself: dollars and underscores make no formula."""
        settings: dict[Any, Any] = {"font.family": self.families, "text.parse_math": False, "text.usetex": False}
        with rc_context({**settings, "svg.fonttype": "none", "axes.unicode_minus": True}):
            yield


def _installed() -> list[str]:
    _bring()
    names = {font.name for font in fontManager.ttflist}
    return [SHIPPED, SIGNS, *[name for name in CHINESE if name in names][:1]]


@cache
def _bring() -> None:
    """Tell matplotlib of the fonts in this package, once."""
    for font in files("sim.report").joinpath("fonts").iterdir():
        if font.name.endswith(".otf"):
            with as_file(font) as path:
                fontManager.addfont(path)
