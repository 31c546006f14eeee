"""Every mistake in a file is told in one sentence: file, line, field, what was found, what is allowed."""

from pathlib import Path

import pytest

from sim.scenario import ScenarioError, check, findings_in, load, loads, planned_loads
from tests.worlds.mistakes import BROKEN, GOOD, findings


def test_the_example_is_fine(tmp_path: Path) -> None:
    """The file that the other tests break has nothing wrong with it."""
    file = tmp_path / "good.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert check(file) == []
    assert load(file).name == "good"
    assert load(str(file)).hash == load(file).hash


@pytest.mark.parametrize(("old", "new", "sentence"), BROKEN, ids=[new[:60] for _, new, _ in BROKEN])
def test_sentence(old: str, new: str, sentence: str) -> None:
    """A single mistake is told as expected, on one line, without the words of the machinery."""
    assert old in GOOD
    told = [str(one) for one in findings(GOOD.replace(old, new, 1))]
    assert any(sentence in one for one in told), "\n".join(told)
    for one in told:
        assert one.startswith("file.yaml:")
        assert "\n" not in one
        assert not any(word in one for word in ("pydantic", "Traceback", "Input should", "function-", "validator"))


@pytest.mark.parametrize("where", ["interventions: [custom]", "compare: [{label: a, with: [{kind: custom, name: b}]}]"])
def test_what_does_nothing_is_warned_of(tmp_path: Path, where: str) -> None:
    """A custom intervention that says nothing of what it does costs time only."""
    file = tmp_path / "file.yaml"
    file.write_text(GOOD + where, encoding="utf-8")
    (found,) = check(file)
    assert found.severity == "warning"
    assert found.message.startswith("found nothing that it does, expected moves of levers (moves), meetings (meets)")


def test_all_errors_are_told_at_once() -> None:
    """Wrong types and unknown names are told together, in the order of the file."""
    text = GOOD.replace("staff: 5", "staff: five").replace("C: [production]", "C: [prod]").replace("boost", "bost")
    told = findings(text)
    assert [(one.line, one.field) for one in told] == [
        (3, "departments.sales.staff"),
        (14, "processes.order.steps.sign.C[0]"),
        (17, "levers.bost"),
    ]


def test_many_errors_of_type_are_told_at_once() -> None:
    """Several fields of the wrong type give as many sentences."""
    text = (
        GOOD.replace("staff: 5", "staff: x").replace("staff: 9", "staff: y").replace("{per_week: 10}", "{per_week: z}")
    )
    assert [one.line for one in findings(text)] == [3, 6, 12]


def test_duplicate_keys_are_all_told() -> None:
    """A field that is written twice is refused, with the line of the first."""
    text = GOOD.replace("staff: 5", "staff: 5\n    staff: 6").replace("staff: 9", "staff: 9\n    staff: 8")
    told = [str(one) for one in findings(text)]
    assert told == [
        "file.yaml:4: departments.sales.staff: found twice, first on line 3, expected each field once",
        "file.yaml:8: departments.production.staff: found twice, first on line 7, expected each field once",
    ]


def test_a_file_that_is_all_wrong() -> None:
    """Thousands of errors are cut off with a count; what is missing at the top is told with a line too."""
    told = findings("".join(f"x{index}: 1\n" for index in range(700)))
    assert len(told) == 501
    assert told[-1].message == "202 more findings are not shown"
    assert all(one.line for one in told[:-1])


def test_warnings_do_not_stop_loading(tmp_path: Path) -> None:
    """A load of 1 or more is a warning with the figure; the scenario can be used."""
    file = tmp_path / "busy.yaml"
    file.write_text(GOOD.replace("{per_week: 10}", "{per_week: 40}"), encoding="utf-8")
    (warning,) = check(file)
    assert warning.severity == "warning"
    assert "departments.production.staff: found a utilization of 1.35, expected less than 1" in str(warning)
    assert load(file).processes["order"].demand.per_week == 40


def test_approvers_work_when_management_does(tmp_path: Path) -> None:
    """More hours for approvals than management is there are a warning, and do not count."""
    file = tmp_path / "eager.yaml"
    file.write_text(GOOD.replace("hours_per_week: 10", "hours_per_week: 60"), encoding="utf-8")
    (warning,) = check(file)
    assert "hours_per_week: found 60, expected at most the 40 opening hours of management" in str(warning)
    assert planned_loads(load(file))[-1].capacity == 40.0


def test_tail_too_short_for_the_target(tmp_path: Path) -> None:
    """A tail in which nobody would know whether a target is met is refused."""
    file = tmp_path / "file.yaml"
    file.write_text(GOOD + "tail_weeks: 0.5\n", encoding="utf-8")
    (wrong,) = [one for one in check(file) if one.severity == "error"]
    assert "tail_weeks: found 0.5, expected at least the longest target (" in str(wrong)


def test_escalation_needs_management() -> None:
    """An escalation path without anybody to escalate to is refused."""
    text = GOOD.replace("management: management\n", "").replace("    pools: {director: {hours_per_week: 10}}\n", "")
    text = text.replace("A: sales.director, ", "") + "interventions: [escalation_path]\n"
    (only,) = findings(text)
    assert "found escalation_path, expected 'management:' to name the department that decides" in str(only)


def test_interventions_added_in_python_are_checked() -> None:
    """What is added later passes the same checks."""
    scenario = loads(GOOD)
    assert [one.kind for one in scenario.with_interventions(["raci", {"kind": "shared_kpi"}]).interventions] == [
        "raci",
        "shared_kpi",
    ]
    with pytest.raises(ScenarioError, match="found 'slaes', expected a department"):
        scenario.with_interventions([{"kind": "raci", "departments": ["slaes"]}])


def test_unknown_name_lists_the_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelled shipped scenario is answered with the nearest and the available ones."""
    for name in ("order_delivery", "double11"):
        (tmp_path / f"{name}.yaml").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr("sim.scenario.files.shipped_folder", lambda: tmp_path)
    assert load("double11").name == "double11"
    with pytest.raises(ScenarioError) as caught:
        load("order_delivry")
    assert str(caught.value) == (
        "found no scenario and no file named 'order_delivry', expected one of double11, order_delivery; "
        "did you mean 'order_delivery'?"
    )


@pytest.mark.parametrize(
    "where", ["levers: {signatures: 1.5}", "departments: {a: {staff: 1, levers: {signatures: 1.5}}}"]
)
def test_signatures_that_nobody_can_give_are_warned_of(where: str) -> None:
    """Everywhere or in one department: without management nobody signs."""
    work = "processes: {p: {demand: {per_week: 1}, steps: {s: {R: a, work: 1}}}}\n"
    text = work + where + ("" if where.startswith("departments") else "\ndepartments: {a: {staff: 1}}")
    (found,) = findings_in(loads(text))
    assert (found.severity, found.message.partition(",")[0]) == ("warning", "found 1.5")
    assert "nobody signs" in found.message
    assert findings_in(loads(text + "\nmanagement: a")) == ()
