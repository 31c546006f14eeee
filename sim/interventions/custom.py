"""An intervention written as data, so that a consultant needs no Python."""

import math
from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator

from sim.interventions.base import Intervention
from sim.interventions.parts import Edit, Evidence, Expectation, Hire, Meeting
from sim.spec.base import List, Model, OneLine, Share, number, refuse
from sim.spec.findings import listed
from sim.spec.levers import LEVERS
from sim.spec.nearest import did_you_mean
from sim.spec.organization import LeverValue, Organization
from sim.words import words


class CustomEdit(Model):
    """One lever and how it is moved."""

    lever: str
    """Which lever is moved."""
    toward: LeverValue
    """Where it is moved to."""
    strength: Share = 1.0
    """Share of the way that it is moved."""
    paid: bool = False
    """Counts in full whatever the adoption, as costs do."""
    after_weeks: Annotated[float, number(0.0, 5200.0)] = 0.0
    """Weeks after the start at which it begins."""
    weeks: Annotated[float, number(0.0, 5200.0, above=True)] | None = None
    """How long it counts; empty = it stays."""
    worsens: bool = False
    """Counts also where its aim is worse than where the lever stands, as costs do."""

    @field_validator("lever")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in LEVERS:
            raise refuse(words("findings").A_LEVER.format(known=listed(LEVERS), hint=did_you_mean(name, LEVERS)))
        return name

    def edit(self, where: tuple[str, ...]) -> Edit:
        """Return what it does in some departments."""
        lasts = math.inf if self.weeks is None else self.weeks
        return Edit(
            self.lever, self.toward, self.strength, where, self.paid, self.after_weeks, lasts, worsens=self.worsens
        )


class Custom(Intervention):
    """Edits, meetings and people as data.

    What people do: whatever `name` says. What follows: what the levers do that are listed.
    """

    kind: Literal["custom"] = "custom"
    name: Annotated[str, Field(min_length=1, max_length=80), OneLine] = "custom"
    """What it is called in tables."""
    moves: List[CustomEdit] = ()
    """Levers moved."""
    meets: List[Meeting] = ()
    """Meetings added."""
    hires: List[Hire] = ()
    """People whom it brings."""
    cost_minutes: Annotated[float, number(0.0, 2400.0)] = 10.0
    """Minutes a week per person."""

    evidence: ClassVar[tuple[Evidence, ...]] = (Evidence("assumption", "the author of the scenario", "none stated"),)
    expects: ClassVar[tuple[Expectation, ...]] = ()
    levers: ClassVar[tuple[str, ...]] = tuple(LEVERS)

    @property
    def empty(self) -> bool:
        """Whether it says nothing of what it does: no moves, no meetings, and no time or money that it takes."""
        said = {"cost_minutes", "money_once", "money_per_week"} & self.model_fields_set
        return not self.moves and not self.meets and not self.hires and not said

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Return the listed edits and the cost."""
        return (*(move.edit(self.departments) for move in self.moves), self.cost(self.cost_minutes))

    def meetings(self, organization: Organization) -> tuple[Meeting, ...]:
        """Return the listed meetings."""
        return self.meets

    def recruits(self, organization: Organization) -> tuple[Hire, ...]:
        """Return the listed people."""
        return self.hires
