"""The one way to run a scenario: replications under keyed luck, on as many threads as wanted, with the same bits."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sim.compile import Compiled, compile_scenario
from sim.hooks import HookError, acting, name_of
from sim.outcome import Outcome, simulate, warm_up
from sim.results import Replications, RunResult, everything, gathered, manifest_of, run_result, summary
from sim.scenario import Scenario
from sim.spec.counts import count_of

if TYPE_CHECKING:
    from sim.agents import Departments

Progress = Callable[[int, int], None]
"""Called with how many replications are done and how many there are."""


def check_numbers(
    *, replications: int, seed: int, threads: int | None, first: int = 0
) -> tuple[int, int, int | None, int]:
    """Return these numbers as Python's own, in this order; refuse what cannot be meant before anything is computed."""
    return (
        count_of("replications", replications, 1),
        count_of("seed", seed, 0),
        None if threads is None else count_of("threads", threads, 1),
        count_of("first", first, 0),
    )


def _way(compiled: Compiled, department: Departments | None) -> Callable[..., Outcome]:
    """Return how a replication is run: in one go, or day by day where somebody wants to be asked."""
    if department is None and not acting(compiled.scenario.interventions):
        return simulate
    from sim.live import way_with  # Mesa takes longer to load than most runs take

    return way_with(compiled, department)


@contextmanager
def _mapped(one: Callable[[int], Any], numbers: Iterable[int], workers: int | None) -> Iterator[Iterable[Any]]:
    """Give what `one` makes of every number, in order; without workers the caller does it."""
    if workers is None:
        yield map(one, numbers)
        return
    with ThreadPoolExecutor(workers) as pool:
        try:
            yield pool.map(one, numbers)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


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
    department: Departments | None = None,
) -> Iterator[Any]:
    """Yield what `keep` makes of each replication, in order; a failed one yields a sentence.

    Hooks are called one replication after the other unless `threads` says otherwise.

    Raises
    ------
    HookError
        After the last replication, if a hook failed in every one.
    """
    replications, seed, threads, first = check_numbers(
        replications=replications, seed=seed, threads=threads, first=first
    )
    way = _way(compiled, department)
    workers = threads or ((os.cpu_count() or 1) if way is simulate else None)
    warm_up(compiled)

    def one(replication: int) -> Any:
        try:
            return keep(way(compiled, seed, replication, events=events))
        except HookError as error:
            return error
        except (MemoryError, ArithmeticError) as error:
            return f"replication {replication} failed: {type(error).__name__} {error}".strip()

    failed: list[HookError] = []
    with _mapped(one, range(first, first + replications), workers and min(replications, workers)) as results:
        for done, result in enumerate(results, 1):
            if progress is not None:
                progress(done, replications)
            if isinstance(result, HookError):
                failed.append(result)
            yield str(result) if isinstance(result, HookError) else result
    if len(failed) == replications:
        raise failed[0]


def replicate(
    scenario: Scenario,
    *,
    replications: int,
    seed: int,
    threads: int | None = None,
    first: int = 0,
    progress: Progress | None = None,
    department: Departments | None = None,
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
    department : class, or classes by name of department, optional
        Departments of your own.
    """
    compiled = compile_scenario(scenario)
    kept, errors = [], []
    for result in outcomes(
        compiled,
        summary,
        replications=replications,
        seed=seed,
        threads=threads,
        first=first,
        progress=progress,
        department=department,
    ):
        errors.append(result) if isinstance(result, str) else kept.append(result)
    return gathered(compiled, kept, errors)


def run(
    scenario: Scenario,
    replications: int = 1,
    seed: int = 1,
    *,
    threads: int | None = None,
    events: bool = False,
    first: int = 0,
    progress: Progress | None = None,
    department: Departments | None = None,
) -> RunResult:
    """Run a scenario and keep everything: cases, ledgers, days, relations, and the event log if asked for.

    `department` is a subclass of `sim.Department`, or a mapping of names to such classes: then these departments decide
    for themselves at the end of every day (`on_day`).

    Examples
    --------
    >>> result = run(load("order_delivery"), replications=2)   # doctest: +SKIP
    >>> result.cases.groupby("replication").size()             # doctest: +SKIP
    """
    replications, seed, threads, first = check_numbers(
        replications=replications, seed=seed, threads=threads, first=first
    )
    kept, errors = [], []
    compiled = compile_scenario(scenario)
    for result in outcomes(
        compiled,
        lambda outcome: everything(outcome, events),
        replications=replications,
        seed=seed,
        threads=threads,
        first=first,
        progress=progress,
        events=events,
        department=department,
    ):
        errors.append(result) if isinstance(result, str) else kept.append(result)
    manifest = manifest_of(scenario, seed, replications, first, name_of(department))
    return run_result(compiled, kept, errors, manifest, events)
