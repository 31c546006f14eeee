"""A small organization that has everything a hook can look at, and a way to compare results."""

import pandas as pd

from sim.results import RunResult

WORKSHOP = """
title: A workshop
departments:
  sales:
    label: {en: Sales, zh: 销售部}
    staff: 2
    own_work: {share: 0.3}
    kpis: [{measures: own_work, target: 0.9}, {measures: volume, target: 30, weight: 2}]
    pools: {director: {label: {en: Sales director, zh: 销售总监}, hours_per_week: 6}}
  workshop: {staff: 8, own_work: {share: 0.2}, kpis: [{measures: response, target: 0.9}]}
  stores: {staff: 2}
management: sales
processes:
  order:
    demand: {per_week: 25}
    target_days: 7
    steps:
      sign: {R: sales, A: sales.director, C: [workshop], work: {exponential: 1.5}, commitment: true}
      build: {R: workshop, I: [sales], work: {lognormal: {mean: 6, cv: 0.5}}, response_hours: 24}
      deliver: {R: stores, contested_by: [workshop], work: {exponential: 1}}
warmup_weeks: 1
horizon_weeks: 2
tail_weeks: 1
interventions: [raci, daily_standup]
"""


def same(one: RunResult, other: RunResult) -> None:
    """Compare two results to the bit."""
    assert tuple(one.tables) == tuple(other.tables)
    for name in one.tables:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
    assert one.manifest == other.manifest
    assert one.errors == other.errors == ()
