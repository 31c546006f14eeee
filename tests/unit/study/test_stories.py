"""Stories through the API: the case in the middle, as `explain` tells it, without running again what is there."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.cli import main
from sim.study import changed, comparison
from sim.study.compare import planned
from sim.study.explained import Explanation
from sim.vocab import UNFINISHED
from sim.words import Text

pytestmark = pytest.mark.compiled  # many runs, which take long where nothing is compiled

SHORT = {"warmup_weeks": 2, "horizon_weeks": 12}
WITH = {"Agreed": ["response_agreement", "shared_kpi"]}


@pytest.fixture(scope="module")
def scenario() -> sim.Scenario:
    """A quarter of the demo."""
    return sim.load("order_delivery", SHORT)


@pytest.fixture(scope="module")
def compared(scenario: sim.Scenario) -> sim.Comparison:
    """A comparison that keeps no cases."""
    return sim.compare(scenario, WITH, replications=3)


@pytest.fixture(scope="module")
def stories(compared: sim.Comparison):
    """What it tells."""
    return compared.stories("Agreed", "zh")


def test_they_are_what_explain_prints(stories, capsys) -> None:
    """Counts and stories, in both languages, to the letter."""
    for lang in ("en", "zh"):
        told = "Agreed=response_agreement+shared_kpi"
        settings = [f"--set={name}={value}" for name, value in SHORT.items()]
        assert main(["explain", "order_delivery", "--with", told, "--replications=3", *settings, "--lang", lang]) == 0
        printed = "".join(capsys.readouterr().out.split())
        for sentence in stories.sentences(lang):
            assert "".join(sentence.split()) in printed
    assert str(stories) == "\n".join(stories.sentences("zh"))


def test_they_are_the_cases_in_the_middle(compared, stories) -> None:
    """As many were saved by more as by less, give or take one."""
    cases = compared.changed_cases("Agreed")
    assert (stories.gained, stories.lost) == (cases["on_time_after"].sum(), (~cases["on_time_after"]).sum())
    assert stories.counted == cases.attrs["counted"]
    gains = cases[cases["on_time_after"] & (cases["part"] != UNFINISHED)]
    saved = (gains["finish_before"] - gains["finish_after"]).to_numpy()
    mine = stories.saved.finish_before - stories.saved.finish_after
    assert mine in saved
    assert abs((saved < mine).sum() - (saved > mine).sum()) <= 1
    assert stories.saved.on_time_after
    assert not stories.saved.on_time_before
    assert {type(value) for value in vars(stories.saved).values()} == {int, float, bool, str, Text}


def test_what_was_kept_is_not_run_again(scenario, stories, monkeypatch) -> None:
    """Where cases and events are there, nothing is run, and the same is told."""
    plan = planned(scenario, WITH, 3, tables=("measures", "timeline", "cases", "events"))
    plan.run()

    def never(*args, **kwargs):
        raise AssertionError("it was run again")

    monkeypatch.setattr(comparison, "run_again", never)
    found = plan.comparison().stories("Agreed")
    assert found.to_json() == stories.to_json()
    pd.testing.assert_frame_equal(found.parts, stories.parts)


def test_only_what_is_missing_is_run(compared, monkeypatch) -> None:
    """Events only of the replications in which the told cases are."""
    asked = []

    def noted(scenarios, departments, numbers, *rest):
        asked.append((tuple(numbers), rest[1]))
        return changed.run_again(scenarios, departments, numbers, *rest)

    monkeypatch.setattr(comparison, "run_again", noted)
    found = compared.stories("Agreed", replications=2)
    told = [((one.replication,), ("events",)) for one in (found.saved, found.cost) if one is not None]
    assert asked == [((0, 1), ("cases",)), *told]
    assert found.replications == 2


def test_nothing_changed_is_no_story(scenario) -> None:
    """Neither a case nor a count."""
    found = sim.compare(scenario, {"Nothing": {"kind": "raci", "strength": 0}}, replications=1).stories("Nothing")
    assert (found.saved, found.cost, found.gained, found.lost) == (None, None, 0, 0)
    assert json.loads(json.dumps(found.to_json(), allow_nan=False))["saved"] is None
    assert len(found.sentences("zh")) == 1


def test_an_alternative_that_is_not_there_is_refused(compared) -> None:
    """With the nearest name."""
    with pytest.raises(KeyError, match="did you mean 'Agreed'"):
        compared.stories("Agred")


@given(st.lists(st.tuples(st.floats(1.0, 500.0), st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_the_middle_is_the_median(cases) -> None:
    """Of those finished on both sides; gains and losses each for themselves; none where there is none."""
    frame = pd.DataFrame(cases, columns=["moved", "on_time_after", "unfinished"])
    frame["replication"], frame["process"], frame["case"] = 0, "order", range(len(frame))
    frame["finish_before"] = 1000.0
    frame["finish_after"] = 1000.0 + np.where(frame["on_time_after"], -1, 1) * frame["moved"]
    frame["part"] = np.where(frame["unfinished"], UNFINISHED, "queue")
    found = Explanation("A", None, frame, len(frame), 1, None, None)
    for row, chosen in ((found.middle_gain, frame["on_time_after"]), (found.middle_loss, ~frame["on_time_after"])):
        moved = np.sort(np.abs(frame["finish_after"] - frame["finish_before"])[chosen & ~frame["unfinished"]])
        assert (row is None) == (len(moved) == 0)
        if row is not None:
            assert abs(row["finish_after"] - 1000.0) == moved[(len(moved) - 1) // 2]
    assert len(found.typical) == sum(row is not None for row in (found.middle_gain, found.middle_loss))
