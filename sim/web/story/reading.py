"""Story files to stories, with every finding in one go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.scenario import Scenario, load
from sim.scenario.files import Found, find, read_text, shipped_folder
from sim.scenario.starting import STORIES
from sim.scenario.yaml import Document, in_order, parse
from sim.spec.explain import findings_of
from sim.spec.findings import Finding, ScenarioError, errors, mismatch
from sim.web.story.checks import findings_in
from sim.web.story.spec import Story
from sim.words import words

texts = words("storyfile")


@dataclass(frozen=True, slots=True)
class StoryFile:
    """A file of which it is known what it is about, and not yet whether it can be told.

    Attributes
    ----------
    document
        The file as plain data.
    about
        The file of its scenario.
    """

    document: Document
    about: Found

    def story(self, scenario: Scenario) -> Story:
        """Return the story.

        Parameters
        ----------
        scenario : Scenario
            The organization it is about, as it is.

        Raises
        ------
        ScenarioError
            Where anything is wrong with it; every finding is one sentence.
        """
        story, findings = _examined(self.document, scenario)
        if story is None:
            raise ScenarioError(errors(findings))
        return story


def read_story(path: Path) -> StoryFile:
    """Return a story file.

    Parameters
    ----------
    path : Path
        Of the file.

    Raises
    ------
    ScenarioError
        Where it cannot be read, or says no scenario that is there.
    """
    found = find(path)
    return _about(parse(read_text(found), found.file), found.folder)


def shipped_story(name: str) -> StoryFile | None:
    """Return the story that comes with a shipped scenario; None where there is none.

    Parameters
    ----------
    name : str
        Of the scenario.
    """
    place = shipped_folder() / STORIES / f"{name}.yaml"
    if not place.is_file():
        return None
    file = f"{STORIES}/{name}.yaml"
    found = Found(place, file, name, None, f"shipped:{STORIES}:{name}")
    return _about(parse(read_text(found), file), None)


def load_story(path: str | Path) -> Story:
    """Return a story that has passed all checks.

    Parameters
    ----------
    path : str or Path
        Of the file.

    Raises
    ------
    ScenarioError
        Where anything is wrong with it; every finding is one sentence.
    """
    file = read_story(Path(path))
    return file.story(scenario_of(file))


def check_story(path: str | Path) -> list[Finding]:
    """Return everything that is wrong with a story file; never raises for bad input.

    Parameters
    ----------
    path : str or Path
        Of the file.
    """
    try:
        file = read_story(Path(path))
        return _examined(file.document, scenario_of(file))[1]
    except ScenarioError as error:
        return list(error.findings)


def is_story(name: str) -> bool:
    """Tell whether a file is a story rather than a scenario: it has pages or names a scenario, and no departments.

    Parameters
    ----------
    name : str
        A shipped scenario, or the path of a file.
    """
    try:
        found = find(name)
        text = read_text(found)
        fields = parse(text, found.file).data if re.search(r"pages?|scenario", text) else {}
    except ScenarioError:
        return False  # which is told where it is read for good
    told = {"pages", "page"} & set(fields) or isinstance(fields.get("scenario"), str)
    return bool(told) and not {"departments", "processes", "parent"} & set(fields)


def _about(document: Document, folder: Path | None) -> StoryFile:
    """Return a file with the one of its scenario, which is found from where the story is."""
    named = document.data.get("scenario")
    try:
        if not isinstance(named, str) or not named.strip():
            raise ScenarioError([Finding(mismatch(named, texts.A_SCENARIO), ("scenario",))])
        return StoryFile(document, find(named, folder))
    except ScenarioError as error:
        raise _at_scenario(error, document) from None


def scenario_of(file: StoryFile) -> Scenario:
    """Return the organization that a story is about, or say that it cannot be used.

    Parameters
    ----------
    file : StoryFile
        The story.
    """
    about = file.about
    try:
        return load(about.stem if about.identity.startswith("shipped:") else str(about.place))
    except ScenarioError as error:
        first = error.findings[0]
        told = Finding(texts.IN_SCENARIO.format(file=first.file or about.file, why=first.text), ("scenario",))
        raise _at_scenario(ScenarioError([told]), file.document) from None


def _at_scenario(error: ScenarioError, document: Document) -> ScenarioError:
    """Return what is wrong with the scenario of a story, as told about its field."""
    told = [one if one.path else replace(one, path=("scenario",)) for one in error.findings]
    return ScenarioError(one.placed(document.lines, document.file) for one in told)


def _examined(document: Document, scenario: Scenario) -> tuple[Story | None, list[Finding]]:
    """Return the story, where there is one, and all findings in the order of the file."""
    story, more = _validated(document.data, scenario)
    placed = in_order([*document.findings, *more], document)
    return (None if errors(placed) else story), placed


def _validated(data: Mapping[str, Any], scenario: Scenario) -> tuple[Story | None, list[Finding]]:
    """Return the story and what is wrong; pages that can be read are looked at also where another cannot."""
    try:
        story = Story.model_validate(data)
    except ValidationError as error:
        found = findings_of(error, data, Story)
        return None, [*found, *_behind(data, found, scenario)]
    return story, findings_in(story, scenario)


def _behind(data: Mapping[str, Any], found: list[Finding], scenario: Scenario) -> list[Finding]:
    """Return what is wrong with the rest, once what is refused is left out of the pages."""
    pages = data.get("pages")
    refused = {(one.path[1], one.path[2]) for one in found if one.path[:1] == ("pages",) and len(one.path) > 2}
    if not isinstance(pages, list) or {"id", "with"} & {field for _, field in refused}:
        return []  # what a refused page is called, and whether it changes anything, is unknown to others
    kept = [_without(page, {field for at, field in refused if at == index}) for index, page in enumerate(pages)]
    try:
        story = Story.model_validate({"scenario": ".", "title": ".", "pages": kept})
    except ValidationError:
        return []
    return findings_in(story, scenario)


def _without(page: Any, fields: set[Any]) -> Any:
    if not isinstance(page, Mapping):
        return {"title": "."}
    kept = {name: value for name, value in page.items() if name not in fields}
    return kept if "title" in kept else {"title": ".", **kept}
