"""Shocks: dated changes from outside that an organization has to survive."""

from typing import Annotated, Literal

from pydantic import Field

from sim.spec.base import Model, Reference, Share, number, whole

Week = Annotated[float, number(0.0, 100_000.0)]


class Leaver(Model):
    """The people who held the relationship of two departments together leave.

    Both sides lose what these people understood of the other beyond what the knowledge base holds, and the trust in
    them: newcomers meet the culture's baseline. The first department works with one person less until the vacancy is
    filled.
    """

    kind: Literal["leaver"] = "leaver"
    """leaver."""
    week: Week
    """Week of the run in which they leave, warm-up included."""
    from_: Reference = Field(validation_alias="from", serialization_alias="from")
    """The department they leave."""
    to: Reference
    """The department with which they kept up the relationship."""
    share: Share = 1.0
    """Share of the relationship that was theirs."""
    people: Annotated[int, whole(0, 100_000)] = 1
    """How many leave."""
    vacancy_weeks: Week = 8.0
    """Weeks until they are replaced."""


class Surge(Model):
    """The customers of a process come faster for some weeks; they are the same customers, only sooner."""

    kind: Literal["surge"] = "surge"
    """surge."""
    week: Week
    """Week of the run in which it begins, warm-up included."""
    process: Reference
    """The process whose demand it is."""
    weeks: Annotated[float, number(0.0, 100_000.0, above=True)] = 4.0
    """How long it lasts."""
    factor: Annotated[float, number(0.0, 100.0)] = 2.0
    """Demand during the surge against usual (below 1: a slump); overlapping surges multiply."""


AnyShock = Annotated[Leaver | Surge, Field(discriminator="kind")]
"""Any shock, told apart by its `kind`."""
