"""The selections of an experiment: the best point of every group, in every organization."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sim.experiments.experiment import SelectionRule
from sim.experiments.selection import Race
from sim.spec.findings import Finding
from sim.spec.measures import MeasureSpec
from sim.words import words

texts = words("experimentfile")

ALL = "all"
"""The group where none is named."""

Found = Mapping[int, Sequence[float]]
"""Of each point the numbers of all its replications so far."""


@dataclass(frozen=True, slots=True)
class Races:
    """All selections of an experiment, which go on together.

    Attributes
    ----------
    by_group
        Of every organization, by its place, and of every group, by its name.
    """

    by_group: Mapping[tuple[int, str], Race]

    def after(self, found: Found) -> list[int]:
        """Return the points that are run on after a round.

        Parameters
        ----------
        found
            What all rounds found, of every point at least that is still in.
        """
        for race in self.by_group.values():
            if not race.settled:
                race.look(found)
        return sorted({point for race in self.by_group.values() if not race.settled for point in race.left})


def wrong_groups(rule: SelectionRule, points: int) -> Iterator[Finding]:
    """Yield what is wrong with the groups of a rule, for a design of so many points."""
    for name, members in rule.groups.items():
        path = ("replications", "groups", name)
        if not members:
            yield Finding(texts.EMPTY_GROUP, path)
        if unknown := [one for one in members if one >= points]:
            yield Finding(texts.NO_SUCH_POINT.format(point=unknown[0], last=points - 1), path)
        if twice := [one for one, often in Counter(members).items() if often > 1]:
            yield Finding(texts.POINT_AGAIN.format(point=twice[0]), path)


def races_of(rule: SelectionRule, spec: MeasureSpec, scenarios: int, points: int) -> Races:
    """Return the selections of a rule before anything is run.

    The chance of an error is divided by their number, so that all of them are right at once with the confidence asked
    for (Bonferroni).

    Parameters
    ----------
    rule
        What is asked.
    spec
        Of its measure.
    scenarios, points
        How many organizations there are, and points of each.
    """
    groups = rule.groups or {ALL: tuple(range(points))}
    alpha = (1.0 - rule.confidence) / (scenarios * len(groups))
    zone = rule.zone / (100.0 if spec.unit == "share" else 1.0)
    sign = -1.0 if spec.better == "lower" else 1.0
    return Races(
        {
            (place, name): Race(tuple(place * points + one for one in members), zone, alpha, sign)
            for place in range(scenarios)
            for name, members in groups.items()
        }
    )


def replayed(rule: SelectionRule, spec: MeasureSpec, runs: pd.DataFrame, scenarios: int, points: int) -> Races:
    """Return the selections as they went, from what is stored.

    Parameters
    ----------
    rule, spec, scenarios, points
        As in `races_of`.
    runs
        Columns ``point``, ``replication`` and the measure, in the order of points and replications.
    """
    races = races_of(rule, spec, scenarios, points)
    found: dict[int, list[float]] = {}
    for point, value in zip(runs["point"].tolist(), runs[rule.measure].tolist(), strict=True):
        found.setdefault(point, []).append(value)
    start, stop = 0, rule.at_least
    while start < rule.at_most and found:
        stop = min(stop, rule.at_most)
        if not races.after({point: values[:stop] for point, values in found.items()}):
            break
        start, stop = stop, stop + rule.round
        if max(map(len, found.values())) < stop and start < rule.at_most:
            break
    return races
