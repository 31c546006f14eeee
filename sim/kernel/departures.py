"""The moments of a release: its list is closed and its own work begins, it is due, it may slip no longer."""

from sim.kernel.cases import case_of
from sim.kernel.demand import open_case, take_in
from sim.kernel.draws import NOBODY, stream
from sim.kernel.jit import inline, routine
from sim.kernel.releases import CUT_OFF, DATE, LATEST, leave_if_ready, leave_now, plan_moment
from sim.vocab import CaseCount


@inline
def begin_work(s, p, k, n, time):
    """Begin the work of the `n`-th release `k` itself, if there is any: a case whose luck is that of the release."""
    one = p.releases[k]
    if one["work"] < 0:
        return
    c = open_case(s, p, one["work"], stream(s.now[0]["base"], one["id"], n), NOBODY, time)
    case = case_of(s, c)
    s.cases[c]["train"] = n
    s.trains[k]["working"] = 1
    take_in(s, p, c, time)
    if case["count"][CaseCount.LOST] or case["count"][CaseCount.PREVENTED]:
        s.trains[k]["working"] = 0


@routine
def on_release(s, p, k, what, time):
    """A moment of release `k` has come."""
    train = s.trains[k]
    if what == CUT_OFF:
        n = train["next"]
        train["next"] = n + 1
        train["awaited"] = train["open"]
        train["working"] = 0
        plan_moment(s, p, k, n, DATE)
        begin_work(s, p, k, n, time)
    elif what == DATE:
        train["due"] = 1
        leave_if_ready(s, p, k, time)
        if train["due"]:
            plan_moment(s, p, k, train["next"] - 1, LATEST)
    elif train["due"]:
        leave_now(s, p, k, time)
