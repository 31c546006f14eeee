"""Scenarios go to YAML and back without loss, and two that mean the same have the same hash."""

import copy
import json
import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sim.scenario import Scenario, ScenarioError, dump, loads, planned_loads
from tests.worlds.scenarios import scenarios

phases = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]
relaxed = settings(max_examples=15, deadline=None, phases=phases, suppress_health_check=list(HealthCheck))


@relaxed
@given(scenarios())
def test_yaml_round_trip(scenario: Scenario) -> None:
    """Writing and reading gives an equal scenario with the same hash and the same order of names."""
    text = dump(scenario)
    again = loads(text)
    assert again == scenario
    assert again.hash == scenario.hash
    assert again.pools() == scenario.pools()
    assert dump(again) == text


@relaxed
@given(scenarios())
def test_json_and_pickle_round_trip(scenario: Scenario) -> None:
    """Plain data, JSON, pickle and deep copies all lead back to an equal scenario."""
    assert Scenario.model_validate(json.loads(scenario.model_dump_json(by_alias=True))) == scenario
    assert pickle.loads(pickle.dumps(scenario)) == scenario
    assert copy.deepcopy(scenario) == scenario
    assert hash(copy.deepcopy(scenario)) == hash(scenario)


@relaxed
@given(parent=scenarios(), child=scenarios())
def test_child_round_trip(parent: Scenario, child: Scenario, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A scenario written as the child of any other reads back equal, or is refused because order would be lost."""
    folder = tmp_path_factory.mktemp("child")
    (folder / "parent.yaml").write_text(dump(parent), encoding="utf-8")
    try:
        text = dump(child, parent=folder / "parent.yaml")
    except ScenarioError as error:
        told = str(error)
    else:
        told = "another order" if loads(text) == child else "lost something"
    assert "another order" in told


@relaxed
@given(parent=scenarios(), other=scenarios(), data=st.data())
def test_child_that_changes_a_little(
    parent: Scenario, other: Scenario, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A child that takes some fields from elsewhere says only those, and reads back equal."""
    fields = ["queue", "response_targets", "horizon_weeks", "description", "title", "levers", "name"]
    taken = data.draw(st.lists(st.sampled_from(fields), unique=True))
    child = parent.model_copy(update={field: getattr(other, field) for field in taken})
    folder = tmp_path_factory.mktemp("child")
    (folder / "parent.yaml").write_text(dump(parent), encoding="utf-8")
    text = dump(child, parent=folder / "parent.yaml")
    assert loads(text) == child
    assert "departments:" not in text


@relaxed
@given(scenarios())
def test_load_is_finite_and_positive(scenario: Scenario) -> None:
    """Every owner of a queue has capacity and a load that is a number."""
    loads = planned_loads(scenario)
    assert [one.owner for one in loads] == list(scenario.pools())
    assert all(one.capacity > 0 and one.utilization >= 0 for one in loads)


@relaxed
@given(scenarios(), st.sampled_from(["horizon_weeks", "warmup_weeks"]))
def test_hash_sees_numbers_but_not_words(scenario: Scenario, field: str) -> None:
    """Changing a number changes the hash; changing a heading does not."""
    assert scenario.model_copy(update={field: getattr(scenario, field) + 1.0}).hash != scenario.hash
    assert scenario.model_copy(update={"title": "x", "description": "y", "name": "z"}).hash == scenario.hash


def test_hash_ignores_comments_and_layout() -> None:
    """Two files that say the same in another layout are the same scenario."""
    block = """
    # a comment
    departments:
      a:
        staff: 1
    processes:
      p:
        demand: {per_week: 1.0}
        steps:
          s: {R: a, work: {deterministic: 2}}
    """
    flow = "{processes: {p: {steps: {s: {work: 2.0, R: a}}, demand: {per_week: 1}}}, departments: {a: {staff: 1}}}"
    assert loads(block) == loads(flow)
    assert loads(block).hash == loads(flow).hash


def test_path_like_parent_is_written_as_given(tmp_path: Path) -> None:
    """The parent appears in the child as it was named."""
    text = "{departments: {a: {staff: 1}}, processes: {p: {demand: {per_week: 1}, steps: {s: {R: a, work: 1}}}}}"
    file = tmp_path / "parent.yaml"
    file.write_text(text, encoding="utf-8")
    child = loads(text).model_copy(update={"horizon_weeks": 7.0, "name": "child"})
    assert dump(child, parent=file) == f"format: 1\nparent: {file}\nname: child\nhorizon_weeks: 7\n"
