"""The outcome of looking for a pattern: numbers with intervals, claims that hold or not, and a sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.patterns.found import Claim
from sim.words import Text, clauses, words
from sim.words.numbers import digits, signed

if TYPE_CHECKING:
    from sim.patterns.pattern import Pattern

texts = words("patterns")


@dataclass(frozen=True, eq=False)
class Outcome:
    """What was found about a pattern.

    Attributes
    ----------
    pattern : Pattern
        What was looked for.
    numbers : DataFrame
        A row for each setting and quantity: ``setting``, ``quantity``, ``mean``, ``low``, ``high`` (95 % interval),
        ``within`` (half of it without the luck that all settings share) and ``replications``; shares in percent.
    claims : sequence of Claim
        What was claimed, and what was found of it.
    replications, seed : int
        How often and under which luck each setting was run.
    """

    pattern: Pattern
    numbers: pd.DataFrame
    claims: Sequence[Claim]
    replications: int
    seed: int

    @property
    def failed(self) -> frozenset[str]:
        """The keys of the claims that do not hold."""
        return frozenset(one.key for one in self.claims if not one.holds)

    @property
    def emerges(self) -> bool:
        """Whether every claim holds."""
        return not self.failed

    @property
    def declared(self) -> bool:
        """Whether the same claims hold, and fail, as is declared for this version."""
        return self.failed == self.pattern.refused

    @property
    def verdict(self) -> Text:
        """Whether the pattern emerges, in words."""
        if self.emerges:
            return texts.EMERGES
        return texts.REFUSED if len(self.failed) == len(self.claims) else texts.IN_PART

    @property
    def finding(self) -> Text:
        """One sentence of what was found, with its numbers."""
        if self.declared:
            return self._told("finding")
        failed = [self.pattern.claim_text(one) for one in self.claims if not one.holds]
        if not failed:
            return texts.UNEXPECTED_HOLDS.format(name=self.pattern.name)
        return texts.UNEXPECTED.format(name=self.pattern.name, claims=clauses(failed))

    @property
    def explained(self) -> Text:
        """Why claims are refused, with its numbers; nothing where none is, or others than declared."""
        return self._told("explained") if self.declared and self.pattern.refused else Text("", "")

    def _told(self, key: str) -> Text:
        told: Text = self.pattern.texts[key]
        return told.format(**self._facts())

    def _facts(self) -> dict[str, Any]:
        """Return what sentences are filled in with: means as ``{setting.quantity}``, claims as ``{key}``."""
        facts: dict[str, Any] = {one.key: signed(one.mean) for one in self.claims}
        for setting, rows in self.numbers.groupby("setting", sort=False):
            means = zip(rows["quantity"], rows["mean"], strict=True)
            facts[str(setting)] = SimpleNamespace(**{name.replace(".", "_"): digits(mean) for name, mean in means})
        return facts

    def to_json(self) -> dict[str, Any]:
        """Return all of it as plain data."""
        return {
            "pattern": self.pattern.key,
            "name": self.pattern.name.by_language(),
            "emerges": self.emerges,
            "as_declared": self.declared,
            "finding": self.finding.by_language(),
            "explained": self.explained.by_language(),
            "replications": self.replications,
            "seed": self.seed,
            "numbers": [_plain(row) for row in self.numbers.to_dict(orient="records")],
            "claims": [self._claimed(one) for one in self.claims],
        }

    def _claimed(self, one: Claim) -> dict[str, Any]:
        bounds = {"above": one.above, "below": one.below}
        found = {"mean": one.mean, "low": one.low, "high": one.high, "replications": one.replications}
        said = {"claim": one.key, "text": self.pattern.claim_text(one).by_language(), "holds": one.holds}
        return {**said, **_plain(found | bounds)}


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a row in which what is not a number, or has no end, is missing."""
    return {
        str(name): None if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in row.items()
    }
