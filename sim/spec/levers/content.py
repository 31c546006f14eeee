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
    number(
        Lever.CHANGES,
        "count",
        (0.0, 100.0),
        0.0,
        0.0,
        (0.0, 8.0),
        NATURE,
        source="about 25 % of requirements change (Boehm 1981; Jones 1994, cited by McConnell)",
        grade="survey",
        better="low",
    ),
    share(
        Lever.CHANGE_LOSS,
        0.0,
        0.0,
        (0.0, 0.6),
        NATURE,
        source="no number found; 0.4 where a scenario tells of changes",
        better="low",
    ),
    number(
        Lever.FREEZE_DAYS,
        "days",
        (0.0, 365.0),
        0.0,
        0.0,
        (0.0, 10.0),
        DUTY,
        source="agreed upon; a cut-off of a week or two before a release is usual",
        better="either",
    ),
)
