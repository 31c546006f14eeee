"""Interventions on goals, by hand: who shares a bonus, whose lever a sponsor moves, which departments are purses."""

import pytest

import sim
from sim.compile import compile_scenario
from sim.interventions import Adoption, BudgetPool, GoalMeeting, LeadershipSponsorship, SharedKpi
from sim.outcome import start
from sim.scenario import Scenario, loads
from sim.spec.levers import LEVERS

AT_ONCE = Adoption(fidelity=1.0, ramp_weeks=0.0)
BUDGETS = """
departments:
  first: {staff: 5, purse: true}
  second: {staff: 5, purse: true}
  clerks: {staff: 4}
processes:
  early: {demand: {at: [20, 20, 20, 20, 20, 20, 20, 20, 20, 20]}, steps: {pay: {R: first, work: 20}}}
  late: {demand: {at: [600]}, steps: {pay: {R: second, work: 20}}}
  note: {demand: {at: [700]}, steps: {write: {R: clerks, work: 1}}}
relations: {pairs: [{from: first, to: second, trust: 0.1}]}
levers: {preset: neutral, alignment: 0}
horizon_weeks: 5
warmup_weeks: 0
"""


@pytest.fixture(scope="module")
def firm() -> Scenario:
    """Return the manufacturer."""
    return sim.load("order_delivery")


@pytest.mark.parametrize(
    ("sharers", "equal", "contribution"),
    [(("sales", "production"), 1.0, 1.0), ((), 0.25**0.25, (1.0 + 0.25**0.25) / 2.0)],
)
def test_a_bonus_split_by_contribution_is_diluted_half_as_much(firm, sharers, equal, contribution) -> None:
    """Two sharers lose nothing, eight a part of it; a fifth of the pay is four sevenths of the gap before that."""
    for split, kept in (("equal", equal), ("contribution", contribution)):
        (edit,) = SharedKpi(departments=sharers, split=split, meeting_minutes=0.0).edits(firm)[:1]
        assert edit.strength == pytest.approx(4.0 / 7.0 * kept)


def test_a_sponsor_moves_management_and_what_others_mean(firm) -> None:
    """Goals and authority are those of management alone; where it takes no part they are nobody's."""
    moved = {edit.lever: edit for edit in LeadershipSponsorship().edits(firm) if edit.lever != "overhead"}
    assert {lever: edit.where for lever, edit in moved.items()} == {
        "leadership": (),
        "alignment": ("management",),
        "authority": ("management",),
    }
    elsewhere = LeadershipSponsorship(departments=("sales", "production")).edits(firm)
    assert [edit.strength for edit in elsewhere if edit.lever in ("alignment", "authority")] == [0.0, 0.0]
    spent = [(edit.where, edit.strength) for edit in LeadershipSponsorship().edits(firm) if edit.lever == "overhead"]
    assert spent == [(("management",), 0.1)]


def test_a_goal_meeting_brings_as_much_as_people_follow_through() -> None:
    """Half of the news, of which half is carried out, with nothing left out by adoption."""
    told = BUDGETS.replace("alignment: 0", "alignment: 0, withholding: 40, follow_through: 0.5")
    scenario = loads(told).with_interventions([GoalMeeting(adoption=AT_ONCE)])
    levers = start(compile_scenario(scenario), 1, 0).state.departments["lever"]
    clerks = levers[list(scenario.departments).index("clerks")]
    assert clerks[LEVERS["withholding"].lever] == pytest.approx(30.0)
    assert clerks[LEVERS["alignment"].lever] == pytest.approx(0.05)


def test_all_purses_are_pooled_or_those_that_are_named() -> None:
    """People are not lent unless somebody names their department; without purses nothing is moved."""
    world = loads(BUDGETS)
    assert BudgetPool().purses(world) == ("first", "second")
    assert BudgetPool(departments=("clerks",)).purses(world) == ("clerks",)
    moved = [edit for edit in BudgetPool().edits(sim.load("order_delivery")) if edit.lever != "overhead"]
    assert [edit.strength for edit in moved] == [0.0, 0.0]


def test_a_purse_that_has_nothing_to_pay_pays_for_the_other() -> None:
    """Ten bills of 20 at once: two rounds of five with one purse, and one round with both."""
    world = loads(BUDGETS)
    pooled = world.with_interventions([BudgetPool(adoption=AT_ONCE, minutes=0.0, start_week=0.0)])
    now, then = (sim.run(one, 1).measures.iloc[0] for one in (world, pooled))
    assert then["lead_time_mean.early"] < now["lead_time_mean.early"]
    assert (now["hours_lent"], then["hours_lent"] > 0.0) == (0.0, True)


def test_money_does_nobodys_work() -> None:
    """Ten notes wait for four clerks, who have dealings with an idle purse; it helps where it is people."""
    notes = {
        "processes.note.demand.at": [20.0] * 10,
        "processes.note.steps.pay": {"R": "first", "work": 1.0},
        "processes.early.demand.at": [600.0],
        "horizon_weeks": 2.0,
    }
    pool = BudgetPool(departments=("first",), adoption=AT_ONCE, minutes=0.0, start_week=0.0)
    firm = loads(BUDGETS).changed(notes).with_interventions([pool])
    money, people = (firm.changed({"departments.first.purse": purse}) for purse in (True, False))
    assert sim.run(money, 1).measures.iloc[0]["hours_lent"] == 0.0
    assert sim.run(people, 1).measures.iloc[0]["hours_lent"] > 0.0
