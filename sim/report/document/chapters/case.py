"""One case told twice: a typical one that the leading alternative saved, and one that it cost."""

from __future__ import annotations

from sim.report.document.blocks import Block, Cell, Chapter, Column, Said, Table
from sim.report.document.facts import Facts
from sim.report.document.spoken import Spoken
from sim.report.document.tabled import brief, number
from sim.report.stories import counts_told, part_called
from sim.words import words

texts = words("document")
terms = words("terminal")


def chapter(facts: Facts, lang: str) -> Chapter | None:
    """Return two stories; nothing where no case counts on both sides."""
    told, found = facts.spoken(lang), facts.stories
    if not found.counted:
        return None
    if not found.gained and not found.lost:
        title = told.say(texts.CASE["none"], label=told.leading)
        said = Said((counts_told(found).get(lang),))
        return Chapter("case", told.say(texts.CASE["subject"]), title, (said,), slide=False)
    counts = {"label": told.leading, "gained": found.gained, "lost": found.lost, "counted": found.counted}
    title = told.say(texts.CASE["title"], **counts)
    blocks: list[Block] = [
        Said((story.text.get(lang),), heading=told.say(texts.CASE[name]))
        for name, story in (("saved", found.saved), ("cost", found.cost))
        if story is not None
    ]
    blocks.append(_parts(told))
    blocks.append(Said((counts_told(found).get(lang), told.say(texts.CASE["how"]))))
    return Chapter("case", told.say(texts.CASE["subject"]), title, tuple(blocks))


def _parts(told: Spoken) -> Table:
    """Return through which part of the ledger cases changed their outcome."""
    rows: list[tuple[Cell, ...]] = []
    for _, row in told.facts.stories.parts.iterrows():
        counts = (int(row["gained"]), int(row["lost"]))
        rows.append((part_called(str(row["part"]), told.parts).get(told.lang), *counts, number(float(row["hours"]))))
    columns = (
        Column("part", told.say(terms.THROUGH)),
        Column("gained", told.say(terms.GAINED), told.say(terms.UNITS["cases"]), "count", 0),
        Column("lost", told.say(terms.LOST), told.say(terms.UNITS["cases"]), "count", 0),
        Column("hours", told.say(texts.CASE["hours"]), told.say(terms.UNITS["hours"]), "number", 1, signed=True),
    )
    return Table("parts", told.say(texts.CASE["parts"]), columns, tuple(rows), brief=brief(rows))
