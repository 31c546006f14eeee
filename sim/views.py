"""Live views on the kernel's rows: they hold a place and read it when asked, so they are never out of date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from sim.compile import Compiled
from sim.kernel.machine import Machine
from sim.settings import Settings
from sim.spec.nearest import did_you_mean
from sim.vocab import Kind

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

    At the end of a day, when hooks are called, it is the whole day; after a step a new day has begun.
    """

    def __init__(self, owner: Owner) -> None:
        self._owner = owner

    def _count(self, field: str) -> float:
        return float(self._owner._row[field])

    @property
    def done(self) -> int:
        """Work requests completed."""
        return int(self._count("done"))

    @property
    def responses(self) -> int:
        """Requests with a response target that were answered."""
        return int(self._count("responses"))

    @property
    def in_time(self) -> int:
        """Of these, within their target."""
        return int(self._count("in_time"))

    @property
    def own_done(self) -> int:
        """Pieces of own work completed."""
        return int(self._count("own_done"))

    @property
    def own_in_time(self) -> int:
        """Of these, within their target."""
        return int(self._count("own_in_time"))

    @property
    def blamed(self) -> int:
        """Pieces of its work that were sent back."""
        return int(self._count("blamed"))

    @property
    def urgent_n(self) -> int:
        """Urgent requests taken up."""
        return int(self._count("urgent_n"))

    @property
    def urgent_wait(self) -> float:
        """Hours that these had waited, in all, in which anybody was at work."""
        return self._count("urgent_wait")

    @property
    def taxed(self) -> float:
        """Hours of service that were meetings and overhead."""
        return self._count("taxed")

    @property
    def extra(self) -> float:
        """Hours of double-checking and forms."""
        return self._count("extra")

    def hours(self, kind: str | None = None) -> float:
        """Return hours served, of one kind of request (``work``, ``consult``, ...) or of all."""
        served = self._owner._row["hours"]
        if kind is None:
            return float(served.sum())
        kinds = {one.name.lower(): one for one in Kind}
        if kind not in kinds:
            raise KeyError(f"no kind of request is called '{kind}'{did_you_mean(kind, kinds)}")
        return float(served[kinds[kind]])
