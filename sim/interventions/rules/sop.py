"""Standard process (SOP): a matter takes one written way, with a time for every step."""

import math
from typing import Annotated, Any, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Forms, Minutes, OnceHours, Signed
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Evidence, Expectation, MinutesAWeek
from sim.spec.base import Reference, Share, number
from sim.spec.organization import Organization
from sim.spec.process import Process, Step

PAGES_A_FORM, PAGES_A_SIGNATURE, MOST_SIGNATURES = 3.0, 5.0, 2.0
"""For how many pages there usually is a form, from how many on another signature, and how many signatures there usually
are at most: a procedure of ten pages with three forms and two signatures."""

Limit = Annotated[float, number(0.0, 2000.0, above=True)] | None


class Sop(Intervention):
    """A standard process is written down, with forms, signatures and response times.

    What people do: they write down who does what in which step, what is handed over, and by when; everybody follows the
    pages, fills in the forms and has results signed by management. What follows: with more pages more of what happens
    is covered, each page adding less than the one before; and every page, form and signature is time at each hand-over.
    People who do not put up with that (`tolerance` of the organization) go round the procedure, and then neither its
    price nor its benefit is left. Response times of steps are kept where a step has some: those that the scenario says,
    or the times that are stated here (preset `complaint`: recorded within 1 hour, answered in 2, solved in 4, called
    back after 24), which the steps of the process then have during the whole run; so such a one has no dates. What the
    pages say about content is not modeled, nor telling customers of a delay.
    """

    kind: Literal["sop"] = "sop"
    pages: Annotated[float, number(0.0, 200.0)] = 2.0
    """How long it is, in pages."""
    forms: Annotated[float, number(0.0, 100.0)] | None = None
    """Forms that every hand-over takes; empty = one for every three pages."""
    signatures: Annotated[float, number(0.0, 20.0)] | None = None
    """Further signatures by management on every result; empty = one for every five whole pages, two at most."""
    clarity: Share = 0.6
    """Share of the missing clarity that a procedure which covers everything brings when lived."""
    documents: Share = 0.5
    """Share of the misreadings that papers do not prevent yet that such a procedure prevents."""
    adherence: Share = 0.5
    """Share of the skipped roles that are observed with such a procedure."""
    in_time: Share = 0.8
    """Share of the work at steps with a response time for which it is kept with such a procedure."""
    page_minutes: Annotated[float, number(0.0, 60.0)] = 3.0
    """Minutes at every hand-over, at a pace of 1, that doing what a page says takes."""
    form_minutes: Annotated[float, number(0.0, 240.0)] = 6.0
    """Minutes at every hand-over, at a pace of 1, that a form takes."""
    record_hours: Limit = None
    """Response time of first steps, in open hours; empty = as the scenario says."""
    answer_hours: Limit = None
    """Open hours within which questions and approvals are answered; empty = nothing is agreed."""
    solve_hours: Limit = None
    """Response time of the steps between the first and the last, in open hours; empty = as the scenario says."""
    call_back_hours: Limit = None
    """Response time of last steps, in open hours; empty = as the scenario says."""
    process: Reference | None = None
    """The process whose steps have these times; empty = those in which it can be argued whose task it is."""
    page_hours: Annotated[float, number(0.0, 40.0)] = 2.0
    """Hours of everybody to agree on a page and learn it, once."""
    interruption_minutes: MinutesAWeek = 15.0
    """Minutes a week per person, where questions are answered within a time."""

    table: ClassVar[tuple[Row, ...]] = (
        Move("clarity", 1.0, share="clearer"),
        Move("documents", 1.0, share="written"),
        Move("adherence", 1.0, share="observed"),
        Move("step_agreement", 1.0, share="kept"),
        Move("agreement", 1.0, share="kept", given="answer_hours"),
        Move("agreement_hours", "answer_hours", given="answer_hours"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (
        OnceHours("learning_hours"),
        Forms("minutes"),
        Signed("signed"),
        Minutes("interruptions"),
    )
    answers: ClassVar[tuple[str, ...]] = ("nobody_responsible", "misread", "waiting")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "trial",
            "Tam et al. 2018; Jorro-Baron et al. 2021, cluster-randomized",
            "hand-overs were more complete, adverse events no fewer",
        ),
        Evidence("before/after", "Starmer et al. 2014, 9 hospitals", "structured hand-offs: errors -23 %"),
        Evidence("before/after", "Urbach et al. 2014, 101 hospitals", "mandated checklists: about no effect"),
        Evidence("assumption", "no number found", "how much a page covers, and what it takes at a hand-over"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (
        Expectation("bounces_per_100", "down"),
        Expectation("rework_share", "down"),
    )
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "complaint": {"record_hours": 1.0, "answer_hours": 2.0, "solve_hours": 4.0, "call_back_hours": 24.0},
    }

    @property
    def coverage(self) -> float:
        """Share of what happens that the pages cover: half after 1.4 pages, nearly all after ten."""
        return 1.0 - math.exp(-self.pages / 2.0)

    @property
    def clearer(self) -> float:
        """Share of the missing clarity that so many pages bring."""
        return self.clarity * self.coverage

    @property
    def written(self) -> float:
        """Share of the misreadings that so many pages prevent."""
        return self.documents * self.coverage

    @property
    def observed(self) -> float:
        """Share of the skipped roles that so many pages mend."""
        return self.adherence * self.coverage

    @property
    def kept(self) -> float:
        """Share of the response times that are kept with so many pages."""
        return self.in_time * self.coverage

    @property
    def learning_hours(self) -> float:
        """Hours of everybody, once."""
        return self.page_hours * self.pages

    def minutes(self, organization: Organization) -> float:
        """Return the minutes that pages and forms take at every hand-over, at the pace of an organization."""
        forms = self.pages / PAGES_A_FORM if self.forms is None else self.forms
        hours = (self.page_minutes * self.pages + self.form_minutes * forms) / 60.0
        return 60.0 * organization.usual("form_hours", hours)

    @property
    def signed(self) -> float:
        """How many signatures every result needs."""
        usual = min(MOST_SIGNATURES, self.pages // PAGES_A_SIGNATURE)
        return usual if self.signatures is None else self.signatures

    @property
    def interruptions(self) -> float:
        """Minutes a week per person that answering in time takes."""
        return 0.0 if self.answer_hours is None else self.interruption_minutes

    @property
    def shapes(self) -> bool:
        """Whether it says response times of steps."""
        return any(one is not None for one in (self.record_hours, self.solve_hours, self.call_back_hours))

    def reshape(self, organization: Organization) -> Organization:
        """Return the organization with the stated response times; a stricter one that a step has already stays."""
        timed = {
            name: process.model_copy(update={"steps": {**process.steps, **self._timed(process, organization)}})
            for name, process in organization.processes.items()
            if self._meant(name, process)
        }
        return organization.model_copy(update={"processes": {**organization.processes, **timed}})

    def _timed(self, process: Process, organization: Organization) -> dict[str, Step]:
        """Return the steps of a process that have another response time."""
        concerned, steps = self._concerned(organization), process.steps
        usual = {name: math.inf if step.response_hours is None else step.response_hours for name, step in steps.items()}
        return {
            name: steps[name].model_copy(update={"response_hours": hours})
            for name, hours in self._times(process).items()
            if hours < usual[name] and steps[name].R in concerned
        }

    def _meant(self, name: str, process: Process) -> bool:
        """Tell whether the times are for a process."""
        contested = any(step.contested_by for step in process.steps.values())
        return contested if self.process is None else name == self.process

    def _times(self, process: Process) -> dict[str, float]:
        """Return the response times of those steps of a process for which one is stated."""
        first, going_on = _ends(process)
        times: dict[str, float] = {}
        for name in process.steps:
            later = self.solve_hours if name in going_on else self.call_back_hours
            hours = self.record_hours if name in first else later
            if hours is not None:
                times[name] = hours
        return times


def _ends(process: Process) -> tuple[set[str], set[str]]:
    """Return the steps with which a process begins, and those after which another one comes."""
    if process.markov:
        chances = {name: step.next or {} for name, step in process.steps.items()}
        return set(process.first_steps()), {name for name, ways in chances.items() if set(ways) - {"end"}}
    needs = process.predecessors()
    return {name for name in needs if not needs[name]}, {one for some in needs.values() for one in some}
