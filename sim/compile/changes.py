"""What interventions change: edits per department and lever, meetings, and the time meetings take."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.compile.basics import Basics, fill, identity, records
from sim.interventions import Edit, Intervention, Meeting
from sim.kernel import layout
from sim.scenario import Scenario
from sim.spec.calendars import DAYS
from sim.spec.levers import LEVERS
from sim.spec.organization import Organization
from sim.vocab import DAY, WEEK, Lever

CROWD = 12.0
"""People up to which a meeting is fully useful; beyond, its use per minute falls with the square root (assumption after
Stray, Moe & Bergersen 2017: stand-ups of more than about a dozen people are found less useful)."""


def _owners(organization: Organization, rows: Mapping[str, int], where: Sequence[str]) -> list[int]:
    """Return the queue owners that belong to departments; people of management belong to management."""
    chosen = set(where or organization.staffed)
    found = [rows[name] for name in organization.departments if name in chosen]
    if organization.management in chosen or not where:
        found += [row for name, row in rows.items() if "." in name]
    return found


FIRST = (Lever.LEADERSHIP, Lever.FOLLOW_THROUGH)
"""Levers on which moves of others depend: they are moved before these."""


def _place(lever: Lever) -> int:
    """Return what sorts the levers of a place in the order in which they are moved."""
    return FIRST.index(lever) if lever in FIRST else len(FIRST) + lever


def _identity(intervention: Intervention, rows: Mapping[str, int]) -> str:
    """Return what tells interventions apart, with departments by place: renaming one must not change an order.

    Places have as many digits each, so that they stand in the same order when somebody is added before them. What a
    preset says counts as if it had been spelled out.
    """
    where = {"departments": [f"{rows[name]:06}" for name in intervention.departments]}
    return json.dumps(intervention.model_dump(mode="json", exclude={"preset"}) | where, sort_keys=True)


def _lasting(intervention: Intervention, warmup: float) -> dict[str, float]:
    adoption = intervention.adoption
    weeks = adoption.retention_weeks
    start, end = intervention.span(warmup)
    return {
        "start": start,
        "end": end,
        "fidelity": adoption.fidelity,
        "ramp": adoption.ramp_weeks * WEEK,
        "dip": adoption.dip,
        "retention": np.inf if weeks is None else weeks * WEEK,
    }


def _span(intervention: Intervention, edit: Edit, warmup: float) -> dict[str, float]:
    """Return from when to when an edit counts, how it fades, and the end of its intervention."""
    start, end = intervention.span(warmup)
    start += edit.after_weeks * WEEK
    return {"start": start, "end": start + edit.weeks * WEEK, "until": end, "fade": edit.fades_weeks * WEEK}


def edit_table(organization: Scenario, rows: Mapping[str, int], interventions: Sequence[Intervention]) -> Any:
    """Return all edits, sorted by department, lever, turn and identity: the order of a list cannot change a bit."""
    found: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    owners = tuple(rows)
    for switch, intervention in enumerate(interventions):
        name = _identity(intervention, rows)
        for edit in intervention.edits(organization):
            spec = LEVERS[edit.lever]
            values = (
                _lasting(intervention, organization.warmup_weeks)
                | _span(intervention, edit, organization.warmup_weeks)
                | {
                    "lever": int(spec.lever),
                    "followed": int(edit.followed),
                    "paid": int(edit.paid),
                    "switch": switch,
                    "toward": edit.toward,
                    "strength": intervention.strength * edit.strength,
                    "low": spec.low,
                    "high": spec.high,
                }
            )
            told = (edit.toward, edit.strength, edit.paid, edit.after_weeks, edit.weeks, edit.worsens, edit.fades_weeks)
            key = f"{' '.join(map(repr, told))} {name} {edit.followed}"
            for d in _owners(organization, rows, edit.where):
                here = {"dept": d, "way": edit.way(organization, organization.home(owners[d]))}
                found.append(((d, _place(spec.lever), edit.turn, key), values | here))
    table = np.zeros(len(found), layout.EDIT)
    for i, (_, values) in enumerate(sorted(found, key=lambda one: one[0])):
        fill(table[i], **values)
    return table


def switch_table(interventions: Sequence[Intervention]) -> Any:
    """Return for every intervention whether it is on when a run begins."""
    table = np.zeros(len(interventions), layout.SWITCH)
    table["on"] = [one.starts_on for one in interventions]
    return table


Held = tuple[Intervention, Meeting, int]
"""A meeting with the intervention that brings it, and the number of that intervention's switch."""


def meetings_of(
    organization: Organization, rows: Mapping[str, int], interventions: Sequence[Intervention]
) -> list[Held]:
    """Return every meeting with the intervention that brings it, in an order that lists cannot change.

    What is there already comes before what is introduced: of several of a kind it keeps the luck that it had.
    """
    found = [(one, meeting, n) for n, one in enumerate(interventions) for meeting in one.meetings(organization)]

    def order(held: Held) -> tuple[bool, float, str, str]:
        start = held[0].start_week
        return start is not None, start or 0.0, _identity(held[0], rows), held[1].model_dump_json()

    return sorted(found, key=order)


def _members(organization: Organization, intervention: Intervention) -> list[str]:
    chosen = set(intervention.departments or organization.staffed)
    return [name for name in organization.departments if name in chosen]


def _with_approvers(organization: Organization, members: Sequence[str]) -> list[str]:
    """Return members of a meeting with the people of management who approve, where management is one of them."""
    present = set(members)
    return [name for name in organization.pools() if organization.home(name) in present]


def _identities(held: Sequence[Held]) -> list[int]:
    """Return what tells meetings apart for their luck: what they are and when, not how long or how well they are held.

    Of several of a kind at the same time the second has luck of its own.
    """
    names = [_name(one, meeting) if one.strength > 0.0 else "" for one, meeting, _ in held]
    return [identity("meeting", name, str(names[:i].count(name))) for i, name in enumerate(names)]


def _name(intervention: Intervention, meeting: Meeting) -> str:
    often = f" {meeting.every_weeks}" if meeting.every_weeks != 1 else ""
    return f"{intervention.kind} {','.join(meeting.days)} {meeting.at!r}{often}"


def meeting_table(organization: Scenario, rows: Mapping[str, int], held: Sequence[Held], basics: Basics) -> Any:
    """Return the meetings, with their members and what fits into them."""
    table = np.zeros(len(held), layout.MEETING)
    ids = _identities(held)
    for i, (intervention, meeting, switch) in enumerate(held):
        members = _members(organization, intervention)
        owners = _with_approvers(organization, members)
        approvers = len(owners) - len(members)
        people = (sum(organization.departments[name].staff for name in members) + approvers) * meeting.staff_share
        first, n = basics.listed([rows[name] for name in owners])
        fill(
            table[i],
            id=ids[i],
            members=first,
            n_members=n,
            days=sum(1 << DAYS.index(day) for day in meeting.days),
            every_weeks=meeting.every_weeks,
            switch=switch,
            at=meeting.at,
            attendance=meeting.staff_share,
            hours=meeting.minutes / 60.0,
            news_hours=meeting.news_minutes / 60.0,
            item_hours=meeting.item_minutes / 60.0,
            settles=meeting.settles,
            strength=intervention.strength,
            usefulness=(CROWD / max(people, CROWD)) ** 0.5,
            **_lasting(intervention, organization.warmup_weeks),
        )
    return table


def _spans(organization: Organization, name: str, held: Held) -> list[tuple[float, float]]:
    """Return the working hours that a meeting takes from a department or an approver in a week with one."""
    intervention, meeting, _ = held
    length = meeting.minutes / 60.0 * meeting.overrun * intervention.strength
    intervals = organization.clock(name).intervals
    found = []
    for day in meeting.days:
        start = DAYS.index(day) * DAY + meeting.at
        for opens, closes in intervals:
            if opens <= start < closes:
                found.append((start, min(closes, start + length)))
    return found


def _clusters(spans: Sequence[Sequence[tuple[float, float]]]) -> list[int]:
    """Number meetings so that those that overlap, directly or by a chain, have the same number."""
    numbers = list(range(len(spans)))
    for i, mine in enumerate(spans):
        for j in range(i):
            if any(a < d and c < b for a, b in mine for c, d in spans[j]):
                old, new = numbers[i], numbers[j]
                numbers = [new if n == old else n for n in numbers]
    return numbers


def tax_table(
    organization: Scenario, rows: Mapping[str, int], held: Sequence[Held]
) -> tuple[Any, dict[int, tuple[int, int]]]:
    """Return the share of open hours each meeting takes from each owner of a queue, and where its rows begin.

    That of a meeting held every few weeks is spread evenly over them. People of management take part in so many as the
    share of staff says, and have less time to approve.
    """
    taxes: list[tuple[int, float, float, float, int]] = []
    where: dict[int, tuple[int, int]] = {}
    for name in organization.pools():
        home = organization.home(name)
        mine = [one for one in held if home in _members(organization, one[0]) and one[0].strength > 0.0]
        spans = [_spans(organization, name, one) for one in mine]
        hours = organization.hours_per_week(name)
        lines = sorted(
            (
                cluster,
                *one[0].span(organization.warmup_weeks),
                min(1.0, one[1].staff_share * math.fsum(b - a for a, b in span) / hours / one[1].every_weeks),
                one[2],
            )
            for cluster, one, span in zip(_clusters(spans), mine, spans, strict=True)
        )
        where[rows[name]] = (len(taxes), len(lines))
        taxes.extend(lines)
    return records(layout.TAX, taxes), where
