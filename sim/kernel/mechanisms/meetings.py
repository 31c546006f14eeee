"""Meetings (submodel 12)."""

from sim.kernel.jit import inline


@inline
def refreshed(synced, time, share):
    """Return the time of the last synchronization after a meeting that reaches `share` of what there is to know."""
    return synced + share * (time - synced)


@inline
def remaining_work(work, item_hours):
    """Return the work on a question that is still done after it was answered in a meeting."""
    return max(0.0, work - item_hours)
