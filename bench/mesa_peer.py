"""The network in Mesa, twice: with scheduled events, and in fixed steps as most Mesa models are written."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from typing import Any

import mesa

from bench.network import Network, Notes, Played, notes, played

STEP = 0.1
"""Hours of a fixed step."""

SCHEDULES = hasattr(mesa.Model, "schedule_event")
"""Whether models schedule events themselves (Mesa 3.5); before, an experimental simulator did it for them."""

if not SCHEDULES:
    from mesa.experimental.devs import DEVSimulator


class Customer:
    """Where somebody is, since when, and how long in all."""

    def __init__(self, time: float) -> None:
        self.arrival = self.asked = time
        self.until = 0.0  # fixed steps only
        self.pool: Pool | None = None

    def complete(self) -> None:
        """The work for the customer is done."""
        self.pool.model.complete(self.pool, self)


class Pool(mesa.Agent):  # type: ignore[misc]
    """A department: people, and a queue."""

    def __init__(self, model: Any, place: int) -> None:
        super().__init__(model)
        self.place = place
        self.queue: deque[Customer] = deque()
        self.serving: set[Customer] = set()  # events refer weakly to whom they are about

    def arrive(self) -> None:
        """Somebody arrives from outside."""
        self.model.arrive(self)


class Events(mesa.Model):  # type: ignore[misc]
    """The network with scheduled events."""

    def __init__(self, network: Network, seed: int) -> None:
        super().__init__(rng=seed)
        self.network, self.luck, self.noted = network, random.Random(seed), notes()
        self.pools = [Pool(self, place) for place in range(network.departments)]
        self.devs = None if SCHEDULES else DEVSimulator()
        if self.devs is not None:
            self.devs.setup(self)

    def now(self) -> float:
        """Return the time."""
        return self.time if self.devs is None else self.devs.time

    def after(self, hours: float, action: Callable[[], None]) -> None:
        """Plan an action."""
        if self.devs is None:
            self.schedule_event(action, after=hours)
        else:
            self.devs.schedule_event_relative(action, hours)

    def play(self) -> Notes:
        """Run from empty to the end."""
        for pool in self.pools:
            self.after(self.luck.expovariate(self.network.arrivals), pool.arrive)
        (self if self.devs is None else self.devs).run_until(self.network.hours)
        return self.noted

    def arrive(self, pool: Pool) -> None:
        """A customer arrives from outside."""
        time = self.now()
        self.noted.arrivals.append(time)
        self.enter(pool, Customer(time), time)
        self.after(self.luck.expovariate(self.network.arrivals), pool.arrive)

    def enter(self, pool: Pool, customer: Customer, time: float) -> None:
        """A customer is served, or waits."""
        customer.asked, customer.pool = time, pool
        if len(pool.serving) < self.network.people:
            self.serve(pool, customer, time)
        else:
            pool.queue.append(customer)

    def serve(self, pool: Pool, customer: Customer, time: float) -> None:
        """Somebody begins to work for a customer."""
        pool.serving.add(customer)
        self.noted.starts.append(time)
        self.noted.waits.append(time - customer.asked)
        self.after(self.luck.expovariate(1.0), customer.complete)

    def complete(self, pool: Pool, customer: Customer) -> None:
        """The work is done: the customer goes on or leaves, and the next is served."""
        time = self.now()
        pool.serving.remove(customer)
        if pool.queue:
            self.serve(pool, pool.queue.popleft(), time)
        u = self.luck.random()
        if u < self.network.goes_on:
            self.enter(self.pools[self.network.next_department(pool.place, u)], customer, time)
        else:
            self.noted.departures.append(time)
            self.noted.sojourns.append(time - customer.arrival)


class Worker(Pool):
    """A department that looks at its work once a step."""

    def __init__(self, model: Any, place: int) -> None:
        super().__init__(model, place)
        self.served: list[Customer] = []

    def step(self) -> None:
        """Let go who is served, and serve who waits."""
        time, model = self.model.hours, self.model
        done = [customer for customer in self.served if customer.until <= time]
        if done:
            self.served = [customer for customer in self.served if customer.until > time]
            for customer in done:
                model.complete(self.place, customer)
        while self.queue and len(self.served) < model.network.people:
            customer = self.queue.popleft()
            model.noted.starts.append(time)
            model.noted.waits.append(time - customer.asked)
            customer.until = time + model.luck.expovariate(1.0)
            self.served.append(customer)


class Steps(mesa.Model):  # type: ignore[misc]
    """The network in fixed steps: whoever is due within a step leaves at its end."""

    def __init__(self, network: Network, seed: int, step: float) -> None:
        super().__init__(rng=seed)
        self.network, self.luck, self.noted, self.length = network, random.Random(seed), notes(), step
        self.hours = 0.0
        self.pools = [Worker(self, place) for place in range(network.departments)]
        self.next = [self.luck.expovariate(network.arrivals) for _ in self.pools]

    def play(self) -> Notes:
        """Run from empty to the end."""
        for number in range(1, round(self.network.hours / self.length) + 1):
            self.hours = number * self.length
            self.step()
        return self.noted

    def step(self) -> None:
        """Let customers arrive, then every department work, in random order."""
        for pool in self.pools:
            while self.next[pool.place] <= self.hours:
                self.noted.arrivals.append(self.hours)
                pool.queue.append(Customer(self.hours))
                self.next[pool.place] += self.luck.expovariate(self.network.arrivals)
        self.agents.shuffle_do("step")

    def complete(self, place: int, customer: Customer) -> None:
        """A customer goes on or leaves."""
        u = self.luck.random()
        if u < self.network.goes_on:
            customer.asked = self.hours
            self.pools[self.network.next_department(place, u)].queue.append(customer)
        else:
            self.noted.departures.append(self.hours)
            self.noted.sojourns.append(self.hours - customer.arrival)


def play_events(network: Network, seed: int) -> Notes:
    """Run the network once with scheduled events."""
    return Events(network, seed).play()


def play_steps(network: Network, seed: int, step: float = STEP) -> Notes:
    """Run the network once in fixed steps."""
    return Steps(network, seed, step).play()


def read(network: Network, product: Notes) -> Played:
    """Return the means of a run."""
    return played(network, product, len(product.starts))
