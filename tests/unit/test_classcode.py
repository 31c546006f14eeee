"""Whatever changes a result changes the hash: the code of one's own classes too, and in every process alike."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any, ClassVar

import pytest
from pydantic import Field, PrivateAttr

import sim
from sim.classcode import code_of, source_of
from sim.hooks import name_of
from sim.interventions import Custom, Edit, Intervention
from sim.interventions.own import described
from sim.sources import sources
from tests import ROOT
from tests.worlds.fakes import small_scenario

LIMIT = 3


def helper(value: float) -> float:
    """Return twice as much."""
    return 2.0 * value


def made(body: str, base: str = "Intervention", **names: Any) -> type:
    """Return a class `Mine` of which there is no source."""
    space: dict[str, Any] = {"Intervention": Intervention, "Department": sim.Department, "Edit": Edit, **names}
    exec(f"class Mine({base}):\n    {body}", space)
    return space["Mine"]


def closing_over(value: Any) -> type:
    """Return a class that knows a value from around it."""

    class Mine(Intervention):
        def edits(self, organization: Any) -> tuple[Edit, ...]:
            return (self.move("clarity", 1.0, value),)

    return Mine


def with_default(value: Any) -> type:
    """Return a class with a value as a default."""

    class Mine(Intervention):
        def edits(self, organization: Any, pull: Any = value) -> tuple[Edit, ...]:
            return (self.move("clarity", 1.0, pull),)

    return Mine


def with_attribute(value: Any) -> type:
    """Return a class with a plain attribute."""

    class Mine(Intervention):
        pull: ClassVar[Any] = value

    return Mine


def inheriting(value: Any) -> type:
    """Return a class whose base class has a plain attribute."""

    class Mine(with_attribute(value)):  # type: ignore[misc]
        pass

    return Mine


def patched(value: Any) -> type:
    """Return a class that was changed after it had been made."""
    cls = type("Mine", (Intervention,), {})
    cls.edits = value  # type: ignore[attr-defined]
    return cls


LESS: Callable[..., Any] = lambda self, o: (self.move("clarity", 1.0, 0.2),); MORE: Callable[..., Any] = lambda self, o: (self.move("clarity", 1.0, 0.3),)  # noqa: E501, E702, E731  # fmt: skip
"""Two functions of the same name on the same line: their source is the same."""

DIFFER: Mapping[str, Callable[[], tuple[type, type]]] = {
    "edits": lambda: (made("def edits(self, o): return ()"), made("def edits(self, o): return (1,)")),
    "constants": lambda: (made("def edits(self, o): return o + 1"), made("def edits(self, o): return o + 2")),
    "kinds of constants": lambda: (made("def edits(self, o): return 1"), made("def edits(self, o): return True")),
    "sets": lambda: (made("def edits(self, o): return o in {1, 2}"), made("def edits(self, o): return o in {1, 3}")),
    "names": lambda: (made("def edits(self, o): return o.x"), made("def edits(self, o): return o.y")),
    "inner functions": lambda: (
        made("def edits(self, o): return [x + 1 for x in (lambda: o)()]"),
        made("def edits(self, o): return [x + 2 for x in (lambda: o)()]"),
    ),
    "departments": lambda: (
        made("def on_day(self): self.set_staff(1)", "Department"),
        made("def on_day(self): self.set_staff(2)", "Department"),
    ),
    "closures": lambda: (closing_over(0.5), closing_over(0.25)),
    "closures of functions": lambda: (closing_over(LESS), closing_over(MORE)),
    "closures of classes": lambda: (closing_over(with_attribute(1)), closing_over(with_attribute(2))),
    "closures of mappings": lambda: (closing_over({"a": [1, 2]}), closing_over({"a": [2, 1]})),
    "defaults": lambda: (with_default(0.5), with_default(0.25)),
    "attributes": lambda: (with_attribute(0.5), with_attribute(0.25)),
    "attributes that are models": lambda: (with_attribute(Custom()), with_attribute(Custom(cost_minutes=1.0))),
    "attributes that are objects": lambda: (with_attribute(Plain(1)), with_attribute(Plain(2))),
    "base classes": lambda: (inheriting(0.5), inheriting(0.25)),
    "patches": lambda: (patched(LESS), patched(MORE)),
    "constants of the module": lambda: (
        made("def edits(self, o): return LIMIT", LIMIT=3),
        made("def edits(self, o): return LIMIT", LIMIT=4),
    ),
    "functions of the module": lambda: (
        made("def edits(self, o): return f()", f=made("pass", "object", f=1)),
        made("def edits(self, o): return f()", f=made("x = 3", "object", f=1)),
    ),
}


class Plain:
    """An object with something in it."""

    def __init__(self, value: int) -> None:
        self.value = value


@pytest.mark.parametrize("differ", DIFFER)
def test_classes_of_the_same_name_are_told_apart(differ: str) -> None:
    """By everything that makes one do something else than the other; made again they are the same."""
    one, other = DIFFER[differ]()
    assert (one.__qualname__, one.__module__) == (other.__qualname__, other.__module__)
    assert code_of(one) != code_of(other)
    assert [code_of(cls) for cls in DIFFER[differ]()] == [code_of(one), code_of(other)]


def test_hash_and_manifests_tell_them_apart() -> None:
    """Of scenarios, runs and comparisons, by interventions and by departments; the name can still be read."""
    scenario, pairs = small_scenario(), [closing_over(0.5), closing_over(0.25)]
    assert len({scenario.with_interventions([cls()]).hash for cls in pairs}) == 2
    own = [described(cls()) for cls in pairs]
    assert own[0]["class"] == own[1]["class"] == f"{__name__}.closing_over.<locals>.Mine"
    compared = sim.compare(scenario, {"A": [pairs[0]()], "B": [pairs[1]()]}, replications=1).manifest["alternatives"]
    assert [compared["A"], compared["B"]] == [[one] for one in own]
    teams = DIFFER["departments"]()
    names = [name_of(cls) for cls in teams]
    assert names[0] != names[1]
    assert all(str(name).startswith("builtins.Mine@") for name in names)
    assert sim.run(scenario, department=teams[0]).manifest["department"] == names[0]
    assert name_of(sim.Department) == "sim.agents.Department"


def test_running_code_does_not_change_its_digest() -> None:
    """Python may rewrite the byte code of what is called often; digests do not see it."""
    cls = made("def edits(self, o): return sum(x + o for x in range(10))")
    before = code_of(cls)
    for _ in range(5000):
        cls.edits(None, 1)  # type: ignore[attr-defined]
    assert code_of(cls) == before


def test_the_source_is_that_of_the_function() -> None:
    """A function that only claims to stand in a file is not taken for what stands there."""
    code = helper.__code__
    assert "2.0 * value" in source_of(code, code.co_filename)
    assert source_of(code.replace(co_firstlineno=made.__code__.co_firstlineno), code.co_filename) == ""
    assert source_of(compile("def f(): pass", "<nowhere>", "exec").co_consts[0], "<nowhere>") == ""


class Odd(Intervention):
    """One whose fields have an order of their own, or would not be written."""

    teams: frozenset[str] = frozenset()
    hidden: float = Field(default=0.0, exclude=True)
    limit: float = 1.0
    _state: int = PrivateAttr(default=0)

    def edits(self, organization: Any) -> tuple[Edit, ...]:
        """Use them all."""
        return (self.move("clarity", 1.0, min(1.0, self.hidden)),)


def test_all_that_an_intervention_holds_is_in_the_hash() -> None:
    """Fields that are not written, infinite ones, and private attributes."""
    scenario, remembering = small_scenario(), Odd()
    remembering._state = 3
    some = [Odd(), Odd(hidden=0.5), Odd(limit=float("inf")), Odd(limit=float("nan")), remembering]
    assert len({scenario.with_interventions([one]).hash for one in some}) == len(some)


SCRIPT = """
import sim
from sim.sources import sources
from tests.unit.test_classcode import DIFFER, Odd, code_of, closing_over, small_scenario
names = frozenset({"sales", "production", "finance", "service", "warehouse"})
print(code_of(closing_over(names)), code_of(closing_over({"a": [names], "b": Odd})))
for pair in DIFFER.values():
    print([code_of(cls) for cls in pair()])
print(small_scenario().with_interventions([Odd(teams=names)]).hash, sim.load("order_delivery").hash, sources())
"""


def test_every_process_finds_the_same_digests() -> None:
    """Neither the order of sets nor places in memory count."""
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True, cwd=ROOT, env=here | other
        ).stdout
        for other in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"})
    }
    assert len(told) == 1
    assert len(told.pop().splitlines()) == len(DIFFER) + 2


def test_sources_are_part_of_manifests() -> None:
    """What the package is made of is known to every result, and is a digest of files."""
    assert sim.run(small_scenario()).manifest["sources"] == sources()
    assert len(sources()) == 16


def test_functions_are_told_by_what_they_name() -> None:
    """A constant and a function of the same module count, what is not named does not."""
    space = {"__name__": __name__, "LIMIT": LIMIT, "helper": helper}
    exec("def edits(self, o): return helper(LIMIT)", space)
    digests = []
    for change in ({}, {"other": 5}, {"LIMIT": 4}, {"helper": LESS}):
        edits = space["edits"]
        assert isinstance(edits, FunctionType)
        digests.append(code_of(patched(FunctionType(edits.__code__, {**space, **change}, "edits"))))
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3
