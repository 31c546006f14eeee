"""Work that is done in a process of its own, so that nobody who is connected waits for it.

The server hands over one piece at a time and so decides, after each, what is most urgent. A process holds the
replications of a few scenarios. It ends when the server does, however that ends; where it dies itself, another takes
its place.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING, Any, NamedTuple

from sim import notices
from sim.scenario import Scenario
from sim.web.agenda import STEPS, Subject, Unit
from sim.web.said import as_json, sentence_of
from sim.words import Language, Text

if TYPE_CHECKING:
    from sim.web.asked import Asked
    from sim.web.studies import Studies
    from sim.web.sure import Sure

SEED = 1
"""The luck of everything that a server tells."""

_PATIENCE = 2.0
"""Seconds that a process has to end by itself."""

_SURE = 4
"""Alternatives whose assumptions are gone through at the same time."""


class Grown(NamedTuple):
    """How many replications there are now, and the answer they give where it is to be told."""

    replications: int
    answer: bytes | None = None


class Far(NamedTuple):
    """How far something came, of how much."""

    done: int
    total: int


Result = bytes | Grown | Far
"""What came of a piece of work; a frame, a week and how sure something is are JSON."""


Factory = Callable[[Scenario], "Studies"]
"""A class or function that has a name, so that a process can be told of it."""


def studies_of(scenario: Scenario) -> Studies:
    """Return what computes everything about a scenario; only a process that computes loads it."""
    from sim.web.studies import Studies

    return Studies(scenario, SEED)


class RefusedError(Exception):
    """Something cannot be computed; one sentence says why."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence


class DiedError(Exception):
    """A process ended in the middle of its work."""


class Desk:
    """Where pieces of work are done, one after another.

    Parameters
    ----------
    factory : callable
        Makes what computes everything about a scenario.
    scenarios : mapping of Scenario
        What there is, by name.
    """

    def __init__(self, factory: Factory, scenarios: Mapping[str, Scenario]) -> None:
        self._factory, self._scenarios = factory, scenarios
        self._open: dict[str, Studies] = {}
        self._sure: dict[Subject, Sure] = {}

    def do(self, unit: Unit) -> Result:
        """Do a piece of work and return what came of it."""
        for name in unit.close:
            self._open.pop(name, None)
        studies = self._studies(unit.subject.scenario)
        if unit.do == "frame":
            return _framed(studies)
        asked = studies.asked(unit.subject.key)
        if unit.do == "grow":
            return _grown(studies, asked, unit)
        if unit.do == "report":
            return as_json({"html": studies.report(asked, unit.replications, unit.lang, unit.name)})
        if unit.do == "sure":
            return self._go_on(studies, asked, unit.subject)
        if unit.played is not None:
            studies.number = unit.played  # else it would be looked for, which takes some runs
        return _without_asked(studies.week(asked))

    def _studies(self, scenario: str) -> Studies:
        if scenario not in self._open:
            self._open[scenario] = self._factory(self._scenarios[scenario])
        return self._open[scenario]

    def _go_on(self, studies: Studies, asked: Asked, subject: Subject) -> Result:
        """Go one step further through the assumptions."""
        sure = self._sure.pop(subject, None) or studies.sure(asked)
        sure.go_on()
        if sure.done >= sure.total:
            return as_json(sure.told())
        self._sure[subject] = sure
        while len(self._sure) > _SURE:
            del self._sure[next(iter(self._sure))]
        return Far(sure.done, sure.total)


def _framed(studies: Studies) -> Result:
    """Return the frame; as long as it needs replications to choose what is played, a few of them are made instead."""
    far = Far(*studies.prepare())
    return far if far.done < far.total else as_json(studies.frame())


def _grown(studies: Studies, asked: Asked, unit: Unit) -> Grown:
    """Grow, and make an answer where it came to a number of replications at which one is told."""
    before = studies.done(unit.subject.key)
    n = studies.grow(asked, unit.replications)
    told = unit.tell and (n >= unit.wanted or n <= before or any(before < step <= n for step in STEPS))
    return Grown(n, _without_asked(studies.answer(asked, wanted=unit.wanted)) if told else None)


def _without_asked(told: dict[str, Any]) -> bytes:
    """Return JSON without how it was asked, which everybody who asks the same may do in another way."""
    return as_json({name: value for name, value in told.items() if name != "asked"})


def _at_work(
    pipe: Connection, factory: Factory, scenarios: Mapping[str, Scenario], lang: Language, gentle: int
) -> None:
    """Do what comes through the pipe until nothing can come any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when work ends
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(gentle)
    desk = Desk(factory, scenarios)
    with notices.speaking(lang), contextlib.suppress(EOFError, OSError):
        while True:
            unit = pipe.recv()
            try:
                answer: tuple[str, Any] = ("done", desk.do(unit))
            except Exception as error:
                answer = ("refused", sentence_of(error))
            pipe.send(answer)


def _end_with_the_server() -> None:
    server = multiprocessing.parent_process()
    if server is not None:
        wait([server.sentinel])
        os._exit(0)


class Worker:
    """A process that does pieces of work, one at a time.

    Parameters
    ----------
    factory : callable
        Makes what computes everything about a scenario; a function that has a name.
    scenarios : mapping of Scenario
        What there is, by name.
    name : str
        What the process is called.
    lang : str
        The language of what it says on the screen.
    gentle : int
        How far others go first where there are not enough cores: the server itself, which answers from what is known.
    """

    def __init__(
        self,
        factory: Factory,
        scenarios: Mapping[str, Scenario],
        name: str = "deptsim",
        lang: str = "en",
        gentle: int = 0,
    ) -> None:
        self._told = factory, dict(scenarios), lang, gentle
        self._name = name
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The number of the process; None before there is one."""
        return self._process.pid if self._process else None

    async def do(self, unit: Unit) -> Result:
        """Do a piece of work.

        Raises
        ------
        RefusedError
            If it cannot be done.
        DiedError
            If the process ended meanwhile; the next piece is done by another one.
        """
        loop = asyncio.get_running_loop()
        how, what = await loop.run_in_executor(self._thread, self._ask, unit)
        if how == "refused":
            raise RefusedError(what)
        return what

    def _ask(self, unit: Unit) -> tuple[str, Any]:
        try:
            pipe = self._pipe or self._start()
            pipe.send(unit)
            answer: tuple[str, Any] = pipe.recv()
        except (EOFError, OSError):
            self._end()
            raise DiedError(self._name) from None
        return answer

    def _start(self) -> Connection:
        if self._closed:
            raise EOFError
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_at_work, args=(theirs, *self._told), name=self._name, daemon=True)
        self._process.start()
        theirs.close()
        return self._pipe

    def _end(self) -> None:
        process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join(_PATIENCE)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._closed = True
        if self._process is not None:
            self._process.kill()
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._end()
