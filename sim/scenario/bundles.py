"""Bundles: interventions that are introduced together, in files of their own, for any organization.

A bundle is named ``bundle:NAME`` (a shipped one) or ``bundle:FILE`` wherever interventions that are tried are named. It
stands for its interventions, and for the values that it sets; nothing that is run knows of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from sim.interventions import Custom, Intervention
from sim.scenario.bundled import FIELD, bundle_named
from sim.scenario.changes import path_of
from sim.scenario.files import Found, find_bundle, read_text, shipped_bundles
from sim.scenario.notes import Notes
from sim.scenario.scenario import Scenario, Try
from sim.scenario.yaml import Document, in_order, parse
from sim.spec.base import Description, FileFormat, Label, List, Model, Name, Reference, Table, refuse, text_of
from sim.spec.explain import findings_of
from sim.spec.findings import Finding, ScenarioError, errors, mismatch, shown
from sim.spec.findings import Path as Place
from sim.words import Text, words

texts = words("bundles")

ANYWHERE = ("levers", "pace", "relations", "queue", "coordination_work", "response_targets")
"""Parts of an organization that name none of its departments and processes."""


def _single(value: Any) -> Any:
    """Refuse a bundle within a bundle."""
    if bundle_named(value) is not None or (isinstance(value, Mapping) and FIELD in value):
        raise refuse(texts.AN_INTERVENTION)
    return value


class Bundle(Model):
    """Interventions that are introduced together, whatever the organization."""

    format: FileFormat = 1
    """The version of this file format."""
    name: Name = "bundle"
    """What the bundle is called; the name of its file where it says nothing."""
    title: Label
    """What tables call it."""
    description: Description = ""
    """For whom it is, and why these together."""
    with_: List[Annotated[Try, BeforeValidator(_single)]] = Field(
        validation_alias="with", serialization_alias="with", json_schema_extra={"minItems": 1}
    )
    """The interventions of which it consists."""
    set_: Table[str, Any] = Field(default={}, validation_alias="set", serialization_alias="set")
    """Values of the organization that it sets, by place."""

    @property
    def label(self) -> Text:
        """What people call it."""
        return text_of(self.title, self.name)


def load_bundle(name: str, base: Path | None = None) -> Bundle:
    """Return a bundle by shipped name or path; a relative path starts from `base`.

    Raises
    ------
    ScenarioError
        Where there is none, or anything is wrong with its file; every finding is one sentence.

    Examples
    --------
    >>> from sim.scenario.bundles import load_bundle
    >>> load_bundle("people_only").label.en
    'People only'
    """
    found = find_bundle(name, base)
    return _shipped(str(found.place), found) if found.folder is None else _read(found)


def every_bundle() -> dict[str, Bundle]:
    """Return the shipped bundles by name."""
    return dict(_all_of(shipped_bundles()))


@cache
def _all_of(names: tuple[str, ...]) -> dict[str, Bundle]:
    """Return the bundles of these names, which stay the same while a program runs."""
    return {name: load_bundle(name) for name in names}


@cache
def _shipped(_place: str, found: Found) -> Bundle:
    """Return a bundle whose file does not change while a program runs."""
    return _read(found)


def _read(found: Found) -> Bundle:
    document = parse(read_text(found), found.file)
    document.data.setdefault("name", found.stem if found.stem.isidentifier() else "bundle")
    try:
        bundle = Bundle.model_validate(document.data)
    except ValidationError as error:
        raise _refused(findings_of(error, document.data, Bundle), document) from None
    if wrong := [*errors(document.findings), *_wrong_in(bundle)]:
        raise _refused(wrong, document)
    return bundle


def _refused(findings: Sequence[Finding], document: Document) -> ScenarioError:
    return ScenarioError(in_order(dict.fromkeys([*document.findings, *findings]), document))


def _wrong_in(bundle: Bundle) -> list[Finding]:
    """Return what in a bundle is not for any organization."""
    notes = Notes()
    if not bundle.with_:
        notes.error(("with",), mismatch((), texts.SOME))
    for index, one in enumerate(bundle.with_):
        for path, value in _names_in(one):
            notes.error(("with", index, *path), texts.NO_DEPARTMENTS.format(found=shown(value)))
    for place, value in bundle.set_.items():
        for finding in _wrong_at(place, value):
            notes.error(("set", place), finding)
    return notes.findings


_REFERENCE = TypeAdapter(Reference).json_schema()


def _names_in(intervention: Intervention) -> Iterator[tuple[Place, Any]]:
    """Yield where an intervention names parts of an organization."""
    for name, field in type(intervention).model_json_schema()["properties"].items():
        several = (field, *field.get("anyOf", ()))
        value = getattr(intervention, name, None)
        if value and any(_REFERENCE in (one, one.get("items")) for one in several):
            yield (name,), value
    if isinstance(intervention, Custom):
        yield from ((("hires", n, "department"), one.department) for n, one in enumerate(intervention.hires))


def _wrong_at(place: str, value: Any) -> list[Text]:
    """Return what is wrong with a value, tried on an organization that has nothing special."""
    try:
        path = path_of(place)
        if path[0] not in ANYWHERE or path[1:2] == ("pairs",):
            return [texts.NO_PLACE.format(place=place)]
        _anybody().changed({place: value})
    except ScenarioError as error:
        return [one.text for one in errors(error.findings)]
    return []


@cache
def _anybody() -> Scenario:
    """Return two departments with a step each."""
    steps = {"first": {"R": "one", "work": 1.0}, "second": {"R": "other", "work": 1.0}}
    return Scenario.model_validate(
        {
            "departments": {"one": {"staff": 5}, "other": {"staff": 5}},
            "processes": {"work": {"demand": {"per_week": 5}, "steps": steps}},
        }
    )


def retold(bundle: str, kind: str, finding: Text | str) -> Text:
    """Return what is wrong with an intervention of a bundle, as a sentence that names both."""
    return texts.PART.format(bundle=bundle, kind=kind, finding=finding)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the interventions that a list of items comes to: from which item it is, and of which bundle."""

    item: Any
    place: int
    bundle: Bundle | None = None


def spread(items: Sequence[Any], opened: Callable[[int, Any], Bundle | None]) -> list[Part]:
    """Return the parts of a list of items in which bundles may stand.

    Whatever is said beside a bundle takes the place of the bundle's own intervention of the same kind, and a later
    bundle that of an earlier one: nothing is introduced, or paid for, twice.

    Parameters
    ----------
    items : sequence
        Interventions as objects, texts or mappings, and what stands for bundles.
    opened : callable
        Returns the bundle for which an item stands, by its place and itself.
    """
    bundles = [opened(place, one) for place, one in enumerate(items)]
    said = {_subject(one) for one, bundle in zip(items, bundles, strict=True) if bundle is None}
    found: list[Part] = []
    for place in reversed(range(len(items))):
        bundle = bundles[place]
        if bundle is None:
            found.insert(0, Part(items[place], place))
            continue
        own = [one for one in bundle.with_ if _subject(one) not in said]
        said |= {_subject(one) for one in own}
        found[:0] = [Part(one, place, bundle) for one in own]
    return found


def _subject(item: Any) -> Hashable:
    """Return by what an item takes the place of another: its kind; of what is data, its name too."""
    if isinstance(item, Intervention):
        return item.kind, item.name if isinstance(item, Custom) else ""
    if isinstance(item, Mapping):
        return str(item.get("kind")), str(item.get("name", "custom")) if item.get("kind") == "custom" else ""
    return str(item).partition(":")[0].strip(), ""
