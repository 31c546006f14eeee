"""The kernel as a wheel for one platform brings it: compiled ahead of time, ready when it is called.

Two files lie beside this module then: a shared library with a C function for each of the kernel's entries, and what is
told of it. It is used as it was built or not at all: for these very sources, and for a processor that can run it.
Wherever that is not so, the kernel is compiled when it is first called, as it is without a library.
"""

import ctypes
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sim.kernel.identity import identity

TOLD = "deptsim-kernel.json"
"""What is told of the library: `kernel` (sources and versions), `versions`, `library` (file) and `sha256` of the file."""

ENTRIES = ("begin", "renew", "bring_up", "advance")

SYMBOL = "deptsim_{}"
"""What an entry is called in C: ``int32_t f(int64_t *result, void **failure, void **state, void **params[, double
until])``. It returns zero unless something failed; `state` and `params` list the addresses of their tables."""

HERE = Path(__file__).parent


class Library:
    """The kernel in a shared library."""

    def __init__(self, loaded: ctypes.CDLL, versions: Mapping[str, str]) -> None:
        self._loaded = loaded
        self.versions = dict(versions)

    def entry(self, function: Callable[..., Any]) -> Callable[..., int]:
        """Return what stands for an entry of the kernel: the function of the same name in the library."""
        name = function.__name__
        called = self._loaded[SYMBOL.format(name)]
        called.restype = ctypes.c_int32

        def call(state: Any, params: Any, *until: float) -> int:
            result, failure = ctypes.c_int64(), ctypes.c_void_p()
            places = _addresses(state), _addresses(params)
            if called(ctypes.byref(result), ctypes.byref(failure), *places, *map(ctypes.c_double, until)):
                raise RuntimeError(f"kernel: {name} came upon what cannot be; DEPTSIM_JIT=1 says what it was")
            return result.value

        return call


def _addresses(arrays: Any) -> Any:
    """Return a C list of where the rows of tables are; the caller holds on to the arrays."""
    return (ctypes.c_void_p * len(arrays))(*[rows.ctypes.data for rows in arrays])


def found(folder: Path = HERE) -> Library | None:
    """Return the library that was built from these sources and can run here; None without one."""
    try:
        told = json.loads((folder / TOLD).read_bytes())
        path = folder / told["library"]
        if told["kernel"] != identity(told["versions"]):
            return None
        if told["sha256"] != hashlib.sha256(path.read_bytes()).hexdigest():
            return None
        return Library(ctypes.CDLL(str(path)), told["versions"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
