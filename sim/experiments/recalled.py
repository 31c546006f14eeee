"""What an experiment was, from its store: as far as what its file names is still to be had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from sim.experiments.axes import Axis
from sim.experiments.complete import plain
from sim.experiments.experiment import Experiment
from sim.experiments.plan import Plan
from sim.scenario import Scenario, ScenarioError
from sim.spec.base import text_of
from sim.spec.findings import TextError
from sim.spec.measures import MeasureSpec
from sim.study.effects import scale_of
from sim.study.reported import all_specs, headline_measures
from sim.study.statistics import Scale
from sim.words import Text

if TYPE_CHECKING:
    import pandas as pd


class Recalled:
    """An experiment that was made, without what is written in Python in modules that are not here.

    Parameters
    ----------
    experiment
        What its file said.
    manifest
        Of its store.
    points
        A row for each point.
    """

    def __init__(self, experiment: Experiment, manifest: Mapping[str, Any], points: pd.DataFrame) -> None:
        self.experiment = experiment
        self._points, self._told = points, manifest.get("measures", {})
        self.scenarios = _readable(manifest)
        self._plan = Plan(experiment, self.scenarios)

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """The factors as designs see them; where a file is not there any more, by the values that points have."""
        try:
            return self._plan.axes
        except (ScenarioError, TextError):
            named = [name for name in self.experiment.factors if name in self._points]
            return tuple(Axis(name, tuple(plain(one) for one in self._points[name].unique())) for name in named)

    @cached_property
    def specs(self) -> Mapping[str, MeasureSpec]:
        """What is known about measures; of those in Python, whose code no store holds, what it says of them."""
        try:
            found = self._plan.specs
        except (ScenarioError, TextError):
            found = all_specs(self.scenarios.values())
        return {**found, **{name: unknown(name, one) for name, one in self._told.items() if name not in found}}

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The measures that the answer is about."""
        try:
            return self._plan.headlines
        except (ScenarioError, TextError):
            named = [one for one in self.experiment.measures if isinstance(one, str)]
            usual = [name for one in self.scenarios.values() for name in headline_measures(one)]
            return tuple(dict.fromkeys(named or usual))

    def spec(self, name: str) -> MeasureSpec:
        """Return what is known about a measure, if only its name."""
        return self.specs.get(name) or unknown(name)

    def scales(self, measures: Iterable[str]) -> dict[str, Scale]:
        """Return what numbers measures can take."""
        return {name: scale_of(self.spec(name)) for name in measures}


def _readable(manifest: Mapping[str, Any]) -> dict[str, Scenario]:
    """Return the organizations of an experiment as they were, by name; without those that cannot be read here."""
    found = {}
    for name, said in manifest["scenarios"].items():
        try:
            found[name] = Scenario.model_validate(said)
        except (ValidationError, ScenarioError, TextError):  # written in Python, in a module that is not here
            continue
    return found


def _label(said: Any) -> Text:
    """Return what a store calls a measure: in both languages, or in one for both."""
    return Text(str(said["en"]), str(said["zh"])) if isinstance(said, Mapping) else text_of(said)


def unknown(name: str, told: Mapping[str, Any] | None = None) -> MeasureSpec:
    """Return a measure of which nothing is known but its name, or what a store says of it."""
    said = told or {}
    label, unit = _label(said.get("label", name)), str(said.get("unit", ""))
    return MeasureSpec(name, unit, "neither", label, label, own_unit=Text(unit, unit))
