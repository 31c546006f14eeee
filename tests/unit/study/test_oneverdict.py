"""The verdict on one alternative for a stated family of measures: it hangs on nothing else."""

import numpy as np
import pandas as pd
import pytest

from sim.spec.measures import MEASURES
from sim.study import verdicts
from sim.study.compare import compare
from sim.study.oneverdict import verdicts_alone
from sim.study.reported import MeasureError
from tests.unit.study.test_guards import runs
from tests.worlds.fakes import FakeEngine, small_scenario

SHOWN = ["on_time_target", "conflicts_per_100", "coordination_hours"]


@pytest.fixture(autouse=True)
def _without_a_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    FakeEngine().used(monkeypatch)


def test_it_does_not_hang_on_what_else_was_compared() -> None:
    """Alone or among many, with few measures reported or all of them."""
    one = compare(small_scenario(), {"Roles": ["raci"]}, 20, measures="on_time_target")
    many = {"Roles": ["raci"], "KPIs": ["shared_kpi"], "Both": ["raci", "shared_kpi"], "Daily": ["daily_standup"]}
    among = compare(small_scenario(), many, 20, measures="all")
    pd.testing.assert_frame_equal(one.verdicts_of("Roles", SHOWN), among.verdicts_of("Roles", SHOWN))
    shown = among.table[among.table["alternative"] == "Roles"].set_index("measure").loc[SHOWN]
    found = among.verdicts_of("Roles", SHOWN)
    assert list(found.index) == SHOWN
    assert (found["ci_high"] - found["ci_low"] < shown["ci_high"] - shown["ci_low"]).all()
    assert (found["ci_high"] - found["ci_low"] > found["single_high"] - found["single_low"]).all()


def test_one_measure_alone_needs_no_correction() -> None:
    """Its interval is that of the row for itself."""
    found = compare(small_scenario(), {"Roles": ["raci"]}, 20).verdicts_of("Roles", "bounces_per_100").iloc[0]
    assert (found["ci_low"], found["ci_high"]) == (found["single_low"], found["single_high"])
    assert found["verdict"] == verdicts.BETTER


def test_usually_the_family_is_the_headlines() -> None:
    """Those of an answer at a glance."""
    comparison = compare(small_scenario(), {"Roles": ["raci"], "KPIs": ["shared_kpi"]}, 5)
    assert list(comparison.verdicts_of("KPIs").index) == list(dict.fromkeys(comparison.headlines["measure"]))


def test_guards_put_their_remark_on_improvements_and_widen_no_interval() -> None:
    """Also where they are not among the measures on screen."""
    harmless, harmful = (runs(conflicts_per_100=-5.0, throughput=change) for change in (0.0, -5.0))
    names = ("conflicts_per_100", "lead_time_mean")
    fine, doubtful = (verdicts_alone(one, names, MEASURES) for one in (harmless, harmful))
    assert fine["verdict"]["conflicts_per_100"] == verdicts.BETTER
    assert doubtful["verdict"]["conflicts_per_100"] == verdicts.BUT
    assert list(doubtful.index) == list(names)
    np.testing.assert_array_equal(fine[["ci_low", "ci_high"]], doubtful[["ci_low", "ci_high"]])


def test_what_does_not_exist_is_refused() -> None:
    """With the nearest name."""
    comparison = compare(small_scenario(), {"Roles": ["raci"]}, 3)
    with pytest.raises(KeyError, match="did you mean 'Roles'"):
        comparison.verdicts_of("Rolls")
    with pytest.raises(MeasureError, match="trust"):
        comparison.verdicts_of("Roles", ["trost"])
