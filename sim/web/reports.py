"""Reports of what is switched on, made one after another in a process of their own, and kept for whoever asks again.

A report needs more of each run than the page does, so it compares once more: with the same luck, and as often as the
page has compared by then, so that both say the same.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Protocol

from sim.web.agenda import STEPS, WANTED, Subject, Unit
from sim.web.known import Known
from sim.web.worker import DiedError, RefusedError, Result
from sim.words import words

if TYPE_CHECKING:
    from sim.engine import Engine
    from sim.scenario import Scenario
    from sim.web.asked import Asked

texts = words("web")

LEAST = STEPS[2]
"""Replications of a report at least: fewer say too little to be handed over."""

MOST_WAITING = 4
"""Reports that are being made or wait; whoever asks for more is asked to wait."""

MOST_BYTES = 16_000_000
"""How large a report may be."""


class Doer(Protocol):
    """What makes reports."""

    async def do(self, unit: Unit) -> Result:
        """Make one."""

    def close(self) -> None:
        """End it."""


class Reports:
    """Reports that can be asked for.

    Parameters
    ----------
    known : Known
        What is known already, reports among it.
    doer : Doer
        What makes them.
    wanted : int
        Replications of an answer that is not refined any further.
    """

    def __init__(self, known: Known, doer: Doer, wanted: int = WANTED) -> None:
        self._known, self._doer, self._wanted = known, doer, wanted
        self._made: dict[tuple[str, Subject], asyncio.Task[bytes]] = {}

    async def report(self, subject: Subject, lang: str, name: str) -> bytes:
        """Return a report as HTML, made where it is not known.

        Parameters
        ----------
        subject : Subject
            What it is about.
        lang : str
            Its language.
        name : str
            What whoever makes it again calls the scenario.

        Raises
        ------
        RefusedError
            If it cannot be made, or too many others are being made.
        """
        told = self._known.answer(subject)
        n = min(max(LEAST, 0 if told is None else int(told["n"])), self._wanted)
        kind = f"report-{lang}-{n}"
        found = self._known.get(kind, subject)
        if found is None:
            found = await asyncio.shield(self._task(kind, Unit("report", subject, n, lang=lang, name=name)))
        html: str = json.loads(found)["html"]
        return html.encode()

    def _task(self, kind: str, unit: Unit) -> asyncio.Task[bytes]:
        """Return what makes a report: the same for all who wait for the same one, whoever of them goes."""
        place = kind, unit.subject
        if place not in self._made:
            if len(self._made) >= MOST_WAITING:
                raise RefusedError(texts.REPORTS_WAIT.format(count=len(self._made)))
            self._made[place] = asyncio.create_task(self._make(kind, unit))
            self._made[place].add_done_callback(lambda _: self._made.pop(place, None))
        return self._made[place]

    async def _make(self, kind: str, unit: Unit) -> bytes:
        try:
            made = await self._doer.do(unit)
        except DiedError:
            raise RefusedError(texts.DIED) from None
        if not isinstance(made, bytes) or len(made) > MOST_BYTES:
            raise RefusedError(texts.REPORT_TOO_LARGE.format(most=MOST_BYTES // 1_000_000))
        self._known.put(kind, unit.subject, made)
        return made

    async def close(self) -> None:
        """End what is being made."""
        for task in tuple(self._made.values()):
            task.cancel()
        await asyncio.to_thread(self._doer.close)
        await asyncio.gather(*self._made.values(), return_exceptions=True)


def report_of(
    scenario: Scenario, asked: Asked, replications: int, seed: int, engine: Engine, lang: str, name: str
) -> str:
    """Return the report of what is asked as HTML; it compares, which takes a while.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.
    asked : Asked
        What is switched on.
    replications, seed : int
        How often it is compared, and with what luck.
    engine : Engine
        What works on the replications.
    lang : str
        The language.
    name : str
        What whoever makes it again calls the scenario.
    """
    from sim.report.document import asked as given
    from sim.report.document.made import document_of
    from sim.report.document.pages import html_of
    from sim.study.compare import planned

    plan = planned(scenario, [asked.alternative], replications, seed, also=("weekly",))
    plan.run(engine)
    return html_of(document_of(plan.comparison(), lang, given.Asked(name, with_=(asked.key,))))
