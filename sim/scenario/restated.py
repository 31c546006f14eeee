"""Changes to a scenario that exists already: what it states is written down, changed, and read like a file.

What nobody stated is left out, so that it goes on following whatever it depends on, as the pace. Interventions stand in
their lists as they are until a change leads into one, because no file could name those that are written in Python.
"""

from dataclasses import replace
from typing import Any

from sim.scenario.changes import Changes, changed, changes_of
from sim.scenario.opened import reread
from sim.scenario.reading import built
from sim.scenario.scenario import Scenario
from sim.scenario.yaml import Document
from sim.spec.findings import Finding, Path, ScenarioError


def restated(scenario: Scenario, changes: Changes) -> Scenario:
    """Return a scenario with single values set, checked as if it were read from a file."""
    document = Document(scenario.name, stated(scenario), {}, ())
    return built(_reread(changed(document, changes_of(changes))))


def stated(scenario: Scenario) -> dict[str, Any]:
    """Return what a scenario states as plain data, in which only interventions stand as they are."""
    said = scenario.model_dump(mode="json", exclude_unset=True, by_alias=True, exclude={"interventions", "compare"})
    if "interventions" in scenario.model_fields_set:
        said["interventions"] = list(scenario.interventions)
    if "compare" in scenario.model_fields_set:
        said["compare"] = [
            {**one.model_dump(mode="json", exclude_unset=True, exclude={"with_"}), "with": list(one.with_)}
            for one in scenario.compare
        ]
    return {"format": scenario.format, "name": scenario.name, **said}


def _reread(document: Document) -> Document:
    """Return a document whose changed interventions of Python classes are interventions again."""
    found: list[Finding] = []
    data = {**document.data}
    if isinstance(tried := data.get("interventions"), list):
        data["interventions"] = _items(tried, ("interventions",), found)
    if isinstance(suggested := data.get("compare"), list):
        data["compare"] = [_suggestion(one, ("compare", n), found) for n, one in enumerate(suggested)]
    return replace(document, data=data, findings=(*document.findings, *found))


def _suggestion(one: Any, path: Path, found: list[Finding]) -> Any:
    items = one.get("with") if isinstance(one, dict) else None
    return {**one, "with": _items(items, (*path, "with"), found)} if isinstance(items, list) else one


def _items(items: list[Any], path: Path, found: list[Finding]) -> list[Any]:
    """Return the items read again; what is wrong with one is noted, and it stands as it was."""
    read: list[Any] = []
    for index, item in enumerate(items):
        try:
            read.append(reread(item))
        except ScenarioError as error:
            found += [replace(one, path=(*path, index, *one.path)) for one in error.findings]
            read.append(item["kind"].origin)
    return read
