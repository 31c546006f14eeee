"""Every number that the code assumes about an organization has a name, and stands in the model's table."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import sim
from docs.fixed import FIXED, OPENS, TECHNICAL

ROOT = Path(sim.__file__).parent
WALKED = ("kernel", "compile", "interventions")
"""Where numbers are assumed; the numbers of levers, doses and fields have tables of their own."""

PLAIN = frozenset({0, 1, 2})
"""Numbers of plain algebra: nothing, all, the other one, both."""

UNITS = frozenset({7, 12, 24, 52, 60, 168})
"""Days, months, hours, weeks, minutes in one another."""

NO_NUMBERS = frozenset({"jit", "compiling", "identity", "pointers", "layout"})
"""Modules of the kernel that deal with the compiler and with the form of tables."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield every module in which a number may be assumed, with its source."""
    for folder in WALKED:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not NO_NUMBERS & {path.stem, path.parent.name}:
                name = ".".join(("sim", *path.relative_to(ROOT).with_suffix("").parts))
                yield name, ast.parse(path.read_text(encoding="utf-8"))


def is_number(value: object) -> bool:
    """Say whether a constant is a number, and no truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def named(tree: ast.Module) -> set[str]:
    """Return the names of the numbers that a module defines."""
    found = set()
    for line in tree.body:
        if isinstance(line, ast.Assign) and any(is_number(getattr(one, "value", "")) for one in ast.walk(line.value)):
            found |= {one.id for target in line.targets for one in ast.walk(target) if isinstance(one, ast.Name)}
    return {name for name in found if name.isupper() and len(name) > 1}


def is_plain(node: ast.Constant, above: ast.AST) -> bool:
    """Say whether a number needs no name: of plain algebra, of units, or the base or degree of a power."""
    halves = node.value == 0.5 and isinstance(above, ast.BinOp) and isinstance(above.op, ast.Pow)
    return node.value in PLAIN | UNITS or halves


def unnamed(tree: ast.Module) -> list[int]:
    """Return the lines of functions in which a number stands that has no name."""
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
    lines = set()
    for function in functions:
        for above in (inner for line in function.body for inner in ast.walk(line)):
            for node in ast.iter_child_nodes(above):
                if isinstance(node, ast.Constant) and is_number(node.value) and not is_plain(node, above):
                    lines.add(node.lineno)
    return sorted(lines)


def is_technical(module: str, name: str = "") -> bool:
    """Say whether the numbers of a module, or one of them, say nothing about an organization."""
    return name == OPENS or module in TECHNICAL or f"{module}.{name}" in TECHNICAL


def test_every_assumed_number_has_a_name_and_a_line() -> None:
    """Whoever adds a number to the code says what it is, in what unit, and how well it is known."""
    told = {(one.module, one.name) for one in FIXED}
    here = {(module, name) for module, tree in modules() for name in named(tree) if not is_technical(module, name)}
    assert here - told == set(), "not in docs/fixed.py"
    walked = {module for module, _ in modules()}
    assert {one for one in told if one[0] in walked} - here == set(), "in docs/fixed.py, but not in the code"


@pytest.mark.parametrize(("module", "tree"), list(modules()), ids=lambda one: one if isinstance(one, str) else "")
def test_no_number_stands_in_a_formula_without_a_name(module: str, tree: ast.Module) -> None:
    """What a reader of a formula would have to guess is a constant with a name."""
    if not is_technical(module):
        assert unnamed(tree) == []


def test_every_exception_is_of_something_that_is_there() -> None:
    """What is no assumption is said of modules and names that have numbers."""
    trees = dict(modules())
    for place, why in TECHNICAL.items():
        module = place if place in trees else place.rpartition(".")[0]
        name = place.removeprefix(module).lstrip(".")
        assert why, place
        assert name in named(trees[module]) if name else named(trees[module]) or unnamed(trees[module]), place


def test_values_come_from_the_code() -> None:
    """The table does not repeat numbers, it reads them."""
    for one in FIXED:
        assert is_number(one.value), one
        assert one.value == getattr(import_module(one.module), one.name), one
        assert one.grade in ("assumption", "convention"), one
        assert all((one.unit, one.what)), one


@pytest.mark.parametrize(
    ("source", "names", "lines"),
    [
        ("MOST = 0.9\n", {"MOST"}, []),
        ("LEAST, MOST = 0.05, 4.0\n", {"LEAST", "MOST"}, []),
        ("def f(x):\n    return min(0.9, x)\n", set(), [2]),
        ("def f(x):\n    return min(0.5, x)\n", set(), [2]),
        ("def f(x):\n    return 0.5 ** x + x ** 0.5 - 2.0 * x / 60.0\n", set(), []),
        ("def f(x):\n    return x / 40.0\n", set(), [2]),
        ("def f(x):\n    return -3 if x else True\n", set(), [2]),
    ],
)
def test_the_walk_finds_what_it_should(source: str, names: set[str], lines: list[int]) -> None:
    """As a reader would."""
    tree = ast.parse(source)
    assert (named(tree), unnamed(tree)) == (names, lines)
