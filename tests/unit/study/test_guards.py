"""Nothing is called better without a word where more is left unfinished or less gets done."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import sim
from sim.scenario import loads
from sim.spec.measures import GUARDS, MEASURES
from sim.study import verdicts
from sim.study.effects import effects_table
from sim.study.guards import guarded

ASKED = ("conflicts_per_100", "lead_time_mean")


def runs(replications: int = 30, **changes: float) -> dict[str, SimpleNamespace]:
    """Return the baseline, and an alternative in which measures differ by so much, give or take a little luck."""
    luck = np.random.default_rng(1)
    usual = {"conflicts_per_100": 20.0, "lead_time_mean": 90.0, "unfinished_share": 0.1, "throughput": 50.0}
    before = pd.DataFrame({name: np.full(replications, value) for name, value in usual.items()})
    spread = {"conflicts_per_100": 0.1, "lead_time_mean": 0.1, "unfinished_share": 1e-4, "throughput": 0.01}
    after = pd.DataFrame(
        {name: before[name] + changes.get(name, 0.0) + luck.normal(0.0, spread[name], replications) for name in usual}
    )
    scenario = sim.load("order_delivery")
    return {
        "Now": SimpleNamespace(measures=before, scenario=scenario),
        "Tried": SimpleNamespace(measures=after, scenario=scenario),
    }


def judged(replications: int = 30, **changes: float) -> pd.Series:
    """Return the verdicts by measure."""
    both = runs(replications, **changes)
    table = guarded(effects_table(both, ASKED, MEASURES), both, MEASURES)
    return table.set_index("measure")["verdict"]


def test_an_improvement_is_an_improvement() -> None:
    """Where as much gets done as before, there is nothing to add."""
    found = judged(conflicts_per_100=-5.0)
    assert found.to_dict() == {"conflicts_per_100": "better", "lead_time_mean": "cannot be told from zero"}


@pytest.mark.parametrize("change", [{"unfinished_share": 0.4}, {"throughput": -5.0}], ids=["unfinished", "throughput"])
def test_less_that_gets_done_is_said_beside_whatever_it_flatters(change: dict[str, float]) -> None:
    """The guard is reported although nobody asked, and the improvement is not called better without a remark."""
    found = judged(conflicts_per_100=-5.0, lead_time_mean=3.0, **change)
    (guard,) = change
    assert found.to_dict() == {"conflicts_per_100": verdicts.BUT, "lead_time_mean": "worse", guard: "worse"}


def test_more_that_gets_done_is_shown_and_puts_nothing_in_doubt() -> None:
    """A guard that improves is worth a row."""
    found = judged(conflicts_per_100=-5.0, unfinished_share=-0.05, throughput=3.0)
    assert found.to_dict() == {
        "conflicts_per_100": "better",
        "lead_time_mean": "cannot be told from zero",
        "unfinished_share": "better",
        "throughput": "better",
    }


def test_what_is_luck_or_too_little_to_matter_is_left_out() -> None:
    """Less than half a point, or than one in a hundred."""
    assert set(judged(conflicts_per_100=-5.0, unfinished_share=0.004, throughput=-0.4).index) == set(ASKED)
    assert set(judged(conflicts_per_100=-5.0).index) == set(ASKED)


def test_the_remark_is_for_the_alternative_that_it_is_about() -> None:
    """Another one beside it stays better."""
    both = runs(conflicts_per_100=-5.0, unfinished_share=0.4)
    other = runs(conflicts_per_100=-5.0)["Tried"]
    three = {**both, "Other": other}
    found = guarded(effects_table(three, ASKED, MEASURES), three, MEASURES).set_index(["alternative", "measure"])
    assert found.loc[("Tried", "conflicts_per_100"), "verdict"] == verdicts.BUT
    assert found.loc[("Other", "conflicts_per_100"), "verdict"] == "better"
    assert ("Other", "unfinished_share") in found.index


def test_a_guard_that_was_asked_for_stands_once() -> None:
    """In the place where it was asked for."""
    both = runs(unfinished_share=0.4, throughput=-20.0)
    asked = ("throughput", "conflicts_per_100")
    found = guarded(effects_table(both, asked, MEASURES), both, MEASURES)
    assert found["measure"].to_list() == ["throughput", "conflicts_per_100", "unfinished_share"]
    assert set(GUARDS) <= set(found["measure"])


SHOP = """
departments:
  shop: {staff: 4}
  desk: {staff: 4}
processes:
  order:
    demand: {per_week: 40}
    target_days: 2
    complains: {process: complaint, late: 0.9}
    steps: {sell: {R: shop, work: 3}}
  complaint: {demand: {per_week: 0}, target_days: 2, steps: {hear: {R: desk, work: 1}}}
levers: {preset: neutral}
warmup_weeks: 4
horizon_weeks: 12
"""


@pytest.mark.compiled
def test_that_fewer_complain_is_no_standstill() -> None:
    """More people sell, so hardly anybody is late and complains: fewer cases in all, and nothing is put in doubt."""
    few = loads(SHOP).changed({"departments.shop.staff": 3})
    more = {"kind": "reinforcement", "departments": ["shop"], "people": 2, "weeks": 12}
    found = sim.compare(few, {"More people": [more]}, replications=8, seed=2, measures="all").table
    table = found.set_index("measure")
    assert table.loc["throughput", "verdict"] == "worse"
    assert table.loc["lead_time_mean", "verdict"] == "better"
    assert verdicts.BUT not in set(table["verdict"])


STANDSTILL = """
departments:
  desk: {staff: 4}
  yard: {staff: 4}
processes:
  small: {demand: {per_week: 30}, steps: {a: {R: desk, work: 1}}}
  large:
    demand: {per_week: 30}
    steps: {b: {R: yard, C: [desk], work: 3, external: {work: 80}}, c: {R: yard, work: 1}}
warmup_weeks: 4
horizon_weeks: 12
"""


@pytest.mark.compiled
def test_a_standstill_is_no_improvement() -> None:
    """A department that hardly works any more is slower, leaves half of all cases unfinished, and nothing is better."""
    forms = {"kind": "custom", "name": "Forms", "cost_minutes": 2400, "departments": ["yard"],
             "adoption": {"ramp_weeks": 0}}  # fmt: skip
    found = sim.compare(loads(STANDSTILL), {"Paper forms": [forms]}, replications=8, seed=2, measures="all")
    table = found.table.set_index("measure")
    assert table.loc["lead_time_mean", "verdict"] == table.loc["unfinished_share", "verdict"] == "worse"
    assert table.loc["unfinished_share", "difference"] > 0.4
    assert "better" not in set(table["verdict"])
    assert found.ledger.loc["Paper forms", "unfinished"] > 0.4 * loads(STANDSTILL).tail * 168


RARE = """
levers: {preset: neutral, adherence: 1, severity: 1, standoff_hours: 1}
departments: {a: {staff: 30}, b: {staff: 2}, c: {staff: 2}}
relations: {trust: 0}
response_targets: {consult: 1}
processes:
  big: {demand: {per_week: 400}, target_days: 5, steps: {s: {R: a, work: 0.5}}}
  small:
    demand: {per_week: 1.9}
    target_days: 5
    steps: {t: {R: b, work: 10}, u: {R: c, C: [b], work: {exponential: 1}}}
coordination_work: {consult: {exponential: 2}}
warmup_weeks: 2
horizon_weeks: 10
"""


@pytest.mark.compiled
def test_a_rare_process_that_stands_still_is_not_better_off() -> None:
    """Of four hundred cases two are never finished any more: too few to be seen in all, and all of their process."""
    paralysis = {"kind": "custom", "departments": ["b", "c"], "adoption": {"ramp_weeks": 0}}
    still = paralysis | {"moves": [{"lever": "overhead", "toward": 1.0, "strength": 1.0, "worsens": True}]}
    found = sim.compare(loads(RARE), {"still": [still]}, replications=10, measures="conflicts_per_100.small").table
    told = found.set_index("measure")["verdict"].to_dict()
    assert told["conflicts_per_100.small"] == verdicts.BUT
    assert told["unfinished_share.small"] == "worse"
    assert "unfinished_share" not in told
