"""Approvals: a finished step that waits for somebody else to have a look."""

from sim.kernel.cases import case_of
from sim.kernel.consultation import agree
from sim.kernel.defects import drop_defect
from sim.kernel.draws import NOBODY, ZERO, hours, uniform
from sim.kernel.jit import inline
from sim.kernel.ledger import enter, leave, turn
from sim.kernel.requests import FINISH, NEW, SEND
from sim.kernel.rules import end_rules
from sim.vocab import Activity, CaseCount, Context, Kind, Lever, Purpose, Tally


@inline
def caught(s, p, row, defect, approver):
    """Decide whether the approver of the step of request `row` finds a defect, which has to be of this very step."""
    if defect["step"] != row["step"]:
        return False
    u = uniform(defect["luck"], p.steps[row["step"]]["id"], Purpose.CHECK, NOBODY, row["visit"], ZERO)
    return u < s.departments[approver]["lever"][Lever.APPROVAL_CHECK]


@inline
def approved(s, p, r, time):
    """The approver has looked: a defect of this very step may be found and is mended first."""
    row = s.requests[r]
    c = row["case"]
    case = case_of(s, c)
    live = s.cases[c]
    leave(s, p, r, time, Context.ANSWER)
    end_rules(row)
    approver = row["dept"]
    row["sender"] = approver
    row["dept"] = row["home"]
    row["kind"] = Kind.WORK
    before = NOBODY
    k = live["defects"]
    while k >= 0:
        defect = s.defects[k]
        if caught(s, p, row, defect, approver):
            row["work"] = s.departments[row["home"]]["lever"][Lever.REWORK_SHARE] * defect["work"]
            row["wait"] = 0.0
            drop_defect(s, c, k, before)
            row["kind"] = Kind.REWORK
            row["resume"] = FINISH
            row["reworks"] += 1
            case["count"][CaseCount.REWORKS] += 1
            s.departments[row["home"]]["today"][Tally.BLAMED] += 1
            enter(s, p, r, time, Context.REWORK)
            return SEND
        before = k
        k = defect["link"]
    return FINISH


@inline
def delivered(s, p, r, time):
    """Stage DELIVERED: the step's result is there; it may need an approval."""
    row = s.requests[r]
    step = p.steps[row["step"]]
    if step["approver"] < 0:
        return FINISH
    case = case_of(s, row["case"])
    d = row["dept"]
    u = uniform(case["key"], step["id"], Purpose.APPROVE, NOBODY, row["visit"], ZERO)
    if step["approver"] == d or u >= s.departments[d]["lever"][Lever.ADHERENCE]:
        return FINISH
    turn(s, p, r, time, Activity.QUEUE)
    enter(s, p, r, time, Context.ANSWER)
    row["kind"] = Kind.APPROVE
    row["phase"] = NEW
    row["extra"] = 0.0
    row["sender"] = d
    row["dept"] = step["approver"]
    v = uniform(case["key"], step["id"], Purpose.APPROVAL, NOBODY, row["visit"], ZERO)
    row["work"] = hours(p, p.world[0]["approve"], v)
    who = p.pools[row["dept"]]["who"]
    agree(s, r, uniform(case["key"], step["id"], Purpose.AGREEMENT_APPROVAL, who, row["visit"], ZERO))
    return SEND
