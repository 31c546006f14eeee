"""Interventions that change the structure of an organization: who there is and which way work goes, from the start.

Levers move while a run goes on. Structure does not: teams, posts, roles and steps are laid down before a scenario is
compiled, for the whole run, and are not switched. Departments and processes stay the same ones, by name and in order,
so that alternatives meet the same customers and the same luck and are compared measure by measure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sim.interventions import Intervention
from sim.interventions.own import described
from sim.scenario.notes import Notes
from sim.spec.checked import unstated
from sim.spec.findings import Finding, Path, ScenarioError, shortened
from sim.spec.organization import Organization
from sim.words import LANGUAGES, Text, words

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

texts = words("checks")

ITS_OWN = ("interventions", "compare", "ranges", "expected")
"""What a scenario says of itself beside the organization: whoever changes the structure does not see it."""


def reshapes(intervention: Intervention) -> bool:
    """Say whether an intervention changes the structure; without strength it changes nothing."""
    return intervention.strength > 0.0 and intervention.shapes


def reshaped(scenario: Scenario) -> Scenario:
    """Return a scenario in the structure that its interventions give it: what is compiled, and what is run.

    Each is handed what the others have made of it, in an order that does not depend on that of the list.

    Parameters
    ----------
    scenario : Scenario
        As it is stated.

    Returns
    -------
    Scenario
        With the same interventions; the very same where none changes the structure.

    Raises
    ------
    ScenarioError
        Where what an intervention returns is no organization, not the same departments and processes, or wrong in
        itself.

    Examples
    --------
    >>> from sim.scenario.reshaping import reshaped
    >>> class MoreStaff(sim.Intervention):
    ...     "Production gets two more people."
    ...
    ...     def reshape(self, organization):
    ...         return organization.changed({"departments.production.staff": 15})
    >>> scenario = sim.load("order_delivery").with_interventions([MoreStaff()])
    >>> scenario.departments["production"].staff, reshaped(scenario).departments["production"].staff
    (13, 15)
    """
    acting = [(place, one) for place, one in enumerate(scenario.interventions) if reshapes(one)]
    if not acting:
        return scenario
    departments = list(scenario.departments)
    empty: dict[str, Any] = {**dict.fromkeys(ITS_OWN, ()), "ranges": {}, "expected": None}
    bare = scenario.model_copy(update={**empty, "tail_weeks": scenario.tail})
    for place, one in sorted(acting, key=lambda each: _turn(each[1], departments)):
        try:
            bare = _made_of(bare, one)
        except ScenarioError as error:
            first = error.findings[0]
            told = texts.IN_RESHAPE.format(kind=one.kind, finding=Text(*(first.said(lang) for lang in LANGUAGES)))
            raise ScenarioError([Finding(told, ("interventions", place))]) from None
    return unstated(bare, {name: getattr(scenario, name) for name in ITS_OWN})


def _turn(intervention: Intervention, departments: list[str]) -> str:
    """Return what sorts interventions: what they are, with departments by place, so that a name changes no order."""
    where = sorted(departments.index(name) for name in intervention.departments)
    return json.dumps([intervention.kind, where, described(intervention) | {"departments": ()}], sort_keys=True)


def _made_of(before: Scenario, intervention: Intervention) -> Scenario:
    """Return the organization that an intervention makes of another one, checked like a file."""
    found: Any = intervention.reshape(before)
    if not isinstance(found, Organization):
        raise _refusal(texts.NO_ORGANIZATION.format(found=shortened(repr(found))))
    for what in ("departments", "processes"):
        _check_same(before, found, what)
    own = set(type(before).model_fields) - set(Organization.model_fields)
    for name in sorted(own & set(type(found).model_fields)):
        if getattr(found, name) != getattr(before, name):
            raise _refusal(texts.NOT_ITS_OWN.format(field=name))
    differ = {name: getattr(found, name) for name in Organization.model_fields}
    return before.model_copy(update={name: one for name, one in differ.items() if one != getattr(before, name)})


def _check_same(before: Organization, found: Organization, what: str) -> None:
    had, has = list(getattr(before, what)), list(getattr(found, what))
    if had != has:
        facts = {"found": ", ".join(has), "had": ", ".join(had), "what": texts.SHAPED[what]}
        raise _refusal(texts.OTHER_NAMES.format(**facts))


def _refusal(text: Text) -> ScenarioError:
    return ScenarioError([Finding(text)])


def check_reshaped(notes: Notes, scenario: Scenario, path: Path) -> None:
    """Note what is wrong with the structure that interventions give a scenario, and with when they say they begin."""
    acting = [(place, one) for place, one in enumerate(scenario.interventions) if reshapes(one)]
    for place, one in acting:
        for field in ("start_week", "end_week"):
            week = getattr(one, field)
            if week is not None and (week, field) != (0.0, "start_week"):
                notes.error((*path, place, field), texts.SHAPE_STAYS.format(week=week, kind=one.kind))
        if not one.starts_on:
            notes.error((*path, place), texts.SHAPE_OFF.format(kind=one.kind))
    try:
        reshaped(scenario)
    except ScenarioError as error:
        _note(notes, error.findings)


def _note(notes: Notes, findings: Iterable[Finding]) -> None:
    for one in findings:
        notes.error(one.path, one.text)
