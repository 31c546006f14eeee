"""People leave by themselves: their posts are vacant for a while, then newcomers come, who learn day by day.

Who may leave is asked at midnight, department by department, one event after another; so no night opens more rows than
one person does. People have no state of their own: a department has the mean speed of those who are there.
"""

import math

import numpy as np

from sim.kernel.draws import NOBODY, NOWHERE, ZERO, stream, uniform
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.layout import N_KINDS
from sim.kernel.links import part
from sim.kernel.mechanisms.people import hazard, held, pressure, seasoned
from sim.kernel.opens import Opens
from sim.kernel.recent import A_WEEK, recent_hours, recent_staff, week_is_over
from sim.kernel.requests import mark
from sim.vocab import DAY, WEEK, Event, Kind, Lever, Purpose, Tally

OPENS = (Opens(events=2),)  # who may leave next (or first, at the end of a day), and who comes for somebody

VACANCY_WEEKS = 6.0
"""Weeks until somebody comes for who has left: 30 working days (DHI Hiring Indicators 2017)."""

COMES = np.int64(-1)
"""Stamp of a newcomer who comes; later it says what he still lacks."""

WHOLE = np.int64(1 << 40)
"""What a newcomer lacks when he comes; in whole parts, so that sums are exact."""

LEAVERS = np.uint64(0x1EA5E4D0D1E5CA4E)
"""Identity of the streams of those who leave; a department adds its own identity."""

NIGHT = 1 << 20
"""Places in such a stream that a night has: one for each who leaves in it."""


@inline
def come_or_go(dept, people):
    """Let so many people come to a department, or go; who goes from where nobody is left is missed when others come."""
    there = dept["staff"] - dept["missed"] + people
    dept["staff"] = max(0, there)
    dept["missed"] = max(0, -there)


@inline
def season(s, p, d):
    """Work out the mean speed of those who are there in department `d`."""
    dept = s.departments[d]
    dept["skill"] = p.pools[d]["skill"]
    if dept["lacking"] > 0 and dept["staff"] > 0:
        dept["skill"] *= seasoned(dept["lacking"] / WHOLE, float(dept["staff"]))


@inline
def _pressed(s, p, d):
    """Return what the last weeks add to the wish to leave department `d`."""
    dept = s.departments[d]
    days = recent_staff(dept)
    if days == 0.0:
        return 0.0
    served = 0.0
    for kind in range(N_KINDS):
        served += recent_hours(dept, kind)
    conflict = recent_hours(dept, Kind.NEGOTIATE) + recent_hours(dept, Kind.MEDIATE) + recent_hours(dept, Kind.REWORK)
    weeks = days / A_WEEK
    return pressure(conflict / weeks, served / (weeks * p.calendars[p.pools[d]["calendar"]]["hours"]))


@routine
def feel(s, p):
    """Let people feel, when a week is over, what the last ones took."""
    if week_is_over(s):
        for d in range(p.world[0]["n_departments"]):
            s.departments[d]["pressure"] = _pressed(s, p, d)


@inline
def plan_leaving(s, p, first, time):
    """Plan who may leave tonight: somebody of the next department, from `first` on, that people leave at all."""
    for d in range(first, p.world[0]["n_departments"]):
        if s.departments[d]["lever"][Lever.QUIT_RATE] > 0.0 and not p.pools[d]["approver"]:
            plan(s, time, Event.LEAVING, d, ZERO)
            break


@inline
def _leave(s, p, d, key, time):
    """Let one person leave department `d`, with what hung on him of its relationships."""
    dept = s.departments[d]
    staff = float(dept["staff"])
    if uniform(key, NOWHERE, Purpose.WHO_QUITS, NOBODY, ZERO, ZERO) * staff < dept["newcomers"] - dept["gone"]:
        dept["gone"] += 1
    first = p.pools[d]["first_link"]
    for link in range(first, first + p.pools[d]["n_links"]):
        other = s.links[link]["other"]
        u = uniform(key, NOWHERE, Purpose.HELD, p.pools[other]["who"], ZERO, ZERO)
        share = held(u, staff, dept["lever"][Lever.CONCENTRATION])
        part(s, p, d, other, share)
        part(s, p, other, d, share)
    dept["today"][Tally.QUITS] += 1
    come_or_go(dept, -1)
    dept["vacant"] += 1
    season(s, p, d)
    plan(s, time + VACANCY_WEEKS * WEEK, Event.NEWCOMER, d, COMES)


@routine
def on_leaving(s, p, d, k, time):
    """Decide whether one more of department `d` leaves tonight, after `k` others; else it is the next one's turn.

    On average as many leave as the chance of one says of all who were there in the evening.
    """
    dept = s.departments[d]
    lever = dept["lever"]
    expected = (dept["staff"] + k) * hazard(lever[Lever.QUIT_RATE], lever[Lever.STRAIN], dept["pressure"])
    key = stream(s.now[0]["base"], LEAVERS + np.uint64(p.pools[d]["who"]), s.now[0]["day"] * NIGHT + k)
    if dept["staff"] > 0 and uniform(key, NOWHERE, Purpose.QUIT, NOBODY, ZERO, ZERO) < expected - k:
        _leave(s, p, d, key, time)
        plan(s, time, Event.LEAVING, d, k + 1)
    else:
        plan_leaving(s, p, d + 1, time)


@inline
def _learned(weeks):
    """Return what a newcomer learns in a day, who has so many weeks for all of it."""
    return WHOLE if weeks * A_WEEK <= 1.0 else np.int64(math.ceil(WHOLE / (weeks * A_WEEK)))


@routine
def on_newcomer(s, p, d, lacks, time):
    """Somebody comes to department `d`, or one who came before has been there for another day."""
    dept = s.departments[d]
    weeks = dept["lever"][Lever.ONBOARDING_WEEKS]
    remains = np.int64(0)
    if lacks == COMES:
        come_or_go(dept, 1)
        dept["vacant"] -= 1
        if weeks > 0.0:
            dept["newcomers"] += 1
            dept["lacking"] += WHOLE
            remains = WHOLE
        mark(s, d)
    else:
        if dept["gone"] > 0:
            dept["gone"] -= 1
        else:
            remains = max(np.int64(0), lacks - _learned(weeks))
        dept["lacking"] -= lacks - remains
        if remains == 0:
            dept["newcomers"] -= 1
    if remains > 0:
        plan(s, time + DAY, Event.NEWCOMER, d, remains)
    season(s, p, d)
