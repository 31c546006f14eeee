"""Small organizations in which everything happens: disputes, consultations, defects, conflicts, meetings, shocks.

Worlds are drawn as plain data, as a file would say them, so that a test can rename or rearrange them before they are
read. A run takes milliseconds. `DEPTSIM_EXAMPLES=1000` looks for other worlds than those of every day.
"""

import os
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from sim.compile import Compiled, compile_scenario
from sim.interventions import INTERVENTIONS
from sim.kernel.jit import COMPILED
from sim.kernel.machine import Machine
from sim.outcome import start
from sim.scenario import Scenario
from sim.spec.levers import LEVERS
from sim.vocab import WEEK

World = dict[str, Any]

_ASKED = os.environ.get("DEPTSIM_EXAMPLES")
law = settings(
    max_examples=int(_ASKED or (25 if COMPILED and settings.default.max_examples >= 100 else 4)),
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
"""How every law is tried: on a second Python with few worlds. Which, and whether the same every day, is said in
`tests/conftest.py`."""

DEPARTMENTS = ("dept_a", "dept_b", "dept_c", "dept_d")
BOSS = "dept_boss"
CALENDARS = {
    "shifts": {"mon-fri": ["06:00-13:00", "13:30-20:00"], "sat": ["08:00-11:00"]},
    "nights": {"mon-sun": ["21:00-05:00"]},
    "early": {"mon-fri": ["05:00-10:00"]},
    "small_hours": {
        "mon-sun": ["23:00-03:00"],
    },
}
PROFILES = {
    "hours": {"week": {"mon-wed": 2, "thu": {"09:30-11:00": 5}}},
    "season": {"months": {"jan": 1.5, "feb": 0.5}},
}
CLOCKS = ("always", "office", "office", "shifts", "nights")
HALVES = {
    "always": ("nights", "office"),
    "office": ("early",),
    "shifts": ("early",),
    "nights": ("nights", "small_hours"),
}
"""Hours of each in which there may be fewer people."""

WIDEST = {"hours": 12.0, "count": 3.0, "factor": 1.0, "exponent": 2.0, "sigma": 1.5, "days": 3.0, "per day": 0.1}
"""Up to where levers of a unit are drawn: small enough that much happens within a week or two."""

shares = st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.8, 1.0])
_SPREAD = [{"exponential": 0.5}, {"exponential": 2.0}, {"exponential": 6.0}, {"gamma": {"mean": 1.5, "cv": 2}}]
works = st.sampled_from([0.0, 0.25, 1.0, *_SPREAD])


missing = st.fixed_dictionaries(
    {"short": st.sampled_from([0.0, 0.5, 1.0]), "short_wait": st.sampled_from([0.25, 1.0, *_SPREAD])}
)
"""How often goods are missing, and how long they take."""


@st.composite
def levers(draw: st.DrawFn, most: int) -> dict[str, float]:
    """Some levers anywhere between their bounds, as far as much can happen soon."""
    chosen = draw(st.lists(st.sampled_from(sorted(LEVERS)), unique=True, max_size=most))
    found = {}
    for name in chosen:
        spec = LEVERS[name]
        high = min(spec.high, WIDEST.get(spec.unit, spec.high))
        found[name] = spec.low + draw(shares) * (high - spec.low)
    return found


@st.composite
def departments(draw: st.DrawFn, managed: bool) -> World:
    """A few people, perhaps with own work, perhaps with a director who approves."""
    own = {"share": draw(st.sampled_from([0.1, 0.5])), "size": {"exponential": 1.0}, "target_hours": 4.0}
    kpi = st.fixed_dictionaries({"measures": st.sampled_from(["volume", "own_work"]), "target": st.just(1.0)})
    own_clock = {"calendar": draw(st.sampled_from(CLOCKS))} if draw(st.integers(0, 2)) == 0 else {}
    clock = draw(st.sampled_from(CLOCKS))
    return {
        "site": draw(st.sampled_from(["", "north", "south"])),
        "staff": draw(st.integers(1, 3)),
        "calendar": clock,
        **({"shifts": {draw(st.sampled_from(HALVES[clock])): 1}} if draw(st.integers(0, 2)) == 0 else {}),
        "skill": draw(st.sampled_from([0.5, 1.0, 1.0, 2.0])),
        "levers": draw(levers(2)),
        "kpis": draw(st.lists(kpi, max_size=2, unique_by=lambda one: one["measures"])),
        **({"own_work": own} if draw(st.booleans()) else {}),
        **({"pools": {"head": {"hours_per_week": 20, **own_clock}}} if managed and draw(st.booleans()) else {}),
    }


@st.composite
def steps(draw: st.DrawFn, owners: list[str], approvers: list[str]) -> World:
    """A step with everybody who may have a say in it."""
    others = st.lists(st.sampled_from(owners), max_size=3, unique=True)
    external = st.fixed_dictionaries({"work": works, "calendar": st.sampled_from(CLOCKS)})
    return {
        "R": draw(st.sampled_from(owners)),
        "C": draw(others),
        "I": draw(others),
        "contested_by": draw(others),
        "work": draw(works),
        "commitment": draw(st.booleans()),
        "inspection": draw(st.sampled_from([1.0, 1.0, 0.0, 0.5, 4.0])),
        "routine": draw(shares),
        "scalable": draw(st.booleans()),
        **({"A": draw(st.sampled_from(approvers))} if draw(st.booleans()) else {}),
        **({"external": draw(external)} if draw(st.booleans()) else {}),
        **(draw(missing) if draw(st.booleans()) else {}),
        **({"response_hours": draw(st.sampled_from([0.5, 4.0, 40.0]))} if draw(st.booleans()) else {}),
    }


@st.composite
def ways_back(draw: st.DrawFn, flow: World, n: int) -> World:
    """Where the `n`-th step of a graph sends back to: itself, or what it needs, or that needs, and how often."""
    place = n
    for _ in range(draw(st.integers(0, 2))):
        needed = flow[f"step_{place}"].get("needs", [])
        place = int(draw(st.sampled_from(needed)).removeprefix("step_")) if needed else place
    chance = st.fixed_dictionaries({"share": st.sampled_from([0.0, 0.3, 0.7])})
    few = st.fixed_dictionaries({"share": st.sampled_from([0.5, 1.0]), "at_most": st.integers(1, 2)})
    return {"to": f"step_{place}"} | draw(chance | few)


@st.composite
def processes(draw: st.DrawFn, owners: list[str], approvers: list[str]) -> World:
    """Cases by chance or by date, through a graph of steps or from step to step by chance."""
    plain = draw(st.lists(steps(owners, approvers), min_size=1, max_size=4))
    named = {f"step_{n}": step for n, step in enumerate(plain)}
    if draw(st.booleans()):
        for n, step in enumerate(plain):
            step["next"] = {f"step_{n + 1}": 0.6} if n + 1 < len(plain) else {}
            step["next"] |= {"step_0": 0.2} if draw(st.booleans()) else {}
    else:
        for n, step in enumerate(plain):
            before = st.lists(st.integers(0, n - 1), unique=True, max_size=2) if n else st.just([])
            step["needs"] = [f"step_{one}" for one in draw(before)]
            step["probability"] = draw(st.sampled_from([1.0, 1.0, 0.5]))
            if draw(st.integers(0, 2)) == 0:
                step["sends_back"] = draw(ways_back(named, n))
            step["changeable"] = draw(st.booleans())
            step |= {"due_days": draw(st.sampled_from([0.1, 1, 4]))} if draw(st.booleans()) else {}
    peak = st.fixed_dictionaries({"from": st.integers(0, 9), "factor": st.sampled_from([0.0, 0.5, 3.0])})
    by_chance = st.fixed_dictionaries(
        {"per_week": st.sampled_from([5, 20, 60]), "during": st.sampled_from(CLOCKS)},
        optional={"profile": st.sampled_from([*PROFILES]), "peaks": st.lists(peak, max_size=2)},
    )
    again = st.sampled_from([{"every_days": 2.5}, {"times_a_year": 100, "first": 10}])
    dated = st.lists(st.sampled_from([0.0, 8.0, 9.0, 9.0, 30.0, 100.0]), min_size=1, max_size=5).map(
        lambda at: {"at": sorted(at)}
    )
    promise = st.fixed_dictionaries({"standard_days": st.sampled_from([1, 5]), "elasticity": st.sampled_from([0, 2])})
    return {
        "demand": draw(by_chance | by_chance | dated | again),
        "steps": named,
        **({"served_by": draw(st.sampled_from(sorted(named)))} if draw(st.booleans()) else {}),
        "urgent_share": draw(shares),
        "value": draw(shares),
        "complexity": draw(st.sampled_from([0.0, 0.7])),
        "preventable": draw(st.sampled_from([0.0, 0.0, 0.5, 1.0])),
        "teams": draw(st.sampled_from([True, True, False])),
        **({"promise": draw(promise)} if draw(st.booleans()) else {}),
        **(
            {"target_days": draw(st.sampled_from([0.5, 3, 10])), "delay_cost": 5, "late_penalty": 70}
            if draw(st.booleans())
            else {}
        ),
        **({"worth": 100, "satisfaction": {"late": draw(shares)}} if draw(st.booleans()) else {}),
    }


adoptions = st.fixed_dictionaries(
    {
        "fidelity": st.sampled_from([0.5, 1.0]),
        "ramp_weeks": st.sampled_from([0.0, 1.0]),
        "dip": st.sampled_from([0.0, 0.4]),
        "retention_weeks": st.sampled_from([None, 0.5]),
    }
)
PLAIN_KINDS = tuple(kind for kind in INTERVENTIONS if kind != "custom")


@st.composite
def interventions(draw: st.DrawFn, managed: bool) -> World:
    """Any intervention at its default dose, or a custom one that moves levers and meets."""
    every = (*PLAIN_KINDS, "daily_standup", "custom")
    kinds = [kind for kind in every if managed or not INTERVENTIONS[kind].needs]
    one: World = {
        "kind": draw(st.sampled_from(kinds)),
        "start_week": draw(st.sampled_from([0.0, 0.5])),
        "end_week": draw(st.sampled_from([None, None, 0.9])),
        "adoption": draw(adoptions),
        "departments": draw(st.sampled_from([[], list(DEPARTMENTS[:1]), list(DEPARTMENTS[:2])])),
        **draw(st.sampled_from([{}, {"money_once": 900, "money_per_week": 30}])),
    }
    if one["kind"] == "custom":
        lasting = st.fixed_dictionaries(
            {
                "after_weeks": st.sampled_from([0.0, 0.3]),
                "weeks": st.sampled_from([None, 0.3]),
                "worsens": st.sampled_from([True, True, False]),
            }
        )
        one["moves"] = [{"lever": lever, "toward": value} | draw(lasting) for lever, value in draw(levers(3)).items()]
        one["hires"] = [
            {
                "department": DEPARTMENTS[0],
                "people": draw(st.integers(1, 2)),
                "weeks": draw(st.sampled_from([None, 0.4])),
            }
        ] * draw(st.integers(0, 1))
        one["meets"] = [{"at": 10.0, "minutes": 60, "item_minutes": 5}] * draw(st.integers(0, 2))
    return one


WEEKS = st.sampled_from([0.0, 0.5, 0.7, 1.0])


@st.composite
def closures(draw: st.DrawFn) -> list[World]:
    """Days on which all are closed, or those who keep some calendar, also one that never closes otherwise."""
    kept = st.lists(st.sampled_from(["office", "shifts", "nights", "always"]), max_size=2, unique=True)
    days = st.lists(st.integers(0, 12), max_size=2)
    return [{"from": first, "to": first + draw(st.integers(0, 3)), "calendars": draw(kept)} for first in draw(days)]


@st.composite
def shocks(draw: st.DrawFn, owners: list[str], flows: World) -> list[World]:
    """People who leave, at most once from each department, and customers who come sooner, later or not at all."""
    pairs = st.permutations(owners).map(lambda order: tuple(order[:2]))
    leavers = [
        {
            "kind": "leaver",
            "week": draw(WEEKS),
            "from": here,
            "to": there,
            "share": draw(shares),
            "people": draw(st.integers(0, 1)),
            "vacancy_weeks": draw(st.sampled_from([0.0, 0.2, 9.0])),
        }
        for here, there in draw(st.lists(pairs, max_size=2, unique_by=lambda pair: pair[0]))
    ]
    by_chance = [name for name, flow in flows.items() if "per_week" in flow["demand"]]
    factors, failing = st.sampled_from([0.0, 0.5, 3.0]), st.sampled_from([1.0, 4.0])
    surges = [
        {"kind": "surge", "week": draw(WEEKS), "process": name, "weeks": 0.4, "factor": draw(factors)}
        for name in draw(st.lists(st.sampled_from(by_chance), max_size=2) if by_chance else st.just([]))
    ]
    away = [
        {"kind": "short_staffed", "week": draw(WEEKS), "department": name, "people": 1, "weeks": 0.2}
        for name in draw(st.lists(st.sampled_from(owners), max_size=1))
        if name not in {one["from"] for one in leavers}
    ]
    outside = [name for name, flow in flows.items() if any("external" in step for step in flow["steps"].values())]
    late = [
        {"kind": "supplier_failure", "week": draw(WEEKS), "process": name, "weeks": 0.5, "factor": draw(failing)}
        for name in draw(st.lists(st.sampled_from(outside), max_size=2) if outside else st.just([]))
    ]
    orders = [
        {"kind": "urgent_order", "week": draw(WEEKS), "process": name, "cases": draw(st.integers(1, 2))}
        for name in draw(st.lists(st.sampled_from(sorted(flows)), max_size=2))
    ]
    goods = [
        {"kind": "wrong_update", "week": draw(WEEKS), "process": name, "step": one, "days": 2.0}
        for name, flow in flows.items()
        for one, step in flow["steps"].items()
        if "short_wait" in step and draw(st.integers(0, 2)) == 0
    ]
    return draw(st.permutations(leavers + surges + away + late + orders + goods))


@st.composite
def releases(draw: st.DrawFn, flows: World) -> World:
    """Perhaps a release that takes cases along every few days, or on some dates, and perhaps has work of its own."""
    items = [name for name, flow in flows.items() if "served_by" not in flow]
    if not items or draw(st.booleans()):
        return {}
    chosen = draw(st.lists(st.sampled_from(items), min_size=1, max_size=2, unique=True))
    others = [name for name in flows if name not in chosen]
    apart, cut_off = draw(st.sampled_from([(1.0, 0.0), (1.0, 0.25), (2.0, 0.5), (3.0, 3.0), (4.0, 1.0)]))
    return {
        "train": {
            "items": chosen,
            **draw(st.sampled_from([{"every_days": apart}, {"every_days": apart, "first": 10.0}, {"at": [100.0]}])),
            "cut_off_days": cut_off,
            "at_date": draw(st.sampled_from(["ship", "slip"])),
            **({"slips_at_most_days": (apart - cut_off) / 2} if draw(st.booleans()) else {}),
            **({"work": others[0]} if others and draw(st.booleans()) else {}),
        }
    }


@st.composite
def worlds(draw: st.DrawFn, managed: bool | None = None) -> World:
    """An organization with a week or two to live, and up to three interventions."""
    managed = draw(st.booleans()) if managed is None else managed
    owners = list(DEPARTMENTS[: draw(st.integers(2, 4))]) + ([BOSS] if managed else [])
    teams = {name: draw(departments(managed)) for name in owners}
    approvers = owners + [f"{name}.{pool}" for name, team in teams.items() for pool in team.get("pools", {})]
    flows = {f"process_{n}": draw(processes(owners, approvers)) for n in range(draw(st.integers(1, 2)))}
    if len(flows) == 2 and draw(st.booleans()):
        flows["process_0"]["complains"] = {"process": "process_1", "late": draw(shares), "defective": draw(shares)}
    told = st.fixed_dictionaries({"trust": shares}, optional={"distance": shares})
    pairs = [{"from": owners[0], "to": owners[1]} | draw(told)] if draw(st.booleans()) else []
    return {
        "name": "world",
        "starts_on": "2027-01-25",
        "calendars": CALENDARS,
        "profiles": PROFILES,
        "departments": teams,
        **({"management": BOSS} if managed else {}),
        "processes": flows,
        "releases": draw(releases(flows)),
        "levers": {
            "trust_loss": 0.3,
            "severity": 1.0,
            "standoff_hours": 4.0,
            "shortages": 0.5,
            "cross_training": draw(st.sampled_from([0.0, 0.0, 1.0])),
            **draw(levers(16)),
        },
        "relations": {
            "trust": draw(shares),
            "understanding": draw(shares),
            "pairs": pairs,
            "between_sites": draw(st.sampled_from([0.0, 0.5])),
        },
        "queue": {"rule": draw(st.sampled_from(["boost", "boost", "strict"]))},
        "response_targets": {"consult": draw(st.sampled_from([0.5, 8.0, "never"]))},
        "horizon_weeks": draw(st.sampled_from([1.0, 2.0])),
        "warmup_weeks": 0.0,
        **({"closures": draw(closures())} if draw(st.booleans()) else {}),
        "interventions": draw(st.lists(interventions(managed), max_size=3)),
        "shocks": draw(shocks(owners, flows)),
    }


def compiled(world: World) -> Compiled:
    """Return a world ready to run."""
    return compile_scenario(Scenario.model_validate(world))


def machine_of(world: World, seed: int = 1, *, events: bool = True) -> Machine:
    """Return a machine at time zero of a world, with the event log on."""
    return start(compiled(world), seed, 0, events=events)


def end_of(world: World) -> float:
    """Return the hours a world is watched."""
    return float(world["horizon_weeks"] + world["warmup_weeks"]) * WEEK


def finished(world: World, seed: int = 1) -> Machine:
    """Return a machine at the end of a world's time."""
    machine = machine_of(world, seed)
    machine.advance(end_of(world))
    return machine
