"""Interventions that a researcher writes in Python: used like those of the catalog, but no file can name one."""

from __future__ import annotations

from typing import Any

from pydantic_core import PydanticSerializationError

from sim.interventions import INTERVENTIONS, Edit, Intervention, Meeting
from sim.spec.levers import LEVERS
from sim.spec.nearest import did_you_mean
from sim.spec.organization import Organization


def is_own(intervention: Intervention) -> bool:
    """Say whether an intervention is of a class that the catalog does not have."""
    return INTERVENTIONS.get(intervention.kind) is not type(intervention)


def described(intervention: Intervention) -> dict[str, Any]:
    """Return the fields of an intervention as plain data, and its class where the kind does not say it."""
    cls = type(intervention)
    named = {"class": f"{cls.__module__}.{cls.__qualname__}"} if is_own(intervention) else {}
    return intervention.model_dump(mode="json") | named


def complaints(intervention: Intervention, organization: Organization) -> list[str]:
    """Return what is wrong with an intervention of one's own, each as the end of a sentence."""
    try:
        described(intervention)
    except PydanticSerializationError as error:
        return [f"found fields of {intervention.kind} that cannot be written down, expected plain values ({error})"]
    edits: object = intervention.edits(organization)
    if not isinstance(edits, tuple | list) or not all(isinstance(one, Edit) for one in edits):
        return [f"found {edits!r} as the edits of {intervention.kind}, expected a tuple of Edit"]
    meetings: object = intervention.meetings(organization)
    if not isinstance(meetings, tuple | list) or not all(isinstance(one, Meeting) for one in meetings):
        return [f"found {meetings!r} as the meetings of {intervention.kind}, expected a tuple of Meeting"]
    return [found for edit in edits for found in _about(edit, organization, f"in an edit of {intervention.kind}")]


def _about(edit: Edit, organization: Organization, where: str) -> list[str]:
    if edit.lever not in LEVERS:
        return [f"found the lever '{edit.lever}' {where}, expected a known one{did_you_mean(edit.lever, LEVERS)}"]
    spec, found = LEVERS[edit.lever], []
    if not spec.low <= edit.toward <= spec.high:
        limits = f"a number from {spec.low:g} to {spec.high:g} ({spec.unit})"
        found.append(f"found {edit.lever} moved toward {edit.toward:g} {where}, expected {limits}")
    if not 0.0 <= edit.strength <= 1.0:
        found.append(f"found a strength of {edit.strength:g} {where}, expected a number from 0 to 1")
    known = organization.departments
    unknown = [name for name in edit.where if name not in known]
    return found + [
        f"found the department '{name}' {where}, expected one of the scenario{did_you_mean(name, known)}"
        for name in unknown
    ]
