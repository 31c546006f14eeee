"""The inputs that differ from what a scenario began as and from where levers usually stand; doses of what is tried.

A child scenario says only what it changes, and that is listed: each number or setting that the two say differently,
whatever follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.interventions import Intervention
from sim.report.experiments.called import dose_called, item_called
from sim.scenario import Scenario, load, shipped
from sim.scenario.files import find, read_text
from sim.scenario.outline import unusual_settings
from sim.scenario.yaml import parse
from sim.study.differing import ABSENT, Input, Pair, Spot, spots_of
from sim.study.places import Place, written
from sim.words import Text

if TYPE_CHECKING:
    from sim.scenario.changes import Change
    from sim.study.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Base:
    """What a scenario differs from.

    Attributes
    ----------
    scenario
        As it is read.
    kind
        ``parent`` of the file, the ``file`` itself before options changed it, or the ``shipped`` scenario of the name.
    options
        Places that options of the command set.
    """

    scenario: Scenario
    kind: str
    options: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Dose:
    """One dose of something that is introduced.

    Attributes
    ----------
    alternatives
        The labels of the alternatives that have it so.
    intervention, called
        What people call both.
    place
        As the command line writes it.
    usual, here
        What it is where nobody says anything, and here.
    """

    alternatives: tuple[str, ...]
    intervention: Text
    called: Text
    place: str
    usual: Any
    here: Any


def base_of(scenario: Scenario) -> Base | None:
    """Return the shipped scenario of the same name, if there is one and it is another."""
    if scenario.name not in shipped():
        return None
    known = load(scenario.name)
    return None if known.hash == scenario.hash else Base(known, "shipped")


def base_of_file(name: str, changes: tuple[Change, ...]) -> Base | None:
    """Return what the scenario of a file differs from: its parent, or the file itself where options change it.

    Parameters
    ----------
    name
        A shipped scenario or a file, as it was given.
    changes
        What options of the command change.
    """
    options = frozenset(written(one.path) for one in changes)
    found = find(name)
    parent = parse(read_text(found), found.file).data.get("parent")
    if isinstance(parent, str):
        there = find(parent, found.folder)
        named = parent if there.folder is None else Path(there.file)
        return Base(load(named), "parent", options)
    return Base(load(name), "file", options) if changes else None


def inputs_of(scenario: Scenario, base: Base | None) -> tuple[Input, ...]:
    """Return every input of a scenario that its base says otherwise, and every lever that is not as usual.

    Parameters
    ----------
    scenario
        The organization as it is.
    base
        What it differs from; None where nothing is known.
    """
    spots = () if base is None else tuple(spots_of(base.scenario, scenario))
    known = {one.place for one in spots}
    more = tuple(Spot(place, place) for place in _unusual(scenario) if place not in known)
    pair = Pair(scenario, None if base is None else base.scenario)
    return pair.inputs((*spots, *more), frozenset() if base is None else base.options)


def _unusual(scenario: Scenario) -> Iterator[Place]:
    """Yield the places of levers that are set otherwise than usual."""
    for one in unusual_settings(scenario):
        yield ("departments", one.department, "levers", one.lever) if one.department else ("levers", one.lever)


def doses_of(comparison: Comparison) -> tuple[Dose, ...]:
    """Return the doses of all that is introduced, those together that alternatives have alike.

    Parameters
    ----------
    comparison
        What was found.
    """
    found: dict[tuple[str, str, str], list[str]] = {}
    made: dict[tuple[str, str, str], tuple[Intervention, Any, Any]] = {}
    for label in comparison.labels:
        for one in comparison.added(label):
            for place, usual, here in _doses(one):
                key = (one.kind, place, repr(here))
                found.setdefault(key, []).append(label)
                made.setdefault(key, (one, usual, here))
    return tuple(
        Dose(
            tuple(dict.fromkeys(labels)),
            item_called(made[kind, place, value][0]),
            dose_called(made[kind, place, value][0], place),
            f"{kind}.{place}",
            *made[kind, place, value][1:],
        )
        for (kind, place, value), labels in found.items()
    )


_PLANS = ("kind", "preset", "start_week", "end_week", "departments", "adoption", "money_once", "money_per_week")


def _doses(one: Intervention) -> Iterator[tuple[str, Any, Any]]:
    """Yield the doses of an intervention with what is usual: all of its own, of the common ones those that differ."""
    said = one.model_dump(mode="json", by_alias=True)
    usual = {name: field.get_default(call_default_factory=True) for name, field in type(one).model_fields.items()}
    for name, here in said.items():
        plain = not isinstance(here, Mapping | list) and here is not None
        if plain and name not in _PLANS and (name != "strength" or here != usual[name]):
            yield name, usual.get(name, ABSENT), here
    for name in ("money_once", "money_per_week"):
        if said[name] != usual[name]:
            yield name, usual[name], said[name]
    for name, here in said["adoption"].items():
        if here is not None:
            yield f"adoption.{name}", getattr(usual["adoption"], name), here
