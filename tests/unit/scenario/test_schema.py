"""The schema for editors marks what `check` refuses, and nothing else."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from sim.interventions import INTERVENTIONS
from sim.scenario import Scenario, dump
from sim.scenario.inherit import parse_document
from sim.scenario.schema import SCHEMA_FILE, schema
from sim.scenario.yaml import parse
from sim.spec.levers import LEVERS
from sim.spec.measures import MEASURES
from tests import ROOT
from tests.worlds.mistakes import BROKEN, GOOD
from tests.worlds.scenarios import scenarios

FILES = [
    file
    for file in sorted([*(ROOT / "scenarios").rglob("*.yaml"), *(ROOT / "tests").rglob("*.yaml")])
    if "\npages:\n" not in file.read_text(encoding="utf-8")  # which are stories
]


@cache
def validator() -> Draft202012Validator:
    """Return what marks mistakes as an editor does."""
    return Draft202012Validator(schema())


def marked(data: Any) -> list[str]:
    """Return what is marked in a file, as places and sentences."""
    return [f"{error.json_path}: {error.message:.200}" for error in validator().iter_errors(data)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_a_schema(lang: str) -> None:
    """It fits the schema of schemas, and is the same file as it is text."""
    Draft202012Validator.check_schema(schema(lang))
    assert json.loads(SCHEMA_FILE.text(lang)) == schema(lang)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_is_marked_in_files_that_are_fine(file: Path) -> None:
    """Shipped scenarios, files to start from, and those of the tests."""
    assert marked(parse(file.read_text(encoding="utf-8"), file.name).data) == []


@settings(max_examples=50)
@given(scenarios())
def test_nothing_is_marked_in_any_scenario(scenario: Scenario) -> None:
    """Whatever can be written is fine."""
    assert marked(parse_document(dump(scenario), "file.yaml").data) == []


BEYOND = {
    "expected a department": "which departments there are",
    "'slaes'": "which departments there are",
    "'sales.director'": "which departments there are",
    "a department (": "which departments there are",
    "a calendar (": "which calendars there are",
    "a calendar": "which calendars there are",
    "expected a process": "which processes there are",
    "kpi_sales": "which departments there are",
    "'prod'": "which departments there are",
    "on both sides": "whether two names are the same",
    "a second time": "whether two parts of a list say the same",
    "expected a week": "whether two numbers fit each other",
    "ascending order": "whether two numbers fit each other",
    "low <= mode": "whether two numbers fit each other",
    "weight above 0": "whether several numbers fit each other",
    "expected at most 5, for": "whether two numbers fit each other",
    "times the usual demand": "whether two numbers fit each other",
    "do not overlap": "whether two openings fit each other",
    "each day of the week only once": "whether two openings fit each other",
    "at least one opening": "whether the days say anything",
    "name the department they belong to": "whether approvers need a management",
    "pieces of 0 hours": "whether there are pieces at all",
    "lead_time_mean.order": "which processes there are",
    "the lowest and the highest": "whether two numbers fit each other",
    "limits from 0 to 1": "whether two numbers fit the measure",
    "around the mean": "whether two numbers fit each other",
    "missing goods": "whether two fields fit each other",
    "the other way round": "whether two parts of a list fit each other",
    "is not before the first": "whether two numbers fit each other",
    "a date where starts_on": "whether two fields fit each other",
    "not one open hour": "which days a run has",
    "hours in common": "whether two calendars fit each other",
    "the department is closed": "whether two calendars fit each other",
    "expected a step": "which steps there are",
    "no case ever goes on": "whether two fields fit each other",
    "expected a way out": "how often a case comes by",
    "in a process with `next`": "whether two steps fit each other",
    "has to be done before it": "which steps come before which",
    "found waits by the next step": "whether two fields fit each other",
    "found nan": "numbers that JSON does not have",
}
"""What no schema can know, by the words in which `check` tells it."""


@pytest.mark.parametrize(("old", "new", "sentence"), BROKEN, ids=[new[:60] for _, new, _ in BROKEN])
def test_what_check_refuses_is_marked(old: str, new: str, sentence: str) -> None:
    """Wrong types, bounds, fields, levers, interventions and measures are marked while they are typed."""
    found = marked(parse(GOOD.replace(old, new, 1), "file.yaml").data)
    assert found or any(words in sentence for words in BEYOND), sentence


@pytest.mark.parametrize("lever", LEVERS)
def test_every_lever_has_its_bounds(lever: str) -> None:
    """Within them nothing is marked, beyond them it is: in the organization, a department, a child, and a move."""
    spec = LEVERS[lever]
    for value, fine in ((spec.low, True), (spec.high, True), (spec.high + 1, False), (spec.low - 1, False)):
        top = {**parse(GOOD, "x").data, "levers": {lever: value}}
        team = {"parent": "order_delivery", "departments": {"sales": {"levers": {lever: value}}}}
        child = {"parent": "order_delivery", "levers": {lever: value}}
        move = {"kind": "custom", "moves": [{"lever": lever, "toward": value}]}
        moved = {"parent": "order_delivery", "interventions": [move]}
        assert [not marked(data) for data in (top, team, child, moved)] == [fine] * 4


@pytest.mark.parametrize(
    "child",
    [
        {"departments": {"sales": None}},
        {"departments": {"sales": {"kpis": None, "staff": 3}}},
        {"levers": {"latency": None}, "relations": None},
        {"processes": {"order": {"target_days": None, "steps": {"sign": {"external": {"calendar": "always"}}}}}},
        {"processes": {"order": {"demand": {"per_week": None, "at": [1, 2]}}}},
    ],
)
def test_a_child_may_say_anything_in_part_and_take_it_away(child: dict[str, Any]) -> None:
    """What its parent says need not be said again; null is marked where there is no parent."""
    assert marked({"parent": "order_delivery", **child}) == []
    assert marked({**parse(GOOD, "x").data, **child}) != []


def test_a_file_without_a_parent_has_to_be_whole() -> None:
    """What is missing is marked."""
    data = parse(GOOD, "x").data
    del data["departments"]["production"]["staff"]
    assert marked(data) == ["$.departments.production: 'staff' is a required property"]


def test_names_are_listed_with_what_they_mean() -> None:
    """Interventions and measures can be completed, and each says what it is, in the language asked."""
    for lang in ("en", "zh"):
        parts = schema(lang)["$defs"]
        names = parts["InterventionName"]["anyOf"]
        assert [one["const"] for one in names] == list(INTERVENTIONS)
        assert all(INTERVENTIONS[one["const"]].summary.get(lang) in one["description"] for one in names)
        measures = parts["Scenario"]["properties"]["measures"]["items"]["anyOf"]
        assert [one.get("const") for one in measures][:-1] == list(MEASURES)
        assert all(LEVERS[name].meaning.get(lang) in parts[f"lever_{name}"]["description"] for name in LEVERS)


def descriptions(node: Any) -> Iterator[str]:
    """Yield everything that a schema says to people."""
    if isinstance(node, dict):
        for key, inner in node.items():
            if key == "description" and isinstance(inner, str):
                yield inner
            else:
                yield from descriptions(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from descriptions(inner)


def test_it_speaks_chinese() -> None:
    """Every field, lever, measure and intervention is described in the language asked."""
    said = list(descriptions(schema("zh")))
    assert len(said) > 300
    assert [one for one in said if not re.search("[\u4e00-\u9fff]", one)] == []
