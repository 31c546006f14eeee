"""What an organization must have for a lever to act in it: where that is missing, moving the lever changes nothing.

Every condition is one that the kernel asks before it looks at the lever, or one without which nothing ever comes to the
place where it looks. What is not in the table acts wherever departments deal with each other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sim.interventions.base import Intervention
from sim.interventions.parts import Edit
from sim.spec.organization import Organization
from sim.spec.process import Process, Step
from sim.spec.shocks import SupplierFailure, UrgentOrder, WrongUpdate
from sim.words import Text, words

_TEXTS = words("needs")

ROUNDED = 1e-9
"""People by which a share of them may fall short of a whole number because of rounding."""


@dataclass(frozen=True)
class Situation:
    """An organization with all interventions that are in force in it, by which a lever may act or not."""

    organization: Organization
    interventions: Sequence[Intervention] = ()
    shocks: Sequence[Any] = ()
    known: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)
    """Conditions that have been asked for."""

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """All edits that move something."""
        acting = [one for one in self.interventions if one.strength > 0.0]
        return tuple(edit for one in acting for edit in one.edits(self.organization) if edit.strength > 0.0)

    @cached_property
    def by_lever(self) -> dict[str, list[Edit]]:
        """All edits that move something, by lever."""
        found: dict[str, list[Edit]] = {}
        for edit in self.edits:
            found.setdefault(edit.lever, []).append(edit)
        return found

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps of all processes."""
        return tuple(step for process in self.processes for step in process.steps.values())

    @cached_property
    def processes(self) -> tuple[Process, ...]:
        """All processes."""
        return tuple(self.organization.processes.values())

    @cached_property
    def staffed(self) -> frozenset[str]:
        """The departments in which something is introduced where nobody says where."""
        return frozenset(self.organization.staffed)

    @cached_property
    def staff(self) -> dict[str, int]:
        """The people of every department at most, those included whom interventions bring."""
        found = {name: team.staff for name, team in self.organization.departments.items()}
        for one in self.interventions:
            for hire in one.recruits(self.organization):
                found[hire.department] += hire.people
        return found

    def figures(self, lever: str, department: str) -> tuple[float, ...]:
        """Return between which figures a lever may come to stand in a department: where it stands, and all aims."""
        edits = (edit for edit in self.by_lever.get(lever, ()) if department in (edit.where or self.staffed))
        return (self.organization.lever(lever, department), *(edit.toward for edit in edits))

    def highest(self, lever: str, department: str) -> float:
        """Return the highest figure that a lever may come to stand at in a department."""
        return max(self.figures(lever, department))

    def lowest(self, lever: str, department: str) -> float:
        """Return the lowest figure that a lever may come to stand at in a department."""
        return min(self.figures(lever, department))

    def somewhere(self, lever: str) -> bool:
        """Say whether a lever is above zero in some department, or may come to be."""
        return any(self.highest(lever, name) > 0.0 for name in self.organization.departments)

    def fulfills(self, condition: str) -> bool:
        """Say whether a condition holds."""
        if condition not in self.known:
            self.known[condition] = CONDITIONS[condition](self)
        return self.known[condition]

    def lacking(self, lever: str) -> list[str]:
        """Return the conditions that a lever lacks here."""
        return [condition for condition in NEEDS.get(lever, ()) if not self.fulfills(condition)]


def _step(asked: Callable[[Step], object]) -> Callable[[Situation], bool]:
    return lambda here: any(asked(step) for step in here.steps)


def _process(asked: Callable[[Process], object]) -> Callable[[Situation], bool]:
    return lambda here: any(asked(process) for process in here.processes)


def _stands(lever: str) -> Callable[[Situation], bool]:
    return lambda here: here.somewhere(lever)


def _contested(here: Situation) -> bool:
    return any(step.ambiguity > 0.0 and set(step.contested_by) - {step.R} for step in here.steps)


def _dated(process: Process) -> bool:
    return process.target_days is not None or process.target_hours is not None


def _signed(here: Situation) -> bool:
    return here.organization.management is not None and here.somewhere("signatures")


def _goods(here: Situation) -> bool:
    wrong = any(isinstance(shock, WrongUpdate) for shock in here.shocks)
    return wrong or (any(step.short > 0.0 for step in here.steps) and here.somewhere("shortages"))


def _urgent(here: Situation) -> bool:
    urgent = any(process.urgent_share > 0.0 for process in here.processes)
    ordered = any(isinstance(shock, UrgentOrder) for shock in here.shocks)
    warned = here.somewhere("warning") and all(here.fulfills(one) for one in NEEDS["warning"])
    return urgent or ordered or warned or here.somewhere("inflation")


def _helpers(here: Situation) -> bool:
    return any(
        math.floor(here.highest("cross_training", name) * people + ROUNDED) >= 1 for name, people in here.staff.items()
    )


def _crowded(here: Situation) -> bool:
    return any(people > here.lowest("team_size", name) for name, people in here.staff.items())


def _adopted(here: Situation) -> bool:
    def unmet(one: Intervention) -> bool:
        return one.adoption.fidelity < 1.0 or one.adoption.retention_weeks is not None

    def acts(one: Intervention) -> bool:
        moves = (edit for edit in one.edits(here.organization) if not edit.paid and edit.lever != "leadership")
        return bool(one.meetings(here.organization)) or any(moves)

    return any(one.strength > 0.0 and unmet(one) and acts(one) for one in here.interventions)


def _agreed_in_meetings(here: Situation) -> bool:
    meet = any(one.strength > 0.0 and one.meetings(here.organization) for one in here.interventions)
    return meet or any(edit.followed for edit in here.edits)


def _far(here: Situation) -> bool:
    relations = here.organization.relations
    sites = {team.site for team in here.organization.departments.values()}
    return any((pair.distance or 0.0) > 0.0 for pair in relations.pairs) or (
        relations.between_sites > 0.0 and len(sites) > 1
    )


def _together(here: Situation) -> bool:
    return sum(here.highest("contact", name) > 0.0 for name in here.organization.departments) > 1


CONDITIONS: dict[str, Callable[[Situation], bool]] = {
    "routine": _step(lambda step: step.routine > 0.0),
    "scalable": _step(lambda step: step.scalable),
    "preventable": _process(lambda process: process.preventable > 0.0),
    "dated": _process(_dated),
    "changes": _stands("changes"),
    "changeable": _step(lambda step: step.changeable),
    "short": _step(lambda step: step.short > 0.0),
    "goods": _goods,
    "reserve": lambda here: _goods(here) or any(isinstance(shock, SupplierFailure) for shock in here.shocks),
    "urgent": _urgent,
    "response": _step(lambda step: step.response_hours),
    "due": _step(lambda step: step.due_days),
    "contested": _contested,
    "management": lambda here: here.organization.management is not None,
    "consulted": _step(lambda step: step.C),
    "committed": _step(lambda step: step.commitment and step.C),
    "asked": lambda here: _signed(here) or any(step.C or step.A for step in here.steps),
    "observed": _step(lambda step: step.A or step.C or step.I),
    "approved": lambda here: _signed(here) or any(step.A for step in here.steps),
    "unclear": lambda here: _contested(here) or (any(step.C for step in here.steps) and here.somewhere("needless")),
    "leaving": _stands("quit_rate"),
    "helpers": _helpers,
    "teams": _process(lambda process: process.teams),
    "crowded": _crowded,
    "kpis": lambda here: any(team.kpis for team in here.organization.departments.values()),
    "meetings": _agreed_in_meetings,
    "adopted": _adopted,
    "procedures": lambda here: here.somewhere("form_hours") or _signed(here),
    "far": _far,
    "promised": _process(lambda process: process.promise is not None),
    "visible": lambda here: _goods(here) or any(process.promise is not None for process in here.processes),
    "together": _together,
    "escalation": _stands("escalation"),
    "ownership": _stands("ownership"),
    "agreement": _stands("agreement"),
    "express": _stands("express"),
    "overtaking": lambda here: here.organization.queue.rule == "boost" and here.somewhere("boost"),
}
"""Every condition by its name; their words stand in ``needs.toml`` by the same names."""

NEEDS: dict[str, tuple[str, ...]] = {
    "transparency": ("visible",),
    "optimism": ("promised",),
    "displacement": ("kpis",),
    "answer_latency": ("consulted",),
    "answer_spread": ("consulted",),
    "on_the_spot": ("consulted",),
    "signatures": ("management",),
    "tolerance": ("procedures",),
    "ambiguity": ("contested",),
    "misrouting": ("contested",),
    "clarity": ("unclear",),
    "clarity_trust": ("contested",),
    "exceptions": ("contested",),
    "escalation": ("management",),
    "escalation_bounces": ("management", "contested", "escalation"),
    "tier1_hours": ("management", "escalation"),
    "tier2_hours": ("management", "escalation"),
    "authority": ("management", "escalation"),
    "ownership": ("contested",),
    "ownership_bounces": ("contested", "ownership"),
    "follow_through": ("meetings",),
    "milestones": ("due", "overtaking"),
    "warning": ("dated", "due"),
    "refusal": ("urgent",),
    "agreement": ("asked",),
    "agreement_hours": ("asked", "agreement"),
    "step_agreement": ("response",),
    "express": ("urgent",),
    "express_hours": ("urgent", "express"),
    "adherence": ("observed",),
    "skip_risk": ("consulted",),
    "skip_freshness": ("consulted",),
    "needless": ("consulted",),
    "lookup": ("consulted",),
    "infeasible": ("committed",),
    "infeasible_loss": ("committed",),
    "approval_check": ("approved",),
    "shortages": ("short",),
    "confirmation": ("goods",),
    "backup": ("reserve",),
    "distance": ("far",),
    "contact": ("together",),
    "leadership": ("adopted",),
    "automation": ("routine",),
    "scope": ("scalable",),
    "prevention": ("preventable",),
    "changes": ("dated",),
    "change_loss": ("changes", "changeable"),
    "freeze_days": ("changes", "dated"),
    "strain": ("leaving",),
    "concentration": ("leaving",),
    "onboarding_weeks": ("leaving",),
    "teamwork": ("teams",),
    "team_size": ("crowded",),
    "cross_training": ("helpers",),
    "cross_skill": ("helpers",),
    "help_rule": ("helpers",),
}
"""What each lever needs; all of it."""


def needed(condition: str) -> Text:
    """Return what has to be there, as in "a step that says `routine`"."""
    said: Text = _TEXTS.NEEDED[condition]
    return said


def missing(condition: str) -> Text:
    """Return what is said where it is not, as in "no step says `routine`"."""
    said: Text = _TEXTS.MISSING[condition]
    return said


def idle(one: Intervention, here: Situation) -> dict[str, Text]:
    """Return the levers that an intervention moves to no effect here, each with the reason.

    Parameters
    ----------
    one : Intervention
        One of those in force.
    here : Situation
        The organization, with this intervention and all others in force.

    Returns
    -------
    dict
        Reasons in words, by lever; what it takes of people's time is left out.

    Examples
    --------
    >>> from sim.interventions import Custom
    >>> from sim.interventions.custom import CustomEdit
    >>> from sim.interventions.needs import Situation, idle
    >>> robots = Custom(moves=(CustomEdit(lever="automation", toward=1.0, strength=0.6),))
    >>> here = Situation(sim.load("order_delivery"), [robots])
    >>> idle(robots, here)["automation"].en
    'no step says how much of it is routine'
    """
    moved: dict[str, list[Edit]] = {}
    for edit in one.edits(here.organization):
        if edit.lever != "overhead" and edit.strength > 0.0:
            moved.setdefault(edit.lever, []).append(edit)
    found = {}
    for lever, edits in moved.items():
        lacks = here.lacking(lever)
        if lacks:
            found[lever] = missing(lacks[0])
        elif not any(_changes(edit, here) for edit in edits):
            found[lever] = _TEXTS.THERE
    return found


def _changes(edit: Edit, here: Situation) -> bool:
    """Say whether an edit may move its lever somewhere: it does not stand at a better figure there already."""
    for name in edit.where or here.organization.staffed:
        stands, way = here.organization.lever(edit.lever, name), edit.way(here.organization, name)
        others = [one for one in here.by_lever[edit.lever] if one != edit]
        gap = edit.toward - stands
        if any(_elsewhere(other, stands, name) for other in others) or (gap != 0.0 and gap * way >= 0.0):
            return True
    return False


def _elsewhere(other: Edit, stands: float, name: str) -> bool:
    return other.toward != stands and (not other.where or name in other.where)


def acts(one: Intervention, here: Situation) -> bool:
    """Say whether an intervention does anything here but cost.

    Parameters
    ----------
    one : Intervention
        One of those in force.
    here : Situation
        The organization, with this intervention and all others in force.

    Returns
    -------
    bool
        False only where nothing that it does can have an effect: no lever acts, nobody meets, nobody comes.

    Examples
    --------
    >>> from sim.interventions import Raci
    >>> from sim.interventions.needs import Situation, acts
    >>> acts(Raci(), Situation(sim.load("order_delivery"), [Raci()]))
    True
    """
    if one.strength == 0.0:
        return False
    cls = type(one)
    if cls.reshape is not Intervention.reshape or cls.on_day is not Intervention.on_day:
        return True
    if one.meetings(here.organization) or one.recruits(here.organization):
        return True
    moved = {edit.lever for edit in one.edits(here.organization) if edit.lever != "overhead" and edit.strength > 0.0}
    return bool(moved - set(idle(one, here)))
