"""What a file of claims says: each claim with what stands for it in the model, its source, and what bounds it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, PrivateAttr

from sim.experiments.experiment import LookedAt, Values
from sim.experiments.factors import Items
from sim.scenario.uncertain import Range
from sim.spec.base import Description, FileFormat, Label, List, Model, Name, Table, number, text_of
from sim.spec.grades import Grade
from sim.words import Text

Scale: TypeAlias = Literal["points", "percent"]
"""On which scale a change is told: as a difference of shares, or as a share of what was there before."""

_FIGURE = number(-1e9, 1e9)
Figure: TypeAlias = Annotated[float, _FIGURE]


class Anchor(Model):
    """What research that has nothing to sell says on the same question."""

    says: Label
    """What was found, with its number."""
    grade: Grade
    """What kind of source it is."""
    reference: Label
    """Authors, year, where."""
    direction: Literal["up", "down", "none"] | None = None
    """Which way it moves what the claim is about: up, down or none; empty = that cannot be said."""
    percent: Range | None = None
    """Between how many percent of what was there before, where it can be compared; -23 is a quarter less."""
    points: Range | None = None
    """The same of a share, in points."""


class Claim(Model):
    """What somebody says that a measure has done, and what stands for it in the model."""

    title: Label
    """What pictures and tables call it."""
    text: Description
    """The claim, in a sentence."""
    source: Description
    """Who says so, and where."""
    scenario: str | None = None
    """The organization that stands for it, by shipped name or file."""
    set_: Values = Field(default={}, validation_alias="set", serialization_alias="set")
    """Values of the organization by place, where it has to differ."""
    already: Items = ()
    """What is there before, such as a RACI matrix without response times."""
    with_: Items = Field(default=(), validation_alias="with", serialization_alias="with")
    """What is introduced; it takes the place of the same kind under already."""
    measure: LookedAt | None = None
    """What changes, by name or import path."""
    complement: bool = False
    """Whether the claim is about the share that is not: late, where the measure says on time."""
    before: Figure | None = None
    """The figure before, in the unit of the measure (a share from 0 to 1); empty = nobody says."""
    after: Figure | None = None
    """The figure after."""
    percent: Figure | None = None
    """The change in percent of what was there before, where no figure after is said; -60 is 60 % less."""
    points: Figure | None = None
    """The change of a share in points, where no figure after is said."""
    ranges: Table[str, Range] = Field(default={})
    """What the source leaves open, by place, such as raci.clarity: [0.4, 0.9]."""
    anchors: List[Anchor] = ()
    """What independent research says."""
    why: Description = ""
    """Why this organization, these interventions and this measure stand for it."""
    cannot: Description = ""
    """Why the model cannot judge it; then nothing is run."""

    @property
    def label(self) -> Text:
        """What people call it."""
        return text_of(self.title)

    @property
    def judged(self) -> bool:
        """Whether anything stands for it in the model."""
        return not text_of(self.cannot).en

    def scale(self, unit: str) -> Scale:
        """Return on which scale it is told, given the unit of its measure."""
        if self.percent is not None or (self.points is None and unit != "share"):
            return "percent"
        return "points"

    def change(self, unit: str) -> float:
        """Return the claimed change: as a difference of shares, or as a share of what was there before."""
        if self.percent is not None:
            return self.percent / 100.0
        if self.points is not None:
            return self.points / 100.0
        if self.before is None or self.after is None:  # which the reader refuses
            return float("nan")
        return self.after - self.before if self.scale(unit) == "points" else self.after / self.before - 1.0


class Claims(Model):
    """Claims, by name."""

    format: FileFormat = 1
    """The version of this file format."""
    claims: Annotated[Table[Name, Claim], Field(min_length=1)]
    """The claims, by name."""

    _folder: str = PrivateAttr(default="")

    @property
    def folder(self) -> Path | None:
        """From where the files and modules that it names are found; None where it is shipped."""
        return Path(self._folder) if self._folder else None

    def found_in(self, folder: Path | None) -> Claims:
        """Return the same claims, whose files and modules are found from a folder."""
        found = self.model_copy()
        found._folder = "" if folder is None else str(folder)
        return found
