"""Processes and steps as rows: roles, needs as bits, routes as cumulative probabilities."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.compile.basics import Basics, fill, identity
from sim.compile.releases import numbered
from sim.compile.shocks import failures_of, wrong_of
from sim.kernel import layout
from sim.kernel.opens import Times
from sim.scenario import Scenario
from sim.scenario.holidays import openings, target_openings
from sim.scenario.seasons import pieces
from sim.spec.distributions import Work
from sim.spec.process import END, External, Process, Step, done_again
from sim.vocab import DAY, WEEK

Route = tuple[float, int, int]

NO_END = 2**62
"""Rounds after which a step sends nothing back where nobody says so."""


def in_order_of_needs(process: Process) -> list[str]:
    """Return the steps so that each comes after all it needs; otherwise in the order of the file."""
    if process.markov:
        return list(process.steps)
    needs = process.predecessors()
    done: dict[str, None] = {}
    while len(done) < len(needs):
        done |= {next(name for name in needs if name not in done and all(one in done for one in needs[name])): None}
    return list(done)


def _cumulative(
    shares: Mapping[str, float], first: int, places: Mapping[str, int], waits: Mapping[str, int]
) -> list[Route]:
    """Return where chance leads, as cumulative probabilities, with the wait before; leaving is what remains."""
    total = 0.0
    routes = []
    for name, share in shares.items():
        if name != END and share > 0.0:
            total += share
            routes.append((total, first + places[name], waits.get(name, -1)))
    if routes and abs(total - 1.0) < 1e-9:
        routes[-1] = (1.0, *routes[-1][1:])
    return routes


class Processes:
    """Builds the tables of processes, steps and routes."""

    def __init__(self, organization: Scenario, rows: Mapping[str, int], basics: Basics) -> None:
        self.organization = organization
        self.weeks = organization.weeks  # takes a look at every process
        self.rows = rows
        self.basics = basics
        self.routes: list[Route] = []
        self.step_names: list[tuple[str, str]] = []
        self.processes = np.zeros(len(organization.processes), layout.PROCESS)
        self.steps = np.zeros(sum(len(process.steps) for process in organization.processes.values()), layout.STEP)
        for k, (name, process) in enumerate(organization.processes.items()):
            self._process(k, name, process)

    def _process(self, k: int, name: str, process: Process) -> None:
        first, flows = len(self.step_names), list(self.organization.processes)
        order = in_order_of_needs(process)
        places = {step: place for place, step in enumerate(order)}
        starts = _cumulative(process.first_steps(), first, places, {}) if process.markov else []
        fill(self.processes[k], starts=len(self.routes), n_starts=len(starts))
        self.routes.extend(starts)
        front = process.steps[next(iter(process.first_steps())) if process.markov else order[0]].R
        demand = process.demand
        begin, end = self.organization.window
        dates = demand.dates(-begin, self.weeks * WEEK - begin)
        calendar = openings(self.organization, demand.during)
        promise = process.promise
        rides, works = numbered(self.organization.releases)
        spread = Work.lognormal(1.0, (np.exp(process.complexity**2) - 1.0) ** 0.5) if process.complexity > 0 else None
        fill(
            self.processes[k],
            id=identity(name),
            first_step=first,
            n_steps=len(order),
            markov=process.markov,
            front=self.rows[front],
            calendar=self.basics.calendar(calendar),
            complexity=self.basics.work(spread or Work.deterministic(1.0)),
            dates=len(self.basics.numbers),
            n_dates=len(dates),
            promises=promise is not None,
            milestones=sum(step.due_days is not None for step in process.steps.values()),
            scalable=any(step.scalable for step in process.steps.values()),
            preventable=process.preventable,
            teams=process.teams,
            changeable=any(step.changeable for step in process.steps.values()),
            returns=any(step.sends_back is not None for step in process.steps.values()),
            complains=-1 if process.complains is None else flows.index(process.complains.process),
            complains_late=process.complains.late if process.complains else 0.0,
            complains_faulty=process.complains.defective if process.complains else 0.0,
            release=rides.get(name, -1),
            works_for=works.get(name, -1),
            served_by=first + places[process.served_by] if process.served_by else -1,
            rate=(demand.per_week or 0.0) / calendar.a_week,
            urgent_share=process.urgent_share,
            value=process.value,
            standard=promise.standard_days * DAY if promise else 0.0,
            elasticity=promise.elasticity if promise else 0.0,
            target=process.target or 0.0,
            target_calendar=self.basics.calendar(target_openings(self.organization, process)),
            mapped_from=begin,
            mapped_to=end,
            all=0 if process.markov else (1 << len(order)) - 1,
        )
        self.basics.numbers.extend(begin + time for time in dates)
        surges = pieces(self.organization, name)
        fill(self.processes[k], surges=len(self.basics.numbers), n_surges=len(surges))
        self.basics.numbers.extend(number for piece in surges for number in piece)
        members = dict.fromkeys(self.rows[step.R] for step in process.steps.values())
        start, n = self.basics.listed(list(members))
        fill(self.processes[k], members=start, n_members=n)
        needs = {} if process.markov else process.predecessors()
        for step in order:
            self._step(k, name, step, process.steps[step], places, sum(1 << places[one] for one in needs.get(step, ())))

    def _step(self, k: int, process: str, name: str, step: Step, places: Mapping[str, int], need: int) -> None:
        row = self.steps[len(self.step_names)]
        first = len(self.step_names) - places[name]
        self.step_names.append((process, name))
        waits = self._waits(step)
        routes = _cumulative(step.next or {}, first, places, waits)
        for field, roles in (
            ("consults", step.C),
            ("informs", step.I),
            ("contestants", self._contestants(step)),
        ):
            start, n = self.basics.listed([self.rows[role] for role in roles])
            fill(row, **{field: start, f"n_{field}": n})
        fill(row, routes=len(self.routes), n_routes=len(routes))
        self.routes.extend(routes)
        failures = failures_of(self.organization, process, name) if step.external else []
        fill(row, failures=len(self.basics.numbers), n_failures=len(failures))
        self.basics.numbers.extend(number for piece in failures for number in piece)
        wrong = wrong_of(self.organization, process, name)
        fill(row, wrong=len(self.basics.numbers), n_wrong=len(wrong), supplied=step.short > 0.0 or len(wrong) > 0)
        self.basics.numbers.extend(number for piece in wrong for number in piece)
        external = step.external
        if step.sends_back is not None:
            again = done_again(self.organization.processes[process], name)
            most = NO_END if step.sends_back.at_most is None else step.sends_back.at_most
            fill(row, redo=sum(1 << places[one] for one in again), back_to=first + places[step.sends_back.to])
            fill(row, back=step.sends_back.share, back_most=most)
        fill(
            row,
            id=identity(process, name),
            need=need,
            process=k,
            place=places[name] % 64,
            dept=self.rows[step.R],
            approver=self.rows[step.A] if step.A else -1,
            work=self.basics.work(step.work),
            external=self.basics.work(external.work) if external else -1,
            external_last=waits.get(END, -1),
            by_next=len(waits) > 0,
            external_calendar=self._clock_outside(external) if external else 0,
            commitment=step.commitment,
            ambiguity=step.ambiguity,
            novelty=step.novelty,
            inspection=step.inspection,
            changeable=step.changeable,
            probability=step.probability,
            short=step.short,
            short_wait=self.basics.work(step.short_wait) if step.short_wait else -1,
            response=step.response_hours or 0.0,
            due=(step.due_days or 0.0) * DAY,
            routine=step.routine,
            scalable=step.scalable,
        )

    def _clock_outside(self, external: External) -> int:
        calendar = self.organization.calendar(external.calendar)
        return self.basics.calendar(
            openings(self.organization, external.calendar), calendar.pieces if calendar.weights else ()
        )

    def _waits(self, step: Step) -> dict[str, int]:
        """Return the row of the wait before each next step, where it depends on that."""
        if step.external is None or not step.external.by_next:
            return {}
        usual, by_next = step.external.work, step.external.by_next
        return {name: self.basics.work(by_next.get(name, usual)) for name in (*(step.next or {}), END)}

    def _contestants(self, step: Step) -> tuple[str, ...]:
        return tuple(dict.fromkeys((step.R, *step.contested_by)))

    def tables(self) -> dict[str, Any]:
        """Return the finished tables."""
        routes = np.zeros(max(1, len(self.routes)), layout.ROUTE)
        for i, route in enumerate(self.routes):
            routes[i] = route
        return {"processes": self.processes, "steps": self.steps, "routes": routes}

    def visits(self) -> dict[Times, int]:
        """Return how often in one stage handlers are visited at most, as far as processes decide it."""
        graphs = [len(process.steps) for process in self.organization.processes.values() if not process.markov]
        asked, told = (int(self.steps[name].max()) for name in ("n_consults", "n_informs"))
        return {"once": 1, "branches": max(graphs, default=1), "asked": asked, "told": told}
