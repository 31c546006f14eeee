"""Where two scenarios say something else: every place with both values, lists matched by the names of their items.

Only what is said counts: what follows from a value that differs, as levers follow the pace, is not listed again. What
one of them leaves at its usual value is told as that value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.interventions import Intervention
from sim.scenario import Scenario, definition
from sim.scenario.inherit import atomic
from sim.scenario.outline import notation, parts_of
from sim.spec.distributions import Work, is_written
from sim.spec.levers import LEVERS
from sim.study.places import Place, place_called, written
from sim.words import Text, words

texts = words("differing")
levers = words("levers")

ABOUT = ("format", "name", "title", "description")
"""What a scenario says of itself."""

NOT_OF_THE_WORLD = (*ABOUT, "compare", "expected")
"""What a scenario says that is no input of a run: words for people, what is tried and is told apart, what is known."""

_WORDS = ("label", "title", "description")
_LEVERS = "levers"
_TRIED = ("interventions", "with")
"""Lists in which the name of an item may stand for it."""

_NAMES = ("name", "label", "measures", "kind")
"""By what the items of a list are known, the first that they have."""

_UNITS = {"staff": "people", "minutes": "minutes", "hours": "hours", "days": "days", "weeks": "weeks"}
"""Units of fields by the last word of their names."""


class Absent:
    """Stands for what is not there: other than nothing, which a file may say."""


ABSENT, UNKNOWN = Absent(), Absent()
"""Of a place that is not there, and of a base of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in two scenarios; None in the one whose list has no such item."""

    base: Place | None = ()
    here: Place | None = ()

    @property
    def place(self) -> Place:
        """The place where it is, in the other scenario first."""
        return (self.base or ()) if self.here is None else self.here

    def inside(self, name: str) -> Spot:
        """Return the place of a name within this one."""
        return Spot(*(None if one is None else (*one, name) for one in (self.base, self.here)))

    def item(self, base: int | None, here: int | None) -> Spot:
        """Return the place of an item of a list, which may stand at another place in the other."""
        both = ((self.base, base), (self.here, here))
        return Spot(*(None if one is None or k is None else (*one, k) for one, k in both))


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
        return all(isinstance(one, Absent) or is_number(one) for one in (self.base, self.here, self.typical))

    @property
    def numbers(self) -> tuple[float, float] | None:
        """Both as numbers, where they are: of hours of work that are distributed their means."""
        both = _as_number(self.base), _as_number(self.here)
        return None if both[0] is None or both[1] is None else (both[0], both[1])

    @property
    def unit_called(self) -> Text:
        """What people call the unit; empty where there is none to name."""
        if not self.unit:
            return Text("", "")
        return levers.UNITS[self.unit] if self.unit in levers.UNITS else texts.UNITS[self.unit]


def is_number(value: Any) -> bool:
    """Tell whether a value is a number, and no truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _as_number(value: Any) -> float | None:
    if is_number(value):
        return float(value)
    return Work.model_validate(value).mean if is_written(value) else None


def spots_of(
    base: Scenario, here: Scenario, leave_out: Sequence[str] = NOT_OF_THE_WORLD, every: bool = True
) -> Iterator[Spot]:
    """Yield the places at which two scenarios say something else.

    Parameters
    ----------
    base, here
        The scenarios.
    leave_out
        Fields of the scenario that do not count; where it is all of those, labels do not count either.
    every
        Whether what only one of them has (a department, a process, a step) is told field by field.
    """
    before, after = (
        {name: one for name, one in definition(each).items() if name not in leave_out} for each in (base, here)
    )
    yield from _Walk(_said(base), _said(here), "title" not in leave_out, every).inside(before, after, Spot())


@dataclass(frozen=True, slots=True)
class _Walk:
    """How two files are gone through side by side: all that is said, and whether labels and every field count."""

    all_base: Mapping[str, Any]
    all_here: Mapping[str, Any]
    labels: bool
    every: bool

    def inside(self, base: Mapping[str, Any], here: Mapping[str, Any], at: Spot) -> Iterator[Spot]:
        """Yield what differs in two mappings."""
        for name in dict.fromkeys((*here, *base)):
            if self.labels or not at.place or name not in _WORDS:
                yield from self._pair(base.get(name, ABSENT), here.get(name, ABSENT), at.inside(name))

    def _pair(self, base: Any, here: Any, at: Spot) -> Iterator[Spot]:
        if base == here:
            return
        there = [one for one in (base, here) if one is not ABSENT]
        if all(isinstance(one, Mapping) and one and not atomic(one, at.place) for one in there):
            if len(there) == 2 or self._opens(at, base is ABSENT):
                yield from self.inside({} if base is ABSENT else base, {} if here is ABSENT else here, at)
            else:
                yield at
        elif (named := [_names(one, at.place) for one in there]) and all(one is not None for one in named):
            yield from self._items(() if base is ABSENT else base, () if here is ABSENT else here, at)
        else:
            yield at

    def _opens(self, at: Spot, only_here: bool) -> bool:
        """Tell whether what one file alone says is told field by field: where the other means what is usual, always."""
        missing = _look(self.all_base, at.base) if only_here else _look(self.all_here, at.here)
        return isinstance(missing, Mapping) or (missing is ABSENT and self.every)

    def _items(self, base: Sequence[Any], here: Sequence[Any], at: Spot) -> Iterator[Spot]:
        """Yield what differs in two lists, whose items are matched by their names."""
        before, after = (_names(one, at.place) or [] for one in (base, here))
        for name in dict.fromkeys((*after, *before)):
            if name not in before or name not in after:
                yield at.item(*(names.index(name) if name in names else None for names in (before, after)))
            else:
                k, n = before.index(name), after.index(name)
                yield from self.inside(_opened(base[k]), _opened(here[n]), at.item(k, n))


def _opened(item: Any) -> Mapping[str, Any]:
    """Return an item of a list with its fields, where its kind alone stands for it."""
    return item if isinstance(item, Mapping) else {"kind": item}


def _names(items: Any, place: Place) -> list[tuple[str, int]] | None:
    """Return by what the items of a list are known, those of one name counted; None where they have no names."""
    if not isinstance(items, list | tuple):
        return None
    found = [_name(one, place) for one in items]
    if None in found:
        return None
    seen: Counter[str] = Counter()
    numbered = []
    for one in map(str, found):
        numbered.append((one, seen[one]))
        seen[one] += 1
    return numbered


def _name(item: Any, place: Place) -> str | None:
    if isinstance(item, str):
        return item if place[-1] in _TRIED else None
    if not isinstance(item, Mapping):
        return None
    said = next((item[name] for name in _NAMES if item.get(name)), None)
    if said is None and "from" in item:  # two departments, or the first and the last day
        return f"{item['from']} {item.get('to', '')}"
    return str(said["en"]) if isinstance(said, Mapping) and "en" in said else said if isinstance(said, str) else None


@dataclass(frozen=True)
class Pair:
    """Two scenarios of which places are told.

    Attributes
    ----------
    here
        The scenario that is told of first.
    base
        What it differs from; None where nothing is known.
    """

    here: Scenario
    base: Scenario | None

    def inputs(self, spots: Sequence[Spot], options: frozenset[str] = frozenset()) -> tuple[Input, ...]:
        """Return what both say at some places.

        Parameters
        ----------
        spots
            The places.
        options
            Places that options of a command have set.
        """
        here, there = _said(self.here), None if self.base is None else _said(self.base)
        return tuple(self._input(spot, here, there, options) for spot in spots)

    def _input(self, spot: Spot, here: Any, there: Any, options: frozenset[str]) -> Input:
        path, value = spot.place, _value(self.here, here, spot.here)
        base = UNKNOWN if self.base is None else _value(self.base, there, spot.base)
        known = [one for one in (self.here, self.base) if one is not None]
        return Input(
            path,
            place_called(known[::-1] if value is ABSENT else known, path),
            base,
            value,
            _typical(self.here, path),
            _unit(path, base if value is ABSENT else value),
            any(written(path) == one or written(path).startswith((f"{one}.", f"{one}[")) for one in options),
        )


def _said(scenario: Scenario) -> dict[str, Any]:
    """Return all that a scenario says, what is usual as well."""
    said: dict[str, Any] = scenario.model_dump(mode="json", by_alias=True)
    for one, told in zip(scenario.compare, said["compare"], strict=True):
        told["with"] = list(map(_dump, one.with_))
    return said | {"interventions": list(map(_dump, scenario.interventions))}


def _dump(one: Intervention) -> dict[str, Any]:
    return one.model_dump(mode="json", by_alias=True)


def _value(scenario: Scenario, said: Any, path: Place | None) -> Any:
    """Return what stands at a place; of a lever that nobody sets, where it stands."""
    found = _look(said, path)
    if path is None or found is ABSENT:
        return _lever(scenario, path) if path is not None and is_lever(path) else ABSENT
    return _tried(scenario, path, found)


def _look(said: Any, path: Place | None) -> Any:
    """Return what is said at a place."""
    found = ABSENT if path is None else said
    for part in path or ():
        found = _inside(found, part)
    return found


def _inside(holder: Any, part: str | int) -> Any:
    if isinstance(holder, Mapping):
        return holder.get(part, ABSENT)
    return holder[part] if isinstance(holder, list) and isinstance(part, int) and part < len(holder) else ABSENT


def _lever(scenario: Scenario, path: Place) -> Any:
    owner = str(path[1]) if path[0] == "departments" else None
    return ABSENT if owner not in (None, *scenario.departments) else scenario.lever(str(path[-1]), owner)


def _tried(scenario: Scenario, path: Place, found: Any) -> Any:
    """Return what is introduced, and what is compared, as the command line writes it."""
    match path:
        case ("interventions", int(k)):
            return notation(scenario.interventions[k])
        case ("compare", int(k), "with", int(n)):
            return notation(scenario.compare[k].with_[n])
        case ("compare", int(k)):
            return " + ".join(parts_of(scenario.compare[k]))
    return found


def is_lever(path: Place) -> bool:
    """Tell whether a place is that of a lever."""
    return len(path) > 1 and path[-2] == _LEVERS and path[-1] in LEVERS


def _typical(scenario: Scenario, path: Place) -> Any:
    """Return where a lever usually stands; of a department, where it stands elsewhere in the organization."""
    if not is_lever(path):
        return ABSENT
    name = str(path[-1])
    return scenario.usual(name, getattr(LEVERS[name], scenario.preset))


def _unit(path: Place, value: Any) -> str:
    """Return the unit of a number, as far as the name of its field says it."""
    if is_lever(path):
        return LEVERS[str(path[-1])].unit
    if is_written(value):
        return "hours"
    name = str(path[-1])
    if not is_number(value):
        return ""
    return "hours_a_week" if name == "hours_per_week" else _UNITS.get(name.rpartition("_")[2], "")
