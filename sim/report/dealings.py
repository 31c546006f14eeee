"""Which departments a picture of relations shows: those that deal with each other, the busiest first to stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sim.words import words

captions = words("pictures")


_NAMED = 6
"""Departments that a note lists by name."""


@dataclass(frozen=True, slots=True)
class Circle:
    """The departments shown and what they have with each other.

    Attributes
    ----------
    rows
        Relations between departments that are shown and deal with each other somewhere in the comparison.
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

    def titled(self, title: str) -> str:
        """Say in the title that not everybody is shown."""
        if not self.crowded_out:
            return title
        shown, count = len(self.shown), len(self.shown) + self.crowded_out
        return captions.TRUST_MOST.en.format(title=title, shown=shown, count=count)

    def notes(self) -> list[str]:
        """Say who is left out, in sentences."""
        found = []
        if self.silent:
            names = ", ".join(self.silent[:_NAMED])
            more = len(self.silent) - _NAMED
            names += captions.AND_OTHERS.en.format(count=more) if more > 0 else ""
            found.append(captions.NO_DEALINGS.en.format(names=names))
        return found


def circle_of(relations: pd.DataFrame, departments: Mapping[str, str], most: int, keep_silent: bool = False) -> Circle:
    """Choose at most `most` departments, those with the most dealings; approvers are persons and left out.

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
    among = relations[relations["from"].isin(departments) & relations["to"].isin(departments)]
    dealing = among[among.groupby(["from", "to"], sort=False)["dealings"].transform("max") > 0]
    busy = dealing.groupby("from")["dealings"].sum().add(dealing.groupby("to")["dealings"].sum(), fill_value=0.0)
    ranked = sorted(departments, key=lambda name: -float(busy.get(name, 0.0)))
    chosen = {name for name in ranked[:most] if keep_silent or name in busy.index}
    rows = dealing[dealing["from"].isin(chosen) & dealing["to"].isin(chosen)]
    return Circle(
        rows,
        {name: label for name, label in departments.items() if name in chosen},
        tuple(label for name, label in departments.items() if name not in busy.index and name not in chosen),
        sum(name not in chosen for name in busy.index),
    )
