"""Where the files of scenarios and bundles are: shipped ones by name, others by path."""

import os
from collections.abc import Iterable, Mapping
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

BUNDLES = "bundles"
"""The folder of shipped bundles of interventions."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file: where it is, what messages call it, and the folder from which the files that it names are found."""

    place: Traversable
    file: str
    stem: str
    folder: Path | None
    identity: str


def shipped_folder(name: str = "scenarios") -> Traversable:
    """Return a folder of shipped files: inside the installed package, or beside it in a checkout."""
    package = files("sim")
    installed = package / f"_{name}"
    return installed if installed.is_dir() else Path(str(package)).parent / name


def shipped() -> tuple[str, ...]:
    """Return the names of the scenarios that come with the product: organizations to begin from.

    A manufacturer's order process (``order_delivery``) and the same firm caught in distrust (``trust_trap``), a supply
    chain, a shop's campaigns, product launches, releases, complaints, a restaurant chain, incidents, a budget round and
    a heavy purchasing process. ``docs/scenarios.md`` tells of each.

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


def shipped_bundles() -> tuple[str, ...]:
    """Return the names of the bundles of interventions that come with the product."""
    return tuple(sorted(_shipped_files(BUNDLES)))


def _shipped_files(kind: str = "") -> dict[str, Traversable]:
    return yaml_files(shipped_folder() / kind if kind else shipped_folder())


def yaml_files(folder: Traversable) -> dict[str, Traversable]:
    """Return the YAML files of a folder, by name; none where there is no such folder."""
    entries: Iterable[Traversable] = folder.iterdir() if folder.is_dir() else ()
    return {entry.name.removesuffix(".yaml"): entry for entry in entries if entry.name.endswith(".yaml")}


def find(name: str | Path, base: Path | None = None) -> Found:
    """Return the file of a shipped scenario or of a path; a relative path starts from `base`."""
    return _find(name, base, "", texts.NO_SUCH_SCENARIO)


def find_bundle(name: str, base: Path | None = None) -> Found:
    """Return the file of a shipped bundle or of a path; a relative path starts from `base`."""
    return _find(name, base, BUNDLES, texts.NO_SUCH_BUNDLE)


def _find(name: str | Path, base: Path | None, kind: str, unknown: Text) -> Found:
    return find_among(_shipped_files(kind) if isinstance(name, str) else {}, name, base, kind, unknown)


def find_among(
    by_name: Mapping[str, Traversable], name: str | Path, base: Path | None, kind: str, unknown: Text
) -> Found:
    """Return the file of a name among those that are shipped, or of a path; `kind` is their folder in messages."""
    if isinstance(name, str) and name in by_name:
        file = f"{kind}/{name}.yaml" if kind else f"{name}.yaml"
        return Found(by_name[name], file, name, None, f"shipped:{file.removesuffix('.yaml')}")
    path = Path(name)
    if base is not None and not path.is_absolute():
        path = base / path
    if isinstance(name, str) and not is_path(name, base):
        raise _unknown(name, by_name, unknown)
    return Found(path, str(path), path.stem, path.parent, _identity(path))


def _identity(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return str(path)


def is_path(name: str, base: Path | None = None) -> bool:
    """Tell whether a name is that of a file: it looks like one, or there is one, seen from `base`."""
    return _looks_like_path(name) or (bool(name) and _exists(Path(base or "", name)))


def _looks_like_path(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) or "/" in name or "\\" in name


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _unknown(name: str, known: Iterable[str], said: Text) -> ScenarioError:
    names = sorted(known)
    facts = {"name": shortened(name), "known": listed(names), "hint": did_you_mean(name, names)}
    return ScenarioError([Finding(said.format(**facts))])


def read_text(found: Found) -> str:
    """Return the text of a file, or say in a sentence why it cannot be read."""
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
