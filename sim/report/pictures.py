"""The pictures of a comparison: what it found, put into words that the fonts can write, and drawn."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sim.report.figures import Material, draw_comparison
from sim.report.lettering import Lettering
from sim.report.processpanels import Sheet
from sim.scenario import Scenario
from sim.spec.base import text_of
from sim.spec.measures import PER_PROCESS, MeasureSpec, kpi_measure, of_process, process_measure
from sim.spec.process import Process
from sim.study.alternatives import BASELINE
from sim.study.effects import headlines
from sim.study.reported import headline_measures, measure_specs
from sim.words import Text, words

captions = words("pictures")

texts = words("terminal")

if TYPE_CHECKING:
    from sim.study.comparison import Comparison


def draw_pictures(comparison: Comparison, folder: Path, lang: str = "en") -> list[Path]:  # noqa: ARG001
    """Draw every figure of a comparison into `folder` and return the files."""
    lettering = Lettering()
    with lettering.used():
        return draw_comparison(folder, material_of(comparison, lettering))


def material_of(comparison: Comparison, lettering: Lettering) -> Material:
    """Return what the figures of a comparison are drawn from, in words that the fonts can write."""
    scenario = comparison.scenarios[BASELINE.en]
    labels = _labels(comparison, lettering)
    departments = lettering.distinct(
        {name: _words(text_of(one.label, name), name) for name, one in scenario.departments.items()},
        captions.NOUN_DEPARTMENT,
    )
    sheet = _sheet(scenario, departments, lettering)
    specs = _specs(scenario, departments, sheet.titles)
    title = next((one for one in _words(text_of(scenario.title), scenario.name) if one and lettering.has(one)), "")
    return Material(
        heading=title or texts.COMPARISON.en,
        facts={**comparison.manifest, "shocks": [(one.kind, one.week) for one in scenario.shocks]},
        labels={label: label for label in labels.values()},
        departments=departments,
        sheet=sheet,
        specs=specs,
        table=_renamed(comparison.table, labels),
        headlines=_renamed(headlines(comparison.table, comparison.runs, specs, headline_measures(scenario)), labels),
        ledgers={
            texts.LEDGER_INHERITED.en: comparison.ledger_inherited.rename(index=labels),
            texts.LEDGER_OPEN.en: comparison.ledger_open.rename(index=labels),
        },
        timeline=_renamed(comparison.timeline, labels),
        relations=_renamed(comparison.relations, labels),
        loads=_renamed(comparison.utilization, labels),
        places=_renamed(comparison.places, labels),
    )


def _words(label: Text, name: str) -> tuple[str, ...]:
    """Return how something can be called, the best first."""
    return (label.en, label.zh, name)


def _labels(comparison: Comparison, lettering: Lettering) -> dict[str, str]:
    """Return what figures call the baseline and the alternatives, at worst by their interventions."""
    before = len(comparison.scenarios[BASELINE.en].interventions)
    words = {}
    for label, name in comparison.names.items():
        added = "+".join(one.kind for one in comparison.scenarios[label].interventions[before:])
        words[label] = (label, *_words(name, added))
    return lettering.distinct(words, captions.NOUN_ALTERNATIVE)


def _renamed(frame: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    return frame.assign(alternative=frame["alternative"].map(labels)) if "alternative" in frame else frame


def _specs(scenario: Scenario, departments: Mapping[str, str], processes: Mapping[str, str]) -> dict[str, MeasureSpec]:
    """Return the measures; those of departments and processes are named as these are."""
    called = {f"kpi_{name}": kpi_measure(name, Text(label, label)) for name, label in departments.items()}
    return {name: called.get(name, spec) for name, spec in measure_specs(scenario).items()} | {
        of_process(name, process): process_measure(name, process, Text(words, words))
        for process, words in processes.items()
        for name in (PER_PROCESS if len(processes) > 1 else ())
    }


def _sheet(scenario: Scenario, departments: Mapping[str, str], lettering: Lettering) -> Sheet:
    pools = {
        f"{name}.{pool}": _words(text_of(one.label, f"{name}.{pool}"), f"{departments[name]}.{pool}")
        for name, department in scenario.departments.items()
        for pool, one in department.pools.items()
    }
    processes = {name: _words(text_of(one.label, name), name) for name, one in scenario.processes.items()}
    steps = {name: _steps(process, lettering) for name, process in scenario.processes.items()}
    return Sheet(
        scenario.processes,
        {name: process.demand.weekly for name, process in scenario.processes.items()},
        lettering.distinct(processes, captions.NOUN_PROCESS),
        steps,
        {**departments, **lettering.distinct(pools, captions.NOUN_APPROVER)},
    )


def _steps(process: Process, lettering: Lettering) -> dict[str, str]:
    words = {step: _words(text_of(one.label, step), step) for step, one in process.steps.items()}
    return lettering.distinct(words, captions.NOUN_STEP)
