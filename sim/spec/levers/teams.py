"""Levers of teams: which cases one of all departments takes on, and what it costs to talk to each other."""

from sim.spec.levers.base import DUTY, LIMIT, NATURE, number, share
from sim.vocab import Lever

TEAMS = (
    share(
        Lever.TEAMWORK,
        0.0,
        0.0,
        (0.0, 0.8),
        DUTY,
        source="Troy et al. 2008: 25 studies of cross-functional teams, sharing information beta .21, climate -.15",
        grade="meta-analysis",
    ),
    number(
        Lever.PAIR_LOAD,
        "share",
        (0.0, 0.1),
        0.0,
        0.0,
        (0.0, 0.006),
        NATURE,
        source="no number found; with .003 a team of 20 spends 6 % of its time on talking to each other",
        better="low",
    ),
    number(
        Lever.TEAM_SIZE,
        "count",
        (2.0, 10000.0),
        10000.0,
        10000.0,
        (4.0, 40.0),
        LIMIT,
        source="no number found; Staats et al. 2012: people underestimate what large teams cost",
        better="either",
    ),
)
