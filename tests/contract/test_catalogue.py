"""One tuple is the catalogue: the union, the dict and the exports follow, and one mistake is told in one sentence."""

import ast
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from pydantic import TypeAdapter

import sim.interventions
from sim.interventions import CATALOGUE, FAMILIES, INTERVENTIONS, AnyIntervention, Custom, Intervention, Need, family_of
from sim.scenario import ScenarioError, loads
from sim.spec.base import bounds_of
from sim.study.alternatives import AlternativeError, make_intervention
from sim.words import LANGUAGES, Text

HERE = Path(sim.interventions.__file__).parent
FILE = """management: boss
departments: {a: {staff: 1}, boss: {staff: 1}}
processes: {p: {demand: {per_week: 1}, steps: {s: {R: a, work: 1}}}}
"""


def figures() -> list[tuple[str, str]]:
    """Return every kind of intervention with each of its parameters that is a number."""
    return [
        (kind, name)
        for kind, cls in INTERVENTIONS.items()
        for name, field in cls.model_fields.items()
        if bounds_of(field)
    ]


def test_every_class_that_a_module_offers_is_in_the_catalogue_and_exported() -> None:
    """A class that is written and not entered is found; its file has its name, and it can be imported by its own."""
    offered = set()
    for path in HERE.glob("*/[a-z]*.py"):
        module = import_module(f"sim.interventions.{path.parent.name}.{path.stem}")
        found = {one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__}
        kinds = {one for one in found if issubclass(one, Intervention) and one.model_fields["kind"].default}
        assert {str(one.model_fields["kind"].default) for one in kinds} <= {path.stem}
        offered |= kinds
    assert offered == set(CATALOGUE) - {Custom}
    assert {cls.__name__ for cls in CATALOGUE} <= set(sim.interventions.__all__)
    assert [getattr(sim.interventions, cls.__name__) for cls in CATALOGUE] == list(CATALOGUE)


def test_the_union_holds_what_the_catalogue_holds() -> None:
    """A kind is read as its class, from the tuple alone."""
    for kind, cls in INTERVENTIONS.items():
        assert type(TypeAdapter(AnyIntervention).validate_python({"kind": kind})) is cls
        assert family_of(cls) in FAMILIES or kind == "custom"


def test_no_parameter_has_bounds_of_another_kind() -> None:
    """Bounds stand in one form, whose refusal is a sentence in every language: no `Field(ge=...)` anywhere."""
    for path in HERE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Field":
                assert not {"ge", "gt", "le", "lt", "description"} & {one.arg for one in call.keywords}, path.name


def ways(kind: str, name: str, value: object) -> list[Callable[[], object]]:
    """Return the ways by which an intervention comes into a scenario."""
    given = [{"kind": kind, name: value}]
    return [
        lambda: loads(f"{FILE}interventions: [{{kind: {kind}, {name}: {value}}}]\n"),
        lambda: loads(FILE).with_interventions(given),
        lambda: loads(FILE).changed({"interventions": given}),
        lambda: INTERVENTIONS[kind](kind=kind).model_copy(update={name: value}),
    ]


@pytest.mark.parametrize(("kind", "name"), figures())
def test_one_mistake_is_one_sentence_whichever_way_it_comes(kind: str, name: str) -> None:
    """In a file, on the command line, and from Python: where it stands differs, what is said of it does not."""
    bounds = bounds_of(INTERVENTIONS[kind].model_fields[name])
    for value in (bounds.high + 1, "high"):
        told = set()
        for way in ways(kind, name, value):
            with pytest.raises(ScenarioError) as caught:
                way()
            told |= {one.text for one in caught.value.findings}
        (text,) = told
        assert bounds.phrase.en in text.en
        for given in (f"{kind}:{name}={value}", {"kind": kind, name: value}):
            with pytest.raises(AlternativeError) as refused:
                make_intervention(given)
            assert all(refused.value.text.get(lang).endswith(text.get(lang)) for lang in LANGUAGES)


@pytest.mark.parametrize("kind", [kind for kind, cls in INTERVENTIONS.items() if cls.needs])
def test_what_an_intervention_needs_is_told_in_one_sentence(kind: str) -> None:
    """Whoever lacks it is told what is expected; whoever has it is not."""
    world = FILE.partition("\n")[2]
    with pytest.raises(ScenarioError) as caught:
        loads(world).with_interventions([kind])
    (finding,) = caught.value.findings
    assert str(finding) == f"interventions[0]: found {kind}, expected {INTERVENTIONS[kind].needs[0].expected.en}"
    assert loads(FILE).with_interventions([kind]).interventions[0].kind == kind


def test_an_intervention_of_ones_own_may_need_something_of_its_own() -> None:
    """The class says what, in words of its own."""

    class Canteen(Intervention):
        """People of two departments have lunch together."""

        needs = (Need(Text("a second department", "至少两个部门"), lambda world: len(world.departments) > 2),)

    with pytest.raises(ScenarioError, match="found Canteen, expected a second department"):
        loads(FILE).with_interventions([Canteen()])
