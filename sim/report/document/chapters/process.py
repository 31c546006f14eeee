"""The process map: which step follows which, who does it, and where hours pass."""

from __future__ import annotations

import math
from collections.abc import Iterator

from matplotlib.figure import Figure

from sim.report.document.blocks import Cell, Chapter, Column, Picture, Table
from sim.report.document.facts import Facts
from sim.report.document.spoken import Spoken
from sim.report.document.tabled import brief, number
from sim.report.lettering import Lettering
from sim.report.pictures import material_of
from sim.report.processgathered import gathered_places, standing_for
from sim.report.processmap import draw_processes
from sim.report.processpanels import panels_of
from sim.report.titles import process_title
from sim.scenario.outline import called
from sim.spec.base import text_of
from sim.vocab import LEDGER_PARTS
from sim.words import phrases, sentences, words

texts = words("document")
terms = words("terminal")
pictured = words("pictures")


def chapter(facts: Facts, lang: str) -> Chapter | None:
    """Return the map; nothing where no case counts."""
    told = facts.spoken(lang)
    if facts.comparison.tables["places"].empty:
        return None
    found = told.material
    title = process_title(told.focused, panels_of(found.places, found.sheet, [found.now, *found.alternatives]))

    def draw() -> Figure:
        """Draw the map with the fonts that pictures have."""
        lettering = Lettering()
        with lettering.used():
            return draw_processes(material_of(facts.comparison, lettering, lang))

    picture = Picture("process", told.say(texts.PROCESS["picture"]), _said(told), draw)
    return Chapter("process", told.say(texts.PROCESS["subject"]), title, (picture, _table(told)))


def _said(told: Spoken) -> str:
    """Say who does what in which order."""
    return sentences(
        texts.PROCESS["said"].format(
            process=text_of(process.label, name),
            steps=phrases(
                texts.PROCESS["step"].format(step=text_of(step.label, key), who=called(told.scenario, step.R))
                for key, step in process.steps.items()
            ),
        )
        for name, process in told.gathered.processes.items()
    ).get(told.lang)


def _table(told: Spoken) -> Table:
    """Return hours per case at every step, as things are and with the alternative that leads."""
    rows = tuple(_rows(told))
    unit = told.say(pictured.HOURS_UNIT)
    columns = (
        Column("process", told.say(texts.QUESTION["process"])),
        Column("step", told.say(terms.STEP)),
        Column("who", told.say(terms.RESPONSIBLE)),
        Column("now", told.now, unit, "number", 1),
        Column("with", told.leading, unit, "number", 1),
        Column("change", told.say(terms.DIFFERENCE), unit, "number", 1, signed=True),
    )
    note = told.say(texts.PROCESS["note"])
    return Table("places", told.say(texts.PROCESS["table"]), columns, rows, note=note, brief=brief(rows))


def _rows(told: Spoken) -> Iterator[tuple[Cell, ...]]:
    standing = {name: standing_for(one) for name, one in told.scenario.processes.items()}
    frame = gathered_places(told.comparison.tables["places"], standing)
    parts = [part for part in LEDGER_PARTS if part in frame]
    totals = frame.set_index(["alternative", "process", "step"])[parts].sum(axis=1, min_count=1)
    for name, process in told.gathered.processes.items():
        for key, step in process.steps.items():
            sides = (told.comparison.baseline, told.facts.leading)
            now, then = (float(totals.get((label, name, key), math.nan)) for label in sides)
            who = called(told.scenario, step.R).get(told.lang)
            yield (told.process(name), told.step(name, key), who, number(now), number(then), number(then - now))
