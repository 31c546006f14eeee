"""How a report was asked for on the command line, and the command that gives the same."""

from __future__ import annotations

import shlex
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """How a report was asked for on the command line.

    Attributes
    ----------
    name
        The scenario as it was named.
    set_, with_
        Changes and alternatives as they were written.
    weeks
        The horizon where one was given.
    points
        At how many points of the assumptions.
    """

    name: str
    set_: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    weeks: float | None = None
    points: int = 0

    def command(self, replications: int, seed: int) -> str:
        """Return the command that gives the same report."""
        said = ["deptsim", "report", self.name]
        for option, values in (("--set", self.set_), ("--with", self.with_)):
            said += [part for value in values for part in (option, value)]
        if self.weeks is not None:
            said += ["--weeks", f"{self.weeks:g}"]
        said += ["--replications", str(replications), "--seed", str(seed)]
        if self.points:
            said += ["--robust", str(self.points)]
        return shlex.join(said)
