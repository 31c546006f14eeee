"""What a comparison found."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.interventions import Intervention
from sim.results import RunResult
from sim.scenario import Scenario
from sim.spec.measures import MeasureSpec
from sim.spec.nearest import did_you_mean
from sim.study.changed import changed_cases
from sim.study.effects import MATTERS, headlines, tests_in
from sim.study.facts import Diagnosis
from sim.study.plain import plain_data
from sim.study.reported import shown_at_a_glance
from sim.tables import HasTables
from sim.words import Text
from sim.words.environment import of_environment

if TYPE_CHECKING:
    from sim.agents import Departments


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(HasTables):
    """What a comparison found; tables are indexed or keyed by the labels of the alternatives.

    Every table can be had as an attribute, too: ``comparison.ledger`` is ``comparison.tables["ledger"]``.

    Attributes
    ----------
    tables : dict of DataFrame
        ``table``: one row per alternative and measure: now, mean, difference, its 95 % interval (`ci_low`, `ci_high`:
        all rows at once; `single_low`, `single_high`: this row alone), corrected p-value, share of replications in
        which the alternative did better, what pairing was worth, whether the change is large enough to matter, and the
        verdict. ``now``: mean and 95 % interval of every reported measure as things are.
        ``ledger``, ``ledger_inherited``, ``ledger_open``: hours per case by part; ``process_ledger`` and
        ``process_ledger_open`` the same of each process. ``timeline``: mean and 95 % interval
        of each series, by alternative and week. ``relations``: trust and understanding of every pair at the start and
        at the end, and their dealings. ``utilization``: share of open hours in which people were busy. ``places``:
        hours per case of a process that pass at each of its steps, by ledger part.
    manifest : dict
        What has to be known to get the same comparison again.
    names : dict of Text
        What people call the baseline, which comes first, and the alternatives, by label.
    specs : dict of MeasureSpec
        What is known about each reported measure.
    scenarios, departments : dict
        What was run, and of which class departments were, by label.
    runs : dict of RunResult
        The replications behind it all, by label.
    matters : float
        Points of a share from which on a change matters; of other measures, twice as many percent of what is now.
    wanted : int
        How many replications were asked for; fewer are there where somebody interrupted.
    """

    tables: Mapping[str, pd.DataFrame]
    manifest: Mapping[str, Any]
    names: Mapping[str, Text]
    specs: Mapping[str, MeasureSpec]
    scenarios: Mapping[str, Scenario]
    runs: Mapping[str, RunResult]
    matters: float = MATTERS
    wanted: int = 0
    departments: Mapping[str, Departments | None] = field(default_factory=dict)

    def _repr_html_(self) -> str:
        from sim.report.notebook import html_of_comparison  # a comparison shows itself in notebooks, and only there

        return html_of_comparison(self, of_environment(os.environ))

    def __repr__(self) -> str:
        """Return what was compared, and how often."""
        return f"Comparison({self.scenario.name}: {', '.join(self.labels)}; {self.replications} replications)"

    @property
    def scenario(self) -> Scenario:
        """The organization as it is."""
        return self.scenarios[self.baseline]

    @property
    def baseline(self) -> str:
        """Label of the baseline, by which tables, `scenarios` and `runs` have it: ``Now`` unless it was given one."""
        return next(iter(self.names))

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the alternatives, without the baseline's."""
        return tuple(self.names)[1:]

    @property
    def replications(self) -> int:
        """How many replications it is made of."""
        return int(self.manifest["replications"])

    @property
    def tests(self) -> int:
        """How many tests the intervals and p-values of `table` are corrected for."""
        return tests_in(self.tables["table"])

    @property
    def headlines(self) -> pd.DataFrame:
        """The rows of `table` about the few measures of an answer at a glance; the first decides what is best."""
        table = self.tables["table"]
        own = [name for name, spec in self.specs.items() if spec.own]
        return headlines(table, shown_at_a_glance(self.scenario, list(dict.fromkeys(table["measure"])), own))

    @property
    def interrupted(self) -> bool:
        """Whether fewer replications are there than were asked for."""
        return self.replications < self.wanted

    @property
    def errors(self) -> tuple[str, ...]:
        """What went wrong in runs that had to be left out."""
        return tuple(f"{label}: {error}" for label, run in self.runs.items() for error in run.errors)

    @property
    def diagnosis(self) -> Diagnosis:
        """What state the organization is in as it is, before anything is introduced."""
        return self.runs[self.baseline].diagnosis

    def added(self, label: str) -> tuple[Intervention, ...]:
        """Return the interventions that an alternative has beside those that it shares with the baseline."""
        before, after = self.scenario.interventions, self.scenarios[label].interventions
        shared = next((k for k, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(before))
        return after[shared:]

    def changed_cases(self, label: str, replications: int = 20, threads: int | None = None) -> pd.DataFrame:
        """Return the cases that `label` made on time or late, and the ledger part that moved most in each."""
        if label not in self.labels:
            raise KeyError(f"no alternative is called '{label}'{did_you_mean(label, self.labels)}")
        return changed_cases(
            self.scenario,
            self.scenarios[label],
            replications=min(replications, self.replications),
            seed=self.manifest["seed"],
            threads=threads,
            departments=(self.departments.get(self.baseline), self.departments.get(label)),
        )

    def plot(self, folder: str | os.PathLike[str], lang: str = "en") -> list[Path]:
        """Draw every figure into `folder`, as PNG and as SVG, in ``en`` or ``zh``, and return the files."""
        from sim.report.pictures import draw_pictures  # matplotlib takes longer to load than most comparisons to print

        return draw_pictures(self, Path(folder), lang)[0]

    def to_json(self) -> dict[str, Any]:
        """Return the result in its public form, as plain data; numbers that are not defined are None."""
        keys = ["mean", "difference", "ci_low", "ci_high", "single_low", "single_high", "p", "better_in", "matters"]
        rows = self.tables["table"].set_index("measure")
        public: dict[str, Any] = plain_data(
            {
                "manifest": self.manifest,
                "baseline": self.baseline,
                "now": self.tables["now"].to_dict("index"),
                "alternatives": {
                    label: rows.loc[rows["alternative"] == label, [*keys, "verdict"]].to_dict("index")
                    for label in self.labels
                },
                "ledger": self.tables["ledger"].to_dict("index"),
            }
        )
        return public
