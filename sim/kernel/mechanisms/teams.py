"""Teams (submodel 16): what people of one team know of each other, and what talking takes of their time."""

import math

from sim.kernel.jit import inline
from sim.vocab import BETWEEN_TEAMS

TOGETHER = 0.8
"""Least understanding of each other among people of different departments who are in one team."""


@inline
def understood_in_team(understanding):
    """Return what people of one team understand of each other's departments: at least what sitting together tells."""
    return max(understanding, TOGETHER)


@inline
def left_by_talking(pair_load, team_size, staff):
    """Return what talking leaves of working time: with everybody of the team, and with each other team."""
    people = max(1.0, staff)
    team = min(people, team_size)
    within = max(0.0, 1.0 - pair_load * (team - 1.0))
    return within * max(0.0, 1.0 - BETWEEN_TEAMS * (math.ceil(people / team) - 1.0))
