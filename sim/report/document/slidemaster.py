"""What all slides of a report share: their size, fonts, colors, and the places that are kept for words.

Everything stands in the master and its layouts, so that whoever goes on with the slides changes it in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sim.report.document.canvas import PAPER
from sim.report.style import BETTER, INK, RULE, SERIES_COLORS, SOFT, WORSE

if TYPE_CHECKING:
    from pptx.presentation import Presentation

WIDE, HIGH = 40.0 / 3.0, 7.5
"""Of a slide, in inches."""

LEFT, RIGHT = 0.6, 12.733
TOP, BOTTOM = 1.95, 6.8
"""Between them stands what a slide shows."""

EAST_ASIAN = "Microsoft YaHei"
LATIN = "Arial"
"""Fonts that office programs have, or have a likeness of that is as wide."""

LANGUAGE = {"en": "en-US", "zh": "zh-CN"}
"""What spelling checkers call the languages."""

TITLE, LEAST_TITLE = 26, 20
TEXT, LEAST_TEXT = 18, 14
SMALL, FOOT = 12, 10
"""Sizes of letters in points: the largest, and the smallest that a reader at the end of the room can do with."""

NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)

EMU = 914400
"""In an inch."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place for words on a layout.

    Attributes
    ----------
    kind, number
        Of the placeholder; slides find it by these.
    name
        What the list of selected things calls it.
    box
        Left, top, width and height in inches.
    size
        Of its letters.
    look
        Attributes and elements of the first level of its text, in the words of the format.
    """

    kind: str
    number: int
    name: str
    box: tuple[float, float, float, float]
    size: int
    color: str = "tx1"
    bold: bool = False
    align: str = "l"
    anchor: str = "t"


KICKER, HEAD, NOTE, WORDS = 13, 14, 15, 16
"""Numbers of the places: what the slide is about, what stands above and below its exhibit, and its sentences."""

_ACROSS = RIGHT - LEFT
_TITLE_BOX = (LEFT, 0.8, _ACROSS, 1.06)
_KICKER_BOX = (LEFT, 0.32, _ACROSS, 0.32)
_FOOT_BOX = (LEFT, 7.02, _ACROSS - 1.0, 0.28)
_NUMBER_BOX = (RIGHT - 0.9, 7.02, 0.9, 0.28)
_HEAD_BOX = (LEFT, TOP, _ACROSS, 0.55)
_NOTE_BOX = (LEFT, BOTTOM - 0.4, _ACROSS, 0.4)
_WORDS_BOX = (LEFT, TOP, _ACROSS, BOTTOM - TOP)

_FOOT = Place("ftr", 10, "Foot", _FOOT_BOX, FOOT, "tx2", anchor="ctr")
_NUMBER = Place("sldNum", 11, "Number", _NUMBER_BOX, FOOT, "tx2", align="r", anchor="ctr")
_TITLE = Place("title", 0, "Title", _TITLE_BOX, TITLE, bold=True)
_KICKER = Place("body", KICKER, "Subject", _KICKER_BOX, 13, "accent1", bold=True, anchor="ctr")
_HEAD = Place("body", HEAD, "Heading", _HEAD_BOX, 14)
_NOTE = Place("body", NOTE, "Note", _NOTE_BOX, SMALL - 1, "tx2")
_WORDS = Place("body", WORDS, "Sentences", _WORDS_BOX, TEXT)

FIRST, FINDING = "Title", "Finding"
"""Names of the layouts: the first slide, and those with a finding each."""

_LAYOUTS = {
    FIRST: (
        Place("ctrTitle", 0, "Title", (LEFT, 2.1, _ACROSS, 1.75), 36, bold=True, anchor="b"),
        Place("subTitle", 1, "Subtitle", (LEFT, 4.1, _ACROSS, 0.9), 18, "tx2"),
        _FOOT,
    ),
    FINDING: (_KICKER, _TITLE, _HEAD, _NOTE, _WORDS, _FOOT, _NUMBER),
}

_MARK = {
    FIRST: (LEFT, 3.96, 1.6, 0.045, "accent1"),
    FINDING: (LEFT, 0.68, _ACROSS, 0.01, "bg2"),
}
"""The one line that each layout has."""


def empty(lang: str) -> Presentation:
    """Return a presentation without slides, with master and layouts of our own.

    Parameters
    ----------
    lang
        ``en`` or ``zh``: what its texts are in, for spelling checkers.
    """
    import pptx

    made: Any = pptx.Presentation()
    made.slide_width, made.slide_height = round(WIDE * EMU), round(HIGH * EMU)
    made.part._element.find(f"{_P}sldSz").attrib.pop("type", None)
    _drop(made)
    master = made.slide_master
    _replace(master, _tree(_master_places(), lang))
    _styles(master)
    _theme(master)
    for layout, (name, places) in zip(made.slide_layouts, _LAYOUTS.items(), strict=True):
        layout.name = name
        layout._element.set("preserve", "1")
        layout._element.attrib.pop("type", None)
        if name == FIRST:
            layout._element.set("type", "title")
        else:
            layout._element.set("userDrawn", "1")
        _replace(layout, _tree(places, lang, _MARK[name]))
    return cast("Presentation", made)


def rgb(color: str) -> Any:
    """Return a color as the library for slides has it."""
    from pptx.dml.color import RGBColor

    kind: Any = RGBColor
    return kind.from_string(color.lstrip("#").upper())


def text_language(lang: str) -> str:
    """Return the attributes of a run of text that say its language."""
    other = ' altLang="en-US"' if lang == "zh" else ""
    return f'lang="{LANGUAGE[lang]}"{other}'


def _master_places() -> tuple[Place, ...]:
    body = Place("body", 1, "Text", _WORDS_BOX, TEXT)
    return (_TITLE, body, _FOOT, _NUMBER)


def _drop(made: Any) -> None:
    """Take away what the template has and slides do not need: most layouts, a printer, a picture of other slides."""
    layouts = made.slide_layouts
    for layout in list(layouts)[len(_LAYOUTS) :]:
        layouts.remove(layout)
    for part in (made.part, made.part.package):
        for key, relation in list(part._rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in ("printerSettings", "thumbnail"):
                part._rels.pop(key)
    for relation in made.part.package._rels.values():
        if relation.reltype.endswith("/extended-properties"):
            relation.target_part._blob = _PROGRAM.encode()


_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"

_PROGRAM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>deptsim</Application></Properties>"
)


def _replace(slide: Any, tree: str) -> None:
    """Put a tree of shapes in the place of the one that is there."""
    from pptx.oxml import parse_xml

    old = slide._element.cSld.spTree
    old.getparent().replace(old, parse_xml(tree))


def _tree(places: tuple[Place, ...], lang: str, mark: tuple[float, float, float, float, str] | None = None) -> str:
    shapes = [_shape(number, place, lang) for number, place in enumerate(places, 3)]
    line = "" if mark is None else _line(*mark)
    return (
        f"<p:spTree {NS}>"
        '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/>'
        f"</a:xfrm></p:grpSpPr>{line}{''.join(shapes)}</p:spTree>"
    )


def _box(left: float, top: float, width: float, height: float) -> str:
    x, y, cx, cy = (round(one * EMU) for one in (left, top, width, height))
    shape = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>{shape}'


def _line(left: float, top: float, width: float, height: float, color: str) -> str:
    """Return a thin line that says nothing, and says so to those who have slides read aloud."""
    decorative = (
        '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
        '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
        "</a:ext></a:extLst>"
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="Rule">{decorative}</p:cNvPr><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f"</p:nvSpPr><p:spPr>{_box(left, top, width, height)}"
        f'<a:solidFill><a:schemeClr val="{color}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


def _shape(number: int, place: Place, lang: str) -> str:
    size = f' sz="quarter" idx="{place.number}"' if place.number else ""
    weight = ' b="1"' if place.bold else ' b="0"'
    field = (
        f'<a:fld id="{NUMBER_FIELD}" type="slidenum"><a:rPr {text_language(lang)}/><a:t>‹#›</a:t></a:fld>'
        if place.kind == "sldNum"
        else ""
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{place.name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{place.kind}"{size}/></p:nvPr></p:nvSpPr><p:spPr>{_box(*place.box)}</p:spPr>'
        f'<p:txBody><a:bodyPr vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="{place.anchor}">'
        f'<a:normAutofit/></a:bodyPr><a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{place.align}"><a:buNone/>'
        f'<a:defRPr sz="{place.size * 100}"{weight}><a:solidFill><a:schemeClr val="{place.color}"/></a:solidFill>'
        f"</a:defRPr></a:lvl1pPr></a:lstStyle><a:p>{field}<a:endParaRPr {text_language(lang)}/></a:p></p:txBody></p:sp>"
    )


NUMBER_FIELD = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"
"""What identifies the number of a slide among fields."""


def _styles(master: Any) -> None:
    """Let titles and sentences begin at the left, in the fonts of the theme."""
    from pptx.oxml import parse_xml

    styles = master._element.find(f"{_P}txStyles")
    other = styles[2]
    made = parse_xml(
        f"<p:txStyles {NS}><p:titleStyle>{_level(TITLE, 'mj', 90, 0, True)}</p:titleStyle>"
        f"<p:bodyStyle>{_level(TEXT, 'mn', 100, 600, False)}</p:bodyStyle></p:txStyles>"
    )
    made.append(other)
    styles.getparent().replace(styles, made)


def _level(size: int, font: str, spacing: int, before: int, bold: bool) -> str:
    return (
        '<a:lvl1pPr marL="0" indent="0" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1">'
        f'<a:lnSpc><a:spcPct val="{spacing * 1000}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{before}"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{size * 100}" b="{int(bold)}" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        f'<a:latin typeface="+{font}-lt"/><a:ea typeface="+{font}-ea"/><a:cs typeface="+{font}-cs"/>'
        "</a:defRPr></a:lvl1pPr>"
    )


def dress_notes(made: Any) -> None:
    """Give the notes, where there are any, the fonts of the slides, and leave nothing of what their template says."""
    if not any(slide.has_notes_slide for slide in made.slides):
        return
    master = made.notes_master
    _theme(master)
    for run in master._element.xpath(".//a:r"):
        run.getparent().remove(run)


def _theme(master: Any) -> None:
    """Give the theme the colors of the pictures, and a font for each script."""
    from lxml import etree

    part = next(one.target_part for one in master.part.rels.values() if one.reltype.endswith("/theme"))
    if hasattr(part, "_element"):
        part._element = _themed(part.blob)
    else:
        part._blob = etree.tostring(_themed(part.blob), xml_declaration=True, encoding="UTF-8", standalone=True)


def _themed(blob: bytes) -> Any:
    """Return a theme with our colors and fonts in the place of its own."""
    from lxml import etree

    a = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    theme = etree.fromstring(blob)
    theme.set("name", "deptsim")
    colors = theme.find(f"{a}themeElements/{a}clrScheme")
    colors.set("name", "deptsim")
    for child in list(colors):
        for one in list(child):
            child.remove(one)
        etree.SubElement(child, f"{a}srgbClr").set("val", _COLORS[etree.QName(child).localname].lstrip("#"))
    fonts = theme.find(f"{a}themeElements/{a}fontScheme")
    fonts.set("name", "deptsim")
    for family in fonts:
        for one in list(family):
            family.remove(one)
        for script, face in (("latin", LATIN), ("ea", EAST_ASIAN), ("cs", LATIN)):
            etree.SubElement(family, f"{a}{script}").set("typeface", face)
    return theme


_COLORS = {
    "dk1": INK,
    "lt1": PAPER,
    "dk2": SOFT,
    "lt2": RULE,
    "accent1": SERIES_COLORS[1],
    "accent2": SERIES_COLORS[2],
    "accent3": SERIES_COLORS[3],
    "accent4": "#CC79A7",
    "accent5": BETTER,
    "accent6": WORSE,
    "hlink": SERIES_COLORS[1],
    "folHlink": SOFT,
}
