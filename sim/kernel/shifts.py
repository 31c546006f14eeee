"""Staff by shift: in some hours not all people of a department are at work. Whoever is at work is told by the clock.

Work that was begun before a shift ended is finished by whoever began it; until then nobody takes up anything new.
"""

from sim.kernel.calendars import is_open
from sim.kernel.jit import inline, routine


@inline
def at_work(s, p, d, time):
    """Return how many people of department `d` are at work now, when it is open."""
    staff = s.departments[d]["staff"]
    return staff if p.pools[d]["n_shifts"] == 0 else _on_shift(s, p, d, time, staff)


@routine
def _on_shift(s, p, d, time, staff):
    """Return how many of the staff are at work in the present hour."""
    for k in range(p.pools[d]["n_shifts"]):
        at = p.pools[d]["shifts"] + 2 * k
        if is_open(s, p, p.lists[at], time):
            return min(staff, p.lists[at + 1])
    return staff
