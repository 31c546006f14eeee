"""Links: a row for every pair of departments that deals with each other, and for those whose relation is described."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.kernel import layout
from sim.scenario.dealings import dealings_of
from sim.spec.organization import Organization

USUAL = 5.0
"""Dealings a week at which a link's step of trust is the lever's own; busier links take smaller steps."""
LEAST, MOST = 0.05, 4.0


def link_tables(organization: Organization, rows: Mapping[str, int], weeks: float) -> tuple[Any, list[tuple[int, int]]]:
    """Return the links, sorted by department and other, and where each department's begin and how many they are."""
    pairs = {(rows[one], rows[other]): often for (one, other), often in dealings_of(organization, weeks).items()}
    relations = organization.relations
    special = {(rows[pair.from_], rows[pair.to]): pair for pair in relations.pairs}
    for i, j in special:
        pairs.setdefault((i, j), 0.0)
        pairs.setdefault((j, i), 0.0)
    links = np.zeros(max(1, len(pairs)), layout.LINK)
    spans = [(0, 0)] * len(rows)
    for k, (i, j) in enumerate(sorted(pairs)):
        pair = special.get((i, j))
        dealings = pairs[i, j]
        row = links[k]
        row["other"] = j
        row["trust"] = relations.trust if pair is None or pair.trust is None else pair.trust
        told = None if pair is None else pair.understanding
        row["understanding"] = relations.understanding if told is None else told
        row["norm"] = min(MOST, max(LEAST, USUAL / dealings)) if dealings > 0.0 else 1.0
        first, n = spans[i]
        spans[i] = (first if n else k, n + 1)
    return links, spans
