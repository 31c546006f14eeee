"""The network in SimPy: departments are resources, customers are processes."""

from __future__ import annotations

import random
from collections.abc import Generator

import simpy

from bench.network import Network, Notes, Played, notes, played

Steps = Generator[simpy.Event, None, None]


def _customer(world: simpy.Environment, pools: list[simpy.Resource], here: int, network: Network, luck: random.Random,
              noted: Notes) -> Steps:  # fmt: skip
    arrival = world.now
    noted.arrivals.append(arrival)
    while True:
        asked = world.now
        with pools[here].request() as turn:
            yield turn
            noted.starts.append(world.now)
            noted.waits.append(world.now - asked)
            yield world.timeout(luck.expovariate(1.0))
        u = luck.random()
        if u >= network.goes_on:
            break
        here = network.next_department(here, u)
    noted.departures.append(world.now)
    noted.sojourns.append(world.now - arrival)


def play(network: Network, seed: int) -> Notes:
    """Run the network once."""
    luck, world, noted = random.Random(seed), simpy.Environment(), notes()
    pools = [simpy.Resource(world, capacity=network.people) for _ in range(network.departments)]

    def arrivals(here: int) -> Steps:
        while True:
            yield world.timeout(luck.expovariate(network.arrivals))
            world.process(_customer(world, pools, here, network, luck, noted))

    for department in range(network.departments):
        world.process(arrivals(department))
    world.run(until=network.hours)
    return noted


def read(network: Network, product: Notes) -> Played:
    """Return the means of a run; services begun are, but for the last few, services finished."""
    return played(network, product, len(product.starts))
