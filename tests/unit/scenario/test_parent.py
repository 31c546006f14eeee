"""A scenario file may name a parent and say only what differs."""

import copy
import json
from pathlib import Path

import pytest

from sim.scenario import Scenario, ScenarioError, check, dump, load, loads
from tests.worlds.mistakes import GOOD


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a parent in it."""
    (tmp_path / "base.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def child(folder: Path, text: str, name: str = "child") -> Path:
    """Write a child of the parent."""
    file = folder / f"{name}.yaml"
    file.write_text(f"parent: base.yaml\n{text}", encoding="utf-8")
    return file


def loaded(folder: Path, text: str) -> Scenario:
    """Return the child as a scenario."""
    return load(child(folder, text))


def test_a_child_that_says_nothing_is_its_parent(folder: Path) -> None:
    """Only the name comes from the file of the child."""
    same = loaded(folder, "")
    assert same.hash == load(folder / "base.yaml").hash
    assert same.name == "child"


def test_mappings_are_merged(folder: Path) -> None:
    """One number deep inside changes nothing beside it; new names come last."""
    changed = loaded(folder, "departments: {sales: {staff: 7}, warehouse: {staff: 1}}\nlevers: {clarity: 0.5}\n")
    assert changed.departments["sales"].staff == 7
    assert changed.departments["sales"].pools["director"].hours_per_week == 10
    assert list(changed.departments) == ["sales", "production", "management", "warehouse"]
    assert changed.levers == {"boost": 24, "clarity": 0.5}


def test_null_removes(folder: Path) -> None:
    """A field set to null goes back to its default, a name set to null is gone."""
    text = "levers: {boost: null}\nprocesses: {order: {target_days: null, steps: {make: null}}}\n"
    changed = loaded(folder, text)
    assert changed.levers == {}
    assert changed.processes["order"].target_days is None
    assert list(changed.processes["order"].steps) == ["sign"]


def test_lists_and_single_values_are_replaced(folder: Path) -> None:
    """Lists, hours of work and calendars are replaced as a whole, not merged."""
    text = "processes: {order: {steps: {sign: {C: [management], work: {exponential: 3}}}}}\n"
    step = loaded(folder, text).processes["order"].steps["sign"]
    assert step.C == ("management",)
    assert step.work.family == "exponential"
    (folder / "base.yaml").write_text(GOOD + "calendars: {late: {mon-fri: ['12:00-20:00']}}\n", encoding="utf-8")
    late = loaded(folder, "calendars: {late: {mon-thu: ['12:00-22:00']}}\n").calendars["late"]
    assert late.hours_per_week == 40.0


def test_errors_name_the_file_in_which_the_value_stands(folder: Path) -> None:
    """A mistake in the parent is told with the parent's line, one in the child with the child's."""
    (folder / "base.yaml").write_text(GOOD.replace("staff: 9", "staff: nine"), encoding="utf-8")
    told = [str(one) for one in check(child(folder, "departments:\n  sales: {staff: five}\n"))]
    assert told[0].startswith(f"{folder / 'child.yaml'}:3: departments.sales.staff: found 'five'")
    assert told[1].startswith(f"{folder / 'base.yaml'}:6: departments.production.staff: found 'nine'")


def test_a_removed_field_that_is_needed(folder: Path) -> None:
    """Removing what is required is told at the line that removes it."""
    (only,) = check(child(folder, "departments:\n  sales: {staff: null}\n"))
    assert str(only).startswith(f"{folder / 'child.yaml'}:3: departments.sales.staff: found nothing, expected staff")


def test_names_that_only_the_merged_scenario_lacks(folder: Path) -> None:
    """A department removed by the child is missed where the parent names it, on the parent's line."""
    told = [str(one) for one in check(child(folder, "departments: {production: null}\n"))]
    assert f"{folder / 'base.yaml'}:14: processes.order.steps.sign.C[0]: found 'production'" in told[0]


def test_grandparents(folder: Path) -> None:
    """Parents may have parents, relative to their own place."""
    (folder / "deep").mkdir()
    (folder / "middle.yaml").write_text("parent: base.yaml\nwarmup_weeks: 3\n", encoding="utf-8")
    (folder / "deep" / "leaf.yaml").write_text("parent: ../middle.yaml\nhorizon_weeks: 33\n", encoding="utf-8")
    leaf = load(folder / "deep" / "leaf.yaml")
    assert (leaf.name, leaf.horizon_weeks, leaf.warmup_weeks, leaf.levers["boost"]) == ("leaf", 33, 3, 24)


def test_circles_are_refused(folder: Path) -> None:
    """A file cannot be its own parent, nor its parent's parent."""
    (folder / "base.yaml").write_text("parent: child.yaml\n", encoding="utf-8")
    (only,) = check(child(folder, ""))
    assert "base.yaml:1: parent: found 'child.yaml', which has this file among its own parents" in str(only)
    (folder / "self.yaml").write_text("parent: self.yaml\n", encoding="utf-8")
    assert "which has this file among its own parents" in str(*check(folder / "self.yaml"))


def test_long_chains_are_refused(folder: Path) -> None:
    """A dozen parents are too many to follow."""
    for index in range(12):
        (folder / f"g{index}.yaml").write_text(f"parent: g{index + 1}.yaml\n", encoding="utf-8")
    assert "parent: found a chain of more than 8 parents" in str(*check(folder / "g0.yaml"))


@pytest.mark.parametrize(
    ("parent", "told"),
    [
        ("nobody.yaml", "child.yaml:1: parent: "),
        ("nobody.yaml", "nobody.yaml: found no such file"),
        ("nobody", "child.yaml:1: parent: found no scenario and no file named 'nobody'"),
        ("[a]", "child.yaml:1: parent: found a list of 1, expected the name or path of a scenario"),
        ("3", "child.yaml:1: parent: found 3, expected the name or path of a scenario"),
        (".", "found a folder"),
    ],
)
def test_parents_that_cannot_be_read(folder: Path, parent: str, told: str) -> None:
    """A parent that is not there is told at the child's line."""
    file = folder / "child.yaml"
    file.write_text(f"parent: {parent}\n", encoding="utf-8")
    assert told in str(*check(file))


def test_a_shipped_parent(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shipped scenario is named as such, from anywhere."""
    monkeypatch.setattr("sim.scenario.files.shipped_folder", lambda: folder)
    scenario = loads("parent: base\nhorizon_weeks: 5\n")
    assert scenario.horizon_weeks == 5
    written = dump(scenario, parent="base")
    assert written == "format: 1\nparent: base\nname: scenario\nhorizon_weeks: 5\n"
    assert loads(written) == scenario


def test_another_order_cannot_be_a_child(folder: Path) -> None:
    """Where order has a meaning and differs, writing differences is refused rather than lossy."""
    scenario = load(folder / "base.yaml")
    turned = dict(reversed(list(scenario.departments.items())))
    with pytest.raises(ScenarioError, match="another order"):
        dump(Scenario.model_validate({**vars(scenario), "departments": turned}), parent=folder / "base.yaml")


def test_what_a_file_would_say_may_be_a_mapping() -> None:
    """Parents, defaults and findings as with a file; what was handed in stays as it was."""
    said = {"parent": "order_delivery", "departments": {"sales": {"staff": 6}}, "interventions": ["bundle:people_only"]}
    before = copy.deepcopy(said)
    scenario = load(said, {"departments.production.staff": 9})
    assert said == before
    assert [scenario.departments[name].staff for name in ("sales", "production")] == [6, 9]
    assert scenario == loads(json.dumps({**said, "departments": {"sales": {"staff": 6}, "production": {"staff": 9}}}))
    assert [str(one) for one in check({**said, "parent": "nowhere.yaml"})] == [
        "<mapping>: parent: nowhere.yaml: found no such file"
    ]
    (wrong,) = check({**said, "departments": {"sales": {"staf": 6}}})
    assert (wrong.path, wrong.line) == (("departments", "sales", "staf"), None)
