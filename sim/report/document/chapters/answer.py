"""The answer in three sentences: what is best, why, and how certain that is; then what else is to be known at once."""

from __future__ import annotations

from sim.report.document.blocks import Block, Cell, Chapter, Column, Said, Table, Tone
from sim.report.document.facts import Facts
from sim.report.document.spoken import Spoken
from sim.report.document.tabled import brief, level_column, number
from sim.report.marks import says_something
from sim.report.reasons import WORTH, reasons
from sim.report.shown import parts_called
from sim.words import series, words

texts = words("document")


def chapter(facts: Facts, lang: str) -> Chapter:
    """Return the answer."""
    told = facts.spoken(lang)
    say, words_of = told.say, texts.ANSWER
    first, *others = told.answer.sentences
    why = _why(told)
    others = [one for one in others if one != why]
    if facts.best is not None and facts.leading != facts.best.leading:
        why = told.together([_instead(told), why])
    certain = told.together([certainty(told), scope(told)])
    main = Said(tuple(one for one in (first, why, certain) if one))
    blocks: list[Block] = [main, glance(told)]
    if others:
        blocks.append(Said(tuple(others), listed=True, heading=say(words_of["more"])))
    return Chapter("answer", say(words_of["subject"]), told.material.finding(), tuple(blocks))


def _why(told: Spoken) -> str:
    """Return why the leading alternative does what it does, as the answer at a glance says it."""
    comparison, lead = told.comparison, {told.facts.leading: told.leading}
    worth = WORTH * told.scenario.pace
    found = (told.facts.headlines, comparison.ledger_inherited, told.facts.specs)
    return reasons(*found, lead, told.lang, 1, worth, comparison.lead_in_doubt, parts_called(comparison.scenario))[-1]


def _instead(told: Spoken) -> str:
    """Say why another alternative is told of than the one that is first in the deciding measure."""
    gained = series(told.facts.specs[name].label for name in told.facts.gained(told.facts.leading))
    return told.say(texts.ANSWER["instead"], label=told.leading, measures=gained)


def certainty(told: Spoken) -> str:
    """Say how certain the answer is where luck alone is counted."""
    best, comparison, words_of = told.facts.best, told.comparison, texts.ANSWER
    replications = comparison.replications
    if best is None:
        return ""
    row, spec = told.answer.row(best.leading, best.measure)
    facts = {"label": told.alternative(best.leading), "replications": replications, "tests": comparison.tests}
    facts["measure"] = spec.label.get(told.lang)
    if not best.tested:
        return told.say(words_of["one"], **facts)
    said = told.say(words_of["sure" if best.sure else "unsure"], **facts)
    if best.sure or says_something(best.difference, spec):
        better = float(row["better_in"]) * replications
        text = words_of["often" if better.is_integer() else "often_ties"]
        said = told.together([said, told.say(text, **facts, better=f"{better:.4g}")])
    if comparison.interrupted:
        said = told.together([said, told.say(words_of["interrupted"], wanted=comparison.wanted, done=replications)])
    return said


def scope(told: Spoken) -> str:
    """Say how far the answer goes where assumptions are not what they are taken for."""
    if told.robust is None:
        return told.say(texts.ANSWER["not_asked"])
    return told.robust.care or told.say(texts.ANSWER["asked"], points=told.robust.points)


def glance(told: Spoken) -> Table:
    """Return the few measures that matter here, as things are and with each alternative."""
    answer, specs = told.answer, told.facts.specs
    measures = answer.measures
    now: list[Cell] = [number(float(answer.row(told.facts.order[0], name)[0]["now"])) for name in measures]
    rows: list[tuple[Cell, ...]] = [(told.now, *now)]
    tones: list[Tone] = ["now"]
    for label in told.facts.order:
        found = [answer.row(label, name) for name in measures]
        rows.append((told.alternative(label), *(number(float(row["mean"])) for row, _ in found)))
        tones.append(told.tone(*found[0]) if found else "plain")
    columns = [
        level_column(name, specs[name], told.lang, (row[place] for row in rows))
        for place, name in enumerate(measures, 1)
    ]
    return Table(
        "glance",
        told.say(texts.ANSWER["glance"]),
        (Column("alternative", told.say(texts.QUESTION["alternative"])), *columns),
        tuple(rows),
        tuple(tones),
        told.say(texts.ANSWER["glance_note"], measure=specs[measures[0]].label) if measures else "",
        brief(rows),
    )
