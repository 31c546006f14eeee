"""What the answers of the shipped experiments rest on: for each, quantities with 95 % intervals, from points and runs.

Differences are taken replication by replication, since all points of a replication met the same luck. Shares are told
in percent and points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binomtest, spearmanr

from sim.interventions import INTERVENTIONS
from sim.spec.measures import MEASURES
from sim.study.statistics import Interval, mean_interval

ON_TIME, HOURS, CONFLICTS, LEAD = "on_time_target", "coordination_hours", "conflicts_per_100", "lead_time_mean"

Quantity = tuple[str, Interval]
"""What was measured, in words, and how much it was."""

OFF = "off"


@dataclass(frozen=True, eq=False)
class Found:
    """The points and runs of an experiment.

    Attributes
    ----------
    points
        A row for each point, by number: organization, and where every factor stands.
    runs
        A row for each run: point, replication, and measures.
    """

    points: pd.DataFrame
    runs: pd.DataFrame

    @cached_property
    def scenarios(self) -> tuple[str, ...]:
        """The organizations, in the order of the file."""
        return tuple(dict.fromkeys(self.points["scenario"]))

    @cache  # noqa: B019  # it lives as long as the script
    def table(self, measure: str) -> pd.DataFrame:
        """Return a measure by replication and point, shares in percent."""
        scale = 100.0 if MEASURES[measure].unit == "share" else 1.0
        return scale * self.runs.pivot(index="replication", columns="point", values=measure)

    def where(self, **values: Any) -> pd.Index:
        """Return the points at which factors have these values."""
        kept = np.ones(len(self.points), bool)
        for name, value in values.items():
            kept &= np.array([_alike(cell, value) for cell in self.points[name]])
        return self.points.index[kept]

    def at(self, measure: str, **values: Any) -> pd.Series:
        """Return the mean of a measure over the points at which factors have these values, by replication."""
        chosen = self.where(**values)
        if chosen.empty:
            raise LookupError(f"no point has {values}")
        return self.table(measure)[chosen].mean(axis=1)

    def effect(self, measure: str, factor: str, **others: Any) -> pd.Series:
        """Return what switching a factor on does, over all points that are alike otherwise."""
        return self.at(measure, **{factor: True}, **others) - self.at(measure, **{factor: False}, **others)

    def interaction(self, measure: str, one: str, two: str) -> pd.Series:
        """Return how much more two do together than the sum of what each does alone, over all the rest."""
        return self.effect(measure, one, **{two: True}) - self.effect(measure, one, **{two: False})


def _alike(cell: Any, value: Any) -> bool:
    """Tell whether a cell has a value: columns with texts hold numbers as texts."""
    if isinstance(value, bool) or isinstance(cell, bool | np.bool_):
        return isinstance(value, bool) and bool(cell) == value
    try:
        return float(cell) == float(value)
    except ValueError:
        return str(cell) == str(value)


def told(label: str, values: pd.Series) -> Quantity:
    """Return a quantity: the mean over replications, with its interval."""
    return label, mean_interval(values)


ROOTS = ("goals", "rules", "information", "relations")


def four_roots(found: Found) -> Iterator[Quantity]:
    """Yield what each root costs alone, and all of them; together, and added up."""
    for scenario in found.scenarios:
        none = found.at(ON_TIME, scenario=scenario, **dict.fromkeys(ROOTS, False))
        alone = {
            root: found.at(ON_TIME, scenario=scenario, **{one: one == root for one in ROOTS}) - none for root in ROOTS
        }
        every = found.at(ON_TIME, scenario=scenario, **dict.fromkeys(ROOTS, True))
        yield from (told(f"{scenario}: {root} alone", values) for root, values in alone.items())
        yield told(f"{scenario}: all four", every - none)
        yield told(f"{scenario}: the four added up", sum(alone.values()))
        for root in ROOTS:
            rest = found.at(ON_TIME, scenario=scenario, **{one: one != root for one in ROOTS})
            yield told(f"{scenario}: {root} last", every - rest)


def one_measure_each(found: Found) -> Iterator[Quantity]:
    """Yield what each of four measures does in every organization."""
    measures = [name for name in found.points.columns if name in INTERVENTIONS]
    for scenario in found.scenarios:
        none = found.at(ON_TIME, scenario=scenario, **dict.fromkeys(measures, False))
        yield told(f"{scenario}: as it is", none)
        for name in measures:
            on = found.at(ON_TIME, scenario=scenario, **{one: one == name for one in measures})
            yield told(f"{scenario}: {name}", on - none)


def seven_measures(found: Found) -> Iterator[Quantity]:
    """Yield main effects, and interactions of all pairs, in points on time and hours of lead time."""
    names = [name for name in found.points.columns if name in INTERVENTIONS]
    for measure, unit in ((ON_TIME, "on time"), (LEAD, "lead time"), (HOURS, "coordination")):
        yield from (told(f"{name}: {unit}", found.effect(measure, name)) for name in names)
    for measure, unit in ((ON_TIME, "on time"), (LEAD, "lead time")):
        for one, two in combinations(names, 2):
            yield told(f"{one} × {two}: {unit}", found.interaction(measure, one, two))


BUDGETS = (2, 5, 10, 20, 40, 60)


def hours_budget(found: Found) -> Iterator[Quantity]:
    """Yield what the best combination within each budget brings; it is chosen in one half and measured in the other."""
    names = [name for name in found.points.columns if name in INTERVENTIONS]
    (now,) = found.where(**dict.fromkeys(names, False))
    gain, price = (found.table(name).sub(found.table(name)[now], axis=0) for name in (ON_TIME, HOURS))
    half = len(gain) // 2
    for budget in BUDGETS:
        within = price.columns[price.iloc[:half].mean() <= budget]
        best = gain.iloc[:half][within].mean().idxmax()
        chosen = " + ".join(name for name in names if found.points.at[best, name])
        yield told(f"within {budget} h: {chosen}", gain.iloc[half:][best])
        yield told(f"within {budget} h: hours a week", price.iloc[half:][best])


def standup_load(found: Found) -> Iterator[Quantity]:
    """Yield what stand-ups of each length do at every load."""
    for cases in sorted(set(map(float, found.points["complaints"]))):
        none = found.at(ON_TIME, complaints=cases, minutes=OFF)
        yield told(f"{cases:g} a week: as it is", none)
        for minutes in (5, 15, 30):
            with_it = found.at(ON_TIME, complaints=cases, minutes=minutes)
            yield told(f"{cases:g} a week: {minutes} minutes", with_it - none)


def tipping(found: Found) -> Iterator[Quantity]:
    """Yield trust and on-time rate at the end, for every start, with and without coupling."""
    for coupling in (1, 0):
        for start in sorted(set(map(float, found.points["start"]))):
            for measure, unit in (("trust", "trust"), (ON_TIME, "on time")):
                label = f"begun with {start:g}, coupling {coupling}: {unit}"
                yield told(label, found.at(measure, start=start, coupling=coupling))
    yield told("trust at the start from which it neither rises nor falls", tipped(found))


def tipped(found: Found) -> pd.Series:
    """Return, by replication, the start from which trust ends where it began: where falling last turns to rising."""
    starts = 100.0 * np.array(sorted(set(map(float, found.points["start"]))))
    ends = pd.concat([found.at("trust", start=one / 100.0, coupling=1) for one in starts], axis=1)
    return pd.Series([_zero(starts, row - starts) for row in ends.to_numpy()])


def _zero(places: np.ndarray, values: np.ndarray) -> float:
    """Return the last place at which values along a line turn from below zero."""
    k = int(np.flatnonzero((values[:-1] < 0.0) & (values[1:] >= 0.0))[-1])
    return float(places[k] - values[k] / (values[k + 1] - values[k]) * (places[k + 1] - places[k]))


def way_out(found: Found) -> Iterator[Quantity]:
    """Yield trust and on-time rate long after measures were given up."""
    none = found.where(until=OFF)
    for until in found.points["until"]:
        weeks = 0 if until == OFF else round(float(until)) + 190
        for measure, unit in (("trust", "trust"), (ON_TIME, "on time")):
            values = found.at(measure, until=until)
            yield told(f"lived for {weeks} weeks: {unit}", values)
            yield told(f"lived for {weeks} weeks: {unit}, more", values - found.table(measure)[none].mean(axis=1))


WORLD_COLUMNS = ("scenario", "measures", "draw")
MOST_TELLING = 4


def unknown_world(found: Found) -> Iterator[Quantity]:
    """Yield in which share of the worlds measures help, by how much, and what goes with it."""
    means = found.table(ON_TIME).mean().rename("on_time")
    rows = found.points.join(means)
    worlds = rows.pivot(index="draw", columns="measures", values="on_time")
    drawn = rows[[_alike(one, OFF) for one in rows["measures"]]].set_index("draw")
    assumed = [name for name in found.points.columns if name not in WORLD_COLUMNS]
    for name in ("raci", "four"):
        change = worlds[name] - worlds[OFF]
        yield f"{name}: share of the worlds where it helps", share(int((change > 0.0).sum()), len(change))
        yield f"{name}: share of the worlds where it helps by a point", share(int((change > 1.0).sum()), len(change))
        yield f"{name}: share of the worlds where it costs a point", share(int((change < -1.0).sum()), len(change))
        yield told(f"{name}: mean over worlds", change)
        yield f"{name}: median world", median(change.to_numpy())
        ranked = {one: rank(drawn[one].to_numpy(), change[drawn.index].to_numpy()) for one in assumed}
        first = sorted(ranked, key=lambda one: -abs(ranked[one].mean))[:MOST_TELLING]
        yield from ((f"{name}: rank correlation with {one}", ranked[one]) for one in first)


def share(count: int, total: int) -> Interval:
    """Return a share in percent, with Wilson's interval."""
    found = binomtest(count, total).proportion_ci(method="wilson")
    return Interval(100.0 * count / total, 100.0 * found.low, 100.0 * found.high)


def median(values: np.ndarray) -> Interval:
    """Return the median with an interval from order statistics (binomial)."""
    ordered, n = np.sort(values), len(values)
    reach = 1.96 * np.sqrt(n) / 2.0
    low, high = ordered[max(0, int(np.floor(n / 2.0 - reach)))], ordered[min(n - 1, int(np.ceil(n / 2.0 + reach)))]
    return Interval(float(np.median(values)), float(low), float(high))


def rank(one: np.ndarray, other: np.ndarray) -> Interval:
    """Return Spearman's rank correlation, with Fisher's interval (Bonett and Wright 2000)."""
    rho = float(spearmanr(one, other)[0])
    width = 1.96 * np.sqrt((1.0 + rho**2 / 2.0) / (len(one) - 3.0))
    return Interval(rho, float(np.tanh(np.arctanh(rho) - width)), float(np.tanh(np.arctanh(rho) + width)))


def sop_pages(found: Found) -> Iterator[Quantity]:
    """Yield what a procedure of so many pages does, where people follow it and where they go round it."""
    yield from doses(found, "pages", "tolerance", ((ON_TIME, "on time"), (HOURS, "coordination")))
    for pages in (2, 5, 10):
        yield told(f"tolerance 0.5, pages {pages}: bypassed", found.at("bypassed", pages=pages, tolerance=0.5))


def response_hours(found: Found) -> Iterator[Quantity]:
    """Yield what an agreement on so many hours does, by how late answers come without it."""
    yield from doses(found, "hours", "answers", ((ON_TIME, "on time"), (CONFLICTS, "conflicts")))


def rotation(found: Found) -> Iterator[Quantity]:
    """Yield what rotation of a share of the staff does, by how many orders there are."""
    yield from doses(found, "share", "orders", ((ON_TIME, "on time"), (CONFLICTS, "conflicts")))


def doses(found: Found, dose: str, at: str, measures: tuple[tuple[str, str], ...]) -> Iterator[Quantity]:
    """Yield the change that every dose makes against none, at each level of another factor."""
    for measure, unit in measures:
        for level in dict.fromkeys(found.points[at]):
            none = found.at(measure, **{dose: OFF, at: level})
            yield told(f"{at} {level:g}: {unit} as it is", none)
            for amount in dict.fromkeys(found.points[dose]):
                if not _alike(amount, OFF):
                    label = f"{at} {level:g}, {dose} {float(amount):g}: {unit}"
                    yield told(label, found.at(measure, **{dose: amount, at: level}) - none)


def surge(found: Found) -> Iterator[Quantity]:
    """Yield what measures do in a calm year and through a surge, over all combinations of the others."""
    yield told("the surge itself", found.effect(ON_TIME, "surge"))
    for name in (one for one in found.points.columns if one in INTERVENTIONS):
        yield told(f"{name}: calm", found.effect(ON_TIME, name, surge=False))
        yield told(f"{name}: surge", found.effect(ON_TIME, name, surge=True))
        yield told(f"{name}: more in the surge", found.interaction(ON_TIME, name, "surge"))


QUANTITIES: Mapping[str, Callable[[Found], Iterator[Quantity]]] = {
    one.__name__: one
    for one in (
        four_roots,
        one_measure_each,
        seven_measures,
        hours_budget,
        standup_load,
        tipping,
        way_out,
        unknown_world,
        sop_pages,
        response_hours,
        rotation,
        surge,
    )
}
"""What is measured for the answer of each experiment, in the order in which the page tells them."""
