"""What somebody may get wrong from Python: one sentence that names the argument, what was found, what is allowed."""

import re
from typing import Any

import pytest

import sim
from sim.interventions import DailyStandup
from sim.scenario import Scenario, ScenarioError
from sim.study.alternatives import AlternativeError
from tests.worlds.fakes import small_scenario


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Two departments."""
    return small_scenario()


class Patient(sim.Department):
    """Decides nothing."""


class Awaited(sim.Department):
    """Would be called and never awaited."""

    async def on_day(self) -> None:  # type: ignore[override]
        """Never reached."""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("replications", 0),
        ("replications", 1.5),
        ("replications", "3"),
        ("replications", True),
        ("seed", -1),
        ("seed", 1.5),
        ("seed", "x"),
        ("threads", 0),
        ("threads", 1.5),
        ("first", -1),
    ],
)
def test_numbers_that_cannot_be_meant_are_refused(scenario: Scenario, name: str, value: Any) -> None:
    """No run of no replications, no half seeds, and no first replication that is none."""
    sentence = re.escape(f"{name}: found {value!r}, expected a whole number of at least")
    with pytest.raises(ValueError, match=sentence):
        sim.run(scenario, **{name: value})
    if name != "first":
        with pytest.raises(ValueError, match=sentence):
            sim.compare(scenario, {"RACI": ["raci"]}, **{name: value})


@pytest.mark.parametrize("given", ["order_delivery", None, 3])
def test_only_scenarios_are_run(given: Any) -> None:
    """The name of a scenario has to be loaded first, and the sentence says how."""
    hint = ": write sim.load('order_delivery')" if isinstance(given, str) else ""
    for attempt in (lambda: sim.run(given), lambda: sim.compare(given, {"RACI": ["raci"]})):
        with pytest.raises(TypeError, match=re.escape(f"scenario: found {given!r}, expected a scenario{hint}")):
            attempt()


@pytest.mark.parametrize(
    "given",
    [["raci"], "raci", {"X": [3]}, {"X": [None]}, {"X": [{"sales": Patient}]}, {"X": [object()]}],
)
def test_what_is_no_alternative_is_refused(scenario: Scenario, given: Any) -> None:
    """Lists without labels, and things that are no interventions."""
    with pytest.raises(AlternativeError, match=r"found .*, expected"):
        sim.compare(scenario, given, replications=1)


def test_a_hook_that_nobody_awaits_is_refused(scenario: Scenario) -> None:
    """It would change nothing, and nobody would notice."""
    with pytest.raises(TypeError, match="found 'async def on_day' in Awaited, expected 'def on_day'"):
        sim.run(scenario, department=Awaited)


@pytest.mark.parametrize(
    ("update", "sentence"),
    [
        ({"warmup_week": 2.0}, "warmup_week: found an unknown field"),
        ({"horizon_weeks": -3.0}, "horizon_weeks: found -3.0, expected a number above 0"),
        ({"shocks": [{"kind": "surge", "week": 1, "process": "nobody"}]}, "shocks[0].process: found 'nobody'"),
        ({"levers": {"latncy": 1.0}}, "did you mean 'latency'?"),
    ],
)
def test_copies_are_checked_like_any_scenario(scenario: Scenario, update: dict[str, Any], sentence: str) -> None:
    """A misspelled field must not give the old scenario back."""
    with pytest.raises(ScenarioError, match=re.escape(sentence)):
        scenario.model_copy(update=update)


def test_a_copy_without_changes_is_the_same_scenario(scenario: Scenario) -> None:
    """Interventions of one's own included."""
    more = scenario.with_interventions(["raci", DailyStandup(minutes=5.0)])
    assert more.model_copy() == more
    assert more.model_copy(update={"warmup_weeks": more.warmup_weeks}).hash == more.hash


@pytest.mark.parametrize(
    ("added", "sentence"),
    [
        ("raci", "found the text 'raci', expected a list, as in ['raci']"),
        (["rasci"], "interventions[0]: found 'rasci', expected one of"),
        ([DailyStandup], "interventions[0]: found <class"),
        ([{"kind": "raci", "minuts": 3}], "interventions[0].minuts: found an unknown field, expected one of kind"),
    ],
)
def test_interventions_that_cannot_be_added_are_refused(scenario: Scenario, added: Any, sentence: str) -> None:
    """The sentence is the one that a scenario file would get."""
    with pytest.raises(ScenarioError, match=re.escape(sentence)):
        scenario.with_interventions(added)


@pytest.mark.parametrize("found", [3, "raci", ["raci"], lambda: None])
@pytest.mark.parametrize("call", [sim.compare, sim.robust])
def test_alternatives_without_labels_are_refused(scenario: Scenario, call: Any, found: Any) -> None:
    """With what was found, whole, and an example."""
    said = found[0] if isinstance(found, list) else found
    with pytest.raises(AlternativeError, match=re.escape(f"found {said!r:.40}"[:40])):
        call(scenario, found)


@pytest.mark.parametrize("found", ["x", None, -1, 101, float("nan"), True])
@pytest.mark.parametrize("call", [sim.compare, sim.robust])
def test_what_matters_is_points(scenario: Scenario, call: Any, found: Any) -> None:
    """Before anything is computed."""
    with pytest.raises(ValueError, match=r"matters: found .*, expected points from 0 to 100"):
        call(scenario, {"RACI": "raci"}, matters=found)
