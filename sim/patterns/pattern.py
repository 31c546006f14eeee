"""A pattern: what is varied, what is watched, and what is claimed of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import pandas as pd

from sim.patterns.found import Claim, Found
from sim.patterns.outcome import Outcome
from sim.replications import Progress, replicate
from sim.results import RunResult
from sim.scenario import Scenario
from sim.spec.measures import MEASURES
from sim.study.statistics import mean_interval, without_luck
from sim.words import Text, words

texts = words("patterns")


@dataclass(frozen=True, slots=True)
class Setting:
    """One of the organizations that a pattern compares.

    Attributes
    ----------
    scenario : Scenario
        The organization.
    at : float, optional
        Where it stands on the axis of what is varied, where that is a number.
    line : str
        To which line of the figure it belongs, where several are drawn along that axis.
    """

    scenario: Scenario
    at: float | None = None
    line: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is watched: a measure, or something that only one pattern looks at.

    Attributes
    ----------
    label, unit : Text
        As people call it.
    factor : float
        What its values are multiplied by to be shown: shares are shown in percent.
    """

    label: Text
    unit: Text
    factor: float


def quantity(name: str) -> Quantity:
    """Return what is known of a quantity: from the measures, also of one process, or from the words of the patterns."""
    measure, _, process = name.partition(".")
    if name in texts.QUANTITIES:
        told = texts.QUANTITIES[name]
        return Quantity(told["label"], told["unit"], 1.0)
    spec = MEASURES[measure]
    label = texts.OF_PROCESS.format(measure=spec.label, process=process) if process else spec.label
    return Quantity(label, words("terminal").UNITS[spec.unit], 100.0 if spec.unit == "share" else 1.0)


class Pattern(ABC):
    """Something that is expected to come out of the model, and is written nowhere into it.

    A pattern is looked for by running the same luck in a few settings; each claim about them is a mean over the
    replications (mostly of a paired difference), and holds if its 95 % interval lies wholly beyond its bound. The
    pattern emerges if every claim holds, so nothing has to be corrected for their number.

    Its words stand under its key in the words of the patterns: ``name``, ``recipe`` (what is run and varied),
    ``expected``, ``why`` (with the source), ``finding`` (a sentence in which ``{setting.quantity}`` is a mean and
    ``{claim}`` what the claim is about), ``claims`` by key; ``settings`` or ``lines`` by key and ``axis`` where
    there are any; and ``explained`` where claims are refused.
    """

    key: ClassVar[str]
    """P1, P2, …"""

    quantities: ClassVar[tuple[str, ...]]
    """What is watched, and shown with intervals for each setting."""

    beside: ClassVar[tuple[str, ...]] = ()
    """What is watched besides and not drawn."""

    replications: ClassVar[int] = 40
    """How many are enough to tell, where nobody says how many."""

    tables: ClassVar[tuple[str, ...]] = ("measures",)
    """What `read` looks at."""

    refused: ClassVar[frozenset[str]] = frozenset()
    """The claims that do not hold in this version, which its words explain."""

    @abstractmethod
    def settings(self) -> Mapping[str, Setting]:
        """Return the organizations that are compared, by key."""

    @abstractmethod
    def claims(self, found: Found) -> Iterable[Claim]:
        """Return what is claimed of them."""

    @cached_property
    def compared(self) -> Mapping[str, Setting]:
        """The organizations that are compared, made once."""
        return self.settings()

    def read(self, result: RunResult) -> Mapping[str, float]:
        """Return the watched quantities of a run of one replication; by default its measures."""
        row = result.measures.iloc[0]
        return {name: float(row[name]) for name in (*self.quantities, *self.beside)}

    def measure(
        self,
        replications: int | None = None,
        seed: int = 1,
        *,
        threads: int | None = None,
        progress: Progress | None = None,
    ) -> Outcome:
        """Look for the pattern.

        Parameters
        ----------
        replications : int, optional
            How often each setting is run; as often as the pattern says where nothing is said.
        seed : int
            Chooses the luck, the same in all settings.
        threads : int, optional
            Replications at once.
        progress : callable, optional
            Called with how many are done of how many.
        """
        count, settings = replications or self.replications, self.compared
        frames = {}
        for place, (name, one) in enumerate(settings.items()):
            found = replicate(
                one.scenario,
                replications=count,
                seed=seed,
                threads=threads,
                tables=self.tables,
                function=self.read,
                progress=_further(progress, place * count, len(settings) * count),
            )
            frames[name] = pd.DataFrame(found.kept).mul(self._factors(), axis="columns")
        return Outcome(self, self._numbers(frames), tuple(self.claims(Found(frames))), count, seed)

    def _factors(self) -> pd.Series:
        return pd.Series({name: quantity(name).factor for name in (*self.quantities, *self.beside)})

    def _numbers(self, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
        rows = []
        for name in (*self.quantities, *self.beside):
            together = pd.DataFrame({setting: frame[name] for setting, frame in frames.items()})
            alone = without_luck(together)
            for setting in frames:
                known = together[setting].dropna()
                one, rest = mean_interval(known), mean_interval(alone[setting].dropna())
                found = {"mean": one.mean, "low": one.low, "high": one.high, "within": (rest.high - rest.low) / 2.0}
                rows.append({"setting": setting, "quantity": name, **found, "replications": len(known)})
        return pd.DataFrame(rows)

    # What it is called

    @property
    def texts(self) -> Mapping[str, Any]:
        """Everything that people read about it."""
        told: Mapping[str, Any] = texts.PATTERNS[self.key]
        return told

    @property
    def name(self) -> Text:
        """What it is called."""
        told: Text = self.texts["name"]
        return told

    def setting_text(self, setting: str) -> Text:
        """Return what a setting is called: by its words, else by its place on the axis and its line."""
        named: Mapping[str, Text] = self.texts.get("settings", {})
        if setting in named:
            return named[setting]
        one = self.compared[setting]
        at = Text(f"{one.at:g}", f"{one.at:g}")
        return texts.ON_LINE.format(line=self.texts["lines"][one.line], at=at) if one.line else at

    def claim_text(self, one: Claim) -> Text:
        """Return what a claim says."""
        told: Text = self.texts["claims"][one.key]
        return told


def _further(progress: Progress | None, before: int, total: int) -> Progress | None:
    """Return what is told of the replications of one setting, as part of all of them."""
    if progress is None:
        return None
    return lambda done, _: progress(before + done, total)
