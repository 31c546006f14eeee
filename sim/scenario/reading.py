"""Scenario files to scenarios, with every finding in one go."""

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.scenario.changes import Changes, changed, changes_of
from sim.scenario.inherit import document_of, parse_document, read_document
from sim.scenario.scenario import Scenario
from sim.scenario.unbundled import unbundled
from sim.scenario.yaml import Document, in_order
from sim.spec.explain import findings_of
from sim.spec.findings import Finding, ScenarioError, errors

Asked = str | Path | Mapping[str, Any]
"""How a scenario is asked for: by name, by file, or as what its file would say."""


def load(asked: Asked, changes: Changes | None = None) -> Scenario:
    """Return a scenario by shipped name or path, or one that is written in Python.

    Parameters
    ----------
    asked : str, path or mapping
        The name of a shipped scenario, the path of a YAML file, or what such a file would say: a mapping, perhaps with
        a ``parent``.
    changes : mapping, optional
        Values to set by place, before anything is checked: ``{"departments.sales.staff": 6, "levers.latency": 8}``.
        Places are written as findings name them; None removes a field.

    Returns
    -------
    Scenario
        One that has passed all checks.

    Raises
    ------
    ScenarioError
        Where anything is wrong with it; every finding is one sentence.

    Examples
    --------
    >>> sim.load("order_delivery", {"departments.sales.staff": 6}).departments["sales"].staff
    6
    >>> sim.load({"parent": "order_delivery", "name": "larger", "departments": {"sales": {"staff": 6}}}).name
    'larger'
    """
    return built(changed(_document(asked), changes_of(changes)))


def loads(text: str, file: str = "<text>", folder: Path | None = None) -> Scenario:
    """Return a scenario from YAML text; `file` is what messages call it, `folder` where relative parents are."""
    return built(parse_document(text, file, folder))


def read_data(data: Mapping[str, Any], file: str) -> Scenario:
    """Return a scenario from plain data, as `content` makes it; `file` is what messages call it."""
    return built(Document(file, dict(data), {}, ()))


def check(asked: Asked, changes: Changes | None = None) -> list[Finding]:
    """Return everything that is wrong with a scenario, and what looks wrong; never raises for bad input.

    Parameters
    ----------
    asked : str, path or mapping
        The name of a shipped scenario, the path of a YAML file, or what such a file would say.
    changes : mapping, optional
        Values to set by place, as in `load`.

    Returns
    -------
    list of Finding
        Each with `severity` ("error" or "warning"), and a sentence that names file, line and field: ``str(finding)``.

    Examples
    --------
    >>> sim.check("order_delivery")
    []
    >>> [one.field for one in sim.check("order_delivery", {"departments.sales.staf": 6})]
    ['departments.sales.staf']
    """
    try:
        document = changed(_document(asked), changes_of(changes))
    except ScenarioError as error:
        return list(error.findings)
    return examined_document(document)[1]


def _document(asked: Asked) -> Document:
    return document_of(asked) if isinstance(asked, Mapping) else read_document(asked)


def built(document: Document) -> Scenario:
    """Return the scenario that a document describes, or say in sentences what is wrong with it."""
    scenario, findings = examined_document(document)
    if scenario is None:
        raise ScenarioError(errors(findings))
    return scenario


def examined_document(document: Document) -> tuple[Scenario | None, list[Finding]]:
    """Return the scenario, where there is one, and all findings in the order of the file."""
    try:
        document = unbundled(document)
    except ScenarioError as error:
        return None, in_order([*document.findings, *error.findings], document)
    data = dict(document.data)
    findings = list(document.findings)
    scenario, more = _validated(data)
    placed = in_order([*findings, *more], document)
    return (None if errors(placed) else scenario), placed


def _validated(data: dict[str, Any]) -> tuple[Scenario | None, list[Finding]]:
    noted: list[Finding] = []
    try:
        scenario = Scenario.model_validate(data, context=noted)
    except ValidationError as error:
        found = findings_of(error, data, Scenario, also=("parent",))
        return None, list(dict.fromkeys([*found, *_behind(data, found)]))
    return scenario, noted


_REFERRED = {
    "departments", "pools", "calendars", "processes", "steps", "management", "next", "start", "complains", "starts_on",
}  # fmt: skip
"""Fields to which others refer, by what stands in them: without them, what the others say would seem wrong."""

_STAND_INS: dict[str, Any] = {
    "staff": 1,
    "work": 1.0,
    "hours_per_week": 40.0,
    "share": 0.1,
    "per_week": 1.0,
    "target_hours": 8.0,
    "target_days": 1.0,
    "short_wait": 1.0,
    "external": {"work": 1.0},
    "distance": 0.5,
    "trust": 0.5,
    "understanding": 0.5,
    "week": 0.0,
}


def _behind(data: dict[str, Any], found: list[Finding]) -> list[Finding]:
    """Return the errors that only show once fields of the wrong type are out of the way.

    The fields in question are left out or replaced by a harmless value; where that does not yield a scenario, the first
    findings have to be mended first.
    """
    if any(_REFERRED & set(one.path[-2:]) for one in found):
        return []  # what a refused department or step is called is unknown, and so is who means it
    mended = copy.deepcopy(data)
    for finding in found:
        _mend(mended, finding)
    try:
        Scenario.model_validate(mended)
    except ValidationError as error:
        second = [e.get("ctx", {}).get("error") for e in error.errors(include_url=False)]
        return [one for inner in second if isinstance(inner, ScenarioError) for one in errors(inner.findings)]
    return []


def _mend(data: Any, finding: Finding) -> None:
    if not finding.path:
        return
    for part in finding.path[:-1]:
        data = data[int(part)] if isinstance(data, list) else data.get(part)
        if not isinstance(data, list | dict):
            return
    last = finding.path[-1]
    if isinstance(data, list):
        data[int(last)] = None
    elif last in _STAND_INS:
        data[str(last)] = _STAND_INS[str(last)]
    else:
        data.pop(str(last), None)
