"""A request on somebody's desk: taken up, looked at, served, and passed on."""

from sim.kernel.approval import approved
from sim.kernel.calendars import after_now, is_open
from sim.kernel.cases import case_of, is_frozen
from sim.kernel.conflicts import mediated, negotiated
from sim.kernel.consultation import answer, consult
from sim.kernel.disputes import NAMED, decide, pass_on
from sim.kernel.draws import NOBODY, ZERO
from sim.kernel.flow import next_steps
from sim.kernel.heap import plan
from sim.kernel.helping import call_for_help, whom_to_help
from sim.kernel.jit import inline, routine
from sim.kernel.layout import PACED
from sim.kernel.ledger import turn
from sim.kernel.links import hear
from sim.kernel.log import HELD, logged, note, served, taken
from sim.kernel.mechanisms.service import pace
from sim.kernel.notices import follow_up, inform
from sim.kernel.opens import Opens
from sim.kernel.queues import hours_ahead, pop, withdraw
from sim.kernel.relations import helped
from sim.kernel.repair import external_hours, inspect, reworked
from sim.kernel.requests import DELIVERED, NEW, READY, REFILE, SEND, UNSEEN, close_request
from sim.kernel.response import note_urgent, respond
from sim.kernel.rules import begun, end_rules
from sim.kernel.shifts import at_work
from sim.kernel.supply import lacks, standstill
from sim.vocab import Activity, CaseHours, Event, Kind, Lever, Tally

OPENS = (Opens(events=2),)  # the end of a piece of work, and of a wait outside


@inline
def dispatch(s, p, d, time):
    """Let one idle person of department `d` take up the best of what waits; return whether to ask again."""
    dept = s.departments[d]
    if dept["waiting"] == 0:
        return s.now[0]["helping"] != 0 and help_out(s, p, d, time)
    there = at_work(s, p, d, time)
    if dept["busy"] >= there or not is_open(s, p, p.pools[d]["calendar"], time):
        return s.now[0]["helping"] != 0 and help_out(s, p, d, time)
    r = pop(s, d)
    row = s.requests[r]
    if row["clock"] and is_frozen(s, row["case"]):
        row["held"] = REFILE
        if logged(s):
            note(s, HELD, r)
    else:
        ready = take_up(s, p, r, time)
        if ready >= 0:
            begin(s, p, ready, d, time)
    again = (dept["waiting"] > 0 and dept["busy"] < there) or s.now[0]["helping"] != 0
    return again or s.now[0]["outbox"] >= 0


@routine
def help_out(s, p, d, time):
    """Call others where more waits than department `d` can take up, or work for them; return whether to ask again."""
    if s.departments[d]["waiting"] > 0:
        call_for_help(s, p, d, time)
        return False
    r = whom_to_help(s, p, d, time)
    if r < 0:
        return False
    withdraw(s, s.requests[r]["dept"], r)
    ready = take_up(s, p, r, time)
    if ready >= 0:
        begin(s, p, ready, d, time)
    return True


@inline
def take_up(s, p, r, time):
    """Look at a request before working on it; return what is worked on now: mostly this one, -1 = nothing."""
    row = s.requests[r]
    kind = row["kind"]
    if row["clock"] == 0 or (kind == Kind.WORK and row["phase"] == READY):
        return r
    begun(row)
    if row["phase"] == NEW and kind <= Kind.APPROVE:
        note_urgent(s, p, r, time)
    if kind != Kind.WORK:
        return r
    if s.cases[row["case"]]["defects"] >= 0 and inspect(s, p, r, time):
        return NOBODY
    step = p.steps[row["step"]]
    if step["supplied"] and row["goods"] == UNSEEN and lacks(s, p, r, time):
        return standstill(s, p, r)
    row["phase"] = READY
    if step["n_consults"] > 0:
        consult(s, p, r, time)
        return r if row["pending"] == 0 else NOBODY
    return r


@inline
def begin(s, p, r, d, time):
    """Somebody of department `d` begins to work on request `r`."""
    row = s.requests[r]
    dept = s.departments[d]
    rate = dept["productivity"]
    speed = dept["skill"]
    if dept["active"] & PACED:
        speed *= pace(dept["lever"][Lever.SPEEDUP], hours_ahead(s, d), p.world[0]["full_desk"])
    row["server"] = d
    if row["dept"] != d:
        speed *= dept["lever"][Lever.CROSS_SKILL]
        dept["lent"] += 1
    duration = (row["work"] + row["extra"]) / (speed * rate)
    turn(s, p, r, time, Activity.TOUCH)
    row["rate"] = rate
    row["duration"] = duration
    row["begun"] = time
    dept["busy"] += 1
    if logged(s):
        taken(s, r)
    plan(s, after_now(s, p, p.pools[d]["calendar"], time, duration), Event.COMPLETE, r, ZERO)


@inline
def coordinates(kind):
    """Tell whether a kind of request is coordination, and not work itself."""
    return kind != Kind.WORK and kind != Kind.REWORK and kind != Kind.OWN and kind != Kind.STANDSTILL


@inline
def on_complete(s, p, r, time):
    """Somebody has finished a piece of work and is free for the next."""
    row = s.requests[r]
    d = row["server"]
    dept = s.departments[d]
    dept["busy"] -= 1
    dept["hours"][row["kind"]] += row["duration"]
    dept["today"][Tally.TAXED] += row["duration"] * (1.0 - row["rate"])
    if coordinates(row["kind"]):
        dept["today"][Tally.COORDINATED] += row["duration"] * row["rate"]
    if row["extra"] > 0.0:
        dept["today"][Tally.EXTRA] += row["duration"] * row["rate"] * row["extra"] / (row["work"] + row["extra"])
    turn(s, p, r, time, Activity.QUEUE)
    logging = s.now[0]["logging"]
    if logging > 1 or (logging and row["case"] >= 0):
        served(s, r)
    if row["dept"] != d:
        dept["lent"] -= 1
        dept["today"][Tally.LENT] += row["duration"]
        if row["kind"] == Kind.WORK:
            helped(s, p, row["dept"], d)


@inline
def proceed(s, p, r, time):
    """Stage PROCEED: work on a request is done; what follows depends on what it was."""
    row = s.requests[r]
    kind = row["kind"]
    if kind == Kind.WORK:
        return worked(s, p, r, time)
    return coordinated(s, p, r, time)


@inline
def worked(s, p, r, time):
    """A step's own work is done; a supplier or carrier may still have to deliver."""
    row = s.requests[r]
    case = case_of(s, row["case"])
    live = s.cases[row["case"]]
    step = p.steps[row["step"]]
    case["hours"][CaseHours.WORKED] += row["work"]
    dept = s.departments[row["dept"]]
    dept["today"][Tally.DONE] += 1
    dept["today"][Tally.BYPASSED] += 1.0 - dept["observed"]
    if step["response"] > 0.0:
        respond(s, p, r, step["response"], time)
    end_rules(row)
    if step["external"] < 0:
        return DELIVERED
    wait = external_hours(s, p, case, row["step"], row["visit"], time)
    live["waited"] += wait
    turn(s, p, r, time, Activity.EXTERNAL)
    row["begun"] = time
    plan(s, after_now(s, p, step["external_calendar"], time, wait), Event.EXTERNAL, r, ZERO)
    return 0


@routine
def coordinated(s, p, r, time):
    """Coordination work is done: an answer, an approval, a notice, a triage, rework, or a part of a conflict."""
    row = s.requests[r]
    kind = row["kind"]
    if kind == Kind.TRIAGE:
        pass_on(s, p, r)
        return SEND
    if kind == Kind.REWORK:
        case_of(s, row["case"])["hours"][CaseHours.WORKED] += row["work"]
        case_of(s, row["case"])["hours"][CaseHours.REWORKED] += row["work"]
        row["work"] = 0.0
        end_rules(row)
        return reworked(s, p, r, time)
    if kind == Kind.APPROVE:
        respond(s, p, r, p.world[0]["approve_response"], time)
        return approved(s, p, r, time)
    if kind == Kind.MEDIATE and row["clock"]:
        decide(s, p, r)
        return SEND
    if kind == Kind.CONSULT:
        respond(s, p, r, p.world[0]["consult_response"], time)
        answer(s, p, r, time)
    elif kind == Kind.INFORM:
        hear(s, p, row["sender"], row["dept"], time)
        hear(s, p, row["dept"], row["sender"], time)
    elif kind == Kind.NEGOTIATE:
        negotiated(s, p, r, time)
    elif kind == Kind.MEDIATE:
        mediated(s, p, r, time)
    close_request(s, r)
    return 0


@inline
def finish(s, p, r, time):
    """Stage FINISH: the step is over; those to be informed hear of it, and the case goes on."""
    row = s.requests[r]
    step = p.steps[row["step"]]
    if row["decided"] >= NAMED:
        follow_up(s, p, r)
    if step["n_informs"] > 0:
        inform(s, p, r)
    return next_steps(s, p, r, time)
