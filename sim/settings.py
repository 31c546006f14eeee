"""What is set while a run goes on: staff, levers and switches, checked at once and put to work when a day begins."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.compile import Compiled
from sim.kernel.machine import Machine
from sim.outcome import Turn
from sim.spec.base import Bounds, number, whole
from sim.spec.levers import LEVERS, LeverSpec
from sim.spec.nearest import did_you_mean
from sim.vocab import Lever

STAFF = whole(0, 100_000)
_ALLOWED = {spec.lever: number(spec.low, spec.high) for spec in LEVERS.values()}


def lever_called(name: object) -> LeverSpec:
    """Return a lever by the name scenario files use."""
    if not isinstance(name, str) or name not in LEVERS:
        raise KeyError(f"no lever is called '{name}'{did_you_mean(name, LEVERS)}")
    return LEVERS[name]


def _allowed(what: str, value: Any, bounds: Bounds) -> float:
    plain = value.item() if isinstance(value, np.generic) else value
    if not bounds.allows(plain):
        raise ValueError(f"{what}: found {value}, expected {bounds.phrase}")
    return float(plain)


class Settings:
    """Changes that wait for the next day; the last of several of the same thing counts.

    Parameters
    ----------
    compiled : Compiled
        The scenario, for names and bounds; never changed.
    machine : Machine
        The one replication that is changed.
    """

    def __init__(self, compiled: Compiled, machine: Machine) -> None:
        self._compiled = compiled
        self._machine = machine
        self._staff: dict[int, int] = {}
        self._levers: dict[tuple[int, Lever], float] = {}
        self._switches: dict[int, bool] = {}
        self.turned: list[Turn] = []
        """When which intervention was switched on or off, in order."""
        self._followers = _followers(compiled)

    def staff(self, place: int, number_of_people: float) -> None:
        """Give a department so many people from the next day on."""
        found = _allowed(f"staff of '{self._compiled.pools[place]}'", number_of_people, STAFF)
        self._staff[place] = int(found)

    def lever(self, place: int, name: str, value: float) -> None:
        """Put a lever of a department, before interventions, somewhere from the next day on."""
        spec = lever_called(name)
        where = self._compiled.pools[place]
        self._levers[place, spec.lever] = _allowed(f"lever '{name}' of '{where}'", value, _ALLOWED[spec.lever])

    def switch(self, place: int, on: bool) -> None:
        """Begin or stop an intervention on the next day."""
        self._switches[place] = bool(on)

    def apply(self) -> None:
        """Put to work what was set, at a time at which no event is being handled."""
        if not (self._staff or self._levers or self._switches):
            return
        departments = self._machine.state.departments
        staff = departments["staff"]
        anything = False
        for place, people in self._staff.items():
            anything |= bool(staff[place] != people)
            staff[place] = people
            departments["missed"][place] = 0
        for (place, lever), value in self._levers.items():
            anything |= self._move(place, lever, value)
        for place, on in self._switches.items():
            anything |= self._turn(place, on)
        for waiting in (self._staff, self._levers, self._switches):
            waiting.clear()
        if anything:
            self._machine.renew()

    def _move(self, place: int, lever: Lever, value: float) -> bool:
        """Put a lever of a department somewhere; say whether it stood elsewhere."""
        departments = self._machine.state.departments
        base, moved = departments["base"], False
        for row in (place, *self._followers.get(place, ())):
            if base[row, lever] != value:
                base[row, lever] = value
                departments["changed"][row] = moved = True
        return moved

    def _turn(self, place: int, on: bool) -> bool:
        """Turn a switch; whatever is switched on begins anew. Say whether it stood otherwise."""
        switch = self._machine.state.switches[place]
        if bool(switch["on"]) == on:
            return False
        if on:
            scenario = self._compiled.scenario
            start, _ = scenario.interventions[place].span(scenario.warmup_weeks)
            switch["delay"] = max(0.0, self._machine.time - start)
        switch["on"] = on
        self._come_or_go(place, 1 if on else -1)
        self.turned.append((self._machine.time, place, on))
        return True

    def _come_or_go(self, place: int, way: int) -> None:
        """Let the people come or go whom an intervention has brought by now; those of hour 0 have not come then."""
        shocks, time = self._machine.params.shocks, self._machine.time
        mine = shocks[(shocks["switch"] == place) & (shocks["time"] <= time) & (time > 0.0)]
        staff = self._machine.state.departments["staff"]
        np.add.at(staff, mine["dept"], way * mine["amount"].astype(staff.dtype))
        np.maximum(staff, 0, out=staff)


def _followers(compiled: Compiled) -> dict[int, list[int]]:
    """Return the rows of the people who approve, by the department whose levers they follow: management's."""
    scenario, places = compiled.scenario, {name: place for place, name in enumerate(compiled.pools)}
    found: dict[int, list[int]] = {}
    for name in compiled.pools[len(scenario.departments) :]:
        found.setdefault(places[scenario.home(name)], []).append(places[name])
    return found
