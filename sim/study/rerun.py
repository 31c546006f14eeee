"""Running or comparing again what a manifest tells, and saying what differs from then."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.engine import Threads
from sim.notices import language
from sim.replications import Progress, Study, check_numbers
from sim.results import RunResult, circumstances
from sim.scenario import Scenario, read_data
from sim.spec.findings import listed
from sim.study.alternatives import BASELINE, Alternative
from sim.study.compare import Plan, kept_to_compare
from sim.study.comparison import Comparison
from sim.study.effects import MATTERS
from sim.study.handed import Handed, Own
from sim.study.reported import all_specs, reported_measures
from sim.study.told import Source, Told
from sim.tables import EVERYTHING, TABLES
from sim.words import Text, words

texts = words("rerun")

RUN = ""
"""What the scenario of a run is called among those of a study."""


class RerunWarning(UserWarning):
    """What differs from when a manifest was written, one sentence on a line."""


@dataclass(frozen=True, eq=False)
class Again:
    """What a manifest tells, ready to be done again.

    Attributes
    ----------
    told
        The manifest.
    study
        The replications.
    plan
        The comparison, where it is one.
    differences
        What differs from when the manifest was written, in a sentence each.
    """

    told: Told
    study: Study
    plan: Plan | None
    differences: tuple[Text, ...]

    def result(self) -> RunResult | Comparison:
        """Return the result, as far as it is done."""
        if self.plan is None:
            return self.study.result(RUN)
        comparison = self.plan.comparison()
        begun = {name: self.told.mapping(name) for name in ("alternatives", "changes")}
        return replace(comparison, manifest={**comparison.manifest, **begun})

    def differing(self, result: RunResult | Comparison) -> tuple[Text, ...]:
        """Return which measures are not the same to the bit, in a sentence for each scenario; none where all are."""
        found = []
        for label, called in _called(self.told).items():
            path = ("results", label) if self.told.compares else ("results",)
            then, now = self.told.mapping(*path), result.manifest["results"]
            other = _others(then, now[label] if self.told.compares else now)
            if not then:
                found.append(texts.NO_DIGESTS.format(label=called))
            elif other:
                facts = {"label": called, "count": len(other), "all": len(then)}
                tables = set(then) <= set(TABLES)  # as digests are of where measures were not kept
                told = texts.TABLES.format(tables=listed(other), **facts)
                found.append(told if tables else texts.MEASURES.format(measures=listed(other), **facts))
        return tuple(found)


def _others(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return [name for name in dict.fromkeys((*then, *now)) if then.get(name) != now.get(name)]


def _called(told: Told) -> dict[str, Text]:
    """Return what people call the scenarios of a manifest, by label."""
    if not told.compares:
        return {RUN: texts.THE_RUN}
    called = {}
    for label in told.mapping("definitions"):
        names = told.mapping("names", label)
        called[label] = Text(str(names.get("en", label)), str(names.get("zh", label)))
    return called


def _baseline(told: Told) -> str:
    """Return the label of the baseline."""
    return str(told.data.get("baseline", BASELINE.en))


def again(manifest: Source, own: Own = ()) -> Again:
    """Return what a manifest tells, ready to be done again; parameters and errors are those of `rerun`."""
    told = Told(manifest)
    handed = Handed(own, told)
    scenarios = _scenarios(told, handed)
    study = Study(
        scenarios,
        replications=told.whole("replications", 1),
        seed=told.whole("seed", 0),
        first=told.whole("first_replication", 0, 0),
        tables=kept_to_compare(scenarios) if told.compares else {RUN: _kept(told)},
        departments={label: _departments(told, handed, label) for label in scenarios},
        measures=handed.measures(),
        log=told.weeks("log"),
    )
    plan = _plan(told, study) if told.compares else None
    left_out = (texts.NO_SURVEY,) if told.compares and "robustness" in told.data else ()
    different = (*_around(told), *handed.differences, *_read_otherwise(told, scenarios), *left_out)
    return Again(told, study, plan, tuple(dict.fromkeys(different)))


def _scenarios(told: Told, handed: Handed) -> dict[str, Scenario]:
    if not told.compares:
        made = handed.scenario(told.mapping("definition"), "definition")
        return {RUN: read_data(made, told.file)}
    labels = list(told.mapping("definitions"))
    if labels[:1] != [_baseline(told)]:
        told.refuse(texts.NO_BASELINE.format(label=_baseline(told)), "definitions")
    made_of = {label: handed.scenario(told.mapping("definitions", label), "definitions", label) for label in labels}
    return {label: read_data(made, told.file) for label, made in made_of.items()}


def _kept(told: Told) -> tuple[str, ...]:
    return tuple(name for name in told.names("tables", EVERYTHING) if name in TABLES)


def _departments(told: Told, handed: Handed, label: str) -> Any:
    if not told.compares or label == _baseline(told):
        return handed.departments(told.data.get("department"), "department")
    return handed.departments(told.mapping("departments").get(label), "departments", label)


def _plan(told: Told, study: Study) -> Plan:
    """Return the comparison; what the alternatives are is in their scenarios."""
    (label, baseline), *called = _called(told).items()
    specs = all_specs(study.scenarios.values(), study.measures)
    names = reported_measures(study.scenarios[label], told.names("measures"), specs)
    chosen = tuple(Alternative(label, name, (), study.departments[label]) for label, name in called)
    return Plan(chosen, names, specs, study, told.points("matters", MATTERS), baseline)


def _around(told: Told) -> Iterator[Text]:
    """Yield what differs of sources, platform and versions."""
    here = circumstances()
    for name in ("kernel", "sources", "python"):
        yield from _then_now(texts.WHAT[name], told.data.get(name), here[name])
    for name in ("system", "machine"):
        yield from _then_now(texts.WHAT[name], told.mapping("platform").get(name), here["platform"][name])
    for name, version in here["versions"].items():
        yield from _then_now(Text(name, name), told.mapping("versions").get(name), version)


def _then_now(what: Text, then: Any, now: str) -> Iterator[Text]:
    if then != now:
        yield texts.THEN_NOW.format(what=what, then=texts.NOT_TOLD if then is None else f"{then!s:.100}", now=now)


def _read_otherwise(told: Told, scenarios: Mapping[str, Scenario]) -> Iterator[Text]:
    """Yield which scenarios are not what they were: defaults changed, somebody edited, or a class has other fields."""
    hashes = told.mapping("scenario_hashes") if told.compares else {RUN: told.data.get("scenario_hash")}
    for label, called in _called(told).items():
        if hashes.get(label) != scenarios[label].hash:
            yield texts.OTHER_SCENARIO.format(label=called)


def rerun(
    manifest: Source,
    own: Own = (),
    *,
    threads: int | None = None,
    progress: Progress | None = None,
) -> RunResult | Comparison:
    """Run or compare again what a manifest tells; without a warning, the result is the same to the bit.

    Where versions, sources, platform or classes are not what they were, one warning lists what differs before anything
    is run. Where a measure of any replication is not the same to the bit, another one names the measures afterwards; of
    a run that kept no measures, the tables. What a function made that was given to ``run(keep=...)`` is not made again.

    Parameters
    ----------
    manifest : mapping, RunResult, Comparison, str or path
        ``result.manifest`` or ``comparison.manifest``, or a file that holds one: ``manifest.json`` as ``deptsim run
        --out`` writes it, ``comparison.json`` as ``deptsim compare --out`` does; or the folder of such a file.
    own : class, Measure, or iterable of them
        Departments, interventions and measures written in Python, which no file can hold; they are found by name.
    threads : int, optional
        How many replications run at once; None means as many as there are cores. Never changes a result.
    progress : callable, optional
        Told how many replications are done, and how many there are.

    Returns
    -------
    RunResult or Comparison
        What `run` or `compare` returned, with the same tables.

    Raises
    ------
    ScenarioError
        If there is no manifest, or a class is needed that was not handed over.

    Examples
    --------
    >>> import sim
    >>> short = sim.load("order_delivery", {"warmup_weeks": 1, "horizon_weeks": 4})
    >>> first = sim.run(short, replications=2)
    >>> again = sim.rerun(first.manifest)
    >>> again.measures.equals(first.measures)
    True
    """
    threads = check_numbers(replications=1, seed=0, threads=threads)[2]
    found = again(manifest, own)
    _warn(texts.DIFFERENT, found.differences)
    found.study.run(Threads(threads), progress)
    result = found.result()
    _warn(texts.OTHER_BITS, found.differing(result))
    return result


def _warn(heading: Text, sentences: Sequence[Text]) -> None:
    if sentences:
        said = [one.get(language()) for one in (heading, *sentences)]
        warnings.warn("\n  ".join(said), RerunWarning, stacklevel=3)
