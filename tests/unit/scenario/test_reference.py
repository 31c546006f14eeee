"""The schema for editors and the reference say what the models say."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from sim.scenario import Scenario, findings_in, load, loads, shipped
from sim.scenario.nodes import MAX_DEPTH, MAX_REPEATED, MAX_VALUES
from sim.scenario.reference import MARKER, fields
from sim.scenario.schema import SCHEMA_FILE, models, schema
from sim.scenario.yaml import MAX_BYTES
from sim.spec import FAMILIES
from tests import ROOT

REFERENCE = ROOT / "docs" / "scenario-reference.md"


def every_schema(value: Any) -> Iterator[dict[str, Any]]:
    """Return every mapping inside the schema."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from every_schema(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from every_schema(inner)


def test_the_schema_file_is_fresh(tmp_path: Path) -> None:
    """`python -m sim.scenario.schema` has been run since the models changed."""
    SCHEMA_FILE.write(tmp_path / "schema.json")
    fresh = (tmp_path / "schema.json").read_text(encoding="utf-8")
    assert (ROOT / "scenarios" / "schema.json").read_text(encoding="utf-8") == fresh == SCHEMA_FILE.text()


def test_the_schema_holds_together() -> None:
    """Every reference leads somewhere, every pattern compiles, every field of a scenario is there."""
    described = schema()
    for part in every_schema(described):
        if isinstance(part.get("$ref"), str):
            assert part["$ref"].removeprefix("#/$defs/") in described["$defs"]
        if isinstance(part.get("pattern"), str):
            re.compile(part["pattern"])
    assert set(described["$defs"]["Scenario"]["properties"]) == set(Scenario.model_fields)
    assert set(described["$defs"]["Child"]["properties"]) == {*Scenario.model_fields, "parent"}


def test_the_reference_is_fresh() -> None:
    """`python -m sim.scenario.reference` has been run since the models changed."""
    _, _, below = REFERENCE.read_text(encoding="utf-8").partition(MARKER)
    assert below.partition("\n")[2] == fields()


def test_every_field_is_in_the_reference() -> None:
    """Every field of every part of a scenario has a line and a meaning."""
    text = REFERENCE.read_text(encoding="utf-8")
    described = models()
    parts = [
        described,
        *(described["$defs"][name] for name in ("Department", "Step", "Process", "Demand", "Kpi", "Pair")),
    ]
    for part in parts:
        for name, field in part["properties"].items():
            assert re.search(rf"^\| `{re.escape(name)}` \|.*\| \S.* \|$", text, re.MULTILINE), name
            assert field.get("description") or "$ref" in field, name


def test_the_limits_in_the_reference_are_those_of_the_reader() -> None:
    """Numbers in prose are kept honest."""
    text = REFERENCE.read_text(encoding="utf-8")
    limits = f"{MAX_VALUES:,} values, {MAX_REPEATED:,} more that aliases (`*`) stand for, {MAX_DEPTH} levels"
    assert f"{MAX_BYTES:,} bytes, {limits}" in text
    assert all(f"`{family}`" in text for family in FAMILIES)


def test_the_example_in_the_reference_is_a_sound_scenario() -> None:
    """The YAML in the reference loads without errors or warnings."""
    (example,) = re.findall(r"```yaml\n(.*?)```", REFERENCE.read_text(encoding="utf-8"), re.DOTALL)
    scenario = loads(example)
    assert findings_in(scenario) == ()
    assert [one.kind for one in scenario.compare[1].with_] == ["raci", "daily_standup"]


@pytest.mark.parametrize("name", shipped() or ["none"])
def test_shipped_scenarios_load(name: str) -> None:
    """Every scenario that comes with the product has no errors, and the schema knows its fields."""
    if name == "none":
        return
    assert load(name).name == name
    said = YAML(typ="safe", pure=True).load((ROOT / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8"))
    assert set(said) <= set(schema()["$defs"]["Child"]["properties"])


def test_the_schema_is_json() -> None:
    """The schema is plain JSON, in which numbers are finite."""
    assert json.loads(SCHEMA_FILE.text(), parse_constant=lambda word: pytest.fail(word)) == schema()
