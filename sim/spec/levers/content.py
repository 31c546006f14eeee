"""Levers of what there is to do: what machines take over, what is left out, and what need not come at all."""

from sim.spec.levers.base import NATURE, share
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
)
