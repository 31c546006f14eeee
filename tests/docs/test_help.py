"""What `help` says of everything public is complete, and its examples are run."""

import ast
import doctest
import inspect
import re
import textwrap
from functools import cached_property
from importlib import import_module
from itertools import pairwise

import pytest
from pydantic import BaseModel

import sim
from sim import templates
from sim.tables import TABLES
from tests import ROOT

pytestmark = pytest.mark.compiled  # many runs, which take long where nothing is compiled

SECTION = re.compile(r"^([A-Z][A-Za-z ]+)\n-{3,}\n", re.MULTILINE)
ENTRY = re.compile(r"^(\*{0,2}\w+(?:, \*{0,2}\w+)*)(?: : \S.*)?$", re.MULTILINE)
WITH_EXAMPLES = sorted(path for path in (ROOT / "sim").rglob("*.py") if ">>> " in path.read_text(encoding="utf-8"))


def public():
    """Yield name and object of everything public: functions and classes, their methods and properties."""
    for home, name in [*((sim, name) for name in sim.__all__), *((templates, name) for name in templates.__all__)]:
        value = getattr(home, name)
        if not isinstance(value, str):
            yield name, value
        for cls in value.__mro__ if inspect.isclass(value) else ():
            for inner, member in vars(cls).items() if cls.__module__.startswith("sim.") else ():
                if not inner.startswith("_") and unwrapped(member) is not None:
                    yield f"{cls.__name__}.{inner}", member


def unwrapped(member):
    """Return the function behind a member of a class; nothing where there is none."""
    if isinstance(member, property):
        return member.fget
    if isinstance(member, cached_property):
        return member.func
    found = getattr(member, "__func__", member)
    return found if inspect.isfunction(found) else None


PUBLIC = dict(public())
CALLED = {name: one for name, one in PUBLIC.items() if not isinstance(one, property | cached_property)}
CLASSES = {name: one for name, one in PUBLIC.items() if inspect.isclass(one)}


def sections(value):
    """Return the sections of a help text by their headings; the summary has none."""
    found = SECTION.split(inspect.cleandoc(value.__doc__))
    return {"": found[0], **dict(zip(found[1::2], found[2::2], strict=True))}


def entries(text):
    """Return the names that a section tells about, each with something said below it."""
    lines = [*text.splitlines(), ""]
    told = [line for line, below in pairwise(lines) if below.startswith("    ")]
    found = ENTRY.findall("\n".join(line for line in told if not line.startswith(" ")))
    return {name.strip("*") for names in found for name in names.split(", ")}


def parameters(value):
    """Return what can be handed over."""
    if inspect.isclass(value) and issubclass(value, BaseModel):
        return set(value.model_fields)
    function = value if inspect.isclass(value) else unwrapped(value)
    return set(inspect.signature(function).parameters) - {
        "self",
        "cls",
    }


def raised(value):
    """Return the names of what the source raises by itself."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(value if inspect.isclass(value) else unwrapped(value))))
    bodies = [tree]
    if inspect.isclass(value):
        bodies = [one for one in tree.body[0].body if getattr(one, "name", "") in ("__init__", "__post_init__")]
    raises = [one.exc for body in bodies for one in ast.walk(body) if isinstance(one, ast.Raise) and one.exc]
    return {name for one in raises if (name := ast.unparse(getattr(one, "func", one))).endswith("Error")}


@pytest.mark.parametrize("name", PUBLIC)
def test_everything_public_has_a_sentence(name):
    """Which begins with a capital letter and ends with a full stop."""
    summary = sections(PUBLIC[name])[""].strip().split("\n\n")[0]
    assert re.match(r"[A-Z`].*[.:]$", summary, re.DOTALL), summary


@pytest.mark.parametrize("name", CALLED)
def test_every_parameter_is_told(name):
    """And none that does not exist, unless a class has it as an attribute."""
    found = sections(CALLED[name])
    told = entries(found.get("Parameters", ""))
    attributes = entries(found.get("Attributes", "")) if name in CLASSES else set()
    assert parameters(CALLED[name]) <= told | attributes
    assert told <= parameters(CALLED[name])


@pytest.mark.parametrize("name", sorted(CALLED.keys() - CLASSES.keys()))
def test_what_is_returned_is_told(name):
    """Wherever anything is."""
    returned = inspect.signature(unwrapped(CALLED[name])).return_annotation
    assert ("Returns" in sections(CALLED[name])) is (returned not in (None, "None"))


@pytest.mark.parametrize("name", CALLED)
def test_what_is_raised_is_told(name):
    """As far as the source raises it by itself."""
    told = sections(CALLED[name]).get("Raises", "")
    assert {error for error in raised(CALLED[name]) if not re.search(rf"\b{error}\b", told)} == set()


@pytest.mark.parametrize("name", CALLED)
def test_there_is_an_example(name):
    """Of everything that can be called."""
    assert ">>> " in sections(CALLED[name]).get("Examples", "")


def test_no_example_is_passed_over():
    """Every one is run."""
    sources = sorted((ROOT / "sim").rglob("*.py"))
    assert [path for path in sources if "doctest:" in path.read_text(encoding="utf-8")] == []


@pytest.mark.compiled
@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_examples_do_what_they_show(path, tmp_path, monkeypatch):
    """As they stand, after `import sim`, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    told = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    tests = [test for test in doctest.DocTestFinder().find(module) if test.examples]
    assert tests
    begun = {}
    for test in tests:
        shown = next((place for place, one in enumerate(test.examples) if one.want), len(test.examples))
        begins = tuple(one.source for one in test.examples[:shown])
        if begins not in begun:
            first = part_of(test, 0, shown, {"sim": sim, "__name__": "__main__"})
            runner.run(first, out=told.append, clear_globs=False)
            begun[begins] = first.globs
        runner.run(part_of(test, shown, None, begun[begins]), out=told.append)
    assert runner.failures == 0, "".join(told)


def part_of(test, begin, end, names):
    """Return some of the statements of an example; what several examples begin with is so run once."""
    return doctest.DocTest(test.examples[begin:end], names, test.name, test.filename, test.lineno, test.docstring)


def test_columns_are_told_with_their_units():
    """Those of every table of a run, and those of the table of a comparison."""
    told = inspect.cleandoc(sim.RunResult.__doc__)
    for table in TABLES.values():
        assert f"``{table.name}``" in told
        for column in () if table.by_name else table.every[1:]:
            assert re.search(rf"\b{column.name}\b( \({column.unit}\))?", told)
    compared = sim.compare(sim.load("order_delivery", {"horizon_weeks": 2, "warmup_weeks": 0}), {"RACI": ["raci"]}, 2)
    assert {name for name in compared.table if f"``{name}``" not in sim.Comparison.__doc__} == set()
