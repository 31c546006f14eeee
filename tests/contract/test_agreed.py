"""Which figure holds where interventions agree on several, and in which order edits of one lever compose."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.compile import compile_scenario
from sim.interventions import INTERVENTIONS, Adoption, Custom, Intervention, ResponseAgreement
from sim.interventions.custom import CustomEdit
from sim.outcome import start
from sim.scenario import Scenario, loads
from sim.spec.levers import LEVERS
from sim.spec.levers.base import LeverSpec
from sim.vocab import WEEK

AT_ONCE = Adoption(fidelity=1.0, ramp_weeks=0.0)
IDLE = """
departments:
  a: {staff: 3, pools: {head: {hours_per_week: 10}}}
  b: {staff: 2, levers: {agreement_hours: 30, clarity: 0.9}}
management: b
processes: {p: {demand: {at: [100]}, steps: {s: {R: a, A: a.head, C: [b], work: 1}}}}
levers: {preset: typical}
horizon_weeks: 9
warmup_weeks: 0
"""
RULED = {name: spec for name, spec in LEVERS.items() if spec.agreed.strict}
UNRULED = {name: spec for name, spec in LEVERS.items() if not spec.agreed.strict}
PATIENT = {name: spec for name, spec in LEVERS.items() if name != "tolerance"}
"""All levers but the one that says how much of all that is moved people observe."""

fewer = settings(max_examples=max(2, settings.default.max_examples * 2 // 5))
"""How every test is tried that has a figure for each lever in each example."""

shares = st.floats(0.0, 1.0)
parts = st.floats(0.0, 1.0, exclude_max=True)


@pytest.fixture(scope="module")
def idle() -> Scenario:
    """Return a small organization in which nothing happens but what interventions do to levers."""
    return loads(IDLE)


def figures(spec: LeverSpec) -> st.SearchStrategy[float]:
    """Return figures that a lever may have, also those whose digits sort unlike the numbers."""
    spelled = [one for one in (4.0, 9.0, 10.0, 16.0, 0.25, 1e-05) if spec.low <= one <= spec.high]
    return st.floats(spec.low, spec.high) | st.sampled_from(spelled)


def each(specs: Mapping[str, LeverSpec]) -> st.SearchStrategy[dict[str, float]]:
    """Return a figure for each of some levers."""
    return st.fixed_dictionaries({name: figures(spec) for name, spec in specs.items()})


def custom(aims: Mapping[str, float], strength: float = 1.0, paid: bool = True, dose: float = 1.0) -> Custom:
    """Return an intervention that moves levers, for better or for worse, and costs nothing."""
    moves = tuple(
        CustomEdit(lever=one, toward=aim, strength=strength, paid=paid, worsens=True) for one, aim in aims.items()
    )
    return Custom(moves=moves, cost_minutes=0.0, adoption=AT_ONCE, strength=dose)


def in_one(*customs: Custom) -> Custom:
    """Return one intervention that does what several do."""
    return customs[0].model_copy(update={"moves": tuple(move for one in customs for move in one.moves)})


def levers_of(scenario: Scenario, added: Sequence[Intervention], weeks: float = 0.0) -> np.ndarray:
    """Return the levers of every department and approver after some weeks."""
    machine = start(compile_scenario(scenario.with_interventions(added)), 1, 0)
    machine.advance(weeks * WEEK)
    return machine.state.departments["lever"].copy()


def standing(scenario: Scenario, names: Mapping[str, object], added: Sequence[Intervention]) -> dict[str, set[float]]:
    """Return where some levers stand, over all departments and approvers."""
    found = levers_of(scenario, added)
    return {name: set(found[:, LEVERS[name].lever].tolist()) for name in names}


def strict(name: str, *figures: float) -> float:
    """Return the strictest of some figures."""
    return {"lowest": min, "highest": max}[RULED[name].agreed.strict](figures)


def loose(name: str, *figures: float) -> float:
    """Return the least strict of some figures."""
    return {"lowest": max, "highest": min}[RULED[name].agreed.strict](figures)


@fewer
@given(st.data(), each(RULED), each(RULED), each(RULED), each(RULED))
def test_the_strictest_of_two_figures_holds_whatever_else_moves(idle, data, ones, others, aims, thirds) -> None:
    """For every lever: in either order, in one intervention or two, among moves and paid edits that ask for no more."""
    expected = {name: strict(name, ones[name], others[name]) for name in RULED}
    looser = {name: loose(name, thirds[name], expected[name]) for name in RULED}
    both = [custom(ones), custom(others)]
    around = [custom(aims, data.draw(shares), paid=False), custom(looser, data.draw(parts))]
    added = data.draw(st.permutations([*around, *data.draw(st.sampled_from([both, [in_one(*both)]]))]))
    assert standing(idle, RULED, added) == {name: {figure} for name, figure in expected.items()}


@fewer
@given(st.data(), each(UNRULED), each(UNRULED), each(UNRULED))
def test_where_no_end_is_strict_the_agreed_figure_holds_whatever_else_moves(idle, data, agreed, aims, paid) -> None:
    """The same figure twice is no contradiction, and what is moved in part, paid or not, comes before it."""
    around = [custom(aims, data.draw(shares), paid=False), custom(paid, data.draw(parts))]
    added = data.draw(st.permutations([*around, custom(agreed), custom(agreed)]))
    assert standing(idle, UNRULED, added) == {name: {figure} for name, figure in agreed.items()}


@pytest.mark.parametrize("hours", [(4.0, 16.0), (9.0, 10.0), (4.0, 8.0), (0.5, 1e-05), (100.0, 20.0)])
def test_the_shorter_of_two_response_agreements_holds(idle: Scenario, hours: tuple[float, float]) -> None:
    """Whoever answers within the shorter time answers within the longer one too, however the numbers are spelled."""
    agreements = [ResponseAgreement(hours=one) for one in hours]
    for added in (agreements, agreements[::-1]):
        assert standing(idle, {"agreement_hours": 0}, added) == {"agreement_hours": {min(hours)}}


@pytest.mark.parametrize(("held", "found"), [(0.0, {8.0}), (0.3, {4.0, 8.0})])
def test_a_looser_figure_changes_nothing_where_a_stricter_one_is_kept(idle, held: float, found: set[float]) -> None:
    """Eight hours are agreed on where nobody agreed on anything, and where people keep to 30; not where to four."""
    scenario = idle.model_copy(update={"levers": {"preset": "typical", "agreement": held, "agreement_hours": 4.0}})
    assert standing(scenario, {"agreement_hours": 0}, [ResponseAgreement(hours=8.0)]) == {"agreement_hours": found}


@pytest.mark.parametrize("kind", INTERVENTIONS)
def test_every_figure_the_catalog_agrees_on_has_a_rule(idle: Scenario, kind: str) -> None:
    """Somebody who combines interventions of the catalog is never asked to change a figure of theirs."""
    agreed = {edit.lever for edit in INTERVENTIONS[kind](kind=kind).edits(idle) if edit.agreed}
    assert agreed <= set(RULED)


def test_when_the_stricter_agreement_ends_the_other_holds(idle: Scenario) -> None:
    """Only what is in force counts, before the stricter begins, while it lasts and afterwards."""
    added = [ResponseAgreement(hours=16.0), ResponseAgreement(hours=4.0, start_week=2.0, end_week=5.0)]
    lever = LEVERS["agreement_hours"].lever
    found = [levers_of(idle, added, weeks)[:, lever].tolist() for weeks in (0.0, 1.9, 2.1, 4.9, 5.1)]
    assert found == [[hours] * 3 for hours in (16.0, 16.0, 4.0, 4.0, 16.0)]


@fewer
@given(each(RULED), each(RULED), shares)
def test_an_agreement_in_part_goes_that_part_of_the_way(idle, ones, others, part) -> None:
    """The stricter from where the looser one leaves a lever; the looser in part makes no difference to the stricter."""
    stricter = {name: strict(name, ones[name], others[name]) for name in RULED}
    looser = {name: loose(name, ones[name], others[name]) for name in RULED}
    between = standing(idle, RULED, [custom(stricter, dose=part), custom(looser)])
    for name, found in between.items():
        assert max(found) == min(found) == pytest.approx(looser[name] + (stricter[name] - looser[name]) * part)
    whole = standing(idle, RULED, [custom(looser, dose=part), custom(stricter)])
    assert whole == {name: {figure} for name, figure in stricter.items()}


@fewer
@given(each(LEVERS), each(LEVERS))
def test_an_agreement_of_strength_zero_says_nothing(idle, ones, others) -> None:
    """The other's figure stays, to the bit, and is not refused, whichever is the stricter."""
    assert (levers_of(idle, [custom(ones, dose=0.0), custom(others)]) == levers_of(idle, [custom(others)])).all()


@fewer
@given(st.data(), st.lists(st.tuples(each(PATIENT), shares), min_size=2, max_size=4))
def test_moves_take_turns_by_number_with_the_strict_end_last(idle, data, moves) -> None:
    """Each closes its part of the gap: from the weakest aim to the strictest, or ascending where no end is strict."""
    added = data.draw(st.permutations([custom(aims, strength, paid=False) for aims, strength in moves]))
    found = levers_of(idle, added)[0]
    for name, spec in PATIENT.items():
        value = idle.lever(name, "a")
        mine = [(aims[name], strength) for aims, strength in moves]
        for aim, strength in sorted(mine, reverse=spec.agreed.strict == "lowest"):
            value += (aim - value) * strength
        assert found[spec.lever] == pytest.approx(value, rel=1e-9, abs=1e-9)


@st.composite
def some(draw: st.DrawFn) -> Custom:
    """Draw an intervention that moves a few levers, at once and slowly, for a while or for good."""
    moves = tuple(
        CustomEdit(
            lever=lever,
            toward=draw(figures(RULED[lever])),
            strength=draw(shares | st.just(1.0)),
            paid=draw(st.booleans()),
            after_weeks=draw(st.sampled_from([0.0, 1.0])),
            weeks=draw(st.sampled_from([None, 2.0])),
            worsens=draw(st.booleans()),
        )
        for lever in draw(st.lists(st.sampled_from(["latency", "contact", "overhead"]), min_size=1, max_size=3))
    )
    start = draw(st.sampled_from([0.0, 0.5]))
    return Custom(name=draw(st.sampled_from("xy")), moves=moves, strength=draw(shares), start_week=start)


@given(st.data(), st.lists(some(), min_size=2, max_size=5))
def test_the_order_of_a_list_changes_no_bit(idle, data, added) -> None:
    """Also where figures and moves of the same lever are many, and begin and end at different times."""
    again = data.draw(st.permutations(added))
    for weeks in (0.0, 1.5, 4.0):
        assert (levers_of(idle, added, weeks) == levers_of(idle, again, weeks)).all()


@pytest.mark.parametrize("agreed", [0.0, 0.1, 0.5])
def test_agreed_time_gives_back_no_time(idle: Scenario, agreed: float) -> None:
    """Who agrees to spend a tenth of the time on something still pays for what else is introduced."""
    time, cost = custom({"overhead": agreed}), custom({"overhead": 1.0}, strength=0.05)
    for added in ([time, cost], [cost, time]):
        found = levers_of(idle, added)[:, LEVERS["overhead"].lever]
        assert found == pytest.approx(agreed + (1.0 - agreed) * 0.05)
