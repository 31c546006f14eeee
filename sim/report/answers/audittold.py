"""A claim as its page and picture tell it: figures and changes in the unit and on the scale of the claim."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.numbers import between, joined
from sim.words import words
from sim.words.numbers import digits, percent, signed

if TYPE_CHECKING:
    import pandas as pd

    from sim.answers.audit.audit import Audit

texts = words("audit")
terminal = words("terminal")


@dataclass(frozen=True)
class Row:
    """A claim with what was found of it, in a language.

    Attributes
    ----------
    claim, told
        Its rows in the tables ``claims`` and ``told``.
    found
        Its rows in ``simulated``, by where.
    lang
        The language.
    """

    claim: Mapping[str, Any]
    told: Mapping[str, Any]
    found: Mapping[str, Mapping[str, Any]]
    lang: str

    @property
    def name(self) -> str:
        """Which claim it is."""
        return str(self.claim["claim"])

    @property
    def title(self) -> str:
        """What people call it."""
        return self.said("title")

    @property
    def verdict(self) -> str:
        """What is thought of it."""
        return str(self.claim["verdict"])

    @property
    def claimed(self) -> float:
        """The claimed change."""
        return float(self.claim["claimed"])

    @property
    def simulated(self) -> Mapping[str, Any] | None:
        """What changes as the organization is written; None where nothing was run."""
        return self.found.get("typical")

    def where(self, where: str) -> Mapping[str, Any]:
        """Return what changes over worlds."""
        return self.found[where]

    @property
    def reached(self) -> int:
        """How many of the worlds like the claim's own reach as much as claimed."""
        alike = self.found.get("alike", {})
        return int(alike["reached"]) if alike.get("worlds") else 0

    def known(self, name: str) -> bool:
        """Tell whether a figure is there."""
        return bool(math.isfinite(self.claim[name]))

    def said(self, field: str) -> str:
        """Return what the file says in a field."""
        found = self.told[field if self.lang == "en" else f"{field}_zh"]
        return found if isinstance(found, str) else ""

    def change(self, value: float) -> str:
        """Write a change on the scale of the claim."""
        if not math.isfinite(value):
            return str(terminal.NOT_AVAILABLE.get(self.lang))
        if self.claim["scale"] == "points":
            return str(texts.POINTS.format(number=signed(value * 100.0)).get(self.lang))
        return self.percent(value)

    def percent(self, value: float) -> str:
        """Write a share of what was there before."""
        return str(percent(signed(value * 100.0)).get(self.lang))

    def span(self, found: Mapping[str, Any]) -> str:
        """Write between what a change lies."""
        low, high = (signed(float(found[end]) * 100.0) for end in ("low", "high"))
        if not all(math.isfinite(found[end]) for end in ("low", "high")):
            return str(terminal.NOT_AVAILABLE.get(self.lang))
        told = between(low, high, self.lang)
        return told if self.claim["scale"] == "points" else str(percent(told).get(self.lang))

    @property
    def label(self) -> str:
        """What the figure is called that the claim is about: a measure, or what is left to one."""
        said = self.said("label")
        return str(texts.COMPLEMENT.format(label=said).get(self.lang)) if self.claim["complement"] else said

    def figure(self, value: float) -> str:
        """Write a figure in the unit of the measure."""
        unit = str(self.claim["unit"])
        if unit == "share":
            return str(percent(digits(value * 100.0)).get(self.lang))
        known: Mapping[str, Any] = terminal.UNITS
        return joined(digits(value), known[unit].get(self.lang) if unit in known else unit, self.lang)

    def moved(self, found: Mapping[str, Any]) -> dict[str, str]:
        """Write a change with its interval, and the figures before and after."""
        figures = {"before": self.figure(found["baseline"]), "after": self.figure(found["after"])}
        return {"change": self.change(found["change"]), "span": self.span(found), **figures}


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table by the names of its columns."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def rows_of(answer: Audit, lang: str) -> list[Row]:
    """Return all claims of an audit, in their order."""
    told = answer.tables["told"].set_index("claim")
    simulated = answer.tables["simulated"]
    rows = []
    for one in records(answer.tables["claims"]):
        mine = records(simulated[simulated["claim"] == one["claim"]])
        found = {str(row["where"]): row for row in mine}
        rows.append(Row(one, told.loc[one["claim"]].to_dict(), found, lang))
    return rows
