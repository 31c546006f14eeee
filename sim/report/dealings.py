"""Which departments a picture of relations shows, and how much they trust each other on the whole."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sim.report.material import Material
from sim.words import words

_TEXTS = words("pictures")

_NAMED = 6
"""Departments that a note lists by name."""


@dataclass(frozen=True, slots=True)
class Circle:
    """The departments shown and what they have with each other.

    Attributes
    ----------
    rows
        Relations between departments that are shown and are planned to deal with each other.
    shown
        Departments in the order of the file, with what people call them.
    silent
        What people call departments that deal with nobody.
    crowded_out
        How many departments deal with others and have no room.
    """

    rows: pd.DataFrame
    shown: Mapping[str, str]
    silent: tuple[str, ...]
    crowded_out: int

    def notes(self, found: Material) -> list[str]:
        """Say who is left out, in sentences."""
        notes = []
        if self.crowded_out:
            shown = len(self.shown)
            notes.append(found.say(_TEXTS.DEALINGS["busiest"], shown=shown, count=shown + self.crowded_out))
        if self.silent:
            names, more = found.say(_TEXTS.BETWEEN).join(self.silent[:_NAMED]), len(self.silent) - _NAMED
            others = found.say(_TEXTS.DEALINGS["others"], count=more) if more > 0 else ""
            notes.append(found.say(_TEXTS.DEALINGS["silent"], names=names + others))
        return notes


def between(relations: pd.DataFrame, departments: Mapping[str, str]) -> pd.DataFrame:
    """Return the relations of departments that are planned to deal with each other.

    Approvers are persons and left out; trust that nobody has tried says nothing.
    """
    among = relations[relations["from"].isin(departments) & relations["to"].isin(departments)]
    return among[among["planned"] > 0.0]


def overall(rows: pd.DataFrame, value: str = "trust") -> float:
    """Return trust on the whole: by how often departments are planned to deal, as in the measure; NaN where none do."""
    weight = float(rows["planned"].sum())
    return float((rows[value] * rows["planned"]).sum() / weight) if weight > 0.0 else math.nan


def start_and_end(found: Material, name: str) -> tuple[float, float]:
    """Return trust on the whole at the start and in the last week that counts; NaN where nobody deals."""
    rows = between(found.relations[found.relations["alternative"] == name], found.departments)
    weeks = found.timeline
    if rows.empty or "series" not in weeks:
        return overall(rows, "trust_start"), overall(rows)
    weekly = weeks[(weeks["alternative"] == name) & (weeks["series"] == "trust")].sort_values("week")
    end = float(weekly["mean"].iloc[-1]) if len(weekly) else math.nan
    return overall(rows, "trust_start"), end if math.isfinite(end) else overall(rows)


def circle_of(relations: pd.DataFrame, departments: Mapping[str, str], most: int, keep_silent: bool = False) -> Circle:
    """Choose at most `most` departments, those with the most dealings.

    Parameters
    ----------
    relations
        As in a comparison.
    departments
        Every department in the order of the file, with what people call it.
    most
        How many there is room for.
    keep_silent
        Whether departments without dealings are shown where there is room.
    """
    dealing = between(relations, departments)
    busy = dealing.groupby("from")["dealings"].sum().add(dealing.groupby("to")["dealings"].sum(), fill_value=0.0)
    ranked = sorted(departments, key=lambda name: -float(busy.get(name, -1.0)))
    chosen = {name for name in ranked[:most] if keep_silent or name in busy.index}
    rows = dealing[dealing["from"].isin(chosen) & dealing["to"].isin(chosen)]
    return Circle(
        rows,
        {name: label for name, label in departments.items() if name in chosen},
        tuple(label for name, label in departments.items() if name not in busy.index and name not in chosen),
        sum(name not in chosen for name in busy.index),
    )
