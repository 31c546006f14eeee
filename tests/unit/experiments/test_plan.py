"""Points become organizations, exactly as alternatives of a comparison do."""

import pickle
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sim.experiments.applied import Made
from sim.experiments.plan import Plan
from sim.experiments.reading import load_plan, plan_of
from sim.interventions import Custom
from sim.scenario import Scenario, ScenarioError, loads
from sim.study.alternatives import alternatives_of
from tests.worlds.experiments import BUDDIES, ORGANIZATION, folder_with

WORKSHOP = loads(ORGANIZATION)


def planned(factors: Mapping[str, Any], **fields: Any) -> Plan:
    """Return an experiment about the workshop."""
    return plan_of(**{"scenarios": WORKSHOP, "factors": factors, "replications": 2, **fields})


def at(plan: Plan, **values: Any) -> Made:
    """Return what is run where factors stand at some values, and all others at their reference."""
    (name,) = plan.scenarios
    whole = {axis.name: axis.reference for axis in plan.axes} | values
    points = (plan.point(number) for number in range(plan.total))
    return plan.made(next(one for one in points if one.scenario == name and one.values == whole))


def compared(*items: Any, scenario: Scenario = WORKSHOP) -> Scenario:
    """Return what a comparison makes of the same items."""
    (alternative,) = alternatives_of(scenario, {"it": list(items)})
    return alternative.applied(scenario)


ALIKE: dict[str, tuple[dict[str, Any], dict[str, Any], tuple[Any, ...]]] = {
    "an intervention": ({"a": {"with": "raci"}}, {"a": True}, ("raci",)),
    "a dose": ({"a": {"with": "sop", "dose": "pages", "values": [1, 3]}}, {"a": 3}, ({"kind": "sop", "pages": 3},)),
    "a dose within": (
        {"a": {"with": "sop:pages=2", "dose": "adoption.fidelity", "values": ["off", 0.5]}},
        {"a": "0.5"},
        ({"kind": "sop", "pages": 2, "adoption": {"fidelity": 0.5}},),
    ),
    "a bundle": ({"a": {"with": "bundle:rules_only"}}, {"a": True}, ("bundle:rules_only",)),
    "a bundle and more": (
        {"a": {"with": ["bundle:rules_only", {"departments.sales.staff": 6}]}},
        {"a": True},
        ("bundle:rules_only", {"departments.sales.staff": 6}),
    ),
    "a value": ({"a": {"set": "levers.latency", "from": 2, "to": 4}}, {"a": 3}, ({"levers.latency": 3},)),
    "a value beside off": (
        {"a": {"set": "levers.latency", "values": ["off", 3]}},
        {"a": "3"},
        ({"levers.latency": 3},),
    ),
    "times": (
        {"a": {"set": ["departments.sales.staff", "departments.workshop.staff"], "times": [1, 1.3]}},
        {"a": 1.3},
        ({"departments.sales.staff": 5, "departments.workshop.staff": 13},),
    ),
    "levels": (
        {"a": {"levels": {"none": [], "both": ["raci", {"levers.latency": 3}]}}},
        {"a": "both"},
        ("raci", {"levers.latency": 3}),
    ),
    "all at once": (
        {
            "d": {"set": "levers.latency", "values": [2, 3]},
            "c": {"set": "departments.sales.staff", "values": [4, 5]},
            "b": {"with": "raci"},
            "a": {"with": "shared_kpi"},
        },
        {"a": True, "b": True, "c": 5, "d": 3},
        ({"departments.sales.staff": 5}, {"levers.latency": 3}, "shared_kpi", "raci"),
    ),
}


@pytest.mark.parametrize("case", ALIKE)
def test_a_point_is_an_alternative(case: str) -> None:
    """The same hash, ranges and suggestions included, and the same parts."""
    factors, values, items = ALIKE[case]
    found, expected = at(planned(factors), **values).scenario, compared(*items)
    assert found.interventions == expected.interventions
    assert found.model_dump() == expected.model_dump()
    assert found.hash == expected.hash


def test_nothing_is_the_organization_as_it_is() -> None:
    """Where all factors are off."""
    plan = planned({"a": {"with": "raci"}, "b": {"set": "levers.latency", "values": ["off", 3]}})
    assert at(plan).scenario == WORKSHOP


def test_the_order_of_factors_changes_nothing_that_is_run() -> None:
    """Whatever comes together: interventions, values, shocks."""
    factors = {
        "a": {"with": "shared_kpi"},
        "b": {"with": "raci"},
        "c": {"set": "departments.sales.staff", "values": [4, 5]},
        "d": {"set": "levers.latency", "values": [2, 3]},
        "e": {"shock": {"kind": "surge", "week": 1, "process": "order"}},
        "f": {"shock": {"kind": "short_staffed", "week": 1, "department": "sales"}},
    }
    values = {"a": True, "b": True, "c": 5, "d": 3, "e": True, "f": True}
    orders = [factors, dict(reversed(factors.items()))]
    assert len({at(planned(one), **values).scenario.hash for one in orders}) == 1


def test_shocks_come_on_top() -> None:
    """Of those that there are already; or one of their fields is varied."""
    there = WORKSHOP.changed({"shocks": [{"kind": "urgent_order", "week": 2, "process": "order"}]})
    surge = {"kind": "surge", "week": 1, "process": "order", "weeks": 2}
    plan = planned({"s": {"shock": surge, "field": "factor", "values": ["off", 1.5, 3]}}, scenarios=there)
    assert [one.kind for one in at(plan, s="1.5").scenario.shocks] == ["urgent_order", "surge"]
    assert [getattr(at(plan, s=one).scenario.shocks[-1], "factor", None) for one in ("off", "1.5", "3")] == [
        None,
        1.5,
        3,
    ]


def test_documented_ranges() -> None:
    """As the scenario states them, or as levers have them; what departments say themselves goes along."""
    plan = planned(
        {"a": {"set": "levers.latency", "range": "documented"}, "b": {"set": "relations.trust", "range": "documented"}},
        design={"kind": "full_factorial", "steps": 2},
    )
    first, second = plan.axes
    assert (first.low, first.high) == (2.0, 8.0)
    assert first.now == WORKSHOP.lever("latency")
    assert second.high - second.low == pytest.approx(0.3)
    high = at(plan, a=8.0, b=second.low).scenario
    assert high.lever("latency") == 8.0
    assert high.departments["sales"].levers["latency"] == pytest.approx(6.0 * 8.0 / WORKSHOP.lever("latency"))


def test_all_assumptions() -> None:
    """A factor for each, under the name of its place; doses of what is tried are among them."""
    plan = planned(
        {"all": {"assumptions": "all"}, "roles": {"with": "raci"}}, design={"kind": "latin_hypercube", "points": 4}
    )
    names = [axis.name for axis in plan.axes]
    assert len(names) > 20
    assert {"levers.latency", "relations.trust", "raci.adoption.fidelity", "roles"} <= set(names)
    point = next(one for one in map(plan.point, range(4)) if one.values["roles"])
    made = plan.made(point).scenario
    assert made.lever("latency") == point.values["levers.latency"]
    assert made.interventions[0].adoption.fidelity == point.values["raci.adoption.fidelity"]
    some = planned({"few": {"assumptions": ["levers.latency", "pace"]}}) if "pace" in names else None
    assert some is None or len(some.axes) == 2


def test_what_is_known_to_the_digit_is_no_assumption() -> None:
    """A file may say of a lever that it is just so: it is left out of all, and refused where it is asked for."""
    known = WORKSHOP.changed({"ranges": {"levers.latency": [4, 4]}})
    design = {"kind": "latin_hypercube", "points": 4}
    plan = planned({"all": {"assumptions": "all"}}, scenarios=[known], design=design)
    assert "levers.latency" not in [axis.name for axis in plan.axes]
    with pytest.raises(ScenarioError, match=r"'levers\.latency' without width"):
        planned({"one": {"assumptions": ["levers.latency"]}}, scenarios=[known], design=design)


def test_ranges_that_differ_are_refused() -> None:
    """A design has one range for all organizations."""
    other = WORKSHOP.changed({"name": "other", "ranges": {"levers.latency": [3, 9]}})
    factors = {"a": {"set": "levers.latency", "range": "documented"}}
    with pytest.raises(ScenarioError, match=r"different ranges of 'levers\.latency'"):
        planned(factors, scenarios=[WORKSHOP, other], design={"kind": "sobol_sequence", "points": 4})
    with pytest.raises(ScenarioError, match=r"no documented range of 'horizon_weeks'"):
        planned({"a": {"set": "horizon_weeks", "range": "documented"}})


STAFF = {"set": "departments.sales.staff", "values": [1, 2]}
CLASHES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "a place": ({"set": "levers.latency", "values": [1, 2]}, {"with": {"levers.latency": 3}}, "levers.latency"),
    "a place within": (STAFF, {"with": {"departments.sales": {"staff": 3}}}, "departments.sales.staff"),
    "times": (STAFF, {"set": "departments.sales.staff", "times": [1, 2]}, "departments.sales.staff"),
    "an intervention": ({"with": "raci"}, {"levels": {"x": [], "y": ["raci"]}}, "raci"),
    "a dose": ({"with": "raci"}, {"with": "raci", "dose": "strength", "values": [0, 1]}, "raci"),
}


@pytest.mark.parametrize("case", CLASHES)
def test_what_two_factors_decide_is_refused(case: str) -> None:
    """Which of them would count is unclear."""
    first, second, named = CLASHES[case]
    with pytest.raises(ScenarioError, match=re.escape(f"'{named}', which factor 'a'")):
        planned({"a": first, "b": second})


def test_beside_a_bundle_the_single_intervention_counts() -> None:
    """As everywhere."""
    plan = planned({"all": {"with": "bundle:rules_only"}, "roles": {"with": "raci:clarity=0.9"}})
    both = at(plan, all=True, roles=True).scenario.interventions
    assert [one.clarity for one in both if one.kind == "raci"] == [0.9]
    assert {one.kind for one in both} == {one.kind for one in at(plan, all=True).scenario.interventions}


def test_a_point_that_cannot_be_is_told_where_it_is_made() -> None:
    """Each factor alone is fine, and both together are not."""
    away = {"kind": "short_staffed", "week": 1, "department": "sales", "people": 3}
    plan = planned({"a": {"set": "departments.sales.staff", "values": [4, 2]}, "b": {"shock": away}})
    assert at(plan, a=4, b=True).scenario.shocks
    with pytest.raises(ScenarioError, match="people: found 3"):
        at(plan, a=2, b=True)


def test_it_is_sent_small_and_read_once() -> None:
    """Whatever was made of it stays behind; all tasks of a worker share it."""
    plan = planned({"a": {"with": "raci"}})
    assert at(plan, a=True)
    sent = pickle.dumps(plan)
    assert len(sent) < 20_000
    first, second = pickle.loads(sent), pickle.loads(sent)
    assert first is second
    assert (first.hash, first.total) == (plan.hash, plan.total)


OTHER: dict[str, dict[str, Any]] = {
    "factors": {"factors": {"a": {"with": "raci:strength=0.5"}}},
    "seed": {"seed": 2},
    "scenarios": {"set": {"horizon_weeks": 3}},
    "design": {"design": {"kind": "one_at_a_time"}},
    "replications": {"replications": 3},
    "block": {"block": 5},
    "tables": {"tables": ["cases"]},
}


@pytest.mark.parametrize("part", OTHER)
def test_what_differs_has_a_name(part: str) -> None:
    """Rows depend on some parts; of all it can be said which one is another."""
    one = planned({"a": {"with": "raci"}})
    other = planned(**{"factors": {"a": {"with": "raci"}}, **OTHER[part]})
    assert [name for name in one.parts if one.parts[name] != other.parts[name]] == [part]
    assert (one.hash == other.hash) == (part in ("replications", "block", "tables"))


def test_words_and_ways_of_writing_do_not_count() -> None:
    """Nor does the engine."""
    one = planned({"a": {"with": "raci"}, "b": {"set": "levers.latency", "from": 1, "to": 3}})
    factors = {
        "a": {"with": [{"kind": "raci"}], "label": "Roles"},
        "b": {"set": ["levers.latency"], "values": [1, 2, 3]},
    }
    other = planned(factors, title="T", question="Q", answer="A", engine="dask", measures=["trust"], name="n")
    assert one.hash == other.hash
    assert one.parts == other.parts


@pytest.fixture
def modules() -> Iterator[None]:
    """Forget what a test has imported."""
    before = set(sys.modules), list(sys.path)
    yield
    for name in set(sys.modules) - before[0]:
        if name.startswith("buddies"):
            del sys.modules[name]
    assert sys.path == before[1]


FROM_PYTHON = """
scenarios: workshop.yaml
factors:
  buddy: {with: "buddies_a:Buddy"}
  hours: {with: {class: "buddies_a:Buddy", strength: 0.5}, dose: hours, values: [off, 1, 2]}
measures: ["buddies_a:slowest", trust]
"""


@pytest.mark.usefixtures("modules")
def test_classes_by_import_path(tmp_path: Path) -> None:
    """Interventions, departments and measures that stand beside the file."""
    text = FROM_PYTHON.replace('buddy: {with: "buddies_a:Buddy"}', 'prompt: {department: "buddies_a:Prompt"}')
    plan = load_plan(folder_with(tmp_path, text, buddies_a=BUDDIES))
    assert [one.name for one in plan.own] == ["slowest"]
    assert plan.headlines == ("slowest", "trust")
    assert list(plan.specs)[-1] == "slowest"
    made = at(plan, prompt=True, hours="2")
    assert type(made.scenario.interventions[0]).__name__ == "Buddy"
    assert (made.scenario.interventions[0].strength, made.scenario.interventions[0].hours) == (0.5, 2)
    assert made.departments is not None
    assert at(plan).departments is None
    assert plan.asks


@pytest.mark.usefixtures("modules")
def test_what_python_code_does_counts(tmp_path: Path) -> None:
    """A class of the same name that does something else is another experiment."""
    text = 'scenarios: workshop.yaml\nfactors: {buddy: {with: "buddies_b:Buddy"}}\n'
    one = load_plan(folder_with(tmp_path, text, buddies_b=BUDDIES)).hash
    del sys.modules["buddies_b"]
    (tmp_path / "other").mkdir()
    changed = BUDDIES.replace('move("latency", 1.0', 'move("latency", 2.0')
    assert load_plan(folder_with(tmp_path / "other", text, buddies_b=changed)).hash != one


MISSING = {
    "buddies_c:Budy": "no 'Budy' in module 'buddies_c'; did you mean 'Buddy'?",
    "buddys_c:Buddy": "no module 'buddys_c'; did you mean 'buddies_c'?",
    "buddies_c:nothing": "expected a class of interventions",
    "buddies_broken:Buddy": "module 'buddies_broken' cannot be imported: ZeroDivisionError",
}


@pytest.mark.usefixtures("modules")
@pytest.mark.parametrize("path", MISSING)
def test_what_cannot_be_imported_is_one_sentence(tmp_path: Path, path: str) -> None:
    """With the nearest name."""
    text = f'scenarios: workshop.yaml\nfactors: {{buddy: {{with: "{path}"}}}}\n'
    with pytest.raises(ScenarioError) as caught:
        load_plan(folder_with(tmp_path, text, buddies_c=BUDDIES, buddies_broken="1 / 0"))
    (finding,) = caught.value.findings
    assert finding.field == "factors.buddy.with"
    assert MISSING[path] in finding.message


def test_interventions_as_objects() -> None:
    """In Python they need no name; what is written of them is read again."""
    checklist = Custom(name="checklist", moves=[{"lever": "documents", "toward": 0.9, "strength": 0.5}])
    plan = planned({"a": {"with": [checklist]}})
    assert at(plan, a=True).scenario.interventions == compared(checklist).interventions
    said = plan.experiment.model_dump(mode="json", by_alias=True)
    again = plan_of(**{**said, "scenarios": WORKSHOP})
    assert again.hash == plan.hash
