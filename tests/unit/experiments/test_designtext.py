"""Designs as somebody types them."""

import re
from typing import Any

import pytest

from sim.experiments.designtext import DesignTextError, design_in
from sim.experiments.reading import plan_of
from sim.experiments.sweeping import sweep_of

READ: dict[str, dict[str, Any]] = {
    "grid": {"kind": "full_factorial"},
    " one_at_a_time ": {"kind": "one_at_a_time"},
    "full_factorial:steps=3": {"kind": "full_factorial", "steps": 3},
    "latin_hypercube: points = 100, optimized=true": {"kind": "latin_hypercube", "points": 100, "optimized": True},
    "sobol_sequence:points=64,crossed=[a, b]": {"kind": "sobol_sequence", "points": 64, "crossed": ["a", "b"]},
    "fractional_factorial:generator=a b c -abc": {"kind": "fractional_factorial", "generator": "a b c -abc"},
    "morris:levels=4.5": {"kind": "morris", "levels": 4.5},
}


@pytest.mark.parametrize("text", READ)
def test_texts_are_read(text: str) -> None:
    """A kind, with parameters as interventions have them."""
    assert design_in(text) == READ[text]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "found '', expected one of grid, full_factorial"),
        ("latin_hyper", "did you mean 'latin_hypercube'?"),
        ("points", "expected one of grid"),
        ("morris:", "expected parameter=value"),
        ("morris:levels", "found 'levels', expected parameter=value"),
        ("morris:levels=4,levels=6", "the parameter 'levels' is given twice"),
    ],
)
def test_what_cannot_be_meant(text: str, said: str) -> None:
    """One sentence."""
    with pytest.raises(DesignTextError, match=re.escape(said)) as raised:
        design_in(text)
    assert raised.value.text.zh != raised.value.text.en


@pytest.mark.parametrize(
    ("design", "points"),
    [
        ("grid", 12),
        ("one_at_a_time", 5),
        ("latin_hypercube:points=5", 5),
        ("sobol_sequence:points=4,crossed=[raci]", 8),
    ],
)
def test_sweeps_have_such_designs(design: str, points: int) -> None:
    """Every kind with the factors that were typed beside it."""
    varied = ["raci", "levers.latency=1..3", "sop:pages=5,9"]
    assert plan_of(sweep_of("order_delivery", varied, design=design)).total == points
