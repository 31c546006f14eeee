"""Approvals: a finished step that waits for somebody else to have a look, and for those who have to sign it."""

from sim.kernel.cases import case_of
from sim.kernel.consultation import agree
from sim.kernel.defects import drop_defect
from sim.kernel.draws import NOBODY, ZERO, hours, uniform
from sim.kernel.jit import inline
from sim.kernel.layout import SIGNED
from sim.kernel.ledger import enter, leave, turn
from sim.kernel.mechanisms.weight import signatures_due
from sim.kernel.requests import FINISH, NEW, SEND, SIGN
from sim.kernel.rules import end_rules
from sim.kernel.weight import has_to_sign
from sim.vocab import Activity, CaseCount, Context, Kind, Lever, Purpose, Tally


@inline
def caught(s, p, row, defect, approver):
    """Decide whether the approver of the step of request `row` finds a defect, which has to be of this very step."""
    if defect["step"] != row["step"]:
        return False
    u = uniform(defect["luck"], p.steps[row["step"]]["id"], Purpose.CHECK, NOBODY, row["visit"], row["again"])
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
            row["resume"] = SIGN
            row["reworks"] += 1
            case["count"][CaseCount.REWORKS] += 1
            s.departments[row["home"]]["today"][Tally.BLAMED] += 1
            enter(s, p, r, time, Context.REWORK)
            return SEND
        before = k
        k = defect["link"]
    return SIGN


@inline
def _ask(s, p, r, approver, again, time):
    """Send the result of a step to somebody who approves; so many have been asked before that it is due again."""
    row = s.requests[r]
    step = p.steps[row["step"]]
    key = case_of(s, row["case"])["key"]
    turn(s, p, r, time, Activity.QUEUE)
    enter(s, p, r, time, Context.ANSWER)
    row["kind"] = Kind.APPROVE
    row["phase"] = NEW
    row["extra"] = 0.0
    row["again"] = again
    row["sender"] = row["dept"]
    row["dept"] = approver
    v = uniform(key, step["id"], Purpose.APPROVAL, NOBODY, row["visit"], again)
    row["work"] = hours(p, p.world[0]["approve"], v)
    who = p.pools[row["dept"]]["who"]
    agree(s, r, uniform(key, step["id"], Purpose.AGREEMENT_APPROVAL, who, row["visit"], again))
    return SEND


@inline
def _signatures(s, p, key, row):
    """Return how many of management have to sign the result of request `row`."""
    d = row["dept"]
    if not s.departments[d]["active"] & SIGNED or not has_to_sign(p, d):
        return 0
    u = uniform(key, p.steps[row["step"]]["id"], Purpose.SIGNATURES, NOBODY, row["visit"], ZERO)
    return signatures_due(s.departments[d]["lever"][Lever.SIGNATURES], u)


@inline
def delivered(s, p, r, time):
    """Stage DELIVERED: the step's result is there; it may need an approval, and signatures after that."""
    row = s.requests[r]
    step = p.steps[row["step"]]
    case = case_of(s, row["case"])
    d = row["dept"]
    row["signatures"] = _signatures(s, p, case["key"], row)
    row["again"] = 0
    if step["approver"] < 0 or step["approver"] == d:
        return SIGN
    u = uniform(case["key"], step["id"], Purpose.APPROVE, NOBODY, row["visit"], ZERO)
    if u >= s.departments[d]["lever"][Lever.ADHERENCE]:
        return SIGN
    return _ask(s, p, r, step["approver"], ZERO, time)


@inline
def sign(s, p, r, time):
    """Stage SIGN: the next of management signs the step's result, if one has to; else the step is over."""
    row = s.requests[r]
    if row["signatures"] <= 0:
        row["again"] = 0
        return FINISH
    row["signatures"] -= 1
    return _ask(s, p, r, p.world[0]["management"], row["again"] + 1, time)
