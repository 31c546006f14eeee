"""Mechanisms that a department skips because a lever's entry says that none of their levers is on do nothing there."""

import ast
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.compile import Compiled
from sim.kernel import links
from sim.outcome import start
from sim.spec.levers import LEVERS
from sim.vocab import Group
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, compiled, end_of, finished, law, worlds
from tests.worlds.witness import WITNESS

pytestmark = pytest.mark.compiled  # many cases

GROUPED = [name for name, spec in LEVERS.items() if spec.group is not None]

SHORT_CUTS = [group for group in Group if group is not Group.SLOW]
"""Groups that only save time. What nobody has to notice first is there at once, without an event of its own."""


def lived(ready: Compiled, world: World) -> Any:
    """Return what a run leaves behind, and which groups were on at its end."""
    machine = start(ready, 1, 0, events=True)
    machine.advance(end_of(world))
    return traces(machine), set(machine.state.departments["active"])


def with_all_on(world: World) -> Any:
    """Return what a run leaves behind in which no short cut is taken: no lever of theirs counts as neutral."""
    ready = compiled(world)
    for name in GROUPED:
        if LEVERS[name].group in SHORT_CUTS:
            ready.params.world["neutral"][0, LEVERS[name].lever] = np.nan
    found, active = lived(ready, world)
    assert all(groups & 1 << group for groups in active for group in SHORT_CUTS)
    return found


@law
@given(worlds())
def test_what_is_skipped_would_have_done_nothing(world: World) -> None:
    """That a group is skipped where all its levers are neutral changes no bit."""
    assert differing(traces(finished(world)), with_all_on(world)) == []


def alone(name: str) -> World:
    """Return a world in which much happens: one lever is away from neutral, every other that has a group is not."""
    spec = LEVERS[name]
    value = max(spec.plausible, key=lambda one: abs(one - spec.neutral))
    quiet = {other: LEVERS[other].neutral for other in GROUPED}
    return WITNESS | {"levers": WITNESS["levers"] | quiet | {name: value}, "interventions": []}


@pytest.mark.parametrize("name", LEVERS)
def test_the_entry_of_a_lever_says_what_it_switches_on(name: str) -> None:
    """One lever alone does the same whether or not others are looked after; without its group it would do less."""
    world, group = alone(name), LEVERS[name].group
    ready = compiled(world)
    found, active = lived(ready, world)
    assert active == {0 if group is None else 1 << group}
    assert differing(found, with_all_on(world)) == []
    if group is not None:
        ready.params.world["group"] = 0
        assert differing(found, lived(ready, world)[0]) != []


def test_the_entry_of_a_lever_says_whether_relations_follow_it() -> None:
    """What works on a link between two dealings is what says so: nothing is forgotten, and nothing too much."""
    tree = ast.parse(Path(links.__file__).read_text(encoding="utf-8"))
    aging = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.endswith("_now")]
    by_time = [one for one in aging if "touched" in ast.unparse(one)]
    read = {
        node.attr.lower()
        for function in by_time
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Lever"
    }
    assert read == {name for name, spec in LEVERS.items() if spec.between}


def test_the_figure_of_a_rule_belongs_to_a_share() -> None:
    """A figure is kept as far as its rule is followed, and a rule is nobody's figure itself."""
    rules = {spec.rule for spec in LEVERS.values() if spec.rule is not None}
    assert rules
    for rule in rules:
        spec = LEVERS[rule.name.lower()]
        assert (spec.unit, spec.rule, spec.agreed.strict) == ("share", None, "highest")
