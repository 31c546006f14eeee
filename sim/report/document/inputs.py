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
from sim.report.document.called import Place, place_called, written
from sim.report.experiments.called import dose_called, item_called
from sim.scenario import Scenario, definition, load, shipped
from sim.scenario.files import find, read_text
from sim.scenario.inherit import atomic, differences
from sim.scenario.outline import notation, unusual_settings
from sim.scenario.yaml import parse
from sim.spec.levers import LEVERS
from sim.words import Text

if TYPE_CHECKING:
    from sim.scenario.changes import Change
    from sim.study.comparison import Comparison

NOT_OF_THE_WORLD = ("format", "name", "title", "description", "compare", "expected")
"""What a scenario says that is no input of a run: words for people, what is tried and is told apart, what is known."""

_WORDS = ("label", "title", "description")

_LEVERS = "levers"


class Absent:
    """Stands for what is not there: other than nothing, which a file may say."""


ABSENT, UNKNOWN = Absent(), Absent()
"""Of a place that is not there, and of a base of which nothing is known."""


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
class Input:
    """A place where a scenario says something else.

    Attributes
    ----------
    path
        The place in parts.
    called
        What people call it.
    base, here
        What the base says and what this scenario says; `ABSENT` where there is no such place, `UNKNOWN` without a base.
    typical
        Where a lever usually stands at this pace; `ABSENT` of all else.
    unit
        As of levers; empty where there is none to name.
    option
        Whether an option of the command set it, and not a file.
    """

    path: Place
    called: Text
    base: Any
    here: Any
    typical: Any
    unit: str = ""
    option: bool = False

    @property
    def place(self) -> str:
        """The place as files write it."""
        return written(self.path)

    @property
    def differs(self) -> bool:
        """Whether the base says something else."""
        return self.base is not UNKNOWN and self.base != self.here

    @property
    def unusual(self) -> bool:
        """Whether it is a lever that does not stand where it usually does."""
        return self.typical is not ABSENT and self.typical != self.here

    @property
    def numeric(self) -> bool:
        """Whether there are only numbers to tell."""
        return all(isinstance(one, Absent) or _is_number(one) for one in (self.base, self.here, self.typical))


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
    places = dict.fromkeys(() if base is None else _differing(base.scenario, scenario))
    places |= dict.fromkeys(_unusual(scenario))
    here, there = _said(scenario), None if base is None else _said(base.scenario)
    known = (scenario,) if base is None else (scenario, base.scenario)
    options = frozenset() if base is None else base.options
    return tuple(
        Input(
            path,
            place_called(known, path),
            UNKNOWN if base is None else _value(base.scenario, there, path),
            _value(scenario, here, path),
            _typical(scenario, path),
            LEVERS[str(path[-1])].unit if _is_lever(path) else "",
            any(written(path) == one or written(path).startswith((f"{one}.", f"{one}[")) for one in options),
        )
        for path in places
    )


def _differing(base: Scenario, scenario: Scenario) -> Iterator[Place]:
    """Yield the places of which the two say something else."""
    before, after = (
        {name: one for name, one in definition(each).items() if name not in NOT_OF_THE_WORLD}
        for each in (base, scenario)
    )
    yield from _leaves(differences(before, after), ())


def _leaves(said: Mapping[str, Any], path: Place) -> Iterator[Place]:
    for name, one in said.items():
        here = (*path, name)
        if name in _WORDS and path:
            continue
        if isinstance(one, Mapping) and one and not atomic(one, here):
            yield from _leaves(one, here)
        else:
            yield here


def _unusual(scenario: Scenario) -> Iterator[Place]:
    """Yield the places of levers that are set otherwise than usual."""
    for one in unusual_settings(scenario):
        yield ("departments", one.department, _LEVERS, one.lever) if one.department else (_LEVERS, one.lever)


def _is_lever(path: Place) -> bool:
    return len(path) > 1 and path[-2] == _LEVERS and path[-1] in LEVERS


def _said(scenario: Scenario) -> dict[str, Any]:
    """Return all that a scenario says, what is usual as well."""
    said: dict[str, Any] = scenario.model_dump(mode="json", by_alias=True)
    return said | {"interventions": [notation(one) for one in scenario.interventions]}


def _value(scenario: Scenario, said: Any, path: Place) -> Any:
    """Return what stands at a place; of a lever that nobody sets, where it stands."""
    found = said
    for part in path:
        if not isinstance(found, Mapping) or part not in found:
            found = ABSENT
            break
        found = found[part]
    if found is ABSENT and _is_lever(path):
        owner = str(path[1]) if path[0] == "departments" else None
        return scenario.lever(str(path[-1]), owner) if owner is None or owner in scenario.departments else ABSENT
    return found


def _typical(scenario: Scenario, path: Place) -> Any:
    """Return where a lever usually stands; of a department, where it stands elsewhere in the organization."""
    if not _is_lever(path):
        return ABSENT
    name = str(path[-1])
    return scenario.usual(name, getattr(LEVERS[name], scenario.preset))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


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
