"""Supply: when work is taken up, goods may be missing. The case waits for them outside, and the line stands still."""

from sim.kernel.calendars import after_now
from sim.kernel.cases import case_of
from sim.kernel.draws import NOBODY, ZERO, hours, uniform
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.ledger import turn
from sim.kernel.links import find_link, fresh_now
from sim.kernel.log import LACKING, RECEIVED, logged, note, sent
from sim.kernel.mechanisms.supply import misled_probability, shortage_probability
from sim.kernel.opens import Opens
from sim.kernel.relations import friction
from sim.kernel.requests import MISSING, REFILE, RETURNED, THERE, open_beside, post
from sim.vocab import Activity, CaseCount, Event, Friction, Kind, Lever, Purpose

OPENS = (Opens(requests=1, events=1),)  # the standstill, whose end is that of a piece of work, and the delivery


@inline
def misled(p, step, time):
    """Tell whether what is told about the goods of a step at `time` is wrong."""
    for k in range(step["n_wrong"]):
        at = step["wrong"] + 2 * k
        if p.numbers[at] <= time < p.numbers[at + 1]:
            return True
    return False


@inline
def chance_of_shortage(s, p, row, time):
    """Return the chance that goods are missing for the step of a request, by what is known of where they come from."""
    d = row["dept"]
    lever = s.departments[d]["lever"]
    step = p.steps[row["step"]]
    if misled(p, step, time):
        return misled_probability(lever[Lever.CONFIRMATION], lever[Lever.BACKUP])
    short = step["short"]
    fresh = 0.0
    k = find_link(s, p, d, row["source"])
    if k >= 0:
        fresh = fresh_now(s, p, d, k, time)
    return shortage_probability(
        short, lever[Lever.SHORTAGES], fresh, lever[Lever.TRANSPARENCY], lever[Lever.CONFIRMATION], lever[Lever.BACKUP]
    )


@routine
def lacks(s, p, r, time):
    """Look once at each visit of a step whether its goods are there; what is missing is ordered, and waited for."""
    row = s.requests[r]
    row["goods"] = THERE
    step = p.steps[row["step"]]
    case = case_of(s, row["case"])
    u = uniform(case["key"], step["id"], Purpose.SHORT, NOBODY, row["visit"], ZERO)
    if u >= chance_of_shortage(s, p, row, time):
        return False
    row["goods"] = MISSING
    row["phase"] = RETURNED
    case["count"][CaseCount.GOODS_SHORT] += 1
    turn(s, p, r, time, Activity.EXTERNAL)
    if logged(s):
        note(s, LACKING, r)
    row["begun"] = time
    d = row["dept"]
    v = uniform(case["key"], step["id"], Purpose.SHORT_WAIT, NOBODY, row["visit"], ZERO)
    wait = hours(p, step["short_wait"], v)
    plan(s, after_now(s, p, p.pools[d]["calendar"], time, wait), Event.EXTERNAL, r, ZERO)
    i = row["source"]
    if i >= 0 and i != d:
        friction(s, p, r, d, i, Friction.MISSING_GOODS, Purpose.CONFLICT_SHORT, time, 1.0)
    return True


@inline
def standstill(s, p, r):
    """Open what keeps whoever has taken up request `r` from working: setting up again, asking where the goods are."""
    asked = s.requests[r]
    b = open_beside(s, r, Kind.STANDSTILL, asked["dept"], asked["dept"])
    row = s.requests[b]
    row["visit"] = asked["visit"]
    row["work"] = p.world[0]["standstill"]
    if logged(s):
        sent(s, b, row["sender"])
        note(s, RECEIVED, b)
    return b


@inline
def delivered_late(s, r, time):
    """The goods that request `r` lacked are there: it waits for its turn again, and is judged from now on."""
    row = s.requests[r]
    row["goods"] = THERE
    row["sent"] = time
    row["q_key"] = row["seat"]
    post(s, r, REFILE)
