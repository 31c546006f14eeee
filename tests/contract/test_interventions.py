"""The contract that every intervention keeps, so that adding one is a class and an entry in the catalog."""

import re
from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import sim
from sim.compile import compile_scenario
from sim.interventions import INTERVENTIONS, Adoption, Intervention, introduced
from sim.interventions.grounds import Ground
from sim.kernel.jit import COMPILED
from sim.outcome import Outcome, simulate, start
from sim.replications import replicate
from sim.scenario import Scenario, dump, loads
from sim.spec.levers import LEVERS
from sim.spec.meanings import meaning_of
from sim.spec.measures import MEASURES
from sim.spec.process import Demand
from sim.vocab import WEEK
from tests.worlds.anatomy import bits, differing
from tests.worlds.doses import DOSES

SECTIONS = ("What people do:", "What follows:")
AT_ONCE = Adoption(fidelity=1.0, ramp_weeks=0.0)

every_dose = pytest.mark.parametrize("dose", DOSES.values(), ids=list(DOSES))
every_kind = pytest.mark.parametrize("kind", list(INTERVENTIONS))


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Return the manufacturer's order process, watched for ten weeks."""
    return sim.load("order_delivery").model_copy(update={"horizon_weeks": 8.0, "warmup_weeks": 2.0, "tail_weeks": 5.0})


@pytest.fixture(scope="module")
def quiet(scenario: Scenario) -> Scenario:
    """Return the same departments without any work, for tests that look at levers only."""
    nothing = Demand(at=(9e6,))
    flows = {name: flow.model_copy(update={"demand": nothing}) for name, flow in scenario.processes.items()}
    teams = {name: team.model_copy(update={"own_work": None}) for name, team in scenario.departments.items()}
    return scenario.model_copy(update={"processes": flows, "departments": teams})


def levers_of(scenario: Scenario, *, weeks: float = 0.0) -> np.ndarray:
    """Return the levers of every department some weeks after counting began."""
    machine = start(compile_scenario(scenario), 1, 0)
    machine.advance(scenario.window[0] + weeks * WEEK)
    return machine.state.departments["lever"].copy()


def moved(scenario: Scenario, one: Intervention, *, weeks: float = 0.0) -> set[str]:
    """Return the names of the levers that differ from the baseline anywhere."""
    differ = levers_of(scenario.with_interventions([one]), weeks=weeks) != levers_of(scenario, weeks=weeks)
    return {spec.name for spec in LEVERS.values() if differ[:, spec.lever].any()}


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
        assert moved(quiet, one) | moved(quiet, one, weeks=6.0) <= set(dose.levers)


@every_kind
def test_every_declared_lever_moves(quiet: Scenario, kind: str) -> None:
    """What a class declares, it does move, where the lever does not stand at its aim already."""
    cls = INTERVENTIONS[kind]
    middle = {name: LEVERS[name].low + 0.4 * (LEVERS[name].high - LEVERS[name].low) for name in cls.levers}
    every = [{"lever": name, "toward": one.low if one.better == "low" else one.high} for name, one in LEVERS.items()]
    more = {"moves": every} if kind == "custom" else {}
    organization = quiet.model_copy(update={"levers": middle})
    assert moved(organization, cls.model_validate({"kind": kind, "adoption": AT_ONCE, **more})) == set(cls.levers)


@every_dose
def test_it_acts_where_it_is_told_and_when(quiet: Scenario, dose: Intervention) -> None:
    """In two departments, from the second week on: nothing moves elsewhere, and nothing before."""
    here = ("sales", "production")
    one = dose.model_copy(update={"departments": here, "start_week": 2.0, "adoption": AT_ONCE})
    changed = quiet.with_interventions([one])
    assert (levers_of(changed, weeks=1.9) == levers_of(quiet, weeks=1.9)).all()
    differ = (levers_of(changed, weeks=3.0) != levers_of(quiet, weeks=3.0)).any(axis=1)
    assert {name for name, moves in zip(quiet.pools(), differ, strict=True) if moves} <= set(here)


@every_dose
def test_it_ends_when_it_is_given_up(quiet: Scenario, dose: Intervention) -> None:
    """After its last week levers and working time are what they were before it."""
    ended = quiet.with_interventions([dose.model_copy(update={"adoption": AT_ONCE, "end_week": 1.0})])
    assert (productivity(ended, weeks=0.9) < productivity(quiet)).all()
    assert (levers_of(ended, weeks=1.1) == levers_of(quiet)).all()
    assert (productivity(ended, weeks=1.1) == productivity(quiet)).all()


@every_kind
def test_what_is_not_said_about_adoption_is_as_usual_for_the_kind(kind: str) -> None:
    """Somebody who expects less fidelity has not thereby said how long it takes to settle."""
    cls = INTERVENTIONS[kind]
    usual = cls.model_fields["adoption"].default
    told = cls.model_validate({"kind": kind, "adoption": {"fidelity": 0.5}})
    assert told.adoption == usual.model_copy(update={"fidelity": 0.5})


def productivity(scenario: Scenario, weeks: float = 0.0) -> np.ndarray:
    """Return what taxes leave of working time, by department."""
    machine = start(compile_scenario(scenario), 1, 0)
    machine.advance(scenario.window[0] + weeks * WEEK)
    return machine.state.departments["productivity"].copy()[: len(scenario.departments)]


@every_dose
def test_it_costs_something(quiet: Scenario, dose: Intervention) -> None:
    """Time is spent in every department from the first day, whether or not people mean it; less at half strength."""
    unloved = dose.model_copy(update={"adoption": Adoption(fidelity=0.0)})
    whole = productivity(quiet) - productivity(quiet.with_interventions([unloved]))
    weak = unloved.model_copy(update={"strength": 0.5})
    half = productivity(quiet) - productivity(quiet.with_interventions([weak]))
    assert (whole > 0.0).all()
    assert (whole < 0.25).all()
    assert half == pytest.approx(whole / 2.0, rel=0.02)


@every_dose
def test_two_of_a_kind_have_diminishing_returns(quiet: Scenario, dose: Intervention) -> None:
    """The second time an intervention closes a part of what the first has left: no lever overshoots its aim."""
    one = dose.model_copy(update={"adoption": AT_ONCE})
    plain, single, double = (levers_of(quiet.with_interventions([one] * n)) for n in (0, 1, 2))
    first, second = single - plain, double - single
    assert (first * second >= 0.0).all()
    assert (abs(second) <= abs(first) + 1e-12).all()


@every_dose
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
def test_documentation_is_complete(kind: str) -> None:
    """The docstring has its fixed sections in order, every dose parameter its description, the kind its own name."""
    cls = INTERVENTIONS[kind]
    told = re.sub(r"\s+", " ", cls.__doc__ or "")
    found = [told.find(section) for section in SECTIONS]
    assert -1 not in found, f"{kind}: {[s for s, at in zip(SECTIONS, found, strict=True) if at < 0]} missing"
    assert found == sorted(found)
    assert cls.model_fields["kind"].default == kind
    own = set(cls.model_fields) - set(Intervention.model_fields)
    assert [name for name in own if not meaning_of(cls.__name__, name)] == []


@every_kind
def test_words_exist_in_both_languages(kind: str) -> None:
    """Label and summary are there in English and in Chinese, and differ."""
    for text in (INTERVENTIONS[kind].label, INTERVENTIONS[kind].summary):
        assert text.en.isascii()
        assert text.en.strip() == text.en != ""
        assert re.search(r"[\u4e00-\u9fff]", text.zh)


@every_kind
def test_evidence_and_expectations_are_well_formed(kind: str) -> None:
    """Every intervention names a source; what it is expected to move is a measure; what it moves are levers."""
    cls = INTERVENTIONS[kind]
    assert cls.evidence
    assert all(one.source and one.finding for one in cls.evidence)
    assert {one.measure for one in cls.expects} <= set(MEASURES)
    assert set(cls.levers) <= set(LEVERS)
    assert cls.expects or kind == "custom"


@every_kind
@pytest.mark.parametrize("wrong", [{"strength": 1.1}, {"strength": -0.1}, {"start_week": -9e3}, {"doze": 1.0}])
def test_doses_are_bounded(kind: str, wrong: dict[str, float]) -> None:
    """Strengths beyond a share, weeks nobody can mean and misspelled parameters are refused."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        INTERVENTIONS[kind].model_validate({"kind": kind, **wrong})


REPLICATIONS = 30


@cache
def paired(ground: Ground, *added: str) -> pd.DataFrame:
    """Return the measures of an organization that has a problem, with some interventions."""
    changed = sim.load(ground.scenario, ground.changes).with_interventions(added)
    return replicate(changed, replications=REPLICATIONS, seed=11).measures


@pytest.mark.compiled
@pytest.mark.parametrize("kind", [kind for kind, cls in INTERVENTIONS.items() if cls.expects])
def test_the_stated_direction_holds(kind: str) -> None:
    """On paired replications where there is the problem the measure moves the stated way (one-sided t, p < .001)."""
    for expected in INTERVENTIONS[kind].expects:
        measures, baseline = paired(expected.ground, kind), paired(expected.ground)
        difference = measures[expected.measure] - baseline[expected.measure]
        side = "greater" if expected.direction == "up" else "less"
        p = stats.ttest_1samp(difference, 0.0, alternative=side).pvalue
        assert p < 0.001, f"{expected.measure} by {difference.mean():.4g}, expected {expected.direction}: p = {p:.3g}"
