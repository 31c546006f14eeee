"""The last weeks: what departments look back on, a row a week, of which a new one takes the place of the oldest."""

from sim.kernel.jit import inline, routine
from sim.kernel.layout import N_KINDS, N_TALLIES
from sim.vocab import LOOK_BACK

A_WEEK = 7
"""Days; departments look back when a whole one is over."""


@routine
def remember(s, d):
    """Add the day that ends to the week of department `d`; people count as so many days of one of them."""
    dept = s.departments[d]
    day = s.now[0]["day"]
    week = (day // A_WEEK) % LOOK_BACK
    if day % A_WEEK == 0:
        for k in range(N_TALLIES):
            dept["recent"][week * N_TALLIES + k] = 0.0
        for k in range(N_KINDS):
            dept["recent_hours"][week * N_KINDS + k] = 0.0
        dept["recent_staff"][week] = 0.0
    for k in range(N_TALLIES):
        dept["recent"][week * N_TALLIES + k] += dept["today"][k]
    for k in range(N_KINDS):
        dept["recent_hours"][week * N_KINDS + k] += dept["hours"][k]
    dept["recent_staff"][week] += dept["staff"] * dept["manned"]


@inline
def week_is_over(s):
    """Tell whether the day that begins is the first of a week."""
    return s.now[0]["day"] % A_WEEK == 0


@inline
def weeks_seen(s):
    """Return how many whole weeks there are to look back on."""
    return float(min(s.now[0]["day"] // A_WEEK, LOOK_BACK))


@inline
def recently(dept, k):
    """Return a tally over the weeks that are remembered."""
    total = 0.0
    for week in range(LOOK_BACK):
        total += dept["recent"][week * N_TALLIES + k]
    return total


@inline
def recent_hours(dept, kind):
    """Return the hours served of a kind over the weeks that are remembered."""
    total = 0.0
    for week in range(LOOK_BACK):
        total += dept["recent_hours"][week * N_KINDS + kind]
    return total


@inline
def recent_staff(dept):
    """Return the days that people were there, over the weeks that are remembered."""
    total = 0.0
    for week in range(LOOK_BACK):
        total += dept["recent_staff"][week]
    return total
