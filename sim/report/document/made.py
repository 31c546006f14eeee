"""A report from a comparison: its chapters, one after another, in one language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from sim.report.document.asked import Asked
from sim.report.document.blocks import Chapter, Document
from sim.report.document.facts import Facts, facts_of
from sim.report.document.inputs import Base
from sim.spec.base import text_of
from sim.words import series, words

if TYPE_CHECKING:
    from sim.study.comparison import Comparison

texts = words("document")

CHAPTERS = (
    "question",
    "answer",
    "effects",
    "time",
    "process",
    "departments",
    "trust",
    "case",
    "sure",
    "money",
    "inputs",
    "method",
    "roles",
    "again",
)
"""In the order in which they are read; each is a module of this name."""

MOST_SLIDES = 11
"""Chapters with a slide of their own, beside the first; where there are more, the method is in the appendix."""

NAMED = 8
"""Alternatives that the first page names."""

SHORT_HASH = 12
"""Digits of a hash that are told on every page."""


def document_of(
    comparison: Comparison, lang: str = "en", asked: Asked | None = None, base: Base | None = None
) -> Document:
    """Return the report of a comparison in one language.

    Parameters
    ----------
    comparison
        What was found.
    lang
        ``en`` or ``zh``.
    asked
        How it was asked for on the command line.
    base
        What its scenario differs from.
    """
    return told_of(facts_of(comparison, asked, base), lang)


def told_of(facts: Facts, lang: str) -> Document:
    """Return the report of some facts in one language."""
    told, comparison = facts.spoken(lang), facts.comparison
    manifest = comparison.manifest
    names = series([told.alternative(one) for one in facts.order], most=NAMED)
    known: dict[str, str | int] = {
        "version": str(manifest["versions"]["deptsim"]),
        "scenario": comparison.scenario.name,
        "seed": int(manifest["seed"]),
        "replications": comparison.replications,
        "hash": str(manifest["scenario_hash"]),
        "command": facts.command,
    }
    foot = told.say(texts.FOOT, **{**known, "hash": str(known["hash"])[:SHORT_HASH]})
    made = (_chapter_of(name)(facts, lang) for name in CHAPTERS)
    found = [one for one in made if one is not None]
    if sum(one.slide for one in found) > MOST_SLIDES:
        found = [replace(one, slide=one.slide and one.key != "method") for one in found]
    return Document(
        lang,
        text_of(comparison.scenario.title, comparison.scenario.name).get(lang),
        told.say(texts.SUBTITLE, alternatives=names, now=told.now),
        tuple(found),
        foot,
        known,
    )


def _chapter_of(name: str) -> Callable[[Facts, str], Chapter | None]:
    chapter: Callable[[Facts, str], Chapter | None] = import_module(f"sim.report.document.chapters.{name}").chapter
    return chapter
