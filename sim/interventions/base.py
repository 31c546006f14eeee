"""What an intervention is: data about levers, meetings, cost, adoption and evidence.

An intervention cannot touch state, kernel or model. It returns edits ("move this lever part of the way towards that
value, in these departments") and meetings, or an organization of another structure. If no lever expresses an idea, the
mechanism comes first. One written in Python may also decide at the end of every day (`on_day`), through the checked
setters of the organization.
"""

import math
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, GetJsonSchemaHandler, ValidationInfo, field_validator, model_validator
from pydantic_core import CoreSchema

from sim.interventions.complaints import COMPLAINTS
from sim.interventions.costs import CostRow, Spending
from sim.interventions.moves import Row
from sim.interventions.parts import Adoption, Edit, Evidence, Expectation, Hire, Meeting, Need
from sim.interventions.verbs import Verbs
from sim.spec.base import List, Reference, Share, number, refuse
from sim.spec.checked import Checked
from sim.spec.dates import OrDate
from sim.spec.findings import one_of
from sim.spec.organization import Organization
from sim.spec.process import Money
from sim.spec.shocks import hour
from sim.words import Text, words

_TEXTS = words("interventions")
_FINDINGS = words("findings")


class Intervention(Verbs, Checked):
    """Base of all interventions; `strength` scales everything an intervention does, its cost included.

    One of your own is a subclass with `edits` or `meetings`, with `reshape` where it changes the structure before the
    run begins, and with `on_day` where it decides while the run goes on. Its
    `kind`, label and summary are the name of the class and the first line of its docstring unless it says otherwise.

    Parameters
    ----------
    kind : str
        What files and ``--with`` call it; of your own, the name of the class.
    strength : float
        From 0, which changes nothing, to 1.
    start_week, end_week : float, optional
        When it begins and is given up, in weeks from when counting begins.
    departments : tuple of str
        Where; empty means everywhere.
    adoption : Adoption
        How it takes hold: ``fidelity``, ``ramp_weeks``, ``dip``, ``retention_weeks``.
    preset : str, optional
        A ready set of doses, of those that have some.
    money_once, money_per_week : float
        What it costs beside people's time.

    Examples
    --------
    >>> class Checklists(sim.Intervention):
    ...     "Everybody hands over with a list."
    ...
    ...     minutes: float = 20.0
    ...
    ...     def edits(self, organization):
    ...         return self.move("documents", 0.9, 0.5), self.cost(self.minutes)
    >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> sim.compare(scenario, {"Lists": [Checklists(minutes=10)]}, replications=2).labels
    ('Lists',)
    """

    kind: str = ""
    strength: Share = 1.0
    """Scales the whole intervention, cost included; 0 changes nothing."""
    start_week: Annotated[float, number(-5200.0, 5200.0), OrDate()] | None = None
    """Week in which it begins (negative: in the warm-up); empty = week 0, or the run's start for what is there."""
    end_week: Annotated[float, number(-5200.0, 5200.0), OrDate()] | None = None
    """Week in which it is given up; empty = it stays."""
    departments: List[Reference] = ()
    """Where; empty = everywhere."""
    adoption: Adoption = Adoption()
    """How it takes hold."""
    preset: str | None = None
    """A ready set of doses; whatever else is said overrides it."""
    money_once: Money = 0.0
    """Money that is spent when it begins, beside people's time."""
    money_per_week: Money = 0.0
    """Money that it takes every week while it lasts, beside people's time."""

    needs: ClassVar[tuple[Need, ...]] = ()
    """What an organization has to have for it; one that lacks it is told so."""

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
    best_evidence: ClassVar[Evidence | None] = None
    """The best of it, with its finding; of equals the first, and None where there is nothing."""
    grade: ClassVar[int] = 0
    """How good that is, from 0 (somebody says so) to 3 (it was tried beside not trying it)."""
    found: ClassVar[Text | None] = None
    """What the best of it found, in every language."""
    expects: ClassVar[tuple[Expectation, ...]] = ()
    table: ClassVar[tuple[Row, ...]] = ()
    """What it moves, row by row."""
    costs: ClassVar[tuple[CostRow, ...]] = ()
    """What it costs, row by row, beside its meetings and the people whom it brings."""
    levers: ClassVar[tuple[str, ...]] = ()
    """The levers that it moves; of a class with a table those of its rows."""
    answers: ClassVar[tuple[str, ...]] = ()
    """The complaints that it may be an answer to, by their names in `COMPLAINTS`."""
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
        if "levers" not in cls.__dict__ and {"table", "costs"} & set(cls.__dict__):
            cls.levers = _levers_of(cls.table, cls.costs)
        if unknown := [one for one in cls.answers if one not in COMPLAINTS]:
            raise TypeError(f"{cls.__name__}.answers: {unknown[0]!r} is no complaint of sim.interventions.complaints")
        best = max(cls.evidence, key=lambda one: one.scale, default=None)
        cls.best_evidence, cls.grade = best, 0 if best is None else best.scale
        cls.found = None if best is None else said.get("found", Text(best.finding, best.finding))

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
        """Return a copy with other values of some fields, or with the doses of another preset.

        Parameters
        ----------
        update : mapping, optional
            Values by field.
        deep : bool
            Whether parts are copied as well.

        Returns
        -------
        Self
            Another intervention of the same class.

        Raises
        ------
        ScenarioError
            Where a field does not exist or its value is not allowed.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> Raci().model_copy(update={"strength": 0.5}).strength
        0.5
        """
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
        """Return the hours of the run at which it begins and is given up; infinity where it stays.

        Parameters
        ----------
        warmup_weeks : float
            Those of the scenario, before counting begins.

        Returns
        -------
        tuple of (float, float)
            Hours since Monday 00:00 of the first week.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> Raci(start_week=0, end_week=10).span(warmup_weeks=1)
        (168.0, 1848.0)
        """
        begin = 0.0 if self.start_week is None else hour(self.start_week, warmup_weeks)
        return begin, math.inf if self.end_week is None else hour(self.end_week, warmup_weeks)

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Return the edits at full strength; the compiler applies strength and adoption.

        Parameters
        ----------
        organization : Organization
            The scenario that it is for.

        Returns
        -------
        tuple of Edit
            Which levers it moves, how far and where.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> "overhead" in [edit.lever for edit in Raci().edits(sim.load("order_delivery"))]
        True
        """
        rows = (*self.table, *self.costs)
        return tuple(edit for row in rows for edit in row.edits(self, organization))

    def spends(self, organization: Organization) -> Spending:
        """Return the money that it takes at full strength, beside people's time and the people whom it brings.

        Parameters
        ----------
        organization : Organization
            The scenario that it is for.

        Returns
        -------
        Spending
            ``once`` when it begins, and ``weekly`` while it lasts.

        Examples
        --------
        >>> from sim.interventions import Raci
        >>> Raci(money_once=500).spends(sim.load("order_delivery")).once
        500.0
        """
        taken = (cost.money(self, organization) for cost in self.costs)
        return sum(taken, Spending(self.money_once, self.money_per_week))

    def meetings(self, organization: Organization) -> tuple[Meeting, ...]:
        """Return the meetings the intervention adds, at full length.

        Parameters
        ----------
        organization : Organization
            The scenario that it is for.

        Returns
        -------
        tuple of Meeting
            When, how long, and who takes part.

        Examples
        --------
        >>> from sim.interventions import DailyStandup
        >>> DailyStandup(minutes=10).meetings(sim.load("order_delivery"))[0].minutes
        10.0
        """
        return ()

    def recruits(self, organization: Organization) -> tuple[Hire, ...]:
        """Return the people it brings while it is on, at full strength; what they are paid is part of its cost.

        Parameters
        ----------
        organization : Organization
            The scenario that it is for.

        Returns
        -------
        tuple of Hire
            How many, where, and when.

        Examples
        --------
        >>> class Reinforced(sim.Intervention):
        ...     "Two more people produce from the tenth week on."
        ...
        ...     def recruits(self, organization):
        ...         return (sim.interventions.Hire(department="production", people=2, after_weeks=10),)
        >>> Reinforced().recruits(sim.load("order_delivery"))[0].number(strength=0.5)
        1
        """
        return ()

    def reshape(self, organization: Organization) -> Organization:
        """Return the organization with another structure: people, roles, steps, calendars, whatever a file may say.

        It is asked once, before anything is compiled, and never at strength 0; half a strength is for the intervention
        itself to make something of. What it returns is checked like a file, has the departments and processes that
        were there before, and holds for the whole run: it cannot be switched while a run goes on.

        Parameters
        ----------
        organization : Organization
            As it is, with what other interventions have made of it; it is frozen, and `changed` returns another one.

        Returns
        -------
        Organization
            As it is to be.

        Examples
        --------
        >>> class Doubled(sim.Intervention):
        ...     "Sales has twice as many people."
        ...
        ...     def reshape(self, organization):
        ...         sales = organization.departments["sales"]
        ...         return organization.changed({"departments.sales.staff": round(sales.staff * (1 + self.strength))})
        >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> sim.compare(scenario, {"Twice": [Doubled()]}, replications=2).labels
        ('Twice',)
        """
        return organization

    @property
    def shapes(self) -> bool:
        """Whether it changes the structure at these doses; such a one holds for the whole run."""
        return type(self).reshape is not Intervention.reshape

    def on_day(self, organization: Any) -> None:
        """Decide at the end of a day what counts from the next day on.

        The intervention itself is frozen and serves all replications: what it wants to remember belongs into
        ``organization.memory``. It is asked in the evening before every day between its start and its end week,
        whether it is switched on or off.

        Parameters
        ----------
        organization : LiveOrganization
            What it looks at, and switches and sets things of.

        Examples
        --------
        >>> class InTrouble(sim.Intervention):
        ...     "People meet every day while there are many conflicts."
        ...
        ...     def on_day(self, organization):
        ...         organization.switch("daily_standup", on=organization.open_conflicts > 2)
        >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2})
        >>> model = sim.LiveOrganization(scenario.with_interventions(["daily_standup", InTrouble()]))
        >>> model.step()
        >>> model.is_on("daily_standup")
        False
        """


def _levers_of(table: tuple[Row, ...], costs: tuple[CostRow, ...]) -> tuple[str, ...]:
    """Return the levers that rows move, each once, those of costs last."""
    moved = (row.lever for row in table)
    return tuple(dict.fromkeys((*moved, *(cost.lever for cost in costs if cost.takes_time))))


def introduced(intervention: Intervention) -> Intervention:
    """Return an intervention that a scenario does not have yet: it begins when counting begins, unless it says when.

    Whether it would end before that is for the scenario to say, which knows where in a list it stands.
    """
    if intervention.start_week is not None:
        return intervention
    begun: Intervention = BaseModel.model_copy(intervention, update={"start_week": 0.0})
    return begun
