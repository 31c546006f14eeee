"""People leave by themselves, and newcomers have to learn (submodel 18)."""

from sim.kernel.jit import inline

YEAR = 365.0
"""Days of a year."""
SURVEYED = 2.1
"""Hours a head and week that conflict takes where it adds to the wish to leave as much as there is of it anyway.

What people said it takes them, on average over the countries asked (CPP 2008, self-report).
"""
BUSY = 0.85
"""Load from which on it adds to the wish to leave; at a load of 1 it adds as much as there is of it anyway."""
LACKS = 0.5
"""Share of the speed of others that newcomers lack when they come."""


@inline
def pressure(conflict, load):
    """Return what hours of conflict a head and week, and load, add to the wish to leave, at a strain of 1.

    That people leave where work is bad is known of many firms, how much is not: the form is an assumption.
    """
    return conflict / SURVEYED + max(0.0, load - BUSY) / (1.0 - BUSY)


@inline
def hazard(rate, strain, pressed):
    """Return the chance that one person leaves in a night."""
    return rate / YEAR * (1.0 + strain * pressed)


@inline
def held(u, staff, concentration):
    """Return which share of a relationship hung on who leaves: most of it on one person, the rest on all others.

    Nobody holds more than that person. So the share is 1/staff on average, whatever the concentration (Cross et al.
    2016: 3 to 5 % of people carry 20 to 35 % of what is done together).
    """
    most = max(concentration, 1.0 / staff)
    return most if u < 1.0 / staff else (1.0 - most) / (staff - 1.0)


@inline
def seasoned(lacking, staff):
    """Return the speed of people, on average, of whom newcomers lack so much in all (1 each when they come)."""
    return 1.0 - LACKS * min(lacking, staff) / staff
