"""The end of a day: adoption moves the levers, trust drifts, and the day is written down."""

from sim.kernel.jit import inline, routine
from sim.kernel.layout import N_KINDS
from sim.kernel.mechanisms.adoption import adoption, moved
from sim.kernel.mechanisms.service import productivity
from sim.kernel.mechanisms.trust import drifted
from sim.vocab import Lever


@routine
def move_levers(s, p, time):
    """Set every lever that an intervention moves to its value at `time`; edits are sorted by place, lever, identity."""
    before = -1
    for k in range(p.world[0]["n_edits"]):
        edit = p.edits[k]
        d = edit["dept"]
        j = edit["lever"]
        lever = s.departments[d]["lever"]
        if d * 1000 + j != before:
            before = d * 1000 + j
            lever[j] = p.pools[d]["base"][j]
        hours = time - edit["start"]
        lived = adoption(hours, edit["fidelity"], edit["ramp"], edit["dip"], edit["retention"])
        if edit["paid"]:
            lived = 1.0 if hours >= 0.0 else 0.0
        value = moved(lever[j], edit["toward"], edit["strength"] * lived)
        lever[j] = min(edit["high"], max(edit["low"], value))


@inline
def meeting_share(p, d, time):
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
        if time >= tax["start"]:
            longest = max(longest, tax["share"])
    return 1.0 - kept * (1.0 - longest)


@routine
def set_productivity(s, p, time):
    """Work out for every department what meetings and overhead leave of working time."""
    for d in range(p.world[0]["n_departments"]):
        dept = s.departments[d]
        dept["productivity"] = productivity(dept["lever"][Lever.OVERHEAD], meeting_share(p, d, time))


@inline
def _drift(s, p):
    for d in range(p.world[0]["n_departments"]):
        lever = s.departments[d]["lever"]
        drift = lever[Lever.TRUST_DRIFT]
        if drift > 0.0:
            first = p.pools[d]["first_link"]
            for k in range(first, first + p.pools[d]["n_links"]):
                link = s.links[k]
                link["trust"] = drifted(link["trust"], drift, lever[Lever.TRUST_BASELINE])


@inline
def _record(s, d, day):
    dept = s.departments[d]
    row = s.days[s.now[0]["n_days"]]
    s.now[0]["n_days"] += 1
    row["day"] = day
    row["department"] = d
    row["queue"] = dept["waiting"]
    row["busy"] = dept["busy"]
    row["staff"] = dept["staff"]
    row["waiting_hours"] = dept["waiting_hours"]
    row["productivity"] = dept["productivity"]
    for k in range(N_KINDS):
        row["hours"][k] = dept["hours"][k]
    row["taxed"] = dept["taxed"]
    row["extra"] = dept["extra"]
    row["done"] = dept["done"]
    row["responses"] = dept["responses"]
    row["in_time"] = dept["in_time"]
    row["own_done"] = dept["own_done"]
    row["own_in_time"] = dept["own_in_time"]
    row["blamed"] = dept["blamed"]
    row["urgent_n"] = dept["urgent_n"]
    row["urgent_wait"] = dept["urgent_wait"]


@inline
def _begin_day(dept):
    for k in range(N_KINDS):
        dept["hours"][k] = 0.0
    dept["taxed"] = 0.0
    dept["extra"] = 0.0
    dept["done"] = 0.0
    dept["responses"] = 0.0
    dept["in_time"] = 0.0
    dept["own_done"] = 0.0
    dept["own_in_time"] = 0.0
    dept["blamed"] = 0.0
    dept["urgent_n"] = 0.0
    dept["urgent_wait"] = 0.0


@routine
def end_day(s, p, time):
    """Write the day down, let trust drift, and set the levers of the next day."""
    now = s.now[0]
    for d in range(p.world[0]["n_departments"]):
        if now["recording"]:
            _record(s, d, now["day"])
        _begin_day(s.departments[d])
    now["day"] += 1
    _drift(s, p)
    move_levers(s, p, time)
    set_productivity(s, p, time)
