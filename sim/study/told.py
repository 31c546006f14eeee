"""Manifests as somebody hands them over: read from a file, and asked for numbers, names and mappings in sentences."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn, Protocol, TypeAlias

from sim.spec.findings import Finding, ScenarioError, shown
from sim.words import Text, words
from sim.words.system import why_not

texts = words("rerun")

FILES = ("manifest.json", "comparison.json")
"""What files that hold a manifest are called in folders of results."""


class Holder(Protocol):
    """A result, which has its manifest."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """All it takes to get the result again."""


Source: TypeAlias = Mapping[str, Any] | Holder | str | os.PathLike[str]
"""Where a manifest is."""


class Told:
    """A manifest, or what holds one: a result as JSON, or the file of either.

    Parameters
    ----------
    source : mapping, result, str or path
        The manifest, a result that has one, a file of either, or the folder of such a file.

    Raises
    ------
    ScenarioError
        Where there is none.
    """

    def __init__(self, source: Source) -> None:
        self.file = str(source) if isinstance(source, str | os.PathLike) else "manifest"
        found = self._found(source)
        inner = found.get("manifest", found) if isinstance(found, Mapping) else None
        if not isinstance(inner, Mapping) or not {"definition", "definitions"} & set(inner):
            self.refuse(texts.NO_MANIFEST)
        self.data: Mapping[str, Any] = inner

    def _found(self, source: Source) -> Any:
        if isinstance(source, str | os.PathLike):
            return self._read(Path(source))
        return source if isinstance(source, Mapping) else getattr(source, "manifest", None)

    def _read(self, path: Path) -> Any:
        path = next((path / name for name in FILES if (path / name).is_file()), path)
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            self.refuse(texts.UNREADABLE.format(why=why_not(error)))
        except (ValueError, RecursionError):
            self.refuse(texts.NO_JSON)

    @property
    def compares(self) -> bool:
        """Whether it is of a comparison."""
        return "definitions" in self.data

    def refuse(self, text: Text, *path: str) -> NoReturn:
        """Say what is wrong with it, and where."""
        raise ScenarioError([Finding(text, path, file=self.file, line=None)])

    def whole(self, name: str, least: int, otherwise: int | None = None) -> int:
        """Return a whole number."""
        found = self.data.get(name, otherwise)
        if isinstance(found, bool) or not isinstance(found, int) or found < least:
            self.refuse(texts.NO_COUNT.format(found=shown(found), least=least), name)
        return found

    def points(self, name: str, otherwise: float) -> float:
        """Return a number from 0 to 100."""
        found = self.data.get(name, otherwise)
        if isinstance(found, bool) or not isinstance(found, int | float) or not 0.0 <= found <= 100.0:
            self.refuse(texts.NO_POINTS.format(found=shown(found)), name)
        return float(found)

    def weeks(self, name: str) -> bool | tuple[int, int]:
        """Return a first and a last week; where nothing is said, all of them."""
        found: Any = self.data.get(name, True)
        if found is True:
            return True
        pair = found if isinstance(found, list | tuple) else ()
        whole = all(isinstance(one, int) and not isinstance(one, bool) for one in pair)
        if len(pair) != 2 or not whole or pair[0] > pair[1]:
            self.refuse(texts.NO_WEEKS.format(found=shown(found)), name)
        return pair[0], pair[1]

    def names(self, name: str, otherwise: Iterable[str] = ()) -> tuple[str, ...]:
        """Return names."""
        found = self.data.get(name, list(otherwise))
        if not isinstance(found, list | tuple) or not all(isinstance(one, str) for one in found):
            self.refuse(texts.NO_NAMES.format(found=shown(found)), name)
        return tuple(found)

    def mapping(self, *path: str) -> Mapping[str, Any]:
        """Return what stands under a name, or under a name within that; nothing where there is no such name."""
        found: Any = self.data
        for depth, name in enumerate(path, 1):
            found = found.get(name, {})
            if not isinstance(found, Mapping):
                self.refuse(texts.NO_MAPPING.format(found=shown(found)), *path[:depth])
        return found
