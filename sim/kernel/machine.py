"""The Python side of the kernel: allocate the tables, enlarge them when asked, advance."""

from contextlib import nullcontext
from functools import partial
from typing import Any

import numpy as np

from sim.kernel import layout
from sim.kernel.advance import advance, begin, renew
from sim.kernel.draws import G1, G2, mix
from sim.kernel.jit import COMPILED
from sim.vocab import Status

_wrapping = nullcontext if COMPILED else partial(np.errstate, over="ignore")
"""Draws are meant to wrap around; only numpy, with compilation off, would warn of it."""

GROWING = ("cases", "requests", "events", "defects", "days", "log")


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


def _all_on(n: int) -> Any:
    switches = np.zeros(n, layout.SWITCH)
    switches["on"] = 1
    return switches


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
    logging, recording : bool
        Whether to keep the event log and the daily records.
    cases : int
        How many cases to expect; more are no harm, but cost copying.
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
        logging: bool = False,
        recording: bool = True,
        cases: int = 1024,
        switches: Any | None = None,
    ) -> None:
        self.params = params
        margin = int(params.world[0]["margin"])
        n = max(256, 2 * margin)
        now = np.zeros(1, layout.NOW)
        self.state = layout.State(
            np.zeros(len(params.processes), layout.STREAM),
            np.zeros(len(params.steps), layout.PLACE),
            np.zeros(max(cases, 64), layout.CASE),
            np.zeros(n, layout.REQUEST),
            departments.copy(),
            links.copy(),
            np.zeros(
                2 * n + 2 * len(departments) + len(params.processes) + len(params.meetings) + len(params.shocks),
                layout.EVENT,
            ),
            np.zeros(2 * margin + 64, layout.DEFECT),
            np.zeros(len(departments) * 64 if recording else 1, layout.DAY),
            np.zeros(4096 if logging else 1, layout.LOG),
            _all_on(int(params.world[0]["n_switches"])) if switches is None else switches.copy(),
            now,
        )
        first = now[0]
        first["base"] = base_key(seed, replication)
        for name in ("outbox", "dirty", "frozen"):
            first[name] = -1
        first["logging"] = logging
        first["recording"] = recording
        first["free_request"] = _chain(self.state.requests, 0, -1)
        first["free_requests"] = len(self.state.requests)
        first["free_defect"] = _chain(self.state.defects, 0, -1)
        first["free_defects"] = len(self.state.defects)
        self._note_room()
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

    def _note_room(self) -> None:
        """Tell the kernel how long the tables are."""
        for name in ("cases", "events", "days", "log"):
            self.state.now[0][f"room_{name}"] = len(getattr(self.state, name))

    def _enlarge(self) -> None:
        """Double every table that is nearly full."""
        now = self.state.now[0]
        margin = int(self.params.world[0]["margin"])
        full = {
            "cases": now["n_cases"] >= len(self.state.cases),
            "requests": now["free_requests"] <= margin,
            "events": now["n_events"] + margin >= len(self.state.events),
            "defects": now["free_defects"] <= margin,
            "days": now["n_days"] + len(self.state.departments) > len(self.state.days),
            "log": bool(now["logging"]) and now["n_log"] >= len(self.state.log),
        }
        grown: dict[str, Any] = {}
        for name in GROWING:
            if full[name]:
                rows = getattr(self.state, name)
                grown[name] = np.concatenate([rows, np.zeros(len(rows) + margin, rows.dtype)])
        self.state = self.state._replace(**grown)
        self._note_room()
        for name, head, count in (
            ("requests", "free_request", "free_requests"),
            ("defects", "free_defect", "free_defects"),
        ):
            if name in grown:
                rows = grown[name]
                start = (len(rows) - margin) // 2
                now[count] += len(rows) - start
                now[head] = _chain(rows, start, int(now[head]))
