"""Warnings about interventions that bring nobody together: they cost and change nothing, or do neither in silence."""

from collections.abc import Callable, Collection, Sequence
from functools import cache

from sim.interventions import Intervention, Meeting
from sim.scenario.dealings import dealings_of
from sim.scenario.notes import Notes
from sim.spec.calendars import DAYS
from sim.spec.findings import Path
from sim.spec.organization import Organization
from sim.vocab import DAY
from sim.words import series, words

texts = words("checks")

Pairs = Collection[tuple[str, str]]


def check_together(notes: Notes, interventions: Sequence[Intervention], organization: Organization, path: Path) -> None:
    """Note meetings to which fewer than two departments come, and contact of people who have nothing in common.

    Parameters
    ----------
    notes : Notes
        Where findings are noted.
    interventions : sequence of Intervention
        Of an organization without errors, as they stand under `path`.
    organization : Organization
        Whose opening hours and dealings count.
    path : tuple
        The place of the list in the file.
    """
    pairs = cache(lambda: dealings_of(organization).judged)
    for index, one in enumerate(interventions):
        if one.strength > 0.0:
            here = (*path, index)
            for meeting in one.meetings(organization):
                _check_meeting(notes, one, meeting, organization, here)
            _check_contact(notes, one, organization, here, pairs)


def _check_meeting(
    notes: Notes, intervention: Intervention, meeting: Meeting, organization: Organization, path: Path
) -> None:
    present = _present(intervention, meeting, organization)
    if len(present) < 2:
        told = texts.ONLY_ONE_THERE.format(name=present[0]) if present else texts.NOBODY_THERE
        field = ("at",) if "at" in type(intervention).model_fields else ()
        clock = f"{int(meeting.at):02}:{round(meeting.at % 1.0 * 60.0):02}"
        facts = {"days": series(meeting.days), "clock": clock, "present": told}
        notes.warning((*path, *field), texts.NO_MEETING.format(**facts))


def _present(intervention: Intervention, meeting: Meeting, organization: Organization) -> list[str]:
    """Return the departments that are at work on any day of a meeting."""
    starts = [DAYS.index(day) * DAY + meeting.at for day in meeting.days]
    members = intervention.departments or tuple(organization.departments)
    return [
        name
        for name in members
        if any(opens <= start < closes for opens, closes in organization.shifts(name) for start in starts)
    ]


def _check_contact(
    notes: Notes, intervention: Intervention, organization: Organization, path: Path, pairs: Callable[[], Pairs]
) -> None:
    where = [set(edit.where) for edit in intervention.edits(organization) if edit.lever == "contact" and edit.strength]
    if where and not any(_meet(organization, members, pairs()) for members in where):
        named = series(intervention.departments or organization.departments)
        notes.warning((*path, "departments"), texts.NO_CONTACT.format(kind=intervention.kind, names=named))


def _meet(organization: Organization, members: set[str], pairs: Pairs) -> bool:
    """Tell whether any two of these departments, or of all, deal with each other."""
    known = organization.departments
    return any(one in known and other in known and (not members or {one, other} <= members) for one, other in pairs)
