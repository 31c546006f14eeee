"""What an experiment looks at: measures by name, and those that are written in Python."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from sim.experiments.experiment import Experiment, SelectionRule
from sim.experiments.imported import imported, is_import_path
from sim.ownmeasures import Measure, own_of
from sim.scenario import Scenario, ScenarioError
from sim.spec.findings import Finding, TextError, listed
from sim.spec.findings import Path as Place
from sim.spec.nearest import did_you_mean
from sim.study.reported import all_specs, headline_measures
from sim.tables import TABLES
from sim.words import words

texts = words("experimentfile")
unknown = words("alternatives")

BESIDE = tuple(name for name, one in TABLES.items() if name != "measures" and not one.asked)
"""Tables that may be stored beside the measures."""


def own_measures(experiment: Experiment) -> tuple[Measure, ...]:
    """Return the measures of an experiment that are written in Python.

    Raises
    ------
    ScenarioError, OwnMeasureError
        Where one is not to be had, or two that differ have the same name.
    """
    return own_of([named_measure(one, experiment.folder) for one in experiment.measures])


def headlines(experiment: Experiment, scenarios: Iterable[Scenario]) -> tuple[str, ...]:
    """Return the measures that an answer is about: those that the experiment names, or the usual ones."""
    asked = [named_measure(one, experiment.folder) for one in experiment.measures]
    named = [one.name if isinstance(one, Measure) else one for one in asked]
    return tuple(dict.fromkeys(named or [name for one in scenarios for name in headline_measures(one)]))


def wrong_measures(
    experiment: Experiment, scenarios: Iterable[Scenario], taken: Collection[str] = ()
) -> Iterator[Finding]:
    """Yield what is wrong with the measures and tables that an experiment names.

    Parameters
    ----------
    experiment
        What the file says.
    scenarios
        The organizations.
    taken
        Names that other columns have: no measure that is written in Python can be called so.
    """
    folded = {name.casefold() for name in taken}
    own: list[Measure] = []
    named: list[tuple[str, Place]] = []
    for index, said in enumerate(experiment.measures):
        try:
            found = named_measure(said, experiment.folder)
            own_of([*own, found])
        except ScenarioError as error:
            yield from (replace(one, path=("measures", index)) for one in error.findings)
        except TextError as error:
            yield Finding(error.text, ("measures", index))
        else:
            if isinstance(found, Measure):
                own.append(found)
                if found.name.casefold() in folded:
                    yield Finding(texts.COLUMN_TAKEN.format(name=found.name), ("measures", index))
            else:
                named.append((found, ("measures", index)))
    if not isinstance(experiment.replications, int):
        named.append((experiment.replications.measure, ("replications", "measure")))
    specs = all_specs(scenarios, own)
    for name, path in named:
        if name not in specs:
            facts = {"name": name, "hint": did_you_mean(name, specs), "known": listed(specs)}
            yield Finding(unknown.UNKNOWN_MEASURE.format(**facts), path)
        elif path[0] == "replications" and _selects(experiment) and specs[name].better == "neither":
            yield Finding(texts.NEITHER_BETTER.format(name=name), path)
    for index, name in enumerate(experiment.tables):
        if name not in BESIDE:
            facts = {"name": name, "known": listed(BESIDE), "hint": did_you_mean(name, BESIDE)}
            yield Finding(texts.UNKNOWN_TABLE.format(**facts), ("tables", index))


def _selects(experiment: Experiment) -> bool:
    return isinstance(experiment.replications, SelectionRule)


def named_measure(said: str | Measure, folder: Path | None) -> str | Measure:
    """Return the measure to which an import path leads, and a name as it is."""
    if isinstance(said, Measure) or not is_import_path(said):
        return said
    found = imported(said, folder)
    if not isinstance(found, Measure):
        raise ScenarioError([Finding(texts.NO_OWN_MEASURE.format(found=said))])
    return found
