"""Interventions that stand among plain data: written down as soon as a change leads into one, and read again after it.

A file can name those of the catalog. One that is written in Python is named by a kind that remembers what it came from.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.interventions import Intervention
from sim.interventions.own import is_own
from sim.spec.checked import remembering
from sim.spec.explain import findings_of
from sim.spec.findings import ScenarioError


class _Kind(str):
    """The kind of an intervention that is written in Python."""

    __slots__ = ("origin",)
    origin: Intervention


def opened(intervention: Intervention) -> dict[str, Any]:
    """Return an intervention as a mapping of what it states, its kind first."""
    said = _plain(intervention.model_dump(exclude_unset=True, by_alias=True))
    ready = type(intervention).presets.get(intervention.preset or "", {})
    doses = {name: value for name, value in said.items() if name not in ready or not _same(value, ready[name])}
    return {**doses, "kind": _named(intervention)}


def _same(value: Any, ready: Any) -> bool:
    return bool(value == _plain(ready))


def _named(intervention: Intervention) -> str:
    if not is_own(intervention):
        return intervention.kind
    kind = _Kind(intervention.kind)
    kind.origin = intervention
    return kind


def _plain(value: Any) -> Any:
    """Return mappings and lists as files have them, so that changes can reach into them."""
    if isinstance(value, BaseModel):
        return _plain(value.model_dump(exclude_unset=True, by_alias=True))
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def reread(item: Any) -> Any:
    """Return what stands in a list of interventions, with one that was written in Python made again from its class.

    Raises
    ------
    ScenarioError
        With what its class refuses, at places within the intervention.
    """
    kind = item.get("kind") if isinstance(item, Mapping) else None
    if not isinstance(kind, _Kind):
        return item
    cls = type(kind.origin)
    doses = {name: value for name, value in item.items() if name != "kind"}
    try:
        return remembering(cls.model_validate(doses), kind.origin)
    except ValidationError as error:
        raise ScenarioError(findings_of(error, doses, cls)) from None
