"""What runs produced, as frames, and what has to be known to repeat them."""

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any

import pandas as pd

from sim import frames
from sim.hooks import Named
from sim.kernel.jit import SOURCES
from sim.measures import measures_of
from sim.outcome import Outcome
from sim.scenario import Scenario

_PACKAGES = ("deptsim", "mesa", "numpy", "numba", "pandas", "pydantic", "scipy")


@dataclass(frozen=True, eq=False)
class Replications:
    """What many replications of one scenario say, one row each.

    Attributes
    ----------
    measures : DataFrame
        Index replication, a column per measure.
    ledger, ledger_inherited, ledger_open : DataFrame
        Index replication; mean hours per finished case of the ten parts, of the nine that inherit closed hours from
        what was being waited for, and of the nine in open hours only.
    timeline : DataFrame
        Index (replication, week); on_time_target, backlog, conflicts.
    errors : tuple of str
        One sentence per replication that failed.
    """

    measures: pd.DataFrame
    ledger: pd.DataFrame
    ledger_inherited: pd.DataFrame
    ledger_open: pd.DataFrame
    timeline: pd.DataFrame
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
    events : DataFrame or None
        The event log, where it was asked for.
    manifest : dict
        Versions, seed, hashes of scenario and kernel, names of classes written in Python.
    errors : tuple of str
        One sentence per replication that failed.
    """

    scenario: Scenario
    cases: pd.DataFrame
    ledger: pd.DataFrame
    daily: pd.DataFrame
    links: pd.DataFrame
    measures: pd.DataFrame
    events: pd.DataFrame | None
    manifest: dict[str, Any]
    errors: tuple[str, ...]


def manifest_of(
    scenario: Scenario, seed: int, replications: int, first: int = 0, department: Named = None
) -> dict[str, Any]:
    """Return what is needed to repeat a run to the bit; classes of departments are told by name."""
    return {
        "scenario": scenario.name,
        "scenario_hash": scenario.hash,
        "seed": seed,
        "replications": replications,
        "first_replication": first,
        "department": department,
        "kernel": SOURCES,
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
    )


def run_result(
    scenario: Scenario, kept: Sequence[Kept], errors: Sequence[str], manifest: dict[str, Any], events: bool
) -> RunResult:
    """Return the result of a run of these replications."""
    index = pd.Index([one.replication for one in kept], name="replication")
    return RunResult(
        scenario=scenario,
        cases=frames.stacked([one.cases for one in kept]),
        ledger=frames.stacked([one.ledger for one in kept]),
        daily=frames.stacked([one.daily for one in kept]),
        links=frames.stacked([one.links for one in kept]),
        measures=pd.DataFrame([one.measures for one in kept], index=index),
        events=frames.stacked([one.events for one in kept if one.events is not None]) if events else None,
        manifest=manifest,
        errors=tuple(errors),
    )
