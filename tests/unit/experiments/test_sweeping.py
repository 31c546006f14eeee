"""What is varied, as somebody types it."""

import contextlib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiments.sweeping import SweepError, factors_of, sweep_of
from sim.scenario import loads
from sim.spec.base import NAME_LENGTH
from tests.worlds.experiments import ORGANIZATION

READ: dict[str, dict[str, Any]] = {
    "levers.latency=1,2,4": {"latency": {"set": "levers.latency", "values": [1, 2, 4]}},
    "levers.latency=1, 2.5, off": {"latency": {"set": "levers.latency", "values": [1, 2.5, "off"]}},
    "departments.sales.staff=6..10/2": {"staff": {"set": "departments.sales.staff", "values": [6, 8, 10]}},
    "departments.sales.staff=6..8,20": {"staff": {"set": "departments.sales.staff", "values": [6, 7, 8, 20]}},
    "departments.sales.staff*=0.8,1,1.2": {"staff": {"set": "departments.sales.staff", "times": [0.8, 1, 1.2]}},
    "levers.clarity=-0.1..0.1/0.1": {"clarity": {"set": "levers.clarity", "values": [-0.1, 0.0, 0.1]}},
    "levers.clarity=0.1..0.9": {"clarity": {"set": "levers.clarity", "range": [0.1, 0.9]}},
    "levers.preset=neutral,typical": {"preset": {"set": "levers.preset", "values": ["neutral", "typical"]}},
    "shocks[0].week=1..3/2": {"week": {"set": "shocks[0].week", "values": [1, 3]}},
    "raci": {"raci": {"with": ["raci"]}},
    "raci + okr": {"raci_okr": {"with": ["raci", "okr"]}},
    "raci|okr": {"raci_okr": {"levels": {"off": [], "raci": ["raci"], "okr": ["okr"]}}},
    "raci|okr+kickoff": {
        "raci_okr_kickoff": {"levels": {"off": [], "raci": ["raci"], "okr_kickoff": ["okr", "kickoff"]}}
    },
    "bundle:rules_only": {"rules_only": {"with": ["bundle:rules_only"]}},
    "sop:pages=1..3": {"pages": {"with": ["sop"], "dose": "pages", "values": [1, 2, 3]}},
    "sop:strength=0.5,pages=1,5": {"pages": {"with": ["sop:strength=0.5"], "dose": "pages", "values": [1, 5]}},
    "sop:adoption.fidelity=0.5..1": {"fidelity": {"with": ["sop"], "dose": "adoption.fidelity", "range": [0.5, 1]}},
    "sop:strength=0.5": {"sop": {"with": ["sop:strength=0.5"]}},
    "my_package.buddies:Buddy": {"Buddy": {"with": ["my_package.buddies:Buddy"]}},
    "people:=departments.sales.staff=6,8": {"people": {"set": "departments.sales.staff", "values": [6, 8]}},
}


@pytest.mark.parametrize("text", READ)
def test_a_text_is_a_factor(text: str) -> None:
    """As a file would say it."""
    assert factors_of([text]) == READ[text]


REFUSED = {
    "": "expected a factor",
    "raci|": "the name of an intervention is missing",
    "raci|raci": "found the same twice",
    "raci++okr": "the name of an intervention is missing",
    "sop:pages": "expected parameter=value, found 'pages'",
    "sop:3": "expected parameter=value, found '3'",
    "sop:pages=1,pages=2": "'pages' is given twice",
    "sop:pages=1..2,forms=1..2": "several doses that are varied (pages, forms)",
    "levers.latency=": "a value is missing",
    "levers.latency=1,,2": "a value is missing",
    "levers.latency=0.1..0.35/0.1": "such as 0.3 or 0.4",
    "levers.latency=3..1": "found from 3 to 1",
    "levers.latency=1..2/0": "found a step of 0",
    "levers.latency=1,0.1..0.9": "found 0.1..0.9 beside other values",
    "departments.sales.staff*=0.8..1.2": "found a range of factors",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_understood_is_one_sentence(text: str) -> None:
    """In both languages."""
    with pytest.raises(SweepError) as caught:
        factors_of([text])
    assert REFUSED[text] in caught.value.said("en")
    assert "found" not in caught.value.said("zh")


def test_names_are_the_shortest_that_tell_apart() -> None:
    """More of the place where the last part is not enough."""
    texts = ["departments.sales.staff=1,2", "departments.workshop.staff=1,2", "raci:strength=0,1", "okr:strength=0,1"]
    assert list(factors_of(texts)) == ["sales_staff", "workshop_staff", "raci_strength", "okr_strength"]
    with pytest.raises(SweepError, match="two factors called 'a'"):
        factors_of(["a:=raci", "a:=okr"])
    with pytest.raises(SweepError, match="nothing to vary"):
        factors_of([])


def test_a_sweep_is_an_experiment() -> None:
    """Checked like a file: every value of each with every value of all others."""
    found = sweep_of(loads(ORGANIZATION), ["raci", "levers.latency=1..3"], replications=5, seed=3)
    assert (found.name, found.replications, found.seed) == ("sweep", 5, 3)
    assert found.factors["latency"].values == (1, 2, 3)


@given(st.integers(-500, 500), st.integers(1, 40), st.integers(1, 60), st.integers(0, 3))
def test_steps_are_what_is_written(first: int, step: int, count: int, digits: int) -> None:
    """As many as it takes, each the decimal that a person would write."""
    numbers = [Decimal(first + step * place).scaleb(-digits) for place in range(count + 1)]
    (factor,) = factors_of([f"levers.x={numbers[0]}..{numbers[-1]}/{Decimal(step).scaleb(-digits)}"]).values()
    assert factor["values"] == [float(one) for one in numbers]


@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=3))
def test_whatever_is_typed_is_understood_or_refused_in_a_sentence(texts: list[str]) -> None:
    """Names can be those of factors."""
    with contextlib.suppress(SweepError):
        found = factors_of(texts)
        assert len(found) == len(texts)
        assert all(name.isidentifier() and len(name) <= NAME_LENGTH for name in found)


def test_a_range_is_written_as_it_was_said() -> None:
    """In a manifest as in a file, and read from there as the same."""
    asked = sweep_of("order_delivery", ["levers.latency=1..9.0"], design="latin_hypercube:points=2")
    written = asked.model_dump(mode="json", by_alias=True)
    assert written["factors"]["latency"]["range"] == [1, 9]
    assert type(asked).model_validate(written) == asked
