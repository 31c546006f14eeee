"""The progress table agrees with what the run itself says of its cases and of its moves."""

import pandas as pd
import pytest

import sim
from sim.spec.findings import TextError
from sim.templates import plan, progress, progress_by_step
from sim.templates.moments import day_hours
from sim.templates.standing import STATES
from tests import ROOT

SHORT = {"warmup_weeks": 2, "horizon_weeks": 8}
SHOP = str(ROOT / "tests" / "laws" / "online_shop.yaml")
SHOP_CHANGES = {"shocks": [], "horizon_weeks": 12}
RESTAURANT = str(ROOT / "tests" / "laws" / "restaurant.yaml")
HOUSE = str(ROOT / "tests" / "laws" / "software_house.yaml")


@pytest.mark.compiled
@pytest.mark.parametrize(
    ("name", "changes", "day"),
    [
        ("order_delivery", SHORT, 30),
        ("order_delivery", SHORT, -3),
        ("trust_trap", {}, 21),
        (RESTAURANT, {}, 2),
        (HOUSE, {}, 45),
        (SHOP, SHOP_CHANGES, 30),
    ],
)
def test_open_cases_are_those_of_the_cases_table(name: str, changes: dict[str, object], day: int) -> None:
    """All of them, each at one step or several, and what a case does is what the log says of it."""
    scenario = sim.load(name, changes)
    table = progress(scenario, day, seed=3, replication=1)
    result = sim.run(scenario, 1, 3, first=1, log=True)
    now, cases = day_hours(scenario, day), result.cases
    came = (cases["arrival"] < now) & ~cases["lost"] & ~cases["prevented"]
    still = cases[came & ~(cases["finish"] <= now)]
    assert set(table["case"]) == set(still["case"])
    assert len(table) > 0
    assert set(table["state"]) <= set(STATES)
    assert (table["since"] <= now).all()
    moves, frozen = result.moves, result.frozen
    at_work = moves[(moves["begun"] <= now) & ~(moves["ended"] <= now) & (moves["kind"] == "work")]
    plain = at_work[~at_work["case"].isin(frozen[(frozen["begin"] <= now) & ~(frozen["end"] <= now)]["case"])]
    there = table[table["state"] == "work"]
    worked = table[table["state"].isin(["work", "rework"])]
    assert set(zip(there["case"], there["step"], strict=True)) <= pairs(plain)
    assert pairs(plain) <= set(zip(worked["case"], worked["step"], strict=True))
    held = frozen[(frozen["begin"] <= now) & ~(frozen["end"] <= now)]
    assert set(table[table["state"] == "frozen"]["case"]) == set(held["case"]) & set(still["case"])
    wanted = dict(zip(cases["case"], cases["target"], strict=True))
    assert all(row.wanted == wanted[row.case] or pd.isna(row.wanted) for row in table.itertuples())


@pytest.mark.compiled
@pytest.mark.parametrize(("name", "changes", "day"), [("order_delivery", SHORT, 33), (SHOP, SHOP_CHANGES, 30)])
def test_what_a_case_waits_for_is_in_the_log(name: str, changes: dict[str, object], day: int) -> None:
    """Each state has its line: a move that nobody has noticed or begun, an open pause, an approval asked for."""
    scenario = sim.load(name, changes)
    table, now = progress(scenario, day, seed=2), day_hours(scenario, day)
    result = sim.run(scenario, 1, 2, log=True)
    moves = result.moves.astype({"to": str, "kind": str, "how": str})
    open_ = moves[(moves["sent"] <= now) & ~(moves["ended"] <= now)]
    work, heard = open_[open_["kind"] == "work"], open_["received"] <= now
    pauses = result.parked[(result.parked["begin"] <= now) & ~(result.parked["end"] <= now)]
    expected = {
        "queue": pairs(work[heard[work.index] & ~(work["begun"] <= now)]),
        "answer": pairs(pauses[pauses["reason"] == "answers"]),
        "goods": pairs(pauses[pauses["reason"] == "goods"]),
        "approval": pairs(open_[open_["kind"] == "approve"]),
        "disputed": pairs(open_[open_["kind"].isin(["triage", "mediate", "work"])]),
    }
    for state, places in expected.items():
        there = table[table["state"] == state]
        assert set(zip(there["case"], there["step"], strict=True)) <= places, state
    approvals = table[table["state"] == "approval"]
    asked = dict(zip(open_["case"][open_["kind"] == "approve"], open_["to"][open_["kind"] == "approve"], strict=True))
    assert all(asked[row.case] == row.awaited for row in approvals.itertuples())
    assert table["state"].nunique() >= 4


def pairs(moves: pd.DataFrame) -> set[tuple[int, str]]:
    """Return cases with their steps."""
    return set(zip(moves["case"], moves["step"], strict=True))


@pytest.mark.compiled
def test_dates_are_those_of_the_plan_and_late_is_what_is_over() -> None:
    """The most urgent come first; the summary counts every place once."""
    scenario = sim.load("order_delivery", SHORT)
    table = progress(scenario, 40)
    now = day_hours(scenario, 40)
    assert table["days_left"].tolist() == pytest.approx(((table["due"] - now) / 24.0).tolist())
    assert table["days_left"].is_monotonic_increasing
    assert (table["late"] == (table["due"] < now)).all()
    steps = progress_by_step(table)
    assert int(steps["cases"].sum()) == len(table)
    assert int(steps["late"].sum()) == int(table["late"].sum())
    assert all(sum(row.states.values()) == row.cases for row in steps.itertuples())


@pytest.mark.compiled
def test_a_case_that_came_when_the_plan_begins_has_its_dates() -> None:
    """What is due is the latest date of the plan, or the milestone."""
    text = """
departments: {a: {staff: 1}, b: {staff: 1}}
processes:
  p:
    demand: {at: [8]}
    target_days: 20
    steps:
      x: {R: a, work: 2}
      y: {R: b, work: 30, due_days: 4}
levers: {preset: neutral}
warmup_weeks: 0
horizon_weeks: 4
"""
    scenario = sim.scenario.loads(text)
    rows = plan(scenario).set_index("step")
    (row,) = progress(scenario, 1).to_dict("records")
    assert (row["step"], row["state"], row["with"]) == ("y", "work", "b")
    assert row["planned"] == rows.loc["y", "finish"]
    assert row["due"] == rows.loc["y", "milestone"] == 104.0
    assert row["since"] == 10.0
    assert progress(scenario, 20).empty
    assert progress_by_step(progress(scenario, 20)).empty


@pytest.mark.parametrize("day", [435, -71, "abc", "nan", "1e400", "2027-01-05", 1.5, None, True])
def test_days_outside_of_the_run_are_refused(day: object) -> None:
    """In a sentence that says which there are."""
    with pytest.raises(TextError, match=r"day: found .*, expected a day of the run, from -70 to 434$"):
        progress(sim.load("order_delivery"), day)


@pytest.mark.compiled
def test_a_day_may_be_a_date_where_there_are_dates() -> None:
    """The first of them is day 0."""
    scenario = sim.load(HOUSE)
    assert progress(scenario, "2027-01-20").equals(progress(scenario, 16))
    with pytest.raises(TextError, match="or its date such as"):
        progress(scenario, "2031-01-20")
