"""An answer on one page, in sentences and pictures, whatever it answers."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.drawn import Drawn, Only, chosen
from sim.files import whole
from sim.report.embedding import bring_letters
from sim.report.lettering import Lettering
from sim.report.style import save
from sim.scenario.view import safe
from sim.words import Text

if TYPE_CHECKING:
    from sim.answers.answer import Answer

Section = tuple[Text, list[str]]
"""A heading, and the sentences below it."""


def sections_of(answer: Answer, lang: str) -> list[Section]:
    """Return the page in its sections; those that have nothing to say are left out."""
    return [(heading, list(said)) for heading, said in _told(answer).sections(answer, lang) if said]


def write_page(answer: Answer, file: Path, lang: str) -> Path:
    """Write the page as Markdown, whole or not at all."""
    (title, first), *rest = sections_of(answer, lang)
    parts = [f"# {title.get(lang)}", "\n\n".join(first)]
    for heading, said in rest:
        parts += [f"## {heading.get(lang)}", "\n".join(f"- {one}" for one in said)]
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole(file) as place:
        place.write_text("\n\n".join(parts) + "\n", encoding="utf-8", newline="\n")
    return file


def draw_answer(answer: Answer, folder: Path, lang: str, only: Only = None) -> Drawn:
    """Write the figures asked for into a folder, which is made if need be, as PNG and as SVG."""
    folder.mkdir(parents=True, exist_ok=True)
    with Lettering().used():
        figures: Iterable[tuple[str, Any]] = _told(answer).figures(answer, lang)
        written = Drawn(path for name, figure in chosen(figures, only) for path in save(figure, folder, name))
    bring_letters([path for path in written if path.suffix == ".svg"])
    return written


def html_of_answer(answer: Answer, lang: str) -> str:
    """Return the answer as HTML, for notebooks: the answer itself, and sections that open on a click."""
    (title, first), *rest = sections_of(answer, lang)
    below = "".join(
        f"<details><summary>{safe(heading.get(lang))}</summary>{_paragraphs(said)}</details>" for heading, said in rest
    )
    return f"<div><h4>{safe(title.get(lang))}</h4>{_paragraphs(first)}{below}</div>"


def _paragraphs(said: Iterable[str]) -> str:
    return "".join(f"<p>{safe(one)}</p>" for one in said)


def _told(answer: Answer) -> Any:
    """Return the module that tells answers of this kind."""
    return import_module(f"sim.report.answers.{answer.kind}")
