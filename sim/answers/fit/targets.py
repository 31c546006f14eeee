"""What a client knows of the figures of an organization: measures, and between which values each lies.

A figure alone, 60 % on time, is no more exact than what it was counted with: another year of the same organization
would have given another one, and no two firms count alike. It counts as known to `SLACK_OF_SHARES` points where it is
a share, else to `SLACK` of itself. Who knows it better, or less well, says from where to where it lies.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

from sim.scenario import Scenario
from sim.scenario.uncertain import impossible
from sim.spec.findings import TextError, shortened
from sim.spec.measures import MeasureSpec
from sim.spec.nearest import did_you_mean
from sim.study.reported import all_specs
from sim.words import Text, words

texts = words("fittargets")

SLACK_OF_SHARES = 0.03
"""To how much a share counts as known that is given without a range."""

SLACK = 0.1
"""To which part of itself any other figure does."""

DAY = 24.0
"""Hours of a calendar day: lead times run through nights and weekends."""

_NUMBER = r"([-−+]?(?:\d{1,3}(?:,\d{3})+|\d*)(?:\.\d+)?)\s*(%|％|h|d|hours|days|小时|天)?"
_RANGE = re.compile(rf"\s*{_NUMBER}\s*(?:\.\.\s*{_NUMBER}\s*)?")
_WIDE = str.maketrans("０１２３４５６７８９．－，＝", "0123456789.-,=")
_DAYS, _HOURS = ("d", "days", "天"), ("h", "hours", "小时")


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that is known of an organization as it is.

    Attributes
    ----------
    measure
        Which one, by its name.
    value
        Where it is taken to be, in the unit of the measure.
    low, high
        Between which values it is known to lie.
    """

    measure: str
    value: float
    low: float
    high: float

    @property
    def tolerance(self) -> float:
        """Half of how wide it is known."""
        return (self.high - self.low) / 2.0


@dataclass(frozen=True, slots=True)
class Option:
    """A figure as people name it.

    Attributes
    ----------
    name
        Of the option.
    measure
        What it is a figure of.
    times
        What a number is multiplied by, to be in the unit of the measure.
    rest
        Whether it is what is left of one: late rather than on time.
    """

    name: str
    measure: str
    times: float = 1.0
    rest: bool = False


OPTIONS = (
    Option("--on-time", "on_time_target"),
    Option("--late", "on_time_target", rest=True),
    Option("--lead-days", "lead_time_mean", DAY),
    Option("--disputes", "bounces_per_100"),
)
"""The figures that most clients have. A case is late or not by the date of its customer; its lead time is what passes
on the calendar from when it comes in until the customer is served; disputes are those about whose task a hand-off is,
per 100 cases."""


def given_targets(
    scenario: Scenario, options: Mapping[str, str | None] | None = None, others: Iterable[str] = ()
) -> tuple[Target, ...]:
    """Return the figures that are given as text, on a command line.

    Parameters
    ----------
    scenario
        The organization.
    options
        Figures by the names of `OPTIONS`, as somebody wrote them: ``0.6``, ``60%``, ``0.55..0.65``.
    others
        Figures of any measure: ``bounces_per_100=40..50``.

    Raises
    ------
    TextError
        Where one cannot be understood or cannot be, or is given twice.
    """
    specs, found = all_specs([scenario]), []
    for one in OPTIONS:
        text = (options or {}).get(one.name)
        if text is not None:
            low, high = _read(text, one.name, specs[one.measure], one.times)
            found.append((one.name, one.measure, *((_rest(high), _rest(low)) if one.rest else (low, high))))
    for text in others:
        name, equals, said = text.translate(_WIDE).partition("=")
        if not equals:
            raise TextError(texts.NO_VALUE.format(found=shortened(text)))
        name = name.strip()
        low, high = _read(said, f"--target {name}", _known(specs, name, "--target "), 1.0)
        found.append(("--target", name, low, high))
    return _checked(scenario, specs, found)


def targets_of(
    scenario: Scenario, given: Mapping[str, float | tuple[float, float]] | None = None
) -> tuple[Target, ...]:
    """Return the figures that are given by the names of measures, in their units, a number or two for each.

    Figures that the file knows (measures under its `ranges`) count too, where none is given of the measure; with
    neither, those that it expects (`expected`).

    Raises
    ------
    TextError
        Where one cannot be, a measure is none, or there is no figure at all.
    """
    specs, found = all_specs([scenario]), []
    for name, value in (given or {}).items():
        _known(specs, name, "")
        found.append((name, name, *_ends(name, value)))
    return with_the_file(scenario, _checked(scenario, specs, found))


def _ends(name: str, value: object) -> tuple[float, float]:
    ends = tuple(value) if isinstance(value, tuple | list) else (value, value)
    if len(ends) != 2 or not all(isinstance(one, Real) and not isinstance(one, bool) for one in ends):
        raise TextError(texts.NO_NUMBER.format(option=name, found=shortened(repr(value))))
    return float(ends[0]), float(ends[1])


def with_the_file(scenario: Scenario, given: Iterable[Target]) -> tuple[Target, ...]:
    """Return figures with those that the file knows beside them; the file's alone where there are no others.

    Raises
    ------
    TextError
        Where there is none at all.
    """
    specs = all_specs([scenario])
    found = {one.measure: one for one in given}
    for name, (low, high) in scenario.ranges.items():
        if name in specs and name not in found:
            found[name] = Target(name, _middle(low, high), low, high)
    if not found and scenario.expected is not None:
        bands = {name: one.band for name, one in scenario.expected.measures.items()}
        found = {name: Target(name, _middle(low, high), low, high) for name, (low, high) in bands.items()}
    if not found:
        raise TextError(texts.NONE.format(name=scenario.name))
    return tuple(found.values())


def _read(text: str, option: str, spec: MeasureSpec, times: float) -> tuple[float, float]:
    """Return the two ends of what is written, in the unit of the measure; both the same where it is one number."""
    match = _RANGE.fullmatch(text.translate(_WIDE))
    numbers = [] if match is None else [(match[1], match[2]), (match[3], match[4])]
    given = [one for one in numbers if one[0]]
    if not given or any(not any(map(str.isdigit, number)) for number, _ in given):
        raise TextError(texts.NO_NUMBER.format(option=option, found=shortened(text)))
    unit = given[-1][1]
    values = [_valued(number, mark or unit, spec, option, times) for number, mark in given]
    low, high = values[0], values[-1]
    if low > high:
        raise TextError(texts.TURNED.format(option=option, found=shortened(text)))
    return low, high


def _valued(number: str, mark: str | None, spec: MeasureSpec, option: str, times: float) -> float:
    value = float(number.replace(",", "").replace("−", "-"))
    if mark in ("%", "％") and spec.unit != "share":
        raise TextError(texts.PERCENT.format(option=option, found=f"{number}%", measure=spec.label))
    if spec.unit == "share":
        return _share(number, value, mark, option)
    if mark in _DAYS or mark in _HOURS:
        if spec.unit not in ("hours", "days"):
            raise TextError(texts.TIME.format(option=option, found=f"{number} {mark}", measure=spec.label))
        hours = value * (DAY if mark in _DAYS else 1.0)
        return hours / (DAY if spec.unit == "days" else 1.0)
    return value * times


def _share(number: str, value: float, mark: str | None, option: str) -> float:
    share = value / 100.0 if mark in ("%", "％") else value
    if not 0.0 <= share <= 1.0:
        text = texts.IN_PERCENT if not mark and 1.0 < value <= 100.0 else texts.NO_SHARE
        raise TextError(text.format(option=option, found=f"{number}{mark or ''}"))
    return share


def _known(specs: Mapping[str, MeasureSpec], name: str, option: str) -> MeasureSpec:
    if name not in specs:
        raise TextError(texts.UNKNOWN.format(option=option, found=shortened(name), hint=did_you_mean(name, specs)))
    return specs[name]


Said = tuple[str, str, float, float]
"""What names a figure, its measure, and its ends."""


def _checked(scenario: Scenario, specs: Mapping[str, MeasureSpec], said: Iterable[Said]) -> tuple[Target, ...]:
    """Return the figures, or say why one cannot be."""
    found: dict[str, Target] = {}
    for option, name, low, high in said:
        if name in found:
            raise TextError(texts.TWICE.format(measure=name))
        if not (math.isfinite(low) and math.isfinite(high) and low <= high):
            raise TextError(texts.NO_NUMBER.format(option=option, found=f"{low:g}..{high:g}"))
        if never := impossible(name, low, high):
            raise TextError(texts.NEVER.format(option=option, why=never))
        if why := _undefined(scenario, name):
            raise TextError(texts.UNDEFINED.format(option=option, measure=specs[name].label, name=name, why=why))
        found[name] = _target(specs[name], low, high)
    return tuple(found.values())


def _target(spec: MeasureSpec, low: float, high: float) -> Target:
    """Return a figure, with its slack where it is a number alone; what cannot be is no part of it."""
    value = _middle(low, high)
    if low == high:
        slack = slack_of(spec, value)
        low, high = value - slack, value + slack
        if spec.unit == "share":
            low, high = max(0.0, low), min(1.0, high)
    return Target(spec.name, value, low, high)


def slack_of(spec: MeasureSpec, value: Any) -> Any:
    """Return by how much a figure may be off that is given without a range; of many at once likewise."""
    return SLACK_OF_SHARES if spec.unit == "share" else SLACK * abs(value)


def _rest(share: float) -> float:
    return float(f"{1.0 - share:.12g}")


def _middle(low: float, high: float) -> float:
    """Return what lies between two ends, without the last digits that only adding makes."""
    return float(f"{(low + high) / 2.0:.12g}")


def _undefined(scenario: Scenario, name: str) -> Text | None:
    """Return why a measure has no value in this organization, as far as its file tells."""
    measure, _, process = name.partition(".")
    some = [scenario.processes[process]] if process in scenario.processes else list(scenario.processes.values())
    if measure in ("on_time_target", "on_time_of_all_asked") and all(one.target is None for one in some):
        why: Text = texts.NO_DATES
        return why
    if measure.startswith(("release", "items_per_release")) and not scenario.releases:
        none: Text = texts.NO_RELEASES
        return none
    return None
