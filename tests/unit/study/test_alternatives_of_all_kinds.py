"""Alternatives that are interventions, values by place, whole scenarios or classes, alone and together; and the label
of what they are compared with."""

import json
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.cli import main
from sim.interventions import Raci
from sim.report.answer import Answer
from sim.study.alternatives import AlternativeError, alternatives_of, baseline_of, parse_alternative
from sim.study.compare import planned
from sim.words import Text
from tests.worlds.fakes import FakeEngine, small_scenario

STAFF = {"departments.sales.staff": 6}


class Attentive(sim.Department):
    """A department that decides nothing."""


def kinds(scenario: sim.Scenario) -> list[str]:
    return [one.kind for one in scenario.interventions]


@pytest.mark.parametrize(
    ("items", "added", "staff", "department"),
    [
        ("raci", ["raci"], 4, None),
        (Raci(), ["raci"], 4, None),
        ({"kind": "raci", "clarity": 0.5}, ["raci"], 4, None),
        (STAFF, [], 6, None),
        ({}, [], 4, None),
        ([STAFF, {"levers.latency": 2}, "raci"], ["raci"], 6, None),
        (["raci", "departments.sales.staff=6"], ["raci"], 6, None),
        (Attentive, [], 4, Attentive),
        ([Attentive, STAFF, "raci"], ["raci"], 6, Attentive),
        (small_scenario().changed({"departments.sales.staff": 9}), [], 9, None),
        ([small_scenario().with_interventions(["shared_kpi"]), STAFF, "raci", Attentive],
         ["shared_kpi", "raci"], 6, Attentive),
    ],
)  # fmt: skip
def test_an_alternative_is_one_item_or_several(items: Any, added: list[str], staff: int, department: Any) -> None:
    """What starts from another scenario is changed, then interventions are added; classes count beside."""
    scenario = small_scenario().changed({"departments.sales.staff": 4})
    (found,) = alternatives_of(scenario, {"A": items})
    applied = found.applied(scenario)
    assert (kinds(applied), applied.departments["sales"].staff, found.department) == (added, staff, department)


def test_a_change_means_what_changed_means() -> None:
    """Also of what is there already; the baseline stays as it is."""
    scenario = small_scenario().with_interventions(["raci"])
    changes = {"interventions[0].strength": 0.5, "pace": 0.5}
    plan = planned(scenario, {"A": changes, "B": [changes, "daily_standup"]}, 1)
    assert plan.study.scenarios["A"] == scenario.changed(changes)
    assert plan.study.scenarios["B"] == scenario.changed(changes).with_interventions(["daily_standup"])
    assert plan.study.scenarios["Now"] == scenario


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ({"departments.slaes.staff": 6}, "alternative 'A': departments.slaes: found 'slaes', expected a department"),
        (["raci", {"levers.latencyy": 6}], "did you mean 'latency'?"),
        ({"knd": "raci"}, "alternative 'A': knd: found an unknown field"),
        ("departments.sales.staff=many", "alternative 'A': departments.sales.staff: found 'many'"),
        ("departments.sales.staff={", "alternative 'A': "),
        ([small_scenario(), small_scenario()], "alternative 'A': found 2 scenarios"),
        ([Attentive, Attentive], "found 2 classes of departments"),
        (Raci, "found the class Raci, expected an intervention: write Raci()"),
        ({"preset": "x"}, "a mapping with its kind, an intervention, values by place, a scenario"),
        (None, "found None"),
        (3, "found 3"),
        (["raci", 3], "found 3"),
        ([{"departments.sales": None}, "raci:departments=sales"], "'A'"),
    ],
)
def test_mistakes_name_the_alternative_in_one_sentence(items: Any, told: str) -> None:
    """Places in the words of a file."""
    with pytest.raises(AlternativeError) as caught:
        alternatives_of(small_scenario(), {"A": items})
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "label", "places", "added"),
    [
        ("More staff=departments.sales.staff=15", "More staff", ["departments.sales.staff"], []),
        ("A=raci+departments.sales.staff=15", "A", ["departments.sales.staff"], ["raci"]),
        ("A=departments.sales.staff=15+raci:clarity=0.5+pace=0.5", "A", ["departments.sales.staff", "pace"], ["raci"]),
        ("departments.sales.staff=15", "departments.sales.staff=15", ["departments.sales.staff"], []),
        ("raci+levers.latency=2", "raci+levers.latency=2", ["levers.latency"], ["raci"]),
        ("compare[0].label=x", "compare[0].label=x", ["compare[0].label"], []),
        ("v1.2=raci", "v1.2", [], ["raci"]),
        ("A=levers.latency=1e+1", "A", ["levers.latency"], []),
        ("raci:clarity=5e-1+levers.latency=2", "raci:clarity=5e-1+levers.latency=2", ["levers.latency"], ["raci"]),
        ("A=processes.order.steps.sign.C=[sales, production]", "A", ["processes.order.steps.sign.C"], []),
    ],
)
def test_a_line_of_text_may_set_places(text: str, label: str, places: list[str], added: list[str]) -> None:
    """An item with an equals sign and no colon before it is a place with its value."""
    found = parse_alternative(text)
    assert found.label == label
    assert [sim.scenario.Finding(Text("", ""), one.path).field for one in found.changes] == places
    assert [one.kind for one in found.interventions] == added


def test_lines_without_labels_are_told_apart() -> None:
    """Interventions by what people call them, with doses where needed; places as they are written."""
    lines = ["raci+levers.latency=2", "raci:clarity=0.5+levers.latency=2", "raci+levers.latency=3"]
    found = alternatives_of(small_scenario(), [parse_alternative(one) for one in lines])
    assert len({one.name for one in found}) == 3
    assert [one.name.en.endswith(f"levers.latency={last}") for one, last in zip(found, (2, 2, 3), strict=True)]
    assert "0.5" in found[1].name.en


@pytest.mark.parametrize(
    ("said", "label"),
    [
        (None, Text("Now", "现状")),
        ("As is", Text("As is", "As is")),
        ({"en": "As is", "zh": "维持现状"}, Text("As is", "维持现状")),
        ({"zh": "维持"}, Text("维持", "维持")),
        (Text("As is", "维持"), Text("As is", "维持")),
    ],
)
def test_what_the_baseline_may_be_called(said: Any, label: Text) -> None:
    """A text, or one for each language."""
    assert baseline_of(said) == label


@pytest.mark.parametrize("said", ["", " ", 3, {"de": "Ist"}, {}, "a\nb"])
def test_a_baseline_has_a_label_that_can_be_read(said: Any) -> None:
    """As every alternative."""
    with pytest.raises(AlternativeError, match="found the label"):
        baseline_of(said)


def test_the_baseline_has_its_label_everywhere() -> None:
    """In tables, JSON, what is printed and what is drawn; and no alternative may have it."""
    called = {"en": "As is", "zh": "维持"}
    found = sim.compare(
        small_scenario(), {"Now": ["raci"], "B": STAFF}, replications=4, engine=FakeEngine(), baseline=called
    )
    assert found.baseline == "As is"
    assert list(found.ledger.index) == ["As is", "Now", "B"]
    for name in ("timeline", "relations", "utilization", "places"):
        assert list(dict.fromkeys(found.tables[name]["alternative"])) == ["As is", "Now", "B"]
    assert list(found.runs) == list(found.scenarios) == ["As is", "Now", "B"]
    assert found.labels == ("Now", "B")
    assert found.to_json()["baseline"] == "As is"
    assert "As is" in found.to_json()["ledger"]
    assert (Answer(found, "en").called(), Answer(found, "zh").called()) == ("As is", "维持")
    assert "维持" in found._repr_html_() or "As is" in found._repr_html_()
    for taken in called.values():
        with pytest.raises(AlternativeError, match="what the comparison calls"):
            sim.compare(small_scenario(), {taken: ["raci"]}, engine=FakeEngine(), baseline=called)


def test_the_manifest_tells_what_alternatives_set_and_start_from() -> None:
    """By label; whole scenarios by their hash."""
    scenario, other = small_scenario(), small_scenario().changed({"pace": 0.5})
    found = sim.compare(scenario, {"A": [STAFF, "raci"], "B": other}, replications=2, engine=FakeEngine()).manifest
    assert found["changes"] == {"A": STAFF}
    assert found["scenario_hashes"] == {
        "Now": scenario.hash,
        "A": scenario.changed(STAFF).with_interventions(["raci"]).hash,
        "B": other.hash,
    }
    json.dumps(found)


@pytest.mark.compiled
def test_scenarios_that_differ_can_be_compared_and_drawn(tmp_path: Path) -> None:
    """Another horizon, another warm-up, a department more: what one side does not have is not defined."""
    short = sim.load("order_delivery").changed({"warmup_weeks": 1, "horizon_weeks": 6})
    legal = {"staff": 2, "kpis": [{"measures": "own_work", "target": 0.9}], "own_work": {"share": 0.2}}
    other = short.changed(
        {
            "departments.legal": legal,
            "processes.order.steps.sign.C": ["production", "legal"],
            "horizon_weeks": 4,
            "warmup_weeks": 2,
        }
    )
    found = sim.compare(
        short, {"Other": [other, "daily_standup"]}, replications=3, measures=["on_time_target", "kpi_legal"]
    )
    rows = found.table.set_index("measure")
    assert rows["verdict"]["kpi_legal"] == "n/a"
    assert rows["difference"].notna()["on_time_target"]
    assert [one.kind for one in found.added("Other")] == ["daily_standup"]
    assert "legal" in set(found.utilization["department"])
    assert found.plot(tmp_path)
    with pytest.raises(ValueError, match="kpi_legal"):
        sim.compare(short, {"A": ["raci"]}, measures=["kpi_legal"])


@pytest.mark.compiled
def test_the_command_line_sets_places_and_names_the_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    """As `--with` and `--baseline`; mistakes are one sentence."""
    asked = ["compare", "order_delivery", "--weeks", "3", "-n", "2", "--baseline", "As is"]
    assert main([*asked, "--with", "More staff=raci+departments.production.staff=15", "--full"]) == 0
    printed = capsys.readouterr().out
    assert "As is" in printed
    assert "More staff" in printed
    assert main([*asked, "--with", "departments.production.staf=15"]) == 2
    told = capsys.readouterr().err
    assert "departments.production.staf: found an unknown field" in told
    assert "did you mean 'staff'?" in told
    assert len(told.strip().splitlines()) == 1
