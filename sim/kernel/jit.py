"""The one place that says how the kernel is compiled.

Measured: force-inlining helpers and leaving out numba's reference counting (`_nrt`, allowed because nothing in the
kernel allocates) brings the event loop from five times the time of C close to C itself; either alone does not.

* `inline` marks small or single-use functions that become part of their caller;
* `merge` marks the loops around everything else, which become part of their only caller before it is compiled;
* `routine` marks seldom-called, longer functions that stay functions, which keeps compilation short;
* `entry` marks what Python calls, kept on disk by a hash of all kernel sources.

`DEPTSIM_CHECKED=1` compiles with bounds checks and reference counting.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba.core import config as numba_config

from sim.codecache import CodeCache
from sim.kernel.jit_parts import PartCompiler

config: Any = numba_config
CHECKED = os.environ.get("DEPTSIM_CHECKED", "") == "1"
COMPILED = not config.DISABLE_JIT

_flags: dict[str, Any] = {"error_model": "numpy", "nogil": True}
_flags |= {"boundscheck": True} if CHECKED else {"_nrt": False}


_inside: dict[str, Any] = _flags | {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
if not CHECKED:
    _inside |= {"pipeline_class": PartCompiler}
"""For functions that only the kernel calls: without what makes a function callable from outside."""


def _sources_hash() -> str:
    here = Path(__file__).parent
    digest = hashlib.sha256(f"{numba.__version__} {np.__version__} {CHECKED}".encode())
    for path in sorted([*here.rglob("*.py"), here.parent / "vocab.py"]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


SOURCES = _sources_hash()
"""Hash of everything the compiled kernel depends on; part of a result's manifest."""


def inline(function: Callable[..., Any]) -> Any:
    """Compile `function` as a part of whoever calls it."""
    return numba.njit(forceinline=not CHECKED, **_inside)(function)


def merge(function: Callable[..., Any]) -> Any:
    """Write the body of `function` into its only caller before anything is compiled.

    For the loops around everything else: as functions of their own they would have all they call optimized once more.
    """
    return numba.njit(inline="always", **_inside)(function)


def routine(function: Callable[..., Any]) -> Any:
    """Compile `function` as a function of its own."""
    return numba.njit(**_inside)(function)


def entry(function: Callable[..., Any]) -> Any:
    """Compile `function` for calls from Python and keep the machine code on disk."""
    if not COMPILED:
        return function
    compiled = numba.njit(**_flags)(function)
    compiled._cache = CodeCache(function, SOURCES)
    return compiled
