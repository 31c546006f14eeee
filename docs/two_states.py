"""The figure and the tables of docs/how-to/two-states.md: where one organization has two states, and what tips it.

``python docs/two_states.py`` runs more than ten thousand years of the scenario `trust_trap` (six minutes on two
cores), draws ``docs/images/trust_trap_states.png``, and writes the measured tables into the page.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

import sim
from docs.mark import mark, present
from docs.markdown import replaced, table
from docs.states_figure import Curve, Loop, draw
from sim.interventions import INTERVENTIONS
from sim.replications import replicate
from sim.report.style import DPI
from sim.scenario import Scenario
from sim.spec.shocks import Surge
from sim.study.statistics import Interval, mean_interval

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "how-to" / "two-states.md"
FIGURE = ROOT / "docs" / "images" / "trust_trap_states.png"

SEED = 1
REPLICATIONS = 10
SEVERAL = 6
"""Replications of the long runs."""
LOW, HIGH = 0.1, 0.9
"""Trust at the start: without, and with."""
STARTS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
LOADS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.05, 1.1, 1.15, 1.2, 1.3)
WEEKS = 300
"""Length of a run in which a state has to hold."""
LONG = 1200
"""Length of a run that shows whether it holds for a generation."""
SETTLED = 20
"""Weeks at the end over which a state is taken."""
DUE = 40
"""Weeks over which the on-time rate is taken: orders are few, and late ones are known late."""

ANSWERS = (16.0, 12.0, 10.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.5)
ALIGNMENTS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8)
STAIR = 100
"""Weeks for which a control rests before it is moved on."""
STAIRS = 5
"""Replications of a run along a staircase."""

ADOPTION = {"ramp_weeks": 2.0, "fidelity": 0.9}
WARMUP = 10
"""Weeks of warm-up: in files week 0 comes after them; the tables and the figure count the weeks of the run."""
WHILE = {"end_week": 80.0, "adoption": ADOPTION}
BUNDLE: tuple[Mapping[str, Any], ...] = (
    {"kind": "shared_kpi", "bonus_share": 0.4, **WHILE},
    {"kind": "daily_standup", **WHILE},
    {"kind": "shared_board", **WHILE},
    {"kind": "raci", **WHILE},
    {"kind": "first_contact_ownership", **WHILE},
    {"kind": "job_rotation"},
)
"""Something against each root of the trouble, given up after a year and a half."""
SURGE_WEEK = 10.0
AGREEMENT: Mapping[str, Any] = {"kind": "response_agreement", **WHILE}
TRIED: tuple[tuple[str, tuple[Mapping[str, Any], ...]], ...] = (
    ("nothing", ()),
    *((INTERVENTIONS[str(one["kind"])].label.en, (one,)) for one in (AGREEMENT, *BUNDLE)),
    ("Shared KPIs and stand-up", BUNDLE[:2]),
    ("Shared KPIs, stand-up and shared board", BUNDLE[:3]),
    ("all six but the stand-up", (BUNDLE[0], *BUNDLE[2:])),
    ("all six but RACI", (*BUNDLE[:3], *BUNDLE[4:])),
    ("all six but job rotation", BUNDLE[:-1]),
    ("all six (from KPIs to rotation)", BUNDLE),
)
"""What is tried against the bad state, for a while."""
SURGES = ((1.2, 20.0), (1.4, 20.0), (1.6, 20.0), (2.0, 4.0), (2.0, 20.0))
"""Factors and weeks of surges from which the good state has to recover."""
AFTER = 250
"""Week in which one looks what has stayed, three years after measures were given up."""


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


def surged(scenario: Scenario, factor: float, weeks: float) -> Scenario:
    """Return the organization with more orders for some weeks."""
    shocks = [Surge(week=SURGE_WEEK, process=name, weeks=weeks, factor=factor) for name in scenario.processes]
    return scenario.model_copy(update={"shocks": tuple(shocks)})


def staircase(lever: str, values: Sequence[float]) -> dict[str, Any]:
    """Return an intervention that moves a lever from one value to the next, each for a while, everywhere, for free."""
    moves = [
        {"lever": lever, "toward": value, "paid": True, "worsens": True,
         "after_weeks": float(k * STAIR), "weeks": float(STAIR)}
        for k, value in enumerate(values)
    ]  # fmt: skip
    return {"kind": "custom", "name": f"Staircase of {lever}", "cost_minutes": 0.0, "moves": moves,
            "start_week": -float(WARMUP)}  # fmt: skip


def weekly(scenario: Scenario, replications: int) -> pd.DataFrame:
    """Return trust and on-time rate by week, a column for each replication of each."""
    timeline = replicate(scenario, replications=replications, seed=SEED).timeline
    return timeline.pivot(index="week", columns="replication", values=["trust", "on_time_target"])


def ends(weeks: pd.DataFrame, week: int) -> pd.DataFrame:
    """Return trust and on-time rate shortly before a week, a row for each replication."""
    return pd.DataFrame(
        {
            "trust": weeks["trust"].iloc[week - SETTLED : week].mean(),
            "on_time": weeks["on_time_target"].iloc[week - DUE : week].mean(),
        }
    )


# What is computed


def curve(trust: float, coupling: float, loads: Sequence[float] = LOADS) -> Curve:
    """Run one start at every load, with trust acted upon as far as `coupling` says."""
    runs = (weekly(begun(trust, WEEKS, load, trust_coupling=coupling), REPLICATIONS) for load in loads)
    said = f"begun with trust {trust:g}"
    return Curve(said if coupling else f"{said}, trust not acted upon", loads, [ends(one, WEEKS) for one in runs])


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
    return Loop(values, states[: len(values)], states[len(values) - 1 :][::-1])


def tipping() -> dict[str, pd.DataFrame]:
    """Run the bad state with and without the bundle, and the good one with and without the surge."""
    bad, good = begun(LOW, WEEKS), begun(HIGH, WEEKS)
    runs = {
        "as it is": bad,
        "with six measures, weeks 10 to 90": bad.with_interventions(BUNDLE),
        "as it is ": good,
        "with a surge, weeks 20 to 40": surged(good, 1.6, 20.0),
    }
    return {label: weekly(one, REPLICATIONS)["trust"] for label, one in runs.items()}


SHARP = {"latency_spread": 1.2, "answer_spread": 1.0, "lateness_width": 0.5, "alignment": 0.1,
         "answer_latency": 5.0, "trust_loss": 0.05}  # fmt: skip
"""Answers spread less, and late ones weigh fully sooner: what goodwill does is seen more clearly."""
SETTINGS: tuple[tuple[str, dict[str, float]], ...] = (
    ("as shipped", {}),
    ("`trust_coupling` 0 (trust is not acted upon)", {"trust_coupling": 0.0}),
    ("`attribution` .5 instead of 1", {"attribution": 0.5}),
    ("`attribution` .75", {"attribution": 0.75}),
    ("`attribution` .9", {"attribution": 0.9}),
    ("`attribution` .95", {"attribution": 0.95}),
    ("`attribution` .9, and goodwill seen more clearly (see below)", {"attribution": 0.9, **SHARP}),
    ("`reluctance` 1.6 instead of 2", {"reluctance": 1.6}),
    ("`reluctance` 1", {"reluctance": 1.0}),
    ("`adherence` .35 instead of .6", {"adherence": 0.35}),
    ("`adherence` .5", {"adherence": 0.5}),
    ("`trust_loss` .05 instead of .065", {"trust_loss": 0.05}),
    ("`trust_loss` .06", {"trust_loss": 0.06}),
    ("`trust_loss` .08", {"trust_loss": 0.08}),
    ("`trust_loss` .1", {"trust_loss": 0.1}),
    ("`trust_drift` 0 instead of .0001", {"trust_drift": 0.0}),
    ("`trust_drift` .0005", {"trust_drift": 0.0005}),
    ("`alignment` 0 instead of .15", {"alignment": 0.0}),
    ("`alignment` .3", {"alignment": 0.3}),
    ("`alignment` .4", {"alignment": 0.4}),
    ("`alignment` .6", {"alignment": 0.6}),
    ("`latency` 4 instead of 6", {"latency": 4.0}),
    ("`latency` 4, `answer_latency` 3 instead of 4", {"latency": 4.0, "answer_latency": 3.0}),
    ("load .6", {"load": 0.6}),
    ("load 1.1", {"load": 1.1}),
    ("load 1.2", {"load": 1.2}),
)
"""What may make two states possible, and how it is varied."""


def _points(gap: Interval) -> str:
    """Write a difference of rates in whole points; what rounds to zero has no minus."""
    return f"{round(100 * gap.mean) + 0.0:+.0f} ± {100 * (gap.high - gap.mean):.0f}"


def settings() -> list[tuple[str, ...]]:
    """Return, for every setting, both states after six years and after twenty-three."""
    rows = []
    for label, change in SETTINGS:
        low, high = (weekly(begun(trust, LONG, **change), SEVERAL) for trust in (LOW, HIGH))
        cells = []
        for week in (WEEKS, LONG):
            bad, good = ends(low, week), ends(high, week)
            gap = mean_interval(good["on_time"] - bad["on_time"])
            cells += [
                f"{bad['trust'].mean():.2f}, {good['trust'].mean():.2f}",
                _points(gap),
            ]
        rows.append((label, *cells))
    return rows


def _stayed(label: str, scenario: Scenario, early: int) -> tuple[str, ...]:
    """Return trust and on-time rate by the week `early` and after three more years."""
    found = weekly(scenario, REPLICATIONS)
    cells = []
    for week in (early, AFTER):
        state = ends(found, week)
        late = mean_interval(100 * state["on_time"])
        cells += [f"{state['trust'].mean():.2f}", f"{late.mean:.0f} ± {late.high - late.mean:.0f}"]
    return label, *cells


def tips() -> list[tuple[str, ...]]:
    """Return what each attempt, and each surge, does while it lasts, and what has stayed of it."""
    bad, good = begun(LOW, AFTER), begun(HIGH, AFTER)
    tried = [_stayed(label, bad.with_interventions(bundle), 90) for label, bundle in TRIED]
    hit = [
        _stayed(f"begun with trust .9: demand × {factor:g} for {weeks:g} weeks", surged(good, factor, weeks), 90)
        for factor, weeks in SURGES
    ]
    return [*tried, *hit]


def starts() -> list[tuple[str, ...]]:
    """Return where each start ends: mean trust, the replications that are furthest apart, and the on-time rate."""
    rows = []
    for trust in STARTS:
        state = ends(weekly(begun(trust, WEEKS), REPLICATIONS), WEEKS)
        late = mean_interval(100 * state["on_time"])
        rows.append(
            (
                f"{trust:g}",
                f"{state['trust'].mean():.2f}",
                f"{state['trust'].min():.2f} to {state['trust'].max():.2f}",
                f"{late.mean:.0f} ± {late.high - late.mean:.0f}",
            )
        )
    return rows


# What is written


def load_table(curves: Sequence[Curve]) -> str:
    """Return both states at every load."""
    high, low = curves[0], curves[1]
    rows = []
    for load, good, bad in zip(high.loads, high.states, low.states, strict=True):
        gap = mean_interval(good["on_time"] - bad["on_time"])
        rows.append(
            (
                f"{load:g}",
                f"{bad['trust'].mean():.2f}",
                f"{good['trust'].mean():.2f}",
                f"{100 * bad['on_time'].mean():.0f} %",
                f"{100 * good['on_time'].mean():.0f} %",
                _points(gap),
            )
        )
    headings = ("load", "trust, begun with .1", "with .9", "on time, begun with .1", "with .9", "difference, points")
    return table(headings, rows)


def starts_table(rows: Sequence[Sequence[str]]) -> str:
    """Return where each start ends."""
    return table(("trust at the start", f"after {WEEKS} weeks", "lowest and highest replication", "on time, %"), rows)


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


def tips_table(rows: Sequence[Sequence[str]]) -> str:
    """Return what was tried, and what has stayed."""
    headings = ("tried", "trust, week 90", "on time, %", f"trust, week {AFTER}", "on time, %")
    return table(headings, rows)


def written(page: str, blocks: Mapping[str, str]) -> str:
    """Return the page with the measured tables."""
    for name, content in blocks.items():
        page = replaced(page, name, content, writer="docs/two_states.py")
    return page


def main() -> None:
    """Run everything, draw the figure, and write the tables."""
    curves = against_load()
    loops = {"answer_latency": swept("answer_latency", ANSWERS), "alignment": swept("alignment", ALIGNMENTS)}
    figure = draw(curves, loops, tipping())
    figure.savefig(FIGURE, format="png", dpi=DPI, metadata={"Software": None})
    blocks = {
        "measured": mark(present(), "python docs/two_states.py"),
        "starts": starts_table(starts()),
        "loads": load_table(curves),
        "settings": settings_table(settings()),
        "tips": tips_table(tips()),
    }
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), blocks), encoding="utf-8")


if __name__ == "__main__":
    main()
