"""The schema for editors and the reference of experiment files say what the models say."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from sim.experiments.designs import DESIGNS
from sim.experiments.experiment import Experiment
from sim.experiments.factors import Factor
from sim.experiments.places import shipped_experiments
from sim.experiments.reference import experiment_fields
from sim.experiments.schema import SCHEMA_FILE, TITLE, experiment_schema
from sim.experiments.starting import experiment_to_start_from
from sim.scenario import ScenarioError
from sim.scenario.reference import MARKER
from sim.scenario.schema import SCHEMA_FILE as OF_SCENARIOS
from sim.spec.checked import written
from tests import ROOT

REFERENCE = ROOT / "docs" / "experiment-reference.md"


@cache
def validator() -> Any:
    """Return what editors check with."""
    return jsonschema.Draft202012Validator(experiment_schema())


def checked(text: str) -> list[str]:
    """Return what an editor would mark."""
    return [error.message for error in validator().iter_errors(YAML(typ="safe").load(text))]


def test_the_schema_file_is_fresh(tmp_path: Path) -> None:
    """`python -m sim.experiments.schema` has been run since the models changed."""
    SCHEMA_FILE.write(tmp_path / "schema.json")
    fresh = (tmp_path / "schema.json").read_text(encoding="utf-8")
    assert (ROOT / "experiments" / "schema.json").read_text(encoding="utf-8") == fresh == SCHEMA_FILE.text()


def test_only_a_schema_of_experiments_is_taken_for_one(tmp_path: Path) -> None:
    """What is none is not written over: an experiment that says how it is run, a schema of scenarios, a folder."""
    for kind in (SCHEMA_FILE, OF_SCENARIOS):
        kind.write(tmp_path / kind.name)
    (tmp_path / "tried.yaml").write_text(
        "# deptsim experiment tried.yaml\nscenarios: workshop.yaml\n", encoding="utf-8"
    )
    assert [one.name for one in sorted(tmp_path.iterdir()) if SCHEMA_FILE.is_in(one)] == [SCHEMA_FILE.name]
    assert not SCHEMA_FILE.is_in(tmp_path)


def test_the_reference_is_fresh() -> None:
    """`python -m sim.experiments.reference` has been run since the models changed."""
    _, _, below = REFERENCE.read_text(encoding="utf-8").partition(MARKER)
    assert below.partition("\n")[2] == experiment_fields()


def test_the_schema_holds_together() -> None:
    """Every reference leads somewhere; every field and every design is there, in both languages."""
    for lang in ("en", "zh"):
        found = experiment_schema(lang)
        assert found["title"] == TITLE
        assert set(found["properties"]) == set(written(Experiment))
        assert set(found["$defs"]["Factor"]["properties"]) == set(written(Factor))
        assert {one.__name__ for one in DESIGNS} <= set(found["$defs"])
        named = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(found)))
        assert named <= set(found["$defs"])
        jsonschema.Draft202012Validator.check_schema(found)
    assert (
        "变化"
        in found["$defs"]["Factor"]["properties"]["values"]["description"]
        + found["properties"]["factors"]["description"]
    )


PROSE = REFERENCE.read_text(encoding="utf-8").partition(MARKER)[0]
EXAMPLES = re.findall(r"^```yaml\n(question.*?)^```$", PROSE, re.MULTILINE | re.DOTALL)
FACTORS = re.findall(r"`(\{(?:with|set|levels|shock|department|assumptions): .*?\})`", PROSE)


@pytest.mark.parametrize("text", [*EXAMPLES, experiment_to_start_from(), experiment_to_start_from(lang="zh")])
def test_it_takes_what_is_right(text: str) -> None:
    """The examples of the reference, and what somebody starts from."""
    assert checked(text) == []


@pytest.mark.parametrize("factor", FACTORS)
def test_it_takes_every_factor_of_the_reference(factor: str) -> None:
    """And the models do."""
    assert checked(f"scenarios: order_delivery\nfactors: {{a: {factor}}}\n") == []
    Factor.model_validate(YAML(typ="safe").load(factor))


def test_the_reference_shows_every_kind() -> None:
    """Of factors."""
    assert len(FACTORS) > 12


WRONG: dict[str, Any] = {
    "a kind is misspelled": {"with": "racy"},
    "two kinds": {"with": "raci", "set": "levers.latency", "values": [1, 2]},
    "no kind": {"values": [1, 2]},
    "no values": {"set": "levers.latency"},
    "values twice": {"set": "levers.latency", "values": [1, 2], "times": [1, 2]},
    "an unknown field": {"wiht": "raci"},
    "a dose without values": {"with": "sop", "dose": "pages"},
    "an unknown shock": {"shock": {"kind": "sruge"}},
    "half a span": {"set": "levers.latency", "from": 1},
}


@pytest.mark.parametrize("fault", WRONG)
def test_it_marks_what_is_wrong(fault: str) -> None:
    """As far as it can be known without the scenario."""
    assert checked(json.dumps({"scenarios": "order_delivery", "factors": {"a": WRONG[fault]}}))


@pytest.mark.parametrize("name", shipped_experiments())
def test_shipped_experiments_pass_in_editors(name: str) -> None:
    """What comes with the product is marked nowhere."""
    assert checked((ROOT / "experiments" / f"{name}.yaml").read_text(encoding="utf-8")) == []


def test_what_is_not_shipped_is_no_start() -> None:
    """One sentence, with the names that are."""
    with pytest.raises(ScenarioError, match="no shipped experiment 'nothing'"):
        experiment_to_start_from("nothing")
