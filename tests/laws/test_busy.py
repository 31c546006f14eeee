"""Busy people hour by hour: counted when they work, so that the hours come out, and never more than there are."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from sim.replications import run
from sim.results import RunResult
from sim.scenario import Scenario
from tests.worlds.drawn import World, worlds
from tests.worlds.hours import hours_of

pytestmark = pytest.mark.compiled  # many cases


def open_hours(scenario: Scenario, owner: str, begin: float, end: float) -> float:
    """Return the open hours between two moments."""
    return hours_of(scenario, owner).between(begin, end)


def pieces(found: RunResult, end: float) -> pd.DataFrame:
    """Return every piece of work that was begun: whose, and from when to when."""
    moves = found.moves[found.moves["begun"].notna()]
    return moves.assign(ended=moves["ended"].fillna(end))[["worked_by", "kind", "begun", "ended"]]


@settings(max_examples=15)
@given(worlds())
def test_all_hours_of_work_are_in_it(world: World) -> None:
    """Those of finished pieces, which the days book as well, and those of what is under way as the run ends."""
    scenario = Scenario.model_validate(world)
    found = run(scenario, 1, log=True)
    daily, busy = found.daily, found.busy
    end = 24.0 * (daily["day"].max() + 1)
    counted = busy.groupby("department", observed=False)["busy"].sum()
    booked = daily.filter(regex="^hours_").sum(axis=1).groupby(daily["department"], observed=False).sum()
    for name in scenario.pools():
        mine = found.moves[
            (found.moves["worked_by"] == name) & found.moves["begun"].notna() & found.moves["ended"].isna()
        ]
        under_way = sum(open_hours(scenario, name, begun, end) for begun in mine["begun"])
        assert counted[name] == pytest.approx(booked[name] + under_way, abs=1e-6)
        staff = daily.loc[daily["department"] == name, "staff"].max()
        assert busy.loc[busy["department"] == name, "busy"].max() <= staff + 1e-8


@settings(max_examples=10)
@given(worlds())
def test_every_hour_has_what_was_worked_in_it(world: World) -> None:
    """Piece by piece, in the hours in which somebody is open and in no other."""
    scenario = Scenario.model_validate(world)
    found = run(scenario, 1, log=(0, 0))
    begun = scenario.window[0]
    end = 24.0 * (found.daily["day"].max() + 1)
    work = pieces(found, end)
    for name in scenario.pools():
        rows = found.busy[found.busy["department"] == name]
        starts = begun + (rows["hour"] - begun) % 168.0
        everything = [
            hour for hour in np.arange(begun, min(begun + 168.0, end)) if open_hours(scenario, name, hour, hour + 1)
        ]
        assert list(starts) == everything
        mine = work[work["worked_by"] == name]
        for start, busy in list(zip(starts, rows["busy"], strict=True))[::7]:
            spans = zip(mine["begun"].clip(lower=start), mine["ended"].clip(upper=start + 1.0), strict=True)
            assert busy == pytest.approx(sum(open_hours(scenario, name, a, b) for a, b in spans if a < b), abs=1e-6)


def test_own_work_counts() -> None:
    """In an organization that does nothing else."""
    teams = {"office": {"staff": 3, "own_work": {"share": 0.5}}}
    step = {"work": 0.01, "R": "office"}
    order = {"demand": {"at": [1.0]}, "target_days": 1, "steps": {"do": step}}
    scenario = Scenario.model_validate(
        {"departments": teams, "processes": {"order": order}, "warmup_weeks": 2, "horizon_weeks": 30}
    )
    busy = run(scenario, 1, log=(0, 29)).busy
    assert busy["week"].unique().tolist() == list(range(30))
    assert busy["busy"].mean() == pytest.approx(1.5, abs=0.2)
