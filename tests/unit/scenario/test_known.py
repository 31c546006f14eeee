"""What was examined before is not examined again, unless anything about it is another."""

import pytest
from pydantic import BaseModel

import sim
from sim.interventions import Intervention
from sim.scenario import findings_in, known, scenario
from sim.scenario.known import Known, content_of
from sim.scenario.nodes import composed
from sim.spec.findings import Finding, ScenarioError

ORDERS = sim.load("order_delivery")
WRONG = (Finding("something is wrong"),)


class Pair(BaseModel):
    """Two numbers, of which one need not be stated."""

    one: int
    other: int = 0


@pytest.fixture
def examined(monkeypatch):
    """Return the scenarios that are examined, in order, of which none is known."""
    those = []
    monkeypatch.setattr(scenario, "_KNOWN", Known(lambda one: those.append(one) or scenario._examined(one)))
    return those


def test_the_same_is_examined_once():
    """Whatever is found, and whichever object it is."""
    asked = []
    remembered = Known(lambda one: asked.append(one) or WRONG)
    assert remembered.findings(Pair(one=1)) == remembered.findings(Pair(one=1)) == WRONG
    assert len(asked) == 1


@pytest.mark.parametrize("other", [Pair(one=2), Pair(one=1, other=0)])
def test_what_differs_is_examined(other):
    """Also where only what is stated differs."""
    asked = []
    remembered = Known(lambda one: asked.append(one) or ())
    remembered.findings(Pair(one=1))
    remembered.findings(other)
    assert asked == [Pair(one=1), other]


def test_only_the_last_are_remembered(monkeypatch):
    """The first is forgotten when there are too many."""
    monkeypatch.setattr(known, "MAX_KNOWN", 2)
    asked = []
    remembered = Known(lambda one: asked.append(one.one) or ())
    for number in (1, 2, 3, 3, 2, 1):
        remembered.findings(Pair(one=number))
    assert asked == [1, 2, 3, 1]


def test_a_scenario_is_examined_once(examined):
    """However often it is read; and once as a copy, of which every value is given while it is checked."""
    for _ in range(2):
        sim.load("order_delivery").model_copy().model_copy()
    assert examined == [ORDERS, ORDERS]


def test_what_was_changed_behind_its_back_is_examined(examined):
    """Deep within, by whatever way."""
    changed = sim.load("order_delivery")
    dict.__setitem__(changed.departments["sales"].levers, "latency", 5.0)
    with pytest.raises(TypeError):
        changed.departments["sales"].levers["latency"] = 6.0
    object.__setattr__(changed.departments["sales"], "staff", 7)
    assert content_of(changed) != content_of(ORDERS)
    findings_in(changed)
    assert examined[-1].departments["sales"].staff == 7


def test_a_wrong_one_stays_wrong(examined):
    """What was refused is refused again, in the same words, without being examined twice."""
    told = []
    for _ in range(2):
        with pytest.raises(ScenarioError) as caught:
            sim.load("order_delivery", {"ranges": {"departments.sales.staff": [0, 3]}})
        told.append(str(caught.value))
    assert told[0] == told[1]
    assert "staff" in told[0]
    assert len({content_of(one) for one in examined}) == len(examined)


def test_what_ones_own_intervention_says_is_asked_for_each_time(examined):
    """Its code may say something else the next time."""

    class Watching(Intervention):
        kind: str = "watching"

    own = ORDERS.with_interventions([Watching()])
    examined.clear()
    assert findings_in(own) == findings_in(own)
    assert not examined


def test_values_of_a_suggestion_cannot_be_changed():
    """Neither can those of one that sets none."""
    with pytest.raises(TypeError):
        ORDERS.compare[0].set_["pace"] = 2.0


def test_a_text_that_was_read_gives_documents_of_their_own():
    """Its nodes are kept; what is read from them is nobody else's."""
    text = "a: [1, 2]"
    assert composed(text) is composed(text)
    first, second = (sim.scenario.yaml.parse(text, "file.yaml") for _ in range(2))
    first.data["a"].append(3)
    assert second.data == {"a": [1, 2]}
