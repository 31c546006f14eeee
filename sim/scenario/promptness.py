"""Warnings about time: what cannot be done by the customer's date even if nobody is ever busy.

A target in minutes beside usual figures in hours is the most common mistake in a file: these figures are typical of an
organization in which an answer within a working day is prompt, unless `pace` says otherwise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.scenario.critical import PARTS, time_of
from sim.scenario.notes import Notes
from sim.spec.findings import Path
from sim.spec.organization import Organization
from sim.spec.pace import PROMPT
from sim.spec.process import Process
from sim.words import Text, series, words

texts = words("checks")

WAITS: Mapping[str, str] = {
    "latency": "",
    "answer_latency": "adherence",
    "pickup_period": "",
    "standoff_hours": "severity",
    "agreement_hours": "agreement",
    "express_hours": "express",
    "tier1_hours": "escalation",
    "tier2_hours": "escalation",
}
"""Levers in hours for which cases wait, and the lever without which they do not."""

MOST = 3
"""So many figures are named beside the worst."""

ANSWERS = 24.0
"""So many prompt answers fit into a target at the pace that is proposed, nearly as into nine days at the usual one."""
ROUNDING = 1.01
_PROPOSED = {"1 min": 1, "2 min": 2, "5 min": 5, "10 min": 10, "15 min": 15, "30 min": 30, "1 h": 60, "2 h": 120}


@dataclass(frozen=True, slots=True)
class _Figure:
    """A time for which cases wait, where it stands, and whether the file states it."""

    hours: float
    path: Path
    stated: bool


def check_promptness(notes: Notes, organization: Organization) -> None:
    """Note figures that are longer than the shortest target, and targets that work and waiting alone use up."""
    _check_figures(notes, organization)
    for name, process in organization.processes.items():
        if process.target is not None:
            _check_target(notes, organization, name, process, process.target)


def _check_figures(notes: Notes, organization: Organization) -> None:
    dated = {name: one.target for name, one in organization.processes.items() if one.target is not None}
    for name, target in sorted(dated.items(), key=lambda one: one[1]):
        figures = [one for one in _figures(organization, organization.processes[name]) if one.hours > target]
        if figures:
            _note_figures(
                notes, organization, figures, texts.TARGET_OF.format(target=hours_told(target), process=name), target
            )
            return


def _note_figures(notes: Notes, organization: Organization, figures: list[_Figure], told: Text, target: float) -> None:
    worst, *others = sorted(figures, key=lambda one: -one.hours)
    likewise: Text | str = ""
    if others:
        named = [
            texts.FIGURE.format(field=".".join(map(str, one.path)), hours=hours_told(one.hours))
            for one in others[:MOST]
        ]
        more = [texts.MORE_FIGURES.format(count=len(others) - MOST)] if len(others) > MOST else []
        likewise = texts.LIKEWISE.format(figures=series([*named, *more]))
    facts = {"hours": hours_told(worst.hours), "told": told, "likewise": likewise}
    notes.warning(worst.path, texts.LONG_FIGURE.format(**facts, pace=_proposed(organization, figures, target)))


def _proposed(organization: Organization, figures: list[_Figure], target: float) -> Text | str:
    """Say which pace would fit, where usual figures are too long for the target."""
    usual = [one for one in figures if not one.stated]
    fitting = [word for word, minutes in _PROPOSED.items() if minutes <= ROUNDING * target * 60.0 / ANSWERS]
    if usual and fitting and _PROPOSED[fitting[-1]] < organization.pace * PROMPT * 60.0:
        return texts.SAY_PACE.format(time=fitting[-1])
    return ""


def hours_told(hours: float) -> str:
    """Return hours with three digits that mean something, and never as a power of ten."""
    return f"{hours:.3g}" if hours < 1000.0 else f"{hours:,.0f}"


def _figures(organization: Organization, process: Process) -> Iterator[_Figure]:
    """Yield the times for which cases of a process may wait."""
    steps = process.steps.values()
    people = {owner for step in steps for owner in (step.R, *step.C, step.A, *step.contested_by) if owner}
    if len(people) > 1:
        yield from _levers(organization, people)
    consulted, approved = any(step.C for step in steps), any(step.A for step in steps)
    contested = any(step.contested_by for step in steps)
    asked = {"consult": consulted, "approve": approved, "triage": contested}
    targets, work = organization.response_targets, organization.coordination_work
    for name, needed in asked.items():
        limit = getattr(targets, name, None)
        if needed and limit is not None:
            yield _Figure(limit, ("response_targets", name), name in targets.model_fields_set)
        if needed:
            mean = getattr(work, name).mean
            yield _Figure(mean, ("coordination_work", name), name in work.model_fields_set)


def _levers(organization: Organization, people: set[str]) -> Iterator[_Figure]:
    homes = dict.fromkeys(organization.home(owner) for owner in sorted(people))
    for lever, needed in WAITS.items():
        own = [name for name in homes if lever in organization.departments[name].levers]
        for name in own:
            if not needed or organization.lever(needed, name) > 0.0:
                yield _Figure(organization.lever(lever, name), ("departments", name, "levers", lever), stated=True)
        if len(own) < len(homes) and (not needed or organization.lever(needed) > 0.0):
            yield _Figure(organization.lever(lever), ("levers", lever), lever in organization.levers)


def _check_target(notes: Notes, organization: Organization, name: str, process: Process, target: float) -> None:
    parts = time_of(organization, process)
    total = sum(parts.values())
    if total > target:
        field = "target_days" if process.target_hours is None else "target_hours"
        hours = {part: hours_told(parts[part]) for part in PARTS if parts[part] > 0.0}
        told = series(texts.TIME_PART.format(part=texts.PARTS[part], hours=time) for part, time in hours.items())
        facts = {"target": hours_told(target), "total": hours_told(total), "parts": told}
        notes.warning(("processes", name, field), texts.SHORT_TARGET.format(**facts))
