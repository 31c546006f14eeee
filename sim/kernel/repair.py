"""Misunderstandings, defects and rework: made at a hand-over, found later, sent back to where they were made."""

from sim.kernel.calendars import after
from sim.kernel.cases import case_of
from sim.kernel.defects import CHANGED, PLAIN, add_defect, drop_defect
from sim.kernel.draws import NOBODY, ZERO, bits, hours, uniform, unit
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.ledger import enter, leave, turn
from sim.kernel.links import find_link, fresh_now, understanding_now
from sim.kernel.log import SENT_BACK, logged, note
from sim.kernel.mechanisms.changes import changed_rework
from sim.kernel.mechanisms.consultation import infeasible_rework
from sim.kernel.mechanisms.distance import across
from sim.kernel.mechanisms.inspection import detection_probability
from sim.kernel.mechanisms.misunderstanding import defect_probability
from sim.kernel.mechanisms.supply import with_backup
from sim.kernel.opens import Opens
from sim.kernel.relations import friction
from sim.kernel.requests import RETURNED, SEND, post
from sim.kernel.routes import outside
from sim.kernel.rules import end_rules
from sim.kernel.teams import understood
from sim.vocab import Activity, CaseCount, CaseHours, Context, Event, Friction, Kind, Lever, Purpose, Tally

OPENS = (Opens(events=1, defects=1),)  # outside once more; what is misread


PIECE = 3
"""Numbers that say when those outside fail: begin, end, factor."""


@routine
def misread(s, p, r, time):
    """Let the receiver perhaps misread what the sender wants."""
    row = s.requests[r]
    i = row["sender"]
    d = row["dept"]
    step = p.steps[row["step"]]
    lever = s.departments[d]["lever"]
    k = find_link(s, p, d, i)
    if k < 0:
        return
    novelty = step["novelty"] * lever[Lever.NOVELTY]
    fresh = fresh_now(s, p, d, k, time)
    known = across(understanding_now(s, d, k), lever[Lever.DISTANCE] * s.links[k]["distance"])
    chance = defect_probability(novelty, lever[Lever.DOCUMENTS], understood(s, row, known), fresh)
    key = case_of(s, row["case"])["key"]
    luck = bits(key, step["id"], Purpose.MISREAD, p.pools[d]["who"], row["visit"], row["again"])
    if unit(luck) < chance:
        add_defect(s, r, luck, PLAIN)


@inline
def external_hours(s, p, case, j, visit, time):
    """Return the hours that step `j` of a case waits for somebody outside who is asked at `time`."""
    step = p.steps[j]
    if step["external"] < 0:
        return 0.0
    row = step["external"]
    if step["by_next"]:
        row = outside(p, case["key"], step, visit)
    u = uniform(case["key"], step["id"], Purpose.EXTERNAL, NOBODY, visit, ZERO)
    usual = hours(p, row, u) * case["complexity"]
    if step["n_failures"] == 0:
        return usual
    return usual * failing(p, step, s.departments[step["dept"]]["lever"][Lever.BACKUP], time)


@inline
def failing(p, step, backup, time):
    """Return how many times as long as usual somebody outside takes who is asked at `time` by this step."""
    for k in range(step["n_failures"]):
        at = step["failures"] + PIECE * k
        if p.numbers[at] <= time < p.numbers[at + 1]:
            return with_backup(p.numbers[at + 2], backup)
    return 1.0


@inline
def found(s, p, row, defect):
    """Decide whether who takes up the step of request `row` notices a defect of another step."""
    if defect["step"] == row["step"]:
        return False
    if defect["asked"] >= 0:
        return defect["asked"] == row["dept"]
    if defect["asked"] == CHANGED:
        return True
    step = p.steps[row["step"]]
    u = uniform(defect["luck"], step["id"], Purpose.DETECT, NOBODY, row["visit"], ZERO)
    return u < detection_probability(s.departments[row["dept"]]["lever"][Lever.DETECTION], step["inspection"])


@routine
def inspect(s, p, r, time):
    """Look for defects of earlier steps; the first one found is sent back to where it was made."""
    row = s.requests[r]
    before = NOBODY
    k = s.cases[row["case"]]["defects"]
    while k >= 0:
        defect = s.defects[k]
        if found(s, p, row, defect):
            if logged(s):
                note(s, SENT_BACK, r)
            send_back(s, p, r, k, before, time)
            return True
        before = k
        k = defect["link"]
    return False


@inline
def send_back(s, p, r, k, before, time):
    """Return the case to the origin of defect `k` for rework; whoever found it waits, and remembers."""
    row = s.requests[r]
    c = row["case"]
    case = case_of(s, c)
    live = s.cases[c]
    defect = s.defects[k]
    d = row["dept"]
    origin = defect["dept"]
    lever = s.departments[origin]["lever"]
    share = lever[Lever.REWORK_SHARE]
    row["work"] = share * defect["work"]
    row["wait"] = share * external_hours(s, p, case, defect["step"], defect["visit"], time)
    if defect["asked"] >= 0:
        loss = lever[Lever.INFEASIBLE_LOSS]
        row["work"] = infeasible_rework(share, loss, defect["work"], case["hours"][CaseHours.WORKED] - defect["worked"])
        row["wait"] = loss * (live["waited"] - defect["waited"])
    changed = defect["asked"] == CHANGED
    if changed:
        loss = lever[Lever.CHANGE_LOSS]
        row["work"] = changed_rework(loss, case["hours"][CaseHours.WORKED])
        row["wait"] = loss * live["waited"]
    row["extra"] = 0.0
    end_rules(row)
    drop_defect(s, c, k, before)
    row["kind"] = Kind.REWORK
    row["phase"] = RETURNED
    row["resume"] = 0
    row["sender"] = d
    row["dept"] = origin
    row["again"] = row["reworks"]
    row["reworks"] += 1
    case["count"][CaseCount.REWORKS] += 1
    enter(s, p, r, time, Context.REWORK)
    if origin != d:
        case["count"][CaseCount.HANDED_OVER] = 1
        case["count"][CaseCount.PING_PONG] |= origin == row["before"]
    if changed:
        front = p.processes[case["process"]]["front"]
        if origin != front:
            friction(s, p, r, origin, front, Friction.BLAME, Purpose.CONFLICT_CHANGE, time, 1.0)
    else:
        s.departments[origin]["today"][Tally.BLAMED] += 1
        if origin != d:
            friction(s, p, r, d, origin, Friction.BLAME, Purpose.CONFLICT_BLAME, time, 1.0)
    post(s, r, SEND)


@inline
def reworked(s, p, r, time):
    """Rework is done: once more to the supplier where that has to be, then back to whoever found the defect.

    If the approver found it, or acceptance at the end, the case goes on from here.
    """
    row = s.requests[r]
    if row["wait"] > 0.0:
        turn(s, p, r, time, Activity.EXTERNAL)
        row["begun"] = time
        plan(s, after(p, p.pools[row["dept"]]["calendar"], time, row["wait"]), Event.EXTERNAL, r, ZERO)
        row["wait"] = 0.0
        return 0
    row["kind"] = Kind.WORK
    row["extra"] = 0.0
    row["sender"] = row["dept"]
    row["dept"] = row["home"]
    if row["resume"] > 0:
        leave(s, p, r, time, Context.REWORK)
        return row["resume"]
    return SEND
