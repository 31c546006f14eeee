"""A report as HTML: whole, safe, alike every time, and nothing but itself."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from sim.report.document import pages
from sim.report.document.blocks import Chapter, Chart, Column, Document, Picture, Said, Series, Table
from sim.report.document.canvas import contrast
from tests.worlds.documents import FORMULA, HOSTILE, document

EMPTY = {"meta", "link", "br", "path", "rect", "circle", "use", "stop"}


class Outline(HTMLParser):
    """What a page consists of, and where what is opened is not closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.wrong, self.tags, self.ids, self.words = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_endtag(self, tag):
        if tag not in EMPTY and (not self.open or self.open.pop() != tag):
            self.wrong.append(tag)

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    def of(self, tag):
        return [attributes for found, attributes in self.tags if found == tag]


@pytest.fixture(scope="module", params=["en", "zh"])
def made(request):
    """Return a report with its page, in each language."""
    report = document(request.param)
    return report, pages.html_of(report)


def blocks(report):
    return [block for chapter in report.chapters for block in chapter.blocks]


def test_a_page_is_well_formed_and_every_name_stands_once(made):
    """What refers to something within the page finds it."""
    report, text = made
    outline = Outline(text)
    assert not outline.wrong
    assert not outline.open
    assert len(outline.ids) == len(set(outline.ids))
    meant = set(re.findall(r"url\(#([^)]+)\)", text)) | set(re.findall(r'(?:xlink:)?href="#([^"]+)"', text))
    meant |= {one["aria-labelledby"] for _, one in outline.tags if "aria-labelledby" in one}
    assert meant
    assert meant <= set(outline.ids)
    assert "text-anchor: middle; fill: #222222" in text
    assert outline.of("html")[0]["lang"] == ("zh-CN" if report.lang == "zh" else "en")


def test_a_page_needs_nothing_else_and_runs_nothing(made):
    """Nothing is asked for from elsewhere: addresses are names of formats, data, or words somebody wrote."""
    _, text = made
    outline = Outline(text)
    assert not {"script", "link", "img", "iframe", "object", "embed", "base"} & {tag for tag, _ in outline.tags}
    assert not [key for _, one in outline.tags for key in one if key.startswith("on")]
    sources = [one[key] for _, one in outline.tags for key in ("src", "href", "xlink:href", "action") if key in one]
    assert all(one.startswith(("#", "data:")) for one in sources)
    assert all(one.startswith(("#", "data:")) for one in re.findall(r"url\(([^)]*)\)", text))
    assert "@import" not in text
    assert "default-src 'none'" in outline.of("meta")[1]["content"]


def test_what_people_wrote_stays_words(made):
    """A title is no markup, wherever it stands."""
    _, text = made
    assert "<script" not in text
    assert "<b>'B'" not in text
    words = "".join(Outline(text).words)
    assert words.count(HOSTILE) == 3
    assert FORMULA in words


def test_everything_is_told(made):
    """Each sentence, heading, cell and category is on the page; what is long is in the appendix, once."""
    report, text = made
    outline = Outline(text)
    words = " ".join(" ".join(outline.words).split())
    told = [report.title, report.subtitle, report.foot, *(one.title for one in report.chapters)]
    for block in blocks(report):
        told += block.sentences if isinstance(block, Said) else [block.title]
        if isinstance(block, Table):
            told += [one.heading for one in block.columns] + [
                cell for row in block.rows for cell in row if cell == str(cell)
            ]
        if isinstance(block, Chart):
            told += [one.name for one in block.series if len(block.series) > 1]
    assert not [one for one in told if " ".join(one.split()) not in words]
    drawn = [one["aria-label"] for one in outline.of("svg") if one["aria-label"]]
    assert all(
        any(block.title in one for one in drawn) for block in blocks(report) if isinstance(block, Chart | Picture)
    )
    assert len(outline.of("caption")) == sum(isinstance(one, Table) for one in blocks(report))
    assert {one["scope"] for one in outline.of("th")} == {"col", "row"}
    assert len(outline.of("h1")) == 1


def test_long_tables_of_what_is_told_are_in_the_appendix():
    """Where one would stand, a link leads to it."""
    long = next(one for one in blocks(document()) if isinstance(one, Table) and not one.brief)
    report = Document("en", "T", "S", (Chapter("one", "One", "First", (long,)),), "foot")
    text = pages.html_of(report)
    assert text.index('href="#table-inputs"') < text.index("Tables in full</h2>") < text.index('id="table-inputs"')
    assert text.count("<caption>") == 1


def test_wide_things_get_sheets_that_lie():
    """A table that no sheet has room for that stands; where one in the appendix needs it, its whole chapter."""
    names = [f"column {place} of the table" for place in range(14)]
    columns = tuple(Column(f"c{place}", name) for place, name in enumerate(names))
    wide = Table("wide", "Wide", columns, (tuple(f"some words {place}" for place in range(14)),))
    narrow = Table("narrow", "Narrow", columns[:3], (("a", "b", "c"),))
    told, more = (
        Chapter("a", "A", "A", (narrow, wide)),
        Chapter("b", "B", "B", (replace(wide, name="again"),), slide=False),
    )
    text = pages.html_of(Document("en", "T", "", (told, more), ""))
    assert re.findall(r'class="(lying|table|chapter[^"]*)"', text) == [
        "chapter",
        "table",
        "lying",
        "table",
        "chapter appendix lying",
        "table",
    ]


def test_everything_can_be_read_in_both_themes():
    """What is written has enough contrast on the page, and what is drawn can be seen."""
    sheet = files("sim.report.document").joinpath("report.css").read_text("utf-8")
    themes = [
        dict(re.findall(r"--(\w+): (#\w{6});", part)) for part in re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)
    ]
    assert len(themes) == 2
    for colors in themes:
        assert all(contrast(colors[name], colors["paper"]) >= 4.5 for name in ("ink", "soft", "link"))
        assert all(contrast(colors[name], colors["paper"]) >= 3.0 for name in ("now", "better", "worse"))


def test_a_foot_ends_no_style_sheet():
    """What stands at the foot of paper is written so that nothing in it means anything."""
    report = replace(document(), foot='"}</style><p>\\ 中\n')
    style = re.search(r"<style>(.*?)</style>", pages.html_of(report), re.DOTALL)[1]
    assert "content: counter(page)" in style
    assert '@bottom-left{content:"\\22 \\7d \\3c \\2f style' in style


def test_charts_without_values_are_pages_too():
    """Nothing known, nothing to compare, one week only."""
    unknown = Series("Now", (float("nan"),))
    kinds = ("bars", "stacked", "lines", "intervals")
    charts = tuple(Chart(kind, kind, kind, ("A",), (unknown,), "axis") for kind in kinds)
    empty = tuple(Chart(f"{kind}_none", kind, kind, (), (), "axis") for kind in kinds)
    table = Table("none", "Nothing", (), ())
    text = pages.html_of(Document("en", "T", "", (Chapter("a", "A", "A", (*charts, *empty, table)),), ""))
    assert not Outline(text).wrong
    assert "nan" not in re.sub("<style>.*?</style>", "", text, flags=re.DOTALL).lower()


def test_the_same_report_gives_the_same_bytes(made, tmp_path):
    """Nothing on the page depends on when it was written, or how often."""
    report, text = made
    path = pages.write(report, tmp_path / "report.html")
    assert path.read_bytes() == text.encode("utf-8")
