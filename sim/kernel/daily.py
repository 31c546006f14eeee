"""The end of a day: the day is written down, relations move by themselves, and adoption moves the levers."""

import math

import numpy as np

from sim.kernel.draws import ZERO
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.layout import HELPING, N_KINDS, N_LEVERS, N_TALLIES
from sim.kernel.links import touch, touch_all, trust_now, understanding_now
from sim.kernel.mechanisms.adoption import adoption, edited, faded
from sim.kernel.mechanisms.service import productivity
from sim.kernel.mechanisms.teams import left_by_talking
from sim.kernel.mechanisms.trust import after_good, contact_between, learned, step_of_gain, step_of_learning
from sim.kernel.opens import Opens
from sim.kernel.people import feel, plan_leaving, season
from sim.kernel.recent import remember
from sim.kernel.reflection import look_back, reflect, uphold
from sim.kernel.requests import mark
from sim.kernel.weight import observe, restore
from sim.vocab import DAY, Event, Lever

OPENS = (Opens(events=1),)  # the end of the next day


@inline
def _to_base(s, p):
    """Let levers that a hook has set begin the next day there."""
    for d in range(p.world[0]["n_departments"]):
        dept = s.departments[d]
        if dept["changed"]:
            dept["changed"] = 0
            touch_all(s, p, d)
            for k in range(N_LEVERS):
                dept["lever"][k] = dept["base"][k]


@inline
def _lived(s, edit, led, time):
    """Return how far an edit is lived at `time`; what is paid counts in full, or fades by itself."""
    switch = s.switches[edit["switch"]]
    since = time - switch["delay"]
    if not switch["on"] or not edit["start"] <= since < edit["end"] or time >= edit["until"]:
        return 0.0
    hours = since - edit["start"]
    if edit["paid"]:
        return faded(hours, edit["fade"])
    return adoption(hours, edit["fidelity"], edit["ramp"], edit["dip"], edit["retention"], led)


@inline
def _put(s, p, d, j, value):
    """Put a lever of department `d` somewhere; relations live on what it was until now."""
    lever = s.departments[d]["lever"]
    if lever[j] != value:
        if p.world[0]["between"][j]:
            touch_all(s, p, d)
        lever[j] = value


@routine
def move_levers(s, p, time):
    """Set every lever that an intervention moves to its value at `time`; edits are sorted by place, lever, turn.

    Leadership is the first lever of a place, so that the others' adoption sees it as it stands on this day, and
    follow-through the second, so that what meetings agreed upon does. Then comes what people observe of it, and
    what missed KPIs leave of their alignment.
    """
    _to_base(s, p)
    restore(s, p)
    uphold(s, p)
    n = p.world[0]["n_edits"]
    k = 0
    while k < n:
        d = p.edits[k]["dept"]
        j = p.edits[k]["lever"]
        dept = s.departments[d]
        value = dept["base"][j]
        led = dept["lever"][Lever.LEADERSHIP] if j != Lever.LEADERSHIP else 0.0
        while k < n and p.edits[k]["dept"] == d and p.edits[k]["lever"] == j:
            edit = p.edits[k]
            closed = edit["strength"] * _lived(s, edit, led, time)
            if edit["followed"]:
                closed *= dept["lever"][Lever.FOLLOW_THROUGH]
            value = edited(value, edit["toward"], edit["way"], closed, edit["low"], edit["high"])
            k += 1
        _put(s, p, d, j, value)
    observe(s, p)
    reflect(s, p)


@inline
def meeting_share(s, p, d, time):
    """Return the share of open hours that department `d` sits in meetings; overlapping ones count once."""
    kept = 1.0
    cluster = -1
    longest = 0.0
    first = p.pools[d]["first_tax"]
    for k in range(first, first + p.pools[d]["n_taxes"]):
        tax = p.taxes[k]
        if tax["cluster"] != cluster:
            kept *= 1.0 - longest
            cluster = tax["cluster"]
            longest = 0.0
        if s.switches[tax["switch"]]["on"] and tax["start"] <= time < tax["end"]:
            longest = max(longest, tax["share"])
    return 1.0 - kept * (1.0 - longest)


@inline
def active(world, lever):
    """Return which groups of mechanisms are on in a department, so that a request need not ask lever by lever."""
    found = np.int64(0)
    for j in range(N_LEVERS):
        if lever[j] != world["neutral"][j]:
            found |= world["group"][j]
    return found


@routine
def set_productivity(s, p, time):
    """Work out what meetings, overhead and talking leave of everybody's time, and which mechanisms are on."""
    helping = np.int64(0)
    for d in range(p.world[0]["n_departments"]):
        dept = s.departments[d]
        lever = dept["lever"]
        talked = left_by_talking(lever[Lever.PAIR_LOAD], lever[Lever.TEAM_SIZE], dept["staff"])
        dept["productivity"] = productivity(lever[Lever.OVERHEAD], meeting_share(s, p, d, time), talked)
        dept["active"] = active(p.world[0], lever)
        helping |= dept["active"] & HELPING
        season(s, p, d)
    s.now[0]["helping"] = helping


@inline
def _meet(s, p, d):
    """Let department `d` come to know those with whom it shares a day's work; it takes contact on both sides."""
    lever = s.departments[d]["lever"]
    if lever[Lever.CONTACT] <= 0.0:
        return
    first = p.pools[d]["first_link"]
    for k in range(first, first + p.pools[d]["n_links"]):
        touch(s, d, k)
        link = s.links[k]
        contact = contact_between(lever[Lever.CONTACT], s.departments[link["other"]]["lever"][Lever.CONTACT])
        gain = step_of_gain(lever[Lever.TRUST_GAIN], contact)
        link["trust"] = after_good(link["trust"], gain, 1.0, lever[Lever.ATTRIBUTION])
        link["understanding"] = learned(link["understanding"], step_of_learning(lever[Lever.LEARNING], contact))


@inline
def _teach(s, p, d):
    """Let department `d` learn how those work with whom it is linked, whatever it has to do with them."""
    teaching = s.departments[d]["lever"][Lever.TEACHING]
    if teaching <= 0.0:
        return
    first = p.pools[d]["first_link"]
    for k in range(first, first + p.pools[d]["n_links"]):
        touch(s, d, k)
        link = s.links[k]
        link["understanding"] = learned(link["understanding"], teaching)


@inline
def _relations(s, p, d, row):
    """Write down how department `d` stands to those it deals with: most to those with whom it deals most.

    Whom it asks for approval stands apart: trust in one's own director says nothing about other departments.
    """
    weight = 0.0
    approvals = 0.0
    trust = 0.0
    approvers = 0.0
    understanding = 0.0
    first = p.pools[d]["first_link"]
    for k in range(first, first + p.pools[d]["n_links"]):
        link = s.links[k]
        weight += link["weight"]
        now = trust_now(s, d, k)
        trust += link["weight"] * now
        understanding += link["weight"] * understanding_now(s, d, k)
        approvals += link["approvals"]
        approvers += link["approvals"] * now
    row["trust"] = trust / weight if weight > 0.0 else math.nan
    row["trust_in_approvers"] = approvers / approvals if approvals > 0.0 else math.nan
    row["understanding"] = understanding / weight if weight > 0.0 else math.nan


@inline
def _record(s, p, d, day):
    dept = s.departments[d]
    row = s.days[s.now[0]["n_days"]]
    s.now[0]["n_days"] += 1
    row["day"] = day
    row["department"] = d
    row["queue"] = dept["waiting"]
    row["busy"] = dept["busy"]
    row["staff"] = dept["staff"]
    row["vacant"] = dept["vacant"]
    row["waiting_hours"] = dept["waiting_hours"]
    row["productivity"] = dept["productivity"]
    for k in range(N_KINDS):
        row["hours"][k] = dept["hours"][k]
    for k in range(N_TALLIES):
        row["today"][k] = dept["today"][k]
    _relations(s, p, d, row)


@inline
def _begin_day(dept):
    for k in range(N_KINDS):
        dept["hours"][k] = 0.0
    for k in range(N_TALLIES):
        dept["today"][k] = 0.0


@inline
def plan_day_end(s):
    """Plan the end of the present day."""
    plan(s, (s.now[0]["day"] + 1) * DAY, Event.DAY_END, ZERO, ZERO)


@routine
def end_day(s, p, time):
    """Write the day down, let relations move by themselves, and set the levers of the next day.

    Every department is looked at again, because a hook may have given it people.
    """
    now = s.now[0]
    for d in range(p.world[0]["n_departments"]):
        if now["recording"]:
            _record(s, p, d, now["day"])
        remember(s, d)
        _begin_day(s.departments[d])
        _meet(s, p, d)
        _teach(s, p, d)
        mark(s, d)
    now["day"] += 1
    look_back(s, p)
    feel(s, p)
    move_levers(s, p, time)
    set_productivity(s, p, time)
    plan_day_end(s)
    plan_leaving(s, p, 0, time)
