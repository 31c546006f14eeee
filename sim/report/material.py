"""What the pictures of a comparison are drawn from, in one language and in words that the fonts can write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sim.report.processpanels import Sheet
from sim.report.reasons import finding
from sim.report.robust import Robust
from sim.spec.measures import MeasureSpec
from sim.words import Text, sentences, words

_TEXTS = words("pictures")


@dataclass(frozen=True, slots=True)
class Material:
    """What a comparison found.

    Attributes
    ----------
    lang
        The language of every word that is drawn, ``en`` or ``zh``.
    heading
        What people call the scenario.
    facts
        The manifest: replications, seed, weeks; and shocks with their weeks.
    labels
        What people call the organization as it is, which comes first, and the alternatives from the best to the least
        effective, by the name that frames know them by.
    spans
        Week in which each intervention begins, and in which it is given up, by alternative.
    departments
        What people call the departments.
    sheet
        The processes.
    specs
        What is known about measures.
    worth
        Hours below which a part of the ledger is not worth naming.
    bought
        What alternatives take in money beside people's time, as a sentence; empty where none takes any.
    parts
        What people call the parts of the ledger.
    doubtful
        The alternatives whose change of the lead time cannot be told from zero.
    robust
        What was found over the ranges of the assumptions; None where nobody asked.
    table, headlines, timeline, relations, utilization, places
        As in a comparison.
    ledger, ledger_open
        Hours per case that counts by part: with closed hours given to what was waited for, and in open hours only.
    """

    lang: str
    heading: str
    facts: Mapping[str, Any]
    labels: Mapping[str, str]
    spans: Mapping[str, Sequence[tuple[float, float]]]
    departments: Mapping[str, str]
    sheet: Sheet
    specs: Mapping[str, MeasureSpec]
    worth: float
    table: pd.DataFrame
    headlines: pd.DataFrame
    ledger: pd.DataFrame
    ledger_open: pd.DataFrame
    timeline: pd.DataFrame
    relations: pd.DataFrame
    utilization: pd.DataFrame
    places: pd.DataFrame
    bought: str = ""
    doubtful: frozenset[str] = frozenset()
    parts: Mapping[str, Text] = field(default_factory=lambda: words("terminal").PARTS)
    robust: Robust | None = None

    @property
    def now(self) -> str:
        """Return the name that frames know the organization as it is by."""
        return next(iter(self.labels))

    @property
    def alternatives(self) -> list[str]:
        """Return the names of the alternatives, the best first."""
        return list(self.labels)[1:]

    def say(self, text: Any, **facts: Any) -> str:
        """Return a text in the language, with its facts."""
        return str(text.format(**facts).get(self.lang))

    def sentences(self, said: Iterable[str]) -> str:
        """Return sentences one after the other; in Chinese without blanks between them."""
        return sentences(said).get(self.lang)

    def finding(self) -> str:
        """Return what was found in one line, to stand above a picture."""
        return finding(self.headlines, self.specs, self.labels, self.lang)

    def about(self, what: Any, **facts: Any) -> str:
        """Return what stands below that: the scenario, what the picture shows, and how often it was tried."""
        replications = self.facts["replications"]
        text = _TEXTS.ABOUT if replications > 1 else _TEXTS.ABOUT_ONE
        return self.say(text, heading=self.heading, what=self.say(what, **facts), replications=replications)
