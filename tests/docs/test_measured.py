"""Measured tables of the documentation say with which version they were measured, and agree with themselves."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import sim
from docs import alone, audit, demo, experiments, organizations, pairs, patterns, two_states
from docs.mark import mark, measured_with, present
from sim.answers.audit.reading import load_claims
from tests import ROOT

MARKED = [
    *((page, name) for page, names in demo.PAGES.items() for name in names),
    ("docs/interactions.md", "measured"),
    ("docs/each-alone.md", "measured"),
    ("docs/audit.md", "measured"),
    ("docs/experiments.md", "measured"),
    ("docs/scenarios.md", "measured"),
    ("docs/how-to/two-states.md", "measured"),
    ("docs/validation.md", "measured"),
]
"""Blocks that hold what was measured, or stand above it."""


def block(page: str, name: str) -> str:
    """Return what a page says in a block."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return text.partition(f"<!-- {name}: written by ")[2].partition(f"<!-- end of {name} -->")[0]


@pytest.fixture(scope="module")
def numbers() -> pd.DataFrame:
    return pairs.load()


@pytest.mark.parametrize(("page", "name"), MARKED)
def test_what_was_measured_says_with_which_version(page: str, name: str) -> None:
    """And how it is measured anew; it need not be this version."""
    said = block(page, name)
    version = measured_with(said)
    assert any(mark(version, command) in said for command in COMMANDS)


SCRIPTS = (alone, audit, experiments, organizations, patterns)
COMMANDS = (demo.REMADE, "python docs/pairs.py", "python docs/two_states.py", *(one.COMMAND for one in SCRIPTS))


def test_a_mark_is_that_of_the_present_sources() -> None:
    """What is measured now is marked with this version, and a text without a mark is refused."""
    assert measured_with(mark(present(), "python x.py")) == present()
    assert sim.__version__ in present()
    with pytest.raises(ValueError, match="does not say with which version"):
        measured_with("| 1 | 2 |")


def test_the_page_of_pairs_says_what_the_numbers_say(numbers: pd.DataFrame) -> None:
    """`python docs/pairs.py page` has been run since the numbers changed."""
    page = pairs.PAGE.read_text(encoding="utf-8")
    assert page == pairs.page(page, numbers, pairs.version())


def test_the_page_of_each_alone_says_what_the_numbers_say() -> None:
    """`python docs/alone.py page` has been run since the numbers changed; one added since waits for the next time."""
    page, numbers = alone.PAGE.read_text(encoding="utf-8"), alone.load()
    assert page == alone.page(page, numbers, alone.version())
    assert set(numbers["item"]) <= set(alone.items())


def test_the_page_of_the_audit_says_what_was_found() -> None:
    """`python docs/audit.py page` has been run since facts or words changed; every shipped claim is on it."""
    page, kept = audit.PAGE.read_text(encoding="utf-8"), audit.load()
    assert page == audit.page(page, kept)
    assert kept.tables["claims"]["claim"].tolist() == list(load_claims().claims)
    assert audit.PICTURE.is_file()


def test_the_page_of_validation_says_what_the_numbers_say() -> None:
    """`python docs/patterns.py page` has been run since numbers or words changed; a new pattern may wait."""
    page, kept = patterns.PAGE.read_text(encoding="utf-8"), patterns.load()
    assert page == patterns.page(page, kept)
    assert set(kept) <= set(patterns.PATTERNS)
    assert {path.stem for path in patterns.FIGURES.glob("*.svg")} == {key.lower() for key in kept}


@pytest.mark.long
@pytest.mark.parametrize("item", ["raci", "job_rotation:preset=week"])
def test_each_alone_can_be_measured_anew(item: str) -> None:
    """What the script finds now is what is kept, if this version measured that."""
    now, then = (alone.ran(alone.AS_IT_IS, one)[list(alone.MEASURED)] for one in ("", item))
    fresh = pairs.effect(now, then)
    if alone.version() == present():
        kept = alone.load().query("item == @item and ground == 'order_delivery'").set_index("measure")
        np.testing.assert_allclose(fresh, kept.loc[fresh.index, list(fresh)], rtol=1e-4, atol=1e-6)


def test_every_pair_of_the_table_is_there(numbers: pd.DataFrame) -> None:
    """Of the interventions that were run; one that was added since waits for the next time."""
    found = {tuple(filter(None, one)) for one in numbers.droplevel("quantity").index}
    kinds = pairs.kinds_of(numbers)
    assert found == {*((kind,) for kind in kinds), *combinations(kinds, 2)}


def consistent(numbers: pd.DataFrame) -> None:
    """Effect of both = effect of one + effect of the other + interaction, in every quantity; parts sum to lead time."""
    both = numbers.dropna(subset="interaction")
    for (first, second, quantity), row in both.iterrows():
        alone = sum(numbers.loc[(kind, "", quantity), "effect"] for kind in (first, second))
        assert row["effect"] == pytest.approx(alone + row["interaction"], rel=1e-4, abs=1e-3)
    ledger = both[both.index.get_level_values("quantity").str.startswith("ledger_")]
    lead = both.xs("lead_time_mean", level="quantity")["interaction"]
    parts = ledger.groupby(["first", "second"])["interaction"].sum().reindex(lead.index)
    np.testing.assert_allclose(parts, lead, rtol=1e-3, atol=1e-3)


def test_an_interaction_is_what_is_more_than_the_sum(numbers: pd.DataFrame) -> None:
    """The numbers that are kept agree with each other."""
    consistent(numbers)


@pytest.mark.long
@pytest.mark.parametrize(("first", "second"), [("shared_kpi", "raci"), ("raci", "daily_standup")])
def test_pairs_can_be_measured_anew(numbers: pd.DataFrame, first: str, second: str) -> None:
    """What the script finds now agrees with itself, and with what is kept if this version measured that."""
    scenario = sim.load(pairs.SCENARIO)
    runs = {kinds: pairs.ran(scenario, kinds) for kinds in ((), (first,), (second,), (first, second))}
    fresh = pairs.rows_of(runs).set_index(["first", "second", "quantity"]).sort_index()
    consistent(fresh)
    if pairs.version() == present():
        columns = ["effect", "low", "high", "interaction", "interaction_low", "interaction_high"]
        np.testing.assert_allclose(fresh[columns], numbers.loc[fresh.index, columns], rtol=1e-4, atol=1e-6)


@pytest.mark.long
def test_states_can_be_measured_anew() -> None:
    """Begun with trust there is more of it; a row is the one that is kept if this version measured that."""
    curves = [two_states.curve(trust, 1.0, (1.0,)) for trust in (two_states.HIGH, two_states.LOW)]
    high, low = (one.states[0]["trust"].mean() for one in curves)
    assert low < high
    row = two_states.load_table(curves).splitlines()[-1]
    page = two_states.PAGE.read_text(encoding="utf-8")
    if measured_with(page) == present():
        assert row in page.splitlines()


def test_every_shipped_organization_is_told_of() -> None:
    """With what its bundle does, all measures of which its file says what is known, and a picture of its process."""
    numbers = organizations.load()
    assert set(numbers.index.unique("organization")) == set(sim.shipped())
    for name in sim.shipped():
        told = numbers.loc[name]
        assert set(organizations.told_of(sim.load(name))) <= set(told.index)
        assert organizations.picture(name).exists()
        assert f"<!-- {name}: written by docs/generate.py -->" in (ROOT / "docs/scenarios.md").read_text(
            encoding="utf-8"
        )
