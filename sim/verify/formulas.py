"""Closed forms of queueing theory that a neutral organization must obey.

Every function takes plain numbers in hours and arrivals per hour and returns the steady-state value that a long run
of the kernel is compared with. They share nothing with the kernel: a mistake in one cannot hide in the other.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


def erlang_c(servers: int, offered: float) -> float:
    """Return the probability that an arrival must wait in M/M/c.

    Parameters
    ----------
    servers : int
        Number of servers c.
    offered : float
        Offered load a = arrival rate times mean service, below `servers`.

    Notes
    -----
    A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic telephone
    exchanges", Elektroteknikeren 13 (1917). Computed through the recursion of the loss formula, B(k) = aB(k-1) /
    (k + aB(k-1)), which does not overflow for many servers.
    """
    _require_stable(offered / servers)
    blocking = 1.0
    for k in range(1, servers + 1):
        blocking = offered * blocking / (k + offered * blocking)
    return blocking / (1.0 - offered / servers * (1.0 - blocking))


def mmc_wait(arrivals: float, service: float, servers: int) -> float:
    """Return the mean time in queue of M/M/c, for a mean service of `service` hours.

    Notes
    -----
    Kleinrock, *Queueing Systems* vol. 1 (1975), section 3.5: Wq = C(c, a) / (c/service - arrivals).
    """
    return erlang_c(servers, arrivals * service) / (servers / service - arrivals)


def mmc_sojourn(arrivals: float, service: float, servers: int) -> float:
    """Return the mean time in system of M/M/c: `mmc_wait` and one service."""
    return mmc_wait(arrivals, service, servers) + service


def mg1_wait(arrivals: float, service: float, scv: float) -> float:
    """Return the mean time in queue of M/G/1 with squared coefficient of variation `scv`.

    Notes
    -----
    Pollaczek (1930) and Khinchine (1932); Kleinrock vol. 1, section 5.6: Wq = rho service (1 + scv) / (2 (1 - rho)).
    """
    load = arrivals * service
    _require_stable(load)
    return load * service * (1.0 + scv) / (2.0 * (1.0 - load))


def cobham_waits(arrivals: Sequence[float], services: Sequence[float], scvs: Sequence[float]) -> tuple[float, ...]:
    """Return the mean time in queue of every class of a single server with non-preemptive priorities.

    Parameters
    ----------
    arrivals, services, scvs : sequence of float
        Arrival rate, mean service and squared coefficient of variation of each class, the first class first served.

    Notes
    -----
    A. Cobham, "Priority assignment in waiting line problems", Operations Research 2 (1954):
    Wq_k = R / ((1 - s_{k-1}) (1 - s_k)) with R = sum of arrivals times second moments / 2 and s_k the load of the
    classes up to k.
    """
    loads = [rate * mean for rate, mean in zip(arrivals, services, strict=True)]
    _require_stable(sum(loads))
    residual = sum(load * mean * (1.0 + scv) / 2.0 for load, mean, scv in zip(loads, services, scvs, strict=True))
    sums = np.concatenate(([0.0], np.cumsum(loads)))
    return tuple(float(w) for w in residual / ((1.0 - sums[:-1]) * (1.0 - sums[1:])))


def conserved_wait(arrivals: Sequence[float], services: Sequence[float], scvs: Sequence[float]) -> float:
    """Return the load-weighted mean wait that no work-conserving, non-preemptive queue order can change.

    Notes
    -----
    Kleinrock's conservation law, *Queueing Systems* vol. 2 (1976), section 3.4.
    """
    loads = [rate * mean for rate, mean in zip(arrivals, services, strict=True)]
    waits = cobham_waits(arrivals, services, scvs)
    return sum(load * wait for load, wait in zip(loads, waits, strict=True)) / sum(loads)


def traffic(arrivals: Sequence[float], routing: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    """Return the total arrival rate at every station of an open network.

    Notes
    -----
    The traffic equations v = arrivals + v P of J. R. Jackson, "Networks of waiting lines", Operations Research 5
    (1957).
    """
    matrix = np.asarray(routing, dtype=np.float64)
    solution = np.linalg.solve(np.eye(len(matrix)) - matrix.T, np.asarray(arrivals, dtype=np.float64))
    return np.asarray(solution, dtype=np.float64)


class Network(NamedTuple):
    """Steady state of an open Jackson network: rates and mean numbers per station, and the mean time in it."""

    rates: tuple[float, ...]
    in_system: tuple[float, ...]
    lead_time: float
    wait: float


def jackson(
    arrivals: Sequence[float],
    routing: Sequence[Sequence[float]],
    services: Sequence[float],
    servers: Sequence[int],
) -> Network:
    """Return the steady state of an open network of M/M/c stations.

    Parameters
    ----------
    arrivals : sequence of float
        External arrivals per hour at each station.
    routing : sequence of sequence of float
        Probability of going from station (row) to station (column); what is missing to 1 leaves.
    services : sequence of float
        Mean service of each station in hours.
    servers : sequence of int
        Servers of each station.

    Notes
    -----
    J. R. Jackson (1957): each station behaves like M/M/c at its total arrival rate; Little's law then gives the mean
    time in the network and the mean time spent waiting, per case.
    """
    rates = tuple(float(rate) for rate in traffic(arrivals, routing))
    waits = [mmc_wait(*station) for station in zip(rates, services, servers, strict=True)]
    in_system = tuple(rate * (wait + mean) for rate, wait, mean in zip(rates, waits, services, strict=True))
    waiting = sum(rate * wait for rate, wait in zip(rates, waits, strict=True))
    return Network(rates, in_system, sum(in_system) / sum(arrivals), waiting / sum(arrivals))


def feedback_sojourn(arrivals: float, service: float, again: float) -> float:
    """Return the mean time in a single server that each case joins again with probability `again`.

    Notes
    -----
    A Jackson network of one station; L. Takács, "A single-server queue with feedback", Bell System Technical Journal
    42 (1963): W = service / (1 - again - arrivals service).
    """
    return jackson([arrivals], [[again]], [service], [1]).lead_time


def tandem_routing(stations: int, back: float) -> list[list[float]]:
    """Return the routing of stations in a row, each but the first sending cases one step back at chance `back`."""
    routing = [[0.0] * stations for _ in range(stations)]
    for station in range(stations):
        returned = back if station else 0.0
        if station:
            routing[station][station - 1] = returned
        if station + 1 < stations:
            routing[station][station + 1] = 1.0 - returned
    return routing


def tandem_lead_time(arrivals: float, service: float, stations: int, back: float) -> float:
    """Return the mean time through single servers in a row, each but the first returning one step back at times.

    Notes
    -----
    A Jackson network (Jackson 1957) with the routing of `tandem_routing`.
    """
    outside = [arrivals] + [0.0] * (stations - 1)
    return jackson(outside, tandem_routing(stations, back), [service] * stations, [1] * stations).lead_time


def pooled_sojourn(arrivals: float, service: float, departments: int) -> float:
    """Return the mean time in system when several equal M/M/1 departments share one queue.

    Notes
    -----
    M/M/c against c times M/M/1: D. R. Smith and W. Whitt, "Resource sharing for efficiency in traffic systems", Bell
    System Technical Journal 60 (1981).
    """
    return mmc_sojourn(arrivals * departments, service, departments)


def taxed_sojourn(arrivals: float, service: float, tax: float) -> float:
    """Return the mean time in an M/M/1 whose server loses the share `tax` of its speed to meetings and forms.

    Notes
    -----
    M/M/1 at service rate (1 - tax) / service: the tax is a slowdown, so that near full load it costs many times itself.
    """
    return mmc_sojourn(arrivals, service / (1.0 - tax), 1)


def periodic_pickup_wait(period: float) -> float:
    """Return the mean wait for a hand-over that is only picked up every `period` hours.

    Notes
    -----
    The mean residual time of a deterministic renewal process seen by Poisson arrivals: D. R. Cox, *Renewal Theory*
    (1962), section 5.2: period / 2.
    """
    return period / 2.0


def trust_equilibrium(good: float, gain: float, loss: float) -> float:
    """Return the mean trust where gains and losses balance, for independent dealings that go well with chance `good`.

    Notes
    -----
    Good: T += gain (1 - T); bad: T -= loss T. The mean of this linear-operator learning model (R. R. Bush and
    F. Mosteller, *Stochastic Models for Learning*, 1955) is good gain / (good gain + (1 - good) loss).
    """
    return good * gain / (good * gain + (1.0 - good) * loss)


def stationary_vacancy(rate: float, days: float) -> float:
    """Return the share of posts that are vacant, where all leave at a rate a year and are followed after some days.

    Notes
    -----
    Little's law for vacant posts: as many are vacant as fall vacant in a day, times the days that each is. Only who is
    there can leave, so that vacant / filled = rate days / 365, whatever the distribution of either time.
    """
    ratio = rate * days / 365.0
    return ratio / (1.0 + ratio)


def geometric_extra(again: float) -> float:
    """Return the mean number of repetitions when each attempt is followed by another with probability `again`."""
    return again / (1.0 - again)


def slowest_of(branches: int, mean: float) -> float:
    """Return the mean of the longest of several independent exponential times.

    Notes
    -----
    A. Rényi, "On the theory of order statistics" (1953): mean times the harmonic number of `branches`.
    """
    return mean * math.fsum(1.0 / k for k in range(1, branches + 1))


def exponential_quantile(share: float, mean: float) -> float:
    """Return the time within which a `share` of exponentially distributed times ends.

    Notes
    -----
    The time in system of M/M/1 (first come, first served) is exponential: Kleinrock vol. 1, section 5.12.
    """
    return -mean * math.log1p(-share)


def critical_path(hours: Mapping[str, float], needs: Mapping[str, Sequence[str]]) -> float:
    """Return the length of the longest chain of steps of a project with a person for every step.

    Parameters
    ----------
    hours : mapping
        Duration of every step.
    needs : mapping
        Steps that must be finished before a step can begin; absent means none.

    Notes
    -----
    J. E. Kelley and M. R. Walker, "Critical-path planning and scheduling" (1959).
    """
    ends: dict[str, float] = {}

    def end(step: str) -> float:
        if step not in ends:
            ends[step] = hours[step] + max((end(other) for other in needs.get(step, ())), default=0.0)
        return ends[step]

    return max(end(step) for step in hours)


def accepted_changes(rate: float, freeze: float, span: float, core: float) -> float:
    """Return the changes of a case that are accepted: `rate` in its `span`, in the last `freeze` hours only core ones.

    Parameters
    ----------
    rate : float
        Changes that the customer of a case wants.
    freeze, span : float
        Hours before the date in which requirements are frozen, and from arrival to date.
    core : float
        Share of changes that are accepted at any time.

    Notes
    -----
    The times of a Poisson number of changes are uniform on the span; each is kept or not on its own (thinning).
    """
    return rate * (1.0 - (1.0 - core) * freeze / span)


def wait_for_release(apart: float, cut_off: float) -> float:
    """Return the mean time that cases wait for a release which take no time themselves and come at any hour alike.

    Parameters
    ----------
    apart : float
        Hours from one release to the next.
    cut_off : float
        Hours from its cut-off to the release.

    Notes
    -----
    Until the next cut-off a case waits half the time between two of them, as for any clock (P/2), then for the release.
    """
    return apart / 2.0 + cut_off


def complaints(late: float, complain_late: float, complain_faulty: float) -> float:
    """Return the complaints that a case causes where all are served with a defect and some are late.

    Parameters
    ----------
    late : float
        Share of cases that are late.
    complain_late, complain_faulty : float
        Shares of customers who complain of lateness, and of a defect.

    Notes
    -----
    A sum of two independent coins has the sum of their chances as its mean.
    """
    return late * complain_late + complain_faulty


def best_team(people: int, pair: float, between: float) -> int:
    """Return the size of teams with which a department has most time left beside talking.

    Parameters
    ----------
    people : int
        How many there are.
    pair : float
        Share of the time that talking to each further member of a team takes.
    between : float
        Share that each further team takes.

    Notes
    -----
    Communication grows with the number of pairs, F. P. Brooks, "The Mythical Man-Month" (1975).
    """

    def left(team: int) -> float:
        teams = -(-people // team)
        return (1.0 - pair * (team - 1)) * (1.0 - between * (teams - 1))

    return max(range(2, people + 1), key=left)


def _require_stable(load: float) -> None:
    if not 0.0 <= load < 1.0:
        raise ValueError(f"a steady state needs a load in [0, 1), not {load:g}")
