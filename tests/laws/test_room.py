"""There is always a row for what a stage opens: tables as short as they may be are never written beyond."""

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given

import sim.kernel
from sim.kernel import machine as kernel
from sim.kernel.room import HANDLERS
from tests import ROOT
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, finished, law, worlds

pytestmark = pytest.mark.compiled  # many cases

PAD = 64
"""Rows before and behind a fenced table."""
OPENERS = {
    "open_request": "requests",
    "open_beside": "requests",
    "open_own": "requests",
    "plan": "events",
    "add_defect": "defects",
    "note_change": "defects",
}


HOMES = ("requests",)
"""Where rows are handed out: whoever asks for them says so."""


class Fences:
    """Tables with rows before and behind that nobody may touch, and which grow by as little as can be."""

    def __init__(self) -> None:
        self._whole: list[tuple[Any, Any]] = []

    def table(self, rows: Any, n: int) -> Any:
        """Return a table of `n` rows that begins with `rows`, inside its fence."""
        whole = np.zeros(n + 2 * PAD, rows.dtype)
        whole.view(np.uint8)[:] = 0xA5
        inside = whole[PAD : PAD + n]
        inside[:] = np.zeros(n, rows.dtype)
        inside[: len(rows)] = rows
        self._whole.append((whole, inside))
        return inside

    def first(self, params: Any, departments: int, cases: int) -> dict[str, Any]:
        """Return the first tables, no longer than one stage may need."""
        made = usual(params, departments, cases)
        planned = departments + sum(map(len, (params.processes, params.calendars, params.meetings, params.shocks)))
        margin = int(params.world[0]["margin"])
        few = {"cases": 1, "requests": margin + 1, "defects": margin + 1, "events": 2 * margin + planned + 4}
        return {name: self.table(rows[: few[name]], few[name]) if name in few else rows for name, rows in made.items()}

    def grown(self, rows: Any, _n: int) -> Any:
        """Return a table that is a single row longer."""
        return self.table(rows, len(rows) + 1)

    def broken(self) -> list[Any]:
        """Return the types of tables whose fence was written over."""
        fences = (
            (whole, whole[edge].view(np.uint8)) for whole, _ in self._whole for edge in (slice(PAD), slice(-PAD, None))
        )
        return [whole.dtype for whole, fence in fences if (fence != 0xA5).any()]


usual = kernel._first_rows


@law
@given(worlds())
def test_tables_as_short_as_can_be_are_never_too_short(world: World) -> None:
    """Whatever happens in a stage, what handlers say they open is enough; and no number depends on room."""
    fences = Fences()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kernel, "_first_rows", fences.first)
        patched.setattr(kernel, "_grown", fences.grown)
        tight = finished(world)
    assert fences.broken() == []
    different = differing(traces(finished(world)), traces(tight))
    assert not set(different) - {"log.row", "log.more"}  # which row a request has is nobody's business


def _opened_in(path: Path) -> set[str]:
    """Return which kinds of rows a module opens."""
    calls = (node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return {OPENERS[one.id] for one in calls if isinstance(one, ast.Name) and one.id in OPENERS}


def test_whoever_opens_says_so() -> None:
    """Every module of the kernel that opens rows declares it; what happens first has room from the start."""
    declared = {handler.__file__: handler.OPENS for handler in HANDLERS}
    for path in Path(sim.kernel.__file__).parent.glob("[!a]*.py"):
        said = {rows for one in declared.get(str(path), ()) for rows in OPENERS.values() if getattr(one, rows)}
        if path.stem not in HOMES:
            assert said == _opened_in(path), path.name


@pytest.mark.long
def test_drawn_worlds_stay_within_their_tables_with_bounds_checks() -> None:
    """The laws on rows, room and conservation hold with bounds checks compiled in: no row is out of range."""
    laws = [f"tests/laws/{name}.py" for name in ("test_room", "test_rows", "test_conservation")]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not long", *laws]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"DEPTSIM_CHECKED": "1"}, timeout=1800, capture_output=True
    )
    assert done.returncode == 0, done.stdout.decode()
