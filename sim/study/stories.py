"""Stories as facts: a typical case that an alternative saved, one that it cost, and how many there were of each.

Of the cases that became on time the one in the middle is told, by the hours by which it is finished earlier; of those
that became late the one in the middle likewise. Nobody picks them, and everybody is shown the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.results import RunResult
from sim.scenario.view import safe
from sim.study.changed import changed_between
from sim.study.explained import Explanation
from sim.study.plain import plain_data
from sim.words import Text

Pair = tuple[RunResult, RunResult]

Again = Callable[[Sequence[int], tuple[str, ...]], Pair]
"""Runs some replications, which follow each other, of both sides again and keeps some tables."""


@dataclass(frozen=True)
class Story:
    """What an alternative changed for one case.

    Attributes
    ----------
    replication, process, case
        Which one it is.
    arrival, target, finish_before, finish_after
        Hours since Monday 00:00 of the first week; NaN where it was not finished.
    on_time_before, on_time_after
        Whether it was finished by its target.
    part, part_hours
        The part of the ledger that did most for the change, and by how many hours it moved.
    text
        All that in words, with what happened on one side only.
    """

    replication: int
    process: str
    case: int
    arrival: float
    target: float
    finish_before: float
    finish_after: float
    on_time_before: bool
    on_time_after: bool
    part: str
    part_hours: float
    text: Text


@dataclass(frozen=True, eq=False)
class Stories:
    """What an alternative changed, case by case.

    Attributes
    ----------
    label
        The alternative.
    name
        What people call it.
    replications, counted
        In how many replications was looked, and how many cases counted on both sides.
    gained, lost
        How many became on time, and late.
    parts
        By ``part`` of the ledger that did most, the most frequent first: ``gained``, ``lost``, mean change ``hours``.
    saved, cost
        The case in the middle of those that became on time, and of those that became late; None where there is none
        that was finished on both sides.
    lang
        The language in which it is printed.
    """

    label: str
    name: Text
    replications: int
    counted: int
    gained: int
    lost: int
    parts: pd.DataFrame
    saved: Story | None
    cost: Story | None
    lang: str = "en"

    def sentences(self, lang: str | None = None) -> list[str]:
        """Return the counts and the stories, as `deptsim explain` prints them.

        Parameters
        ----------
        lang : {"en", "zh"}, optional
            The language; that in which it was asked for, where nothing is said.

        Returns
        -------
        list of str
            How many changed, and each story.
        """
        from sim.report.stories import counts_told  # figures find their words when they are asked for

        told = [counts_told(self), *(one.text for one in (self.saved, self.cost) if one is not None)]
        return [one.get(lang or self.lang) for one in told]

    def __str__(self) -> str:
        """Return what there is to tell, one on a line."""
        return "\n".join(self.sentences())

    def __repr__(self) -> str:
        """Return how many cases became on time, and late."""
        return f"Stories({self.label}: {self.gained} on time, {self.lost} late, of {self.counted} cases)"

    def _repr_html_(self) -> str:
        told = "".join(f"<p>{safe(one)}</p>" for one in self.sentences())
        return f"<div><h4>{safe(self.name.get(self.lang))}</h4>{told}</div>"

    def to_json(self) -> dict[str, Any]:
        """Return all of it as plain data, texts by language; numbers that are not defined are None.

        Returns
        -------
        dict
            By the names of the attributes.
        """
        facts = {name: getattr(self, name) for name in ("label", "replications", "counted", "gained", "lost")}
        told = {name: _plain(getattr(self, name)) for name in ("saved", "cost")}
        found: dict[str, Any] = plain_data(
            {**facts, "name": self.name.by_language(), "parts": self.parts.to_dict("records"), **told}
        )
        return found


def stories_of(label: str, name: Text, runs: Pair, replications: int, again: Again, lang: str = "en") -> Stories:
    """Return the stories of an alternative; only what runs did not keep is run again.

    Parameters
    ----------
    label, name
        The alternative, and what people call it.
    runs
        The baseline and the alternative. Where both kept ``cases``, all of these count; where they kept ``events``,
        these are told.
    replications
        How many are run again where cases were not kept.
    again
        Runs replications again.
    lang
        In which language it is printed.
    """
    sides = runs if _kept(runs, "cases") else again(range(replications), ("cases",))
    changed = changed_between(*sides)
    facts = (changed.attrs["counted"], int(sides[0].manifest["replications"]))
    found = Explanation(label, sides[0].scenario, changed, *facts, *sides)
    saved, cost = (
        None if row is None else _story(found, row, name, runs, again) for row in (found.middle_gain, found.middle_loss)
    )
    return Stories(
        label, name, found.replications, found.counted, found.gained, found.lost, found.parts, saved, cost, lang
    )


def _kept(runs: Pair, table: str) -> bool:
    return all(table in run.tables for run in runs)


def _story(found: Explanation, row: pd.Series, name: Text, runs: Pair, again: Again) -> Story:
    from sim.report.stories import story_told  # figures find their words when they are asked for

    number = int(row["replication"])
    sides = runs if _kept(runs, "events") else again(range(number, number + 1), ("events",))
    facts = (found.changed, found.counted, found.replications)
    text = story_told(Explanation(found.label, found.scenario, *facts, *sides), row, name)
    return Story(
        **{one: _kinds(kind)(row[one]) for one, kind in Story.__annotations__.items() if one != "text"}, text=text
    )


def _kinds(name: str) -> Callable[[Any], Any]:
    """Return Python's own type by its name: what stands in a table is of other types."""
    return {"int": int, "float": float, "bool": bool, "str": str}[name]


def _plain(story: Story | None) -> dict[str, Any] | None:
    if story is None:
        return None
    return {name: getattr(story, name) for name in Story.__dataclass_fields__} | {"text": story.text.by_language()}
