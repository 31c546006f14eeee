"""What a scenario comes to, without running anything: who does what, how busy everybody should be, what is unusual.

The same facts for the screen, for programs and for notebooks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sim.interventions import Custom, Intervention
from sim.interventions.parts import Hire
from sim.scenario.bundles import Bundle
from sim.scenario.dealings import planned_traffic
from sim.scenario.scenario import Scenario, Suggestion, written_intervention
from sim.scenario.workload import Workload, planned_loads
from sim.spec.base import text_of
from sim.spec.levers import LEVERS
from sim.spec.organization import PRESET, Department, Kpi
from sim.spec.process import Process, Step
from sim.spec.profiles import Profile
from sim.spec.releases import Release
from sim.spec.sites import called_at
from sim.words import Text, phrases, words

texts = words("outline")


@dataclass(frozen=True, slots=True)
class Setting:
    """A lever that does not stand where it usually does, in one department or (empty) everywhere."""

    lever: str
    department: str
    value: float
    usual: float


def unusual_settings(scenario: Scenario) -> tuple[Setting, ...]:
    """Return every lever that is set otherwise than usual: at its pace, or in the rest of the organization."""
    found = [
        Setting(name, "", float(value), scenario.usual(name, getattr(LEVERS[name], scenario.preset)))
        for name, value in scenario.levers.items()
        if name != PRESET
    ]
    for department, one in scenario.departments.items():
        found += [Setting(name, department, value, scenario.lever(name)) for name, value in one.levers.items()]
    return tuple(one for one in found if one.value != one.usual)


def called(scenario: Scenario, owner: str) -> Text:
    """Return what people call the owner of a queue: a department, or a pool such as ``sales.director``."""
    name, _, pool = owner.partition(".")
    department = scenario.departments[name]
    return text_of(department.pools[pool].label, owner) if pool else called_at(department, owner)


def kpi_called(kpi: Kpi) -> Text:
    """Return a KPI with its target, and its weight where it has another than usual."""
    target = kpi.target if kpi.measures == "volume" else kpi.target * 100
    told: Text = texts.KPIS[kpi.measures].format(target=target)
    if kpi.weight != 1.0:
        told = texts.WEIGHTED.format(kpi=told, weight=kpi.weight)
    return told


def arrivals(process: Process) -> Text:
    """Say how cases come, and when they are wanted."""
    demand = process.demand
    found = [texts.DATED.format(count=len(demand.at)) if demand.at else texts.PER_WEEK.format(count=demand.weekly)]
    if demand.recurs:
        found = [texts.EVERY_DAYS.format(count=7.0 / demand.weekly)]
    if demand.profile is not None:
        found.append(texts.BY_PROFILE.format(profile=demand.profile))
    if demand.per_week is not None and demand.during != "office":
        found.append(texts.DURING.format(calendar=demand.during))
    if process.target_days is not None:
        found.append(texts.DAYS.format(count=process.target_days))
    if process.target_hours is not None:
        text = texts.HOURS if process.target_calendar == "always" else texts.OPEN_HOURS
        found.append(text.format(count=process.target_hours, calendar=process.target_calendar))
    if process.promise is not None:
        found.append(texts.PROMISED.format(count=process.promise.standard_days))
    if process.urgent_share > 0.0:
        found.append(texts.URGENT.format(share=process.urgent_share * 100))
    return phrases(found)


def size_of(scenario: Scenario) -> tuple[int, int]:
    """Return how many departments a scenario has, and how many people; purses are neither."""
    return len(scenario.staffed), sum(scenario.departments[name].staff for name in scenario.staffed)


def told_target(process: Process) -> Text:
    """Say within what time customers want it; nothing where they have no date."""
    if process.target_days is not None:
        return texts.TARGET_DAYS.format(count=process.target_days)
    if process.target_hours is None:
        return Text("", "")
    text = texts.TARGET_HOURS if process.target_calendar == "always" else texts.TARGET_OPEN
    return text.format(count=process.target_hours)


def notation(intervention: Intervention) -> str:
    """Return an intervention as it is written on the command line: ``response_agreement:hours=0.5``.

    One of one's own is written as the moves of which it consists, which a command line cannot say.
    """
    if isinstance(intervention, Custom):
        return _moves(intervention)
    said = written_intervention(intervention)
    if isinstance(said, str):
        return said
    doses = ",".join(f"{name}={value}" for name, value in _flat(said) if name != "kind")
    return f"{intervention.kind}:{doses}"


def parts_of(tried: Suggestion | Bundle) -> list[str]:
    """Return what an alternative or a bundle consists of, each as it is written on the command line."""
    return [*map(notation, tried.with_), *(f"{place}={value}" for place, value in tried.set_.items())]


def _flat(said: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield the doses of an intervention, those of its adoption as well."""
    for name, value in said.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", "/".join(map(str, value)) if isinstance(value, list) else _number(value)


def _number(value: Any) -> str:
    """Return a number as short as it can be read back."""
    return f"{value:g}" if isinstance(value, float) and float(f"{value:g}") == value else str(value)


def _moves(custom: Custom) -> str:
    moves = [f"{one.lever} → {_number(one.toward)}" for one in custom.moves]
    said = written_intervention(custom.model_copy(update={"moves": (), "meets": (), "hires": ()}))
    doses = () if isinstance(said, str) else _flat(said)
    others = [f"{name}={value}" for name, value in doses if name not in ("kind", "name")]
    meetings = [f"{_number(one.minutes)} min {'/'.join(one.days)}" for one in custom.meets]
    hires = [_hired(one) for one in custom.hires]
    return f"{custom.name} ({', '.join([*moves, *meetings, *hires, *others])})"


def _hired(hire: Hire) -> str:
    """Return whom an intervention brings: how many, into which department, from which to which week after its start."""
    until = "" if hire.weeks is None else _number(hire.after_weeks + hire.weeks)
    weeks = f" w{_number(hire.after_weeks)}-{until}" if hire.after_weeks or until else ""
    return f"+{hire.people} {hire.department}{weeks}"


def outline(scenario: Scenario) -> dict[str, Any]:
    """Return what a scenario comes to as plain data."""
    # working out places takes networkx, which takes longer to load than a scenario
    from sim.scenario.positions import main_process, positions_of

    loads = {one.owner: one for one in planned_loads(scenario)}
    places = positions_of(scenario)
    return {
        "name": scenario.name,
        "title": text_of(scenario.title, scenario.name).by_language(),
        "description": text_of(scenario.description).by_language(),
        "hash": scenario.hash,
        "pace": scenario.pace,
        "weeks": {"warmup": scenario.warmup_weeks, "horizon": scenario.horizon_weeks, "tail": scenario.tail},
        "processes": [_process(name, process) for name, process in scenario.processes.items()],
        "main_process": next(name for name, one in scenario.processes.items() if one is main_process(scenario)),
        "departments": [
            _department(name, one, loads[name], places[name]) for name, one in scenario.departments.items()
        ],
        "approvers": [_approver(scenario, loads[one], places[one]) for one in scenario.pools() if "." in one],
        "releases": [_named(name, one) for name, one in scenario.releases.items()],
        "profiles": [_named(name, one) for name, one in scenario.profiles.items()],
        "traffic": [
            {"from": one, "to": other, "weekly": weekly} for (one, other), weekly in planned_traffic(scenario).items()
        ],
        "preset": scenario.preset,
        "unusual_levers": [asdict(one) for one in unusual_settings(scenario)],
        "interventions": [_tried(one) for one in scenario.interventions],
        "shocks": [one.model_dump(mode="json", by_alias=True) for one in scenario.shocks],
        **({"expected": scenario.expected.model_dump(mode="json")} if scenario.expected else {}),
        "compare": [
            {
                "label": text_of(one.label).by_language(),
                "with": [_tried(each) for each in one.with_],
                **({"set": dict(one.set_)} if one.set_ else {}),
            }
            for one in scenario.compare
        ],
    }


def _tried(intervention: Intervention) -> dict[str, Any]:
    said = written_intervention(intervention)
    return {"notation": notation(intervention), **({"kind": said} if isinstance(said, str) else said)}


def _named(name: str, one: Release | Profile) -> dict[str, Any]:
    said = one.model_dump(mode="json", by_alias=True, exclude={"label"})
    return {"name": name, "label": text_of(one.label, name).by_language(), **said}


def _process(name: str, process: Process) -> dict[str, Any]:
    said = process.model_dump(mode="json", by_alias=True, exclude={"steps", "label"})
    return {
        "name": name,
        "label": text_of(process.label, name).by_language(),
        **said,
        "per_week": process.demand.weekly,
        "steps": [_step(key, step) for key, step in process.steps.items()],
    }


def _step(name: str, step: Step) -> dict[str, Any]:
    said = step.model_dump(mode="json", by_alias=True, exclude={"label"})
    return {"name": name, "label": text_of(step.label, name).by_language(), **said, "mean_hours": step.work.mean}


def _department(name: str, department: Department, load: Workload, place: tuple[float, float]) -> dict[str, Any]:
    said = department.model_dump(mode="json", by_alias=True, exclude={"label", "pools", "own_work"})
    return {
        "name": name,
        "label": called_at(department, name).by_language(),
        **said,
        **_load(load),
        "position": list(place),
    }


def _approver(scenario: Scenario, load: Workload, place: tuple[float, float]) -> dict[str, Any]:
    name, _, pool = load.owner.partition(".")
    label = text_of(scenario.departments[name].pools[pool].label, load.owner)
    return {"name": load.owner, "label": label.by_language(), **_load(load), "position": list(place)}


def _load(load: Workload) -> dict[str, Any]:
    """Return person-hours a week, and the share of capacity that is asked for."""
    return {
        "hours_a_week": load.capacity,
        "own_work_hours": load.own,
        "case_hours": load.work,
        "coordination_hours": load.coordination,
        "planned_load": load.utilization,
    }
