"""Where experiments are: those that are shipped by name, and files; what they say of themselves, unchecked.

Nothing is loaded for that but what reads files, so that commands which only list or look answer at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter

from sim.scenario.files import Found, find, find_among, read_text, shipped_folder, yaml_files
from sim.scenario.yaml import parse
from sim.spec.base import Description, text_of
from sim.spec.findings import ScenarioError
from sim.words import Text, words

texts = words("experimentfile")

FOLDER = "experiments"
"""The folder of shipped experiments."""


def shipped_experiments() -> tuple[str, ...]:
    """Return the names of the experiments that come with the product."""
    return tuple(sorted(yaml_files(shipped_folder(FOLDER))))


def find_experiment(name: str | Path) -> Found:
    """Return the file of a shipped experiment or of a path."""
    return find_among(yaml_files(shipped_folder(FOLDER)), name, None, FOLDER, texts.NO_SUCH_EXPERIMENT)


def told_by_shipped() -> dict[str, Mapping[str, Text]]:
    """Return of every shipped experiment its title, question and answer, by its name."""
    return {name: _told(find_experiment(name)) for name in shipped_experiments()}


def _told(found: Found) -> Mapping[str, Text]:
    data, read = parse(read_text(found), found.file).data, TypeAdapter(Description)
    return {field: text_of(read.validate_python(data.get(field, ""))) for field in ("title", "question", "answer")}


def is_experiment(name: str | Path) -> bool:
    """Tell whether a name or file is that of an experiment: a shipped one, or a file that names organizations."""
    if isinstance(name, str) and name in shipped_experiments():
        return True
    try:
        found = find(name)
        text = read_text(found)
        return "scenarios" in text and "scenarios" in parse(text, found.file).data
    except ScenarioError:
        return False  # which is told where it is read for good
