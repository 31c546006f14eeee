"""What is introduced together: from what a file says to interventions, bundles, values by place and classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from sim.experiments.imported import CLASS, imported, is_import_path
from sim.interventions import Intervention
from sim.scenario import ScenarioError
from sim.scenario.bundled import bundle_named
from sim.scenario.bundles import Bundle, load_bundle
from sim.spec.findings import Finding, Path, TextError
from sim.study.alternatives import Alternative, Item, alternative_of
from sim.study.making import make_intervention
from sim.words import Text, words

texts = words("experimentfile")

POINT = "point"


def opened_up(items: Sequence[Item]) -> Alternative:
    """Return what items come to: interventions, those of bundles among them, and values by place."""
    return alternative_of(POINT, Text(POINT, POINT), items)


def made_of(items: Sequence[Any], path: Path, folder: FilePath | None) -> list[Item]:
    """Return what is introduced together as objects: interventions, bundles, values by place, classes.

    Raises
    ------
    ScenarioError
        With everything that is not understood, at places within the factor.
    """
    found, wrong = [], []
    for index, item in enumerate(items):
        here: Path = (*path, index) if len(items) > 1 else path
        try:
            found.append(_one_made(item, folder))
        except TextError as error:
            wrong.append(Finding(error.text, here))
        except ScenarioError as error:
            wrong += [retold(one, here) for one in error.findings]
    if wrong:
        raise ScenarioError(wrong)
    return found


def _one_made(item: Any, folder: FilePath | None) -> Item:
    named = bundle_named(item)
    if named is not None:
        return load_bundle(named, folder)
    if isinstance(item, Bundle):
        return item
    if isinstance(item, type) or is_import_path(item):
        return _own(item if isinstance(item, type) else imported(item, folder), {}, str(item))
    if isinstance(item, Mapping) and CLASS in item:
        doses = {name: value for name, value in item.items() if name != CLASS}
        return _own(imported(str(item[CLASS]), folder), doses, str(item[CLASS]))
    if isinstance(item, Mapping) and not {"kind", "preset"} & set(item):
        return item
    return make_intervention(item)


def _own(found: Any, doses: Mapping[str, Any], said: str) -> Item:
    """Return an intervention of a class that is written in Python, or the object itself."""
    if isinstance(found, Intervention) and not doses:
        return found
    if not (isinstance(found, type) and issubclass(found, Intervention)):
        raise TextError(texts.NO_INTERVENTION.format(found=said))
    made: Item = found.model_construct(**doses)
    return made


def retold(finding: Finding, path: Path) -> Finding:
    """Return a finding about what a factor names, as told about the factor."""
    if finding.line is not None:
        return finding
    return Finding(replace(finding, file="").as_text if finding.path else finding.text, path)
