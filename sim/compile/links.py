"""Links: a row for every pair of departments that deals with each other, and for those whose relation is described."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.kernel import layout
from sim.scenario.dealings import dealings_of
from sim.spec.organization import Organization
from sim.spec.sites import apart_by_site

USUAL = 5.0
"""Dealings a week at which a link's step of trust is the lever's own; busier links take smaller steps.

They are over the pace: where answers are prompt within minutes, people deal with each other more often.
"""
LEAST, MOST = 0.05, 4.0
"""Bounds of the norm of steps, by which a link's dealings are against what is usual."""

FEW_POOLS = 64
"""Owners of queues up to which the link of every two is looked up, and not searched for."""


def link_tables(organization: Organization, rows: Mapping[str, int]) -> tuple[Any, list[tuple[int, int]]]:
    """Return the links, sorted by department and other, and where each department's begin and how many they are."""
    found = dealings_of(organization)
    for pair in organization.relations.pairs:
        found.may_meet(pair.from_, pair.to)
    judged = {(rows[one], rows[other]): often for (one, other), often in found.judged.items()}
    relations, usual = organization.relations, USUAL / organization.pace
    special = {(rows[pair.from_], rows[pair.to]): pair for pair in relations.pairs}
    apart = _distances(organization, rows)
    links = np.zeros(max(1, len(judged)), layout.LINK)
    names = list(rows)
    spans = [(0, 0)] * len(rows)
    for k, (i, j) in enumerate(sorted(judged)):
        told_of = special.get((i, j))
        dealings = judged[i, j] + judged[j, i]
        row = links[k]
        row["other"] = j
        row["trust"] = relations.trust if told_of is None or told_of.trust is None else told_of.trust
        told = None if told_of is None else told_of.understanding
        row["understanding"] = relations.understanding if told is None else told
        row["distance"] = apart.get((i, j), 0.0)
        between = names[i] in organization.departments and names[j] in organization.departments
        row["weight" if between else "approvals"] = found.contacts[names[i], names[j]]
        row["norm"] = min(MOST, max(LEAST, usual / dealings)) if dealings > 0.0 else 1.0
        first, n = spans[i]
        spans[i] = (first if n else k, n + 1)
    return links, spans


def _distances(organization: Organization, rows: Mapping[str, int]) -> dict[tuple[int, int], float]:
    """Return how far apart departments are, in both directions, whichever is written down, else by their sites."""
    found = {(rows[one], rows[other]): far for (one, other), far in apart_by_site(organization).items()}
    for pair in organization.relations.pairs:
        if pair.distance is not None:
            i, j = rows[pair.from_], rows[pair.to]
            found[i, j] = found[j, i] = pair.distance
    return found


def dense_links(links: Any, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return the row of every link i→j, department by department, -1 where two never deal with each other."""
    found = np.full((len(spans), len(spans)), -1)
    for d, (first, n) in enumerate(spans):
        found[d, links["other"][first : first + n]] = np.arange(first, first + n)
    return [int(k) for k in found.ravel()]
