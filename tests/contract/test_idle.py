"""What is called idle changes no bit but by its cost: in a bare organization, in drawn ones, lever by lever."""

import pytest
from hypothesis import given

from sim.compile import compile_scenario
from sim.interventions import Adoption, Custom, Intervention
from sim.interventions.custom import CustomEdit
from sim.interventions.needs import CONDITIONS, NEEDS, Situation, acts, idle, missing, needed
from sim.outcome import simulate
from sim.scenario import Scenario, loads
from sim.spec.levers import LEVERS
from tests.contract.test_standing_still import FIRM
from tests.worlds.anatomy import bits
from tests.worlds.doses import DOSES
from tests.worlds.drawn import World, law, worlds

BARE = """
departments:
  front: {staff: 3, own_work: {share: 0.2}}
  back: {staff: 4}
processes:
  order:
    demand: {per_week: 25}
    teams: false
    steps:
      sign: {R: front, work: {exponential: 2}}
      make: {R: back, work: {exponential: 4}}
levers: {preset: typical, boost: 0, inflation: 0, latency: 1}
horizon_weeks: 6
warmup_weeks: 1
"""
"""Two departments that hand on work: no roles, no dates, no goods, no rules, nobody who leaves."""

ON_THEIR_OWN = {"contact", "cross_training", "cross_skill", "help_rule", "team_size"}
"""Levers that need nothing but to be moved far enough."""

AT_ONCE = Adoption(fidelity=1.0, ramp_weeks=0.0)


def cost_of(one: Intervention) -> Intervention:
    """Return an intervention that takes the same of people's time, and does nothing else."""

    class Cost(Intervention):
        """What another intervention takes of people's time."""

        def edits(self, organization):
            """Return the costs only."""
            return tuple(edit for edit in one.edits(organization) if edit.lever == "overhead")

    return Cost()


@pytest.fixture(scope="module")
def bare() -> Scenario:
    """Return an organization in which nothing can go wrong but that people are busy."""
    return loads(BARE)


def left_by(scenario: Scenario) -> dict[str, bytes]:
    """Return every column of the cases, days and links of one replication as bits."""
    outcome = simulate(compile_scenario(scenario), 5, 0)
    tables = {table: bits(getattr(outcome, table)) for table in ("cases", "days", "links")}
    return {f"{table}.{name}": held for table, columns in tables.items() for name, held in columns.items()}


def moving(levers: dict[str, float]) -> Custom:
    """Return an intervention that moves levers all the way, for better or for worse, and costs nothing."""
    moves = tuple(CustomEdit(lever=name, toward=aim, worsens=True) for name, aim in levers.items())
    return Custom(moves=moves, cost_minutes=0.0, adoption=AT_ONCE)


def situation(scenario: Scenario, *added: Intervention) -> Situation:
    """Return a scenario with what is in force there, and something more."""
    return Situation(scenario, (*scenario.interventions, *added), scenario.shocks)


def asleep(scenario: Scenario) -> set[str]:
    """Return the levers that lack something, whatever of them is moved with the others, and wherever to."""
    found = set(NEEDS)
    while True:
        here = [situation(scenario, moving({name: end(LEVERS[name]) for name in found})) for end in (low, high)]
        still = {name for name in found if all(one.lacking(name) for one in here)}
        if still == found:
            return found
        found = still


def low(spec):
    """Return the lower end of a lever."""
    return spec.low


def high(spec):
    """Return the upper end of a lever."""
    return spec.high


def test_a_bare_organization_lacks_everything(bare: Scenario) -> None:
    """So the test after it is about every condition, but for those on what else is introduced."""
    here = situation(bare)
    assert {name for name in CONDITIONS if here.fulfills(name)} == set()


def test_in_the_firm_of_all_mechanisms_nothing_is_lacking() -> None:
    """Where a lever is known to act, none is called idle."""
    here = situation(loads(FIRM))
    assert {name: lacks for name in NEEDS if (lacks := here.lacking(name))} == {}


@pytest.mark.parametrize("end", [low, high])
def test_levers_that_lack_something_change_no_bit(bare: Scenario, end) -> None:
    """All of them at once, at either end; where that changes anything, the levers that do are named."""
    levers = asleep(bare)
    assert set(NEEDS) - levers == ON_THEIR_OWN
    before = left_by(bare)

    def changed(*names: str) -> list[str]:
        after = left_by(bare.with_interventions([moving({name: end(LEVERS[name]) for name in names})]))
        return [name for name in before if before[name] != after[name]]

    if changed(*levers):
        assert {name: found for name in levers if (found := changed(name))} == {}


@pytest.mark.compiled
@law
@given(worlds())
def test_they_change_no_bit_in_any_organization(world: World) -> None:
    """In drawn ones, with all that these have; at both ends."""
    scenario = Scenario.model_validate(world)
    before, levers = left_by(scenario), asleep(scenario)
    for end in (low, high):
        after = left_by(scenario.with_interventions([moving({name: end(LEVERS[name]) for name in levers})]))
        assert [name for name in before if before[name] != after[name]] == []


@pytest.mark.compiled
@pytest.mark.parametrize("name", [name for name, dose in DOSES.items() if not dose.needs])
def test_an_idle_intervention_changes_no_bit_but_by_its_cost(bare: Scenario, name: str) -> None:
    """With the same cost and nothing else the same happens; one that acts is not called idle without need."""
    one = DOSES[name].model_copy(update={"adoption": AT_ONCE})
    with_it, with_its_cost = (left_by(bare.with_interventions([each])) for each in (one, cost_of(one)))
    same = with_it == with_its_cost
    assert same or acts(one, situation(bare, one))


def test_what_stands_at_its_aim_is_idle(bare: Scenario) -> None:
    """In every department concerned, unless something else moves it away."""
    there = Custom(moves=(CustomEdit(lever="latency", toward=1.0), CustomEdit(lever="documents", toward=1.0)))
    away = Custom(moves=(CustomEdit(lever="latency", toward=3.0, worsens=True),))
    assert list(idle(there, situation(bare, there))) == ["latency"]
    assert idle(there, situation(bare, there, away)) == {}
    assert acts(there, situation(bare, there))
    only = there.model_copy(update={"moves": there.moves[:1]})
    assert not acts(only, situation(bare, only))


def test_every_condition_has_words_and_a_lever() -> None:
    """In both languages: what is needed, and what is said where it is not there."""
    assert {one for conditions in NEEDS.values() for one in conditions} == set(CONDITIONS)
    assert set(NEEDS) <= set(LEVERS)
    for name in CONDITIONS:
        for text in (needed(name), missing(name)):
            assert text.en
            assert text.zh
