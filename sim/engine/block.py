"""Blocks: some replications of one scenario, the task that studies are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.compile import Compiled
from sim.engine.sent import compiled_from, loads, sendable
from sim.hooks import HookError, acting
from sim.outcome import Outcome, Window, simulate, warm_up

if TYPE_CHECKING:
    from sim.agents import Departments

Keep = Callable[[Outcome], Any]
"""What is kept of a replication."""


@dataclass(frozen=True, eq=False, slots=True)
class Block:
    """Some replications of one scenario, worked on in one go.

    Where it is sent elsewhere, the scenario is sent as it was stated, and compiled there once for all its blocks.

    Attributes
    ----------
    label
        Which of the scenarios of a study it belongs to.
    compiled
        The scenario, ready to run.
    keep
        What is kept of each replication.
    seed, replications
        The luck, and the numbers of the replications.
    department
        Departments that somebody wrote in Python.
    events, follow
        Whether the event log is written, and whether trust of every pair is written down day by day.
    log
        From when to when everything that happens is kept, in calendar hours; None where it is not.
    """

    label: str
    compiled: Compiled
    keep: Keep
    seed: int
    replications: range
    department: Departments | None = None
    events: bool = False
    follow: bool = False
    log: Window | None = None

    @property
    def asks(self) -> bool:
        """Whether Python is asked at the end of every day."""
        return self.department is not None or acting(self.compiled.scenario.interventions)

    def prepare(self) -> None:
        """Compile the kernel, or load what was kept of it."""
        warm_up(self.compiled)

    def work(self) -> list[Any]:
        """Return what is kept of each replication, or why it failed."""
        way = self._way()
        return [self._one(way, number) for number in self.replications]

    def lost(self, why: str) -> list[Any]:
        """Return that every replication failed."""
        return [Failure(f"replication {number} failed: {why}") for number in self.replications]

    def _way(self) -> Callable[..., Outcome]:
        """Return how a replication is run: in one go, or day by day where somebody wants to be asked."""
        if not self.asks:
            return simulate
        from sim.live import way_with  # Mesa takes longer to load than most runs take

        return way_with(self.compiled, self.department)

    def _one(self, way: Callable[..., Outcome], number: int) -> Any:
        try:
            asked = {"events": self.events, "follow": self.follow, "log": self.log}
            return self.keep(way(self.compiled, self.seed, number, **asked))
        except HookError as error:
            return Failure(str(error), error)
        except MemoryError as error:
            return Failure(f"replication {number} failed: not enough memory", error.with_traceback(None))
        except ArithmeticError as error:
            return Failure(f"replication {number} failed: {type(error).__name__} {error}".strip())

    def __reduce__(self) -> tuple[Callable[..., Block], tuple[Any, ...]]:
        """Pickle with the scenario as it was stated, and with code of somebody's own that is in no file."""
        own = sendable((self.keep, self.department))
        plain = self.label, self.seed, self.replications, self.events, self.follow, self.log
        return _arrived, (sendable(self.compiled.stated), own, *plain)


def _arrived(
    scenario: bytes,
    own: bytes,
    label: str,
    seed: int,
    replications: range,
    events: bool,
    follow: bool,
    log: Window | None,
) -> Block:
    """Return a block that was sent."""
    keep, department = loads(own)
    return Block(label, compiled_from(scenario), keep, seed, replications, department, events, follow, log)


@dataclass(frozen=True, eq=False, slots=True)
class Failure:
    """A replication that failed: one sentence, and the error that says more where all of them fail."""

    sentence: str
    error: HookError | MemoryError | None = None
