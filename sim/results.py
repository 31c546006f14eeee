"""What runs produced, as frames, and what has to be known to repeat them."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim import frames
from sim.compile import Compiled
from sim.hooks import Named
from sim.kernel.jit import SOURCES
from sim.measures import RELATION, ledger_of, measures_of, places_of, relations_of, timeline_of, utilization_of
from sim.outcome import Outcome
from sim.scenario import Scenario
from sim.sources import sources
from sim.vocab import LEDGER_PARTS
from sim.weekly import weekly_frame, weekly_of

if TYPE_CHECKING:
    from sim.study.facts import Diagnosis

_PACKAGES = ("deptsim", "mesa", "numpy", "numba", "pandas", "pydantic", "scipy")


@dataclass(frozen=True, eq=False)
class Replications:
    """What many replications of one scenario say, one row each.

    Attributes
    ----------
    measures : DataFrame
        Index replication, a column per measure.
    ledger, ledger_inherited, ledger_open : DataFrame
        Index replication; mean hours per case that counts of the ten parts, of the nine that inherit closed hours from
        what was being waited for, and of the nine in open hours only; `unfinished` is the tail of those not finished.
    timeline : DataFrame
        Index (replication, week); on_time_target, backlog, conflicts, trust.
    relations : DataFrame
        Index replication; columns (value, from, to) with the values trust_start, trust, understanding_start,
        understanding (from whom, of whom), dealings, and planned (dealings of two departments a week), of every pair
        that may deal with each other.
    weekly : DataFrame
        What departments and approvers did week by week, see `sim.weekly`.
    loads : DataFrame
        Index replication; hours served over hours open, after the warm-up, of every department and approver.
    places : DataFrame
        Columns process, step and the ten parts: mean hours per case of the process that counts which pass at a step,
        over the replications in which any counts.
    errors : tuple of str
        One sentence per replication that failed.
    """

    measures: pd.DataFrame
    ledger: pd.DataFrame
    ledger_inherited: pd.DataFrame
    ledger_open: pd.DataFrame
    timeline: pd.DataFrame
    relations: pd.DataFrame
    weekly: pd.DataFrame
    loads: pd.DataFrame
    places: pd.DataFrame
    errors: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class RunResult:
    """What a run produced, in full.

    Attributes
    ----------
    cases : DataFrame
        One row per case; times in calendar hours since Monday 00:00, ledger parts in hours.
    ledger : DataFrame
        Context × activity per finished case, in hours.
    daily, links : DataFrame
        Per day and department; per pair that deals with each other.
    measures : DataFrame
        Index replication, a column per measure.
    weekly : DataFrame
        What departments and approvers did week by week, see `sim.weekly`.
    places : DataFrame
        Columns process, step and the ten parts: mean hours per case of the process that counts which pass at a step.
    events : DataFrame or None
        The event log, where it was asked for.
    manifest : dict
        Versions, seed, hashes of scenario, kernel and all sources, classes written in Python by name and code.
    errors : tuple of str
        One sentence per replication that failed.
    """

    scenario: Scenario
    cases: pd.DataFrame
    ledger: pd.DataFrame
    daily: pd.DataFrame
    links: pd.DataFrame
    measures: pd.DataFrame
    weekly: pd.DataFrame
    places: pd.DataFrame
    events: pd.DataFrame | None
    manifest: dict[str, Any]
    errors: tuple[str, ...]

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """What state the organization is in: busy shares, trends, waits, and remarks, the gravest first."""
        from sim.study.diagnosis import diagnose_run  # a result diagnoses itself, but only when it is asked to

        return diagnose_run(self)


def manifest_of(
    scenario: Scenario, seed: int, replications: int, first: int = 0, department: Named = None
) -> dict[str, Any]:
    """Return what is needed to repeat a run to the bit; classes of departments are told by name and code."""
    return {
        "scenario": scenario.name,
        "scenario_hash": scenario.hash,
        "seed": seed,
        "replications": replications,
        "first_replication": first,
        "department": department,
        "kernel": SOURCES,
        "sources": sources(),
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in _PACKAGES},
    }


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


@dataclass(frozen=True, eq=False, slots=True)
class Kept:
    """What is kept of one replication in full."""

    replication: int
    cases: pd.DataFrame
    ledger: pd.DataFrame
    daily: pd.DataFrame
    links: pd.DataFrame
    events: pd.DataFrame | None
    measures: dict[str, float]
    weekly: Any
    places: Any


def everything(outcome: Outcome, events: bool) -> Kept:
    """Return what is kept of one replication, with the event log where it was asked for."""
    return Kept(
        outcome.replication,
        frames.cases_frame(outcome),
        frames.ledger_frame(outcome),
        frames.daily_frame(outcome),
        frames.links_frame(outcome),
        frames.events_frame(outcome) if events else None,
        measures_of(outcome),
        weekly_of(outcome),
        places_of(outcome),
    )


def run_result(
    compiled: Compiled, kept: Sequence[Kept], errors: Sequence[str], manifest: dict[str, Any], events: bool
) -> RunResult:
    """Return the result of a run of these replications."""
    index = pd.Index([one.replication for one in kept], name="replication")
    return RunResult(
        scenario=compiled.scenario,
        cases=frames.stacked([one.cases for one in kept]),
        ledger=frames.stacked([one.ledger for one in kept]),
        daily=frames.stacked([one.daily for one in kept]),
        links=frames.stacked([one.links for one in kept]),
        measures=pd.DataFrame([one.measures for one in kept], index=index),
        weekly=_weekly(compiled, {one.replication: one.weekly for one in kept}),
        places=_places(compiled, [one.places for one in kept]),
        events=frames.stacked([one.events for one in kept if one.events is not None]) if events else None,
        manifest=manifest,
        errors=tuple(errors),
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """What is kept of one of many replications."""

    number: int
    measures: dict[str, float]
    ledgers: dict[str, dict[str, float]]
    timeline: list[dict[str, float]]
    relations: Any
    weekly: Any
    loads: Any
    places: Any


def summary(outcome: Outcome) -> Summary:
    """Return what is kept of one of many replications."""
    return Summary(
        outcome.replication,
        measures_of(outcome),
        ledger_of(outcome),
        timeline_of(outcome),
        relations_of(outcome),
        weekly_of(outcome),
        utilization_of(outcome),
        places_of(outcome),
    )


def gathered(compiled: Compiled, kept: Sequence[Summary], errors: Sequence[str]) -> Replications:
    """Return what many replications say."""
    index = pd.Index([one.number for one in kept], name="replication")
    weeks = [row for one in kept for row in one.timeline]

    def ledger(split: str) -> pd.DataFrame:
        return pd.DataFrame([one.ledgers[split] for one in kept], index=index)

    return Replications(
        measures=pd.DataFrame([one.measures for one in kept], index=index),
        ledger=ledger("ledger"),
        ledger_inherited=ledger("ledger_inherited"),
        ledger_open=ledger("ledger_open"),
        timeline=pd.DataFrame(weeks).set_index(["replication", "week"]) if weeks else pd.DataFrame(),
        relations=_relations(compiled, [one.relations for one in kept], index),
        weekly=_weekly(compiled, {one.number: one.weekly for one in kept}),
        loads=pd.DataFrame([one.loads for one in kept], index=index, columns=list(compiled.pools), dtype=float),
        places=_places(compiled, [one.places for one in kept]),
        errors=tuple(errors),
    )


def _weekly(compiled: Compiled, tables: dict[int, Any]) -> pd.DataFrame:
    return weekly_frame(compiled.pools, compiled.scenario.window[0], tables)


def _places(compiled: Compiled, tables: list[Any]) -> pd.DataFrame:
    """Return the means over the replications in which any case of the process counts, steps in order."""
    hours = np.array(tables, dtype=float).reshape(-1, len(compiled.steps), len(LEDGER_PARTS))
    known = ~np.isnan(hours)
    times = known.sum(axis=0)
    means = np.divide(np.where(known, hours, 0.0).sum(axis=0), times, out=np.zeros(times.shape), where=times > 0)
    steps = pd.DataFrame(compiled.steps, columns=["process", "step"])
    found = pd.concat([steps, pd.DataFrame(means, columns=list(LEDGER_PARTS))], axis=1)
    kept: pd.DataFrame = found[times[:, 0] > 0].reset_index(drop=True)
    return kept


def _relations(compiled: Compiled, rows: list[Any], index: pd.Index) -> pd.DataFrame:
    """Return one row per replication; the columns are values of pairs."""
    ends = [(compiled.pools[i], compiled.pools[j]) for i, j in compiled.link_ends]
    columns = pd.MultiIndex.from_tuples(
        [(value, *pair) for value in RELATION for pair in ends], names=["value", "from", "to"]
    )
    return pd.DataFrame(np.array(rows, dtype=float).reshape(len(rows), len(columns)), index=index, columns=columns)
