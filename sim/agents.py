"""Departments as Mesa agents: live views on the kernel's rows, never copies.

An agent holds its model and its place in the tables, nothing else. Every property reads the row of this moment through
`model.machine.state`, because tables are replaced by larger ones when they are full.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import mesa

from sim.spec.base import text_of
from sim.spec.levers import LEVERS
from sim.spec.nearest import did_you_mean
from sim.vocab import Text

if TYPE_CHECKING:
    from sim.compile import Compiled
    from sim.kernel.machine import Machine
    from sim.spec.organization import Kpi


class Host(Protocol):
    """What agents need of their model: the tables, the names behind them, and each other."""

    machine: Machine
    compiled: Compiled
    owners: Sequence[Owner]

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
        return self._model.machine.state.links[self._place]

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


class Owner(mesa.Agent):  # type: ignore[misc]
    """Whoever owns a queue: a department, or a person of management who approves for one.

    Parameters
    ----------
    model : Organization
        The organization it belongs to.
    place : int
        Its row in the kernel's table of departments.
    """

    model: Host

    def __init__(self, model: Host, place: int) -> None:
        super().__init__(model)
        self.place = place

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}: {self.busy} of {self.staff} busy, {self.queue} waiting>"

    @property
    def _row(self) -> Any:
        return self.model.machine.state.departments[self.place]

    @property
    def name(self) -> str:
        """The name in the scenario file."""
        return self.model.compiled.pools[self.place]

    @property
    def staff(self) -> int:
        """Number of people."""
        return int(self._row["staff"])

    @property
    def busy(self) -> int:
        """People who have work in hand (outside opening hours it rests in their hands)."""
        return int(self._row["busy"])

    @property
    def queue(self) -> int:
        """Requests that wait."""
        return int(self._row["waiting"])

    @property
    def waiting_hours(self) -> float:
        """Hours of work content that wait."""
        return float(self._row["waiting_hours"])

    @property
    def productivity(self) -> float:
        """What meetings and overhead leave of working time today."""
        return float(self._row["productivity"])

    @property
    def links(self) -> tuple[Link, ...]:
        """Everybody it deals with."""
        pool = self.model.compiled.params.pools[self.place]
        first = int(pool["first_link"])
        return tuple(Link(self.model, row) for row in range(first, first + int(pool["n_links"])))

    def trust_in(self, other: Owner | str) -> float:
        """Return the trust in another owner of a queue; NaN where the two never deal with each other."""
        place = self.model.owner(other).place if isinstance(other, str) else other.place
        return next((link.trust for link in self.links if link.other.place == place), math.nan)

    def lever(self, name: str) -> float:
        """Return where a lever stands here today."""
        if name not in LEVERS:
            raise KeyError(f"no lever is called '{name}'{did_you_mean(name, LEVERS)}")
        return float(self._row["lever"][LEVERS[name].lever])


class Department(Owner):
    """A department of the scenario."""

    @property
    def label(self) -> Text:
        """What people call it, in both languages."""
        return text_of(self.model.compiled.scenario.departments[self.name].label, self.name)

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """What the department is measured by, with targets and weights."""
        return tuple(self.model.compiled.scenario.departments[self.name].kpis)

    @property
    def attainment(self) -> float:
        """How far it meets its own KPIs, from the end of the warm-up until now; NaN during the warm-up."""
        return self.model.attainments.get(f"kpi_{self.name}", math.nan)


class Approver(Owner):
    """A person of management who approves for a department, such as ``sales.director``."""

    @property
    def label(self) -> Text:
        """What people call the person, in both languages."""
        department, _, pool = self.name.partition(".")
        return text_of(self.model.compiled.scenario.departments[department].pools[pool].label, self.name)
