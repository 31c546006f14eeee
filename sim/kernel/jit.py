"""The one place that says how the kernel is compiled, and whether it still has to be.

* Where a wheel brought the kernel compiled ahead of time (`sim.kernel.ahead`), that is what runs, and numba is not even
  imported; `DEPTSIM_JIT=1` compiles all the same.
* Everywhere else, and with `DEPTSIM_CHECKED=1` (bounds checks), numba compiles it when it is first called.
* With `NUMBA_DISABLE_JIT=1` it is plain Python.

The functions of the kernel are marked the same way for all three:

* `inline` marks small or single-use functions that become part of their caller;
* `merge` marks the loops around everything else, which become part of their only caller before it is compiled;
* `routine` marks seldom-called, longer functions that stay functions, which keeps compilation short;
* `entry` marks what Python calls.
"""

import os
from collections.abc import Callable
from typing import Any

import numpy as np

from sim.kernel import ahead
from sim.kernel.identity import CHECKED, identity

_PLAIN = os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")
_HERE = CHECKED or os.environ.get("DEPTSIM_JIT", "") == "1"

LIBRARY = None if _PLAIN or _HERE else ahead.find()
"""The kernel compiled ahead of time; None where there is none, or where it is not wanted."""

COMPILED = not _PLAIN
"""Whether machine code runs, wherever it was made."""

COMPILING = COMPILED and LIBRARY is None
"""Whether numba compiles the kernel in this process."""


def _as_it_is(function: Callable[..., Any]) -> Any:
    return function


inline: Any = _as_it_is
merge: Any = _as_it_is
routine: Any = _as_it_is
entry: Any = _as_it_is
VERSIONS: dict[str, str] = {"numpy": np.__version__}
"""Of what the kernel is made by."""

if COMPILING:
    from sim.kernel.compiling import decorators as numbas

    VERSIONS, entry = numbas.VERSIONS, numbas.entry
    inline, merge, routine = numbas.inline, numbas.merge, numbas.routine
elif LIBRARY is not None:
    VERSIONS, entry = LIBRARY.versions, LIBRARY.entry

SOURCES = identity(VERSIONS)
"""Hash of everything the compiled kernel depends on; part of a result's manifest."""

MADE = {"compiled": "here" if COMPILING else "ahead of time" if COMPILED else "not at all", **VERSIONS}
"""How the kernel was made, and by what; part of a result's manifest."""
