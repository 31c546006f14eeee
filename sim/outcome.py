"""One replication: run a compiled scenario through the kernel and keep what came out, still as rows."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from sim.compile import Compiled
from sim.kernel.layout import CASE_BY_NAME, DAY_BY_NAME, DEPARTURE, N_LEDGER, N_SPENT, N_STATES, State
from sim.kernel.log import EVERYTHING
from sim.kernel.machine import Machine
from sim.scenario.shocks import planned_cases
from sim.spec.manning import share_at_work
from sim.vocab import DAY, Activity, Context

Window = tuple[float, float]
"""From when to when, in calendar hours."""


Turn = tuple[float, int, bool]
"""When an intervention of the list was switched, its place, and whether on or off."""


class Columns(dict[str, Any]):
    """Columns of a table of rows, or some rows of other columns, each copied when it is first asked for.

    A field of rows a hundred bytes long is slow to go through; a column is read again and again.

    Parameters
    ----------
    rows
        The table.
    chosen
        Which of its rows.
    """

    def __init__(self, rows: Any, chosen: Any = slice(None)) -> None:
        super().__init__()
        self._rows, self._chosen = rows, chosen

    def __missing__(self, name: str) -> Any:
        """Copy a column."""
        self[name] = column = np.ascontiguousarray(self._rows[name])[self._chosen]
        return column


@dataclass(frozen=True, eq=False)
class Outcome:
    """The raw rows of one replication."""

    compiled: Compiled
    replication: int
    cases: Any
    days: Any
    links: Any
    places: Any
    lines: Any
    log: Any
    events: int
    followed: Any = None
    """Where links are followed: trust and understanding of each as a day ends, days × 2 × links."""
    logged: Window | None = None
    """Where everything is logged: from when to when the tables of the log are kept, in calendar hours."""
    turned: tuple[Turn, ...] = ()
    """What was switched while the run went on, in order."""
    departures: Any = field(default_factory=lambda: np.zeros(0, DEPARTURE))
    """What became of every release, in the order of releases and dates."""

    @cached_property
    def spent(self) -> Any:
        """The delay ledger of every case: a row a case, a column a cell, hours; zeros while it is open."""
        return spent_of(self.lines, len(self.cases))

    @cached_property
    def columns(self) -> Columns:
        """What there is to say of every case, a column each."""
        return Columns(self.cases)

    @cached_property
    def shared(self) -> dict[str, Any]:
        """What several tables are made from, by name, so that it is worked out once."""
        return {}

    @property
    def window(self) -> tuple[float, float]:
        """Begin and end of the time in which arriving cases count, in calendar hours."""
        return self.compiled.scenario.window

    @property
    def tail(self) -> float:
        """Hours for which a case that counts is waited for."""
        return self.compiled.tail


def start(
    compiled: Compiled, seed: int, replication: int, *, events: bool = False, daily: bool = True, log: bool = False
) -> Machine:
    """Return a machine at time zero of one replication."""
    machine = Machine(
        compiled.params,
        compiled.departments,
        compiled.links,
        seed,
        replication,
        logging=EVERYTHING if log else int(events),
        recording=daily,
        cases=expected_cases(compiled),
        days=math.ceil(7.0 * compiled.scenario.weeks) + 1,
        switches=compiled.switches,
    )
    if log:
        _make_room(machine, expected_lines(compiled))
    return machine


def _make_room(machine: Machine, lines: int) -> None:
    """Give a machine that logs everything room from the start: enlarging a log copies it, which takes longer."""
    state = machine.state
    if lines > len(state.log):
        room = np.empty(lines, state.log.dtype)  # of this, only what is written takes memory
        room[: state.now[0]["n_log"]] = state.log[: state.now[0]["n_log"]]
        state.now[0]["room_log"] = lines
        machine.state = state._replace(log=room)


def warm_up(compiled: Compiled) -> None:
    """Compile the kernel, or load what was kept of it, before threads need it."""
    start(compiled, 0, 0, daily=False).advance(0.0)


def expected_cases(compiled: Compiled) -> int:
    """Return how many cases hardly any replication exceeds, so that their history need not be copied."""
    scenario = compiled.scenario
    shocks, warmup, weeks = scenario.shocks, scenario.warmup_weeks, scenario.weeks
    mean = sum(planned_cases(scenario, shocks, name, warmup, weeks) for name in scenario.processes)
    return int(mean + 5.0 * mean**0.5) + 64


LINES_OF_CASE, LINES_OF_PIECE = 160, 5
"""Lines that a case writes into a log in a usual organization, and a piece of own work."""

MOST_LINES = 2_000_000
"""Room that a log has at most at the start."""


def expected_lines(compiled: Compiled) -> int:
    """Return how many lines a log of everything has in a usual organization; where there are more, it is enlarged."""
    scenario = compiled.scenario
    pieces = sum(
        one.own_work.share
        * one.staff
        * share_at_work(scenario, name)
        * scenario.hours_per_week(name)
        / one.own_work.size.mean
        for name, one in scenario.departments.items()
        if one.own_work is not None
    )
    lines = LINES_OF_CASE * expected_cases(compiled) + LINES_OF_PIECE * pieces * scenario.weeks
    return int(min(lines, MOST_LINES))


def cases_of(state: State) -> Any:
    """Return what there is to say of every case so far, in order of arrival; open ones as they are now."""
    return state.history[: state.now[0]["n_cases"]].view(CASE_BY_NAME)


def spent_of(lines: Any, cases: int) -> Any:
    """Return the lines of the ledger as a table: a row a case, a column a cell, hours."""
    table = np.zeros((cases, N_SPENT))
    table[lines["case"], lines["cell"]] = lines["hours"]
    return table


class Follower:
    """Notes trust and understanding of every link as days end; looking changes nothing of the run.

    Parameters
    ----------
    compiled
        What is run.
    """

    def __init__(self, compiled: Compiled) -> None:
        self._links = len(compiled.link_ends)
        self._seen: list[Any] = []

    def look(self, machine: Machine) -> None:
        """Note how links stand now, just before a midnight, when the kernel writes the day down as well."""
        links = machine.links()[: self._links]
        self._seen.append(np.array([links["trust"], links["understanding"]]))

    @property
    def followed(self) -> Any:
        """What was noted, days × 2 × links."""
        return np.array(self._seen).reshape(len(self._seen), 2, self._links)


def harvest(
    compiled: Compiled,
    machine: Machine,
    replication: int,
    follower: Follower | None = None,
    log: Window | None = None,
    turned: Sequence[Turn] = (),
) -> Outcome:
    """Return what a machine has produced so far."""
    state, now = machine.state, machine.state.now[0]
    return Outcome(
        compiled,
        replication,
        cases_of(state),
        state.days[: now["n_days"]].view(DAY_BY_NAME),
        machine.links()[: len(compiled.link_ends)].copy(),
        state.places["spent"][: len(compiled.steps)].copy(),
        state.lines[: now["n_lines"]],
        state.log[: now["n_log"]],
        int(now["handled"]),
        follower.followed if follower else None,
        log,
        tuple(turned),
        state.departures.copy(),
    )


def simulate(
    compiled: Compiled,
    seed: int,
    replication: int,
    *,
    events: bool = False,
    daily: bool = True,
    follow: bool = False,
    log: Window | None = None,
) -> Outcome:
    """Run one replication from start to end, in one go or, where links are followed, from midnight to midnight."""
    machine = start(compiled, seed, replication, events=events, daily=daily, log=log is not None)
    follower = Follower(compiled) if follow else None
    if follower:
        for day in range(int(compiled.end // DAY)):
            machine.advance(math.nextafter((day + 1) * DAY, 0.0))
            follower.look(machine)
    machine.advance(compiled.end)
    return harvest(compiled, machine, replication, follower, log)


_CONTEXTS = (Context.ANSWER, Context.PING_PONG, Context.REWORK, Context.CONFLICT, Context.RELEASE)
_ACTIVITIES = (Activity.TOUCH, Activity.TAX, Activity.QUEUE, Activity.HANDOVER, Activity.EXTERNAL, Activity.CLOSED)


def _cells(spent: Any) -> Any:
    return spent[:, :N_LEDGER].reshape(len(spent), len(Context), N_STATES)


def ledger_parts(spent: Any) -> dict[str, Any]:
    """Return the published one-way split of ledgers, one array a part; the parts sum to the lead time."""
    cells = _cells(spent)
    parts = {activity.name.lower(): cells[:, Context.NORMAL, activity] for activity in _ACTIVITIES}
    return parts | {context.name.lower(): cells[:, context].sum(axis=1) for context in _CONTEXTS}


def inherited_parts(spent: Any) -> dict[str, Any]:
    """Return the same split with closed hours inherited by what was being waited for (ten parts, no `closed`)."""
    parts = ledger_parts(spent)
    del parts["closed"]
    for place, name in enumerate(("touch", "queue", "handover", "external")):
        parts[name] = parts[name] + spent[:, N_LEDGER + place]
    return parts


def open_parts(spent: Any) -> dict[str, Any]:
    """Return the split of open hours only: no part counts nights and weekends (ten parts, no `closed`)."""
    cells = _cells(spent)
    parts = ledger_parts(spent)
    del parts["closed"]
    for context in _CONTEXTS:
        parts[context.name.lower()] = cells[:, context, : Activity.CLOSED].sum(axis=1)
    return parts


def made_once(shared: dict[str, Any], name: str, made: Callable[..., Any], *of: Any) -> Any:
    """Return what is made of something, which is worked out when it is first asked for, and shared by that name.

    Threads that ask for it at the same moment all make the same.
    """
    if name not in shared:
        shared[name] = made(*of)
    return shared[name]


def share(part: float | np.integer[Any], whole: float | np.integer[Any]) -> float:
    """Return part over whole, NaN where there is nothing to divide by."""
    return float(part / whole) if whole > 0 else float(np.nan)
