"""The figure and the tables of docs/how-to/two-states.md: where one organization has two states, and what tips it.

``python docs/two_states.py`` runs some thousand years of the scenario `trust_trap` (a few minutes), draws
``docs/images/trust_trap_states.png``, and writes the measured tables into the page.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import sim
from docs.generate import replaced, table
from sim.replications import replicate
from sim.report.style import (
    DPI,
    FAINT,
    INK,
    NORMAL,
    SERIES_DASHES,
    SMALL,
    headed,
    new_figure,
    plain,
    series_color,
)
from sim.scenario import Scenario
from sim.study.statistics import Interval, mean_interval

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "how-to" / "two-states.md"
FIGURE = ROOT / "docs" / "images" / "trust_trap_states.png"

SEED = 1
REPLICATIONS = 10
LOW, HIGH = 0.1, 0.9
"""Trust at the start: without, and with."""
LOADS = tuple(round(0.6 + 0.05 * k, 2) for k in range(12))
WEEKS = 300
"""Length of a run in which a state has to hold."""
LONG = 1200
"""Length of a run that shows whether it holds for a generation."""
SETTLED = 20
"""Weeks at the end over which a state is taken."""
DUE = 40
"""Weeks over which the on-time rate is taken: orders are few, and late ones are known late."""

LATENCIES = (16.0, 12.0, 10.0, 8.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0)
ALIGNMENTS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8)
STAIR = 100
"""Weeks for which a control rests before it is moved on."""
STAIRS = 5
"""Replications of a run along a staircase."""

ADOPTION = {"ramp_weeks": 2.0, "fidelity": 0.9}
WHILE = {"start_week": 10.0, "end_week": 90.0, "adoption": ADOPTION}
BUNDLE: tuple[Mapping[str, Any], ...] = (
    {"kind": "shared_kpi", "bonus_share": 0.4, **WHILE},
    {"kind": "daily_standup", **WHILE},
    {"kind": "shared_board", **WHILE},
    {"kind": "raci", **WHILE},
    {"kind": "first_contact_ownership", **WHILE},
    {"kind": "job_rotation", "start_week": 10.0},
)
"""Something against each root of the trouble, given up after a year and a half."""
SURGE = {"week": 20.0, "weeks": 20.0, "factor": 1.4}


@cache
def trap() -> Scenario:
    """Return the organization as shipped."""
    return sim.load("trust_trap")


def begun(trust: float, weeks: float, load: float = 1.0, **levers: float) -> Scenario:
    """Return the organization with this trust at the start, at this load, watched for so many weeks."""
    one = trap()
    flows = {
        name: flow.model_copy(
            update={"demand": flow.demand.model_copy(update={"per_week": (flow.demand.per_week or 0.0) * load})}
        )
        for name, flow in one.processes.items()
    }
    return one.model_copy(
        update={
            "processes": flows,
            "relations": one.relations.model_copy(update={"trust": trust}),
            "levers": {**one.levers, **levers},
            "horizon_weeks": weeks - one.warmup_weeks,
        }
    )


def surged(scenario: Scenario) -> Scenario:
    """Return the organization with more orders for some weeks."""
    return sim.Scenario.model_validate(
        scenario.model_dump(by_alias=True)
        | {"shocks": [{"kind": "surge", "process": name, **SURGE} for name in scenario.processes]}
    )


def staircase(lever: str, values: Sequence[float]) -> dict[str, Any]:
    """Return an intervention that moves a lever from one value to the next, each for a while, everywhere, for free."""
    moves = [
        {"lever": lever, "toward": value, "paid": True, "after_weeks": float(k * STAIR), "weeks": float(STAIR)}
        for k, value in enumerate(values)
    ]
    return {"kind": "custom", "name": f"Staircase of {lever}", "cost_minutes": 0.0, "moves": moves}


def weekly(scenario: Scenario, replications: int) -> pd.DataFrame:
    """Return trust and on-time rate by week, a column for each replication of each."""
    timeline = replicate(scenario, replications=replications, seed=SEED).timeline
    return timeline[["trust", "on_time_target"]].unstack("replication")


def ends(weeks: pd.DataFrame, week: int) -> pd.DataFrame:
    """Return trust and on-time rate shortly before a week, a row for each replication."""
    return pd.DataFrame(
        {
            "trust": weeks["trust"].iloc[week - SETTLED : week].mean(),
            "on_time": weeks["on_time_target"].iloc[week - DUE : week].mean(),
        }
    )


def intervals(frames: Sequence[pd.DataFrame], column: str) -> list[Interval]:
    """Return mean and 95 % interval of one column in each frame."""
    return [mean_interval(frame[column]) for frame in frames]


Loop = tuple[list[Interval], list[Interval]]
"""States along a control, on the way there and on the way back."""


# What is computed


@dataclass(frozen=True)
class Curve:
    """States at the end against load, for one start."""

    label: str
    states: list[pd.DataFrame]


def curve(trust: float, coupling: float, loads: Sequence[float] = LOADS) -> Curve:
    """Run one start at every load, with trust acted upon as far as `coupling` says."""
    runs = (weekly(begun(trust, WEEKS, load, trust_coupling=coupling), REPLICATIONS) for load in loads)
    said = f"begun with trust {trust:g}"
    return Curve(said if coupling else f"{said}, trust not acted upon", [ends(one, WEEKS) for one in runs])


def against_load() -> list[Curve]:
    """Run both starts at every load, with trust acted upon and without."""
    return [curve(trust, coupling) for coupling in (1.0, 0.0) for trust in (HIGH, LOW)]


def swept(lever: str, values: Sequence[float]) -> Loop:
    """Move a lever along `values` and back in one run; return trust at the end of every stair, both ways.

    Begun without trust; the turning point belongs to both ways.
    """
    there_and_back = [*values, *values[-2::-1]]
    scenario = begun(LOW, STAIR * len(there_and_back)).with_interventions([staircase(lever, there_and_back)])
    trust = weekly(scenario, STAIRS)["trust"]
    last = [trust.iloc[(k + 1) * STAIR - SETTLED : (k + 1) * STAIR].mean() for k in range(len(there_and_back))]
    states = [mean_interval(one) for one in last]
    return states[: len(values)], states[len(values) - 1 :][::-1]


def tipping() -> dict[str, pd.DataFrame]:
    """Run the bad state with and without the bundle, and the good one with and without the surge."""
    bad, good = begun(LOW, WEEKS), begun(HIGH, WEEKS)
    runs = {
        "as it is": bad,
        "with six measures, weeks 10 to 90": bad.with_interventions(BUNDLE),
        "as it is ": good,
        "with a surge, weeks 20 to 40": surged(good),
    }
    return {label: weekly(one, REPLICATIONS)["trust"] for label, one in runs.items()}


SETTINGS: tuple[tuple[str, dict[str, float]], ...] = (
    ("as shipped", {}),
    ("`trust_coupling` 0 (trust is not acted upon)", {"trust_coupling": 0.0}),
    ("`attribution` .5 instead of 1", {"attribution": 0.5}),
    ("`attribution` .75", {"attribution": 0.75}),
    ("`trust_drift` 0 instead of .0001", {"trust_drift": 0.0}),
    ("`trust_drift` .0005", {"trust_drift": 0.0005}),
    ("`reluctance` 1 instead of 2", {"reluctance": 1.0}),
    ("`reluctance` .5", {"reluctance": 0.5}),
    ("`trust_loss` .04 instead of .09", {"trust_loss": 0.04}),
    ("`alignment` 0 instead of .1", {"alignment": 0.0}),
    ("`alignment` .2", {"alignment": 0.2}),
    ("`alignment` .3", {"alignment": 0.3}),
    ("`alignment` .4", {"alignment": 0.4}),
    ("`alignment` .6", {"alignment": 0.6}),
    ("load .6", {"load": 0.6}),
    ("load .8", {"load": 0.8}),
    ("load 1.05", {"load": 1.05}),
    ("load 1.1", {"load": 1.1}),
)
"""What may make two states possible, and how it is varied."""


def settings() -> list[tuple[str, ...]]:
    """Return, for every setting, both states after six years and after twenty-three."""
    rows = []
    for label, change in SETTINGS:
        low, high = (weekly(begun(trust, LONG, **change), REPLICATIONS) for trust in (LOW, HIGH))
        cells = []
        for week in (WEEKS, LONG):
            bad, good = ends(low, week), ends(high, week)
            gap = mean_interval(good["on_time"] - bad["on_time"])
            cells += [
                f"{bad['trust'].mean():.2f}, {good['trust'].mean():.2f}",
                f"{100 * gap.mean:+.0f} ± {100 * (gap.high - gap.mean):.0f}",
            ]
        rows.append((label, *cells))
    return rows


# How it is drawn


def draw(
    curves: Sequence[Curve],
    loops: Mapping[str, tuple[list[Interval], list[Interval]]],
    runs: Mapping[str, pd.DataFrame],
) -> Figure:
    """Draw the six panels."""
    figure = new_figure(10.0, 11.0)
    grid = figure.subplots(3, 2)
    _against(grid[0, 0], curves, "trust", 1.0, "1  Trust after 300 weeks", "mean trust")
    _against(grid[0, 1], curves, "on_time", 100.0, "2  On time after 300 weeks", "% of cases")
    grid[0, 1].legend(loc="lower left", fontsize=SMALL, frameon=False)
    _loop(grid[1, 0], LATENCIES, loops["latency"], "3  A loop: hand-over latency down and up again")
    grid[1, 0].set_xscale("log")
    grid[1, 0].set_xticks(LATENCIES, [f"{value:g}" for value in LATENCIES], minor=False)
    grid[1, 0].minorticks_off()
    grid[1, 0].set_xlabel("mean hand-over latency, open hours", fontsize=SMALL, color=INK)
    _loop(grid[1, 1], ALIGNMENTS, loops["alignment"], "4  A ratchet: goal alignment up and down again")
    grid[1, 1].set_xlabel("goal alignment", fontsize=SMALL, color=INK)
    labels = list(runs)
    _course(grid[2, 0], runs, labels[:2], "5  Out of the bad state", (10.0, 90.0))
    _course(grid[2, 1], runs, labels[2:], "6  Out of the good state", (20.0, 40.0))
    headed(figure, "One organization, two states: which it is in depends on where it came from")
    return figure


def _framed(axes: Axes, title: str, unit: str) -> None:
    plain(axes)
    axes.set_title(title, fontsize=NORMAL, color=INK, loc="left", fontweight="bold")
    axes.set_ylabel(unit, fontsize=SMALL, color=INK)


MARKERS = ("o", "s", "^", "v")


def _against(axes: Axes, curves: Sequence[Curve], column: str, scale: float, title: str, unit: str) -> None:
    """Draw one value against load, a line with intervals for each start."""
    for place, curve in enumerate(curves):
        states = intervals(curve.states, column)
        middle = scale * np.array([one.mean for one in states])
        half = scale * np.array([one.high - one.mean for one in states])
        axes.errorbar(
            LOADS,
            middle,
            half,
            color=series_color(place + 1),
            linestyle=SERIES_DASHES[place],
            marker=MARKERS[place],
            markerfacecolor="white" if place > 1 else series_color(place + 1),
            markersize=5,
            linewidth=1.6,
            elinewidth=1.2,
            capsize=2.5,
            label=curve.label,
        )
    _framed(axes, title, unit)
    axes.set_ylim(0.0, scale)
    axes.set_xlabel("demand, as a multiple of what it is", fontsize=SMALL, color=INK)


def _loop(axes: Axes, values: Sequence[float], both: Loop, title: str) -> None:
    """Draw trust along a control that is moved to one end and back, with an arrow for each way."""
    for place, (states, said) in enumerate(zip(both, ("there: begun without trust", "and back"), strict=True)):
        color = series_color(place + 1)
        middle = np.array([one.mean for one in states])
        low, high = (np.array([getattr(one, end) for one in states]) for end in ("low", "high"))
        axes.fill_between(values, low, high, color=color, alpha=0.18, linewidth=0)
        axes.plot(
            values, middle, color=color, linestyle=SERIES_DASHES[place], marker=MARKERS[place], markersize=5, label=said
        )
        _arrow(axes, values, middle, color, backwards=place == 1)
    _framed(axes, title, "mean trust")
    axes.set_ylim(0.0, 1.0)
    axes.legend(loc="upper right", fontsize=SMALL, frameon=False)


def _arrow(axes: Axes, values: Sequence[float], middle: Any, color: str, backwards: bool) -> None:
    """Say which way a line is gone, at its middle."""
    k = len(values) // 2
    ends_of = ((values[k - 1], middle[k - 1]), (values[k], middle[k]))
    tail, head = ends_of[::-1] if backwards else ends_of
    axes.annotate(
        "", xy=head, xytext=tail, arrowprops={"arrowstyle": "-|>", "color": color, "lw": 2, "mutation_scale": 18}
    )


def _course(
    axes: Axes, runs: Mapping[str, pd.DataFrame], labels: Sequence[str], title: str, span: tuple[float, float]
) -> None:
    """Draw trust over time with and without what tips it; the weeks in which that lasts are shaded."""
    axes.axvspan(*span, color=FAINT, alpha=0.2, linewidth=0)
    for place, label in enumerate(labels):
        states = [mean_interval(row) for row in runs[label].to_numpy()]
        weeks = np.arange(len(states)) + 1.0
        color = series_color(place)
        axes.fill_between(
            weeks, [one.low for one in states], [one.high for one in states], color=color, alpha=0.18, linewidth=0
        )
        axes.plot(
            weeks,
            [one.mean for one in states],
            color=color,
            linestyle=SERIES_DASHES[place],
            linewidth=1.6,
            label=label.strip(),
        )
    _framed(axes, title, "mean trust")
    axes.set_ylim(0.0, 1.0)
    axes.set_xlabel("week of the run", fontsize=SMALL, color=INK)
    axes.legend(loc="upper right" if span[0] < 15 else "lower left", fontsize=SMALL, frameon=False)


# What is written


def load_table(curves: Sequence[Curve], loads: Sequence[float] = LOADS) -> str:
    """Return both states at every load."""
    high, low = curves[0], curves[1]
    rows = []
    for load, good, bad in zip(loads, high.states, low.states, strict=True):
        gap = mean_interval(good["on_time"] - bad["on_time"])
        rows.append(
            (
                f"{load:g}",
                f"{bad['trust'].mean():.2f}",
                f"{good['trust'].mean():.2f}",
                f"{100 * bad['on_time'].mean():.0f} %",
                f"{100 * good['on_time'].mean():.0f} %",
                f"{100 * gap.mean:+.0f} ± {100 * (gap.high - gap.mean):.0f}",
            )
        )
    headings = ("load", "trust, begun with .1", "with .9", "on time, begun with .1", "with .9", "difference, points")
    return table(headings, rows)


def settings_table(rows: Sequence[Sequence[str]]) -> str:
    """Return both states under every setting."""
    headings = (
        "setting",
        f"trust after {WEEKS} weeks, begun with .1 and .9",
        "on time, difference in points",
        f"trust after {LONG} weeks",
        "on time, difference in points",
    )
    return table(headings, rows)


def written(page: str, blocks: Mapping[str, Callable[[], str]]) -> str:
    """Return the page with the measured tables."""
    for name, content in blocks.items():
        page = replaced(page, name, content(), writer="docs/two_states.py")
    return page


def main() -> None:
    """Run everything, draw the figure, and write the tables."""
    curves = against_load()
    loops = {"latency": swept("latency", LATENCIES), "alignment": swept("alignment", ALIGNMENTS)}
    figure = draw(curves, loops, tipping())
    figure.savefig(FIGURE, format="png", dpi=DPI, metadata={"Software": None})
    rows = settings()
    blocks = {"loads": lambda: load_table(curves), "settings": lambda: settings_table(rows)}
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), blocks), encoding="utf-8")


if __name__ == "__main__":
    main()
