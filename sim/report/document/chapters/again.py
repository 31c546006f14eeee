"""How to get the same again: version, seed, hash and the command."""

from __future__ import annotations

from sim.report.document.blocks import Block, Chapter, Column, Said, Table
from sim.report.document.facts import Facts
from sim.scenario import findings_in
from sim.words import words

texts = words("document")


def chapter(facts: Facts, lang: str) -> Chapter:
    """Return what has to be known to get the same again."""
    told, manifest, words_of = facts.spoken(lang), facts.comparison.manifest, texts.AGAIN
    said = {
        "version": str(manifest["versions"]["deptsim"]),
        "scenario": str(manifest["scenario"]),
        "seed": str(manifest["seed"]),
        "replications": str(facts.comparison.replications),
        "command": facts.command,
    }
    hashes = {told.alternative(label): one for label, one in manifest["scenario_hashes"].items()}
    rows = tuple((told.say(words_of[name]), value) for name, value in said.items())
    rows += tuple((told.say(words_of["hash"], label=label), one) for label, one in hashes.items())
    checked = tuple(one.said(lang) for one in findings_in(facts.comparison.scenario))
    columns = (Column("what", told.say(words_of["what"])), Column("value", told.say(words_of["value"])))
    table = Table("again", told.say(words_of["table"]), columns, rows, brief=False)
    how = [told.say(words_of["how"])]
    if facts.comparison.errors:
        how.append(told.say(words_of["errors"], errors="; ".join(facts.comparison.errors)))
    title = told.say(words_of["title"], command=facts.command)
    blocks: tuple[Block, ...] = (Said(tuple(how)), table)
    if checked:
        blocks = (*blocks, Said(checked, listed=True, heading=told.say(words_of["checked"])))
    return Chapter("again", told.say(words_of["subject"]), title, blocks, slide=False)
