"""How cases flow: processes, their steps and roles, demand and promises."""

import math
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator

from sim.spec.base import Hours, Label, List, Model, Name, Reference, Share, Table, number, refuse, whole
from sim.spec.dates import OrDate
from sim.spec.distributions import Work
from sim.spec.profiles import Peak
from sim.vocab import DAY, WEEK
from sim.words import words

texts = words("findings")

END = "end"
"""The place in a `next` or `start` table where cases leave."""

MAX_GRAPH_STEPS = 60

YEAR = 365.0
"""Days of a year over which cases are spread that come so often a year."""
WHOLE = 1e-9
"""Days by which a day that is whole but for rounding may fall short."""

Days = Annotated[float, number(0.0, 10_000.0, above=True)]
Probability = Annotated[float, number(0.0, 1.0)]
Money = Annotated[float, number(0.0, 1_000_000_000.0)]
CaseTime = Annotated[float, number(-10_000_000.0, 10_000_000.0), OrDate()]


class Demand(Model):
    """How cases arrive: at random, so many a week, or dated."""

    per_week: Annotated[float, number(0.0, 10_000_000.0)] | None = None
    """Mean number of cases in a week (Poisson arrivals); 0 only where others complain to the process."""
    during: Reference = "office"
    """The calendar in whose open hours they arrive."""
    at: List[CaseTime] = ()
    """Dated cases instead: hours from when counting begins, ascending; negative in the warm-up."""
    profile: Reference | None = None
    """How cases by chance are spread over the hours of a week and over a year: one of `profiles`; empty = evenly."""
    peaks: List[Peak] = ()
    """Days on which more cases come by chance than usual, or fewer."""
    every_days: Annotated[float, number(1.0, 100_000.0)] | None = None
    """Dated cases that come again after so many days instead."""
    times_a_year: Annotated[float, number(0.01, 366.0)] | None = None
    """Dated cases that come so often a year instead, evenly spread, at the same hour of the day."""
    first: CaseTime | None = None
    """When the first of these comes, in hours or as a date; empty = one when counting begins, and before."""

    @field_validator("at")
    @classmethod
    def _ascending(cls, value: tuple[float, ...]) -> tuple[float, ...]:
        if list(value) != sorted(value):
            raise refuse(texts.TIMES_ASCENDING)
        return value

    @model_validator(mode="after")
    def _one_kind(self) -> "Demand":
        kinds = (self.per_week, self.at or None, self.every_days, self.times_a_year)
        if sum(kind is not None for kind in kinds) != 1:
            raise refuse(texts.ONE_DEMAND)
        if self.dated and (self.profile is not None or self.peaks):
            raise refuse(texts.PROFILE_BY_CHANCE)
        if self.first is not None and not self.recurs:
            raise refuse(texts.FIRST_OF_MANY)
        return self

    @property
    def dated(self) -> bool:
        """Whether its cases come on dates, and not by chance."""
        return self.per_week is None

    @property
    def recurs(self) -> bool:
        """Whether its cases come again and again."""
        return self.every_days is not None or self.times_a_year is not None

    def dates(self, begin: float, end: float) -> tuple[float, ...]:
        """Return the dates of its cases in hours from when counting begins, of a run from `begin` to `end`."""
        if not self.recurs:
            return self.at
        first, days = self.first or 0.0, self.every_days or YEAR / (self.times_a_year or 1.0)
        least = 0 if self.first is not None else math.floor((begin - first) / (days * DAY)) - 1
        numbers = range(least, math.ceil((end - first) / (days * DAY)) + 2)
        whole = self.every_days is None
        dates = (first + DAY * (math.floor(n * days + WHOLE) if whole else n * days) for n in numbers)
        return tuple(date for date in dates if begin <= date < end)

    @property
    def weekly(self) -> float:
        """The mean number of cases in a week; of dated ones, in the weeks from the first to the last."""
        if self.per_week is not None:
            return self.per_week
        if self.recurs:
            return 7.0 / self.every_days if self.every_days else (self.times_a_year or 0.0) * 7.0 / YEAR
        return len(self.at) / max(1.0, (self.at[-1] - self.at[0]) / WEEK)


class Promise(Model):
    """The date the front department promises."""

    standard_days: Days
    """Usual promise, in calendar days."""
    elasticity: Annotated[float, number(0.0, 100.0)] = 0.0
    """How strongly longer promises lose customers (0 = not at all)."""


class External(Model):
    """A wait for somebody outside: a supplier, a carrier, the customer. It occupies nobody."""

    work: Work
    """How long it takes, in hours of its calendar."""
    by_next: Table[Reference, Work] = Field(default={}, validate_default=True)
    """How long it takes where it depends on the step that comes next, or `end`; with Markov routing only."""
    calendar: Reference = "office"
    """When the outside world works on it."""


class SendsBack(Model):
    """A step that not all cases pass: some have to go back, and what lies between is done once more."""

    to: Reference
    """The step they go back to: this one, or one that comes before it."""
    share: Probability
    """Share of the times at which the step is done that the case goes back; below 1 where at_most is empty."""
    at_most: Annotated[int, whole(1, 1000)] | None = None
    """After so many rounds the step sends nothing back any more; empty = as often as chance will have it."""

    @property
    def usual(self) -> float:
        """How often one round is followed by another on average, where nothing else sends the case back."""
        rounds = math.inf if self.at_most is None else float(self.at_most)
        return rounds if self.share == 1.0 else self.share * (1.0 - self.share**rounds) / (1.0 - self.share)


class Step(Model):
    """One step of a process and who plays which role in it."""

    label: Label = ""
    """What people call it."""
    R: Reference
    """Responsible: the department that does the work."""
    A: Reference | None = None
    """Accountable: who approves it; a department, or a pool such as sales.director."""
    C: List[Reference] = ()
    """Consulted before the work is done."""
    I: List[Reference] = ()  # noqa: E741  what the role is called
    """Informed when it is done."""
    work: Work
    """Hours of work of one person of R."""
    external: External | None = None
    """A wait for somebody outside after the work."""
    needs: List[Reference] = ()
    """Steps that must be finished first."""
    probability: Annotated[float, number(0.0, 1.0, above=True)] = 1.0
    """Share of cases that need this step; the others skip it."""
    next: Table[Reference, Probability] | None = None
    """Markov routing: the chance of each next step; `end` or what is missing to 1 leaves."""
    sends_back: SendsBack | None = None
    """Where cases go back to from here, and how many; empty = nowhere."""
    contested_by: List[Reference] = ()
    """Departments between which it can be argued whose task this is."""
    ambiguity: Share = 1.0
    """Scales the lever `ambiguity` for this step."""
    novelty: Share = 1.0
    """Scales the lever `novelty` for this step."""
    inspection: Annotated[float, number(0.0, 100.0)] = 1.0
    """Scales the lever `detection` for this step: how closely one looks for defects (1 = as usual, 0 = not at all)."""
    commitment: bool = Field(False, strict=True)
    """Whether the step commits the company to something that others must keep."""
    short: Share = 0.0
    """Chance that goods are missing when the work is taken up, without any safeguard; scaled by `shortages`."""
    short_wait: Work | None = None
    """Open hours of R until goods that were missing are there; stated where `short` is above 0."""
    response_hours: Hours | None = None
    """Open hours of R within which the work is expected; empty = nobody minds."""
    due_days: Days | None = None
    """Calendar days from the arrival of a case by which this step is to be done; empty = no milestone."""
    routine: Share = 0.0
    """Share of the work that is routine, which machines can do as far as the lever `automation` says."""
    scalable: bool = Field(False, strict=True)
    """Whether its work can be cut by delivering less: it is multiplied by the scope of the case (lever `scope`)."""
    changeable: bool = Field(False, strict=True)
    """Whether customers may want something else of what it has made, as often as the lever `changes` says."""

    @property
    def outside(self) -> float:
        """Mean hours that somebody outside takes, over all next steps; 0 where nobody is waited for."""
        if self.external is None:
            return 0.0
        ways = {name: share for name, share in (self.next or {}).items() if name != END}
        ways[END] = max(0.0, 1.0 - math.fsum(ways.values()))
        usual, known = self.external.work, self.external.by_next
        return math.fsum(share * known.get(name, usual).mean for name, share in ways.items()) if known else usual.mean


class Satisfaction(Model):
    """How much of their satisfaction customers lose; who has nothing to complain of is satisfied in full."""

    late: Share = 0.5
    """Share that is lost where the case was late."""
    defective: Share = 0.6
    """Share that is lost, of what is left, where the case was finished with a defect."""


class Complaints(Model):
    """Customers who complain: each complaint is a case of another process, on top of those that come by themselves."""

    process: Reference
    """The process that a complaint goes through."""
    late: Share = 0.3
    """Share of customers who complain when their date passes and they have not been served."""
    defective: Share = 0.5
    """Share of customers who complain when they are served with a defect."""


class Process(Model):
    """A way of doing things across departments."""

    label: Label = ""
    """What people call it."""
    demand: Demand
    """How cases arrive."""
    steps: Annotated[Table[Name, Step], Field(min_length=1, max_length=20_000)]
    """The steps; where no step has `needs`, each needs the one before it."""
    start: Table[Reference, Probability] | None = None
    """Markov routing only: the chance of each first step; empty = the first in the list."""
    urgent_share: Share = 0.0
    """Share of cases that are truly urgent."""
    value: Share = 0.5
    """How valuable a case is to the company, against the most valuable."""
    complexity: Annotated[float, number(0.0, 2.0)] = 0.0
    """How much cases differ: sigma of a lognormal factor of mean 1 on work and external waits."""
    promise: Promise | None = None
    """What customers are promised; empty = nothing."""
    target_days: Days | None = None
    """Calendar days from arrival within which the customer wants it."""
    target_hours: Hours | None = None
    """Open hours of target_calendar from arrival within which the customer wants it, instead of target_days."""
    target_calendar: Reference = "always"
    """The calendar in whose open hours target_hours run."""
    served_by: Reference | None = None
    """The step after which the customer is served, though the case goes on; empty = the case serves it by its end."""
    teams: bool = Field(True, strict=True)
    """Whether a team of all departments may take its cases on, as far as the lever `teamwork` says."""
    preventable: Share = 0.0
    """Share of its cases that need not come where their cause is removed, as far as the lever `prevention` says."""
    worth: Money | None = None
    """Money that a case brings when its customer is served; empty = nothing is said about it."""
    delay_cost: Money | None = None
    """Money that each calendar day after the customer's date costs; empty = nothing is said about it."""
    late_penalty: Money | None = None
    """Money that is due once where a case is later than the customer's date; empty = nothing is said about it."""
    satisfaction: Satisfaction | None = None
    """How satisfied customers are; empty = nothing is said about it."""
    complains: Complaints | None = None
    """Whose customers complain, and where; empty = none of those for a reason."""

    @property
    def front(self) -> str:
        """The department that promises: R of the first step."""
        needs = {} if self.markov else self.predecessors()
        first = next(iter(self.first_steps())) if self.markov else next(name for name in needs if not needs[name])
        return self.steps[first].R

    @property
    def markov(self) -> bool:
        """Whether cases move by chance from step to step (any step has `next`)."""
        return any(step.next is not None for step in self.steps.values())

    @property
    def target(self) -> float | None:
        """Hours from arrival within which the customer wants it; open ones of `target_calendar` where it has hours."""
        return self.target_hours if self.target_days is None else self.target_days * DAY

    def predecessors(self) -> dict[str, tuple[str, ...]]:
        """Return what each step of a graph process waits for."""
        names = list(self.steps)
        if any(step.needs for step in self.steps.values()):
            return {name: step.needs for name, step in self.steps.items()}
        return {name: tuple(names[i - 1 : i]) if i else () for i, name in enumerate(names)}

    def first_steps(self) -> Mapping[str, float]:
        """Return the chance of each first step of a Markov process."""
        return self.start if self.start is not None else {next(iter(self.steps)): 1.0}


def done_again(process: Process, name: str) -> frozenset[str]:
    """Return the steps of a graph that are done once more where a step sends back: all on a way from there to it."""
    back = process.steps[name].sends_back
    if back is None:
        return frozenset()
    needs = process.predecessors()
    order = sorted(needs, key=lambda one: len(_behind(needs, one)))
    found = {back.to} & _behind(needs, name)
    for one in order:
        if one in _behind(needs, name) and any(needed in found for needed in needs[one]):
            found.add(one)
    return frozenset(found)


def _behind(needs: Mapping[str, tuple[str, ...]], name: str) -> set[str]:
    """Return a step and all that have to be done before it."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting.extend(needs.get(one, ()))
    return seen


def routing(step: Step) -> dict[str, float]:
    """Return where a case goes after a step of a Markov process, without those that leave."""
    rows: Mapping[str, Any] = step.next or {}
    return {name: share for name, share in rows.items() if name != END and share > 0.0}
