"""What a story file says: pages with text in both languages, what is switched on, what to look at, where to bet."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from sim.spec.base import Description, FileFormat, Label, List, Model, Name, Table, refuse
from sim.spec.calendars import DAYS
from sim.vocab import DAY
from sim.words import words

texts = words("storyfile")

MOST_PAGES = 40
MOST_CHOICES = 6
MOST_EXPECTED = 20

_MOMENT = re.compile(r"([a-z]{3}) (\d{1,2}):(\d{2})", re.ASCII)


def _several(value: Any) -> Any:
    """Let one text stand for a list of one."""
    return (value,) if isinstance(value, str) else value


def _moment(value: Any) -> float:
    """Return the hours from Monday 00:00 to a moment that is written as ``tue 11:00``."""
    told = _MOMENT.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if told is None or told[1] not in DAYS or int(told[2]) > 23 or int(told[3]) > 59:
        raise refuse(texts.A_MOMENT)
    return DAYS.index(told[1]) * DAY + int(told[2]) + int(told[3]) / 60


Some = Annotated[List[str], BeforeValidator(_several)]
"""A list of texts, or one of them as it is."""

Moment = Annotated[float, PlainValidator(_moment), WithJsonSchema({"type": "string"})]
"""A moment of the week that is played, in hours from Monday 00:00."""


class Choice(Model):
    """One of the things that people can bet on."""

    label: Label
    """What people call it."""
    with_: Some = Field(default=(), validation_alias="with", serialization_alias="with")
    """What it switches on, where one of several alternatives is bet on."""


class Bet(Model):
    """What people commit to before they see the answer of a page."""

    kind: Literal["direction", "size", "which", "poll"]
    """Whether a measure gets better or worse, how far it goes, which alternative is best, or any question."""
    question: Description = ""
    """What is asked; empty = the usual question of its kind."""
    measure: str = ""
    """What is bet on; a poll has none."""
    choices: List[Choice] = Field(default=(), max_length=MOST_CHOICES)
    """What can be chosen from, in a poll and among alternatives."""


class StoryPage(Model):
    """One page of a story."""

    title: Label
    """What the page says in one line."""
    text: Description = ""
    """What it says below that; a blank line begins a paragraph, and figures stand in braces."""
    id: Name | None = None
    """What other pages call it; empty = page_ and its number."""
    with_: Some = Field(default=(), validation_alias="with", serialization_alias="with")
    """What is switched on; empty = how things are now."""
    show: Some = ()
    """Where to look: measures, parts of the page, or one of its tabs; empty = everywhere alike."""
    at: Moment | None = None
    """The moment of the week at which the networks stand still; empty = as it is."""
    bet: Bet | None = None
    """What people bet on before the page shows its answer; empty = nothing."""
    expects: Table[str, Some] = Field(default={}, max_length=MOST_EXPECTED)
    """What the text takes for granted, by measure or figure; where an answer says otherwise, the page says so."""


class Story(Model):
    """Pages that are shown one after the other."""

    format: FileFormat = 1
    """The version of this file format."""
    scenario: str
    """The organization it is about: a shipped scenario or the path of a file."""
    title: Label
    """A heading for people."""
    pages: List[StoryPage] = Field(min_length=1, max_length=MOST_PAGES)
    """What is shown, in this order."""

    def called(self, index: int) -> str:
        """Return what a page is called by others.

        Parameters
        ----------
        index : int
            Its place, from 0.
        """
        return self.pages[index].id or f"page_{index + 1}"
