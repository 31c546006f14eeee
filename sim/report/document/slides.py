"""The report as slides that office programs can edit: a slide for each finding, with native charts and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg

from sim.files import whole
from sim.report.document.blocks import Chapter, Chart, Document, Picture, Table
from sim.report.document.fixedzip import MADE, rewrite
from sim.report.document.packages import check_package
from sim.report.document.printable import printable
from sim.report.document.slidelayout import Box, Exhibit, Sentences, Size, fitting_title, planned
from sim.report.document.slidemaster import (
    EMU,
    FINDING,
    FIRST,
    HEAD,
    KICKER,
    LANGUAGE,
    LEFT,
    NOTE,
    RIGHT,
    SMALL,
    WORDS,
    dress_notes,
    empty,
    rgb,
)
from sim.report.document.toldchart import told
from sim.report.lettering import Lettering
from sim.report.style import INK, SOFT

if TYPE_CHECKING:
    from matplotlib.figure import Figure


PICTURE_DPI = 200

_MOST_LETTERS = 255
"""Of what the properties of a file say."""

_BEFORE_UNIT = re.compile(r"(?<=[0-9]) (?=(?:%|h)(?![a-z]))")
"""The blank at which no line ends."""


def write(document: Document, path: Path) -> Path:
    """Write a report as slides: the title, then one for each chapter that has a slide; the rest goes into the notes.

    Parameters
    ----------
    document
        What is told.
    path
        Where the file goes.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    TextError
        Where the library that writes slides is not installed.
    OSError
        Where the file cannot be written.
    """
    check_package("pptx")
    document = printable(document)
    with Lettering().used():
        made = empty(document.lang)
        writer = _Writer(made, document)
        writer.first()
        for chapter in document.chapters:
            if chapter.slide:
                writer.finding(chapter)
        dress_notes(made)
    _name(made, document)
    held = BytesIO()
    made.save(held)
    with whole(path) as place:
        rewrite(held, place)
    return path


def _name(made: Any, document: Document) -> None:
    """Say in the properties of the file what it is, and nothing about when it was made."""
    known = made.core_properties
    known.title, known.subject, known.comments = (
        one[:_MOST_LETTERS] for one in (document.title, document.subtitle, document.foot)
    )
    known.author = known.last_modified_by = "deptsim"
    known.keywords = ""
    known.language = LANGUAGE[document.lang]
    known.created = known.modified = MADE
    known.revision = 1


class _Writer:
    """Fills the slides of a presentation, one after the other."""

    def __init__(self, made: Any, document: Document) -> None:
        self._made, self._document, self._lang = made, document, document.lang

    def first(self) -> None:
        """Add the slide with the title."""
        slide = self._slide(FIRST)
        title, size = fitting_title(self._document.title, RIGHT - LEFT, 36, 24)
        self._line(slide.shapes.title, title, size)
        self._line(_place(slide, 1), self._document.subtitle)
        self._foot(slide)

    def finding(self, chapter: Chapter) -> None:
        """Add the slide of a chapter."""
        slide = self._slide(FINDING)
        figures: dict[str, Figure] = {}

        def size_of(picture: Picture) -> Size:
            figures.setdefault(picture.name, picture.draw())
            return _size(figures[picture.name])

        plan = planned(chapter, size_of, self._lang)
        self._line(slide.shapes.title, plan.title, plan.title_size)
        self._line(_place(slide, KICKER), chapter.subject)
        if plan.sentences is not None:
            self._sentences(_place(slide, WORDS), plan.sentences)
        if plan.exhibit is not None:
            self._exhibit(slide, plan.exhibit, figures.get(plan.exhibit.block.name))
        self._foot(slide)
        for shape in [one for one in slide.placeholders if not one.text_frame.text.strip()]:
            shape._element.getparent().remove(shape._element)
        if plan.untold:
            self._notes(slide, plan.untold)

    def _slide(self, layout: str) -> Any:
        return self._made.slides.add_slide(self._made.slide_layouts.get_by_name(layout))

    def _exhibit(self, slide: Any, exhibit: Exhibit, figure: Figure | None) -> None:
        if exhibit.head is not None:
            head = _place(slide, HEAD)
            _move(head, exhibit.head)
            self._line(head, exhibit.title, bold=True)
            if exhibit.axis:
                self._more(head.text_frame, exhibit.axis, SMALL, SOFT)
        if exhibit.note is not None:
            note = _place(slide, NOTE)
            _move(note, exhibit.note)
            self._line(note, exhibit.said)
        frame = self._drawn(slide, exhibit, figure)
        before = slide.shapes.title if exhibit.head is None else _place(slide, HEAD)
        before._element.addnext(frame._element)  # it is read aloud in this order
        frame.name = exhibit.block.name
        frame._element.xpath(".//p:cNvPr")[0].set("descr", said_of(exhibit.block, self._lang))

    def _drawn(self, slide: Any, exhibit: Exhibit, figure: Figure | None) -> Any:
        from sim.report.document.slidecharts import add_chart
        from sim.report.document.slidetables import add_table

        if exhibit.grid is not None:
            return add_table(slide, exhibit.grid, exhibit.box.left, exhibit.box.top, self._cell)
        if isinstance(exhibit.block, Chart):
            return add_chart(slide, exhibit.block, exhibit.box, self._lang)
        assert figure is not None
        return _add_picture(slide, figure, exhibit.box)

    def _cell(self, frame: Any, text: str, size: int, bold: bool, color: str, align: str) -> None:
        self._into(frame.paragraphs[0], text, size, bold, color)
        frame.paragraphs[0]._p.get_or_add_pPr().set("algn", align)

    def _sentences(self, shape: Any, told: Sentences) -> None:
        _move(shape, told.box)
        for number, one in enumerate(told.paragraphs):
            frame = shape.text_frame
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            self._into(paragraph, one.text, told.size, one.bold)
            if one.listed:
                _point(paragraph)

    def _line(self, shape: Any, text: str, size: int | None = None, bold: bool | None = None) -> None:
        self._into(shape.text_frame.paragraphs[0], text, size, bold)

    def _more(self, frame: Any, text: str, size: int, color: str) -> None:
        paragraph = frame.add_paragraph()
        paragraph.space_before = 0
        self._into(paragraph, text, size, False, color)

    def _into(
        self, paragraph: Any, text: str, size: int | None = None, bold: bool | None = None, color: str | None = None
    ) -> None:
        """Write a text into a paragraph, in the language of the document."""
        from pptx.util import Pt

        run = paragraph.add_run()
        run.text = _BEFORE_UNIT.sub("\u00a0", text)
        properties = run._r.get_or_add_rPr()
        properties.set("lang", LANGUAGE[self._lang])
        if self._lang == "zh":
            properties.set("altLang", "en-US")
        if size is not None:
            run.font.size = Pt(size)
        if bold is not None:
            run.font.bold = bold
        if color is not None and color != INK:
            run.font.color.rgb = rgb(color)

    def _foot(self, slide: Any) -> None:
        """Put the foot and the number of the page where the layout keeps a place for them."""
        from copy import deepcopy

        for place in slide.slide_layout.placeholders:
            kind = place._element.ph.get("type")
            if kind not in ("ftr", "sldNum"):
                continue
            copy = deepcopy(place._element)
            slide.shapes._spTree.append(copy)
            copy.nvSpPr.cNvPr.set("id", str(max(int(one) for one in slide.shapes._spTree.xpath(".//p:cNvPr/@id")) + 1))
            for inherited in copy.spPr.xpath("./*"):
                copy.spPr.remove(inherited)
            shape = slide.shapes[-1]
            style = copy.txBody.find(_a("lstStyle"))
            for inherited in list(style):
                style.remove(inherited)
            if kind == "ftr":
                self._line(shape, self._document.foot)
            else:
                field = copy.txBody.xpath(".//a:fld/a:t")[0]
                field.text = str(len(self._made.slides))

    def _notes(self, slide: Any, lines: Sequence[str]) -> None:
        frame = slide.notes_slide.notes_text_frame
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            self._into(paragraph, line)


def _place(slide: Any, number: int) -> Any:
    return next(one for one in slide.placeholders if one.placeholder_format.idx == number)


def _move(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = (
        round(one * EMU) for one in (box.left, box.top, box.width, box.height)
    )


def _point(paragraph: Any) -> None:
    """Make a paragraph a point of a list."""
    from pptx.oxml import parse_xml

    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(round(0.22 * EMU)))
    properties.set("indent", str(-round(0.22 * EMU)))
    for part in ('<a:buFont {} typeface="Arial"/>', '<a:buChar {} char="•"/>'):
        properties.append(parse_xml(part.format('xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"')))


def _size(figure: Figure) -> Size:
    width, height = figure.get_size_inches()
    return float(width), float(height)


def _add_picture(slide: Any, figure: Figure, box: Box) -> Any:
    """Put a picture into the middle of its place, as large as it gets there."""
    held = BytesIO()
    figure.set_dpi(PICTURE_DPI)
    with rc_context({"hatch.linewidth": 0.6}):
        canvas: Any = FigureCanvasAgg(figure)
        canvas.print_png(held, metadata={"Software": None})
    across, down = _size(figure)
    scale = min(box.width / across, box.height / down)
    width, height = across * scale, down * scale
    place = (box.left + (box.width - width) / 2, box.top + (box.height - height) / 2, width, height)
    return slide.shapes.add_picture(held, *(round(one * EMU) for one in place))


def said_of(block: Chart | Table | Picture, lang: str) -> str:
    """Return what an exhibit says to those who cannot see it."""
    if isinstance(block, Picture):
        return f"{block.title}\n{block.said}"
    return told(block, lang) if isinstance(block, Chart) else block.title


def _a(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{name}"
