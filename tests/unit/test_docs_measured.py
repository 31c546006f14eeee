"""Measured tables of the documentation agree with the numbers kept beside them, and the numbers with the model."""

import numpy as np
import pandas as pd
import pytest

import sim
from docs import pairs, two_states


@pytest.fixture(scope="module")
def numbers() -> pd.DataFrame:
    return pairs.load()


def test_the_page_of_pairs_says_what_the_numbers_say(numbers: pd.DataFrame) -> None:
    """`python docs/pairs.py page` has been run since the numbers changed."""
    page = pairs.PAGE.read_text(encoding="utf-8")
    assert page == pairs.page(page, numbers)


def test_every_pair_of_the_catalog_is_there(numbers: pd.DataFrame) -> None:
    """An intervention that is added is to be run with all others."""
    found = {tuple(filter(None, one)) for one in numbers.droplevel("quantity").index}
    assert found == {kinds for kinds in pairs.every() if kinds}


def test_an_interaction_is_what_is_more_than_the_sum(numbers: pd.DataFrame) -> None:
    """Effect of both = effect of one + effect of the other + interaction, in every quantity; parts sum to lead time."""
    both = numbers.dropna(subset="interaction")
    for (first, second, quantity), row in both.iterrows():
        alone = sum(numbers.loc[(kind, "", quantity), "effect"] for kind in (first, second))
        assert row["effect"] == pytest.approx(alone + row["interaction"], rel=1e-4, abs=1e-3)
    ledger = both[both.index.get_level_values("quantity").str.startswith("ledger_")]
    lead = both.xs("lead_time_mean", level="quantity")["interaction"]
    parts = ledger.groupby(["first", "second"])["interaction"].sum().reindex(lead.index)
    np.testing.assert_allclose(parts, lead, rtol=1e-3, atol=1e-3)


@pytest.mark.long
@pytest.mark.parametrize(("first", "second"), [("shared_kpi", "raci"), ("raci", "daily_standup")])
def test_the_numbers_are_those_of_the_model(numbers: pd.DataFrame, first: str, second: str) -> None:
    """`python docs/pairs.py` has been run since the model changed."""
    scenario = sim.load(pairs.SCENARIO)
    runs = {kinds: pairs.ran(scenario, kinds) for kinds in ((), (first,), (second,), (first, second))}
    fresh = pairs.rows_of(runs).set_index(["first", "second", "quantity"])
    columns = ["effect", "low", "high", "interaction", "interaction_low", "interaction_high"]
    kept = numbers.loc[fresh.index, columns]
    np.testing.assert_allclose(fresh[columns], kept, rtol=1e-4, atol=1e-6)


@pytest.mark.long
def test_the_states_are_those_of_the_model() -> None:
    """`python docs/two_states.py` has been run since the model changed."""
    curves = [two_states.curve(trust, 1.0, (1.0,)) for trust in (two_states.HIGH, two_states.LOW)]
    row = two_states.load_table(curves).splitlines()[-1]
    assert row in two_states.PAGE.read_text(encoding="utf-8").splitlines()
