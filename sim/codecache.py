"""Machine code of compiled functions, kept on disk for the next time.

What is kept is a convenience: whatever is damaged, half written or from elsewhere is thrown away and made again, and
where nothing can be kept, everything works without. One file holds one function for one kind of arguments, with a
checksum before it, so that a file is used as it was written or not at all.

Numba's own cache is not used, as it takes every file it finds for whole, and fails where it cannot write.
"""

from __future__ import annotations

import contextlib
import hashlib
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import llvmlite
import numba
from numba.core import compiler, serialize
from numba.core.caching import _Cache as NumbaCache

from sim import notices
from sim.files import whole
from sim.places import folders

rebuild: Any = compiler.CompileResult._rebuild
dumps: Any = serialize.dumps

SUFFIX = ".code"
CHECKSUM = hashlib.sha256().digest_size
_LEFT_BEHIND = 3600.0
"""Seconds after which a half-written file is nobody's work any more."""

told: Callable[..., None] = notices.of_cache
"""Called with what happens: ``"compiling"``; ``"damaged"`` (`folder`); ``"unkept"`` (`folder`, `error`, `instead`)."""


class CodeCache(NumbaCache):
    """Keeps the machine code of one function, in the way numba asks for it.

    Parameters
    ----------
    function : callable
        What is compiled.
    sources : str
        Stands for everything the code is made from: where that changes, the code is made again.
    """

    def __init__(self, function: Callable[..., Any], sources: str) -> None:
        self._function = f"{function.__module__}.{function.__qualname__}"
        self._folder = f"kernel-{sources}"

    @property
    def cache_path(self) -> str:
        """The folder in which the code is kept, as a rule."""
        return str(next(folders(self._folder), ""))

    def enable(self) -> None:
        """Do nothing: the cache is always on."""

    def disable(self) -> None:
        """Do nothing: the cache is always on."""

    def flush(self) -> None:
        """Do nothing: new code replaces the old."""

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return the compiled function for these arguments; None, and a word that it will take a while, without."""
        target_context.refresh()
        name = self._name(sig, target_context.codegen())
        for folder in folders(self._folder):
            found = _read(folder / name)
            if found is not None:
                try:
                    return rebuild(target_context, *pickle.loads(found))
                except Exception:  # whole, and yet nothing that can be used: as good as damaged
                    _discard(folder / name)
        told("compiling")
        return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep a compiled function where that is possible."""
        if data.library.has_dynamic_globals:
            return  # there are addresses of this process in it
        code = dumps(data._reduce())
        name = self._name(sig, data.codegen)
        failed: tuple[Path, OSError] | None = None
        for folder in folders(self._folder):
            try:
                _write(folder / name, hashlib.sha256(code).digest() + code)
            except OSError as error:
                failed = failed or (folder, error)
            else:
                break
        else:
            folder = None
        if failed is not None:
            told("unkept", folder=failed[0], error=failed[1], instead=folder)

    def _name(self, sig: Any, codegen: Any) -> str:
        """Name the file after everything on which the code depends but the sources."""
        python = sys.implementation.cache_tag, getattr(sys, "abiflags", "")
        made_by = python, numba.__version__, llvmlite.__version__, codegen.magic_tuple()
        digest = hashlib.sha256(repr((self._function, str(sig), made_by)).encode()).hexdigest()
        return f"{self._function.rpartition('.')[2]}-{digest[:16]}{SUFFIX}"


def _read(path: Path) -> bytes | None:
    """Return what was kept; what is there but is not what was written is thrown away, and that is said."""
    try:
        found = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:  # a folder, a broken disk, a file of somebody else
        _discard(path)
        return None
    code = found[CHECKSUM:]
    if hashlib.sha256(code).digest() == found[:CHECKSUM]:
        return code
    _discard(path)
    return None


def _discard(path: Path) -> None:
    told("damaged", folder=path.parent)
    with contextlib.suppress(OSError):
        path.rmdir() if path.is_dir() else path.unlink()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    _tidy(path.parent)
    with whole(path) as aside:
        aside.write_bytes(content)


def _tidy(folder: Path) -> None:
    """Remove what writers that were killed have left behind."""
    for left in folder.glob(f".*{SUFFIX}"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT_BEHIND:
                left.unlink()
