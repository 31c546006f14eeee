"""Pictures of a report as SVG within the page: nothing in them has the same name as anything in another."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any
from xml.etree import ElementTree as ET

from matplotlib import rc_context
from matplotlib.backends.backend_svg import FigureCanvasSVG

from sim.report.document.blocks import Picture
from sim.report.embedding import read_within

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_REFERRED = re.compile(r"(url\(#)([\w-]+)")
_LINK = f"{{{_XLINK}}}href"
_LEFT_OUT = ("metadata", "style")

POINT = 96.0 / 72.0
"""Pixels of a point."""


def picture_of(picture: Picture) -> tuple[str, float, float]:
    """Return a picture as SVG, and how wide and high it is in pixels where it is not made smaller.

    Parameters
    ----------
    picture
        What is drawn, with the fonts that are in use.
    """
    made = StringIO()
    with rc_context({"svg.hashsalt": picture.name, "hatch.linewidth": 0.6}):  # else identifiers are new every time
        canvas: Any = FigureCanvasSVG(picture.draw())
        canvas.print_svg(made, metadata={"Date": None, "Creator": None})
    root = ET.fromstring(read_within(made.getvalue()))
    across, high = (float(one) * POINT for one in root.attrib["viewBox"].split()[2:])
    _tidy(root)
    _rename(root, picture.name)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.attrib |= {"stroke-linejoin": "round", "stroke-linecap": "butt"}
    root.attrib |= {"class": "drawn", "role": "img", "aria-label": f"{picture.title}\n{picture.said}"}
    return _written(root), across, high


def _tidy(root: ET.Element) -> None:
    """Take out what would reach beyond the picture, or says nothing."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.rpartition("}")[2] in _LEFT_OUT:
                parent.remove(child)
        for child in list(parent):
            if child.tag.endswith("}defs") and not len(child):
                parent.remove(child)


def _rename(root: ET.Element, name: str) -> None:
    """Let the names of parts begin with that of the picture; those that nobody refers to go."""
    used = {found for one in root.iter() for found in _references(one)}
    for one in root.iter():
        called = one.attrib.pop("id", None)
        for key, value in one.attrib.items():
            if key == _LINK and value.startswith("#"):
                one.attrib[key] = f"#{name}-{value[1:]}"
            else:
                one.attrib[key] = _REFERRED.sub(rf"\g<1>{name}-\g<2>", value)
        if called in used:
            one.attrib["id"] = f"{name}-{called}"


def _references(one: ET.Element) -> Iterator[str]:
    for key, value in one.attrib.items():
        if key == _LINK:
            yield value.removeprefix("#")
        yield from (found[2] for found in _REFERRED.finditer(value))


def _written(one: ET.Element) -> str:
    """Return an element as it stands in HTML, where names need no spaces of names."""
    tag = one.tag.replace(f"{{{_SVG}}}", "")
    said = "".join(f" {_short(key)}={_quoted(key, value)}" for key, value in one.attrib.items())
    inside = "".join([_words(one.text), *(_written(child) + _words(child.tail) for child in one)])
    return f"<{tag}{said}>{inside}</{tag}>" if inside else f"<{tag}{said}/>"


def _short(key: str) -> str:
    return key.replace(f"{{{_XLINK}}}", "xlink:").rpartition("}")[2]


def _quoted(key: str, value: str) -> str:
    return f'"{html.escape(" ".join(value.split()) if key == "d" else value)}"'


def _words(text: str | None) -> str:
    return html.escape(text, quote=False) if text and text.strip() else ""
