"""Collects findings while a scenario is checked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sim.spec.findings import Finding, Path, listed, shown
from sim.spec.nearest import did_you_mean

MAX_HINTS = 50
"""So many misspellings get a nearest name; comparing names is slow, and nobody reads further."""


@dataclass(slots=True)
class Notes:
    """The findings so far."""

    findings: list[Finding] = field(default_factory=list)
    hints: int = 0

    def error(self, path: Path, message: str) -> None:
        """Note something that forbids using the scenario."""
        self.findings.append(Finding(message, path))

    def warning(self, path: Path, message: str) -> None:
        """Note something that looks wrong."""
        self.findings.append(Finding(message, path, "warning"))

    def known(self, path: Path, name: str, valid: Collection[str], what: str) -> bool:
        """Note a name that does not exist, with the nearest one that does; say whether it exists."""
        if name in valid:
            return True
        self.hints += 1
        hint = did_you_mean(name, valid) if self.hints <= MAX_HINTS else ""
        self.error(path, f"found {shown(name)}, expected {what} ({listed(valid) or 'there is none'}){hint}")
        return False

    def once(self, path: Path, names: Iterable[str]) -> None:
        """Note every name that a list holds twice."""
        seen: set[str] = set()
        for index, name in enumerate(names):
            if name in seen:
                self.error((*path, index), f"found {shown(name)} a second time, expected each name once")
            seen.add(name)
