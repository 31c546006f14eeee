"""The Python side of the kernel: allocate the tables, enlarge them when asked, advance."""

from contextlib import nullcontext
from functools import partial
from typing import Any

import numpy as np

from sim.kernel import layout
from sim.kernel.advance import advance, begin, bring_up, renew
from sim.kernel.draws import G1, G2, mix
from sim.kernel.jit import COMPILED
from sim.kernel.log import lines_ahead
from sim.vocab import Status

SPARE = 32
"""How many times the rows that one event can open there are at first, so that room is counted seldom."""

LINES = 12
"""Ledger lines of a case that are expected."""

_wrapping = nullcontext if COMPILED else partial(np.errstate, over="ignore")
"""Draws are meant to wrap around; only numpy, with compilation off, would warn of it."""

GROWING = ("history", "lines", "cases", "requests", "events", "defects", "days", "log")
LISTED = {"cases": "case", "requests": "request", "defects": "defect"}
"""Tables whose free rows are linked, and what `now` calls the first of them."""


def base_key(seed: int, replication: int) -> np.uint64:
    """Return the root of all draws of one replication."""
    with np.errstate(over="ignore"):
        scramble = getattr(mix, "py_func", mix)
        root = scramble(np.uint64(seed % 2**64) * G1 + np.uint64(1))
        return np.uint64(scramble(np.uint64(root) + np.uint64(replication) * G2))


def _chain(rows: Any, start: int, head: int) -> int:
    """Link the rows from `start` on into a free list that ends in `head`; return its first row."""
    rows["link"][start:] = np.arange(start + 1, len(rows) + 1)
    rows["link"][-1] = head
    return start


def _grown(rows: Any, n: int) -> Any:
    """Return a table of `n` rows that begins with `rows`; bytes are copied at once, records one by one."""
    table = np.zeros(n, rows.dtype)
    table.view(np.uint8)[: rows.nbytes] = rows.view(np.uint8)
    return table


def _all_on(n: int) -> Any:
    switches = np.zeros(n, layout.SWITCH)
    switches["on"] = 1
    return switches


def _empty_trains(n: int) -> Any:
    trains = np.zeros(max(1, n), layout.TRAIN)
    trains["first"] = trains["last"] = -1
    return trains


def _no_departures(n: int) -> Any:
    departures = np.zeros(max(1, n), layout.DEPARTURE)
    departures["went"] = np.nan
    return departures


def _first_rows(params: layout.Params, departments: int, cases: int) -> dict[str, Any]:
    """Return the tables in which handlers open rows, as long as one stage may need so many times over."""
    n = SPARE * (int(params.world[0]["margin"]) + 1)
    planned = [
        departments,
        *map(len, (params.processes, params.calendars, params.meetings, params.shocks, params.releases)),
    ]
    return {
        "history": np.empty(max(cases, 64), layout.HISTORY),
        "lines": np.empty(LINES * max(cases, 64), layout.LINE),
        "cases": np.zeros(256, layout.CASE),
        "requests": np.zeros(n, layout.REQUEST),
        "events": np.zeros(2 * n + sum(planned), layout.EVENT),
        "defects": np.zeros(n, layout.DEFECT),
    }


class Machine:
    """One replication: its state, and the parameters it runs on.

    Parameters
    ----------
    params : Params
        Compiled tables; shared between replications, never changed.
    departments, links : structured arrays
        Initial rows; copied.
    seed, replication : int
        Together the address of every draw.
    logging : int
        What to log: nothing, what the event log needs (1), or everything (2).
    recording : bool
        Whether to keep the daily records.
    cases : int
        How many cases to expect in all; more are no harm, but cost copying.
    days : int
        How many days to expect in all.
    switches : structured array, optional
        Which interventions are on at first; copied. All of them where nothing is said.
    """

    def __init__(
        self,
        params: layout.Params,
        departments: Any,
        links: Any,
        seed: int,
        replication: int,
        logging: int = 0,
        recording: bool = True,
        cases: int = 1024,
        days: int = 64,
        switches: Any | None = None,
    ) -> None:
        self.params = params
        now = np.zeros(1, layout.NOW)
        self.state = layout.State(
            streams=np.zeros(len(params.processes), layout.STREAM),
            places=np.zeros(len(params.steps), layout.PLACE),
            departments=departments.copy(),
            links=links.copy(),
            days=np.zeros(len(departments) * max(64, days) if recording else 1, layout.DAY),
            clocks=np.zeros(len(params.calendars), layout.CLOCK),
            log=np.zeros(4096 if logging else 1, layout.LOG),
            switches=_all_on(int(params.world[0]["n_switches"])) if switches is None else switches.copy(),
            trains=_empty_trains(len(params.releases)),
            departures=_no_departures(int(params.releases["n_dates"].sum())),
            now=now,
            **_first_rows(params, len(departments), cases),
        )
        first = now[0]
        first["base"] = base_key(seed, replication)
        for name in ("outbox", "dirty", "frozen"):
            first[name] = -1
        first["logging"] = logging
        first["recording"] = recording
        for table in LISTED:
            self._add_free(table, 0)
        self._note_room()
        self._seen: tuple[tuple[float, int], Any] | None = None
        with _wrapping():
            begin(self.state, self.params)

    @property
    def time(self) -> float:
        """Calendar hours since the start."""
        return float(self.state.now[0]["time"])

    def advance(self, until: float) -> None:
        """Run on to the time `until` (calendar hours), enlarging tables as needed."""
        with _wrapping():
            while advance(self.state, self.params, float(until)) == Status.NEEDS_ROOM:
                self._enlarge()

    def renew(self) -> None:
        """Let staff, base levers and switches that were set from outside count from now on."""
        with _wrapping():
            renew(self.state, self.params)

    def links(self) -> Any:
        """Return the links as they stand now; looking does not touch those of the run."""
        now = self.time, int(self.state.now[0]["handled"])
        if self._seen is None or self._seen[0] != now:
            aside = self.state._replace(links=self.state.links.copy())
            with _wrapping():
                bring_up(aside, self.params)
            self._seen = now, aside.links
        return self._seen[1]

    def _note_room(self) -> None:
        """Tell the kernel how long the tables are."""
        for name in ("history", "lines", "events", "days", "log"):
            self.state.now[0][f"room_{name}"] = len(getattr(self.state, name))
        self.state.now[0]["room_events"] -= 1  # for the row behind the last event

    def _lines_ahead(self) -> int:
        """Return how many lines of the log there has to be room for."""
        count = getattr(lines_ahead, "py_func", lines_ahead)
        return int(count(self.state.now[0], self.params.world[0]))

    def _enlarge(self) -> None:
        """Double every table that is nearly full."""
        now = self.state.now[0]
        margin = int(self.params.world[0]["margin"])
        full = {
            "history": now["n_cases"] >= len(self.state.history),
            "lines": now["n_lines"] + layout.N_SPENT > len(self.state.lines),
            "cases": now["free_cases"] <= 0,
            "requests": now["free_requests"] <= margin,
            "events": now["n_events"] + margin + 1 >= len(self.state.events),
            "defects": now["free_defects"] <= margin,
            "days": now["n_days"] + len(self.state.departments) > len(self.state.days),
            "log": bool(now["logging"]) and now["n_log"] + self._lines_ahead() > len(self.state.log),
        }
        before = {name: getattr(self.state, name) for name in GROWING if full[name]}
        grown = {name: _grown(rows, 2 * len(rows) + margin) for name, rows in before.items()}
        self.state = self.state._replace(**grown)
        self._note_room()
        for name in LISTED:
            if name in grown:
                self._add_free(name, len(before[name]))

    def _add_free(self, name: str, start: int) -> None:
        """Put the rows of a table from `start` on into its free list."""
        rows, now, one = getattr(self.state, name), self.state.now[0], LISTED[name]
        now[f"free_{one}"] = _chain(rows, start, int(now[f"free_{one}"]) if start else -1)
        now[f"free_{name}"] += len(rows) - start
        if name == "cases":
            rows["number"][start:] = -1
