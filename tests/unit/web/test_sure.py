"""How sure an answer is: point by point, in the units of the screen, in the words of reports."""

import json

import numpy as np
import pytest

import sim
from sim.report.robust import Robust
from sim.study.robust import robust
from sim.web.asked import asked_of
from sim.web.shown import measures_shown
from sim.web.studies import Studies
from sim.web.sure import MOST_DECIDERS, Sure
from sim.words import LANGUAGES
from tests.worlds.fakes import FakeEngine, small_scenario

POINTS = 60


class Latency(FakeEngine):
    """A world in which roles help the more, the sooner work is noticed, and harm from five hours on."""

    def kept(self, scenario, number, seed):
        """Return what is kept of a replication."""
        rows = super().kept(scenario, number, seed)
        help_ = 0.02 * (5.0 - scenario.lever("latency")) * ("raci" in {one.kind for one in scenario.interventions})
        rows["measures"]["on_time_target"] = np.array([0.5 + 0.01 * number + help_])
        return rows


@pytest.fixture(scope="module")
def scenario():
    """Return a small organization."""
    return small_scenario()


@pytest.fixture(scope="module")
def told(scenario):
    """Return how sure roles are there."""
    return looked(scenario)


def looked(scenario, points=POINTS):
    """Return how sure roles are there, looked at point by point."""
    sure = Sure(scenario, asked_of(scenario, "raci"), engine=Latency(), points=points)
    while sure.done < sure.total:
        before = sure.done
        sure.go_on()
        assert sure.done == before + 1
    return sure.told()


def test_it_says_what_a_study_of_the_same_points_says(scenario, told):
    """Ranges in the units of the screen; sentences as reports have them, in both languages."""
    names = list(measures_shown(scenario))
    found = robust(scenario, {"x": ["raci"]}, POINTS, 4, 4, measures=names, engine=Latency())
    rows = found.robustness.set_index("measure")
    assert told["points"] == POINTS
    assert list(told["measures"]) == [name for name in names if name in rows.index]
    for name, row in told["measures"].items():
        times = {"on_time_target": 100.0, "lead_time_mean": 1.0 / 24.0}.get(name, 1.0)
        for end in ("low", "middle", "high"):
            assert row[end] == pytest.approx(rows[end][name] * times, abs=0.006), (name, end)
        assert row["low"] <= row["middle"] <= row["high"]
        assert row["better_in"] == round(rows["better_in"][name] * POINTS)
    for lang in LANGUAGES:
        labels = {found.labels[0]: asked_of(scenario, "raci").label.get(lang)}
        assert [one[lang] for one in told["sentences"]] == Robust(found, lang, labels).sentences


def test_it_names_what_decides_and_where_the_sign_turns(told):
    """The range that matters here is that of the time until somebody notices; others do not turn it."""
    deciders = told["deciders"]
    assert 0 < len(deciders) <= MOST_DECIDERS
    turning = [one for one in deciders if one["turn"]]
    assert {one["measure"] for one in turning} == {"on_time_target"}
    (one,) = turning
    assert one["at_low"] > 0.0 > one["at_high"]
    assert set(one["turn"]) == set(one["label"]) == set(LANGUAGES)


def test_it_can_be_told_before_all_points_are_done(scenario):
    """Of those that are; the same every time."""
    sure = Sure(scenario, asked_of(scenario, "raci"), engine=Latency(), points=12)
    sure.go_on(5)
    told = sure.told()
    assert (told["points"], sure.done, sure.total) == (5, 5, 12)
    assert json.dumps(told, allow_nan=False) == json.dumps(sure.told(), allow_nan=False)


@pytest.mark.compiled
def test_a_real_answer_has_a_range():
    """With few points."""
    studies = Studies(sim.load("order_delivery", {"warmup_weeks": 1, "horizon_weeks": 4}))
    sure = studies.sure(studies.asked("raci"))
    assert (sure.done, sure.total) == (0, 60)
    sure.go_on(2)
    assert sure.told()["points"] == 2
