"""Experiment files: what they say, and everything that is wrong with one in one go."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.experiments.experiment import Experiment, StoppingRule
from sim.experiments.places import find_experiment, shipped_experiments
from sim.experiments.reading import (
    check_experiment,
    experiment_of,
    load_experiment,
    load_plan,
    plan_of,
)
from sim.experiments.starting import experiment_to_start_from
from sim.ownmeasures import Measure
from sim.scenario import ScenarioError, load
from tests.worlds.experiments import folder_with

WRONG = """
question: What helps?
scenarios: [workshop.yaml, order_deliveri]
factors:
  point: {with: raci}
  a: {wiht: raci}
replications: {measure: on_tim, at: 3}
seed: -1
"""

WRONG_FACTORS = """
scenarios: workshop.yaml
factors:
  trust: {with: racy}
  a: {with: sop, dose: pagse, values: [1, 2]}
  b: {with: okr, dose: strength, values: [0.5, 2]}
  c: {set: levers.latancy, values: [1, 2]}
  d: {set: departments.sales.staff, values: [1, -2]}
  e: {with: "no_such_place.module:Buddy"}
  f: {shock: {kind: surge, weak: 1, process: ordr}}
  g: {with: raci, values: [1, 2]}
  h: {with: grading, dose: strength, from: 0.1, to: 1, step: 0.4}
  i: {with: mediator, set: levers.clarity}
  j: {levels: {none: [], two: [kickoff, kickof]}}
  k: {set: levers.clarity, values: [1, 1.0]}
  l: {with: "bundle:rules_onli"}
  m: {set: title, values: [a, b]}
  n: {set: levers.misrouting}
  o: {department: "sim:Scenario"}
  p: {set: departments.sales.label, times: [1, 2]}
  q: {dose: strength, set: levers.escalation, values: [0, 1]}
  r: {set: levers.tolerance, range: [5, 2]}
  s: {values: [1, 2]}
replications: {measure: on_tim, half_width: 0.5}
measures: [on_time_targt, "sim:load"]
tables: [casess]
"""

EXPECTED = {
    "factors.trust": "a measure is called so",
    "factors.trust.with": "did you mean 'raci'?",
    "factors.a.dose": "did you mean 'pages'?",
    "factors.b.values[1]": "at 2.0: strength: found 2.0",
    "factors.c.values[0]": "did you mean 'latency'?",
    "factors.d.values[1]": "departments.sales.staff: found -2",
    "factors.e.with": "no module 'no_such_place.module'",
    "factors.f.shock.week": "expected week",
    "factors.g.values": "expected dose beside them",
    "factors.h.step": "such as 0.9 or 1.3",
    "factors.i": "with, set at once",
    "factors.j.levels.two[1]": "did you mean 'kickoff'?",
    "factors.k.values[1]": "a second time",
    "factors.l.with": "did you mean 'rules_only'?",
    "factors.m.set": "one that changes what is run",
    "factors.n": "without values",
    "factors.o.department": "expected a subclass of sim.Department",
    "factors.p.set": "has no number",
    "factors.q.dose": "in a factor without with",
    "factors.r.range": "the lower one first",
    "factors.s": "does not say what is varied",
    "replications.measure": "unknown measure 'on_tim'",
    "measures[0]": "did you mean 'on_time_target'?",
    "measures[1]": "expected a sim.Measure",
    "tables[0]": "did you mean 'cases'?",
}


def test_everything_is_told_in_one_go(tmp_path: Path) -> None:
    """Fields of the file and what they name, with their lines; the rest is looked at where one is refused."""
    found = check_experiment(folder_with(tmp_path, WRONG))
    assert [(one.line, one.field) for one in found] == [
        (3, "scenarios[1]"),
        (5, "factors.point"),
        (6, "factors.a.wiht"),
        (7, "replications.half_width"),
        (7, "replications.at"),
        (8, "seed"),
    ]
    assert "did you mean 'order_delivery'?" in found[0].message


def test_every_factor_is_told_what_is_wrong_with_it(tmp_path: Path) -> None:
    """Each finding names the place and what would have been right."""
    found = check_experiment(folder_with(tmp_path, WRONG_FACTORS))
    told = {one.field: one.message for one in found}
    assert len(told) == len(found)
    assert {field: text for field, text in EXPECTED.items() if text not in told.get(field, "")} == {}
    assert set(told) == set(EXPECTED)
    assert all(one.line for one in found)


def test_it_is_told_in_chinese_too(tmp_path: Path) -> None:
    """No finding is left in English, but for what Python says of classes."""
    found = [
        one for one in check_experiment(folder_with(tmp_path, WRONG_FACTORS)) if one.field != "factors.o.department"
    ]
    assert [one.text.zh for one in found if "found" in one.text.zh or "expected" in one.text.zh] == []
    assert "写的是 -2" in next(one.text.zh for one in found if one.field == "factors.d.values[1]")


def test_a_file_finds_what_it_names_from_its_folder(tmp_path: Path) -> None:
    """Scenarios by path; the results call them by their names."""
    plan = load_plan(folder_with(tmp_path, "scenarios: workshop.yaml\nfactors: {roles: {with: raci}}\n"))
    assert list(plan.scenarios) == ["workshop"]
    assert plan.experiment.name == "tried"
    assert plan.total == 2
    assert plan.headlines[0] == "on_time_target"


def test_one_sentence_where_there_is_no_file() -> None:
    """With the nearest name of one that is shipped."""
    (finding,) = check_experiment("no_such_experiment")
    assert finding.message.startswith("no experiment 'no_such_experiment'")
    with pytest.raises(ScenarioError, match="no experiment"):
        find_experiment("no_such_experiment")


@pytest.mark.parametrize("name", shipped_experiments())
def test_shipped_experiments_pass(name: str) -> None:
    """Everything that comes with the product can be run."""
    assert check_experiment(name) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_new_one_passes(lang: str, tmp_path: Path) -> None:
    """What somebody starts from is right."""
    assert load_plan(folder_with(tmp_path, experiment_to_start_from(lang=lang))).total == 32


def test_two_of_one_name_are_refused(tmp_path: Path) -> None:
    """Results tell organizations apart by name."""
    found = check_experiment(folder_with(tmp_path, "scenarios: [order_delivery, order_delivery]\n"))
    assert [one.field for one in found] == ["scenarios[1]"]


def test_columns_have_names_of_their_own(tmp_path: Path) -> None:
    """Factors, measures and whatever else results have; capital letters make no difference in SQL."""
    factors = "{Error: {with: raci}, a: {with: okr}, A: {with: kickoff}, Trust: {with: sop}}"
    text = f"scenarios: workshop.yaml\nfactors: {factors}\n"
    found = check_experiment(folder_with(tmp_path, text))
    assert [one.field for one in found] == ["factors.Error", "factors.A", "factors.Trust"]
    mine = Measure("roles", float, "cases", "lower")
    with pytest.raises(ScenarioError, match="a measure called 'roles'"):
        experiment_of(scenarios="order_delivery", factors={"Roles": {"with": "raci"}}, measures=[mine])


def test_a_value_for_all_is_told_where_it_stands(tmp_path: Path) -> None:
    """What is set above the factors is checked like a change."""
    found = check_experiment(folder_with(tmp_path, "scenarios: workshop.yaml\nset: {departments.sale.staff: 3}\n"))
    assert [(one.line, "did you mean 'sales'?" in one.message) for one in found] == [(2, True)]


def test_python_says_the_same(tmp_path: Path) -> None:
    """Fields, files and experiments are one; further fields count instead of theirs."""
    scenario = load("order_delivery", {"horizon_weeks": 4, "warmup_weeks": 0})
    made = plan_of(scenarios=scenario, factors={"roles": {"with": "raci"}}, replications=3)
    assert made.scenarios == {"order_delivery": scenario}
    assert experiment_of(made.experiment, replications=5).replications == 5
    file = folder_with(tmp_path, "scenarios: workshop.yaml\n")
    changed = experiment_of(file, factors={"roles": {"with": "raci"}}, set={"horizon_weeks": 2})
    assert changed.folder == tmp_path
    assert changed.set_ == {"horizon_weeks": 2}
    with pytest.raises(ScenarioError, match="unknown field"):
        experiment_of(scenarios="order_delivery", factor={})


def test_numbers_of_other_libraries_are_numbers() -> None:
    """As loops over arrays hand them out; and one is not true."""
    asked = {
        "factors": {"a": {"shock": {"kind": "surge", "week": np.int64(1), "process": "order"}}},
        "seed": np.int64(3),
    }
    made = experiment_of(scenarios="order_delivery", set={"horizon_weeks": np.float64(4)}, **asked)
    assert type(made.set_["horizon_weeks"]) is float
    assert Experiment.model_validate_json(made.model_dump_json(by_alias=True)) == made
    one = plan_of(scenarios="order_delivery", set={"horizon_weeks": 1})
    assert one.scenarios["order_delivery"].horizon_weeks == 1
    with pytest.raises(ScenarioError, match="horizon_weeks: found true"):
        plan_of(scenarios="order_delivery", set={"horizon_weeks": True})


def test_a_rule_says_when_it_is_enough() -> None:
    """Fields of a rule, or a number; anything else is told both."""
    made = Experiment.model_validate(
        {"scenarios": "order_delivery", "replications": {"measure": "trust", "half_width": 0.5, "of": "difference"}}
    )
    assert isinstance(made.replications, StoppingRule)
    assert (made.replications.at_least, made.replications.round) == (10, 10)
    with pytest.raises(ScenarioError, match="or a rule such as"):
        experiment_of(scenarios="order_delivery", replications="many")


NAMES = st.sampled_from(["raci", "shared_kpi", "bundle:rules_only", {"kind": "sop", "pages": 3}, {"levers.latency": 2}])
NUMBERS = st.one_of(st.integers(-99, 99), st.floats(-99, 99).filter(lambda one: one == one))
FACTORS: Any = st.one_of(
    st.fixed_dictionaries({"with": st.one_of(NAMES, st.lists(NAMES, min_size=1, max_size=3))}),
    st.fixed_dictionaries(
        {"with": NAMES, "dose": st.just("strength"), "values": st.lists(st.one_of(NUMBERS, st.just("off")), max_size=4)}
    ),
    st.fixed_dictionaries({"set": st.just("levers.latency"), "from": NUMBERS, "to": NUMBERS, "step": NUMBERS}),
    st.fixed_dictionaries({"set": st.lists(st.just("pace"), min_size=1), "range": st.just("documented")}),
    st.fixed_dictionaries({"levels": st.dictionaries(st.sampled_from(["one", "two", "三"]), st.lists(NAMES))}),
    st.fixed_dictionaries({"assumptions": st.just("all")}),
    st.fixed_dictionaries({"shock": st.just({"kind": "surge", "week": 1}), "field": st.just("factor")}),
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["a", "b", "c"]), FACTORS), st.integers(1, 9), st.sampled_from(["x", {"zh": "问"}])
)
def test_what_is_written_is_read_again(factors: dict[str, Any], block: int, question: Any) -> None:
    """An experiment as plain data is the same experiment, with and without what is usual."""
    made = Experiment.model_validate(
        {"scenarios": ["a", "b.yaml"], "factors": factors, "block": block, "question": question}
    )
    for defaults in (True, False):
        said = made.model_dump(mode="json", by_alias=True, exclude_defaults=defaults)
        assert Experiment.model_validate(said) == made


def test_a_checked_one_is_loaded(tmp_path: Path) -> None:
    """Which raises where anything is wrong."""
    with pytest.raises(ScenarioError) as caught:
        load_experiment(folder_with(tmp_path, WRONG))
    assert len(caught.value.findings) == 6
