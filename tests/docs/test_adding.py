"""The intervention that the how-to adds: its file as printed does what the page says, in the words printed there."""

import re
import tomllib
from typing import Any

import pytest

import sim
from sim.interventions import Intervention, Minutes, Pay
from sim.interventions.complaints import COMPLAINTS
from sim.interventions.needs import Situation, acts
from sim.spec.measures import MEASURES
from tests import ROOT

PAGE = (ROOT / "docs" / "how-to" / "add-an-intervention.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def added() -> type[Intervention]:
    """Return the class of the page."""
    names: dict[str, Any] = {}
    (code,) = (code for kind, code in BLOCKS if kind == "python")
    exec(compile(code, "page", "exec"), names)
    found: type[Intervention] = names["LunchLottery"]
    return found


def test_its_words_are_those_of_its_doses(added: type[Intervention]) -> None:
    """As the tests of the catalogue ask: a label, two sentences, and a sentence for each dose, as below the field."""
    about, fields = (tomllib.loads(code) for kind, code in BLOCKS if kind == "toml")
    (said,) = about.values()
    assert len(re.findall(r"[.](?:\s|$)", said["summary"])) == 2
    own = set(added.model_fields) - set(Intervention.model_fields)
    assert fields == {added.__name__: {name: fields[added.__name__][name] for name in own}}
    assert set(about) == {added.model_fields["kind"].default}


def test_it_states_what_there_is(added: type[Intervention]) -> None:
    """Complaints, measures and costs that exist; it acts in the organization on which it is tried."""
    one = added()
    organization = sim.load("order_delivery")
    assert set(added.answers) <= set(COMPLAINTS)
    assert {expected.measure for expected in added.expects} <= set(MEASURES)
    assert acts(one, Situation(organization, [one]))
    assert [type(cost) for cost in added.costs] == [Minutes, Pay]


@pytest.mark.compiled
def test_the_stated_direction_holds(added: type[Intervention]) -> None:
    """On a few paired replications."""
    comparison = sim.compare(sim.load("order_delivery"), {"Lunch lottery": [added()]}, replications=12, measures="all")
    rows = comparison.table.set_index("measure")
    for expected in added.expects:
        sign = 1.0 if expected.direction == "up" else -1.0
        assert sign * rows.loc[expected.measure, "difference"] > 0.0
