"""A report as one HTML file that needs nothing else: it is read on screens of any size, and printed.

Nothing in it runs and nothing is loaded from elsewhere. The letters that its charts and pictures are laid out with come
along, and so do the Chinese ones of its sentences, for machines that have none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from sim.files import whole
from sim.report.document.blocks import Block, Chapter, Document, Table
from sim.report.document.canvas import escaped
from sim.report.document.grids import see_html
from sim.report.document.markup import Laid, laid
from sim.report.embedding import faces_with_signs
from sim.report.lettering import Lettering
from sim.words import words

_TEXTS = words("pages")

TAGS = {"en": "en", "zh": "zh-CN"}
"""What HTML calls the languages."""

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
)
"""What a browser lets the file do: look as it says, with letters and images that are in it."""

_ALWAYS = "0123456789/ '•\u00a0"
"""What is seen without standing in the text as such: numbers of sheets, points of lists, what HTML has a name for."""

_TABLES = "tables"


def write(document: Document, path: Path) -> Path:
    """Write a report as one HTML file; the same report gives the same bytes.

    Parameters
    ----------
    document
        The report.
    path
        Where it is written.

    Returns
    -------
    Path
        The same.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    text = html_of(document)
    with whole(path) as place:
        place.write_text(text, encoding="utf-8", newline="\n")
    return path


def html_of(document: Document, packed: bool = True) -> str:
    """Return a report as HTML.

    Parameters
    ----------
    document
        The report.
    packed
        Whether the letters that it brings are compressed; what unpacks them may write the time into them.
    """
    with Lettering().used():
        body = "\n".join(_body(document))
        brought = faces_with_signs((one for one in f"{body}{_ALWAYS}" if one not in "\n\t"), packed)
    look = files(__package__).joinpath("report.css").read_text("utf-8")
    facts = (f'<meta name="deptsim:{key}" content="{escaped(str(one))}">' for key, one in document.facts.items())
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escaped(POLICY)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="generator" content="deptsim report">',
        '<meta name="color-scheme" content="light dark">',
        *facts,
        f"<title>{escaped(document.title)}</title>",
        f"<style>{brought}{_foot_style(document.foot)}{look}</style>",
    ]
    tag = TAGS.get(document.lang, document.lang)
    parts = [
        "<!doctype html>",
        f'<html lang="{tag}">',
        "<head>",
        *head,
        "</head>",
        "<body>",
        body,
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _body(document: Document) -> Iterator[str]:
    lang = document.lang
    told = [one for one in document.chapters if one.slide]
    more = [*(one for one in document.chapters if not one.slide), *_long_tables(told, lang)]
    entries = [
        *((str(place), one) for place, one in enumerate(told, 1)),
        *((_letter(place), one) for place, one in enumerate(more)),
    ]
    yield f'<header><h1>{escaped(document.title)}</h1><p class="subtitle">{escaped(document.subtitle)}</p>'
    yield f'<p class="about">{escaped(document.foot)}</p></header>'
    yield f'<nav aria-labelledby="contents"><h2 id="contents">{escaped(_TEXTS.CONTENTS.get(lang))}</h2><ol>'
    yield from (_entry(number, one, one in more[:1]) for number, one in entries)
    yield "</ol></nav>"
    yield "<main>"
    for number, one in entries:
        yield from _chapter(number, one, lang, first_of_appendix=one in more[:1])
    yield "</main>"
    yield f"<footer>{escaped(document.foot)}</footer>"


def _long_tables(chapters: Sequence[Chapter], lang: str) -> Iterator[Chapter]:
    """Yield a chapter with the tables that are too long to stand among what is told, where there are such."""
    found = [one for chapter in chapters for one in chapter.blocks if _is_long(one)]
    if found:
        title = _TEXTS.TABLES.get(lang)
        yield Chapter(_TABLES, title, title, tuple(found), slide=False)


def _is_long(block: Block) -> bool:
    return isinstance(block, Table) and not block.brief


def _letter(place: int) -> str:
    """Return the letters of a place in the appendix: A to Z, then AA."""
    before, last = divmod(place, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)


def _entry(number: str, chapter: Chapter, first_of_appendix: bool) -> str:
    title = f' <span class="finding">{escaped(chapter.title)}</span>' if chapter.title != chapter.subject else ""
    link = (
        f'<a href="#{_name(chapter)}"><span class="count">{number}</span> <b>{escaped(chapter.subject)}</b>{title}</a>'
    )
    return f'<li class="appendix">{link}</li>' if first_of_appendix else f"<li>{link}</li>"


def _chapter(number: str, chapter: Chapter, lang: str, first_of_appendix: bool) -> Iterator[str]:
    name = _name(chapter)
    appendix = _TEXTS.APPENDIX.get(lang)
    subject = number if chapter.slide else f"{appendix} {number}"
    if chapter.subject != chapter.title:
        subject = f"{subject} · {chapter.subject}"
    head = f'<p class="subject">{escaped(subject)}</p><h2 id="{name}-title">{escaped(chapter.title)}</h2>'
    blocks = [_laid(block, chapter, lang) for block in chapter.blocks]
    if chapter.key == _TABLES:
        blocks.sort(key=lambda one: one.lying)
    lies = any(one.lying for one in blocks) and not chapter.slide and chapter.key != _TABLES
    kinds = "chapter" + " appendix" * first_of_appendix + " lying" * lies
    yield f'<section id="{name}" class="{kinds}" aria-labelledby="{name}-title">'
    yield from (one.html for one in [Laid(head), *blocks]) if lies else _on_sheets(head, blocks)
    yield "</section>"


def _laid(block: Block, chapter: Chapter, lang: str) -> Laid:
    if isinstance(block, Table) and not block.brief and chapter.slide:
        return Laid(see_html(block, lang))
    return laid(block, lang)


def _on_sheets(head: str, blocks: Sequence[Laid]) -> Iterator[str]:
    """Yield blocks, those within a part of their own that want a sheet that lies; the title goes with the first."""
    first = bool(blocks) and blocks[0].lying
    for lying, group in groupby([Laid(head, first), *blocks], lambda one: one.lying):
        text = "\n".join(one.html for one in group)
        yield f'<div class="lying">{text}</div>' if lying else text


def _name(chapter: Chapter) -> str:
    return f"chapter-{escaped(chapter.key)}"


def _foot_style(foot: str) -> str:
    """Return a rule that puts a line at the foot of each sheet of paper; no text can end it."""
    told = "".join(one if one.isalnum() and one.isascii() else f"\\{ord(one):x} " for one in foot)
    return f'@page{{@bottom-left{{content:"{told}"}}}}\n'
