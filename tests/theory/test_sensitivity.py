"""What drives the wait in M/M/3, by simulation and by Erlang's formula: derivatives, elementary effects and indices."""

from functools import cache

import numpy as np
import pytest

from sim.answers.sensitivity import sensitivity
from sim.verify.formulas import mmc_sojourn
from sim.verify.networks import Window, station
from sim.vocab import WEEK

pytestmark = [pytest.mark.long, pytest.mark.compiled]

DEMAND, WORK = "processes.case.demand.per_week", "processes.case.steps.serve.work.exponential"
ARRIVALS, SERVICE, SERVERS = 2.4, 1.0, 3
WIDER = 1.86
"""How many times wider an interval of 20 replications is that misses one of a thousand rather than of twenty."""


def lead(arrivals, service=SERVICE):
    """Return the hours from arrival to completion."""
    return mmc_sojourn(arrivals, service, SERVERS)


@cache
def found(low, high, least, most, points):
    """Return what drives the hours where arrivals an hour, and hours of work, lie within some limits."""
    firm = station(ARRIVALS, Window(3 * WEEK, 20 * WEEK), servers=SERVERS)
    over = {DEMAND: (low * WEEK, high * WEEK), WORK: (least, most)}
    fields = {"method": "sobol", "points": points, "replications": 2}
    return sensitivity(firm, over=over, measures="lead_time_mean", **fields).tables


def test_the_swing_over_a_narrow_range_is_the_derivative():
    """Of the hours, by load and by work; so small a change is seen since points share their luck."""
    swings = found(2.35, 2.45, 0.98, 1.02, 4)["tornado"].set_index("assumption")
    step = 1e-5
    known = {
        DEMAND: (lead(ARRIVALS + step) - lead(ARRIVALS - step)) / (2 * step) * 0.1,
        WORK: (lead(ARRIVALS, SERVICE + step) - lead(ARRIVALS, SERVICE - step)) / (2 * step) * 0.04,
    }
    for place, change in known.items():
        row = swings.loc[place]
        half = WIDER * (row["swing_high"] - row["swing_low"]) / 2
        assert abs(row["swing"] - change) < half + 0.01 * change  # the curve bends by so much within the range
        assert half < 0.5 * change


def test_shares_of_the_variance_are_those_of_the_formula():
    """Of the load and of the work, over ranges in which the wait doubles."""
    limits = (2.25, 2.55), (0.95, 1.02)
    nodes, weights = np.polynomial.legendre.leggauss(12)
    at = [low + (high - low) * (nodes + 1) / 2 for low, high in limits]
    y = np.array([[lead(one, other) for other in at[1]] for one in at[0]])
    w = weights / 2
    mean = w @ y @ w
    variance = w @ (y - mean) ** 2 @ w
    alone = np.array([w @ (y @ w - mean) ** 2, w @ (w @ y - mean) ** 2]) / variance
    shares = found(*limits[0], *limits[1], 64)["indices"]
    for name, known in (("first", alone), ("total", 1.0 - alone[::-1])):
        assert (shares[f"{name}_low"] <= known).all(), shares
        assert (shares[f"{name}_high"] >= known).all(), shares
        assert (shares[f"{name}_high"] - shares[f"{name}_low"] < 0.7).all()
