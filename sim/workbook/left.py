"""What a scenario file says, taken away piece by piece: what is left in the end is what nobody took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


def put_back(data: dict[str, Any], rest: Mapping[Path, Any]) -> dict[str, Any]:
    """Return data with values put where they were; items of lists that are not there are put in."""
    made: dict[Any, Any] = _by_number(data)
    for path, value in rest.items():
        here = made
        for part in path[:-1]:
            here = here.setdefault(part, {})
        here[path[-1]] = value
    found: dict[str, Any] = plain(made)
    return found
