"""What a comparison found."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.drawn import Drawn, Only
from sim.interventions import Intervention
from sim.results import RunResult
from sim.scenario import Scenario
from sim.scenario.uncertain import Assumption
from sim.spec.measures import MEASURES, MeasureSpec
from sim.spec.nearest import did_you_mean
from sim.study import verdicts
from sim.study.changed import changed_cases, run_again
from sim.study.effects import MATTERS, effects_table, headlines, tests_in
from sim.study.facts import Diagnosis
from sim.study.oneverdict import verdicts_alone
from sim.study.public import comparison_data
from sim.study.reported import all_specs, reported_measures, shown_at_a_glance
from sim.study.stories import Stories, stories_of
from sim.study.typical import typical_replication
from sim.tables import HasTables
from sim.words import Text
from sim.words.environment import of_environment, spoken

if TYPE_CHECKING:
    from sim.agents import Departments


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(HasTables):
    """What a comparison found; tables are indexed or keyed by the labels of the alternatives.

    Every table can be had as an attribute, too: ``comparison.ledger`` is ``comparison.tables["ledger"]``.

    Attributes
    ----------
    tables : dict of DataFrame
        ``table``: one row for each ``alternative`` and ``measure``, all numbers in the measure's unit unless said
        otherwise. ``now``, ``mean``, ``difference``: means over replications of the baseline, the alternative and their
        pairs; ``ci_low``, ``ci_high``: 95 % interval of the difference, for all rows at once; ``single_low``,
        ``single_high``: for this row alone; ``p``: corrected as the intervals are; ``better_in``, ``better_low``,
        ``better_high``: share of replications in which the alternative did better, with its interval;
        ``variance_reduction``: how many times fewer replications the shared luck needed; ``matters``: whether the
        change is large enough to; ``verdict``: in words.
        ``now``: mean and 95 % interval of every reported measure as things are.
        ``ledger``, ``ledger_inherited``, ``ledger_open``: hours per case by part; ``process_ledger`` and
        ``process_ledger_open`` the same of each process. ``timeline``: mean and 95 % interval
        of each series, by alternative and week; ``weeks``: quantiles over replications and paired differences of the
        same (`sim.study.weeks`). ``relations``: trust and understanding of every pair at the start and
        at the end, and their dealings. ``utilization``: share of open hours in which people were busy. ``places``:
        hours per case of a process that pass at each of its steps, by ledger part. Columns are those of `RunResult`.
        Where the scenario speaks of money, ``money`` (net value a year of each alternative, and after how many weeks
        it has paid back) and ``money_weeks`` (the same week by week); see `sim.study.money`.
    manifest : dict
        What has to be known to get the same comparison again, as `sim.rerun` does.
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
    assumptions : dict of Assumption
        What was varied to see how robust it all is, by place; empty where nobody asked.

    Examples
    --------
    >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> comparison = sim.compare(scenario, {"RACI": ["raci"]}, replications=3)
    >>> comparison.labels, comparison.replications
    (('RACI',), 3)
    >>> rows = comparison.table.set_index("measure")
    >>> bool(rows.ci_low["trust"] <= rows.difference["trust"] <= rows.ci_high["trust"])
    True
    >>> comparison.runs["RACI"].measures.shape[0]
    3
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
    assumptions: Mapping[str, Assumption] = field(default_factory=dict)

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
    def lead_in_doubt(self) -> frozenset[str]:
        """The alternatives whose change of the lead time cannot be told from zero, also where nobody asked for it."""
        rows = self.tables["table"]
        rows = rows[rows["measure"] == "lead_time_mean"]
        if rows.empty:
            rows = effects_table(self.runs, ["lead_time_mean"], MEASURES)
        return frozenset(rows["alternative"][rows["verdict"] == verdicts.UNCLEAR])

    @property
    def surveyed(self) -> bool:
        """Whether it was also made at points of the ranges of its assumptions (`sim.robust`)."""
        return "robustness" in self.tables and len(self.tables["robustness"]) > 0

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
        """Return the interventions that an alternative has beside those that it shares with the baseline.

        Parameters
        ----------
        label : str
            The alternative.

        Returns
        -------
        tuple of Intervention
            With the week in which each begins.

        Examples
        --------
        >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> comparison = sim.compare(scenario, {"RACI": ["raci"]}, replications=3)
        >>> [one.kind for one in comparison.added("RACI")]
        ['raci']
        """
        before, after = self.scenario.interventions, self.scenarios[label].interventions
        shared = next((k for k, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(before))
        return after[shared:]

    def changed_cases(self, label: str, replications: int = 20, threads: int | None = None) -> pd.DataFrame:
        """Return the cases that an alternative made on time or late, and the ledger part that moved most in each.

        Parameters
        ----------
        label : str
            The alternative.
        replications : int
            In how many of the replications, which are run again for it.
        threads : int, optional
            How many at once; None means as many as there are cores.

        Returns
        -------
        DataFrame
            A row for each such case: `replication`, `process`, `case` (and `case_after`, which is another number where
            more or fewer complaints were caused before); `arrival`, `target`, `finish_before` and
            `finish_after` (hours since Monday 00:00 of the first week); `on_time_before`, `on_time_after`; and `part`,
            the ledger part that did most for the change, closed hours aside, by `part_hours`. ``attrs["counted"]`` is
            how many cases counted.

        Raises
        ------
        KeyError
            If there is no such alternative.

        Examples
        --------
        >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> comparison = sim.compare(scenario, {"RACI": ["raci"]}, replications=3)
        >>> cases = comparison.changed_cases("RACI")
        >>> bool((cases.on_time_before != cases.on_time_after).all())
        True
        """
        self._check_label(label)
        return changed_cases(
            self.scenario,
            self.scenarios[label],
            replications=min(replications, self.replications),
            seed=self.manifest["seed"],
            threads=threads,
            departments=(self.departments.get(self.baseline), self.departments.get(label)),
        )

    def stories(
        self, label: str, lang: str | None = None, replications: int = 20, threads: int | None = None
    ) -> Stories:
        """Return a typical case that an alternative saved, one that it cost, and how many there were, in words as well.

        What the comparison kept is not run again: cases and events are there where ``planned(..., tables=...)`` was
        told to keep them. Otherwise some replications are run again, and twice those in which the told cases are.

        Parameters
        ----------
        label : str
            The alternative.
        lang : {"en", "zh"}, optional
            The language in which it is printed, that of the environment, where nothing is said; the stories have their
            text in both.
        replications : int
            In how many of the replications, where cases were not kept.
        threads : int, optional
            How many at once; None means as many as there are cores.

        Returns
        -------
        Stories
            With ``saved`` and ``cost`` (a `sim.study.stories.Story` each, or None), ``gained``, ``lost``, ``counted``
            and ``parts``; ``sentences()`` says it all.

        Raises
        ------
        KeyError
            If there is no such alternative.

        Examples
        --------
        >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 12})
        >>> found = sim.compare(scenario, {"KPIs": ["shared_kpi"]}, replications=3).stories("KPIs")
        >>> found.gained == int(found.parts["gained"].sum())
        True
        >>> found.saved.on_time_after, found.saved.text.en == found.sentences("en")[1]
        (True, True)
        """
        self._check_label(label)
        sides = (self.baseline, label)
        scenarios = {one: self.scenarios[one] for one in sides}
        classes = {one: self.departments.get(one) for one in sides}
        seed = int(self.manifest["seed"])
        return stories_of(
            label,
            self.names[label],
            (self.runs[self.baseline], self.runs[label]),
            min(replications, self.replications),
            lambda numbers, tables: run_again(scenarios, classes, numbers, seed, tables, threads),
            spoken(lang),
        )

    def verdicts_of(self, label: str, measures: str | Sequence[str] | None = None) -> pd.DataFrame:
        """Return what may be said of one alternative for a stated family of measures, whatever else was compared.

        Parameters
        ----------
        label : str
            The alternative.
        measures : str or sequence of str, optional
            The family, such as the measures that a screen shows; by default those of `headlines`. Any measure of the
            scenario will do, also one that the comparison does not report.

        Returns
        -------
        DataFrame
            Indexed by ``measure``, with the other columns of ``table``. Its 95 % intervals ``ci_low`` … ``ci_high`` and
            ``p`` are corrected for these measures of this alternative only, and ``verdict`` agrees with them; guards
            that are not among the measures still put their remark on improvements.

        Raises
        ------
        KeyError
            If there is no such alternative.
        MeasureError
            If a measure does not exist.

        Examples
        --------
        >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> comparison = sim.compare(scenario, {"RACI": ["raci"], "KPIs": ["shared_kpi"]}, replications=3)
        >>> comparison.verdicts_of("RACI", ["on_time_target", "trust"]).index.tolist()
        ['on_time_target', 'trust']
        """
        self._check_label(label)
        specs = all_specs((self.scenario, self.scenarios[label])) | dict(self.specs)
        family = [measures] if isinstance(measures, str) else measures or list(dict.fromkeys(self.headlines["measure"]))
        pair = {self.baseline: self.runs[self.baseline], label: self.runs[label]}
        return verdicts_alone(pair, reported_measures(self.scenario, family, specs), specs, self.matters)

    def typical_replication(self, label: str | None = None) -> int:
        """Return the number of the replication nearest the mean of the headlines and of what changes in them.

        Parameters
        ----------
        label : str, optional
            The alternative whose changes count; None means all of them alike.

        Returns
        -------
        int
            By which tables of `runs` have it; the same for everybody who asks, see `sim.study.typical`.

        Raises
        ------
        KeyError
            If there is no such alternative.
        ValueError
            If there is no replication that all alternatives have.

        Examples
        --------
        >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> comparison = sim.compare(scenario, {"RACI": ["raci"]}, replications=3)
        >>> comparison.typical_replication() in comparison.runs["RACI"].measures.index
        True
        """
        if label is not None:
            self._check_label(label)
        chosen = self.labels if label is None else (label,)
        names = list(dict.fromkeys(self.headlines["measure"]))
        return typical_replication({one: self.runs[one] for one in (self.baseline, *chosen)}, names)

    def _check_label(self, label: str) -> None:
        if label not in self.labels:
            raise KeyError(f"no alternative is called '{label}'{did_you_mean(label, self.labels)}")

    def tidy(self) -> pd.DataFrame:
        """Return every reported measure in long form: a row for each alternative, replication and measure.

        Returns
        -------
        DataFrame
            Columns ``alternative`` (the baseline first, by its label), ``replication``, ``measure`` and ``value``, in
            the unit of the measure; NaN where it is not defined. A replication that failed has no rows; those of the
            same number met the same luck in every alternative.

        Examples
        --------
        >>> short = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> rows = sim.compare(short, {"RACI": ["raci"]}, replications=3, measures="on_time_target").tidy()
        >>> rows.groupby("alternative")["value"].size().to_dict()
        {'Now': 3, 'RACI': 3}
        """
        names = list(self.specs)
        parts = [run.tidy(names).assign(alternative=label) for label, run in self.runs.items()]
        return pd.concat(parts, ignore_index=True)[["alternative", "replication", "measure", "value"]]

    def plot(self, folder: str | os.PathLike[str], lang: str | None = None, only: Only = None) -> Drawn:
        """Draw the figures into a folder, as PNG and as SVG.

        Parameters
        ----------
        folder : str or path
            Where to; made if need be.
        lang : {"en", "zh"}, optional
            The language of titles and labels; that of the environment, where nothing is said.
        only : str or list of str, optional
            The figures that are drawn, by the names of their files ("effects"); all, where nothing is said.

        Returns
        -------
        Drawn
            The files, as a list; a notebook shows the pictures.

        Raises
        ------
        OSError
            If they cannot be written.
        ValueError
            If there is no figure of such a name.

        Examples
        --------
        >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> comparison = sim.compare(scenario, {"RACI": ["raci"]}, replications=3)
        >>> "slide.png" in [path.name for path in comparison.plot("figures", lang="zh")]
        True
        """
        from sim.report.pictures import draw_pictures  # matplotlib takes longer to load than most comparisons to print

        return draw_pictures(self, Path(folder), spoken(lang), only)[0]

    def report(
        self,
        folder: str | os.PathLike[str],
        formats: str | Sequence[str] = ("html",),
        lang: str | None = None,
        base: Scenario | None = None,
    ) -> list[Path]:
        """Write the report that is handed over, and what is needed to get the same again.

        It answers in three sentences with their certainty, and tells effects, where the time goes, the process, who
        pays, trust, a case told twice, what rests on assumptions, money, every input that differs, and the method.

        Parameters
        ----------
        folder : str or path
            Where to; made if need be.
        formats : str or sequence of str
            Of ``html``, ``pdf``, ``pptx`` and ``xlsx``; the last three need ``pip install 'deptsim[report]'``.
        lang : {"en", "zh"}, optional
            The language; that of the environment, where nothing is said.
        base : Scenario, optional
            What the organization is a variant of: inputs are listed that differ from it. Where nothing is said, the
            shipped scenario of its name, if there is one.

        Returns
        -------
        list of Path
            The files: a ``report`` of each format, and ``comparison.json``, of which `sim.rerun` makes the same again.

        Raises
        ------
        TextError
            If there is no such format, or what it needs is not installed.
        OSError
            If they cannot be written.

        Examples
        --------
        >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> comparison = sim.compare(scenario, {"RACI": ["raci"]}, replications=3)
        >>> [path.name for path in comparison.report("handed_over", lang="zh")]
        ['report.html', 'comparison.json']
        """
        from sim.report.document.written import report_on  # figures find their words when they are asked for

        return report_on(self, Path(folder), formats, spoken(lang), base)

    def to_json(self) -> dict[str, Any]:
        """Return the result in its public form, as plain data; numbers that are not defined are None.

        Returns
        -------
        dict
            ``manifest``; the label of the ``baseline``; the number of the ``typical_replication``; ``now`` by measure;
            ``alternatives`` by label and measure; ``ledger`` in hours per case, by label and part; ``money`` by label,
            where the scenario speaks of money.

        Examples
        --------
        >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> comparison = sim.compare(scenario, {"RACI": ["raci"]}, replications=3)
        >>> list(comparison.to_json()["alternatives"]["RACI"]["trust"])[:2]
        ['mean', 'difference']
        """
        return comparison_data(self)
