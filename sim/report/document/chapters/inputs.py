"""Every input that differs: from what the scenario began as, from usual values of levers; doses of what is tried."""

from __future__ import annotations

from typing import Any

from sim.report.document.blocks import Block, Cell, Chapter, Column, Said, Table
from sim.report.document.facts import Facts
from sim.report.document.spoken import Spoken
from sim.report.document.tabled import brief
from sim.spec.base import text_of
from sim.spec.levers import LEVERS
from sim.study.differing import Input, is_number
from sim.words import series, words

texts = words("document")
terms = words("terminal")


def chapter(facts: Facts, lang: str) -> Chapter:
    """Return what differs."""
    told = facts.spoken(lang)
    numbers = [one for one in facts.inputs if one.numeric]
    others = [one for one in facts.inputs if not one.numeric]
    blocks: list[Block] = [Said((_about(told),))]
    if numbers:
        blocks.append(_numbers(told, numbers))
    if others:
        blocks.append(_others(told, others))
    if facts.doses:
        blocks.append(_doses(told))
    differs = bool(numbers or others)
    return Chapter("inputs", told.say(texts.INPUTS["subject"]), _title(told), tuple(blocks), slide=differs)


def _title(told: Spoken) -> str:
    """Say how many inputs differ, and from what."""
    base, words_of = told.facts.base, texts.INPUTS
    differing = sum(one.differs for one in told.facts.inputs)
    unusual = sum(one.unusual for one in told.facts.inputs)
    facts: dict[str, Any] = {"count": differing, "unusual": unusual, "all": len(LEVERS)}
    if base is None:
        return told.say(words_of["levers" if unusual else "usual"], **facts)
    facts["base"] = text_of(base.scenario.title, base.scenario.name)
    return told.say(words_of["title" if base.kind != "file" else "title_file"], **facts)


def _about(told: Spoken) -> str:
    """Say what is compared with what."""
    base = told.facts.base
    kind = "none" if base is None else base.kind
    name = "" if base is None else base.scenario.name
    facts = {"base": "" if base is None else text_of(base.scenario.title, name), "name": name}
    levers_told = told.say(texts.INPUTS[f"about_{told.scenario.preset}"])
    return told.together([told.say(texts.INPUTS[f"about_{kind}"], **facts), levers_told])


def _numbers(told: Spoken, inputs: list[Input]) -> Table:
    """Return the numbers that differ, with what they differ from."""
    words_of, known = texts.INPUTS, told.facts.base is not None
    rows = tuple(
        (
            one.called.get(told.lang),
            one.place,
            *((_number(one.base),) if known else ()),
            _number(one.typical),
            _number(one.here),
            one.unit_called.get(told.lang),
            *((_source(told, one),) if known else ()),
        )
        for one in inputs
    )
    columns = (
        Column("what", told.say(words_of["what"])),
        Column("place", told.say(words_of["place"])),
        *((Column("base", told.say(words_of["base"]), "", "mixed"),) if known else ()),
        Column("typical", told.say(words_of["typical"]), "", "mixed"),
        Column("here", told.say(words_of["here"]), "", "mixed"),
        Column("unit", told.say(terms.UNIT)),
        *((Column("source", told.say(words_of["source"])),) if known else ()),
    )
    return Table("inputs", told.say(words_of["numbers"]), columns, rows, brief=brief(rows))


def _others(told: Spoken, inputs: list[Input]) -> Table:
    """Return the settings that differ and are no numbers."""
    words_of, known = texts.INPUTS, told.facts.base is not None
    rows = tuple(
        (
            one.called.get(told.lang),
            one.place,
            *((told.setting(one.base),) if known else ()),
            told.setting(one.here),
            *((_source(told, one),) if known else ()),
        )
        for one in inputs
    )
    columns = (
        Column("what", told.say(words_of["what"])),
        Column("place", told.say(words_of["place"])),
        *((Column("base", told.say(words_of["base"])),) if known else ()),
        Column("here", told.say(words_of["here"])),
        *((Column("source", told.say(words_of["source"])),) if known else ()),
    )
    return Table("settings", told.say(words_of["settings"]), columns, rows, brief=brief(rows, 6))


def _doses(told: Spoken) -> Table:
    """Return what is introduced in which doses."""
    words_of = texts.INPUTS
    rows: list[tuple[Cell, ...]] = [
        (
            one.intervention.get(told.lang),
            one.called.get(told.lang),
            one.place,
            _number(one.usual),
            _number(one.here),
            "" if is_number(one.here) else told.setting(one.here),
            series(map(told.alternative, one.alternatives)).get(told.lang),
        )
        for one in told.facts.doses
    ]
    if not any(row[5] for row in rows):
        rows = [(*row[:5], *row[6:]) for row in rows]
        words_column: tuple[Column, ...] = ()
    else:
        words_column = (Column("said", told.say(words_of["said"])),)
    columns = (
        Column("intervention", told.say(words_of["intervention"])),
        Column("what", told.say(words_of["dose"])),
        Column("place", told.say(words_of["place"])),
        Column("usual", told.say(words_of["typical"]), "", "mixed"),
        Column("here", told.say(words_of["here"]), "", "mixed"),
        *words_column,
        Column("in", told.say(words_of["in"])),
    )
    return Table("doses", told.say(words_of["doses"]), columns, tuple(rows), brief=False)


def _source(told: Spoken, one: Input) -> str:
    """Say where it is set: by an option of the command, by the file, or in both alike."""
    if one.option:
        return told.say(texts.INPUTS["by_option"])
    return told.say(texts.INPUTS["by_file" if one.differs else "by_base"])


def _number(value: Any) -> float | int | None:
    return value if is_number(value) else None
