"""What is chosen, and what is told of it, on numbers whose best is known."""

import numpy as np
import pytest

from sim.answers.choice.asked import measure_asked
from sim.ownmeasures import Measure
from sim.study.reported import MeasureError
from tests.worlds.chosen import MadeUp, made_up
from tests.worlds.fakes import small_scenario


@pytest.fixture(scope="module")
def choice():
    """Two budgets, of which the larger allows what is best without any."""
    return made_up()


def test_the_best_of_every_budget(choice):
    """Four hours are enough for one intervention, eight for the two that help."""
    table = choice.tables["budgets"].set_index("budget")
    assert choice.best("4h") == "raci"
    assert choice.best() == "raci+daily_standup"
    assert table["settled"].all()
    assert (table["takes_hours"] <= table["hours"]).all()
    with pytest.raises(KeyError):
        choice.best("5h")


def test_every_bundle_has_its_fate(choice):
    """It was chosen, or something put it out; differences are those to now under the same luck."""
    table = choice.tables["selection"]
    for _, mine in table.groupby("budget"):
        assert (mine["stands"] == "chosen").sum() == 1
        assert set(mine["stands"]) <= {"chosen", "behind", "tied"}
        assert set(mine.loc[mine["stands"] != "chosen", "by"]) <= set(mine["bundle"])
        row = mine.set_index("bundle").loc["raci"]
        assert row["difference"] == pytest.approx(0.06, abs=0.01)
    assert choice.about["runs"] == table.drop_duplicates("bundle")["replications"].sum()


def test_effects_are_those_of_other_luck(choice):
    """The winner's curse is out: what is told comes from runs that have another seed than those that chose."""
    room = MadeUp()
    made_up(room=room)
    assert room.asked["selection"]["seed"] != room.asked["fresh"]["seed"]
    assert room.asked["fresh"]["replications"] == 40
    table = choice.tables["effects"].set_index(["budget", "measure"])
    row = table.loc["8h", "on_time_target"]
    assert row["low"] < 0.09 < row["high"]
    assert row["difference"] == pytest.approx(row["after"] - row["before"])
    assert choice.tables["measures"].set_index("measure").loc["on_time_target", "now"] == pytest.approx(row["before"])


def test_the_winner_of_many_that_are_alike_promises_nothing():
    """Eight bundles that do nothing: the one that is chosen looked good, and the fresh runs know that it is not."""
    looked, told = [], []
    for seed in range(1, 40, 3):
        found = made_up("100h", room=MadeUp({}, 0.02), seed=seed, at_most=20)
        chosen = found.best()
        looked.append(found.tables["selection"].set_index("bundle").loc[chosen, "difference"])
        effects = found.tables["effects"].set_index(["bundle", "measure"])
        told.append(effects.loc[(chosen, "on_time_target"), "difference"])
    error = np.std(told, ddof=1) / len(told) ** 0.5
    assert np.mean(looked) > 0.004
    assert abs(np.mean(told)) < 3.0 * error < np.mean(looked)


def test_it_may_end_undecided():
    """Then what is left is told, the best first, and nothing is claimed to be settled."""
    found = made_up("100h", room=MadeUp({}, 0.05), at_most=30)
    (row,) = found.tables["budgets"].to_dict("records")
    left = found.tables["selection"].query("stands == 'left'")
    assert not row["settled"]
    assert row["left"] == len(left) > 1
    assert row["chosen"] == left.sort_values("mean")["bundle"].iloc[-1]
    told = found.tables["effects"].query("measure == 'on_time_target'")
    assert set(told["bundle"]) <= set(left["bundle"])
    assert told["chosen"].sum() == 1
    assert found.tables["cheaper"].empty


def test_what_takes_less_and_does_as_well():
    """The best brings hardly more than the second, which is offered beside it where that is not worth finding."""
    asked = {"offer": "raci,daily_standup", "room": MadeUp({"raci": 0.06, "daily_standup": 0.004}, 0.0005)}
    assert made_up("8h", zone=0.1, **asked).tables["cheaper"].empty
    found = made_up("4h,8h", zone=1.0, **asked)
    assert (found.best("4h"), found.best()) == ("raci", "raci+daily_standup")
    for name in ("cheaper", "steps"):
        row = found.tables[name].set_index("measure").loc["on_time_target"]
        sign = -1.0 if name == "cheaper" else 1.0
        assert row["low"] < sign * 0.004 < row["high"]
    assert set(found.tables["cheaper"]["bundle"]) == {"raci"}
    assert set(found.tables["cheaper"]["budget"]) == {"8h"}


def test_what_is_equal_is_decided_for_the_cheaper():
    """An intervention that changes nothing at all is not chosen, even if nothing speaks against it."""
    found = made_up("100h", offer="shared_kpi", room=MadeUp(spread=0.0))
    assert found.best() == "now"
    assert found.tables["selection"]["stands"].tolist() == ["chosen", "tied"]


def test_a_budget_for_nothing():
    """Nothing is compared then, and nothing is run that chooses."""
    room = MadeUp()
    found = made_up("0h", room=room)
    assert found.best() == "now"
    assert list(room.asked) == ["fresh"]
    assert found.about["runs"] == 0
    assert found.tables["selection"]["stands"].tolist() == ["alone"]


def test_a_zone_that_depends_on_how_things_are():
    """Two percent of now, from a pilot of other luck than the selection has."""
    scenario = small_scenario()
    spec, measures = measure_asked(scenario, "lead_time_mean")
    assert (spec.better, measures[0]) == ("lower", "lead_time_mean")
    assert "coordination_hours" in measures
    with pytest.raises(MeasureError, match="neither more nor less is better"):
        measure_asked(scenario, "promise_mean")
    with pytest.raises(MeasureError, match="unknown measure 'on_tim_target'; did you mean 'on_time_target'"):
        measure_asked(scenario, "on_tim_target")


def test_a_measure_of_ones_own():
    """It decides, with its own direction and unit, and is told under its own name."""
    own = Measure("waits", lambda run: 1.0, {"en": "d", "zh": "天"}, "lower", label={"en": "waits", "zh": "等待"})
    room = MadeUp({"raci": -0.06}, 0.001)
    found = made_up("8h", offer="raci", room=room, measure=own, zone=0.01)
    assert found.best() == "raci"
    row = found.tables["measures"].set_index("measure").loc["waits"]
    assert (row["label_zh"], row["better"], row["own_unit_zh"]) == ("等待", "lower", "天")
    assert "等待：现状 0.70 天" in found.summary("zh")[0]
