"""The one way to run scenarios: replications under keyed luck, block by block, the same bits however it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.compile import Compiled, compile_scenario
from sim.engine import Block, Engine, Failure, Keep, Threads
from sim.hooks import name_of
from sim.ownmeasures import Measure, keeping, only_own, own_of
from sim.results import RunResult, manifest_of, result_of
from sim.scenario import Scenario
from sim.spec.counts import count_of
from sim.tables import EVERYTHING, SUMMARY

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


class Study:
    """Scenarios that meet the same luck.

    It is worked on block by block, every scenario in the same replication before any is in the next one; what is done
    stays done, so that a study that was interrupted has a result and can be gone on with.

    Parameters
    ----------
    scenarios : mapping of Scenario
        What to run, by label.
    replications, first : int
        How many, and the number of the first; replication n is the same whatever else is run.
    seed : int
        With the replication's number, the address of all luck.
    tables : sequence of str, or mapping of them
        Which tables are kept, of all or by label; the event log is written where it is among them.
    departments : mapping, optional
        Departments of somebody's own, by label.
    measures : sequence of Measure
        Measures of somebody's own, kept of all.
    """

    def __init__(
        self,
        scenarios: Mapping[str, Scenario],
        *,
        replications: int,
        seed: int,
        first: int = 0,
        tables: Sequence[str] | Mapping[str, Sequence[str]] = SUMMARY,
        departments: Mapping[str, Departments | None] | None = None,
        measures: Sequence[Measure] = (),
    ) -> None:
        self.scenarios, self.seed = scenarios, seed
        self.tables = dict(tables) if isinstance(tables, Mapping) else dict.fromkeys(scenarios, tuple(tables))
        self.numbers = range(first, first + replications)
        self.departments = departments or dict.fromkeys(scenarios)
        self.measures = own_of(measures)
        self._keep = {label: self._kept_of(label) for label in scenarios}
        self._compiled = {label: compile_scenario(scenario) for label, scenario in scenarios.items()}
        self._kept: dict[str, dict[int, Any]] = {label: {} for label in scenarios}

    @property
    def total(self) -> int:
        """Replications of all scenarios together."""
        return len(self.numbers) * len(self.scenarios)

    @property
    def done(self) -> int:
        """Those of them that are done."""
        return sum(map(len, self._kept.values()))

    @property
    def complete(self) -> tuple[int, ...]:
        """The replications that every scenario has been through, whether it failed or not."""
        return tuple(n for n in self.numbers if all(n in kept for kept in self._kept.values()))

    def blocks(self, size: int = 1) -> list[Block]:
        """Return what is left to do, in blocks of so many replications."""
        starts = range(self.numbers.start, self.numbers.stop, size)
        ranges = [range(start, min(start + size, self.numbers.stop)) for start in starts]
        return [
            self._block(label, numbers)
            for numbers in ranges
            for label in self.scenarios
            if any(number not in self._kept[label] for number in numbers)
        ]

    def _block(self, label: str, numbers: range) -> Block:
        department, events = self.departments[label], "events" in self.tables[label]
        return Block(label, self._compiled[label], self._keep[label], self.seed, numbers, department, events)

    def _kept_of(self, label: str) -> Keep:
        """Return what keeps the tables of a scenario, and the measures of somebody's own."""
        alone = self._manifest(label, 1) if self.measures else {}
        return keeping(self.tables[label], self.measures, alone)

    def _manifest(self, label: str, replications: int) -> dict[str, Any]:
        named, first = name_of(self.departments[label]), self.numbers.start
        own = {"own_measures": {one.name: one.code for one in self.measures}} if self.measures else {}
        return manifest_of(self.scenarios[label], self.seed, replications, first, named) | own

    def run(self, engine: Engine | None = None, progress: Progress | None = None) -> None:
        """Do what is left to do.

        Raises
        ------
        HookError, MemoryError
            After the last replication, if a hook failed or memory did not suffice in every one of a scenario.
        """
        for block, kept in (engine or Threads()).results(self.blocks()):
            self._kept[block.label].update(zip(block.replications, kept, strict=True))
            if progress is not None:
                progress(self.done, self.total)
        for kept_of_one in self._kept.values():
            _refuse_nothing(list(kept_of_one.values()))

    def result(self, label: str) -> RunResult:
        """Return what the replications of one scenario produced which every scenario has been through."""
        kept = {number: self._kept[label][number] for number in self.complete}
        errors = [one.sentence for one in kept.values() if isinstance(one, Failure)]
        fine = {number: one for number, one in kept.items() if not isinstance(one, Failure)}
        return result_of(self.scenarios[label], fine, self.tables[label], self._manifest(label, len(kept)), errors)

    def results(self) -> dict[str, RunResult]:
        """Return what every scenario produced, by label."""
        return {label: self.result(label) for label in self.scenarios}


def _refuse_nothing(kept: Sequence[Any]) -> None:
    """Raise the first error where there is one in every replication."""
    failed = [one.error for one in kept if isinstance(one, Failure) and one.error is not None]
    if failed and len(failed) == len(kept):
        raise failed[0]


def outcomes(
    compiled: Compiled,
    keep: Keep,
    *,
    replications: int,
    seed: int,
    threads: int | None = None,
    first: int = 0,
    progress: Progress | None = None,
) -> Iterator[Any]:
    """Yield what `keep` makes of each replication of one scenario, in order; of a failed one, a `Failure`."""
    replications, seed, threads, first = check_numbers(
        replications=replications, seed=seed, threads=threads, first=first
    )
    blocks = [Block("", compiled, keep, seed, range(n, n + 1)) for n in range(first, first + replications)]
    for done, (_, kept) in enumerate(Threads(threads).results(blocks), 1):
        if progress is not None:
            progress(done, replications)
        yield from kept


def replicate(
    scenario: Scenario,
    *,
    replications: int,
    seed: int,
    threads: int | None = None,
    first: int = 0,
    progress: Progress | None = None,
    department: Departments | None = None,
    tables: Sequence[str] = SUMMARY,
    measures: Sequence[Measure] = (),
) -> RunResult:
    """Run replications and keep the tables of which many can be kept.

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
    tables : sequence of str
        What to keep, by the names of `sim.tables.TABLES`.
    measures : sequence of Measure
        Measures of your own, kept beside the others.

    Returns
    -------
    RunResult
        Its tables have a row, or rows, for every replication that did not fail.

    Raises
    ------
    ValueError
        If a number cannot be meant.
    HookError, MemoryError
        If a hook failed, or memory did not suffice, in every replication.
    """
    replications, seed, threads, first = check_numbers(
        replications=replications, seed=seed, threads=threads, first=first
    )
    study = Study(
        {"": scenario},
        replications=replications,
        seed=seed,
        first=first,
        tables=tables,
        departments={"": department},
        measures=measures,
    )
    study.run(Threads(threads), progress)
    return study.result("")


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
    measures: Iterable[Measure] | Measure = (),
) -> RunResult:
    """Run a scenario and keep everything: cases, ledgers, days, relations, and the event log if asked for.

    Parameters
    ----------
    scenario : Scenario
        What to run.
    replications, first : int
        How many, and the number of the first; replication n is the same whatever else is run.
    seed : int
        With the replication's number, the address of all luck.
    threads : int, optional
        How many replications at a time; any number gives the same bits.
    events : bool
        Whether to keep the event log.
    progress : callable, optional
        Called with (done, total).
    department : class, or classes by name of department, optional
        A subclass of `sim.Department`, or a mapping of names to such classes: then these departments decide for
        themselves at the end of every day (`on_day`).
    measures : Measure or sequence of Measure
        Measures of your own (`sim.Measure`), each another column of the table ``measures``.

    Returns
    -------
    RunResult
        All tables of `sim.tables`.

    Raises
    ------
    ValueError
        If a number or a measure cannot be meant.
    HookError, MemoryError
        If a hook or a measure of your own failed, or memory did not suffice, in every replication.

    Examples
    --------
    >>> short = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> result = sim.run(short, replications=2)
    >>> result.cases.groupby("replication").size().index.tolist()
    [0, 1]
    """
    return replicate(
        scenario,
        replications=replications,
        seed=seed,
        threads=threads,
        first=first,
        progress=progress,
        department=department,
        tables=(*EVERYTHING, "events") if events else EVERYTHING,
        measures=only_own(measures),
    )
