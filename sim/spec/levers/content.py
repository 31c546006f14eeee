"""Levers of what there is to do: what machines take over, what is left out, and what need not come at all."""

from sim.spec.levers.base import DUTY, LIMIT, NATURE, number, share
from sim.vocab import Lever

CONTENT = (
    share(
        Lever.AUTOMATION,
        0.0,
        0.0,
        (0.0, 0.8),
        NATURE,
        source="Wewerka and Reichert: shorter times and better quality by automation not confirmed in 12 projects",
        grade="survey",
        better="high",
    ),
    number(
        Lever.SCOPE,
        "share",
        (0.1, 1.0),
        1.0,
        1.0,
        (0.5, 1.0),
        LIMIT,
        source="no number found; how much is left out is decided case by case or by rule",
        better="either",
    ),
    share(
        Lever.PREVENTION,
        0.0,
        0.0,
        (0.0, 0.5),
        DUTY,
        source="no number found",
    ),
)
