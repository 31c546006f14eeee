"""Forms of the model worked out by hand: how long questions wait, what limits do, what meetings reach, what ages."""

from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

import sim
from sim.compile import compile_scenario
from sim.outcome import Outcome, simulate
from sim.replications import replicate
from sim.scenario import Scenario, loads
from sim.vocab import Kind

pytestmark = pytest.mark.compiled  # many cases

ASKING = """
levers: {preset: neutral, adherence: 1, %s}
departments: {a: {staff: 40, calendar: always}, b: {staff: 40, calendar: always}, c: {staff: 40, calendar: always}}
processes:
  p: {demand: {per_week: 40, during: always}, steps: {s: {R: a, C: [b], work: 1}, t: {R: c, work: 1}}}
coordination_work: {consult: 0.5}
warmup_weeks: 0
horizon_weeks: 60
"""


def leads(levers: str, text: str = ASKING) -> np.ndarray:
    """Return the lead times of an organization in which nobody is ever busy."""
    cases = sim.run(loads(text % levers), replications=2, seed=3, threads=1).cases
    return (cases["finish"] - cases["arrival"]).dropna().to_numpy()


def test_a_question_waits_for_its_own_latency_and_a_hand_over_for_another() -> None:
    """Two hours of work, half an hour of answering; spread 0 is always the mean."""
    assert leads("answer_latency: 10") == pytest.approx(12.5)
    assert leads("latency: 10") == pytest.approx(12.5)
    assert leads("answer_latency: 10, latency: 4") == pytest.approx(16.5)


@pytest.mark.parametrize(("lever", "spread"), [("answer", 1.5), ("hand", 1.8)])
def test_latencies_are_lognormal_with_the_mean_of_their_lever(lever: str, spread: float) -> None:
    """The mean is the lever; median and nine in ten are those of the lognormal: most are quick, a few take days."""
    levers = {"answer": "answer_latency: 3, answer_spread: 1.5", "hand": "latency: 3, latency_spread: 1.8"}
    waits = leads(levers[lever]) - 2.5
    median = 3.0 * np.exp(-0.5 * spread**2)
    assert np.quantile(waits, 0.5) == pytest.approx(median, rel=0.1)
    assert np.quantile(waits, 0.9) == pytest.approx(median * np.exp(spread * norm.ppf(0.9)), rel=0.1)


def test_a_part_is_noticed_on_the_spot_where_somebody_is_free() -> None:
    """Three in ten do not wait at all; where nobody is there, all do."""
    waits = leads("answer_latency: 10, on_the_spot: 0.3") - 2.5
    assert np.isclose(waits, 0.0).mean() == pytest.approx(0.3, abs=0.02)
    assert np.isclose(waits[~np.isclose(waits, 0.0)], 10.0).all()
    hours = "calendars: {night: {mon-sun: ['02:00-03:00']}, day: {mon-sun: ['08:00-16:00']}}\n"
    closed = ASKING.replace("b: {staff: 40, calendar: always}", "b: {staff: 40, calendar: night}")
    closed = hours + closed.replace("during: always", "during: day")
    assert (leads("answer_latency: 0.1, on_the_spot: 1", closed) > 9.0).all()


def test_needless_questions_go_with_clarity() -> None:
    """Of the departments of the process one more is asked, the only one there is; it is asked for nothing."""

    def answers(levers: str) -> tuple[float, float]:
        outcome = simulate(compile_scenario(loads(ASKING % levers)), 1, 0)
        hours = [outcome.days["hours"][outcome.days["department"] == d, Kind.CONSULT].sum() for d in (1, 2)]
        return hours[0], hours[1]

    needed, needless = answers("needless: 0.5, clarity: 0")
    assert needless / needed == pytest.approx(0.5, abs=0.03)
    assert answers("needless: 0.5, clarity: 0.6")[1] / needed == pytest.approx(0.2, abs=0.03)
    assert answers("needless: 0.5, clarity: 1") == (needed, 0.0)


QUARREL = """
levers: {preset: neutral, severity: 1, trust_coupling: 1, ambiguity: 0.5, misrouting: 1, clarity: 0,
  standoff_hours: 1000, %s}
relations: {trust: 0}
departments: {a: {staff: 40, calendar: always}, b: {staff: 40, calendar: always}, c: {staff: 40, calendar: always},
  boss: {staff: 40, calendar: always}}
management: boss
processes:
  p: {demand: {per_week: 2, during: always}, steps: {s: {R: a, work: 1}, t: {R: b, contested_by: [c], work: 1}}}
coordination_work: {mediate: 0.5, negotiate: 20}
warmup_weeks: 0
horizon_weeks: 40
tail_weeks: 40
"""


def frozen(levers: str) -> np.ndarray:
    """Return how long cases are frozen that have one conflict, in hours."""
    cases = sim.run(loads(QUARREL % levers), replications=2, seed=3, threads=1).cases
    found = cases.loc[(cases["conflicts"] == 1) & cases["finish"].notna(), "frozen_hours"].to_numpy()
    assert len(found) > 20
    return found


def test_without_a_path_only_time_ends_a_stand_off() -> None:
    """Nobody steps in: all of the thousand hours."""
    assert frozen("escalation: 0") == pytest.approx(1000.0)


def test_limits_limit_from_the_outbreak() -> None:
    """After the first the superior cuts the rest by half, after the second the executives end it."""
    assert frozen("escalation: 1, tier1_hours: 8, tier2_hours: 6, authority: 0.5") == pytest.approx(8.0 + 6.0 + 0.5)
    assert frozen("escalation: 1, tier1_hours: 30, tier2_hours: 600, authority: 0.5") == pytest.approx(
        30.5 + (1000.0 - 30.5) / 2.0
    )


def test_a_superior_with_all_authority_ends_it_and_spares_the_negotiation() -> None:
    """Twenty hours of negotiating on each side are not waited for."""
    assert frozen("escalation: 1, tier1_hours: 8, tier2_hours: 6, authority: 1") == pytest.approx(8.5)


@pytest.mark.parametrize("latency", [0.0, 4.0, 400.0])
def test_who_is_called_in_looks_within_the_limit(latency: float) -> None:
    """However slow it is otherwise, and whatever it thinks of those who ask: a quarter of the limit on average."""
    limits = f"escalation: 1, tier1_hours: 8, tier2_hours: 8, authority: 1, latency: {latency}, reluctance: 5"
    waits = frozen(limits + ", latency_spread: 1.8") - 8.5
    assert (waits <= 8.0 + 1e-9).all()
    assert waits.mean() <= 2.0 * 1.3


MEETING = """
levers: {preset: neutral, adherence: 1, %s}
departments: {a: {staff: 4, pools: {head: {hours_per_week: 40}}}, b: {staff: 4}, m: {staff: 1}}
management: m
processes:
  p: {demand: {per_week: 3}, steps: {s: {R: a, %s, work: 0.1}}}
coordination_work: {consult: 0.01, approve: 0.01}
warmup_weeks: 1
horizon_weeks: 60
interventions:
  - {kind: daily_standup, minutes: %s, staff_share: 1, adoption: {fidelity: 1, ramp_weeks: 0}}
"""


@pytest.mark.parametrize(("asked", "latency"), [("C: [b]", "answer_latency"), ("A: a.head", "latency")])
def test_a_question_waits_for_the_next_meeting_at_most(asked: str, latency: str) -> None:
    """At ten working days of latency: half a day on average, and the night and the weekend before the next morning."""
    with_meeting = MEETING % (f"{latency}: 80", asked, 60)
    without = with_meeting[: with_meeting.index("interventions")]
    met, alone = (replicate(loads(text), replications=2, seed=3) for text in (with_meeting, without))
    assert alone.ledger_open["answer"].mean() == pytest.approx(80.0, rel=0.05)
    assert 2.0 < met.ledger_open["answer"].mean() < 6.0


def test_hand_overs_of_work_wait_for_no_meeting() -> None:
    """A meeting answers questions; it does not carry work over."""
    text = MEETING % ("latency: 80", "C: [b]", 60)
    text = text.replace("{s: {R: a, C: [b], work: 0.1}}", "{s: {R: a, work: 0.1}, t: {R: b, work: 0.1}}")
    assert replicate(loads(text), replications=2, seed=3).ledger_open["handover"].mean() == pytest.approx(
        80.0, rel=0.05
    )


def test_minutes_buy_news_first_and_then_answers() -> None:
    """Three departments tell their news in three minutes; less leaves some untold, and some questions under way."""
    found = {}
    for minutes in (1, 3, 60):
        text = MEETING % ("answer_latency: 80, sync_decay: 1000", "C: [b]", minutes)
        outcome = simulate(compile_scenario(loads(text)), 1, 0)
        over = np.isfinite(outcome.cases["finish"])
        lead = (outcome.cases["finish"] - outcome.cases["arrival"])[over].mean()
        found[minutes] = (outcome.links["synced"].min(), lead)
    assert found[1][0] < found[3][0] - 10.0
    assert found[3][0] == pytest.approx(found[60][0])
    assert found[1][1] > 1.2 * found[3][1]
    assert found[3][1] == pytest.approx(found[60][1], rel=0.01)


def idle(**levers: float) -> Outcome:
    """Return two departments that described each other and never deal, after so many weeks."""
    world: dict[str, Any] = {
        "departments": {name: {"staff": 1} for name in ("a", "b", "c")},
        "processes": {"p": {"demand": {"at": [1.0]}, "steps": {"s": {"R": "c", "work": 1.0}}}},
        "relations": {"pairs": [{"from": "a", "to": "b", "trust": 0.9, "understanding": 0.8}]},
        "levers": {"preset": "neutral", **levers},
        "warmup_weeks": 0.0,
        "horizon_weeks": 20.0,
        "tail_weeks": 6.0,
    }
    return simulate(compile_scenario(Scenario.model_validate(world)), 1, 0)


def test_idle_relations_forget_and_drift_at_the_rates_that_are_said() -> None:
    """After 26 weeks half of what goes beyond what is written is forgotten; trust drifts to the culture's baseline."""
    levers = {"understanding_half_life": 26.0, "knowledge_base": 0.2, "trust_drift": 0.01, "trust_baseline": 0.5}
    outcome = idle(**levers)
    link = next(row for row, ends in zip(outcome.links, outcome.compiled.link_ends, strict=True) if ends == (0, 1))
    assert link["understanding"] == pytest.approx(0.2 + 0.6 / 2.0)
    assert link["trust"] == pytest.approx(0.5 + 0.4 * np.exp(-0.01 * 26 * 7))


TOLD = """
levers: {preset: neutral, adherence: 1, notice: %s}
departments: {a: {staff: 4, calendar: always}, b: {staff: 4, calendar: always}}
processes: {p: {demand: {at: [100.0]}, steps: {s: {R: a, I: [b], work: 0}}}}
coordination_work: {inform: 0}
warmup_weeks: 0
horizon_weeks: 1
tail_weeks: 1
"""


@pytest.mark.parametrize("share", [0.0, 0.1, 1.0])
def test_a_notice_carries_a_share_of_the_news_both_ways(share: float) -> None:
    """It tells of its case; of the rest it brings both sides up to date by so much."""
    outcome = simulate(compile_scenario(loads(TOLD % share)), 1, 0)
    assert outcome.links["synced"] == pytest.approx([share * 100.0] * 2)


LATE = """
levers: {preset: neutral, adherence: 1, answer_latency: 12, trust_loss: 0.5, trust_coupling: 1, lateness_width: %s}
relations: {trust: 0.8}
departments: {a: {staff: 4, calendar: always}, b: {staff: 4, calendar: always}}
processes: {p: {demand: {at: [1.0]}, steps: {s: {R: a, C: [b], work: 1}}}}
coordination_work: {consult: 0}
response_targets: {consult: 8}
warmup_weeks: 0
horizon_weeks: 1
tail_weeks: 1
"""


@pytest.mark.parametrize(("width", "weight"), [(0.0, 1.0), (0.25, 1.0), (0.5, 1.0), (1.0, 0.5), (2.0, 0.25)])
def test_lateness_weighs_by_how_late_it_is(width: float, weight: float) -> None:
    """Half the target too late: in full up to a width of a half, and half as much at a width of one."""
    outcome = simulate(compile_scenario(loads(LATE % width)), 1, 0)
    link = next(row for row, ends in zip(outcome.links, outcome.compiled.link_ends, strict=True) if ends == (0, 1))
    loss = min(0.9, 0.5 * float(link["norm"]))
    assert link["trust"] == pytest.approx(0.8 * (1.0 - loss * weight))
