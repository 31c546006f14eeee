"""Meetings (submodel 12)."""

from sim.kernel.jit import inline


@inline
def refreshed(synced, time, share):
    """Return the time of the last synchronization after a meeting that reaches `share` of what there is to know."""
    return synced + share * (time - synced)


@inline
def reach(strength, usefulness, lived, followed):
    """Return the share of a meeting's use that it has; one that people do not live yet is of none, not of less.

    `followed` is the share of what is said there that those present carry on to their departments, and do. That people
    who also say when, where and how do more of what they intend: Gollwitzer and Sheeran 2006, d = 0.65.
    """
    return strength * usefulness * max(0.0, lived) * followed


@inline
def news_share(hours, present, each):
    """Return the share of the news that there is time for, when each of those present takes `each` hours to tell."""
    needed = present * each
    return 1.0 if hours >= needed else hours / needed


@inline
def questions_fit(hours, present, each, item):
    """Return how many questions fit into what the news leaves of a meeting."""
    return max(0.0, hours - present * each) / item


@inline
def remaining_work(work, item_hours):
    """Return the work on a question that is still done after it was answered in a meeting."""
    return max(0.0, work - item_hours)
