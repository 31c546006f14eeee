"""The hash of a scenario sees everything that may change a result, and no words for people."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import BaseModel

import sim
from sim.scenario import Scenario, ScenarioError
from sim.words import Text
from tests.worlds.doses import DOSES

ORDERS = sim.load("order_delivery")
FULL = ORDERS.model_copy(
    update={
        "interventions": list(DOSES.values()),
        "shocks": [
            {"kind": "leaver", "week": 12, "from": "sales", "to": "production"},
            {"kind": "surge", "week": 20, "process": "order"},
        ],
        "relations": {"pairs": [{"from": "sales", "to": "production", "trust": 0.25}]},
    }
)
"""Every intervention, every kind of shock, and a pair of its own."""

WORDS = ("name", "title", "description", "label")
Place = tuple[Any, ...]


def inner(value: Any) -> Mapping[Any, Any] | None:
    """Return the parts of something that has any."""
    if isinstance(value, BaseModel):
        return {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, tuple):
        return dict(enumerate(value))
    return value if isinstance(value, Mapping) else None


def places(value: Any, path: Place = ()) -> Iterator[Place]:
    """Return where single values stand."""
    parts = inner(value)
    if not parts:
        yield path
    for key, part in (parts or {}).items():
        yield from places(part, (*path, key))


def at(value: Any, path: Place) -> Any:
    """Return what stands at a place."""
    for key in path:
        value = (inner(value) or {})[key]
    return value


def replaced(value: Any, path: Place, new: Any) -> Any:
    """Return the same with another value at a place."""
    if not path:
        return new
    change = {path[0]: replaced(at(value, path[:1]), path[1:], new)}
    if isinstance(value, BaseModel):
        return value.model_copy(update=change)
    return [change.get(n, one) for n, one in enumerate(value)] if isinstance(value, tuple) else {**value, **change}


def others(value: Any) -> list[Any]:
    """Return values that may be allowed where this one is."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value * 0.999, value + 0.001, value + 1, value - 1]
    names = [*ORDERS.departments, *ORDERS.processes["order"].steps, "always", "strict", "volume", "quality"]
    return [0.5, 30.0, *names, [], ["sales"], {"clarity": 0.5}]


def varied(path: Place) -> Scenario | None:
    """Return the scenario with some other value at a place, where any other is allowed."""
    for new in others(at(FULL, path)):
        try:
            found: Scenario = replaced(FULL, path, new)
        except ScenarioError:
            continue
        if found != FULL:
            return found
    return None


def is_word(path: Place) -> bool:
    """Say whether people read what stands there; a field of an intervention is none."""
    return path[-1] in WORDS and path[0] not in ("interventions", "compare")


PLACES = [path for path in places(FULL) if not is_word(path) and path[0] not in ("compare", "expected")]


@given(st.sampled_from(PLACES))
def test_every_field_is_in_the_hash(path: Place) -> None:
    """Whatever is changed, wherever it stands."""
    other = varied(path)
    assume(other is not None)
    assert other is not None
    assert other.hash != FULL.hash


VARIED = ("departments", "processes", "levers", "relations", "queue", "coordination_work", "interventions", "shocks")


@pytest.mark.parametrize("part", VARIED)
def test_there_is_something_to_vary(part: str) -> None:
    """The test above looks into this part of a scenario: something in it can be said otherwise."""
    assert any(varied(path) is not None for path in PLACES if path[0] == part)


@pytest.mark.parametrize(
    "path", [path for path in places(FULL) if is_word(path)], ids=lambda path: ".".join(map(str, path))
)
def test_words_are_not_in_the_hash(path: Place) -> None:
    """Headings, descriptions and what people call departments and steps."""
    new = "other" if path[-1] == "name" else Text("other", "别的")
    assert replaced(FULL, path, new) != FULL
    assert replaced(FULL, path, new).hash == FULL.hash
