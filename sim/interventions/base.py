"""What an intervention is: data about levers, meetings, cost, adoption and evidence.

An intervention cannot touch state, kernel or model. It returns edits ("move this lever part of the way towards that
value, in these departments") and meetings. If no lever expresses an idea, the mechanism comes first. One written in
Python may also decide at the end of every day (`on_day`), through the checked setters of the organization.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, Field, GetJsonSchemaHandler, ValidationInfo, field_validator, model_validator
from pydantic_core import CoreSchema

from sim.spec.base import refuse
from sim.spec.checked import Checked
from sim.spec.findings import one_of
from sim.spec.levers import LEVERS, RULES
from sim.spec.organization import Organization
from sim.spec.shocks import hour
from sim.words import Text, words

_TEXTS = words("interventions")
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

    grade: Literal[
        "claim", "survey", "before/after", "natural experiment", "meta-analysis", "trial", "log", "assumption"
    ]
    source: str
    finding: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """A direction that the intervention is stated to have on a measure in a typical organization."""

    measure: str
    direction: Literal["up", "down"]


class Intervention(Checked):
    """Base of all interventions; `strength` scales everything an intervention does, its cost included.

    One of your own is a subclass with `edits` or `meetings`, and `on_day` where it decides while the run goes on. Its
    `kind`, label and summary are the name of the class and the first line of its docstring unless it says otherwise.
    """

    kind: str = ""
    strength: Share = Field(default=1.0, description="scales the whole intervention, cost included; 0 changes nothing")
    start_week: float | None = Field(
        default=None,
        ge=-5200.0,
        le=5200.0,
        description="week in which it begins, from when counting begins (negative: in the warm-up); empty = week 0, "
        "and the start of the run for what a scenario does already",
    )
    end_week: float | None = Field(
        default=None, ge=-5200.0, le=5200.0, description="week in which it is given up; empty = it stays"
    )
    departments: tuple[str, ...] = Field(default=(), description="where; empty = everywhere")
    adoption: Adoption = Adoption()
    preset: str | None = Field(default=None, description="a ready set of doses; whatever else is said overrides it")

    presets: ClassVar[dict[str, dict[str, Any]]] = {}
    """Ready sets of doses: by name, the fields that are not as usual."""

    preset_labels: ClassVar[dict[str, Text]] = {}
    """What every preset is called."""

    starts_on: ClassVar[bool] = True
    """Whether it is on when a run begins; one that is switched on while running may begin off."""

    @field_validator("end_week")
    @classmethod
    def _after_its_start(cls, value: float | None, info: ValidationInfo) -> float | None:
        """Refuse an end before the start: such an intervention would silently do nothing."""
        start = info.data.get("start_week")
        if value is not None and start is not None and value <= start:
            raise refuse(_FINDINGS.AFTER_START.format(start=start))
        return value

    @field_validator("preset")
    @classmethod
    def _ready(cls, name: str | None) -> str | None:
        """Refuse a preset that this intervention does not have."""
        if name is None or name in cls.presets:
            return name
        raise refuse(one_of(name, cls.presets) if cls.presets else _FINDINGS.NO_PRESET)

    @field_validator("adoption", mode="before")
    @classmethod
    def _as_usual(cls, value: Any) -> Any:
        """Let what a file does not say about adoption be as it is for this intervention."""
        usual: Adoption = cls.model_fields["adoption"].default
        return {**usual.model_dump(), **value} if isinstance(value, Mapping) else value

    label: ClassVar[Text]
    summary: ClassVar[Text]
    evidence: ClassVar[tuple[Evidence, ...]] = ()
    expects: ClassVar[tuple[Expectation, ...]] = ()
    levers: ClassVar[tuple[str, ...]] = ()
    at_pace: ClassVar[Mapping[str, float]] = {}
    """What is usual, at a pace of 1, for figures in hours that follow the pace of an organization unless stated."""

    def __init_subclass__(cls) -> None:
        """Give a class that says nothing else the words that it has anyway."""
        super().__init_subclass__()
        line = (cls.__doc__ or cls.__name__).strip().splitlines()[0]
        kind = cls.__dict__.get("kind", "")
        said = _TEXTS.get(kind, {})
        for name, otherwise in (("label", cls.__name__), ("summary", line)):
            if name not in cls.__dict__ and (said or not hasattr(cls, name)):
                setattr(cls, name, said.get(name, Text(otherwise, otherwise)))
        cls.preset_labels = said.get("presets", cls.preset_labels)

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        nameless = isinstance(given, dict) and cls.model_fields["kind"].default == ""
        return {"kind": cls.__name__, **given} if nameless else given

    @model_validator(mode="before")
    @classmethod
    def _filled(cls, given: Any) -> Any:
        return cls._with_preset(given) if isinstance(given, Mapping) else given

    @classmethod
    def _with_preset(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        """Let what a preset says count where nothing else is said."""
        name = given.get("preset")
        return {**(cls.presets.get(name, {}) if isinstance(name, str) else {}), **given}

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with other values of some fields, or with the doses of another preset."""
        told = self._with_preset(update) if isinstance(update, Mapping) else update
        return super().model_copy(update=told, deep=deep)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Tell editors the names of the presets."""
        described = handler(schema)
        if cls.presets:
            handler.resolve_ref_schema(described)["properties"]["preset"]["anyOf"][0]["enum"] = list(cls.presets)
        return described

    def span(self, warmup_weeks: float) -> tuple[float, float]:
        """Return the hours of the run at which it begins and is given up; infinity where it stays."""
        begin = 0.0 if self.start_week is None else hour(self.start_week, warmup_weeks)
        return begin, math.inf if self.end_week is None else hour(self.end_week, warmup_weeks)

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Return the edits at full strength; the compiler applies strength and adoption."""
        return ()

    def meetings(self, organization: Organization) -> tuple[Meeting, ...]:
        """Return the meetings the intervention adds, at full length."""
        return ()

    def on_day(self, organization: Any) -> None:
        """Decide at the end of a day what counts from the next day on; `organization` is a `sim.LiveOrganization`.

        The intervention itself is frozen and serves all replications: what it wants to remember belongs into
        ``organization.memory``. It is asked in the evening before every day between its start and its end week,
        whether it is switched on or off.
        """

    def move(self, lever: str, toward: float, strength: float) -> Edit:
        """Return an edit in this intervention's departments that grows with adoption."""
        return Edit(lever, toward, strength, self.departments)

    def meet(
        self, organization: Organization, dealings: float, weeks: float = math.inf, after_weeks: float = 0.0
    ) -> Edit:
        """Return an edit by which departments deal with each other more often for some weeks.

        They do so many times a day at a pace of 1, and more often where life is faster.
        """
        most = LEVERS["contact"].high
        share = organization.usual("contact", dealings) / most
        return Edit("contact", most, share, self.departments, weeks=weeks, after_weeks=after_weeks)

    def paced(self, name: str, organization: Organization, lever: str) -> float:
        """Return a figure in hours as it is stated, else the usual one at the organization's pace."""
        stated: float | None = getattr(self, name)
        return organization.usual(lever, self.at_pace[name]) if stated is None else stated

    def set_to(self, lever: str, toward: float) -> Edit:
        """Return an edit that sets an agreed figure, independent of adoption."""
        return Edit(lever, toward, 1.0, self.departments, paid=True)

    def cost(
        self,
        minutes_per_week: float,
        weeks: float = math.inf,
        after_weeks: float = 0.0,
        fades_weeks: float = math.inf,
    ) -> Edit:
        """Return the time everybody concerned spends, as a share of a 40-hour week, independent of adoption.

        A post that is manned for longer is shared by so many more people, and loses the same share. What is spent may
        become half as much every so many weeks.
        """
        share = minutes_per_week / 60.0 / 40.0
        lasts = {"weeks": weeks, "after_weeks": after_weeks, "fades_weeks": fades_weeks}
        return Edit("overhead", 1.0, share, self.departments, paid=True, worsens=True, **lasts)

    def cost_of_one(self, organization: Organization, hours: float) -> tuple[Edit, ...]:
        """Return the time that one person of each department spends in a 40-hour week: it weighs most in small ones."""
        teams = organization.departments
        return tuple(
            Edit("overhead", 1.0, hours / 40.0 / max(1, teams[name].staff), (name,), paid=True, worsens=True)
            for name in self.departments or teams
        )


def introduced(intervention: Intervention) -> Intervention:
    """Return an intervention that a scenario does not have yet: it begins when counting begins, unless it says when.

    Whether it would end before that is for the scenario to say, which knows where in a list it stands.
    """
    if intervention.start_week is not None:
        return intervention
    begun: Intervention = BaseModel.model_copy(intervention, update={"start_week": 0.0})
    return begun
