"""What bundles are made of, as people write it."""

import pytest

import sim
from sim.answers.choice.families import families_of
from sim.answers.choice.parts import OfferError, part_of, separated
from sim.study.alternatives import parse_alternative
from sim.study.making import AlternativeError, make_intervention
from tests.worlds.fakes import small_scenario


def parts_of(scenario, said):
    """Return everything of which bundles are made."""
    return [part for one in families_of(scenario, said) for part in one.parts]


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("raci,sop", ["raci", "sop"]),
        ("raci:clarity=0.5,strength=0.7,sop", ["raci:clarity=0.5,strength=0.7", "sop"]),
        (" raci , daily_standup:minutes=10", ["raci", "daily_standup:minutes=10"]),
        ("sop,Roles=raci+liaison", ["sop", "Roles=raci+liaison"]),
        ("raci:adoption.fidelity=0.5,strength=1", ["raci:adoption.fidelity=0.5,strength=1"]),
        ("daily_standup:minutes=5, 10,15..30/5,sop", ["daily_standup:minutes=5,10,15..30/5", "sop"]),
    ],
)
def test_commas_separate_parts_and_doses(said, parts):
    """One before a dose belongs to the part before it."""
    assert list(separated(said)) == parts


def test_a_label_and_several_that_belong_together():
    """As after --with."""
    labeled, shared = parts_of(small_scenario(), "Roles=raci+liaison,shared_kpi")
    assert labeled.name.en == "Roles"
    assert labeled.kinds == {"raci", "liaison"}
    assert shared.name.zh == "共同 KPI"


def test_without_a_word_what_the_scenario_suggests():
    """Each intervention once, under its own label where it is suggested alone; values by place are no part."""
    roles, rhythm = parts_of(small_scenario(), None)
    assert (roles.code, roles.name.zh) == ("raci", "职责")
    assert rhythm.code == "daily_standup:minutes=10.0"
    names = [one.code for one in parts_of(sim.load("order_delivery"), None)]
    assert names == ["shared_kpi", "raci", "daily_standup", "job_rotation"]
    (standard, *_) = parts_of(sim.load("complaint_handling"), None)
    assert standard.code == "sop:preset=complaint"


@pytest.mark.parametrize("name", sim.shipped())
def test_what_is_suggested_can_be_written_after_with(name):
    """So that a bundle that was chosen can be compared, run and put into a file."""
    for one in parts_of(sim.load(name), None):
        assert parse_alternative(one.code).interventions == one.interventions


def test_in_python():
    """An object, fields, or several in a list."""
    raci = make_intervention("raci")
    assert part_of(raci).code == "raci"
    several = part_of([raci, {"kind": "daily_standup", "minutes": 5}])
    assert several.code == "raci+daily_standup:minutes=5.0"
    custom = part_of({"kind": "custom", "name": "Open doors", "moves": [{"lever": "latency", "toward": 1.0}]})
    assert (custom.code, custom.name.zh) == ("Open doors", "Open doors")


@pytest.mark.parametrize(
    ("said", "error", "told"),
    [
        ("raci,raci", OfferError, "from: found 'raci' a second time"),
        ("raci,raci:clarity=0.6", OfferError, "same intervention as 'raci'"),
        ("raci,Roles=raci+liaison", OfferError, "same intervention as 'raci'"),
        ("departments.sales.staff=4", OfferError, "not made of interventions alone"),
        ("raci+departments.sales.staff=4", OfferError, "not made of interventions alone"),
        ([], OfferError, "from: found nothing"),
        ("racy", AlternativeError, "unknown intervention 'racy'; did you mean 'raci'?"),
        ("raci,,sop", AlternativeError, "the name of an intervention is missing"),
        ("raci:clarity=2", AlternativeError, "clarity"),
    ],
)
def test_what_cannot_be_offered(said, error, told):
    """In one sentence."""
    with pytest.raises(error) as refused:
        parts_of(small_scenario(), said)
    assert told in refused.value.said()


def test_nothing_is_suggested():
    """Then somebody has to say what is offered."""
    with pytest.raises(OfferError, match="suggests no intervention to compare; name some with --from"):
        parts_of(small_scenario(compare=[]), None)
