"""The contract that every intervention keeps, so that adding one is one file: what it moves, where and when."""

from collections.abc import Iterator

import pytest

from sim.compile import compile_scenario
from sim.interventions import INTERVENTIONS, Adoption, Intervention, introduced
from sim.kernel.jit import COMPILED
from sim.outcome import Outcome, simulate
from sim.scenario import Scenario, dump, loads
from sim.spec.levers import LEVERS
from tests.worlds.anatomy import bits, differing
from tests.worlds.doses import DATED, DOSES, RUN
from tests.worlds.levers import levers_of, manufacturer, moved, productivity, without_work

AT_ONCE = Adoption(fidelity=1.0, ramp_weeks=0.0)

every_dose = pytest.mark.parametrize("dose", RUN.values(), ids=list(RUN))
every_dated = pytest.mark.parametrize("dose", DATED.values(), ids=list(DATED))
every_kind = pytest.mark.parametrize("kind", list(INTERVENTIONS))


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Return the manufacturer's order process, watched for ten weeks."""
    return manufacturer()


@pytest.fixture(scope="module")
def quiet(scenario: Scenario) -> Scenario:
    """Return the same departments without any work, for tests that look at levers only."""
    return without_work(scenario)


def left_by(outcome: Outcome) -> dict[str, dict[str, bytes]]:
    """Return the tables of one replication as bits."""
    return {name: bits(getattr(outcome, name)) for name in ("cases", "days", "links")}


@pytest.mark.compiled  # many runs
@every_dose
def test_strength_zero_is_the_baseline_to_the_bit(scenario: Scenario, dose: Intervention) -> None:
    """An intervention of strength zero runs through all tables and changes nothing."""
    nothing = dose.model_copy(update={"strength": 0.0})
    short = scenario.model_copy(update={"horizon_weeks": 1.0 if not COMPILED else 4.0, "warmup_weeks": 0.0})
    before = simulate(compile_scenario(short), 3, 0)
    after = simulate(compile_scenario(short.with_interventions([nothing])), 3, 0)
    assert differing(left_by(before), left_by(after)) == []


@every_dose
def test_only_declared_levers_move(quiet: Scenario, dose: Intervention) -> None:
    """Levers differ from the baseline only where the class says so, at the start and later."""
    for adoption in (dose.adoption, AT_ONCE):
        one = dose.model_copy(update={"adoption": adoption})
        assert moved(quiet, one, weeks=(0.0, 6.0)) <= set(dose.levers)


def doses_of(kind: str) -> Iterator[Intervention]:
    """Yield the settings of one kind."""
    yield from (dose for dose in DOSES.values() if dose.kind == kind)
    if kind == "custom":
        every = [
            {"lever": name, "toward": one.low if one.better == "low" else one.high} for name, one in LEVERS.items()
        ]
        yield INTERVENTIONS[kind].model_validate({"kind": kind, "moves": every})


@pytest.mark.parametrize("kind", dict.fromkeys(dose.kind for dose in RUN.values()))
def test_every_declared_lever_moves(kind: str) -> None:
    """What a class declares, it does move at some setting, soon or later, where the lever does not stand at its aim."""
    cls = INTERVENTIONS[kind]
    middle = {name: LEVERS[name].low + 0.4 * (LEVERS[name].high - LEVERS[name].low) for name in cls.levers}
    organization = without_work(manufacturer(troubled=True)).model_copy(update={"levers": middle})
    doses = [dose.model_copy(update={"adoption": AT_ONCE}) for dose in doses_of(kind)]
    found = (moved(organization, dose, weeks=(0.0, 3.0)) for dose in doses)
    assert set().union(*found) == set(cls.levers)


@every_dose
def test_where_a_lever_stands_at_its_aim_it_stays(quiet: Scenario, dose: Intervention) -> None:
    """Who has it already gets nothing from it: only what it costs is left."""
    aims = {edit.lever: edit.toward for edit in dose.edits(quiet) if edit.lever != "overhead"}
    there = quiet.model_copy(update={"levers": {"preset": "typical", **quiet.levers, **aims}})
    once = {edit.lever for edit in dose.edits(there) if edit.toward == aims.get(edit.lever)}
    assert once == set(aims), "one lever has two aims: say which holds, and test it here"
    assert moved(there, dose, weeks=(0.0, 6.0)) <= {"overhead"}


@every_dated
def test_it_acts_where_it_is_told_and_when(quiet: Scenario, dose: Intervention) -> None:
    """In two departments, from the second week on: nothing moves elsewhere, and nothing before."""
    here = ("sales", "production")
    one = dose.model_copy(update={"departments": here, "start_week": 2.0, "adoption": AT_ONCE})
    changed = quiet.with_interventions([one])
    assert (levers_of(changed, weeks=1.9) == levers_of(quiet, weeks=1.9)).all()
    differ = (levers_of(changed, weeks=3.0) != levers_of(quiet, weeks=3.0)).any(axis=1)
    assert {name for name, moves in zip(quiet.pools(), differ, strict=True) if moves} <= set(here)


@every_dated
def test_it_ends_when_it_is_given_up(quiet: Scenario, dose: Intervention) -> None:
    """While it lasts it does something; after its last week levers and working time are what they were before it."""
    ended = quiet.with_interventions([dose.model_copy(update={"adoption": AT_ONCE, "end_week": 1.0})])
    levers, time = levers_of(quiet), productivity(quiet)
    lasting = (levers_of(ended, weeks=0.9) != levers).any() or (productivity(ended, weeks=0.9) != time).any()
    assert lasting or dose.recruits(quiet)
    assert (levers_of(ended, weeks=1.1) == levers).all()
    assert (productivity(ended, weeks=1.1) == time).all()


@every_kind
def test_what_is_not_said_about_adoption_is_as_usual_for_the_kind(kind: str) -> None:
    """Somebody who expects less fidelity has not thereby said how long it takes to settle."""
    cls = INTERVENTIONS[kind]
    usual = cls.model_fields["adoption"].default
    told = cls.model_validate({"kind": kind, "adoption": {"fidelity": 0.5}})
    assert told.adoption == usual.model_copy(update={"fidelity": 0.5})


@every_dose
def test_two_of_a_kind_have_diminishing_returns(quiet: Scenario, dose: Intervention) -> None:
    """The second time an intervention closes a part of what the first has left: no lever overshoots its aim."""
    one = dose.model_copy(update={"adoption": AT_ONCE})
    plain, single, double = (levers_of(quiet.with_interventions([one] * n)) for n in (0, 1, 2))
    first, second = single - plain, double - single
    assert (first * second >= 0.0).all()
    assert (abs(second) <= abs(first) + 1e-12).all()


@every_dated
def test_yaml_round_trip(scenario: Scenario, dose: Intervention) -> None:
    """A scenario with the intervention, in every field unlike its default, goes to YAML and back."""
    special = dose.model_copy(
        update={
            "strength": 0.4,
            "start_week": 3.5,
            "end_week": 40.0,
            "departments": ("sales", "finance"),
            "adoption": Adoption(fidelity=0.3, ramp_weeks=2.0, dip=0.1, retention_weeks=26.0),
        }
    )
    changed = scenario.with_interventions([dose, special])
    again = loads(dump(changed))
    assert again.interventions[-2:] == (introduced(dose), special)
    assert again.hash == changed.hash != scenario.hash


@every_kind
@pytest.mark.parametrize("wrong", [{"strength": 1.1}, {"strength": -0.1}, {"start_week": -9e3}, {"doze": 1.0}])
def test_doses_are_bounded(kind: str, wrong: dict[str, float]) -> None:
    """Strengths beyond a share, weeks nobody can mean and misspelled parameters are refused."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        INTERVENTIONS[kind].model_validate({"kind": kind, **wrong})
