"""Keyed draws: every number is a pure function of who asks what, never of how many draws came before.

Think of every decision as a sealed envelope that was filled before the run began. Its address says whose luck it is
(`key`: a case of a replication, a stream of own work, a defect), where (`place`: a step), what is decided (`purpose`),
who is asked (`whom`: the identity of a department or approver, or `NOBODY`), at which visit of the step or in which
conflict (`visit`), and how often this same question was put before (`again`). Two scenarios that put the same question
open the same envelope, so their difference is due to what differs between them; and no two questions share one.
"""

import math

import numpy as np

from sim.kernel.jit import inline
from sim.vocab import Family

G1 = np.uint64(0x9E3779B97F4A7C15)
G2 = np.uint64(0xD1B54A32D192ED03)
G3 = np.uint64(0xA0761D6478BD642F)
M1 = np.uint64(0xBF58476D1CE4E5B9)
M2 = np.uint64(0x94D049BB133111EB)
S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
S8, S32 = np.uint64(8), np.uint64(32)
ZERO = np.int64(0)
"""The first visit, the first time (typed, since numba compiles a function anew for every literal)."""
NOBODY = np.int64(-1)
"""No row, and nobody in particular."""
NOWHERE = np.uint64(0)
"""No step."""
UNIT = 1.0 / 9007199254740992.0  # 2^-53
PER_E = 64.0
"""Quantile tables have 64 nodes per unit of e = -log(1 - u)."""
TABLE = 37 * 64 + 1


@inline
def mix(z):
    """Scramble 64 bits (finalizer of splitmix64, Steele, Lea & Flood 2014)."""
    z = (z ^ (z >> S30)) * M1
    z = (z ^ (z >> S27)) * M2
    return z ^ (z >> S31)


@inline
def stream(base, identity, ordinal):
    """Return the key of entity number `ordinal` in the stream `identity`."""
    return mix(mix(base ^ identity) + np.uint64(ordinal) * G1)


@inline
def bits(key, place, purpose, whom, visit, again):
    """Return the 64 random bits that answer one question: eight bits of purpose, 32 each of the other numbers."""
    what = np.uint64(purpose) + (np.uint64(whom + 1) << S8)
    when = np.uint64(visit) + (np.uint64(again) << S32)
    return mix(key ^ (place + what * G2 + when * G3))


@inline
def unit(word):
    """Return 64 random bits as a number inside (0, 1)."""
    return (np.float64(word >> S11) + 0.5) * UNIT


@inline
def uniform(key, place, purpose, whom, visit, again):
    """Return the answer to one question as a number inside (0, 1)."""
    return unit(bits(key, place, purpose, whom, visit, again))


@inline
def exponential(u):
    """Return the quantile of the exponential distribution with mean 1."""
    return -math.log(1.0 - u)


@inline
def normal(u):
    """Return the quantile of the standard normal distribution (Odeh & Evans 1974, error below 2e-8)."""
    p = u if u < 0.5 else 1.0 - u
    y = math.sqrt(-2.0 * math.log(max(p, 1e-20)))
    a = (((y * -0.453642210148e-4 - 0.204231210245e-1) * y - 0.342242088547) * y - 1.0) * y - 0.322232431088
    b = (((y * 0.38560700634e-2 + 0.103537752850) * y + 0.531103462366) * y + 0.588581570495) * y + 0.993484626060e-1
    z = y + a / b
    return -z if u < 0.5 else z


@inline
def lognormal(u, mean, spread):
    """Return the quantile of the lognormal distribution with this mean, whose logarithm has the deviation `spread`.

    The same mean with more spread is a shorter median: most are quick, and a few take very long.
    """
    return mean * math.exp(spread * normal(u) - 0.5 * spread * spread)


@inline
def hours(p, row, u):
    """Return the quantile at `u` of the work distribution in `row`."""
    work = p.works[row]
    family = work["family"]
    if family == Family.CONSTANT:
        return work["scale"]
    e = exponential(u)
    if family == Family.EXPONENTIAL:
        return work["scale"] * e
    x = min(e * PER_E, TABLE - 1.001)
    i = int(x)
    at = work["first"] + i
    low = p.numbers[at]
    return work["scale"] * (low + (x - i) * (p.numbers[at + 1] - low))
