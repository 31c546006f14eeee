"""What happens in a workshop, as one line each: whoever reads the lines in their order has the workshop.

Texts of people are cleaned where they come in: nothing in them steers a screen or hides what stands around them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from sim.characters import unsteered
from sim.spec.base import Model, number, refuse, whole
from sim.words import words

texts = words("workshop")

FORMAT: Literal[1] = 1
"""Counts how logs have been written so far."""

MOST_CHOICES = 8
MOST_LETTERS = {"name": 30, "why": 200, "text": 300, "label": 100, "note": 1_000}
"""Letters of what people write."""

NOTES = ("hypothesis", "finding", "decision")
"""What a host writes down about a question."""

_GAPS = re.compile(r"\s+")
_BLANKS = re.compile(r"[^\S\n]+")


def cleaned(found: Any, most: int, lines: bool = False) -> str:
    """Return a text of a person without what steers screens, or refuse it.

    Parameters
    ----------
    found : object
        What came.
    most : int
        Letters that it may have.
    lines : bool
        Whether it may have several lines.
    """
    if not isinstance(found, str):
        raise refuse(texts.EXPECTED_TEXT.format(most=most))
    plain = unicodedata.normalize("NFC", unsteered(found.replace("\r\n", "\n")))
    plain = _BLANKS.sub(" ", plain) if lines else _GAPS.sub(" ", plain)
    if len(plain.strip()) > most:
        raise refuse(texts.EXPECTED_TEXT.format(most=most))
    return plain.strip()


def _of(what: str, lines: bool = False) -> BeforeValidator:
    return BeforeValidator(lambda found: cleaned(found, MOST_LETTERS[what], lines))


_IN_BOTH = BeforeValidator(lambda found: {"en": found, "zh": found} if isinstance(found, str) else found)
"""Takes one text for both languages."""


Why = Annotated[str, _of("why")]
PersonName = Annotated[str, _of("name")]
Note = Annotated[str, _of("note", lines=True)]
Identifier = Annotated[str, Field(pattern=r"^[\w-]{1,60}$")]
Items = Annotated[tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=40)]
Finite = Annotated[float, number(-1e12, 1e12)]
Kind = Literal["direction", "size", "which", "poll"]


class Said(Model):
    """A sentence in both languages."""

    en: Annotated[str, _of("text")]
    zh: Annotated[str, _of("text")]


class Called(Model):
    """A name in both languages."""

    en: Annotated[str, _of("label")]
    zh: Annotated[str, _of("label")]


class Long(Model):
    """A name in both languages that was put together of others."""

    en: Annotated[str, Field(max_length=4_000)]
    zh: Annotated[str, Field(max_length=4_000)]


EitherSaid = Annotated[Said, _IN_BOTH]
EitherCalled = Annotated[Called, _IN_BOTH]


class Choice(Model):
    """What can be bet on."""

    id: Identifier
    label: Long
    items: Items = ()


class Measure(Model):
    """What is asked about, in the unit that is shown, and that of its differences."""

    id: Identifier
    label: Long
    unit: Long
    delta_unit: Long
    digits: Annotated[int, whole(0, 6)]
    better: Literal["higher", "lower", "neither"]


class Scale(Model):
    """From where to where sizes are bet, and how finely."""

    low: Finite
    high: Finite
    step: Annotated[float, number(0.0, 1e12, above=True)]


class Question(Model):
    """What people bet on."""

    id: Identifier
    number: Annotated[int, whole(1, 100_000)]
    kind: Kind
    scenario: Annotated[str, Field(max_length=200)]
    text: Long
    measure: Measure | None = None
    items: Items = ()
    label: Long
    choices: Annotated[tuple[Choice, ...], Field(max_length=MOST_CHOICES)] = ()
    scale: Scale | None = None
    now: Finite | None = None
    page: Identifier | None = None


class Result(Model):
    """What came out, in the unit that is shown."""

    right: tuple[Identifier, ...] = ()
    n: Annotated[int, whole(0, 10_000_000)]
    wanted: Annotated[int, whole(0, 10_000_000)]
    state: Literal["first", "growing", "final"]
    now: Finite | None = None
    then: Finite | None = None
    diff: Finite | None = None
    low: Finite | None = None
    high: Finite | None = None
    verdict: Annotated[str, Field(max_length=20)] | None = None
    within: Finite | None = None
    of: Annotated[dict[Identifier, Finite | None], Field(default_factory=dict)]


class Began(Model):
    """The first line: which workshop this is, who may come in, and at which port."""

    do: Literal["room"] = "room"
    format: Literal[1] = FORMAT
    code: Annotated[str, Field(pattern=r"^[0-9A-Z]{4,12}$")]
    host: Annotated[str, Field(pattern=r"^[\w-]{20,100}$")]
    version: Annotated[str, Field(max_length=60)] = ""
    port: Annotated[int, whole(0, 65_535)] = 0


class Posed(Model):
    """A question was put to the room."""

    do: Literal["pose"] = "pose"
    question: Question


class Placed(Model):
    """Somebody bet, or changed a bet."""

    do: Literal["bet"] = "bet"
    question: Identifier
    person: Identifier
    choice: Identifier | None = None
    value: Finite | None = None
    why: Why = ""


class Named(Model):
    """Somebody told a name, or took it back."""

    do: Literal["name"] = "name"
    person: Identifier
    name: PersonName


class Turned(Model):
    """Bets were closed or opened again, the result was shown, or the question taken back."""

    do: Literal["close", "reopen", "reveal", "withdraw"]
    question: Identifier


class Noted(Model):
    """The host wrote something down about a question."""

    do: Literal["note"] = "note"
    question: Identifier
    field: Literal["hypothesis", "finding", "decision"]
    text: Note


class Found(Model):
    """The model answered."""

    do: Literal["result"] = "result"
    question: Identifier
    result: Result


Event = Posed | Placed | Named | Turned | Noted | Found


class Line(Model):
    """A line of a log: when something happened, and what."""

    at: Annotated[str, Field(max_length=40)]
    event: Annotated[Began | Event, Field(discriminator="do")]


_LINES = TypeAdapter(Line)


def line_of(text: str | bytes) -> Line | None:
    """Return what a line of a log says; None where it is damaged."""
    try:
        return _LINES.validate_json(text)
    except (ValidationError, ValueError, RecursionError):
        return None


def written(line: Line) -> bytes:
    """Return a line as it stands in a log."""
    return line.model_dump_json(exclude_none=True).encode() + b"\n"
