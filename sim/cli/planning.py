"""deptsim plan"""

from __future__ import annotations

import math
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table

from sim.cli.codes import FINE, SOME_FAILED
from sim.cli.errors import UsageError
from sim.cli.experimenting import Way
from sim.cli.pace import Pace
from sim.cli.screen import screen, warn, write, write_json
from sim.experiments.designs import Points
from sim.experiments.drafting import lasting
from sim.experiments.plan import Plan
from sim.experiments.precision import cost, precision, widest
from sim.experiments.reading import plan_of
from sim.experiments.results import Results, open_experiment
from sim.experiments.running import run_plan
from sim.experiments.store import is_store
from sim.report.plaintable import new_table
from sim.spec.measures import MeasureSpec
from sim.study.effects import scale_of
from sim.study.plain import plain_data
from sim.words import words

texts = words("experimenting")

SHARE, REST = 0.01, 0.02
"""Half widths where nobody says which: one point of a share, and two percent of the mean of other measures."""


MANY, SOME = 1024, 256
"""Points up to which a pilot runs them all, and how many it runs of more."""


def plan_command(name: str, half_width: float | None, replications: int, way: Way, lang: str) -> int:
    """Run a pilot, and say what a wanted precision costs; nothing of it is kept."""
    if is_store(Path(name)):
        raise UsageError(texts.PLAN_OF_FOLDER.format(folder=name).get(lang))
    whole = plan_of(name, replications=replications)
    plan = tried(whole)
    with tempfile.TemporaryDirectory(prefix="deptsim-") as folder:
        begun = time.monotonic()
        with Pace(texts.PILOT.format(title=plan.experiment.label).get(lang), lang) as bar:
            run_plan(plan, Path(folder) / "pilot", way.made(plan), bar.standing)
        found = open_experiment(Path(folder) / "pilot")
        runs, failed = found.runs, len(found.errors)
        workers = way.workers or os.cpu_count() or 1
        seconds = (time.monotonic() - begun) * workers / max(len(runs), 1)
        table = _needed(plan, found, half_width, sampled=plan is not whole)
    costs = [cost(int(one), whole.total, seconds, workers) for one in table["replications"]]
    table = table.assign(runs=[one.runs for one in costs], hours=[one.hours for one in costs])
    if way.json:
        rows = plain_data(table.astype(object).where(table.notna(), None).to_dict("records"))
        write_json(
            {"seconds_per_run": seconds, "workers": workers, "points": whole.total, "tried": plan.total, "needed": rows}
        )
    else:
        screen().print(_table(plan, table, lang))
        facts = {"pilot": replications, "points": plan.total, "workers": workers}
        write(texts.HOW_PLANNED.format(**facts).get(lang))
        if plan is not whole:
            write(texts.TRIED_SOME.format(tried=plan.total, points=whole.total).get(lang))
    if failed:
        warn(texts.PILOT_FAILED.format(failed=failed).get(lang))
        return SOME_FAILED
    return FINE


def tried(plan: Plan) -> Plan:
    """Return what a pilot runs: of a design with very many points some, from the first to the last in equal steps."""
    rows = plan.design.rows
    most = max(2, SOME // len(plan.scenarios))
    if plan.total <= MANY:
        return plan
    chosen = [rows[round(place * (len(rows) - 1) / (most - 1))] for place in range(most)]
    names = [axis.name for axis in plan.axes]
    design = Points.model_validate({"points": [{name: one[name] for name in names} for one in chosen]})
    return plan_of(plan.experiment, design=design)


def _needed(plan: Plan, found: Results, half_width: float | None, sampled: bool) -> pd.DataFrame:
    """Return of every headline measure and kind of question what needs most replications; a sample tells no effect."""
    specs = {name: plan.specs[name] for name in plan.headlines}
    wanted = {name: _usual(spec, found.runs[name]) for name, spec in specs.items()}
    if half_width is not None:
        first = plan.headlines[0]
        wanted = {first: half_width / 100.0 if specs[first].unit == "share" else half_width}
    wanted = {name: width for name, width in wanted.items() if width > 0.0}
    scales = {name: scale_of(spec) for name, spec in specs.items()}
    table = precision(found.points, found.runs, plan.axes, wanted, scales)
    return widest(table[table["what"].isin(("mean", "difference"))].reset_index(drop=True) if sampled else table)


def _usual(spec: MeasureSpec, values: pd.Series) -> float:
    mean = float(values.mean())
    return SHARE if spec.unit == "share" else REST * abs(mean) if math.isfinite(mean) else 0.0


def _table(plan: Plan, needed: pd.DataFrame, lang: str) -> Table:
    headings = [
        texts.PLANNED[name].get(lang) for name in ("measure", "question", "now", "wanted", "often", "runs", "hours")
    ]
    table = new_table(
        texts.PLAN_TITLE.format(title=plan.experiment.label).get(lang), *headings, numbers=(2, 3, 4, 5, 6)
    )
    for row in needed.to_dict("records"):
        table.add_row(*_cells(plan.specs[row["measure"]], row, lang))
    return table


def _cells(spec: MeasureSpec, row: Mapping[Any, Any], lang: str) -> list[str]:
    factor = 100.0 if spec.unit == "share" else 1.0
    often = f"{row['replications']:,}"
    if row["replications_high"] != row["replications"]:
        often = texts.UP_TO.format(low=row["replications"], high=row["replications_high"]).get(lang)
    return [
        spec.label.get(lang),
        texts.QUESTIONS[row["what"].replace(" ", "_")].get(lang),
        f"±{factor * row['half_width']:.3g}",
        f"±{factor * row['wanted']:.3g}",
        often,
        f"{row['runs']:,}",
        lasting(3600.0 * row["hours"]).get(lang),
    ]
