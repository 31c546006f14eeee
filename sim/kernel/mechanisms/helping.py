"""Helping out (submodel 17): who may do what other departments have to do, from when on, and how fast."""

import math

from sim.kernel.jit import inline

ROUNDED = 1e-9
"""People by which a share of them may fall short of a whole number because of rounding."""


@inline
def lendable(trained, staff):
    """Return how many people of a department can work for others at a time."""
    return math.floor(trained * staff + ROUNDED)


@inline
def worth_helping(usual, rule):
    """Return the hours of work a head beyond which others help: where help is the rule, as soon as anything waits."""
    return usual * (1.0 - rule)


@inline
def help_chance(willing, rule):
    """Return the chance that somebody helps: a rule does not ask who is willing."""
    return willing + rule * (1.0 - willing)
