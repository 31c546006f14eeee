"""Stories on the command line: which one belongs to which scenario, and what a file with one can switch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.errors import UsageError
from sim.scenario import Scenario
from sim.scenario.files import find
from sim.words import words

if TYPE_CHECKING:
    from sim.web.story.reading import StoryFile

texts = words("storyfile")

Told = dict[str, Any]


def stories_for(
    given: Iterable[str], scenarios: Mapping[str, Scenario], path: Path | None, lang: str
) -> dict[str, Told]:
    """Return the stories of scenarios as the page is told them: the one that is asked for, else those that come along.

    Parameters
    ----------
    given : iterable of str
        The scenarios as they were named, in the order of `scenarios`.
    scenarios : mapping of Scenario
        By the name under which the page has them.
    path : Path or None
        The file of a story with which the page begins.
    lang : str
        The language of what is said where it is about none of them.
    """
    from sim.web.story.reading import read_story, shipped_story
    from sim.web.story.told import story_told

    asked = None if path is None else read_story(path)
    told: dict[str, Told] = {}
    for named, (name, scenario) in zip(given, scenarios.items(), strict=True):
        identity = find(named).identity
        own = asked is not None and asked.about.identity == identity
        file = asked if own else shipped_story(named) if identity.startswith("shipped:") else None
        if file is not None:
            told[name] = story_told(file.story(scenario), scenario, opens=own)
    if asked is not None and not any(one["opens"] for one in told.values()):
        raise _not_its_story(asked, ", ".join(scenarios), lang)
    return told


def scenario_named_in(path: Path) -> str:
    """Return the scenario of a story as a command line names it.

    Parameters
    ----------
    path : Path
        Of the story.
    """
    from sim.web.story.reading import read_story

    about = read_story(path).about
    return about.stem if about.identity.startswith("shipped:") else str(about.place)


def story_in_file(named: str, scenario: Scenario, wish: tuple[Path, ...], lang: str) -> tuple[Told, list[str]]:
    """Return the story of a file as the page is told it, and the switches that it takes.

    Parameters
    ----------
    named : str
        The scenario as it was named.
    scenario : Scenario
        The same, with what was set.
    wish : tuple of Path
        The file of the story; nothing stands for the one that comes with the scenario.
    lang : str
        The language of what is said where there is none, or where it needs too many switches.
    """
    from sim.web.story.reading import read_story, shipped_story
    from sim.web.story.told import items_of, story_told

    about = find(named)
    shipped = about.identity.startswith("shipped:")
    file = read_story(wish[0]) if wish else shipped_story(named) if shipped else None
    if file is None:
        raise UsageError(texts.NO_STORY.format(name=named).get(lang))
    if file.about.identity != about.identity:
        raise _not_its_story(file, named, lang)
    story = file.story(scenario)
    return story_told(story, scenario, opens=True), _switches(file, items_of(story, scenario), lang)


def _switches(file: StoryFile, items: list[str], lang: str) -> list[str]:
    from sim.web.asked import subject_of
    from sim.web.stick import MOST

    name, seen = file.document.file, dict[str, str]()
    for item in items:
        subject = subject_of(item)
        if subject in seen:
            facts = {"file": name, "one": seen[subject], "other": item, "subject": subject}
            raise UsageError(texts.TWO_DOSES.format(**facts).get(lang))
        seen[subject] = item
    if len(items) > MOST:
        raise UsageError(texts.TOO_MANY.format(file=name, found=len(items), most=MOST).get(lang))
    return items


def _not_its_story(file: StoryFile, expected: str, lang: str) -> UsageError:
    facts = {"file": file.document.file, "found": file.document.data["scenario"], "expected": expected}
    return UsageError(texts.NOT_ITS_STORY.format(**facts).get(lang))
