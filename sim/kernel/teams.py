"""Teams: a case may be with people of all departments who work on it together, from its arrival to its end."""

from sim.kernel.cases import case_of
from sim.kernel.draws import NOBODY, NOWHERE, ZERO, uniform
from sim.kernel.goodwill import goodwill
from sim.kernel.jit import inline
from sim.kernel.mechanisms.teams import understood_in_team
from sim.vocab import CaseCount, Lever, Purpose


@inline
def taken_on(p, case, lever):
    """Decide whether a team takes on a case that comes to a front department with these levers."""
    if lever[Lever.TEAMWORK] <= 0.0 or not p.processes[case["process"]]["teams"]:
        return False
    return uniform(case["key"], NOWHERE, Purpose.TEAM, NOBODY, ZERO, ZERO) < lever[Lever.TEAMWORK]


@inline
def in_team(s, row):
    """Tell whether request `row` is about a case that a team has."""
    return row["case"] >= 0 and case_of(s, row["case"])["count"][CaseCount.TEAM] > 0


@inline
def willing(s, p, row):
    """Return the willingness that request `row` meets in the department asked; in a team it is full."""
    if in_team(s, row):
        return 1.0
    return goodwill(s, p, row["sender"], row["dept"], row["kind"])


@inline
def understood(s, row, known):
    """Return what is understood of another department in the case of request `row`, where else `known` is."""
    return understood_in_team(known) if in_team(s, row) else known
