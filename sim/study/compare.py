"""What interventions would change: the same customers, work and luck, with and without them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.replications import check_numbers, replicate
from sim.results import Replications
from sim.scenario import Scenario, examined
from sim.spec.measures import MeasureSpec
from sim.spec.nearest import did_you_mean
from sim.study.alternatives import BASELINE, Alternative, Change, alternatives_of
from sim.study.changed import changed_cases
from sim.study.diagnosis import diagnose_replications
from sim.study.effects import effects_table
from sim.study.facts import Diagnosis
from sim.study.guards import guarded
from sim.study.manifest import comparison_manifest
from sim.study.plain import plain_data
from sim.study.relations import mean_loads, mean_places, mean_relations
from sim.study.reported import measure_specs, process_specs, reported_measures
from sim.study.statistics import mean_bands, mean_interval
from sim.words import Text

if TYPE_CHECKING:
    from sim.agents import Departments

Progress = Callable[[int, int], None]
"""Called with the replications done and the replications there will be."""


@dataclass(frozen=True)
class Comparison:
    """What a comparison found; frames are indexed or keyed by the labels of the alternatives.

    Attributes
    ----------
    table
        One row per alternative and measure: baseline, mean, difference with 95 % interval, corrected p-value, share of
        replications in which the alternative did better, what pairing was worth, and the verdict.
    baseline
        Mean and 95 % interval of every reported measure as things are.
    ledger, ledger_inherited, ledger_open
        Hours per case by ledger part: in calendar hours, with closed hours given to what was waited for, and in open
        hours only; `unfinished` is all the time of cases that were not finished while they were waited for.
    timeline
        Mean and 95 % interval of each series, by alternative and week.
    relations
        Trust and understanding of every pair at the start and at the end, and their dealings, by alternative.
    loads
        Share of open hours in which people were busy, by alternative and department or approver.
    places
        Hours per case of a process that pass at each of its steps, by alternative and ledger part.
    scenarios, departments
        What was run, and of which class departments were, by label.
    runs
        The replications behind it all, by label.
    """

    table: pd.DataFrame
    baseline: pd.DataFrame
    ledger: pd.DataFrame
    ledger_inherited: pd.DataFrame
    ledger_open: pd.DataFrame
    timeline: pd.DataFrame
    relations: pd.DataFrame
    loads: pd.DataFrame
    places: pd.DataFrame
    manifest: Mapping[str, Any]
    names: Mapping[str, Text]
    specs: Mapping[str, MeasureSpec]
    scenarios: Mapping[str, Scenario] = field(repr=False)
    runs: Mapping[str, Replications] = field(repr=False)
    departments: Mapping[str, Departments | None] = field(repr=False, default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the alternatives, without the baseline's."""
        return tuple(self.names)[1:]

    @property
    def errors(self) -> tuple[str, ...]:
        """What went wrong in runs that had to be left out."""
        return tuple(f"{label}: {error}" for label, run in self.runs.items() for error in run.errors)

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """What state the organization is in as it is, before anything is introduced."""
        return diagnose_replications(self.runs[BASELINE.en], self.scenarios[BASELINE.en])

    def changed_cases(self, label: str, replications: int = 20, threads: int | None = None) -> pd.DataFrame:
        """Return the cases that `label` made on time or late, and the ledger part that moved most in each."""
        if label not in self.labels:
            raise KeyError(f"no alternative is called '{label}'{did_you_mean(label, self.labels)}")
        return changed_cases(
            self.scenarios[BASELINE.en],
            self.scenarios[label],
            replications=min(replications, self.manifest["replications"]),
            seed=self.manifest["seed"],
            threads=threads,
            departments=(self.departments.get(BASELINE.en), self.departments.get(label)),
        )

    def plot(self, folder: str | os.PathLike[str], lang: str = "en") -> list[Path]:
        """Draw every figure into `folder`, as PNG and as SVG, in ``en`` or ``zh``, and return the files."""
        from sim.report.pictures import draw_pictures  # matplotlib takes longer to load than most comparisons to print

        return draw_pictures(self, Path(folder), lang)[0]

    def to_json(self) -> dict[str, Any]:
        """Return the result in its public form, as plain data; numbers that are not defined are None."""
        keys = ["mean", "difference", "ci_low", "ci_high", "p_holm", "better_in"]
        rows = self.table.set_index("measure")
        public: dict[str, Any] = plain_data(
            {
                "manifest": self.manifest,
                "baseline": self.baseline.to_dict("index"),
                "alternatives": {
                    label: rows[rows["alternative"] == label][keys].to_dict("index") for label in self.labels
                },
                "ledger": self.ledger.to_dict("index"),
            }
        )
        return public


def compare(
    scenario: Scenario,
    alternatives: Mapping[str, Sequence[Change]] | Sequence[Alternative] | None = None,
    replications: int = 200,
    seed: int = 1,
    measures: Iterable[str] | str | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    department: Departments | None = None,
) -> Comparison:
    """Compare alternatives with what happens now, replication by replication under the same luck.

    Parameters
    ----------
    scenario
        The organization as it is, with whatever interventions it already has.
    alternatives
        Label and added interventions of each alternative; None means the comparison the scenario suggests.
    replications
        How many times; each has its own luck, shared by all alternatives.
    seed
        Chooses the luck.
    measures
        What to report, and hence to correct the p-values for; ``"all"`` for every measure of the whole scenario, and
        ``"lead_time_mean.order"`` for one of the process ``order``. Where an alternative leaves more unfinished or gets
        less done, that is reported too, and nothing is called better without a word about it.
    threads
        How many replications run at once; None means as many as there are cores. Never changes a result.
    progress
        Told how many replications are done.
    department
        A subclass of `sim.Department`, or classes by name of department, for baseline and alternatives alike. A class
        among the interventions of one alternative counts there instead: ``{"Attentive": [Attentive]}``.
    """
    scenario = examined(scenario)
    replications, seed, threads, _ = check_numbers(replications=replications, seed=seed, threads=threads)
    chosen = alternatives_of(scenario, alternatives)
    specs = measure_specs(scenario) | process_specs(scenario)
    names = reported_measures(scenario, measures, specs)
    scenarios = {BASELINE.en: scenario} | {one.label: scenario.with_interventions(one.interventions) for one in chosen}
    departments = {BASELINE.en: department} | {one.label: one.department or department for one in chosen}
    _check_departments(scenario, departments.values())
    runs = _replicate_all(scenarios, departments, replications, seed, threads, progress)
    table = guarded(effects_table(runs, names, specs), runs, specs)
    names = tuple(dict.fromkeys(table["measure"]))
    return Comparison(
        table=table,
        baseline=means(runs[BASELINE.en].measures, names),
        **_means_of(runs),
        manifest=comparison_manifest(scenario, chosen, replications, seed, names, departments),
        names={BASELINE.en: BASELINE} | {one.label: one.name for one in chosen},
        specs={name: specs[name] for name in names},
        scenarios=scenarios,
        departments=departments,
        runs=runs,
    )


def _means_of(runs: Mapping[str, Replications]) -> dict[str, pd.DataFrame]:
    """Return the frames of a comparison that are means over replications, by name."""
    return {
        "ledger": _ledger({label: run.ledger for label, run in runs.items()}),
        "ledger_inherited": _ledger({label: run.ledger_inherited for label, run in runs.items()}),
        "ledger_open": _ledger({label: run.ledger_open for label, run in runs.items()}),
        "timeline": _timeline({label: run.timeline for label, run in runs.items()}),
        "relations": mean_relations(runs),
        "loads": mean_loads(runs),
        "places": mean_places(runs),
    }


def _check_departments(scenario: Scenario, departments: Iterable[Departments | None]) -> None:
    """Refuse what is no class of departments before anything is computed."""
    given = [one for one in departments if one is not None]
    if given:
        from sim.agents import check_classes  # Mesa takes longer to load than most comparisons to print

        for one in given:
            check_classes(one, scenario.departments)


def _replicate_all(
    scenarios: Mapping[str, Scenario],
    departments: Mapping[str, Departments | None],
    replications: int,
    seed: int,
    threads: int | None,
    progress: Progress | None,
) -> dict[str, Replications]:
    runs: dict[str, Replications] = {}
    total = replications * len(scenarios)
    for place, (label, scenario) in enumerate(scenarios.items()):
        step = _shifted(progress, place * replications, total)
        runs[label] = replicate(
            scenario,
            replications=replications,
            seed=seed,
            threads=threads,
            progress=step,
            department=departments[label],
        )
    return runs


def _shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    """Make the progress of one alternative that of the whole comparison."""
    if progress is None:
        return None
    return lambda done, _: progress(before + done, total)


def means(measures: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return mean and 95 % interval of each named measure over replications."""
    rows = {}
    for name in names:
        interval = mean_interval(measures.get(name, ()))
        rows[name] = {"mean": interval.mean, "ci_low": interval.low, "ci_high": interval.high}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("measure")


def _ledger(ledgers: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    means = {label: frame.mean() for label, frame in ledgers.items()}
    return pd.DataFrame(means).T.rename_axis("alternative")


def _timeline(timelines: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return mean and 95 % interval of every series by alternative and week."""
    bands = {label: mean_bands(frame, "week") for label, frame in timelines.items() if not frame.empty}
    return pd.concat(bands, names=["alternative"]).reset_index() if bands else pd.DataFrame()
