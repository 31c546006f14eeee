"""Warnings: who is behind its milestones when most of its time is over is hurried, and others wait for that."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.compile import compile_scenario
from sim.counted import case_measures
from sim.kernel.watching import LOOK
from sim.outcome import cases_of, simulate
from sim.scenario import Scenario
from tests.laws.test_news import all_needed, leveled
from tests.worlds.anatomy import differing, done_at, traces
from tests.worlds.drawn import World, end_of, finished, law, machine_of, shares, works, worlds

pytestmark = pytest.mark.compiled  # many cases


@law
@given(worlds())
def test_warned_is_who_is_behind(world: World) -> None:
    """At the share *look* of its time an onlooker finds a milestone missed, for exactly those still waited for."""
    world = all_needed(world) | {"interventions": []}
    machine = machine_of(leveled(world, warning=1.0))
    until = end_of(world)
    done = done_at(machine, until)
    steps, cases = machine.params.steps, cases_of(machine.state)
    for number, case in enumerate(cases):
        look = case["arrival"] + LOOK * (case["target"] - case["arrival"])
        missed = False
        came = not case["lost"] and not case["prevented"]
        if came and look <= until and not case["served"] <= look:
            for step in steps[(steps["process"] == case["process"]) & (steps["due"] > 0.0)]:
                due = case["arrival"] + step["due"]
                missed |= due <= look < done.get((number, int(step["place"])), np.inf)
        assert case["warned"] == missed


@law
@given(worlds(), shares)
def test_a_warning_alone_hurries_nothing(world: World, watched: float) -> None:
    """Where nothing may overtake or be refused, and nobody has an express rule, warnings change no other bit."""
    off = {"boost": 0.0, "refusal": 0.0, "express": 0.0}
    plain = leveled(world | {"queue": {"rule": "boost"}}, **off, warning=0.0)
    found = differing(
        traces(finished(plain)), traces(finished(plain | {"levers": plain["levers"] | {"warning": watched}}))
    )
    assert set(found) <= {"cases.warned"}


OTHER = {"R": "desk", "work": {"exponential": 4.0}}
"""What the desk does for those who have no date."""


@pytest.mark.parametrize("latency", [0.0, 3.0])
def test_there_are_many_to_warn_of_and_nobody_is_hurried_without_boost(latency: float) -> None:
    """A busy desk, of whose cases some are behind when they are looked at, and some are not."""
    steps = {
        "ask": {"R": "gate", "work": 0.0},
        "do": {"R": "desk", "work": {"exponential": 4.0}, "due_days": 1.0},
    }
    world = {
        "name": "busy",
        "departments": {"gate": {"staff": 9, "calendar": "always"}, "desk": {"staff": 1, "calendar": "always"}},
        "processes": {
            "case": {"demand": {"per_week": 19.0, "during": "always"}, "steps": steps, "target_days": 2},
            "other": {"demand": {"per_week": 19.0, "during": "always"}, "steps": {"do": OTHER}},
        },
        "levers": {"preset": "neutral", "latency": latency, "latency_spread": 1.0},
        "warmup_weeks": 0.0,
        "horizon_weeks": 8.0,
    }
    plain, watched, hurried = (
        finished(world | {"levers": world["levers"] | levers})
        for levers in ({}, {"warning": 1.0}, {"warning": 1.0, "boost": 40.0})
    )
    assert 20 < cases_of(watched.state)["warned"].sum() < 120
    assert differing(traces(plain), traces(watched)) == ["cases.warned"]
    assert len(differing(traces(watched), traces(hurried))) > 5


@pytest.mark.parametrize(("served_by", "warned"), [("give", 0), ("bill", 1)])
def test_nobody_warns_of_who_has_been_served(served_by: str, warned: int) -> None:
    """Whatever is still to be done for the customer, and late: nobody waits for it."""
    steps = {"give": {"R": "desk", "work": 1.0}, "bill": {"R": "desk", "work": 80.0, "due_days": 1.0}}
    case = {"demand": {"at": [1.0]}, "steps": steps, "target_days": 2, "served_by": served_by}
    world = {
        "name": "served",
        "departments": {"desk": {"staff": 1, "calendar": "always"}},
        "processes": {"case": case},
        "levers": {"preset": "neutral", "warning": 1.0},
        "warmup_weeks": 0.0,
        "horizon_weeks": 2.0,
    }
    assert cases_of(finished(world).state)["warned"].tolist() == [warned]


@st.composite
def desks(draw: st.DrawFn) -> World:
    """One person at one desk, with dated customers of two kinds; those of one have a milestone that is soon missed."""
    times = st.lists(st.sampled_from([0.0, 1.0, 2.5, 9.0, 10.0, 30.0]), min_size=2, max_size=12)
    dated = {"target_days": draw(st.sampled_from([0.2, 1.0])), "urgent_share": draw(st.sampled_from([0.0, 0.5]))}
    step = {"R": "desk", "work": draw(works)}
    return {
        "name": "desk",
        "departments": {"desk": {"staff": 1, "calendar": draw(st.sampled_from(["always", "office"]))}},
        "processes": {
            "watched": {"demand": {"at": sorted(draw(times))}, "steps": {"do": step | {"due_days": 0.1}}} | dated,
            "other": {"demand": {"at": sorted(draw(times))}, "steps": {"do": {"R": "desk", "work": draw(works)}}},
        },
        "queue": {"rule": draw(st.sampled_from(["boost", "strict"]))},
        "levers": {"preset": "neutral", "boost": draw(st.sampled_from([2.0, 100.0]))},
        "warmup_weeks": 0.0,
        "horizon_weeks": 40.0,
    }


@law
@given(desks())
def test_what_warnings_give_others_lose(world: World) -> None:
    """The sum of work times wait is the same on every path, whoever is hurried."""
    found = []
    for watched in (0.0, 1.0):
        one = world | {"levers": world["levers"] | {"warning": watched}}
        outcome = simulate(compile_scenario(Scenario.model_validate(one)), 1, 0)
        assert np.isfinite(outcome.cases["finish"]).all()
        found.append(float(outcome.spent[:, 2] @ outcome.cases["worked"]))
    assert found[1] == pytest.approx(found[0], rel=1e-9, abs=1e-9)


def shop(**more: Any) -> World:
    """Return a desk with eight pieces of ten hours, and one that comes later, has a date and a milestone, and waits."""
    steps = {"do": {"R": "desk", "work": 10.0}}
    return {
        "name": "shop",
        "departments": {"desk": {"staff": 1, "calendar": "always"}, "dept_b": {"staff": 1, "calendar": "always"}},
        "processes": {
            "plain": {"demand": {"at": [0.0] * 8}, "steps": steps},
            "dated": {
                "demand": {"at": [1.0]},
                "target_days": 2,
                "steps": {"do": {"R": "desk", "work": 1.0, "due_days": 0.5} | more},
            },
        },
        "queue": {"urgency": 1.0, "value": 0.0, "due": 0.0},
        "levers": {"preset": "neutral", "boost": 1000.0, "adherence": 1.0},
        "warmup_weeks": 0.0,
        "horizon_weeks": 1.0,
    }


def served(world: World, **levers: float) -> tuple[float, int]:
    """Return when the dated case of a shop is finished, and whether somebody has warned of it."""
    case = cases_of(finished(world | {"levers": world["levers"] | levers}).state)
    one = case[case["process"] == 1][0]
    return float(one["finish"]), int(one["warned"])


def test_what_waits_is_filed_anew() -> None:
    """Looked at after 28.8 of 48 hours, it is next, at 30; unless its milestone is later than that, or nobody looks."""
    assert served(shop()) == (81.0, 0)
    assert served(shop(), warning=1.0) == (31.0, 1)
    assert served(shop(due_days=1.21), warning=1.0) == (81.0, 0)
    assert served(shop(due_days=1.2), warning=1.0) == (31.0, 1)
    assert served(shop(), warning=1.0, boost=40.0) == (31.0, 1)  # behind none that came before 1 - 40
    assert served(shop(), warning=1.0, boost=0.5) == (81.0, 1)


def test_all_branches_of_a_case_are_hurried() -> None:
    """Two steps of it wait side by side: both are next."""
    world, first = shop(), {"R": "dept_b", "work": 0.0}
    do = world["processes"]["dated"]["steps"]["do"] | {"needs": ["first"]}
    world["processes"]["dated"]["steps"] = {"first": first, "do": do, "also": do}
    assert served(world) == (82.0, 0)
    assert served(world, warning=1.0) == (32.0, 1)


def test_what_is_set_aside_comes_back_to_the_front() -> None:
    """Taken up before others come that are worth more, and asked about until 41: hurried by then, it is next, at 42."""
    world = shop(C=["dept_b"]) | {"coordination_work": {"consult": 40.0}}
    world["processes"]["plain"] |= {"demand": {"at": [2.0] * 8}, "value": 1.0}
    world["processes"]["dated"] |= {"value": 0.0}
    world |= {"queue": {"urgency": 1.0, "value": 1.0, "due": 0.0}}
    assert served(world) == (83.0, 0)
    assert served(world, warning=1.0) == (43.0, 1)


def test_what_waits_for_goods_comes_back_to_the_front() -> None:
    """Taken up at 1 before others come, and missing goods until 41: hurried by then, it is next, at 42."""
    world = shop(short=1.0, short_wait=40.0)
    world["processes"]["plain"] |= {"demand": {"at": [2.0] * 8}, "value": 1.0}
    world["processes"]["dated"] |= {"value": 0.0}
    world |= {"queue": {"urgency": 1.0, "value": 1.0, "due": 0.0}}
    world["levers"] |= {"shortages": 1.0}
    assert served(world) == (83.0, 0)
    assert served(world, warning=1.0) == (43.0, 1)


def test_the_measure_is_the_share_of_arrived_cases() -> None:
    """One of the nine customers, and of the dated ones all."""
    world = shop() | {"levers": shop()["levers"] | {"warning": 1.0}}
    found = case_measures(simulate(compile_scenario(Scenario.model_validate(world)), 1, 0))
    assert (found["warned"], found["warned.dated"], found["warned.plain"]) == (1 / 9, 1.0, 0.0)
