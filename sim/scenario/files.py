"""Where scenario files are: shipped ones by name, others by path."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from sim.scenario.yaml import MAX_BYTES
from sim.spec.findings import Finding, ScenarioError, listed, shortened
from sim.spec.nearest import did_you_mean
from sim.words import Text, words
from sim.words.system import why_not

texts = words("files")

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Found:
    """A scenario file: where it is, what messages call it, and the folder its relative parents start from."""

    place: Traversable
    file: str
    stem: str
    folder: Path | None
    identity: str


def shipped_folder() -> Traversable:
    """Return the folder of shipped scenarios: inside the installed package, or beside it in a checkout."""
    package = files("sim")
    installed = package / "_scenarios"
    return installed if installed.is_dir() else Path(str(package)).parent / "scenarios"


def shipped() -> tuple[str, ...]:
    """Return the names of the scenarios that come with the product.

    Returns
    -------
    tuple of str
        Names that `load` takes.

    Examples
    --------
    >>> "order_delivery" in sim.shipped()
    True
    """
    return tuple(sorted(_shipped_files()))


def _shipped_files() -> dict[str, Traversable]:
    folder = shipped_folder()
    entries: Iterable[Traversable] = folder.iterdir() if folder.is_dir() else ()
    return {entry.name.removesuffix(".yaml"): entry for entry in entries if entry.name.endswith(".yaml")}


def find(name: str | Path, base: Path | None = None) -> Found:
    """Return the file of a shipped name or of a path; a relative path starts from `base`."""
    by_name = _shipped_files() if isinstance(name, str) else {}
    if isinstance(name, str) and name in by_name:
        return Found(by_name[name], f"{name}.yaml", name, None, f"shipped:{name}")
    path = Path(name)
    if base is not None and not path.is_absolute():
        path = base / path
    if isinstance(name, str) and not _looks_like_path(name) and not _exists(path):
        raise _unknown(name, by_name)
    return Found(path, str(path), path.stem, path.parent, _identity(path))


def _identity(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return str(path)


def _looks_like_path(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) or "/" in name or "\\" in name


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _unknown(name: str, known: Iterable[str]) -> ScenarioError:
    names = sorted(known)
    facts = {"name": shortened(name), "known": listed(names), "hint": did_you_mean(name, names)}
    return ScenarioError([Finding(texts.NO_SUCH_SCENARIO.format(**facts))])


def read_text(found: Found) -> str:
    """Return the text of a scenario file, or say in a sentence why it cannot be read."""
    problem = _problem(found.place)
    if problem is None:
        try:
            with found.place.open("rb") as stream:
                raw = stream.read(MAX_BYTES + 1)
        except (OSError, ValueError) as error:
            why = why_not(error) if isinstance(error, OSError) else texts.NO_PATH
            problem = texts.UNREADABLE.format(why=why)
    if problem is None and len(raw) > MAX_BYTES:
        problem = texts.TOO_LARGE.format(most=MAX_BYTES)
    if problem is None:
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            problem = texts.NOT_UTF8.format(place=error.start)
    raise ScenarioError([Finding(problem, file=found.file)])


def _problem(place: Traversable) -> Text | None:
    try:
        if place.is_dir():
            return texts.FOLDER
        if not place.is_file():
            missing = not isinstance(place, Path) or not place.exists()
            return texts.NO_FILE if missing else texts.NO_ORDINARY_FILE
    except (OSError, ValueError):
        return texts.UNREADABLE.format(why=texts.NO_PATH)
    return None
