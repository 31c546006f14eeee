"""Auditing claims: what is run for each, and the answer."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from sim.answers.answer import Answer
from sim.answers.audit.changes import change_of
from sim.answers.audit.claims import Claim, Claims
from sim.answers.audit.facts import Facts
from sim.answers.audit.reading import chosen, load_claims
from sim.answers.audit.runs import Asked, Runs
from sim.answers.audit.search import GOALS, LESS, ROUNDS
from sim.answers.audit.searching import SURE, Search, Sides, changed
from sim.answers.audit.sides import sides_of
from sim.answers.audit.tables import tables_of
from sim.answers.audit.worlds import drawn
from sim.answers.room import Room, room
from sim.engine import Engine, Named
from sim.experiments.measured import named_measure
from sim.experiments.pacing import Progress
from sim.ownmeasures import Measure
from sim.spec.counts import count_of
from sim.study.reported import all_specs

WORLDS = 80
"""Worlds that are drawn."""

REPLICATIONS = 80
"""Replications at typical parameters."""

EACH = 4
"""Replications in a world and of what the search proposes: their luck is the same everywhere, and there are many."""

AGAIN = 24
"""Replications, with other luck, of what the search has found."""


@dataclass(frozen=True)
class Audit(Answer):
    """Claims, and what a model that never saw them makes of each.

    Attributes
    ----------
    found
        What was found of each claim.
    asked
        What was asked.
    tables
        ``claims``: a row each with claimed and simulated change, verdict and reason. ``simulated``: at typical
        parameters (95 % interval), over all worlds, over those like the one that is told of (between which nine of ten
        lie). ``needed``: which levers stand where at the smallest departure at which a claim holds. ``searched``: the
        places that the search has looked at again. ``anchors``: what research says. ``worlds``: every one of them.

    Examples
    --------
    >>> said = {"title": "Sales", "text": "Sales doubled.", "source": "a talk", "cannot": "no market in the model"}
    >>> sim.audit({"claims": {"sales": said}}).tables["claims"]["reason"].tolist()
    ['stated']
    """

    kind: ClassVar[str] = "audit"

    found: tuple[Facts, ...]
    asked: Mapping[str, Any]

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The facts, by name."""
        return tables_of(self.found)

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked, and how many runs it took."""
        return self.asked

    def verdict(self, claim: str) -> str:
        """Return the verdict on a claim: ``plausible``, ``edge``, ``beyond`` or ``open``.

        Parameters
        ----------
        claim : str
            Its name.

        Returns
        -------
        str
            What the table ``claims`` has.

        Raises
        ------
        KeyError
            If it was not audited.

        Examples
        --------
        >>> said = {"title": "Sales", "text": "Sales doubled.", "source": "a talk", "cannot": "no market in the model"}
        >>> sim.audit({"claims": {"sales": said}}).verdict("sales")
        'open'
        """
        rows = self.tables["claims"].set_index("claim")
        return str(rows.loc[claim, "verdict"])


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is run: worlds, replications at typical parameters, in a world, and of what is looked at again."""

    worlds: int = WORLDS
    replications: int = REPLICATIONS
    each: int = EACH
    again: int = AGAIN


def audit(
    claims: Claims | Mapping[str, Any] | str | os.PathLike[str] | None = None,
    claim: str | Iterable[str] = (),
    *,
    worlds: int = WORLDS,
    replications: int = REPLICATIONS,
    each: int = EACH,
    again: int = AGAIN,
    searched: Iterable[str] | None = None,
    seed: int = 1,
    out: str | os.PathLike[str] | None = None,
    engine: Engine | Named | None = None,
    progress: Progress | bool | None = None,
) -> Audit:
    """Audit claims: compare what somebody says that a measure has done with what the model makes of it.

    Nothing in the model comes from a claim, and nothing is changed by auditing one. A claim is judged by a fixed rule
    (`sim.answers.audit.verdicts.judged`): plausible where its effect is reached in at least one of twenty worlds like
    the one that it tells of, drawn over the ranges of all that is uncertain; at the edge of the evidence where only a
    search finds a place within these ranges; beyond the evidence otherwise.

    Parameters
    ----------
    claims : str, path or mapping, optional
        A file of claims, or what such a file says; those that come with the product where nothing is said.
    claim : str or sequence of str, optional
        Which of them, by name; all where nothing is said.
    worlds : int
        Worlds that are drawn over the ranges.
    replications, each, again : int
        Replications at typical parameters, in each world, and, with other luck, of what the search has found.
    searched : sequence of str, optional
        For which of them it is searched what would have to be true; for all, where nothing is said.
    seed : int
        Chooses luck and worlds.
    out : str or path, optional
        The folder in which runs stay, and with which an interrupted call goes on.
    engine : str or Engine, optional
        What works on the runs; no result depends on it.
    progress : callable or bool, optional
        As in `sim.experiment`.

    Returns
    -------
    Audit
        Its ``tables`` by name, its ``summary()`` in words, its ``plot()``.

    Raises
    ------
    ScenarioError
        Where anything is wrong with the claims, or one is not there.
    StoreError, OSError
        As `sim.experiment`.

    Examples
    --------
    >>> short = {"horizon_weeks": 4, "warmup_weeks": 0}
    >>> said = {"title": "RACI", "text": "No quarrels any more.", "source": "somebody", "scenario": "trust_trap",
    ...         "set": short, "with": "raci", "measure": "bounces_per_100", "percent": -99}
    >>> found = sim.audit({"claims": {"raci": said}}, worlds=20, replications=2, each=2, again=2)
    >>> found.verdict("raci")
    'beyond'
    """
    said = {"worlds": worlds, "replications": replications, "each": each, "again": again}
    effort = Effort(**{name: count_of(name, value, 2) for name, value in said.items()})
    file = load_claims(Path(claims) if isinstance(claims, os.PathLike) else claims)
    picked = chosen(file, (claim,) if isinstance(claim, str) else claim)
    with room(out, engine, progress) as place:
        return _Auditing(file, effort, seed, place).answer(picked, set(picked if searched is None else searched))


class _Auditing:
    """Goes through claims one by one; what two of them need is run once."""

    def __init__(self, file: Claims, effort: Effort, seed: int, place: Room) -> None:
        self._file, self._effort, self._seed = file, effort, seed
        self._all = {name: self._sides(name, one) for name, one in file.claims.items() if one.judged}
        self._place = place

    def _sides(self, name: str, claim: Claim) -> Sides:
        now, then = sides_of(claim, self._file.folder)
        measure = named_measure(claim.measure or "", self._file.folder)
        own = measure if isinstance(measure, Measure) else None
        called = measure.name if isinstance(measure, Measure) else measure
        unit = all_specs([now.scenario], [] if own is None else [own])[called].unit
        return Sides(name, claim, now, then, called, unit, own)

    def answer(self, picked: Mapping[str, Claim], searched: Collection[str]) -> Audit:
        """Return what is found of some claims."""
        asked = [self._all[name] for name in picked if name in self._all]
        runs = Runs(self._place, self._own(), self._most(asked))
        known = {one.name: self._known(runs, one) for one in asked}
        for one in asked:
            if one.name in searched:
                known[one.name] = self._searched(runs, one, known[one.name])
        found = tuple(known.get(name) or Facts(name, claim) for name, claim in picked.items())
        about = {
            "claims": list(picked),
            "seed": self._seed,
            "worlds": self._effort.worlds,
            "replications": self._effort.replications,
            "each": self._effort.each,
            "again": self._effort.again,
            "runs": runs.made,
        }
        return Audit(found, about)

    def _own(self) -> dict[str, list[Measure]]:
        """Return the measures written in Python that sides need, for whichever claim of the file."""
        found: dict[str, list[Measure]] = {}
        for one in self._all.values():
            for side in (one.now, one.then):
                several = found.setdefault(side.key, [])
                if one.own is not None and one.own.name not in {each.name for each in several}:
                    several.append(one.own)
        return found

    def _most(self, asked: Sequence[Sides]) -> int:
        """Return how many runs there may be."""
        sides = {side.key for one in asked for side in (one.now, one.then)}
        shared = len(sides) * (self._effort.replications + self._effort.worlds * self._effort.each)
        each = 2 * (2 * ROUNDS * (len(GOALS) + len(LESS)) * self._effort.each + SURE * self._effort.again)
        return shared + len(asked) * each

    def _known(self, runs: Runs, one: Sides) -> Facts:
        """Return what changes at typical parameters and in all worlds."""
        effort, sides = self._effort, (one.now, one.then)
        typical = [f"{side.key}-typical" for side in sides]
        worlds = [f"{side.key}-worlds" for side in sides]
        (change,) = changed(runs, one, typical, [{}], effort.replications, self._seed)
        several = changed(runs, one, worlds, self._drawn(one), effort.each, self._seed)
        own = [] if one.own is None else [one.own]
        spec = all_specs([one.now.scenario], own)[one.measure]
        lead = self._lead_time(runs, one, typical)
        return Facts(one.name, one.claim, spec, change, several, one.then.assumptions, (), lead)

    def _drawn(self, one: Sides) -> list[Any]:
        return drawn(one.then.assumptions, self._effort.worlds, self._seed)

    def _lead_time(self, runs: Runs, one: Sides, names: Sequence[str]) -> float:
        """Return by how much the mean lead time changes where the claim is about being on time."""
        name, _, process = one.measure.partition(".")
        if name != "on_time_target" or one.claim.complement:
            return float("nan")
        measure = f"lead_time_mean.{process}" if process else "lead_time_mean"
        before, after = (
            runs.values(Asked(name, side, [{}], self._effort.replications, self._seed), measure)[:, 0]
            for name, side in zip(names, (one.now, one.then), strict=True)
        )
        return change_of(before, after, "percent").change

    def _searched(self, runs: Runs, one: Sides, known: Facts) -> Facts:
        """Return the same with what the search has found."""
        effort = self._effort
        if not np.isfinite([each.change for each in known.worlds]).any():
            return known
        search = Search(runs, one, known, self._drawn(one), effort.each, effort.again, self._seed)
        return replace(known, tried=tuple(search.tried()))
