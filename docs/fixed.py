"""The numbers that are fixed in the code: what is assumed stands in the model's table, what is not says why.

`docs/generate.py` writes the table; `tests/docs` walks through the code and finds whatever is missing here.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Fixed:
    """A number of the model: in which module, by what name, what it is, in what unit, how well it is known."""

    module: str
    name: str
    what: str
    unit: str
    grade: str = "assumption"

    @property
    def value(self) -> Any:
        """What the code says."""
        return getattr(import_module(self.module), self.name)


MECHANISMS = "sim.kernel.mechanisms"

FIXED = (
    Fixed(f"{MECHANISMS}.conflict", "GRAVE", "weight of a friction, for trust and conflict: work sent back, a "
          "deadline missed, or goods missing", "factor"),
    Fixed(f"{MECHANISMS}.conflict", "LIGHT", "the same of a dispute, a broken agreement on answers, a refusal",
          "factor"),
    Fixed(f"{MECHANISMS}.attainment", "SHORTFALL", "*shortfall*: what own KPIs lack where goal displacement is at its "
          "full", "share"),
    Fixed("sim.vocab", "LOOK_BACK", "*look back*: whole weeks over which departments see how far their KPIs were met",
          "weeks"),
    Fixed(f"{MECHANISMS}.people", "SURVEYED", "*surveyed*: hours of conflict a head and week at which, at a strain of "
          "1, as many again leave (CPP 2008, self-report)", "hours"),
    Fixed(f"{MECHANISMS}.people", "BUSY", "*busy*: load from which on it makes people leave", "share"),
    Fixed(f"{MECHANISMS}.people", "LACKS", "*lacks*: share of the speed of others that newcomers lack when they come",
          "share"),
    Fixed(f"{MECHANISMS}.people", "YEAR", "days of a year in which people leave", "days", "convention"),
    Fixed("sim.spec.process", "YEAR", "days of a year in which cases come so often", "days", "convention"),
    Fixed("sim.kernel.people", "VACANCY_WEEKS", "*vacancy*: time until somebody comes for who has left by himself",
          "weeks"),
    Fixed(f"{MECHANISMS}.consultation", "KNOWN", "*known*: of what the asked would have said, what full understanding "
          "makes up for", "share"),
    Fixed(f"{MECHANISMS}.handover", "CALLED", "*called*: part of a tier's limit in which a superior notices what the "
          "path sends up, on average and before the cut at the limit", "share"),
    Fixed(f"{MECHANISMS}.handover", "WATCHED", "*watched*: part of an agreed response time in which a question under "
          "it is noticed, on average and before the cut at the limit", "share"),
    Fixed(f"{MECHANISMS}.teams", "TOGETHER", "*together*: least understanding between departments of people in one "
          "team", "share"),
    Fixed("sim.vocab", "BETWEEN_TEAMS", "*between*: working time that each further team of a department takes from "
          "everybody in it", "share"),
    Fixed("sim.vocab", "LEAST_PRODUCTIVITY", "least productivity, whatever meetings and overhead take", "share"),
    Fixed(f"{MECHANISMS}.trust", "MOST_GAINED", "most that one dealing, or one day of contact, closes of the trust "
          "that is missing", "share", "convention"),
    Fixed(f"{MECHANISMS}.trust", "MOST_LOST", "most that one dealing takes of trust", "share", "convention"),
    Fixed(f"{MECHANISMS}.priority", "CLASS", "head start of urgent cases under the rule `strict`: longer than any run",
          "hours", "convention"),
    Fixed(f"{MECHANISMS}.changes", "CORE", "*core*: changes that are accepted however late they come", "share"),
    Fixed("sim.money", "REFUSED", "*refused*: value that a case loses with every change that is refused", "share"),
    Fixed("sim.kernel.watching", "LOOK", "*look*: share of the customer's time after which a watched case is looked at",
          "share"),
    Fixed("sim.compile.assemble", "CALL", "*call*: time, times the pace, that a call about an urgent matter takes from "
          "each side", "hours"),
    Fixed("sim.compile.assemble", "FULL_DESK", "work a head, times the pace, that waits where speed under load and "
          "refusals are at their full", "hours"),
    Fixed("sim.compile.assemble", "HELP_FROM", "*long*: work a head, times the pace, from which others help without a "
          "rule", "hours"),
    Fixed("sim.compile.assemble", "LOOK_UP", "work, times the pace, of looking up an answer instead of asking for it",
          "hours"),
    Fixed("sim.compile.assemble", "SIGNATURE_HOURS", "*each*, times the pace: what a signature weighs", "hours"),
    Fixed("sim.compile.assemble", "STANDSTILL", "*standstill*: work, times the pace, that one person loses where goods "
          "are missing", "hours"),
    Fixed(f"{MECHANISMS}.supply", "CONFIRMED", "*confirmed*: shortages that a confirmation in full brings to light in "
          "time", "share"),
    Fixed("sim.compile.changes", "CROWD", "*crowd*: people up to which a meeting is fully useful; beyond, the square "
          "root of crowd over people (after Stray, Moe and Bergersen 2017)", "people"),
    Fixed("sim.compile.links", "USUAL", "*usual*: dealings, over the pace, at which a step of trust or understanding "
          "is the lever's own", "a week"),
    Fixed("sim.compile.links", "LEAST", "*least*: lower bound of the norm of steps", "factor"),
    Fixed("sim.compile.links", "MOST", "*most*: upper bound of the norm of steps", "factor"),
    Fixed("sim.interventions.parts", "FULL_WEEK", "what one person works in a week, of which what an intervention "
          "costs is a share", "hours", "convention"),
    Fixed("sim.interventions.parts", "LIVED", "requests for which an agreed rule (path, ownership, response time) is "
          "followed where it is lived in full", "share"),
    Fixed("sim.interventions.goals.shared_kpi", "HALF_WAY", "shared KPIs: variable pay that closes half of what "
          "`alignment` lacks", "share"),
    Fixed("sim.interventions.goals.shared_kpi", "ROOT", "shared KPIs: with more than two sharers times the root of "
          "this degree of 2 over sharers", "degree"),
    Fixed("sim.interventions.lasting.collaboration_score", "HALF_WAY", "collaboration score: share of the appraisal at "
          "which helping others counts half as much as one's own work", "share"),
    Fixed("sim.interventions.meetings.monthly_retrospective", "LOOK_BACK", "retrospective: length that finds "
          "all that those present can mend",
          "minutes"),
    Fixed("sim.interventions.meetings.monthly_retrospective", "LOOK_EVERY", "retrospective: time from one "
          "to the next with that length",
          "weeks"),
    Fixed("sim.interventions.rules.sop", "PAGES_A_FORM", "standard process: length for which there usually is a form",
          "pages"),
    Fixed("sim.interventions.rules.sop", "PAGES_A_SIGNATURE", "standard process: length from which on there usually is "
          "another signature", "pages"),
    Fixed("sim.interventions.rules.sop", "MOST_SIGNATURES", "standard process: most signatures that there usually are",
          "count"),
    Fixed("sim.spec.pace", "PROMPT", "time within which an answer is prompt at a pace of 1", "hours", "convention"),
    Fixed("sim.scenario.dealings", "SMALL", "*small*: steps of a process up to which any two who may hold one may "
          "meet over rework", "steps", "convention"),
    Fixed("sim.scenario.window", "SPANS", "longest targets that the tail lasts where a scenario says nothing",
          "targets", "convention"),
    Fixed("sim.scenario.window", "LEAST", "least length of that tail", "weeks", "convention"),
    Fixed("sim.scenario.window", "MOST", "most length of that tail", "weeks", "convention"),
)  # fmt: skip
"""What the model assumes, in the order of the table."""

OPENS = "OPENS"
"""Rows that a handler of the kernel opens at most, whichever it is."""

TECHNICAL = {
    "sim.interventions.grounds": "organizations that have a problem; they stand in docs/interventions",
    "sim.interventions.needs.ROUNDED": "rounding of people",
    "sim.interventions.shapes": "usual ways to take hold; they stand in docs/interventions",
    "sim.compile.basics": "how finely distributions are tabulated",
    "sim.compile.identities": "bits of an address",
    "sim.compile.links.FEW_POOLS": "up to where links are looked up rather than searched for",
    "sim.compile.processes": "rounding of shares",
    "sim.kernel.advance": "room for rows, and a moment before the first midnight",
    "sim.kernel.calendars": "rounding of times, and the ends of a week",
    "sim.kernel.complaints": "names of what a complaint is about",
    "sim.kernel.defects": "name of a kind of defect",
    "sim.kernel.disputes": "bits of counters, and names of what was decided",
    "sim.kernel.demand": "places in lists",
    "sim.kernel.draws": "arithmetic of random numbers, and the approximation of normal quantiles",
    "sim.kernel.flow": "bits of a set of steps",
    "sim.kernel.heap": "bits of a rank",
    "sim.kernel.ledger": "bits and numbers of cells",
    "sim.kernel.log": "kinds of lines and room for them",
    "sim.kernel.machine": "first sizes of tables",
    "sim.kernel.mechanisms.handover.MOMENT": "stands for a limit of no hours, where 0 means that there is none",
    "sim.kernel.mechanisms.helping.ROUNDED": "rounding of people",
    "sim.kernel.meetings": "days until the same weekday at the latest",
    "sim.kernel.own": "names and addresses",
    "sim.kernel.queues": "names of places in a queue",
    "sim.kernel.people.COMES": "name of what happens",
    "sim.kernel.people.WHOLE": "fineness of a sum",
    "sim.kernel.people.LEAVERS": "name of a stream",
    "sim.kernel.people.NIGHT": "bits of an address",
    "sim.kernel.routes": "how routes are searched",
    "sim.kernel.recent": "days of a week",
    "sim.kernel.reflection": "places in lists",
    "sim.kernel.repair": "places in lists",
    "sim.kernel.releases": "names of moments",
    "sim.kernel.requests": "numbers of stages",
}
"""Modules, or single names, whose numbers assume nothing about an organization, and what they are instead."""
