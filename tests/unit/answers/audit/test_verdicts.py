"""The rule of verdicts, and of agreement with research, on made-up numbers."""

import pytest

from sim.answers.audit.claims import Anchor
from sim.answers.audit.verdicts import FEWEST, OFTEN, agreement, judged


@pytest.mark.parametrize(
    ("judgeable", "worlds", "reached", "inside", "outside", "verdict"),
    [
        (True, 80, 4, False, False, ("plausible", "in_worlds")),  # one of twenty
        (True, 80, 3, False, False, ("edge", "some_worlds")),
        (True, 80, 3, True, False, ("edge", "inside")),
        (True, 80, 0, True, True, ("edge", "inside")),
        (True, 80, 0, False, True, ("beyond", "outside")),
        (True, 80, 0, False, False, ("beyond", "nowhere")),
        (True, FEWEST, 1, False, False, ("plausible", "in_worlds")),
        (True, FEWEST - 1, FEWEST - 1, False, True, ("open", "few_worlds")),
        (True, FEWEST - 1, 0, True, False, ("edge", "inside")),
        (False, 80, 80, True, True, ("open", "undefined")),
    ],
)
def test_verdicts(judgeable, worlds, reached, inside, outside, verdict):
    """Worlds like the claim's own decide, then what the search found."""
    assert judged(judgeable, worlds, reached, inside, outside) == verdict


def test_a_single_world_is_enough_only_among_enough_of_them():
    """Among fewer, one that is reached by luck would make a claim plausible."""
    assert FEWEST * OFTEN >= 1.0


def anchor(**said):
    """Return what research says."""
    return Anchor.model_validate({"says": "x", "grade": "trial", "reference": "y", **said})


@pytest.mark.parametrize(
    ("said", "low", "high", "found"),
    [
        ({"percent": [-23, 0]}, -0.13, -0.10, "within"),
        ({"percent": [-23, -10]}, -0.08, -0.05, "smaller"),
        ({"percent": [-46, -46]}, -0.60, -0.58, "larger"),
        ({"percent": [-46, -46]}, 0.1, 0.2, "other_way"),
        ({"direction": "down"}, -0.2, -0.1, "same_way"),
        ({"direction": "down"}, 0.1, 0.2, "other_way"),
        ({"direction": "down"}, -0.1, 0.2, "open"),
        ({"direction": "none"}, -0.1, 0.2, "no_effect"),
        ({"direction": "none"}, 0.1, 0.2, "an_effect"),
        ({}, 0.1, 0.2, "apart"),
        ({"points": [1, 2]}, 0.1, 0.2, "apart"),  # of another scale
    ],
)
def test_agreement_with_research(said, low, high, found):
    """An interval beside a range, or a direction."""
    assert agreement(anchor(**said), "percent", low, high) == found
