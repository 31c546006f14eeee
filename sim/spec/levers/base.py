"""What a lever is, and short ways to write one down."""

from dataclasses import dataclass

from sim.vocab import Lever, Text


@dataclass(frozen=True, slots=True)
class LeverSpec:
    """One lever: meaning, unit, bounds, neutral and typical values, and where the numbers come from."""

    lever: Lever
    unit: str
    low: float
    high: float
    neutral: float
    typical: float
    plausible: tuple[float, float]
    grade: str
    source: str
    label: Text
    meaning: Text

    @property
    def name(self) -> str:
        """The name used in scenario files."""
        return self.lever.name.lower()


PROTOTYPE = "prototype calibration of a manufacturer's order process"


def share(
    lever: Lever,
    neutral: float,
    typical: float,
    plausible: tuple[float, float],
    label: tuple[str, str],
    meaning: tuple[str, str],
    source: str = PROTOTYPE,
    grade: str = "assumption",
) -> LeverSpec:
    """Return a lever without a unit, in [0, 1]."""
    return LeverSpec(lever, "share", 0.0, 1.0, neutral, typical, plausible, grade, source, Text(*label), Text(*meaning))


def number(
    lever: Lever,
    unit: str,
    bounds: tuple[float, float],
    neutral: float,
    typical: float,
    plausible: tuple[float, float],
    label: tuple[str, str],
    meaning: tuple[str, str],
    source: str = PROTOTYPE,
    grade: str = "assumption",
) -> LeverSpec:
    """Return a lever in hours, or another unit."""
    return LeverSpec(lever, unit, *bounds, neutral, typical, plausible, grade, source, Text(*label), Text(*meaning))
