"""The scenario: an organization, how long to watch it, and what to try."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, PlainSerializer, TypeAdapter

from sim.interventions import AnyIntervention, Intervention
from sim.spec.base import Label, List, Model, Name, number
from sim.spec.calendars import Calendar
from sim.spec.distributions import Work
from sim.spec.organization import Organization

Weeks = Annotated[float, number(0.0, 100_000.0)]


def _read_intervention(value: Any) -> Any:
    """Let ``raci`` stand for ``{kind: raci}``."""
    return {"kind": value} if isinstance(value, str) else value


def _write_intervention(intervention: Intervention) -> str | dict[str, Any]:
    doses = intervention.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    doses.pop("kind", None)
    return {"kind": intervention.kind, **doses} if doses else intervention.kind


Try = Annotated[AnyIntervention, BeforeValidator(_read_intervention), PlainSerializer(_write_intervention)]
"""An intervention, written ``raci`` or ``{kind: raci, strength: 0.5}``."""

_TRIES: TypeAdapter[tuple[Intervention, ...]] = TypeAdapter(tuple[Try, ...])


class Alternative(Model):
    """One alternative of the comparison that a scenario suggests."""

    label: Label
    """What tables call it."""
    with_: List[Try] = Field(validation_alias="with", serialization_alias="with")
    """The interventions it adds."""


class Scenario(Organization):
    """An organization, how long to watch it, and what to try; a scenario that exists has passed all checks."""

    format: Literal[1] = 1
    """The version of this file format."""
    name: Name = "scenario"
    """What the scenario is called; the name of its file where it says nothing."""
    title: Label = ""
    """A heading for people."""
    description: Label = ""
    """What it shows."""
    horizon_weeks: Annotated[float, number(0.0, 100_000.0, above=True)] = 50.0
    """Weeks that are watched."""
    warmup_weeks: Weeks = 10.0
    """Weeks before, in which the organization gets going and nothing is counted."""
    interventions: List[Try] = ()
    """What the organization does already."""
    measures: List[str] = ()
    """What to report; empty = the usual measures."""
    compare: List[Alternative] = ()
    """The comparison this scenario suggests."""

    @property
    def weeks(self) -> float:
        """Weeks of a run, warm-up included."""
        return self.horizon_weeks + self.warmup_weeks

    @property
    def hash(self) -> str:
        """SHA-256 of everything that is said about the world and the run; comments, names for people and layout do not count."""
        return hashlib.sha256(json.dumps(_content(self), ensure_ascii=False).encode()).hexdigest()

    def with_interventions(self, added: Iterable[Intervention | str | Mapping[str, Any]]) -> "Scenario":
        """Return this scenario with interventions added to those it has."""
        more = _TRIES.validate_python(tuple(added))
        return self.model_copy(update={"interventions": self.interventions + more})


_WORDS = ("name", "title", "description", "label")


def _content(value: Any) -> Any:
    """Return what counts in a model: fields by name without words for people, mappings in their order."""
    if isinstance(value, Work | Calendar | Intervention):
        return value.model_dump(mode="json")
    if isinstance(value, BaseModel):
        return {name: _content(getattr(value, name)) for name in type(value).model_fields if name not in _WORDS}
    if isinstance(value, Mapping):
        return [[key, _content(inner)] for key, inner in value.items()]
    if isinstance(value, tuple):
        return [_content(inner) for inner in value]
    return value
