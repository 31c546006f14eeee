"""Single values are changed on the way from a file to a scenario, and mistakes are told in the words of `check`."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.cli import main
from sim.scenario import Finding, Scenario, ScenarioError, check, dump, load, loads
from sim.scenario.changes import changed, changes_of, read_change
from sim.scenario.inherit import parse_document
from tests.worlds.mistakes import GOOD
from tests.worlds.scenarios import scenarios


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A file that the tests change."""
    path = tmp_path / "good.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return str(path)


def test_values_are_set_by_place(file: str) -> None:
    """What is set is what the scenario has; everything else is as in the file."""
    changes = {
        "departments.sales.staff": 6,
        "levers.latency": 8,
        "processes.order.target_days": 20,
        "processes.order.steps.sign.C[0]": "management",
        "processes.order.steps.sign.work.lognormal.mean": 5,
        "departments.production.own_work.share": 0.2,
        "horizon_weeks": 30,
    }
    scenario, before = sim.load(file, changes=changes), sim.load(file)
    assert scenario.departments["sales"].staff == 6
    assert scenario.lever("latency") == 8
    assert scenario.lever("boost") == 24
    sign = scenario.processes["order"].steps["sign"]
    assert (sign.C, sign.work.mean, sign.work.cv) == (("management",), 5, 0.5)
    own = scenario.departments["production"].own_work
    assert own is not None
    assert own.share == 0.2
    assert scenario.horizon_weeks == 30
    assert scenario.processes["order"].steps["make"] == before.processes["order"].steps["make"]
    assert scenario.hash != before.hash


@pytest.mark.parametrize(
    ("place", "value", "written"),
    [
        ("departments.sales.staff", 6, "{departments: {sales: {staff: 6}}}"),
        ("departments.legal", {"staff": 2}, "{departments: {legal: {staff: 2}}}"),
        ("departments.sales.pools.director", {"label": "A"}, "{departments: {sales: {pools: {director: {label: A}}}}}"),
        ("processes.order.steps.make.work", {"exponential": 3}, "{processes: {order: {steps: {make: {work: {exponential: 3}}}}}}"),  # noqa: E501
        ("processes.order.steps.make.I", None, "{processes: {order: {steps: {make: {I: null}}}}}"),
        ("levers", {"latency": 8}, "{levers: {latency: 8}}"),
    ],
)  # fmt: skip
def test_a_change_counts_as_a_child_would(file: str, place: str, value: Any, written: str) -> None:
    """Mappings are merged, other values replaced, and nothing removes a field."""
    child = loads(f"parent: {file}\n{written[1:-1]}")
    assert sim.load(file, changes={place: value}).hash == child.hash


@settings(max_examples=30)
@given(scenarios(), st.data())
def test_setting_what_is_there_changes_nothing(scenario: Scenario, data: st.DataObject) -> None:
    """Any value of any scenario may be set to itself, at the place that findings name."""
    document = parse_document(dump(scenario), "file.yaml")
    # the days of a calendar may be written with spaces
    places = sorted((path for path in document.lines if path and path[0] != "calendars"), key=str)
    path = data.draw(st.sampled_from(places))
    value: Any = document.data
    for part in path:
        value = value[part]
    (change,) = changes_of({Finding("", path).field: value})
    assert change.path == path
    assert changed(document, [change]).data == document.data


MISTAKES = [
    ("levers.latencyy=8", "--set levers.latencyy=8: found 'latencyy', expected a lever", "did you mean 'latency'?"),
    ("levers.latency=1e6", "--set levers.latency=1e6: found 1000000.0, expected a number from 0 to 400 (hours)", ""),
    ("departments.sales.staff=two", "--set departments.sales.staff=two: found 'two', expected a whole number", ""),
    ("departments.sales.staf=6", "--set departments.sales.staf=6: found an unknown field", "did you mean 'staff'?"),
    ("departments.slaes.staff=6", "departments.slaes: found 'slaes', expected a department", "did you mean 'sales'?"),
    ("departmens.sales.staff=6", "departmens: found an unknown field", "did you mean 'departments'?"),
    ("processes.oder.target_days=6", "expected a process (order)", "did you mean 'order'?"),
    ("processes.order.steps.mak.work=6", "expected a step (sign, make)", "did you mean 'make'?"),
    ("processes.order.steps.sign.C=[prod]", "processes.order.steps.sign.C[0]: found 'prod', expected a department", ""),
    ("processes.order.steps.sign.C[1]=sales", "found no item [1], expected one of a list of 1", ""),
    ("processes.order.steps.sign.C.0=sales", "found the name '0' in a list, expected the place of an item", ""),
    ("processes.order.demand={per_wek: 4}", "demand.per_wek: found an unknown field", "did you mean 'per_week'?"),
    ("horizon_weeks=0", "--set horizon_weeks=0: found 0, expected a number above 0", ""),
    ("parent=order_delivery", "found the place 'parent', expected it in a file of its own", ""),
    ("interventions=[racy]", "interventions[0]: found 'racy'", "did you mean 'raci'?"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence", "hint"), MISTAKES, ids=[text for text, *_ in MISTAKES])
def test_a_mistake_names_the_option_where_a_line_would_stand(file: str, text: str, sentence: str, hint: str) -> None:
    """The words are those of a file; the place is what was typed."""
    with pytest.raises(ScenarioError) as caught:
        load(file, [read_change(text)])
    told = str(caught.value)
    assert told.startswith(f"--set {text}: ")
    assert sentence in told
    assert hint in told
    assert "\n" not in told


def test_what_a_change_breaks_elsewhere_is_told_there(file: str) -> None:
    """A department that is taken away is missed by the lines that name it."""
    with pytest.raises(ScenarioError, match=r"good.yaml:14: .*found 'production'"):
        load(file, {"departments.production": None})


def test_a_warning_about_a_change_is_told(file: str) -> None:
    """Overload that a change brings is warned of, in the place of the change."""
    (found, *_) = check(file, {"departments.production.staff": 1})
    assert (found.severity, found.file, found.line) == ("warning", "changes", None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("levers.latency", "expected place=value"),
        ("levers..latency=8", "found the place 'levers..latency'"),
        ("=8", "found the place ''"),
        ("[0]=8", "found the place '[0]'"),
        ("levers.latency={a", "not valid YAML"),
        ("levers.latency=!!float 8", "expected no tags"),
        ("levers.latency=8\nother: 3", "expected one value"),
    ],
)
def test_what_cannot_be_read_is_wrong_usage(
    file: str, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    """One line, exit code 2, and the option named."""
    assert main(["check", file, "--set", text]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in printed.err
    assert "--set" in printed.err
    assert len(printed.err.strip().splitlines()) == 1


@pytest.mark.parametrize("given", ["levers.latency=8", 3, [("levers.latency", 8)], {3: 4}, {"a..b": 1}])
def test_in_python_what_is_no_change_is_told(file: str, given: Any) -> None:
    """Values by place, or a sentence."""
    with pytest.raises(ScenarioError, match="changes: found"):
        load(file, given)


@pytest.mark.parametrize("command", ["check", "show", "run", "compare", "explain"])
def test_every_command_takes_changes(file: str, capsys: pytest.CaptureFixture[str], command: str) -> None:
    """A mistake is told with exit code 3 by all commands that read a scenario."""
    assert main([command, file, "--set", "levers.latencyy=8"]) == 3
    printed = capsys.readouterr()
    assert "--set levers.latencyy=8: found 'latencyy'" in printed.out + printed.err
    assert main([command, file, "--weeks", "0"]) == 3
    printed = capsys.readouterr()
    assert "--weeks 0: horizon_weeks: found 0" in printed.out + printed.err
