"""What engines do: tasks, and nothing else of what is simulated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol, TypeVar


class Task(Protocol):
    """A piece of work that can be sent elsewhere: it can be pickled, and so can what comes of it.

    What comes of it depends on the task alone: not on who works on it, when, or after what.
    """

    @property
    def asks(self) -> bool:
        """Whether code of somebody's own is called all along, which threads cannot do at the same time."""
        ...

    def prepare(self) -> None:
        """Load what every task needs; called once where tasks are worked on, before the first."""
        ...

    def work(self) -> Any:
        """Do it, and return what came of it."""
        ...

    def lost(self, why: str) -> Any:
        """Return what stands for the result where whoever worked on it died each time; `why` is half a sentence."""
        ...


One = TypeVar("One", bound=Task)


class Engine(Protocol):
    """What works on tasks."""

    def results(self, tasks: Iterable[One]) -> Iterator[tuple[One, Any]]:
        """Yield every task with what came of it, in order; whoever stops asking stops the work.

        There may be more tasks than fit into memory: an engine looks ahead by a few only.
        """
        ...
