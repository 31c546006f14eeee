"""A process of two hours: usual figures are those of an office, until the file says what is prompt here."""

from pathlib import Path

import pytest

import sim
from sim.replications import replicate
from sim.scenario import Scenario, findings_in, load

pytestmark = pytest.mark.compiled  # many cases

FILE = Path(__file__).with_name("restaurant.yaml")


@pytest.fixture(scope="module")
def restaurant() -> Scenario:
    """Return the restaurant whose complaints are to be answered within two hours of opening time."""
    return load(FILE)


def test_nothing_is_left_to_complain_about(restaurant: Scenario) -> None:
    """Everybody who is asked is there, and all usual figures fit into two hours."""
    assert findings_in(restaurant) == ()


def test_at_an_offices_pace_check_says_what_does_not_fit(restaurant: Scenario) -> None:
    """Without its pace the figures of an office are longer than the target, and the message proposes a pace."""
    slow = sim.Scenario.model_validate(restaurant.model_dump(by_alias=True, exclude_unset=True) | {"pace": 1.0})
    messages = [finding.message for finding in findings_in(slow)]
    assert any("`pace: 5 min`" in message for message in messages)
    assert any("that a case takes on average even if nobody is ever busy" in message for message in messages)


def test_at_its_own_pace_it_is_believable(restaurant: Scenario) -> None:
    """Most complaints are answered in time, in one to three hours of opening time; at an office's pace hardly any."""
    found = replicate(restaurant, replications=8, seed=1)
    on_time = found.measures["on_time_target"].mean()
    assert 0.7 < on_time < 0.9
    assert 1.0 < found.ledger_open.sum(axis=1).mean() < 3.0
    slow = sim.Scenario.model_validate(restaurant.model_dump(by_alias=True, exclude_unset=True) | {"pace": 1.0})
    assert replicate(slow, replications=2, seed=1).measures["on_time_target"].mean() < 0.1
