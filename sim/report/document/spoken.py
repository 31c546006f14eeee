"""What chapters need to speak a language: names, sentences, and the words of pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sim.report.answer import Answer
from sim.report.document.blocks import Tone
from sim.report.lettering import Lettering
from sim.report.marks import SMALL, verdict_of
from sim.report.material import Material
from sim.report.pictures import material_of
from sim.report.processgathered import gathered_in
from sim.report.robust import Robust
from sim.report.settings import setting_told
from sim.report.shown import parts_called
from sim.scenario import Scenario
from sim.scenario.outline import called
from sim.spec.base import text_of
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.words import Text, sentences, words

if TYPE_CHECKING:
    import pandas as pd

    from sim.report.document.facts import Facts

texts = words("document")

TONES: dict[str, Tone] = {
    verdicts.BETTER: "better",
    verdicts.BUT: "better",
    verdicts.WORSE: "worse",
    verdicts.UNCLEAR: "unclear",
    verdicts.UNKNOWN: "unclear",
    SMALL: "unclear",
}
"""What a verdict says about the organization; a change that is neither better nor worse is plain."""


class Everything(Lettering):
    """Letters for which the program that opens a report has to find a font: no name is changed for their sake."""

    def has(self, text: str) -> bool:  # noqa: ARG002  whatever it says
        """Return that every letter can be written."""
        return True


class Spoken:
    """One report in one language.

    Parameters
    ----------
    facts
        What there is to tell.
    lang
        ``en`` or ``zh``.
    """

    def __init__(self, facts: Facts, lang: str) -> None:
        self.facts, self.lang = facts, lang
        self.comparison, self.scenario = facts.comparison, facts.comparison.scenario

    @cached_property
    def answer(self) -> Answer:
        """The answer at a glance."""
        return Answer(self.comparison, self.lang)

    @cached_property
    def parts(self) -> Mapping[str, Text]:
        """What people call the parts of the ledger."""
        return parts_called(self.scenario)

    @cached_property
    def gathered(self) -> Scenario:
        """The scenario as people read it: steps that are the same work in one department are one."""
        return gathered_in(self.scenario)

    @cached_property
    def material(self) -> Material:
        """What the titles of pictures are made from."""
        return material_of(self.comparison, Everything(), self.lang)

    @cached_property
    def focused(self) -> Material:
        """The same for titles about the alternative that is told of most."""
        rows = self.material.headlines
        return replace(self.material, headlines=rows[rows["alternative"] == self.facts.leading])

    @cached_property
    def robust(self) -> Robust | None:
        """What was found over the ranges of the assumptions; None where nobody asked."""
        return Robust(self.comparison, self.lang) if self.comparison.surveyed else None

    def say(self, text: Text, **facts: Any) -> str:
        """Return a text in the language, with its facts."""
        return text.format(**facts).get(self.lang)

    def together(self, said: Iterable[Text | str]) -> str:
        """Return sentences one after another."""
        return sentences(said).get(self.lang)

    def alternative(self, label: str) -> str:
        """Return what people call an alternative, or the organization as it is."""
        return self.comparison.names[label].get(self.lang)

    @property
    def now(self) -> str:
        """What the organization as it is is called."""
        return self.alternative(self.comparison.baseline)

    @property
    def leading(self) -> str:
        """What the alternative is called that is told of most."""
        return self.alternative(self.facts.leading)

    def owner(self, name: str) -> str:
        """Return what people call a department or somebody who approves, also one that only an alternative has."""
        for one in self.comparison.scenarios.values():
            department, _, pool = name.partition(".")
            if department in one.departments and (not pool or pool in one.departments[department].pools):
                return called(one, name).get(self.lang)
        return name

    def process(self, name: str) -> str:
        """Return what people call a process."""
        for one in self.comparison.scenarios.values():
            if name in one.processes:
                return text_of(one.processes[name].label, name).get(self.lang)
        return name

    def step(self, process: str, name: str) -> str:
        """Return what people call a step."""
        for one in self.comparison.scenarios.values():
            if process in one.processes and name in one.processes[process].steps:
                return text_of(one.processes[process].steps[name].label, name).get(self.lang)
        return name

    def tone(self, row: pd.Series, spec: MeasureSpec) -> Tone:
        """Return what a row of effects says about the organization."""
        return TONES.get(verdict_of(row, spec), "plain")

    def setting(self, value: Any) -> str | None:
        """Write what a file says at a place, as people read it; nothing where nothing is said."""
        return setting_told(value, self.lang)
