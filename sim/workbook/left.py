"""What a scenario file says, taken away piece by piece: what is left in the end is what nobody took."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from sim.spec.findings import Path

MISSING: Any = object()
"""What stands where nothing stands."""


class Left:
    """Plain data of which parts are taken; lists of mappings are kept by number, so that places stay what they are."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data: dict[Any, Any] = _by_number(data)

    def peek(self, path: Path) -> Any:
        """Return what stands at a place, or `MISSING`."""
        here: Any = self._data
        for part in path:
            if not isinstance(here, Mapping) or part not in here:
                return MISSING
            here = here[part]
        return here

    def take(self, path: Path) -> None:
        """Take away what stands at a place, and what becomes empty by that."""
        holder = self.peek(path[:-1])
        if isinstance(holder, dict) and path[-1] in holder:
            del holder[path[-1]]
            if not holder and len(path) > 1:
                self.take(path[:-1])

    def keys(self, path: Path) -> tuple[Any, ...]:
        """Return the names, or numbers, of what stands within a place."""
        held = self.peek(path)
        return tuple(held) if isinstance(held, Mapping) else ()

    def rest(self) -> dict[Path, Any]:
        """Return what is left, value by value."""
        return dict(_leaves(self._data, ()))


def _by_number(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _by_number(one) for key, one in value.items()}
    if isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        return {place: _by_number(one) for place, one in enumerate(value)}
    return value


def plain(value: Any) -> Any:
    """Return a part as files have it, with lists as lists."""
    if isinstance(value, Mapping):
        inner = {key: plain(one) for key, one in value.items()}
        return list(inner.values()) if inner and all(isinstance(key, int) for key in inner) else inner
    return value


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Mapping) and value:
        for key, one in value.items():
            yield from _leaves(one, (*path, key))
    elif path:
        yield path, value


def put_back(data: Mapping[str, Any], rest: Mapping[Path, Any]) -> dict[str, Any]:
    """Return data with what was left put where it was; whole items of lists are put between the others."""
    made: dict[str, Any] = copy.deepcopy(dict(data))
    for path in sorted(rest, key=lambda one: not isinstance(one[-1], int)):
        here: Any = made
        for part, after in pairwise(path):
            if isinstance(here, dict) and part not in here:
                here[part] = [] if isinstance(after, int) else {}
            elif isinstance(here, list) and part == len(here):
                here.append({})
            here = here[part]
        if isinstance(here, list):
            here.insert(int(path[-1]), rest[path])
        else:
            here[path[-1]] = rest[path]
    return made
