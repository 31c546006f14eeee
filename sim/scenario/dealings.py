"""Who deals with whom: every pair that a role, hand-over, contest or escalation brings together, and how often."""

import math
from collections.abc import Iterable

from sim.spec.organization import Organization
from sim.spec.process import Process, Step, routing
from sim.spec.releases import releases_a_week
from sim.spec.traffic import returns, visits

SMALL = 60
"""Up to so many steps, any two holders of a Markov process may meet over rework; beyond, only those who hand over."""


class Dealings:
    """Who deals with whom, how often a week judged by response time, and how often at all."""

    def __init__(self) -> None:
        self.judged: dict[tuple[str, str], float] = {}
        self.contacts: dict[tuple[str, str], float] = {}

    def may_meet(self, i: str, j: str) -> None:
        """Note that `i` and `j` may come to deal with each other; both directions get a link."""
        if i != j:
            for pair in ((i, j), (j, i)):
                self.judged.setdefault(pair, 0.0)
                self.contacts.setdefault(pair, 0.0)

    def asks(self, i: str, j: str, weekly: float, judged: bool) -> None:
        """Note that `i` asks `j` so many times a week, judged by response time or not."""
        if i != j:
            self.may_meet(i, j)
            self.judged[i, j] += weekly if judged else 0.0
            self.contacts[i, j] += weekly
            self.contacts[j, i] += weekly

    def within(self, members: Iterable[str], weekly: float = 0.0) -> None:
        """Note that any two of these departments may come to deal with each other, so often a week in all."""
        unique = sorted(set(members))
        share = weekly / max(1, len(unique) * (len(unique) - 1))
        for i in unique:
            for j in unique:
                self.asks(i, j, share, judged=False)


def holders(step: Step, management: str | None) -> list[str]:
    """Return the departments that may come to hold a step."""
    found = [step.R, *step.contested_by]
    if step.contested_by and management is not None:
        found.append(management)
    return found


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


def _back(process: Process, rate: float) -> dict[tuple[str, str], float]:
    """Return how often a week each step of a graph sends back to which."""
    found = {}
    for name, times in (returns(process) if not process.markov else {}).items():
        back = process.steps[name].sends_back
        if back is not None:
            found[name, back.to] = rate * times * process.steps[name].probability
    return found


def _of_process(pairs: Dealings, process: Process, rate: float, management: str | None) -> None:
    often = visits(process)
    held = {name: holders(step, management) for name, step in process.steps.items()}
    before = _before(process)
    back = _back(process, rate)
    for name, step in process.steps.items():
        handed = rate * often[name] - math.fsum(weekly for (_, to), weekly in back.items() if to == name)
        for earlier in before[name]:
            share = handed / max(1, len(before[name]))
            pairs.asks(process.steps[earlier].R, step.R, share, judged=step.response_hours is not None)
            for i in held[earlier]:
                for j in held[name]:
                    pairs.may_meet(i, j)
        weekly = rate * often[name]
        if step.contested_by:
            pairs.within((step.R, *step.contested_by), weekly)  # management only where it is called for
        questioned = (*step.C, *([step.A] if step.A else []))
        for asked in questioned:
            pairs.asks(step.R, asked, weekly, judged=True)
        for other in (*questioned, *step.I):
            for i in held[name]:
                pairs.may_meet(i, other)
    for (name, to), weekly in back.items():
        judged = process.steps[to].response_hours is not None
        pairs.asks(process.steps[name].R, process.steps[to].R, weekly, judged=judged)
        for i in held[name]:
            for j in held[to]:
                pairs.may_meet(i, j)
    if len(process.steps) <= SMALL:
        pairs.within(d for members in held.values() for d in members)


def dealings_of(organization: Organization) -> Dealings:
    """Return who deals with whom, with how often a week the first is planned to ask the second."""
    pairs = Dealings()
    for name, process in organization.processes.items():
        rate = process.demand.weekly + releases_a_week(organization.releases, name)
        _of_process(pairs, process, rate, organization.management)
    if organization.management is not None:
        for name in organization.departments:
            pairs.may_meet(name, organization.management)
    return pairs


def planned_traffic(organization: Organization) -> dict[tuple[str, str], float]:
    """Return how often a week any two are planned to deal with each other, in either direction together.

    Parameters
    ----------
    organization
        An organization, or a scenario.

    Returns
    -------
    dict
        By pairs of departments and approvers (``sales.director``), the one that stands first in the file first; pairs
        that are not planned to deal with each other are left out. The table ``relations`` has the same as ``planned``.

    Examples
    --------
    >>> from sim.scenario.dealings import planned_traffic
    >>> round(planned_traffic(sim.load("order_delivery"))["sales", "sales.director"])
    24
    """
    place = {name: index for index, name in enumerate(organization.pools())}
    met = dealings_of(organization).contacts
    pairs = [pair for pair, weekly in met.items() if weekly > 0.0 and place[pair[0]] < place[pair[1]]]
    return {pair: met[pair] for pair in sorted(pairs, key=lambda pair: (place[pair[0]], place[pair[1]]))}
