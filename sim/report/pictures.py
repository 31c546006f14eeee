"""The pictures of a comparison: what it found, put into words that the fonts can write, and drawn."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.drawn import Drawn, Only
from sim.report.bought import bought
from sim.report.figures import draw_comparison
from sim.report.lettering import Lettering
from sim.report.material import Material
from sim.report.merit import ranked
from sim.report.processgathered import gathered, gathered_places, standing_for
from sim.report.processpanels import Sheet
from sim.report.reasons import WORTH
from sim.report.robust import Robust
from sim.report.shown import parts_called
from sim.scenario import Scenario
from sim.spec.base import text_of
from sim.spec.measured import measure_specs
from sim.spec.measures import PER_PROCESS, MeasureSpec, kpi_measure, of_process, process_measure
from sim.spec.process import Process
from sim.spec.sites import called_at
from sim.study.alternatives import BASELINE
from sim.words import Text, words

_TEXTS = words("pictures")
_TERMS = words("terminal")

if TYPE_CHECKING:
    from sim.study.comparison import Comparison


def draw_pictures(comparison: Comparison, folder: Path, lang: str = "en", only: Only = None) -> tuple[Drawn, str]:
    """Draw the figures of a comparison into `folder`; return the files, and a sentence where letters are missing."""
    lettering = Lettering()
    with lettering.used():
        files = draw_comparison(folder, material_of(comparison, lettering, lang), only)
    letters = "".join(lettering.missed)
    return files, _TEXTS.NOUNS["missing"].format(letters=letters).get(lang) if letters else ""


def material_of(comparison: Comparison, lettering: Lettering, lang: str = "en") -> Material:
    """Return what the figures of a comparison are drawn from, in words that the fonts can write."""
    scenario = comparison.scenario
    organizations = tuple(comparison.scenarios.values())
    departments = lettering.distinct(
        {
            name: candidates(called_at(one, name), name, lang)
            for name, one in _of_all(one.departments for one in organizations).items()
        },
        _TEXTS.NOUNS["department"],
        lang,
    )
    sheet = _sheet(organizations, departments, lettering, lang)
    specs = _specs({**measure_specs(scenario), **comparison.specs}, departments, sheet.titles)
    title = candidates(text_of(scenario.title), scenario.name, lang)
    found = comparison.headlines
    names = _labels(comparison, lettering, lang)
    return Material(
        lang=lang,
        heading=next((one for one in title if one and lettering.has(one)), _TERMS.COMPARISON.get(lang)),
        facts={
            **comparison.manifest,
            "tests": comparison.tests,
            "shocks": [(_TEXTS.SHOCKS[one.kind].get(lang), one.week) for one in scenario.shocks],
        },
        labels={name: names[name] for name in (comparison.baseline, *ranked(found, specs))},
        spans=_spans(comparison),
        departments=departments,
        sheet=sheet,
        specs=specs,
        worth=WORTH * scenario.pace,
        table=comparison.table,
        headlines=found,
        ledger=comparison.ledger_inherited,
        ledger_open=comparison.ledger_open,
        timeline=comparison.timeline,
        relations=comparison.relations,
        utilization=comparison.utilization,
        places=gathered_places(comparison.places, _standing(organizations)),
        bought=bought(comparison, {name: names[name] for name in ranked(found, specs)}, lang),
        doubtful=comparison.lead_in_doubt,
        parts=parts_called(scenario),
        robust=Robust(comparison, lang, names) if comparison.surveyed else None,
    )


def candidates(label: Text, name: str, lang: str) -> tuple[str, ...]:
    """Return how something can be called, the best first: in the language, in the other one, as files name it."""
    return (label.get(lang), label.en, label.zh, name)


def _labels(comparison: Comparison, lettering: Lettering, lang: str) -> dict[str, str]:
    """Return what figures call the organization as it is and the alternatives, at worst by their interventions."""
    first = comparison.baseline
    now = comparison.names[first]
    found = {first: (_TEXTS.NOW.get(lang),) if now == BASELINE else candidates(now, first, lang)}
    for label in comparison.labels:
        added = "+".join(one.kind for one in comparison.added(label))
        found[label] = (*candidates(comparison.names[label], label, lang), added)
    return lettering.distinct(found, _TEXTS.NOUNS["alternative"], lang)


def _spans(comparison: Comparison) -> dict[str, list[tuple[float, float]]]:
    """Return the weeks in which the interventions of each alternative begin and are given up."""
    return {
        label: [
            (one.start_week or 0.0, math.inf if one.end_week is None else one.end_week)
            for one in comparison.added(label)
        ]
        for label in comparison.labels
    }


def _of_all(tables: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what several tables hold by name; the first that has a name says what it is."""
    found: dict[str, Any] = {}
    for table in tables:
        found |= {name: one for name, one in table.items() if name not in found}
    return found


def _specs(
    known: Mapping[str, MeasureSpec], departments: Mapping[str, str], processes: Mapping[str, str]
) -> dict[str, MeasureSpec]:
    """Return the measures; those of departments and processes are named as these are."""
    kpis = {f"kpi_{name}": kpi_measure(name, Text(label, label)) for name, label in departments.items()}
    return {name: kpis.get(name, spec) for name, spec in known.items()} | {
        of_process(name, process): process_measure(name, process, Text(words, words))
        for process, words in processes.items()
        for name in (PER_PROCESS if len(processes) > 1 else ())
    }


def _sheet(organizations: Sequence[Scenario], departments: Mapping[str, str], lettering: Lettering, lang: str) -> Sheet:
    """Return the processes of several organizations, the first of which says what is in one that others have, too."""
    pools = {
        f"{name}.{pool}": candidates(text_of(one.label, ""), f"{departments[name]}.{pool}", lang)
        for organization in reversed(organizations)
        for name, department in organization.departments.items()
        for pool, one in department.pools.items()
    }
    written: dict[str, Process] = _of_all(one.processes for one in organizations)
    processes = {name: gathered(one, standing_for(one)) for name, one in written.items()}
    titles = {name: candidates(text_of(one.label, name), name, lang) for name, one in processes.items()}
    return Sheet(
        processes,
        {name: process.demand.weekly for name, process in processes.items()},
        lettering.distinct(titles, _TEXTS.NOUNS["process"], lang),
        {name: _steps(process, departments, lettering, lang) for name, process in processes.items()},
        {**departments, **lettering.distinct(pools, _TEXTS.NOUNS["approver"], lang)},
    )


def _standing(organizations: Sequence[Scenario]) -> dict[str, dict[str, str]]:
    return {name: standing_for(one) for name, one in _of_all(one.processes for one in organizations).items()}


def _steps(process: Process, departments: Mapping[str, str], lettering: Lettering, lang: str) -> dict[str, str]:
    """Return what people call steps: where several have one name, with who does it."""
    names = {step: text_of(one.label, step) for step, one in process.steps.items()}
    often = Counter(names.values())
    found = {
        step: candidates(name if often[name] == 1 else name + f" · {departments[process.steps[step].R]}", step, lang)
        for step, name in names.items()
    }
    return lettering.distinct(found, _TEXTS.NOUNS["step"], lang)
