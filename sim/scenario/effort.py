"""How much happens in a run: what a replication takes time for, from all sources at once.

An event is what the simulation handles in one go: something arrives, is received, or is finished; somebody opens, a
day ends, a meeting is held. A few million of them take a second.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.interventions.own import is_own
from sim.scenario.notes import Notes
from sim.scenario.shocks import planned_cases
from sim.scenario.workload import planned_loads
from sim.spec.findings import Path
from sim.spec.organization import Organization
from sim.spec.traffic import visits
from sim.vocab import DAY, WEEK
from sim.words import Text, words

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

texts = words("checks")

MOST_EVENTS = 200_000_000
"""More than these take a replication about a minute, and memory for some ten million cases."""

REQUEST = 3.0
"""Events of a request or piece of work: it is asked for, received and finished."""

Source = tuple[Path, str, str, float]
"""A field that makes events, what they are and of what, and how many of them there are in a run."""


def check_effort(notes: Notes, scenario: "Scenario") -> None:
    """Note where more would happen in a run than anybody wants to wait for; the scenario has no errors."""
    found = too_much(scenario)
    if found is not None:
        notes.warning(*found)


def too_much(scenario: "Scenario") -> tuple[Path, Text] | None:
    """Return the field to blame and a sentence about it, where too much would happen in a run."""
    sources = list(sources_of(scenario))
    number = sum(events for *_, events in sources)
    if number <= MOST_EVENTS:
        return None
    path, what, name, _ = max(sources, key=lambda source: source[-1])
    return path, texts.MANY_EVENTS.format(
        number=float(f"{min(number, 1e15):.2g}"), what=texts.EVENTS[what].format(name=name)
    )


def sources_of(scenario: "Scenario") -> Iterator[Source]:
    """Yield everything that makes events in a run, warm-up and tail included."""
    weeks = scenario.weeks  # its tail takes a look at every process
    yield from _of_cases(scenario, weeks)
    yield from _of_own_work(scenario, weeks)
    yield from _of_time(scenario, weeks)
    for place, one in enumerate(scenario.interventions):
        if not is_own(one):
            held = sum(len(meeting.days) / meeting.every_weeks for meeting in one.meetings(scenario))
            yield ("interventions", place), "meetings", "", held * weeks * len(scenario.departments)


def _of_cases(scenario: "Scenario", weeks: float) -> Iterator[Source]:
    for name, process in scenario.processes.items():
        cases = planned_cases(scenario, scenario.shocks, name, scenario.warmup_weeks, weeks)
        requests = sum(
            often * (1 + len(step.C) + len(step.I) + (step.A is not None))
            for often, step in zip(visits(process).values(), process.steps.values(), strict=True)
        )
        yield ("processes", name, "demand"), "cases", name, cases * (1.0 + REQUEST * requests)


def _of_own_work(organization: Organization, weeks: float) -> Iterator[Source]:
    for load in planned_loads(organization):
        department = organization.departments.get(load.owner)
        if department is not None and department.own_work is not None and load.own > 0.0:
            pieces = load.own / department.own_work.size.mean * weeks
            yield ("departments", load.owner, "own_work", "size"), "own_work", load.owner, REQUEST * pieces


def _of_time(organization: Organization, weeks: float) -> Iterator[Source]:
    """Yield the ends of days and the openings of departments, which come whether there is work or not."""
    teams = organization.departments.values()
    yield ("departments",), "days", "", len(teams) * weeks * WEEK / DAY
    openings = sum(len(organization.calendar(one.calendar).intervals) for one in teams)
    yield ("departments",), "openings", "", openings * weeks
