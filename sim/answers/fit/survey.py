"""What a survey says of an organization: where some assumptions stand, and how exactly that is known.

Trust and understanding at the start of a run, and whatever else people are asked that the scenario says itself, go in
as a narrower range of that number, not as a figure to be fitted: the range is where a simulation would have to be
looked for that has it, found without any. A figure to be fitted is what only a run can tell.

The value is the mean of the answers; of what is rated, the mean over pairs of departments, so that a department with
many people does not outvote the others. The range is the 95 % interval of that mean by Student's t: over pairs, or over
people, whose answers are no more exact than the steps in which they are given (a variance of a twelfth of the step
squared at least). One answer tells nothing of its error, and the usual range stays around it, as it does where that
is the narrower one.

Pairs that differ by more than their answers scatter are written down, each drawn towards the mean of all as far as its
answers are few (empirical Bayes: Efron & Morris 1975, J. Am. Stat. Assoc. 70: 311; components of variance by the
analysis of variance, Searle, Casella & McCulloch 1992). Where the mean of all is uncertain they go along with it.

How an answer on a scale is translated into trust between 0 and 1 (the lowest answer is none, the highest is full, in
equal steps) is an assumption that no number of answers makes surer.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.answers.fit.surveyfile import RATED, Answered, read_survey
from sim.scenario import Scenario
from sim.scenario.uncertain import SHIFTED, Assumption, assumptions_of
from sim.spec.levers import LEVERS
from sim.study.statistics import LEVEL

_DIGITS = 3
"""Decimals of a share that is written down."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a survey says of one assumption.

    Attributes
    ----------
    place
        Of the assumption.
    value
        Where it stands.
    low, high
        The range in which it may be.
    before
        The range in which it might have been without the survey.
    answers
        How many there are.
    pairs
        Of pairs that differ: where each stands.
    """

    place: str
    value: float
    low: float
    high: float
    before: tuple[float, float]
    answers: int
    pairs: Mapping[Pair, float]


@dataclass(frozen=True, slots=True)
class Survey:
    """What a survey says of an organization.

    Attributes
    ----------
    file
        Its name.
    narrowed
        By assumption.
    left_out
        Columns that are about something else.
    """

    file: str
    narrowed: tuple[Narrowed, ...]
    left_out: tuple[str, ...]

    @property
    def table(self) -> pd.DataFrame:
        """A row for each assumption: where it stands, its range now and before, how many answers, how many pairs."""
        rows = [
            (one.place, one.value, one.low, one.high, *one.before, one.answers, len(one.pairs)) for one in self.narrowed
        ]
        columns = ["assumption", "value", "low", "high", "before_low", "before_high", "answers", "pairs"]
        return pd.DataFrame(rows, columns=columns)

    def applied(self, scenario: Scenario) -> Scenario:
        """Return a scenario that says what the survey says.

        Raises
        ------
        ScenarioError
            Where it cannot be like that.
        """
        changes: dict[str, Any] = {one.place: one.value for one in self.narrowed}
        pairs = _pairs(scenario, self.narrowed)
        if pairs:
            changes["relations.pairs"] = pairs
        changes["ranges"] = {one.place: [one.low, one.high] for one in self.narrowed}
        return scenario.changed(changes)


def survey_of(file: str | os.PathLike[str], scenario: Scenario) -> Survey:
    """Return what the file of a survey says of an organization.

    Raises
    ------
    TextError
        Where anything is wrong with the file; row and column are named.
    """
    read = read_survey(file, scenario)
    known = {one.place: one for one in assumptions_of(scenario)}
    asked = dict.fromkeys(one.item for one in read.answers)
    narrowed = [_narrowed(item, [one for one in read.answers if one.item == item], known, scenario) for item in asked]
    return Survey(Path(file).name, tuple(narrowed), read.left_out)


def _narrowed(item: str, answers: Sequence[Answered], known: Mapping[str, Assumption], scenario: Scenario) -> Narrowed:
    rated = item in RATED
    place = f"relations.{item}" if rated else item
    by_pair = _by_pair(answers) if rated else {}
    spread = max((one.step for one in answers), default=0.0) ** 2 / 12.0
    means = np.array([np.mean(each) for each in by_pair.values()]) if len(by_pair) > 1 else None
    values = np.array([one.value for one in answers]) if means is None else means
    value = float(np.mean(values))
    before = _before(place, value, known, scenario)
    low, high = _range(values, spread if means is None else 0.0, value, before, _bounds(place, rated))
    pairs = drawn_together(by_pair, spread)
    value, low, high = (_written(one, rated) for one in (value, low, high))
    return Narrowed(place, value, low, high, before, len(answers), pairs)


def _by_pair(answers: Sequence[Answered]) -> dict[Pair, list[float]]:
    found: dict[Pair, list[float]] = {}
    for one in answers:
        if one.pair is not None:
            found.setdefault(one.pair, []).append(one.value)
    return found


def _before(place: str, value: float, known: Mapping[str, Assumption], scenario: Scenario) -> tuple[float, float]:
    """Return the range without the survey: of what is rated as wide as it is usually, around the answers."""
    if place in known and not place.startswith("relations."):
        return known[place].low, known[place].high
    moved = scenario.changed({place: value, "ranges": {place: None} if place in scenario.ranges else {}})
    usual = {one.place: one for one in assumptions_of(moved)}
    if place in usual:
        return usual[place].low, usual[place].high
    wide = SHIFTED.get(place, 0.0)  # where levers are neutral, nobody takes ratings for uncertain
    return (max(0.0, value - wide), min(1.0, value + wide)) if wide else (value, value)


def _bounds(place: str, rated: bool) -> tuple[float, float]:
    """Return between which values a number can be at all."""
    lever = LEVERS.get(place.removeprefix("levers."))
    if lever is not None and place.startswith("levers."):
        return lever.low, lever.high
    return 0.0, 1.0 if rated else np.inf


def _range(
    values: Any, least: float, value: float, before: tuple[float, float], bounds: tuple[float, float]
) -> tuple[float, float]:
    """Return the interval of a mean, or the range that held before where it is narrower or nothing is known."""
    if len(values) < 2:
        return min(before[0], value), max(before[1], value)
    from scipy.special import stdtrit  # takes longer to load than most surveys to read

    error = np.sqrt(max(float(np.var(values, ddof=1)), least) / len(values))
    half = float(stdtrit(len(values) - 1, 0.5 + LEVEL / 2.0)) * error
    if 2.0 * half > before[1] - before[0]:
        return min(before[0], value), max(before[1], value)
    return max(bounds[0], value - half), min(bounds[1], value + half)


def drawn_together(answers: Mapping[Pair, Sequence[float]], least: float) -> dict[Pair, float]:
    """Return where pairs stand that differ, drawn towards the mean as far as their answers are few; else none.

    Parameters
    ----------
    answers
        By pair.
    least
        The variance that the answers of a pair have at least, by the steps in which they are given.
    """
    means = np.array([np.mean(each) for each in answers.values()])
    counts = np.array([len(each) for each in answers.values()], dtype=float)
    total, pairs = counts.sum(), len(means)
    if pairs < 2 or total <= pairs:  # without two answers of one pair nothing tells scatter from difference
        return {}
    within = sum(float(np.sum((np.array(each) - np.mean(each)) ** 2)) for each in answers.values()) / (total - pairs)
    within = max(within, least)
    grand = float(np.average(means, weights=counts))
    between = float(np.sum(counts * (means - grand) ** 2)) / (pairs - 1)
    apart = (between - within) / ((total - np.sum(counts**2) / total) / (pairs - 1))
    if apart <= 0.0:
        return {}
    kept = apart / (apart + within / counts)
    center = float(np.mean(means))
    found = center + kept * (means - center)
    return {pair: round(float(one), _DIGITS) for pair, one in zip(answers, found, strict=True)}


def _pairs(scenario: Scenario, narrowed: Sequence[Narrowed]) -> list[dict[str, Any]]:
    """Return the pairs of a scenario with what a survey says of them, and those that only it tells of."""
    said = {
        (one.from_, one.to): one.model_dump(mode="json", by_alias=True, exclude_none=True)
        for one in scenario.relations.pairs
    }
    for one in narrowed:
        name = one.place.partition(".")[2]
        for (here, there), value in one.pairs.items():
            said.setdefault((here, there), {"from": here, "to": there})[name] = value
    return list(said.values()) if any(one.pairs for one in narrowed) else []


def _written(value: float, rated: bool) -> float:
    return round(value, _DIGITS) if rated else float(f"{value:.4g}")
