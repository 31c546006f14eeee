"""How numba compiles the functions of the kernel.

Measured: force-inlining helpers and leaving out numba's reference counting (`_nrt`, allowed because nothing in the
kernel allocates) brings the event loop from five times the time of C close to C itself; either alone does not.
"""

from collections.abc import Callable
from typing import Any

import llvmlite
import numba
import numpy as np

from sim.codecache import CodeCache
from sim.kernel.compiling.parts import PartCompiler
from sim.kernel.identity import CHECKED, identity

VERSIONS = {"numba": numba.__version__, "llvmlite": llvmlite.__version__, "numpy": np.__version__}
"""What makes machine code here."""

SOURCES = identity(VERSIONS)

FLAGS: dict[str, Any] = {"error_model": "numpy", "nogil": True}
FLAGS |= {"boundscheck": True} if CHECKED else {"_nrt": False}
"""For functions that are called from outside."""

_inside: dict[str, Any] = FLAGS | {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
if not CHECKED:
    _inside |= {"pipeline_class": PartCompiler}
"""For functions that only the kernel calls: without what makes a function callable from outside."""


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
    compiled = numba.njit(**FLAGS)(function)
    compiled._cache = CodeCache(function, SOURCES)
    return compiled
