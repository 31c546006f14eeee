"""The sheets of a workbook: for each column where in a scenario its values stand, and of which kind they are.

Headings, other names for them and units are words (`sim/words/*/workbook.toml`); meanings, bounds and what is usual are
those of the models. Whoever adds a field adds a line here and its heading there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, get_args

from pydantic.fields import FieldInfo

from sim.scenario.expected import Expectation
from sim.scenario.scenario import Scenario, Suggestion
from sim.spec.base import Bounds, Model, bounds_of
from sim.spec.calendars import DAYS
from sim.spec.closures import Closure
from sim.spec.distributions import Work
from sim.spec.findings import Path
from sim.spec.meanings import meaning_of
from sim.spec.organization import KPIS, PRESETS, Department, Kpi, Pair, Pool
from sim.spec.process import Process, Step
from sim.spec.profiles import Peak, Profile
from sim.spec.releases import Release
from sim.words import Text, words

texts = words("workbook")

LABELS = {"en": "label_en", "zh": "label_zh"}
"""The columns with a label in the language that is not the one of the workbook."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or one line of a sheet of settings.

    Attributes
    ----------
    key
        Its name in the words.
    place
        Where its values stand, from what a row describes; of settings from the scenario.
    kind
        How cells are read and written (`sim.workbook.kinds`).
    of
        What is referred to, or which choices there are.
    model, field
        Whose meaning, bounds and default are told.
    unit
        The unit in its heading: a key of the words.
    usual
        Of hours of work: how they vary where nothing is said.
    width
        Letters that fit.
    times
        How often it is repeated with a number.
    always
        Whether a template has it though its example says nothing there.
    """

    key: str
    place: Path = ()
    kind: str = "text"
    of: str = ""
    model: type[Model] | None = None
    field: str = ""
    unit: str = ""
    usual: str = ""
    width: int = 12
    times: int = 1
    always: bool = True

    @property
    def info(self) -> FieldInfo | None:
        """What the model says of the field."""
        if self.model is None:
            return None
        return next((one for name, one in self.model.model_fields.items() if _written(name, one) == self.field), None)

    @property
    def bounds(self) -> Bounds | None:
        """Between which numbers values lie, where they are numbers."""
        return bounds_of(self.info) if self.info is not None else None

    @property
    def meaning(self) -> Text | None:
        """What it is for."""
        return meaning_of(self.model.__name__, self.field) if self.model is not None else None

    @property
    def share(self) -> bool:
        """Whether it is a share, which people write in percent."""
        bounds = self.bounds
        return self.kind == "number" and bounds is not None and bounds.low == 0.0 and bounds.high <= 1.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes
    ----------
    key
        Its name in the words.
    columns
        From the left.
    base
        Where in the scenario the things stand that rows describe; ``{process}`` is what that column says.
    names
        What rows describe by name, for references; empty where they have none.
    form
        ``table`` (rows by name), ``list`` (rows by number), ``settings`` (a value in each row), or the name of a form
        of its own (`sim.workbook.forms`).
    model
        What a row is.
    always
        Whether a template has it though its example says nothing there.
    """

    key: str
    columns: tuple[Column, ...]
    base: Path = ()
    names: str = ""
    form: str = "table"
    model: type[Model] | None = None
    always: bool = True

    def column(self, key: str) -> Column:
        """Return a column by its key."""
        return next(one for one in self.columns if one.key == key)


def _written(name: str, info: FieldInfo) -> str:
    return str(info.validation_alias or name)


def _at(model: type[Model], place: str) -> tuple[type[Model], str, FieldInfo]:
    """Return the model and field to which a place such as ``own_work.share`` leads."""
    first, _, rest = place.partition(".")
    info = next(one for name, one in model.model_fields.items() if _written(name, one) == first)
    if not rest:
        return model, first, info
    inner = next(one for one in _members(info.annotation) if isinstance(one, type) and issubclass(one, Model))
    return _at(inner, rest)


def _members(annotation: Any) -> tuple[Any, ...]:
    args = get_args(annotation)
    return tuple(one for arg in args for one in _members(arg)) if args else (annotation,)


def _kind(info: FieldInfo) -> str:
    """Return how the values of a field are read, as far as its type says."""
    members = _members(info.annotation)
    if Work in members:
        return "work"
    if bool in members:
        return "yes"
    if bounds_of(info) is not None:
        return "number"
    return "text"


def _of(model: type[Model], place: str, *, key: str = "", before: Path = (), **more: Any) -> Column:
    """Return the column of a field; what its type says need not be said."""
    holder, field, info = _at(model, place)
    kind = more.pop("kind", None) or _kind(info)
    path = (*before, *place.split("."))
    return Column(key or place.replace(".", "_"), path, kind, model=holder, field=field, **more)


def _label(model: type[Model], width: int = 18) -> tuple[Column, ...]:
    """Return the columns of a name, of what the other language calls it, and of what files call it."""
    return (
        Column("name", ("label",), "name", model=model, field="label", width=width),
        Column("label_en", ("label",), "label", "en", always=False, width=width),
        Column("label_zh", ("label",), "label", "zh", always=False, width=width),
        Column("code", (), "code", always=False),
    )


def _work(model: type[Model], place: str, usual: str, always: bool = True, **more: Any) -> tuple[Column, Column]:
    """Return the columns of hours of work, and of how they vary."""
    hours = _of(model, place, unit="hours", usual=usual, always=always, **more)
    spread = replace(hours, key=f"{hours.key}_spread", kind="spread", unit="", width=12)
    return hours, spread


def _departments() -> Sheet:
    one = Department
    return Sheet(
        "departments",
        (
            *_label(one),
            _of(one, "site", kind="words", always=False),
            _of(one, "staff", unit="people", width=9),
            _of(one, "cost_per_hour", unit="money_hour", width=11),
            _of(one, "calendar", kind="name_of", of="calendar"),
            _of(one, "own_work.share", width=11),
            *_work(one, "own_work.size", "exponential", always=False),
            _of(one, "own_work.target_hours", unit="open_hours", kind="hours", always=False),
            Column("kpi", ("kpis",), "kpi", "kpi", Kpi, "measures", width=18, times=2),
            Column("kpi_target", ("kpis",), "kpi_target", model=Kpi, field="target", width=9, times=2),
            _of(one, "skill", always=False),
            _of(one, "shifts", kind="amounts", of="calendar", always=False, width=18),
            _of(one, "purse", always=False),
        ),
        ("departments",),
        "department",
        model=one,
    )


def _approvers() -> Sheet:
    return Sheet(
        "approvers",
        (
            Column("department", kind="parent", of="department", width=18),
            *_label(Pool),
            _of(Pool, "hours_per_week", unit="hours_week", kind="hours"),
            _of(Pool, "calendar", kind="name_of", of="calendar", always=False),
        ),
        ("departments", "{department}", "pools"),
        "approver",
        model=Pool,
    )


def _processes() -> Sheet:
    one = Process
    return Sheet(
        "processes",
        (
            *_label(one),
            _of(one, "demand.per_week", unit="cases_week"),
            _of(one, "demand.every_days", unit="days", kind="days", always=False),
            _of(one, "demand.times_a_year", unit="times_year", always=False),
            _of(one, "demand.first", kind="moment", always=False),
            _of(one, "demand.during", kind="name_of", of="calendar", always=False),
            _of(one, "demand.profile", kind="name_of", of="profile", always=False),
            _of(one, "target_days", unit="days", kind="days"),
            _of(one, "target_hours", unit="hours", kind="hours", always=False),
            _of(one, "target_calendar", kind="name_of", of="calendar", always=False),
            _of(one, "promise.standard_days", unit="days", kind="days"),
            _of(one, "promise.elasticity", always=False),
            _of(one, "urgent_share"),
            _of(one, "value", always=False),
            _of(one, "complexity"),
            _of(one, "worth", unit="money"),
            _of(one, "delay_cost", unit="money_day"),
            _of(one, "late_penalty", unit="money"),
            _of(one, "served_by", kind="name_of", of="step", always=False, width=16),
            _of(one, "teams", always=False),
            _of(one, "preventable", always=False),
            _of(one, "satisfaction.late", always=False),
            _of(one, "satisfaction.defective", always=False),
            _of(one, "complains.process", kind="name_of", of="process", always=False, width=16),
            _of(one, "complains.late", always=False),
            _of(one, "complains.defective", always=False),
            _of(one, "start", kind="amounts", of="step", always=False, width=30),
        ),
        ("processes",),
        "process",
        model=one,
    )


def _steps() -> Sheet:
    one = Step
    return Sheet(
        "steps",
        (
            Column("process", kind="parent", of="process", width=18),
            *_label(one),
            Column("raci", kind="raci", of="owner", width=9),
            *(_of(one, role, kind="role", of="owner", always=False, width=18) for role in ("R", "A", "C", "I")),
            *_work(one, "work", "60 % lognormal", width=11),
            _of(one, "response_hours", unit="open_hours", kind="hours", width=13),
            *_work(one, "external.work", "50 % gamma", width=11),
            _of(one, "external.calendar", kind="name_of", of="calendar", always=False),
            _of(one, "contested_by", kind="names_of", of="department", width=22),
            _of(one, "ambiguity", width=11),
            _of(one, "probability", width=11),
            _of(one, "needs", kind="names_of", of="step", width=18),
            _of(one, "commitment", width=11),
            _of(one, "due_days", unit="days", kind="days", always=False),
            _of(one, "short", always=False),
            *_work(one, "short_wait", "50 % gamma", always=False),
            _of(one, "novelty", always=False),
            _of(one, "inspection", always=False),
            _of(one, "routine", always=False),
            _of(one, "scalable", always=False),
            _of(one, "changeable", always=False),
            _of(one, "next", kind="amounts", of="step", always=False, width=24),
            _of(one, "sends_back.to", kind="name_of", of="step", always=False, width=16),
            _of(one, "sends_back.share", always=False),
            _of(one, "sends_back.at_most", always=False),
        ),
        ("processes", "{process}", "steps"),
        "step",
        model=one,
    )


def _calendars() -> Sheet:
    days = tuple(Column(day, (day,), "openings", width=16) for day in DAYS)
    name = Column("name", (), "name", width=18)
    return Sheet("calendars", (name, *days), ("calendars",), "calendar")


def _closures() -> Sheet:
    return Sheet(
        "closures",
        (
            *_label(Closure)[:3],
            _of(Closure, "from", kind="moment"),
            _of(Closure, "to", kind="moment"),
            _of(Closure, "calendars", kind="names_of", of="calendar", width=24),
        ),
        ("closures",),
        form="list",
        model=Closure,
        always=False,
    )


def _peaks() -> Sheet:
    return Sheet(
        "peaks",
        (
            Column("process", kind="parent", of="process", width=18),
            *_label(Peak)[:3],
            _of(Peak, "from", kind="moment"),
            _of(Peak, "to", kind="moment"),
            _of(Peak, "factor"),
        ),
        ("processes", "{process}", "demand", "peaks"),
        form="list",
        model=Peak,
        always=False,
    )


def _dates() -> Sheet:
    columns = (
        Column("process", kind="parent", of="process", width=18),
        Column("when", kind="moment", model=_at(Process, "demand.at")[0], field="at", width=18),
        Column("cases", kind="count", unit="cases"),
    )
    return Sheet("dates", columns, form="dates", always=False)


def _profiles() -> Sheet:
    columns = (
        *_label(Profile)[:3],
        Column("code", (), "code", always=False),
        Column("when", width=14),
        Column("hours", width=14),
        Column("weight", kind="number"),
    )
    return Sheet("profiles", columns, ("profiles",), "profile", "profiles", Profile, always=False)


def _releases() -> Sheet:
    one = Release
    return Sheet(
        "releases",
        (
            *_label(one),
            _of(one, "items", kind="names_of", of="process", width=30),
            _of(one, "every_days", unit="days", kind="days"),
            _of(one, "times_a_year", unit="times_year", always=False),
            _of(one, "first", kind="moment", always=False),
            _of(one, "cut_off_days", unit="days", kind="days"),
            _of(one, "at_date", kind="choice", of="at_date"),
            _of(one, "slips_at_most_days", unit="days", kind="days", always=False),
            _of(one, "work", kind="name_of", of="process", width=18),
        ),
        ("releases",),
        "release",
        model=one,
        always=False,
    )


def _relations() -> Sheet:
    return Sheet(
        "relations",
        (
            _of(Pair, "from", kind="name_of", of="department", width=18),
            _of(Pair, "to", kind="name_of", of="department", width=18),
            _of(Pair, "trust"),
            _of(Pair, "understanding"),
            _of(Pair, "distance"),
        ),
        ("relations", "pairs"),
        form="list",
        model=Pair,
    )


def _levers() -> Sheet:
    columns = (
        Column("lever", kind="name_of", of="lever", width=28),
        Column("department", kind="name_of", of="department", width=18),
        Column("value", kind="number"),
    )
    return Sheet("levers", columns, form="levers")


def _compare() -> Sheet:
    columns = (
        *_label(Suggestion, 26)[:3],
        Column("measure", ("with",), "item", "intervention", Suggestion, "with", width=26, times=4),
        Column("set", ("set",), "set", model=Suggestion, field="set", width=30, always=False),
    )
    return Sheet("compare", columns, ("compare",), form="list", model=Suggestion)


def _bands() -> tuple[Sheet, Sheet]:
    ends = Column("low", kind="number"), Column("high", kind="number")
    place = Column("place", kind="text", width=44)
    measure = Column("measure", kind="name_of", of="measure", model=Expectation, field="band", width=30)
    process = Column("process", kind="name_of", of="process", width=18)
    return (
        Sheet("ranges", (place, *ends), form="ranges", always=False),
        Sheet("figures", (measure, process, *ends), form="figures", always=False),
    )


def _general() -> Sheet:
    whole = Scenario
    hours = {"unit": "hours", "usual": "0 %", "always": False}
    return Sheet(
        "general",
        (
            _of(whole, "title", kind="words"),
            _of(whole, "title", key="title_en", kind="label", of="en", always=False),
            _of(whole, "title", key="title_zh", kind="label", of="zh", always=False),
            _of(whole, "description", kind="words"),
            _of(whole, "description", key="description_en", kind="label", of="en", always=False),
            _of(whole, "description", key="description_zh", kind="label", of="zh", always=False),
            _of(whole, "name", kind="text", always=False),
            _of(whole, "management", kind="name_of", of="department"),
            _of(whole, "starts_on", kind="date"),
            _of(whole, "warmup_weeks", unit="weeks", kind="weeks"),
            _of(whole, "horizon_weeks", unit="weeks", kind="weeks"),
            _of(whole, "tail_weeks", unit="weeks", kind="weeks", always=False),
            _of(whole, "pace", kind="pace"),
            _of(whole, "relations.trust"),
            _of(whole, "relations.understanding"),
            _of(whole, "relations.between_sites", always=False),
            Column("preset", ("levers", "preset"), "choice", "preset", whole, "levers", always=False),
            *(_of(whole, f"coordination_work.{act}", **hours) for act in _fields_of(whole, "coordination_work")),
            *(
                _of(whole, f"response_targets.{act}", kind="limit", unit="open_hours", always=False)
                for act in _fields_of(whole, "response_targets")
            ),
            _of(whole, "queue.rule", kind="choice", of="queue_rule", always=False),
            *(_of(whole, f"queue.{one}", always=False) for one in ("urgency", "value", "due")),
            _of(whole, "interventions", kind="items", of="intervention", always=False),
            _of(whole, "measures", kind="measures", of="measure", always=False),
        ),
        form="settings",
        model=whole,
    )


def _fields_of(model: type[Model], field: str) -> tuple[str, ...]:
    inner = next(one for one in _members(model.model_fields[field].annotation) if isinstance(one, type))
    return tuple(inner.model_fields)


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return all sheets in the order in which a workbook has them."""
    return (
        _general(), _departments(), _approvers(), _processes(), _steps(), _calendars(), _closures(), _peaks(), _dates(),
        _profiles(), _releases(), _relations(), _levers(), _compare(), *_bands(),
    )  # fmt: skip


def sheet(key: str) -> Sheet:
    """Return a sheet by its key."""
    return next(one for one in sheets() if one.key == key)


def names_for(sheet_: Sheet, column: Column | None = None) -> Text:
    """Return what people call a sheet or a column, the usual name first, apart by ``|``."""
    found: Text = texts.SHEETS[sheet_.key] if column is None else texts.COLUMNS[sheet_.key][column.key]
    return found


def called(names: Text) -> Text:
    """Return the usual one of several names."""
    return Text(*(names.get(lang).split("|")[0].strip() for lang in ("en", "zh")))


def heading(sheet_: Sheet, column: Column, number: int = 0) -> Text:
    """Return the heading of a column: its usual name, a number where it is repeated, and its unit."""
    name = called(names_for(sheet_, column))
    if column.times > 1:
        name = texts.NUMBERED.format(name=name, number=number + 1)
    return texts.WITH_UNIT.format(name=name, unit=texts.UNITS[column.unit]) if column.unit else name


CHOICES: Mapping[str, Mapping[str, Text]] = {
    "kpi": KPIS,
    "preset": {one: texts.PRESETS[one] for one in PRESETS},
    "at_date": texts.AT_DATE,
    "queue_rule": texts.QUEUE_RULE,
}
"""What is chosen from, by what files say."""
