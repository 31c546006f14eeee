"""Who works together: departments, what they are measured by, how they stand to each other."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema, model_validator

from sim.spec.base import FrozenMap, Hours, Label, List, Model, Name, Reference, Share, Table, number, refuse, whole
from sim.spec.calendars import ALWAYS, PREDEFINED, Calendar
from sim.spec.checked import unstated
from sim.spec.distributions import Work
from sim.spec.levers import LEVERS
from sim.spec.pace import Pace, at_pace, usual_figure
from sim.spec.process import Process
from sim.spec.releases import Release
from sim.vocab import WEEK
from sim.words import Text, either, words

texts = words("findings")

Weight = Annotated[float, number(0.0, 1000.0)]
People = Annotated[int, whole(1, 100_000)]
PRESET = "preset"
"""The key under `levers` that chooses where levers start that the scenario does not set."""

_LEVER = number(-1e6, 1e6)
LeverValue = Annotated[float, _LEVER]

PRESETS = ("neutral", "typical")


def _setting(value: Any) -> float | str:
    if value in PRESETS:
        return str(value)
    if not _LEVER.allows(value):
        raise refuse(texts.SETTING.format(bounds=_LEVER.phrase, presets=either(PRESETS), preset=PRESET))
    return float(value)


Setting = Annotated[
    float | str,
    PlainValidator(_setting),
    WithJsonSchema({"anyOf": [{"enum": list(PRESETS)}, _LEVER.json_schema]}),
]
"""Where a lever stands, or the word that chooses a preset."""

KPIS: Mapping[str, Text] = words("measures").KPIS
"""What a department can be measured by."""


class Kpi(Model):
    """Something a department is measured by."""

    measures: Literal["volume", "response", "own_work", "quality"]
    """One of volume, response, own_work and quality."""
    target: Annotated[float, number(0.0, 10_000_000.0, above=True)]
    """What counts as met: requests a week for volume, a share otherwise."""
    weight: Annotated[float, number(0.0, 1000.0, above=True)] = 1.0
    """Its weight among the department's KPIs."""


class Pool(Model):
    """One person of management who approves for a department, such as the sales director."""

    label: Label = ""
    """What people call the person."""
    hours_per_week: Annotated[float, number(0.0, WEEK, above=True)]
    """Hours a week for approvals."""
    calendar: Reference | None = None
    """When the person works, with the hours for approvals at the beginning of each shift; empty = as management."""


class OwnWork(Model):
    """Work of a department that no process asks for; it counts for its own KPI."""

    share: Annotated[float, number(0.0, 0.99)]
    """Share of the department's capacity that it takes."""
    size: Work = Work.exponential(1.0)
    """Hours of one piece, whatever the pace."""
    target_hours: Hours = 16.0
    """Open hours within which a piece should be done; times the pace where it is not stated."""


class Department(Model):
    """A department: people, hours, what they are measured by."""

    label: Label = ""
    """What people call it."""
    site: Label = ""
    """Where it is, which is told with its label; departments of one label may be at several sites."""
    staff: Annotated[int, whole(1, 100_000)]
    """Number of people."""
    calendar: Reference = "office"
    """When they work."""
    shifts: Table[Reference, People] = Field(default={}, validate_default=True)
    """How many are at work in the hours of a calendar, where that is not all of them, as in {night: 2}."""
    cost_per_hour: Annotated[float, number(0.0, 1_000_000.0)] = 50.0
    """Money for an hour of one person."""
    purse: bool = Field(False, strict=True)
    """Whether it is money and not people: its hours cost no pay, and what is introduced everywhere leaves it alone."""
    skill: Annotated[float, number(0.01, 100.0)] = 1.0
    """Speed against the hours written in the steps (2 = in half the time)."""
    own_work: OwnWork | None = None
    """Work besides the processes; empty = none."""
    kpis: List[Kpi] = ()
    """What the department is measured by."""
    pools: Table[Name, Pool] = Field(default={}, validate_default=True)
    """People of management who approve for it."""
    levers: Table[Reference, LeverValue] = Field(default={}, validate_default=True)
    """Levers that stand differently here than in the rest of the organization."""

    @property
    def pay(self) -> float:
        """Money for an hour of one person; nothing for an hour of a purse."""
        return 0.0 if self.purse else self.cost_per_hour


class Pair(Model):
    """How one department stands to another."""

    from_: Reference = Field(validation_alias="from", serialization_alias="from")
    """Whose trust and understanding."""
    to: Reference
    """In and of whom."""
    trust: Share | None = None
    """Trust at the start; empty = as everywhere."""
    understanding: Share | None = None
    """Understanding at the start; empty = as everywhere."""
    distance: Share | None = None
    """How far apart the two are in place, profession or culture, in both directions: 0 (or empty) = near, 1 = far."""


class Relations(Model):
    """Trust and understanding at the start of a run."""

    trust: Share = 0.5
    """Trust of any department in any other."""
    understanding: Share = 0.4
    """How well any department understands any other."""
    between_sites: Share = 0.0
    """How far apart departments are that have different sites, where no pair says so: 0 = near, 1 = far."""
    pairs: List[Pair] = ()
    """Exceptions, in one direction each."""


class QueueRule(Model):
    """Who comes first in a queue."""

    rule: Literal["boost", "strict"] = "boost"
    """The order: boost (earlier by up to the lever `boost`) or strict (highest priority first, then by time)."""
    urgency: Weight = 0.5
    """Weight of urgency in the company's priority."""
    value: Weight = 0.2
    """Weight of the value of the case."""
    due: Weight = 0.3
    """Weight of a near due date."""


class CoordinationWork(Model):
    """Hours that one act of coordination takes; times the pace where they are not stated."""

    consult: Work = Work.deterministic(0.5)
    """Answering a consultation."""
    approve: Work = Work.deterministic(0.3)
    """Approving a step."""
    inform: Work = Work.deterministic(0.1)
    """Reading a notice."""
    triage: Work = Work.deterministic(0.4)
    """Finding out whose task a disputed request is."""
    negotiate: Work = Work.deterministic(1.0)
    """Negotiating in a conflict, for each side."""
    mediate: Work = Work.deterministic(0.6)
    """Mediating a conflict."""


NEVER = "never"


def _limit(value: Any) -> float | None:
    if value is None or value == NEVER:
        return None
    if not _LIMIT.allows(value):
        raise refuse(texts.LIMIT.format(bounds=_LIMIT.phrase, never=NEVER))
    return float(value)


_LIMIT = number(0.0, 100_000.0, above=True)
Limit = Annotated[
    float | None,
    PlainValidator(_limit),
    PlainSerializer(lambda hours: NEVER if hours is None else hours),
    WithJsonSchema({"anyOf": [{"enum": [NEVER, None]}, _LIMIT.json_schema]}),
]
"""Hours, or None (written `never`) where nobody minds."""


class ResponseTargets(Model):
    """Open hours of the asked department within which an answer is expected; `never` = nobody minds.

    They are times the pace where they are not stated.
    """

    consult: Limit = 8.0
    """Consultations."""
    approve: Limit = 16.0
    """Approvals."""


PACED: Mapping[type[Model], tuple[str, ...]] = {
    CoordinationWork: tuple(CoordinationWork.model_fields),
    ResponseTargets: tuple(ResponseTargets.model_fields),
    OwnWork: ("target_hours",),
}
"""The fields that follow the pace where nobody states them."""


class Organization(Model):
    """An organization: departments, processes, and how people deal with each other."""

    calendars: Table[Name, Calendar] = Field(default={}, validate_default=True)
    """Weekly opening hours; `always` and `office` are known. For those outside an hour may count as less or more."""
    departments: Annotated[Table[Name, Department], Field(min_length=1, max_length=20_000)]
    """The departments."""
    management: Reference | None = None
    """The department that approves, mediates and decides what is escalated."""
    processes: Annotated[Table[Name, Process], Field(min_length=1, max_length=20_000)]
    """What they do together."""
    releases: Table[Name, Release] = Field(default={}, validate_default=True)
    """Releases and campaigns: what bundles cases and takes them to the customer on a date."""
    pace: Pace = 1.0
    """Scale of all usual figures in hours, or the time in which an answer is prompt, such as 30 min; 1 = 8 hours."""
    levers: Table[Reference, Setting] = Field(default={}, validate_default=True)
    """Settings of mechanisms; `preset` (neutral or typical) says where the others start."""
    relations: Relations = Relations()
    """Trust and understanding at the start."""
    queue: QueueRule = QueueRule()
    """Who comes first in a queue."""
    coordination_work: CoordinationWork = CoordinationWork()
    """Hours that coordination takes."""
    response_targets: ResponseTargets = ResponseTargets()
    """When an answer counts as late."""

    @property
    def staffed(self) -> tuple[str, ...]:
        """The departments of people, in which something is introduced where nobody says where: all but purses."""
        return tuple(name for name, one in self.departments.items() if not one.purse)

    @property
    def preset(self) -> Literal["neutral", "typical"]:
        """Where levers start that the scenario does not set."""
        return "neutral" if self.levers.get(PRESET, "typical") == "neutral" else "typical"

    def lever(self, name: str, department: str | None = None) -> float:
        """Return where a lever stands, in a department or where a department says nothing, before any intervention.

        Parameters
        ----------
        name : str
            A lever (``deptsim list levers``).
        department : str, optional
            A department; None means where a department says nothing of its own.

        Returns
        -------
        float
            In the unit of the lever.

        Examples
        --------
        >>> sim.load("order_delivery").lever("latency", "sales")
        4.0
        """
        if department is not None and name in self.departments[department].levers:
            return self.departments[department].levers[name]
        if name in self.levers:
            return float(self.levers[name])
        return self.usual(name, getattr(LEVERS[name], self.preset))

    def usual(self, lever: str, figure: float) -> float:
        """Return where a lever usually stands at this organization's pace that stands at `figure` at a pace of 1.

        Parameters
        ----------
        lever : str
            A lever.
        figure : float
            Where it stands at a pace of 1, in its unit.

        Returns
        -------
        float
            The figure at this pace, within the range of the lever; levers that are no hours do not follow the pace.

        Examples
        --------
        >>> sim.load("order_delivery", {"pace": 0.5}).usual("latency", 3.0)
        1.5
        """
        return usual_figure(LEVERS[lever], figure, self.pace)

    def pools(self) -> tuple[str, ...]:
        """Return every owner of a queue: the departments, then "department.pool", in the order of the file.

        Returns
        -------
        tuple of str
            Their names.

        Examples
        --------
        >>> sim.load("order_delivery").pools()[-1]
        'service.director'
        """
        pools = (f"{name}.{pool}" for name, department in self.departments.items() for pool in department.pools)
        return (*self.departments, *pools)

    def home(self, owner: str) -> str:
        """Return the department whose hours, levers and pay `owner` has: management for people who approve.

        Parameters
        ----------
        owner : str
            A department, or `department.pool` of an organization that has a management, as the checks ask.

        Returns
        -------
        str
            A department.

        Examples
        --------
        >>> sim.load("order_delivery").home("sales.director")
        'management'
        """
        return self.management if "." in owner and self.management else owner.partition(".")[0]

    def calendar_of(self, owner: str) -> str:
        """Return the calendar on which others wait for `owner`: a department's, or an approver's own or management's.

        Parameters
        ----------
        owner : str
            A department, or `department.pool`, as for `home`.

        Returns
        -------
        str
            Its name.

        Examples
        --------
        >>> sim.load("order_delivery").calendar_of("sales.director")
        'office'
        """
        department, _, pool = owner.partition(".")
        own = self.departments[department].pools[pool].calendar if pool else None
        return own or self.departments[self.home(owner)].calendar

    def clock(self, owner: str) -> Calendar:
        """Return the opening hours in which others wait for `owner`.

        Parameters
        ----------
        owner : str
            A department, or `department.pool`, as for `home`.

        Returns
        -------
        Calendar
            Weekly opening hours.

        Examples
        --------
        >>> sim.load("order_delivery").clock("sales.director").hours_per_week
        40.0
        """
        return self.calendar(self.calendar_of(owner))

    def shifts(self, owner: str) -> tuple[tuple[float, float], ...]:
        """Return when `owner` works on what others ask: a department's hours; of an approver, the beginning of shifts.

        Parameters
        ----------
        owner : str
            A department, or `department.pool`, as for `home`.

        Returns
        -------
        tuple of (float, float)
            Begin and end of each opening, in hours from Monday 00:00.

        Examples
        --------
        >>> sim.load("order_delivery").shifts("sales.director")[0]
        (8.0, 9.0)
        """
        calendar = self.clock(owner)
        if "." not in owner:
            return calendar.intervals
        share = self.hours_per_week(owner) / calendar.hours_per_week
        return tuple((start, start + share * (end - start)) for start, end in calendar.intervals)

    def hours_per_week(self, owner: str) -> float:
        """Return for how long a week one person of `owner` works on what others ask.

        Parameters
        ----------
        owner : str
            A department, or `department.pool`.

        Returns
        -------
        float
            Hours a week.

        Examples
        --------
        >>> sim.load("order_delivery").hours_per_week("sales.director")
        10.0
        """
        open_hours = self.clock(owner).hours_per_week
        department, _, pool = owner.partition(".")
        return min(self.departments[department].pools[pool].hours_per_week, open_hours) if pool else open_hours

    def calendar(self, name: str) -> Calendar:
        """Return a calendar by name.

        Parameters
        ----------
        name : str
            One of the scenario's, ``always`` or ``office``.

        Returns
        -------
        Calendar
            Weekly opening hours.

        Examples
        --------
        >>> sim.load("order_delivery").calendar("office").hours_per_week
        40.0
        """
        return self.calendars[name] if name in self.calendars else PREDEFINED[name]

    def target_calendar(self, process: Process) -> Calendar:
        """Return the calendar in whose open hours the target of a process runs; days are calendar days.

        Parameters
        ----------
        process : Process
            One of ``scenario.processes``.

        Returns
        -------
        Calendar
            Weekly opening hours.

        Examples
        --------
        >>> scenario = sim.load("order_delivery")
        >>> scenario.target_calendar(scenario.processes["order"]).hours_per_week
        168.0
        """
        return ALWAYS if process.target_hours is None else self.calendar(process.target_calendar)

    @model_validator(mode="after")
    def _at_its_pace(self) -> Self:
        """Let usual figures that nobody states follow the pace."""
        departments = {name: self._department_at_pace(one) for name, one in self.departments.items()}
        vars(self).update(
            departments=FrozenMap(departments),
            coordination_work=at_pace(self.coordination_work, PACED[CoordinationWork], self.pace),
            response_targets=at_pace(self.response_targets, PACED[ResponseTargets], self.pace),
        )
        return self

    def _department_at_pace(self, department: Department) -> Department:
        if department.own_work is None:
            return department
        own = at_pace(department.own_work, PACED[OwnWork], self.pace)
        return department if own is department.own_work else unstated(department, {"own_work": own})
