"""Shocks in scenario files: what is checked beyond types, and that they come back as they were written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.cli import main
from sim.compile import compile_scenario
from sim.outcome import expected_cases
from sim.scenario import Finding, Scenario, ScenarioError, dump, findings_in, load, loads
from sim.scenario.shocks import counted_cases, planned_cases
from sim.spec import ALWAYS, OFFICE, Calendar, Leaver, Surge, UrgentOrder
from sim.spec.shocks import spans, usual_hours
from sim.vocab import WEEK
from tests.worlds.mistakes import GOOD, findings

STRANGERS = GOOD.replace("  management: {staff: 2}", "  management: {staff: 2}\n  canteen: {staff: 2}").replace(
    "management: management\n", "management: production\n"
)


def warnings(text: str) -> list[Finding]:
    """Return what looks wrong with a text that can be used."""
    return list(findings_in(loads(text)))


def leaver(week: float, people: int, weeks: float) -> str:
    """Return people who leave sales, as a file says it."""
    return f"{{kind: leaver, week: {week}, from: sales, to: production, people: {people}, vacancy_weeks: {weeks}}}"


@pytest.mark.parametrize(
    ("first", "second", "allowed"),
    [
        ((10, 3, 8), (12, 3, 8), False),
        ((10, 3, 8), (18, 3, 8), False),
        ((10, 3, 8), (18.5, 3, 8), True),
        ((10, 3, 8), (10, 2, 8), True),
        ((10, 3, 0), (10, 3, 0), False),
        ((12, 3, 8), (1, 3, 8), True),
    ],
)
def test_nobody_can_leave_who_is_not_there(
    first: tuple[float, int, float], second: tuple[float, int, float], allowed: bool
) -> None:
    """Of five people in sales three leave, and three more before they are replaced are two too many."""
    told = findings(f"{GOOD}shocks: [{leaver(*first)}, {leaver(*second)}]\n")
    if allowed:
        assert told == []
    else:
        (only,) = told
        assert str(only).endswith("expected at most 2, for so many are there then (3 of 5 have left before)")
        assert only.field == "shocks[1].people"


def test_whoever_leaves_takes_nobody_along_when_people_is_0() -> None:
    """A relationship may be lost although nobody is missing."""
    assert warnings(f"{GOOD}shocks: [{leaver(10, 0, 8)}]\n") == []


def test_a_shock_after_the_end_is_a_warning() -> None:
    """It can be used, and cases that are finished in the tail feel it."""
    (late,) = warnings(f"{GOOD}shocks: [{leaver(60, 1, 8)}]\n")
    expected, nothing = (
        "expected a week before the end of the horizon (50)",
        "or only cases that are still open then feel it",
    )
    assert str(late) == f"shocks[0].week: found 60, {expected}, {nothing}"


def test_the_same_shock_twice_is_a_warning() -> None:
    """Both count, which somebody may not have meant."""
    (twice,) = warnings(
        GOOD + "shocks: [{kind: surge, week: 9, process: order}, {kind: surge, week: 9, process: order}]"
    )
    assert str(twice) == "shocks[1]: found a surge a second time just as before, and both count"


def test_departments_that_never_deal_with_each_other_have_no_relationship_to_lose() -> None:
    """Who stands outside every process is answered with those who do not."""
    (nothing,) = warnings(f"{STRANGERS}shocks: [{{kind: leaver, week: 3, from: sales, to: canteen}}]\n")
    assert str(nothing) == (
        "shocks[0].to: found 'canteen', with which 'sales' never deals, expected one of production, or no relationship "
        "is lost"
    )


def test_dated_cases_do_not_come_faster() -> None:
    """A surge needs demand by chance."""
    text = GOOD.replace("{per_week: 10}", "{at: [1, 2]}")
    (only,) = findings(f"{text}shocks: [{{kind: surge, week: 3, process: order}}]\n")
    assert "shocks[0].process: found 'order', whose cases are dated, expected a process with demand per_week" in str(
        only
    )


def test_unknown_names_and_too_many_people_are_told_at_once() -> None:
    """Every shock is looked at, also behind one that is wrong."""
    told = findings(f"{GOOD}shocks: [{{kind: surge, week: 3, process: ordr}}, {leaver(3, 9, 1)}]\n")
    assert [one.field for one in told] == ["shocks[0].process", "shocks[1].people"]


def test_a_list_of_shocks_has_an_end() -> None:
    """Nobody means thousands of shocks."""
    many = ", ".join(["{kind: surge, week: 3, process: order}"] * 201)
    (only,) = findings(f"{GOOD}shocks: [{many}]\n")
    assert str(only).endswith("shocks: found a list of 201, expected at most 200")


weeks = st.floats(0.0, 50.0).map(lambda week: round(week, 3))
leavers = st.builds(
    Leaver,
    week=weeks,
    from_=st.just("sales"),
    to=st.sampled_from(["production", "management"]),
    share=st.floats(0.0, 1.0),
    people=st.sampled_from([0, 1]),
    vacancy_weeks=weeks,
)
surges = st.builds(
    Surge, week=weeks, process=st.just("order"), weeks=st.floats(0.1, 9.0), factor=st.sampled_from([0.0, 0.5, 1.0, 3.0])
)


def shocked(*shocks: Leaver | Surge) -> Scenario:
    """Return the example with shocks, checked."""
    return Scenario.model_validate({**vars(loads(GOOD)), "shocks": shocks})


@given(st.lists(leavers | surges, max_size=4))
def test_shocks_come_back_as_they_were_written(shocks: list[Leaver | Surge]) -> None:
    """Writing and reading gives the same shocks and the same hash, which is another than without them."""
    scenario = shocked(*shocks)
    again = loads(dump(scenario))
    assert again.shocks == tuple(shocks)
    assert again.hash == scenario.hash
    assert (scenario.hash == loads(GOOD).hash) == (not shocks)


def test_a_child_replaces_its_parents_shocks(tmp_path: Path) -> None:
    """As every list, shocks are inherited whole, replaced whole, or removed."""
    (tmp_path / "base.yaml").write_text(f"{GOOD}shocks: [{leaver(10, 1, 8)}]\n", encoding="utf-8")
    told = {"same": "", "other": "shocks: [{kind: surge, week: 5, process: order}]\n", "none": "shocks: null\n"}
    for name, text in told.items():
        (tmp_path / f"{name}.yaml").write_text(f"parent: base.yaml\n{text}", encoding="utf-8")
    found = {name: [one.kind for one in load(tmp_path / f"{name}.yaml").shocks] for name in told}
    assert found == {"same": ["leaver"], "other": ["surge"], "none": []}
    child = load(tmp_path / "other.yaml")
    written = dump(child, tmp_path / "base.yaml")
    assert "surge" in written
    assert "departments" not in written
    assert loads(written).shocks == child.shocks


def test_a_child_is_told_what_is_wrong_with_its_parents_shocks(tmp_path: Path) -> None:
    """Whoever takes the department away reads that somebody was to leave it."""
    (tmp_path / "base.yaml").write_text(f"{GOOD}shocks: [{leaver(10, 5, 8)}]\n", encoding="utf-8")
    child = tmp_path / "child.yaml"
    child.write_text("parent: base.yaml\ndepartments: {sales: {staff: 3}}\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"base\.yaml:18: shocks\[0\]\.people: found 5, expected at most 3"):
        load(child)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["week 10: the people leave", "sales and production", "week 5: demand for order is 3 times"]),
        ("zh", ["第 10 周", "sales 与 production", "为平时的 3 倍"]),
    ],
)
def test_show_tells_the_shocks(tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, words: list[str]) -> None:
    """`deptsim show` says in a sentence what happens when, in both languages."""
    file = tmp_path / "hard.yaml"
    surge = "{kind: surge, week: 5, process: order, factor: 3}"
    file.write_text(f"{GOOD}shocks: [{leaver(10, 1, 8)}, {surge}]\n", encoding="utf-8")
    assert main(["show", str(file), "--lang", lang]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert [word for word in words if word not in told] == []


def test_room_is_kept_for_a_surge() -> None:
    """Ten customers a week for sixty weeks are 600; four weeks of three times as many are 80 more."""
    plain, busy = loads(GOOD), shocked(Surge(week=12, process="order", factor=3.0))
    assert planned_cases(plain, (), "order", 10.0, 60.0) == pytest.approx(600.0)
    assert planned_cases(busy, busy.shocks, "order", 10.0, 60.0) == pytest.approx(680.0)
    assert expected_cases(compile_scenario(busy)) > expected_cases(compile_scenario(plain)) + 60


@given(st.lists(surges, max_size=4), st.sampled_from([ALWAYS, OFFICE]), st.sampled_from([0.0, 3.0, 7.5]))
def test_usual_hours_add_up_span_by_span(some: list[Surge], calendar: Calendar, warmup: float) -> None:
    """Spans follow one another without a gap, and usual hours grow in each as fast as demand does."""
    found = spans(some, warmup)
    assert found[0][0] == 0.0
    assert [end for _, end, _ in found[:-1]] == [begin for begin, _, _ in found[1:]]
    assert found[-1][2] == 1.0
    for begin, end, factor in found:
        stop = min(end, 100.0 * WEEK)
        grown = usual_hours(some, calendar, warmup, stop) - usual_hours(some, calendar, warmup, begin)
        assert grown == pytest.approx(factor * (calendar.open_hours(stop) - calendar.open_hours(begin)), abs=1e-6)


def test_who_is_away_is_counted_with_those_who_left() -> None:
    """Of five people in sales three leave; three more cannot be away before they are replaced."""
    text = f"{GOOD}shocks: [{leaver(10, 3, 8)}, {{kind: short_staffed, week: 12, department: sales, people: 3}}]\n"
    (only,) = findings(text)
    assert only.field == "shocks[1].people"
    assert str(only).endswith("expected at most 2, for so many are there then (3 of 5 have left before)")
    (only,) = findings(f"{GOOD}shocks: [{{kind: short_staffed, week: 12, department: kitchen}}]\n")
    assert only.field == "shocks[0].department"


def test_suppliers_fail_where_somebody_waits_for_them() -> None:
    """A process, or a step, without anything outside is none; nor is one that is not there."""
    (only,) = findings(f"{GOOD}shocks: [{{kind: supplier_failure, week: 1, process: order}}]\n")
    assert only.field == "shocks[0].process"
    assert "found 'order', where nobody outside is waited for, expected a process or a step with external" in str(only)
    first, *_ = findings(f"{GOOD}shocks: [{{kind: supplier_failure, week: 1, process: order, step: nowhere}}]\n")
    assert first.field == "shocks[0].step"


def test_what_is_told_wrongly_is_about_goods() -> None:
    """A step that says nothing of goods, or is not there, is none."""
    (only,) = findings(f"{GOOD}shocks: [{{kind: wrong_update, week: 1, process: order, step: make}}]\n")
    assert only.field == "shocks[0].step"
    assert "found 'make', which says nothing of goods, expected a step with short_wait" in str(only)
    (only,) = findings(f"{GOOD}shocks: [{{kind: wrong_update, week: 1, process: order, step: nowhere}}]\n")
    assert only.field == "shocks[0].step"
    (only,) = findings(f"{GOOD}shocks: [{{kind: wrong_update, week: 1, process: ordr, step: make}}]\n")
    assert only.field == "shocks[0].process"


def test_urgent_orders_are_among_the_planned_cases() -> None:
    """Three in the warm-up, two that count, one after the end."""
    some = [UrgentOrder(week=week, process="order", cases=n) for week, n in ((-1, 3), (0, 2), (50, 1))]
    plain, busy = loads(GOOD), shocked(*some)
    assert planned_cases(busy, busy.shocks, "order", 10.0, 60.0) == pytest.approx(605.0)
    counted = [counted_cases(one, one.shocks, "order", 10.0, 50.0) for one in (plain, busy)]
    assert counted[1] - counted[0] == pytest.approx(2.0)
