"""How long work and waits take: distributions as they were seen, rare kinds filled up with what they belong to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.spec.distributions import Work

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

ENOUGH = 40.0
"""Observations from which on a kind has a distribution of its own."""

SAMPLE = 400
"""Observations of a wide kind that fill up the rare ones."""

LONGEST = 100_000.0
"""Hours that a scenario allows at most."""

NOTHING = 1e-4
"""Hours that are as good as none."""

DIGITS = 4
"""Digits of hours that are written."""


def work_of(values: Floats, weights: Floats, pieces: int) -> Work:
    """Return a distribution as it was seen: quantiles at even shares, with the mean that was seen.

    Parameters
    ----------
    values, weights : array
        Hours, and what each counts.
    pieces : int
        Into how many even shares the distribution is cut at most; fewer where few were seen.
    """
    here = weights > 0
    values, weights = np.clip(values[here], 0.0, LONGEST), weights[here]
    if not len(values) or values.max() < NOTHING:
        return Work.deterministic(0.0)
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    count = int(np.clip(effective // 3, 2, pieces))
    order = np.argsort(values, kind="stable")
    values, upto = values[order], np.cumsum(weights[order]) / weights.sum()
    shares = np.arange(count + 1) / count
    found = values[np.clip(np.searchsorted(upto, shares - 1e-12, side="left"), 0, len(values) - 1)]
    mean = float(np.sum(values * np.diff(upto, prepend=0.0)))
    # the last piece reaches as far as it has to for the mean to be right: a straight line to the longest is too long
    rest = 2.0 * count * mean - float(found[0]) - 2.0 * float(found[1:-1].sum())
    if rest >= found[-2]:
        found[-1] = min(rest, LONGEST)
    else:
        found[-1] = found[-2]
        now = float((found[:-1] + found[1:]).mean() / 2.0)
        found = found * (mean / now) if now > 0 else found
    written = np.maximum.accumulate(_digits(found))
    return Work.empirical([float(one) for one in written]) if written[-1] > 0 else Work.deterministic(0.0)


def _digits(values: Floats) -> Floats:
    """Return numbers with a few digits."""
    scale = 10.0 ** (DIGITS - 1 - np.floor(np.log10(np.maximum(values, 10.0**-DIGITS))))
    return np.asarray(np.round(np.round(values * scale) / scale, 6))


class Pooled:
    """Hours by kind, where kinds belong to wider ones, and these to all.

    Parameters
    ----------
    values, weights : array
        Hours, and what each counts.
    kinds : sequence of arrays
        The kind of each, the narrowest first.
    """

    def __init__(self, values: Floats, weights: Floats, kinds: list[Ints]) -> None:
        self._values, self._weights = values, weights
        self._kinds = [*kinds, np.zeros(len(values), dtype=np.int64)]
        self._order = [np.argsort(one, kind="stable") for one in self._kinds]
        self._sorted = [one[order] for one, order in zip(self._kinds, self._order, strict=True)]
        scale = weights.sum() / max(float((weights**2).sum()), 1e-12) if len(weights) else 1.0
        self._scaled = weights * scale
        self._found: dict[tuple[int, int], tuple[Floats, Floats]] = {}

    def _rows(self, level: int, kind: int) -> Ints:
        first, last = np.searchsorted(self._sorted[level], [kind, kind + 1])
        return self._order[level][first:last]

    def count(self, kind: int) -> int:
        """Return how often one of the narrowest kinds was seen."""
        return len(self._rows(0, kind))

    def of(self, kinds: list[int], pieces: int) -> Work:
        """Return the distribution of a kind; where it was seen rarely, filled up with those it belongs to."""
        values: list[Floats] = []
        weights: list[Floats] = []
        seen = 0.0
        for level, kind in enumerate([*kinds, 0]):
            hours, counts = self._seen(level, kind)
            have = float(counts.sum())
            if have <= 0.0:
                continue
            # what the kind itself has counts in full; what it belongs to fills up what is missing, at most to a half
            values.append(hours)
            weights.append(counts * min(1.0, (ENOUGH - seen) / 2.0 / have) if seen > 0.0 else counts)
            seen += float(weights[-1].sum())
            if seen >= ENOUGH:
                break
        return work_of(np.concatenate(values), np.concatenate(weights), pieces) if values else Work.deterministic(0.0)

    def _seen(self, level: int, kind: int) -> tuple[Floats, Floats]:
        """Return the hours of a kind and what each counts; of wide kinds a sample that is spread evenly over all."""
        if (level, kind) not in self._found:
            rows = self._rows(level, kind)
            hours, counts = self._values[rows], self._scaled[rows]
            if level and len(rows) > SAMPLE:
                order = np.argsort(hours, kind="stable")
                upto = np.cumsum(counts[order])
                middle = (np.arange(SAMPLE) + 0.5) / SAMPLE * upto[-1]
                hours = hours[order][np.minimum(np.searchsorted(upto, middle), len(rows) - 1)]
                counts = np.full(SAMPLE, upto[-1] / SAMPLE)
            self._found[level, kind] = (hours, counts)
        return self._found[level, kind]
