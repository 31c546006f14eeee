"""An organization as a Mesa model, on the same kernel and with the same bits as `sim.run`."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

from mesa.agent import AgentSet

from sim.agents import Approver, Department, Departments, Owner, check_classes, class_for
from sim.compile import Compiled, compile_scenario
from sim.hooks import HookError, acting, acts, because, name_of
from sim.interventions import Intervention, introduced
from sim.log import Log, window_of
from sim.outcome import Follower, Outcome, Window, harvest, simulate, start, warm_up
from sim.quietmesa import mesa
from sim.results import RunResult, manifest_of, result_of
from sim.scenario import Scenario
from sim.scenario.reshaping import reshapes
from sim.settings import Settings
from sim.spec.counts import count_of
from sim.spec.nearest import did_you_mean
from sim.tables import EVERYTHING, LOGGED, kept_of
from sim.vocab import DAY
from sim.watched import Watched


def _conflicts(model: LiveOrganization) -> int:
    return model.conflicts()


def _on_time(model: LiveOrganization) -> float:
    return model.on_time()


class LiveOrganization(Watched):
    """One replication of a scenario that advances day by day.

    A step is one calendar day of 24 hours, from midnight to midnight: seven steps are a week, weekends included, and
    after a step the end of that day (adoption, drift of trust, daily record) has been handled. The events inside a day
    happen at their own times; a step only says how far to go. Cutting a run into days changes no bit of it.

    Just before midnight the hooks are called: `on_day` of every department, in the order of the file, then of every
    intervention. What they set counts from the day that begins then; so does what is set between two steps.

    The luck of the organization is addressed by `seed` and `replication` as in `sim.run`; Mesa's own generators
    (`model.random`, `model.rng`), seeded with the same two numbers, are for hooks and whatever is done from outside.

    Parameters
    ----------
    scenario : Scenario
        What to run.
    seed, replication : int, optional
        The same two numbers give the same run everywhere. Without a seed, as Mesa hands it over, a replication that is
        given is that of seed 1, and otherwise the luck is new; `model.seed` and `model.replication` say which.
    events : bool
        Whether to keep the event log.
    department : class, or classes by name of department, optional
        Departments of your own: subclasses of `Department`.
    log : bool or (int, int)
        Whether to log all that happens, as for `sim.run`: then the result has the tables of the log, too.

    Attributes
    ----------
    departments, approvers : AgentSet
        The departments, and the people of management who approve for them.
    owners : tuple of Owner
        All owners of a queue, in the order of the file.
    memory : dict
        For interventions to remember things of this replication.
    datacollector : DataCollector
        What Mesa notes after every step: `model_reporters` and `agent_reporters` of the class, which a subclass may say
        anew. One that is put in its place is left to whoever put it there.
    machine : Machine
        The kernel's state; to be read, not written.

    Examples
    --------
    >>> import sim
    >>> model = sim.LiveOrganization(sim.load("order_delivery", {"warmup_weeks": 1, "horizon_weeks": 2}), seed=1)
    >>> model.step()
    >>> model.day, model.weekday
    (1, 'tue')
    >>> model.run_model()
    >>> list(model.datacollector.get_model_vars_dataframe())
    ['seed', 'replication', 'open_cases', 'open_conflicts', 'conflicts', 'on_time']
    """

    model_reporters: ClassVar[Mapping[str, Any]] = {
        **{name: name for name in ("seed", "replication", "open_cases", "open_conflicts")},
        "conflicts": _conflicts,
        "on_time": _on_time,
    }
    """What Mesa notes of the organization after every step."""

    agent_reporters: ClassVar[Mapping[str, Any]] = {}
    """What it notes of every department and approver."""

    def __init__(
        self,
        scenario: Scenario | Compiled,
        seed: int | None = 1,
        replication: int | None = None,
        events: bool = False,
        department: Departments | None = None,
        log: Log = False,
    ) -> None:
        seed, replication = _luck(seed, replication)
        super().__init__(rng=[seed, replication])
        self.compiled = scenario if isinstance(scenario, Compiled) else compile_scenario(scenario)
        if department is not None:
            check_classes(department, self.compiled.scenario.departments)
        self.seed, self.replication, self.events = seed, replication, events
        self.log = window_of(log, self.compiled.scenario)
        self._weeks = {} if isinstance(log, bool) else {"log": list(map(int, log))}
        if isinstance(scenario, Scenario):
            warm_up(self.compiled)
        self.machine = start(self.compiled, seed, replication, events=events, log=self.log is not None)
        self.settings = Settings(self.compiled, self.machine)
        self.memory: dict[Any, Any] = {}
        self.follower: Follower | None = None
        self._named = name_of(department)
        self._populate(department)
        self.datacollector = self._collector = mesa.DataCollector(self.model_reporters, self.agent_reporters)

    def _populate(self, department: Departments | None) -> None:
        names = tuple(self.compiled.scenario.departments)
        teams = tuple(self._made(class_for(name, department), place) for place, name in enumerate(names))
        people = tuple(Approver(self, place) for place in range(len(names), len(self.compiled.pools)))
        self.owners: tuple[Owner, ...] = (*teams, *people)
        self.departments = AgentSet(teams, random=self.random)
        self.approvers = AgentSet(people, random=self.random)
        self._asked = tuple(one for one in teams if type(one).on_day is not Department.on_day)
        self._acting = tuple(one for one in self.compiled.scenario.interventions if acts(one))

    def _made(self, cls: type[Department], place: int) -> Department:
        try:
            return cls(self, place)
        except Exception as error:
            name = self.compiled.pools[place]
            message = f"{cls.__name__} could not be made for department '{name}': {because(error)}"
            raise HookError(f"replication {self.replication}: {message}") from error

    def set_lever(self, name: str, value: float) -> None:
        """Put a lever of every department somewhere from the next day on.

        Parameters
        ----------
        name : str
            A lever (``deptsim list levers``).
        value : float
            Where to, within the range of the lever; interventions act on top of it.

        Raises
        ------
        KeyError, ValueError
            If there is no such lever, or the value is out of its range.

        Examples
        --------
        >>> model = sim.LiveOrganization(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2}))
        >>> model.set_lever("latency", 2.0)
        >>> model.step()
        >>> model.department("sales").lever("latency")
        2.0
        """
        for place in range(len(self.compiled.scenario.departments)):
            self.settings.lever(place, name, value)

    def switch(self, intervention: Intervention | str, on: bool) -> None:
        """Begin or stop an intervention of the scenario from the next day on; what is on already goes on as it is.

        An intervention that is off moves no lever, holds no meeting and costs nothing. Whatever is switched on begins
        anew: its weeks (ramp, retention, one-off measures) count from that day.

        Parameters
        ----------
        intervention : Intervention or str
            One of the scenario's, or the kind of some.
        on : bool
            Whether it is to be on.

        Raises
        ------
        KeyError
            If the scenario has no such intervention.
        ValueError
            If it changes the structure of the organization, which is laid down before a run.

        Examples
        --------
        >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2})
        >>> model = sim.LiveOrganization(scenario.with_interventions(["daily_standup"]))
        >>> model.switch("daily_standup", on=False)
        >>> model.step()
        >>> model.is_on("daily_standup")
        False
        """
        for place in self._places(intervention):
            one = self.compiled.scenario.interventions[place]
            if reshapes(one):
                how = "which is laid down before a run: compare it as an alternative instead"
                raise ValueError(f"'{one.kind}' changes the structure of the organization, {how}")
            self.settings.switch(place, on)

    def is_on(self, intervention: Intervention | str) -> bool:
        """Say whether an intervention of the scenario is switched on today.

        Parameters
        ----------
        intervention : Intervention or str
            One of the scenario's, or the kind of some.

        Returns
        -------
        bool
            Whether all of them are on.

        Raises
        ------
        KeyError
            If the scenario has no such intervention.

        Examples
        --------
        >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2})
        >>> sim.LiveOrganization(scenario.with_interventions(["raci"])).is_on("raci")
        True
        """
        return all(bool(self.machine.state.switches[place]["on"]) for place in self._places(intervention))

    def _places(self, intervention: Intervention | str) -> list[int]:
        """Return which interventions are this very one, or of this kind."""
        known = self.compiled.scenario.interventions
        wanted = introduced(intervention) if isinstance(intervention, Intervention) else intervention
        found = [place for place, one in enumerate(known) if wanted in (one.kind, introduced(one))]
        if not found:
            kinds = {one.kind: None for one in known}
            name = intervention if isinstance(intervention, str) else intervention.kind
            listed = ", ".join(kinds) or "there is none"
            raise KeyError(f"'{name}' is no intervention of this scenario ({listed}){did_you_mean(name, kinds)}")
        return found

    def step(self) -> None:
        """Advance to the next midnight, or to the end of the run if that comes first; past the end do nothing.

        Raises
        ------
        HookError
            If a hook fails.

        Examples
        --------
        >>> model = sim.LiveOrganization(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2}))
        >>> model.step()
        >>> model.hours, model.steps, model.running
        (24.0, 1, True)
        """
        if self.hours >= self.end:
            return
        self.settings.apply()
        midnight = (self.hours // DAY + 1.0) * DAY
        if (self._asked or self._acting or self.follower) and midnight <= self.end:
            self.machine.advance(math.nextafter(midnight, 0.0))
            if self.follower:
                self.follower.look(self.machine)
            self._ask(midnight)
        self.machine.advance(min(midnight, self.end))
        self._conflicts.append(self.conflicts())
        self.settings.apply()
        self.running = self.hours < self.end
        if self.datacollector is self._collector:
            self.datacollector.collect(self)

    def _ask(self, midnight: float) -> None:
        """Call the hooks while the day that ends is still there to be seen; interventions if they run tomorrow."""
        step = self.__dict__["step"]
        self.__dict__["step"] = _refuse  # here, because Mesa 3.5 passes over a step within a step in silence
        try:
            for one in self._asked:
                self._call(one.on_day, f"{type(one).__name__}.on_day() of department '{one.name}'")
            for measure in self._acting:
                begin, end = measure.span(self.compiled.scenario.warmup_weeks)
                if begin <= midnight < end:
                    self._call(partial(measure.on_day, self), f"{type(measure).__name__}.on_day()")
        finally:
            self.__dict__["step"] = step

    def _call(self, hook: Callable[[], None], whose: str) -> None:
        try:
            hook()
        except Exception as error:
            when = f"replication {self.replication}, day {self.day}"
            raise HookError(f"{when}: {whose} failed: {because(error)}") from error

    def result(self) -> RunResult:
        """Return what ``sim.run(scenario, 1, seed, first=replication)`` returns, to the bit.

        Returns
        -------
        RunResult
            All tables of this replication.

        Raises
        ------
        RuntimeError
            If the run has not ended.

        Examples
        --------
        >>> model = sim.LiveOrganization(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2}))
        >>> model.run_model()
        >>> model.result().cases.shape[0] > 0
        True
        """
        if self.hours < self.end:
            day, days = self.hours / DAY, self.end / DAY
            raise RuntimeError(f"the run is at day {day:g} of {days:g}; call run_model() before result()")
        scenario = self.compiled.stated
        names = (*EVERYTHING, *(("events",) if self.events else ()), *(LOGGED if self.log else ()))
        turned = self.settings.turned
        outcome = harvest(self.compiled, self.machine, self.replication, log=self.log, turned=turned)
        kept = kept_of(outcome, names)
        manifest = manifest_of(scenario, self.seed, 1, self.replication, self._named) | self._weeks
        return result_of(scenario, {self.replication: kept}, names, manifest)


def _luck(seed: int | None, replication: int | None) -> tuple[int, int]:
    """Return the address of all luck; Mesa's way to ask for some that is new is a seed of None."""
    if seed is None:
        seed = 1 if replication is not None else secrets.randbits(32)
    return count_of("seed", seed, 0), count_of("replication", 0 if replication is None else replication, 0)


def _refuse() -> None:
    raise RuntimeError("a hook cannot advance the organization it is asked by; it sets what counts tomorrow")


def way_with(compiled: Compiled, department: Departments | None) -> Callable[..., Outcome]:
    """Return how a replication with such departments is run: in one go where nobody wants to be asked."""
    if department is not None:
        check_classes(department, compiled.scenario.departments)
    classes = {class_for(name, department) for name in compiled.scenario.departments}
    if all(cls.on_day is Department.on_day for cls in classes) and not acting(compiled.scenario.interventions):
        return simulate

    def day_by_day(
        compiled: Compiled,
        seed: int,
        replication: int,
        *,
        events: bool,
        follow: bool = False,
        log: Window | None = None,
    ) -> Outcome:
        model = LiveOrganization(compiled, seed, replication, events, department, log=log is not None)
        model.follower = Follower(compiled) if follow else None
        model.datacollector = None
        model.run_model()
        outcome = harvest(compiled, model.machine, replication, model.follower, log, model.settings.turned)
        # Mesa 3.3 remembers every model until the process ends: let go of the tables, which are most of it
        del model.machine, model.settings
        return outcome

    return day_by_day
