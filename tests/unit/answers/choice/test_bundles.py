"""All bundles that can be made and paid, the cheapest first."""

from itertools import pairwise

import pytest

from sim.answers.choice.budgets import Budget, budgets_of
from sim.answers.choice.bundles import NOW, offer_of
from sim.answers.choice.families import families_of, offered
from sim.answers.choice.parts import part_of
from sim.study.directcost import direct_cost
from tests.worlds.fakes import small_scenario

OFFER = "raci,daily_standup,rpa"


@pytest.fixture(scope="module")
def scenario():
    """An organization of two departments."""
    return small_scenario(horizon_weeks=10)


def test_every_bundle_and_what_it_takes(scenario):
    """Nothing is one of them, and the first; costs are those that are known of its interventions together."""
    offer = offered(scenario, families_of(scenario, OFFER), [Budget(1e6)])
    assert len(offer.bundles) == 8
    assert [one.hours for one in offer.bundles] == sorted(one.hours for one in offer.bundles)
    first, *rest = offer.bundles
    assert (first.code, first.hours, first.money, first.interventions) == (NOW, 0.0, 0.0, ())
    for one in rest:
        cost = direct_cost(scenario, list(one.interventions))
        assert one.hours == pytest.approx(cost.hours)
        assert one.money == pytest.approx(52.0 * cost.spent + cost.once)
    assert {one.code: one.money > 0.0 for one in rest}["rpa"]


def test_budgets_are_nested(scenario):
    """What a smaller one allows, a larger one does; beyond the largest bundles are only counted."""
    offer = offered(scenario, families_of(scenario, OFFER), budgets_of("0h,1h,4h"))
    groups = [set(members) for members in offer.groups.values()]
    assert groups[0] == {0}
    assert all(small < large for small, large in pairwise(groups))
    assert groups[-1] == set(range(len(offer.bundles)))
    assert len(offer.bundles) + offer.beyond == 8
    assert offer.beyond > 0
    bought = offered(scenario, families_of(scenario, OFFER), budgets_of(1000, money=0))
    assert not any("rpa" in one.code for one in bought.bundles)


def test_what_the_organization_cannot_have_is_told(scenario):
    """With the reason: nobody can be led who is not there, and one intervention cannot have two doses."""
    families = families_of(scenario, "raci,Clear=raci:clarity=0.9+sop,escalation_path")
    offer = offered(scenario, families, [Budget(1e6)])
    assert {NOW, "raci", "Clear=raci:clarity=0.9+sop"} <= {one.code for one in offer.bundles}
    told = dict(zip(offer.left_out["bundle"], offer.left_out["why_en"], strict=True))
    assert told["raci+Clear=raci:clarity=0.9+sop"] == "the same intervention with other doses: raci"
    assert (
        told["escalation_path"] == "found escalation_path, expected 'management:' to name the department that decides"
    )
    assert all(why.strip() for why in offer.left_out["why_zh"])


def test_tables_say_it(scenario):
    """A row for each bundle, with the smallest budget that allows it; a row for each part of one."""
    offer = offered(scenario, families_of(scenario, OFFER), budgets_of("0h,1000h"))
    assert offer.table["budget"].tolist() == ["0h", *["1000h"] * 7]
    assert offer.table["name_zh"].iloc[0] == "不采取措施"
    assert offer.contents.groupby("bundle").size().sum() == 12
    assert offer.left_out.empty


def test_finalists_of_another_search(scenario):
    """Stand for themselves, beside nothing."""
    finalists = [(), (part_of("raci+daily_standup"),), (part_of("rpa"),)]
    offer = offer_of(scenario, finalists, [Budget(1e6)])
    assert {one.code for one in offer.bundles} == {NOW, "raci+daily_standup", "rpa"}
