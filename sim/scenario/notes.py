"""Collects findings while a scenario is checked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sim.spec.findings import Finding, Path, listed, shown
from sim.spec.nearest import did_you_mean
from sim.words import Text, words

texts = words("findings")

MAX_HINTS = 50
"""So many misspellings get a nearest name; comparing names is slow, and nobody reads further."""


@dataclass(slots=True)
class Notes:
    """The findings so far."""

    findings: list[Finding] = field(default_factory=list)
    hints: int = 0

    def error(self, path: Path, text: Text) -> None:
        """Note something that forbids using the scenario."""
        self.findings.append(Finding(text, path))

    def warning(self, path: Path, text: Text) -> None:
        """Note something that looks wrong."""
        self.findings.append(Finding(text, path, "warning"))

    def known(self, path: Path, name: str, valid: Collection[str], what: Text) -> bool:
        """Note a name that does not exist, with the nearest one that does; say whether it exists."""
        if name in valid:
            return True
        self.hints += 1
        hint = did_you_mean(name, valid) if self.hints <= MAX_HINTS else ""
        known = listed(valid) or texts.NONE_THERE
        self.error(path, texts.UNKNOWN_NAME.format(name=shown(name), what=what, known=known, hint=hint))
        return False

    def once(self, path: Path, names: Iterable[str]) -> None:
        """Note every name that a list holds twice."""
        seen: set[str] = set()
        for index, name in enumerate(names):
            if name in seen:
                self.error((*path, index), texts.SECOND_TIME.format(name=shown(name)))
            seen.add(name)
