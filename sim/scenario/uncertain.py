"""What nobody knows for certain about an organization: levers and other assumptions, each with a range.

A lever has its documented plausible range, stretched to where the scenario puts it; other assumptions are listed here.
A scenario narrows a range, or names another place that is uncertain, under `ranges`: what the client knows. A measure
that stands there says what is known of how things are now. A mechanism that a scenario leaves out stays out, and so
does the figure of a rule that nobody follows: whether there is one is a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, PlainSerializer, PlainValidator, WithJsonSchema

from sim.interventions import INTERVENTIONS, Intervention
from sim.scenario.changes import path_of
from sim.scenario.notes import Notes
from sim.scenario.plans import measure_names
from sim.spec.base import FrozenMap, number, refuse
from sim.spec.checked import again
from sim.spec.findings import ScenarioError
from sim.spec.levers import LEVERS, LeverSpec
from sim.spec.measures import MEASURES
from sim.spec.nearest import did_you_mean
from sim.spec.pace import LONGER, RARER
from sim.words import Text, words

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

_TEXTS = words("uncertain")
_LEVERS = "levers"

SHIFTED: Mapping[str, float] = {"relations.trust": 0.15, "relations.understanding": 0.15}
"""Shares that may be so much lower or higher than a scenario says: surveys of them are no more exact than that."""

SCALED: Mapping[str, float] = {
    "response_targets.consult": 2.0,
    "response_targets.approve": 2.0,
    **{f"coordination_work.{act}": 1.5 for act in ("consult", "approve", "inform", "triage", "negotiate", "mediate")},
}
"""Hours that may be so many times shorter or longer: people estimate them, and nobody measures them."""

_OF_THE_RUN = ("format", "horizon_weeks", "warmup_weeks", "tail_weeks")
"""Numbers that are chosen, not known more or less."""

DOSES: Mapping[str, tuple[float, float]] = {"adoption.fidelity": (0.5, 1.0)}
"""Doses of every intervention that is tried, where nobody states them: how many live it once it has settled."""


def _range(value: Any) -> tuple[float, float]:
    two = isinstance(value, list | tuple) and len(value) == 2 and all(map(_LIMIT.allows, value))
    if not two or value[0] > value[1]:
        raise refuse(_TEXTS.RANGE)
    return float(value[0]), float(value[1])


_LIMIT = number(-1e9, 1e9)
SIGNED = "net_value"
"""The one measure that may be negative: what is left of what comes in."""

Range = Annotated[
    tuple[float, float],
    PlainValidator(_range),
    PlainSerializer(list),
    WithJsonSchema({"type": "array", "items": _LIMIT.json_schema, "minItems": 2, "maxItems": 2}),
]
"""The lowest and the highest value that a number may have."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number that is not known for certain.

    Attributes
    ----------
    place
        Where it stands: in the scenario, as findings name it, or in every intervention of a kind (``raci.clarity``).
    low, high
        The ends of its range.
    here
        What the scenario says.
    label
        What people call it.
    unit
        As of levers; empty where there is none to name.
    stated
        Whether the range is the scenario's own rather than the documented one.
    whole
        Whether it is a whole number.
    """

    place: str
    low: float
    high: float
    here: float
    label: Text
    unit: str = ""
    stated: bool = False
    whole: bool = False

    def at(self, share: float) -> float | int:
        """Return the value that lies at a share, from 0 up to 1, of the range."""
        if self.whole:
            return int(min(self.high, self.low + share * (self.high - self.low + 1.0)) // 1)
        return self.low + share * (self.high - self.low)


def assumptions_of(scenario: Scenario, tried: Iterable[Intervention] = ()) -> tuple[Assumption, ...]:
    """Return what is uncertain about a scenario and about the interventions that are tried.

    Parameters
    ----------
    scenario
        The organization as it is, with the ranges that it states.
    tried
        The interventions of the alternatives.
    """
    tried = tuple(tried)
    found = {one.place: one for one in (*_levers(scenario), *_others(scenario), *_doses(tried))}
    data = scenario.model_dump(mode="json", by_alias=True) if scenario.ranges else {}
    for place, (low, high) in scenario.ranges.items():
        one = found.get(place) or _at(scenario, data, place)
        if one is not None and _concerns(place, tried):
            found[place] = Assumption(place, low, high, one.here, one.label, one.unit, True, one.whole)
    return tuple(found.values())


def assumption_at(scenario: Scenario, place: str) -> Assumption | None:
    """Return the number that stands at a place, with nothing known of its range; None where none stands there."""
    return _at(scenario, scenario.model_dump(mode="json", by_alias=True), place)


def check_ranges(notes: Notes, scenario: Scenario) -> None:
    """Note places that hold no number, limits that are not allowed there, and ranges that leave out what is said."""
    if not scenario.ranges:
        return
    data, measures = scenario.model_dump(mode="json", by_alias=True), measure_names(scenario)
    allowed = _allowed_together(scenario, data)
    for place, (low, high) in scenario.ranges.items():
        path = ("ranges", place)
        one = _at(scenario, data, place)
        if one is None and place in measures:
            if never := impossible(place, low, high):
                notes.error(path, never)
        elif one is None:
            notes.error(path, _TEXTS.NO_PLACE.format(hint=did_you_mean(place, [*_places(data), *measures])))
        elif place not in allowed and (why := _not_allowed(scenario, one, (low, high))):
            notes.error(path, _TEXTS.NOT_ALLOWED.format(low=low, high=high, why=why))
        elif not low <= one.here <= high:
            notes.warning(path, _TEXTS.OUTSIDE.format(low=low, high=high, here=one.here))


def impossible(measure: str, low: float, high: float) -> Text | None:
    """Return why a measure cannot be from one value to another; None where it can."""
    name = measure.partition(".")[0]
    is_share = name.startswith("kpi_") or (name in MEASURES and MEASURES[name].unit == "share")
    if is_share and not 0.0 <= low <= high <= 1.0:
        return _TEXTS.SHARE.format(low=low, high=high)
    return _TEXTS.NEGATIVE.format(low=low, high=high) if low < 0.0 and name in MEASURES and name != SIGNED else None


def _allowed_together(scenario: Scenario, data: Any) -> frozenset[str]:
    """Return the places whose limits are allowed: all of the scenario, where it can have all lowest, and all highest.

    Otherwise none: each is looked at by itself then, which takes long where there are many in a large scenario.
    """
    known = ((place, _at(scenario, data, place)) for place in scenario.ranges)
    found = {place: one for place, one in known if one is not None and path_of(place)[0] not in INTERVENTIONS}
    bare: Scenario = BaseModel.model_copy(scenario, update={"ranges": FrozenMap(), "compare": (), "expected": None})
    try:
        for end in (0, 1):
            limits = {place: scenario.ranges[place][end] for place in found}
            whole = {
                place: int(one) if found[place].whole and one == int(one) else one for place, one in limits.items()
            }
            bare.changed(changes_at(scenario, whole))
    except ScenarioError:
        return frozenset()
    return frozenset(found)


def _not_allowed(scenario: Scenario, one: Assumption, limits: tuple[float, float]) -> Text | None:
    """Return why an assumption cannot be at the ends of a range, as the scenario or the intervention would say it."""
    kind = INTERVENTIONS.get(str(path_of(one.place)[0]))
    for limit in limits:
        value = int(limit) if one.whole and limit == int(limit) else limit
        try:
            if kind is None:
                _alone(scenario, one.place).changed(changes_at(scenario, {one.place: value}))
            else:
                again(_put(kind.model_construct(), [str(part) for part in path_of(one.place)[1:]], value))
        except ScenarioError as error:
            return error.findings[0].text
    return None


def _alone(scenario: Scenario, place: str) -> Scenario:
    """Return a scenario without what it says beside the organization, unless a place leads there.

    All of that would be checked once more for every limit.
    """
    left_out: dict[str, Any] = {"ranges": FrozenMap(), "compare": (), "expected": None}
    kept = {name: empty for name, empty in left_out.items() if path_of(place)[0] != name}
    return BaseModel.model_copy(scenario, update=kept)


def _places(data: Any, path: str = "") -> Iterator[str]:
    """Yield the places of all numbers of a scenario, and those of levers and doses."""
    if isinstance(data, Mapping):
        for key, inner in data.items():
            yield from _places(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(data, int | float) and not isinstance(data, bool) and path not in _OF_THE_RUN:
        yield path
    if not path:
        yield from (f"{_LEVERS}.{name}" for name in LEVERS)
        yield from (
            f"{kind}.{name}"
            for kind, cls in INTERVENTIONS.items()
            for name, field in cls.model_fields.items()
            if isinstance(field.default, float)
        )


def _levers(scenario: Scenario) -> Iterator[Assumption]:
    """Yield the levers of the mechanisms that are at work."""
    for name, spec in LEVERS.items():
        here = scenario.lever(name)
        low, high = (scenario.usual(name, figure) for figure in spec.plausible)
        if not _left_out(scenario, spec, here) and low < high:
            yield _lever(spec, min(low, here), max(high, here), here)


def _lever(spec: LeverSpec, low: float, high: float, here: float) -> Assumption:
    return Assumption(f"{_LEVERS}.{spec.name}", low, high, here, spec.label, spec.unit)


def _left_out(scenario: Scenario, spec: LeverSpec, here: float) -> bool:
    """Tell whether a scenario leaves a mechanism out, or does without the rule that a figure belongs to.

    Left out is what stands at nothing, or where it would not be in any organization that has the mechanism.
    """
    if scenario.preset == "neutral" and here == spec.neutral:
        return True
    followed = spec.rule is None or scenario.lever(spec.rule.name.lower()) > 0.0
    off = spec.typical == 0.0 or not spec.plausible[0] <= spec.typical <= spec.plausible[1]
    return (off and spec.neutral == spec.typical and here == scenario.usual(spec.name, spec.typical)) or not followed


def _others(scenario: Scenario) -> Iterator[Assumption]:
    """Yield what else is assumed, where anything depends on it."""
    if scenario.preset == "neutral":
        return
    for place in (*SHIFTED, *SCALED):
        part, name = place.split(".")
        here = _plain(getattr(getattr(scenario, part), name))
        if here is None or not here > 0.0:
            continue
        if place in SHIFTED:
            low, high, unit = max(0.0, here - SHIFTED[place]), min(1.0, here + SHIFTED[place]), "share"
        else:
            low, high, unit = here / SCALED[place], here * SCALED[place], "hours"
        yield Assumption(place, low, high, here, _TEXTS.PLACES[place], unit)


def _doses(tried: Sequence[Intervention]) -> Iterator[Assumption]:
    """Yield the doses of interventions that are tried, where nobody states them."""
    for path, (low, high) in DOSES.items():
        for one in tried:
            place = f"{one.kind}.{path}"
            here = float(_dose(_usual(type(one)), path.split(".")))
            if _concerns(place, [one]):
                label = _TEXTS.DOSES[path].format(intervention=one.label)
                yield Assumption(place, min(low, here), max(high, here), here, label, "share")


def _concerns(place: str, tried: Iterable[Intervention]) -> bool:
    """Tell whether a place is one of the scenario, or a dose that one of some interventions does not state."""
    kind, *path = path_of(place)
    mine = [one for one in tried if one.kind == kind]
    return kind not in INTERVENTIONS or any(_dose(one, path) == _dose(_usual(type(one)), path) for one in mine)


def _at(scenario: Scenario, data: Any, place: str) -> Assumption | None:
    """Return what stands at a place with nothing known of its range; None where no number stands there."""
    try:
        path = path_of(place)
    except ScenarioError:
        return None
    if path[0] in _OF_THE_RUN:
        return None
    label, spec = Text(place, place), LEVERS.get(str(path[-1])) if path[0] == _LEVERS and len(path) == 2 else None
    if spec is not None:
        return _lever(spec, 0.0, 0.0, scenario.lever(spec.name))
    kind = INTERVENTIONS.get(str(path[0]))
    here = _inside(data, path) if kind is None else _dose(_usual(kind), path[1:])
    if isinstance(here, bool) or not isinstance(here, int | float):
        return None
    return Assumption(place, 0.0, 0.0, here, _TEXTS.PLACES.get(place, label), whole=isinstance(here, int))


def _inside(data: Any, path: Sequence[str | int]) -> Any:
    for part in path:
        if isinstance(data, Mapping) and part in data:
            data = data[part]
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part] if part < len(data) else None
        else:
            return None
    return data


def _plain(value: Any) -> float | None:
    """Return a number, or the only one that a distribution takes."""
    if value is None or isinstance(value, float):
        return value
    return float(value.parameters[0]) if value.family == "deterministic" else None


def settled(scenario: Scenario) -> Scenario:
    """Return a scenario of which nothing is uncertain and that suggests nothing.

    For what asks of many interventions whether it can have each: with every one, ranges and suggestions are checked
    again, which takes much longer than all the rest.
    """
    found: Scenario = BaseModel.model_copy(scenario, update={"ranges": FrozenMap(), "compare": ()})
    return found


def put(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """Return a scenario in which assumptions have some values, and nothing is uncertain any more.

    Raises
    ------
    ScenarioError
        If it cannot be like that.
    """
    known: Scenario = BaseModel.model_copy(scenario, update={"ranges": FrozenMap()})  # nothing can be wrong with less
    return known.changed(changes_at(scenario, values))


def changes_at(scenario: Scenario, values: Mapping[str, float]) -> dict[str, float]:
    """Return the changes of a scenario that put its assumptions at some values.

    A department that says of a lever something of its own goes along: by the same factor, or by as much where the lever
    has no unit of time. So do, by as much, pairs of departments that are told apart in trust or understanding.
    """
    said = {place: value for place, value in values.items() if path_of(place)[0] not in INTERVENTIONS}
    for place, value in tuple(said.items()):
        head, _, name = place.partition(".")
        if head != _LEVERS or name not in LEVERS:
            continue
        for department, one in scenario.departments.items():
            own = f"departments.{department}.{place}"
            if name in one.levers and own not in values:
                said[own] = _along(LEVERS[name], one.levers[name], scenario.lever(name), value)
    return said | _pairs_along(scenario, values)


def _pairs_along(scenario: Scenario, values: Mapping[str, float]) -> dict[str, float]:
    """Return where pairs stand that are told apart, once all others have moved."""
    said = {}
    for place in (one for one in SHIFTED if one in values):
        name = place.partition(".")[2]
        moved = values[place] - getattr(scenario.relations, name)
        for index, pair in enumerate(scenario.relations.pairs):
            own, here = f"relations.pairs[{index}].{name}", getattr(pair, name)
            if here is not None and own not in values:
                said[own] = min(1.0, max(0.0, here + moved))
    return said


def said_alike(values: Mapping[str, float], scenario: Scenario, other: Scenario) -> dict[str, float]:
    """Return the values of places of which another scenario says the same as this one."""
    here, there = (one.model_dump(mode="json", by_alias=True) for one in (scenario, other))
    pairs = {place: (_at(scenario, here, place), _at(other, there, place)) for place in values}
    return {
        place: values[place]
        for place, (one, two) in pairs.items()
        if one is not None and two is not None and one.here == two.here
    }


def _along(spec: LeverSpec, own: float, before: float, after: float) -> float:
    timed = spec.unit in (*LONGER, *RARER) and before > 0.0
    return min(spec.high, max(spec.low, own * after / before if timed else own + after - before))


def dosed(intervention: Intervention, values: Mapping[str, float]) -> Intervention:
    """Return an intervention whose doses stand at some values, where nobody states them."""
    found = intervention
    for place, value in values.items():
        kind, *path = path_of(place)
        if kind == intervention.kind and _concerns(place, [intervention]):
            found = _put(found, [str(part) for part in path], value)
    return found if found is intervention else again(found)


def _usual(kind: type[Intervention]) -> Any:
    """Return the doses that hold where nobody states them."""
    return {name: field.default for name, field in kind.model_fields.items()}


def _dose(holder: Any, path: Sequence[str | int]) -> Any:
    for part in path:
        holder = holder.get(part) if isinstance(holder, Mapping) else getattr(holder, str(part), None)
    return holder


def _put(model: Any, path: Sequence[str], value: float) -> Any:
    name, *rest = path
    inner = getattr(model, name)
    return model.model_copy(update={name: _put(inner, rest, value) if rest else value})
