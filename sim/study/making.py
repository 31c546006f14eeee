"""Single interventions from what somebody wrote: a kind, a kind with parameters as text, fields, an object."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from sim.interventions import INTERVENTIONS, Custom, Intervention
from sim.scenario.bundled import PREFIX
from sim.scenario.files import shipped_bundles
from sim.spec.explain import findings_of
from sim.spec.findings import TextError, listed
from sim.spec.nearest import did_you_mean
from sim.words import Text, words

texts = words("alternatives")
checks = words("checks")

InterventionLike = str | Intervention | Mapping[str, Any]
"""An intervention, its kind, its kind with parameters as text, or its fields."""


class AlternativeError(TextError):
    """A sentence about an alternative that cannot be understood."""


def make_intervention(item: Any) -> Intervention:
    """Return the intervention that `item` describes.

    Raises
    ------
    AlternativeError
        Naming the intervention and parameter, what was found, and what is allowed.
    """
    if isinstance(item, Intervention):
        return item
    if isinstance(item, type):
        raise AlternativeError(texts.A_CLASS.format(name=item.__name__))
    if not isinstance(item, str | Mapping) or (isinstance(item, Mapping) and "kind" not in item):
        raise AlternativeError(texts.NO_INTERVENTION.format(found=f"{item!r:.100}"))
    fields = _parse(item) if isinstance(item, str) else dict(item)
    kind = fields.get("kind")
    if kind not in INTERVENTIONS:
        bundles = (f"{PREFIX}{name}" for name in shipped_bundles())
        hint = did_you_mean(kind, [*INTERVENTIONS, *bundles])
        facts = {"kind": kind, "hint": hint, "known": listed(INTERVENTIONS)}
        raise AlternativeError(texts.UNKNOWN.format(**facts))
    try:
        made = INTERVENTIONS[kind].model_validate(fields)
    except ValidationError as error:
        raise AlternativeError(_refusal(kind, fields, error)) from None
    if isinstance(made, Custom) and made.empty:
        raise AlternativeError(texts.INTERVENTION.format(kind=kind, finding=checks.EMPTY_CUSTOM))
    return made


_COMMA = re.compile(r",(?![^\[\]]*\])")
"""What stands between parameters; the commas of a list in brackets do not."""


def _parse(text: str) -> dict[str, Any]:
    kind, colon, rest = text.strip().partition(":")
    fields: dict[str, Any] = {"kind": kind.strip()}
    for assignment in _COMMA.split(rest) if colon else ():
        name, equals, value = (part.strip() for part in assignment.partition("="))
        if not (name and equals and value):
            raise AlternativeError(texts.NO_VALUE.format(kind=kind, found=assignment.strip()))
        if value.startswith("[") != value.endswith("]"):
            raise AlternativeError(texts.NO_LIST.format(kind=kind, name=name, found=value))
        _put(fields, name.split("."), value, text)
    return fields


def _put(fields: dict[str, Any], path: list[str], value: str, text: str) -> None:
    """Set a parameter; ``adoption.fidelity=0.9`` reaches into a group of parameters."""
    for part in path[:-1]:
        fields = fields.setdefault(part, {})
        if not isinstance(fields, dict):
            raise AlternativeError(texts.NO_PARTS.format(text=text, name=part))
    if path[-1] in fields:
        raise AlternativeError(texts.PARAMETER_TWICE.format(text=text, name=path[-1]))
    fields[path[-1]] = _value(value, path[-1] == "departments")


def _value(text: str, is_names: bool) -> Any:
    """Return a value as it would be in a file: several in brackets are a list, names also with slashes between them."""
    if text.startswith("["):
        several = [one.strip() for one in text[1:-1].split(",")] if text[1:-1].strip() else []
        return several if is_names else list(map(_scalar, several))
    return text.split("/") if is_names else _scalar(text)


_WHOLE = re.compile(r"[+-]?[0-9]+(_[0-9]+)*")


def _scalar(value: str) -> bool | float | str:
    """Return true and false, and what looks like a number, as such; a whole number is written without a point."""
    if value in ("true", "false"):
        return value == "true"
    try:
        return int(value) if _WHOLE.fullmatch(value) else float(value)
    except ValueError:
        return value


def _refusal(kind: str, fields: Mapping[str, Any], error: ValidationError) -> Text:
    """Return the first thing that is wrong with an intervention, as a file would be told of it."""
    first = findings_of(error, fields, INTERVENTIONS[kind])[0]
    told = texts.PARAMETER if first.field else texts.INTERVENTION
    return told.format(kind=kind, name=first.field, finding=first.text)
