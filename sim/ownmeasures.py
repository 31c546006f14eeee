"""Measures of somebody's own: a number of one replication, worked out from its tables and kept beside the others."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from numbers import Real
from typing import Any, Literal, get_args

import numpy as np

from sim.classcode import digest_of
from sim.hooks import HookError, because
from sim.keeping import tables_of
from sim.outcome import Outcome
from sim.results import RunResult
from sim.spec.base import refused, text_of
from sim.spec.findings import TextError, shortened
from sim.spec.measures import MEASURES, MeasureSpec
from sim.tables import EVERYTHING, Rows, kept_of
from sim.words import Text, words

texts = words("ownmeasures")

Better = Literal["higher", "lower", "neither"]
Words = str | Text | Mapping[str, str]
"""Words for people: one text, or one for each language."""


class OwnMeasureError(TextError):
    """A sentence about a measure of one's own that cannot be meant."""


@dataclass(frozen=True, eq=False)
class Measure:
    """A measure of your own: a number that a function reads from the tables of one replication.

    The function is called once for each replication, with a `RunResult` that holds this replication alone and every
    table of a run (``result.cases``, ``result.daily``, ``result.links``; ``result.events`` where the event log is
    written). Only the number is kept, so thousands of replications need no more memory. It may be called from several
    threads at once, so it should only read.

    Parameters
    ----------
    name : str
        What its column is called: letters, digits and underscores.
    function : callable
        Takes the `RunResult` of one replication and returns a number; NaN or None where it is not defined.
    unit : str, or dict of str by language
        ``"share"`` for a number from 0 to 1, which is shown in percent; ``"hours"``, ``"days"``, ``"per week"``,
        ``"hours per week"``, ``"money per week"``, ``"per 100 cases"``; or any other word.
    better : {"higher", "lower", "neither"}
        Which direction is an improvement; decides what verdicts and pictures call better.
    label, meaning : str, or dict of str by language, optional
        What people call it, and what it says; by default, the name, and the first line of the function's docstring.
    events : bool
        Whether it needs ``result.events``; then the event log is written in every run that it is a measure of.

    Raises
    ------
    OwnMeasureError
        Where the name is taken or is none, or anything else cannot be meant.

    Examples
    --------
    >>> def worst(result):
    ...     "The longest time that any order took."
    ...     cases = result.cases
    ...     return (cases.finish - cases.arrival)[cases.process == "order"].max() / 24
    >>> slowest = sim.Measure("slowest", worst, "days", "lower", label={"en": "Slowest order", "zh": "最慢订单"})
    >>> slowest.spec.label.get("zh"), slowest.spec.meaning.en
    ('最慢订单', 'The longest time that any order took.')
    >>> scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> found = sim.compare(scenario, {"RACI": ["raci"]}, 3, measures=[slowest, "trust"])
    >>> list(found.now.index)
    ['slowest', 'trust']
    """

    name: str
    function: Callable[[RunResult], float | None]
    unit: Words
    better: Better
    label: Words | None = None
    meaning: Words | None = None
    events: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if not (isinstance(self.name, str) and self.name.isidentifier() and not self.name.startswith("_")):
            raise OwnMeasureError(texts.NAME.format(name=shortened(repr(self.name))))
        if self.name == "all" or self.name in MEASURES or self.name.startswith("kpi_"):
            raise OwnMeasureError(texts.TAKEN.format(name=self.name))
        if not callable(self.function):
            raise self._wrong("function", self.function, texts.A_FUNCTION)
        if self.better not in get_args(Better):
            raise self._wrong("better", self.better, texts.A_DIRECTION)
        for field in ("unit", "label", "meaning"):
            self._words(field)

    @property
    def spec(self) -> MeasureSpec:
        """What is known about it, as about every published measure."""
        unit, label = self._words("unit"), self._words("label")
        return MeasureSpec(self.name, unit.en, self.better, label, self._words("meaning"), False, own_unit=unit)

    @property
    def code(self) -> str:
        """What stands for what its function does."""
        home = str(getattr(self.function, "__module__", None) or "builtins").partition(".")[0]
        return digest_of(self.function, frozenset({home, "builtins"}))

    def of(self, result: RunResult, replication: int) -> float:
        """Return its value in one replication.

        Parameters
        ----------
        result : RunResult
            What the function is given: a result of this replication.
        replication : int
            Its number, for what is said where something is wrong.

        Returns
        -------
        float
            In its unit; NaN where it is not defined.

        Raises
        ------
        HookError
            Naming measure, replication and error, where the function fails or returns what cannot be meant.

        Examples
        --------
        >>> arrived = sim.Measure("arrived", lambda result: result.cases.shape[0], "cases", "neither")
        >>> result = sim.run(sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2}))
        >>> arrived.of(result, 0) == result.cases.shape[0]
        True
        """
        try:
            found: Any = self.function(result)
        except MemoryError:
            raise
        except Exception as error:
            told = f"measure '{self.name}' failed in replication {replication}: {because(error)}"
            raise HookError(" ".join(told.split())) from error
        value = math.nan if found is None or _not_available(found) else found
        if not isinstance(value, Real | np.bool_):
            raise HookError(self._refused(replication, shortened(repr(found)), "a number"))
        number = float(value)
        if math.isinf(number):
            raise HookError(self._refused(replication, f"{number}", "a number that is finite, or None"))
        if self.spec.unit == "share" and not (math.isnan(number) or 0.0 <= number <= 1.0):
            raise HookError(self._refused(replication, f"{number:g}", "a share from 0 to 1"))
        return number

    def _refused(self, replication: int, found: str, expected: str) -> str:
        return f"measure '{self.name}' in replication {replication}: found {found}, expected {expected}"

    def _wrong(self, field: str, found: object, expected: Text) -> OwnMeasureError:
        facts = {"name": self.name, "field": field, "found": shortened(repr(found)), "expected": expected}
        return OwnMeasureError(texts.WRONG.format(**facts))

    def _words(self, field: str) -> Text:
        """Return the words of a field in both languages."""
        said: Any = getattr(self, field)
        if said is None and field == "meaning":
            said = next(iter((getattr(self.function, "__doc__", None) or "").strip().splitlines()), "")
        elif said is None and field == "label":
            said = self.name
        if isinstance(said, Mapping) and said and set(said) <= {"en", "zh"}:
            said = Text(str(said.get("en", "")), str(said.get("zh", "")))
        if not isinstance(said, str | Text):
            raise self._wrong(field, said, texts.SOME_WORDS)
        told = text_of(said)
        expected = refused(told.en) or refused(told.zh)
        if expected is None and field != "meaning" and not told:
            expected = texts.SOME_WORDS
        if expected:
            raise self._wrong(field, said, expected)
        return told


def _not_available(found: object) -> bool:
    """Tell whether it is what pandas writes for what is missing; where pandas is not loaded, nothing is."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and found is pandas.NA


def wanted(measures: Iterable[Measure], names: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the tables that measures of somebody's own see: all of a run, and those of `names` that are asked for."""
    asked = (*names, *(("events",) if any(one.events for one in measures) else ()))
    return tuple(dict.fromkeys((*EVERYTHING, *asked)))


def keeping(
    names: Sequence[str], measures: Sequence[Measure], manifest: Mapping[str, Any], every: Sequence[str] = EVERYTHING
) -> Callable[[Outcome], dict[str, Rows]]:
    """Return what keeps some tables of a replication, with measures of somebody's own, which see `every` table."""
    if not measures or "measures" not in names:
        return partial(kept_of, names=names)
    return partial(kept_with, names=names, measures=measures, manifest=manifest, every=every)


def kept_with(
    outcome: Outcome,
    names: Sequence[str],
    measures: Sequence[Measure],
    manifest: Mapping[str, Any],
    every: Sequence[str] = EVERYTHING,
) -> dict[str, Rows]:
    """Return the rows of some tables of one replication, and what the measures find in all of its tables."""
    number = outcome.replication
    alone = {**manifest, "replications": 1, "first_replication": number}
    result = RunResult(outcome.compiled.stated, tables_of(outcome, every), alone)
    kept = kept_of(outcome, names)
    kept["measures"] = {**kept["measures"], **{one.name: np.array([one.of(result, number)]) for one in measures}}
    return kept


def own_of(given: Sequence[object]) -> tuple[Measure, ...]:
    """Return the measures of somebody's own among those that are asked for.

    Raises
    ------
    OwnMeasureError
        Where two that differ have the same name.
    """
    found: dict[str, Measure] = {}
    for one in given:
        if isinstance(one, Measure) and found.setdefault(one.name, one) is not one:
            raise OwnMeasureError(texts.TWICE.format(name=one.name))
    return tuple(found.values())


def only_own(given: Iterable[object] | Measure) -> tuple[Measure, ...]:
    """Return the measures of somebody's own where nothing else is expected."""
    asked = (given,) if isinstance(given, Measure | str) else tuple(given)
    for one in asked:
        if not isinstance(one, Measure):
            told = texts.ONLY_OWN if isinstance(one, str) else texts.NO_MEASURE
            raise OwnMeasureError(told.format(found=shortened(repr(one))))
    return own_of(asked)
