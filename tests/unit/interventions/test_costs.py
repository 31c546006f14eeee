"""Rows of the table of what an intervention costs, by hand: whose hours, whose money, once, every week and per case."""

from functools import reduce
from typing import Any

import numpy as np
import pytest

from sim.compile import compile_scenario
from sim.interventions import (
    Adoption,
    Edit,
    Forms,
    HoursOf,
    Intervention,
    Minutes,
    OnceHours,
    Pay,
    PerCase,
    ShareOfWork,
    Signed,
    Spending,
)
from sim.interventions.costs import CostRow
from sim.interventions.verbs import taking_part
from sim.money import spendings
from sim.outcome import start
from sim.scenario import Scenario, ScenarioError, loads
from sim.spec.levers import LEVERS
from sim.spec.organization import Organization
from sim.spec.traffic import visits
from sim.study.directcost import direct_cost
from sim.vocab import WEEK

WEEKS = 10
FIRM = f"""
calendars:
  half: {{mon-fri: ["09:00-13:00"]}}
departments:
  front: {{staff: 4, cost_per_hour: 30}}
  back: {{staff: 5, cost_per_hour: 50, pools: {{head: {{hours_per_week: 8}}}}}}
  part: {{staff: 1, cost_per_hour: 20, calendar: half}}
  guard: {{staff: 2, cost_per_hour: 25, calendar: always}}
  boss: {{staff: 2, cost_per_hour: 100}}
management: boss
processes:
  order:
    demand: {{per_week: 12}}
    steps:
      take: {{R: front, C: [part], work: 1}}
      make: {{R: back, A: back.head, work: 2, short: 0.1, short_wait: 8}}
      send: {{R: back, work: 1, short: 0.2, short_wait: 8}}
  claim:
    demand: {{per_week: 6}}
    steps:
      hear: {{R: front, work: 1}}
      mend: {{R: guard, work: 1}}
levers: {{preset: neutral}}
horizon_weeks: {WEEKS}
warmup_weeks: 2
"""
PEOPLE = {"front": 4.0, "back": 5.0, "part": 0.5, "guard": 2 * 168 / 40, "boss": 2.0}
"""How many of 40 hours a week each department has."""
ALL = tuple(PEOPLE)


@pytest.fixture(scope="module")
def firm() -> Scenario:
    """Return five departments: two in offices, one for half a day, one that is always there, and those who decide."""
    return loads(FIRM)


class Costing(Intervention):
    """Something that costs what its rows say."""

    minutes: float = 30.0

    @property
    def hours(self) -> float:
        """Two hours."""
        return 2.0


def with_rows(*rows: CostRow, **fields: Any) -> Costing:
    """Return an intervention with some rows of costs."""
    cls = type("Rowed", (Costing,), {"costs": rows, "__doc__": "Something that costs what its rows say."})
    return cls(**fields)


def shares(one: Intervention, firm: Scenario) -> dict[str, float]:
    """Return the share of working time that is charged in each department, of edits that may name several."""
    found: dict[str, float] = {}
    for edit in one.edits(firm):
        assert (edit.lever, edit.toward, edit.paid, edit.worsens) == ("overhead", 1.0, True, True)
        found |= dict.fromkeys(edit.where or ALL, edit.strength)
    return found


def hours(firm: Scenario, one: Intervention) -> dict[str, float]:
    """Return the hours of all weeks together that an intervention costs directly, by department."""
    cost = direct_cost(firm, one)
    assert cost.hours == pytest.approx(sum(cost.departments.values()), abs=1e-12)
    return {name: WEEKS * each for name, each in cost.departments.items() if each}


def test_minutes_are_of_everybody(firm: Scenario) -> None:
    """Half an hour of 40; of as many people as man the posts."""
    one = with_rows(Minutes("minutes"))
    assert shares(one, firm) == dict.fromkeys(ALL, 0.0125)
    assert hours(firm, one) == pytest.approx({name: WEEKS * 0.5 * each for name, each in PEOPLE.items()})


def test_minutes_may_be_of_some_weeks_and_fade(firm: Scenario) -> None:
    """What is charged begins later, ends, and becomes half as much."""
    one = with_rows(Minutes(60.0, weeks=3.0, after_weeks=2.0, fades_weeks=5.0))
    expected = Edit("overhead", 1.0, 0.025, (), True, 2.0, 3.0, True, 5.0)
    assert one.edits(firm) == (expected,)
    short = with_rows(Minutes(60.0, weeks=3.0, after_weeks=2.0))
    assert hours(firm, short)["front"] == pytest.approx(3 * 4.0)


def test_hours_once_are_spread_over_the_first_weeks(firm: Scenario) -> None:
    """Eight hours of everybody in four weeks are two a week, and eight in all."""
    assert with_rows(OnceHours(8.0)).edits(firm) == (Edit("overhead", 1.0, 0.05, (), True, 0.0, 4.0, True),)
    for weeks in (1.0, 4.0, 8.0):
        one = with_rows(OnceHours(8.0, over_weeks=weeks))
        assert hours(firm, one) == pytest.approx({name: 8.0 * each for name, each in PEOPLE.items()})
    cost = direct_cost(firm, with_rows(OnceHours("hours", over_weeks=2.0)))
    assert cost.most_hours == pytest.approx(sum(PEOPLE.values()))
    assert cost.hours == pytest.approx(2.0 * sum(PEOPLE.values()) / WEEKS)


def test_hours_of_one_are_the_same_in_every_department(firm: Scenario) -> None:
    """Three hours a week of one person, whether there are many or few, and whatever hours they work."""
    found = hours(firm, with_rows(HoursOf(3.0)))
    assert found == pytest.approx(dict.fromkeys(ALL, 3.0 * WEEKS))
    assert shares(with_rows(HoursOf(3.0)), firm) == pytest.approx({k: 3.0 / 40.0 / n for k, n in PEOPLE.items()})


def test_hours_of_one_are_at_most_all_there_are(firm: Scenario) -> None:
    """Of half a person there are twenty hours a week."""
    assert shares(with_rows(HoursOf(30.0)), firm)["part"] == 1.0


def test_hours_of_leaders_are_of_everybody_in_management(firm: Scenario) -> None:
    """Two people lose two hours each; where management takes no part one of each department does."""
    assert hours(firm, with_rows(HoursOf("hours", "leaders"))) == pytest.approx({"boss": 2.0 * 2.0 * WEEKS})
    here = with_rows(HoursOf("hours", "leaders"), departments=("front", "guard"))
    assert hours(firm, here) == pytest.approx({"front": 2.0 * WEEKS, "guard": 2.0 * WEEKS})
    without = ("management: boss\n", ", pools: {head: {hours_per_week: 8}}", "A: back.head, ")
    headless = loads(reduce(lambda text, part: text.replace(part, ""), without, FIRM))
    assert set(shares(with_rows(HoursOf("hours", "leaders")), headless)) == set(ALL)


def test_hours_of_fronts_are_of_those_who_take_cases_in(firm: Scenario) -> None:
    """Each once, however many processes it is the front of; nobody where it takes no part."""
    assert hours(firm, with_rows(HoursOf(1.5, "front"))) == pytest.approx({"front": 1.5 * WEEKS})
    assert shares(with_rows(HoursOf(1.5, "front"), departments=("back",)), firm) == {}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("all", {"front": 12 + 6, "back": 12, "part": 12, "guard": 6}),
        ("consulted", {"part": 12, "front": 6, "guard": 6}),  # nobody is consulted about claims
        ("front", {"front": 12 + 6}),
        ("supplied", {"back": 2 * 12}),  # two steps that need goods
    ],
)
def test_minutes_per_case_at_the_planned_numbers(firm: Scenario, who: Any, expected: dict[str, float]) -> None:
    """Of one person of each department that takes part, for every case of a week."""
    assert hours(firm, with_rows(PerCase("minutes", who))) == pytest.approx(
        {name: 0.5 * cases * WEEKS for name, cases in expected.items()}
    )
    here = with_rows(PerCase("minutes", who), departments=("front", "guard"))
    assert set(shares(here, firm)) == set(expected) & {"front", "guard"}


@pytest.mark.parametrize("who", ["all", "consulted"])
def test_a_share_of_the_work_is_shared_by_those_who_take_part(firm: Scenario, who: Any) -> None:
    """All of them together spend that share of the hours of all steps, for every case of a week."""
    flows = firm.processes.values()
    weekly = sum(
        flow.demand.weekly * often * flow.steps[name].work.mean
        for flow in flows
        for name, often in visits(flow).items()
    )
    taken = hours(firm, with_rows(ShareOfWork(0.1, who)))
    assert sum(taken.values()) == pytest.approx(0.1 * weekly * WEEKS)
    expected = set().union(*(taking_part(flow, who) for flow in flows))
    assert set(taken) == expected
    assert set(shares(with_rows(ShareOfWork(0.1, who), departments=("front",)), firm)) == expected & {"front"}


SHORT = "short: 0.1, short_wait: 8"
SKIPPED = f"{{one: {{R: front, work: 4}}, two: {{R: back, work: 2, probability: 0.5, {SHORT}}}}}"
AGAIN = f"{{one: {{R: front, work: 4, next: {{one: 0.5, two: 0.5}}}}, two: {{R: back, work: 2, {SHORT}}}}}"
ROUNDS = f"{{one: {{R: front, work: 4, {SHORT}, next: {{one: 0.75}}}}}}"


@pytest.mark.parametrize(
    ("steps", "work", "supplies"), [(SKIPPED, 4 + 0.5 * 2, 0.5), (AGAIN, 8 + 2, 1.0), (ROUNDS, 16.0, 4.0)]
)
def test_steps_count_as_often_as_a_case_comes_to_them(steps: str, work: float, supplies: float) -> None:
    """Which may be less than once, or again and again."""
    world = loads(
        "departments: {front: {staff: 9}, back: {staff: 9}}\n"
        f"processes: {{case: {{demand: {{per_week: 2}}, steps: {steps}}}}}\n"
    )
    assert sum(hours(world, with_rows(ShareOfWork(0.1))).values()) == pytest.approx(0.1 * work * 2 * WEEKS)
    supplied = hours(world, with_rows(PerCase("minutes", "supplied")))
    assert sum(supplied.values()) == pytest.approx(0.5 * supplies * 2 * WEEKS)


def test_a_process_that_nobody_can_leave_is_told_as_what_it_is() -> None:
    """Not as a sum that cannot be solved, where an intervention of one's own asks for it."""

    class Looking(Intervention):
        """Everybody looks at every case."""

        def edits(self, organization: Organization) -> tuple[Edit, ...]:
            return self.cost_of_work(organization, 0.1)

    steps = "{s: {R: a, work: 1, next: {s: 0.5}}}"
    text = f"departments: {{a: {{staff: 1}}}}\nprocesses: {{p: {{demand: {{per_week: 1}}, steps: {steps}}}}}\n"
    with pytest.raises(ScenarioError, match="cases never leave from here"):
        loads(text).with_interventions([Looking()]).changed({"processes.p.steps.s.next.s": 1.0})


def test_forms_and_signatures_come_on_top_of_those_there_are(firm: Scenario) -> None:
    """In full whether or not people mean it, at half strength half of it; the class says that it moves these levers."""
    one = with_rows(Forms("minutes"), Signed(2.0), adoption=Adoption(fidelity=0.0))
    assert type(one).levers == ("form_hours", "signatures")
    heavy = firm.model_copy(update={"levers": {**firm.levers, "form_hours": 0.1, "signatures": 1.0}})
    for strength, forms, signatures in ((1.0, 0.5, 2.0), (0.5, 0.25, 1.0)):
        weak = one.model_copy(update={"strength": strength})
        for told, before in ((firm, (0.0, 0.0)), (heavy, (0.1, 1.0))):
            machine = start(compile_scenario(told.with_interventions([weak])), 1, 0)
            machine.advance(told.window[0] + 1.0)
            lever = machine.state.departments["lever"]
            found = [lever[0, LEVERS[name].lever] for name in ("form_hours", "signatures")]
            assert found == pytest.approx([before[0] + forms, before[1] + signatures], rel=0.06)


def test_people_who_approve_lose_what_management_loses(firm: Scenario) -> None:
    """They belong to management: what its people spend they spend, and nothing of what their department does."""
    found = {}
    for place, rows in {"boss": HoursOf(4.0, "leaders"), "back": Minutes(60.0), "all": Minutes(240.0)}.items():
        one = with_rows(rows, departments=() if place == "all" else (place,), start_week=-2.0)
        machine = start(compile_scenario(firm.with_interventions([one])), 1, 0)
        charged = machine.state.departments["lever"][:, LEVERS["overhead"].lever]
        found[place] = dict(zip(firm.pools(), charged.tolist(), strict=True))
    others = dict.fromkeys(firm.pools(), 0.0)
    assert found["boss"] == pytest.approx(others | {"boss": 0.1, "back.head": 0.1})
    assert found["back"] == pytest.approx(others | {"back": 0.025})
    assert found["all"] == pytest.approx(dict.fromkeys(firm.pools(), 0.1))


def test_pay_is_hours_of_everybody_or_of_one_on_average(firm: Scenario) -> None:
    """At each department's rate; of one person of average pay in all."""
    rates = {"front": 30, "back": 50, "part": 20, "guard": 25, "boss": 100}
    every = sum(rates[name] * each for name, each in PEOPLE.items())
    assert with_rows(Pay(2.0, 0.5)).spends(firm) == Spending(pytest.approx(2.0 * every), pytest.approx(0.5 * every))
    average = every / sum(PEOPLE.values())
    total = with_rows(Pay("hours", "minutes", per="total")).spends(firm)
    assert (total.once, total.weekly) == pytest.approx((2.0 * average, 30.0 * average))


def test_pay_is_of_the_departments_concerned(firm: Scenario) -> None:
    """Nine people, four at 30 and five at 50."""
    here = ("front", "back")
    assert with_rows(Pay(1.0), departments=here).spends(firm) == Spending(370.0, 0.0)
    assert with_rows(Pay(1.0, per="total"), departments=here).spends(firm).once == pytest.approx(370 / 9)
    assert with_rows(Pay(1.0), departments=here).edits(firm) == ()


def test_rows_add_up_with_what_is_said_beside_them(firm: Scenario) -> None:
    """Money of rows and of the fields; time that nobody's row takes is not taken."""
    one = with_rows(Pay(1.0, 0.1), Pay(3.0), departments=("front",), money_once=7.0, money_per_week=5.0)
    assert one.spends(firm) == Spending(487.0, pytest.approx(17.0))
    assert type(one).levers == ()
    assert type(with_rows(Pay(1.0), Minutes(1.0))).levers == ("overhead",)


def spent(firm: Scenario, one: Intervention) -> list[float]:
    """Return the money of each counted week, and of all of it what is spent once."""
    edges = firm.window[0] + np.arange(WEEKS + 1) * WEEK
    ((once, weekly),) = spendings(firm, (one,), edges)
    return [*(once + weekly).tolist(), float(once.sum())]


def test_pay_counts_from_start_to_end_and_once_in_its_first_week(firm: Scenario) -> None:
    """120 once in the third week, 12 a week until it ends in the middle of the sixth."""
    one = with_rows(Pay(1.0, 0.1), departments=("front",), start_week=2.0, end_week=5.5)
    assert spent(firm, one) == pytest.approx([0, 0, 132, 12, 12, 6, 0, 0, 0, 0, 120])


def test_strength_scales_pay_and_time(firm: Scenario) -> None:
    """Half of it costs half, of everything."""
    rows = (Pay(1.0, 0.1), Minutes(60.0), OnceHours(4.0), HoursOf(2.0, "leaders"), PerCase(10.0))
    whole, half = (direct_cost(firm, with_rows(*rows, strength=one)) for one in (1.0, 0.5))
    assert half.once == pytest.approx(0.5 * whole.once)
    paid = [one.money - sum(h * firm.departments[d].cost_per_hour for d, h in one.departments.items())
            for one in (whole, half)]  # fmt: skip
    assert paid[1] == pytest.approx(0.5 * paid[0])
    assert half.hours == pytest.approx(0.5 * whole.hours, rel=0.02)  # the second hour is of what the first has left


def test_time_counts_from_start_to_end(firm: Scenario) -> None:
    """An hour a week of four people for three weeks and a half."""
    one = with_rows(Minutes(60.0), departments=("front",), start_week=2.0, end_week=5.0)
    assert hours(firm, one) == pytest.approx({"front": 3 * 4.0})
    began = with_rows(OnceHours(8.0), departments=("front",), start_week=-2.0)
    assert hours(firm, began) == pytest.approx({"front": 2 * 8.0})  # half of it is over when counting begins


def test_direct_cost_has_rows_of_money_in_it(firm: Scenario) -> None:
    """Weekly money is in the mean week, what is spent once beside it, and both in the dearest week."""
    cost = direct_cost(firm, with_rows(Pay(1.0, 0.1), departments=("front",)))
    assert (cost.hours, cost.money, cost.once) == (0.0, pytest.approx(12.0), pytest.approx(120.0))
    assert cost.most_money == pytest.approx(132.0)
