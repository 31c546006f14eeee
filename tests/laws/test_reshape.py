"""Interventions that change the structure: nothing at strength 0, the same as a changed file, under the same luck."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.compile import compile_scenario
from sim.interventions import Intervention
from sim.outcome import start
from sim.scenario import Scenario, ScenarioError, loads
from sim.scenario.reshaping import reshaped
from sim.spec.organization import Organization
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, end_of, finished, law, worlds

pytestmark = pytest.mark.compiled  # many cases


class MoreStaff(Intervention):
    """Every department has more people for good."""

    more: int = 2

    def reshape(self, organization: Organization) -> Organization:
        """Return an organization with more people, half as many at half a strength."""
        more = round(self.more * self.strength)
        staff = {f"departments.{name}.staff": one.staff + more for name, one in organization.departments.items()}
        return organization.changed(staff)


class NothingNew(Intervention):
    """A reorganization after which everything is as it was."""

    def reshape(self, organization: Organization) -> Organization:
        """Return what it is given."""
        return organization.model_copy()


class NoApprovals(Intervention):
    """Nobody has to approve any more."""

    def reshape(self, organization: Organization) -> Organization:
        """Return the processes without approvals."""
        found = {}
        for name, flow in organization.processes.items():
            steps = {step: one.model_copy(update={"A": None}) for step, one in flow.steps.items()}
            found[name] = flow.model_copy(update={"steps": steps})
        return organization.model_copy(update={"processes": found})


def run_with(world: World, *interventions: Intervention) -> Any:
    """Return what a run of a world leaves behind with interventions of somebody's own beside those it has."""
    machine = start(compiled_with(world, *interventions), 1, 0, events=True)
    machine.advance(end_of(world))
    return traces(machine)


def compiled_with(world: World, *interventions: Intervention) -> Any:
    """Return a world that is ready to run with interventions of somebody's own."""
    scenario = Scenario.model_validate(world)
    return compile_scenario(scenario.model_copy(update={"interventions": scenario.interventions + interventions}))


def grown(world: World, people: int) -> World:
    """Return a world whose file says that there are more people."""
    teams = {name: one | {"staff": one["staff"] + people} for name, one in world["departments"].items()}
    return world | {"departments": teams}


@law
@given(worlds())
def test_without_strength_no_bit_changes(world: World) -> None:
    """Nor does a structure that is what it was, nor an order of two."""
    nothing = [MoreStaff(strength=0.0), NoApprovals(strength=0.0), NothingNew()]
    assert differing(traces(finished(world)), run_with(world, *nothing)) == []


@law
@given(worlds(), st.sampled_from([(1.0, 2), (0.5, 1)]))
def test_it_is_the_same_as_a_changed_file(world: World, dose: tuple[float, int]) -> None:
    """To the bit, in one list with others of its kind, whatever the order."""
    strength, people = dose
    expected = traces(finished(grown(world, people)))
    assert differing(expected, run_with(world, MoreStaff(strength=strength))) == []
    two = [MoreStaff(more=1, strength=strength), NothingNew(), MoreStaff(more=1 if people == 2 else 0)]
    assert differing(run_with(world, *two), run_with(world, *reversed(two))) == []


@law
@given(worlds(managed=True))
def test_the_same_customers_come_under_the_same_luck(world: World) -> None:
    """Also where nobody asks for what only some were asked for: identities are those of before.

    Who complains is another matter: that depends on how it went.
    """
    flows = {name: {**flow, "complains": None} for name, flow in world["processes"].items()}
    world = {**world, "processes": flows}
    before, after = compiled_with(world), compiled_with(world, NoApprovals())
    assert (before.params.pools["who"] == after.params.pools["who"]).all()
    one, other = traces(finished(world)), run_with(world, NoApprovals())
    for field in ("key", "arrival", "complexity", "process", "ordinal"):
        assert one["cases"][field] == other["cases"][field]


SHOP = """
management: boss
departments: {a: {staff: 2, pools: {head: {hours_per_week: 10}}}, b: {staff: 2}, boss: {staff: 1}}
processes: {p: {demand: {per_week: 8}, target_days: 9, steps: {s: {R: a, work: 1}, t: {R: b, A: a.head, work: 2}}}}
horizon_weeks: 4
warmup_weeks: 1
"""


@pytest.fixture(scope="module")
def shop() -> Scenario:
    """Return a small organization."""
    return loads(SHOP)


def returning(value: Any, **fields: Any) -> Intervention:
    """Return an intervention that makes something else of an organization."""

    class Odd(Intervention):
        """Does odd things."""

        def reshape(self, organization: Organization) -> Any:
            """Return what it is told to."""
            return value(organization)

    return Odd(**fields)


def without(organization: Any, name: str) -> Any:
    """Return an organization without one of its departments, whatever refers to it."""
    teams = {one: team for one, team in organization.departments.items() if one != name}
    return organization.model_copy(update={"departments": teams})


def renamed(organization: Any) -> Any:
    """Return an organization whose process has another name."""
    return organization.model_copy(update={"processes": {"q": organization.processes["p"]}})


MISTAKES = {
    "nothing": (lambda _: None, "found None, expected an organization"),
    "a department less": (lambda one: without(one.model_copy(update={"processes": {
        "p": one.processes["p"].model_copy(update={"steps": {"s": one.processes["p"].steps["s"]}})}}), "b"),
        "found the departments a, boss, expected those that were there before (a, b, boss)"),
    "another process": (renamed, "found the processes q, expected those that were there before (p)"),
    "another horizon": (lambda one: one.changed({"horizon_weeks": 3}), "found another horizon_weeks"),
    "nobody": (lambda one: one.changed({"departments.a.staff": 0}), "departments.a.staff: found 0, expected a whole"),
    "a stranger": (lambda one: one.changed({"processes.p.steps.s.R": "c"}), "found 'c', expected a department"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_is_returned_is_checked_like_a_file(shop: Scenario, mistake: str) -> None:
    """One sentence, with the intervention it is about; before anything is run."""
    value, words = MISTAKES[mistake]
    with pytest.raises(ScenarioError) as caught:
        shop.with_interventions([returning(value)])
    (finding,) = caught.value.findings
    assert str(finding).startswith("interventions[0]: in the organization that Odd returns: ")
    assert words in str(finding)
    assert "Odd" in finding.said("zh")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"start_week": 2.0}, "interventions[0].start_week: found 2, expected nothing: Odd changes the structure"),
        ({"start_week": 0.0, "end_week": 3.0}, "interventions[0].end_week: found 3, expected nothing"),
    ],
)
def test_structure_holds_for_the_whole_run(shop: Scenario, fields: dict[str, float], words: str) -> None:
    """Whoever says from when to when is told that it cannot be; without strength there is nothing to tell."""
    with pytest.raises(ScenarioError) as caught:
        shop.with_interventions([returning(lambda one: one, **fields)])
    assert [str(one) for one in caught.value.findings if str(one).startswith(words)]
    assert shop.with_interventions([returning(lambda one: one, strength=0.0, **fields)])


def test_it_is_not_switched(shop: Scenario) -> None:
    """Neither while it runs nor at the start; others of the same scenario are."""
    model = sim.LiveOrganization(shop.with_interventions([MoreStaff(), "raci"]))
    assert model.department("a").staff == 4
    with pytest.raises(ValueError, match="'MoreStaff' changes the structure of the organization"):
        model.switch("MoreStaff", on=False)
    model.switch("raci", on=False)

    class Later(MoreStaff):
        """More people, some day."""

        starts_on = False

    with pytest.raises(ScenarioError, match="found Later switched off at the start"):
        shop.with_interventions([Later()])


def test_what_is_run_is_told_apart_from_what_is_stated(shop: Scenario) -> None:
    """Results belong to the scenario that somebody stated; measures are those of the structure that was run."""
    stated = shop.with_interventions([MoreStaff(more=6)])
    assert stated.departments["a"].staff == 2
    assert reshaped(stated).departments["a"].staff == 8
    assert reshaped(shop) is shop
    result = sim.run(stated, replications=2)
    changed = sim.run(
        shop.changed({f"departments.{name}.staff": 6 + one.staff for name, one in shop.departments.items()}), 2
    )
    assert result.scenario == stated
    assert result.measures.equals(changed.measures)
    model = sim.LiveOrganization(stated)
    model.run_model()
    assert model.result().manifest == sim.run(stated, replications=1).manifest
    assert stated.hash != shop.with_interventions([MoreStaff(more=5)]).hash


def test_comparison_is_paired(shop: Scenario) -> None:
    """An alternative of another structure is computed anew, and is told as one whose figures are set."""
    by_hand = {f"departments.{name}.staff": 3 + one.staff for name, one in shop.departments.items()}
    comparison = sim.compare(shop, {"More": [MoreStaff(more=3)], "By hand": by_hand}, 3)
    table = comparison.table.set_index(["alternative", "measure"])["difference"]
    assert table["More"].equals(table["By hand"])
    assert table["More", "lead_time_mean"] < 0.0
