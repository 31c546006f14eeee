"""Sites: what departments at several places are called, and how far apart they are."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.outcome import cases_of
from sim.scenario import findings_in, loads
from sim.scenario.outline import called
from sim.spec.sites import apart_by_site
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, finished, law, worlds
from tests.worlds.mistakes import GOOD

pytestmark = pytest.mark.compiled  # many cases

PLACES = ("north", "south", "")


def at_sites(world: World, sites: list[str], far: float) -> World:
    """Return a world whose departments are at these sites, one after another, and no pair is told of."""
    teams = {
        name: team | {"site": site} for (name, team), site in zip(world["departments"].items(), sites, strict=False)
    }
    relations = {"trust": 0.5, "understanding": 0.4, "between_sites": far}
    return world | {"departments": teams, "relations": relations}


@law
@given(worlds(), st.lists(st.sampled_from(PLACES), min_size=5, max_size=5))
def test_a_distance_between_sites_is_that_of_each_pair(world: World, sites: list[str]) -> None:
    """To say how far apart sites are is to say it of every two departments that have different ones."""
    world = world | {"levers": world["levers"] | {"distance": 1.0}}
    at = dict(zip(world["departments"], sites, strict=False))
    pairs = [(a, b) for a, b in combinations(at, 2) if at[a] and at[b] and at[a] != at[b]]
    met = [{"from": a, "to": b, "trust": 0.5} for a, b in pairs]
    by_site, by_pair = at_sites(world, sites, 0.5), at_sites(world, [""] * 5, 0.0)
    by_site["relations"]["pairs"] = met
    by_pair["relations"]["pairs"] = [one | {"distance": 0.5} for one in met]
    first, second = (cases_of(finished(one).state) for one in (by_site, by_pair))
    for field in first.dtype.names:
        assert first[field].tobytes() == second[field].tobytes(), field


@law
@given(worlds(), st.lists(st.sampled_from(PLACES), min_size=5, max_size=5))
def test_a_site_alone_changes_no_bit(world: World, sites: list[str]) -> None:
    """Where nothing is said of how far apart they are, it does not matter who is where."""
    first, second = (finished(at_sites(world, some, 0.0)) for some in (sites, [""] * 5))
    assert differing(traces(first), traces(second)) == []


def test_a_pair_is_told_of_before_sites() -> None:
    """What is written of a pair stands, in both directions; who has no site is near everybody."""
    text = GOOD.replace("staff: 5", "staff: 5\n    site: {en: Berlin, zh: 柏林}").replace(
        "staff: 9", "staff: 9\n    site: Paris"
    )
    scenario = loads(f"{text}relations: {{between_sites: 0.5}}\n")
    assert apart_by_site(scenario) == {("sales", "production"): 0.5, ("production", "sales"): 0.5}
    assert called(scenario, "sales").by_language() == {"en": "sales (Berlin)", "zh": "sales（柏林）"}
    assert called(scenario, "production").get("en") == "production (Paris)"
    assert called(scenario, "management").get("en") == "management"


@pytest.mark.parametrize(("site", "told"), [("", True), ("Berlin", True), ("Paris", False)])
def test_one_site_is_no_distance(site: str, told: bool) -> None:
    """It is told where a distance between sites can do nothing."""
    text = GOOD.replace("staff: 5", "staff: 5\n    site: Berlin").replace("staff: 9", f"staff: 9\n    site: '{site}'")
    found = findings_in(loads(f"{text}relations: {{between_sites: 0.5}}\n"))
    assert any(one.field == "relations.between_sites" for one in found) == told
