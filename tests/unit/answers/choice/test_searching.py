"""Bundles that are searched for: what fits, who goes on, and what the page says of it."""

import sys

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

import sim
from sim.answers.choice import choice, searching
from sim.answers.choice.asked import Asked, Rule, measure_asked
from sim.answers.choice.budgets import budgets_of
from sim.answers.choice.bundles import NOW, offer_of
from sim.answers.choice.families import families_of
from sim.answers.choice.search import SearchError
from sim.answers.choice.searching import FINALISTS, Makings, finalists
from sim.engine import Threads
from tests.worlds.chosen import MadeUp
from tests.worlds.fakes import small_scenario

OFFER = "raci:clarity=0.5..0.9,upkeep_minutes=5..10,daily_standup:minutes=5..30,shared_kpi,rpa,escalation_path"
EFFECTS = {"raci": 0.06, "daily_standup": 0.03, "shared_kpi": 0.01, "rpa": -0.02}


@pytest.fixture(autouse=True)
def short(monkeypatch):
    """Make the search short."""
    monkeypatch.setattr(searching, "GENERATIONS", 3)
    monkeypatch.setattr(searching, "POPULATION", 10)


def asked(budgets="4h,8h", **rule):
    """Return what is asked of a small organization, with no bundles yet."""
    scenario = small_scenario(horizon_weeks=4)
    spec, measures = measure_asked(scenario, None)
    offer = offer_of(scenario, [()], budgets_of(budgets))
    return Asked(scenario, offer, spec, measures, Rule(**({"fresh": 20, "worlds": 3, "at_most": 40} | rule)), 1)


@pytest.fixture(scope="module")
def searched():
    """Return a choice on made-up numbers, after a search among thousands of bundles."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(searching, "GENERATIONS", 3)
        patched.setattr(searching, "POPULATION", 10)
        families = families_of(small_scenario(horizon_weeks=4), OFFER)
        return choice.searched_for(asked(worlds=0), families, MadeUp(EFFECTS))


def test_a_bundle_that_fits_is_itself_and_one_that_does_not_a_part_of_it():
    """Always the same part; what the organization cannot have is never in it."""
    makings = Makings(asked("8h"), families_of(small_scenario(horizon_weeks=4), OFFER))
    small = ((2, ()),)
    assert makings.possible(small) == small
    whole = ((0, (5, 3)), (1, (25,)), (2, ()), (3, ()), (4, ()))
    part = makings.possible(whole)
    assert part == Makings(makings.asked, makings.genes).possible(whole)
    assert set(part) < set(whole)
    assert 0.0 < makings.made(part).hours <= 8.0
    assert (4, ()) not in part
    ((refused, why),) = makings.refused
    assert refused[0].code == "escalation_path"
    assert "management" in why.en


def test_the_best_for_each_budget_and_the_front_go_on():
    """No more than there is room for; nothing takes no place, and what is not known does not go on."""
    random = np.random.default_rng(1)
    losses = np.column_stack([random.normal(size=200), random.normal(size=200), random.uniform(1, 9, 200)])
    losses[0], losses[1] = 0.0, (np.nan, 0.0, 2.0)
    allowed = np.array([losses[:, 2] <= 3.0, losses[:, 2] <= 9.0])
    found = finalists(losses, allowed)
    assert found.sum() == FINALISTS
    assert not found[:2].any()
    for budget in allowed:
        within = np.flatnonzero(budget & ~np.isnan(losses[:, 0]) & (np.arange(200) > 0))
        assert found[within[np.argsort(losses[within, 0])][: FINALISTS // 4]].all()
    few = finalists(losses[:10], allowed[:, :10])
    assert few.tolist() == [False, False, *[True] * 8]


def test_the_page_says_that_it_was_a_search(searched):
    """The guarantee is about the finalists, in both languages; numbers are the same."""
    about, tried = searched.about["search"], searched.tables["searched"]
    assert about["possible"] == (1 + 11 * 6) * (1 + 26) * 2 * 2 * 2
    assert about["tried"] == len(tried) - 1
    assert about["finalists"] == tried["finalist"].sum() == len(searched.tables["candidates"]) - 1
    assert (tried["hours"] <= 8.0).all()
    assert tried["bundle"].is_unique
    said, zh = "\n".join(searched.summary()), "\n".join(searched.summary("zh"))
    assert f"5 interventions with their doses {about['possible']:,} bundles can be made" in said
    assert "a chosen bundle is the best of the finalists, if" in said
    assert f"the guarantee is about the {about['finalists']} finalists" in said
    assert "whether bundles that it did not try or propose belong on the front is not known" in said
    assert "则它确为入围组合中最优的置信水平" in zh
    assert f"选出 {about['finalists']} 个入围组合" in zh
    assert "escalation_path" in said
    assert searched.best("8h").startswith("raci:clarity=")


def test_runs_are_those_that_are_told(searched):
    """Generation by generation, all under one luck, which neither the selection nor what is told has."""
    room = MadeUp(EFFECTS)
    choice.searched_for(asked(worlds=0), families_of(small_scenario(horizon_weeks=4), OFFER), room)
    searches = {name: one for name, one in room.asked.items() if name.startswith("search")}
    assert list(searches) == ["search-01", "search-02", "search-03"]
    points = sum(len(one["factors"]["bundle"]["levels"]) for one in searches.values())
    assert points * searching.REPLICATIONS == searched.about["search"]["runs"]
    seeds = {one["seed"] for one in searches.values()}
    assert len(seeds) == 1
    assert not seeds & {room.asked["selection"]["seed"], room.asked["fresh"]["seed"], room.asked["front"]["seed"]}


@pytest.mark.compiled
def test_few_bundles_are_not_searched_for():
    """All are looked at, at every dose."""
    offer = "raci:clarity=0.5..0.9,daily_standup:minutes=5..8"
    found = sim.choose(small_scenario(horizon_weeks=4), "0h", offer=offer, fresh=2, worlds=0)
    assert found.about["search"] is None
    assert found.about["beyond"] == 12 * 5 - 1
    assert found.best() == NOW
    assert found.tables["offered"]["doses"].tolist() == [11, 4]


@pytest.mark.compiled
def test_an_interrupted_search_is_gone_on_with(monkeypatch, tmp_path):
    """At whatever block; the answer is the same on any number of workers."""
    monkeypatch.setattr(searching, "POPULATION", 4)
    scenario = small_scenario(horizon_weeks=2, warmup_weeks=0)
    ask = {"budget": "8h", "offer": OFFER, "at_most": 20, "fresh": 4, "worlds": 0}
    whole = sim.choose(scenario, engine=Threads(2), **ask)
    told = []

    def interrupt(standing):
        told.append(standing.done)
        if standing.done > standing.before and len(told) % 3 == 0:
            raise KeyboardInterrupt

    for _ in range(40):
        try:
            again = sim.choose(scenario, out=tmp_path, engine=Threads(1), progress=interrupt, **ask)
        except KeyboardInterrupt:
            continue
        break
    assert len(told) > 3
    assert whole.to_json() == again.to_json()
    for name, table in whole.tables.items():
        assert_frame_equal(table, again.tables[name])


def test_without_the_library_nothing_is_run(monkeypatch, tmp_path):
    """It is said before, and only where bundles have to be searched for."""
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(
        SearchError, match=r"optuna, which is not installed; get it with: pip install 'deptsim\[answers\]'"
    ):
        sim.choose(small_scenario(horizon_weeks=4), "8h", offer=OFFER, out=tmp_path)
    assert not list(tmp_path.iterdir())
    assert sim.choose(small_scenario(horizon_weeks=4), "0h", offer="raci,sop", fresh=2, worlds=0).best() == NOW
