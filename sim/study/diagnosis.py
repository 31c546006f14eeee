"""What state an organization as modeled is in, found before anything is compared.

Figures are means over replications of what every replication says. What a comparison finds depends on the length of a
run where something grows, and means little where nearly all cases are late or hardly any comes: nothing is refused,
everything is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.results import RunResult
from sim.scenario import Scenario
from sim.scenario.shocks import counted_cases
from sim.spec.measures import MEASURES, of_process
from sim.spec.process import Step
from sim.study.effects import scale_of
from sim.study.expected import met_by
from sim.study.facts import Busy, Diagnosis, ProcessFacts, Wait
from sim.study.remarks import remarks_on
from sim.study.statistics import Interval, mean_interval
from sim.study.steady import UNKNOWN, Trend, trends_of, warmup_of
from sim.study.workweeks import PLANNED, levels, planned_shares
from sim.vocab import LEDGER_PARTS, UNFINISHED
from sim.weekly import KINDS, WHOLE

WAITS = ("queue", "handover", "answer", "ping_pong", "rework", "conflict", "external", "release")
"""Parts of the ledger in which a case waits or goes back instead of getting on."""

MOST_WAITS = 3


def diagnose(
    scenario: Scenario,
    *,
    measures: pd.DataFrame,
    weekly: pd.DataFrame,
    timeline: pd.DataFrame,
    ledger: pd.DataFrame,
    ledger_open: pd.DataFrame,
    places: pd.DataFrame,
) -> Diagnosis:
    """Return what state an organization is in.

    Parameters
    ----------
    scenario : Scenario
        What was run.
    measures : DataFrame
        A row per replication, a column per measure.
    weekly : DataFrame
        What everybody did week by week, as in `RunResult.weekly`.
    timeline : DataFrame
        Columns replication, week and backlog: cases in progress at the end of each week, warm-up included.
    ledger, ledger_open : DataFrame
        Columns replication, process (empty for all together) and parts: calendar hours and open hours of a case.
    places : DataFrame
        Columns process, step and parts: mean hours of a case of the process that pass at a step.
    """
    if measures.empty:
        raise ValueError("found no replication that succeeded, expected one at least to diagnose")
    whole = int(np.floor(scenario.horizon_weeks))
    cases = timeline[timeline["week"] < whole]
    counted = weekly[weekly["week"] >= 0]
    warmup = warmup_of(levels(cases, "backlog"), int(np.ceil(scenario.warmup_weeks)))
    settled = warmup.late_weeks  # what moves before is a matter of the warm-up
    queued = counted[(counted["days"] == WHOLE) & (counted["week"] >= settled)]
    queues = {str(owner): levels(rows, "queue") for owner, rows in queued.groupby("department", observed=True)}
    trends = trends_of({"": levels(cases[cases["week"] >= settled], "backlog"), **queues})
    names = list(scenario.processes)
    facts = {name: _process(scenario, name, measures, ledger, ledger_open, places) for name in ("", *names)}
    found = Diagnosis(
        scenario=scenario,
        replications=len(measures),
        weeks=whole,
        busy=_busy(scenario, counted, trends),
        open_cases=trends[""],
        warmup=warmup,
        overall=facts[""],
        processes={name: facts[name] for name in names} if len(names) > 1 else {},
        expected=met_by(scenario, measures),
    )
    return remarks_on(found)


def _busy(scenario: Scenario, counted: pd.DataFrame, trends: Mapping[str, Trend]) -> dict[str, Busy]:
    plans = planned_shares(scenario)
    sums = counted.groupby(["department", "replication"], observed=True)[["open", *KINDS]].sum()
    shares = sums[[*KINDS]].div(sums["open"].where(sums["open"] > 0.0), axis=0)
    owners = shares.index.get_level_values("department")
    return {
        owner: _one(owner, shares[owners == owner], plans[owner], trends.get(owner, UNKNOWN))
        for owner in scenario.pools()
        if owner in set(owners)
    }


def _one(owner: str, shares: pd.DataFrame, plan: Mapping[str, float], queue: Trend) -> Busy:
    spent = {kind: float(shares[kind].mean()) for kind in KINDS}
    busy = mean_interval(shares.to_numpy().sum(axis=1), scale="share")
    return Busy(owner, busy, sum(plan[kind] for kind in PLANNED), spent, plan, queue)


def _process(
    scenario: Scenario,
    process: str,
    measures: pd.DataFrame,
    ledger: pd.DataFrame,
    ledger_open: pd.DataFrame,
    places: pd.DataFrame,
) -> ProcessFacts:
    """Return the facts of one process, or of all together where it has no name."""

    def measured(name: str) -> Interval:
        told = of_process(name, process) if process and len(scenario.processes) > 1 else name
        return mean_interval(measures.get(told, ()), scale=scale_of(MEASURES[name]))

    chosen = [process] if process else list(scenario.processes)
    in_open = _mean_parts(ledger_open, process)
    return ProcessFacts(
        process=process,
        cases=sum(_counted(scenario, name) for name in chosen),
        on_time=measured("on_time_target"),
        lead_time=measured("lead_time_mean"),
        unfinished=measured("unfinished_share"),
        target=scenario.processes[process].target if process else None,
        ledger=_mean_parts(ledger, process),
        ledger_open=in_open,
        waits=_waits(scenario, in_open, _of(places, chosen, scenario)),
    )


def _counted(scenario: Scenario, process: str) -> float:
    return counted_cases(scenario, scenario.shocks, process, scenario.warmup_weeks, scenario.horizon_weeks)


def _mean_parts(ledger: pd.DataFrame, process: str) -> dict[str, float]:
    mine = ledger[ledger["process"] == process]
    parts = [part for part in (*LEDGER_PARTS, UNFINISHED) if part in mine]
    return {part: float(mine[part].mean()) for part in parts} if len(mine) else {}


def _of(places: pd.DataFrame, processes: Iterable[str], scenario: Scenario) -> pd.DataFrame:
    """Return the hours that pass at the steps of some processes in all their cases."""
    mine = places[places["process"].isin(list(processes))]
    rates = np.array([_counted(scenario, str(process)) for process in mine["process"]], dtype=float)
    parts = [part for part in WAITS if part in mine]
    return pd.concat([mine[["process", "step"]], mine[parts].mul(rates, axis=0)], axis=1)


def _waits(scenario: Scenario, in_open: Mapping[str, float], places: pd.DataFrame) -> tuple[Wait, ...]:
    """Return what cases wait for, the longest first, each with the step where most of it passes."""
    total = sum(hours for part, hours in in_open.items() if part != UNFINISHED)
    if not total > 0.0:
        return ()
    ranked = sorted((part for part in WAITS if in_open.get(part, 0.0) > 0.0), key=lambda part: -in_open[part])
    return tuple(_wait(scenario, part, in_open[part] / total, places) for part in ranked[:MOST_WAITS])


def _wait(scenario: Scenario, part: str, share: float, places: pd.DataFrame) -> Wait:
    if part not in places or not places[part].max() > 0.0:
        return Wait(part, share, "", "", ())
    worst: Any = places.iloc[int(places[part].to_numpy().argmax())]
    process, step = str(worst["process"]), str(worst["step"])
    return Wait(part, share, process, step, _waited_for(scenario.processes[process].steps[step], part))


def _waited_for(step: Step, part: str) -> tuple[str, ...]:
    """Return for whom a case waits at a step in a part of the ledger."""
    if part == "answer":
        asked = (*step.C, *((step.A,) if step.A else ()))
        return tuple(dict.fromkeys(one for one in asked if one != step.R))
    if part == "ping_pong":
        return tuple(dict.fromkeys((step.R, *step.contested_by)))
    return () if part in ("external", "conflict", "release") else (step.R,)


def diagnose_run(result: RunResult) -> Diagnosis:
    """Return what state an organization is in."""
    return diagnose(
        result.scenario,
        measures=result.measures,
        weekly=result.weekly,
        timeline=result.timeline,
        ledger=pd.concat([result.ledger.assign(process=""), result.process_ledger]),
        ledger_open=pd.concat([result.ledger_open.assign(process=""), result.process_ledger_open]),
        places=_mean_places(result.places),
    )


def _mean_places(places: pd.DataFrame) -> pd.DataFrame:
    """Return the hours of every step, means over the replications in which any case of the process counts."""
    means = places.groupby(["process", "step"], sort=False, observed=True)[list(LEDGER_PARTS)].mean()
    return means.dropna(how="all").reset_index()
