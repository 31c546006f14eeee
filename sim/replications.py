"""The one way to run a scenario: replications under keyed luck, on as many threads as wanted, with the same bits."""

import os
import platform
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from typing import Any

import numpy as np
import pandas as pd

from sim import frames
from sim.compile import Compiled, compile_scenario
from sim.kernel.jit import COMPILED, SOURCES, is_cached
from sim.measures import RELATION, ledger_of, loads_of, measures_of, places_of, relations_of, timeline_of
from sim.outcome import Outcome, simulate, start
from sim.scenario import Scenario
from sim.vocab import LEDGER_PARTS, Text

Progress = Callable[[int, int], None]
"""Called with how many replications are done and how many there are."""

COMPILING = Text(
    "deptsim: compiling the simulation kernel, once for this version (about a minute) ...",
    "正在编译仿真内核，每个版本只需一次（约一分钟）……",
)
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
    relations : DataFrame
        Index replication; columns (value, from, to) with the values trust_start, trust, understanding_start,
        understanding (from whom, of whom) and dealings, of every pair that may deal with each other.
    loads : DataFrame
        Index replication; hours served over hours open, after the warm-up, of every department and approver.
    places : DataFrame
        Columns process, step and the ten parts: mean hours per finished case of the process that pass at a step, over
        the replications in which the process finished any.
    errors : tuple of str
        One sentence per replication that failed.
    """

    measures: pd.DataFrame
    ledger: pd.DataFrame
    ledger_inherited: pd.DataFrame
    ledger_open: pd.DataFrame
    timeline: pd.DataFrame
    relations: pd.DataFrame
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
    events : DataFrame or None
        The event log, where it was asked for.
    manifest : dict
        Versions, seed, hashes of scenario and kernel.
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


def manifest_of(scenario: Scenario, seed: int, replications: int, first: int = 0) -> dict[str, Any]:
    """Return what is needed to repeat a run to the bit."""
    return {
        "scenario": scenario.name,
        "scenario_hash": scenario.hash,
        "seed": seed,
        "replications": replications,
        "first_replication": first,
        "kernel": SOURCES,
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in _PACKAGES},
    }


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def warm_up(compiled: Compiled) -> None:
    """Compile the kernel, or load it from the cache, before threads need it; say so when it takes a while."""
    if COMPILED and not is_cached():
        sys.stderr.write(f"{COMPILING.en} / {COMPILING.zh}\n")
        sys.stderr.flush()
    start(compiled, 0, 0, daily=False).advance(0.0)


def _checked(replications: int, seed: int, threads: int | None) -> int:
    if replications < 1:
        raise ValueError(f"replications: found {replications}, expected a whole number of at least 1")
    if seed < 0:
        raise ValueError(f"seed: found {seed}, expected a whole number of at least 0")
    if threads is not None and threads < 1:
        raise ValueError(f"threads: found {threads}, expected a whole number of at least 1")
    return min(replications, threads or os.cpu_count() or 1)


def outcomes(
    compiled: Compiled,
    keep: Callable[[Outcome], Any],
    *,
    replications: int,
    seed: int,
    threads: int | None,
    first: int,
    progress: Progress | None,
    events: bool = False,
) -> Iterator[Any]:
    """Yield what `keep` makes of each replication, in order; a failed one yields a sentence."""
    workers = _checked(replications, seed, threads)
    warm_up(compiled)

    def one(replication: int) -> Any:
        try:
            return keep(simulate(compiled, seed, replication, events=events))
        except (MemoryError, ArithmeticError) as error:
            return f"replication {replication} failed: {type(error).__name__} {error}".strip()

    with ThreadPoolExecutor(workers) as pool:
        try:
            for done, result in enumerate(pool.map(one, range(first, first + replications)), 1):
                if progress is not None:
                    progress(done, replications)
                yield result
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def replicate(
    scenario: Scenario,
    *,
    replications: int,
    seed: int,
    threads: int | None = None,
    first: int = 0,
    progress: Progress | None = None,
) -> Replications:
    """Run replications and keep their measures only.

    Parameters
    ----------
    scenario : Scenario
        What to run.
    replications, first : int
        How many, and the number of the first; replication n is the same whatever else is run.
    seed : int
        With the replication's number, the address of all luck.
    threads : int, optional
        How many at a time; any number gives the same bits.
    progress : callable, optional
        Called with (done, total).
    """
    compiled = compile_scenario(scenario)
    kept: list[_Kept] = []
    errors: list[str] = []
    for result in outcomes(
        compiled,
        _keep,
        replications=replications,
        seed=seed,
        threads=threads,
        first=first,
        progress=progress,
    ):
        errors.append(result) if isinstance(result, str) else kept.append(result)
    return _gathered(compiled, kept, tuple(errors))


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of one replication."""

    number: int
    measures: dict[str, float]
    ledgers: dict[str, dict[str, float]]
    timeline: list[dict[str, float]]
    relations: Any
    loads: Any
    places: pd.DataFrame


def _keep(outcome: Outcome) -> _Kept:
    return _Kept(
        outcome.replication,
        measures_of(outcome),
        ledger_of(outcome),
        timeline_of(outcome),
        relations_of(outcome),
        loads_of(outcome),
        places_of(outcome),
    )


def _gathered(compiled: Compiled, kept: list[_Kept], errors: tuple[str, ...]) -> Replications:
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
        loads=pd.DataFrame([one.loads for one in kept], index=index, columns=list(compiled.pools), dtype=float),
        places=_places(compiled, [one.places for one in kept]),
        errors=errors,
    )


def _places(compiled: Compiled, tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the means over replications, steps in the order of the file."""
    keys = ["process", "step"]
    found = [frame for frame in tables if len(frame)]
    if not found:
        return pd.DataFrame(columns=[*keys, *LEDGER_PARTS])
    means = pd.concat(found).groupby(keys, sort=False).mean()
    known = set(means.index)
    return means.loc[[pair for pair in compiled.steps if pair in known]].reset_index()


def _relations(compiled: Compiled, rows: list[Any], index: pd.Index) -> pd.DataFrame:
    """Return one row per replication; the columns are values of pairs."""
    ends = [(compiled.pools[i], compiled.pools[j]) for i, j in compiled.link_ends]
    columns = pd.MultiIndex.from_tuples(
        [(value, *pair) for value in RELATION for pair in ends], names=["value", "from", "to"]
    )
    return pd.DataFrame(np.array(rows, dtype=float).reshape(len(rows), len(columns)), index=index, columns=columns)


def run(
    scenario: Scenario,
    replications: int = 1,
    seed: int = 1,
    *,
    threads: int | None = None,
    events: bool = False,
    first: int = 0,
    progress: Progress | None = None,
) -> RunResult:
    """Run a scenario and keep everything: cases, ledgers, days, relations, and the event log if asked for.

    Examples
    --------
    >>> result = run(load("order_delivery"), replications=2)   # doctest: +SKIP
    >>> result.cases.groupby("replication").size()             # doctest: +SKIP
    """
    compiled = compile_scenario(scenario)

    def keep(outcome: Outcome) -> tuple[Any, ...]:
        return (
            frames.cases_frame(outcome),
            frames.ledger_frame(outcome),
            frames.daily_frame(outcome),
            frames.links_frame(outcome),
            frames.events_frame(outcome) if events else pd.DataFrame(),
            (outcome.replication, measures_of(outcome)),
        )

    kept, errors = [], []
    for result in outcomes(
        compiled,
        keep,
        replications=replications,
        seed=seed,
        threads=threads,
        first=first,
        progress=progress,
        events=events,
    ):
        errors.append(result) if isinstance(result, str) else kept.append(result)
    index = pd.Index([one[5][0] for one in kept], name="replication")
    return RunResult(
        scenario=scenario,
        cases=frames.stacked([one[0] for one in kept]),
        ledger=frames.stacked([one[1] for one in kept]),
        daily=frames.stacked([one[2] for one in kept]),
        links=frames.stacked([one[3] for one in kept]),
        measures=pd.DataFrame([one[5][1] for one in kept], index=index),
        events=frames.stacked([one[4] for one in kept]) if events else None,
        manifest=manifest_of(scenario, seed, replications, first),
        errors=tuple(errors),
    )
