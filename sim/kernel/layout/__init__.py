"""The tables of the kernel: one record type per entity, with unit and meaning of every field.

`State` changes while a run goes on, `Params` does not. Both are NamedTuples of few record arrays, because the number
of arrays, not of fields, decides how long compilation takes; all whole numbers are 64 bits wide, because numba compiles
a function anew for every width. Times are calendar hours since Monday 00:00 of the first week.
"""

from typing import Any, get_type_hints

from sim.kernel.layout.params import (
    CALENDAR,
    EDIT,
    MEETING,
    POOL,
    PROCESS,
    ROUTE,
    SEGMENT,
    SHOCK,
    STEP,
    TAX,
    WORKS,
    WORLD,
    Params,
)
from sim.kernel.layout.state import (
    CAREFUL,
    CASE,
    CASE_BY_NAME,
    CLOCK,
    DAY,
    DAY_BY_NAME,
    DEFECT,
    DEPARTMENT,
    EVENT,
    HISTORY,
    LINE,
    LINK,
    LOG,
    N_KINDS,
    N_LEDGER,
    N_LEVERS,
    N_PARTS,
    N_SPENT,
    N_STATES,
    N_TALLIES,
    NOW,
    PACED,
    PLACE,
    RANKED,
    REFUSING,
    REQUEST,
    SLOW,
    STREAM,
    SWITCH,
    State,
)

__all__ = [
    "CALENDAR",
    "CAREFUL",
    "CASE",
    "CASE_BY_NAME",
    "CLOCK",
    "DAY",
    "DAY_BY_NAME",
    "DEFECT",
    "DEPARTMENT",
    "EDIT",
    "EVENT",
    "HISTORY",
    "LINE",
    "LINK",
    "LOG",
    "MEETING",
    "NOW",
    "N_KINDS",
    "N_LEDGER",
    "N_LEVERS",
    "N_PARTS",
    "N_SPENT",
    "N_STATES",
    "N_TALLIES",
    "PACED",
    "PLACE",
    "POOL",
    "PROCESS",
    "RANKED",
    "REFUSING",
    "REQUEST",
    "ROUTE",
    "SEGMENT",
    "SHOCK",
    "SLOW",
    "STEP",
    "STREAM",
    "SWITCH",
    "TAX",
    "WORKS",
    "WORLD",
    "Params",
    "State",
    "rows_of",
]


def rows_of(tables: type[State] | type[Params]) -> list[Any]:
    """Return the record (or number) types of the tables of a state, or of parameters, in their order."""
    return [hint.__metadata__[0] for hint in get_type_hints(tables, include_extras=True).values()]
