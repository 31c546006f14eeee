"""Checks of releases: whose cases they take along, and that one has gone before the list of the next is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.scenario.notes import Notes
from sim.spec.findings import Path
from sim.spec.organization import Organization
from sim.spec.releases import Release
from sim.vocab import WEEK
from sim.words import words

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

texts = words("checks")
WHAT = words("findings").WHAT

ROUNDING = 1e-9


def check_releases(notes: Notes, organization: Organization) -> None:
    """Note releases that take nothing along, or each other's cases, and moments that are out of order."""
    taken: dict[str, str] = {}
    works: dict[str, str] = {}
    for name, one in organization.releases.items():
        path: Path = ("releases", name)
        _check_moments(notes, one, path)
        for index, item in enumerate(one.items):
            here = (*path, "items", index)
            if notes.known(here, item, organization.processes, WHAT["process"]):
                if item in taken:
                    notes.error(here, texts.ITEM_TWICE.format(name=item, release=taken[item]))
                if organization.processes[item].served_by is not None:
                    notes.error(here, texts.ITEM_SERVED.format(name=item))
                taken.setdefault(item, name)
        if one.work is not None and notes.known((*path, "work"), one.work, organization.processes, WHAT["process"]):
            if one.work in works:
                notes.error((*path, "work"), texts.WORK_TWICE.format(name=one.work, release=works[one.work]))
            works.setdefault(one.work, name)
    for work, name in works.items():
        if work in taken:
            notes.error(("releases", name, "work"), texts.WORK_SHIPPED.format(name=work, release=taken[work]))


def _check_moments(notes: Notes, one: Release, path: Path) -> None:
    apart = one.apart
    if apart is None:
        return
    if one.cut_off_days > apart + ROUNDING:
        notes.error((*path, "cut_off_days"), texts.LONG_CUT_OFF.format(found=one.cut_off_days, apart=apart))
    elif one.slips_at_most_days is not None and one.slips_at_most_days > apart - one.cut_off_days + ROUNDING:
        most = apart - one.cut_off_days
        notes.error((*path, "slips_at_most_days"), texts.LONG_SLIP.format(found=one.slips_at_most_days, most=most))


def check_departures(notes: Notes, scenario: Scenario) -> None:
    """Note releases that never take along a case that counts; no errors are left."""
    begin, end = scenario.window[0], scenario.weeks * WEEK
    for name, one in scenario.releases.items():
        if not any(cut_off >= begin and date <= end for cut_off, date, _ in one.moments(begin, end)):
            last = round(scenario.weeks * 7.0 - scenario.warmup_weeks * 7.0)
            notes.warning(("releases", name), texts.NO_DEPARTURE.format(last=last))
