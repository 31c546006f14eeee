"""The replications of one scenario: those of the baseline are kept, and those of alternatives stand beside them.

Every alternative is a study of its own that meets the same luck as the baseline, so that whoever asks for another one
runs only that. Studies grow: four replications make a first answer, two hundred the last one, and whatever is looked at
in between is what these replications say.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from typing import Any

import pandas as pd

from sim.engine import Engine, Threads
from sim.replications import Study
from sim.results import RunResult
from sim.scenario import Scenario, ScenarioError
from sim.study.typical import typical_replication
from sim.web.agenda import STEPS, WANTED
from sim.web.answer import answer_of, kept_for
from sim.web.asked import BASELINE, Asked, Items, asked_of
from sim.web.catalogue import switches_of
from sim.web.frame import frame_of
from sim.web.reports import report_of
from sim.web.shown import measures_shown
from sim.web.sure import Sure
from sim.web.week import week_of

CHUNK = STEPS[0]
"""Replications that are run before it is asked whether to go on."""

TYPICAL = 20
"""Among how many replications the one that is played is chosen."""

REMEMBERED = 24
"""Alternatives whose replications are kept, those that were asked for last."""


def never() -> bool:
    """Say that nobody wants to stop."""
    return False


class Studies:
    """The replications of one scenario, with and without what is asked; for one thread at a time.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.
    seed : int
        Chooses the luck.
    engine : Engine, optional
        What works on replications; by default threads, one for each core.
    remembered : int
        Of how many alternatives replications are kept.

    Examples
    --------
    >>> from sim.web.studies import Studies
    >>> studies = Studies(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4}))
    >>> asked = studies.asked(["raci"])
    >>> studies.grow(asked, 4), studies.answer(asked)["n"]
    (4, 4)
    """

    def __init__(
        self, scenario: Scenario, seed: int = 1, engine: Engine | None = None, remembered: int = REMEMBERED
    ) -> None:
        self.scenario, self.seed = scenario, seed
        self._engine = engine or Threads()
        self._remembered = remembered
        self._studies: OrderedDict[str, Study] = OrderedDict()
        self._results: dict[str, tuple[int, RunResult]] = {}
        self._baselines: dict[int, RunResult] = {}

    def asked(self, items: Items) -> Asked:
        """Return what is asked, understood.

        Parameters
        ----------
        items : str or sequence of str
            As in `sim.web.asked.asked_of`.

        Raises
        ------
        AlternativeError
            In one sentence, if it cannot be asked.
        """
        return asked_of(self.scenario, items)

    def done(self, key: str) -> int:
        """Return how many replications there are of what a key stands for, with the baseline beside them.

        Parameters
        ----------
        key : str
            Of `Asked`.
        """
        return min(self._count(key), self._count(BASELINE))

    def grow(self, asked: Asked, replications: int, stop: Callable[[], bool] = never) -> int:
        """Run what is missing up to so many replications, the baseline at least as far.

        Parameters
        ----------
        asked : Asked
            What was asked.
        replications : int
            How many there are to be.
        stop : callable, optional
            Asked after every few replications whether somebody else is to come first; then the rest is left for later.

        Returns
        -------
        int
            How many there are now.

        Raises
        ------
        ScenarioError
            If the organization cannot have what is asked.
        """
        self._study(asked)
        while (done := self.done(asked.key)) < replications:
            aim = min(replications, done + CHUNK)
            for key in dict.fromkeys((BASELINE, asked.key)):
                self._run(key, aim)
            if stop():
                break
        return self.done(asked.key)

    def answer(self, asked: Asked, items: Items = (), wanted: int = WANTED) -> dict[str, Any]:
        """Return what the replications say that there are, as plain data.

        Parameters
        ----------
        asked : Asked
            What was asked, and has grown.
        items : sequence of str
            What was asked, as whoever asked wrote it.
        wanted : int
            How many replications there are to be in the end.
        """
        n = min(self.done(asked.key), wanted)
        runs = self._runs(n, asked.key)
        then = runs[asked.key] if asked.key != BASELINE else None
        return answer_of(self.scenario, asked, runs[BASELINE], then, (n, wanted), written_items(items))

    @cached_property
    def number(self) -> int:
        """The replication that is played: the typical one of the baseline and of all switches of the screen."""
        every = self._everything()
        self.grow(every, TYPICAL)
        return typical_replication(self._runs(TYPICAL, every.key), measures_shown(self.scenario))

    def prepare(self) -> tuple[int, int]:
        """Run a few of the replications that the frame needs; return how many there are, and how many it needs."""
        every = self._everything()
        done = self.done(every.key)
        return self.grow(every, min(done + CHUNK, TYPICAL)) if done < TYPICAL else done, TYPICAL

    def frame(self) -> dict[str, Any]:
        """Return what all answers have in common, as plain data."""
        return frame_of(self.scenario, self.number, self.seed)

    def week(self, asked: Asked, items: Items = ()) -> dict[str, Any]:
        """Return the week that is played of what was asked, as plain data.

        Parameters
        ----------
        asked : Asked
            What was asked.
        items : sequence of str
            What was asked, as whoever asked wrote it.
        """
        return week_of(self.scenario, asked, self.number, self.seed, written_items(items))

    def sure(self, asked: Asked) -> Sure:
        """Return the points at which an answer is tried over the ranges of its assumptions; nothing is run yet.

        Parameters
        ----------
        asked : Asked
            What was asked, and not the baseline.
        """
        return Sure(self.scenario, asked, self.seed, self._engine)

    def report(self, asked: Asked, replications: int, lang: str, name: str) -> str:
        """Return the report of what was asked as HTML; it compares anew, as it needs more of each run.

        Parameters
        ----------
        asked : Asked
            What was asked, and not the baseline.
        replications : int
            How often it is compared.
        lang, name : str
            The language, and what the scenario is called by whoever makes it again.
        """
        return report_of(self.scenario, asked, replications, self.seed, self._engine, lang, name)

    def _everything(self) -> Asked:
        """Return all switches of the screen; where an organization cannot have them together, nothing."""
        every = self.asked(switches_of(self.scenario))
        try:
            every.applied(self.scenario)
        except ScenarioError:
            return self.asked(BASELINE)
        return every

    def _count(self, key: str) -> int:
        study = self._studies.get(key)
        return 0 if study is None else study.done

    def _study(self, asked: Asked) -> None:
        """See to it that there are studies of what is asked and of the baseline; forget the one not used longest."""
        if BASELINE not in self._studies:
            self._studies[BASELINE] = self._made(self.scenario)
        if asked.key not in self._studies:
            self._studies[asked.key] = self._made(asked.applied(self.scenario))
        self._studies.move_to_end(BASELINE)
        self._studies.move_to_end(asked.key)
        while len(self._studies) > self._remembered + 1:
            key, _ = self._studies.popitem(last=False)
            self._results.pop(key, None)

    def _made(self, scenario: Scenario) -> Study:
        return Study({"": scenario}, replications=0, seed=self.seed, tables=kept_for(scenario))

    def _run(self, key: str, replications: int) -> None:
        study = self._studies[key]
        if study.done < replications:
            study.grow(replications)
            study.run(self._engine)

    def _runs(self, n: int, key: str) -> dict[str, RunResult]:
        """Return the first replications of the baseline and of an alternative, those that both have."""
        found = {one: self._result(one) for one in dict.fromkeys((BASELINE, key))}
        numbers = [run.tables["measures"].index for run in found.values()]
        both = numbers[0].intersection(numbers[-1])
        both = both[both < n]
        return {one: self._shown(one, run, both) for one, run in found.items()}

    def _shown(self, key: str, run: RunResult, numbers: pd.Index) -> RunResult:
        """Return some replications of a run; of the baseline the same object again, where they are the same."""
        if key != BASELINE or run.tables["measures"].index.equals(numbers):
            return only(run, numbers)
        held = self._baselines.get(len(numbers))
        if held is None or not held.tables["measures"].index.equals(numbers):
            held = self._baselines[len(numbers)] = only(run, numbers)
        return held

    def _result(self, key: str) -> RunResult:
        study = self._studies[key]
        held = self._results.get(key)
        if held is None or held[0] != study.done:
            held = self._results[key] = study.done, study.result("")
        return held[1]


def only(result: RunResult, numbers: pd.Index) -> RunResult:
    """Return a result with some of its replications only.

    Parameters
    ----------
    result : RunResult
        With tables by replication.
    numbers : Index
        The replications to keep, ascending.
    """
    held = result.tables["measures"].index
    if held.equals(numbers):
        return result
    tables = {}
    for name, table in result.tables.items():
        of_rows = table.get("replication", table.index)
        tables[name] = table[of_rows.isin(numbers)]
    return RunResult(result.scenario, tables, {**result.manifest, "replications": len(numbers)}, result.errors)


def written_items(items: Items) -> tuple[str, ...]:
    """Return items as a sequence of texts, whatever way they were given."""
    return (items,) if isinstance(items, str) else tuple(items)
