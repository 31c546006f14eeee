"""From the results of an experiment to what is read of it: facts in tables, and words in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.experiments.axes import Axis
from sim.experiments.designs.sampling import Drawn
from sim.experiments.experiment import Experiment
from sim.report.experiments.called import factor_called, is_tried, levels_called
from sim.report.experiments.effectrows import effect_rows, less_done
from sim.report.experiments.reading import FactorWords, Reading
from sim.report.experiments.selected import selected
from sim.report.lettering import Lettering
from sim.report.pictures import candidates
from sim.spec.base import text_of
from sim.study.guards import guards_of
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
    experiment, recalled = results.experiment, results.recalled
    points, known = results.points, recalled.scenarios
    axes, specs, measures = recalled.axes, recalled.specs, recalled.measures
    there = dict.fromkeys(str(name) for name in points["scenario"])
    guards = {name: guards_of(measures, known[name]) for name in there if name in known}
    runs = runs_of(results, (*measures, *(one for several in guards.values() for one in several)))
    titles = {name: text_of(known[name].title, name) if name in known else Text(name, name) for name in there}
    labels = {axis.name: factor_called(axis, experiment.factors) for axis in axes}
    rows, said = effect_rows(points, runs, axes, measures, specs, labels)
    heading = text_of(experiment.title, experiment.name)

    def drawable(names: Mapping[str, Text]) -> dict[str, str]:
        return _drawable(names, texts.FACTOR, lang, lettering)

    found = Reading(
        lang=lang,
        heading=_drawable({"": heading}, texts.EXPERIMENT, lang, lettering)[""],
        question=text_of(experiment.question).get(lang),
        answer=text_of(experiment.answer).get(lang),
        scenarios=_drawable(titles, texts.SCENARIO, lang, lettering),
        factors=_factors(experiment, axes, drawable(labels), points, drawable),
        axes=axes,
        specs={name: recalled.spec(name) for name in (*specs, *measures)},
        measures=measures,
        design=experiment.design.kind,
        crossed=next(iter(experiment.design.crossed), "") if isinstance(experiment.design, Drawn) else "",
        replications=int(runs["replication"].nunique()),
        seed=experiment.seed,
        luck=experiment.luck,
        points=points,
        runs=runs,
        effects=rows,
        less_done=less_done(points, runs, axes, guards, specs) if len(rows) else frozenset(),
        said=[one.get(lang) for one in said],
    )
    return replace(found, selected=list(selected(found, results)))


def runs_of(results: Results, measures: Iterable[str]) -> pd.DataFrame:
    """Return the runs with some measures, as far as they are stored: of a million runs nothing else is loaded."""
    import pandas as pd  # takes longer to load than most results to read

    chosen = [name for name in dict.fromkeys(measures) if name in results.measures]
    parts = list(results.iter_runs(chosen))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["point", "replication", "error"])


def _factors(
    experiment: Experiment,
    axes: Sequence[Axis],
    labels: Mapping[str, str],
    points: pd.DataFrame,
    drawable: Callable[[Mapping[str, Text]], Mapping[str, str]],
) -> dict[str, FactorWords]:
    """Return what the factors are called that points have."""
    factors = experiment.factors

    def called(name: str) -> Mapping[str, str]:
        return drawable(levels_called(factors.get(name)))

    return {
        axis.name: FactorWords(labels[axis.name], axis.levels, is_tried(axis, factors), names=called(axis.name))
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
