"""Levers of people: who leaves by himself, what goes with him, and how long newcomers learn."""

from sim.spec.levers.base import ATTITUDE, NATURE, number, share
from sim.vocab import Lever

PEOPLE = (
    number(
        Lever.QUIT_RATE,
        "per year",
        (0.0, 3.0),
        0.0,
        0.0,
        (0.0, 0.4),
        NATURE,
        source="US: 20 % leave by themselves in a year (BLS 2012, cited); 0.1 to 0.4 where a scenario tells of it",
        grade="survey",
        better="low",
    ),
    number(
        Lever.STRAIN,
        "factor",
        (0.0, 10.0),
        0.0,
        0.0,
        (0.0, 1.5),
        ATTITUDE,
        source="no number found; turnover and performance of firms, rho = -0.15 (Park and Shaw 2013)",
        better="low",
    ),
    share(
        Lever.CONCENTRATION,
        0.0,
        0.0,
        (0.0, 0.8),
        NATURE,
        source="Cross et al. 2016: 3 to 5 % of people carry 20 to 35 % of collaboration; for a pair, assumed",
        grade="survey",
        better="low",
    ),
    number(
        Lever.ONBOARDING_WEEKS,
        "weeks",
        (0.0, 104.0),
        0.0,
        0.0,
        (0.0, 26.0),
        NATURE,
        source="until newcomers are productive: clerks 8, professionals 20, executives 26 weeks (Mellon Financial)",
        grade="survey",
        better="low",
    ),
)
