"""Changes on the way from a file to a scenario: single values, at places named as findings name them.

``departments.sales.staff`` set to 6, ``levers.latency`` to 8, ``compare[0].with[1].hours`` to 2. A change counts as a
child of the file would: mappings are merged field by field, lists are replaced as a whole, and a field set to nothing
is removed. It is made before anything is checked, so mistakes are told as they are in a file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from numbers import Integral, Real
from typing import Any

from sim.interventions import Intervention
from sim.scenario.inherit import merged
from sim.scenario.notes import Notes
from sim.scenario.opened import opened
from sim.scenario.yaml import Document, parse
from sim.spec.findings import Finding, Path, Place, ScenarioError, shortened, shown
from sim.words import Text, words

texts = words("changes")

_PART = re.compile(r"(?:^|\.)([^.\[\]=\s]+)|\[(\d{1,9})\]")
_TABLES: Mapping[str, Text] = texts.TABLES
"""Tables whose names are the author's own: a misspelled one would be new, and change nothing."""

_EXAMPLE = "departments.sales.staff"


@dataclass(frozen=True, slots=True)
class Change:
    """One value to put in a place, and what messages call it where a line of a file would stand."""

    path: Path
    value: Any
    said: str = "changes"


Changes = Mapping[str, Any] | Iterable[Change]
"""Values by place, as in ``{"departments.sales.staff": 6}``; or changes that were read already."""


def read_change(text: str, option: str = "--set") -> Change:
    """Read ``levers.latency=8``; the value is written as in a scenario file.

    Raises
    ------
    ScenarioError
        Where it is not of this form; a place or value that the scenario refuses is told when it is made.
    """
    said = f"{option} {shortened(text, 100)}"
    place, equals, value = text.partition("=")
    if not equals:
        raise ScenarioError([Finding(texts.NO_VALUE.format(example=_EXAMPLE), file=said)])
    try:
        read = parse(f"value: {value}", said)
    except ScenarioError as error:
        raise ScenarioError(replace(one, line=None) for one in error.findings) from None
    if wrong := read.findings or (set(read.data) != {"value"} and [Finding(texts.ONE_VALUE)]):
        raise ScenarioError(Finding(one.text, file=said) for one in wrong)
    return Change(path_of(place.strip(), said), read.data["value"], said)


def changes_of(given: Changes | None) -> tuple[Change, ...]:
    """Return changes that were given in Python, or read already."""
    if given is None:
        return ()
    if isinstance(given, Mapping):
        return tuple(Change(path_of(place, "changes"), plain_values(value)) for place, value in given.items())
    found = tuple(given) if isinstance(given, Iterable) else (given,)
    if not all(isinstance(one, Change) for one in found):
        told = texts.BY_PLACE.format(found=shown(given), example=_EXAMPLE)
        raise ScenarioError([Finding(told, file="changes")])
    return found


def plain_values(value: Any) -> Any:
    """Return numbers of other libraries, as loops over arrays hand them out, as plain ones."""
    if isinstance(value, Mapping):
        return {key: plain_values(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain_values(inner) for inner in value]
    if isinstance(value, bool | str) or not isinstance(value, Real):
        return value
    return int(value) if isinstance(value, Integral) else float(value)


def path_of(place: object, said: str = "changes") -> Path:
    """Return a place as findings write it in parts."""
    parts: list[str | int] = []
    end = 0
    for match in _PART.finditer(place) if isinstance(place, str) else ():
        if match.start() != end:
            break
        parts.append(match[1] if match[2] is None else int(match[2]))
        end = match.end()
    if not isinstance(place, str) or not parts or end != len(place) or isinstance(parts[0], int):
        told = texts.WRONG_PLACE.format(place=shown(place), example=_EXAMPLE)
        raise ScenarioError([Finding(told, file=said)])
    if parts[0] == "parent":
        raise ScenarioError([Finding(texts.PARENT_PLACE, file=said)])
    return tuple(parts)


def changed(document: Document, changes: Iterable[Change]) -> Document:
    """Return a document with changes made; what they brought is said to stand where they were given."""
    data, lines = document.data, dict(document.lines)
    for change in changes:
        place: Place = (change.said, None)
        first_new = len(_known(data, change.path))
        data = _put(data, change.path, (), change)
        for length in range(first_new + 1, len(change.path)):
            lines[change.path[:length]] = place
        lines |= dict.fromkeys(_places(change.value, change.path), place)
    return Document(document.file, data, lines, document.findings)


def _known(data: Any, path: Path) -> Path:
    """Return how far a path leads in data."""
    for length, part in enumerate(path):
        inside = part < len(data) if isinstance(part, int) and isinstance(data, list) else part in _fields(data)
        if not inside:
            return path[:length]
        data = data[part] if isinstance(part, int) else _fields(data)[part]
    return path


def _fields(data: Any) -> Mapping[Any, Any]:
    if isinstance(data, Intervention):
        return opened(data)
    return data if isinstance(data, Mapping) else {}


def _put(data: Any, rest: Path, before: Path, change: Change) -> Any:
    """Return data with the value put where the rest of the path leads."""
    part, after = rest[0], rest[1:]
    if isinstance(part, int):
        return _put_in_list(data, part, after, before, change)
    if isinstance(data, list):
        raise ScenarioError([Finding(texts.NOT_BY_NAME.format(name=part), before, file=change.said)])
    held = _fields({"kind": data} if isinstance(data, str) and isinstance((*before, "")[-2], int) else data)
    here = (*before, part)
    if not after:
        return merged(held, {part: change.value}, before)
    _check_name(held, here, change)
    return {**held, part: _put(held.get(part), after, here, change)}


def _put_in_list(data: Any, index: int, after: Path, before: Path, change: Change) -> list[Any]:
    items = data if isinstance(data, list) else []
    if index >= len(items):
        told = texts.NO_ITEM.format(index=index, count=len(items))
        raise ScenarioError([Finding(told, before, file=change.said)])
    value = _put(items[index], after, (*before, index), change) if after else change.value
    return [*items[:index], value, *items[index + 1 :]]


def _check_name(held: Mapping[Any, Any], here: Path, change: Change) -> None:
    """Refuse to reach into something of a name that does not exist."""
    table = here[-2] if len(here) > 1 else ""
    if table in _TABLES and here[-1] not in held:
        notes = Notes()
        notes.known(here, str(here[-1]), [str(name) for name in held], _TABLES[str(table)])
        raise ScenarioError(replace(one, file=change.said) for one in notes.findings)


def _places(value: Any, path: Path) -> Iterator[Path]:
    """Return a path, and all within the value that stands there."""
    yield path
    inner: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, Mapping):
        inner = value.items()
    elif isinstance(value, list | tuple):
        inner = enumerate(value)
    for key, one in inner:
        yield from _places(one, (*path, key))
