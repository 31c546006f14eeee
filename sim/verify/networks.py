"""Queueing networks as ordinary scenarios: every lever neutral, round the clock, times in hours.

A builder returns a plain `Scenario`, what a file with the same content would give. Each check of the self-test starts
from one of these and turns on exactly the lever that it is about.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sim.scenario import Scenario
from sim.verify.formulas import tandem_routing
from sim.vocab import DAY, WEEK

Fields = dict[str, Any]
"""Part of a scenario as a file would hold it."""

MANY = 500
"""So many people that nobody ever waits."""

UNNOTICED = 400.0
"""So many hours that something else comes first, the most a latency may have."""


GARBLED = {"novelty": 1.0, "documents": 0.0}
"""Levers with which every hand-over between strangers is misread."""


class Window(NamedTuple):
    """How long a network runs, in hours: a warm-up, the time in which arriving cases count, a tail to finish them."""

    warmup: float
    hours: float
    tail: float = WEEK


class OpenNetwork(NamedTuple):
    """An open network of departments: rates per hour, chances of going on, mean services in hours, people."""

    arrivals: tuple[float, ...]
    routing: tuple[tuple[float, ...], ...]
    services: tuple[float, ...]
    servers: tuple[int, ...]


def neutral(
    name: str,
    window: Window,
    departments: Mapping[str, Fields],
    processes: Mapping[str, Fields],
    *,
    levers: Mapping[str, float] | None = None,
    more: Fields | None = None,
) -> Scenario:
    """Return a scenario with every lever neutral but those in `levers`; `more` holds other fields of a file."""
    return Scenario.model_validate(
        {
            "name": name,
            "title": name,
            "departments": {key: {"calendar": "always", **fields} for key, fields in departments.items()},
            "processes": processes,
            "levers": {"preset": "neutral", **(levers or {})},
            "warmup_weeks": window.warmup / WEEK,
            "horizon_weeks": window.hours / WEEK,
            "tail_weeks": window.tail / WEEK,
            **(more or {}),
        }
    )


def poisson(per_hour: float) -> Fields:
    """Return demand that arrives at random at any hour."""
    return {"per_week": per_hour * WEEK, "during": "always"}


def exponential(mean: float) -> Fields:
    """Return exponentially distributed work."""
    return {"exponential": mean}


def station(
    arrivals: float,
    window: Window,
    *,
    servers: int = 1,
    work: object = None,
    levers: Mapping[str, float] | None = None,
    process: Fields | None = None,
    department: Fields | None = None,
    more: Fields | None = None,
) -> Scenario:
    """Return one department with one step: M/M/1 unless `work` or `servers` say otherwise.

    Parameters
    ----------
    arrivals : float
        Cases per hour.
    window : Window
        How long it runs.
    servers : int
        People in the department.
    work : optional
        Hours of work as a file writes them; by default exponential with mean 1.
    levers, process, department, more : mapping, optional
        What differs from the neutral station: levers, and fields of the process, the department or the file.
    """
    step = {"R": "desk", "work": exponential(1.0) if work is None else work}
    return neutral(
        "station",
        window,
        {"desk": {"staff": servers, **(department or {})}},
        {"case": {"demand": poisson(arrivals), "steps": {"serve": step}, **(process or {})}},
        levers=levers,
        more=more,
    )


def priority_station(arrivals: tuple[float, float], window: Window, *, rule: str = "strict") -> Scenario:
    """Return one person and two classes of exponential work with mean 1: urgent cases, and the others."""
    urgent, ordinary = arrivals
    return station(
        urgent + ordinary,
        window,
        process={"urgent_share": urgent / (urgent + ordinary)},
        more={"queue": {"rule": rule, "urgency": 1.0, "value": 0.0, "due": 0.0}},
    )


def ruled_station(
    arrivals: tuple[float, ...],
    services: tuple[float, ...],
    window: Window,
    *,
    urgent: tuple[float, ...] = (),
    limits: tuple[float, ...] = (),
    levers: Mapping[str, float],
) -> Scenario:
    """Return one person and several processes of exponential work, under rules on by when it is done.

    Parameters
    ----------
    arrivals, services : tuple of float
        Cases per hour of each process, and their mean hours of work.
    window : Window
        How long it runs.
    urgent, limits : tuple of float
        The share of urgent cases of each process, and the hours within which its step is expected; by default none.
    levers : mapping
        The rules that are lived.
    """
    processes: dict[str, Fields] = {}
    for n, (rate, mean) in enumerate(zip(arrivals, services, strict=True)):
        step = {"R": "desk", "work": exponential(mean), **({"response_hours": limits[n]} if limits else {})}
        processes[f"class{n}"] = {
            "demand": poisson(rate),
            "steps": {"serve": step},
            "urgent_share": urgent[n] if urgent else 0.0,
        }
    return neutral("ruled", window, {"desk": {"staff": 1}}, processes, levers=levers)


def changing_customers(arrivals: float, window: Window, span: float, levers: Mapping[str, float]) -> Scenario:
    """Return people whom nobody waits for, with cases that take longer than customers want, who change their mind.

    Parameters
    ----------
    arrivals : float
        Cases per hour.
    window : Window
        How long it runs.
    span : float
        Hours from arrival to date.
    levers : mapping
        How often customers change their mind, and when that is refused.
    """
    step = {"R": "desk", "work": 2.0 * span, "changeable": True}
    return neutral(
        "changes",
        window,
        {"desk": {"staff": MANY}},
        {"case": {"demand": poisson(arrivals), "steps": {"serve": step}, "target_days": span / DAY}},
        levers=levers,
    )


def complained_of(arrivals: float, window: Window, target: float, late: float, defective: float) -> Scenario:
    """Return M/M/1 whose cases all end with a defect, and whose customers complain of that, and of lateness, elsewhere.

    Parameters
    ----------
    arrivals : float
        Cases per hour.
    window : Window
        How long it runs.
    target : float
        Hours from arrival within which the customer wants it.
    late, defective : float
        Shares of customers who complain of either.
    """
    order: Fields = {
        "demand": poisson(arrivals),
        "target_days": target / DAY,
        "steps": {"note": {"R": "clerk", "work": 0.0}, "serve": {"R": "desk", "work": exponential(1.0)}},
        "complains": {"process": "complaint", "late": late, "defective": defective},
    }
    complaint: Fields = {"demand": {"per_week": 0.0}, "steps": {"hear": {"R": "clerk", "work": exponential(4.0)}}}
    departments: dict[str, Fields] = {"desk": {"staff": 1}, "clerk": {"staff": MANY}}
    processes = {"order": order, "complaint": complaint}
    return neutral(
        "complaints", window, departments, processes, levers=GARBLED, more={"relations": {"understanding": 0.0}}
    )


def released(arrivals: float, window: Window, apart: float, cut_off: float) -> Scenario:
    """Return cases that take no time, and wait for a release all the same.

    Parameters
    ----------
    arrivals : float
        Cases per hour.
    window : Window
        How long it runs.
    apart, cut_off : float
        Hours from one release to the next, and from the cut-off to the release.
    """
    release = {"items": ["case"], "every_days": apart / DAY, "cut_off_days": cut_off / DAY}
    process = {"demand": poisson(arrivals), "steps": {"serve": {"R": "desk", "work": 0.0}}}
    return neutral(
        "releases", window, {"desk": {"staff": MANY}}, {"case": process}, more={"releases": {"train": release}}
    )


def feedback_station(arrivals: float, again: float, window: Window) -> Scenario:
    """Return one person whose cases come back with probability `again`, with new work each time."""
    step: Fields = {"R": "desk", "work": exponential(1.0), "next": {"serve": again} if again else {}}
    return station(arrivals, window, process={"steps": {"serve": step}})


def open_network(network: OpenNetwork, window: Window) -> Scenario:
    """Return an open Jackson network: Markov routing between departments ``d0``, ``d1``, ..."""
    total = sum(network.arrivals)
    names = [f"d{index}" for index in range(len(network.services))]
    steps = {
        f"s{index}": {"R": names[index], "work": exponential(network.services[index]), "next": _row(row)}
        for index, row in enumerate(network.routing)
    }
    process = {"demand": poisson(total), "steps": steps, "start": _row([rate / total for rate in network.arrivals])}
    departments = {name: {"staff": people} for name, people in zip(names, network.servers, strict=True)}
    return neutral("open_network", window, departments, {"case": process})


def _row(chances: Sequence[float]) -> dict[str, float]:
    return {f"s{index}": chance for index, chance in enumerate(chances) if chance > 0.0}


def tandem(arrivals: float, back: float, window: Window, *, stations: int = 4) -> Scenario:
    """Return single servers in a row, each but the first sending a case one step back with probability `back`."""
    routing = tuple(tuple(row) for row in tandem_routing(stations, back))
    outside = (arrivals, *[0.0] * (stations - 1))
    return open_network(OpenNetwork(outside, routing, (1.0,) * stations, (1,) * stations), window)


def handover(arrivals: float, window: Window, levers: Mapping[str, float]) -> Scenario:
    """Return two steps in two large departments, so that the only wait is for the hand-over between them."""
    steps = {name: {"R": name, "work": exponential(1.0)} for name in ("first", "second")}
    departments = {name: {"staff": MANY} for name in steps}
    process = {"demand": poisson(arrivals), "steps": steps}
    return neutral("handover", window, departments, {"case": process}, levers=levers)


def fork_join(arrivals: float, branches: int, window: Window) -> Scenario:
    """Return a large department whose cases need several steps at once and end when all are done."""
    parallel = [f"branch{index}" for index in range(branches)]
    step: Fields = {"R": "desk", "work": exponential(1.0)}
    steps = {"open": {"R": "desk", "work": 0.0}, **{name: {**step, "needs": ["open"]} for name in parallel}}
    steps["close"] = {"R": "desk", "work": 0.0, "needs": parallel}
    return station(arrivals, window, servers=MANY, process={"steps": steps})


def consultation(
    arrivals: float,
    window: Window,
    *,
    experts: int = 1,
    staff: int = 1,
    answer: object = None,
    levers: Mapping[str, float] | None = None,
    more: Fields | None = None,
) -> Scenario:
    """Return a large department that asks every one of `experts` other departments before it works on a case.

    Parameters
    ----------
    arrivals : float
        Cases per hour.
    window : Window
        How long it runs.
    experts, staff : int
        Departments asked, and people in each.
    answer : optional
        Hours of work of an answer as a file writes them; by default exponential with mean 1.
    levers, more : mapping, optional
        Levers beside full adherence, and other fields of the file.
    """
    asked = [f"expert{index}" for index in range(experts)]
    departments: dict[str, Fields] = {"desk": {"staff": MANY}, **{name: {"staff": staff} for name in asked}}
    step = {"R": "desk", "work": exponential(1.0), "C": asked}
    work = {"consult": exponential(1.0) if answer is None else answer}
    return neutral(
        "consultation",
        window,
        departments,
        {"case": {"demand": poisson(arrivals), "steps": {"serve": step}}},
        levers={"adherence": 1.0, **(levers or {})},
        more={"coordination_work": work, **(more or {})},
    )


def answered_in_meetings(arrivals: float, window: Window, every_weeks: int) -> Scenario:
    """Return a large department whose questions wait for a meeting on a Monday, once in so many weeks."""
    meeting: Fields = {"at": 9.0, "days": ["mon"], "every_weeks": every_weeks, "minutes": 60.0, "staff_share": 0.01}
    held: Fields = {"kind": "custom", "meets": [{**meeting, "news_minutes": 0.0, "item_minutes": 0.1}]}
    whole: Fields = {"adoption": {"fidelity": 1.0, "ramp_weeks": 0.0}}
    return consultation(
        arrivals,
        window,
        answer=0.0,
        levers={"answer_latency": UNNOTICED},
        more={"interventions": [{**held, **whole}]},
    )


def neighbors(arrivals: float, window: Window) -> Scenario:
    """Return two departments of one person each, who can do all of each other's work, and do when they have none."""
    work = {"demand": poisson(arrivals)}
    processes = {name: {**work, "steps": {"serve": {"R": name, "work": exponential(1.0)}}} for name in ("desk", "yard")}
    pairs = [{"from": "desk", "to": "yard", "distance": 0.0}]
    levers = {"cross_training": 1.0, "help_rule": 1.0}
    departments: dict[str, Fields] = {name: {"staff": 1} for name in processes}
    return neutral("neighbors", window, departments, processes, levers=levers, more={"relations": {"pairs": pairs}})


def teams(people: int, pair_load: float, window: Window) -> Scenario:
    """Return departments of so many people in teams of every size, with a piece of work each."""
    sizes = {f"by_{size}": size for size in range(2, people + 1)}
    departments = {name: {"staff": people, "levers": {"team_size": size}} for name, size in sizes.items()}
    work = {"demand": {"at": [0.0]}}
    processes = {name: {**work, "steps": {"do": {"R": name, "work": 10.0}}} for name in sizes}
    return neutral("teams", window, departments, processes, levers={"pair_load": pair_load})


def contested(arrivals: float, disputed: float, window: Window) -> Scenario:
    """Return two large departments that pass work to each other, each time with probability `disputed`."""
    step = {"R": "left", "work": exponential(1.0), "contested_by": ["left", "right"]}
    return neutral(
        "contested",
        window,
        {"left": {"staff": MANY}, "right": {"staff": MANY}},
        {"case": {"demand": poisson(arrivals), "steps": {"serve": step}}},
        levers={"ambiguity": 1.0, "misrouting": 1.0, "clarity": 1.0 - disputed},
    )


def project(hours: Mapping[str, float], needs: Mapping[str, Sequence[str]], window: Window) -> Scenario:
    """Return one dated project with fixed hours, a person for every step and no friction."""
    steps = {name: {"R": name, "work": length, "needs": list(needs.get(name, ()))} for name, length in hours.items()}
    departments: dict[str, Fields] = {name: {"staff": 1} for name in hours}
    return neutral("project", window, departments, {"project": {"demand": {"at": [0.0]}, "steps": steps}})
