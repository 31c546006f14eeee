"""Where files of claims are: the one that is shipped, and those that somebody writes."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from sim.scenario.files import Found, find, find_among, read_text, yaml_files
from sim.scenario.yaml import parse
from sim.spec.findings import ScenarioError
from sim.words import words

texts = words("audit")

FOLDER = "shipped"
"""The folder of the claims that come with the product, within this package."""

SHIPPED = "claims"
"""The file that is audited where nobody names another."""


def find_claims(name: str | Path) -> Found:
    """Return the file of the shipped claims, or of a path."""
    return find_among(yaml_files(files("sim.answers.audit") / FOLDER), name, None, SHIPPED, texts.NO_SUCH_FILE)


def is_claims(name: str | Path) -> bool:
    """Tell whether a name or file is that of claims: the shipped one, or a file that has some."""
    try:
        found = find(name) if name != SHIPPED else find_claims(name)
        text = read_text(found)
        return "claims:" in text and "claims" in parse(text, found.file).data
    except ScenarioError:
        return False  # which is told where it is read for good
