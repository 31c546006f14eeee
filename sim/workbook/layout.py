"""The sheets of a workbook: for each column where in a scenario its values stand, and of which kind they are.

Headings, other names for them and units are words (`sim/words/*/workbook.toml`); meanings, bounds and what is usual are
those of the models. Whoever adds a field adds a line here and its heading there.
"""

from __future__ import annotations

from functools import cache

from sim.scenario.expected import Expectation
from sim.scenario.scenario import Scenario, Suggestion
from sim.spec.calendars import DAYS
from sim.spec.closures import Closure
from sim.spec.organization import Department, Kpi, Pair, Pool
from sim.spec.process import Process, Step
from sim.spec.profiles import Peak, Profile
from sim.spec.releases import Release
from sim.workbook.columns import Column, Sheet, field_of, fields_of, label_of, model_at, work_of
from sim.workbook.usual import SPREAD


def _departments() -> Sheet:
    one = Department
    return Sheet(
        "departments",
        (
            *label_of(one),
            field_of(one, "site", kind="words", always=False),
            field_of(one, "staff", width=9),
            field_of(one, "cost_per_hour", unit="money_hour", width=11),
            field_of(one, "calendar", kind="name_of", of="calendar"),
            field_of(one, "own_work.share", width=11),
            *work_of(one, "own_work.size", "exponential", always=False),
            field_of(one, "own_work.target_hours", unit="open_hours", kind="hours", always=False),
            Column("kpi", ("kpis",), "kpi", "kpi", Kpi, "measures", width=18, times=2),
            Column("kpi_target", ("kpis",), "kpi_target", model=Kpi, field="target", width=9, times=2),
            field_of(one, "skill", always=False),
            field_of(one, "shifts", kind="amounts", of="calendar", always=False, width=18),
            field_of(one, "purse", always=False),
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
            *label_of(Pool),
            field_of(Pool, "hours_per_week", unit="hours_week", kind="hours"),
            field_of(Pool, "calendar", kind="name_of", of="calendar", always=False),
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
            *label_of(one),
            field_of(one, "demand.per_week", kind="rate", unit="cases_week"),
            field_of(one, "demand.every_days", unit="days", kind="days", always=False),
            field_of(one, "demand.times_a_year", unit="times_year", always=False),
            field_of(one, "demand.first", kind="moment", always=False),
            field_of(one, "demand.during", kind="name_of", of="calendar", always=False),
            field_of(one, "demand.profile", kind="name_of", of="profile", always=False),
            field_of(one, "target_days", unit="days", kind="days"),
            field_of(one, "target_hours", unit="hours", kind="hours", always=False),
            field_of(one, "target_calendar", kind="name_of", of="calendar", always=False),
            field_of(one, "promise.standard_days", unit="days", kind="days"),
            field_of(one, "promise.elasticity", always=False),
            field_of(one, "urgent_share"),
            field_of(one, "value", always=False),
            field_of(one, "complexity"),
            field_of(one, "worth", unit="money"),
            field_of(one, "delay_cost", unit="money_day"),
            field_of(one, "late_penalty", unit="money"),
            field_of(one, "served_by", kind="name_of", of="step", always=False, width=16),
            field_of(one, "teams", always=False),
            field_of(one, "preventable", always=False),
            field_of(one, "satisfaction.late", always=False),
            field_of(one, "satisfaction.defective", always=False),
            field_of(one, "complains.process", kind="name_of", of="process", always=False, width=16),
            field_of(one, "complains.late", always=False),
            field_of(one, "complains.defective", always=False),
            field_of(one, "start", kind="amounts", of="step", always=False, width=30),
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
            *label_of(one),
            Column("raci", kind="raci", of="owner", width=9),
            *(field_of(one, role, kind="role", of="owner", always=False, width=18) for role in ("R", "A", "C", "I")),
            *work_of(one, "work", f"{SPREAD * 100:g} % lognormal", width=11),
            field_of(one, "response_hours", unit="open_hours", kind="hours", width=13),
            *work_of(one, "external.work", "50 % gamma", width=11),
            field_of(one, "external.calendar", kind="name_of", of="calendar", always=False),
            field_of(one, "contested_by", kind="names_of", of="department", width=22),
            field_of(one, "ambiguity", width=11),
            field_of(one, "probability", width=11),
            field_of(one, "needs", kind="names_of", of="step", width=18),
            field_of(one, "commitment", width=11),
            field_of(one, "due_days", unit="days", kind="days", always=False),
            field_of(one, "short", always=False),
            *work_of(one, "short_wait", "50 % gamma", always=False),
            field_of(one, "novelty", always=False),
            field_of(one, "inspection", always=False),
            field_of(one, "routine", always=False),
            field_of(one, "scalable", always=False),
            field_of(one, "changeable", always=False),
            field_of(one, "next", kind="amounts", of="step", always=False, width=24),
            field_of(one, "sends_back.to", kind="name_of", of="step", always=False, width=16),
            field_of(one, "sends_back.share", always=False),
            field_of(one, "sends_back.at_most", always=False),
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
            *label_of(Closure)[:3],
            field_of(Closure, "from", kind="moment"),
            field_of(Closure, "to", kind="moment"),
            field_of(Closure, "calendars", kind="names_of", of="calendar", width=24),
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
            *label_of(Peak)[:3],
            field_of(Peak, "from", kind="moment"),
            field_of(Peak, "to", kind="moment"),
            field_of(Peak, "factor"),
        ),
        ("processes", "{process}", "demand", "peaks"),
        form="list",
        model=Peak,
        always=False,
    )


def _dates() -> Sheet:
    columns = (
        Column("process", kind="parent", of="process", width=18),
        Column("when", kind="moment", model=model_at(Process, "demand.at")[0], field="at", width=18),
        Column("cases", kind="count", unit="cases"),
    )
    return Sheet("dates", columns, form="dates", always=False)


def _profiles() -> Sheet:
    columns = (
        *label_of(Profile)[:3],
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
            *label_of(one),
            field_of(one, "items", kind="names_of", of="process", width=30),
            field_of(one, "every_days", unit="days", kind="days"),
            field_of(one, "times_a_year", unit="times_year", always=False),
            field_of(one, "first", kind="moment", always=False),
            field_of(one, "cut_off_days", unit="days", kind="days"),
            field_of(one, "at_date", kind="choice", of="at_date"),
            field_of(one, "slips_at_most_days", unit="days", kind="days", always=False),
            field_of(one, "work", kind="name_of", of="process", width=18),
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
            field_of(Pair, "from", kind="name_of", of="department", width=18),
            field_of(Pair, "to", kind="name_of", of="department", width=18),
            field_of(Pair, "trust"),
            field_of(Pair, "understanding"),
            field_of(Pair, "distance"),
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
        *label_of(Suggestion, 26)[:3],
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
    return Sheet(
        "general",
        (
            field_of(whole, "title", kind="words"),
            field_of(whole, "title", key="title_en", kind="label", of="en", always=False),
            field_of(whole, "title", key="title_zh", kind="label", of="zh", always=False),
            field_of(whole, "description", kind="words"),
            field_of(whole, "description", key="description_en", kind="label", of="en", always=False),
            field_of(whole, "description", key="description_zh", kind="label", of="zh", always=False),
            field_of(whole, "name", kind="text", always=False),
            field_of(whole, "management", kind="name_of", of="department"),
            field_of(whole, "starts_on", kind="date"),
            field_of(whole, "warmup_weeks", unit="weeks", kind="weeks"),
            field_of(whole, "horizon_weeks", unit="weeks", kind="weeks"),
            field_of(whole, "tail_weeks", unit="weeks", kind="weeks", always=False),
            field_of(whole, "pace", kind="pace"),
            field_of(whole, "relations.trust"),
            field_of(whole, "relations.understanding"),
            field_of(whole, "relations.between_sites", always=False),
            Column("preset", ("levers", "preset"), "choice", "preset", whole, "levers", always=False),
            *(
                field_of(whole, f"coordination_work.{act}", unit="hours", usual="0 %", always=False)
                for act in fields_of(whole, "coordination_work")
            ),
            *(
                field_of(whole, f"response_targets.{act}", kind="limit", unit="open_hours", always=False)
                for act in fields_of(whole, "response_targets")
            ),
            field_of(whole, "queue.rule", kind="choice", of="queue_rule", always=False),
            *(field_of(whole, f"queue.{one}", always=False) for one in ("urgency", "value", "due")),
            field_of(whole, "interventions", kind="items", of="intervention", always=False),
            field_of(whole, "measures", kind="measures", of="measure", always=False),
        ),
        form="settings",
        model=whole,
    )


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
