"""Latent defects of a case, a list: how they get onto it, and off it again."""

import numpy as np

from sim.kernel.jit import inline
from sim.vocab import CaseHours

PLAIN = np.int64(-1)
"""A plain misunderstanding: nobody in particular would have known."""


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
def add_defect(s, r, luck, asked):
    """Note a latent defect in the step of request `r`: a misunderstanding, or what only `asked` would have known.

    `luck` are the bits by which it arose; they are the root of its own draws.
    """
    now = s.now[0]
    k = now["free_defect"]
    row = s.defects[k]
    now["free_defect"] = row["link"]
    now["free_defects"] -= 1
    made = s.requests[r]
    case = s.cases[made["case"]]
    row["link"] = case["defects"]
    row["luck"] = luck
    row["step"] = made["step"]
    row["dept"] = made["dept"]
    row["visit"] = made["visit"]
    row["work"] = made["work"]
    row["worked"] = case["hours"][CaseHours.WORKED]
    row["waited"] = case["waited"]
    row["asked"] = asked
    case["defects"] = k
