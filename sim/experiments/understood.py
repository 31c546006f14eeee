"""From what a file says about a factor to what it means; what cannot be meant is told in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import nan
from pathlib import Path as FilePath
from typing import Any

from sim.experiments.axes import Axis, Value
from sim.experiments.decimals import steps
from sim.experiments.doses import check_dose, number_at, number_of, whole_dose
from sim.experiments.factors import ALL, DOCUMENTED, KINDS, OFF, WAYS, Factor
from sim.experiments.imported import imported
from sim.experiments.items import made_of, opened_up, retold
from sim.experiments.ranges import agreed, drawn, ranges_of, widened
from sim.experiments.varied import Added, Dosed, Known, Named, OnOff, Placed, Scaled, Struck, Varied
from sim.interventions import Intervention
from sim.scenario import Scenario, ScenarioError
from sim.scenario.changes import path_of
from sim.scenario.uncertain import Assumption, assumption_at
from sim.spec.findings import Finding, Path, TextError, listed, shown
from sim.study.alternatives import Item
from sim.words import Text, either, words

texts = words("experimentfile")

NOT_RUN = ("format", "name", "title", "description", "measures", "compare", "ranges", "expected", "interventions")
"""Fields of a scenario that change nothing that is run, or are changed as interventions."""

_BESIDE = {"dose": "with", "field": "shock", "beyond": "assumptions"}


@dataclass(frozen=True)
class Given:
    """What factors are about.

    Attributes
    ----------
    scenarios
        The organizations, by name.
    folder
        From where files and modules are found.
    tried
        The interventions of the other factors.
    """

    scenarios: Mapping[str, Scenario]
    folder: FilePath | None = None
    tried: tuple[Intervention, ...] = ()


def understood(name: str, factor: Factor, given: Given) -> tuple[Varied, ...]:
    """Return what a factor means: one factor, or one for every assumption.

    Raises
    ------
    ScenarioError
        With everything that is wrong with it, at places within the factor.
    """
    if wrong := list(misshapen(factor)):
        raise ScenarioError(wrong)
    return _Meaning(name, factor, given).varied()


def misshapen(factor: Factor) -> Iterator[Finding]:
    """Yield what in a factor does not go together."""
    kinds, ways = factor.kinds, factor.ways
    if len(kinds) != 1:
        told = texts.MANY_KINDS if kinds else texts.NO_KIND
        yield Finding(told.format(found=listed(kinds), known=listed(KINDS)))
        return
    for name, kind in _BESIDE.items():
        if getattr(factor, name) and kind not in kinds:
            yield Finding(texts.ONLY_BESIDE.format(field=name, kind=kind), (name,))
    kind = kinds[0]
    varied = kind == "set" or bool(factor.dose if kind == "with" else factor.field)
    for way in ways:
        if not varied or way not in WAYS[kind]:
            beside = {"with": "dose", "shock": "field"}.get(kind, "") if way != "times" else ""
            told = texts.NO_VALUES_WITHOUT.format(field=beside) if beside else texts.NO_VALUES.format(kind=kind)
            yield Finding(told, (way,))
    if varied and len(ways) != 1:
        allowed = either(_ways_told(WAYS[kind]))
        yield Finding(
            texts.MANY_WAYS.format(found=listed(ways), allowed=allowed)
            if ways
            else texts.NO_WAY.format(allowed=allowed)
        )
    if kind == "levels" and len(factor.levels or {}) < 2:
        yield Finding(texts.TWO_LEVELS, ("levels",))


def _ways_told(ways: Iterable[str]) -> list[Text | str]:
    return [texts.STEPPED if way == "from" else way for way in ways]


class _Meaning:
    """A factor whose fields go together."""

    def __init__(self, name: str, factor: Factor, given: Given) -> None:
        self._name, self._factor, self._given = name, factor, given

    def varied(self) -> tuple[Varied, ...]:
        """Return what it means."""
        (kind,) = self._factor.kinds
        if kind == "assumptions":
            return tuple(self._assumptions())
        made: Varied = getattr(self, f"_{kind}")()
        return (made,)

    # what is there or not

    def _with(self) -> Varied:
        items = made_of(self._factor.with_, ("with",), self._given.folder)
        added = _added(items, ("with",))
        if not self._factor.dose:
            return OnOff(self._on_off, added)
        dose = _within(("dose",), path_of, self._factor.dose)
        opened = opened_up(items)
        if not opened.interventions:
            raise _wrong(texts.NOTHING_DOSED, "dose")
        for one in opened.interventions:
            _within(("dose",), check_dose, one, dose)
        beside = tuple({_place(one.path): one.value} for one in opened.changes)
        whole = all(whole_dose(one, dose) for one in opened.interventions)
        here = [number_at(one, dose) for one in opened.interventions]
        documented = partial(self._documented_dose, opened.interventions, self._factor.dose)
        axis, written = self._axis(whole, here, documented)
        return Dosed(axis, opened.interventions, dose, beside, written)

    def _department(self) -> Varied:
        said = self._factor.department
        found: Any = (
            {name: self._class(one, ("department", name)) for name, one in said.items()}
            if isinstance(said, Mapping)
            else self._class(said, ("department",))
        )
        from sim.agents import check_classes  # Mesa takes long to load

        for scenario in self._given.scenarios.values():
            try:
                check_classes(found, scenario.departments)
            except (TypeError, KeyError) as error:
                why = str(error.args[0])
                raise _wrong(texts.NO_CLASS.format(why=Text(why, why)), "department") from None
        return OnOff(self._on_off, Added(departments=found))

    def _class(self, said: Any, path: Path) -> Any:
        return said if isinstance(said, type) else _within(path, imported, said, self._given.folder)

    def _shock(self) -> Varied:
        shock = dict(self._factor.shock or {})
        if not self._factor.field:
            return OnOff(self._on_off, Added(shocks=(shock,)))
        here = shock.get(self._factor.field)
        axis, written = self._axis(isinstance(here, int) and not isinstance(here, bool), [number_of(here)])
        return Struck(axis, shock, self._factor.field, written)

    def _levels(self) -> Varied:
        found = {}
        for name, items in (self._factor.levels or {}).items():
            path = ("levels", name)
            found[name] = _added(made_of(items, path, self._given.folder), path)
        return Named(Axis(self._name, tuple(found)), found)

    @property
    def _on_off(self) -> Axis:
        return Axis(self._name, (False, True))

    # values by place

    def _set(self) -> Varied:
        places = self._factor.set_
        for index, place in enumerate(places):
            path: Path = ("set", index) if len(places) > 1 else ("set",)
            root = _within(path, path_of, place)[0]
            if root in NOT_RUN:
                raise ScenarioError([Finding(texts.NOT_RUN.format(place=place), path)])
        if self._factor.times:
            return Scaled(self._levels_of(self._factor.times, "times")[0], self._here())
        numbers = [one for one in self._numbers(places[0]) if one is not None]
        whole = bool(numbers) and all(one.whole for one in numbers)
        axis, written = self._axis(whole, [one.here for one in numbers], partial(self._documented_place, places))
        if self._factor.range_ == DOCUMENTED:
            return Known(axis, places[0])
        return Placed(axis, places, written)

    def _numbers(self, place: str) -> list[Assumption | None]:
        return [assumption_at(scenario, place) for scenario in self._given.scenarios.values()]

    def _here(self) -> dict[str, dict[str, float | int]]:
        found: dict[str, dict[str, float | int]] = {}
        for name, scenario in self._given.scenarios.items():
            ones = {place: assumption_at(scenario, place) for place in self._factor.set_}
            if missing := [place for place, one in ones.items() if one is None]:
                raise _wrong(texts.NO_NUMBER.format(place=missing[0], scenario=name), "set")
            found[name] = {place: one.here for place, one in ones.items() if one is not None}
        return found

    def _assumptions(self) -> Iterator[Varied]:
        ranges = {name: ranges_of(scenario, self._given.tried) for name, scenario in self._given.scenarios.items()}
        asked = _uncertain(ranges) if self._factor.assumptions == ALL else tuple(self._factor.assumptions or ())
        wrong = []
        for index, place in enumerate(asked):
            path = ("assumptions",) if self._factor.assumptions == ALL else ("assumptions", index)
            try:
                yield Known(drawn(place, widened(agreed(place, ranges), self._factor.beyond)), place)
            except TextError as error:
                wrong.append(Finding(error.text, path))
        if wrong:
            raise ScenarioError(wrong)

    # values

    def _axis(
        self, whole: bool, here: Sequence[float], documented: Callable[[], Assumption] | None = None
    ) -> tuple[Axis, dict[str, Value]]:
        """Return the values of a factor; and by text what they are, where one of them is off.

        Parameters
        ----------
        whole
            Whether only whole numbers are allowed.
        here
            Where it stands unless it is varied, in every organization.
        documented
            Returns its range as it is known.
        """
        (way,) = self._factor.ways
        if way == "values":
            return self._levels_of(self._factor.values, "values")
        if way == "from":
            return self._levels_of(self._steps(), "from")
        if isinstance(self._factor.range_, tuple):
            low, high = self._factor.range_
            if whole and (low != int(low) or high != int(high)):
                raise _wrong(texts.WHOLE_ENDS.format(low=low, high=high), "range")
            now = here[0] if len(set(here)) == 1 and low <= here[0] <= high else nan
            return Axis(self._name, (), float(low), float(high), whole, float(now)), {}
        if documented is None:
            raise _wrong(texts.NOT_DOCUMENTED.format(place=self._factor.field), "range")
        try:
            return replace(drawn(self._name, documented()), name=self._name), {}
        except TextError as error:
            raise _wrong(error.text, "range") from None

    def _levels_of(self, values: Sequence[Value], field: str) -> tuple[Axis, dict[str, Value]]:
        if len(values) < 2:
            raise _wrong(texts.TWO_VALUES, field)
        for index, value in enumerate(values):
            if any(_same(value, other) for other in values[:index]):
                raise _wrong(texts.VALUE_TWICE.format(value=shown(value)), field, index)
        kinds = {_kind(value) for value in values}
        if len(kinds) == 1:
            return Axis(self._name, _alike(values)), {}
        if OFF not in values and any(isinstance(value, bool | str) for value in values):
            raise _wrong(texts.MIXED, field)
        written = {_text(value): value for value in values}
        return Axis(self._name, tuple(written)), written

    def _steps(self) -> tuple[int | float, ...]:
        factor = self._factor
        if factor.from_ is None or factor.to is None:
            raise _wrong(texts.FROM_AND_TO, "from" if factor.from_ is None else "to")
        step = factor.step
        if step is None and not (isinstance(factor.from_, int) and isinstance(factor.to, int)):
            raise _wrong(texts.NO_STEP.format(low=factor.from_, high=factor.to), "step")
        try:
            return steps(factor.from_, factor.to, 1 if step is None else step)
        except TextError as error:
            raise _wrong(error.text, "to" if step is None else "step") from None

    def _documented_place(self, places: Sequence[str]) -> Assumption:
        if len(places) > 1:
            raise TextError(texts.ONE_PLACE)
        ranges = {name: ranges_of(scenario, (), places[0]) for name, scenario in self._given.scenarios.items()}
        return agreed(places[0], ranges)

    def _documented_dose(self, interventions: Sequence[Intervention], dose: str) -> Assumption:
        if len(interventions) > 1:
            raise TextError(texts.ONE_PLACE)
        ranges = {name: ranges_of(one, tuple(interventions)) for name, one in self._given.scenarios.items()}
        return agreed(f"{interventions[0].kind}.{dose}", ranges)


def _uncertain(ranges: Mapping[str, Mapping[str, Assumption]]) -> tuple[str, ...]:
    """Return the assumptions of the first organization, without those that are known to the digit in all of them."""
    first = next(iter(ranges.values()))
    known = ranges.values()
    return tuple(place for place in first if any(one[place].low < one[place].high for one in known if place in one))


def _added(items: Sequence[Item], path: Path) -> Added:
    """Return what items add; values by place are looked at already."""
    for index, item in enumerate(items):
        for place in item if isinstance(item, Mapping) else ():
            here: Path = (*path, index) if len(items) > 1 else path
            root = _within(here, path_of, place)[0]
            if root in NOT_RUN:
                raise ScenarioError([Finding(texts.NOT_RUN.format(place=place), (*here, place))])
    return Added(tuple(items))


def _place(path: Path) -> str:
    return Finding(Text("", ""), path).field


def _alike(values: Sequence[Value]) -> tuple[Value, ...]:
    """Return values of one type: where one number is not whole, none is taken for whole."""
    decimal = any(isinstance(value, float) for value in values)
    return tuple(float(value) if decimal and not isinstance(value, str) else value for value in values)


def _same(one: Value, other: Value) -> bool:
    return _kind(one) == _kind(other) and one == other


def _kind(value: Value) -> str:
    if isinstance(value, bool):
        return "bool"
    return "text" if isinstance(value, str) else "number"


def _text(value: Value) -> str:
    return (
        str(value).lower() if isinstance(value, bool) else f"{value:.12g}" if isinstance(value, float) else str(value)
    )


def _within(path: Path, do: Any, *given: Any) -> Any:
    """Return what a function does; what it finds wrong is told at a place of the factor."""
    try:
        return do(*given)
    except ScenarioError as error:
        raise ScenarioError(retold(one, path) for one in error.findings) from None
    except TextError as error:
        raise ScenarioError([Finding(error.text, path)]) from None


def _wrong(text: Text, *path: str | int) -> ScenarioError:
    return ScenarioError([Finding(text, path)])
