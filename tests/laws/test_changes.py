"""Late changes: how many are accepted, what they cost, and that they are the customer's whatever is done."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.compile import compile_scenario
from sim.measures import measures_of
from sim.outcome import harvest, start
from sim.scenario import ScenarioError, loads
from tests.laws.test_luck import cases, with_bundle, without
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, finished, law, worlds
from tests.worlds.witness import WITNESS

pytestmark = pytest.mark.compiled  # many cases


def changing(world: World, **levers: float) -> World:
    """Return a world in which the customers of all graphs may change their mind, in every department as often."""
    flows = {name: _changing(one) for name, one in world["processes"].items()}
    calm = {name: one | {"levers": {}} for name, one in world["departments"].items()}
    return world | {"processes": flows, "departments": calm, "levers": world["levers"] | levers}


def _changing(process: World) -> World:
    markov = any("next" in step for step in process["steps"].values())
    steps = {name: step | ({} if markov else {"changeable": True}) for name, step in process["steps"].items()}
    return {"target_days": 3} | process | {"steps": steps}


@law
@given(worlds())
def test_where_nobody_changes_their_mind_nothing_changes(world: World) -> None:
    """With changes at 0, whether steps can be changed, and how long all is frozen, makes no bit of difference."""
    calm = changing(world, changes=0.0, freeze_days=0.0)
    quiet = {name: _unchangeable(one) for name, one in calm["processes"].items()}
    other = calm | {"processes": quiet, "levers": calm["levers"] | {"freeze_days": 2.0, "change_loss": 0.5}}
    assert differing(traces(finished(calm)), traces(finished(other))) == []


def _unchangeable(process: World) -> World:
    steps = {
        name: {key: said for key, said in step.items() if key != "changeable"}
        for name, step in process["steps"].items()
    }
    return process | {"steps": steps}


def changed_alike(world: World) -> int:
    """Check that customers who wait until their date change their mind alike with and without interventions."""
    before, after = (cases(finished(one)) for one in (without(world), with_bundle(world)))
    waited = ~(before["served"] <= before["target"]) & ~(after["served"] <= after["target"])
    waited &= (before["lost"] == 0) & (after["lost"] == 0)
    for field in ("changes_accepted", "changes_refused"):
        assert before[field][waited].tolist() == after[field][waited].tolist()
    return int(before["changes_accepted"][waited].sum() + before["changes_refused"][waited].sum())


@law
@given(worlds(managed=True))
def test_customers_change_their_mind_whatever_is_done(world: World) -> None:
    """As often and at the same moments, so what a freeze refuses is the same as well.

    Whoever waits for a release is refused too, and when he begins to wait for it hangs on what is done.
    """
    changed_alike(changing(world | {"releases": {}}, changes=3.0, freeze_days=1.0, change_loss=0.2))


def test_there_is_something_to_compare() -> None:
    """The law above is about many changes where cases take long."""
    assert changed_alike(changing(WITNESS, changes=4.0, freeze_days=2.0, change_loss=0.2)) > 30


RELEASE = """
departments: {design: {staff: 50, calendar: always}, build: {staff: 50, calendar: always}}
processes:
  release:
    demand: {per_week: 40, during: always}
    target_days: 10
    worth: 100
    steps:
      draw: {R: design, work: 24, changeable: true}
      make: {R: build, work: 96}
      test: {R: build, work: 24}
      ship: {R: build, work: 24}
levers: {preset: neutral, changes: 2, change_loss: 0.5, freeze_days: 5}
warmup_weeks: 0
horizon_weeks: 4
tail_weeks: 12
"""


def released(text: str = RELEASE) -> Any:
    """Return the outcome of four weeks of releases."""
    compiled = compile_scenario(loads(text))
    machine = start(compiled, 3, 0)
    machine.advance(compiled.end)
    return harvest(compiled, machine, 0)


def test_a_change_costs_a_share_of_all_that_was_done() -> None:
    """Found when somebody takes the case up next: of a change during `make`, half of 120 hours is done again."""
    found = released()
    done = found.cases[found.cases["finish"] > 0]
    none = done[done["changes_accepted"] == 0]
    assert set(none["reworked"]) == {0.0}
    assert set((none["finish"] - none["arrival"]).round(6)) == {168.0}
    one = done[(done["changes_accepted"] == 1) & (done["reworks"] == 1)]
    assert set(one["reworked"].round(6)) == {60.0, 72.0}  # noticed before `test`, or before `ship`
    assert set((one["finish"] - one["arrival"]).round(6)) == {228.0, 240.0}
    early = done[(done["changes_accepted"] == 1) & (done["reworks"] == 0)]
    assert set(early["defective"]) == {
        0,
        1,
    }  # while nothing is drawn it costs nothing; while shipped, too late
    assert {int(n) for n in done["reworks"]} >= {0, 1, 2}


def test_refused_wishes_cost_value() -> None:
    """A case loses a twentieth of its value with each; both are counted per hundred cases."""
    found = released()
    cases_, measures = found.cases, measures_of(found)
    counted = cases_[(cases_["arrival"] < 4 * 168.0)]
    assert counted["changes_refused"].sum() > 10
    for name in ("changes_accepted", "changes_refused"):
        assert measures[name] == pytest.approx(100 * counted[name].sum() / len(counted))
    assert measures["revenue"] == pytest.approx(100 * (0.95 ** counted["changes_refused"]).sum() / 4)


def test_a_freeze_of_all_the_time_lets_core_changes_through() -> None:
    """A fifth of all wishes, in a long run, where nothing is ready before the date."""
    slow = RELEASE.replace("work: 24, changeable", "work: 400, changeable").replace("freeze_days: 5", "freeze_days: 10")
    found = released(slow.replace("horizon_weeks: 4", "horizon_weeks: 40")).cases
    accepted, refused = found["changes_accepted"].sum(), found["changes_refused"].sum()
    n = accepted + refused
    assert abs(accepted - 0.2 * n) < 4 * np.sqrt(n * 0.2 * 0.8)
    came = (found["target"] < 40 * 168.0).sum()
    assert abs(n / len(found) - 2.0) < 4 * np.sqrt(2.0 / came) + 0.1


def test_changes_need_steps_in_order() -> None:
    """Where cases move by chance, nobody can say what is done."""
    text = RELEASE.replace("changeable: true", "changeable: true, next: {make: 1}")
    with pytest.raises(ScenarioError, match=r"draw\.changeable: found true in a process with 'next'"):
        loads(text)
