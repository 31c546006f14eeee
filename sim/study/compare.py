"""What interventions would change: the same customers, work and luck, with and without them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from sim.engine import Engine, Threads
from sim.money import speaks_of_money
from sim.replications import Progress, Study, check_numbers
from sim.results import RunResult
from sim.scenario import Scenario, examined
from sim.spec.base import number
from sim.spec.measures import MeasureSpec
from sim.study.alternatives import BASELINE, Alternative, Items, Words, alternatives_of, baseline_of
from sim.study.comparison import Comparison
from sim.study.digest import digests_of
from sim.study.effects import MATTERS, effects_table, scale_of
from sim.study.guards import guarded
from sim.study.manifest import comparison_manifest
from sim.study.money import TABLE as MONEY
from sim.study.money import money_tables
from sim.study.reported import Asked, all_specs, asked_for, reported_measures
from sim.study.statistics import mean_interval
from sim.study.weeks import weeks_table
from sim.tables import COMPARED, SUMMARY, Makers, WhenAsked
from sim.words import Text

if TYPE_CHECKING:
    from sim.agents import Departments


_POINTS = number(0.0, 100.0)


@dataclass(frozen=True, eq=False)
class Plan:
    """A comparison that is to be made: what is run, and what is reported of it.

    It may be interrupted: `comparison` then says what the replications do that are done, and `run` goes on with the
    rest. It may grow: after `grow`, `run` adds the replications that are missing.

    Attributes
    ----------
    chosen
        The alternatives.
    names, specs
        The measures to report, and what is known about every one.
    study
        The replications.
    matters
        Points of a share from which on a change matters; of other measures, twice as many percent of what is now.
    baseline
        What the organization is called as it is; its English name is the label of the baseline in every table.
    """

    chosen: tuple[Alternative, ...]
    names: tuple[str, ...]
    specs: Mapping[str, MeasureSpec]
    study: Study
    matters: float = MATTERS
    baseline: Text = BASELINE

    @property
    def called(self) -> dict[str, Text]:
        """What people call the baseline, which comes first, and the alternatives, by label."""
        return {self.baseline.en: self.baseline} | {one.label: one.name for one in self.chosen}

    def run(self, engine: Engine | None = None, progress: Progress | None = None) -> None:
        """Do what is left to do."""
        self.study.run(engine, progress)

    def grow(self, replications: int) -> None:
        """Ask for so many replications in all, at least as many as were asked for; what is done stays done.

        Whoever grows in steps (8, 20, 50, 200) gets the same bits as whoever asks for all at once, and may look at
        `comparison` after each step.
        """
        self.study.grow(replications)

    def comparison(self) -> Comparison:
        """Return what the replications say that every alternative has been through."""
        runs, scenarios = self.study.results(), self.study.scenarios
        table = guarded(effects_table(runs, self.names, self.specs, self.matters), runs, self.specs, self.matters)
        names = tuple(dict.fromkeys(table["measure"]))
        now = means(runs[self.baseline.en].measures, {name: self.specs[name] for name in names})
        return Comparison(
            tables=WhenAsked({**digests_of(runs), **_weeks(runs), **money_tables(runs)}, {"table": table, "now": now}),
            manifest=comparison_manifest(runs, self.chosen, self.baseline, names, self.matters),
            names=self.called,
            specs={name: self.specs[name] for name in names},
            scenarios=scenarios,
            departments=self.study.departments,
            runs=runs,
            matters=self.matters,
            wanted=len(self.study.numbers),
        )


def planned(
    scenario: Scenario,
    alternatives: Mapping[str, Items] | Sequence[Alternative] | None = None,
    replications: int = 200,
    seed: int = 1,
    measures: Asked = None,
    department: Departments | None = None,
    matters: float = MATTERS,
    tables: Sequence[str] | None = None,
    baseline: Words | None = None,
    also: Sequence[str] = (),
) -> Plan:
    """Return a comparison that is to be made; parameters and errors are those of `compare`.

    `tables` says what is kept of every replication, where that is not what a comparison needs: of the baseline all that
    can be kept of many replications, of the alternatives the same withoutwhat only a diagnosis looks at.
    `also` is kept of all beside that.
    """
    scenario = examined(scenario)
    replications, seed, _, _ = check_numbers(replications=replications, seed=seed, threads=None)
    if not _POINTS.allows(matters):
        raise ValueError(f"matters: found {matters!r}, expected points from 0 to 100")
    called = baseline_of(baseline)
    chosen, now = alternatives_of(scenario, alternatives, called), called.en
    scenarios = {now: scenario} | {one.label: one.applied(scenario) for one in chosen}
    asked, own = asked_for(measures)
    specs = all_specs(scenarios.values(), own)
    names = reported_measures(scenario, asked, specs)
    departments = {now: department} | {one.label: one.department or department for one in chosen}
    for label, classes in departments.items():
        _check_departments(scenarios[label], classes)
    kept = dict.fromkeys(scenarios, tables) if tables else kept_to_compare(scenarios)
    kept = {label: tuple(dict.fromkeys((*names_of, *also))) for label, names_of in kept.items()}
    study = Study(scenarios, replications=replications, seed=seed, tables=kept, departments=departments, measures=own)
    return Plan(chosen, names, specs, study, matters, called)


def kept_to_compare(scenarios: Mapping[str, Scenario]) -> dict[str, Sequence[str]]:
    """Return what is kept of every scenario of a comparison; the baseline comes first."""
    now = next(iter(scenarios))
    more = (MONEY,) if speaks_of_money(scenarios.values()) else ()
    return {label: (*(SUMMARY if label == now else COMPARED), *more) for label in scenarios}


def compare(
    scenario: Scenario,
    alternatives: Mapping[str, Items] | Sequence[Alternative] | None = None,
    replications: int = 200,
    seed: int = 1,
    measures: Asked = None,
    threads: int | None = None,
    progress: Progress | None = None,
    department: Departments | None = None,
    matters: float = MATTERS,
    engine: Engine | None = None,
    baseline: Words | None = None,
) -> Comparison:
    """Compare alternatives with what happens now, replication by replication under the same luck.

    Luck is shared by address: every chance decision has one, made of the replication, the case, process and step by
    name, the department by its number, and the question. An alternative meets the same customers, work and luck
    wherever it asks the same question. That holds for interventions and changes, and for whole scenarios as far as
    processes and steps have the same names and departments come in the same order, those that processes name
    first; what only one side has meets luck of its own, and differences are then less certain but no less right. Each
    scenario counts over its own horizon, after its own warm-up. A measure that one side does not have is not
    defined in the comparison.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is, with whatever interventions it already has.
    alternatives : mapping, optional
        By label, what each alternative is made of: one of the following, or several in a list. Interventions
        (``"raci"``, ``{"kind": "raci", "strength": 0.5}``, ``"raci:strength=0.5"``, an object) are added; values by
        place (``{"departments.production.staff": 15, "levers.latency": 2}``, a mapping without the keys ``kind`` and
        ``preset``) are set as by `Scenario.changed`, before interventions are added; a `Scenario` stands in for the
        whole organization; a subclass of `sim.Department` is the class of all departments. None means the
        comparison the scenario suggests.
    replications : int
        How many times; each has its own luck, shared by all alternatives.
    seed : int
        Chooses the luck.
    measures : str, Measure, or sequence of them, optional
        What to report, and hence to correct intervals for; ``"all"`` for every measure of the whole scenario, and
        ``"lead_time_mean.order"`` for one of the process ``order``. Where an alternative leaves more unfinished or gets
        less done, that is reported too, and nothing is called better without a word about it. A `sim.Measure` is one
        of your own.
    threads : int, optional
        How many replications run at once; None means as many as there are cores. Never changes a result.
    progress : callable, optional
        Told how many replications are done, and how many there are.
    department : class, or classes by name of department, optional
        A subclass of `sim.Department`, or classes by name of department, for baseline and alternatives alike. A class
        among the interventions of one alternative counts there instead: ``{"Attentive": [Attentive]}``.
    matters : float
        Points of a share, 0 to 100, from which on a change matters; of other measures, twice as many percent of now.
    engine : Engine, optional
        What works on the replications; by default, threads.
    baseline : str, or dict of str by language, optional
        What the organization is called as it is, in tables, JSON and pictures, instead of ``Now`` (现状).

    Returns
    -------
    Comparison
        What was found; tables have the baseline first, under its label.

    Raises
    ------
    AlternativeError
        If there is nothing to compare, or an alternative is not understood.
    MeasureError, OwnMeasureError
        If a measure does not exist, or one of your own has a name that is taken.
    ValueError
        If a number cannot be meant.
    HookError
        If a hook or a measure of your own failed in every replication.

    Examples
    --------
    >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> more = {"departments.production.staff": 15}
    >>> found = sim.compare(scenario, {"More staff": more, "RACI too": ["raci", more]}, replications=3)
    >>> found.table.groupby("alternative").size().index.tolist()
    ['More staff', 'RACI too']
    """
    _, _, threads, _ = check_numbers(replications=replications, seed=seed, threads=threads)
    plan = planned(scenario, alternatives, replications, seed, measures, department, matters, baseline=baseline)
    plan.run(engine or Threads(threads), progress)
    return plan.comparison()


def _check_departments(scenario: Scenario, classes: Departments | None) -> None:
    """Refuse what is no class of departments before anything is computed."""
    if classes is not None:
        from sim.agents import check_classes  # Mesa takes longer to load than most comparisons to print

        check_classes(classes, scenario.departments)


def _weeks(runs: Mapping[str, RunResult]) -> Makers:
    """Return what makes the table ``weeks``, where timelines were kept."""
    return {"weeks": partial(weeks_table, runs)} if all("timeline" in run.tables for run in runs.values()) else {}


def means(measures: pd.DataFrame, specs: Mapping[str, MeasureSpec]) -> pd.DataFrame:
    """Return mean and 95 % interval of each measure over replications, within what it can be."""
    rows = {}
    for name, spec in specs.items():
        interval = mean_interval(measures.get(name, ()), scale=scale_of(spec))
        rows[name] = {"mean": interval.mean, "ci_low": interval.low, "ci_high": interval.high}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("measure")
