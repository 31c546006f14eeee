"""A story as the page is told it, and where its answers say otherwise than its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from sim.scenario import Scenario
from sim.spec.base import text_of
from sim.spec.measured import measure_specs
from sim.web.asked import asked_of
from sim.web.said import L
from sim.web.story.expecting import Expectation, expectations_of
from sim.web.story.figures import Figure, figures_in, value_of
from sim.web.story.spec import Bet, Story, StoryPage
from sim.web.workshop.posing import DIRECTIONS
from sim.words import LANGUAGES, words

asked_in_rooms = words("workshop")

LETTERS = "abcdef"
"""What choices are called among themselves."""

AnswerOf = Callable[[str], Mapping[str, Any]]
"""Returns the answer for what stands for some items; nothing is how things are now."""


def story_told(story: Story, scenario: Scenario, opens: bool = False) -> dict[str, Any]:
    """Return a story as plain data, for the frame of the page.

    Parameters
    ----------
    story : Story
        One that has passed all checks.
    scenario : Scenario
        The organization it is about.
    opens : bool
        Whether the page begins with it.
    """
    pages = [_page(scenario, page, story.called(index)) for index, page in enumerate(story.pages)]
    return {"title": text_of(story.title).by_language(), "opens": opens, "pages": pages}


def _page(scenario: Scenario, page: StoryPage, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "title": _lines(page.title),
        "text": _lines(page.text),
        "items": _items(scenario, page.with_),
        "show": list(page.show),
        "at": page.at,
        "bet": None if page.bet is None else _bet(scenario, page.bet),
        "expects": [one.told() for one in expectations_of(page.expects).values()],
    }


def _bet(scenario: Scenario, bet: Bet) -> dict[str, Any]:
    choices = [
        {"id": letter, "label": _lines(one.label), "items": _items(scenario, one.with_)}
        for letter, one in zip(LETTERS, bet.choices, strict=False)
    ]
    if bet.kind == "direction":
        choices = _directions(measure_specs(scenario)[bet.measure].better)
    return {
        "kind": bet.kind,
        "ask": _lines(bet.question) if bet.question else None,
        "measure": bet.measure or None,
        "choices": choices,
    }


def _directions(better: str) -> list[dict[str, Any]]:
    """Return what can be bet on a direction, in the words of the phones."""
    labels = asked_in_rooms.DIRECTIONS
    return [{"id": name, "label": _lines(labels[way]), "items": []} for way, name in DIRECTIONS[better].items()]


def _lines(label: Any) -> L:
    return {lang: told.strip() for lang, told in text_of(label).by_language().items()}


def _items(scenario: Scenario, items: tuple[str, ...]) -> list[str]:
    return list(asked_of(scenario, items).items)


def items_of(story: Story, scenario: Scenario) -> list[str]:
    """Return everything that a story switches on somewhere, once each, in the order of its pages.

    Parameters
    ----------
    story : Story
        One that has passed all checks.
    scenario : Scenario
        The organization it is about.
    """
    found: list[str] = []
    for page in story.pages:
        for items in (page.with_, *(one.with_ for one in (page.bet.choices if page.bet else ()))):
            found += _items(scenario, items)
    return list(dict.fromkeys(found))


class Contradicted(NamedTuple):
    """Something that a text takes for granted, and an answer says otherwise.

    Attributes
    ----------
    page
        The id of the page.
    key
        The line of the file that says so.
    expectation
        What was expected.
    value
        What the answer says instead.
    """

    page: str
    key: str
    expectation: Expectation
    value: Any


class Checked:
    """A story beside the answers to everything that it switches on.

    Parameters
    ----------
    story : Story
        One that has passed all checks.
    scenario : Scenario
        The organization it is about.
    answer_of : callable
        Returns the answer for a key of what is asked.
    frame : mapping
        What all answers have in common.
    """

    def __init__(self, story: Story, scenario: Scenario, answer_of: AnswerOf, frame: Mapping[str, Any]) -> None:
        self._story, self._answer_of, self._frame = story, answer_of, frame
        called = {story.called(index): page for index, page in enumerate(story.pages)}
        self._keys = {name: asked_of(scenario, page.with_).key for name, page in called.items()}
        self._pages = called

    def contradicted(self) -> list[Contradicted]:
        """Return everything that is expected and not so."""
        return list(self._contradicted())

    def _contradicted(self) -> Iterator[Contradicted]:
        for name, page in self._pages.items():
            for key, one in expectations_of(page.expects).items():
                value, *than = (self._value(figure, name) for figure in one.figures)
                if one.holds(value, *than) is False:
                    yield Contradicted(name, key, one, value)

    def unfilled(self) -> list[tuple[str, str]]:
        """Return the figures that no answer has, by page."""
        return [
            (name, figure.whole)
            for name, page in self._pages.items()
            for figure in _asked_for(page)
            if self._value(figure, name) is None
        ]

    def _value(self, figure: Figure, page: str) -> Any:
        return value_of(figure, self._answer_of(self._keys[figure.page or page]), self._frame)


def _asked_for(page: StoryPage) -> Iterator[Figure]:
    for label in (page.title, page.text, page.bet.question if page.bet else ""):
        for lang in LANGUAGES:
            yield from figures_in(text_of(label).get(lang))
