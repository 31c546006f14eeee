"""From the results of an experiment to what is read of it: facts in tables, and words in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from sim.experiments.axes import Axis
from sim.experiments.complete import plain
from sim.experiments.plan import Plan
from sim.report.experiments.called import factor_called, is_tried
from sim.report.experiments.effectrows import effect_rows, less_done
from sim.report.experiments.reading import FactorWords, Reading
from sim.report.lettering import Lettering
from sim.report.pictures import candidates
from sim.scenario import Scenario, ScenarioError
from sim.spec.base import text_of
from sim.spec.findings import TextError
from sim.spec.measures import MeasureSpec
from sim.study.guards import guards_of
from sim.study.reported import all_specs, headline_measures
from sim.words import Text, words

texts = words("effects")

if TYPE_CHECKING:
    import pandas as pd

    from sim.experiments.results import Results


def reading_of(results: Results, lang: str = "en", lettering: Lettering | None = None) -> Reading:
    """Return an experiment as it is read.

    Parameters
    ----------
    results
        What an experiment found.
    lang
        ``en`` or ``zh``.
    lettering
        The fonts that have to write the names, where they are drawn.
    """
    experiment, known = results.experiment, scenarios_of(results.manifest)
    points, runs = results.points, results.runs
    plan = Plan(experiment, known)
    axes, specs = axes_of(plan, points), specs_of(plan)
    measures = measures_of(plan)
    there = dict.fromkeys(str(name) for name in points["scenario"])
    rows, said = effect_rows(points, runs, axes, measures, specs)
    guards = {name: [one for one in guards_of(measures, known[name]) if one in runs] for name in there if name in known}
    titles = {name: text_of(known[name].title, name) if name in known else Text(name, name) for name in there}
    labels = {axis.name: factor_called(axis, experiment.factors) for axis in axes}
    heading = text_of(experiment.title, experiment.name)
    return Reading(
        lang=lang,
        heading=_drawable({"": heading}, texts.EXPERIMENT, lang, lettering)[""],
        question=text_of(experiment.question).get(lang),
        answer=text_of(experiment.answer).get(lang),
        scenarios=_drawable(titles, texts.SCENARIO, lang, lettering),
        factors=_factors(plan, axes, _drawable(labels, texts.FACTOR, lang, lettering), points),
        axes=axes,
        specs={name: specs.get(name) or unknown(name) for name in (*specs, *measures)},
        measures=measures,
        design=experiment.design.kind,
        crossed=next(iter(getattr(experiment.design, "crossed", ())), ""),
        replications=int(runs["replication"].nunique()),
        seed=experiment.seed,
        points=points,
        runs=runs,
        effects=rows,
        less_done=less_done(points, runs, axes, guards, specs) if len(rows) else frozenset(),
        said=[one.get(lang) for one in said],
    )


def scenarios_of(manifest: Mapping[str, Any]) -> dict[str, Scenario]:
    """Return the organizations of an experiment as they were, by name; without those that cannot be read here."""
    found = {}
    for name, said in manifest["scenarios"].items():
        try:
            found[name] = Scenario.model_validate(said)
        except (ValidationError, ScenarioError, TextError):  # written in Python, in a module that is not here
            continue
    return found


def axes_of(plan: Plan, points: pd.DataFrame) -> tuple[Axis, ...]:
    """Return the factors as designs see them; where a file is not there any more, by the values that points have."""
    try:
        return plan.axes
    except (ScenarioError, TextError):
        named = [name for name in plan.experiment.factors if name in points]
        return tuple(Axis(name, tuple(plain(one) for one in points[name].unique())) for name in named)


def specs_of(plan: Plan) -> Mapping[str, MeasureSpec]:
    """Return what is known about measures; nothing of those in Python that are not there any more."""
    try:
        return plan.specs
    except (ScenarioError, TextError):
        return all_specs(plan.scenarios.values())


def measures_of(plan: Plan) -> tuple[str, ...]:
    """Return the measures that the answer is about."""
    try:
        return plan.headlines
    except (ScenarioError, TextError):
        named = [one for one in plan.experiment.measures if isinstance(one, str)]
        usual = [name for one in plan.scenarios.values() for name in headline_measures(one)]
        return tuple(dict.fromkeys(named or usual))


def unknown(name: str) -> MeasureSpec:
    """Return a measure of which nothing is known but its name."""
    label = Text(name, name)
    return MeasureSpec(name, "", "neither", label, label, own_unit=Text("", ""))


def _factors(
    plan: Plan, axes: Sequence[Axis], labels: Mapping[str, str], points: pd.DataFrame
) -> dict[str, FactorWords]:
    """Return what the factors are called that points have."""
    factors = plan.experiment.factors
    return {
        axis.name: FactorWords(labels[axis.name], axis.levels, is_tried(axis, factors))
        for axis in axes
        if axis.name in points
    }


def _drawable(names: Mapping[str, Text], noun: Text, lang: str, lettering: Lettering | None) -> dict[str, str]:
    """Return names that can be written and are told apart, those that are alike by what files call them."""
    often = Counter(one.get(lang) for one in names.values())
    apart = {
        name: one if often[one.get(lang)] == 1 else texts.ALIKE.format(label=one, name=name)
        for name, one in names.items()
    }
    if lettering is None:
        return {name: one.get(lang) for name, one in apart.items()}
    return lettering.distinct({name: candidates(one, name, lang) for name, one in apart.items()}, noun, lang)
