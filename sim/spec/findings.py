"""What is wrong with a scenario, as sentences that name file, line and field."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Literal

from pydantic import BaseModel

from sim.characters import visible
from sim.spec.nearest import did_you_mean

Path = tuple[str | int, ...]
Place = tuple[str, int | None]
"""File and line; what stands in no file has only what it is called."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (error) or looks wrong (warning)."""

    message: str
    path: Path = ()
    severity: Literal["error", "warning"] = "error"
    file: str = ""
    line: int | None = None

    @property
    def field(self) -> str:
        """The field as people write it: ``departments.sales.staff``."""
        return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path).lstrip(".")

    def __str__(self) -> str:
        """Return the sentence: ``file.yaml:12: field: found this, expected that``."""
        place = f"{self.file}:{self.line}" if self.file and self.line else self.file
        field = "" if self.line is None and f" {self.field}=" in self.file else shortened(self.field, 200)
        return visible(": ".join(part for part in (place, field, self.message) if part))

    def placed(self, lines: Mapping[Path, Place], file: str) -> "Finding":
        """Return the finding with the file and line in which its field stands, or the nearest one around it."""
        if self.line is not None:
            return self
        for length in range(len(self.path), -1, -1):
            place = lines.get(self.path[:length])
            if place is not None:
                return replace(self, file=place[0], line=place[1])
        return replace(self, file=self.file or file)


class ScenarioError(ValueError):
    """A scenario that cannot be used; `findings` holds everything that is wrong with it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))

    def __reduce__(self) -> tuple[type["ScenarioError"], tuple[tuple[Finding, ...]]]:
        """Pickle with the findings, so that the error survives a worker process."""
        return (type(self), (self.findings,))


def unknown_field(name: object, known: Collection[str], path: Path) -> Finding:
    """Return what is said about a field that does not exist."""
    return Finding(f"found an unknown field, expected one of {listed(known)}{did_you_mean(name, known)}", path)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that forbid using a scenario."""
    return [one for one in findings if one.severity == "error"]


def shortened(text: str, length: int = 60) -> str:
    """Return `text` on one line, nothing in it hidden, cut to `length`."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= length else line[: length - 1] + "…"


def shown(value: Any) -> str:
    """Return a value as the sentence says it was found."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{shortened(value)}'"
    if isinstance(value, Mapping):
        return f"a mapping ({shortened(', '.join(map(str, value)))})" if value else "an empty mapping"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, BaseModel) or repr(value) == object.__repr__(value):
        return f"an object of class {type(value).__name__}"
    return _number(value)


def _number(value: Any) -> str:
    if isinstance(value, int) and abs(value) >= 10**18:
        return "a number of more than 18 digits"
    return shortened(str(value))


def listed(names: Collection[object], most: int = 24) -> str:
    """Return names separated by commas, cut off after `most`."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(map(str, islice(names, most))) + more
