"""`show` tells who does what, when it is wanted, what is unusual, and what is suggested, with its doses."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from sim.cli import main
from sim.interventions import INTERVENTIONS, Intervention
from sim.scenario import Scenario, load, loads, planned_loads, shipped
from sim.scenario.outline import notation, outline, size_of, unusual_settings
from sim.study.alternatives import parse_alternative
from tests.worlds.mistakes import GOOD
from tests.worlds.scenarios import scenarios

RICH = (
    GOOD.replace("levers: {boost: 24}", "")
    + """\
    target_hours: 20
    target_calendar: office
calendars: {late: {mon-fri: ["12:00-20:00"]}}
levers: {boost: 24, clarity: 0.3}
interventions: [{kind: daily_standup, minutes: 20}]
shocks: [{kind: leaver, week: 3, from: sales, to: production}]
compare:
  - {label: Answer within 30 min, with: [{kind: response_agreement, hours: 0.5}]}
  - label: A clinic
    with: [{kind: custom, name: Clinic, moves: [{lever: clarity, toward: 0.9}], cost_minutes: 5}]
"""
)
RICH = RICH.replace("    target_days: 30\n", "").replace("staff: 9\n", "staff: 9\n    levers: {clarity: 0.8}\n")


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A file that says a little of everything."""
    path = tmp_path / "rich.yaml"
    path.write_text(RICH, encoding="utf-8")
    return str(path)


WORDS = {
    "en": [
        "10 a week, wanted within 20 open hours of 'office'",
        "Answer within 30 min = response_agreement:hours=0.5",
        "A clinic = Clinic (clarity → 0.9, cost_minutes=5)",
        "there already: daily_standup:minutes=20",
        "boost",
    ],
    "zh": ["每周 10 件，客户期望 20 个“office”工作时段小时内完成", "已有措施：daily_standup:minutes=20", "机制参数"],
}


@pytest.mark.parametrize("lang", WORDS)
def test_show_tells_doses_targets_and_what_is_there(file: str, capsys: pytest.CaptureFixture[str], lang: str) -> None:
    """In words, in both languages."""
    assert main(["show", file, "--lang", lang]) == 0
    printed = capsys.readouterr().out
    for sentence in WORDS[lang]:
        assert sentence in printed


def test_show_as_json(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The same as data, and nothing else on standard output."""
    assert main(["show", file, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    told.pop("direct_costs")
    costs = [one.pop("direct_cost") for one in (*told["interventions"], *told["compare"])]
    assert len(costs) == 3
    assert all(one["hours"] > 0.0 for one in costs)
    assert told == json.loads(json.dumps(outline(load(file))))
    assert [one["name"] for one in told["departments"]] == ["sales", "production", "management"]
    assert told["approvers"][0]["name"] == "sales.director"
    (process,) = told["processes"]
    assert (process["target_hours"], process["target_calendar"], process["target_days"]) == (20, "office", None)
    assert process["steps"][0]["A"] == "sales.director"
    assert told["compare"][0]["with"] == [
        {"notation": "response_agreement:hours=0.5", "kind": "response_agreement", "hours": 0.5}
    ]


def test_levers_count_as_unusual_only_where_they_are(file: str) -> None:
    """A lever that is set to what is usual anyway is not told; a department is held against the rest."""
    found = [(one.lever, one.department, one.value, one.usual) for one in unusual_settings(load(file))]
    assert found == [("boost", "", 24, 8), ("clarity", "production", 0.8, 0.3)]
    paced = load(file, {"pace": "30 min", "levers": {"boost": 0.5}})
    assert [one.lever for one in unusual_settings(paced)] == ["clarity"]


@settings(max_examples=25)
@given(scenarios())
def test_any_scenario_has_an_outline(scenario: Scenario) -> None:
    """It is plain data without anything that JSON does not know, and loads are those of the plan."""
    told = json.loads(json.dumps(outline(scenario), allow_nan=False))
    loads = [one["planned_load"] for one in (*told["departments"], *told["approvers"])]
    assert sorted(loads) == sorted(one.utilization for one in planned_loads(scenario))


def suggested() -> list[Any]:
    """Return every intervention that a shipped scenario suggests, and every kind with a dose or two."""
    found = [each for name in shipped() for one in load(name).compare for each in one.with_]
    doses: dict[str, Any] = {"strength": 0.5, "departments": ("sales",), "start_week": 3.0}
    kinds = [cls.model_validate(doses) for kind, cls in INTERVENTIONS.items() if kind != "custom"]
    with_presets = [cls.model_validate({"preset": name}) for cls in INTERVENTIONS.values() for name in cls.presets]
    adopted = [INTERVENTIONS["raci"].model_validate({"adoption": {"fidelity": 0.123456789}})]
    return list({notation(one): one for one in (*found, *kinds, *with_presets, *adopted)}.values())


@pytest.mark.parametrize("intervention", suggested(), ids=notation)
def test_what_is_shown_can_be_typed(intervention: Intervention) -> None:
    """The notation is that of --with, and means the same intervention."""
    (read,) = parse_alternative(f"label={notation(intervention)}").interventions
    assert read == intervention


def test_a_custom_intervention_without_a_name_is_told_by_its_moves() -> None:
    """Meetings, doses and moves, but no kind that says nothing."""
    text = GOOD + "interventions: [{kind: custom, moves: [{lever: clarity, toward: 1}], meets: [{minutes: 10}]}]\n"
    (one,) = loads(text).interventions
    assert notation(one) == "custom (clarity → 1, 10 min mon/tue/wed/thu/fri)"


def test_figures_that_follow_the_pace_are_marked(capsys: pytest.CaptureFixture[str]) -> None:
    """`list interventions` says of which figures it knows only what they are at a pace of 1."""
    assert main(["list", "interventions", "--json"]) == 0
    listed = {one["name"]: one["at_pace_1"] for one in json.loads(capsys.readouterr().out)}
    assert listed["response_agreement"] == {"hours": 4.0}


def test_purses_are_no_people() -> None:
    """Money has hours, too, but nobody works there; who is not paid works all the same."""
    assert size_of(load("order_delivery")) == (8, 41)
    assert size_of(load("order_delivery", {"departments.sales.cost_per_hour": 0})) == (8, 41)
    assert size_of(load("order_delivery", {"departments.sales.purse": True})) == (7, 36)
