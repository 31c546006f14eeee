"""What counts, on which clock, and from when: numbers that depend on nothing but what they are about."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

import sim
from sim.compile import compile_scenario
from sim.interventions import Raci
from sim.outcome import start
from sim.replications import replicate
from sim.scenario import Scenario, ScenarioError, loads
from sim.vocab import WEEK, Lever
from tests.worlds.drawn import law

pytestmark = pytest.mark.compiled

MIX = """
levers: {{preset: neutral}}
departments: {{a: {{staff: 900, calendar: always}}}}
processes:
  long: {{demand: {{per_week: 20, during: always}}, target_days: 30, steps: {{s: {{R: a, work: 100}}}}}}
  short: {{demand: {{per_week: 20, during: always}}, target_days: 10, steps: {{t: {{R: a, work: 10}}}}}}
warmup_weeks: 2
horizon_weeks: {weeks}
"""


@law
@given(st.integers(1, 60), st.integers(1, 1000))
def test_lead_times_do_not_depend_on_the_horizon(weeks: int, seed: int) -> None:
    """Two processes of 10 and 100 hours in which nobody waits: all that arrive count, whatever their target."""
    result = sim.run(loads(MIX.format(weeks=weeks)), seed=seed, threads=1)
    found, (begin, end) = result.measures.iloc[0], result.scenario.window
    counted = result.cases[(result.cases["arrival"] >= begin) & (result.cases["arrival"] < end)]
    long = (counted["process"] == "long").mean()
    assert found["lead_time_mean"] == pytest.approx(100.0 * long + 10.0 * (1.0 - long))
    assert (found["lead_time_mean.long"], found["lead_time_mean.short"]) == pytest.approx((100.0, 10.0))
    assert found["unfinished_share"] == 0.0


def test_a_longer_horizon_sees_the_same_cases_and_more() -> None:
    """What arrives in the first weeks is equal to the bit; nothing is counted twice or dropped."""
    short, long = (sim.load("order_delivery").model_copy(update={"horizon_weeks": weeks}) for weeks in (6.0, 12.0))
    one, other = (sim.run(scenario, seed=3).cases for scenario in (short, long))
    n = int((one["arrival"] < short.window[1]).sum())
    assert one["arrival"][:n].tolist() == other["arrival"][:n].tolist()
    assert one["finish"][:n].fillna(-1.0).tolist()[: n // 2] == other["finish"][:n].fillna(-1.0).tolist()[: n // 2]


@pytest.mark.parametrize("days", [8.5, 115, 125.5, 230])
def test_who_is_finished_on_the_last_day_of_a_tail_is_in_time(days: float) -> None:
    """A tail is as long as the longest target, whatever becomes of a day that is counted in weeks."""
    scenario = loads(LAST_DAY.format(days=days, hours=24 * days, weeks=days / 7))
    found = sim.run(scenario, seed=1).measures.iloc[0]
    assert (found["on_time_target"], found["unfinished_share"]) == (1.0, 0.0)


LAST_DAY = """
levers: {{preset: neutral}}
departments: {{a: {{staff: 3, calendar: always}}}}
processes: {{p: {{demand: {{at: [0, 10, 24]}}, target_days: {days}, steps: {{s: {{R: a, work: {hours}}}}}}}}}
warmup_weeks: 1
horizon_weeks: 1
tail_weeks: {weeks}
"""

DAY_OUT = """
levers: {preset: neutral}
departments: {a: {staff: 20}, b: {staff: 20}}
processes: {p: {demand: {per_week: 40}, target_days: 5, steps: {s: {R: a, work: 1}, t: {R: b, work: 1}}}}
warmup_weeks: 10
horizon_weeks: 50
"""


def test_a_cost_that_is_paid_once_is_charged_in_full() -> None:
    """Eight hours of forty people are 320 hours, wherever in the horizon the day falls."""
    for week in (None, 0.0, 30.0):
        day = {"kind": "team_building", "hours": 8.0} | ({} if week is None else {"start_week": week})
        table = sim.compare(loads(DAY_OUT), {"day": [day]}, replications=2, seed=1, measures="coordination_hours").table
        assert table["difference"].iloc[0] * 50.0 == pytest.approx(320.0, rel=0.01)


LONG_TALKS = """
levers: {preset: neutral, adherence: 1}
departments: {a: {staff: 30}, b: {staff: 30}}
processes: {p: {demand: {per_week: 60}, target_days: 5, steps: {s: {R: a, C: [b], work: 1}}}}
coordination_work: {consult: 8}
warmup_weeks: 4
horizon_weeks: 4
"""


def test_talks_that_begin_or_end_on_a_costly_day_take_no_more_work_than_others() -> None:
    """Twenty hours of sixty people in one week are 1200 hours; what they talk about besides is as long as ever."""
    week = {"kind": "custom", "cost_minutes": 1200.0, "start_week": 1.0, "end_week": 2.0}
    table = sim.compare(
        loads(LONG_TALKS), {"week": [week]}, replications=5, seed=1, measures="coordination_hours"
    ).table
    assert table["difference"].iloc[0] * 4.0 == pytest.approx(1200.0, rel=0.02)


def test_a_cost_in_the_warm_up_is_not_charged() -> None:
    """A negative week lies before counting begins."""
    day = {"kind": "team_building", "start_week": -5.0}
    table = sim.compare(loads(DAY_OUT), {"day": [day]}, replications=2, seed=1, measures="coordination_hours").table
    assert table["difference"].iloc[0] == 0.0


def levers_at(scenario: Scenario, week: float) -> Any:
    """Return the lever `clarity` of the first department in a week as files count."""
    machine = start(compile_scenario(scenario), 1, 0)
    machine.advance(scenario.window[0] + week * WEEK)
    return machine.state.departments["lever"][0, Lever.CLARITY]


def test_what_is_introduced_begins_in_week_0_and_what_is_there_already_at_the_start() -> None:
    """Unless it says when."""
    plain = loads(DAY_OUT.replace("preset: neutral", "preset: typical"))
    usual = levers_at(plain, 1.0)
    tried = plain.with_interventions(["raci"])
    assert levers_at(tried, -0.1) == usual < levers_at(tried, 1.0)
    there = plain.model_copy(update={"interventions": (Raci(),)})
    assert levers_at(there, -5.0) > levers_at(tried, 1.0)  # settled, while the other still grows
    early = plain.with_interventions([Raci(start_week=-5.0)])
    assert levers_at(early, -5.1) == usual < levers_at(early, -4.0)


@pytest.mark.parametrize("days", [9, 17, 29, 36])
def test_a_warm_up_of_days_ends_at_midnight(days: int) -> None:
    """Week 0 and whatever is introduced then begin on the day after, neither a day sooner nor one later."""
    scenario = loads(DAY_OUT).model_copy(update={"warmup_weeks": days / 7, "horizon_weeks": 1.0})
    model = sim.LiveOrganization(scenario.with_interventions([{"kind": "custom", "cost_minutes": 60.0}]), seed=1)
    while model.day < days:
        assert model.week < 0
        model.step()
    assert model.week == 0
    model.step()
    daily = sim.run(model.compiled.scenario, seed=1).daily
    assert daily.loc[daily["productivity"] < 1.0, "day"].min() == days


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("interventions: [{kind: raci, start_week: -11}]", r"interventions\[0\].start_week: found -11, expected a"),
        ("compare: [{label: x, with: [{kind: raci, start_week: -11}]}]", r"with\[0\].start_week: found -11"),
        ("compare: [{label: x, with: [{kind: raci, end_week: -2}]}]", r"with\[0\].end_week: found -2, expected a week"),
        ("shocks: [{kind: surge, week: -10.5, process: p}]", r"shocks\[0\].week: found -10.5, expected a week from"),
    ],
)  # fmt: skip
def test_nothing_begins_before_the_run(text: str, sentence: str) -> None:
    """A week before the warm-up is refused in a sentence, wherever it stands."""
    with pytest.raises(ScenarioError, match=sentence):
        loads(DAY_OUT + text + "\n")


def test_nothing_begins_before_the_run_in_python_either() -> None:
    """The sentence names the field."""
    with pytest.raises(
        ScenarioError, match=r"interventions\[0\].start_week: found -11, expected a week from the start"
    ):
        loads(DAY_OUT).with_interventions([Raci(start_week=-11.0)])


def test_shocks_and_dated_cases_count_from_the_end_of_the_warm_up() -> None:
    """A surge of week 2 and a case dated -24 come two weeks after, and a day before, counting begins."""
    text = DAY_OUT.replace("warmup_weeks: 10", "warmup_weeks: 3").replace("horizon_weeks: 50", "horizon_weeks: 4")
    plain, surged = loads(text), loads(text + "shocks: [{kind: surge, week: 2, process: p, weeks: 1, factor: 5}]\n")
    begin, _ = plain.window
    before, after = (sim.run(one, seed=4).cases["arrival"].to_numpy() for one in (plain, surged))
    early = before < begin + 2 * WEEK
    assert before[early].tolist() == after[: early.sum()].tolist()
    within = ((after >= begin + 2 * WEEK) & (after < begin + 3 * WEEK)).sum()
    assert within > 2.5 * ((before >= begin + 2 * WEEK) & (before < begin + 3 * WEEK)).sum()
    dated = loads(text.replace("{per_week: 40}", "{at: [-24, 0, 30]}"))
    assert sim.run(dated).cases["arrival"].tolist() == [begin - 24.0, begin, begin + 30.0]


BUSY = """
levers: {{preset: neutral, {lever}}}
departments: {{a: {{staff: 2, skill: {skill}, calendar: always}}}}
processes:
  p:
    demand: {{per_week: 280, during: always}}
    urgent_share: 0.5
    promise: {{standard_days: 1}}
    steps: {{s: {{R: a, work: {{exponential: {work}}}}}, t: {{R: a, work: {{exponential: {work}}}}}}}
warmup_weeks: 0
horizon_weeks: 4
"""


@pytest.mark.parametrize("lever", ["speedup: 0.4", "transparency: 1", "refusal: 1, alignment: 0"])
@pytest.mark.parametrize("factor", [0.5, 2.0, 4.0])
def test_twice_the_work_at_twice_the_skill_is_the_same_organization(lever: str, factor: float) -> None:
    """What waits is counted in hours of the people who have to do it."""
    one, other = (sim.run(loads(BUSY.format(lever=lever, skill=f, work=0.5 * f)), seed=2).cases for f in (1.0, factor))
    for field in ("finish", "promise"):
        assert np.allclose(one[field], other[field], rtol=0.0, atol=1e-6, equal_nan=True)


APPROVED = """
levers: {{preset: neutral, adherence: 1, latency: 24, latency_spread: 1}}
departments: {{a: {{staff: 30, pools: {{head: {{hours_per_week: {hours}}}}}}}, m: {{staff: 1}}}}
management: m
processes: {{p: {{demand: {{per_week: 15}}, steps: {{s: {{R: a, A: a.head, work: 1}}}}}}}}
coordination_work: {{approve: 0.01}}
horizon_weeks: 60
warmup_weeks: 0
"""


def test_lateness_of_approvals_does_not_depend_on_the_approvers_hours() -> None:
    """What takes longer than two days is late, however few hours he has: at a latency of three days and sigma 1
    P(X > 16) = 1 - Φ(ln(16/24) + 1/2).
    """
    late = []
    for hours in (40, 20, 5):
        daily = sim.run(loads(APPROVED.format(hours=hours)), replications=6, seed=1).daily
        head = daily[daily["department"] == "a.head"]
        late.append(1.0 - head["in_time"].sum() / head["responses"].sum())
    assert late == pytest.approx([norm.sf(np.log(16 / 24) + 0.5)] * 3, abs=0.08)


def test_open_hours_of_a_wait_for_an_approver_are_managements() -> None:
    """Who has to wait longer because an approver has less time does not wait less in open hours."""
    waits = []
    for hours in (40, 20, 5):
        found = replicate(loads(APPROVED.format(hours=hours) + "tail_weeks: 12\n"), replications=3, seed=1)
        waits.append(found.ledger_open["answer"].mean())
    assert waits[0] == pytest.approx(24.0, rel=0.1)
    assert waits[0] < waits[1] < waits[2]


QUARRELS = """
levers: {{preset: neutral, adherence: 1, latency: 8, severity: 1, standoff_hours: 8}}
departments: {{a: {{staff: 30, pools: {{head: {{hours_per_week: {hours}}}}}}}, m: {{staff: 1}}}}
management: m
relations: {{trust: 0}}
response_targets: {{approve: 0.5}}
processes: {{p: {{demand: {{per_week: 5}}, steps: {{s: {{R: a, A: a.head, work: 1}}}}}}}}
coordination_work: {{approve: 0.01, negotiate: 0.01}}
horizon_weeks: 60
warmup_weeks: 0
"""


def test_stand_offs_with_an_approver_do_not_depend_on_the_approvers_hours() -> None:
    """A day on which two sides do not move is a day, however few hours of them one side has for approvals."""
    lengths = []
    for hours in (40, 20, 5):
        cases = sim.run(loads(QUARRELS.format(hours=hours)), replications=3, seed=1).cases
        lengths.append(cases["frozen_hours"].sum() / cases["conflicts"].sum())
    assert lengths == pytest.approx([lengths[0]] * 3, rel=0.1)


FORMS = """
levers: {{preset: neutral, adherence: 1, form_hours: {forms}}}
departments: {{a: {{staff: 20, skill: {skill}}}, b: {{staff: 20, skill: {skill}}}}}
processes:
  p: {{demand: {{per_week: 100}}, steps: {{s: {{R: a, C: [b], work: {skill}}}, t: {{R: b, work: {skill}}}}}}}
coordination_work: {{consult: {skill}}}
warmup_weeks: 1
horizon_weeks: 10
"""


def test_coordination_is_time_of_the_people_who_spend_it() -> None:
    """Twice the work at twice the skill, forms included, takes as many hours, and so does half of each."""
    found = [
        sim.run(loads(FORMS.format(skill=skill, forms=0.5 * skill)), seed=1).measures["coordination_hours"].iloc[0]
        for skill in (1.0, 2.0, 0.5)
    ]
    assert found == pytest.approx([found[0]] * 3)


URGENT = """
levers: {preset: neutral, adherence: 1}
calendars: {early: {mon-fri: ["08:00-12:00"]}, shift: {mon-fri: ["08:00-16:00"]}}
departments:
  a: {staff: 1, calendar: early, pools: {head: {hours_per_week: 5}}}
  b: {staff: 1, calendar: shift}
  m: {staff: 1, calendar: shift}
management: m
processes:
  p: {demand: {at: [11]}, urgent_share: 1, steps: {s: {R: a, A: a.head, work: 2}, t: {R: b, work: 1}}}
warmup_weeks: 0
horizon_weeks: 1
"""


def test_urgent_waits_are_on_one_clock() -> None:
    """Sent on Tuesday at nine to an approver who has the first hour of each day: begun on Wednesday at eight.

    The case comes on Monday at eleven and is begun at once; its two hours of work end on Tuesday at nine, when the
    approver has just left. Until he comes back others are at work for the seven hours that are left of Tuesday.
    """
    result = sim.run(loads(URGENT), seed=1)
    daily = result.daily
    waits = daily.groupby(daily["department"].astype(str))["urgent_wait"].sum()
    assert waits["a.head"] == pytest.approx(7.0)
    assert (waits["a"], waits["b"]) == (0.0, 0.0)
    # the ledger counts them as hours open to whoever waits, and the rest of the day and night as closed
    assert result.case_ledger["answer_queue"].to_list() == pytest.approx([7.0])
    assert result.case_ledger["answer_closed"].to_list() == pytest.approx([23.0 - 7.0])


NIGHTS = """
levers: {{preset: neutral}}
departments: {{a: {{staff: 1}}, b: {{staff: 1}}, m: {{staff: 1, calendar: always}}}}
{management}
processes:
  p:
    demand: {{per_week: 20, during: always}}
    urgent_share: 1
    steps: {{s: {{R: a, work: {{exponential: 1}}}}, t: {{R: b, work: {{exponential: 1}}}}}}
warmup_weeks: 0
horizon_weeks: 8
"""


def test_the_clock_of_all_is_theirs_who_take_part() -> None:
    """That somebody who is there day and night could be called to decide makes nobody's wait longer."""
    one, other = (
        sim.run(loads(NIGHTS.format(management=management)), seed=1).measures["urgent_response"].iloc[0]
        for management in ("", "management: m")
    )
    assert one == other


ASKED = """
levers: {{preset: neutral, adherence: 1}}
departments: {{a: {{staff: 5}}, b: {{staff: 1}}}}
processes:
  p: {{demand: {{at: [8.0, 8.5]}}, urgent_share: 1, target_days: 20, steps: {{s: {{R: a, C: [b], work: 1}}}}}}
  q: {{demand: {{at: [7.0]}}, target_days: 20, steps: {{t: {{R: b, work: 30}}}}}}
interventions: {meetings}
warmup_weeks: 0
horizon_weeks: 2
"""


def test_what_is_answered_in_a_meeting_has_waited_too() -> None:
    """Two questions of eight and half past eight are answered at nine; without a meeting they wait for days."""
    held = "[{kind: daily_standup, minutes: 60, adoption: {ramp_weeks: 0, fidelity: 1}}]"
    for meetings, waits in ((held, 1.0 + 0.5), ("[]", 30.0 + 29.5 + 0.5)):
        daily = sim.run(loads(ASKED.format(meetings=meetings)), seed=1).daily
        assert daily["urgent_n"].sum() == 4.0
        assert daily["urgent_wait"].sum() == pytest.approx(waits)


def test_trust_between_departments_leaves_out_approvers_and_pairs_that_never_deal() -> None:
    """Weights of links: planned dealings of departments, planned approvals of persons, nothing for whoever is idle."""
    compiled = compile_scenario(sim.load("order_delivery"))
    pools, ends = compiled.pools, compiled.link_ends
    links = {(pools[i], pools[j]): row for (i, j), row in zip(ends, compiled.links, strict=False)}
    for (one, other), row in links.items():
        if "." in one or "." in other:
            assert row["weight"] == 0.0
        else:
            assert row["approvals"] == 0.0
    assert links["sales", "production"]["weight"] > 24.0
    assert links["sales", "sales.director"]["approvals"] == pytest.approx(24.0)
    assert {other for (one, other), row in links.items() if one == "management" and row["weight"] > 0.0} == set()


DATED = """
departments: {a: {staff: 1}, b: {staff: 1}}
processes:
  p:
    demand: {at: [0, 24, 48, 80, 96]}
    target_days: 5
    steps: {s: {R: a, C: [b], work: 8}, t: {R: b, work: 8}}
warmup_weeks: 1
horizon_weeks: WEEKS
"""


def test_dated_cases_do_not_depend_on_the_horizon() -> None:
    """How often people deal with each other is planned from the dates, not from how long somebody watches."""
    short, long = (sim.run(loads(DATED.replace("WEEKS", weeks)), seed=5).cases["finish"] for weeks in ("1", "30"))
    assert short.to_list() == long.to_list()


UNDATED = "departments: {a: {staff: 1}}\nprocesses: {p: {demand: {per_week: 5}, TARGETsteps: {s: {R: a, work: 1}}}}\n"


@pytest.mark.parametrize(
    ("target", "tail"), [("", 12.0), ("target_days: 1, ", 1.0), ("target_days: 7, ", 3.0), ("target_days: 30, ", 12.0),
                         ("target_days: 105, ", 15.0)]
)  # fmt: skip
def test_the_usual_tail(target: str, tail: float) -> None:
    """Three targets, between one week and twelve, never less than the target; twelve where nothing tells."""
    assert loads(UNDATED.replace("TARGET", target)).tail == pytest.approx(tail)
