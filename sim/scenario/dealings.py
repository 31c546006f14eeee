"""Who deals with whom: every pair that a role, hand-over, contest or escalation brings together, and how often."""

from collections.abc import Iterable

from sim.scenario.traffic import visits
from sim.spec.organization import Organization
from sim.spec.process import Process, Step, routing

SMALL = 60
"""Up to so many steps, any two holders of a Markov process may meet over rework; beyond, only those who hand over."""

Dealings = dict[tuple[str, str], float]


def holders(step: Step, management: str | None) -> list[str]:
    """Return the departments that may come to hold a step."""
    found = [step.R, *step.contested_by]
    if step.contested_by and management is not None:
        found.append(management)
    return found


def _pair(pairs: Dealings, i: str, j: str, dealings: float) -> None:
    """Note that `i` asks `j` so many times a week; both directions get a link."""
    if i != j:
        pairs[i, j] = pairs.get((i, j), 0.0) + dealings
        pairs.setdefault((j, i), 0.0)


def _within(pairs: Dealings, members: Iterable[str]) -> None:
    unique = sorted(set(members))
    for i in unique:
        for j in unique:
            _pair(pairs, i, j, 0.0)


def _before(process: Process) -> dict[str, tuple[str, ...]]:
    """Return the steps that may hand over to each step, looking through steps that can be skipped."""
    if process.markov:
        found: dict[str, list[str]] = {name: [] for name in process.steps}
        for name, step in process.steps.items():
            for follower in routing(step):
                found[follower].append(name)
        return {name: tuple(before) for name, before in found.items()}
    needs = process.predecessors()
    result: dict[str, tuple[str, ...]] = {}
    for name in process.steps:
        seen, waiting = [], list(needs[name])
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.append(one)
                if process.steps[one].probability < 1.0:
                    waiting.extend(needs[one])
        result[name] = tuple(seen)
    return result


def _of_process(pairs: Dealings, process: Process, management: str | None, weeks: float) -> None:
    rate = process.demand.weekly(weeks)
    often = visits(process)
    held = {name: holders(step, management) for name, step in process.steps.items()}
    before = _before(process)
    for name, step in process.steps.items():
        weekly = rate * often[name]
        for earlier in before[name]:
            dealings = weekly / max(1, len(before[name])) if step.response_hours else 0.0
            _pair(pairs, process.steps[earlier].R, step.R, dealings)
            for i in held[earlier]:
                for j in held[name]:
                    _pair(pairs, i, j, 0.0)
        if len(held[name]) > 1:
            _within(pairs, held[name])
        for asked in (*step.C, *([step.A] if step.A else [])):
            _pair(pairs, step.R, asked, weekly)
        for asked in (*step.C, *step.I, *([step.A] if step.A else [])):
            for i in held[name]:
                _pair(pairs, i, asked, 0.0)
    if len(process.steps) <= SMALL:
        _within(pairs, (d for members in held.values() for d in members))


def dealings_of(organization: Organization, weeks: float) -> Dealings:
    """Return the pairs that deal with each other, with how often a week the first is planned to ask the second."""
    pairs: Dealings = {}
    for process in organization.processes.values():
        _of_process(pairs, process, organization.management, weeks)
    if organization.management is not None:
        for name in organization.departments:
            _pair(pairs, name, organization.management, 0.0)
    return pairs
