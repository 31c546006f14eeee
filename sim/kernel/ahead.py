"""The kernel as a wheel for one platform brings it: compiled ahead of time, ready when it is called.

Two files lie beside this module then: a shared library with a C function for each of the kernel's entries, and what is
told of it. It is used as it was built or not at all, and only for the sources that it was built from. Wherever that is
not so, the kernel is compiled when it is first called, as it is without a library.
"""

import ctypes
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sim.kernel.identity import identity

TOLD = "deptsim-kernel.json"
"""What is told of the library: `kernel` (sources and versions), `versions`, `library` (a file) and its `sha256`."""

ENTRIES = ("begin", "renew", "bring_up", "advance")

SYMBOL = "deptsim_{}"
"""What an entry is called in C: ``int32_t f(int64_t *result, void **failure, void **state, void **params[, double
until])``. It returns zero unless something failed; `state` and `params` list the addresses of their tables."""

HERE = Path(__file__).parent


class Library:
    """The kernel in a shared library that has a function for each of its entries."""

    def __init__(self, path: Path, versions: Mapping[str, str]) -> None:
        loaded = ctypes.CDLL(str(path))
        self._functions = {name: loaded[SYMBOL.format(name)] for name in ENTRIES}
        self.versions = dict(versions)
        """Of what made it."""

    def entry(self, function: Callable[..., Any]) -> Callable[..., int]:
        """Return what stands for an entry of the kernel: the function of the same name in the library."""
        name = function.__name__
        called = self._functions[name]

        def call(state: Any, params: Any, *until: float) -> int:
            result, failure = ctypes.c_int64(), ctypes.c_void_p()
            places = _addresses(state), _addresses(params)
            if called(ctypes.byref(result), ctypes.byref(failure), *places, *map(ctypes.c_double, until)):
                raise RuntimeError(f"kernel: {name} came upon what cannot be; with DEPTSIM_JIT=1 it says what")
            return result.value

        return call


def _addresses(arrays: Any) -> Any:
    """Return a list, as C knows it, of where tables begin; the caller holds on to the arrays."""
    return (ctypes.c_void_p * len(arrays))(*[rows.ctypes.data for rows in arrays])


def find(folder: Path = HERE) -> Library | None:
    """Return the library of these sources, as it was built and can be loaded here; None without one."""
    try:
        told = json.loads((folder / TOLD).read_bytes())
        path = folder / told["library"]
        whole = hashlib.sha256(path.read_bytes()).hexdigest() == told["sha256"]
        return Library(path, told["versions"]) if whole and identity(told["versions"]) == told["kernel"] else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
