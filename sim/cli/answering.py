"""How commands print an answer, and what they write of it: a page, pictures, its tables and all facts as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from sim.answers.answer import Answer
from sim.cli.outputs import check_outputs
from sim.cli.screen import screen, warn, write, write_json
from sim.cli.spreadsheets import write_csv_of
from sim.engine import Engine, engine_named
from sim.files import whole
from sim.report.answers.page import draw_answer, sections_of, write_page
from sim.report.lines import lines_of
from sim.words import words
from sim.words.system import why_not

texts = words("answering")

FIGURES, TABLES, PAGE, FACTS = "figures", "tables", "summary.md", "answer.json"
"""What is written into the folder of an answer, beside its runs."""


@dataclass(frozen=True, slots=True)
class Way:
    """On what an answer is worked out, and where it goes.

    Attributes
    ----------
    engine, scheduler, workers
        As for experiments.
    out
        The folder; without one the name of the organization and of the answer.
    json
        Whether facts are printed instead of sentences.
    """

    engine: str | None = None
    scheduler: str | None = None
    workers: int | None = None
    out: Path | None = None
    json: bool = False

    def made(self) -> Engine:
        """Return the engine."""
        name = self.engine or ("dask" if self.scheduler else "threads")
        return engine_named(name, workers=self.workers, scheduler=self.scheduler)

    def folder(self, name: str, kind: str) -> Path:
        """Return where it goes."""
        return self.out or Path(f"{Path(name).stem}-{kind}")

    def writable(self, name: str, kind: str, lang: str) -> Path:
        """Return where it goes, once it is known that something can be written there."""
        folder = self.folder(name, kind)
        check_outputs(name, out=folder, lang=lang)
        return folder


def interrupted(folder: Path, lang: str) -> str:
    """Return what is said where somebody interrupted the work on an answer."""
    said: str = texts.INTERRUPTED.format(folder=folder).get(lang)
    return said


def told(answer: Answer, folder: Path, way: Way, lang: str) -> None:
    """Print an answer, and write everything that is made of it into its folder."""
    if way.json:
        write_json(answer.to_json())
    else:
        console = screen()
        for heading, said in sections_of(answer, lang):
            console.print(heading.get(lang), style="bold")
            for sentence in said:
                console.print(lines_of(sentence, console.width, lang))
            console.print()
    try:
        written = _written(answer, folder, lang)
    except OSError as error:
        warn(texts.NOT_WRITTEN.format(folder=folder, why=why_not(error)).get(lang))
        return
    if not way.json:
        write(texts.WRITTEN.format(folder=folder, files=len(written)).get(lang))


def _written(answer: Answer, folder: Path, lang: str) -> list[Path]:
    """Write page, pictures, tables and facts."""
    written = [write_page(answer, folder / PAGE, lang), *draw_answer(answer, folder / FIGURES, lang)]
    (folder / TABLES).mkdir(exist_ok=True)
    for name, table in answer.tables.items():
        path = folder / TABLES / f"{name}.csv"
        write_csv_of([table], path)
        written.append(path)
    with whole(folder / FACTS) as place:
        place.write_text(json.dumps(answer.to_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [*written, folder / FACTS]
