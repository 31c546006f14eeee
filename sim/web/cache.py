"""Answers kept on disk for the next time the page is opened, and for another server beside this one.

What is kept is a convenience, as compiled code is: whatever is damaged, half written or from elsewhere is thrown away
and made again, and where nothing can be kept, everything works without. One file holds one answer, compressed, in a
folder that stands for everything the answer depends on: the scenario with its words, the luck, and the version of
deptsim and of what it computes with.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import platform
import time
import zlib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from sim.files import whole
from sim.places import folders
from sim.results import circumstances
from sim.scenario import Scenario, definition
from sim.sources import sources

FORMAT = 1
"""Counts how what is kept has been written so far."""

LIMIT = 200_000_000
"""Bytes that are kept; beyond, what was used longest ago goes."""

SUFFIX = ".json.gz"
_ROOM = 0.8
"""What stays of the limit when something has to go."""
_LOOK = 50
"""So many answers are written before the folder is measured again; others may write to it, too."""
_LEFT_BEHIND = 3600.0
"""Seconds after which a half-written file is nobody's work any more."""
_SAID = ("words/*/*.toml", "report/**/*.py", "report/**/*.css", "web/*.py")
"""Files of the package that say what answers say."""
_COMPUTED_WITH = ("numpy", "pandas", "scipy")


@cache
def version() -> str:
    """Return what stands for everything that answers depend on beside the scenario and the luck."""
    package = Path(__file__).parents[1]
    said = sorted(path for places in _SAID for path in package.glob(places))
    digest = hashlib.sha256(
        f"{FORMAT} {sources()} {circumstances()['kernel']} {platform.machine()} {platform.system()}".encode()
    )
    digest.update(" ".join(map(_installed, _COMPUTED_WITH)).encode())
    for path in said:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _installed(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def identity(scenario: Scenario, seed: int) -> str:
    """Return what stands for everything that the answers about a scenario depend on."""
    told = json.dumps([version(), seed, scenario.hash, definition(scenario)], ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Cache:
    """What is known about scenarios: JSON by what it is (a frame, an answer, a week) and what was asked.

    Parameters
    ----------
    identities : mapping
        What stands for each scenario, by its name, as `identity` makes it.
    limit : int
        Bytes to keep on disk.
    places : sequence of Path, optional
        Where to keep it; by default where this user's programs keep such things.
    """

    def __init__(self, identities: dict[str, str], limit: int = LIMIT, places: tuple[Path, ...] | None = None) -> None:
        self._identities = identities
        self._limit = limit
        self._places = tuple(folders("page")) if places is None else places
        self._written = 0
        self._damaged: set[Path] = set()

    def get(self, kind: str, scenario: str, key: str) -> bytes | None:
        """Return what is kept; what is there but is not what was written is thrown away."""
        for place in self._places:
            path = place / self._name(kind, scenario, key)
            found = _read(path)
            if found is None and os.path.lexists(path):
                self._damaged.add(path)  # it cannot be thrown away either: it counts as not there
            if found is not None:
                with contextlib.suppress(OSError):
                    os.utime(path)
                return found
        return None

    def has(self, kind: str, scenario: str, key: str) -> bool:
        """Tell whether something is kept, without looking whether it is whole."""
        name = self._name(kind, scenario, key)
        return any(
            os.path.exists(path) for path in (place / name for place in self._places) if path not in self._damaged
        )

    def put(self, kind: str, scenario: str, key: str, content: bytes) -> bool:
        """Keep something, and tell whether that was possible."""
        if self._written % _LOOK == 0:
            self.tidy()
        self._written += 1
        for place in self._places:
            path = place / self._name(kind, scenario, key)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with whole(path) as aside:
                    aside.write_bytes(gzip.compress(content, 6, mtime=0))
            except OSError:
                continue
            self._damaged.discard(path)
            return True
        return False

    def tidy(self) -> None:
        """Remove what was used longest ago where there is too much, and what writers that were killed have left."""
        for place in self._places:
            kept = sorted(_files(place))
            total = sum(size for _, size, _ in kept)
            room = self._limit if total <= self._limit else self._limit * _ROOM
            for _, size, path in kept:
                if total <= room:
                    break
                with contextlib.suppress(OSError):
                    path.unlink()
                total -= size
            _remove_empty(place)

    def _name(self, kind: str, scenario: str, key: str) -> Path:
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return Path(self._identities[scenario]) / f"{kind}-{digest}{SUFFIX}"


def _read(path: Path) -> bytes | None:
    try:
        packed = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:  # a folder, a broken disk, a file of somebody else
        _discard(path)
        return None
    try:
        found = gzip.decompress(packed)
        json.loads(found)
    except (OSError, EOFError, zlib.error, ValueError, RecursionError):
        _discard(path)
        return None
    return found


def _discard(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.rmdir() if path.is_dir() else path.unlink()


def _files(place: Path) -> Iterator[tuple[float, int, Path]]:
    """Yield when each file was used last, its size and its path; what nobody will finish is removed."""
    for path in place.glob("*/*"):
        with contextlib.suppress(OSError):
            found = path.stat()
            if not path.name.startswith("."):
                yield found.st_mtime, found.st_size, path
            elif time.time() - found.st_mtime > _LEFT_BEHIND:
                path.unlink()


def _remove_empty(place: Path) -> None:
    with contextlib.suppress(OSError):
        for folder in place.iterdir():
            with contextlib.suppress(OSError):
                if time.time() - folder.stat().st_mtime > _LEFT_BEHIND:
                    folder.rmdir()  # refused for whatever has something in it
