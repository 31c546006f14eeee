"""Links: how one department stands to another. Time works on it whenever somebody looks.

A link holds the values of the time when it was last touched. Between two dealings nothing has to be done: what it says
now is worked out when somebody asks.
"""

from sim.kernel.calendars import opened, opened_by
from sim.kernel.jit import inline
from sim.kernel.mechanisms.meetings import refreshed
from sim.kernel.mechanisms.misunderstanding import freshness
from sim.kernel.mechanisms.trust import after_parting, coupled, drifted, forgotten, left_with
from sim.vocab import DAY, WEEK, Lever


@inline
def find_link(s, p, i, j):
    """Return the row of link i→j, or -1 if these two never deal with each other."""
    if i < 0 or j < 0 or i == j:
        return -1
    dense = p.world[0]["dense"]
    if dense >= 0:
        return p.lists[dense + i * p.world[0]["n_departments"] + j]
    low = p.pools[i]["first_link"]
    high = low + p.pools[i]["n_links"]
    end = high
    while low < high:
        middle = (low + high) >> 1
        if s.links[middle]["other"] < j:
            low = middle + 1
        else:
            high = middle
    if low < end and s.links[low]["other"] == j:
        return low
    return -1


@inline
def trust_now(s, i, k):
    """Return the trust of department `i` that link `k` stands for by now."""
    link = s.links[k]
    lever = s.departments[i]["lever"]
    days = (s.now[0]["time"] - link["touched"]) / DAY
    return drifted(link["trust"], days, lever[Lever.TRUST_DRIFT], lever[Lever.TRUST_BASELINE])


@inline
def understanding_now(s, i, k):
    """Return what department `i` understands of the other side of its link `k` by now."""
    link = s.links[k]
    lever = s.departments[i]["lever"]
    weeks = (s.now[0]["time"] - link["touched"]) / WEEK
    half_life = lever[Lever.UNDERSTANDING_HALF_LIFE]
    return forgotten(link["understanding"], weeks, half_life, lever[Lever.KNOWLEDGE_BASE])


@inline
def touch(s, i, k):
    """Bring link `k` of department `i` up to now, before something happens to it."""
    link = s.links[k]
    link["trust"] = trust_now(s, i, k)
    link["understanding"] = understanding_now(s, i, k)
    link["touched"] = s.now[0]["time"]


@inline
def touch_all(s, p, i):
    """Bring all links of department `i` up to now, before a lever that they follow is moved."""
    first = p.pools[i]["first_link"]
    for k in range(first, first + p.pools[i]["n_links"]):
        touch(s, i, k)


@inline
def trust_in(s, p, i, j):
    """Return the trust of department `i` in `j` that its behavior follows; strangers and customers meet full trust."""
    k = find_link(s, p, i, j)
    if k < 0:
        return 1.0
    lever = s.departments[i]["lever"]
    return coupled(trust_now(s, i, k), lever[Lever.TRUST_COUPLING], lever[Lever.TRUST_BASELINE])


@inline
def distance_of(s, p, i, j):
    """Return how far apart departments `i` and `j` are; nothing without a link."""
    k = find_link(s, p, i, j)
    return s.links[k]["distance"] if k >= 0 else 0.0


@inline
def fresh_now(s, p, i, k, time):
    """Return how much of what department `i` last heard over its link `k` still holds, on the clock of `i`."""
    clock = p.pools[i]["clock"]
    since = opened(s, p, clock, time) - opened_by(s, p, clock, s.links[k]["synced"])
    return freshness(since, s.departments[i]["lever"][Lever.SYNC_DECAY])


@inline
def hear(s, p, i, j, time):
    """Let department `i` hear of a notice what it tells of `j` beyond its own case."""
    k = find_link(s, p, i, j)
    if k >= 0:
        link = s.links[k]
        link["synced"] = refreshed(link["synced"], time, s.departments[i]["lever"][Lever.NOTICE])


@inline
def part(s, p, i, j, share):
    """Let department `i` lose the people who knew `j`: what they understood, agreed on, and were trusted with."""
    k = find_link(s, p, i, j)
    if k >= 0 and share > 0.0:
        touch(s, i, k)
        link = s.links[k]
        lever = s.departments[i]["lever"]
        link["trust"] = after_parting(link["trust"], share, lever[Lever.TRUST_BASELINE])
        link["understanding"] = left_with(link["understanding"], share, lever[Lever.KNOWLEDGE_BASE])
        link["synced"] -= share * link["synced"]
