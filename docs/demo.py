"""The demo in the documentation: its answer in the README, everything it prints in `docs/order-delivery.md`.

``python docs/generate.py demo`` runs it, as people would, and writes what it printed between the markers.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from docs.mark import mark, present
from docs.markdown import DOCS, ROOT, replaced, table
from sim.report.marks import key_of, verdict_of
from sim.report.marks import mark as sign
from sim.report.merit import ranked
from sim.report.numbers import changed, measured, span
from sim.spec.measures import MEASURES, MeasureSpec
from sim.words import words
from sim.words.numbers import MISSING, signed

texts = words("terminal")

REMADE = "python docs/generate.py demo"

ANSWER = ("compare", "order_delivery", "--out", "demo")
"""What the README shows, in a window of 80 columns."""

EVERYTHING = ("compare", "order_delivery", "--robust", "60", "--full")
"""What the page shows, in a wide one."""

NARROW, WIDE = 80, 132

PAGES = {
    "README.md": ("demo answer",),
    "docs/order-delivery.md": ("demo table", "demo output"),
    "docs/how-to/how-sure.md": ("demo robust",),
}
"""Which blocks stand on which page."""

FIGURES = ("slide", "effects", "ledger", "summary")

HEADLINES = ("on_time_target", "lead_time_mean", "conflicts_per_100", "bounces_per_100", "coordination_hours")
"""The measures in the first table; the others stand below it."""

LEAST_MOVED = 0.5
"""Hours below which no part of the ledger is worth naming."""


def printed(folder: Path, command: tuple[str, ...], columns: int) -> str:
    """Return what a command prints in a window of some width, run in a folder."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    environment = os.environ | {"PYTHONPATH": path, "COLUMNS": str(columns), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "sim", *command],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=environment,
    )
    lines = "\n".join(line.rstrip() for line in done.stdout.splitlines())
    shown = re.sub(r"\n{3,}", "\n\n", lines).strip()
    return f"```text\n$ deptsim {' '.join(command)}\n{shown}\n```"


def blocks(folder: Path) -> dict[str, str]:
    """Run the demo in `folder`, leave its files in ``demo`` there, and return the blocks of the pages."""
    answer, everything = printed(folder, ANSWER, NARROW), printed(folder, EVERYTHING, WIDE)
    effects = pd.read_csv(folder / "demo" / "table.csv").set_index(["measure", "alternative"])
    ledger = pd.read_csv(folder / "demo" / "ledger.csv", index_col=0)
    manifest = json.loads((folder / "demo" / "comparison.json").read_text(encoding="utf-8"))["manifest"]
    found = {
        "demo answer": answer,
        "demo table": main_effects(effects, ledger, manifest),
        "demo output": everything,
        "demo robust": robust_part(everything),
    }
    return {name: f"{block}\n\n{mark(present(), REMADE)}" for name, block in found.items()}


def robust_part(everything: str) -> str:
    """Return what is printed about robustness: from its heading to the sentence about how things are now."""
    head, last = (getattr(words("robust"), name).en.partition("{")[0] for name in ("HEADING", "NOW"))
    begin = everything.index(head)
    end = everything.index("\n\n", everything.index(last, begin))
    return f"```text\n$ deptsim {' '.join(EVERYTHING[:-1])}\n...\n{everything[begin:end]}\n```"


def main_effects(effects: pd.DataFrame, ledger: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Return the table of the main effects, the best alternative first, and below it how to read its first cell."""
    labels = ranked(effects.loc[[HEADLINES[0]]].reset_index(), MEASURES)
    rows = []
    for name in HEADLINES:
        spec, shown = MEASURES[name], effects.loc[name]
        now = measured(shown["now"].iloc[0], spec, unit=False)
        unit = texts.UNITS[spec.unit].en
        rows.append((f"{spec.label.en}, {unit}", now, *(_effect(shown.loc[label], spec) for label in labels)))
    for heading, best in (("most saved in a case, h", "idxmin"), ("most added to a case, h", "idxmax")):
        rows.append((heading, "", *(_moved(ledger, label, best) for label in labels)))
    found = [verdict_of(effects.loc[(name, label)], MEASURES[name]) for name in HEADLINES for label in labels]
    return f"{table(('', 'now', *labels), rows)}\n\n{_reading(effects, labels[0], manifest)} {key_of(found, 'en')}."


def _reading(effects: pd.DataFrame, label: str, manifest: Mapping[str, Any]) -> str:
    """Say how the table came about and what its first cell says."""
    first, spec = effects.loc[(HEADLINES[0], label)], MEASURES[HEADLINES[0]]
    return (
        f"Changes over {manifest['replications']} replications of {manifest['horizon_weeks']:g} weeks in each of which "
        f"every alternative met the same customers, work and luck (seed {manifest['seed']}), with intervals that hold "
        f"for all rows of the comparison at once. The first cell: with {label} {measured(first['mean'], spec)} are on "
        f"time instead of {measured(first['now'], spec)}, a change of {changed(first['difference'], spec)}, within "
        f"{span(first['ci_low'], first['ci_high'], spec)} as far as luck goes."
    )


def _effect(row: pd.Series, spec: MeasureSpec) -> str:
    limits = span(row["ci_low"], row["ci_high"], spec)
    return f"{sign(verdict_of(row, spec))} **{changed(row['difference'], spec, unit=False)}**<br>{limits}"


def _moved(ledger: pd.DataFrame, label: str, best: str) -> str:
    """Return the part of the ledger that changed most in one direction; closed hours come with what is waited for."""
    moved = (ledger.loc[label] - ledger.iloc[0]).drop("closed")
    part = str(getattr(moved, best)())
    return f"{texts.PARTS[part].en} {signed(moved[part])}" if abs(moved[part]) >= LEAST_MOVED else MISSING


def write() -> None:
    """Run the demo and put its figures, its answer and its tables into their places."""
    with tempfile.TemporaryDirectory() as folder:
        found = blocks(Path(folder))
        (DOCS / "images").mkdir(exist_ok=True)
        for figure in FIGURES:
            shutil.copyfile(Path(folder) / "demo" / f"{figure}.png", DOCS / "images" / f"order_delivery_{figure}.png")
    for path, names in PAGES.items():
        page = (ROOT / path).read_text(encoding="utf-8")
        for name in names:
            page = replaced(page, name, found[name])
        (ROOT / path).write_text(page, encoding="utf-8")
