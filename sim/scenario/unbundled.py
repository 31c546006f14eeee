"""Scenario files that name bundles: the interventions of a bundle stand in its place before anything is checked.

What is wrong with one of them is told about the line in which the bundle is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sim.scenario.bundled import bundle_named, lists_in
from sim.scenario.bundles import Bundle, Part, load_bundle, retold, spread
from sim.scenario.yaml import Document, Written
from sim.spec.findings import Finding, ScenarioError, listed
from sim.spec.findings import Path as Place
from sim.words import words

texts = words("bundles")


def unbundled(document: Document) -> Document:
    """Return a document with the interventions of bundles in place of their names.

    Raises
    ------
    ScenarioError
        Where a bundle is not to be had.
    """
    return _Opening(document).document()


def without_bundles(items: Iterable[Any]) -> tuple[Any, ...]:
    """Return interventions with those of bundles in place of their names.

    Raises
    ------
    ScenarioError
        Where a bundle is not to be had, or sets values of the organization.
    """
    found = tuple(items)
    if not any(bundle_named(one) is not None for one in found):
        return found
    return tuple(unbundled(Document("", {"interventions": list(found)}, {}, ())).data["interventions"])


class _Opening:
    """A document of which the bundles are opened."""

    def __init__(self, document: Document) -> None:
        self._given = document
        self._data = dict(document.data)
        self._moved: dict[Place, Written] = {}
        self._refused: list[Finding] = []

    def document(self) -> Document:
        """Return the document without bundles."""
        for path, items in lists_in(self._given.data):
            if any(bundle_named(one) is not None for one in items):
                self._open(path, items)
        if self._refused:
            raise ScenarioError(self._refused)
        return replace(self._given, data=self._data, moved=self._moved) if self._moved else self._given

    def _open(self, path: Place, items: list[Any]) -> None:
        parts = spread(items, lambda place, item: self._bundle((*path, place), item))
        for index, part in enumerate(parts):
            self._moved[*path, index] = _written(path, part)
        spread_out = [part.item for part in parts]
        if path == ("interventions",):
            self._data["interventions"] = spread_out
            return
        _, number, _ = path
        compare = list(self._data["compare"])
        compare[int(number)] = _suggested(compare[int(number)], spread_out, parts)
        self._data["compare"] = compare

    def _bundle(self, path: Place, item: Any) -> Bundle | None:
        """Return the bundle for which an item stands; note where it cannot be had there."""
        named = bundle_named(item)
        if named is None:
            return None
        try:
            bundle = load_bundle(named)
        except ScenarioError as error:
            self._refused += [self._told(one, path) for one in error.findings]
            return None
        if bundle.set_ and path[0] == "interventions":
            facts = {"bundle": bundle.name, "places": listed(bundle.set_)}
            self._refused.append(self._told(Finding(texts.SETS_VALUES.format(**facts)), path))
        return bundle

    def _told(self, finding: Finding, path: Place) -> Finding:
        """Return a finding about a bundle; where it is about no line of a file, about the one that names it."""
        if finding.line is not None:
            return finding
        text = texts.IN_FILE.format(file=finding.file, finding=finding.text) if finding.file else finding.text
        return Finding(text, path).placed(self._given.lines, self._given.file)


def _written(path: Place, part: Part) -> Written:
    told = None if part.bundle is None else retold(part.bundle.name, part.item.kind, "{finding}")
    return Written((*path, part.place), told)


def _suggested(said: Mapping[str, Any], items: list[Any], parts: list[Part]) -> dict[str, Any]:
    """Return what a scenario suggests to compare, with what its bundles set where it says nothing else itself."""
    values: dict[str, Any] = {}
    for bundle in (part.bundle for part in parts if part.bundle is not None):
        values |= bundle.set_
    own = said.get("set", {})
    made = {**said, "with": items}
    if values and isinstance(own, Mapping):
        made["set"] = {**values, **own}
    return made
