"""Who the departments are: groups of the log, rare ones merged; where it knows none, people who do alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.answers.logfit.structure.settings import Settings
from sim.characters import unsteered
from sim.eventlog.counted import codes_of
from sim.eventlog.log import EVERYBODY, EventLog
from sim.words import Text, words

texts = words("logstructure")

ALIKE = 0.5
"""Distance of what two people do (0 = the same, 1 = nothing in common) up to which they have one role."""

NOWHERE = texts.NOWHERE.en
"""The group of events of which none is known, where others have one."""

MOST_LETTERS = 200
"""Letters of a label that are kept."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def shown(name: str) -> str:
    """Return a name as people can see it: without what steers a screen, not too long, and never nothing."""
    return " ".join(unsteered(name).split())[:MOST_LETTERS] or "-"


def told_apart(names: Iterable[str]) -> tuple[str, ...]:
    """Return names as people can see them, with a number where several look alike."""
    found: list[str] = []
    for name in map(shown, names):
        number, label = 1, name
        while label in found:
            number += 1
            label = f"{name} {number}"
        found.append(label)
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Departments:
    """The departments of a log.

    Attributes
    ----------
    labels
        What they are called in the log.
    of_group
        Which one each group, or where groups are not known each person, belongs to.
    by
        The column of the log that tells: ``group`` or ``resource``.
    notes
        What was merged or assumed.
    """

    labels: tuple[str, ...]
    of_group: Mapping[str, int]
    by: str
    notes: tuple[Text, ...] = ()

    def codes(self, log: EventLog) -> Ints:
        """Return the department of each event of a log; of groups that are new, the first one."""
        column = log.events[self.by]
        names: list[Any] = list(column.cat.categories) if isinstance(column.dtype, pd.CategoricalDtype) else []
        known = np.array([self.of_group.get(str(one), 0) for one in names], dtype=np.int64)
        codes = codes_of(column)
        unknown = self.of_group.get(NOWHERE, 0)
        return np.where(codes >= 0, known[codes] if len(known) else 0, unknown).astype(np.int64)


def departments_of(log: EventLog, settings: Settings) -> Departments:
    """Return the departments of a log."""
    if "group" in log.known:
        return _of_groups(log, settings)
    if "resource" in log.known and log.events["resource"].nunique() > 1:
        return _of_people(log, settings)
    return Departments((EVERYBODY,), {EVERYBODY: 0}, "group", (texts.NO_GROUPS,))


def _of_groups(log: EventLog, settings: Settings) -> Departments:
    column = log.events["group"]
    codes, names = codes_of(column), [str(one) for one in column.cat.categories]
    if (codes < 0).any():
        codes, names = np.where(codes < 0, len(names), codes), [*names, NOWHERE]
    profile = _dealings(log, codes, len(names))
    size = np.bincount(codes, minlength=len(names)).astype(np.float64)
    found = _merged(profile, size, settings.departments)
    kept = sorted({int(one) for one in found[size > 0]}, key=lambda one: (-size[found == one].sum(), one))
    place = {one: number for number, one in enumerate(kept)}
    of_group = {name: place[int(found[code])] for code, name in enumerate(names) if size[code] > 0}
    merged = int((size > 0).sum()) - len(kept)
    share = float(size[[code for code in range(len(names)) if size[code] > 0 and found[code] != code]].sum())
    notes = (
        (texts.MERGED.format(merged=merged, kept=len(kept), share=100.0 * share / max(1.0, size.sum())),)
        if merged
        else ()
    )
    return Departments(told_apart(names[one] for one in kept), of_group, "group", notes)


def _dealings(log: EventLog, codes: Ints, several: int) -> Floats:
    """Return for each group what it does, and whom it gets work from and passes it to, as counts."""
    activity = codes_of(log.events["activity"])
    follows = ~log.first_of_case[1:] & (codes[1:] != codes[:-1])
    does = np.zeros((several, int(activity.max(initial=0)) + 1))
    np.add.at(does, (codes, activity), 1.0)
    gets = np.zeros((several, several))
    np.add.at(gets, (codes[1:][follows], codes[:-1][follows]), 1.0)
    return np.hstack([_rows(does), _rows(gets), _rows(gets.T)])


def _rows(counts: Floats) -> Floats:
    """Return rows of length 1, so that each kind of likeness weighs the same."""
    length = np.sqrt((counts**2).sum(1, keepdims=True))
    return np.divide(counts, length, out=np.zeros_like(counts), where=length > 0)


def _merged(profile: Floats, size: Floats, most: int) -> Ints:
    """Return for each group the one that it is merged into: always the rarest into the most alike among the others."""
    into = np.arange(len(size))
    left = [int(one) for one in np.argsort(-size, kind="stable") if size[one] > 0]
    weight, mixed = size.copy(), profile * size[:, None]
    while len(left) > most:
        rare = left.pop()
        others = np.array(left)
        against = mixed[others]
        length = np.sqrt((against**2).sum(1)) * np.sqrt((mixed[rare] ** 2).sum())
        like = np.divide(against @ mixed[rare], length, out=np.zeros(len(others)), where=length > 0)
        best = int(others[int(np.argmax(like))])
        into[into == rare] = best
        weight[best] += weight[rare]
        mixed[best] += mixed[rare]
        left.sort(key=lambda one: (-weight[one], one))
    return into


def _of_people(log: EventLog, settings: Settings) -> Departments:
    """Return roles: people who do the same activities in like shares."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import pdist

    column = log.events["resource"]
    codes, activity = codes_of(column), codes_of(log.events["activity"])
    seen = codes >= 0
    does = np.zeros((len(column.cat.categories), int(activity.max(initial=0)) + 1))
    np.add.at(does, (codes[seen], activity[seen]), 1.0)
    here = np.flatnonzero(does.sum(1) > 0)
    tree = linkage(pdist(_rows(does[here]), "cosine"), "average")
    role = fcluster(tree, ALIKE, "distance")
    if role.max() > settings.departments:
        role = fcluster(tree, settings.departments, "maxclust")
    totals = np.array([does[here[role == one]].sum(0) for one in range(1, role.max() + 1)])
    order = np.argsort(-totals.sum(1), kind="stable")
    labels: list[str] = []
    for one in order:
        ranked = np.argsort(-totals[one], kind="stable")
        names = (str(log.events["activity"].cat.categories[int(best)]) for best in ranked)
        label = next((name for name in names if name not in labels), f"{len(labels) + 1}")
        labels.append(label)
    place = {int(one) + 1: number for number, one in enumerate(order)}
    of_person = {str(column.cat.categories[here[n]]): place[int(role[n])] for n in range(len(here))}
    return Departments(tuple(labels), of_person, "resource", (texts.ROLES.format(roles=len(labels), people=len(here)),))
