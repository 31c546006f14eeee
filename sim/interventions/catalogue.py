"""The catalogue of interventions: one tuple, from which all that can be named follows.

An intervention is a class in a module of its own name, which the folder of its family offers (`__all__`).
"""

from typing import TYPE_CHECKING, Annotated, TypeAlias, Union

from pydantic import Field

from sim.interventions import goals, lasting, meetings, rules, structure, tools, trust
from sim.interventions.base import Intervention
from sim.interventions.custom import Custom

_MODULES = (goals, rules, meetings, tools, structure, trust, lasting)

FAMILIES: tuple[str, ...] = tuple(module.__name__.rpartition(".")[2] for module in _MODULES)
"""The families of interventions, each a folder."""

CATALOGUE: tuple[type[Intervention], ...] = (
    *(getattr(module, name) for module in _MODULES for name in module.__all__),
    Custom,
)
"""Every intervention that a file can name, family by family."""

INTERVENTIONS: dict[str, type[Intervention]] = {str(cls.model_fields["kind"].default): cls for cls in CATALOGUE}
"""Every intervention by its kind."""


def family_of(cls: type[Intervention]) -> str | None:
    """Return the family of an intervention; none of one that is data, or of one's own."""
    package = cls.__module__.rpartition(".")[0].rpartition(".")[2]
    return package if package in FAMILIES else None


if TYPE_CHECKING:
    AnyIntervention: TypeAlias = Intervention
else:
    AnyIntervention = Annotated[Union[CATALOGUE], Field(discriminator="kind")]  # noqa: UP007 - built from the tuple
"""Any intervention of the catalogue, told apart by its `kind`."""
