"""Where a command writes to: looked at before anything is computed, and never what it reads from."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sim.cli.errors import UsageError
from sim.files import try_writing
from sim.scenario import files_of
from sim.words import Text, words
from sim.words.system import why_not

texts = words("outputs")

FILE_SUFFIXES = frozenset(
    f".{kind}"
    for kinds in (
        "csv gz htm html jpeg jpg json jsonocel md parquet pdf",
        "png pptx sqlite svg tsv txt xes xlsx yaml yml zip",
    )
    for kind in kinds.split()
)
"""What the name of a file ends with, in lower case, and hardly ever the name of a folder."""


def check_outputs(
    name: str,
    *,
    out: Path | None = None,
    files: Mapping[str, Path | None] | None = None,
    names: Iterable[str] = (),
    lang: str = "en",
) -> None:
    """Refuse a place for output that cannot be written to, or from which the scenario is read.

    Parameters
    ----------
    name
        The scenario, as the command was given it.
    out
        The folder of ``--out``.
    files
        Single files, by the option that names them.
    names
        What the files in the folder will be called, without what they end with.
    lang
        In which language to refuse.

    Raises
    ------
    UsageError
        Where the place makes no sense.
    OSError
        Where it cannot be written to.
    """
    if out is not None:
        _check_folder(out, name, lang)
    wanted = {option: path for option, path in (files or {}).items() if path is not None}
    for option, path in wanted.items():
        check_target(option, path, _sources(name) if path.exists() else (), lang)
        others = [other for one, other in wanted.items() if one != option]
        taken = out is not None and path.stem in names and _same(path.parent, out)
        if taken or any(_same(path, other) for other in others):
            raise _refusal(texts.TWICE, option, path, lang)
        with _told(option, path, lang):
            try_writing(path)


def check_target(option: str, path: Path, sources: Iterable[Path], lang: str = "en") -> None:
    """Refuse a folder where a file is to be written, and a file that is read to make it.

    Parameters
    ----------
    option
        What names the file.
    path
        The file to be written.
    sources
        The files that are read.
    lang
        In which language to refuse.

    Raises
    ------
    UsageError
        Where the place makes no sense.
    """
    if path.is_dir():
        raise _refusal(texts.FOLDER_FOR_FILE, option, path, lang)
    if any(_same(path, source) for source in sources):
        raise _refusal(texts.OVERWRITES, option, path, lang)


def _sources(name: str) -> tuple[Path, ...]:
    """Return the files that are read: those of a scenario, or a file that is none, as a log, alone."""
    path = Path(name)
    alone = path.suffix.lower() not in ("", ".yaml", ".yml") and path.is_file()
    return (path,) if alone else files_of(name)


def _check_folder(out: Path, name: str, lang: str) -> None:
    if out.exists() and not out.is_dir():
        raise _refusal(texts.FILE_FOR_FOLDER, "--out", out, lang)
    if out.is_dir():
        _check_sources_in(out, _sources(name), lang)
    elif out.suffix.lower() in FILE_SUFFIXES:
        raise _refusal(texts.LIKE_A_FILE, "--out", out, lang)
    with _told("--out", out, lang), _made(out):
        try_writing(out / "deptsim")


def _check_sources_in(out: Path, sources: Iterable[Path], lang: str) -> None:
    """Refuse a folder in which a source might be taken for one of the files to be written."""
    for path in out.iterdir():
        if path.suffix.lower() in FILE_SUFFIXES - {".yaml", ".yml"} and any(_same(path, one) for one in sources):
            raise _refusal(texts.OVERWRITES, "--out", path, lang)


def _refusal(text: Text, option: str, path: Path, lang: str) -> UsageError:
    return UsageError(text.format(option=option, path=path).get(lang))


def _same(path: Path, other: Path) -> bool:
    """Tell whether two paths are one file, whatever they are called and whether it is there or not."""
    with contextlib.suppress(OSError):
        return path.samefile(other)
    return os.path.realpath(path) == os.path.realpath(other)


@contextlib.contextmanager
def _told(option: str, path: Path, lang: str) -> Iterator[None]:
    """Let an error say in a sentence which place is none."""
    try:
        yield
    except OSError as error:
        raise OSError(texts.CLOSED.format(option=option, path=path, why=why_not(error)).get(lang)) from None


@contextlib.contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder and those it lies in, and remove those that were not there."""
    new: list[Path] = []
    for one in (folder, *folder.parents):
        if one.exists():
            break
        new.append(one)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        for one in new:
            with contextlib.suppress(OSError):
                one.rmdir()
