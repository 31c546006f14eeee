"""How it was found out, on half a page: pairs of runs with the same luck, intervals, and what the model leaves out."""

from __future__ import annotations

from sim.report.document.blocks import Chapter, Said
from sim.report.document.facts import Facts
from sim.study.effects import OF_NOW
from sim.words import words

texts = words("document")


def chapter(facts: Facts, lang: str) -> Chapter:
    """Return how it was found out."""
    told, manifest = facts.spoken(lang), facts.comparison.manifest
    words_of = texts.METHOD
    replications = facts.comparison.replications
    points = facts.comparison.matters
    known = {
        "replications": replications,
        "seed": manifest["seed"],
        "tests": facts.comparison.tests,
        "weeks": f"{manifest['horizon_weeks']:g}",
        "warmup": f"{manifest['warmup_weeks']:g}",
        "tail": f"{manifest['tail_weeks']:g}",
        "points": f"{points:g}",
        "percent": f"{OF_NOW * points:g}",
    }
    one = replications == 1
    names = ("model", "runs", "pairs_one" if one else "pairs", *(() if one else ("intervals",)), "matters", "evidence")
    how = Said(tuple(told.say(words_of[name], **known) for name in names))
    left_out = tuple(text.get(lang) for text in words_of["limits"])
    limits = Said(left_out, listed=True, heading=told.say(words_of["left_out"]))
    title = told.say(words_of["title_one" if one else "title"], **known)
    return Chapter("method", told.say(words_of["subject"]), title, (how, limits))
