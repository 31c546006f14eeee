"""Interventions that a researcher writes in Python: used like those of the catalog, but no file can name one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from numbers import Real
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticSerializationError, to_jsonable_python

from sim.classcode import code_of, digest_of, qualified
from sim.interventions import INTERVENTIONS, Edit, Hire, Intervention, Meeting
from sim.spec.calendars import Calendar
from sim.spec.checked import again, held
from sim.spec.distributions import Work
from sim.spec.findings import ScenarioError
from sim.spec.levers import LEVERS
from sim.spec.nearest import did_you_mean
from sim.spec.organization import Organization
from sim.words import Text, words

texts = words("checks")


def is_own(intervention: Intervention) -> bool:
    """Say whether an intervention is of a class that the catalog does not have."""
    return INTERVENTIONS.get(intervention.kind) is not type(intervention)


def described(intervention: Intervention) -> dict[str, Any]:
    """Return the fields of an intervention as plain data; its class and what that does where the kind does not say it.

    All that an intervention holds counts, also what it would not write itself, in an order that no process changes.
    """
    fields: dict[str, Any] = to_jsonable_python(_plain(intervention))
    if not is_own(intervention):
        return fields
    cls, private = type(intervention), intervention.__pydantic_private__
    remembered = {"private": digest_of(private)} if private else {}
    return fields | {"class": qualified(cls), "code": code_of(cls)} | remembered


def _plain(value: Any) -> Any:
    """Return models as mappings, and sets in order."""
    if isinstance(value, BaseModel) and not isinstance(value, Work | Calendar):
        value = held(value)
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(map(_plain, value), key=lambda one: json.dumps(to_jsonable_python(one)))
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def complaints(intervention: Intervention, organization: Organization) -> list[Text]:
    """Return what is wrong with an intervention of one's own, each as the end of a sentence."""
    kind = intervention.kind
    try:
        described(intervention)
    except PydanticSerializationError as error:
        return [texts.UNWRITABLE.format(kind=kind, why=error)]
    edits: object = intervention.edits(organization)
    if not isinstance(edits, tuple | list) or not all(isinstance(one, Edit) for one in edits):
        return [texts.WRONG_EDITS.format(found=repr(edits), kind=kind)]
    meetings: object = intervention.meetings(organization)
    if not isinstance(meetings, tuple | list) or not all(isinstance(one, Meeting) for one in meetings):
        return [texts.WRONG_MEETINGS.format(found=repr(meetings), kind=kind)]
    hires: object = intervention.recruits(organization)
    if not isinstance(hires, tuple | list) or not all(isinstance(one, Hire) for one in hires):
        return [texts.WRONG_PEOPLE.format(found=repr(hires), kind=kind)]
    wrong = [found for meeting in meetings for found in _about_meeting(meeting, kind)]
    known = organization.departments
    wrong += [
        texts.NO_SUCH_PLACE.format(name=one.department, kind=kind, hint=did_you_mean(one.department, known))
        for one in hires
        if one.department not in list(known)
    ]
    return wrong + [found for edit in edits for found in _about(edit, organization, texts.IN_EDIT.format(kind=kind))]


def _about_meeting(meeting: Meeting, kind: str) -> Iterator[Text]:
    try:
        again(meeting)
    except ScenarioError as error:
        yield from (
            texts.IN_MEETING.format(kind=kind, finding=Text(one.said("en"), one.said("zh"))) for one in error.findings
        )


def _about(edit: Edit, organization: Organization, where: Text) -> Iterator[Text]:
    if edit.lever not in list(LEVERS):
        yield texts.EDIT_LEVER.format(lever=edit.lever, where=where, hint=did_you_mean(edit.lever, LEVERS))
        return
    spec = LEVERS[edit.lever]
    if not _within(edit.toward, spec.low, spec.high):
        facts = {"lever": edit.lever, "toward": _said(edit.toward), "range": spec.range}
        yield texts.EDIT_TOWARD.format(where=where, **facts)
    if not _within(edit.strength, 0.0, 1.0):
        yield texts.EDIT_STRENGTH.format(strength=_said(edit.strength), where=where)
    for name, value in (("after_weeks", edit.after_weeks), ("weeks", edit.weeks)):
        if not _within(value, 0.0, float("inf")):
            yield texts.EDIT_WEEKS.format(weeks=_said(value), name=name, where=where)
    if not (_within(edit.fades_weeks, 0.0, float("inf")) and edit.fades_weeks > 0.0):
        yield texts.EDIT_FADES.format(weeks=_said(edit.fades_weeks), where=where)
    places: object = edit.where
    if not isinstance(places, tuple | list):
        yield texts.EDIT_PLACES.format(found=repr(places), where=where)
        return
    known = organization.departments
    for name in places:
        if name not in list(known):
            yield texts.EDIT_PLACE.format(name=name, where=where, hint=did_you_mean(name, known))


def _within(value: object, low: float, high: float) -> bool:
    return isinstance(value, Real) and bool(low <= float(value) <= high)


def _said(value: object) -> str:
    return f"{float(value):g}" if isinstance(value, Real) else repr(value)
