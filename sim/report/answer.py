"""An answer at a glance: the few measures that matter here, the alternatives by merit, and at most six sentences.

What is told is gathered once, as `Answer`; a terminal and a notebook lay it out in their ways.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property

import pandas as pd

from sim.report.bought import bought
from sim.report.marks import SMALL, key_of, mark, verdict_of
from sim.report.merit import ranked
from sim.report.numbers import changed, measured
from sim.report.reasons import PRICE, WORTH, Best, best_of, reasons
from sim.report.shown import parts_called
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.study.comparison import Comparison
from sim.study.effects import OF_NOW
from sim.words import words
from sim.words.numbers import signed

texts = words("glance")

LISTED = 6
"""Names of a list, after which the others are only counted."""

MOST_SENTENCES = 6

EXPLAINED = 3
"""Alternatives of which a sentence tells what they save and add."""

PRICES = (PRICE, "coordination_cost")
"""Measures that are no effect but what it takes."""


class Answer:
    """What a comparison says at a glance, in one language.

    Parameters
    ----------
    comparison
        What was found.
    lang
        ``en`` or ``zh``.
    """

    def __init__(self, comparison: Comparison, lang: str) -> None:
        self.comparison, self.lang = comparison, lang
        self.specs = comparison.specs
        self.rows = comparison.headlines
        self.order = ranked(self.rows, self.specs)
        self._cells = self.rows.set_index(["alternative", "measure"])
        self._now = self.rows.drop_duplicates("measure").set_index("measure")["now"]

    @property
    def measures(self) -> list[str]:
        """The measures that are defined here, the one that decides what is best first."""
        return [str(name) for name in self._now.index[self._now.notna()]]

    def called(self, label: str | None = None) -> str:
        """Return what people call an alternative, or the organization as it is."""
        return self.comparison.names[self.comparison.baseline if label is None else label].get(self.lang)

    def now(self, name: str) -> str:
        """Return a measure as things are."""
        return measured(float(self._now[name]), self.specs[name], self.lang, unit=False)

    def row(self, label: str, name: str) -> tuple[pd.Series, MeasureSpec]:
        """Return what an alternative does to a measure, and what is known about the measure."""
        return pd.Series(self._cells.loc[(label, name)]), self.specs[name]

    def change(self, row: pd.Series, spec: MeasureSpec) -> str:
        """Return a change with its mark."""
        return f"{mark(verdict_of(row, spec))} {changed(float(row['difference']), spec, self.lang, unit=False)}".strip()

    @cached_property
    def verdicts(self) -> list[str]:
        """What is said of each row: its verdict, or that it is certain but small."""
        return [verdict_of(row, self.specs[str(row["measure"])]) for _, row in self.rows.iterrows()]

    @property
    def key(self) -> str:
        """What the marks mean that occur."""
        return key_of(self.verdicts, self.lang)

    @property
    def sentences(self) -> list[str]:
        """What is best and its price, why, what is bought, what is too small to matter, and what is missing."""
        last = [*self._bought(), *self._small(), *self._missing()]
        best = best_of(self.rows, self.specs)
        chosen = self._explained(best, MOST_SENTENCES - 2 - len(last))
        ledger, worth = self.comparison.ledger_inherited, WORTH * self.comparison.scenario.pace
        labels = {label: self.called(label) for label in chosen}
        found = (self.rows, ledger, self.specs, labels)
        parts = parts_called(self.comparison.scenario)
        said = reasons(*found, self.lang, 1, worth, self.comparison.lead_in_doubt, parts)
        if best is not None and best.sure:
            said[0] += self._price(best)
        return [*said, *last]

    @property
    def how_sure(self) -> str:
        """How many replications there are, what intervals and marks mean, and where more is to be had."""
        told = self.comparison
        text = texts.HOW_SURE if told.replications > 1 else texts.ONE
        facts = {"replications": told.replications, "seed": told.manifest["seed"], "tests": told.tests}
        return text.format(**facts, key=self.key).get(self.lang)

    def _explained(self, best: Best | None, most: int) -> list[str]:
        """Return whom to explain: the first ones, the one that is called best, and the last if it does harm."""
        chosen, last = self.order[: min(EXPLAINED, most)], self.order[-1]
        harm = best is not None and self.row(last, best.measure)[0]["verdict"] == verdicts.WORSE
        if harm and last not in chosen and len(chosen) > 1:
            chosen[-1] = last
        if best is not None and best.leading not in chosen:
            chosen[-2 if len(chosen) > 1 else -1] = best.leading
        return chosen

    def _price(self, best: Best) -> str:
        """Say what the best alternative costs, where that is certain."""
        if math.isnan(best.price) or best.measure == PRICE or not best.priced:
            return ""
        text = texts.COSTS if best.price > 0 else texts.SAVES
        return text.format(hours=signed(abs(best.price)).lstrip("+")).get(self.lang)

    def _bought(self) -> list[str]:
        """Say what the alternatives take in money beside people's time, if any does."""
        said = bought(self.comparison, {label: self.called(label) for label in self.order[:LISTED]}, self.lang)
        return [said] if said else []

    def _small(self) -> list[str]:
        """Say which changes are certain but too small to matter, and from what size on changes matter."""
        found = [
            texts.SMALL_ONE.format(
                label=self.called(row["alternative"]), measure=self.specs[row["measure"]].label.get(self.lang)
            ).get(self.lang)
            for (_, row), verdict in zip(self.rows.iterrows(), self.verdicts, strict=True)
            if verdict == SMALL
        ]
        if not found:
            return []
        points, percent = self.comparison.matters, OF_NOW * self.comparison.matters
        facts = {"points": f"{points:g}", "percent": f"{percent:g}", "listed": self._listed(found)}
        return [texts.SMALL.format(**facts).get(self.lang)]

    def _missing(self) -> list[str]:
        """Say which alternatives change nothing, of which no effect can be told, and what is not defined here."""
        effects = self.rows[~self.rows["measure"].isin(PRICES) & self.rows["now"].notna()]
        unclear = (effects["verdict"] == verdicts.UNCLEAR).groupby(effects["alternative"], sort=False).all()
        still = (effects[["difference", "ci_low", "ci_high"]] == 0.0).all(axis=1).groupby(effects["alternative"]).all()
        same = [self.called(str(label)) for label in unclear.index[unclear] if still[label]]
        silent = [self.called(str(label)) for label in unclear.index[unclear] if not still[label]]
        undefined = [self.specs[str(name)].label.get(self.lang) for name in self._now.index[self._now.isna()]]
        told = ((texts.NO_CHANGE, same), (texts.NO_EFFECT, silent), (texts.UNDEFINED, undefined))
        said = [text.format(listed=self._listed(names)).get(self.lang) for text, names in told if names]
        return [texts.BETWEEN_SENTENCES.get(self.lang).join(said)] if said else []

    def _listed(self, names: Sequence[str]) -> str:
        """Return names one after another, those beyond a few counted only."""
        more = texts.MORE.format(n=len(names) - LISTED).get(self.lang) if len(names) > LISTED else ""
        return texts.BETWEEN.get(self.lang).join(names[:LISTED]) + more
