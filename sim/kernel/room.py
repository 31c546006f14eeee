"""Room: before each event and each stage of a request, is there a row for whatever it may open?"""

from collections.abc import Mapping

from sim.kernel import (
    changes,
    complaints,
    conflicts,
    consultation,
    daily,
    demand,
    filing,
    flow,
    handovers,
    meetings,
    news,
    notices,
    openings,
    own,
    people,
    releases,
    repair,
    rules,
    service,
    supply,
    watching,
)
from sim.kernel.jit import inline, routine
from sim.kernel.layout import N_SPENT
from sim.kernel.log import lines_ahead
from sim.kernel.opens import Times, most
from sim.vocab import Event

HANDLERS = (
    changes, complaints, conflicts, consultation, daily, demand, filing, flow, handovers, meetings, news, notices,
    openings, own, people, releases, repair, rules, service, supply, watching,
)  # fmt: skip
"""Whoever opens rows."""


def margin(times: Mapping[Times, int]) -> int:
    """Return how many rows of one kind a stage can open at most, if each handler is visited so often."""
    return most((one for handler in HANDLERS for one in handler.OPENS), times)


@routine
def count_room(s, p):
    """Note for how many stages of requests the tables have room, whatever each may open; return whether for any."""
    now = s.now[0]
    rows = p.world[0]["margin"] + 1
    free = min(now["free_requests"], now["free_defects"], now["room_events"] - now["n_events"]) // rows
    now["credit"] = min(free, (now["room_lines"] - now["n_lines"]) // N_SPENT)
    if now["logging"]:
        room = now["n_log"] + lines_ahead(now, p.world[0]) <= now["room_log"]
        now["credit"] = min(now["credit"], int(room))  # looked at before each stage
    return now["credit"] > 0


@inline
def has_room(s, p):
    """Tell whether the tables have room for one more stage of a request, and count it."""
    now = s.now[0]
    if now["credit"] <= 0 and not count_room(s, p):
        return False
    now["credit"] -= 1
    return True


@inline
def room_for(s, p, kind):
    """Tell whether the tables have room for an event of this kind."""
    now = s.now[0]
    if not has_room(s, p) or now["n_cases"] >= now["room_history"] or now["free_cases"] <= 0:
        return False
    days = now["n_days"] + p.world[0]["n_departments"]
    return kind != Event.DAY_END or not now["recording"] or days <= now["room_days"]
