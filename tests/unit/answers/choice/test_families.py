"""Doses that bundles may have, as people write them, and how many bundles that makes."""

import pytest

from sim.answers.choice.budgets import Budget
from sim.answers.choice.families import DOSES, bundles_of, families_of, grouped, offered
from sim.answers.choice.parts import OfferError
from sim.experiments.sweeping import SweepError
from sim.study.making import AlternativeError
from tests.worlds.fakes import small_scenario


def codes(said):
    """Return everything that one item stands for, as one writes it after --with."""
    (one,) = families_of(small_scenario(), [said])
    return [part.code for part in one.parts]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("raci", ["raci"]),
        ("raci:clarity=0.5", ["raci:clarity=0.5"]),
        ("daily_standup:minutes=5,10", ["daily_standup:minutes=5", "daily_standup:minutes=10"]),
        ("daily_standup:minutes=5..15/5", [f"daily_standup:minutes={one}" for one in (5, 10, 15)]),
        ("daily_standup:minutes=5..7", [f"daily_standup:minutes={one}" for one in (5, 6, 7)]),
        ("daily_standup:minutes=5..6,9,9", [f"daily_standup:minutes={one}" for one in (5, 6, 9)]),
        ("Pair=raci:clarity=0.5,0.7,upkeep_minutes=5+sop", [
            f"Pair=raci:clarity={one},upkeep_minutes=5+sop" for one in (0.5, 0.7)
        ]),
        ("raci:clarity=0.5,0.7,upkeep_minutes=5..10/5", [
            f"raci:clarity={one},upkeep_minutes={other}" for one in (0.5, 0.7) for other in (5, 10)
        ]),
    ],
)  # fmt: skip
def test_doses_are_written_as_for_experiments(said, found):
    """One, some, every whole number, by a step; each combination of two."""
    assert codes(said) == found


def test_of_a_range_some_doses_are_tried():
    """At equal distances, both ends among them."""
    found = codes("raci:clarity=0.5..0.9")
    assert len(found) == DOSES
    assert (found[0], found[1], found[-1]) == ("raci:clarity=0.5", "raci:clarity=0.54", "raci:clarity=0.9")


def test_a_part_is_found_by_its_doses():
    """The first dose is the slowest."""
    (one,) = families_of(small_scenario(), "raci:clarity=0.5,0.7,0.9,upkeep_minutes=5,10")
    assert one.sizes == (3, 2)
    assert one.at((1, 0)).code == "raci:clarity=0.7,upkeep_minutes=5"
    assert one.at((2, 1)).name.en == "RACI matrix (clarity=0.9, upkeep_minutes=10)"


def test_names_tell_doses_apart():
    """Of one intervention that is there with several."""
    usual, short = families_of(small_scenario(), "daily_standup,daily_standup:minutes=5")
    assert (usual.name.en, usual.parts[0].name.zh) == ("Daily stand-up (doses as usual)", "每日站会（参数照常）")
    assert short.parts[0].name.en == "Daily stand-up (minutes=5)"


def test_bundles_have_one_dose_of_an_intervention():
    """So that twelve parts are not always too many to look at all bundles."""
    several = families_of(
        small_scenario(), "raci," + ",".join(f"sop:clarity=0.{one}" for one in range(1, 8)) + ",rpa,liaison"
    )
    assert [len(one.parts) for one in grouped(several)] == [1, 7, 1, 1]
    assert bundles_of(several) == 2 * 8 * 2 * 2
    offer = offered(small_scenario(), several, [Budget(1e6)])
    assert len(offer.bundles) + len(offer.refused) == 64


@pytest.mark.parametrize(
    ("said", "error", "told"),
    [
        ("raci:clarity=0.9..0.5", OfferError, "from: found 'clarity=0.9..0.5', expected LOW..HIGH"),
        ("daily_standup:minutes=30..5", SweepError, "minutes=30..5"),
        ("daily_standup:minutes=5..30/7", SweepError, "minutes=5..30/7"),
        ("raci:clarity=0.5..2.5", AlternativeError, "clarity"),
        ("raci:clearness=0.5..0.9", AlternativeError, "clearness"),
        ("raci:clarity=0.5..", AlternativeError, "clarity"),
        ("raci:clarity=0.5..0.9,raci:clarity=0.5", OfferError, "found 'raci:clarity=0.5' a second time"),
        (["raci:clarity=0.5..0.9", "Pair=raci:clarity=0.9+sop"], OfferError, "same intervention as 'raci:clarity=0.9'"),
        ([], OfferError, "from: found nothing"),
    ],
)
def test_what_is_no_range(said, error, told):
    """In one sentence."""
    with pytest.raises(error) as refused:
        families_of(small_scenario(), said)
    assert told in refused.value.said()
