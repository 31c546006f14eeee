"""How commands print an answer, and what they write of it: a page, pictures, its tables and all facts as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TypeVar

from sim.answers.answer import Answer
from sim.answers.room import RUNS
from sim.cli.outputs import check_outputs
from sim.cli.pace import Pace
from sim.cli.screen import screen, warn, write, write_json
from sim.cli.spreadsheets import write_csv_of
from sim.engine import Engine, engine_named
from sim.experiments.pacing import Progress
from sim.experiments.store.errors import OtherExperimentError
from sim.files import whole
from sim.report.answers.page import draw_answer, sections_of, write_page
from sim.report.lines import lines_of
from sim.words import Text, words
from sim.words.system import why_not

texts = words("answering")

FIGURES, TABLES, PAGE, FACTS = "figures", "tables", "summary.md", "answer.json"
"""What is written into the folder of an answer, beside its runs."""

Found = TypeVar("Found", bound=Answer)
Work = Callable[[Path, Engine, Progress], Found]


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

    def folders(self, name: str, kind: str) -> Iterator[Path]:
        """Yield where it may go: where somebody says, or else a folder for each question that was asked."""
        if self.out is not None:
            yield self.out
            return
        first = f"{Path(name).stem}-{kind}"
        yield Path(first)
        yield from (Path(f"{first}-{number}") for number in count(2))


def answered(
    way: Way, names: tuple[str, str], said: Text, lang: str, work: Work[Found], files: Mapping[str, Path] | None = None
) -> tuple[Found | None, Path]:
    """Return an answer and its folder; None where somebody interrupted, who is told how it goes on.

    A folder that nobody named and that holds the runs of another question stays as it is, and the next one is taken.

    Parameters
    ----------
    way
        Where it goes, and what works on it.
    names
        What it is about, and what its folders are called.
    said
        Before how far it is.
    lang
        Of what is said.
    work
        Answers, given the folder, what works on it, and what is told how far it is.
    files
        What is written besides, by option.
    """
    for folder in way.folders(*names):
        check_outputs(names[0], out=folder, files=files, lang=lang)
        try:
            with Pace(said.get(lang), lang) as bar:
                return work(folder, way.made(), bar.standing), folder
        except OtherExperimentError:
            if way.out is not None:
                raise
        except KeyboardInterrupt:
            said_so = texts.INTERRUPTED if folder.is_dir() else texts.NOTHING_RUN
            warn(said_so.format(folder=folder).get(lang))
            return None, folder
    raise AssertionError("there is always a next folder")


def told(answer: Answer, folder: Path, way: Way, lang: str) -> None:
    """Write everything that is made of an answer into its folder, and print it; a screen that closes loses nothing."""
    written: list[Path] | None = None
    try:
        written = _written(answer, folder, lang)
    except OSError as error:
        warn(texts.NOT_WRITTEN.format(folder=folder, why=why_not(error)).get(lang))
    if way.json:
        write_json(answer.to_json())
    else:
        console = screen()
        for heading, said in sections_of(answer, lang):
            console.print(heading.get(lang), style="bold")
            for sentence in said:
                console.print(lines_of(sentence, console.width, lang))
            console.print()
    if written is not None and not way.json:
        said = texts.WRITTEN if (folder / RUNS).is_dir() else texts.WRITTEN_LOOKED
        write(said.format(folder=folder, files=len(written)).get(lang))


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
