"""What an experiment varies: interventions that are there or not, their doses, and values by place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from sim.experiments.axes import Axis, Value
from sim.spec.base import List, Model
from sim.study.making import make_intervention

Level = bool | int | float | str


class With(Model):
    """Interventions or a bundle that are introduced or not; or one with a dose that is varied."""

    with_: Annotated[Any, Field(validation_alias="with", serialization_alias="with")]
    """What is introduced: an intervention, a bundle, or a list of them."""
    dose: str = ""
    """Which dose of the intervention is varied; nothing where it is there or not."""
    values: List[Level] = ()
    """The values of the dose."""

    def axis(self, name: str) -> Axis:
        """Return the factor as designs see it."""
        return Axis(name, self.values if self.dose else (False, True))

    def items(self, value: Value) -> list[Any]:
        """Return what a value adds to an alternative."""
        if not self.dose:
            several = list(self.with_) if isinstance(self.with_, list | tuple) else [self.with_]
            return several if value else []
        made = make_intervention(self.with_)
        return [made.model_copy(update={self.dose: value})]


class Set(Model):
    """A value at a place of the scenario."""

    set_: Annotated[str, Field(validation_alias="set", serialization_alias="set")]
    """The place, as findings name it: ``levers.latency``, ``departments.sales.staff``."""
    values: List[Level] = ()
    """The values, the reference first."""

    def axis(self, name: str) -> Axis:
        """Return the factor as designs see it."""
        return Axis(name, self.values)

    def items(self, value: Value) -> list[Any]:
        """Return what a value adds to an alternative."""
        return [{self.set_: value}]


Factor = With | Set


def items_at(factors: Mapping[str, Factor], values: Mapping[str, Value]) -> list[Any]:
    """Return what an alternative is made of where factors stand at some values."""
    return [item for name, factor in factors.items() for item in factor.items(values[name])]
