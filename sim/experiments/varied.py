"""What factors mean: the values that each may take, and what every value adds to an organization."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from sim.experiments.axes import Axis, Value
from sim.experiments.doses import with_dose
from sim.experiments.factors import OFF
from sim.interventions import INTERVENTIONS, Intervention
from sim.scenario import Scenario
from sim.scenario.bundles import Bundle
from sim.spec.findings import Path
from sim.study.alternatives import Item

if TYPE_CHECKING:
    from sim.agents import Departments


@dataclass(frozen=True, slots=True)
class Added:
    """What a value adds to an organization.

    Attributes
    ----------
    items
        Interventions, bundles, and values by place, as an alternative is made of them.
    shocks
        What happens to it besides, as scenarios write it.
    known
        Where assumptions are, by place; departments that say something of their own go along.
    departments
        Of which class departments are; None where that stays as it is.
    """

    items: tuple[Item, ...] = ()
    shocks: tuple[Mapping[str, Any], ...] = ()
    known: Mapping[str, float] = field(default_factory=dict)
    departments: Departments | None = None


NOTHING = Added()


class Varied(Protocol):
    """What is varied, as it is understood."""

    @property
    def axis(self) -> Axis:
        """Its name and values, as designs see it."""

    def at(self, value: Value, scenario: Scenario) -> Added:
        """Return what a value adds to an organization."""


@dataclass(frozen=True, slots=True)
class OnOff:
    """What is there or not."""

    axis: Axis
    added: Added

    def at(self, value: Value, scenario: Scenario) -> Added:
        """Return everything, or nothing."""
        del scenario
        return self.added if value else NOTHING


@dataclass(frozen=True, slots=True)
class Named:
    """Levels by name, each with what is introduced at it."""

    axis: Axis
    levels: Mapping[str, Added]

    def at(self, value: Value, scenario: Scenario) -> Added:
        """Return what stands under the name."""
        del scenario
        return self.levels[str(value)]


@dataclass(frozen=True, slots=True)
class Dosed:
    """Interventions of which a dose is varied, with whatever else comes along with them."""

    axis: Axis
    interventions: tuple[Intervention, ...]
    dose: Path
    beside: tuple[Item, ...] = ()
    written: Mapping[str, Value] = field(default_factory=dict)

    def at(self, value: Value, scenario: Scenario) -> Added:
        """Return the interventions with this dose; nothing where they are off."""
        del scenario
        if value == OFF:
            return NOTHING
        dose = self.written.get(str(value), value)
        return Added((*self.beside, *(with_dose(one, self.dose, dose) for one in self.interventions)))


@dataclass(frozen=True, slots=True)
class Struck:
    """A shock one field of which is varied."""

    axis: Axis
    shock: Mapping[str, Any]
    varied: str
    written: Mapping[str, Value] = field(default_factory=dict)

    def at(self, value: Value, scenario: Scenario) -> Added:
        """Return the shock with this value; none where it is off."""
        del scenario
        if value == OFF:
            return NOTHING
        return Added(shocks=({**self.shock, self.varied: self.written.get(str(value), value)},))


@dataclass(frozen=True, slots=True)
class Placed:
    """Places that take a value."""

    axis: Axis
    places: tuple[str, ...]
    written: Mapping[str, Value] = field(default_factory=dict)

    def at(self, value: Value, scenario: Scenario) -> Added:
        """Return the value at every place; nothing where it is what the organization says itself."""
        del scenario
        if value == OFF:
            return NOTHING
        return Added((dict.fromkeys(self.places, self.written.get(str(value), value)),))


@dataclass(frozen=True, slots=True)
class Scaled:
    """Places whose values are multiplied."""

    axis: Axis
    here: Mapping[str, Mapping[str, float | int]]
    """What stands at every place, by organization."""

    def at(self, value: Value, scenario: Scenario) -> Added:
        """Return so many times what stands at every place; of whole numbers the nearest."""
        if value == 1.0:
            return NOTHING
        return Added(({place: times(one, float(value)) for place, one in self.here[scenario.name].items()},))


@dataclass(frozen=True, slots=True)
class Known:
    """An assumption over its range."""

    axis: Axis
    place: str

    def at(self, value: Value, scenario: Scenario) -> Added:
        """Return where it is."""
        del scenario
        return Added(known={self.place: value if isinstance(value, int) else float(value)})


def times(here: float | int, factor: float) -> float | int:
    """Return so many times a number, without the dust of binary fractions; a whole number stays one."""
    made = float(f"{here * factor:.12g}")
    return int(made + 0.5) if isinstance(here, int) else made


def together(several: Iterable[Added]) -> Added:
    """Return what several values add, in an order that does not depend on theirs.

    What each adds stays together as it is told, in the order of the catalog by what comes first in it; values come
    last, by place.
    """
    ordered = sorted(several, key=_rank)
    items = [item for one in ordered for item in one.items]
    values = {place: value for item in items if isinstance(item, Mapping) for place, value in item.items()}
    introduced = [item for item in items if not isinstance(item, Mapping)]
    return Added(
        (*introduced, *([dict(sorted(values.items()))] if values else [])),
        tuple(sorted((shock for one in ordered for shock in one.shocks), key=repr)),
        dict(sorted((place, value) for one in ordered for place, value in one.known.items())),
        next((one.departments for one in ordered if one.departments is not None), None),
    )


_CATALOG = {kind: place for place, kind in enumerate(INTERVENTIONS)}


def _rank(added: Added) -> tuple[int, str]:
    first = next((item for item in added.items if isinstance(item, Intervention | Bundle)), None)
    if isinstance(first, Bundle):
        return _CATALOG.get(first.with_[0].kind, len(_CATALOG)), f"bundle:{first.name}"
    return (len(_CATALOG), "") if first is None else (_CATALOG.get(first.kind, len(_CATALOG)), repr(first))
