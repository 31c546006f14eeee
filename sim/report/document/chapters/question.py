"""The question: what was compared, for whom, in which organization."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pydantic import BaseModel

from sim.interventions import Intervention
from sim.report.diagnosis import sentences as diagnosed
from sim.report.document.blocks import Block, Cell, Chapter, Column, Said, Table
from sim.report.document.facts import Facts
from sim.report.document.spoken import Spoken
from sim.report.document.tabled import brief, digits_of, number
from sim.report.experiments.called import item_called
from sim.scenario import planned_loads
from sim.scenario.changes import path_of
from sim.scenario.outline import arrivals, kpi_called, notation, size_of
from sim.spec.base import text_of
from sim.study.places import place_called
from sim.words import series, words

texts = words("document")
terms = words("terminal")
outlined = words("outline")

OF_THE_FILE = ("file", "constants")
"""Remarks that are for whoever wrote the file."""


def chapter(facts: Facts, lang: str) -> Chapter:
    """Return what was asked, of which organization."""
    told = facts.spoken(lang)
    say, words_of = told.say, texts.QUESTION
    departments, people = size_of(told.scenario)
    size = terms.SIZE.format(people=people, departments=departments)
    text = words_of["title_one" if len(facts.order) == 1 else "title"]
    name = text_of(told.scenario.title, told.scenario.name)
    title = say(text, label=told.leading, count=len(facts.order), now=told.now, size=size, name=name)
    described = text_of(told.scenario.description).get(lang).split("\n\n")
    about = Said(tuple(" ".join(one.split()) for one in described if one.strip()))
    blocks: list[Block] = [about] if about.sentences else []
    blocks.append(_alternatives(facts, told))
    if not facts.comparison.now["mean"].isna().all():
        found = facts.comparison.diagnosis
        client = replace(found, remarks=tuple(one for one in found.remarks if one.kind not in OF_THE_FILE))
        state = tuple(diagnosed(client, lang))
        blocks.append(Said(state, listed=len(state) > 1, heading=say(words_of["state"])))
    return Chapter("question", say(words_of["subject"]), title, (*blocks, _departments(told), _processes(told)))


def _alternatives(facts: Facts, told: Spoken) -> Table:
    """Return what each alternative consists of, a row for each part."""
    say, words_of = told.say, texts.QUESTION
    columns = (
        Column("alternative", say(words_of["alternative"])),
        Column("part", say(words_of["part"])),
        Column("written", say(words_of["written"])),
        Column("begins", say(words_of["begins"]), say(words_of["week"]), "number", 0),
        Column("ends", say(words_of["ends"]), say(words_of["week"]), "number", 0),
    )
    rows = tuple(row for label in facts.order for row in _parts(told, label))
    kept = [k for k, one in enumerate(columns) if one.key != "ends" or any(row[k] is not None for row in rows)]
    return Table(
        "alternatives",
        say(words_of["compared"], now=told.now),
        tuple(columns[k] for k in kept),
        tuple(tuple(row[k] for k in kept) for row in rows),
        brief=brief(rows),
    )


def _parts(told: Spoken, label: str) -> Iterator[tuple[Cell, ...]]:
    """Yield the parts of an alternative; one that is a scenario of its own has nothing else."""
    name, comparison = told.alternative(label), told.comparison
    found = False
    for one in comparison.added(label):
        found = True
        yield (name, item_called(one).get(told.lang), notation(_undated(one)), one.start_week, one.end_week)
    for place, value in comparison.manifest["changes"].get(label, {}).items():
        found = True
        what = place_called((comparison.scenarios[label], told.scenario), path_of(place)).get(told.lang)
        yield (name, what, f"{place}={told.setting(value)}", None, None)
    if not found:
        other = comparison.scenarios[label]
        yield (name, text_of(other.title, other.name).get(told.lang), other.name, None, None)


def _undated(one: Intervention) -> Intervention:
    """Return an intervention without its weeks, which have columns of their own."""
    undated: Intervention = BaseModel.model_copy(one, update={"start_week": None, "end_week": None})
    return undated


def _departments(told: Spoken) -> Table:
    """Return who there is, how busy the plan makes them, and what they are measured by."""
    say, words_of = told.say, texts.QUESTION
    rows: list[tuple[Cell, ...]] = []
    for one in planned_loads(told.scenario):
        department = told.scenario.departments.get(one.owner)
        people = None if department is None else department.staff
        measured = series(() if department is None else map(kpi_called, department.kpis)).get(told.lang)
        rows.append((told.owner(one.owner), people, number(one.capacity), number(one.utilization), measured))
    columns = (
        Column("who", say(outlined.WHO)),
        Column("people", say(words_of["people"]), "", "count", 0),
        Column("hours", say(outlined.AVAILABLE), "", "number", digits_of(row[2] for row in rows)),
        Column("load", say(words_of["load"]), "%", "share", 0),
        Column("measured", say(outlined.MEASURED)),
    )
    return Table("departments", say(words_of["departments"]), columns, tuple(rows), brief=False)


def _processes(told: Spoken) -> Table:
    say, words_of = told.say, texts.QUESTION
    rows = tuple(
        (text_of(one.label, name).get(told.lang), len(one.steps), number(one.demand.weekly), say(arrivals(one)))
        for name, one in told.scenario.processes.items()
    )
    columns = (
        Column("process", say(words_of["process"])),
        Column("steps", say(words_of["steps"]), "", "count", 0),
        Column("weekly", say(words_of["weekly"]), "", "number", digits_of(row[2] for row in rows)),
        Column("arrivals", say(words_of["arrivals"])),
    )
    return Table("processes", say(words_of["processes"]), columns, rows, brief=False)
