"""Levers of helping out: who can do the work of other departments, how fast, and whether that is a rule."""

from sim.spec.levers.base import DUTY, NATURE, number, share
from sim.vocab import Group, Lever

HELPING = (
    share(
        Lever.CROSS_TRAINING,
        0.0,
        0.0,
        (0.0, 0.5),
        DUTY,
        source="no number found; .05 is one of twenty people",
        group=Group.HELPING,
    ),
    number(
        Lever.CROSS_SKILL,
        "factor",
        (0.05, 1.0),
        1.0,
        1.0,
        (0.5, 0.9),
        NATURE,
        source="no number found; by how much longer substitutes take in one's own log",
        better="high",
    ),
    share(
        Lever.HELP_RULE,
        0.0,
        0.0,
        (0.0, 1.0),
        DUTY,
        source="agreed upon, where helping out is",
    ),
)
