"""The page of all organizations that are offered: what each is about, and a picture of its process; it needs no script.

How it is looked at stands in the address and goes along to the page of an organization: ``?lang=zh&theme=dark&big=1``.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from sim.report.numbers import band, measured
from sim.scenario import Scenario
from sim.scenario.outline import size_of
from sim.spec.base import text_of
from sim.spec.process import Process
from sim.spec.sites import called_at
from sim.study.reported import all_specs
from sim.web import document
from sim.web.document import Document, tag_of
from sim.web.lanes import drawn, lanes_of
from sim.words import LANGUAGES, Language, Text, series, words

texts = words("overview")

PLACE = "/scenarios"
"""Where it is."""

MOST_KNOWN = 2
"""Measures of which a card says what is known."""

BETWEEN = " · "

CALLED: Mapping[Language, str] = {"en": "English", "zh": "中文"}
"""Languages, each by its own name."""


@dataclass(frozen=True, slots=True)
class Look:
    """How it is looked at: language, colors, and large for a room or not."""

    lang: Language
    theme: str = "light"
    big: bool = False

    @property
    def address(self) -> str:
        """How an address says it."""
        dark, big = ["theme=dark"] * (self.theme == "dark"), ["big=1"] * self.big
        return "&".join([f"lang={self.lang}", *dark, *big])


def look_of(asked: Mapping[str, str], lang: str) -> Look:
    """Return how somebody wants to look at it; what is not understood is as usual.

    Parameters
    ----------
    asked : mapping
        What stands in the address.
    lang : str
        The language where it names none.
    """
    found, theme = asked.get("lang", lang), asked.get("theme")
    return Look("zh" if found == "zh" else "en", "dark" if theme == "dark" else "light", asked.get("big") == "1")


def overview_of(scenarios: Mapping[str, Scenario], look: Look) -> Document:
    """Return the page.

    Parameters
    ----------
    scenarios : mapping of Scenario
        What is offered, by name.
    look : Look
        How it is looked at.
    """
    lang = look.lang
    cards = "\n".join(_card(name, one, look) for name, one in scenarios.items())
    body = f'{_head(look)}\n<main><ul class="cards">\n{cards}\n</ul></main>'
    return document.overview(texts.TITLE.get(lang), body, lang, look.theme, look.big)


def _head(look: Look) -> str:
    other: Language = next(one for one in LANGUAGES if one != look.lang)
    big = replace(look, big=not look.big, theme="light" if look.big else "dark")
    turned = replace(look, lang=other)
    projector = _said(texts.DESK if look.big else texts.PROJECTOR, look.lang)
    tools = f'<a href="{_at(big)}">{projector}</a><a href="{_at(turned)}" lang="{tag_of(other)}">{CALLED[other]}</a>'
    said = f"<h1>{_said(texts.TITLE, look.lang)}</h1><p>{_said(texts.WHAT_TO_DO, look.lang)}</p>"
    said += f'<p class="legend">{_said(texts.LEGEND, look.lang)}</p>'
    return f'<header><div>{said}</div><nav aria-label="{_said(texts.TOOLS, look.lang)}">{tools}</nav></header>'


def _at(look: Look) -> str:
    return _escaped(f"{PLACE}?{look.address}")


def _card(name: str, scenario: Scenario, look: Look) -> str:
    lang = look.lang
    title, about = text_of(scenario.title, name), text_of(scenario.description, "")
    departments, people = size_of(scenario)
    facts = texts.FACTS.format(departments=departments, people=people).get(lang)
    told = BETWEEN.join([facts, *_known(scenario, lang)])
    address = f"/s/{quote(name, safe='')}#{look.address}"
    return "\n".join(
        [
            f'<li class="card"><h2><a href="{_escaped(address)}">{_said(title, lang)}</a></h2>',
            f'<p class="about">{_said(about, lang)}</p>',
            f'<p class="facts">{_escaped(told)}</p>',
            f'<div class="process">{"".join(_process(scenario, lang))}</div></li>',
        ]
    )


def _known(scenario: Scenario, lang: Language) -> Iterator[str]:
    """Yield what is known of an organization as it is: of the first measures of its file."""
    if scenario.expected is None:
        return
    specs = all_specs([scenario])
    for name, one in list(scenario.expected.measures.items())[:MOST_KNOWN]:
        value = band(*one.band, specs[name], lang) if one.mean is None else measured(one.mean, specs[name], lang)
        yield texts.KNOWN.format(measure=specs[name].label, value=value).get(lang)


def _process(scenario: Scenario, lang: Language) -> Iterator[str]:
    """Yield the picture of the first process with its steps, and what others there are."""
    if not scenario.processes:
        return
    (name, first), *others = scenario.processes.items()
    called = {key: called_at(one, key).get(lang) for key, one in scenario.departments.items()}
    yield drawn(first, called)
    yield f'<ol class="steps">{"".join(_steps(first, called, lang))}</ol>'
    if others:
        more = series([text_of(one.label, key) for key, one in others])
        told = texts.AND_OTHERS.format(process=text_of(first.label, name), others=more)
        yield f'<p class="others">{_said(told, lang)}</p>'


def _steps(process: Process, called: Mapping[str, str], lang: Language) -> Iterator[str]:
    for name in lanes_of(process).places:
        step = process.steps[name]
        who = texts.BY.format(department=called[step.R.partition(".")[0]])
        yield f'<li>{_said(text_of(step.label, name), lang)}<span class="unseen">{_said(who, lang)}</span></li>'


def _said(text: Text, lang: Language) -> str:
    return _escaped(text.get(lang))


def _escaped(text: str) -> str:
    return html.escape(text)
