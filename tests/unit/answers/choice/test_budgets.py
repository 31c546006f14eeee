"""Budgets as people say them."""

import math

import pytest

from sim.answers.choice.budgets import Budget, BudgetError, budgets_of


@pytest.mark.parametrize("said", ["80h,20h, 40", [40, "20h", 80.0], ("20H,80h", "40 hours")])
def test_several_ways_to_say_the_same(said):
    """The smallest comes first."""
    assert [one.hours for one in budgets_of(said)] == [20.0, 40.0, 80.0]


def test_money_binds_beside_hours_or_alone():
    """In the first year."""
    assert budgets_of("40h", "200000") == (Budget(40.0, 200000.0),)
    (alone,) = budgets_of(None, 5000)
    assert alone.code == "5000"
    assert alone.allows(1e9, 5000.0)
    assert not alone.allows(0.0, 5000.1)
    assert alone.taken(3.0, 7.0) == 7.0
    both = Budget(40.0, 10.0)
    assert both.code == "40h, 10"
    assert both.allows(40.0 + 1e-12, 10.0)
    assert not both.allows(40.1, 0.0)
    assert not both.allows(0.0, 11.0)
    assert both.taken(3.0, 7.0) == 3.0


@pytest.mark.parametrize(
    ("hours", "money", "told"),
    [
        ("forty", None, "budget: found 'forty', expected hours a week"),
        ("-5h", None, "budget: found '-5h'"),
        (-5, None, "budget: found '-5'"),
        ("20h,", None, "budget: found ''"),
        (math.nan, None, "budget: found 'nan'"),
        ("inf", None, "budget: found 'inf'"),
        (True, None, "budget: found 'True'"),
        ([20, None], None, "budget: found 'None'"),
        ("40h,40", None, "budget: found 40h a second time"),
        ("40h", "much", "money: found 'much', expected an amount"),
        ("40h", -1, "money: found '-1'"),
        (None, None, "found no budget"),
        ([], None, "found no budget"),
    ],
)
def test_what_is_no_budget(hours, money, told):
    """In one sentence that says what would have been one."""
    with pytest.raises(BudgetError) as refused:
        budgets_of(hours, money)
    assert refused.value.said().startswith(told)


def test_nothing_may_be_spent():
    """That is a budget, too."""
    (zero,) = budgets_of("0h")
    assert zero.allows(0.0, 1e6)
    assert not zero.allows(0.1, 0.0)
