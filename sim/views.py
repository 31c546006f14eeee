"""Live views on the kernel's rows: they hold a place and read it when asked, so they are never out of date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from sim.compile import Compiled
from sim.kernel.machine import Machine
from sim.settings import Settings
from sim.spec.nearest import did_you_mean
from sim.vocab import Kind, Tally

if TYPE_CHECKING:
    from sim.agents import Owner


class Host(Protocol):
    """What agents need of their model: the tables, the names behind them, and each other."""

    machine: Machine
    compiled: Compiled
    owners: Sequence[Owner]
    settings: Settings

    @property
    def day(self) -> int:
        """The present day; the first is 0, a Monday."""

    @property
    def attainments(self) -> dict[str, float]:
        """KPI attainment of every department by the name of its measure."""

    def owner(self, name: str) -> Owner:
        """Return a department or approver by name."""


class Link:
    """How one department stands to another, now."""

    def __init__(self, model: Host, row: int) -> None:
        self._model = model
        self._place = row

    def __repr__(self) -> str:
        return f"<{self.owner.name} to {self.other.name}: trust {self.trust:.3f}>"

    @property
    def _row(self) -> Any:
        return self._model.machine.links()[self._place]

    @property
    def owner(self) -> Owner:
        """Whose trust and understanding."""
        return self._model.owners[self._model.compiled.link_ends[self._place][0]]

    @property
    def other(self) -> Owner:
        """In and of whom."""
        return self._model.owners[self._model.compiled.link_ends[self._place][1]]

    @property
    def trust(self) -> float:
        """Trust in the other, in [0, 1]."""
        return float(self._row["trust"])

    @property
    def understanding(self) -> float:
        """How well the other is understood, in [0, 1]."""
        return float(self._row["understanding"])

    @property
    def dealings(self) -> int:
        """Dealings so far that moved trust."""
        return int(self._row["dealings"])

    @property
    def synced(self) -> float:
        """Calendar hour at which both last knew the same."""
        return float(self._row["synced"])


class Today:
    """What an owner of a queue has done since midnight, as in the columns of `RunResult.daily`.

    At the end of a day, when hooks are called, it is the whole day; after a step a new day has begun. Everything that
    is counted is an attribute, called as its column: ``done``, ``in_time``, ``blamed`` and so on.
    """

    __slots__ = ("_owner",)

    def __init__(self, owner: Owner) -> None:
        self._owner = owner

    def __getattr__(self, name: str) -> float:
        """Return what has been counted under the name of a column; whole numbers as such."""
        known = {one.column: one for one in Tally}
        if name not in known:
            raise AttributeError(f"nothing is counted as '{name}'{did_you_mean(name, known)}")
        found = float(self._owner._row["today"][known[name]])
        return found if known[name].unit else int(found)

    def __dir__(self) -> list[str]:
        """Return what can be asked for, the columns included."""
        return [*super().__dir__(), *(one.column for one in Tally)]

    def hours(self, kind: str | None = None) -> float:
        """Return hours served, of one kind of request (``work``, ``consult``, ...) or of all."""
        served = self._owner._row["hours"]
        if kind is None:
            return float(served.sum())
        kinds = {one.name.lower(): one for one in Kind}
        if kind not in kinds:
            raise KeyError(f"no kind of request is called '{kind}'{did_you_mean(kind, kinds)}")
        return float(served[kinds[kind]])
