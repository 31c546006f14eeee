"""A story beside what the model says: where its words take for granted what does not come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sim.engine import Engine
from sim.scenario import Scenario
from sim.spec.findings import Finding, listed
from sim.web.asked import asked_of
from sim.web.story.expecting import Expectation
from sim.web.story.reading import StoryFile
from sim.web.story.spec import Story
from sim.web.story.told import Checked, Contradicted
from sim.web.studies import Studies
from sim.words import Text, words

texts = words("storyfile")

Progress = Callable[[int, int], None]
"""Told how many runs are done, of how many."""


def tried(file: StoryFile, scenario: Scenario, replications: int, engine: Engine, progress: Progress) -> list[Finding]:
    """Return where the answers say otherwise than a story expects, as errors.

    Parameters
    ----------
    file : StoryFile
        One that has passed all checks.
    scenario : Scenario
        The organization it is about.
    replications : int
        How many stand behind each answer.
    engine : Engine
        What works on replications.
    progress : callable
        Told how many runs are done, of how many.
    """
    story = file.story(scenario)
    studies = Studies(scenario, 1, engine)
    keys = list(dict.fromkeys(["", *(asked_of(scenario, page.with_).key for page in story.pages)]))
    frame = studies.frame()

    @cache
    def answer(key: str) -> Mapping[str, Any]:
        asked = studies.asked(key)
        studies.grow(asked, replications)
        found: Mapping[str, Any] = studies.answer(asked, wanted=replications)
        return found

    for done, key in enumerate(keys):
        progress(done * replications, len(keys) * replications)
        answer(key)
    found = Checked(story, scenario, answer, frame).contradicted()
    return [_finding(one, story, replications).placed(file.document.lines, file.document.file) for one in found]


def _finding(one: Contradicted, story: Story, replications: int) -> Finding:
    index = next(i for i in range(len(story.pages)) if story.called(i) == one.page)
    found = one.value if isinstance(one.value, str) else f"{one.value:.3g}"
    facts = {"found": found, "expected": _expected(one.expectation), "count": replications}
    return Finding(texts.OTHERWISE.format(**facts), ("pages", index, "expects", one.key))


def _expected(one: Expectation) -> Text:
    if one.verdicts:
        return listed(one.verdicts)
    told = one.told()
    how = "above" if one.above else "below"
    return Text(f"{how} {told[how]}", f"{how} {told[how]}")
