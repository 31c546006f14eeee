"""What a lever is, and short ways to write one down."""

from dataclasses import dataclass
from typing import Literal

from sim.spec.grades import Grade
from sim.vocab import Group, Lever
from sim.words import Text, words

_TEXTS = words("levers")

Better = Literal["low", "high", "either"]
"""Which end of a lever's range is the better one; `either` where that depends."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What holds where two interventions agree on different figures of a lever: the strict end of its range, if any.

    An end is strict where whoever keeps that figure keeps the other one as well.
    """

    kind: str
    """One of a few words that have a name in every language."""
    strict: Literal["lowest", "highest"] | None
    reason: str
    better: Better = "either"

    @property
    def name(self) -> Text:
        """What people call it."""
        return _TEXTS.AGREED[self.kind]

    def rank(self, figure: float) -> float:
        """Return what sorts figures so that the strictest comes last; ascending where none is."""
        return -figure if self.strict == "lowest" else figure


LIMIT = Agreed("limit", "lowest", "who keeps the lower limit keeps the higher one as well", "low")
DUTY = Agreed(
    "duty", "highest", "who does more of what was agreed also does as much as the other agreement asks", "high"
)
SPENT = Agreed("time spent", "highest", "what one agreement takes, another does not give back", "low")
ATTITUDE = Agreed("attitude", None, "what people know and how they feel is not for others to agree upon")
NATURE = Agreed("nature", None, "how work turns out is not for anybody to agree upon")
KINDS = (LIMIT, DUTY, SPENT, ATTITUDE, NATURE)


@dataclass(frozen=True, slots=True)
class LeverSpec:
    """One lever: meaning, unit, bounds, neutral and typical values, what agreements do, where the numbers come from."""

    lever: Lever
    unit: str
    low: float
    high: float
    neutral: float
    typical: float
    plausible: tuple[float, float]
    agreed: Agreed
    grade: Grade
    source: str
    better: Better
    group: Group | None = None
    """The mechanisms that are skipped where all their levers are neutral, if it is one of those levers."""
    rule: Lever | None = None
    """How far people follow the rule that it is a figure of; where nobody does, nobody keeps the figure."""
    between: bool = False
    """Whether relations follow it between two dealings: what they did so far is worked out before it is moved."""

    @property
    def label(self) -> Text:
        """What people call it."""
        label: Text = _TEXTS[self.name]["label"]
        return label

    @property
    def meaning(self) -> Text:
        """What it says."""
        meaning: Text = _TEXTS[self.name]["meaning"]
        return meaning

    @property
    def range(self) -> Text:
        """What numbers are allowed, in words."""
        return words("findings").LEVER_RANGE.format(low=self.low, high=self.high, unit=_TEXTS.UNITS[self.unit])

    @property
    def name(self) -> str:
        """The name used in scenario files."""
        return self.lever.name.lower()


def share(
    lever: Lever,
    neutral: float,
    typical: float,
    plausible: tuple[float, float],
    agreed: Agreed,
    source: str = "no number found",
    grade: Grade = "assumption",
    better: Better | None = None,
    group: Group | None = None,
    between: bool = False,
) -> LeverSpec:
    """Return a lever without a unit, in [0, 1]."""
    figures, better = (0.0, 1.0, neutral, typical, plausible), better or agreed.better
    return LeverSpec(lever, "share", *figures, agreed, grade, source, better, group, between=between)


def number(
    lever: Lever,
    unit: str,
    bounds: tuple[float, float],
    neutral: float,
    typical: float,
    plausible: tuple[float, float],
    agreed: Agreed,
    source: str = "no number found",
    grade: Grade = "assumption",
    better: Better | None = None,
    group: Group | None = None,
    rule: Lever | None = None,
    between: bool = False,
) -> LeverSpec:
    """Return a lever in hours, or another unit."""
    better = better or agreed.better
    figures = (*bounds, neutral, typical, plausible)
    return LeverSpec(lever, unit, *figures, agreed, grade, source, better, group, rule, between)
