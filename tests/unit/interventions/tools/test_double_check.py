"""Confirming supplies takes time where supplies are needed, and finds what is missing."""

import pytest

import sim
from sim.interventions import DoubleCheck
from sim.interventions.grounds import GOODS_MISSING
from sim.scenario import Scenario
from sim.study.directcost import direct_cost


@pytest.fixture(scope="module")
def firm() -> Scenario:
    """Return the manufacturer whom goods are missing now and then."""
    return sim.load(GOODS_MISSING.scenario, GOODS_MISSING.changes)


def test_each_confirmation_takes_minutes_of_who_is_responsible(firm: Scenario) -> None:
    """Of 24 orders a week four in five are confirmed by production, in a tenth of an hour; three minutes are upkeep."""
    cost = direct_cost(firm, "double_check").departments
    share = (1 - 3 / 60 / 40) * 24 * 0.8 * 0.1
    assert cost["production"] == pytest.approx(13 * 3 / 60 + share)
    assert cost["sales"] == pytest.approx(5 * 3 / 60)
    dearer = DoubleCheck(confirmed=0.4, confirmation_minutes=60.0, upkeep_minutes=0.0)
    assert direct_cost(firm, dearer).hours == pytest.approx(24 * 0.4)


def test_where_no_goods_are_needed_only_the_upkeep_is_paid() -> None:
    """Nobody confirms what no step needs."""
    plain = sim.load("order_delivery")
    assert direct_cost(plain, DoubleCheck(upkeep_minutes=0.0)).hours == 0.0


def test_it_moves_the_confirming_and_not_the_checking_out_of_distrust(firm: Scenario) -> None:
    """The lever of its own name is another thing."""
    moved = {edit.lever for edit in DoubleCheck().edits(firm)}
    assert moved == {"confirmation", "overhead"}
