"""Hand-overs and questions (submodel 3): how long until whoever is asked notices."""

import math

from sim.kernel.jit import inline

WATCHED = 0.5
"""Part of the agreed time that it takes, on average, to notice a request under an agreement."""
CALLED = 0.25
"""Part of a tier's limit in which, on average, a superior notices what the path sends up."""
MOMENT = 1e-9
"""Hours of a limit of no hours."""


@inline
def willingness(alignment, trust, own):
    """Return the goodwill of the asked: it is only missing where goals, trust and own interest are all missing."""
    return 1.0 - (1.0 - alignment) * (1.0 - trust) * (1.0 - own)


@inline
def mean_latency(channel, reluctance, goodwill):
    """Return the mean open hours until pick-up, stretched by missing goodwill."""
    return channel * (1.0 + reluctance * (1.0 - goodwill))


@inline
def watched(mean, limit):
    """Return the mean open hours until pick-up of who has agreed on a limit, and therefore looks often enough."""
    return min(mean, WATCHED * limit)


@inline
def called(mean, limit):
    """Return the mean open hours until a superior notices what a path with such a limit sends up."""
    return min(mean, CALLED * limit)


@inline
def in_effect(limit):
    """Return an agreed limit as requests carry it, where 0 stands for none: a limit of no hours is a moment."""
    return max(limit, MOMENT)


@inline
def next_pickup(time, period):
    """Return the first pick-up at or after `time` where requests are only collected once in `period` open hours."""
    if period <= 0.0:
        return time
    return math.ceil(time / period) * period
