"""Shocks of one case and of one step: what comes in on top, and what is told wrongly about goods."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from sim.outcome import cases_of
from sim.vocab import WEEK
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, finished, law, worlds

SURE = 1e-5
"""Chance of a miss below which what was counted contradicts what was expected."""


def order(week: float, cases: int = 1, process: str = "process_0") -> World:
    """Return an urgent order as a file says it."""
    return {"kind": "urgent_order", "week": week, "process": process, "cases": cases}


def own(machine: Any) -> Any:
    """Return the cases that came by themselves, and no shock has brought or other case caused."""
    cases = cases_of(machine.state)
    return cases[cases["ordinal"] >= 0]


@law
@given(worlds(), st.floats(0.0, 0.9), st.integers(1, 3))
def test_an_urgent_order_comes_on_top_of_the_same_customers(world: World, week: float, cases: int) -> None:
    """So many cases more, urgent, at that hour, each with luck of its own; all others are who they were."""
    plain = world | {"shocks": []}
    hit = finished(plain | {"shocks": [order(week, cases)]})
    before, after = own(finished(plain)), own(hit)
    for field in ("key", "ordinal", "arrival", "complexity", "process"):
        assert before[field].tobytes() == after[field].tobytes(), field
    all_ = cases_of(hit.state)
    more = all_[(all_["ordinal"] < 0) & (all_["caused"] == 0)]
    assert len(more) == cases
    assert more["arrival"] == pytest.approx(week * WEEK, abs=1e-6)
    assert (more["urgent"] == 1).all()
    assert (more["prevented"] == 0).all()
    assert len(set(more["key"])) == cases


@law
@given(worlds(), st.randoms())
def test_the_order_in_which_a_file_says_shocks_changes_no_bit(world: World, chance: Any) -> None:
    """Two orders at an hour and one of two cases are the same, wherever they stand."""
    apart = [*world["shocks"], order(0.5), order(0.25), order(0.5)]
    chance.shuffle(apart)
    together = [order(0.5, 2), *world["shocks"], order(0.25)]
    first, second = (finished(world | {"shocks": some}) for some in (apart, together))
    assert differing(traces(first), traces(second)) == []


def wrong(days: float, week: float = 1 / 7) -> World:
    """Return a wrong update about the only step of a workshop as a file says it."""
    return {"kind": "wrong_update", "week": week, "process": "job", "step": "make", "days": days}


def workshop(at: list[float], shocks: list[World], levers: World | None = None) -> World:
    """Return a workshop with people enough, whose work takes an hour and whose missing goods take six."""
    step = {"R": "makers", "work": 1.0, "short_wait": 6.0}
    return {
        "name": "workshop",
        "departments": {"makers": {"staff": 500, "calendar": "always"}},
        "processes": {"job": {"demand": {"at": at}, "steps": {"make": step}}},
        "levers": {"preset": "neutral"} | (levers or {}),
        "horizon_weeks": 2.0,
        "warmup_weeks": 0.0,
        "shocks": shocks,
    }


def leads(world: World) -> list[float]:
    """Return how long the cases of a world took."""
    cases = cases_of(finished(world).state)
    return [float(hours) for hours in cases["finish"] - cases["arrival"]]


def test_while_it_is_wrong_goods_are_missing() -> None:
    """Before, from its beginning until just before its end, and after; two that overlap are one."""
    at = [23.5, 24.0, 71.5, 72.0]
    assert leads(workshop(at, [wrong(2.0)])) == pytest.approx([1.0, 7.0, 7.0, 1.0])
    assert leads(workshop(at, [wrong(1.5), wrong(1.0, 2 / 7)])) == pytest.approx([1.0, 7.0, 7.0, 1.0])


@pytest.mark.parametrize(("confirmation", "backup"), [(0.0, 0.0), (1.0, 0.0), (0.0, 0.5), (0.5, 0.5), (1.0, 1.0)])
def test_only_to_confirm_or_a_reserve_helps(confirmation: float, backup: float) -> None:
    """The share that is short is (1 - .8 c)(1 - b), however fresh the news are and whatever everybody sees."""
    levers = {"confirmation": confirmation, "backup": backup, "transparency": 1.0}
    at = [30.0 + 0.01 * n for n in range(400)]
    short = sum(hours > 2.0 for hours in leads(workshop(at, [wrong(2.0)], levers)))
    chance = (1.0 - 0.8 * confirmation) * (1.0 - backup)
    assert binomtest(short, len(at), chance).pvalue > SURE


@law
@given(worlds())
def test_what_is_wrong_when_nobody_looks_changes_no_bit(world: World) -> None:
    """A wrong update after the end, about any step whose goods may be missing, passes without a trace."""
    later = [
        {"kind": "wrong_update", "week": world["horizon_weeks"] + 1.0, "process": name, "step": one}
        for name, flow in world["processes"].items()
        for one, step in flow["steps"].items()
        if "short_wait" in step
    ]
    found = traces(finished(world))
    assert differing(found, traces(finished(world | {"shocks": [*world["shocks"], *later]}))) == []


def test_an_urgent_order_goes_first() -> None:
    """Of ten jobs on a strict desk the one that comes last is done second."""
    flows = workshop([0.01 * n for n in range(10)], [order(0.5 / WEEK, process="job")])
    flows["departments"]["makers"]["staff"] = 1
    found = cases_of(finished(flows | {"queue": {"rule": "strict"}}).state)
    late = found[found["ordinal"] < 0]
    assert late["finish"] == pytest.approx([2.0])
    assert np.sort(found["finish"]) == pytest.approx(np.arange(1.0, 12.0))
