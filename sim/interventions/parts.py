"""What interventions are made of: how they take hold, what they move, when people meet, and what is known of them."""

import math
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, field_validator

from sim.spec.base import refuse
from sim.spec.checked import Checked
from sim.spec.grades import SCALE, Grade
from sim.spec.levers import LEVERS, RULES
from sim.spec.organization import Organization
from sim.words import words

_FINDINGS = words("findings")

Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]


Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Adoption(Checked):
    """How an intervention takes hold: adoption(t) = fidelity · ramp(t) · retention(t) − dip · (1 − ramp(t)).

    Adoption scales the effect only; the time an intervention costs is spent whether or not people mean it.
    """

    fidelity: Share = Field(default=0.8, description="share of people who do it as meant, once it has settled")
    ramp_weeks: float = Field(default=4.0, ge=0.0, le=520.0, description="weeks until it has settled, growing evenly")
    dip: Share = Field(
        default=0.0, description="loss at the start that shrinks as the ramp grows (as with new software)"
    )
    retention_weeks: float | None = Field(
        default=None, gt=0.0, le=5200.0, description="half-life in weeks; empty = it stays"
    )


@dataclass(frozen=True, slots=True)
class Edit:
    """Move `lever` part of the way towards `toward`: v += (toward − v) · strength · adoption(t).

    Edits with the same aim multiply the remaining gap, so combinations have diminishing returns and no order; those
    with different aims take turns (`turn`). An aim worse than where the lever stands by then changes nothing, unless
    the edit `worsens`, as costs do. A `paid` edit is a cost or an agreed figure: it counts in full, whatever the
    adoption, and fades with a half-life of `fades_weeks`. One-off measures last for some `weeks`, from so many weeks
    after the intervention's start.
    """

    lever: str
    toward: float
    strength: float
    where: tuple[str, ...] = ()
    paid: bool = False
    after_weeks: float = 0.0
    weeks: float = math.inf
    worsens: bool = False
    fades_weeks: float = math.inf

    @property
    def agreed(self) -> bool:
        """Whether it sets an agreed figure: in full, and with nothing left of the gap."""
        return self.paid and self.strength == 1.0

    @property
    def turn(self) -> tuple[bool, bool, float]:
        """Return what sorts the edits of one lever: moves, then what is paid, each with the strictest aim last.

        Where neither end is strict, an agreed figure comes after what is paid in part.
        """
        rule = LEVERS[self.lever].agreed
        return self.paid, self.agreed and rule.strict is None, rule.rank(self.toward)

    def way(self, organization: Organization, department: str) -> int:
        """Return which way it moves its lever: up (1) or down (-1) where that end is better, or either way (0).

        The figure of a rule that nobody follows yet is kept by nobody, so the first to be agreed on is never worse.
        """
        better, rule = LEVERS[self.lever].better, RULES.get(self.lever)
        first = self.agreed and rule is not None and organization.lever(rule, department) == 0.0
        if self.worsens or first or better == "either":
            return 0
        return 1 if better == "high" else -1


class Meeting(Checked):
    """A recurring meeting: a capacity tax, and an event that synchronizes, answers and settles."""

    at: float = Field(default=9.0, ge=0.0, lt=24.0, description="hour of the day")
    days: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri")
    minutes: float = Field(default=15.0, ge=0.0, le=480.0)
    staff_share: float = Field(
        default=0.5, ge=0.01, le=1.0, description="share of each department's staff that takes part"
    )
    item_minutes: float = Field(default=2.0, ge=0.1, le=240.0, description="minutes that one waiting question takes")
    news_minutes: float = Field(
        default=1.0, ge=0.0, le=240.0, description="minutes that one department takes to tell what goes on there"
    )
    settles: Share = Field(default=0.1, description="chance that an open conflict between participants is settled")
    every_weeks: int = Field(
        default=1, ge=1, le=52, description="held every so many weeks, from the week in which the intervention begins"
    )
    overrun: float = Field(
        default=1.5,
        ge=1.0,
        le=10.0,
        description="time that it takes in all, in planned lengths: meetings run over, and interrupt",
    )

    @field_validator("days")
    @classmethod
    def _each_day_once(cls, value: tuple[Day, ...]) -> tuple[Day, ...]:
        if not value or len(set(value)) < len(value):
            raise refuse(_FINDINGS.MEETING_DAYS)
        return value


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source behind an intervention, with its grade and what it found."""

    grade: Grade
    source: str
    finding: str

    @property
    def scale(self) -> int:
        """How good it is, from 0 to 3."""
        return SCALE[self.grade]


@dataclass(frozen=True, slots=True)
class Expectation:
    """A direction that the intervention is stated to have on a measure in a typical organization."""

    measure: str
    direction: Literal["up", "down"]
