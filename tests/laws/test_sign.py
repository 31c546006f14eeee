"""A comparison whose sign is known in closed form: the survey finds the boundary that a pencil finds."""

import pytest

import sim
from sim.scenario import loads

pytestmark = pytest.mark.compiled  # many runs, which take long where nothing is compiled

WORK, MINUTES, SHARE = 8.0, 240.0, 0.5

WORLD = f"""
format: 1
name: boundary
departments: {{a: {{staff: 50, calendar: always}}, b: {{staff: 50, calendar: always}}}}
processes:
  case:
    target_days: 20
    demand: {{per_week: 20, during: always}}
    steps:
      one: {{R: a, work: {WORK}}}
      two: {{R: b, needs: [one], work: {WORK}}}
levers: {{preset: neutral, latency: 4}}
warmup_weeks: 1
horizon_weeks: 12
measures: [lead_time_mean]
ranges: {{levers.latency: [1, 7]}}
compare:
  - label: Board
    with:
      - kind: custom
        name: board
        moves: [{{lever: latency, toward: 0, strength: {SHARE}}}]
        cost_minutes: {MINUTES}
        adoption: {{fidelity: 1, ramp_weeks: 0}}
        start_week: -1
"""


def test_the_sign_turns_where_theory_says() -> None:
    """Nobody waits in a queue, so a case takes its work and one hand-over.

    The board saves half of the latency and takes four of forty hours a week, which makes work longer by 1 / (1 - .1):
    it helps where half of the latency is more than 16 (1 / .9 - 1), so from 3.56 hours on.
    """
    taken = MINUTES / 60.0 / 40.0
    boundary = 2 * WORK * (1.0 / (1.0 - taken) - 1.0) / SHARE
    found = sim.robust(loads(WORLD), points=16, each=2, replications=2)
    row = found.robustness.iloc[0]
    assert (row["turns_on"], row["helps"]) == ("levers.latency", "above")
    assert row["turns_at"] == pytest.approx(boundary, rel=1e-6)
    assert row["right_in"] == 1.0
    points = found.tables["points"].merge(found.tables["values"], on="point")
    expected = 2 * WORK * (1.0 / (1.0 - taken) - 1.0) - SHARE * points["value"]
    assert points["difference"].to_numpy() == pytest.approx(expected.to_numpy(), abs=1e-6)


def test_measures_of_ones_own_are_followed_over_the_ranges() -> None:
    """In the same world, a measure that is a line in the latency as well: half of what is saved, in days."""
    days = sim.Measure("days", lambda result: float(result.measures["lead_time_mean"].iloc[0]) / 24.0, "days", "lower")
    found = sim.robust(loads(WORLD), points=4, each=2, replications=2, measures=[days, "lead_time_mean"])
    wide = found.tables["points"].pivot(index="point", columns="measure", values="difference")
    assert wide["days"].to_numpy() == pytest.approx(wide["lead_time_mean"].to_numpy() / 24.0)
    assert wide["days"].nunique() == 4
