"""The factors of an experiment as they are understood, all together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sim.experiments.experiment import Experiment
from sim.experiments.items import opened_up
from sim.experiments.understood import Given, understood
from sim.experiments.varied import Added, Dosed, Named, OnOff, Varied
from sim.interventions import Intervention
from sim.scenario import Scenario, ScenarioError
from sim.spec.findings import Finding


def varied_of(experiment: Experiment, scenarios: Mapping[str, Scenario]) -> tuple[Varied, ...]:
    """Return what an experiment varies, in the order of its factors.

    Raises
    ------
    ScenarioError
        With everything that cannot be meant.
    """
    found, wrong = all_understood(experiment, scenarios)
    if wrong:
        raise ScenarioError(wrong)
    return tuple(one for several in found.values() for one in several)


def all_understood(
    experiment: Experiment, scenarios: Mapping[str, Scenario]
) -> tuple[dict[str, tuple[Varied, ...]], list[Finding]]:
    """Return what each factor means that can be understood, and what is wrong with the others.

    Doses of what is tried are among the assumptions, so factors of assumptions are understood last.

    Parameters
    ----------
    experiment
        What the file says.
    scenarios
        The organizations, by name.
    """
    found: dict[str, tuple[Varied, ...]] = {}
    wrong: list[Finding] = []
    factors = experiment.factors
    for name in sorted(factors, key=lambda name: factors[name].assumptions is not None):
        tried = tuple(one for several in found.values() for varied in several for one in interventions_of(varied))
        try:
            found[name] = understood(name, factors[name], Given(scenarios, experiment.folder, tried))
        except ScenarioError as error:
            wrong += [
                one if one.line is not None else replace(one, path=("factors", name, *one.path))
                for one in error.findings
            ]
    return {name: found[name] for name in factors if name in found}, wrong


def interventions_of(varied: Varied) -> Iterator[Intervention]:
    """Yield the interventions that a factor may introduce, those of bundles among them."""
    if isinstance(varied, Dosed):
        yield from varied.interventions
    for added in added_by(varied):
        yield from opened_up(added.items).interventions


def added_by(varied: Varied) -> tuple[Added, ...]:
    """Return what a factor adds at its levels, where that is not a matter of numbers."""
    if isinstance(varied, OnOff):
        return (varied.added,)
    return tuple(varied.levels.values()) if isinstance(varied, Named) else ()
