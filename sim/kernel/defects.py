"""Latent defects of a case, a list: how they get onto it, and off it again."""

import numpy as np

from sim.kernel.cases import case_of
from sim.kernel.jit import inline
from sim.vocab import CaseHours

PLAIN = np.int64(-1)
"""A plain misunderstanding: nobody in particular would have known."""

CHANGED = np.int64(-2)
"""The customer wants something else: whoever takes the case up next knows."""


@inline
def drop_defect(s, c, k, before):
    """Take defect `k`, which stands behind `before`, off the list of case `c`."""
    defect = s.defects[k]
    if before >= 0:
        s.defects[before]["link"] = defect["link"]
    else:
        s.cases[c]["defects"] = defect["link"]
    defect["link"] = s.now[0]["free_defect"]
    s.now[0]["free_defect"] = k
    s.now[0]["free_defects"] += 1


@inline
def take_defect(s):
    """Take a row from the free list."""
    now = s.now[0]
    k = now["free_defect"]
    now["free_defect"] = s.defects[k]["link"]
    now["free_defects"] -= 1
    return k


@inline
def add_defect(s, r, luck, asked):
    """Note a latent defect in the step of request `r`: a misunderstanding, or what only `asked` would have known.

    `luck` are the bits by which it arose; they are the root of its own draws.
    """
    k = take_defect(s)
    row = s.defects[k]
    made = s.requests[r]
    case = case_of(s, made["case"])
    live = s.cases[made["case"]]
    row["link"] = live["defects"]
    row["luck"] = luck
    row["step"] = made["step"]
    row["dept"] = made["dept"]
    row["visit"] = made["visit"]
    row["work"] = made["work"]
    row["worked"] = case["hours"][CaseHours.WORKED]
    row["waited"] = live["waited"]
    row["asked"] = asked
    live["defects"] = k


@inline
def note_change(s, c, luck, j, d):
    """Note that what department `d` has made of case `c` at step `j` is no longer what its customer wants."""
    k = take_defect(s)
    row = s.defects[k]
    live = s.cases[c]
    row["link"] = live["defects"]
    row["luck"] = luck
    row["step"] = j
    row["dept"] = d
    row["visit"] = 0
    row["work"] = 0.0
    row["worked"] = 0.0
    row["waited"] = 0.0
    row["asked"] = CHANGED
    live["defects"] = k
