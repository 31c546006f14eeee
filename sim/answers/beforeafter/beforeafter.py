"""Before and after: what a log shows, what the model says of the measure, and what would have had to be true."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from sim.answers.answer import Answer
from sim.answers.audit.audit import AGAIN, EACH, REPLICATIONS, WORLDS, Audit, audit
from sim.answers.audit.changes import Change, change_of
from sim.answers.beforeafter.figures import FIGURES, measure_of
from sim.answers.beforeafter.observed import ARRIVALS, Observed, observed
from sim.answers.beforeafter.periods import Period, periods_of, split
from sim.answers.beforeafter.tables import tables_of
from sim.engine import Engine, Named
from sim.eventlog.log import EventLog
from sim.experiments.pacing import Progress
from sim.ownmeasures import Measure
from sim.replications import replicate
from sim.scenario import Scenario, dump, load
from sim.spec.base import text_of
from sim.spec.findings import TextError, listed
from sim.spec.nearest import did_you_mean
from sim.study.alternatives import parse_alternative
from sim.words import Text, words

texts = words("beforeafter")


class BeforeAfterError(TextError):
    """A sentence about a question that cannot be meant."""


@dataclass(frozen=True)
class BeforeAfter(Answer):
    """What changed in a log, and whether the measure can have done it.

    Attributes
    ----------
    periods
        Before and after.
    seen
        What changed of each figure, and of arrivals.
    audited
        What the model makes of those changes of figures that are certain, each as a claim.
    expected
        What arrivals alone would have changed of each figure, where they changed.
    asked
        What was asked.
    tables
        ``figures``: a row each with what was observed and simulated, the verdict, and how both stand to each other.
        ``periods``: which weeks and cases they are made of. The others are those of `Audit`, of the same figures.

    Examples
    --------
    >>> small = sim.load("trust_trap", {"horizon_weeks": 16, "warmup_weeks": 0, "tail_weeks": 4})
    >>> log = sim.simulated(sim.run(small, events=True))
    >>> few = {"worlds": 20, "replications": 2, "each": 2, "again": 2}
    >>> found = sim.before_after(log, small, "raci", since="2001-03-12", figures="on_time", **few)
    >>> found.tables["periods"]["period"].tolist()
    ['before', 'after']
    """

    kind: ClassVar[str] = "beforeafter"

    periods: tuple[Period, Period]
    seen: Sequence[Observed]
    audited: Audit
    expected: Mapping[str, Change]
    asked: Mapping[str, Any]

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The facts, by name."""
        return tables_of(self.periods, self.seen, self.audited, self.expected)

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked, and how many runs it took."""
        return self.asked

    def verdict(self, figure: str) -> str:
        """Return the verdict on what changed: ``plausible``, ``edge``, ``beyond`` or ``open``.

        Parameters
        ----------
        figure : str
            One of ``handoffs``, ``ping_pong``, ``returns``, ``boundary``, ``cycle`` and ``on_time``.

        Returns
        -------
        str
            What the table ``figures`` has.

        Raises
        ------
        KeyError
            If there is no such figure.

        Examples
        --------
        >>> small = sim.load("trust_trap", {"horizon_weeks": 16, "warmup_weeks": 0, "tail_weeks": 4})
        >>> log = sim.simulated(sim.run(small, events=True))
        >>> few = {"worlds": 20, "replications": 2, "each": 2, "again": 2}
        >>> found = sim.before_after(log, small, "raci", since="2001-03-12", figures="on_time", **few)
        >>> found.verdict("on_time")
        'open'
        """
        return str(self.tables["figures"].set_index("figure").loc[figure, "verdict"])


def before_after(
    log: EventLog,
    scenario: Scenario | str | os.PathLike[str],
    introduced: Any,
    *,
    after: EventLog | None = None,
    since: dt.date | dt.datetime | str | None = None,
    figures: str | Iterable[str] = (),
    worlds: int = WORLDS,
    replications: int = REPLICATIONS,
    each: int = EACH,
    again: int = AGAIN,
    seed: int = 1,
    out: str | os.PathLike[str] | None = None,
    engine: Engine | Named | None = None,
    progress: Progress | bool | None = None,
) -> BeforeAfter:
    """Say what changed in a log when something was introduced, and whether that can have done it.

    Each figure of the log before and after is compared, with an interval that respects that neighboring weeks are
    alike. What has changed for certain is judged like a claim that somebody makes (`sim.audit`): the organization
    stands for the one before, with what was introduced, and with as many more or fewer arrivals as the log has, for the
    one after. It is judged by what has changed at least: the end of the interval that is nearer to nothing.

    Parameters
    ----------
    log : EventLog
        Of both periods, with `since`; or of the one before, with `after`.
    scenario : Scenario, str or path
        The organization, as `deptsim fit-log` writes it, or any other.
    introduced : intervention, str, mapping or sequence of them
        What was introduced.
    after : EventLog, optional
        The log of the period after it.
    since : date or str, optional
        When it was introduced.
    figures : str or sequence of str
        Which figures are looked at; all, where nothing is said.
    worlds, replications, each, again, seed, out, engine, progress
        As in `sim.audit`.

    Returns
    -------
    BeforeAfter
        Its ``tables`` by name, its ``summary()`` in words, its ``plot()``.

    Raises
    ------
    BeforeAfterError, PeriodError
        Where the logs cannot be compared.
    ScenarioError, StoreError, OSError
        As in `sim.audit`.

    Examples
    --------
    >>> small = sim.load("trust_trap", {"horizon_weeks": 16, "warmup_weeks": 0, "tail_weeks": 4})
    >>> before = sim.simulated(sim.run(small, seed=1, events=True))
    >>> after = sim.simulated(sim.run(small.with_interventions(["raci"]), seed=2, events=True))
    >>> few = {"worlds": 20, "replications": 2, "each": 2, "again": 2}
    >>> found = sim.before_after(before, small, "raci", after=after, figures="cycle", **few)
    >>> found.tables["figures"]["figure"].tolist()
    ['cycle']
    """
    if (after is None) == (since is None):
        raise BeforeAfterError(texts.ONE_OF_BOTH)
    chosen = _chosen(figures)
    if since is not None:
        first, second, hour = split(log, since)
        before_period, after_period, starts = periods_of(first, second, hour)
    else:
        assert after is not None  # one of both is there
        before_period, after_period, starts = periods_of(log, after)
    seen = [one for one in observed(before_period, after_period, seed) if one.name in {*chosen, ARRIVALS}]
    organization = scenario if isinstance(scenario, Scenario) else load(str(scenario))
    items = list(introduced) if isinstance(introduced, list | tuple) else [introduced]
    organization.with_interventions(items)  # what is unknown is said as everywhere, before anything is run
    moved = arrivals_moved(organization, seen[-1])
    measures = {name: measure_of(FIGURES[name], starts) for name in chosen}
    with _file_of(organization, out) as file:
        claims = {
            one.name: _claim(one, measures[one.name], file, [*items, *([moved] if moved else [])])
            for one in seen
            if one.name in measures
        }
        effort: dict[str, Any] = {
            "worlds": worlds,
            "replications": replications,
            "each": each,
            "again": again,
            "seed": seed,
        }
        certain = [one.name for one in seen if one.certain]
        found = audit({"claims": claims}, searched=certain, out=out, engine=engine, progress=progress, **effort)
    alone = _alone(organization, moved, measures, replications, seed)
    asked = {
        "logs": [log.name, *([] if after is None else [after.name])],
        "since": None if since is None else str(since),
        "scenario": organization.name,
        "introduced": [str(one) for one in items],
        "called": [_called(one).by_language() for one in items],
        "organization": text_of(organization.title, organization.name).by_language(),
        "arrivals": moved,
        "starts": starts,
        **{name: value for name, value in found.about.items() if name != "claims"},
    }
    return BeforeAfter((before_period, after_period), seen, found, alone, asked)


def _called(item: Any) -> Text:
    """Return what people call something that is introduced."""
    if isinstance(item, str):
        return parse_alternative(item).name
    label = getattr(item, "label", None)
    return text_of(label, str(item)) if label else Text(str(item), str(item))


def arrivals_moved(scenario: Scenario, arrivals: Observed) -> dict[str, float]:
    """Return what the organization has to have for as many more or fewer arrivals; nothing where it is not certain.

    What the organization leaves open of its demand stays open.
    """
    if not arrivals.certain:
        return {}
    return {
        place: float(f"{flow.demand.per_week * (1.0 + arrivals.change):.6g}")
        for name, flow in scenario.processes.items()
        for place in (f"processes.{name}.demand.per_week",)
        if flow.demand.per_week and place not in scenario.ranges
    }


def _chosen(figures: str | Iterable[str]) -> list[str]:
    asked = [figures] if isinstance(figures, str) else list(figures)
    for name in asked:
        if name not in FIGURES:
            facts: dict[str, Any] = {"found": name, "hint": did_you_mean(name, FIGURES), "known": listed(FIGURES)}
            raise BeforeAfterError(texts.NO_FIGURE.format(**facts))
    return [name for name in FIGURES if not asked or name in asked]


def _claim(one: Observed, measure: Measure, file: Path, items: Sequence[Any]) -> dict[str, Any]:
    """Return the observed change of a figure as a claim; one that is not certain says why it is none."""
    figure = FIGURES[one.name]
    told: dict[str, Any] = {
        "title": figure.label.by_language(),
        "text": texts.MEANINGS[one.name].by_language(),
        "source": texts.SOURCE.by_language(),
    }
    model = {"scenario": str(file), "with": list(items), "measure": measure}
    if not one.known:
        why = texts.UNKNOWN if not np.isfinite([one.before, one.after]).all() else texts.NOTHING
        return {**told, "cannot": why.by_language()}
    return {**told, **model, "before": one.before, "after": _after(one)}


def _after(one: Observed) -> float:
    """Return what the figure is after, at least as far as it has changed; where that is not certain, as it was seen."""
    change = one.least if one.certain else one.change
    moved = one.before + change if one.scale == "points" else one.before * (1.0 + change)
    if moved == one.before:  # not even luck has moved it
        return one.before + 1e-9
    return min(max(moved, 0.0), 1.0) if one.scale == "points" else moved


@contextmanager
def _file_of(scenario: Scenario, out: str | os.PathLike[str] | None) -> Iterator[Path]:
    """Give a file of the organization, by which claims name it."""
    from sim.files import whole

    with tempfile.TemporaryDirectory(prefix="deptsim-") as made:
        folder = Path(made) if out is None else Path(out)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{scenario.name}.yaml"
        with whole(file) as place:
            place.write_text(dump(scenario), encoding="utf-8")
        yield file


def _alone(
    scenario: Scenario, moved: Mapping[str, float], measures: Mapping[str, Measure], replications: int, seed: int
) -> dict[str, Change]:
    """Return what arrivals alone change, paired by replication."""
    if not moved:
        return {}
    asked: dict[str, Any] = {"replications": replications, "seed": seed, "measures": list(measures.values())}
    sides = [replicate(one, tables=("measures",), **asked) for one in (scenario, scenario.changed(moved))]
    first, second = (side.measures for side in sides)
    return {name: change_of(first[one.name], second[one.name], FIGURES[name].scale) for name, one in measures.items()}
