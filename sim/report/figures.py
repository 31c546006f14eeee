"""The figures of a comparison, made to be printed in a report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from sim.report.effects import draw_effects
from sim.report.ledger import draw_ledger
from sim.report.style import save
from sim.report.timeline import draw_timeline
from sim.spec.measures import MeasureSpec


def draw_comparison(
    folder: Path,
    table: pd.DataFrame,
    ledgers: Mapping[str, pd.DataFrame],
    timeline: pd.DataFrame,
    specs: Mapping[str, MeasureSpec],
    warmup_weeks: float,
    heading: str,
) -> list[Path]:
    """Write effects.png, ledger.png and timeline.png into `folder`, which is made if need be, and return them.

    Parameters
    ----------
    folder
        Where to.
    table, timeline, specs
        As in a comparison.
    ledgers
        Heading and hours per finished case by part, one entry for each way to count closed hours.
    warmup_weeks
        Weeks at the beginning that do not count.
    heading
        How every title begins.
    """
    folder.mkdir(parents=True, exist_ok=True)
    effects = draw_effects(table, specs, f"{heading}: what would change")
    ledger = draw_ledger(ledgers, f"{heading}: where the time of a finished case goes")
    weeks = draw_timeline(timeline, f"{heading}: week by week, with 95 % bands of the mean", warmup_weeks)
    return [
        save(effects, folder / "effects.png"),
        save(ledger, folder / "ledger.png"),
        save(weeks, folder / "timeline.png"),
    ]
