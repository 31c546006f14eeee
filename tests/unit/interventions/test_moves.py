"""Rows of the table of what an intervention moves, by hand: where to, how far, where and when."""

import math
from typing import Any, ClassVar

import pytest

import sim
from sim.compile import compile_scenario
from sim.interventions import Adoption, Contact, Edit, Intervention, Move, Times
from sim.interventions.moves import Row, figure
from sim.outcome import start
from sim.scenario import Scenario, loads
from sim.spec.levers import LEVERS
from sim.vocab import WEEK

AT_ONCE = Adoption(fidelity=1.0, ramp_weeks=0.0)
FIRM = """
departments:
  a: {staff: 4}
  b: {staff: 6, levers: {pair_load: 0.02}}
  c: {staff: 2, levers: {pair_load: 0}}
processes: {p: {demand: {at: [900]}, steps: {s: {R: a, C: [b], work: 1}}}}
levers: {preset: typical, pair_load: 0.01}
pace: 0.5
horizon_weeks: 20
warmup_weeks: 0
"""


@pytest.fixture(scope="module")
def firm() -> Scenario:
    """Return three departments to whom nothing happens, at half the usual pace."""
    return loads(FIRM)


class Moving(Intervention):
    """Something that moves what its rows say."""

    hours: float | None = None
    lived: float = 0.3
    at_pace: ClassVar[dict[str, float]] = {"hours": 2.0}

    def people(self, organization: Any) -> float:
        """Return how many work there."""
        return float(sum(team.staff for team in organization.departments.values()))

    @property
    def factor(self) -> float:
        """Half as much again."""
        return 1.5


def with_rows(*rows: Row, **fields: Any) -> Moving:
    """Return an intervention with some rows."""
    cls = type("Rowed", (Moving,), {"table": rows, "__doc__": "Something that moves what its rows say."})
    return cls(adoption=AT_ONCE, **fields)


def left_at(scenario: Scenario, one: Intervention, lever: str, weeks: float = 0.0) -> list[float]:
    """Return where a lever stands in each department some weeks after an intervention began."""
    machine = start(compile_scenario(scenario.with_interventions([one])), 1, 0)
    machine.advance(weeks * WEEK)
    return machine.state.departments["lever"][:, LEVERS[lever].lever].tolist()


def test_a_share_of_the_gap_grows_with_adoption(firm: Scenario) -> None:
    """The edit says how far, not paid; the field may be set otherwise."""
    row = Move("clarity", 1.0, share="lived")
    assert with_rows(row).edits(firm) == (Edit("clarity", 1.0, 0.3),)
    assert with_rows(row, lived=0.5, departments=("a", "c")).edits(firm) == (Edit("clarity", 1.0, 0.5, ("a", "c")),)


def test_without_a_share_it_is_an_agreed_figure(firm: Scenario) -> None:
    """In full, whatever the adoption."""
    (edit,) = with_rows(Move("tier1_hours", 4.0)).edits(firm)
    assert edit == Edit("tier1_hours", 4.0, 1.0, paid=True)
    assert edit.agreed


def test_what_follows_the_pace_is_usual_unless_stated(firm: Scenario) -> None:
    """Two hours at a pace of 1 are one at half of it; a stated figure stands as it is, within the lever's range."""
    row = Move("latency", "hours", share=1.0)
    assert [with_rows(row, hours=said).edits(firm)[0].toward for said in (None, 3.0, 0.0)] == [1.0, 3.0, 0.0]


def test_a_row_may_ask_a_method_of_the_organization(firm: Scenario) -> None:
    """Fields, properties, methods and plain numbers are all figures."""
    one = with_rows()
    assert [figure(one, firm, said, "clarity") for said in ("lived", "factor", "people", 0.25)] == [
        0.3,
        1.5,
        12.0,
        0.25,
    ]


def test_when_and_at_what_price_a_row_says_itself(firm: Scenario) -> None:
    """Weeks, a later begin, what is followed and what is a price reach the edit."""
    row = Move("documents", 0.2, share=0.5, weeks="people", after_weeks=2.0, followed=True, worsens=True)
    expected = Edit("documents", 0.2, 0.5, weeks=12.0, after_weeks=2.0, followed=True, worsens=True)
    assert with_rows(row).edits(firm) == (expected,)


def test_contact_is_dealings_a_day_at_the_pace(firm: Scenario) -> None:
    """Half the pace is twice the dealings, as a share of the most that there can be."""
    (edit,) = with_rows(Contact("lived", weeks=3.0, after_weeks=1.0)).edits(firm)
    most = LEVERS["contact"].high
    assert (edit.lever, edit.toward, edit.weeks, edit.after_weeks) == ("contact", most, 3.0, 1.0)
    assert edit.strength * most == pytest.approx(firm.usual("contact", 0.3))
    assert left_at(firm, with_rows(Contact(0.3)), "contact") == pytest.approx([firm.usual("contact", 0.3)] * 3)


def test_times_multiplies_where_a_lever_stands(firm: Scenario) -> None:
    """In each department what it is there; what stands at 0 stays at 0, and nothing moves elsewhere."""
    one = with_rows(Times("pair_load", "factor", worsens=True))
    assert left_at(firm, one, "pair_load") == pytest.approx([0.015, 0.03, 0.0], abs=1e-12)
    assert {edit.where for edit in one.edits(firm)} == {("a",), ("b",)}
    here = one.model_copy(update={"departments": ("b",)})
    assert left_at(firm, here, "pair_load") == pytest.approx([0.01, 0.03, 0.0], abs=1e-12)


def test_times_grows_with_adoption_and_strength(firm: Scenario) -> None:
    """Half of it is half of what is added."""
    one = with_rows(Times("pair_load", 1.5, worsens=True))
    half = one.model_copy(update={"strength": 0.5})
    believed = one.model_copy(update={"adoption": Adoption(fidelity=0.5, ramp_weeks=0.0)})
    for weaker in (half, believed):
        assert left_at(firm, weaker, "pair_load") == pytest.approx([0.0125, 0.025, 0.0], abs=1e-12)


@pytest.mark.parametrize(
    ("factor", "end", "share"),
    [(1.0, 0.0, 0.0), (0.25, 0.0, 0.75), (0.0, 0.0, 1.0), (2.0, 0.1, 0.01 / 0.09), (50.0, 0.1, 1.0)],
)
def test_times_goes_towards_an_end_and_no_further(firm: Scenario, factor: float, end: float, share: float) -> None:
    """Up to the high end, down to the low one; a factor of 1 is no edit."""
    edits = with_rows(Times("pair_load", factor, worsens=True), departments=("a",)).edits(firm)
    assert [(edit.toward, edit.worsens) for edit in edits] == ([(end, True)] if share else [])
    assert [edit.strength for edit in edits] == pytest.approx([share] if share else [])


def test_times_counts_as_worse_only_where_it_says_so(firm: Scenario) -> None:
    """More talk is worse, and is no edit unless it is a price; less talk is better anyway."""
    assert left_at(firm, with_rows(Times("pair_load", 1.5)), "pair_load") == [0.01, 0.02, 0.0]
    assert left_at(firm, with_rows(Times("pair_load", 0.5)), "pair_load") == pytest.approx([0.005, 0.01, 0.0])


def test_where_a_lever_is_the_same_everywhere_times_is_one_edit(firm: Scenario) -> None:
    """Everywhere, or in all departments that are named."""
    row = Times("severity", 0.8)
    assert [edit.where for edit in with_rows(row).edits(firm)] == [()]
    assert [edit.where for edit in with_rows(row, departments=("a", "b")).edits(firm)] == [("a", "b")]
    stands = firm.lever("severity")
    assert left_at(firm, with_rows(row), "severity") == pytest.approx([0.8 * stands] * 3)


def test_a_class_declares_the_levers_of_its_rows() -> None:
    """Each once, and working time only where something takes it."""
    rows = (Move("clarity", 1.0, share=0.1), Contact(1.0), Times("pair_load", 2.0), Move("clarity", 0.5))
    cls = type(with_rows(*rows))
    assert cls.levers == ("clarity", "contact", "pair_load")


def test_a_row_ends_after_its_weeks(firm: Scenario) -> None:
    """Before it begins and after it is over the lever stands where it was."""
    one = with_rows(Move("transparency", 1.0, share=1.0, weeks=2.0, after_weeks=1.0), start_week=1.0)
    base = firm.lever("transparency")
    found = [left_at(firm, one, "transparency", weeks)[0] for weeks in (1.9, 2.1, 3.9, 4.1)]
    assert found == [base, 1.0, 1.0, base]
    assert math.isinf(with_rows(Move("transparency", 1.0)).edits(firm)[0].weeks)


def test_instant_messaging_makes_people_talk_more_as_a_price() -> None:
    """The messenger of the catalogue: three tenths more of what talking takes already, as far as it is lived."""
    organization = sim.load("order_delivery", {"levers.pair_load": 0.003})
    one = sim.interventions.InstantMessaging(adoption=AT_ONCE)
    pairs = left_at(organization, one, "pair_load", organization.warmup_weeks + 0.1)[: len(organization.departments)]
    assert pairs == pytest.approx([0.0039] * len(pairs))
    assert "pair_load" not in {edit.lever for edit in one.edits(sim.load("order_delivery"))}


def test_a_part_that_has_to_be_stated_is_left_out_until_it_is(firm: Scenario) -> None:
    """A share and an agreed figure alike; a figure that is usual at a pace is none that is stated."""
    rows = (Move("agreement", 1.0, share=0.5, given="hours"), Move("agreement_hours", "hours", given="hours"))
    assert with_rows(*rows).edits(firm) == ()
    said = with_rows(*rows, hours=6.0)
    assert [(edit.lever, edit.toward, edit.agreed) for edit in said.edits(firm)] == [
        ("agreement", 1.0, False),
        ("agreement_hours", 6.0, True),
    ]
    assert type(said).levers == ("agreement", "agreement_hours")
