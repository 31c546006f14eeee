"""What stands on a slide and where: measured before anything is drawn, and what finds no room is told in the notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from sim.report.document.blocks import Block, Chapter, Chart, Picture, Said, Table
from sim.report.document.cells import heading_of, written
from sim.report.document.slidecharts import height_for
from sim.report.document.slidemaster import BOTTOM, LEAST_TEXT, LEAST_TITLE, LEFT, RIGHT, SMALL, TEXT, TITLE, TOP
from sim.report.document.slidetables import Grid, beginning, grid_of
from sim.report.document.tabled import MOST_ROWS
from sim.report.fit import broken
from sim.words import words

_TEXTS = words("slides")

MOST_SENTENCES = 4
TITLE_LINES = 2
HEAD_SIZE = 14

_POINTS = 72.0
_LINE = {"en": 1.2, "zh": 1.45}
"""From one line to the next, in sizes of letters: as high as fonts of either script are in any office program."""

_BEFORE = 6.0
"""Points between paragraphs."""

_SPARE = 0.94
"""Of the width of a box that is planned with: letters may be those of another font."""

_GAP = 0.35
_BESIDE = 0.64
"""Of the width for an exhibit that has sentences beside it."""

_LONG_PICTURE = 2.3
"""Width by height from which on sentences stand below a picture."""

_LEAST_SCALE = 0.7
"""Of a picture: what is made smaller than that cannot be read, and a table is shown where there is one."""

_BELOW = 1.2
"""Inches that sentences below an exhibit have at least."""

Size = tuple[float, float]

_ACROSS = RIGHT - LEFT
_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(])|(?<=[。！？])")
"""Between two sentences of a paragraph."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph on a slide."""

    text: str
    listed: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sentences:
    """Paragraphs that fit into a box with letters of a size."""

    box: Box
    size: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """The one chart, table or picture of a slide, with what stands above and below it.

    Attributes
    ----------
    block
        What is shown.
    box
        Where.
    title, axis
        The lines above it: what it finds, and what its values are.
    head, note
        Where the lines above and below it stand.
    said
        The line below it.
    grid
        Of a table: what stands in its cells.
    """

    block: Chart | Table | Picture
    box: Box
    head: Box | None = None
    title: str = ""
    axis: str = ""
    note: Box | None = None
    said: str = ""
    grid: Grid | None = None


@dataclass(slots=True)
class Plan:
    """A slide before it is drawn."""

    title: str
    title_size: int
    exhibit: Exhibit | None = None
    sentences: Sentences | None = None
    untold: list[str] = field(default_factory=list)
    """What had no room, for the notes."""


def planned(chapter: Chapter, size_of: Callable[[Picture], Size], lang: str) -> Plan:
    """Return what stands on the slide of a chapter.

    Parameters
    ----------
    chapter
        What is told.
    size_of
        Returns the width and height of a picture in inches.
    lang
        ``en`` or ``zh``.
    """
    title, size = fitting_title(chapter.title, _ACROSS)
    plan = Plan(title, size)
    if title != chapter.title:
        plan.untold.append(chapter.title)
    shown = exhibit_of(chapter, size_of)
    wanted = [block for block in chapter.blocks if isinstance(block, Said)]
    area = Box(LEFT, TOP, _ACROSS, BOTTOM - TOP)
    if shown is None:
        plan.sentences, rest = _told(wanted, area, lang)
    else:
        plan.exhibit, room = _placed(shown, area, size_of, bool(wanted), lang)
        plan.sentences, rest = (None, wanted) if room is None else _told(wanted, room, lang)
        plan.untold += _left_of(plan.exhibit)
    plan.untold += [line for said in rest for line in (said.heading, *said.sentences) if line]
    others = [one for one in chapter.blocks if not isinstance(one, Said) and one is not shown]
    plan.untold += [line for one in others for line in _in_words(one, lang)]
    return plan


def exhibit_of(chapter: Chapter, size_of: Callable[[Picture], Size]) -> Chart | Table | Picture | None:
    """Return what a slide shows: the first that can be read there, else the first where there are no sentences."""
    found = [block for block in chapter.blocks if not isinstance(block, Said)]
    short = [one for one in found if not isinstance(one, Table) or one.brief]
    read = [one for one in short if not isinstance(one, Picture) or _scale(size_of(one)) >= _LEAST_SCALE]
    tables = [one for one in found if isinstance(one, Table)]
    alone = len(found) == len(chapter.blocks)
    return next(iter(read or (tables if short or alone else ()) or short), None)


def _scale(size: Size) -> float:
    """Return how much smaller a picture gets that has a slide for itself."""
    return min(1.0, _ACROSS / size[0], (BOTTOM - TOP) / size[1])


def fitting_title(text: str, inches: float, most: int = TITLE, least: int = LEAST_TITLE) -> tuple[str, int]:
    """Return a title and the size of its letters: in one line where somewhat smaller ones do, else in two, or cut."""
    for size in range(most, most - 3, -2):
        if len(_lines(text, inches, size, bold=True)) == 1:
            return text, size
    for size in range(most, least - 1, -2):
        if len(_lines(text, inches, size, bold=True)) <= TITLE_LINES:
            return text, size
    return beginning(text, inches * _SPARE, least, True, TITLE_LINES), least


def _lines(text: str, inches: float, size: float, bold: bool = False) -> list[str]:
    return broken(text, inches * _SPARE, size, bold).split("\n")


def _height(paragraphs: list[Paragraph], inches: float, size: int, lang: str) -> float:
    """Return the inches that paragraphs take."""
    lines = sum(len(_lines(one.text, inches - (0.22 if one.listed else 0.0), size, one.bold)) for one in paragraphs)
    return (lines * _LINE[lang] * size + _BEFORE * len(paragraphs)) / _POINTS


def _told(wanted: list[Said], box: Box, lang: str) -> tuple[Sentences | None, list[Said]]:
    """Return what fits of the first sentences with the smallest letters, in letters as large as that allows."""
    most, rest = _within(wanted, box, LEAST_TEXT, lang)
    for size in range(TEXT, LEAST_TEXT, -1):
        found, _ = _within(wanted, box, size, lang)
        if found == most:
            return (Sentences(box, size, tuple(found)) if found else None), rest
    return (Sentences(box, LEAST_TEXT, tuple(most)) if most else None), rest


def _within(wanted: list[Said], box: Box, size: int, lang: str) -> tuple[list[Paragraph], list[Said]]:
    """Return the first sentences that fit with letters of a size, the last shortened if need be, and what is left."""
    found: list[Paragraph] = []
    rest: list[Said] = []
    count, full = 0, False
    for said in wanted:
        left = []
        head = [Paragraph(said.heading, bold=True)] if said.heading else []
        for sentence in said.sentences:
            full = full or count == MOST_SENTENCES
            kept = "" if full else _fitting(sentence, said.listed, found + head, box, size, lang)
            found += [*head, Paragraph(kept, said.listed)] if kept else []
            head = [] if kept else head
            count += bool(kept)
            if kept != sentence:
                full = True
                left.append(sentence)
        rest += [Said(tuple(left), said.listed, said.heading)] if left else []
    return found, rest


def _fitting(sentence: str, listed: bool, before: list[Paragraph], box: Box, size: int, lang: str) -> str:
    """Return as many whole sentences of a paragraph as there is room for: all, some, or none."""
    parts = [part for part in _ENDS.split(sentence) if part]
    joint = "" if lang == "zh" else " "
    for count in range(len(parts), 0, -1):
        text = sentence if count == len(parts) else joint.join(parts[:count])
        if _height([*before, Paragraph(text, listed)], box.width, size, lang) <= box.height:
            return text
    return ""


def _placed(
    block: Chart | Table | Picture, area: Box, size_of: Callable[[Picture], Size], with_words: bool, lang: str
) -> tuple[Exhibit, Box | None]:
    """Return an exhibit in its place, and the place that is left for sentences."""
    if isinstance(block, Table):
        return _placed_table(block, area, with_words, lang)
    if isinstance(block, Picture):
        size = size_of(block)
        if _scale(size) < 1.0 and not with_words:
            return Exhibit(block, area), None
        if size[0] >= _LONG_PICTURE * size[1]:
            return _above(block, area, _ACROSS * size[1] / size[0], with_words, lang)
    across = area.width * _BESIDE if with_words else area.width
    down = area.height
    if isinstance(block, Chart):
        around = _head_height(block, across, lang) + _note_height(block, across, lang)
        down = min(down, height_for(block, across) + around)
    left = Box(area.left, area.top, across, down)
    beside = Box(area.left + across + _GAP, area.top, area.width - across - _GAP, area.height)
    return _framed(block, left, lang), beside if with_words else None


def _placed_table(table: Table, area: Box, with_words: bool, lang: str) -> tuple[Exhibit, Box | None]:
    narrow = area.width * _BESIDE
    grid = grid_of(table, narrow, area.height - _around(table, narrow, lang), lang) if with_words else None
    if grid is not None and grid.comfortable:
        box = Box(area.left, area.top, narrow, area.height)
        rest = Box(area.left + narrow + _GAP, area.top, area.width - narrow - _GAP, area.height)
        return _framed(table, box, lang, grid), rest
    room = area.height - _around(table, area.width, lang) - (_BELOW if with_words else 0.0)
    grid = grid_of(table, area.width, room, lang)
    return _above(table, area, grid.height, with_words, lang, grid)


def _around(table: Table, inches: float, lang: str) -> float:
    """Return the inches that the lines above and below a table take, with one about rows that are left out."""
    left_out = _LINE[lang] * (SMALL - 1) / _POINTS if len(table.rows) > MOST_ROWS else 0.0
    return _head_height(table, inches, lang) + _note_height(table, inches, lang) + left_out


def _above(
    block: Chart | Table | Picture, area: Box, height: float, with_words: bool, lang: str, grid: Grid | None = None
) -> tuple[Exhibit, Box | None]:
    """Return an exhibit over the whole width, and what is left below it."""
    least = _BELOW if with_words else 0.0
    head, note = _head_height(block, area.width, lang), _note_height(block, area.width, lang, grid)
    height = min(head + height + note, area.height - least)
    shown = _framed(block, Box(area.left, area.top, area.width, height), lang, grid)
    below = Box(area.left, area.top + height + 0.25, area.width, area.height - height - 0.25)
    return shown, below if with_words and below.height > 0.5 else None


def _framed(block: Chart | Table | Picture, box: Box, lang: str, grid: Grid | None = None) -> Exhibit:
    """Return an exhibit that fills a box together with the lines above and below it."""
    axis = axis_of(block, lang) if isinstance(block, Chart) else ""
    head = _head_height(block, box.width, lang)
    said = _note_of(block, grid, lang)
    said = beginning(said, box.width * _SPARE, SMALL - 1, False, 2) if said else ""
    below = _note_height(block, box.width, lang, grid)
    inner = Box(box.left, box.top + head, box.width, box.height - head - below)
    if grid is not None:
        inner = Box(inner.left, inner.top, inner.width, grid.height)
    foot = Box(box.left, inner.top + inner.height + 0.06, box.width, below - 0.06)
    return Exhibit(
        block,
        inner,
        Box(box.left, box.top, box.width, head - 0.08),
        beginning(block.title, box.width * _SPARE, HEAD_SIZE, True, 2),
        axis,
        foot if said else None,
        said,
        grid,
    )


def _head_height(block: Chart | Table | Picture, inches: float, lang: str) -> float:
    lines = min(2, len(_lines(block.title, inches, HEAD_SIZE, bold=True)))
    axis = _LINE[lang] * SMALL if isinstance(block, Chart) else 0.0
    return (lines * _LINE[lang] * HEAD_SIZE + axis) / _POINTS + 0.14


def _note_of(block: Chart | Table | Picture, grid: Grid | None, lang: str) -> str:
    told = "" if isinstance(block, Picture) else block.note
    if grid is not None and grid.left_out:
        more = _TEXTS.MORE_ROWS.format(count=grid.left_out).get(lang)
        told = f"{told} {more}".strip() if lang == "en" else f"{told}{more}"
    return told


def _note_height(block: Chart | Table | Picture, inches: float, lang: str, grid: Grid | None = None) -> float:
    said = _note_of(block, grid, lang)
    lines = min(2, len(_lines(said, inches, SMALL - 1))) if said else 0
    return lines * _LINE[lang] * (SMALL - 1) / _POINTS + (0.1 if lines else 0.0)


def axis_of(chart: Chart, lang: str) -> str:
    """Return what the values of a chart are, with their unit."""
    if not chart.unit:
        return chart.axis
    return str(_TEXTS.AXIS.format(axis=chart.axis, unit=chart.unit).get(lang))


def _left_of(shown: Exhibit) -> list[str]:
    """Return what of an exhibit had no room."""
    block = shown.block
    note = "" if isinstance(block, Picture) else block.note
    found = [block.title] if shown.title != block.title else []
    found += [note] if note and not shown.said.startswith(note) else []
    return found + ([] if shown.grid is None else list(shown.grid.cut))


def _in_words(block: Block, lang: str) -> list[str]:
    """Return what the notes say about an exhibit that the slide does not show."""
    if isinstance(block, Table):
        if not block.brief:
            return [_TEXTS.IN_WORKBOOK.format(title=block.title).get(lang)]
        heads = " | ".join(heading_of(column, lang) for column in block.columns)
        rows = [
            " | ".join(written(cell, column, lang) for cell, column in zip(row, block.columns, strict=True))
            for row in block.rows
        ]
        return [block.title, heads, *rows, *([block.note] if block.note else [])]
    if isinstance(block, Picture):
        return [block.title, block.said]
    if isinstance(block, Chart):
        return [block.title, *([block.note] if block.note else [])]
    return []
