"""Experiment files to experiments, with every finding in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.experiments.checks import Examined
from sim.experiments.experiment import Experiment
from sim.experiments.places import find_experiment, shipped_experiments
from sim.experiments.plan import Plan, planned
from sim.scenario.files import Found, read_text
from sim.scenario.yaml import Document, in_order, parse
from sim.spec.explain import findings_of
from sim.spec.findings import Finding, ScenarioError, errors


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of a file: an experiment with its organizations, where nothing is wrong, and all findings."""

    plan: Plan | None
    findings: list[Finding]


def every_experiment() -> dict[str, Experiment]:
    """Return the shipped experiments by name, as their files have them: nothing is looked up in their organizations."""
    return {name: _unexamined(find_experiment(name)) for name in shipped_experiments()}


def _unexamined(found: Found) -> Experiment:
    data = parse(read_text(found), found.file).data
    return Experiment.model_validate({"name": found.stem, **data})


def load_experiment(name_or_path: str | Path) -> Experiment:
    """Return an experiment by shipped name or path.

    Parameters
    ----------
    name_or_path : str or path
        The name of a shipped experiment, or the path of a YAML file.

    Returns
    -------
    Experiment
        One that has passed all checks; what it names is found from the folder of its file.

    Raises
    ------
    ScenarioError
        Where anything is wrong with it; every finding is one sentence.
    """
    return load_plan(name_or_path).experiment


def load_plan(name_or_path: str | Path, fields: Mapping[str, Any] | None = None) -> Plan:
    """Return an experiment as `load_experiment` does, with its organizations; `fields` count instead of the file's."""
    found = find_experiment(name_or_path)
    document = parse(read_text(found), found.file)
    document.data.update(fields or {})
    return _made(_read(document, found.folder, found.stem))


def check_experiment(name_or_path: str | Path) -> list[Finding]:
    """Return everything that is wrong with an experiment file; never raises for bad input.

    Parameters
    ----------
    name_or_path : str or path
        The name of a shipped experiment, or the path of a YAML file.
    """
    try:
        found = find_experiment(name_or_path)
        return _read(parse(read_text(found), found.file), found.folder, found.stem).findings
    except ScenarioError as error:
        return list(error.findings)


def experiment_of(asked: Experiment | Mapping[str, Any] | str | Path | None = None, /, **fields: Any) -> Experiment:
    """Return an experiment from whatever stands for one: a file or its name, fields, an experiment.

    Parameters
    ----------
    asked
        An experiment, its fields, the name of a shipped one, or the path of a file; None where `fields` say all.
    **fields
        Fields as in a file, which count instead of those of `asked`; ``set`` also as ``set_``.

    Raises
    ------
    ScenarioError
        Where anything is wrong with it.
    """
    return plan_of(asked, **fields).experiment


def plan_of(asked: Experiment | Mapping[str, Any] | str | Path | None = None, /, **fields: Any) -> Plan:
    """Return an experiment as `experiment_of` does, with its organizations."""
    said = {name.rstrip("_"): value for name, value in fields.items()}
    if isinstance(asked, str | Path):
        return load_plan(asked, said)
    if isinstance(asked, Experiment):
        return planned(asked.model_copy(update=said) if said else asked)
    data = {**(asked or {}), **said}
    try:
        made = Experiment.model_validate(data)
    except ValidationError as error:
        raise ScenarioError(findings_of(error, data, Experiment)) from None
    return planned(made)


def _made(read: _Read) -> Plan:
    if read.plan is None:
        raise ScenarioError(errors(read.findings))
    return read.plan


def _read(document: Document, folder: Path | None, stem: str) -> _Read:
    """Return what a document says, where nothing is wrong, and all findings in the order of the file."""
    data = dict(document.data)
    data.setdefault("name", stem if stem.isidentifier() else "experiment")
    plan, found = _examined(data, folder)
    placed = in_order(dict.fromkeys([*document.findings, *found]), document)
    return _Read(None if errors(placed) else plan, placed)


def _examined(data: Mapping[str, Any], folder: Path | None) -> tuple[Plan | None, list[Finding]]:
    """Return an experiment and what is wrong; the rest is looked at also where a field or factor is refused."""
    try:
        experiment = Experiment.model_validate(data)
    except ValidationError as error:
        found = findings_of(error, data, Experiment)
        return None, [*found, *_behind(data, found, folder)]
    examined = Examined(experiment.found_in(folder))
    return Plan(examined.experiment, examined.scenarios), examined.findings


def _behind(data: Mapping[str, Any], found: list[Finding], folder: Path | None) -> list[Finding]:
    """Return what is wrong with the rest, once fields and factors that are refused are left out."""
    refused = {one.path[0] for one in found if one.path and one.path[0] != "factors"}
    factors = {one.path[1] for one in found if one.path[:1] == ("factors",) and len(one.path) > 1}
    if "scenarios" in refused or any(one.path == ("factors",) for one in found):
        return []
    kept = {name: value for name, value in data.items() if name not in refused}
    if factors:
        kept["factors"] = {name: one for name, one in data["factors"].items() if name not in factors}
    try:
        experiment = Experiment.model_validate(kept)
    except ValidationError:
        return []
    whole = not factors and "design" not in refused  # a design may name what is left out
    return Examined(experiment.found_in(folder), whole).findings
