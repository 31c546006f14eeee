"""What interventions are made of: how they take hold, what they move, when people meet, and what is known of them."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import field_validator

from sim.interventions.grounds import AS_IT_IS, Ground
from sim.spec.base import List, Model, Reference, Share, number, refuse, whole
from sim.spec.grades import SCALE, Grade
from sim.spec.levers import LEVERS
from sim.spec.organization import Organization
from sim.vocab import WEEK
from sim.words import Text, words

_FINDINGS = words("findings")

FULL_WEEK = 40.0
"""Hours that one person works in a week; a post that is manned for longer is shared by so many more people."""

LIVED = 0.95
"""Share of requests for which a rule that all agreed on is followed, where it is lived in full."""

MinutesAWeek = Annotated[float, number(0.0, 600.0)]
"""Minutes a week of a person."""
MinutesAMonth = Annotated[float, number(0.0, 600.0)]
"""Minutes a month of a person."""

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Adoption(Model):
    """How an intervention takes hold: adoption(t) = fidelity · ramp(t) · retention(t) − dip · (1 − ramp(t)).

    Adoption scales the effect only; the time an intervention costs is spent whether or not people mean it.
    """

    fidelity: Share = 0.8
    """Share of people who do it as meant, once it has settled."""
    ramp_weeks: Annotated[float, number(0.0, 520.0)] = 4.0
    """Weeks until it has settled, growing evenly."""
    dip: Share = 0.0
    """Loss at the start that shrinks as the ramp grows (as with new software)."""
    retention_weeks: Annotated[float, number(0.0, 5200.0, above=True)] | None = None
    """Half-life in weeks; empty = it stays."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Move `lever` part of the way towards `toward`: v += (toward − v) · strength · adoption(t).

    Edits with the same aim multiply the remaining gap, so combinations have diminishing returns and no order; those
    with different aims take turns (`turn`). An aim worse than where the lever stands by then changes nothing, unless
    the edit `worsens`, as costs do. A `paid` edit is a cost or an agreed figure: it counts in full, whatever the
    adoption, and fades with a half-life of `fades_weeks`. One-off measures last for some `weeks`, from so many weeks
    after the intervention's start. What a meeting agrees to mend is `followed`: it is moved as far as the department
    follows through.
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
    followed: bool = False

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
        better, rule = LEVERS[self.lever].better, LEVERS[self.lever].rule
        first = self.agreed and rule is not None and organization.lever(rule.name.lower(), department) == 0.0
        if self.worsens or first or better == "either":
            return 0
        return 1 if better == "high" else -1


class Meeting(Model):
    """A recurring meeting: a capacity tax, and an event that synchronizes, answers and settles."""

    at: Annotated[float, number(0.0, 24.0, below=True)] = 9.0
    """Hour of the day."""
    days: List[Day] = ("mon", "tue", "wed", "thu", "fri")
    """Days on which it is held."""
    minutes: Annotated[float, number(0.0, 480.0)] = 15.0
    """Planned length in minutes."""
    staff_share: Annotated[float, number(0.01, 1.0)] = 0.5
    """Share of each department's staff that takes part."""
    item_minutes: Annotated[float, number(0.1, 240.0)] = 2.0
    """Minutes that one waiting question takes."""
    news_minutes: Annotated[float, number(0.0, 240.0)] = 1.0
    """Minutes that one department takes to tell what goes on there."""
    settles: Share = 0.1
    """Chance that an open conflict between participants is settled."""
    every_weeks: Annotated[int, whole(1, 52)] = 1
    """Held every so many weeks, from the week in which the intervention begins."""
    overrun: Annotated[float, number(1.0, 10.0)] = 1.5
    """Time that it takes in all, in planned lengths: meetings run over, and interrupt."""

    @field_validator("days")
    @classmethod
    def _each_day_once(cls, value: tuple[Day, ...]) -> tuple[Day, ...]:
        if not value or len(set(value)) < len(value):
            raise refuse(_FINDINGS.MEETING_DAYS)
        return value


class Hire(Model):
    """People whom an intervention brings while it is on; they are paid, and know their trade."""

    department: Reference
    """The department in which they work."""
    people: Annotated[int, whole(1, 100_000)] = 1
    """How many, at full strength."""
    after_weeks: Annotated[float, number(0.0, 5200.0)] = 0.0
    """Weeks after the start at which they come."""
    weeks: Annotated[float, number(0.0, 5200.0, above=True)] | None = None
    """How long they stay; empty = as long as the intervention lasts."""

    def there(self, span: tuple[float, float]) -> tuple[float, float]:
        """Return from when to when they are there, of an intervention that lasts from one hour to another."""
        begin = span[0] + self.after_weeks * WEEK
        return begin, min(span[1], math.inf if self.weeks is None else begin + self.weeks * WEEK)

    def number(self, strength: float) -> int:
        """Return how many come at a strength, rounded to whole people; halves to the even number."""
        return round(self.people * strength)


@dataclass(frozen=True, slots=True)
class Need:
    """Something without which an intervention means nothing: what is expected, in words, and whether it is there."""

    expected: Text
    met: Callable[[Organization], bool]


MANAGEMENT = Need(words("checks").NEEDS["management"], lambda organization: organization.management is not None)
"""Somebody above the departments, who decides."""


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
    """A direction that the intervention is stated to have on a measure, where there is the problem that it is for."""

    measure: str
    direction: Literal["up", "down"]
    ground: Ground = AS_IT_IS
    """Where it is tested."""
