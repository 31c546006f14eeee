"""The one way to run scenarios: replications under keyed luck, block by block, the same bits however it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.compile import Compiled, compile_scenario
from sim.engine import Block, Engine, Failure, Keep, Threads
from sim.hooks import HookError, name_of
from sim.keeping import Every, Function, asked, called, gathered, kept_by, tables_of, with_outcome
from sim.keeping import Keep as Kept
from sim.log import Log, window_of
from sim.ownmeasures import Measure, keeping, only_own, own_of, wanted
from sim.results import RunResult, manifest_of, result_of
from sim.scenario import Scenario
from sim.spec.counts import count_of
from sim.tables import FOLLOWED, LOGGED, SUMMARY

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


MEASURES = ("measures",)
"""What is kept of a replication beside what a function makes of it."""


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
    log : bool, or (int, int)
        Which weeks what happens is kept of, first and last, where a table of `sim.tables.LOGGED` is; all of them unless
        it says which.
    function : callable, optional
        Decides what is kept beside the measures of each replication, whose result it is called with: here and in order,
        whatever works on the replications. The result has all `tables`, which are then not kept.
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
        log: Log = True,
        function: Function | None = None,
    ) -> None:
        self.scenarios, self.seed = scenarios, seed
        self.tables = dict(tables) if isinstance(tables, Mapping) else dict.fromkeys(scenarios, tuple(tables))
        self.numbers = range(first, first + replications)
        self.departments = departments or dict.fromkeys(scenarios)
        self.measures = own_of(measures)
        self._windows = {label: window_of(log or True, scenario) for label, scenario in scenarios.items()}
        self.log = log if isinstance(log, bool) else tuple(map(int, log))
        self._function = function
        self._told: dict[str, dict[str, Any]] = {}
        self._keep = {label: self._kept_of(label) for label in scenarios}
        self._compiled = {label: compile_scenario(scenario) for label, scenario in scenarios.items()}
        self._kept: dict[str, dict[int, Any]] = {label: {} for label in scenarios}
        self._values: dict[str, dict[int, Any]] = {label: {} for label in scenarios}
        self._failed: set[str] = set()

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

    def grow(self, replications: int) -> None:
        """Ask for so many replications in all, at least as many as were asked for; what is done stays done.

        Whoever grows in steps gets the same bits as whoever asks for all at once.
        """
        more = count_of("replications", replications, len(self.numbers))
        self.numbers = range(self.numbers.start, self.numbers.start + more)

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
        names, department = self.tables[label], self.departments[label]
        return Block(
            label,
            self._compiled[label],
            self._keep[label],
            self.seed,
            numbers,
            department,
            events="events" in wanted(self.measures, names),
            follow=any(name in names for name in FOLLOWED.values()),
            log=self._windows[label] if any(name in names for name in LOGGED) else None,
        )

    def _kept_of(self, label: str) -> Keep:
        """Return what keeps the tables of a scenario, and the measures of somebody's own."""
        names = self.tables[label]
        every = wanted(self.measures, names)
        alone = self._manifest(label, 1) if self.measures else {}
        if self._function is None:
            return keeping(names, self.measures, alone, every)
        return partial(with_outcome, keep=keeping(MEASURES, self.measures, alone, every))

    def _manifest(self, label: str, replications: int, first: int | None = None) -> dict[str, Any]:
        if label not in self._told:  # what is said of all replications alike takes as long as running one
            own = {"own_measures": {one.name: one.code for one in self.measures}} if self.measures else {}
            named = name_of(self.departments[label])
            weeks = {} if isinstance(self.log, bool) else {"log": list(self.log)}
            self._told[label] = manifest_of(self.scenarios[label], self.seed, 0, 0, named) | own | weeks
        begin = self.numbers.start if first is None else first
        return {**self._told[label], "replications": replications, "first_replication": begin}

    def run(self, engine: Engine | None = None, progress: Progress | None = None) -> None:
        """Do what is left to do.

        Raises
        ------
        HookError, MemoryError
            After the last replication, if a hook failed or memory did not suffice in every one of a scenario.
        """
        for block, kept in (engine or Threads()).results(self.blocks()):
            for number, one in zip(block.replications, kept, strict=True):
                self._take(block.label, number, one)
            if progress is not None:
                progress(self.done, self.total)
        for kept_of_one in self._kept.values():
            _refuse_nothing(list(kept_of_one.values()))

    def _take(self, label: str, number: int, one: Any) -> None:
        """Keep what is to be kept of a replication, and ask the function where there is one."""
        if self._function is not None and not isinstance(one, Failure):
            one, outcome = one
            tables = tables_of(outcome, self.tables[label], one)
            try:
                result = RunResult(self.scenarios[label], tables, self._manifest(label, 1, number))
                self._values[label][number] = asked(self._function, result, number)
            except HookError as error:
                one = Failure(str(error), error)
        self._kept[label][number] = one if label not in self._failed else _lighter(one)
        if isinstance(one, Failure):
            self._failed.add(label)

    def result(self, label: str, last: bool = False) -> RunResult:
        """Return what the replications of one scenario produced which every scenario has been through.

        Where it is the last thing that is asked for, what was kept is used up, so that it is not held twice.
        """
        kept = {number: self._kept[label][number] for number in self.complete}
        manifest = self._manifest(label, len(kept))
        errors = [one.sentence for one in kept.values() if isinstance(one, Failure)]
        fine = {n: one if last else dict(one) for n, one in kept.items() if not isinstance(one, Failure)}
        if self._function is None:
            return result_of(self.scenarios[label], fine, self.tables[label], manifest, errors)
        values = gathered({number: self._values[label][number] for number in fine}, called(self._function))
        return result_of(self.scenarios[label], fine, MEASURES, manifest, errors, values)

    def results(self) -> dict[str, RunResult]:
        """Return what every scenario produced, by label."""
        return {label: self.result(label) for label in self.scenarios}


def _lighter(one: Any) -> Any:
    """Return what was kept; of a failure without its traceback, which would hold the whole replication."""
    if isinstance(one, Failure) and one.error is not None:
        error = one.error
        error.__traceback__ = error.__cause__ = error.__context__ = None
    return one


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
    log: Log = True,
    function: Function | None = None,
) -> RunResult:
    """Run replications and keep the tables of which many can be kept.

    Parameters
    ----------
    scenario, replications, seed, threads, first, progress, department, measures
        As in `run`.
    tables : sequence of str
        What to keep, by the names of `sim.tables.TABLES`.
    log : bool, or (int, int)
        Which weeks the tables of the log are kept of, where there are any; all unless it says which.
    function : callable, optional
        What to keep instead, beside the measures: what it makes of the result of each replication.

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
        log=log,
        function=function,
    )
    study.run(Threads(threads), progress)
    return study.result("", last=True)


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
    keep: Kept = None,
    links_every: Every | None = None,
    log: Log = False,
) -> RunResult:
    """Run a scenario and keep everything, or what is asked for.

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
        Whether to keep the event log, table ``events``.
    progress : callable, optional
        Called with (done, total).
    department : class, or classes by name of department, optional
        A subclass of `sim.Department`, or a mapping of names to such classes: then these departments decide for
        themselves at the end of every day (`on_day`).
    measures : Measure or sequence of Measure
        Measures of your own (`sim.Measure`), each another column of the table ``measures``.
    keep : str, sequence of str, or callable, optional
        What is kept of each replication: tables by name, as in ``keep="measures"`` or ``keep=("measures", "cases")``;
        or what a function makes of the `RunResult` of that replication, which has every table. The function is called
        in order, by whoever called `run`. Everything, where nothing is said: some 5 MB a replication of the demo.
    links_every : "day" or "week", optional
        Whether to keep trust and understanding of every pair over time as well: table ``relations_daily``, as each day
        ends, or ``relations_weekly``, means over the days of each week. Changes nothing else.
    log : bool or (int, int)
        Whether to keep all that happens as well, or what touches the weeks from the first to the last, counted as in
        ``timeline``: tables ``moves``, ``parked``, ``frozen``, ``meetings``, ``timelines`` and ``busy``. It changes
        nothing else.

    Returns
    -------
    RunResult
        The tables of `sim.tables` that were kept. With a function, ``kept`` is what it made, indexed by replication: a
        DataFrame of mappings or Series, otherwise a Series; beside it the table ``measures``. A replication in which
        anything failed is left out and told in ``errors``.

    Raises
    ------
    ValueError
        If a number, a measure or `log` cannot be meant, or `keep` names a table that does not exist.
    HookError, MemoryError
        If a hook, a measure of your own or the function of `keep` failed, or memory did not suffice, in every
        replication.

    Examples
    --------
    >>> short = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> result = sim.run(short, replications=2)
    >>> result.cases.groupby("replication").size().index.tolist()
    [0, 1]
    >>> bool(sim.run(short, 4, keep="measures").measures["on_time_target"].between(0, 1).all())
    True
    >>> sim.run(short, 3, keep=lambda one: one.cases["bounces"].max()).kept.index.tolist()
    [0, 1, 2]
    """
    tables, function = kept_by(keep, events, links_every, window_of(log, scenario) is not None)
    own = only_own(measures)
    return replicate(
        scenario,
        replications=replications,
        seed=seed,
        threads=threads,
        first=first,
        progress=progress,
        department=department,
        tables=tables if "measures" in tables or not own else (*MEASURES, *tables),
        measures=own,
        log=log or True,
        function=function,
    )
