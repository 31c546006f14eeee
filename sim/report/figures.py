"""The figures of a comparison, made to be printed in a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from sim.report.effects import draw_effects
from sim.report.ledger import draw_ledger
from sim.report.network import draw_network
from sim.report.processmap import draw_processes
from sim.report.processpanels import Sheet
from sim.report.style import save
from sim.report.summary import Findings, draw_summary
from sim.report.timeline import draw_timeline
from sim.report.trust import draw_trust
from sim.spec.measures import MeasureSpec
from sim.study.guards import doubtful
from sim.words import words

texts = words("terminal")


@dataclass(frozen=True, slots=True)
class Material:
    """What a comparison found, in words that the fonts can write.

    Attributes
    ----------
    heading
        What people call the scenario.
    facts
        The manifest: replications, seed, weeks.
    labels, departments
        What people call the baseline, which comes first, and the alternatives; and the departments.
    sheet
        The processes.
    table, headlines, timeline, relations, loads, places, specs
        As in a comparison.
    ledgers
        Heading and hours per case that counts by part, one entry for each way to count closed hours.
    """

    heading: str
    facts: Mapping[str, Any]
    labels: Mapping[str, str]
    departments: Mapping[str, str]
    sheet: Sheet
    specs: Mapping[str, MeasureSpec]
    table: pd.DataFrame
    headlines: pd.DataFrame
    ledgers: Mapping[str, pd.DataFrame]
    timeline: pd.DataFrame
    relations: pd.DataFrame
    loads: pd.DataFrame
    places: pd.DataFrame


def draw_comparison(folder: Path, found: Material) -> list[Path]:
    """Write every figure into `folder`, which is made if need be, as PNG and as SVG, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    return [path for name, draw in figures_of(found).items() for path in save(draw(), folder, name)]


def figures_of(found: Material) -> dict[str, Callable[[], Figure]]:
    """Return what draws each figure, by the name of its file, the one to begin with first."""
    heading = f"{found.heading} ({found.facts['replications']} replications)"
    weeks = float(found.facts["warmup_weeks"])
    bands = f"{heading}: week by week, with 95 % bands of the mean"
    return {
        "summary": lambda: draw_summary(_findings(found)),
        "effects": lambda: draw_effects(found.table, found.specs, f"{heading}: what would change"),
        "ledger": lambda: draw_ledger(found.ledgers, f"{heading}: where the time of a case goes"),
        "timeline": lambda: draw_timeline(found.timeline, bands, weeks, found.facts.get("shocks", ())),
        "trust": lambda: draw_trust(found.relations, found.departments, found.labels, heading),
        "network": lambda: draw_network(found.relations, found.loads, found.departments, found.labels, heading),
        "process": lambda: draw_processes(found.places, found.sheet, found.labels, heading, doubtful(found.table)),
    }


def _findings(found: Material) -> Findings:
    between = found.relations["from"].isin(found.departments) & found.relations["to"].isin(found.departments)
    return Findings(
        found.heading,
        found.facts,
        found.labels,
        found.headlines,
        found.ledgers[texts.LEDGER_INHERITED.en],
        found.relations[between],
        found.specs,
    )
