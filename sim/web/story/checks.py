"""What has to hold between a story and its organization: everything that is asked for is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from sim.scenario import Scenario, ScenarioError
from sim.scenario.notes import Notes
from sim.spec.base import text_of
from sim.spec.findings import Finding, Path, TextError, listed, shown
from sim.spec.measured import measure_specs
from sim.spec.nearest import did_you_mean, nearest
from sim.web.asked import asked_of
from sim.web.said import sentence_of
from sim.web.shown import measures_shown
from sim.web.story.expecting import VERDICTS, expectation_of
from sim.web.story.figures import Figure, figures_in, known_figures, stray_in
from sim.web.story.spec import Bet, Story, StoryPage
from sim.web.workshop.events import MOST_LETTERS
from sim.words import LANGUAGES, Text, series, words

texts = words("storyfile")

PARTS = ("numbers", "why", "networks", "case")
"""Parts of the page that the eye can be led to."""

TABS = ("weeks", "hours", "trust", "pays", "sure")
"""Tabs of the page, in their order."""


def findings_in(story: Story, scenario: Scenario) -> list[Finding]:
    """Return everything that is wrong between a story and the organization it is about.

    Parameters
    ----------
    story : Story
        Understood as it stands.
    scenario : Scenario
        The organization as it is.
    """
    return _Examined(story, scenario).findings


class _Examined:
    """A story beside its organization."""

    def __init__(self, story: Story, scenario: Scenario) -> None:
        self._story, self._scenario = story, scenario
        self._notes = Notes()
        self._specs = measure_specs(scenario)
        self._measures = tuple(name for name in measures_shown(scenario) if name in self._specs)
        self._changing: dict[str, bool] = {}
        self._possible: dict[tuple[str, ...], Text | None] = {}

    @cached_property
    def _figures(self) -> tuple[str, ...]:
        return known_figures(self._scenario)

    @property
    def findings(self) -> list[Finding]:
        """What is wrong."""
        pages = self._story.pages
        names = [self._story.called(index) for index in range(len(pages))]
        self._changing = {name: bool(page.with_) for name, page in zip(names, pages, strict=True)}
        for index, page in enumerate(pages):
            if names[index] in names[:index]:
                self._notes.error(("pages", index, "id"), texts.SAME_ID.format(name=names[index]))
            self._page(page, names[index], ("pages", index))
        return self._notes.findings

    def _page(self, page: StoryPage, name: str, path: Path) -> None:
        self._items(page.with_, (*path, "with"))
        self._shown(page.show, (*path, "show"))
        self._text(page, "title", name, path, hidden=page.bet is not None)
        self._text(page, "text", name, path)
        if page.bet is not None:
            self._bet(page.bet, page, name, (*path, "bet"))
        for key, told in page.expects.items():
            self._expected(key, told, name, (*path, "expects", key))

    def _items(self, items: tuple[str, ...], path: Path) -> None:
        """Note what cannot be switched on, or not together."""
        if (why := self._why_not(items)) is not None:
            self._notes.error(path, texts.NOT_POSSIBLE.format(found=listed(items), why=why))

    def _why_not(self, items: tuple[str, ...]) -> Text | None:
        if items not in self._possible:
            self._possible[items] = self._tried(items)
        return self._possible[items]

    def _tried(self, items: tuple[str, ...]) -> Text | None:
        try:
            asked_of(self._scenario, items).applied(self._scenario)
        except (TextError, ScenarioError) as error:
            return sentence_of(error)
        return None

    def _shown(self, names: tuple[str, ...], path: Path) -> None:
        known = (*self._measures, *PARTS, *TABS)
        for index, name in enumerate(names):
            self._notes.known((*path, index), name, known, texts.WHAT_SHOWN)
        self._notes.once(path, names)
        if len(tabs := [name for name in names if name in TABS]) > 1:
            self._notes.error(path, texts.TWO_TABS.format(found=listed(tabs)))

    # bets

    def _bet(self, bet: Bet, page: StoryPage, name: str, path: Path) -> None:
        if bet.kind == "poll":
            if bet.measure:
                self._notes.error((*path, "measure"), texts.POLL_MEASURE.format(found=shown(bet.measure)))
            if not bet.question:
                self._notes.error(path, texts.NO_QUESTION)
        elif not bet.measure:
            self._notes.error(path, texts.NO_MEASURE.format(known=listed(self._measures)))
        else:
            self._notes.known((*path, "measure"), bet.measure, self._measures, texts.WHAT_MEASURE)
        if bet.kind == "which" and bet.measure in self._measures and self._specs[bet.measure].better == "neither":
            self._notes.error((*path, "measure"), texts.NO_BEST)
        self._choices(bet, path)
        self._short(bet.question, MOST_LETTERS["text"], (*path, "question"))
        if bet.kind in ("direction", "size") and not page.with_:
            self._notes.error(path, texts.NOTHING_TO_BET.format(kind=bet.kind))
        self._text(bet, "question", name, path, hidden=True)

    def _choices(self, bet: Bet, path: Path) -> None:
        chosen = bet.kind in ("poll", "which")
        if not chosen and bet.choices:
            self._notes.error((*path, "choices"), texts.NO_CHOICES.format(kind=bet.kind))
        if chosen and len(bet.choices) < 2:
            self._notes.error(path, texts.TWO_CHOICES.format(kind=bet.kind))
        for index, one in enumerate(bet.choices):
            here = (*path, "choices", index)
            if bet.kind == "poll" and one.with_:
                self._notes.error((*here, "with"), texts.POLL_ITEMS)
            if bet.kind == "which" and not one.with_:
                self._notes.error(here, texts.NOTHING_CHOSEN)
            self._items(one.with_, (*here, "with"))
            self._short(one.label, MOST_LETTERS["label"], (*here, "label"))
        found = [self._key(one.with_) for one in bet.choices] if bet.kind == "which" else []
        for index, key in enumerate(found):
            if key and key in found[:index]:
                self._notes.error((*path, "choices", index, "with"), texts.SAME_CHOICE)

    def _key(self, items: tuple[str, ...]) -> str:
        """Return what stands for some items in whatever order; what cannot be had stands for itself."""
        return "+".join(items) if self._why_not(items) else asked_of(self._scenario, items).key

    def _short(self, label: Text | str, most: int, path: Path) -> None:
        """Note what is too long for the phones of a room."""
        found = max(len(text_of(label).get(lang)) for lang in LANGUAGES)
        if found > most:
            self._notes.error(path, texts.TOO_LONG.format(found=found, most=most))

    # texts

    def _text(self, home: StoryPage | Bet, field: str, name: str, path: Path, hidden: bool = False) -> None:
        """Note what is wrong in a text, once where it is the same in both languages.

        What people read while they bet must have nothing in it that is `hidden` until then.
        """
        label = getattr(home, field)
        by_language = isinstance(label, Text)
        told: set[str] = set()
        for lang in LANGUAGES if by_language else LANGUAGES[:1]:
            place = (*path, field, lang) if by_language else (*path, field)
            for finding in self._faults(text_of(label).get(lang), name, hidden):
                if finding.en not in told:
                    self._notes.error(place, finding)
                told.add(finding.en)

    def _faults(self, text: str, name: str, hidden: bool) -> Iterator[Text]:
        if brace := stray_in(text):
            yield texts.STRAY_BRACE.format(found=brace)
        if any(one.count("*") % 2 for one in re.split(r"\n\s*\n", text)):
            yield texts.STRAY_STAR
        for figure in figures_in(text):
            if (fault := self._fault(figure, name)) is not None:
                yield fault
            elif hidden and figure.needs_change and figure.page in ("", name):
                yield texts.GIVEN_AWAY.format(found=shown(f"{{{figure.whole}}}"))

    def _fault(self, figure: Figure, name: str) -> Text | None:
        """Return why a figure of a page with some name is not to be had; None where it is."""
        quoted = shown(f"{{{figure.whole}}}")
        page = figure.page or name
        if page not in self._changing:
            facts = {"known": listed(self._changing), "hint": did_you_mean(page, self._changing)}
            return texts.NO_SUCH_PAGE.format(found=quoted, page=page, **facts)
        if figure.name not in self._figures:
            near = nearest(figure.name, self._figures)
            if near is not None:
                return texts.NEAR_FIGURE.format(found=quoted, near=near)
            return texts.NO_FIGURE.format(found=quoted, measures=listed(self._measures))
        if figure.needs_change and not self._changing[page]:
            return texts.NOTHING_ON.format(found=quoted, page=page)
        return None

    # what is expected

    def _expected(self, key: str, told: tuple[str, ...], name: str, path: Path) -> None:
        found = expectation_of(key, told)
        if found is None:
            facts = {"found": series(shown(one) for one in told), "verdicts": listed(VERDICTS)}
            self._notes.error(path, texts.NO_EXPECTATION.format(hint=did_you_mean(" ".join(told), VERDICTS), **facts))
            return
        if found.verdicts and not key.endswith(".verdict") and found.figure.name not in self._figures:
            self._notes.known(path, key, self._measures, texts.WHAT_MEASURE)
            return
        for figure in found.figures:
            if (fault := self._fault(figure, name)) is not None:
                self._notes.error(path, fault)
            elif not found.verdicts and figure.name.endswith((".verdict", ".better")):
                self._notes.error(path, texts.NO_NUMBER.format(found=shown(figure.whole)))
