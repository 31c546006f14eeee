"""A scenario that exists already is changed like the file it came from, whatever it holds, and stays as it is."""

from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field, PrivateAttr

import sim
from sim.interventions import INTERVENTIONS, Adoption, Edit, Intervention
from sim.scenario import Scenario, ScenarioError, dump, loads
from sim.spec.organization import Organization as World
from tests.worlds.scenarios import scenarios

PLACES: dict[str, st.SearchStrategy[Any]] = {
    "departments.production.staff": st.integers(8, 30),
    "departments.sales": st.just({"staff": 6, "kpis": []}) | st.just({"pools": {"director": {"label": "A"}}}),
    "departments.legal": st.just({"staff": 2}),
    "departments.service.own_work": st.just({"target_hours": 3.0}) | st.none(),
    "levers.latency": st.floats(0.0, 20.0),
    "levers": st.just({"preset": "neutral"}) | st.just({"boost": 3}),
    "pace": st.sampled_from([0.5, 1, "30 min", "2 days"]),
    "processes.order.steps.produce.C": st.lists(st.sampled_from(["sales", "finance"]), max_size=2, unique=True),
    "processes.order.steps.sign.work": st.sampled_from([3, {"exponential": 2}, {"lognormal": {"cv": 2.0}}]),
    "processes.order.steps.sign.work.lognormal.mean": st.integers(1, 6),
    "processes.complaint.demand.per_week": st.floats(1.0, 6.0),
    "response_targets.consult": st.sampled_from([4, 8.0, "never", None]),
    "coordination_work": st.just({"consult": 0.5}) | st.just({"inform": {"exponential": 0.2}}),
    "horizon_weeks": st.sampled_from([20, 50]) | st.none(),
    "relations": st.just({"trust": 0.4}) | st.none(),
    "interventions": st.sampled_from([["raci"], [{"kind": "daily_standup", "minutes": 5}], []]),
    "compare[0].with[0].start_week": st.integers(0, 5),
    "compare[0].with[0].adoption.fidelity": st.floats(0.1, 1.0),
    "compare[1].with": st.just(["raci"]),
    "compare[1].label": st.just("Another") | st.just({"en": "Another", "zh": "另一个"}),
    "shocks": st.just([{"kind": "surge", "week": 3, "process": "order"}]),
    "measures": st.just(["on_time_target"]),
    "name": st.just("another"),
    "title": st.none(),
}
"""Places of the shipped scenarios, and what may stand there."""


def outcome(make: Any) -> Any:
    """Return what a scenario says, with its order and with what is stated, or what is wrong with it."""
    try:
        made = make()
    except ScenarioError as error:
        return [(one.text, one.path) for one in error.findings]
    return made, dump(made), made.hash, made.model_fields_set


@pytest.mark.compiled
@settings(max_examples=30)
@given(st.sampled_from(["order_delivery", "trust_trap"]), st.data())  # with a parent, and without
def test_it_means_what_a_change_on_loading_means(name: str, data: st.DataObject) -> None:
    """Whatever is set at whatever places: the same scenario, or the same sentences; and the old one stays."""
    places = data.draw(st.lists(st.sampled_from(sorted(PLACES)), min_size=1, max_size=4, unique=True))
    changes = {place: data.draw(PLACES[place], label=place) for place in places}
    before = sim.load(name)
    kept = dump(before)
    assert outcome(lambda: before.changed(changes)) == outcome(lambda: sim.load(name, changes=changes))
    assert dump(before) == kept


@settings(max_examples=25)
@given(scenarios(), st.floats(0.05, 4.0))
def test_what_is_stated_is_all_there_is(scenario: Scenario, pace: float) -> None:
    """A scenario without a change is itself, also one that was copied in Python, and goes on following its pace."""
    assert scenario.changed({}) == scenario
    assert scenario.changed({}).model_fields_set == scenario.model_fields_set | {"format", "name"}
    there = scenario.changed({"pace": pace}).changed({"pace": scenario.pace})
    assert there == scenario


def test_usual_figures_follow_the_pace_and_stated_ones_stay() -> None:
    """As from a file: what nobody states is rescaled."""
    slow = sim.load("order_delivery", changes={"response_targets.consult": 8.0})
    fast = slow.changed({"pace": "1 hour"})
    assert (fast.response_targets.consult, fast.response_targets.approve) == (8.0, 2.0)
    assert fast.lever("latency") == slow.lever("latency") / 8.0
    assert fast.changed({"response_targets.consult": None}).response_targets.consult == 1.0


@pytest.mark.parametrize("kind", [kind for kind, cls in INTERVENTIONS.items() if cls.presets])
def test_a_preset_leaves_with_what_it_said(kind: str) -> None:
    """The doses of a preset are nobody's own: another preset brings its own, none what is usual."""
    scenario = sim.load("order_delivery")
    first, last = ([*INTERVENTIONS[kind].presets][place] for place in (0, -1))
    began = scenario.changed({"interventions": [{"kind": kind, "preset": first, "strength": 0.5}]})
    for preset in (last, None):
        said = {"kind": kind, "strength": 0.5} | ({"preset": preset} if preset else {})
        assert began.changed({"interventions[0].preset": preset}) == scenario.changed({"interventions": [said]})


class Habit(Intervention):
    """People get used to something."""

    pull: float = Field(default=0.5, ge=0.0, le=1.0)
    stages: tuple[float, ...] = (0.1, 0.2)
    adoption: Adoption = Adoption(fidelity=0.6, ramp_weeks=2.0)
    presets: ClassVar[dict[str, dict[str, Any]]] = {"deep": {"pull": 0.9}}
    _seen: list[int] = PrivateAttr(default_factory=lambda: [7])

    def edits(self, organization: World) -> tuple[Edit, ...]:
        """Raise clarity."""
        return (self.move("clarity", 1.0, self.pull),)


@pytest.fixture
def own() -> Scenario:
    """A scenario with interventions that no file can name."""
    scenario = sim.load("order_delivery")
    suggested = scenario.compare[0].model_copy(update={"with_": (Habit(pull=0.3), "raci")})
    return scenario.model_copy(
        update={"interventions": ("raci", Habit(preset="deep", stages=(0.1, 0.2))), "compare": (suggested,)}
    )


def test_interventions_of_ones_own_stay(own: Scenario) -> None:
    """What a change does not touch is what it was, with all that it remembers."""
    other = own.changed({"departments.production.staff": 15})
    assert other.interventions == own.interventions
    assert other.compare == own.compare
    assert other.departments["production"].staff == 15


def test_a_change_reaches_into_an_intervention_of_ones_own(own: Scenario) -> None:
    """Its class reads what it states with the change, and all changes are made before it is read."""
    other = own.changed(
        {
            "interventions[1].start_week": 8,
            "interventions[1].end_week": 12,
            "interventions[1].adoption.fidelity": 0.9,
            "interventions[1].stages[0]": 0.4,
            "interventions[0].clarity": 0.7,
            "compare[0].with[0].pull": None,
        }
    )
    habit, suggested = other.interventions[1], other.compare[0].with_[0]
    assert isinstance(habit, Habit)
    assert (habit.start_week, habit.end_week, habit.pull, habit.stages) == (8, 12, 0.9, (0.4, 0.2))
    assert (habit.adoption.fidelity, habit.adoption.ramp_weeks) == (0.9, 2.0)
    assert habit._seen is own.interventions[1]._seen  # what it remembers goes along
    assert isinstance(suggested, Habit)
    assert suggested.pull == 0.5
    assert other.interventions[0].model_dump()["clarity"] == 0.7
    assert own.changed({"interventions[1].preset": None}).interventions[1].pull == 0.5
    assert own.changed({"interventions[1]": Habit(pull=0.1)}).interventions[1].pull == 0.1


MISTAKES = [
    ("levers.latencyy", 8, "found 'latencyy', expected a lever", "did you mean 'latency'?"),
    ("departments.slaes.staff", 6, "departments.slaes: found 'slaes'", "did you mean 'sales'?"),
    ("departmens.sales.staff", 6, "departmens: found an unknown field", "did you mean 'departments'?"),
    ("processes.order.steps.prduce.C", [], "found 'prduce', expected a step", "did you mean 'produce'?"),
    ("processes.order.steps.produce.C", ["financ"], "C[0]: found 'financ'", "did you mean 'finance'?"),
    ("interventions[1].pul", 0.5, "interventions[1].pul: found an unknown field", "did you mean 'pull'?"),
    ("interventions[1].pull", 3, "interventions[1].pull: found 3", "at most 1"),
    ("interventions[0].clarty", 0.5, "interventions[0].clarty: found an unknown field", "did you mean 'clarity'?"),
    ("compare[0].with[0].pull", "x", "compare[0].with[0].pull: found 'x'", ""),
    ("compare[4].label", "x", "found no item [4], expected one of a list of 1", ""),
    ("levers..latency", 8, "found the place 'levers..latency'", ""),
    ("parent", "order_delivery", "found the place 'parent'", ""),
]  # fmt: skip


@pytest.mark.parametrize(("place", "value", "sentence", "hint"), MISTAKES, ids=[place for place, *_ in MISTAKES])
def test_a_mistake_is_one_sentence_with_the_nearest_name(
    own: Scenario, place: str, value: Any, sentence: str, hint: str
) -> None:
    """The words are those of a file; where a line would stand, it says that changes are meant."""
    with pytest.raises(ScenarioError) as caught:
        own.changed({place: value})
    told = str(caught.value)
    assert told.startswith("changes: ")
    assert sentence in told
    assert hint in told
    assert "\n" not in told


def test_what_a_change_breaks_elsewhere_is_told_with_the_name_of_the_scenario() -> None:
    """There is no line; the scenario and the place say where."""
    with pytest.raises(ScenarioError, match=r"order_delivery: .*found 'finance'"):
        sim.load("order_delivery").changed({"departments.finance": None})


@pytest.mark.parametrize("given_", ["levers.latency=8", 3, {3: 4}, [("levers.latency", 8)]])
def test_what_is_no_change_is_told(given_: Any) -> None:
    """Values by place, or a sentence."""
    with pytest.raises(ScenarioError, match="changes: found"):
        sim.load("order_delivery").changed(given_)


def test_numbers_of_arrays_are_numbers() -> None:
    """Loops over arrays hand out numbers of their own types."""
    staff, latency = np.arange(14, 16)[1], np.linspace(1, 2, 2, dtype=np.float32)[1]
    made = sim.load("order_delivery").changed({"departments.production.staff": staff, "levers": {"latency": latency}})
    assert (made.departments["production"].staff, made.lever("latency")) == (15, 2.0)
    assert made.hash == loads(dump(made)).hash
