"""A question as a host wants it, understood: in words, with what can be bet on and in which unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, ValidationError

from sim.scenario import Scenario
from sim.spec.base import Model
from sim.spec.explain import findings_of
from sim.spec.findings import TextError
from sim.web.asked import asked_of
from sim.web.figures import round_step
from sim.web.shown import neat
from sim.web.workshop.events import (
    MOST_CHOICES,
    Called,
    Choice,
    EitherCalled,
    EitherSaid,
    Identifier,
    Items,
    Kind,
    Long,
    Measure,
    Note,
    Question,
    Said,
    Scale,
)
from sim.words import Text, series, words

texts = words("workshop")

FINE = 100
"""In about how many steps sizes are bet."""

DIRECTIONS = {
    "higher": {"up": "better", "same": "same", "down": "worse"},
    "lower": {"up": "worse", "same": "same", "down": "better"},
    "neither": {"up": "more", "same": "same", "down": "less"},
}
"""By what a direction is known, from up to down, by what is better; people read where it goes, not how to like it."""


class NoQuestionError(TextError):
    """A question cannot be put; one sentence says why."""


class Offered(Model):
    """Something to bet on, as a host names it."""

    label: EitherCalled | None = None
    items: Items = ()


class Wish(Model):
    """A question as a host wants it."""

    kind: Kind
    scenario: Annotated[str, Field(max_length=200)]
    measure: Annotated[str, Field(max_length=60)] | None = None
    items: Items = ()
    text: EitherSaid | None = None
    choices: Annotated[tuple[Offered, ...], Field(max_length=MOST_CHOICES)] = ()
    hypothesis: Note = ""
    page: Identifier | None = None


def wish_in(data: Any) -> Wish:
    """Return what a host wants to ask.

    Raises
    ------
    NoQuestionError
        If it is no question, in one sentence.
    """
    try:
        return Wish.model_validate(data)
    except ValidationError as error:
        found = findings_of(error, data, Wish)[0]
        raise NoQuestionError(texts.NOT_UNDERSTOOD.format(field=found.field or "question", why=found.text)) from None


def question_of(
    wish: Wish, number: int, scenario: Scenario, measures: Sequence[Mapping[str, Any]], now: Mapping[str, Any]
) -> Question:
    """Return a question with everything that people need to know to bet on it.

    Parameters
    ----------
    wish : Wish
        What the host wants.
    number : int
        How many questions there are with this one.
    scenario : Scenario
        What it is about.
    measures : sequence
        What is on the screen, as the frame has it.
    now : mapping
        What is known of how things are now: measures by name, as an answer has them.

    Raises
    ------
    TextError
        If it cannot be asked.
    """
    if wish.kind == "poll":
        return _poll(wish, number)
    known = {one["id"]: one for one in measures}
    if wish.measure not in known:
        facts = {"found": wish.measure or texts.NOTHING, "known": series(known, 10)}
        raise NoQuestionError(texts.NO_MEASURE.format(**facts))
    measure = _measure(known[wish.measure])
    here = now.get(measure.id, {}).get("now")
    asked = asked_of(scenario, wish.items)
    if wish.kind != "which" and not asked.items:
        raise NoQuestionError(texts.NOTHING_TRIED)
    choices = _choices(wish, scenario, measure)
    words_of = {"name": asked.label, "measure": _text(measure.label)}
    return Question(
        id=f"q{number}",
        number=number,
        kind=wish.kind,
        scenario=wish.scenario,
        text=_long(wish.text or texts.QUESTIONS[wish.kind].format(**words_of)),
        measure=measure,
        items=asked.items,
        label=_long(asked.label),
        choices=choices,
        scale=_scale(measure, here) if wish.kind == "size" else None,
        now=here,
        page=wish.page,
    )


def _poll(wish: Wish, number: int) -> Question:
    """Return a question to which the model has no answer."""
    if wish.text is None or len(wish.choices) < 2 or any(one.label is None for one in wish.choices):
        raise NoQuestionError(texts.NO_POLL)
    choices = tuple(
        Choice(id=name, label=_long(one.label))
        for name, one in zip("abcdefgh", wish.choices, strict=False)
        if one.label is not None
    )
    return Question(
        id=f"q{number}",
        number=number,
        kind="poll",
        scenario=wish.scenario,
        text=_long(wish.text),
        label=_long(Text("", "")),
        choices=choices,
        page=wish.page,
    )


def _choices(wish: Wish, scenario: Scenario, measure: Measure) -> tuple[Choice, ...]:
    if wish.kind == "size":
        return ()
    if wish.kind == "direction":
        return tuple(
            Choice(id=name, label=_long(texts.DIRECTIONS[way])) for way, name in DIRECTIONS[measure.better].items()
        )
    if measure.better == "neither":
        raise NoQuestionError(texts.NO_BEST)
    if len(wish.choices) < 2:
        raise NoQuestionError(texts.TOO_FEW)
    return tuple(_alternative(scenario, name, one) for name, one in zip("abcdefgh", wish.choices, strict=False))


def _alternative(scenario: Scenario, name: str, offered: Offered) -> Choice:
    asked = asked_of(scenario, offered.items)
    if not asked.items:
        raise NoQuestionError(texts.NOTHING_TRIED)
    return Choice(id=name, label=_long(offered.label or asked.label), items=asked.items)


def _measure(told: Mapping[str, Any]) -> Measure:
    names = ("id", "label", "unit", "delta_unit", "digits", "better")
    return Measure.model_validate({name: told[name] for name in names})


def _scale(measure: Measure, here: float | None) -> Scale:
    """Return a scale on which what there is now has its place, and at least as much again."""
    if measure.unit.en == "%":
        return Scale(low=0, high=100, step=1)
    if here is None:
        raise NoQuestionError(texts.NOT_KNOWN_YET)
    high = round_step(2.0 * here) if here > 0.0 else 10.0 ** (1 - measure.digits)
    step = max(round_step(high / FINE), 10.0**-measure.digits)
    return Scale(low=0, high=neat(high), step=neat(step))


def _long(text: Text | Said | Called) -> Long:
    return Long(en=text.en, zh=text.zh)


def _text(long: Long) -> Text:
    return Text(long.en, long.zh)
