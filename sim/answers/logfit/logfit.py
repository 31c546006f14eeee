"""From a log to an organization that takes interventions: its structure as learned, its levers as a posterior."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from sim.answers.answer import Answer
from sim.answers.fit.child import fitted, short
from sim.answers.fit.fitting import Fit, fit
from sim.answers.fit.targets import Target
from sim.answers.logfit.bounces import Visits, debounced, visits_of
from sim.answers.logfit.counting import LEVELS, targets_of_log
from sim.answers.logfit.putback import FITTED, PutBack, moved, put_back, weeks_of
from sim.answers.logfit.social import passed_on_figures, social_tables
from sim.answers.logfit.structure import Learned, Settings, learn
from sim.answers.logfit.structure.clocks import departments_as_groups
from sim.answers.logfit.structure.departments import departments_of
from sim.answers.look.look import look_at
from sim.engine import Engine, Named
from sim.eventlog.counted import figures
from sim.eventlog.log import EventLog
from sim.eventlog.simulated import simulated
from sim.experiments.pacing import Progress
from sim.interventions import INTERVENTIONS
from sim.replications import run
from sim.results import RunResult
from sim.scenario import Scenario
from sim.vocab import WEEK
from sim.words import Text

POINTS, ROUNDS, REPLICATIONS = 240, 1, 4
"""Runs of a round, rounds, and runs of each of the few draws that are told."""

STEPS = 24
"""Steps of the organization to which levers are fitted."""

SUGGESTED, DISPUTES = ("instant_messaging",), ("raci", "first_contact_ownership")
"""What is suggested to be compared: what moves hand-over latency, and what moves disputes."""

CASES = 1000.0
"""Cases of a run."""

COMPARED = ("handoffs", "ping_pong", "returns", "boundary_share", "cycle_q25", "cycle_q50", "cycle_q75", "cycle_mean")
"""Figures of the log that are set against those of a log of the fitted organization."""

LOGS = 8
"""Logs of it that are counted."""

LATELY, FEWEST = 2.0, 30
"""Half-lives of what is learned, that count three quarters of all; cases of them that have to be there."""


@dataclass(frozen=True, repr=False)
class LogFit(Answer):
    """An organization that was read off a log.

    Attributes
    ----------
    found
        The organization, with what is uncertain about it as ranges.
    asked
        The figures of the log that levers were fitted to.
    posterior
        The fit of its levers; None where the log shows no disputes, and so tells nothing of them.
    facts
        The tables, by name.
    told
        What was asked, and what it took.
    notes
        What was merged, assumed or left out.

    Examples
    --------
    >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> log = sim.simulated(sim.run(scenario, events=True))
    >>> found = sim.fit_log(log, points=100)
    >>> found.about["events"] == len(log.events)
    True
    """

    found: Scenario
    asked: tuple[Target, ...]
    posterior: Fit | None
    facts: Mapping[str, pd.DataFrame]
    told: Mapping[str, Any]
    notes: tuple[Text, ...]

    kind: ClassVar[str] = "logfit"

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The facts, by name.

        ``figures``: what the log has, and what logs of the organization have (`low` to `high`: the ends of nine of
        ten). ``bounces``: by activity and by who did it in the end, how often it was passed on before, and how likely
        each who was asked passed it on. ``again``: the chance to be passed on once more, by how often it had been.
        ``passed_on``: how much more often cases that were passed on are among the slower half, and late, in
        the log (with the ends of nine of ten by the luck of its weeks) and in logs of the organization.
        ``boundary``: hand-offs and hours in between by pair. ``lateness``: on time by hand-offs. ``noticed``: by
        department how long hand-overs to it wait, and how much of that is taken to wait for being noticed.
        ``contested``: the steps that can be disputed. ``departments``, ``states``, ``waits``: the structure. Where
        levers were fitted, beside them the tables of `sim.fit`.
        """
        return self.facts

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked, and what it took."""
        return self.told

    def fitted(self) -> Scenario:
        """Return the organization, to go on with.

        Returns
        -------
        Scenario
            With ranges of what is uncertain, and the figures of the log beside them, so that `sim.robust` leaves out
            combinations that do not look like this organization.

        Examples
        --------
        >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> log = sim.simulated(sim.run(scenario, events=True))
        >>> found = sim.fit_log(log, points=100)
        >>> len(found.fitted().departments) > 2
        True
        """
        return self.found


def fit_log(
    log: EventLog,
    *,
    departments: int | None = None,
    survey: str | os.PathLike[str] | None = None,
    points: int = POINTS,
    rounds: int = ROUNDS,
    seed: int = 1,
    out: str | os.PathLike[str] | None = None,
    engine: Engine | Named | None = None,
    progress: Progress | bool | None = None,
) -> LogFit:
    """Return the organization that a log is of, ready for interventions.

    Departments, calendars, arrivals, routing, work and waits are read off the log. Visits in which a group did nothing
    but pass a case on come back as disputes, whose levers are fitted to how often that happened; a part of the wait at
    boundaries comes back as hand-over latency, by assumption.

    Parameters
    ----------
    log : EventLog
        As `sim.read_log` returns it.
    departments : int, optional
        How many there may be; rarer groups are merged.
    survey : str or path, optional
        The CSV file of a survey, as for `sim.fit`.
    points, rounds : int
        Runs of a round, at least 100, and rounds.
    seed : int
        On which all luck depends.
    out, engine, progress
        As for `sim.fit`.

    Returns
    -------
    LogFit
        The organization, and what is told of it, as tables.

    Examples
    --------
    >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> log = sim.simulated(sim.run(scenario, events=True))
    >>> found = sim.fit_log(log, points=100)
    >>> "levers.latency" in found.fitted().ranges
    True
    """
    settings = Settings() if departments is None else Settings(departments=departments)
    grouped = departments_as_groups(log, departments_of(log, settings))
    visits = visits_of(grouped)
    asked = targets_of_log(grouped, visits, seed)
    fields = {"points": points, "rounds": rounds, "out": out, "engine": engine, "progress": progress}
    learned, made, scenario, posterior = _organization(grouped, visits, asked, settings, survey, seed, fields)
    ran = run(weeks_of(scenario, CASES), LOGS, seed, events=True, keep=("events", "cases", "measures"))
    unmet = unmet_by(ran, asked)
    scenario = _without(scenario, unmet)
    weeks = _lately(grouped, learned)
    facts = {
        "figures": _compared(grouped, ran, weeks),
        "doubts": look_at(log).tables["doubts"],
        **social_tables(grouped, visits),
        "passed_on": _passed_on(grouped, visits, ran),
        "noticed": made.waits,
        "contested": made.contested.assign(contested_by=made.contested["contested_by"].map(" ".join)),
        **learned.tables,
        **({} if posterior is None else posterior.tables),
        **({} if made.survey is None else {"survey": made.survey.table}),
    }
    told = {
        "log": log.name,
        "cases": len(log.cases),
        "events": len(log.events),
        "steps": len(learned.tables["states"]),
        "departments": len(learned.tables["departments"]),
        "bounces": int(visits.bounce.sum()),
        "visits": len(visits.case),
        "seed": seed,
        "runs": 0 if posterior is None else posterior.about["runs"],
        "fewer_steps": STEPS,
        "unmet": unmet,
        "has": {one.measure: float(ran.tables["measures"][one.measure].mean()) for one in asked},
        "weeks": weeks,
        "noticed": 0 if made.noticed is None else made.noticed.times,
        "latency": scenario.lever("latency"),
        "latency_range": list(scenario.ranges.get("levers.latency", ())),
    }
    notes = tuple(dict.fromkeys((*log.notes, *departments_of(log, settings).notes, *learned.notes)))
    return LogFit(scenario, asked, posterior, facts, told, notes)


def _organization(
    log: EventLog,
    visits: Visits,
    asked: tuple[Target, ...],
    settings: Settings,
    survey: str | os.PathLike[str] | None,
    seed: int,
    fields: Mapping[str, Any],
) -> tuple[Learned, PutBack, Scenario, Fit | None]:
    """Return the structure, with what was put back into it, the scenario, and the posterior where levers are fitted.

    Levers are fitted to the same organization with fewer steps, which takes a fraction of the time.
    """
    clean = debounced(log, visits)
    learned = learn(clean, settings=settings)
    few = learn(clean, settings=replace(settings, steps=STEPS, memory=1)) if asked else None
    coarse = None if few is None else put_back(few, log, visits, seed, survey=survey)
    if coarse is None or coarse.contested.empty:
        made = put_back(learned, log, visits, seed, survey=survey)
        return learned, made, _suggesting(made.scenario, SUGGESTED), None
    posterior = fit(
        weeks_of(coarse.scenario, CASES), asked, over=FITTED, seed=seed, replications=REPLICATIONS, **fields
    )
    best = _best(posterior)
    made = put_back(learned, log, visits, seed, best, survey)
    scenario = fitted(replace(posterior, scenario=made.scenario))
    scenario = _scaled(scenario, made.levers["ambiguity"] / best["levers.ambiguity"])
    return learned, made, _suggesting(scenario, (*DISPUTES, *SUGGESTED)), posterior


def _scaled(scenario: Scenario, factor: float) -> Scenario:
    """Return a scenario whose ambiguity is so many times as large, as its range is: with more steps it is another."""
    place = "levers.ambiguity"
    low, high = (short(min(1.0, factor * end)) for end in scenario.ranges[place])
    here = short(float(np.clip(factor * scenario.lever("ambiguity"), low, high)))
    ranges = {name: list(ends) for name, ends in scenario.ranges.items()}
    return moved(scenario, {place: here}).changed({"ranges": {**ranges, place: [low, high]}})


def _suggesting(scenario: Scenario, kinds: tuple[str, ...]) -> Scenario:
    """Return a scenario that suggests what to compare."""
    return scenario.changed({"compare": [{"label": _label(kind), "with": [kind]} for kind in kinds]})


def _without(scenario: Scenario, measures: Collection[str]) -> Scenario:
    """Return a scenario that asks no figure of some measures of its worlds."""
    if not measures:
        return scenario
    kept = {place: list(ends) for place, ends in scenario.ranges.items() if place not in measures}
    return scenario.changed({"ranges": None}).changed({"ranges": kept})


def _label(kind: str) -> dict[str, str]:
    return dict(INTERVENTIONS[kind]().label.by_language())


def _best(posterior: Fit) -> dict[str, float]:
    """Return the draw that fits best, as it is written."""
    table = posterior.tables["best"]
    return {str(name): short(float(value)) for name, value in zip(table["assumption"], table["value"], strict=True)}


def unmet_by(made: RunResult, asked: tuple[Target, ...]) -> list[str]:
    """Return the figures that the organization with all its steps does not have; no world of it is asked to."""
    table = made.tables["measures"]
    return [one.measure for one in asked if not one.low <= float(table[one.measure].mean()) <= one.high]


def _passed_on(log: EventLog, visits: Visits, made: RunResult) -> pd.DataFrame:
    """Return what cases that were passed on are like in the log, with the luck of its weeks, and in logs of it."""
    real, logs = passed_on_figures(log, visits), [simulated(made, number) for number in range(LOGS)]
    theirs = [passed_on_figures(one, visits_of(one)) for one in logs] if real else []
    rows = []
    for name, (value, *again) in real.items():
        values = [float(one[name][0]) for one in theirs if name in one]
        if values:
            low, high = np.quantile(again, LEVELS)
            ends = np.quantile(values, (0.5, *LEVELS))
            rows.append((name, float(value), float(low), float(high), *map(float, ends)))
    columns = ["figure", "log", "log_low", "log_high", "organization", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _lately(log: EventLog, learned: Learned) -> float | None:
    """Return the weeks at the end of a log of which the organization is, as these count most; None = of all."""
    weeks = LATELY * learned.parts.chosen.half_life
    late = log.finishes >= log.until - weeks * WEEK
    return float(weeks) if weeks > 0.0 and FEWEST <= late.sum() < len(late) else None


def _compared(log: EventLog, made: RunResult, weeks: float | None) -> pd.DataFrame:
    """Return figures of the last weeks of the log, or of all of it, beside those of logs of the organization."""
    late = log if weeks is None else log.only(log.finishes >= log.until - weeks * WEEK)
    real, rows = figures(late), []
    logs = [figures(simulated(made, number)) for number in range(LOGS)]
    for name in COMPARED:
        values = np.array([one[name] for one in logs])
        if np.isfinite(values).any() and np.isfinite(real[name]):
            low, middle, high = np.nanquantile(values, (0.05, 0.5, 0.95))
            rows.append((name, real[name], float(middle), float(low), float(high)))
    return pd.DataFrame(rows, columns=["figure", "log", "organization", "low", "high"])
